//! GIF: blocks and their sub-blocks.

use super::Walk;
use super::bytes::le16;
use std::ops::Range;

/// Walks a GIF file. Comments, plain texts and application data other than the loop count are not kept.
pub fn walk(bytes: &[u8]) -> Option<Walk> {
    let mut walk = Walk { turn: 1, alpha: true, width: le16(bytes, 6)?.into(), height: le16(bytes, 8)?.into(), ..Walk::default() };
    let mut at = 13 + table(*bytes.get(10)?);
    bytes.get(..at)?;
    walk.keep(0..at);
    let mut images = 0;
    // How the next image is drawn; without its image it is not kept either.
    let mut control: Option<Range<usize>> = None;
    loop {
        match *bytes.get(at)? {
            0x3B => {
                walk.keep(at..at + 1);
                walk.animated = images > 1;
                return (images > 0).then_some(walk);
            }
            0x2C => {
                let data = at + 10 + table(*bytes.get(at + 9)?) + 1;
                let end = behind_blocks(bytes, data)?;
                control.take().into_iter().for_each(|piece| walk.keep(piece));
                walk.keep(at..end);
                images += 1;
                at = end;
            }
            0x21 => {
                let label = *bytes.get(at + 1)?;
                let end = behind_blocks(bytes, at + 2)?;
                let name = bytes.get(at + 3..at + 14).unwrap_or_default();
                match label {
                    0xF9 => control = Some(at..end),
                    0xFF if matches!(name, b"NETSCAPE2.0" | b"ANIMEXTS1.0") => walk.keep(at..end),
                    0x01 => control = None,
                    _ => {}
                }
                at = end;
            }
            _ => return None,
        }
    }
}

/// The size of the colour table that a byte of flags announces.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn behind_blocks(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        match usize::from(*bytes.get(at)?) {
            0 => return Some(at + 1),
            length => at += 1 + length,
        }
    }
}
