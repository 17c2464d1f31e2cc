//! The style sheet: the colours of the site, then the theme's files joined in their order. And the icon.

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
