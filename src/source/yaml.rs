//! YAML through one spanned tree. The only module that knows the YAML crate.

use super::Node;
use crate::diagnostic::{Diagnostics, SitePath};

/// Parses one YAML text. `first_line` is the line of the file on which `text` begins (front matter begins later).
///
/// `None` after an error was noted. An empty text is an empty mapping.
pub fn parse(file: &SitePath, text: &str, first_line: u32, diagnostics: &mut Diagnostics) -> Option<Node> {
    let _ = (file, text, first_line, diagnostics);
    None
}
