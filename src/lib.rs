//! fieldguide: a folder of Markdown research as a documentation site with search and comparison.
pub mod content;
pub mod diagnostics;
pub mod ids;
pub mod matrix;
pub mod site;
pub mod views;
