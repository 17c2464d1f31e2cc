//! The content types of a site: the theme's type files, their common fields, the site's patches.

use super::theme::Sources;
use crate::diagnostic::{Diagnostics, SitePath};
use crate::project::Snapshot;
use crate::schema::{Schemas, Type, common, parse, patch, verify};
use crate::source::{Node, encoding, yaml};

/// Reads all types. Mistakes of a type file are noted; the other types are still read.
pub fn read(snapshot: &Snapshot, sources: &Sources<'_>, diagnostics: &mut Diagnostics) -> Schemas {
    let mut shared = Vec::new();
    let mut types: Vec<Type> = Vec::new();
    for (name, file, bytes) in sources.under("types/") {
        let Some(node) = tree(file, bytes, diagnostics) else { continue };
        if name == "types/_common.yaml" {
            shared = parse::common_fields(file, &node, diagnostics);
        } else if let Some(of) = parse::type_file(file, &node, diagnostics) {
            types.push(of);
        }
    }
    for of in &mut types {
        common::with_common(of, &shared, diagnostics);
    }
    let mut schemas = Schemas { types };
    for (file, bytes) in
        snapshot.texts.range(SitePath::new("content/_types/")..).take_while(|(file, _)| file.as_str().starts_with("content/_types/"))
    {
        if let Some(node) = tree(file, bytes, diagnostics) {
            patch::apply(&mut schemas, &shared, file, &node, diagnostics);
        }
    }
    schemas.types.sort_by(|a, b| (a.rank, &a.name).cmp(&(b.rank, &b.name)));
    verify::all(&schemas, diagnostics);
    schemas
}

fn tree(file: &SitePath, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<Node> {
    let text = encoding::decode(file, bytes, diagnostics)?;
    yaml::parse(file, &text, 1, diagnostics)
}
