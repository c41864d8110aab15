//! The grid as CSV, for spreadsheets: one row a fact, one column a framework.
//!
//! A cell that a spreadsheet would take for a formula (it starts with `=`, `+`, `-`, `@`, a tab or a
//! carriage return) gets a leading apostrophe, which spreadsheets read as "this is text".

use std::borrow::Cow;

use csv::Writer;

use super::grid::Matrix;

const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl Matrix<'_> {
    /// The grid as CSV with the header `criterion,fact,` and the frameworks' titles.
    pub fn to_csv(&self) -> String {
        let mut writer = Writer::from_writer(Vec::new());
        let titles = self.frameworks().map(|framework| framework.title.as_str().into());
        write_record(&mut writer, ["criterion".into(), "fact".into()].into_iter().chain(titles));
        for group in &self.groups {
            let criterion = self.category.criteria[group.criterion].name.as_str();
            for row in &group.rows {
                let cells = row.cells.iter().map(|cell| cell.text());
                write_record(&mut writer, [criterion.into(), row.kind.name().into()].into_iter().chain(cells));
            }
        }
        let bytes = writer.into_inner().expect("memory can always be written to");
        String::from_utf8(bytes).expect("every field is text")
    }
}

/// Fields as one line of CSV, each guarded as a cell is.
pub(crate) fn record(fields: impl Iterator<Item = String>) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    write_record(&mut writer, fields.map(Cow::Owned));
    let bytes = writer.into_inner().expect("memory can always be written to");
    String::from_utf8(bytes).expect("every field is text")
}

fn write_record<'a>(writer: &mut Writer<Vec<u8>>, fields: impl Iterator<Item = Cow<'a, str>>) {
    let fields = fields.map(|field| guarded(field).into_owned());
    writer.write_record(fields).expect("every record has two fields and one a framework");
}

fn guarded(field: Cow<'_, str>) -> Cow<'_, str> {
    if field.starts_with(FORMULA) { format!("'{field}").into() } else { field }
}
