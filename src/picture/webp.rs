//! WebP: chunks in a RIFF container.

use super::bytes::{le16, le24, le32};
use super::{Walk, exif};

/// The bits of the extended header that announce Exif and XMP.
const EXIF_AND_XMP: u8 = 0x08 | 0x04;

/// Walks a WebP file.
pub fn walk(bytes: &[u8]) -> Option<Walk> {
    let whole = usize::try_from(le32(bytes, 4)?).ok()?.checked_add(8)?;
    let bytes = bytes.get(..whole)?;
    let mut walk = Walk { turn: 1, ..Walk::default() };
    walk.keep(0..12);
    let (mut at, mut extended, mut images) = (12, false, 0);
    while at < bytes.len() {
        let name = bytes.get(at..at + 4)?;
        let length = usize::try_from(le32(bytes, at + 4)?).ok()?;
        let data = bytes.get(at + 8..at.checked_add(8)?.checked_add(length)?)?;
        let end = (at + 8 + length + length % 2).min(bytes.len());
        let is_kept = match name {
            b"VP8X" => {
                extended = true;
                walk.width = le24(data, 4)? + 1;
                walk.height = le24(data, 7)? + 1;
                walk.alpha = data.first()? & 0x10 != 0;
                walk.animated = data.first()? & 0x02 != 0;
                true
            }
            b"VP8 " => {
                if data.get(3..6)? != [0x9D, 0x01, 0x2A] {
                    return None;
                }
                if !extended {
                    walk.width = u32::from(le16(data, 6)? & 0x3FFF);
                    walk.height = u32::from(le16(data, 8)? & 0x3FFF);
                }
                images += 1;
                true
            }
            b"VP8L" => {
                if *data.first()? != 0x2F {
                    return None;
                }
                let bits = le32(data, 1)?;
                if !extended {
                    walk.width = (bits & 0x3FFF) + 1;
                    walk.height = (bits >> 14 & 0x3FFF) + 1;
                    walk.alpha = bits >> 28 & 1 == 1;
                }
                images += 1;
                true
            }
            b"ANMF" => {
                images += 1;
                true
            }
            b"EXIF" => {
                walk.turn = exif::turn(data.strip_prefix(b"Exif\0\0").unwrap_or(data));
                false
            }
            b"ALPH" | b"ANIM" | b"ICCP" => true,
            _ => false,
        };
        if is_kept {
            walk.keep(at..end);
        }
        at = end;
    }
    (images > 0).then_some(walk)
}

/// Makes the length and the flags true again after chunks were taken out.
pub fn mend(clean: &mut [u8]) {
    let length = u32::try_from(clean.len().saturating_sub(8)).unwrap_or(u32::MAX).to_le_bytes();
    if let Some(place) = clean.get_mut(4..8) {
        place.copy_from_slice(&length);
    }
    if clean.get(12..16) == Some(b"VP8X".as_slice())
        && let Some(flags) = clean.get_mut(20)
    {
        *flags &= !EXIF_AND_XMP;
    }
}
