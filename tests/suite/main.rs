//! The one test binary: every module tests the program through files, pages and answers.

mod choose;
mod compare;
mod content;
mod evidence;
mod hostile;
mod http;
mod layers;
mod live;
mod matrix;
mod program;
mod random;
mod search;
mod seed;
mod snapshots;
mod support;
