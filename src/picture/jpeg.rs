//! JPEG: markers and the coded data between them.

use super::bytes::be16;
use super::{Walk, exif};

/// A clean JPEG with nothing of Exif but how the camera was held.
pub fn turned(clean: &[u8], turn: u8) -> Vec<u8> {
    const HEAD: &[u8] = b"\xFF\xE1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";
    let (start, rest) = clean.split_at(clean.len().min(2));
    [start, HEAD, &[turn, 0, 0, 0, 0, 0, 0], rest].concat()
}

/// Walks a JPEG file. The colour profile and what decoders need are kept; everything behind the end is not: telephones
/// hang films, depth maps and second pictures there, each with its own place and time.
pub fn walk(bytes: &[u8]) -> Option<Walk> {
    let mut walk = Walk { turn: 1, ..Walk::default() };
    walk.keep(0..2);
    let mut at = 2;
    let mut scanned = false;
    loop {
        // Decoders skip rubbish in front of a marker, and fill bytes.
        while *bytes.get(at)? != 0xFF || *bytes.get(at + 1)? == 0xFF {
            at += 1;
        }
        let marker = bytes[at + 1];
        match marker {
            0xD9 => {
                walk.keep(at..at + 2);
                return (scanned && walk.width > 0).then_some(walk);
            }
            0x00 | 0x01 | 0xD0..=0xD8 => {
                at += 2;
                continue;
            }
            _ => {}
        }
        let length = usize::from(be16(bytes, at + 2)?);
        let end = at + 2 + length;
        let data = bytes.get(at + 4..end)?;
        match marker {
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                walk.deep = *data.first()? > 8;
                walk.height = be16(data, 1)?.into();
                walk.width = be16(data, 3)?.into();
            }
            0xE1 => {
                if let Some(tiff) = data.strip_prefix(b"Exif\0\0") {
                    walk.turn = exif::turn(tiff);
                }
            }
            _ => {}
        }
        if is_kept(marker, data) {
            walk.keep(at..end);
        }
        at = end;
        if marker == 0xDA {
            scanned = true;
            at = behind_scan(bytes, at)?;
            walk.keep(end..at);
        }
    }
}

/// JFIF without a thumbnail, colour profiles, Adobe's note on colours; of the other application segments and comments none.
fn is_kept(marker: u8, data: &[u8]) -> bool {
    match marker {
        0xE0 => data.starts_with(b"JFIF\0") && data.len() == 14,
        0xE2 => data.starts_with(b"ICC_PROFILE\0"),
        0xEE => data.starts_with(b"Adobe") && data.len() == 12,
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    }
}

/// Where the coded data ends: at the first marker that is no restart and no stuffed byte.
fn behind_scan(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == 0xFF)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Some(at),
        }
    }
}
