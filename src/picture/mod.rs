//! PICTURE: the bytes of an image → what it is, and the same image without what nobody should see.
//!
//! In: bytes. Out: [`Facts`] (format, size as displayed, digest) or the [`Trouble`] with them; [`strip`] gives the image
//! without Exif, GPS, XMP, IPTC, comments, thumbnails and whatever was hung behind its end. Never: decodes a pixel.
//!
//! Each format has one walker that finds the pieces to keep; looking and stripping are the same walk, so a file that was
//! found sound can always be stripped.

mod avif;
mod bytes;
mod drawing;
mod exif;
mod gif;
mod jpeg;
mod png;
mod webp;

#[cfg(test)]
mod tests;

use crate::source::hex;
use sha2::{Digest, Sha256};
use std::ops::Range;

/// What a file is by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names of the formats")]
pub enum Format {
    Jpeg,
    Png,
    Gif,
    WebP,
    Avif,
    Svg,
}

impl Format {
    /// The format that a file ending promises.
    pub fn of_ending(ending: &str) -> Option<Format> {
        Some(match ending {
            "jpg" | "jpeg" => Format::Jpeg,
            "png" => Format::Png,
            "gif" => Format::Gif,
            "webp" => Format::WebP,
            "avif" => Format::Avif,
            "svg" => Format::Svg,
            _ => return None,
        })
    }
    /// The usual ending.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Jpeg => "jpg",
            Format::Png => "png",
            Format::Gif => "gif",
            Format::WebP => "webp",
            Format::Avif => "avif",
            Format::Svg => "svg",
        }
    }
    fn of_bytes(bytes: &[u8]) -> Option<Format> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Format::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Format::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::WebP),
            [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => Some(Format::Avif),
            _ => drawing::is_svg(bytes).then_some(Format::Svg),
        }
    }
}

/// What is known of an image before a pixel is decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The format.
    pub format: Format,
    /// The width as it is displayed, in pixels.
    pub width: u32,
    /// The height as it is displayed, in pixels.
    pub height: u32,
    /// How the camera was held: 1 is upright, 2 to 8 as in Exif.
    pub turn: u8,
    /// Does it move?
    pub animated: bool,
    /// May parts of it be see-through?
    pub alpha: bool,
    /// SHA-256 of the bytes, hexadecimal.
    pub digest: String,
}

impl Facts {
    /// Can smaller ones be made from it? Drawings need none, and moving images would stand still.
    pub fn scales(&self) -> bool {
        matches!(self.format, Format::Jpeg | Format::Png | Format::WebP) && !self.animated
    }
}

/// Why a file cannot be published as an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It begins like no image.
    NotAnImage,
    /// It begins like an image, but its structure breaks off or contradicts itself.
    Broken,
    /// It is another format than its ending says.
    Ending(Format),
    /// It has more pixels, or a longer side, than is decoded: width and height.
    TooLarge(u32, u32),
    /// It carries metadata that cannot be taken out safely.
    Metadata,
    /// It is a drawing that could act or fetch: what it holds.
    Active(String),
}

/// The longest side in pixels.
pub const LONGEST_SIDE: u32 = 20_000;
/// The most pixels: twice those of a good telephone, and 200 MB when decoded.
pub const MOST_PIXELS: u64 = 50_000_000;

/// What a walker found.
#[derive(Debug, Default)]
struct Walk {
    width: u32,
    height: u32,
    turn: u8,
    animated: bool,
    alpha: bool,
    /// Does a pixel take two bytes for each colour?
    deep: bool,
    /// The pieces without metadata, in order.
    kept: Vec<Range<usize>>,
}

impl Walk {
    /// Keeps a piece; pieces that touch become one.
    fn keep(&mut self, piece: Range<usize>) {
        match self.kept.last_mut() {
            Some(last) if last.end == piece.start => last.end = piece.end,
            _ => self.kept.push(piece),
        }
    }
}

fn walk(format: Format, bytes: &[u8]) -> Result<Walk, Trouble> {
    match format {
        Format::Jpeg => jpeg::walk(bytes).ok_or(Trouble::Broken),
        Format::Png => png::walk(bytes).ok_or(Trouble::Broken),
        Format::Gif => gif::walk(bytes).ok_or(Trouble::Broken),
        Format::WebP => webp::walk(bytes).ok_or(Trouble::Broken),
        Format::Avif => avif::walk(bytes),
        Format::Svg => drawing::walk(bytes),
    }
}

/// Looks at a file whose ending says that it is an image.
pub fn look(ending: &str, bytes: &[u8]) -> Result<Facts, Trouble> {
    let format = Format::of_bytes(bytes).ok_or(Trouble::NotAnImage)?;
    if Format::of_ending(ending) != Some(format) {
        return Err(Trouble::Ending(format));
    }
    let walk = walk(format, bytes)?;
    // A drawing has no pixels; its size only says how large it wants to be.
    if format != Format::Svg {
        let pixels = u64::from(walk.width) * u64::from(walk.height) * if walk.deep { 2 } else { 1 };
        if walk.width.max(walk.height) > LONGEST_SIDE || pixels > MOST_PIXELS {
            return Err(Trouble::TooLarge(walk.width, walk.height));
        }
        if walk.width == 0 || walk.height == 0 {
            return Err(Trouble::Broken);
        }
    }
    let turn = if (1..=8).contains(&walk.turn) { walk.turn } else { 1 };
    // There is no encoder here that would give the same quality, and not every browser turns these formats.
    if turn != 1 && (matches!(format, Format::WebP | Format::Gif | Format::Avif) || walk.animated) {
        return Err(Trouble::Metadata);
    }
    let (width, height) = if turn >= 5 { (walk.height, walk.width) } else { (walk.width, walk.height) };
    let digest = hex(&Sha256::digest(bytes));
    Ok(Facts { format, width, height, turn, animated: walk.animated, alpha: walk.alpha, digest })
}

/// The image without metadata, pixel for pixel as it was; `None` where the bytes are no sound image of the format.
pub fn strip(format: Format, bytes: &[u8]) -> Option<Vec<u8>> {
    let walk = walk(format, bytes).ok()?;
    let mut clean = Vec::with_capacity(bytes.len());
    walk.kept.into_iter().for_each(|piece| clean.extend_from_slice(&bytes[piece]));
    if format == Format::WebP {
        webp::mend(&mut clean);
    }
    Some(clean)
}

/// The image without metadata, but still upright: of the camera only how it was held is kept; `None` where a format has no
/// safe place for that.
pub fn clean(facts: &Facts, bytes: &[u8]) -> Option<Vec<u8>> {
    let clean = strip(facts.format, bytes)?;
    match (facts.turn, facts.format) {
        (1, _) => Some(clean),
        (turn, Format::Jpeg) => Some(jpeg::turned(&clean, turn)),
        _ => None,
    }
}
