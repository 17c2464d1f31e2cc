//! PNG: chunks.

use super::bytes::be32;
use super::{Walk, exif};

/// What is kept: the picture, its palette and see-through colours, its colour space, its resolution, and the frames of a
/// moving one. Texts, times, Exif and every private chunk are not.
const KEPT: [&[u8; 4]; 14] =
    [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"acTL", b"fcTL", b"fdAT"];

/// Walks a PNG file.
pub fn walk(bytes: &[u8]) -> Option<Walk> {
    let mut walk = Walk { turn: 1, ..Walk::default() };
    walk.keep(0..8);
    let mut at = 8;
    let mut data_seen = false;
    loop {
        let length = usize::try_from(be32(bytes, at)?).ok()?;
        let name = bytes.get(at + 4..at + 8)?;
        let end = at.checked_add(12)?.checked_add(length)?;
        let data = bytes.get(at + 8..end - 4)?;
        bytes.get(..end)?;
        if (at == 8) != (name == b"IHDR") {
            return None;
        }
        match name {
            b"IHDR" => {
                walk.width = be32(data, 0)?;
                walk.height = be32(data, 4)?;
                walk.deep = *data.get(8)? == 16;
                walk.alpha = matches!(*data.get(9)?, 4 | 6);
            }
            b"tRNS" => walk.alpha = true,
            b"acTL" => walk.animated = true,
            b"eXIf" => walk.turn = exif::turn(data),
            b"IDAT" => data_seen = true,
            _ => {}
        }
        if KEPT.iter().any(|kept| kept.as_slice() == name) {
            walk.keep(at..end);
        }
        if name == b"IEND" {
            return data_seen.then_some(walk);
        }
        at = end;
    }
}
