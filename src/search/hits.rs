//! From a query to results: answers it, orders the matches, counts the facets, shows the hits.

use super::best::Best;
use super::entry;
use super::excerpt::Marker;
use super::find::{Answer, Match, Sought, answer};
use super::places::Kind;
use super::query::Query;
use super::request::{Filter, Request};
use super::results::{Facet, Facets, FrameworkRef, Hit, NameRef, Results, SourceRef};
use super::snapshot::Snapshot;
use super::terms::Part;
use super::wanted::Wanted;
use crate::site::{PageId, PageKind, Site};

/// What is left of the matches when the filters have been applied.
struct Sifted {
    total: usize,
    /// Whether any of them has a word only if it was mistyped.
    mistyped: bool,
    /// The best ones, in order.
    best: Vec<Match>,
    facets: Facets,
}

impl Snapshot {
    /// Searches the site that the snapshot was made of.
    pub fn search(&self, site: &Site, query: &Query) -> Results {
        let request = Request::read(query, self);
        let found = answer(self, &request, &Part::ALL);
        let sifted = self.sift(&request, &found.matches, query.offset.saturating_add(query.limit));
        let best = sifted.best.first().map(|matched| matched.slot);
        let did_you_mean = sifted.mistyped.then(|| corrected(query, &found, best)).flatten();
        let page = sifted.best.get(query.offset..).unwrap_or_default();
        let mut marker = Marker::of(&found.sought);
        let hits = page.iter().filter_map(|matched| self.hit(site, matched, &mut marker)).collect();
        Results {
            query: self.with_slugs(query, &request),
            total: sifted.total,
            hits,
            mode: found.mode,
            did_you_mean,
            facets: sifted.facets,
            asked: self.asked(site, &request, &found, best),
            marked: marked(&found, best),
        }
    }

    /// The query with its filters by their slugs, whatever name they were given by.
    fn with_slugs(&self, query: &Query, request: &Request) -> Query {
        let slug = |kind: Kind, given: &Option<String>| match request.filters[kind as usize] {
            Filter::Only(number) if given.is_some() => self.names(kind).get(number).map(|(slug, _)| slug.to_owned()),
            _ => given.clone(),
        };
        Query {
            framework: slug(Kind::Framework, &query.framework),
            criterion: slug(Kind::Criterion, &query.criterion),
            category: slug(Kind::Category, &query.category),
            ..query.clone()
        }
    }

    /// Takes the best matches that pass all filters, and counts each kind over those that pass the filters
    /// of the other kinds.
    fn sift(&self, request: &Request, matches: &[Match], most: usize) -> Sifted {
        let mut counts = Kind::ALL.map(|kind| vec![0_usize; self.names(kind).len()]);
        let mut best = Best::new(self, most);
        let (mut total, mut mistyped) = (0, false);
        for matched in matches {
            let kinds = self.kinds(matched.slot);
            let mut stopped = (0..kinds.len()).filter(|&kind| !request.filters[kind].passes(kinds[kind]));
            let counted = match (stopped.next(), stopped.next()) {
                (None, _) => {
                    total += 1;
                    mistyped |= matched.mistyped > 0;
                    best.offer(matched);
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
        Sifted { total, mistyped, best: best.in_order(), facets }
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
        let (marked, excerpt) = (marker.title(title), marker.excerpt(site, (id, section), top, matched.meant));
        Some(Hit {
            href: site.href(id, section),
            title: title.clone(),
            title_html: marked.html(),
            title_marks: marked.character_ranges(),
            path: entry::path(site, id, section, page),
            excerpt_html: excerpt.html(),
            excerpt_marks: excerpt.character_ranges(),
            excerpt: excerpt.text,
            framework: framework_ref(site, page),
            criterion: name(Kind::Criterion),
            category: name(Kind::Category),
            rating: document.sections[section].rating.as_ref().map(|rating| rating.value),
            sources: sources(site, id, section),
            score: matched.score,
            typo: matched.mistyped > 0,
        })
    }
}

/// The words to mark on a page: what was looked for as it was corrected, without the names of frameworks.
fn marked(found: &Answer, best: Option<u32>) -> String {
    let mut marked = Vec::new();
    for sought in found.sought.iter().filter(|sought| !matches!(sought.wanted, Wanted::Frameworks(_))) {
        match sought.correction_for(best) {
            Some(correction) => marked.push(correction.text.as_str()),
            None => marked.extend(sought.wanted.words().into_iter().map(|word| word.text.as_str())),
        }
    }
    marked.join(" ")
}

/// The sources of a section, each once, in the order of their numbers.
fn sources(site: &Site, id: usize, section: usize) -> Vec<SourceRef> {
    let document = &site.documents[id];
    let cited: std::collections::BTreeSet<usize> = document.sections[section].cites.iter().copied().collect();
    let notes = cited.into_iter().filter_map(|footnote| Some((footnote, document.footnotes.get(footnote)?)));
    notes
        .map(|(footnote, note)| SourceRef {
            number: Site::source_number(footnote),
            title: note.citation.name().to_owned(),
            url: note.citation.url.clone(),
        })
        .collect()
}

fn framework_ref(site: &Site, page: PageId) -> Option<FrameworkRef> {
    let PageKind::Framework(index) = site.pages[page].kind else { return None };
    let framework = site.category_of(page)?.frameworks.get(index)?;
    Some(FrameworkRef { slug: framework.slug.clone(), title: framework.title.clone(), index })
}

/// The query with each mistyped word replaced by the likeliest correction, best by one the best hit has.
fn corrected(query: &Query, found: &Answer, best: Option<u32>) -> Option<String> {
    let correction = |sought: &Sought| match sought.wanted.words().as_slice() {
        [word] => Some((word.range.clone(), sought.correction_for(best)?.text.clone())),
        _ => None,
    };
    let mut corrections: Vec<_> = found.sought.iter().filter_map(correction).collect();
    corrections.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut text = query.text.clone();
    for (range, correction) in corrections {
        text.get(range.clone())?;
        text.replace_range(range, &correction);
    }
    (text != query.text).then_some(text)
}
