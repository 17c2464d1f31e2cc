//! Addresses of links and images: what they may be, and what they look like.

use crate::value::Target;
use percent_encoding::percent_decode_str;

/// What an author's address is; `None` where its scheme or form is not allowed.
pub fn of(address: &str) -> Option<Target> {
    let address = address.trim();
    if address.chars().any(|c| c.is_control() || c == '\\') {
        return None;
    }
    let lower = address.to_lowercase();
    if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme)) {
        return Some(Target::Absolute(address.to_string()));
    }
    let first = lower.split(['/', '?', '#']).next().unwrap_or_default();
    // `:` may hide behind an escape: `javascript%3A`.
    if address.starts_with("//") || percent_decode_str(first).decode_utf8_lossy().contains(':') {
        return None;
    }
    let (path, anchor) = address.split_once('#').map_or((address, None), |(path, anchor)| (path, Some(decoded(anchor))));
    let path = decoded(path);
    if path.is_empty() {
        return Some(Target::Anchor(anchor.unwrap_or_default()));
    }
    let parts: Vec<&str> = path.split('/').collect();
    let record = parts.len() == 2 && parts.iter().all(|part| !part.is_empty() && !part.contains('.'));
    Some(if record { Target::Record(path, anchor) } else { Target::Relative(path, anchor) })
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
