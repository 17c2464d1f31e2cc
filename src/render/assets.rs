//! The style sheet (the colours of the site, then the theme's files joined in their order), the icon, and the scripts; all
//! without what only their authors read.

use super::minify;
use crate::resolve::Catalog;

/// One style sheet for the whole site, so that a page needs one request.
pub fn style(catalog: &Catalog) -> Vec<u8> {
    let mut css = String::from("@charset \"utf-8\";\n");
    css.push_str(&catalog.theme.palette.css());
    for style in &catalog.theme.styles {
        squeeze(&style.text, &mut css);
    }
    css.into_bytes()
}

/// The style sheet of single pages.
pub fn page_style(text: &str) -> Vec<u8> {
    let mut css = String::from("@charset \"utf-8\";\n");
    squeeze(text, &mut css);
    css.into_bytes()
}

/// Drops comments, blank lines and indentation; everything else stays as written.
fn squeeze(text: &str, css: &mut String) {
    let mut rest = text;
    let mut plain = String::with_capacity(text.len());
    while let Some(start) = rest.find("/*") {
        plain.push_str(&rest[..start]);
        rest = rest[start + 2..].split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    for line in plain.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("@charset")) {
        css.push_str(line);
        css.push('\n');
    }
}

/// A script as it is sent: minified where the site wants that and the minifier can, else without lines that are comments, blank lines and indentation. Between backticks all of these
/// may mean something, so a script with one stays as written.
pub fn script(text: &str, minified: bool) -> Vec<u8> {
    if let Some(small) = minified.then(|| minify::script(text)).flatten() {
        return small;
    }
    if text.contains('`') {
        return text.as_bytes().to_vec();
    }
    let kept = text.lines().map(str::trim).filter(|line| !line.is_empty() && (!line.starts_with("//") || line.contains("*/")));
    kept.fold(String::with_capacity(text.len()), |sent, line| sent + line + "\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::script;

    #[test]
    fn a_script_loses_its_comments_and_keeps_its_lines() {
        assert_eq!(
            script("// why\n(() => {\n  a(\"// no comment\") // stays\n\n})();\n", false),
            b"(() => {\na(\"// no comment\") // stays\n})();\n"
        );
        let written = "const text = `\n  // part of the text\n`;\n";
        assert_eq!(script(written, false), written.as_bytes());
    }
}
