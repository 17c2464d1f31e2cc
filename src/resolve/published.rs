//! Which files of the content are published: those that public pages use, and only of kinds that are safe to serve.

use super::catalog::{Catalog, Entry, MediaOut};
use crate::diagnostic::{Diagnostics, Place, SitePath, messages};
use crate::picture::{Facts, Trouble};
use crate::project::Snapshot;
use crate::value::{Document, Fields, Target, Value};
use rayon::prelude::*;
use std::collections::BTreeMap;

const IMAGES: [&str; 7] = ["jpg", "jpeg", "png", "webp", "avif", "gif", "svg"];
const ATTACHMENTS: [&str; 22] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "dps", "ofd", "txt", "csv", "zip", "jpg", "jpeg", "png", "webp",
    "mp3", "mp4", "ics", "dwg",
];

/// A photo above this is a warning, in bytes: a telephone makes less.
const HEAVY_PHOTO: u64 = 12_000_000;
/// An image of which no small copies are made (drawings, moving images, AVIF), in bytes.
const HEAVY_WHOLE: u64 = 2_000_000;

/// The files that pages use: is it shown?
type Files = BTreeMap<SitePath, bool>;

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

/// Every file that a public page uses, and whether a page shows it. Images are looked at as a browser would look at them.
pub fn media(catalog: &Catalog, snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> BTreeMap<SitePath, MediaOut> {
    let of_entry = |mut files: Files, entry: &Entry| {
        in_fields(&entry.fields, &mut files);
        entry.body.iter().for_each(|body| in_document(body, &mut files));
        files
    };
    let both = |mut files: Files, others: Files| {
        others.into_iter().for_each(|(file, shown)| *files.entry(file).or_default() |= shown);
        files
    };
    let mut files = catalog.entries.par_iter().fold(Files::new, of_entry).reduce(Files::new, both);
    for intro in catalog.intros.values() {
        intro.body.iter().for_each(|body| in_document(body, &mut files));
    }
    // The site's own, such as its logo, stand in the frame of every page in one size.
    let mut own = Files::new();
    in_fields(&catalog.site.fields, &mut own);
    for file in own.into_keys() {
        files.entry(file).or_default();
    }
    let index = super::links::MediaIndex::new(snapshot);
    let mut found: Vec<(SitePath, MediaOut)> = files
        .into_iter()
        .filter_map(|(file, shown)| Some((file.clone(), MediaOut { path: out_path(&file), blob: index.blob(&file)?, image: None, shown })))
        .collect();
    super::each(&mut found, diagnostics, |(file, media), diagnostics| {
        if IMAGES.contains(&file.extension().as_str()) {
            media.image = image(file, media, diagnostics);
        }
    });
    found.into_iter().collect()
}

/// What an image is, if it can be published.
fn image(file: &SitePath, media: &MediaOut, diagnostics: &mut Diagnostics) -> Option<Facts> {
    let place = Place::start(file);
    let facts = match media.blob.picture(&file.extension()) {
        Ok(Ok(facts)) => facts,
        Ok(Err(trouble)) => {
            diagnostics.push(match trouble {
                Trouble::NotAnImage | Trouble::Broken => messages::picture::broken(place),
                Trouble::Ending(format) => messages::picture::ending(place, &file.extension(), format.ending()),
                Trouble::TooLarge(width, height) => messages::picture::too_large(place, *width, *height),
                Trouble::Metadata => messages::picture::metadata(place),
                Trouble::Active(what) => messages::resolve::drawing_unsafe(place, what),
            });
            return None;
        }
        Err(failure) => {
            diagnostics.push(messages::resolve::media_unreadable(place, &failure.message));
            return None;
        }
    };
    // Of a photo pages load small copies, and only who asks for it loads the whole; of the rest pages load all of it.
    let limit = if facts.scales() { HEAVY_PHOTO } else { HEAVY_WHOLE };
    if media.blob.bytes > limit && media.shown {
        diagnostics.push(messages::picture::heavy(place, media.blob.bytes, limit));
    }
    Some(facts.clone())
}

fn in_fields(fields: &Fields, files: &mut Files) {
    fields.iter().for_each(|(_, held)| in_value(&held.value, files));
}

fn in_value(value: &Value, files: &mut Files) {
    match value {
        Value::Media(media) => {
            if let Some(file) = &media.file {
                // Only what is shown has an alternative text; an attachment has a title.
                *files.entry(file.clone()).or_default() |= !media.alt.is_empty();
            }
        }
        Value::Markdown(document) => in_document(document, files),
        Value::Group(inner) => in_fields(inner, files),
        Value::List(items) => items.iter().for_each(|item| in_value(&item.value, files)),
        _ => {}
    }
}

fn in_document(document: &Document, files: &mut Files) {
    let links = document.links.iter().map(|link| (&link.target, false));
    let images = document.images.iter().map(|image| (&image.target, true));
    let blocks = document.blocks.iter().filter_map(|block| block.media.as_ref().map(|media| (&media.target, true)));
    for (target, shown) in links.chain(images).chain(blocks) {
        if let Target::File(file) = target {
            *files.entry(file.clone()).or_default() |= shown;
        }
    }
    document.blocks.iter().filter_map(|block| block.body.as_deref()).for_each(|body| in_document(body, files));
}
