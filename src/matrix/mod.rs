//! The comparison: a site and a selection give a grid of frameworks by facts, and its exports.
//!
//! In: the site, one of its categories, and what a URL asks for. Out: columns, groups of rows and
//! cells that borrow from the site, and the same as CSV, JSON and Markdown. Pure. "No", "Not
//! applicable", "not stated" and "not researched" stay four things in every form. Makes no HTML.

mod cell;
mod change;
mod condition;
mod csv;
mod find;
mod grid;
mod json;
mod markdown;
mod must;
mod named;
mod order;
mod query;
mod selection;
mod sources;
mod standing;

pub use cell::{Cell, CellState};
pub use change::Step;
pub use condition::{Bound, Test};
pub(crate) use csv::record as to_csv_record;
pub use find::Words;
pub use grid::{Column, Group, LeftOut, Matrix, Row, RowKind};
pub(crate) use markdown::escaped as escaped_markdown;
pub use must::{MustHave, Outcome, Verdict, beginnings};
pub(crate) use query::{encoded, quoted};
pub use selection::{Layout, Line, RowKey, Selection, Sort, SortKey};
pub use sources::Source;
pub use standing::{End, Standing};
