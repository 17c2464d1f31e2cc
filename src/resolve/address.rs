//! Addresses: of records, of old addresses, and no two alike, not even by case or Unicode form.

use super::catalog::{Entry, Redirect};
use super::url::PageUrl;
use crate::diagnostic::{Diagnostics, Place, messages};
use crate::read::Site;
use crate::schema::{Role, Schemas, Type};
use crate::source::lookup::Lookup;
use crate::value::{Lang, RecordId, Value};
use rayon::prelude::*;
use std::collections::hash_map::Entry as MapEntry;
use unicode_normalization::UnicodeNormalization;

/// The names below the root that the site itself needs, in every language.
const RESERVED: [&str; 8] = ["search", "tags", "sitemap", "assets", "media", "data", "feeds", "404"];

/// The address of a record.
pub fn of_record(schema: &Type, id: &RecordId, lang: Lang, site: &Site) -> PageUrl {
    let path = if schema.at_root { id.id.to_string() } else { format!("{}/{}", schema.folder, id.id) };
    PageUrl::new(lang, site.default_lang(), &path)
}

/// Would a record of this id have an address that the site itself needs?
pub fn is_reserved(id: &str, of: &Type, types: &[Type]) -> bool {
    of.at_root && (RESERVED.contains(&id) || types.iter().any(|other| !other.at_root && other.folder == id))
}

/// One spelling for paths that some systems cannot tell apart.
pub fn fold(path: &str) -> String {
    if path.is_ascii() { path.to_ascii_lowercase() } else { path.nfc().collect::<String>().to_lowercase() }
}

fn folded(url: &PageUrl) -> String {
    fold(url.as_str())
}

/// Notes collisions between records, reserved names and old addresses; gives the redirects that are sound.
pub fn check(entries: &[Entry], schemas: &Schemas, site: &Site, diagnostics: &mut Diagnostics) -> Vec<Redirect> {
    let default = site.default_lang();
    let mut taken: Lookup<String, Option<Place>> = Lookup::default();
    for &lang in &site.languages {
        let page = |path: &str| folded(&PageUrl::new(lang, default, path));
        taken.insert(page(""), None);
        taken.extend(RESERVED.iter().map(|name| (page(name), None)));
        taken.extend(schemas.types.iter().filter(|of| !of.at_root).map(|of| (page(&of.folder), None)));
    }
    let folds: Vec<String> = entries.par_iter().map(|entry| folded(&entry.url)).collect();
    for (entry, fold) in entries.iter().zip(folds) {
        let place = Place::start(&entry.file);
        match taken.entry(fold) {
            MapEntry::Occupied(first) => {
                diagnostics.push(messages::resolve::address_taken(place, entry.url.as_str(), first.get().clone()));
            }
            MapEntry::Vacant(free) => {
                free.insert(Some(place));
            }
        }
    }
    let mut redirects = Vec::new();
    for (ix, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.lang == default) {
        let Some(field) = schemas.types[entry.of].with_role(Role::Redirects) else { continue };
        for held in entry.fields.all(&field.key) {
            let Value::Text(path) = &held.value else { continue };
            let place = held.spot.at(&entry.file).in_field(&*field.key);
            // An address copied from a browser is encoded; the file that answers it is not.
            let decoded = percent_encoding::percent_decode_str(path.trim()).decode_utf8().unwrap_or_default();
            let plain = decoded.strip_suffix("/index.html").map_or(&*decoded, |folder| if folder.is_empty() { "/" } else { folder });
            if !is_path(plain) {
                diagnostics.push(messages::resolve::redirect_path(place, path));
                continue;
            }
            let from = PageUrl::raw(plain);
            match taken.get(&folded(&from)) {
                Some(first) => diagnostics.push(messages::resolve::redirect_taken(place, path, first.clone())),
                None => {
                    taken.insert(folded(&from), Some(place));
                    redirects.push(Redirect { from, to: ix });
                }
            }
        }
    }
    redirects
}

/// An old address is a path of this site: `/cp/123/`, nothing that could lead elsewhere.
fn is_path(path: &str) -> bool {
    let parts = path.trim_matches('/').split('/');
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.chars().any(|c| c.is_control() || matches!(c, '\\' | '?' | '#' | ':' | '*' | '"' | '<' | '>' | '|'))
        && parts.clone().all(|part| !part.is_empty() && part != "." && part != "..")
}
