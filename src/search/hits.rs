//! From a query to results: answers it, orders the matches, counts the facets, shows the hits.

use super::entry;
use super::excerpt::Marker;
use super::find::{Answer, Match, answer};
use super::places::Kind;
use super::query::{Query, Request, Wanted};
use super::results::{Facet, Facets, FrameworkRef, Hit, NameRef, Results};
use super::snapshot::Snapshot;
use super::terms::Part;
use crate::site::Site;

impl Snapshot {
    /// Searches the site that the snapshot was made of.
    pub fn search(&self, site: &Site, query: &Query) -> Results {
        let request = Request::read(query, self);
        let found = answer(self, &request, &Part::ALL);
        let (mut matches, facets) = self.sift(&request, &found.matches);
        let total = matches.len();
        let did_you_mean =
            matches.iter().any(|matched| matched.mistyped > 0).then(|| corrected(query, &found)).flatten();
        let page = self.page_of(&mut matches, query);
        let mut marker = Marker::of(&found.sought);
        let hits = page.iter().filter_map(|matched| self.hit(site, matched, &mut marker)).collect();
        Results { query: query.clone(), total, hits, mode: found.mode, did_you_mean, facets }
    }

    /// The matches that are asked for, in order.
    fn page_of<'m>(&self, matches: &'m mut [Match], query: &Query) -> &'m [Match] {
        let end = query.offset.saturating_add(query.limit).min(matches.len());
        let start = query.offset.min(end);
        if end < matches.len() {
            matches.select_nth_unstable_by(end, |a, b| a.order(b, self));
        }
        matches[..end].sort_unstable_by(|a, b| a.order(b, self));
        &matches[start..end]
    }

    /// The matches that pass all filters; and each kind, counted over those that pass the filters of the
    /// other kinds.
    fn sift(&self, request: &Request, matches: &[Match]) -> (Vec<Match>, Facets) {
        let mut counts = Kind::ALL.map(|kind| vec![0_usize; self.names(kind).len()]);
        let mut passing = Vec::with_capacity(matches.len());
        for matched in matches {
            let kinds = self.kinds(matched.slot);
            let mut stopped = (0..kinds.len()).filter(|&kind| !request.filters[kind].passes(kinds[kind]));
            let counted = match (stopped.next(), stopped.next()) {
                (None, _) => {
                    passing.push(*matched);
                    0..kinds.len()
                }
                (Some(only), None) => only..only + 1,
                _ => continue,
            };
            for kind in counted {
                if let Some(count) = counts[kind].get_mut(usize::from(kinds[kind])) {
                    *count += 1;
                }
            }
        }
        let facet = |kind: Kind| self.facet(kind, &counts[kind as usize]);
        let facets = Facets {
            frameworks: facet(Kind::Framework),
            criteria: facet(Kind::Criterion),
            categories: facet(Kind::Category),
        };
        (passing, facets)
    }

    fn facet(&self, kind: Kind, counts: &[usize]) -> Vec<Facet> {
        let counted = (0..).zip(counts).filter(|(_, count)| **count > 0);
        let mut facet: Vec<Facet> = counted
            .filter_map(|(number, &count)| {
                let (slug, title) = self.names(kind).get(number)?;
                Some(Facet { slug: slug.to_owned(), title: title.to_owned(), count })
            })
            .collect();
        facet.sort_by_key(|facet| std::cmp::Reverse(facet.count));
        facet
    }

    fn hit(&self, site: &Site, matched: &Match, marker: &mut Marker) -> Option<Hit> {
        let (id, section, page) = self.resolve(matched.slot, site)?;
        let document = &site.documents[id];
        let top = entry::is_top(site, section, page);
        let heading = &document.sections[section].title;
        let title = if top || heading.trim().is_empty() { &site.pages[page].title } else { heading };
        let kinds = self.kinds(matched.slot);
        let name = |kind: Kind| {
            let (slug, title) = self.names(kind).get(kinds[kind as usize])?;
            Some(NameRef { slug: slug.to_owned(), title: title.to_owned() })
        };
        Some(Hit {
            href: site.href(id, section),
            title: title.clone(),
            title_html: marker.title(title),
            path: entry::path(site, id, section, page),
            excerpt_html: marker.excerpt(document, section, top),
            framework: framework_ref(site, id, section),
            criterion: name(Kind::Criterion),
            category: name(Kind::Category),
            rating: document.sections[section].rating.as_ref().map(|rating| rating.value),
            score: matched.score,
            typo: matched.mistyped > 0,
        })
    }
}

fn framework_ref(site: &Site, document: usize, section: usize) -> Option<FrameworkRef> {
    let (category, framework) = site.framework_of(document, section)?;
    let index = category.frameworks.iter().position(|other| other.page == framework.page)?;
    Some(FrameworkRef { slug: framework.slug.clone(), title: framework.title.clone(), index })
}

/// The query with each mistyped word replaced by the likeliest correction.
fn corrected(query: &Query, found: &Answer) -> Option<String> {
    let mut replacements: Vec<_> = found
        .sought
        .iter()
        .filter_map(|sought| match (&sought.wanted, sought.corrections.first()) {
            (Wanted::Word(word), Some(correction)) => Some((word.range.clone(), &correction.text)),
            _ => None,
        })
        .collect();
    replacements.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut text = query.text.clone();
    for (range, correction) in replacements {
        text.get(range.clone())?;
        text.replace_range(range, correction);
    }
    (text != query.text).then_some(text)
}
