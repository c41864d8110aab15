//! The answer in sentences: who comes first, how firm that is, and what nobody knows.

use super::answer::Answer;
use super::question::{MAX_WEIGHT, Question};
use super::stability::Hold;
use crate::site::{Category, Site};

impl Answer {
    /// What the answer comes down to, a sentence each; plain text.
    pub fn sentences(&self, site: &Site, category: &Category, question: &Question) -> Vec<String> {
        let name = |framework: usize| category.frameworks[framework].title.as_str();
        let leaders: Vec<_> = self.leaders().map(|ranked| name(ranked.framework)).collect();
        let Some(best) = self.ranked.first() else { return vec![self.why_nobody(question)] };
        let mean = best.score.mean();
        let mut sentences = vec![match leaders.as_slice() {
            [one] => format!("{one} comes first with {mean:.2} of 5."),
            many => format!("{} share the first place with {mean:.2} of 5.", listed(many)),
        }];
        if self.ranked.len() > 1 {
            sentences.extend(self.firmness(category, &leaders));
        }
        let missing = [self.unrated(category, question), self.unknown(site, category, question)].concat();
        let is_whole = missing.is_empty() && self.unranked.is_empty();
        sentences.extend(missing);
        if !is_whole {
            sentences.extend(self.doubt(category, &leaders));
        }
        sentences
    }

    /// How far the weights can move before somebody else comes first.
    fn firmness(&self, category: &Category, leaders: &[&str]) -> Vec<String> {
        let movable = self.holds.iter().filter(|hold| !hold.is_firm()).map(|hold| limits(category, hold));
        let sentences: Vec<_> = match leaders {
            [one] => movable.map(|limits| format!("{one} stays first unless {limits}.")).collect(),
            _ => movable.map(|limits| format!("That changes when {limits}.")).collect(),
        };
        if sentences.is_empty() {
            return vec![format!("That holds whatever any one criterion weighs, from 0 to {MAX_WEIGHT}.")];
        }
        sentences
    }

    fn why_nobody(&self, question: &Question) -> String {
        if self.unranked.is_empty() && self.left_out.is_empty() {
            "There are no frameworks yet.".to_owned()
        } else if question.weights.iter().all(|weight| *weight == 0) {
            "Nothing weighs anything: give one criterion a weight.".to_owned()
        } else if self.unranked.is_empty() {
            "No framework has all of what you ask for.".to_owned()
        } else {
            "Too little of what you ask for is known of any framework.".to_owned()
        }
    }

    /// The ratings that are missing.
    fn unrated(&self, category: &Category, question: &Question) -> Vec<String> {
        let weighs = |criterion: &usize| question.weights[*criterion] > 0;
        let missing = |criterion: usize| {
            let ranked = self.ranked.iter().filter(move |ranked| ranked.parts[criterion].rating.is_none());
            ranked.map(|ranked| category.frameworks[ranked.framework].title.as_str()).collect::<Vec<_>>()
        };
        let mut sentences = Vec::new();
        for criterion in (0..category.criteria.len()).filter(weighs) {
            let (name, without) = (&category.criteria[criterion].name, missing(criterion));
            if without.len() == self.ranked.len() {
                sentences.push(format!("{name} is not rated for any of them yet, so it decides nothing."));
            } else if !without.is_empty() {
                sentences.push(format!("{name} is not rated yet for {}.", listed(&without)));
            }
        }
        sentences
    }

    /// The must-haves of which nobody can tell.
    fn unknown(&self, site: &Site, category: &Category, question: &Question) -> Vec<String> {
        let of = |must: usize| {
            let all = self.ranked.iter().chain(&self.unranked).filter(move |ranked| ranked.unknown.contains(&must));
            all.map(|ranked| category.frameworks[ranked.framework].title.as_str()).collect::<Vec<_>>()
        };
        let musts = question.must.iter().enumerate().map(|(at, must)| (must.label(site, category), of(at)));
        musts
            .filter(|(_, of)| !of.is_empty())
            .map(|(label, of)| format!("Nobody knows of {} whether “{label}” holds.", listed(&of)))
            .collect()
    }

    /// Whether what is missing could change who comes first.
    fn doubt(&self, category: &Category, leaders: &[&str]) -> Vec<String> {
        let names = |places: &[usize]| {
            let names: Vec<_> = places.iter().map(|&at| category.frameworks[at].title.as_str()).collect();
            any_of(&names)
        };
        let (rivals, unsure) = (names(&self.doubts.rivals), names(&self.doubts.unsure));
        match (rivals.as_str(), unsure.as_str()) {
            ("", "") => vec!["What is missing cannot change who comes first.".to_owned()],
            (rivals, "") => vec![format!("What is missing could still let {rivals} share the first place.")],
            ("", unsure) if leaders.len() > 1 => {
                vec![format!("What is missing could still take the first place from {unsure}.")]
            }
            ("", unsure) => vec![format!("What is missing could still leave out {unsure}, and then nobody is left.")],
            (rivals, unsure) => {
                let mut sentences = vec![format!("What is missing could still put {rivals} first.")];
                if leaders.len() > 1 {
                    sentences.push(format!("It could also take the first place from {unsure}."));
                }
                sentences
            }
        }
    }
}

/// The weights beyond which the first place changes, and to whom.
fn limits(category: &Category, hold: &Hold) -> String {
    let name = &category.criteria[hold.criterion].name;
    let then = |leaders: &[usize]| {
        let names: Vec<_> = leaders.iter().map(|&at| category.frameworks[at].title.as_str()).collect();
        match names.as_slice() {
            [] => "then nobody can be ranked".to_owned(),
            [one] => format!("then {one} leads"),
            many => format!("then {} share it", listed(many)),
        }
    };
    let below = (hold.from > 0).then(|| format!("less than {} ({})", hold.from, then(&hold.below)));
    let above = (hold.to < MAX_WEIGHT).then(|| format!("more than {} ({})", hold.to, then(&hold.above)));
    let limits: Vec<_> = below.into_iter().chain(above).collect();
    format!("{name} weighs {}", limits.join(" or "))
}

/// Names in a sentence: "A, B and C".
pub(crate) fn listed(names: &[&str]) -> String {
    joined(names, "and")
}

fn any_of(names: &[&str]) -> String {
    joined(names, "or")
}

fn joined(names: &[&str], word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn names_are_listed_as_in_a_sentence() {
        assert_eq!(listed(&["Ray", "Dask", "Celery"]), "Ray, Dask and Celery");
        assert_eq!(listed(&["Ray"]), "Ray");
    }
}
