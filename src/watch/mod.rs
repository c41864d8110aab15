//! File events to editions: waits for quiet, refreshes the library, publishes what came of it.
//!
//! The only user of notify. Runs on a thread of its own and meets the server only in the
//! [`EditionStore`]. Never gives up: a folder that is gone is waited for, a failed rebuild is told and
//! the next change tried again.

mod changes;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::Event;
use notify::{PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

pub use changes::changes;

use crate::edition::{Changes, EditionStore, Library};

/// A rebuild starts once no event came for this long.
const QUIET: Duration = Duration::from_millis(8);
/// A rebuild starts at the latest this long after the first event.
const PATIENCE: Duration = Duration::from_millis(100);
/// How long after a change of folders they are listed once more, for files that were written before the new folder was watched.
const SETTLE: Duration = Duration::from_millis(250);
/// How often the content folder itself is looked for.
const LOOK: Duration = Duration::from_millis(300);
/// How often files are looked at where the system gives no events.
const POLL: Duration = Duration::from_secs(1);

/// Watches the content folder for as long as the program runs.
///
/// # Errors
/// When the thread cannot be started.
pub fn spawn(root: &Path, library: Library, store: Arc<EditionStore>) -> io::Result<()> {
    // Events carry the path that was watched; links in it would make them differ from the content's own.
    let root = root.canonicalize()?;
    let (sender, events) = channel();
    let mut watch = Watch { root, library, store, sender, watcher: None, identity: None, settle_at: None };
    watch.follow_folder();
    thread::Builder::new().name("watch".to_owned()).spawn(move || watch.run(&events))?;
    Ok(())
}

struct Watch {
    root: PathBuf,
    library: Library,
    store: Arc<EditionStore>,
    sender: Sender<notify::Result<Event>>,
    watcher: Option<Box<dyn Watcher + Send>>,
    identity: Option<(u64, u64)>,
    settle_at: Option<Instant>,
}

impl Watch {
    fn run(mut self, events: &Receiver<notify::Result<Event>>) {
        loop {
            let wait = self.settle_at.map_or(LOOK, |at| at.saturating_duration_since(Instant::now()).min(LOOK));
            match events.recv_timeout(wait) {
                Ok(first) => {
                    let batch = collect(first, events);
                    if let Some(changes) = changes(&self.root, &batch, Path::is_dir) {
                        self.refresh(&changes);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.look_after_folder();
        }
    }

    fn refresh(&mut self, changes: &Changes) {
        let started = Instant::now();
        if *changes == Changes::Everything {
            self.settle_at.get_or_insert(started + SETTLE);
        }
        let refreshed = self.library.refresh(changes);
        if !self.library.is_settled() {
            self.settle_at.get_or_insert(started + SETTLE);
        }
        match refreshed {
            Ok(Some(edition)) => {
                let generation = edition.generation;
                self.store.publish(edition);
                tracing::info!(
                    edition.generation = generation.0,
                    build.duration_ms = started.elapsed().as_secs_f64() * 1e3,
                    "rebuilt"
                );
            }
            Ok(None) => self.store.recover(),
            Err(error) => {
                tracing::warn!(%error, "the rebuild failed; the last edition stays");
                self.store.fail(error.to_string());
            }
        }
    }

    /// Lists once more after folders changed, and follows the content folder when it was replaced.
    fn look_after_folder(&mut self) {
        if self.settle_at.is_some_and(|at| at <= Instant::now()) {
            self.settle_at = None;
            self.refresh(&Changes::Everything);
            self.settle_at = None; // listing everything asks for one more listing: this was it
        }
        let identity = identity(&self.root);
        if identity != self.identity {
            self.follow_folder();
            self.refresh(&Changes::Everything);
        }
    }

    fn follow_folder(&mut self) {
        self.identity = identity(&self.root);
        self.watcher = None;
        if self.identity.is_none() {
            return;
        }
        self.watcher = native(&self.root, self.sender.clone())
            .or_else(|error| {
                tracing::warn!(%error, "no file events here; files are looked at every second");
                polling(&self.root, self.sender.clone())
            })
            .inspect_err(|error| tracing::error!(%error, "the content folder cannot be watched"))
            .ok();
    }
}

/// The first event and all that follow it closely.
fn collect(first: notify::Result<Event>, events: &Receiver<notify::Result<Event>>) -> Vec<Event> {
    let deadline = Instant::now() + PATIENCE;
    let mut batch = vec![first];
    while let Ok(event) = events.recv_timeout(QUIET.min(deadline.saturating_duration_since(Instant::now()))) {
        batch.push(event);
    }
    batch.into_iter().map(|event| event.unwrap_or_else(lost_events)).collect()
}

/// An error of the watcher means that events may be lost.
fn lost_events(error: notify::Error) -> Event {
    tracing::warn!(%error, "file events were lost; the folder is listed again");
    Event::new(notify::EventKind::Other).set_flag(notify::event::Flag::Rescan)
}

fn native(root: &Path, sender: Sender<notify::Result<Event>>) -> notify::Result<Box<dyn Watcher + Send>> {
    let mut watcher = RecommendedWatcher::new(sender, notify::Config::default())?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

fn polling(root: &Path, sender: Sender<notify::Result<Event>>) -> notify::Result<Box<dyn Watcher + Send>> {
    let mut watcher = PollWatcher::new(sender, notify::Config::default().with_poll_interval(POLL))?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

#[cfg(unix)]
fn identity(root: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(root).ok().filter(fs::Metadata::is_dir).map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(root: &Path) -> Option<(u64, u64)> {
    fs::metadata(root).ok().filter(fs::Metadata::is_dir).map(|_| (0, 0))
}
