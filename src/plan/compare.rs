//! The comparison of rows: its page, and its rows cut into parts, so that comparing four never loads all of them.

use super::list_url;
use crate::resolve::{Catalog, Entry, PageUrl, rows};
use crate::value::Lang;

/// About so many rows stand in one part.
const IN_PART: usize = 500;

/// The address of the comparison of a type's rows.
pub fn url(catalog: &Catalog, of: usize, lang: Lang) -> PageUrl {
    list_url(catalog, of, lang).child("compare")
}

/// How many parts there are.
pub fn parts(catalog: &Catalog, of: usize, lang: Lang) -> usize {
    let list = catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice);
    rows::count(list, catalog, &catalog.schemas.types[of]).div_ceil(IN_PART).max(1)
}

/// The part that holds the rows of a record. The script of the page computes the same (FNV-1a, 32 bits).
pub fn part_of(entry: &Entry, parts: usize) -> usize {
    let hash = entry.id.to_string().bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize % parts.max(1)
}

/// The script of a part.
pub fn path(catalog: &Catalog, of: usize, lang: Lang, part: usize) -> String {
    let folder = &catalog.schemas.types[of].folder;
    format!("assets/compare-{folder}-{}-{part}.{}.js", lang.code(), catalog.digest.get(..10).unwrap_or(&catalog.digest))
}
