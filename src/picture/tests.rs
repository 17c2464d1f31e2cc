//! Images made byte by byte: what is found in them and what is left of them.

use super::{Format, Trouble, look, strip};

const CANARY: &[u8] = b"SECRET-116.1234E";

/// Exif with an orientation and a text that stands for the place.
fn exif(turn: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([turn, 0, 0, 0, 0, 0, 0]);
    tiff.extend(CANARY);
    tiff
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).expect("because segments of tests are short");
    [&[0xFF, marker], &length.to_be_bytes()[..], data].concat()
}

fn jpeg(turn: u8) -> Vec<u8> {
    let thumbnail = [b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01".as_slice(), CANARY].concat();
    [
        vec![0xFF, 0xD8],
        segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        segment(0xE0, &thumbnail),
        segment(0xE1, &[b"Exif\0\0", exif(turn).as_slice()].concat()),
        segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", CANARY].concat()),
        segment(0xE2, b"ICC_PROFILE\0\x01\x01colours"),
        segment(0xE2, &[b"MPF\0", CANARY].concat()),
        segment(0xED, &[b"Photoshop 3.0\0", CANARY].concat()),
        segment(0xFE, CANARY),
        segment(0xC0, &[8, 0, 40, 0, 60, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]),
        segment(0xDA, &[1, 1, 0, 0, 63, 0]),
        vec![1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4, 0xFF, 0xD9],
        CANARY.to_vec(),
    ]
    .concat()
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("because chunks of tests are short");
    [&length.to_be_bytes()[..], name, data, &[0, 0, 0, 0]].concat()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &head),
        chunk(b"tEXt", &[b"Comment\0", CANARY].concat()),
        chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", CANARY].concat()),
        chunk(b"zTXt", CANARY),
        chunk(b"eXIf", &exif(1)),
        chunk(b"tIME", CANARY),
        chunk(b"prVt", CANARY),
        chunk(b"IDAT", b"pixels"),
        chunk(b"IEND", b""),
        CANARY.to_vec(),
    ]
    .concat()
}

fn gif() -> Vec<u8> {
    let mut gif = b"GIF89a\x05\0\x04\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    let block = |label: u8, blocks: &[&[u8]]| {
        let mut whole = vec![0x21, label];
        for data in blocks {
            whole.push(u8::try_from(data.len()).expect("because blocks of tests are short"));
            whole.extend(*data);
        }
        whole.push(0);
        whole
    };
    gif.extend(block(0xFF, &[b"NETSCAPE2.0", &[1, 0, 0]]));
    gif.extend(block(0xFE, &[CANARY]));
    gif.extend(block(0xFF, &[b"XMP DataXMP", CANARY]));
    for _ in 0..2 {
        gif.extend(block(0xF9, &[&[0, 10, 0, 0]]));
        gif.extend(b"\x2c\0\0\0\0\x05\0\x04\0\0\x02\x02\x4c\x01\0");
    }
    gif.push(0x3B);
    gif.extend(CANARY);
    gif
}

fn riff(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (name, data) in chunks {
        body.extend(*name);
        body.extend(u32::try_from(data.len()).expect("because chunks of tests are short").to_le_bytes());
        body.extend(data);
        body.extend(vec![0; data.len() % 2]);
    }
    [b"RIFF".as_slice(), &u32::try_from(body.len()).expect("because it is short").to_le_bytes(), &body].concat()
}

fn webp(turn: u8) -> Vec<u8> {
    riff(&[
        (b"VP8X", vec![0x08 | 0x04, 0, 0, 0, 59, 0, 0, 39, 0, 0]),
        (b"VP8 ", vec![0, 0, 0, 0x9D, 0x01, 0x2A, 60, 0, 40, 0, 1]),
        (b"EXIF", exif(turn)),
        (b"XMP ", CANARY.to_vec()),
        (b"PRIV", CANARY.to_vec()),
    ])
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[test]
fn nothing_secret_is_left_and_the_picture_stays_whole() {
    for (ending, bytes) in [("jpg", jpeg(1)), ("png", png(60, 40)), ("gif", gif()), ("webp", webp(1))] {
        assert!(holds(&bytes, CANARY), "{ending}");
        let facts = look(ending, &bytes).expect("because the image is sound");
        let clean = strip(facts.format, &bytes).expect("because the image is sound");
        assert!(!holds(&clean, CANARY) && !holds(&clean, b"Exif"), "{ending}");
        let again = look(ending, &clean).expect("because what is left is sound");
        assert_eq!((again.width, again.height, again.animated), (facts.width, facts.height, facts.animated), "{ending}");
        assert_eq!(strip(again.format, &clean), Some(clean.clone()), "{ending}: stripping twice is stripping once");
    }
    let clean = strip(Format::Jpeg, &jpeg(1)).expect("because it is sound");
    assert!(holds(&clean, b"ICC_PROFILE\0\x01\x01colours") && clean.ends_with(&[0xFF, 0xD9]));
    assert!(holds(&strip(Format::Gif, &gif()).expect("because it is sound"), b"NETSCAPE2.0"));
    let clean = strip(Format::WebP, &webp(1)).expect("because it is sound");
    assert_eq!(clean[20], 0, "the header announces no Exif and no XMP");
}

#[test]
fn sizes_are_those_that_are_displayed() {
    let size = |ending: &str, bytes: &[u8]| look(ending, bytes).map(|facts| (facts.width, facts.height, facts.turn));
    assert_eq!(size("jpg", &jpeg(1)), Ok((60, 40, 1)));
    assert_eq!(size("jpeg", &jpeg(6)), Ok((40, 60, 6)));
    assert_eq!(size("jpg", &jpeg(3)), Ok((60, 40, 3)));
    assert_eq!(size("png", &png(7, 9)), Ok((7, 9, 1)));
    assert_eq!(size("gif", &gif()), Ok((5, 4, 1)));
    assert_eq!(size("webp", &webp(1)), Ok((60, 40, 1)));
    let svg = |root: &str| size("svg", format!("<svg {root}><path d=\"M0 0\"/></svg>").as_bytes()).map(|(w, h, _)| (w, h));
    assert_eq!(svg("width=\"120\" height=\"80px\""), Ok((120, 80)));
    assert_eq!(svg("viewBox=\"0 0 640 400\""), Ok((640, 400)));
    assert_eq!(svg("width=\"320\" viewBox=\"0 0 640 400\""), Ok((320, 200)));
    assert_eq!(svg("width=\"100%\" viewBox=\"0,0,640,400\""), Ok((640, 400)));
    assert_eq!(svg("width=\"25.4mm\" height=\"1in\""), Ok((96, 96)));
}

#[test]
fn what_is_no_sound_image_is_named() {
    assert_eq!(look("png", b"png"), Err(Trouble::NotAnImage));
    assert_eq!(look("jpg", &png(1, 1)), Err(Trouble::Ending(Format::Png)));
    assert_eq!(look("png", &png(20_001, 1)), Err(Trouble::TooLarge(20_001, 1)));
    assert_eq!(look("png", &png(10_000, 10_000)), Err(Trouble::TooLarge(10_000, 10_000)));
    assert_eq!(look("png", &png(0, 10)), Err(Trouble::Broken));
    assert_eq!(look("webp", &webp(6)), Err(Trouble::Metadata));
}

#[test]
fn a_file_that_breaks_off_anywhere_is_broken_and_never_a_panic() {
    for (ending, whole) in [("jpg", jpeg(6)), ("png", png(60, 40)), ("gif", gif()), ("webp", webp(1))] {
        let end = whole.len() - if ending == "webp" { 0 } else { CANARY.len() };
        for length in 0..end {
            assert!(matches!(look(ending, &whole[..length]), Err(Trouble::NotAnImage | Trouble::Broken)), "{ending} of {length} bytes");
        }
        // Any byte may lie; only the answer may differ.
        for at in 0..whole.len() {
            for byte in [0, 1, 0x7F, 0xFF] {
                let mut bent = whole.clone();
                bent[at] = byte;
                if let Ok(facts) = look(ending, &bent) {
                    assert!(strip(facts.format, &bent).is_some());
                }
            }
        }
    }
}

#[test]
fn an_avif_with_metadata_is_refused_and_one_without_passes() {
    let boxed = |name: &[u8; 4], data: &[u8]| {
        let length = u32::try_from(data.len() + 8).expect("because boxes of tests are short");
        [&length.to_be_bytes()[..], name, data].concat()
    };
    let entry = |kind: &[u8; 4]| boxed(b"infe", &[&[2, 0, 0, 0, 0, 1, 0, 0], kind.as_slice(), b"\0"].concat());
    let avif = |kinds: &[&[u8; 4]], turned: u8| {
        let entries: Vec<u8> = kinds.iter().flat_map(|kind| entry(kind)).collect();
        let iinf =
            boxed(b"iinf", &[&[0, 0, 0, 0, 0, u8::try_from(kinds.len()).expect("because it is short")], entries.as_slice()].concat());
        let ispe = boxed(b"ispe", &[0, 0, 0, 0, 0, 0, 0, 60, 0, 0, 0, 40]);
        let iprp = boxed(b"iprp", &boxed(b"ipco", &[ispe, boxed(b"irot", &[turned])].concat()));
        let meta = boxed(b"meta", &[&[0, 0, 0, 0], iinf.as_slice(), &iprp].concat());
        [boxed(b"ftyp", b"avif\0\0\0\0"), meta, boxed(b"mdat", b"pixels")].concat()
    };
    let size = |bytes: &[u8]| look("avif", bytes).map(|facts| (facts.width, facts.height));
    assert_eq!(size(&avif(&[b"av01"], 0)), Ok((60, 40)));
    assert_eq!(size(&avif(&[b"av01"], 1)), Ok((40, 60)));
    assert_eq!(size(&avif(&[b"av01", b"Exif"], 0)), Err(Trouble::Metadata));
    assert_eq!(size(&avif(&[b"av01", b"mime"], 0)), Err(Trouble::Metadata));
}

#[test]
fn drawings_that_could_act_or_fetch_are_refused_and_plain_ones_are_not() {
    let refused = [
        "<svg><script>1</script></svg>",
        "<svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:script>1</s:script></svg>",
        "<svg onload = \"x()\"></svg>",
        "<svg/onload=x></svg>",
        "<svg><foreignObject/></svg>",
        "<svg><image href=\"https://example.com/x.png\"/></svg>",
        "<svg><image xlink:href='//example.com/x.png'/></svg>",
        "<svg><image href=\"data:image/svg+xml;base64,AAAA\"/></svg>",
        "<svg><a href=\"&#106;avascript:x\"><path/></a></svg>",
        "<svg><use href=\"other.svg#a\"/></svg>",
        "<svg><set attributeName=\"href\" to=\"x\"/></svg>",
        "<svg><style>@import 'x.css';</style></svg>",
        "<svg><rect fill=\"url(https://example.com/#a)\"/></svg>",
        "<?xml-stylesheet href=\"x.css\"?><svg></svg>",
        "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg></svg>",
    ];
    for drawing in refused {
        assert!(matches!(look("svg", drawing.as_bytes()), Err(Trouble::Active(_))), "{drawing}: {:?}", look("svg", drawing.as_bytes()));
    }
    let utf16: Vec<u8> = "\u{feff}<svg><script/></svg>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(look("svg", &utf16).is_err());
    let plain = [
        "<svg><text font-size=\"3\">on = off</text><path d=\"M0 0\"/></svg>",
        "<?xml version=\"1.0\"?>\n<!-- <script> --><svg><use href=\"#a\"/><rect fill=\"url(#b)\" stroke='url(\"#c\")'/></svg>",
        "<svg><image href=\"data:image/png;base64,AAAA\"/></svg>",
        "<svg xmlns:xlink=\"http://www.w3.org/1999/xlink\"><title>功能分区 İ</title></svg>",
    ];
    for drawing in plain {
        assert!(look("svg", drawing.as_bytes()).is_ok(), "{drawing}: {:?}", look("svg", drawing.as_bytes()));
    }
    assert_eq!(look("svg", b"<html></html>"), Err(Trouble::NotAnImage));
}
