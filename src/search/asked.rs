//! The row of a comparison that a query asks for: which topic its words name, and for which frameworks.

use super::find::Answer;
use super::places::Kind;
use super::request::{Filter, Request};
use super::results::Asked;
use super::snapshot::Snapshot;
use super::topics::Term;
use super::wanted::Wanted;
use crate::site::{Category, Site};

/// A word is common that more than a few entries have, and more than one in so many.
const FEW: usize = 20;
const COMMON: u64 = 4;

impl Snapshot {
    /// The row of a comparison that a request asks for.
    pub(super) fn asked(&self, site: &Site, request: &Request, found: &Answer, best: Option<u32>) -> Option<Asked> {
        let only = |kind: Kind| match request.filters[kind as usize] {
            Filter::Only(number) => self.names(kind).get(number).map(|(slug, _)| slug),
            _ => None,
        };
        let slug = |number: &u16| self.names(Kind::Framework).get(*number).map(|(slug, _)| slug);
        let slugs: Vec<&str> = match only(Kind::Framework) {
            Some(chosen) => vec![chosen],
            None => request.named.iter().filter_map(slug).collect(),
        };
        let in_category = only(Kind::Category).and_then(|slug| site.categories.iter().position(|c| c.slug == slug));
        let category = in_category.or_else(|| site.categories.iter().position(|c| has_all(c, &slugs)));
        let asked = match terms(self, found, best) {
            terms if terms.is_empty() && slugs.len() > 1 => {
                Some(Asked { category: category?, criterion: None, fact: None, frameworks: Vec::new() })
            }
            terms => self.topics().asked(&terms, category.filter(|_| !slugs.is_empty() || in_category.is_some())),
        }?;
        let category = site.categories.get(asked.category)?;
        let named = slugs.iter().filter_map(|slug| category.frameworks.iter().position(|f| f.slug == *slug));
        let frameworks: Vec<usize> = named.collect();
        let says_something = frameworks.is_empty()
            || frameworks.iter().any(|&at| match asked.criterion {
                Some(criterion) => category.frameworks[at].findings.get(criterion).is_some_and(|finding| !finding.gap),
                None => category.frameworks[at].findings.iter().any(|finding| !finding.gap),
            });
        (says_something && frameworks.len() == slugs.len()).then_some(Asked { frameworks, ..asked })
    }
}

fn has_all(category: &Category, slugs: &[&str]) -> bool {
    !slugs.is_empty() && slugs.iter().all(|slug| category.frameworks.iter().any(|framework| framework.slug == *slug))
}

/// What was looked for besides frameworks, as far as it can ask for a row; none where something cannot.
fn terms<'f>(snapshot: &Snapshot, found: &'f Answer, best: Option<u32>) -> Vec<Term<'f>> {
    let mut terms = Vec::new();
    for sought in &found.sought {
        let others = match &sought.wanted {
            Wanted::Frameworks(_) => continue,
            Wanted::Same(same) => same.others.as_slice(),
            Wanted::Word(_) | Wanted::Phrase(_) => &[],
        };
        let is_common = sought.matches() > FEW && sought.matches() as u64 > snapshot.entries() / COMMON;
        let corrected = sought.correction_for(snapshot, best).map(|correction| correction.text.as_str());
        let words = sought.wanted.words();
        terms.extend(words.into_iter().map(|word| Term { word, corrected, others, is_common }));
    }
    terms
}
