//! A page that is sent while it is made: at once what is seen first, the rest when a browser had time to paint that.

use std::io;
use std::ops::ControlFlow;
use std::time::Duration;

use axum::body::Body as HttpBody;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender};
use tokio::time::timeout;
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{StreamExt as _, once};

use crate::edition::Encoder;
use crate::views::Piece;

/// How long after a piece the next one is made. A browser paints when it has read what is there, and would go on
/// reading a large table for longer than this; where it runs on the same processors, making one would hold it up too.
const HEAD_START: Duration = Duration::from_millis(100);

/// Hands a piece over to be sent and, unless it is the last, waits until a browser had time to paint it. This blocks.
/// Breaks off as soon as the client is gone, or if it asked for no body: then nobody takes another piece.
pub(super) fn hand_over(piece: Piece, sender: &Sender<Piece>) -> ControlFlow<()> {
    let is_last = piece.is_last;
    let is_gone = || Handle::current().block_on(async { timeout(HEAD_START, sender.closed()).await.is_ok() });
    if sender.blocking_send(piece).is_err() || (!is_last && is_gone()) {
        return ControlFlow::Break(());
    }
    ControlFlow::Continue(())
}

/// The body of a page whose first piece is made; the others follow as they come.
pub(super) fn body(first: Piece, others: Receiver<Piece>, mut encoder: Encoder) -> HttpBody {
    let mut is_whole = false;
    let pieces = once(Some(first)).chain(ReceiverStream::new(others).map(Some)).chain(once(None));
    HttpBody::from_stream(pieces.filter_map(move |piece| match piece {
        Some(Piece { html, is_last }) => {
            is_whole = is_last;
            Some(Ok(encoder.encode(html, is_last)))
        }
        // Whoever made the page is gone. If that was before its end, the client must not take it for whole.
        None if is_whole => None,
        None => Some(Err(io::Error::other("the page broke off"))),
    }))
}

#[cfg(test)]
mod tests {
    use tokio::runtime::Runtime;
    use tokio::sync::mpsc;
    use tokio::task::spawn_blocking;

    use super::*;

    #[test]
    fn nothing_is_made_for_a_client_that_is_gone() {
        let is_broken_off = Runtime::new().expect("a runtime").block_on(async {
            let (sender, mut receiver) = mpsc::channel(1);
            let hand_over = move || hand_over(Piece { html: "<p>".to_owned(), is_last: false }, &sender).is_break();
            let making = spawn_blocking(move || hand_over() || hand_over());
            receiver.recv().await.expect("the first piece");
            drop(receiver);
            making.await.expect("it ends")
        });
        assert!(is_broken_off);
    }
}
