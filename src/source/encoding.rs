//! Decodes the bytes of a text file: UTF-8 with or without BOM, UTF-16, GBK/GB18030; never guesses into U+FFFD.

use super::seek;
use crate::diagnostic::{Diagnostics, Place, SitePath, messages};
use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The largest text file that is read, in bytes. A larger one is a mistake, not a text.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// The text of a file, or `None` after an error was noted (a NUL byte, bytes that no encoding explains).
///
/// CRLF and CR become LF. A file that is not UTF-8 is decoded and a warning advises to save it as UTF-8.
pub fn decode(file: &SitePath, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<String> {
    if bytes.len() > LARGEST {
        diagnostics.push(messages::source::file_too_large(file, bytes.len(), LARGEST));
        return None;
    }
    let (text, encoding) = match text(bytes) {
        Ok(found) => found,
        Err(offset) => {
            diagnostics.push(messages::source::encoding_unknown(place(file, &bytes[..offset])));
            return None;
        }
    };
    if let Some(name) = encoding {
        diagnostics.push(messages::source::encoding_not_utf8(file, name));
    }
    if let Some(at) = seek::byte(0, text.as_bytes()) {
        diagnostics.push(messages::source::nul_byte(place(file, &text.as_bytes()[..at])));
        return None;
    }
    if let Some(at) = seek::piece("\u{FFFD}".as_bytes(), text.as_bytes()) {
        diagnostics.push(messages::source::replacement_character(place(file, &text.as_bytes()[..at])));
        return None;
    }
    Some(if seek::byte(b'\r', text.as_bytes()).is_some() { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

/// A text with its byte order mark and line ends, and the encoding in which it was typed.
pub struct Typed {
    /// The text; a mark at its beginning is U+FEFF.
    pub text: String,
    encoding: Option<&'static str>,
    is_little: bool,
}

impl Typed {
    /// From bytes; `None` where [`decode`] would note an error.
    pub fn of(bytes: &[u8]) -> Option<Typed> {
        let mut noted = Diagnostics::new();
        decode(&SitePath::new(""), bytes, &mut noted).filter(|_| !noted.has_errors())?;
        let (text, encoding) = text(bytes).ok()?;
        let marked = [&[0xEF, 0xBB, 0xBF][..], &[0xFF, 0xFE], &[0xFE, 0xFF]].iter().any(|mark| bytes.starts_with(mark));
        let is_little = bytes.starts_with(&[0xFF, 0xFE]) || !marked && bytes.get(1) == Some(&0);
        Some(Typed { text: if marked { format!("\u{FEFF}{text}") } else { text }, encoding, is_little })
    }
    /// The bytes of a changed text, in the same encoding.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        match self.encoding {
            Some("UTF-16") if self.is_little => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Some("UTF-16") => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Some(_) => GB18030.encode(text).0.into_owned(),
            None => text.as_bytes().to_vec(),
        }
    }
}

/// The text and the name of its encoding where that is not UTF-8; else the offset of the first bad byte.
fn text(bytes: &[u8]) -> Result<(String, Option<&'static str>), usize> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => return utf8(rest).map(|text| (text, None)).map_err(|at| at + 3),
        [0xFF, 0xFE, rest @ ..] => return strict(UTF_16LE, rest).map(|text| (text, Some("UTF-16"))).ok_or(2),
        [0xFE, 0xFF, rest @ ..] => return strict(UTF_16BE, rest).map(|text| (text, Some("UTF-16"))).ok_or(2),
        _ => {}
    }
    // UTF-16 without a mark: every second byte of the ASCII letters that YAML cannot do without is zero.
    let (even, odd) = bytes
        .iter()
        .take(400)
        .enumerate()
        .filter(|(_, byte)| **byte == 0)
        .fold((0, 0), |(even, odd), (at, _)| if at % 2 == 0 { (even + 1, odd) } else { (even, odd + 1) });
    if bytes.len() >= 8 && (even > bytes.len().min(400) / 8) != (odd > bytes.len().min(400) / 8) {
        let encoding = if odd > even { UTF_16LE } else { UTF_16BE };
        if let Some(text) = strict(encoding, bytes) {
            return Ok((text, Some("UTF-16")));
        }
    }
    match utf8(bytes) {
        Ok(text) => Ok((text, None)),
        // A NUL never occurs in GBK text: leave it to the message about NUL bytes.
        Err(at) => strict(GB18030, bytes).map(|text| (text, Some("GB18030"))).ok_or(at),
    }
}

/// The standard library says where the first bad byte stands, but takes its time over Chinese.
fn utf8(bytes: &[u8]) -> Result<String, usize> {
    strict(UTF_8, bytes).map_or_else(|| std::str::from_utf8(bytes).map(str::to_string).map_err(|error| error.valid_up_to()), Ok)
}

fn strict(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

/// The place right after some bytes.
fn place(file: &SitePath, before: &[u8]) -> Place {
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    Place::new(file, u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::diagnostic::{Diagnostics, SitePath};

    fn codes(bytes: &[u8]) -> (Option<String>, Vec<&'static str>) {
        let mut noted = Diagnostics::new();
        let text = decode(&SitePath::new("content/a.md"), bytes, &mut noted);
        (text, noted.iter().map(|d| d.code).collect())
    }

    #[test]
    fn every_encoding_of_an_office_is_decoded_and_named() {
        assert_eq!(codes("名称: 甲\r\n".as_bytes()), (Some("名称: 甲\n".into()), vec![]));
        assert_eq!(codes(b"\xEF\xBB\xBFa: b"), (Some("a: b".into()), vec![]));
        let gbk = encoding_rs::GBK.encode("名称: 示例园区").0.into_owned();
        assert_eq!(codes(&gbk), (Some("名称: 示例园区".into()), vec!["encoding-not-utf8"]));
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("title: 甲".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(codes(&utf16), (Some("title: 甲".into()), vec!["encoding-not-utf8"]));
        let bare: Vec<u8> = "title: park\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(codes(&bare).1, vec!["encoding-not-utf8"]);
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_place() {
        assert_eq!(codes(b"a: b\n\0").1, vec!["nul-byte"]);
        assert_eq!(codes(b"a: \xFF\xFF\xFF").1, vec!["encoding-unknown"]);
        assert_eq!(codes("a: \u{FFFD}".as_bytes()).1, vec!["replacement-character"]);
        assert_eq!(codes(&vec![b'a'; super::LARGEST + 1]).1, vec!["file-too-large"]);
    }
}
