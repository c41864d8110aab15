//! The sources that a hit cites, as its document has them: an answer shows few of them, so none is copied.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::content::sections::Document;
use crate::site::Site;

/// The sources of a section, each once, in the order of their numbers.
#[derive(Clone)]
pub struct Sources {
    document: Arc<Document>,
    /// The indices of their footnotes.
    footnotes: Vec<usize>,
}

/// A source that a hit cites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SourceRef<'s> {
    /// Its number on the page of the hit.
    pub number: usize,
    /// Its name.
    pub title: &'s str,
    /// Its address.
    pub url: Option<&'s str>,
}

impl Sources {
    /// Those of a section.
    pub(super) fn of(document: &Arc<Document>, section: usize) -> Self {
        let mut footnotes = document.sections[section].cites.to_vec();
        footnotes.retain(|footnote| *footnote < document.footnotes.len());
        footnotes.sort_unstable();
        footnotes.dedup();
        Self { document: Arc::clone(document), footnotes }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.footnotes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.footnotes.is_empty()
    }

    /// Goes through them.
    pub fn iter(&self) -> impl Iterator<Item = SourceRef<'_>> {
        self.footnotes.iter().map(move |&footnote| {
            let citation = &self.document.footnotes[footnote].citation;
            SourceRef { number: Site::source_number(footnote), title: citation.name(), url: citation.url.as_deref() }
        })
    }
}

impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Sources {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}
