//! The answer as JSON, CSV and Markdown, for other programs and for the terminal.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::answer::{Answer, Ranked};
use super::question::Question;
use crate::matrix::{escaped_markdown, to_csv_record};
use crate::site::{Category, Site};

impl Answer {
    /// The question with its answer as JSON.
    pub fn to_json(&self, site: &Site, category: &Category, question: &Question) -> Value {
        let labels: Vec<String> = question.must.iter().map(|must| must.label(site, category)).collect();
        let slug = |framework: usize| category.frameworks[framework].slug.as_str();
        let weights = category.criteria.iter().zip(&question.weights);
        let weights: serde_json::Map<String, Value> =
            weights.map(|(criterion, weight)| (criterion.slug.clone(), json!(weight))).collect();
        let left_out = self.left_out.iter().map(|left_out| {
            let framework = &category.frameworks[left_out.framework];
            let failed = left_out.failed.iter();
            let failed =
                failed.map(|&at| json!({ "must": labels[at], "says": question.must[at].said(site, framework) }));
            json!({ "slug": framework.slug, "title": framework.title, "failed": failed.collect::<Vec<_>>() })
        });
        let ranked = |ranked: &Ranked| ranked_json(site, category, &labels, ranked);
        let holds = self.holds.iter().map(|hold| {
            json!({
                "criterion": category.criteria[hold.criterion].slug,
                "from": hold.from,
                "to": hold.to,
                "below": hold.below.iter().map(|&at| slug(at)).collect::<Vec<_>>(),
                "above": hold.above.iter().map(|&at| slug(at)).collect::<Vec<_>>(),
            })
        });
        json!({
            "category": { "slug": category.slug, "title": category.title, "url": site.pages[category.page].url },
            "weights": weights,
            "must": labels,
            "ranked": self.ranked.iter().map(ranked).collect::<Vec<_>>(),
            "unranked": self.unranked.iter().map(ranked).collect::<Vec<_>>(),
            "excluded": left_out.collect::<Vec<_>>(),
            "first_place_holds": holds.collect::<Vec<_>>(),
            "rivals": self.doubts.rivals.iter().map(|&at| slug(at)).collect::<Vec<_>>(),
            "unsure": self.doubts.unsure.iter().map(|&at| slug(at)).collect::<Vec<_>>(),
            "sentences": self.sentences(site, category, question),
            "notes": question.notes,
        })
    }

    /// The ranking as CSV: one row a framework, one column a criterion with what it adds to the score.
    pub fn to_csv(&self, category: &Category) -> String {
        let criteria = category.criteria.iter().map(|criterion| criterion.name.clone());
        let head = ["place", "framework", "score", "confidence"].map(str::to_owned);
        let mut csv = to_csv_record(head.into_iter().chain(criteria));
        for ranked in self.ranked.iter().chain(&self.unranked) {
            let place = if ranked.place == 0 { String::new() } else { ranked.place.to_string() };
            let title = category.frameworks[ranked.framework].title.clone();
            let figures = [place, title, format!("{:.4}", ranked.score.mean()), format!("{:.2}", ranked.confidence)];
            let parts =
                ranked.parts.iter().map(|part| part.rating.map_or(String::new(), |_| format!("{:.4}", part.adds)));
            csv.push_str(&to_csv_record(figures.into_iter().chain(parts)));
        }
        csv
    }

    /// The answer as Markdown: the ranking, what it comes down to, and who is left out.
    pub fn to_markdown(&self, site: &Site, category: &Category, question: &Question) -> String {
        let mut text = format!("# {}: choose\n\n", escaped_markdown(&category.title));
        if !self.ranked.is_empty() {
            self.write_ranking(category, question, &mut text);
        }
        for sentence in self.sentences(site, category, question) {
            let _ = writeln!(text, "{}\n", escaped_markdown(&sentence));
        }
        for ranked in &self.unranked {
            let title = escaped_markdown(&category.frameworks[ranked.framework].title);
            let _ = writeln!(text, "- {title}: not ranked, {:.0} % is known", ranked.confidence * 100.0);
        }
        for left_out in &self.left_out {
            let title = escaped_markdown(&category.frameworks[left_out.framework].title);
            let why = escaped_markdown(&left_out.why(site, category, &question.must));
            let _ = writeln!(text, "- {title}: left out, {why}");
        }
        text
    }

    fn write_ranking(&self, category: &Category, question: &Question, text: &mut String) {
        let criteria = category.criteria.iter().zip(&question.weights);
        let criteria: Vec<_> =
            criteria.map(|(criterion, weight)| format!("{} × {weight}", escaped_markdown(&criterion.name))).collect();
        let _ = writeln!(text, "| | Framework | Score | Known | {} |", criteria.join(" | "));
        let _ = writeln!(text, "| --- | --- | --- | --- |{}", " --- |".repeat(criteria.len()));
        for ranked in &self.ranked {
            let title = escaped_markdown(&category.frameworks[ranked.framework].title);
            let parts: Vec<_> = ranked
                .parts
                .iter()
                .map(|part| {
                    part.rating.map_or("not rated".to_owned(), |rating| format!("{rating}/5 adds {:.2}", part.adds))
                })
                .collect();
            let _ = writeln!(
                text,
                "| {} | {title} | {:.2} | {:.0} % | {} |",
                ranked.place,
                ranked.score.mean(),
                ranked.confidence * 100.0,
                parts.join(" | ")
            );
        }
        text.push('\n');
    }
}

fn ranked_json(site: &Site, category: &Category, labels: &[String], ranked: &Ranked) -> Value {
    let framework = &category.frameworks[ranked.framework];
    let parts = category.criteria.iter().zip(&ranked.parts).enumerate().map(|(number, (criterion, part))| {
        let section = framework.findings[number].section.unwrap_or(framework.section);
        json!({
            "criterion": criterion.slug,
            "weight": part.weight,
            "rating": part.rating,
            "adds": part.rating.map(|_| part.adds),
            "url": site.href(framework.document, section),
        })
    });
    json!({
        "slug": framework.slug,
        "title": framework.title,
        "url": site.pages[framework.page].url,
        "place": (ranked.place > 0).then_some(ranked.place),
        "score": (ranked.score.known > 0).then(|| ranked.score.mean()),
        "confidence": ranked.confidence,
        "unknown": ranked.unknown.iter().map(|&at| &labels[at]).collect::<Vec<_>>(),
        "criteria": parts.collect::<Vec<_>>(),
    })
}
