//! Measured figures: links that name a row and a column of a table, and whether they still say what stands there.

use percent_encoding::percent_decode_str;

use super::{DocumentId, PageId, Site, Target, encode_fragment};
use crate::content::data::figure::{self, Fault, Place};
use crate::content::data::{DataFile, Environment, Table};
use crate::ids::DocPath;

/// A link that cites a measured figure.
#[derive(Debug)]
pub struct Figure<'s> {
    /// The table it comes from.
    pub table: &'s Table,
    /// The row and column it names, as written.
    pub fragment: String,
    /// The cell, or why there is none.
    pub place: Result<Place, Fault>,
}

impl Figure<'_> {
    /// Why the figure does not hold, where its words are `text`.
    pub fn fault(&self, text: &str) -> Option<Fault> {
        match &self.place {
            Ok(place) => figure::check(self.table, *place, text).err(),
            Err(fault) => Some(fault.clone()),
        }
    }
}

impl Site {
    /// All tables in the order of their paths.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.data.values().filter_map(|file| if let DataFile::Table(table) = &**file { Some(table) } else { None })
    }

    /// The table at a path in the content folder.
    pub fn table(&self, path: &DocPath) -> Option<&Table> {
        if let DataFile::Table(table) = &**self.data.get(path)? { Some(table) } else { None }
    }

    /// The table whose page stands at a percent-encoded URL path.
    pub fn table_at(&self, url: &str) -> Option<&Table> {
        self.table(self.table_at.get(url)?)
    }

    /// The URL path of a table's page.
    pub fn table_url(&self, table: &Table) -> &str {
        self.url_of_table.get(&table.path).map_or("/", String::as_str)
    }

    /// The page below which a table's page stands: its category's, else its folder's.
    pub fn page_above(&self, table: &Table) -> PageId {
        let mut folder = table.path.folder();
        while let Some((above, _)) = folder.rsplit_once('/') {
            if let Some(&page) = self.folders.get(above) {
                return page;
            }
            folder = above;
        }
        0
    }

    /// Where and when the measurements of a table were made: the nearest `environment.json` beside or above it.
    pub fn environment_of(&self, table: &Table) -> Option<&Environment> {
        let folders = folders_up(table.path.folder());
        let mut files =
            folders.filter_map(|folder| self.data.get(&DocPath::new(&format!("{folder}/environment.json"))));
        files.find_map(|file| if let DataFile::Environment(environment) = &**file { Some(environment) } else { None })
    }

    /// The page that says how the measurements of a table were made: the nearest `method.md` above its file.
    pub fn method_of(&self, table: &Table) -> Option<&str> {
        let mut folders = folders_up(table.path.folder());
        let document = folders.find_map(|folder| self.document_at(&DocPath::new(&format!("{folder}/method.md"))))?;
        Some(&self.pages[self.page_of(document)].url)
    }

    /// The figure that a link of a document cites; none for any other link.
    pub fn figure(&self, from: DocumentId, url: &str) -> Option<Figure<'_>> {
        let (file, fragment) = url.split_once('#')?;
        let Target::Asset(address) = self.resolve(from, file) else { return None };
        let table = self.table(&Self::asset_path(&address))?;
        let fragment = percent_decode_str(fragment).decode_utf8_lossy().into_owned();
        Some(Figure { place: figure::locate(table, &fragment), table, fragment })
    }

    /// The address of a figure's row on the table's page.
    pub fn figure_url(&self, figure: &Figure<'_>) -> String {
        let url = self.table_url(figure.table);
        match &figure.place {
            Ok(place) => format!("{url}#{}", encode_fragment(&row_id(figure.table, place.row))),
            Err(_) => url.to_owned(),
        }
    }
}

/// A folder and those above it, the top one left out.
fn folders_up(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| folder.rsplit_once('/').map(|(above, _)| above))
}

/// The id that a row has on its table's page.
pub fn row_id(table: &Table, row: usize) -> String {
    format!("row-{}", table.key(&table.rows[row]).split_whitespace().collect::<Vec<_>>().join("-"))
}
