//! fieldguide: a folder of Markdown research as a documentation site with search and comparison.
//!
//! ```text
//! commands                 serve, check, search, compare
//!    │
//! http      watch          requests, file events; they meet only in the edition store
//!    │        │
//! edition   views          one immutable state of the site; its pages as HTML
//!    │        │
//! choose                   weights and must-haves to a ranking
//!    │
//! matrix    search         side by side; by words
//!    │        │
//! site                     pages, categories, frameworks, findings, gaps, links
//!    │
//! card                     the picture that previews of links show
//!    │
//! chart                    tables of measurements as pictures
//!    │
//! content                  files, Markdown, sections, facts, data files
//!    │
//! ids, config, diagnostics
//! ```
//!
//! A file imports only from lower layers; a test of the suite reads `src/` and enforces it.

pub mod card;
pub mod chart;
pub mod choose;
pub mod commands;
pub mod config;
pub mod content;
pub mod diagnostics;
pub mod edition;
pub mod http;
pub mod ids;
pub mod matrix;
pub mod search;
pub mod site;
pub mod views;
pub mod watch;
