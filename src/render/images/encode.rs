//! Pixels: decoding with `image`, making smaller with `fast_image_resize` (a twelve-megapixel photo in three sizes: 46 ms,
//! with `image` 760 ms), writing JPEG with `jpeg-encoder` (a tenth to a fifth lighter than what `image` writes).

use crate::picture::{Facts, Format, LONGEST_SIDE, strip};
use crate::plan::pictures::ending;
use fast_image_resize as fir;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageReader, Limits};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Photos on pages. Above 80 files grow fast and nobody sees a difference at these sizes.
const QUALITY: u8 = 80;
/// The whole photo, where it had to be turned.
const QUALITY_WHOLE: u8 = 90;

/// A picture in some sizes, upright, without metadata. `None` where it cannot be decoded.
pub fn sizes(bytes: &[u8], facts: &Facts, wanted: &[(u32, u32)]) -> Option<Vec<Vec<u8>>> {
    // A breakdown of a decoder is the fault of one file, and must be said of that file.
    catch_unwind(AssertUnwindSafe(|| all(bytes, facts, wanted))).ok().flatten()
}

fn all(bytes: &[u8], facts: &Facts, wanted: &[(u32, u32)]) -> Option<Vec<Vec<u8>>> {
    // Without its texts a picture cannot hold a text that unpacks to gigabytes.
    let clean = strip(facts.format, bytes)?;
    let (whole, profile) = decode(&clean, facts)?;
    let same_format = facts.format.ending() == ending(facts);
    wanted
        .iter()
        .map(|&(width, height)| {
            let pixels = upright(resize(&whole, facts, width, height)?, facts.turn);
            let quality = if (width, height) == (facts.width, facts.height) && facts.turn != 1 { QUALITY_WHOLE } else { QUALITY };
            let made = match ending(facts) {
                "png" => png(&pixels, profile.as_deref())?,
                _ => jpeg(&pixels, quality, profile.as_deref())?,
            };
            // A drawing with few colours, or a photo that was pressed hard before, can be lighter than its smaller copy.
            let lighter = same_format && facts.turn == 1 && clean.len() <= made.len();
            Some(if lighter { clean.clone() } else { made })
        })
        .collect()
}

/// The pixels with eight bits a colour, and the colour profile where it says anything that browsers do not assume.
fn decode(bytes: &[u8], facts: &Facts) -> Option<(DynamicImage, Option<Vec<u8>>)> {
    let format = match facts.format {
        Format::Jpeg => image::ImageFormat::Jpeg,
        Format::Png => image::ImageFormat::Png,
        Format::WebP => image::ImageFormat::WebP,
        _ => return None,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).ok()?;
    let (alpha, colour) = (image.color().has_alpha() && facts.alpha, image.color().has_color());
    let image = match (colour, alpha) {
        (true, true) => DynamicImage::ImageRgba8(image.into_rgba8()),
        (true, false) => DynamicImage::ImageRgb8(image.into_rgb8()),
        (false, true) => DynamicImage::ImageLumaA8(image.into_luma_alpha8()),
        (false, false) => DynamicImage::ImageLuma8(image.into_luma8()),
    };
    // The profile must be one for these colours, and not that of the printing inks they were made from.
    let space: &[u8] = if colour { b"RGB " } else { b"GRAY" };
    let profile = profile.filter(|profile| profile.get(16..20) == Some(space) && !is_srgb(profile));
    Some((image, profile))
}

/// Browsers take a picture without a profile for sRGB; saying so would add three kilobytes to every size.
fn is_srgb(profile: &[u8]) -> bool {
    let holds = |word: &[u8]| profile.windows(word.len()).any(|window| window == word);
    holds(b"sRGB") || holds(b"s\0R\0G\0B")
}

/// The pixels in another size, still as the camera was held.
fn resize(whole: &DynamicImage, facts: &Facts, width: u32, height: u32) -> Option<DynamicImage> {
    let (width, height) = if facts.turn >= 5 { (height, width) } else { (width, height) };
    if (whole.width(), whole.height()) == (width, height) {
        return Some(whole.clone());
    }
    let kind = match whole {
        DynamicImage::ImageLuma8(_) => fir::PixelType::U8,
        DynamicImage::ImageLumaA8(_) => fir::PixelType::U8x2,
        DynamicImage::ImageRgb8(_) => fir::PixelType::U8x3,
        _ => fir::PixelType::U8x4,
    };
    let source = fir::images::ImageRef::new(whole.width(), whole.height(), whole.as_bytes(), kind).ok()?;
    let mut target = fir::images::Image::new(width, height, kind);
    let options = fir::ResizeOptions::new().resize_alg(fir::ResizeAlg::Convolution(fir::FilterType::Lanczos3));
    fir::Resizer::new().resize(&source, &mut target, &options).ok()?;
    let pixels = target.into_vec();
    match whole {
        DynamicImage::ImageLuma8(_) => image::GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8),
        DynamicImage::ImageLumaA8(_) => image::GrayAlphaImage::from_raw(width, height, pixels).map(DynamicImage::ImageLumaA8),
        DynamicImage::ImageRgb8(_) => image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
        _ => image::RgbaImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8),
    }
}

fn upright(mut image: DynamicImage, turn: u8) -> DynamicImage {
    image.apply_orientation(Orientation::from_exif(turn).unwrap_or(Orientation::NoTransforms));
    image
}

fn jpeg(image: &DynamicImage, quality: u8, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let (width, height) = (u16::try_from(image.width()).ok()?, u16::try_from(image.height()).ok()?);
    let kind = if image.color().has_color() { ColorType::Rgb } else { ColorType::Luma };
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_progressive(true);
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile).ok()?;
    }
    encoder.encode(image.as_bytes(), width, height, kind).ok()?;
    Some(bytes)
}

fn png(image: &DynamicImage, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).ok()?;
    }
    encoder.write_image(image.as_bytes(), image.width(), image.height(), image.color().into()).ok()?;
    Some(bytes)
}
