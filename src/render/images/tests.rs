//! Real pixels: turned, made smaller, stripped, remembered.

use super::{Images, Memo, NoMemo};
use crate::diagnostic::SitePath;
use crate::picture;
use crate::plan::pictures::sizes;
use crate::project::Blob;
use crate::render::Output;
use crate::resolve::MediaOut;
use image::{DynamicImage, ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

const CANARY: &[u8] = b"SECRET-116.1234E";

/// The left half red, the right half blue, as a camera writes it.
fn photo(width: u32, height: u32, turn: u8) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        // A little unrest, so that it is as heavy as a photo.
        let green = u8::try_from(((x * 7919) ^ (y * 104_729)) % 40).unwrap_or(0);
        if x < width / 2 { Rgb([220, green, 20]) } else { Rgb([20, green, 220]) }
    });
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([turn, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(CANARY);
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    encoder.add_exif_metadata(&exif).expect("because it is short");
    encoder.add_app_segment(1, [b"http://ns.adobe.com/xap/1.0/\0", CANARY].concat()).expect("because it is short");
    encoder.add_app_segment(13, CANARY.to_vec()).expect("because it is short");
    let side = |side: u32| u16::try_from(side).expect("because pictures of tests are small");
    encoder.encode(image.as_raw(), side(width), side(height), jpeg_encoder::ColorType::Rgb).expect("because the pixels are there");
    bytes.extend(CANARY);
    bytes
}

fn png(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (best, filter) = (image::codecs::png::CompressionType::Best, image::codecs::png::FilterType::Adaptive);
    let encoder = image::codecs::png::PngEncoder::new_with_quality(&mut bytes, best, filter);
    encoder.write_image(image.as_bytes(), image.width(), image.height(), image.color().into()).expect("because the pixels are there");
    // A text chunk behind the header, which has 33 bytes with the signature.
    let length = u32::try_from(CANARY.len() + 2).expect("because it is short").to_be_bytes();
    let text = [&length[..], b"tEXtA\0", CANARY, &[0; 4]].concat();
    [&bytes[..33], &text, &bytes[33..], CANARY].concat()
}

fn media(name: &str, bytes: Vec<u8>) -> (SitePath, MediaOut) {
    let file = SitePath::new(&format!("content/media/{name}"));
    let blob = Blob::in_memory(bytes.into());
    let image = blob.picture(&file.extension()).expect("because it is in memory").clone().expect("because it is sound");
    (file, MediaOut { path: format!("media/{name}"), blob, image: Some(image), shown: true })
}

fn bytes(output: Result<Output, crate::diagnostic::Diagnostic>) -> Vec<u8> {
    match output {
        Ok(Output::Bytes(bytes)) => bytes,
        other => panic!("no bytes: {other:?}"),
    }
}

/// The whole picture and all its sizes.
fn all(name: &str, original: Vec<u8>) -> Vec<(u32, u32, Vec<u8>)> {
    let (file, media) = media(name, original);
    let images = Images::new(Arc::new(NoMemo));
    let facts = media.image.clone().expect("because it is an image");
    let mut made = vec![(facts.width, facts.height, bytes(images.whole(&file, &media)))];
    made.extend(sizes(&media).into_iter().map(|size| (size.width, size.height, bytes(images.sized(&file, &media, size.width)))));
    made
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[test]
fn a_turned_photo_is_upright_in_every_size_and_nothing_secret_is_left() {
    let made = all("a.jpg", photo(1400, 700, 6));
    let widths: Vec<(u32, u32)> = made.iter().map(|(width, height, _)| (*width, *height)).collect();
    assert_eq!(widths, vec![(700, 1400), (480, 960), (700, 1400)]);
    for (width, height, bytes) in made {
        assert!(!holds(&bytes, CANARY) && !holds(&bytes, b"Exif"), "{width}");
        let facts = picture::look("jpg", &bytes).expect("because it was made sound");
        assert_eq!((facts.width, facts.height, facts.turn), (width, height, 1));
        let pixels = image::load_from_memory(&bytes).expect("because it was made sound").into_rgb8();
        // The left of the sensor is the top of the picture.
        let (top, bottom) = (pixels.get_pixel(width / 2, height / 8), pixels.get_pixel(width / 2, height * 7 / 8));
        assert!(top[0] > 180 && top[2] < 60 && bottom[2] > 180 && bottom[0] < 60, "{width}: {top:?} {bottom:?}");
    }
}

#[test]
fn an_upright_photo_keeps_its_pixels_and_loses_its_metadata() {
    let original = photo(1700, 500, 1);
    let made = all("a.jpg", original.clone());
    assert_eq!(made.iter().map(|(width, _, _)| *width).collect::<Vec<_>>(), vec![1700, 480, 960, 1600]);
    assert!(made.iter().all(|(_, _, bytes)| !holds(bytes, CANARY)));
    let pixels = |bytes: &[u8]| image::load_from_memory(bytes).expect("because it is sound").into_rgb8();
    assert_eq!(pixels(&made[0].2), pixels(&original), "the whole picture is not written anew");
}

#[test]
fn a_drawing_stays_png_with_its_holes_and_is_never_heavier_than_the_whole() {
    // Slanting lines weigh almost nothing as they are, and thirty times as much with soft edges.
    let image = RgbaImage::from_fn(1000, 400, |x, y| {
        let ink = if (x + 2 * y) % 17 < 2 { 40 } else { 250 };
        Rgba([ink, ink, ink, if x < 500 { 255 } else { 0 }])
    });
    let (file, media) = media("a.png", png(&DynamicImage::ImageRgba8(image)));
    let images = Images::new(Arc::new(NoMemo));
    let whole = bytes(images.whole(&file, &media));
    for width in [100, 960] {
        let made = bytes(images.sized(&file, &media, width));
        assert!(made.starts_with(b"\x89PNG") && !holds(&made, CANARY) && !holds(&made, b"tEXt"), "{width}");
        assert!(made.len() <= whole.len(), "{width}: {} bytes, the whole {}", made.len(), whole.len());
        let pixels = image::load_from_memory(&made).expect("because it was made sound").into_rgba8();
        assert_eq!((pixels.get_pixel(pixels.width() - 5, 10)[3], pixels.get_pixel(5, 10)[3]), (0, 255));
        assert_eq!(made == whole, width == 960, "{width}: {} bytes, the whole {}", made.len(), whole.len());
    }
}

#[test]
fn sixteen_bits_greys_and_webp_are_understood() {
    let deep = image::ImageBuffer::from_fn(1000, 40, |x, y| image::Luma([u16::try_from(x * 60 + y).expect("because it fits")]));
    let (file, media) = media("a.png", png(&DynamicImage::ImageLuma16(deep)));
    let made = bytes(Images::new(Arc::new(NoMemo)).sized(&file, &media, 480));
    assert_eq!(image::load_from_memory(&made).expect("because it was made sound").color(), image::ColorType::L8);
    let image = RgbImage::from_fn(700, 300, |x, y| Rgb([u8::try_from(x % 256).unwrap_or(0), u8::try_from(y % 256).unwrap_or(0), 9]));
    let mut webp = Vec::new();
    let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut webp);
    encoder.write_image(image.as_raw(), 700, 300, image::ExtendedColorType::Rgb8).expect("because the pixels are there");
    let made = all("a.webp", webp.clone());
    assert_eq!(made[0].2, webp, "it carried nothing");
    assert!(made[1..].iter().all(|(_, _, bytes)| bytes.starts_with(&[0xFF, 0xD8])) && made.len() == 3);
}

#[test]
fn the_same_picture_gives_the_same_bytes() {
    assert_eq!(all("a.jpg", photo(1400, 700, 8)), all("a.jpg", photo(1400, 700, 8)));
}

#[derive(Default)]
struct Kept(Mutex<HashMap<String, Vec<u8>>>);

impl Memo for Kept {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.0.lock().expect("because no test panics inside").get(key).cloned()
    }
    fn put(&self, key: &str, bytes: &[u8]) {
        self.0.lock().expect("because no test panics inside").insert(key.to_string(), bytes.to_vec());
    }
}

#[test]
fn one_opening_makes_every_size_and_what_is_kept_is_what_would_be_made() {
    let (file, media) = media("a.jpg", photo(1400, 700, 1));
    let kept = Arc::new(Kept::default());
    let images = Images::new(kept.clone());
    let first = bytes(images.sized(&file, &media, 960));
    assert_eq!(kept.0.lock().expect("because no test panics inside").len(), 3, "480, 960 and 1400");
    assert_eq!(bytes(images.sized(&file, &media, 960)), first);
    assert_eq!(bytes(images.sized(&file, &media, 480)), bytes(Images::new(Arc::new(NoMemo)).sized(&file, &media, 480)));
    // Whoever finds something under the key takes it: nothing is opened.
    kept.0.lock().expect("because no test panics inside").values_mut().for_each(|bytes| *bytes = b"kept".to_vec());
    assert_eq!(bytes(images.sized(&file, &media, 480)), b"kept");
}

#[test]
fn what_cannot_be_decoded_or_has_changed_is_said_of_its_file() {
    // Sound in structure, but without the tables that decoding needs.
    let whole = photo(64, 64, 1);
    let tables = whole.windows(2).position(|pair| pair == [0xFF, 0xC4]).expect("because a JPEG has Huffman tables");
    let length = usize::from(u16::from_be_bytes([whole[tables + 2], whole[tables + 3]]));
    let bent = [&whole[..tables], &whole[tables + 2 + length..]].concat();
    let (file, mut media) = media("a.jpg", bent);
    let images = Images::new(Arc::new(NoMemo));
    let said = images.sized(&file, &media, 64).expect_err("because it cannot be decoded");
    assert_eq!((said.code, said.place.map(|place| place.file)), ("picture-broken", Some(file.clone())));
    media.blob = Blob::in_memory(photo(64, 64, 1).into());
    assert_eq!(images.whole(&file, &media).expect_err("because it has changed").code, "media-unreadable");
}
