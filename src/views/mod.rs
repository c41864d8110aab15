//! Pages: one Askama struct a page over the site. The only user of askama.
//!
//! In: the site, and the addresses of the style sheet, the script and the icon. Out: HTML as text.
//! A struct holds finished values; its template decides nothing that a method could decide. No HTML
//! is made here that a policy without inline scripts and styles would refuse.

mod answer;
mod article;
mod catalogue;
mod category;
mod choose;
mod chrome;
mod compare;
mod data;
mod document;
mod faults;
mod fold;
mod frame;
mod framework;
mod glance;
mod home;
mod linked_data;
mod machines;
mod marked;
mod nav;
mod picture;
mod pieces;
mod search;
mod section;
mod sources;
mod standing;
mod status;

pub use answer::{AnswerCell, AnswerRow, SearchAnswer};
pub use catalogue::Catalogue;
pub use choose::{choose_fragment, choose_page};
pub use chrome::{AssetUrls, Chrome};
pub use compare::{compare_embed, compare_fragment, compare_order, compare_page};
pub use data::data_page;
pub use document::page;
pub use faults::{fault, not_found};
pub use machines::{MachineFile, in_xml};
pub use marked::marked;
pub use picture::Pictured;
pub use pieces::Piece;
pub use search::{search_page, search_results};
pub use sources::sources_page;
pub use status::status_page;
