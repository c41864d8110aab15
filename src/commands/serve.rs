//! `fieldguide serve`: builds the first edition, watches the content, answers requests until told to stop.

use std::io::IsTerminal as _;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::anyhow;
use tracing_subscriber::EnvFilter;

use crate::config::{LOG_FILTER, LogFormat, ServeConfig};
use crate::edition::{Edition, EditionStore, Library};
use crate::site::Category;
use crate::{http, watch};

/// Serves until SIGTERM or Ctrl-C.
///
/// # Errors
/// When the address is taken or the content cannot be read.
pub fn run(config: &ServeConfig) -> anyhow::Result<ExitCode> {
    start_log(config);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(config))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(config: &ServeConfig) -> anyhow::Result<()> {
    let taken = |error: std::io::Error| {
        anyhow!("cannot listen on {}: {error}; name another address with --listen ADDR", config.listen)
    };
    let listener = http::bind(config.listen).await.map_err(taken)?;
    let address = listener.local_addr()?;
    let started = Instant::now();
    let (library, edition) = Library::open_on(&config.content, config.live, config.today)?;
    tell_built(&edition, &config.content, started.elapsed());
    let store = if config.count_misses { EditionStore::counting(edition) } else { EditionStore::new(edition) };
    let store = Arc::new(store);
    let first = store.current();
    std::thread::spawn(move || first.site.draw_ahead());
    if config.live {
        let unwatched = |error: std::io::Error| {
            anyhow!("the content cannot be watched: {error}; serve it without that with --no-live")
        };
        watch::spawn(&config.content, library, Arc::clone(&store)).map_err(unwatched)?;
    }
    tracing::info!(live = config.live, "serving http://{address}");
    if config.open {
        open_browser(&format!("http://{address}"));
    }
    let closing = Arc::clone(&store);
    let stop = async move {
        stop_signal().await;
        tracing::info!("stopping");
        closing.close();
    };
    http::serve(listener, http::router(store), stop).await;
    Ok(())
}

fn tell_built(edition: &Edition, content: &Path, took: Duration) {
    let progress: Vec<_> = edition.site.categories.iter().map(Category::progress).collect();
    let findings: usize = progress.iter().map(|progress| progress.total).sum();
    let researched: usize = progress.iter().map(|progress| progress.researched).sum();
    tracing::info!(
        site.pages = edition.site.pages.len(),
        site.sections = edition.search.entries(),
        site.findings = findings,
        site.gaps = findings - researched,
        build.duration_ms = took.as_secs_f64() * 1e3,
        "built {}",
        content.display(),
    );
}

fn start_log(config: &ServeConfig) {
    let usual = || EnvFilter::new("info");
    let (filter, fault) = match config.log_filter.as_deref().map(EnvFilter::try_new) {
        None => (usual(), None),
        Some(Ok(filter)) => (filter, None),
        Some(Err(error)) => (usual(), Some(error)),
    };
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let started = match config.log {
        LogFormat::Text => log.with_target(false).try_init(),
        LogFormat::Json => log.json().try_init(),
    };
    // A log that was started before, by a test for one, stays.
    drop(started);
    if let Some(error) = fault {
        tracing::warn!(%error, "{LOG_FILTER} cannot be read; write it as debug, or as fieldguide=trace");
    }
}

#[cfg(unix)]
async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

#[cfg(not(unix))]
async fn stop_signal() {
    let _ = tokio::signal::ctrl_c().await;
}

fn open_browser(url: &str) {
    let command = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let opened = Command::new(command).arg(url).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if let Err(error) = opened {
        tracing::warn!(%error, "the browser cannot be opened; go to {url}");
    }
}
