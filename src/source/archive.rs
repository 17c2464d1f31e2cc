//! Packed bytes: the parts of a ZIP archive (DOCX, XLSX, OFD) and deflated streams. The only module that knows how to unpack.

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit, decompress_to_vec_zlib_with_limit};

/// One part of an archive, as its directory names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'b> {
    /// Its name as bytes.
    pub name: &'b [u8],
    /// How it is packed: 0 not at all, 8 deflated.
    pub method: usize,
    /// Its packed bytes.
    pub data: &'b [u8],
    /// How long it says it is.
    pub size: usize,
    /// The checksum that it says its bytes have.
    pub checksum: u32,
    /// Is it encrypted?
    pub is_locked: bool,
}

impl Part<'_> {
    /// The bytes of the part, at most so many.
    pub fn unpack(&self, limit: usize) -> Result<Vec<u8>, Snag> {
        match self.method {
            0 if self.data.len() > limit => Err(Snag::Large),
            0 => Ok(self.data.to_vec()),
            8 => decompress_to_vec_with_limit(self.data, limit).map_err(|error| match error.status {
                TINFLStatus::HasMoreOutput => Snag::Large,
                _ => Snag::Torn,
            }),
            _ => Err(Snag::Foreign),
        }
    }
    /// Are these the bytes that were packed, every one of them?
    pub fn is_sound(&self, bytes: &[u8]) -> bool {
        bytes.len() == self.size && crc32fast::hash(bytes) == self.checksum
    }
}

/// Why a part is not unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Snag {
    /// It has more bytes than were asked for.
    Large,
    /// It is damaged.
    Torn,
    /// It is packed in another way.
    Foreign,
}

/// A deflated stream in the wrapping of zlib, at most so many bytes.
pub fn inflate_zlib(data: &[u8], limit: usize) -> Option<Vec<u8>> {
    decompress_to_vec_zlib_with_limit(data, limit).ok()
}

/// How much of an archive was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Every part that the directory names.
    Whole,
    /// The bytes of some parts are not there, or the names and the count of parts do not agree.
    Torn,
    /// There is no directory, or it ends in the middle.
    Broken,
    /// There are more parts than were asked for.
    Many,
}

/// The parts that the directory at the end of the archive names, at most so many.
pub fn parts(bytes: &[u8], most: usize) -> (Vec<Part<'_>>, Reach) {
    let mut found = Vec::new();
    let Some(end) = bytes.windows(4).rposition(|window| window == [b'P', b'K', 5, 6]) else { return (found, Reach::Broken) };
    let Some(mut at) = large(bytes, end + 16) else { return (found, Reach::Broken) };
    let mut reach = Reach::Whole;
    while bytes.get(at..at + 4) == Some(b"PK\x01\x02".as_slice()) {
        let read = |offset: usize| small(bytes, at + offset);
        let (Some(flags), Some(method), Some(name), Some(extra), Some(comment)) = (read(8), read(10), read(28), read(30), read(32)) else {
            return (found, Reach::Broken);
        };
        let (Some(packed), Some(size), Some(local)) = (large(bytes, at + 20), large(bytes, at + 24), large(bytes, at + 42)) else {
            return (found, Reach::Broken);
        };
        let Some(checksum) = bytes.get(at + 16..at + 20).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes) else {
            return (found, Reach::Broken);
        };
        if found.len() == most {
            return (found, Reach::Many);
        }
        let start = small(bytes, local.saturating_add(26)).zip(small(bytes, local.saturating_add(28)));
        let start = start.map(|(name, extra)| local + 30 + name + extra);
        match start.and_then(|start| bytes.get(start..start.checked_add(packed)?)).zip(bytes.get(at + 46..at + 46 + name)) {
            Some((data, name)) => {
                // Names have no checksum, but stand there twice.
                let twin = bytes.get(local + 30..local + 30 + name.len());
                if twin != Some(name) {
                    reach = Reach::Torn;
                }
                found.push(Part { name, method, data, size, checksum, is_locked: flags & 1 == 1 });
            }
            None => reach = Reach::Torn,
        }
        at += 46 + name + extra + comment;
    }
    if reach == Reach::Whole && small(bytes, end + 10) != Some(found.len()) {
        reach = Reach::Torn;
    }
    (found, reach)
}

fn small(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?)))
}

fn large(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?)).ok()
}
