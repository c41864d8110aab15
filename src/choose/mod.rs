//! Choosing: weights for the criteria and must-haves in, a ranking with its reasons out.
//!
//! The arithmetic is a weighted mean of ratings: each known rating times its weight, added up, divided by
//! the weights of what is known. A missing rating is left out of both sums, so it neither helps nor
//! harms; it lowers the confidence instead. Who has less than half of the weight known is not ranked.
//! Who fails a must-have is left out, with the reason; what nobody knows excludes nobody. Pure. Makes no HTML.

mod answer;
mod export;
mod question;
mod score;
mod situation;
mod stability;
mod words;

pub use answer::{Answer, Part, Ranked};
pub use question::{MAX_WEIGHT, Question, USUAL_WEIGHT};
pub use score::{Ratings, Score, first, order};
pub use situation::{Situation, diagnostics};
pub use stability::{Doubts, Hold, doubts, holds};
pub(crate) use words::listed;
