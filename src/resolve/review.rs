//! How far the review of each record is: which levels have signed what it says now.

use super::links::MediaIndex;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Said, Severity, SitePath, messages, said};
use crate::project::{Blob, Snapshot};
use crate::read::Record;
use crate::read::digest::Seal;
use crate::read::ledger::{self, Ledger, Sign, Stage};
use crate::source::hex;
use crate::value::{Document, Fields, Instant, Lang, RecordId, Target, Value, Zone};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What can be signed, and what was signed.
#[derive(Debug, Clone, Default)]
pub struct Reviews {
    contents: BTreeMap<RecordId, Content>,
    ledgers: BTreeMap<String, Ledger>,
}

/// What a record says: in each language, and the files it shows or offers.
#[derive(Debug, Clone, Default)]
struct Content {
    seals: Vec<(Lang, SitePath, Seal)>,
    media: BTreeMap<SitePath, Blob>,
}

/// How far the review of a record is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The digest of what it says now, hexadecimal.
    pub digest: String,
    /// The signatures under what it says now, by level.
    pub signed: [Option<Sign>; 4],
    /// Was an earlier text signed?
    pub reopened: bool,
    /// Is its ledger whole?
    pub sound: bool,
}

impl Review {
    /// Have all levels signed?
    pub fn is_approved(&self) -> bool {
        self.sound && self.signed.iter().all(Option::is_some)
    }
    /// The first level that has not signed.
    pub fn next(&self) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| self.signed[*stage as usize].is_none())
    }
    /// How far it is, in a few words.
    pub fn said(&self) -> Said {
        let Some(next) = self.next() else {
            return if self.sound { said("已审定", "approved") } else { said("台账有问题", "the ledger is broken") };
        };
        let (zh, en) = next.said();
        match (self.sound, self.reopened && next == Stage::Draft) {
            (false, _) => said("台账有问题", "the ledger is broken"),
            (true, true) => said(format!("内容改动，待重新{zh}"), format!("changed since it was signed; {en} is open")),
            (true, false) => said(format!("待{zh}"), format!("{en} is open")),
        }
    }
}

impl Reviews {
    /// Collects what every record says, before its languages are laid over each other.
    pub fn new(records: &[Record], ledgers: BTreeMap<String, Ledger>, snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Reviews {
        let media = MediaIndex::new(snapshot);
        let mut contents: BTreeMap<RecordId, Content> = BTreeMap::new();
        for record in records {
            let content = contents.entry(record.id.clone()).or_default();
            content.seals.push((record.lang, record.file.clone(), record.seal));
            let mut find = |src: &str| {
                if let Some((path, blob)) = media.find(&record.file, src) {
                    content.media.insert(path, blob);
                }
            };
            in_fields(&record.fields, &mut find);
            record.body.iter().for_each(|body| in_document(body, &mut find));
        }
        for content in contents.values_mut() {
            content.seals.sort();
        }
        for (record, ledger) in &ledgers {
            let known = record.split_once('/').is_some_and(|(of, id)| contents.contains_key(&RecordId { of: of.into(), id: id.into() }));
            if !known {
                let line = ledger.signs.first().map_or(1, |(line, _)| *line);
                diagnostics.push(messages::review::ledger_stray(Place::new(&ledger::path(record), line, 1), record));
            }
        }
        Reviews { contents, ledgers }
    }
    /// The files of a record, the default language first.
    pub fn files(&self, id: &RecordId) -> Vec<SitePath> {
        self.contents.get(id).map(|content| content.seals.iter().map(|(_, file, _)| file.clone()).collect()).unwrap_or_default()
    }
    /// Every record there is.
    pub fn records(&self) -> impl Iterator<Item = &RecordId> {
        self.contents.keys()
    }
    /// The ledger of a record.
    pub fn ledger(&self, id: &RecordId) -> Ledger {
        self.ledgers.get(&id.to_string()).cloned().unwrap_or_else(Ledger::empty)
    }
    /// Was this record ever signed?
    pub fn has_ledger(&self, id: &RecordId) -> bool {
        self.ledgers.contains_key(&id.to_string())
    }
    /// The digest of what a record says now: its fields and prose in every language, and the bytes of its files.
    fn digest(&self, content: &Content) -> String {
        let mut hash = Sha256::new();
        for (lang, _, seal) in &content.seals {
            hash.update(lang.code().as_bytes());
            hash.update([0]);
            hash.update(seal);
        }
        for (path, blob) in &content.media {
            hash.update(path.as_str().as_bytes());
            hash.update([0]);
            hash.update(blob.read().map(|bytes| <[u8; 32]>::from(Sha256::digest(&bytes))).unwrap_or_default());
        }
        hex(&hash.finalize())
    }
    /// How far the review of a record is; `None` where there is no such record.
    pub fn of(&self, id: &RecordId) -> Option<Review> {
        let digest = self.digest(self.contents.get(id)?);
        let ledger = self.ledger(id);
        let under =
            |stage: Stage| ledger.signs.iter().map(|(_, sign)| sign).find(|sign| sign.stage == stage && sign.digest == digest).cloned();
        let signed = Stage::ALL.map(under);
        Some(Review { reopened: ledger.signs.iter().any(|(_, sign)| sign.digest != digest), sound: ledger.sound, signed, digest })
    }
    /// How far the review of `type/id` is.
    pub fn of_word(&self, record: &str) -> Option<Review> {
        let (of, id) = record.split_once('/')?;
        self.of(&RecordId { of: of.into(), id: id.into() })
    }
    /// May a record be published where the site wants reviews? Most have no ledger, and then no file need be read.
    pub fn is_approved(&self, id: &RecordId) -> bool {
        self.has_ledger(id) && self.of(id).is_some_and(|review| review.is_approved())
    }
}

/// The longest name and remark in characters.
const LONGEST: (usize, usize) = (30, 200);

/// Somebody who wants to sign.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The level.
    pub stage: Stage,
    /// The name, as declared: nothing proves it.
    pub by: &'a str,
    /// A remark; empty for none.
    pub note: &'a str,
    /// When.
    pub at: Instant,
    /// The zone in which the time is written.
    pub zone: &'a Zone,
}

/// Why a signature is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    /// The name does not do.
    Name,
    /// The remark does not do.
    Note,
    /// The record, or its ledger, has errors.
    Broken(Vec<Diagnostic>),
    /// There is no such record.
    NoRecord,
    /// It is not this level's turn, or not this person's.
    Order(Stage, Said),
}

impl Denied {
    /// The reason in words.
    pub fn said(&self) -> Said {
        match self {
            Denied::Name => said("要写审核人的姓名，30 字以内。", "The name of who signs is wanted, up to 30 characters."),
            Denied::Note => said("意见写在一行里，200 字以内。", "A remark is one line of up to 200 characters."),
            Denied::Broken(_) => said("这条内容或它的台账有错误，改好后再签。", "The record or its ledger has errors; mend them first."),
            Denied::NoRecord => said("没有这条内容。", "There is no such record."),
            Denied::Order(stage, why) => {
                said(format!("不能签{}：{}", stage.said().0, why.zh), format!("The {} cannot be signed: {}", stage.said().1, why.en))
            }
        }
    }
}

impl Reviews {
    /// The signature that a wish becomes, if it may stand behind those that are there.
    pub fn sign(&self, id: &RecordId, wish: Wish<'_>, diagnostics: &Diagnostics) -> Result<Sign, Denied> {
        let fits = |text: &str, longest: usize| text.chars().count() <= longest && !text.contains(char::is_control);
        let (by, note) = (wish.by.trim().to_string(), wish.note.trim());
        if by.is_empty() || !fits(&by, LONGEST.0) {
            return Err(Denied::Name);
        }
        if !fits(note, LONGEST.1) {
            return Err(Denied::Note);
        }
        let files = self.files(id);
        let broken = |d: &&Diagnostic| {
            d.severity == Severity::Error
                && d.place.as_ref().is_some_and(|place| files.contains(&place.file) || place.file == ledger::path(&id.to_string()))
        };
        let wrong: Vec<Diagnostic> = diagnostics.iter().filter(broken).cloned().collect();
        if !wrong.is_empty() {
            return Err(Denied::Broken(wrong));
        }
        let digest = self.of(id).ok_or(Denied::NoRecord)?.digest;
        let note = (!note.is_empty()).then(|| note.to_string());
        let sign = Sign { record: id.to_string(), stage: wish.stage, by, at: wish.at.rfc3339(wish.zone), digest, note };
        match ledger::may_sign(&self.ledger(id).signs, &sign) {
            Ok(()) => Ok(sign),
            Err(fault) => Err(Denied::Order(wish.stage, fault.said())),
        }
    }
}

fn in_fields(fields: &Fields, find: &mut impl FnMut(&str)) {
    fields.iter().for_each(|(_, held)| in_value(&held.value, find));
}

fn in_value(value: &Value, find: &mut impl FnMut(&str)) {
    match value {
        Value::Media(media) => find(&media.src),
        Value::Markdown(document) => in_document(document, find),
        Value::Group(inner) => in_fields(inner, find),
        Value::List(items) => items.iter().for_each(|item| in_value(&item.value, find)),
        _ => {}
    }
}

fn in_document(document: &Document, find: &mut impl FnMut(&str)) {
    let links = document.links.iter().map(|link| &link.target);
    let images = document.images.iter().map(|image| &image.target);
    let blocks = document.blocks.iter().filter_map(|block| block.media.as_ref().map(|media| &media.target));
    for target in links.chain(images).chain(blocks) {
        if let Target::Relative(path, _) = target {
            find(path);
        }
    }
    document.blocks.iter().filter_map(|block| block.body.as_deref()).for_each(|body| in_document(body, find));
}
