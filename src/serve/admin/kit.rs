//! The publishing kit of a saved record, made when it is looked at: only of what may be published now.

use super::desk::Desk;
use crate::audit;
use crate::diagnostic::Diagnostics;
use crate::render::Renderer;
use crate::render::kit::Wish;
use crate::resolve::{Options, State};
use crate::value::{Lang, RecordId};

/// The policy of its pages, which say the same of themselves.
pub const CSP: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

/// The page `<language>/<type>/<id>/<file>` of a kit. `None` where the record is held back, or where anything in the
/// site is wrong: the forms show drafts, the kit does not.
pub fn page(desk: &Desk, options: Options, path: &str) -> Option<Vec<u8>> {
    // Ids may have slashes of their own.
    let (record, file) = path.rsplit_once('/')?;
    let mut parts = record.splitn(3, '/');
    let (lang, of, id) = (Lang::parse(parts.next()?)?, parts.next()?, parts.next()?);
    let wish =
        Wish { wechat: file.starts_with("wechat"), poster: file.starts_with("poster"), text: file.starts_with("text"), preview: false };
    let id = RecordId { of: desk.of(of)?.0.name.clone(), id: id.into() };
    let mut noted = Diagnostics::new();
    let catalog = crate::understand(&desk.snapshot, Options { drafts: false, ..options }, &mut noted)?;
    let ix = catalog.find(&id, lang).filter(|&ix| catalog.entries[ix].lang == lang && catalog.entries[ix].state != State::Withdrawn)?;
    if noted.has_errors() {
        return None;
    }
    let made = Renderer::new(&catalog, &mut noted)?.kit(ix, wish).ok()?;
    audit::kit(&catalog, &made.files, &mut noted);
    if noted.has_errors() {
        return None;
    }
    made.files.into_iter().find(|(name, _)| name == file).map(|(_, bytes)| bytes)
}
