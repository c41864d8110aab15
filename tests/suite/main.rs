//! The one test binary: every module tests the program through files, pages and answers.

mod catalogue;
mod choose;
mod compare;
mod content;
mod diagnostics;
mod evidence;
mod guide;
mod hostile;
mod http;
mod judged;
mod layers;
mod live;
mod machines;
mod marks;
mod matrix;
mod program;
mod random;
mod search;
mod search_pages;
mod seed;
mod snapshots;
mod support;
mod typed;
