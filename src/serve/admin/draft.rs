//! A site with one file changed, in memory only: what is wrong with it, and how its pages look.

use crate::diagnostic::Diagnostics;
use crate::project::Snapshot;
use crate::serve::state::{Preview, State};
use crate::value::{Lang, RecordId};

/// What came of it.
pub struct Tried {
    /// What is wrong, in the whole site.
    pub diagnostics: Diagnostics,
    /// Its pages, as far as there are any.
    pub preview: Option<Preview>,
}

/// Reads a changed site. With `pages` they are made even where something is wrong: who is writing wants to see the rest.
pub fn try_out(state: &State, snapshot: &Snapshot, pages: bool) -> Tried {
    let mut diagnostics = Diagnostics::new();
    let catalog = crate::understand(snapshot, state.config.options(), &mut diagnostics);
    let preview = catalog.filter(|_| pages).and_then(|catalog| state.preview(catalog, &mut Diagnostics::new()));
    Tried { diagnostics, preview }
}

impl Tried {
    /// The path of a record's page, where it has one.
    pub fn page(&self, id: &RecordId, lang: Lang) -> Option<String> {
        let catalog = self.preview.as_ref()?.renderer.catalog();
        let found = catalog.find(id, lang).or_else(|| catalog.find(id, catalog.site.default_lang()))?;
        Some(catalog.entries[found].url.link(false))
    }
}
