//! A page that is sent while it is made: at once what is seen first, the rest when a browser had time to paint that.

use std::io;
use std::time::Duration;

use axum::body::Body as HttpBody;
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, sleep_until};
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{StreamExt as _, once};

use crate::edition::Encoder;
use crate::views::Piece;

/// How long after the first piece the others are sent. A browser paints when it has read what is there, and would go
/// on reading a large table for longer than this; by then it is about to paint, so nobody waits longer for the whole.
const HEAD_START: Duration = Duration::from_millis(100);

/// The body of a page whose first piece is made; the others follow as they come.
pub(super) fn body(first: Piece, others: Receiver<Piece>, mut encoder: Encoder) -> HttpBody {
    let start = Instant::now() + HEAD_START;
    let others = ReceiverStream::new(others).then(move |piece| async move {
        sleep_until(start).await;
        Some(piece)
    });
    let mut is_whole = false;
    let pieces = once(Some(first)).chain(others).chain(once(None));
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
