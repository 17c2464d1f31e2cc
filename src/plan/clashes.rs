//! No two items of a site may want the same path, and every path must be possible on every system.

use super::{Job, Planned};
use crate::diagnostic::{Diagnostics, Place, messages};
use crate::read::is_id;
use crate::resolve::{Catalog, fold, is_reserved};
use crate::schema::Type;
use crate::source::lookup::Lookup;

/// Notes items that want the path of another one (case and Unicode form do not tell them apart), a path that is a folder
/// for another one, and paths that some system cannot hold. `false` if there are any.
pub fn check(catalog: &Catalog, plan: &[Planned], diagnostics: &mut Diagnostics) -> bool {
    let before = diagnostics.errors();
    let folded: Vec<String> = plan.iter().map(|planned| fold(&planned.path)).collect();
    let mut taken: Lookup<&str, &Planned> = Lookup::with_capacity_and_hasher(plan.len(), Default::default());
    for (planned, path) in plan.iter().zip(&folded) {
        if !is_possible(&planned.path) {
            let place = place(catalog, planned).unwrap_or_else(|| Place::start(&catalog.site.file));
            diagnostics.push(messages::resolve::path_impossible(place, &planned.path));
        }
        if let Some(first) = taken.insert(path, planned) {
            clash(catalog, first, planned, diagnostics);
        }
    }
    for (planned, path) in plan.iter().zip(&folded) {
        let above = path.match_indices('/').find_map(|(at, _)| taken.get(&path[..at]));
        if let Some(file) = above {
            clash(catalog, file, planned, diagnostics);
        }
    }
    for (nth, beside) in catalog.site.beside.iter().enumerate() {
        let (own, below) = (fold(&beside.at), format!("{}/", fold(&beside.at)));
        let item = folded.iter().position(|path| *path == own || path.starts_with(&below));
        let twin = catalog.site.beside[..nth].iter().find(|other| fold(&other.at) == own);
        let other = item.and_then(|ix| place(catalog, &plan[ix])).or_else(|| twin.map(|twin| twin.place.clone()));
        if item.is_some() || twin.is_some() {
            diagnostics.push(messages::resolve::address_taken(beside.place.clone(), &below, other));
        }
    }
    diagnostics.errors() == before
}

fn clash(catalog: &Catalog, first: &Planned, second: &Planned, diagnostics: &mut Diagnostics) {
    let path = second.path.trim_end_matches("index.html");
    // What the site makes by itself has no file that could be renamed: the other one is to blame.
    let (at, other) = match (place(catalog, first), place(catalog, second)) {
        (first, Some(second)) => (second, first),
        (Some(first), None) => (first, None),
        (None, None) => (Place::start(&catalog.site.file), None),
    };
    diagnostics.push(messages::resolve::address_taken(at, path, other));
}

/// Where an item comes from, if it comes from a file of the content.
fn place(catalog: &Catalog, planned: &Planned) -> Option<Place> {
    let file = match &planned.job {
        Job::Record(ix) | Job::Sheet(ix) => &catalog.entries[*ix].file,
        Job::Redirect(ix) => &catalog.entries[catalog.redirects[*ix].to].file,
        Job::Media(file) | Job::Picture { file, .. } => file,
        _ => return None,
    };
    Some(Place::start(file))
}

/// May a new record of a type be called this: spelt like an id, possible as a file, and no address of the site's own?
pub fn is_name(id: &str, of: &Type, types: &[Type]) -> bool {
    is_id(id, of) && is_possible(id) && !is_reserved(id, of, types)
}

/// Can every system hold a file of this path, and does it stay below the site?
pub fn is_possible(path: &str) -> bool {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    path.split('/').all(|part| {
        let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let port = stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem.ends_with(|c: char| c.is_ascii_digit());
        !part.is_empty()
            && part != "."
            && part != ".."
            && !part.ends_with(['.', ' '])
            && !DEVICES.contains(&stem.as_str())
            && !port
            && part.len() <= 240
            && !part.chars().any(|c| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{FFFD}'))
    })
}
