//! The picture of a page's share card.
//!
//! A static site cannot tell WeChat what to show: it takes the first picture of the page that has 300 pixels a side and
//! is no drawing. So the cover comes first in every page of a record, as JPEG or PNG, and the tags for other services
//! name the same picture. Where a record has drawings only, there is no rasteriser to make one, and the tag is left out.

use super::page::{ShareImage, absolute};
use crate::diagnostic::SitePath;
use crate::plan::pictures;
use crate::resolve::{Catalog, Entry, url::encode};
use crate::schema::{Role, Show};
use crate::value::document::Part;
use crate::value::{Document, Kind, Target, Value};

/// The first picture of a record's page, in the order in which it shows them, that services can show.
pub fn image(catalog: &Catalog, entry: &Entry) -> Option<ShareImage> {
    let mut shown: Vec<(&SitePath, &str)> = Vec::new();
    in_value(catalog.role(entry, Role::Cover), &mut shown);
    entry.body.iter().for_each(|body| in_document(body, &mut shown));
    let fields = || catalog.type_of(entry).fields.iter().filter(|field| !field.shows(Show::Nowhere));
    for field in fields().filter(|field| field.kind == Kind::Markdown) {
        in_value(entry.fields.value(&field.key), &mut shown);
    }
    for field in fields().filter(|field| field.kind == Kind::Image) {
        entry.fields.all(&field.key).into_iter().for_each(|held| in_value(Some(&held.value), &mut shown));
    }
    shown.into_iter().find_map(|(file, alt)| {
        let sizes = pictures::sizes(catalog.media.get(file)?);
        let size = pictures::shared(&sizes)?;
        Some(ShareImage { url: absolute(catalog, &encode(&size.path))?, width: size.width, height: size.height, alt: alt.to_string() })
    })
}

fn in_value<'a>(value: Option<&'a Value>, shown: &mut Vec<(&'a SitePath, &'a str)>) {
    match value {
        Some(Value::Media(media)) => shown.extend(media.file.as_ref().map(|file| (file, media.alt.as_str()))),
        Some(Value::Markdown(document)) => in_document(document, shown),
        _ => {}
    }
}

fn in_document<'a>(document: &'a Document, shown: &mut Vec<(&'a SitePath, &'a str)>) {
    for part in &document.parts {
        let image = match part {
            Part::Src(ix) => document.images.get(*ix),
            Part::Block(ix) => document.blocks.get(*ix).and_then(|block| block.media.as_ref()),
            _ => None,
        };
        if let Some((Target::File(file), alt)) = image.map(|image| (&image.target, image.alt.as_str())) {
            shown.push((file, alt));
        }
    }
}
