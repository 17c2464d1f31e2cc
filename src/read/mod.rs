//! READ: [`Snapshot`] → [`Project`]. What the files say, with every mistake of every file in one pass.
//!
//! In: bytes. Out: typed records with their places; links are still names. Never: looks at the clock, at other
//! records, or at the disk.

pub mod boards;
pub mod chart;
pub mod digest;
pub mod keys;
pub mod ledger;
pub mod markdown;
pub mod palette;
pub mod site;
pub mod theme;
pub mod trace;

pub mod check;
mod components;
mod files;
mod guard;
mod model;
mod named;
mod needs;
mod profile;
mod record;
mod search;
mod theme_pages;
mod theme_settings;
mod types;

pub use boards::{Column, Timeline};
pub use files::{is_id, nest};
pub use model::{Intro, Project, Record};
pub use named::Named;
pub use palette::Palette;
pub use profile::Profile;
pub use record::is_private_key;
pub use search::SearchWords;
pub use site::{Beside, Site};
pub use theme::{ChartQuery, Component, Example, Join, KIT, NeedsPart, PageDef, Selection, Theme, ThemeText};
pub use theme_settings::MapApp;
pub use trace::{Clause, Trace};

use crate::diagnostic::Diagnostics;
use crate::project::Snapshot;
use crate::value::Lang;
use keys::KeyTable;
use rayon::prelude::*;

/// Reads a whole site. `None` only where nothing can be read at all: no usable `site.yaml`, theme or type.
pub fn project(snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Option<Project> {
    let site = site::read(snapshot, diagnostics)?;
    let sources = theme::Sources::of(snapshot, &site, diagnostics)?;
    let mut schemas = types::read(snapshot, &sources, diagnostics);
    profile::demand(&site, &mut schemas, diagnostics);
    let mut theme = theme::read(&sources, &site, diagnostics);
    theme.needs = needs::read(&sources, &schemas, diagnostics);
    let tables: Vec<KeyTable> = schemas.types.iter().map(|of| KeyTable::new(&of.fields)).collect();
    let guards = guard::Guards::new(&sources, &site, &schemas, diagnostics);
    let reading = files::Reading { site: &site, schemas: &schemas, tables: &tables, guards: &guards };
    site::guard(snapshot, &site, &guards, diagnostics);
    let ledgers = ledger::read(snapshot, diagnostics);
    let found = files::sort(snapshot, &reading, diagnostics);
    let parts: Vec<files::Read> = found.par_iter().map(|file| files::read(file, &reading)).collect();
    guards.finish(diagnostics);
    let trace = trace::read(snapshot, diagnostics);
    let mut project =
        Project { site: site.clone(), schemas: schemas.clone(), theme, trace, records: Vec::new(), intros: Vec::new(), ledgers };
    for part in parts {
        diagnostics.append(part.diagnostics);
        project.records.extend(part.records);
        project.intros.extend(part.intro);
    }
    needs::criteria(&mut project, diagnostics);
    Some(project)
}

/// The languages of a site may be marked in file names; this splits `name.en` into name and language.
pub(crate) fn split_language(stem: &str) -> (&str, Option<Lang>) {
    match stem.rsplit_once('.') {
        Some((name, code)) => match Lang::parse(code) {
            Some(lang) => (name, Some(lang)),
            None => (stem, None),
        },
        None => (stem, None),
    }
}
