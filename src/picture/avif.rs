//! AVIF: boxes. Its metadata lie as items between the others; taking one out would mean to write the whole file anew, so
//! a file that has any is refused.

use super::bytes::be32;
use super::{Trouble, Walk};

/// Walks an AVIF file.
pub fn walk(bytes: &[u8]) -> Result<Walk, Trouble> {
    let mut walk = Walk { turn: 1, alpha: true, ..Walk::default() };
    walk.keep(0..bytes.len());
    let mut meta = None;
    for (name, data) in boxes(bytes).ok_or(Trouble::Broken)? {
        match name {
            b"meta" => meta = data.get(4..),
            b"ftyp" | b"mdat" | b"free" => {}
            // A film has its own places for titles and times; a private box holds anything.
            _ => return Err(Trouble::Metadata),
        }
    }
    for (name, data) in meta.and_then(boxes).ok_or(Trouble::Broken)? {
        match name {
            b"iinf" => {
                let skip = if data.first() == Some(&0) { 6 } else { 8 };
                for (_, entry) in data.get(skip..).and_then(boxes).ok_or(Trouble::Broken)? {
                    let kind = if entry.first() == Some(&3) { entry.get(10..14) } else { entry.get(8..12) };
                    if matches!(kind, Some(b"Exif" | b"mime" | b"uri ")) {
                        return Err(Trouble::Metadata);
                    }
                }
            }
            b"iprp" => properties(data, &mut walk).ok_or(Trouble::Broken)?,
            b"uuid" => return Err(Trouble::Metadata),
            _ => {}
        }
    }
    // Bytes that no box announces would be published too.
    let padding = boxes(bytes).into_iter().flatten().any(|(name, data)| name == b"free" && data.iter().any(|&byte| byte != 0));
    if padding { Err(Trouble::Metadata) } else { Ok(walk) }
}

/// The size is that of the largest part: tiles of a large image have sizes of their own.
fn properties(data: &[u8], walk: &mut Walk) -> Option<()> {
    for (name, list) in boxes(data)?.into_iter().filter(|(name, _)| *name == b"ipco") {
        let mut turned = false;
        for (name, property) in boxes(list).filter(|_| name == b"ipco")? {
            match name {
                b"ispe" => {
                    let (width, height) = (be32(property, 4)?, be32(property, 8)?);
                    if u64::from(width) * u64::from(height) > u64::from(walk.width) * u64::from(walk.height) {
                        (walk.width, walk.height) = (width, height);
                    }
                }
                b"irot" => turned = property.first()? & 1 == 1,
                _ => {}
            }
        }
        if turned {
            (walk.width, walk.height) = (walk.height, walk.width);
        }
    }
    Some(())
}

/// The boxes of a stretch of bytes, which they must fill.
fn boxes(bytes: &[u8]) -> Option<Vec<(&[u8; 4], &[u8])>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let length = match be32(bytes, at)? {
            0 => bytes.len() - at,
            // A length of 64 bits is for files of 4 GB and more.
            1 => return None,
            length => usize::try_from(length).ok()?,
        };
        let whole = bytes.get(at..at.checked_add(length)?).filter(|whole| whole.len() >= 8)?;
        found.push((whole[4..8].try_into().ok()?, &whole[8..]));
        at += length;
    }
    Some(found)
}
