//! The bytes of an answer, with their compressed forms and their strong validator.

use std::io::Write as _;
use std::sync::OnceLock;

use bytes::Bytes;
use flate2::Compression;
use xxhash_rust::xxh3::xxh3_128;

/// Bodies smaller than this are sent as they are, in bytes.
const MIN_COMPRESSED: usize = 512;
pub(super) const BROTLI_WINDOW: u32 = 20;
/// How far what is made for one request is compressed.
pub(super) const GZIP_ONCE: Compression = Compression::fast();
pub(super) const BROTLI_ONCE: u32 = 1;
/// Said where compressed bytes are written to memory.
pub(super) const IN_MEMORY: &str = "writing to memory cannot fail";

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

impl Coding {
    /// The strong validator of what has a hash, in this coding.
    pub(super) fn validator(self, hash: u128) -> String {
        let suffix = match self {
            Self::Identity => "",
            Self::Gzip => "-gz",
            Self::Brotli => "-br",
        };
        format!("\"{hash:032x}{suffix}\"")
    }
}

/// How long bytes are sent for, and so how much time their compression is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Life {
    /// For one request.
    Request,
    /// For an edition.
    Edition,
    /// For as long as the program runs.
    Program,
}

/// Bytes to send, compressed at most once in each coding.
#[derive(Debug)]
pub struct Body {
    identity: Bytes,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
    hash: u128,
    life: Life,
}

impl Body {
    /// Wraps the bytes; nothing is compressed yet.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        let identity = bytes.into();
        let hash = xxh3_128(&identity);
        Self { identity, gzip: OnceLock::new(), brotli: OnceLock::new(), hash, life: Life::Edition }
    }

    /// Wraps bytes that are made for one request and compressed quickly.
    pub fn once(bytes: impl Into<Bytes>) -> Self {
        Self { life: Life::Request, ..Self::new(bytes) }
    }

    /// Wraps bytes that stay the same while the program runs; they are compressed as far as they can be.
    pub fn lasting(bytes: impl Into<Bytes>) -> Self {
        Self { life: Life::Program, ..Self::new(bytes) }
    }

    /// The bytes in a coding; small bodies answer every coding as they are.
    pub fn bytes(&self, coding: Coding) -> (Coding, Bytes) {
        if self.identity.len() < MIN_COMPRESSED {
            return (Coding::Identity, self.identity.clone());
        }
        let bytes = match coding {
            Coding::Identity => &self.identity,
            Coding::Gzip => self.gzip.get_or_init(|| gzip(&self.identity, self.life)),
            Coding::Brotli => self.brotli.get_or_init(|| brotli(&self.identity, self.life)),
        };
        (coding, bytes.clone())
    }

    /// The strong validator of the body in a coding, quoted as in a header (RFC 9110, section 8.8.3).
    pub fn etag(&self, coding: Coding) -> String {
        coding.validator(self.hash)
    }

    /// The bytes as they are.
    pub fn identity(&self) -> &Bytes {
        &self.identity
    }
}

fn gzip(bytes: &[u8], life: Life) -> Bytes {
    let level = match life {
        Life::Request => GZIP_ONCE,
        Life::Edition => Compression::default(),
        Life::Program => Compression::best(),
    };
    let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    let compressed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    compressed.expect(IN_MEMORY).into()
}

fn brotli(bytes: &[u8], life: Life) -> Bytes {
    let mut compressed = Vec::with_capacity(bytes.len() / 3);
    let params = brotli::enc::BrotliEncoderParams {
        quality: match life {
            Life::Request => BROTLI_ONCE.cast_signed(),
            Life::Edition => 5,
            Life::Program => 11,
        },
        lgwin: BROTLI_WINDOW.cast_signed(),
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &params).expect(IN_MEMORY);
    compressed.into()
}
