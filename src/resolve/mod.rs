//! RESOLVE: [`Project`] → [`Catalog`]. What the site means at one instant.
//!
//! In: typed records whose links are still names. Out: the public records, linked both ways, addressed, ordered and
//! dated, with computed values. Never: reads a clock or a file, renders, or lets a withheld record or a private field
//! through.
//!
//! The order matters: languages are merged first, then standing and privacy take away what is not public, and only
//! then links, computed values and lists are made, so that nothing withheld can reach them.

pub mod catalog;
pub mod rows;
pub mod url;

mod address;
mod backs;
mod compute;
pub mod freshness;
pub mod identity;
mod languages;
mod late;
mod links;
mod lists;
mod passing;
mod privacy;
mod prose;
mod published;
pub mod review;
mod standing;

pub use address::{fold, is_reserved};
pub use catalog::{Catalog, Entry, EntryIx, HeldBack, MediaOut, Redirect, State, Term};
pub use lists::{sort_by, sort_rows};
pub use privacy::is_on_request;
pub use published::is_allowed;
pub use standing::{Change, Turn, UNAPPROVED};
pub use url::PageUrl;

use crate::diagnostic::{Diagnostics, Place, messages};
use crate::project::Snapshot;
use crate::read::{Project, Record, Site};
use crate::schema::{Role, Schemas};
use crate::source::{hex, lookup::Lookup};
use crate::value::time::Now;
use crate::value::{Instant, RecordId, Value};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What a build is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The instant at which the site is built.
    pub at: Instant,
    /// Show drafts and scheduled records too.
    pub drafts: bool,
    /// Write `index.html` into links.
    pub portable: bool,
}

/// A record on its way into the catalog.
#[derive(Debug, Clone)]
struct Candidate {
    record: Record,
    /// `None` where it is not public at this instant.
    state: Option<State>,
    /// The next change that comes by itself.
    changes: Option<Change>,
}

/// Resolves a project at an instant.
pub fn catalog(project: Project, snapshot: &Snapshot, options: Options, diagnostics: &mut Diagnostics) -> Catalog {
    let Project { mut site, schemas, theme, trace, records, intros, ledgers } = project;
    let (digest, reviews) = rayon::join(|| digest(snapshot), || review::Reviews::new(&records, ledgers, snapshot, diagnostics));
    let merged = languages::merge(records, &site, &schemas, diagnostics);
    let mut next: Option<(Change, RecordId)> = None;
    let mut held = Vec::new();
    let mut candidates = Vec::with_capacity(merged.len());
    let now = Now { instant: options.at, day: options.at.day_in(&site.zone) };
    let calendar = site.calendar.clone();
    let clock = compute::Clock { now, calendar: &calendar };
    let judge = |record: &Record| {
        let reviewed = !site.review_required || reviews.is_approved(&record.id);
        let stands = standing::of(record, &schemas.types[record.of], &site, options, reviewed);
        let passes = passing::next(&record.fields, &schemas.types[record.of], clock, &site.zone).filter(|_| stands.now.is_ok());
        let passes = passes.map(|at| Change { at, turn: Turn::Passes });
        let changes = standing::sooner(stands.changes, passes);
        (stands, changes)
    };
    let judged: Vec<_> = merged.par_iter().map(judge).collect();
    for (record, (stands, changes)) in merged.into_iter().zip(judged) {
        if let Some(change) = changes.filter(|change| next.as_ref().is_none_or(|(first, _)| change < first)) {
            next = Some((change, record.id.clone()));
        }
        if let Err(word) = stands.now {
            held.push(HeldBack {
                id: record.id.clone(),
                lang: record.lang,
                title: title_of(&record, &schemas.types[record.of]),
                file: record.file.clone(),
                state: word.to_string(),
                appears: stands.appears,
                changes,
            });
        }
        candidates.push(Candidate { state: stands.now.ok(), changes, record });
    }
    let beside = site.beside.clone();
    let index = links::Index::new(&candidates, &schemas, &beside);
    let media = links::MediaIndex::new(snapshot);
    links::resolve(&mut candidates, &index, &media, &schemas, diagnostics);
    links::settings(&mut site, &index, &media, diagnostics);
    prose::resolve(&mut candidates, &index, &media, diagnostics);
    each(&mut candidates, diagnostics, |candidate, diagnostics| {
        let record = &mut candidate.record;
        let said = candidate.state.is_some() && record.lang == site.default_lang();
        passing::leave_out(&mut record.fields, &schemas.types[record.of].fields, clock, &record.file, said, diagnostics);
    });
    let made: Vec<(Entry, Vec<String>)> = candidates.into_par_iter().filter_map(|candidate| entry(candidate, &schemas, &site)).collect();
    let (mut entries, secrets): (Vec<Entry>, Vec<Vec<String>>) = made.into_iter().unzip();
    let mut by_id: Lookup<RecordId, Vec<EntryIx>> = Lookup::default();
    for (ix, entry) in entries.iter().enumerate() {
        by_id.entry(entry.id.clone()).or_default().push(ix);
    }
    backs::link(&mut entries, &schemas, &by_id, &site);
    compute::values(&mut entries, &schemas, clock, diagnostics);
    late::judge(&entries, &schemas, clock, site.default_lang(), diagnostics);
    lists::finish(&mut entries, &schemas);
    let redirects = address::check(&entries, &schemas, &site, diagnostics);
    let lists = lists::of_types(&mut entries, &schemas);
    let columns = lists::columns(&entries, &lists, &schemas, &site);
    let terms = lists::terms(&entries, &schemas, &site);
    let by_word =
        terms.iter().flat_map(|(&lang, terms)| terms.iter().enumerate().map(move |(at, term)| ((lang, term.key.clone()), at))).collect();
    let feeds = lists::feeds(&entries, &lists, &schemas, &site);
    let intros = prose::intros(intros, &index, &media, diagnostics);
    lists::check_selections(&theme, &schemas, diagnostics);
    let mut catalog = Catalog {
        at: options.at,
        lists,
        terms,
        by_word,
        feeds,
        redirects,
        intros,
        columns,
        media: BTreeMap::new(),
        identity: identity::Identity::default(),
        secrets: privacy::secrets(&secrets.concat(), &held, &entries),
        held,
        reviews,
        next_change: next.as_ref().map(|(change, _)| change.at),
        next,
        digest,
        portable: options.portable,
        beside: BTreeSet::new(),
        is_companion: false,
        drafts: options.drafts,
        by_id,
        entries,
        site,
        schemas,
        theme,
        trace,
    };
    freshness::judge(&catalog, diagnostics);
    no_samples(&catalog, diagnostics);
    catalog.media = published::media(&catalog, snapshot, diagnostics);
    catalog.identity = identity::of(&catalog.site, &catalog.theme, &catalog.media, diagnostics);
    catalog
}

/// A public candidate as an entry without what is not public, and the texts that were taken away.
fn entry(candidate: Candidate, schemas: &Schemas, site: &Site) -> Option<(Entry, Vec<String>)> {
    let state = candidate.state?;
    let schema = &schemas.types[candidate.record.of];
    let Record { id, of, lang, mut fields, mut body, file, line, .. } = candidate.record;
    let mut secrets = Vec::new();
    privacy::strip(&mut fields, schema, &mut secrets);
    if state == State::Withdrawn {
        privacy::entomb(&mut fields, schema);
        body = None;
    } else if privacy::is_on_request(&fields, schema) {
        privacy::catalogue(&mut fields, schema);
        body = None;
    }
    let url = address::of_record(schema, &id, lang, site);
    let sample = matches!(schema.with_role(Role::Sample).and_then(|field| fields.value(&field.key)), Some(Value::Flag(true)));
    let title = text_of(&fields, schema, Role::Title);
    let (summary, backs, others, neighbours) = (String::new(), Vec::new(), Vec::new(), (None, None));
    let changes = candidate.changes;
    let entry = Entry { id, of, lang, file, line, url, title, summary, fields, body, state, changes, backs, neighbours, others, sample };
    Some((entry, secrets))
}

/// Does the same work on every item, in parallel; what is noted stays in the order of the items.
fn each<T: Send>(items: &mut [T], diagnostics: &mut Diagnostics, work: impl Fn(&mut T, &mut Diagnostics) + Sync) {
    let noted: Vec<Diagnostics> = items
        .par_iter_mut()
        .map(|item| {
            let mut noted = Diagnostics::new();
            work(item, &mut noted);
            noted
        })
        .collect();
    noted.into_iter().for_each(|noted| diagnostics.append(noted));
}

/// A site that answers for what it says shows no samples.
fn no_samples(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let site = &catalog.site;
    let shown = |entry: &&Entry| entry.sample && entry.lang == site.default_lang() && entry.state != State::Withdrawn;
    let mut samples = catalog.entries.iter().filter(shown);
    if let Some(first) = samples.next().filter(|_| site.profile.is_some() && !site.demo) {
        let place = Place::new(&first.file, first.line, 1);
        diagnostics.push(messages::site::sample_record(place, &first.title, samples.count() + 1));
    }
}

fn text_of(fields: &crate::value::Fields, schema: &crate::schema::Type, role: Role) -> String {
    match schema.with_role(role).and_then(|field| fields.value(&field.key)) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

fn title_of(record: &Record, schema: &crate::schema::Type) -> String {
    text_of(&record.fields, schema, Role::Title)
}

/// The digest of everything the snapshot holds: texts by the digests of their bytes, other files by path and size.
fn digest(snapshot: &Snapshot) -> String {
    let texts: Vec<_> = snapshot.texts.par_iter().map(|(path, bytes)| (path, Sha256::digest(bytes))).collect();
    let mut hash = Sha256::new();
    for (path, digest) in texts {
        hash.update(path.as_str().as_bytes());
        hash.update([0]);
        hash.update(digest);
    }
    for (path, blob) in &snapshot.blobs {
        hash.update(path.as_str().as_bytes());
        hash.update([0]);
        hash.update(blob.bytes.to_le_bytes());
    }
    hex(&hash.finalize()[..16])
}
