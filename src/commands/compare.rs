//! `fieldguide compare`: a comparison, or with weights a ranking, in the terminal.

use std::borrow::Cow;
use std::io::{self, Write as _};
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::printed;
use crate::choose::{Answer, Question, Situation};
use crate::config::{CompareConfig, CompareFormat};
use crate::edition::Library;
use crate::ids;
use crate::matrix::{Matrix, Selection};
use crate::site::{Category, Site, encode_path};

/// Prints what was asked for.
///
/// # Errors
/// When the content cannot be read, a name is not known, or nothing can be written.
pub fn run(config: &CompareConfig) -> anyhow::Result<ExitCode> {
    let (_, edition) = Library::open_on(&config.content, false, config.today)?;
    let site = &edition.site;
    let category = category(site, &config.category)?;
    let text = if config.weights.is_some() || config.situation.is_some() {
        ranking(site, category, config)?
    } else {
        comparison(site, category, config)?
    };
    printed(writeln!(io::stdout().lock(), "{}", text.trim_end()))?;
    Ok(ExitCode::SUCCESS)
}

fn comparison(site: &Site, category: &Category, config: &CompareConfig) -> anyhow::Result<String> {
    let selection = Selection::from_pairs(site, category, pairs(config));
    refuse(&selection.notes)?;
    let matrix = Matrix::build(site, category, &selection);
    if config.format != CompareFormat::Md {
        tell_left_out(site, category, &selection, &matrix);
    }
    Ok(match config.format {
        CompareFormat::Md => matrix.to_markdown(&selection),
        CompareFormat::Csv => matrix.to_csv(),
        CompareFormat::Json => matrix.to_json(&selection).to_string(),
    })
}

/// Says beside the data who is left out and why; Markdown says it itself.
fn tell_left_out(site: &Site, category: &Category, selection: &Selection, matrix: &Matrix<'_>) {
    for left_out in &matrix.left_out {
        let title = &category.frameworks[left_out.framework].title;
        eprintln!("left out: {title}: {}", left_out.why(site, category, &selection.must));
    }
}

fn ranking(site: &Site, category: &Category, config: &CompareConfig) -> anyhow::Result<String> {
    if config.pairs.iter().any(|(key, _)| key != "must") {
        bail!("a ranking takes in all frameworks: name none, and narrow it with --must");
    }
    let mut question = match &config.situation {
        Some(name) => situation(site, category, name)?,
        None => Question::open(category),
    };
    question.read_weights(category, config.weights.as_deref().unwrap_or_default());
    question.read_must(site, category, pairs(config));
    refuse(&question.notes)?;
    let answer = Answer::to(site, category, &question);
    Ok(match config.format {
        CompareFormat::Md => answer.to_markdown(site, category, &question),
        CompareFormat::Csv => answer.to_csv(category),
        CompareFormat::Json => answer.to_json(site, category, &question).to_string(),
    })
}

fn pairs(config: &CompareConfig) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    config.pairs.iter().map(|(key, value)| (Cow::from(key.as_str()), Cow::from(value.as_str())))
}

/// Fails with what a page would note: in a terminal a name that is not known is a mistake.
fn refuse(notes: &[String]) -> anyhow::Result<()> {
    if notes.is_empty() { Ok(()) } else { bail!("{}", notes.join(" ")) }
}

fn category<'s>(site: &'s Site, name: &str) -> anyhow::Result<&'s Category> {
    let slug = encode_path(&ids::slug(name));
    let slugs = site.categories.iter().map(|category| category.slug.as_str());
    let exact = site.categories.iter().find(|category| category.slug == slug);
    let mut starting = site.categories.iter().filter(|category| category.slug.starts_with(&slug));
    let only = starting.next().filter(|_| starting.next().is_none());
    exact.or(only).with_context(|| format!("there is no category \"{name}\"; {}", known(slugs)))
}

fn situation(site: &Site, category: &Category, name: &str) -> anyhow::Result<Question> {
    let titles = || Situation::all(site, category).into_iter().map(|situation| situation.title);
    let found = Situation::named(site, category, name);
    Ok(found.with_context(|| format!("there is no situation \"{name}\"; {}", known(titles())))?.question)
}

/// What names there are, in words.
fn known<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names = names.collect::<Vec<_>>().join(", ");
    if names.is_empty() { "there are none".to_owned() } else { format!("there are: {names}") }
}
