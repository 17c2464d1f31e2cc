//! Document numbers that reading has named, written as they should be.

use crate::diagnostic::{Diagnostic, SitePath};
use crate::value::doc_no;

/// What reading says of them: of a field that is a document number, and of one in other texts.
pub const CODES: [&str; 2] = ["doc-no-form", "doc-no-slip"];

/// The text with the numbers written right; `None` where nothing can be done.
pub fn mend(path: &SitePath, text: &str, told: &[&Diagnostic]) -> Option<String> {
    let mut lines: Vec<String> = text.split('\n').map(str::to_string).collect();
    for found in told {
        let place = found.place.as_ref()?;
        let Some(line) = lines.get_mut((place.line as usize).saturating_sub(1)) else { continue };
        // In a table, a place counts cells.
        if found.code == CODES[0] && path.extension() != "csv" {
            let column = (place.column as usize).saturating_sub(1);
            let Some(at) = line.char_indices().nth(column).map(|(at, _)| at) else { continue };
            let at = at + usize::from(line[at..].starts_with(['"', '\'']));
            if let Some(found) = doc_no::read(&line[at..]) {
                line.replace_range(at..at + found.length, &found.corrected);
            }
        } else {
            *line = lens(line);
        }
    }
    let mended = lines.join("\n");
    (mended != text).then_some(mended)
}

/// A text with every document number written right.
pub fn lens(text: &str) -> String {
    if !text.contains('号') {
        return text.to_string();
    }
    let mend = |line: &str| {
        let mut line = line.to_string();
        // From the end, so that the places before stay right.
        for (at, found) in doc_no::slips(&line.clone()).into_iter().rev() {
            line.replace_range(at..at + found.length, &found.corrected);
        }
        line
    };
    text.split('\n').map(mend).collect::<Vec<_>>().join("\n")
}
