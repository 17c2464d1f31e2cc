//! The bytes of a file as text, and how a changed text becomes bytes again.

use crate::diagnostic::{Diagnostics, Said, SitePath, said};
use crate::source::encoding;

const MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// A text file.
pub struct Typed {
    /// As it lies on the disk.
    pub bytes: Vec<u8>,
    /// As it is read: UTF-8 with LF.
    pub text: String,
    /// How each line ends: CR alone is no line end of any system in use.
    ends: Vec<&'static str>,
    /// Does it begin with a byte order mark when it is written?
    marked: bool,
    /// What of it will be written otherwise.
    pub notes: Vec<Said>,
}

impl Typed {
    /// Decodes a file. `Err(None)` where it is no text, `Err(reason)` where decoding it would be a guess.
    pub fn of(path: &SitePath, bytes: &[u8]) -> Result<Typed, Option<Said>> {
        let mut noted = Diagnostics::new();
        let text = encoding::decode(path, bytes, &mut noted).ok_or(None)?;
        let foreign = noted.iter().any(|found| found.code == "encoding-not-utf8");
        // Excel reads a table as UTF-8 only behind the mark.
        let is_table = path.extension() == "csv";
        let had_mark = bytes.starts_with(MARK);
        let mut notes = Vec::new();
        let ends = if foreign {
            if is_mixed(bytes) {
                return Err(Some(said(
                    "文件里混有两种编码，自动转换会弄错字，请用编辑器改好后另存为 UTF-8。",
                    "The file mixes two encodings; converting it would be a guess. Save it as UTF-8 by hand.",
                )));
            }
            notes.push(said("编码改为 UTF-8", "encoding becomes UTF-8"));
            let crlf = bytes.windows(2).any(|pair| pair == b"\r\n")
                || bytes.windows(4).any(|four| matches!(four, [b'\r', 0, b'\n', 0] | [0, b'\r', 0, b'\n']));
            vec![if crlf { "\r\n" } else { "\n" }; text.matches('\n').count()]
        } else {
            let plain = std::str::from_utf8(bytes.strip_prefix(MARK).unwrap_or(bytes)).map_err(|_| None)?;
            let (ends, lonely) = ends_of(plain);
            if lonely > 0 {
                notes.push(said(format!("{lonely} 处换行符 CR 改为 LF"), format!("{lonely} line ends CR become LF")));
            }
            ends
        };
        if had_mark && !is_table {
            notes.push(said("去掉文件开头的 BOM 标记", "the byte order mark goes"));
        }
        Ok(Typed { bytes: bytes.to_vec(), text, ends, marked: is_table && (had_mark || foreign), notes })
    }

    /// A changed text as bytes; its lines are those of the text, one by one.
    pub fn bytes_of(&self, text: &str) -> Vec<u8> {
        let mut bytes = if self.marked { MARK.to_vec() } else { Vec::new() };
        for (at, line) in text.split_inclusive('\n').enumerate() {
            match line.strip_suffix('\n') {
                Some(line) => {
                    bytes.extend_from_slice(line.as_bytes());
                    bytes.extend_from_slice(self.ends.get(at).copied().unwrap_or("\n").as_bytes());
                }
                None => bytes.extend_from_slice(line.as_bytes()),
            }
        }
        bytes
    }
}

/// How each line shall end, and how many ended with CR alone.
fn ends_of(text: &str) -> (Vec<&'static str>, usize) {
    let (mut ends, mut lonely) = (Vec::new(), 0);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' if bytes.next_if_eq(&b'\n').is_some() => ends.push("\r\n"),
            b'\r' => {
                lonely += 1;
                ends.push("\n");
            }
            b'\n' => ends.push("\n"),
            _ => {}
        }
    }
    (ends, lonely)
}

/// Is most of what is not ASCII sound UTF-8? Then a few bytes are broken, and another encoding would read all as nonsense.
fn is_mixed(bytes: &[u8]) -> bool {
    if bytes.contains(&0) {
        return false;
    }
    let lossy = String::from_utf8_lossy(bytes);
    let sound = lossy.chars().filter(|c| ('\u{3000}'..='\u{9FFF}').contains(c) || ('\u{FF00}'..='\u{FFEF}').contains(c)).count();
    let broken = lossy.chars().filter(|c| *c == '\u{FFFD}').count();
    sound > broken
}

#[cfg(test)]
mod tests {
    use super::Typed;
    use crate::diagnostic::SitePath;

    fn round(name: &str, bytes: &[u8]) -> Vec<u8> {
        let typed = Typed::of(&SitePath::new(name), bytes).unwrap_or_else(|_| panic!("no text: {name}"));
        typed.bytes_of(&typed.text.clone())
    }

    #[test]
    fn bytes_come_back_as_utf8_and_lines_keep_their_ends() {
        assert_eq!(round("a.md", b"a\r\nb\nc\rd"), b"a\r\nb\nc\nd");
        assert_eq!(round("a.md", b"\xEF\xBB\xBFa\r\n"), b"a\r\n");
        assert_eq!(round("a.csv", b"\xEF\xBB\xBFa\r\n"), b"\xEF\xBB\xBFa\r\n");
        let gbk = encoding_rs::GBK.encode("名称：示例园区\r\n在东面。").0.into_owned();
        assert_eq!(round("a.md", &gbk), "名称：示例园区\r\n在东面。".as_bytes());
        assert_eq!(round("a.csv", &gbk), [b"\xEF\xBB\xBF".as_slice(), "名称：示例园区\r\n在东面。".as_bytes()].concat());
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("甲: 乙\r\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(round("a.yaml", &utf16), "甲: 乙\r\n".as_bytes());
    }

    #[test]
    fn a_text_in_two_encodings_is_no_matter_of_guessing() {
        let mut bytes = "名称: 示例园区在东面，共有三栋厂房。".as_bytes().to_vec();
        bytes.extend_from_slice(&encoding_rs::GBK.encode("甲乙").0);
        assert!(Typed::of(&SitePath::new("a.md"), &bytes).is_err());
    }
}
