//! Search: the site's sections as an index, queries as hits. The only user of tantivy.
//!
//! In: a site, and what someone typed. Out: hits with their addresses, facets and corrections. What a
//! section is found by is told in `entry` and `terms`, what a query means in `request`, what comes first in
//! `matching` and `scores`. Nothing here fails or panics on any query.

mod asked;
mod beginnings;
mod best;
mod cited;
mod entry;
mod entry_set;
mod excerpt;
mod family;
mod find;
mod hits;
mod indexer;
mod letters;
mod lexicon;
mod living;
mod marked;
mod marking;
mod matching;
mod neighbours;
mod places;
mod query;
mod request;
mod results;
mod scores;
mod shard;
mod sift;
mod snapshot;
mod suggest;
mod terms;
mod told;
mod topics;
mod typos;
mod wanted;
mod words;

pub use cited::{SourceRef, Sources};
pub use indexer::{Indexer, SearchError};
pub use marking::Words;
pub use query::Query;
pub use results::{Asked, Facet, Facets, FrameworkRef, Hit, Mode, NameRef, Results};
pub use snapshot::Snapshot;
