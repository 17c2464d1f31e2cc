//! What the forms work on: the site as it was last read, whether it is good or not.

use super::form::said;
use super::states;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, SitePath};
use crate::project::Snapshot;
use crate::read::Site;
use crate::read::keys::KeyTable;
use crate::read::ledger::{Stage, may_sign};
use crate::resolve::review::Reviews;
use crate::resolve::{Catalog, State};
use crate::schema::{Role, Schemas, Type};
use crate::value::pinyin::Readings;
use crate::value::{Instant, Lang, RecordId, Value, time};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// A record in one language, as the list shows it.
#[derive(Debug, Clone)]
pub struct Row {
    /// Type and id.
    pub id: RecordId,
    /// The language.
    pub lang: Lang,
    /// The title.
    pub title: String,
    /// How it stands: the written word, or what follows from it and the date.
    pub standing: String,
    /// The file.
    pub file: SitePath,
    /// Its date, as it sorts; empty where it has none.
    pub date: String,
    /// The path of its page in the preview, where it has one.
    pub page: Option<String>,
}

/// The site as it was last read.
pub struct Desk {
    /// Its files.
    pub snapshot: Snapshot,
    /// Its settings.
    pub site: Site,
    /// Its types.
    pub schemas: Schemas,
    /// The spellings of their keys, in the same order.
    pub tables: Vec<KeyTable>,
    /// The sign-offs.
    pub reviews: Reviews,
    /// What was noted.
    pub diagnostics: Diagnostics,
    /// How titles are read aloud.
    pub readings: Readings,
    /// Every record.
    pub rows: Vec<Row>,
    /// How many errors and warnings each file has.
    counts: BTreeMap<SitePath, (usize, usize)>,
}

impl Desk {
    /// Takes from a catalog what forms need.
    pub fn new(snapshot: &Snapshot, catalog: &Catalog, diagnostics: &Diagnostics) -> Desk {
        let mut counts: BTreeMap<SitePath, (usize, usize)> = BTreeMap::new();
        for Diagnostic { place, severity, .. } in diagnostics.sorted() {
            let Some(place) = place else { continue };
            let count = counts.entry(place.file.clone()).or_default();
            if *severity == Severity::Error { count.0 += 1 } else { count.1 += 1 }
        }
        let held = catalog.held.iter().map(|held| Row {
            id: held.id.clone(),
            lang: held.lang,
            title: held.title.clone(),
            standing: held.state.clone(),
            file: held.file.clone(),
            date: String::new(),
            page: None,
        });
        let shown = catalog.entries.iter().map(|entry| {
            let key = catalog.type_of(entry).with_role(Role::State).map(|field| &*field.key).unwrap_or_default();
            let written = match entry.fields.value(key) {
                Some(Value::Choice(word)) => word.as_str(),
                _ => states::implied(catalog.site.review_required),
            };
            let standing = match (written, entry.state) {
                // Shown only because the preview shows drafts: somebody has still to sign.
                ("published", State::Draft) => "unapproved",
                ("published", state) => state.word(),
                (written, _) => written,
            };
            let date = catalog.type_of(entry).with_role(Role::Date).and_then(|field| time::sortable(entry.fields.value(&field.key)?));
            let (id, lang, title) = (entry.id.clone(), entry.lang, entry.title.clone());
            let (file, date, page) = (entry.file.clone(), date.unwrap_or_default(), Some(entry.url.link(false)));
            Row { id, lang, title, standing: standing.to_string(), file, date, page }
        });
        let mut rows: Vec<Row> = held.chain(shown).collect();
        // A page in another language that has no text of its own is the same file twice.
        rows.sort_by(|a, b| (&a.id, a.lang != catalog.site.default_lang()).cmp(&(&b.id, b.lang != catalog.site.default_lang())));
        rows.dedup_by(|b, a| a.id == b.id && a.file == b.file && !is_table(&a.file));
        Desk {
            snapshot: snapshot.clone(),
            site: catalog.site.clone(),
            schemas: catalog.schemas.clone(),
            tables: catalog.schemas.types.iter().map(|of| KeyTable::new(&of.fields)).collect(),
            reviews: catalog.reviews.clone(),
            diagnostics: diagnostics.clone(),
            readings: crate::plan::search::readings(catalog),
            rows,
            counts,
        }
    }

    /// A type and its spellings.
    pub fn of(&self, name: &str) -> Option<(&Type, &KeyTable)> {
        let index = self.schemas.types.iter().position(|of| &*of.name == name)?;
        Some((&self.schemas.types[index], &self.tables[index]))
    }
    /// A record in a language.
    pub fn row(&self, of: &str, id: &str, lang: Lang) -> Option<&Row> {
        self.rows.iter().find(|row| &*row.id.of == of && &*row.id.id == id && row.lang == lang)
    }
    /// Is an id given already?
    pub fn has(&self, of: &str, id: &str) -> bool {
        self.rows.iter().any(|row| &*row.id.of == of && &*row.id.id == id)
    }
    /// The list of all records.
    pub fn list(&self) -> Json {
        let row = |row: &Row| {
            let (errors, warnings) = self.counts.get(&row.file).copied().unwrap_or_default();
            json!({
                "type": &*row.id.of,
                "id": &*row.id.id,
                "lang": row.lang.code(),
                "title": row.title,
                "date": row.date,
                "state": row.standing,
                "table": is_table(&row.file),
                "file": row.file.as_str(),
                "errors": errors,
                "warnings": warnings,
            })
        };
        // A file with faults in its outermost form gives no record, and must not vanish from the eyes.
        let known: Vec<&SitePath> = self.rows.iter().map(|row| &row.file).collect();
        let lost = self.counts.iter().filter(|(file, count)| count.0 > 0 && !known.contains(file) && file.as_str().starts_with("content/"));
        let lost: Vec<Json> = lost.map(|(file, count)| json!({"file": file.as_str(), "errors": count.0})).collect();
        json!({"records": self.rows.iter().map(row).collect::<Vec<_>>(), "lost": lost})
    }
    /// How far the review of a record is.
    pub fn review(&self, id: &RecordId, at: Instant) -> Json {
        let Some(review) = self.reviews.of(id) else { return Json::Null };
        let ledger = self.reviews.ledger(id);
        let stages = Stage::ALL.into_iter().map(|stage| {
            let (zh, en) = stage.said();
            let signed = review.signed[stage as usize].as_ref();
            let when = signed.and_then(|sign| Instant::from_rfc3339(&sign.at)).map(|at| at.minute_in(&self.site.zone));
            // By nobody in particular: whether this person may sign is told when the name is known.
            let trial = crate::read::ledger::Sign {
                record: id.to_string(),
                stage,
                by: String::new(),
                at: at.rfc3339(&self.site.zone),
                digest: review.digest.clone(),
                note: None,
            };
            json!({
                "stage": stage.word(),
                "label": {"zh": zh, "en": en},
                "by": signed.map(|sign| &sign.by),
                "at": when,
                "note": signed.and_then(|sign| sign.note.as_ref()),
                "open": review.sound && may_sign(&ledger.signs, &trial).is_ok(),
            })
        });
        json!({
            "required": self.site.review_required,
            "approved": review.is_approved(),
            "digest": review.digest,
            "said": said(&review.said()),
            "stages": stages.collect::<Vec<_>>(),
            "begun": self.reviews.has_ledger(id),
        })
    }
}

/// Is the record a row of a table? Then it is edited in the table.
pub fn is_table(file: &SitePath) -> bool {
    file.extension() == "csv"
}
