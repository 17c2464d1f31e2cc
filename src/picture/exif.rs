//! The one thing that is read from Exif: how the camera was held.

use super::bytes::{be16, be32, le16, le32};

const ORIENTATION: u16 = 0x0112;

/// The orientation in a block of Exif (TIFF) data; 1 where there is none.
pub fn turn(tiff: &[u8]) -> u8 {
    read(tiff).filter(|turn| (1..=8).contains(turn)).unwrap_or(1)
}

fn read(tiff: &[u8]) -> Option<u8> {
    let (u16_at, u32_at): (fn(&[u8], usize) -> Option<u16>, fn(&[u8], usize) -> Option<u32>) = match tiff.get(..4)? {
        b"II*\0" => (le16, le32),
        b"MM\0*" => (be16, be32),
        _ => return None,
    };
    let first = usize::try_from(u32_at(tiff, 4)?).ok()?;
    let entries = u16_at(tiff, first)?;
    (0..usize::from(entries)).map(|entry| first + 2 + entry * 12).find_map(|at| {
        let found = u16_at(tiff, at)? == ORIENTATION && u16_at(tiff, at + 2)? == 3;
        found.then(|| u16_at(tiff, at + 8)).flatten().and_then(|turn| u8::try_from(turn).ok())
    })
}
