//! Pictures of whole sites: what pages say of them, which files there are, and what must not be in any of them.

use crate::site::{Built, Site};
use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use image::{ExtendedColorType, ImageEncoder};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use parkpress::diagnostic::Diagnostics;
use parkpress::render::Output;
use parkpress::resolve::Options;
use parkpress::value::{Instant, Zone};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;
use std::sync::Mutex;

const CANARY: &[u8] = b"SECRET-116.1234E";

/// A photo of a telephone that was held upright, with the place where it was taken.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let pixels: Vec<u8> = (0..width * height).flat_map(|at| [(at % 251) as u8, (at / width % 241) as u8, 90]).collect();
    let mut jpeg = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 85);
    encoder.write_image(&pixels, width, height, ExtendedColorType::Rgb8).unwrap();
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend(CANARY);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..], CANARY].concat()
}

fn with_cover(site: Site) -> Site {
    site.with_bytes("content/media/cover.jpg", &photo(1000, 640)).changed(
        "content/parks/east.md",
        "is_sample: true",
        "is_sample: true\ncover: {src: cover.jpg, alt: 东园大门}",
    )
}

struct Image {
    attributes: BTreeMap<String, String>,
}

impl Image {
    fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// The images of a page in the order of the document.
fn images(html: &[u8]) -> Vec<Image> {
    fn walk(node: &Handle, found: &mut Vec<Image>) {
        if let NodeData::Element { name, attrs, .. } = &node.data
            && &*name.local == "img"
        {
            let attributes = attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
            found.push(Image { attributes });
        }
        node.children.borrow().iter().for_each(|child| walk(child, found));
    }
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).from_utf8().one(html);
    let mut found = Vec::new();
    walk(&dom.document, &mut found);
    found
}

/// The path in the output that a relative address of a page means.
fn below(page: &str, address: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').take(page.matches('/').count()).collect();
    for part in address.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    percent_encoding::percent_decode_str(&parts.join("/")).decode_utf8_lossy().to_string()
}

/// Everything that must hold of every image of every page; gives how many images have several sizes.
fn check(files: &BTreeMap<String, Vec<u8>>) -> usize {
    let mut sized = 0;
    for (page, html) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        for (nth, image) in images(html).iter().enumerate() {
            let number = |name: &str| image.get(name).parse::<u32>().unwrap_or(0);
            assert!(number("width") > 0 && number("height") > 0, "{page}: {:?}", image.attributes);
            assert!(image.attributes.contains_key("alt"), "{page}: {:?}", image.attributes);
            let src = below(page, image.get("src"));
            assert!(files.contains_key(&src), "{page}: {src}");
            assert!(nth == 0 || image.get("loading") == "lazy", "{page}: {:?}", image.attributes);
            let candidates = image.get("srcset");
            if candidates.is_empty() {
                continue;
            }
            sized += 1;
            assert!(!image.get("sizes").is_empty(), "{page}");
            let mut last = 0;
            for candidate in candidates.split(", ") {
                let (address, width) = candidate.split_once(' ').unwrap();
                let width: u32 = width.strip_suffix('w').unwrap().parse().unwrap();
                assert!(width > last && width <= number("width"), "{page}: {candidates}");
                last = width;
                let path = below(page, address);
                let bytes = files.get(&path).unwrap_or_else(|| panic!("{page}: {path} is missing"));
                let ending = path.rsplit('.').next().unwrap();
                let facts = parkpress::picture::look(ending, bytes).unwrap();
                let shape = f64::from(facts.width) / f64::from(facts.height) * f64::from(number("height")) / f64::from(number("width"));
                assert!((0.98..1.02).contains(&shape), "{page}: {path} has another shape");
            }
        }
    }
    sized
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn published(built: &Built) -> Vec<&str> {
    built.files.keys().map(String::as_str).filter(|path| path.starts_with("media/")).collect()
}

#[test]
fn a_cover_comes_in_sizes_upright_and_without_its_place() {
    let built = with_cover(Site::base()).build();
    assert_eq!(built.said(), Vec::<String>::new());
    assert!(built.files.values().all(|bytes| !holds(bytes, CANARY)));
    assert!(check(&built.files) > 1, "the page of the record and its card");
    let media = published(&built);
    assert_eq!(media.len(), 3, "{media:?}: the whole, 480 and 640");
    assert!(media.contains(&"media/cover.jpg"));
    let page = built.text("parks/east/index.html");
    let first = images(page.as_bytes()).remove(0);
    // WeChat takes the first picture of the page, if it is large enough and no drawing.
    assert_eq!((first.get("width"), first.get("height"), first.get("alt")), ("640", "1000", "东园大门"));
    assert!(first.get("src").ends_with("-640.jpg") && first.get("fetchpriority") == "high" && first.get("loading") != "lazy");
    // The minifier orders attributes as it likes: the tag is sought whole.
    let meta = |name: &str| {
        let name = [format!("property={name}>"), format!("property={name} "), format!("property=\"{name}\"")];
        page.split("<meta ")
            .map(|tag| tag.split_inclusive('>').next().unwrap_or_default())
            .find(|tag| name.iter().any(|name| tag.contains(name)))
            .unwrap_or_default()
            .to_string()
    };
    assert!(meta("og:image").contains(".jpg"), "{}", meta("og:image"));
    for (name, value) in [("og:image:width", "640"), ("og:image:height", "1000"), ("og:image:alt", "东园大门")] {
        assert!(meta(name).contains(value), "{name}: {}", meta(name));
    }
    assert!(
        page.contains("\"ImageObject\"")
            && page.contains("\"BreadcrumbList\"")
            && page.contains("https://www.example.com/base/media/cover.")
    );
}

#[test]
fn the_first_picture_of_a_text_is_loaded_at_once_only_where_no_cover_stands_above_it() {
    let body = "![甲](cover.jpg)\n\n```::figure\nsrc: two.jpg\nalt: 乙\n```\n\n![丙](two.jpg)";
    let site = Site::base().with_bytes("content/media/cover.jpg", &photo(1000, 640)).with_bytes("content/media/two.jpg", &photo(400, 400));
    let site = site.changed("content/parks/east.md", "东园在县城东面。", body);
    let built = site.build();
    assert_eq!(built.said(), Vec::<String>::new());
    check(&built.files);
    let page = images(built.text("parks/east/index.html").as_bytes());
    let loading: Vec<&str> = page.iter().map(|image| image.get("loading")).collect();
    assert_eq!(loading, vec!["", "lazy", "lazy"]);
    assert!(built.text("parks/east/index.html").contains("og:image"));
    let built = with_cover(site).build();
    assert!(images(built.text("parks/east/index.html").as_bytes())[1..].iter().all(|image| image.get("loading") == "lazy"));
}

#[test]
fn a_drawing_is_shown_but_not_shared() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 400\"><path d=\"M0 0\"/></svg>";
    let site = Site::base().with("content/media/x.svg", svg);
    let built = site.changed("content/parks/east.md", "is_sample: true", "is_sample: true\ncover: {src: x.svg, alt: 图}").build();
    assert_eq!(built.said(), Vec::<String>::new());
    check(&built.files);
    let page = built.text("parks/east/index.html");
    let first = images(page.as_bytes()).remove(0);
    assert_eq!((first.get("width"), first.get("height"), first.get("srcset")), ("640", "400", ""));
    assert!(!page.contains("og:image"));
}

#[test]
fn an_attachment_is_stripped_but_has_no_sizes() {
    let built = Site::base()
        .with_bytes("content/media/plan.jpg", &photo(1000, 640))
        .changed("content/parks/east.md", "is_sample: true", "is_sample: true\nattachments: [{src: plan.jpg, title: 总图}]")
        .build();
    assert_eq!(built.said(), Vec::<String>::new());
    assert_eq!(published(&built), vec!["media/plan.jpg"]);
    assert!(built.files.values().all(|bytes| !holds(bytes, CANARY)));
}

#[test]
fn no_size_of_a_withheld_picture_is_published() {
    let built = with_cover(Site::base()).changed("content/parks/east.md", "is_sample: true", "is_sample: true\nstate: draft").build();
    assert!(published(&built).is_empty(), "{:?}", published(&built));
}

#[test]
fn a_heavy_image_is_a_warning() {
    // Bytes behind the end of a PNG weigh, but are not published.
    let png = [include_bytes!("data/tiny.png").as_slice(), &[0; 12_000_001]].concat();
    let built = Site::base()
        .with_bytes("content/media/x.png", &png)
        .changed("content/parks/east.md", "is_sample: true", "is_sample: true\ncover: {src: x.png, alt: 图}")
        .build();
    assert_eq!(built.said(), vec!["warning picture-heavy content/media/x.png:1:1"]);
    assert_eq!(built.files["media/x.png"].len(), include_bytes!("data/tiny.png").len());
}

#[test]
fn every_image_of_the_worked_example_has_its_size_and_its_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (snapshot, mut diagnostics) = parkpress::project::load(root).unwrap();
    let at = Instant::parse("2026-11-24 12:00", &Zone::shanghai()).unwrap();
    let options = Options { at, drafts: false, portable: false };
    let mut catalog = parkpress::understand(&snapshot, options, &mut diagnostics).unwrap();
    parkpress::companions(root, &mut catalog, options, &mut diagnostics).unwrap();
    let files = Mutex::new(BTreeMap::new());
    let take = |path: &str, output: &Output| -> Result<(), Infallible> {
        let bytes = match output {
            Output::Bytes(bytes) => bytes.clone(),
            Output::Copy(blob) => blob.read().unwrap().to_vec(),
        };
        files.lock().unwrap().insert(path.to_string(), bytes);
        Ok(())
    };
    let mut said = Diagnostics::new();
    let _ = parkpress::produce(&catalog, &mut said, take);
    assert!(!said.has_errors());
    let files = files.into_inner().unwrap();
    assert!(check(&files) >= 20, "the example uses photos");
    assert!(files.keys().all(|path| !path.contains(".parkpress")));
    let weight: u64 = snapshot.blobs.iter().filter(|(path, _)| path.as_str().starts_with("content/")).map(|(_, blob)| blob.bytes).sum();
    assert!(weight < 3_000_000, "the pictures of the example weigh {weight} bytes");
}
