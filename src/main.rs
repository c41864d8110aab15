//! The program: arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser as _;
use fieldguide::config::Args;

/// Exit code of a wrong usage, or of a program that cannot start.
const CANNOT_START: u8 = 2;

fn main() -> ExitCode {
    let result = Args::parse().resolve().map_err(anyhow::Error::from).and_then(fieldguide::commands::run);
    result.unwrap_or_else(|error| {
        eprintln!("fieldguide: {error:#}");
        ExitCode::from(CANNOT_START)
    })
}
