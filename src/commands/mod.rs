//! What the program can be asked to do, one file a command.

mod check;
mod compare;
mod report;
mod search;
mod serve;

use std::io;
use std::process::ExitCode;

use crate::config::Config;

/// Runs a command and gives its exit code: 0 fine, 1 content has errors, 2 cannot start.
///
/// # Errors
/// When the command cannot start.
pub fn run(config: Config) -> anyhow::Result<ExitCode> {
    match config {
        Config::Serve(config) => serve::run(&config),
        Config::Check(config) => check::run(&config),
        Config::Search(config) => search::run(&config),
        Config::Compare(config) => compare::run(&config),
    }
}

/// What came of printing; whoever closed the pipe has read enough.
fn printed(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
