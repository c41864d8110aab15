//! A page that is sent while it is made: at once what is seen first, the rest when a browser had time to paint that.

use std::io;
use std::thread;
use std::time::Duration;

use axum::body::Body as HttpBody;
use tokio::sync::mpsc::{Receiver, Sender};
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{StreamExt as _, once};

use crate::edition::Encoder;
use crate::views::Piece;

/// How long after a piece the next one is made. A browser paints when it has read what is there, and would go on
/// reading a large table for longer than this; where it runs on the same processors, making one would hold it up too.
const HEAD_START: Duration = Duration::from_millis(100);

/// Hands a piece over to be sent and, unless it is the last, waits until a browser had time to paint it. This blocks.
pub(super) fn hand_over(piece: Piece, sender: &Sender<Piece>) {
    let is_last = piece.is_last;
    // When the client is gone, nobody takes it and nobody paints.
    if sender.blocking_send(piece).is_ok() && !is_last {
        thread::sleep(HEAD_START);
    }
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
