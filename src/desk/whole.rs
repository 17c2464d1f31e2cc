//! A record as a whole: under a new id, taken away, or withdrawn; worked out and judged, for the command line and the
//! forms alike.

use super::remove::{self, Removal};
use super::rename::{self, Refusal, Renaming};
use super::{Edit, changed, new_errors};
use crate::diagnostic::{Diagnostic, Diagnostics, said};
use crate::plan::clashes::is_name;
use crate::project::Snapshot;
use crate::read::{self, Project};
use crate::resolve::{Options, State};
use crate::value::RecordId;

/// A record and the site around it.
pub struct Whole<'a> {
    /// The files of the site.
    pub snapshot: &'a Snapshot,
    /// What they say.
    pub project: Project,
    /// What was noted of them.
    pub diagnostics: &'a Diagnostics,
    /// How the site is understood.
    pub options: Options,
    /// The record.
    pub id: RecordId,
}

impl<'a> Whole<'a> {
    /// Reads the site; `None` where it cannot be read.
    pub fn of(snapshot: &'a Snapshot, diagnostics: &'a Diagnostics, options: Options, id: RecordId) -> Option<Whole<'a>> {
        let project = read::project(snapshot, &mut Diagnostics::new())?;
        Some(Whole { snapshot, project, diagnostics, options, id })
    }

    /// How readers see it now, and at which address; `None` where they do not.
    pub fn public(&self) -> Option<(State, String)> {
        let options = Options { drafts: false, ..self.options };
        let catalog = crate::understand(self.snapshot, options, &mut Diagnostics::new())?;
        let entry = catalog.entries.iter().find(|entry| entry.id == self.id)?;
        Some((entry.state, format!("/{}", entry.url.as_str())))
    }

    /// What a new id means; `typed` may say its type as well.
    pub fn rename(&self, typed: &str) -> Result<Renaming, Refusal> {
        let typed = typed.trim();
        let types = &self.project.schemas.types;
        let of = self.project.schemas.named(&self.id.of);
        // `type/new-id` is what people write beside `type/id`.
        let bare = |name: &str| typed.strip_prefix(name).and_then(|rest| rest.strip_prefix('/'));
        let new = of.filter(|of| !of.at_root).and_then(|of| bare(&of.name).or_else(|| bare(&of.folder))).unwrap_or(typed);
        if of.is_some_and(|of| !is_name(new, of, types)) {
            return Err(Refusal {
                message: said(format!("编号“{new}”不能作网址。"), format!("“{new}” cannot be part of an address.")),
                hint: Some(said(
                    "只用小写字母、数字和连字符，不用 con、search 一类的保留名。",
                    "Lower-case letters, digits and hyphens only, no reserved names such as con or search.",
                )),
            });
        }
        // What was never public needs no way from its old address.
        rename::plan(self.snapshot, &self.project, &self.id, new, self.public().is_some())
    }

    /// What taking it away means.
    pub fn remove(&self) -> Result<Removal, Refusal> {
        remove::plan(self.snapshot, &self.project, &self.id)
    }

    /// The edits that withdraw it.
    pub fn withdraw(&self, reason: &str) -> Result<Vec<Edit>, Refusal> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal { message: said("撤稿要写明原因。", "A withdrawal needs its reason."), hint: None });
        }
        let today = self.options.at.day_in(&self.project.site.zone).to_string();
        remove::withdraw(self.snapshot, &self.project, &self.id, reason, &today)
    }

    /// The site as it would be, and the errors that it has not now.
    pub fn judged(&self, edits: &[Edit]) -> (Snapshot, Vec<Diagnostic>) {
        judged(self.snapshot, self.diagnostics, self.options, edits)
    }
}

/// [`Whole::judged`] for edits of any kind.
pub fn judged(snapshot: &Snapshot, diagnostics: &Diagnostics, options: Options, edits: &[Edit]) -> (Snapshot, Vec<Diagnostic>) {
    let after = changed(snapshot, edits);
    let mut noted = Diagnostics::new();
    crate::understand(&after, options, &mut noted);
    let wrong = new_errors(diagnostics, &noted, edits);
    (after, wrong)
}
