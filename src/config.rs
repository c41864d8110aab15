//! What the program was asked to do. The only reader of arguments and environment variables.
//!
//! [`Args`] is what was typed; [`Args::resolve`] checks it and gives the [`Config`] that the commands use.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Where `serve` listens unless told otherwise.
pub const USUAL_ADDRESS: &str = "127.0.0.1:3000";
/// The environment variable that says what is written to the log.
pub const LOG_FILTER: &str = "FIELDGUIDE_LOG_FILTER";

/// Serves a folder of Markdown research as a documentation site with search and a comparison matrix.
#[derive(Debug, Parser)]
#[command(name = "fieldguide", version, args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    command: Option<CommandArgs>,
    #[command(flatten)]
    serve: ServeArgs,
}

#[derive(Debug, Subcommand)]
enum CommandArgs {
    /// Serve the site, with live reload (the default)
    Serve(ServeArgs),
    /// Report what is wrong or missing in the content
    Check(CheckArgs),
    /// Search the content
    Search(SearchArgs),
    /// Compare frameworks of a category, or rank them by weights
    Compare(CompareArgs),
}

#[derive(Debug, ClapArgs)]
struct ServeArgs {
    #[command(flatten)]
    content: ContentArgs,
    /// Address to listen on
    #[arg(long, value_name = "ADDR", default_value = USUAL_ADDRESS, env = "FIELDGUIDE_LISTEN")]
    listen: String,
    /// Neither watch the content nor tell browsers of changes
    #[arg(long, env = "FIELDGUIDE_NO_LIVE", value_parser = clap::builder::FalseyValueParser::new(), action = clap::ArgAction::SetTrue)]
    no_live: bool,
    /// Count searches without a hit, and show the authors' status page, without live reload too
    #[arg(long, env = "FIELDGUIDE_COUNT_MISSES", value_parser = clap::builder::FalseyValueParser::new(), action = clap::ArgAction::SetTrue)]
    count_misses: bool,
    /// Open the site in the browser
    #[arg(long, env = "FIELDGUIDE_OPEN", value_parser = clap::builder::FalseyValueParser::new(), action = clap::ArgAction::SetTrue)]
    open: bool,
    /// How to write the log
    #[arg(long, value_enum, default_value_t = LogFormat::Text, env = "FIELDGUIDE_LOG")]
    log: LogFormat,
}

#[derive(Debug, ClapArgs)]
struct CheckArgs {
    #[command(flatten)]
    content: ContentArgs,
    /// How to print the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Text, env = "FIELDGUIDE_FORMAT")]
    format: ReportFormat,
    /// Report only files whose path in the content folder begins so
    #[arg(long, value_name = "PATH", default_value = "", hide_default_value = true, env = "FIELDGUIDE_CHECK_ONLY")]
    only: String,
    /// Fail on warnings, gaps and open facts too
    #[arg(long, env = "FIELDGUIDE_STRICT", value_parser = clap::builder::FalseyValueParser::new(), action = clap::ArgAction::SetTrue)]
    strict: bool,
}

#[derive(Debug, ClapArgs)]
struct SearchArgs {
    /// Words, "phrases", filters such as framework:dask; after -- also -exclusions
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    content: ContentArgs,
    /// How many hits to show at most
    #[arg(long, value_name = "N", default_value_t = 10, env = "FIELDGUIDE_LIMIT")]
    limit: usize,
    /// Print the answer as /api/search gives it
    #[arg(long, env = "FIELDGUIDE_JSON", value_parser = clap::builder::FalseyValueParser::new(), action = clap::ArgAction::SetTrue)]
    json: bool,
    /// Whether to use colours and links; a terminal without NO_COLOR gets them
    #[arg(long, value_enum, default_value_t = Colours::Auto, env = "FIELDGUIDE_COLOUR")]
    colour: Colours,
    /// Address of the site that hits link to; as in site.toml, or where `serve` listens, when not given
    #[arg(long, value_name = "URL", env = "FIELDGUIDE_BASE_URL")]
    base_url: Option<String>,
}

#[derive(Debug, ClapArgs)]
struct CompareArgs {
    #[command(flatten)]
    content: ContentArgs,
    /// The category, by its name in URLs or the start of it
    category: String,
    /// Frameworks to compare, by their names in URLs; all when none is named
    frameworks: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = CompareFormat::Md, env = "FIELDGUIDE_COMPARE_FORMAT")]
    format: CompareFormat,
    /// Criteria to compare on, such as architecture,performance
    #[arg(long, value_name = "LIST", env = "FIELDGUIDE_CRITERIA")]
    criteria: Option<String>,
    /// Rows to show, such as architecture.scheduler,overview.rating
    #[arg(long, value_name = "LIST", env = "FIELDGUIDE_ROWS")]
    rows: Option<String>,
    /// Show only differences, measured, or both
    #[arg(long, value_name = "LIST", env = "FIELDGUIDE_ONLY")]
    only: Option<String>,
    /// Order of the frameworks: name, a criterion, or criterion.fact; with - before it the other way round
    #[arg(long, value_name = "KEY", env = "FIELDGUIDE_SORT", allow_hyphen_values = true)]
    sort: Option<String>,
    /// What a framework must have, such as "GPU scheduling: yes"; can be repeated
    #[arg(long, value_name = "WHAT", env = "FIELDGUIDE_MUST", value_delimiter = ';')]
    must: Vec<String>,
    /// Rank by weights from 0 to 10, such as architecture=3,performance=5; what is not named weighs 1
    #[arg(long, value_name = "WEIGHTS", env = "FIELDGUIDE_WEIGHTS")]
    weights: Option<String>,
    /// Rank by the weights and must-haves of a situation that the category describes
    #[arg(long, value_name = "NAME", env = "FIELDGUIDE_SITUATION")]
    situation: Option<String>,
}

#[derive(Debug, ClapArgs)]
struct ContentArgs {
    /// The content folder
    #[arg(long = "content", value_name = "DIR", default_value = "content", env = "FIELDGUIDE_CONTENT")]
    content: PathBuf,
    /// Day from which the age of sources is counted, such as 2026-01-31; today when not given
    #[arg(long, value_name = "DATE", env = "FIELDGUIDE_TODAY", value_parser = read_day)]
    today: Option<(u16, u8, u8)>,
}

fn read_day(text: &str) -> Result<(u16, u8, u8), String> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let within = |part: Option<&str>, most: u8| part?.parse().ok().filter(|number| (1..=most).contains(number));
    let year = year.filter(|year| year.len() == 4).and_then(|year| year.parse().ok());
    match (year, within(month, 12), within(day, 31), parts.next()) {
        (Some(year), Some(month), Some(day), None) => Ok((year, month, day)),
        _ => Err("a day is written as 2026-01-31".to_owned()),
    }
}

/// How to write the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One line an event, for people.
    Text,
    /// One JSON object an event, for programs.
    Json,
}

/// How to print a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// One line a diagnostic.
    Text,
    /// One JSON object.
    Json,
}

/// Whether to use colours and links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colours {
    /// Where a person sees them.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How to print a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// Markdown tables.
    Md,
    /// Comma-separated values.
    Csv,
    /// One JSON object.
    Json,
}

/// A command with everything it needs, checked.
#[derive(Debug)]
pub enum Config {
    /// Serve the site.
    Serve(ServeConfig),
    /// Check the content.
    Check(CheckConfig),
    /// Search the content.
    Search(SearchConfig),
    /// Compare frameworks.
    Compare(CompareConfig),
}

/// What `serve` needs.
#[derive(Debug)]
pub struct ServeConfig {
    /// The content folder, which exists.
    pub content: PathBuf,
    /// The day from which the age of sources is counted; the current one where none.
    pub today: Option<(u16, u8, u8)>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Whether content is watched and browsers are told.
    pub live: bool,
    /// Whether searches without a hit are counted even without live reload.
    pub count_misses: bool,
    /// Whether to open the browser.
    pub open: bool,
    /// How to write the log.
    pub log: LogFormat,
    /// What is written to it, as tracing-subscriber reads that; the usual where none.
    pub log_filter: Option<String>,
}

/// What `check` needs.
#[derive(Debug)]
pub struct CheckConfig {
    /// The content folder, which exists.
    pub content: PathBuf,
    /// The day from which the age of sources is counted; the current one where none.
    pub today: Option<(u16, u8, u8)>,
    /// How to print the report.
    pub format: ReportFormat,
    /// What the paths of the files begin with that are reported; all where empty.
    pub only: String,
    /// Whether warnings and open research fail the check.
    pub strict: bool,
}

/// What `search` needs.
#[derive(Debug)]
pub struct SearchConfig {
    /// The content folder, which exists.
    pub content: PathBuf,
    /// What to search for.
    pub query: String,
    /// How many hits to show at most.
    pub limit: usize,
    /// Whether to print JSON.
    pub json: bool,
    /// Whether to use colours and links.
    pub colours: Colours,
    /// Address of the site that hits link to; the site's own where none.
    pub base_url: Option<String>,
}

/// What `compare` needs.
#[derive(Debug)]
pub struct CompareConfig {
    /// The content folder, which exists.
    pub content: PathBuf,
    /// The day from which the age of sources is counted; the current one where none.
    pub today: Option<(u16, u8, u8)>,
    /// The category, as it was typed.
    pub category: String,
    /// What to select, as keys and values of the comparison's address.
    pub pairs: Vec<(String, String)>,
    /// The weights to rank by, as they were typed.
    pub weights: Option<String>,
    /// The situation to rank by, as it was typed.
    pub situation: Option<String>,
    /// How to print it.
    pub format: CompareFormat,
}

/// Why the program cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The content folder is not there.
    #[error("there is no content folder at {}; name one with --content DIR", .0.display())]
    NoContent(PathBuf),
    /// The address to listen on is none.
    #[error("\"{0}\" is not an address to listen on; write it as 127.0.0.1:3000 or [::1]:3000")]
    Listen(String),
}

impl Args {
    /// Checks what was typed.
    ///
    /// # Errors
    /// When the content folder does not exist or the address cannot be read.
    pub fn resolve(self) -> Result<Config, ConfigError> {
        match self.command {
            None => self.serve.resolve(),
            Some(CommandArgs::Serve(serve)) => serve.resolve(),
            Some(CommandArgs::Check(check)) => Ok(Config::Check(CheckConfig {
                today: check.content.today,
                content: check.content.resolve()?,
                format: check.format,
                only: check.only,
                strict: check.strict,
            })),
            Some(CommandArgs::Search(search)) => Ok(Config::Search(SearchConfig {
                content: search.content.resolve()?,
                query: search.query.join(" "),
                limit: search.limit,
                json: search.json,
                colours: match search.colour {
                    // https://no-color.org
                    Colours::Auto if std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty()) => Colours::Never,
                    colour => colour,
                },
                base_url: search.base_url,
            })),
            Some(CommandArgs::Compare(compare)) => compare.resolve(),
        }
    }
}

impl ServeArgs {
    fn resolve(self) -> Result<Config, ConfigError> {
        let listen = self.listen.to_socket_addrs().ok().and_then(|mut addresses| addresses.next());
        Ok(Config::Serve(ServeConfig {
            today: self.content.today,
            content: self.content.resolve()?,
            listen: listen.ok_or(ConfigError::Listen(self.listen))?,
            live: !self.no_live,
            count_misses: self.count_misses,
            open: self.open,
            log: self.log,
            log_filter: std::env::var(LOG_FILTER).ok(),
        }))
    }
}

impl CompareArgs {
    fn resolve(self) -> Result<Config, ConfigError> {
        let frameworks = self.frameworks.into_iter().map(|name| ("f", name));
        let one = [("c", self.criteria), ("r", self.rows), ("only", self.only), ("sort", self.sort)];
        let one = one.into_iter().filter_map(|(key, value)| Some((key, value?)));
        let must = self.must.into_iter().map(|must| ("must", must));
        Ok(Config::Compare(CompareConfig {
            today: self.content.today,
            content: self.content.resolve()?,
            category: self.category,
            pairs: frameworks.chain(one).chain(must).map(|(key, value)| (key.to_owned(), value)).collect(),
            weights: self.weights,
            situation: self.situation,
            format: self.format,
        }))
    }
}

impl ContentArgs {
    fn resolve(self) -> Result<PathBuf, ConfigError> {
        if self.content.is_dir() { Ok(self.content) } else { Err(ConfigError::NoContent(self.content)) }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn every_option_has_an_environment_variable() {
        let program = Args::command();
        for command in [&program].into_iter().chain(program.get_subcommands()) {
            for option in command.get_arguments().filter(|argument| argument.get_long().is_some()) {
                let variable = option.get_env().and_then(|name| name.to_str()).unwrap_or_default();
                assert!(variable.starts_with("FIELDGUIDE_"), "{} --{}", command.get_name(), option.get_id());
            }
        }
    }
}
