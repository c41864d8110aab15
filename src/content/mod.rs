//! Content files: found on disk, read as Markdown, cut into sections.
//!
//! [`source`] reads the folder; [`markdown`] turns text into blocks of safe HTML with slots;
//! [`sections`] makes a [`Document`](sections::Document) of them with the help of [`metadata`]. [`value`] knows what
//! a fact's text means, [`citation`] what a footnote names, [`data`] what was measured.

pub mod blocks;
pub mod citation;
pub mod code_info;
pub mod data;
pub mod diagram;
pub mod front_matter;
pub mod highlight;
pub mod history;
pub mod markdown;
pub mod metadata;
mod sanitize;
pub mod sections;
pub mod site_file;
pub mod source;
pub mod template;
pub mod value;
