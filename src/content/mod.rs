//! Content files: found on disk, read as Markdown, cut into sections.
//!
//! [`source`] reads the folder; [`markdown`] turns text into blocks of safe HTML with slots;
//! [`sections`] makes a [`Document`](sections::Document) of them with the help of [`metadata`].

pub mod blocks;
pub mod front_matter;
pub mod highlight;
pub mod markdown;
pub mod metadata;
mod sanitize;
pub mod sections;
pub mod site_file;
pub mod source;
pub mod template;
pub mod value;
