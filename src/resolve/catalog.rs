//! What the site means: linked both ways, addressed, ordered, dated. It never changes again.

use super::identity::Identity;
use super::review::Reviews;
use super::standing::Change;
use super::url::PageUrl;
use crate::diagnostic::SitePath;
use crate::picture;
use crate::project::Blob;
use crate::read::{Intro, Site, Theme, Trace};
use crate::schema::{Role, Schemas, Type};
use crate::source::lookup::Lookup;
use crate::value::{Document, Fields, Instant, Lang, Moment, RecordId, Value, number, time};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The index of an entry in [`Catalog::entries`].
pub type EntryIx = usize;

/// The whole public site at one instant. Withheld records and private fields are not in it.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// The settings.
    pub site: Site,
    /// The types.
    pub schemas: Schemas,
    /// The theme.
    pub theme: Theme,
    /// What the site promises to show, and where.
    pub trace: Option<Trace>,
    /// The instant of the build.
    pub at: Instant,
    /// Every public record in every language it exists in.
    pub entries: Vec<Entry>,
    /// By type and language: the entries of the list page, in its order. Withdrawn ones are not in it.
    pub lists: BTreeMap<(usize, Lang), Vec<EntryIx>>,
    /// The keywords of each language with their entries, most used first.
    pub terms: BTreeMap<Lang, Vec<Term>>,
    /// Which keyword of its language a word is, by [`Term::key`].
    pub by_word: Lookup<(Lang, String), usize>,
    /// The newest entries of the types with a feed, of one type or of all together.
    pub feeds: BTreeMap<(Option<usize>, Lang), Vec<EntryIx>>,
    /// Old addresses.
    pub redirects: Vec<Redirect>,
    /// Introductions by folder and language; the home page's folder is empty.
    pub intros: BTreeMap<(String, Lang), Intro>,
    /// The records that describe columns, by the folder of the column.
    pub columns: BTreeMap<String, RecordId>,
    /// The images and attachments that public pages use, by their file.
    pub media: BTreeMap<SitePath, MediaOut>,
    /// The logo and the icon.
    pub identity: Identity,
    /// Records that are not public, for `list` and for the clerk; nothing of them may reach an output.
    pub held: Vec<HeldBack>,
    /// The sign-offs of records.
    pub reviews: Reviews,
    /// Texts of private fields and titles of withheld records: the audit seeks them in every output.
    pub secrets: Vec<String>,
    /// The next instant at which the site would change by itself.
    pub next_change: Option<Instant>,
    /// What happens then, and to which record; for the clerk, it may be one that is not public yet.
    pub next: Option<(Change, RecordId)>,
    /// Digest of everything that went in, hexadecimal.
    pub digest: String,
    /// Absolute links end in `index.html` (`--portable`).
    pub portable: bool,
    /// Drafts are shown (`serve --drafts`, `build --drafts`).
    pub drafts: bool,
    /// What companions publish below this site: paths that links may lead to.
    pub beside: BTreeSet<String>,
    /// Is the site published below another one, which has the page for what is missing and speaks to robots?
    pub is_companion: bool,
    /// Records in every language by id: `of/id` → entries.
    pub by_id: Lookup<RecordId, Vec<EntryIx>>,
}

/// One public record in one language.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Type and id.
    pub id: RecordId,
    /// The index of the type in the schemas.
    pub of: usize,
    /// The language.
    pub lang: Lang,
    /// The file, for messages only; it never reaches an output.
    pub file: SitePath,
    /// The line of the file on which it begins, for messages only.
    pub line: u32,
    /// The address.
    pub url: PageUrl,
    /// The title.
    pub title: String,
    /// One or two sentences: the field with the role, or the beginning of the body.
    pub summary: String,
    /// The public fields: inherited and computed ones included, links resolved.
    pub fields: Fields,
    /// The body.
    pub body: Option<Document>,
    /// How it stands with publication.
    pub state: State,
    /// The next change that comes by itself.
    pub changes: Option<Change>,
    /// The records that point here, by the name of the back link in the order of the schemas.
    pub backs: Vec<(String, Vec<EntryIx>)>,
    /// The neighbours in the list, for dated types: (newer, older).
    pub neighbours: (Option<EntryIx>, Option<EntryIx>),
    /// The same record in other languages.
    pub others: Vec<(Lang, EntryIx)>,
    /// Is it sample data? Then it carries a badge.
    pub sample: bool,
}

/// How a public record stands with publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the words are those of the field `state`")]
pub enum State {
    Published,
    /// Published with at least one correction.
    Corrected,
    /// Past its date of validity: shown with a banner.
    Expired,
    Archived,
    /// Only a tombstone with the reason is shown.
    Withdrawn,
    /// Not public; shown because drafts were asked for.
    Draft,
    /// Not public yet; shown because drafts were asked for.
    Scheduled,
}

impl State {
    /// Does it still hold? What has expired or was archived stays findable, but is no news and no recommendation.
    pub fn is_current(self) -> bool {
        !matches!(self, State::Expired | State::Archived | State::Withdrawn)
    }
    /// Its word: that of the field `state`, or of what is derived.
    pub fn word(self) -> &'static str {
        match self {
            State::Published => "published",
            State::Corrected => "corrected",
            State::Expired => "expired",
            State::Archived => "archived",
            State::Withdrawn => "withdrawn",
            State::Draft => "draft",
            State::Scheduled => "scheduled",
        }
    }
}

/// A record that is not public.
#[derive(Debug, Clone)]
pub struct HeldBack {
    /// Type and id.
    pub id: RecordId,
    /// The language.
    pub lang: Lang,
    /// The title, for the clerk's eyes.
    pub title: String,
    /// The file.
    pub file: SitePath,
    /// The word of its state: `draft`, `in_review`, `approved`, `scheduled`, `unapproved`, `unpublished`, `withdrawn`,
    /// `not_public`.
    pub state: String,
    /// When it will appear by itself, if it will.
    pub appears: Option<Moment>,
    /// The next change that comes by itself.
    pub changes: Option<Change>,
}

/// A keyword.
#[derive(Debug, Clone)]
pub struct Term {
    /// The word.
    pub name: String,
    /// The one spelling for all its widths and cases.
    pub key: String,
    /// Its list page.
    pub url: PageUrl,
    /// The entries that carry it.
    pub entries: Vec<EntryIx>,
}

impl Term {
    /// The one spelling for all widths and cases of a word: two words with the same one are the same keyword.
    pub fn key(word: &str) -> String {
        number::narrow(word.trim()).to_lowercase()
    }
}

/// An old address.
#[derive(Debug, Clone)]
pub struct Redirect {
    /// The old address.
    pub from: PageUrl,
    /// Where it leads now.
    pub to: EntryIx,
}

/// A file that the site publishes.
#[derive(Debug, Clone)]
pub struct MediaOut {
    /// The path in the output.
    pub path: String,
    /// Its bytes.
    pub blob: Blob,
    /// What it is, if it is a sound image.
    pub image: Option<picture::Facts>,
    /// Does a page show it? Else pages only link to it.
    pub shown: bool,
}

impl Catalog {
    /// Gives up the plain texts of the bodies, which only the search and the open data read.
    pub fn forget_texts(&mut self) {
        self.entries.par_iter_mut().filter_map(|entry| entry.body.as_mut()).for_each(|body| body.text = String::new());
    }
    /// The keyword that a word of a language is.
    pub fn term(&self, lang: Lang, word: &str) -> Option<&Term> {
        self.terms.get(&lang)?.get(*self.by_word.get(&(lang, Term::key(word)))?)
    }
    /// The type of an entry.
    pub fn type_of(&self, entry: &Entry) -> &Type {
        &self.schemas.types[entry.of]
    }
    /// Was a record archived on a day of its own? Then it stays for who has the address, but search engines forget it.
    pub fn is_retired(&self, entry: &Entry) -> bool {
        entry.state == State::Archived && self.role(entry, Role::Archives).is_some()
    }
    /// The value that plays a role in an entry.
    pub fn role<'a>(&self, entry: &'a Entry, role: Role) -> Option<&'a Value> {
        entry.fields.value(&self.type_of(entry).with_role(role)?.key)
    }
    /// When an entry was last changed: what it says itself, or its last correction, if that came later.
    pub fn touched(&self, entry: &Entry) -> Option<Value> {
        let corrections = self.type_of(entry).with_role(Role::Corrections).map(|field| entry.fields.all(&field.key)).unwrap_or_default();
        let days = corrections.into_iter().filter_map(|held| match &held.value {
            Value::Group(inner) => inner.iter().map(|(_, held)| &held.value).find(|value| time::day_of(value).is_some()),
            _ => None,
        });
        // Of the same day the one with a time says more.
        let all = days.chain(self.role(entry, Role::Updated));
        all.max_by_key(|value| (time::day_of(value), time::sortable(value))).cloned()
    }
    /// The entry of a record in a language, else in the default language, else in any.
    pub fn find(&self, id: &RecordId, lang: Lang) -> Option<EntryIx> {
        let all = self.by_id.get(id)?;
        let of_lang = |wanted: Lang| all.iter().copied().find(|&ix| self.entries[ix].lang == wanted);
        of_lang(lang).or_else(|| of_lang(self.site.default_lang())).or_else(|| all.first().copied())
    }
    /// The words of the theme in one language; the key itself where a word is missing.
    pub fn word(&self, key: &str, lang: Lang) -> String {
        match self.theme.words.get(key) {
            Some(said) if lang.is_chinese() => said.zh.clone(),
            Some(said) => said.en.clone(),
            None => key.to_string(),
        }
    }
}
