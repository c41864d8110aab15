//! The current edition: swapped whole, read without a lock, its changes told to whoever waits.

use std::sync::Arc;

use arc_swap::ArcSwap;
use tokio::sync::watch;

use super::{Edition, Misses};
use crate::ids::Generation;

/// Where the current edition is found.
pub struct EditionStore {
    current: ArcSwap<Edition>,
    news: watch::Sender<News>,
    misses: Option<Misses>,
}

/// What there is to tell to open browsers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// This edition is current.
    Published(Generation),
    /// The last rebuild failed and why; the edition before it still stands.
    Failed(Generation, String),
    /// The program is stopping.
    Closing,
}

impl EditionStore {
    /// A store that starts with an edition; searches without a hit are counted while live reload is on.
    pub fn new(edition: Edition) -> Self {
        let (news, _) = watch::channel(News::Published(edition.generation));
        let misses = edition.is_live().then(Misses::default);
        Self { current: ArcSwap::from_pointee(edition), news, misses }
    }

    /// The same, with searches without a hit counted in any case.
    pub fn counting(edition: Edition) -> Self {
        Self { misses: Some(Misses::default()), ..Self::new(edition) }
    }

    /// The searches without a hit, where they are counted.
    pub fn misses(&self) -> Option<&Misses> {
        self.misses.as_ref()
    }

    /// The current edition; a request takes it once.
    pub fn current(&self) -> Arc<Edition> {
        self.current.load_full()
    }

    /// Puts an edition in the place of the current one.
    pub fn publish(&self, edition: Edition) {
        let generation = edition.generation;
        self.current.store(Arc::new(edition));
        self.news.send_replace(News::Published(generation));
    }

    /// Tells that a rebuild failed.
    pub fn fail(&self, message: String) {
        let generation = self.current.load().generation;
        self.news.send_replace(News::Failed(generation, message));
    }

    /// Tells that a rebuild succeeded and found the current edition still right, after one that failed.
    pub fn recover(&self) {
        let generation = self.current.load().generation;
        self.news.send_if_modified(|news| {
            let failed = matches!(news, News::Failed(..));
            if failed {
                *news = News::Published(generation);
            }
            failed
        });
    }

    /// Tells that the program is stopping.
    pub fn close(&self) {
        self.news.send_replace(News::Closing);
    }

    /// Whether the program is stopping.
    pub fn is_closing(&self) -> bool {
        *self.news.borrow() == News::Closing
    }

    /// Follows the news; a slow follower sees only the latest.
    pub fn follow(&self) -> watch::Receiver<News> {
        self.news.subscribe()
    }
}
