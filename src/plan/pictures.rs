//! The sizes in which a picture is published, and their names. A name holds the digest of the picture, so that browsers
//! may keep it for ever.

use super::Hash;
use crate::picture::{Facts, Format};
use crate::resolve::MediaOut;

/// Cards and telephones; text columns and telephones with fine screens; whole pages.
const WIDTHS: [u32; 3] = [480, 960, 1600];
/// What a browser loads that knows nothing of sizes: enough for a column of text.
const USUAL: u32 = 900;
/// What a share card shows.
const SHARED: u32 = 1200;
/// WeChat takes a page's first picture of at least so many pixels a side for the share card.
const SHARE_LEAST: u32 = 300;

/// What is lighter than this many bytes is published as it is: a smaller copy would save nothing, and of a plan with few
/// colours it would even be heavier.
const LIGHT: u64 = 40_000;

/// Raise this when `render/images` makes other bytes of the same picture: names and memory then change with it.
pub const ENCODING: u32 = 1;

/// A picture in one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The path in the output.
    pub path: String,
}

/// The sizes of a picture from small to large; none for what is not shown or cannot be made smaller. None is larger than
/// the picture itself.
pub fn sizes(media: &MediaOut) -> Vec<Size> {
    let Some(facts) = media.image.as_ref().filter(|facts| media.shown && facts.scales()) else { return Vec::new() };
    if media.blob.bytes < LIGHT && facts.turn == 1 && facts.format != Format::WebP {
        return vec![Size { width: facts.width, height: facts.height, path: media.path.clone() }];
    }
    let largest = WIDTHS.iter().copied().max().map_or(facts.width, |most| most.min(facts.width));
    // A size that is nearly the next one helps nobody.
    let smaller = WIDTHS.iter().copied().filter(|&width| u64::from(width) * 5 < u64::from(largest) * 4);
    let (stem, _) = media.path.rsplit_once('.').unwrap_or((&media.path, ""));
    let mut hash = Hash::new();
    hash.add(&facts.digest);
    hash.add(&ENCODING.to_string());
    let hash = hash.word();
    let size = |width: u32| {
        let height = (u64::from(facts.height) * u64::from(width) + u64::from(facts.width) / 2) / u64::from(facts.width);
        Size { width, height: u32::try_from(height).unwrap_or(1).max(1), path: format!("{stem}.{hash}-{width}.{}", ending(facts)) }
    };
    smaller.chain([largest]).map(size).collect()
}

/// The ending of the smaller ones: PNG stays PNG, and so does what may be see-through; everything else becomes JPEG.
pub fn ending(facts: &Facts) -> &'static str {
    let png = facts.format == Format::Png || facts.format == Format::WebP && facts.alpha;
    if png { Format::Png.ending() } else { Format::Jpeg.ending() }
}

/// The size for browsers that know nothing of sizes.
pub fn usual(sizes: &[Size]) -> Option<&Size> {
    sizes.iter().find(|size| size.width >= USUAL).or(sizes.last())
}

/// The size for share cards. Drawings have none: the build has no rasteriser, and WeChat and most other services show no
/// SVG. A page whose only pictures are drawings is shared without one.
pub fn shared(sizes: &[Size]) -> Option<&Size> {
    let size = sizes.iter().find(|size| size.width >= SHARED).or(sizes.last());
    size.filter(|size| size.width.min(size.height) >= SHARE_LEAST)
}

#[cfg(test)]
mod tests {
    use super::{shared, sizes, usual};
    use crate::picture::{Facts, Format};
    use crate::project::{Blob, BlobSource};
    use crate::resolve::MediaOut;

    fn media(format: Format, width: u32, height: u32) -> MediaOut {
        let facts = Facts { format, width, height, turn: 1, animated: false, alpha: false, digest: "d".to_string() };
        MediaOut {
            path: "media/a/b.x".to_string(),
            blob: Blob::new(BlobSource::Memory([].into()), 1_000_000, 0),
            image: Some(facts),
            shown: true,
        }
    }

    fn widths(width: u32) -> Vec<(u32, u32)> {
        sizes(&media(Format::Jpeg, width, width / 2)).iter().map(|size| (size.width, size.height)).collect()
    }

    #[test]
    fn no_size_is_larger_than_the_picture() {
        assert_eq!(widths(5000), vec![(480, 240), (960, 480), (1600, 800)]);
        assert_eq!(widths(1600), vec![(480, 240), (960, 480), (1600, 800)]);
        assert_eq!(widths(1000), vec![(480, 240), (1000, 500)]);
        assert_eq!(widths(500), vec![(500, 250)]);
        assert_eq!(widths(2), vec![(2, 1)]);
    }

    #[test]
    fn names_hold_the_digest_and_the_width() {
        let jpeg = sizes(&media(Format::Jpeg, 480, 300));
        let path = &jpeg[0].path;
        assert!(
            path.starts_with("media/a/b.") && path.ends_with("-480.jpg") && path.len() == "media/a/b.0123456789-480.jpg".len(),
            "{path}"
        );
        assert!(sizes(&media(Format::Png, 480, 300))[0].path.ends_with(".png"));
        assert!(sizes(&media(Format::WebP, 480, 300))[0].path.ends_with(".jpg"));
        let other = MediaOut {
            image: media(Format::Jpeg, 480, 300).image.map(|facts| Facts { digest: "e".to_string(), ..facts }),
            ..media(Format::Jpeg, 1, 1)
        };
        assert_ne!(sizes(&other)[0].path, *path);
    }

    #[test]
    fn what_is_light_is_published_as_it_is_unless_it_must_be_turned() {
        let light = |turn: u8| {
            let mut media = media(Format::Png, 1400, 900);
            media.blob.bytes = 30_000;
            media.image.iter_mut().for_each(|facts| facts.turn = turn);
            sizes(&media).into_iter().map(|size| size.path).collect::<Vec<_>>()
        };
        assert_eq!(light(1), vec!["media/a/b.x"]);
        assert_eq!(light(6).len(), 3);
    }

    #[test]
    fn attachments_drawings_and_moving_images_have_no_sizes() {
        assert!(sizes(&MediaOut { shown: false, ..media(Format::Jpeg, 5000, 5000) }).is_empty());
        assert!(sizes(&media(Format::Svg, 640, 400)).is_empty() && sizes(&media(Format::Gif, 640, 400)).is_empty());
    }

    #[test]
    fn the_usual_and_the_shared_size() {
        let sizes = sizes(&media(Format::Jpeg, 5000, 2500));
        assert_eq!(usual(&sizes).map(|size| size.width), Some(960));
        assert_eq!(shared(&sizes).map(|size| size.width), Some(1600));
        assert_eq!(shared(&super::sizes(&media(Format::Jpeg, 640, 299))), None);
        assert_eq!(shared(&super::sizes(&media(Format::Jpeg, 300, 300))).map(|size| size.width), Some(300));
    }
}
