//! Looks into files that are published as they are: plain bytes, ZIP (and with it DOCX, XLSX, PPTX, OFD), the streams of
//! PDF.

use crate::diagnostic::{Said, said};
use crate::render::approval::escape;
use crate::source::archive::{self, Reach, Snag};
use crate::source::seek::{self, Seeker};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// So much of one packed file is unpacked, in bytes: what swells more was made to harm.
const LARGEST: usize = 16_000_000;
/// So many parts of a file are looked into.
const MOST: usize = 2_000;

/// The texts that no output may hold, in every spelling that an output may give them.
pub struct Secrets {
    seeker: Seeker,
    count: usize,
}

/// In how many spellings each text is sought.
const SPELLINGS: usize = 5;

impl Secrets {
    /// Prepares texts.
    pub fn new(texts: &[String]) -> Secrets {
        let pieces: Vec<Vec<u8>> = texts.iter().flat_map(|text| spellings(text)).collect();
        Secrets { seeker: Seeker::all(&pieces), count: texts.len() }
    }
    /// Which of them stand in some bytes as they are.
    pub fn plain(&self, bytes: &[u8]) -> Vec<usize> {
        let mut which: Vec<usize> = self.seeker.which(bytes).into_iter().map(|piece| piece / SPELLINGS).collect();
        which.dedup();
        which
    }
    /// Which of them stand in a file, packed parts included; and could all of it be looked into?
    pub fn deep(&self, bytes: &[u8]) -> (Vec<usize>, Sight) {
        if self.count == 0 {
            return (Vec::new(), Sight::Whole);
        }
        let mut which = self.plain(bytes);
        let mut look = |piece: &[u8]| which.extend(self.plain(piece));
        let sight = match bytes {
            [b'P', b'K', 3, 4, ..] => zip(bytes, &mut look),
            [b'%', b'P', b'D', b'F', ..] => pdf(bytes, &mut look),
            [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xBC, 0xAF, ..] => Sight::Foreign,
            _ => Sight::Whole,
        };
        which.sort_unstable();
        which.dedup();
        (which, sight)
    }
}

/// How far a file could be looked into.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sight {
    /// As far as its form allows.
    #[default]
    Whole,
    /// It is encrypted.
    Locked,
    /// It is packed in a way that is not read here.
    Foreign,
    /// It, or a part of it, is too large or has too many parts.
    Large,
}

impl Sight {
    /// Why not all of it could be seen.
    pub fn said(self) -> Option<Said> {
        match self {
            Sight::Whole => None,
            Sight::Locked => Some(said("加了密", "it is encrypted")),
            Sight::Foreign => Some(said("打包方式不认识", "it is packed in an unknown way")),
            Sight::Large => Some(said("太大或部件太多", "it is too large or has too many parts")),
        }
    }
}

/// As it is, escaped in HTML, in an address, in the two orders of UTF-16.
fn spellings(text: &str) -> [Vec<u8>; SPELLINGS] {
    let escaped = escape(text);
    [
        text.as_bytes().to_vec(),
        if escaped == text { Vec::new() } else { escaped.into_bytes() },
        utf8_percent_encode(text, NON_ALPHANUMERIC).to_string().into_bytes(),
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ]
}

/// Every part that the directory at the end of the archive names. Text of a document may be torn by tags: it is sought
/// in the bare text too.
fn zip(bytes: &[u8], look: &mut impl FnMut(&[u8])) -> Sight {
    let (parts, reach) = archive::parts(bytes, MOST);
    let mut sight = match reach {
        Reach::Whole | Reach::Torn => Sight::Whole,
        Reach::Broken => Sight::Foreign,
        Reach::Many => Sight::Large,
    };
    for part in parts {
        match part.unpack(LARGEST) {
            _ if part.is_locked => sight = Sight::Locked,
            Ok(whole) => {
                look(&whole);
                look(&bare(&whole));
            }
            Err(Snag::Large) => sight = Sight::Large,
            Err(Snag::Torn | Snag::Foreign) => sight = Sight::Foreign,
        }
    }
    sight
}

/// The text between the tags of XML; nothing for anything else.
fn bare(bytes: &[u8]) -> Vec<u8> {
    if !bytes.trim_ascii_start().starts_with(b"<") {
        return Vec::new();
    }
    let mut inside = false;
    let keep = |byte: &&u8| {
        match **byte {
            b'<' => inside = true,
            b'>' => {
                inside = false;
                return false;
            }
            _ => {}
        }
        !inside
    };
    bytes.iter().filter(keep).copied().collect()
}

/// Every stream that is packed as nearly all are. Letters drawn by their number in a font cannot be read this way.
fn pdf(bytes: &[u8], look: &mut impl FnMut(&[u8])) -> Sight {
    let sight = if seek::piece(b"/Encrypt", bytes).is_some() { Sight::Locked } else { Sight::Whole };
    let mut at = 0;
    for _ in 0..MOST {
        let Some(start) = seek::piece(b"stream", &bytes[at..]).map(|found| at + found + 6) else { return sight };
        let data = bytes.get(start..).unwrap_or_default();
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data);
        let length = seek::piece(b"endstream", data).unwrap_or(data.len());
        if let Some(whole) = archive::inflate_zlib(&data[..length], LARGEST) {
            look(&whole);
        }
        at = start + length;
    }
    Sight::Large
}

#[cfg(test)]
mod tests {
    use super::{Secrets, Sight};
    use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

    /// An archive of one part.
    fn archive(name: &str, content: &[u8], method: u16) -> Vec<u8> {
        let packed = if method == 8 { compress_to_vec(content, 6) } else { content.to_vec() };
        let size = u32::try_from(packed.len()).expect("a small part").to_le_bytes();
        let whole = u32::try_from(content.len()).expect("a small part").to_le_bytes();
        let named = u16::try_from(name.len()).expect("a short name").to_le_bytes();
        let mut out =
            [&b"PK\x03\x04\x14\0\0\0"[..], &method.to_le_bytes(), &[0; 8], &size, &whole, &named, &[0, 0], name.as_bytes(), &packed]
                .concat();
        let directory = u32::try_from(out.len()).expect("a small archive").to_le_bytes();
        let entry =
            [&b"PK\x01\x02\x14\0\x14\0\0\0"[..], &method.to_le_bytes(), &[0; 8], &size, &whole, &named, &[0; 12], &[0; 4], name.as_bytes()]
                .concat();
        let length = u32::try_from(entry.len()).expect("a small entry").to_le_bytes();
        out.extend([&entry[..], &b"PK\x05\x06\0\0\0\0\x01\0\x01\0"[..], &length, &directory, &[0, 0]].concat());
        out
    }

    #[test]
    fn secrets_are_found_in_what_is_packed() {
        let secrets = Secrets::new(&["别的秘密文字在此".to_string(), "内部底价每月八元".to_string()]);
        let search = |bytes: &[u8]| secrets.deep(bytes).0;
        let one = vec![1];
        let xml = "<?xml version=\"1.0\"?><w:p><w:t>内部底价</w:t><w:t>每月八元</w:t></w:p>";
        assert_eq!(search(&archive("word/document.xml", xml.as_bytes(), 8)), one, "torn by tags");
        assert_eq!(search(&archive("a.txt", "x内部底价每月八元x".as_bytes(), 0)), one);
        let pdf = [
            &b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode>>stream\r\n"[..],
            &compress_to_vec_zlib("（内部底价每月八元）".as_bytes(), 6),
            b"\nendstream endobj",
        ]
        .concat();
        assert_eq!(search(&pdf), one);
        let wide: Vec<u8> = "内部底价每月八元".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(search(&wide), one, "a text of Windows");
        assert!(search(&archive("a.txt", "没有什么".as_bytes(), 8)).is_empty());
        // Cut and lying archives end the search, never the program.
        let whole = archive("a.txt", "内部底价每月八元".as_bytes(), 8);
        for end in 0..whole.len() {
            search(&whole[..end]);
        }
    }

    #[test]
    fn what_cannot_be_looked_into_is_told() {
        let secrets = Secrets::new(&["内部底价每月八元".to_string()]);
        let sight = |bytes: &[u8]| secrets.deep(bytes).1;
        let mut locked = archive("a.txt", b"x", 8);
        assert_eq!(sight(&locked), Sight::Whole);
        let entry = locked.windows(4).position(|window| window == b"PK\x01\x02").expect("a directory");
        locked[entry + 8] |= 1;
        assert_eq!(sight(&locked), Sight::Locked);
        assert_eq!(sight(b"%PDF-1.7\ntrailer<</Encrypt 5 0 R>>"), Sight::Locked);
        assert_eq!(sight(&archive("a.txt", b"x", 14)), Sight::Foreign);
        assert_eq!(sight(&[&b"Rar!\x1a\x07"[..], &[0; 20]].concat()), Sight::Foreign);
        assert_eq!(sight(&archive("a.txt", &vec![0; super::LARGEST + 1], 8)), Sight::Large);
    }
}
