//! Charts: a few lines of TOML and a table of measurements to inline SVG. Pure.
//!
//! [`spec`] reads the lines, [`plot`] takes what they ask for out of the table, [`draw`] makes the
//! picture. Colours are classes of the style sheet, so a chart follows the theme; shapes are the marks
//! that frameworks have everywhere. Knows nothing of pages.

mod axis;
mod bars;
mod canvas;
mod dots;
mod draw;
mod lines;
pub mod marks;
mod plot;
mod rows;
mod scale;
mod spec;

pub use draw::{Width, draw};
pub use plot::{Plot, Point, Series, plot};
pub use spec::{Fault, Kind, Spec};
