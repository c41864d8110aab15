//! The bytes of an answer, with their compressed forms and their strong validator.

use std::io::Write as _;
use std::sync::OnceLock;

use bytes::Bytes;
use xxhash_rust::xxh3::xxh3_128;

/// Bodies smaller than this are sent as they are, in bytes.
const MIN_COMPRESSED: usize = 512;
/// Brotli's quality for what is kept, and for what is sent once.
const BROTLI_QUALITY: i32 = 5;
const QUICK_BROTLI_QUALITY: i32 = 1;
const BROTLI_WINDOW: i32 = 20;

/// A content coding that a body can be sent in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

/// Bytes to send, compressed at most once in each coding.
#[derive(Debug)]
pub struct Body {
    identity: Bytes,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
    hash: u128,
    /// Whether it is sent once: then time counts more than size.
    once: bool,
}

impl Body {
    /// Wraps the bytes; nothing is compressed yet.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        let identity = bytes.into();
        let hash = xxh3_128(&identity);
        Self { identity, gzip: OnceLock::new(), brotli: OnceLock::new(), hash, once: false }
    }

    /// Wraps bytes that are made for one request and compressed quickly.
    pub fn once(bytes: impl Into<Bytes>) -> Self {
        Self { once: true, ..Self::new(bytes) }
    }

    /// The bytes in a coding; small bodies answer every coding as they are.
    pub fn bytes(&self, coding: Coding) -> (Coding, Bytes) {
        if self.identity.len() < MIN_COMPRESSED {
            return (Coding::Identity, self.identity.clone());
        }
        let bytes = match coding {
            Coding::Identity => &self.identity,
            Coding::Gzip => self.gzip.get_or_init(|| gzip(&self.identity, self.once)),
            Coding::Brotli => self.brotli.get_or_init(|| brotli(&self.identity, self.once)),
        };
        (coding, bytes.clone())
    }

    /// The strong validator of the body in a coding, quoted as in a header (RFC 9110, section 8.8.3).
    pub fn etag(&self, coding: Coding) -> String {
        let suffix = match coding {
            Coding::Identity => "",
            Coding::Gzip => "-gz",
            Coding::Brotli => "-br",
        };
        format!("\"{:032x}{suffix}\"", self.hash)
    }

    /// The bytes as they are.
    pub fn identity(&self) -> &Bytes {
        &self.identity
    }
}

fn gzip(bytes: &[u8], quickly: bool) -> Bytes {
    let level = if quickly { flate2::Compression::fast() } else { flate2::Compression::default() };
    let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    let compressed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    compressed.expect("writing to memory cannot fail").into()
}

fn brotli(bytes: &[u8], quickly: bool) -> Bytes {
    let mut compressed = Vec::with_capacity(bytes.len() / 3);
    let params = brotli::enc::BrotliEncoderParams {
        quality: if quickly { QUICK_BROTLI_QUALITY } else { BROTLI_QUALITY },
        lgwin: BROTLI_WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &params).expect("writing to memory cannot fail");
    compressed.into()
}
