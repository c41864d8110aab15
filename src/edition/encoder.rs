//! A body that is sent while it is made: its pieces go into one coded stream, each to be read as soon as it is there.

use std::io::Write;
use std::mem;

use brotli::CompressorWriter;
use bytes::Bytes;
use flate2::write::GzEncoder;
use xxhash_rust::xxh3::xxh3_128;

use super::Coding;
use super::body::{BROTLI_ONCE, BROTLI_WINDOW, GZIP_ONCE, IN_MEMORY};

const BUFFER_BYTES: usize = 16 << 10;

/// The coding of pieces, one after the other.
pub enum Encoder {
    /// As they are.
    Identity,
    /// RFC 1952.
    Gzip(Box<GzEncoder<Vec<u8>>>),
    /// RFC 7932.
    Brotli(Box<CompressorWriter<Vec<u8>>>),
}

impl Encoder {
    /// Begins a stream in a coding.
    pub fn new(coding: Coding) -> Self {
        match coding {
            Coding::Identity => Self::Identity,
            Coding::Gzip => Self::Gzip(Box::new(GzEncoder::new(Vec::new(), GZIP_ONCE))),
            Coding::Brotli => {
                Self::Brotli(Box::new(CompressorWriter::new(Vec::new(), BUFFER_BYTES, BROTLI_ONCE, BROTLI_WINDOW)))
            }
        }
    }

    /// The strong validator of a stream: that of what it is made from, since its end is not there yet.
    pub fn validator(coding: Coding, made_from: &str) -> String {
        coding.validator(xxh3_128(made_from.as_bytes()))
    }

    /// The next piece of the stream; nothing comes after the last.
    pub fn encode(&mut self, piece: String, is_last: bool) -> Bytes {
        let Some(writer) = self.writer() else { return piece.into() };
        writer.write_all(piece.as_bytes()).expect(IN_MEMORY);
        if is_last {
            return self.finish().into();
        }
        writer.flush().expect(IN_MEMORY);
        self.written().into()
    }

    fn writer(&mut self) -> Option<&mut dyn Write> {
        match self {
            Self::Identity => None,
            Self::Gzip(encoder) => Some(encoder),
            Self::Brotli(encoder) => Some(encoder),
        }
    }

    fn written(&mut self) -> Vec<u8> {
        match self {
            Self::Identity => Vec::new(),
            Self::Gzip(encoder) => mem::take(encoder.get_mut()),
            Self::Brotli(encoder) => mem::take(encoder.get_mut()),
        }
    }

    fn finish(&mut self) -> Vec<u8> {
        match mem::replace(self, Self::Identity) {
            Self::Identity => Vec::new(),
            Self::Gzip(encoder) => encoder.finish().expect(IN_MEMORY),
            Self::Brotli(encoder) => encoder.into_inner(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    /// The stream of some pieces, and how much of it can be read after each.
    fn stream(coding: Coding, pieces: &[&str]) -> Vec<Vec<u8>> {
        let mut encoder = Encoder::new(coding);
        let last = pieces.len() - 1;
        let mut sent = Vec::new();
        let add = |(at, piece): (usize, &&str)| {
            sent.extend_from_slice(&encoder.encode((*piece).to_owned(), at == last));
            sent.clone()
        };
        pieces.iter().enumerate().map(add).collect()
    }

    /// What the start of a stream says: its end is not waited for.
    fn read(coding: Coding, sent: &[u8]) -> String {
        let mut text = Vec::new();
        match coding {
            Coding::Identity => text.extend_from_slice(sent),
            Coding::Gzip => _ = flate2::read::GzDecoder::new(sent).read_to_end(&mut text),
            Coding::Brotli => {
                // It hands over one buffer at most where the stream goes on, so that has to hold all of the text.
                let mut decoder = brotli::DecompressorWriter::new(Vec::new(), 1 << 20);
                decoder.write_all(sent).expect("a stream");
                text.clone_from(decoder.get_ref());
            }
        }
        String::from_utf8(text).expect("text")
    }

    #[test]
    fn each_piece_can_be_read_when_it_is_there() {
        let long = "rows and cells ".repeat(5_000);
        let pieces = ["<p>head</p>", long.as_str(), "", "<p>end</p>"];
        for coding in [Coding::Identity, Coding::Gzip, Coding::Brotli] {
            for (at, sent) in stream(coding, &pieces).iter().enumerate() {
                assert_eq!(read(coding, sent), pieces[..=at].concat(), "{coding:?}, piece {at}");
            }
        }
    }
}
