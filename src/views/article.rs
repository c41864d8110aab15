//! The content of a page that has a document: its sections in order and the sources they cite.

use std::collections::HashSet;

use super::Chrome;
use super::frame::Content;
use super::section::SectionView;
use crate::content::sections::{Document, Section};
use crate::content::template::Template;
use crate::site::{DocumentId, PageId, Place, Site, escape};

/// Makes the content of one page.
pub(super) struct Article<'a> {
    pub chrome: Chrome<'a>,
    pub page: PageId,
    pub id: DocumentId,
    pub document: &'a Document,
    /// The section the page starts at.
    pub start: usize,
    /// The sections on the page, the first one included.
    pub sections: Vec<usize>,
    ids: HashSet<&'a str>,
}

/// A source in the list at the end of a page.
pub(super) struct SourceView {
    pub number: usize,
    pub html: String,
    /// Where the category lists it with all that cite it.
    pub record_url: Option<String>,
    /// How many other places of the category cite it.
    pub elsewhere: usize,
    /// Whether it was read long ago.
    pub ageing: bool,
    /// Which of its references stand on this page.
    pub references: Vec<usize>,
}

impl<'a> Article<'a> {
    /// The content of a page; none for a page without a document.
    pub fn of(chrome: Chrome<'a>, page: PageId) -> Option<Self> {
        let site = chrome.site;
        let shown = &site.pages[page];
        let id = shown.document?;
        let document = &*site.documents[id];
        let sections = sections_on(site, page, id);
        let anchors = sections.iter().filter_map(|&section| site.anchor_on(page, section));
        let written = sections.iter().flat_map(|&section| &document.sections[section].ids).map(String::as_str);
        let ids = anchors.chain(written).collect();
        Some(Self { chrome, page, id, document, start: shown.section, sections, ids })
    }

    /// The page's title as HTML.
    pub fn title_html(&self) -> String {
        let title = &self.chrome.site.pages[self.page].title;
        let is_whole = self.chrome.site.page_of(self.id) == self.page;
        let html = if is_whole {
            self.document.title_html.as_ref()
        } else {
            Some(&self.document.sections[self.start].title_html)
        };
        match html {
            Some(html) => self.chrome.site.fill(self.id, html, Place::OwnPage),
            None => escaped(title),
        }
    }

    /// What stands under the title itself, after what the document has before its title.
    pub fn opening(&self) -> SectionView<'a> {
        let mut view = self.section(self.start);
        if self.start > 0 && self.sections.first() == Some(&0) {
            view.body.insert_str(0, &self.section(0).body);
        }
        view
    }

    /// The sections but the opening, in the document's order.
    pub fn after_opening(&self) -> impl Iterator<Item = usize> {
        self.sections.iter().copied().filter(|&section| section != self.start && section != 0)
    }

    /// All that follows the opening, in the document's order.
    pub fn rest(&self) -> Vec<SectionView<'a>> {
        self.after_opening().map(|section| self.section(section)).collect()
    }

    /// The level of a section's heading on the page: 2 for the top ones, one more for each they lie in.
    pub fn level(&self, index: usize) -> u8 {
        let mut level = 2;
        let mut at = self.document.sections[index].parent;
        while at != 0 && at != self.start && level < 6 {
            level += 1;
            at = self.document.sections[at].parent;
        }
        level
    }

    /// An id that no section of the page has.
    pub fn free_id(&self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        while self.ids.contains(id.as_str()) {
            id.push('_');
        }
        id
    }

    /// The sources that the page cites, in the order of their numbers.
    pub fn sources(&self) -> Vec<SourceView> {
        let mut cited: Vec<(usize, usize)> =
            self.sections.iter().flat_map(|&section| cites(&self.document.sections[section])).collect();
        let mut seen: HashSet<usize> = cited.iter().map(|(footnote, _)| *footnote).collect();
        // A source may cite another one.
        let mut at = 0;
        while let Some(&(footnote, _)) = cited.get(at) {
            at += 1;
            let Some(footnote) = self.document.footnotes.get(footnote) else { continue };
            let further: Vec<_> = footnote.html.cites().filter(|(footnote, _)| seen.insert(*footnote)).collect();
            cited.extend(further);
        }
        cited.sort_unstable();
        cited.dedup();
        let of_one = cited.chunk_by(|a, b| a.0 == b.0);
        of_one
            .filter_map(|references| {
                let footnote = references[0].0;
                let site = self.chrome.site;
                let record = site.source_of(self.id, footnote);
                let cited = record.map_or(0, |(_, source)| source.uses.iter().map(|place| place.sections.len()).sum());
                let here: HashSet<usize> = self.sections.iter().copied().collect();
                let own = record.map_or(0, |(_, source)| {
                    let own = source.uses.iter().filter(|place| place.document == self.id);
                    own.flat_map(|place| &place.sections).filter(|section| here.contains(section)).count()
                });
                Some(SourceView {
                    record_url: record
                        .map(|(category, source)| format!("{}#{}", category.sources_url(site), source.anchor)),
                    elsewhere: cited - own,
                    ageing: site.is_ageing(self.document.footnotes.get(footnote)?.citation.read),
                    number: Site::source_number(footnote),
                    html: self.chrome.site.fill(self.id, &self.document.footnotes.get(footnote)?.html, Place::OwnPage),
                    references: references.iter().map(|(_, nth)| *nth).collect(),
                })
            })
            .collect()
    }
}

/// The list of what is on a page: the two top levels of its headings.
pub(super) fn contents(sections: &[SectionView<'_>]) -> Vec<Content> {
    let listed = sections.iter().filter(|section| (2..=3).contains(&section.level) && !section.id.is_empty());
    listed
        .map(|section| Content {
            id: section.id.clone(),
            title: section.title.to_owned(),
            level: section.level,
            gap: section.unresearched,
            rating: section.rating.as_ref().map(|rating| rating.value),
        })
        .collect()
}

/// A text as HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text, &mut html);
    html
}

/// The sections of a page. A document's own page also shows what stands before its title and beside it.
fn sections_on(site: &Site, page: PageId, id: DocumentId) -> Vec<usize> {
    if site.page_of(id) != page {
        return site.sections_on(page);
    }
    (0..site.documents[id].sections.len()).filter(|&section| site.place(id, section).0 == page).collect()
}

/// The references to footnotes in all that a page shows of a section.
fn cites(section: &Section) -> impl Iterator<Item = (usize, usize)> {
    [&section.title_html].into_iter().chain(section.templates()).flat_map(Template::cites)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::ids::{DocPath, Generation};
    use crate::site::Input;
    use crate::views::AssetUrls;

    fn with_article<R>(text: &str, look: impl Fn(&Article<'_>) -> R) -> R {
        let path = DocPath::new("a.md");
        let document = Arc::new(Document::read(path.clone(), text.to_owned()));
        let site = Site::build(Input { documents: BTreeMap::from([(path, document)]), ..Input::default() });
        let assets = AssetUrls { css: String::new(), script: String::new(), icon: String::new() };
        let (assets, generation) = (&assets, Generation(1));
        let chrome = Chrome { site: &site, generation, assets, live: false, canonical_base: None, asked_at: "" };
        look(&Article::of(chrome, site.page_of(0)).expect("has a document"))
    }

    #[test]
    fn levels_of_headings_leave_none_out() {
        let levels =
            |text| with_article(text, |article| article.rest().iter().map(|section| section.level).collect::<Vec<_>>());
        assert_eq!(levels("# T\n\n## A\n\n#### B\n\n#### C\n\n### D\n\n## E\n"), [2, 3, 3, 3, 2]);
        assert_eq!(levels("## A\n\n### B\n"), [2, 3]);
    }

    #[test]
    fn what_stands_before_and_beside_the_title_is_shown() {
        let (opening, rest) = with_article("Before.\n\n# T\n\nUnder.\n\n# Second\n", |article| {
            (
                article.opening().body,
                article.rest().into_iter().map(|section| section.title.to_owned()).collect::<Vec<_>>(),
            )
        });
        assert!(opening.find("Before.") < opening.find("Under."), "{opening}");
        assert_eq!(rest, ["Second"]);
    }

    #[test]
    fn sources_are_those_cited_with_their_numbers_and_references() {
        let text = "# T\n\nOne[^b] two[^a] three[^b].\n\n[^a]: A says[^c].\n[^b]: B.\n[^c]: C.\n[^unused]: D.\n";
        let sources = with_article(text, |article| {
            article.sources().into_iter().map(|source| (source.number, source.references)).collect::<Vec<_>>()
        });
        assert_eq!(sources.len(), 3);
        assert!(sources.is_sorted());
        assert!(sources.contains(&(1, vec![1, 2])), "{sources:?}");
    }
}
