//! Which files of the content are published: those that public pages use, and only of kinds that are safe to serve.

use super::catalog::{Catalog, MediaOut};
use crate::diagnostic::{Diagnostics, Place, SitePath, messages};
use crate::project::Snapshot;
use crate::value::{Document, Fields, Target, Value};
use std::collections::{BTreeMap, BTreeSet};

const IMAGES: [&str; 7] = ["jpg", "jpeg", "png", "webp", "avif", "gif", "svg"];
const ATTACHMENTS: [&str; 22] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "dps", "ofd", "txt", "csv", "zip", "jpg", "jpeg", "png", "webp",
    "mp3", "mp4", "ics", "dwg",
];

/// May a file of this ending be published as an image or an attachment? Anything a browser would run may not.
pub fn is_allowed(path: &SitePath, is_image: bool) -> bool {
    let ending = path.extension();
    IMAGES.contains(&ending.as_str()) || !is_image && ATTACHMENTS.contains(&ending.as_str())
}

/// The path in the output: `content/media/x.png` → `media/x.png`, `content/parks/x.png` → `media/parks/x.png`.
fn out_path(file: &SitePath) -> String {
    let inside = file.as_str().strip_prefix("content/").unwrap_or(file.as_str());
    format!("media/{}", inside.strip_prefix("media/").unwrap_or(inside))
}

/// Every file that a public page uses. Drawings are searched for scripts, because a browser would run them.
pub fn media(catalog: &Catalog, snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> BTreeMap<SitePath, MediaOut> {
    let mut files = BTreeSet::new();
    for entry in &catalog.entries {
        in_fields(&entry.fields, &mut files);
        entry.body.iter().for_each(|body| in_document(body, &mut files));
    }
    for intro in catalog.intros.values() {
        intro.body.iter().for_each(|body| in_document(body, &mut files));
    }
    in_fields(&catalog.site.fields, &mut files);
    let index = super::links::MediaIndex::new(snapshot);
    let mut published = BTreeMap::new();
    for file in files {
        let Some(blob) = index.blob(&file) else { continue };
        if file.extension() == "svg" {
            match blob.read() {
                Ok(bytes) => {
                    if let Some(what) = unsafe_drawing(&bytes) {
                        diagnostics.push(messages::resolve::drawing_unsafe(Place::start(&file), what));
                    }
                }
                Err(failure) => diagnostics.push(messages::resolve::media_unreadable(Place::start(&file), &failure.message)),
            }
        }
        let path = out_path(&file);
        published.insert(file, MediaOut { path, blob });
    }
    published
}

/// What makes a drawing unsafe, if anything: scripts, handlers, foreign content, references to other places.
fn unsafe_drawing(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let words = ["<script", "javascript:", "<foreignobject", "<iframe", "<!entity", "<handler", "data:text/html"];
    if let Some(word) = words.into_iter().find(|word| text.contains(word)) {
        return Some(word);
    }
    // An attribute that begins with "on" is a handler.
    let handler = text.match_indices("on").any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(|c| c.is_whitespace() || c == '"' || c == '\'' || c == '/');
        let name = text[at..].bytes().take_while(u8::is_ascii_alphabetic).count();
        before && name > 2 && text[at + name..].trim_start().starts_with('=')
    });
    handler.then_some("on…=")
}

fn in_fields(fields: &Fields, files: &mut BTreeSet<SitePath>) {
    fields.iter().for_each(|(_, held)| in_value(&held.value, files));
}

fn in_value(value: &Value, files: &mut BTreeSet<SitePath>) {
    match value {
        Value::Media(media) => files.extend(media.file.clone()),
        Value::Markdown(document) => in_document(document, files),
        Value::Group(inner) => in_fields(inner, files),
        Value::List(items) => items.iter().for_each(|item| in_value(&item.value, files)),
        _ => {}
    }
}

fn in_document(document: &Document, files: &mut BTreeSet<SitePath>) {
    let links = document.links.iter().map(|link| &link.target);
    let images = document.images.iter().map(|image| &image.target);
    let blocks = document.blocks.iter().filter_map(|block| block.media.as_ref().map(|media| &media.target));
    for target in links.chain(images).chain(blocks) {
        if let Target::File(file) = target {
            files.insert(file.clone());
        }
    }
    document.blocks.iter().filter_map(|block| block.body.as_deref()).for_each(|body| in_document(body, files));
}

#[cfg(test)]
mod tests {
    use super::unsafe_drawing;

    #[test]
    fn drawings_with_scripts_or_handlers_are_unsafe_and_plain_ones_are_not() {
        assert_eq!(unsafe_drawing(b"<svg><script>1</script></svg>"), Some("<script"));
        assert_eq!(unsafe_drawing(b"<svg onload = \"x()\"></svg>"), Some("on…="));
        assert_eq!(unsafe_drawing(b"<svg/onload=x></svg>"), Some("on…="));
        assert_eq!(unsafe_drawing(b"<svg><text font-size=\"3\">on = off</text><path d=\"M0 0\"/></svg>"), None);
    }
}
