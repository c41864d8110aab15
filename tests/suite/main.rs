//! The one test binary: every module tests the program through files, pages and answers.
mod matrix;
mod site;
