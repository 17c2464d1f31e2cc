//! What the files say: typed values, links still names, places remembered.

use super::digest::Seal;
use super::ledger::Ledger;
use super::site::Site;
use super::theme::Theme;
use super::trace::Trace;
use crate::diagnostic::SitePath;
use crate::schema::Schemas;
use crate::value::{Document, Fields, Lang, RecordId};
use std::collections::BTreeMap;

/// A whole site as written.
#[derive(Debug, Clone)]
pub struct Project {
    /// `content/site.yaml`.
    pub site: Site,
    /// The content types: the theme's with the site's patches.
    pub schemas: Schemas,
    /// The theme: templates, words, styles, scripts, page definitions.
    pub theme: Theme,
    /// What the site promises to show, and where: `content/_trace.yaml`.
    pub trace: Option<Trace>,
    /// Every record in every language, in the order of their files.
    pub records: Vec<Record>,
    /// The introductions of list pages and of the home page.
    pub intros: Vec<Intro>,
    /// The sign-offs of records, by `type/id`.
    pub ledgers: BTreeMap<String, Ledger>,
}

/// One record in one language, as written.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its type and id.
    pub id: RecordId,
    /// The index of its type in the schemas.
    pub of: usize,
    /// Its language; a file without a language mark is in the site's default language.
    pub lang: Lang,
    /// The fields, private ones included.
    pub fields: Fields,
    /// The Markdown below the front matter.
    pub body: Option<Document>,
    /// The file.
    pub file: SitePath,
    /// The line on which the record begins in its file (rows of a table).
    pub line: u32,
    /// The digest of what it says in its language, but for its state.
    pub seal: Seal,
}

/// `<folder>/_index.md`: title, summary and body of a list page; with an empty folder, of the home page.
#[derive(Debug, Clone)]
pub struct Intro {
    /// The folder under `content/`; empty for the home page.
    pub folder: String,
    /// The language.
    pub lang: Lang,
    /// The heading.
    pub title: Option<String>,
    /// One sentence.
    pub summary: Option<String>,
    /// The Markdown.
    pub body: Option<Document>,
    /// The file.
    pub file: SitePath,
}
