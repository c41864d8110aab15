//! From a query to results: answers it, shows the hits.

use super::cited::Sources;
use super::entry;
use super::excerpt::Marker;
use super::find::{Answer, Sought, answer};
use super::matching::Match;
use super::places::Kind;
use super::query::Query;
use super::request::{Filter, Request};
use super::results::{FrameworkRef, Hit, NameRef, Results};
use super::snapshot::Snapshot;
use super::terms::Part;
use super::wanted::Wanted;
use crate::site::{PageId, PageKind, Site};

impl Snapshot {
    /// Searches the site that the snapshot was made of.
    pub fn search(&self, site: &Site, query: &Query) -> Results {
        let request = Request::read(query, self);
        let found = answer(self, &request, &Part::ALL, query.offset.saturating_add(query.limit));
        let sifted = &found.sifted;
        let best = sifted.best.first().map(|matched| matched.slot);
        let did_you_mean = sifted.mistyped.then(|| self.corrected(query, &found, best)).flatten();
        let page = sifted.best.get(query.offset..).unwrap_or_default();
        let mut marker = Marker::of(&found.sought);
        let hits = page.iter().filter_map(|matched| self.hit(site, matched, &mut marker)).collect();
        Results {
            query: self.with_slugs(query, &request),
            apart: self.apart(query, &request),
            total: sifted.total,
            hits,
            mode: found.mode,
            did_you_mean,
            asked: self.asked(site, &request, &found, best),
            marked: self.marked(&found, best),
            facets: found.sifted.facets,
        }
    }

    /// The query with its filters by their slugs, whatever name they were given by.
    fn with_slugs(&self, query: &Query, request: &Request) -> Query {
        let slug = |kind: Kind| query.slug(kind).map(|given| self.slug(kind, request).unwrap_or(given).to_owned());
        Query {
            framework: slug(Kind::Framework),
            criterion: slug(Kind::Criterion),
            category: slug(Kind::Category),
            ..query.clone()
        }
    }

    /// The same with the filters of its text taken out of it and set beside it.
    fn apart(&self, query: &Query, request: &Request) -> Query {
        let mut text = query.text.clone();
        for filter in request.typed.iter().rev() {
            text = format!("{} {}", text[..filter.start].trim_end(), text[filter.end..].trim_start());
        }
        let slug = |kind: Kind| self.slug(kind, request).or(query.slug(kind)).map(str::to_owned);
        Query {
            text: text.trim().to_owned(),
            framework: slug(Kind::Framework),
            criterion: slug(Kind::Criterion),
            category: slug(Kind::Category),
            ..query.clone()
        }
    }

    /// The only name of a kind that passes the filters, where there is one.
    fn slug(&self, kind: Kind, request: &Request) -> Option<&str> {
        match request.filters[kind as usize] {
            Filter::Only(number) => self.names(kind).get(number).map(|(slug, _)| slug),
            Filter::Any | Filter::Nothing => None,
        }
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
            sources: Sources::of(document, section),
            score: matched.score,
            typo: matched.mistyped > 0,
        })
    }

    /// The words to mark on a page: what was looked for as it was corrected, without the names of frameworks.
    fn marked(&self, found: &Answer, best: Option<u32>) -> String {
        let mut marked = Vec::new();
        for sought in found.sought.iter().filter(|sought| !matches!(sought.wanted, Wanted::Frameworks(_))) {
            match sought.correction_for(self, best) {
                Some(correction) => marked.push(correction.text.as_str()),
                None => marked.extend(sought.wanted.words().into_iter().map(|word| word.text.as_str())),
            }
        }
        marked.join(" ")
    }

    /// The query with each mistyped word replaced by the likeliest correction, best by one the best hit has.
    fn corrected(&self, query: &Query, found: &Answer, best: Option<u32>) -> Option<String> {
        let correction = |sought: &Sought| match sought.wanted.words().as_slice() {
            [word] => Some((word.range.clone(), sought.correction_for(self, best)?.text.clone())),
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
}

fn framework_ref(site: &Site, page: PageId) -> Option<FrameworkRef> {
    let PageKind::Framework(index) = site.pages[page].kind else { return None };
    let framework = site.category_of(page)?.frameworks.get(index)?;
    Some(FrameworkRef { slug: framework.slug.clone(), title: framework.title.clone(), index })
}
