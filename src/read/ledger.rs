//! The ledger of sign-offs: `content/_review/<type>/<id>.jsonl`, one JSON object a line, never changed, only added to.
//!
//! In: the texts of the ledgers. Out: the signatures of every record, and every break of a chain with its line. Each
//! line holds the hash of the line before and its own, so that a line cannot be changed, left out, put in or moved
//! unseen. One file for each record: two people who sign two records never touch the same file. Names are declared, not
//! proven: whoever can write the folder can write a whole new chain.

use crate::diagnostic::{Diagnostics, Place, Said, SitePath, messages, said};
use crate::project::Snapshot;
use crate::source::encoding;
use crate::source::hex;
use crate::value::Instant;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The folder of all ledgers.
pub const FOLDER: &str = "content/_review/";

/// A level of the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// 初审: the person who wrote it.
    Draft,
    /// 复审: the leader in charge.
    Second,
    /// 终审: the leader who issues it.
    Final,
    /// 保密审查: nothing secret in it.
    Secrecy,
}

impl Stage {
    /// All of them in order.
    pub const ALL: [Stage; 4] = [Stage::Draft, Stage::Second, Stage::Final, Stage::Secrecy];

    /// The word in ledgers and on the command line.
    pub fn word(self) -> &'static str {
        ["draft", "second", "final", "secrecy"][self as usize]
    }
    /// What the office calls it.
    pub fn said(self) -> (&'static str, &'static str) {
        [("初审", "first review"), ("复审", "second review"), ("终审", "final review"), ("保密审查", "secrecy review")][self as usize]
    }
    /// The stage of a word, or of what the office calls it.
    pub fn parse(word: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.word() == word || stage.said().0 == word)
    }
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// `type/id`.
    pub record: String,
    /// Which level.
    pub stage: Stage,
    /// Who, as declared.
    pub by: String,
    /// When: an instant as RFC 3339 writes it in the zone of the site.
    pub at: String,
    /// The digest of what was signed, hexadecimal.
    pub digest: String,
    /// A remark.
    pub note: Option<String>,
}

/// The signatures of a record.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// In order, each with its line.
    pub signs: Vec<(u32, Sign)>,
    /// The hash of the last line; zeros where there is none.
    pub last: String,
    /// Is the chain whole?
    pub sound: bool,
}

/// Before the first line.
fn beginning() -> String {
    "0".repeat(64)
}

impl Ledger {
    /// A ledger without a line.
    pub fn empty() -> Ledger {
        Ledger { signs: Vec::new(), last: beginning(), sound: true }
    }
}

/// The file of a record's ledger.
pub fn path(record: &str) -> SitePath {
    SitePath::new(&format!("{FOLDER}{record}.jsonl"))
}

/// The line that adds a signature behind a hash, with its line end.
pub fn line(sign: &Sign, before: &str) -> String {
    let mut entry = Map::new();
    let mut put = |key: &str, value: &str| entry.insert(key.to_string(), Json::String(value.to_string()));
    put("record", &sign.record);
    put("stage", sign.stage.word());
    put("by", &sign.by);
    put("at", &sign.at);
    put("digest", &sign.digest);
    if let Some(note) = &sign.note {
        put("note", note);
    }
    put("prev", before);
    let own = hash(&entry);
    entry.insert("hash".to_string(), Json::String(own));
    format!("{}\n", Json::Object(entry))
}

fn hash(entry: &Map<String, Json>) -> String {
    hex(&Sha256::digest(Json::Object(entry.clone()).to_string().as_bytes()))
}

/// Reads every ledger.
pub fn read(snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> BTreeMap<String, Ledger> {
    let mut ledgers = BTreeMap::new();
    for (file, bytes) in &snapshot.texts {
        let Some(record) = file.as_str().strip_prefix(FOLDER).and_then(|rest| rest.strip_suffix(".jsonl")) else { continue };
        let Some(text) = encoding::decode(file, bytes, diagnostics) else { continue };
        ledgers.insert(record.to_string(), one(file, record, &text, diagnostics));
    }
    ledgers
}

fn one(file: &SitePath, record: &str, text: &str, diagnostics: &mut Diagnostics) -> Ledger {
    let mut ledger = Ledger::empty();
    for (line, typed) in (1..).zip(text.lines()) {
        let place = Place::new(file, line, 1);
        let Some((sign, entry)) = parse(typed) else {
            ledger.sound = false;
            diagnostics.push(messages::review::ledger_unreadable(place));
            continue;
        };
        let text_of = |key: &str| entry.get(key).and_then(Json::as_str).unwrap_or_default().to_string();
        let (prev, own) = (text_of("prev"), text_of("hash"));
        let mut bare = entry.clone();
        bare.shift_remove("hash");
        if hash(&bare) != own {
            ledger.sound = false;
            diagnostics.push(messages::review::ledger_altered(place.clone()));
        }
        if prev != ledger.last {
            ledger.sound = false;
            diagnostics.push(messages::review::ledger_chain(place.clone(), line == 1));
        }
        if sign.record != record {
            ledger.sound = false;
            diagnostics.push(messages::review::ledger_record(place.clone(), &sign.record, record));
        }
        ledger.last = own;
        if let Err(fault) = may_sign(&ledger.signs, &sign) {
            ledger.sound = false;
            diagnostics.push(messages::review::ledger_order(place, &fault.said()));
        }
        ledger.signs.push((line, sign));
    }
    ledger
}

fn parse(line: &str) -> Option<(Sign, Map<String, Json>)> {
    let Ok(Json::Object(entry)) = serde_json::from_str(line) else { return None };
    let text = |key: &str| entry.get(key).and_then(Json::as_str).map(str::to_string);
    let sign = Sign {
        record: text("record")?,
        stage: Stage::parse(&text("stage")?)?,
        by: text("by").filter(|name| !name.trim().is_empty())?,
        at: text("at").filter(|at| Instant::from_rfc3339(at).is_some())?,
        digest: text("digest")?,
        note: text("note"),
    };
    Some((sign, entry))
}

/// Why a signature is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The level before has not signed this content.
    Missing(Stage),
    /// The level has signed this content already.
    Again(Stage, String),
    /// The same person signed another level.
    SamePerson(Stage, String),
    /// It would lie before the signature before it.
    Earlier(String),
}

impl Fault {
    /// The fault in words.
    pub fn said(&self) -> Said {
        let both = |stage: &Stage| stage.said();
        match self {
            Fault::Missing(stage) => said(
                format!("还没有{}（或内容在那以后改过）。", both(stage).0),
                format!("the {} of this content is missing (or the content changed since).", both(stage).1),
            ),
            Fault::Again(stage, by) => {
                said(format!("{}已由{by}签过。", both(stage).0), format!("the {} was signed already by {by}.", both(stage).1))
            }
            Fault::SamePerson(stage, by) => said(
                format!("{by}已签{}，须由另一个人签。", both(stage).0),
                format!("{by} signed the {}; another person has to sign.", both(stage).1),
            ),
            Fault::Earlier(at) => said(format!("时间早于上一次审签（{at}）。"), format!("it lies before the last signature ({at}).")),
        }
    }
}

/// May this signature follow those? Only signatures under the same content count.
pub fn may_sign(before: &[(u32, Sign)], sign: &Sign) -> Result<(), Fault> {
    let same: Vec<&Sign> = before.iter().map(|(_, sign)| sign).filter(|known| known.digest == sign.digest).collect();
    let of = |stage: Stage| same.iter().find(|known| known.stage == stage);
    if let Some(known) = of(sign.stage) {
        return Err(Fault::Again(sign.stage, known.by.clone()));
    }
    let first = match sign.stage {
        Stage::Draft => None,
        Stage::Second | Stage::Secrecy => Some(Stage::Draft),
        Stage::Final => Some(Stage::Second),
    };
    if let Some(stage) = first.filter(|stage| of(*stage).is_none()) {
        return Err(Fault::Missing(stage));
    }
    // Who looks for secrets may be one of the leaders, but never who wrote the text.
    let apart: &[Stage] = match sign.stage {
        Stage::Secrecy => &[Stage::Draft],
        Stage::Draft => &[],
        _ => &[Stage::Draft, Stage::Second, Stage::Final],
    };
    if let Some(known) = same.iter().find(|known| apart.contains(&known.stage) && person(&known.by) == person(&sign.by)) {
        return Err(Fault::SamePerson(known.stage, known.by.clone()));
    }
    let last = before.last().map(|(_, known)| known);
    if let Some(known) = last.filter(|known| Instant::from_rfc3339(&known.at) > Instant::from_rfc3339(&sign.at)) {
        return Err(Fault::Earlier(known.at.clone()));
    }
    Ok(())
}

/// A name without blanks, in one width and case: `张 三` and `张三` are one person.
fn person(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.nfkc().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Fault, Ledger, Sign, Stage, line, may_sign, one};
    use crate::diagnostic::{Diagnostics, SitePath};

    fn sign(stage: Stage, by: &str, digest: &str) -> Sign {
        let at = "2026-11-24T09:00:00+08:00".to_string();
        Sign { record: "a/b".into(), stage, by: by.into(), at, digest: digest.into(), note: None }
    }

    #[test]
    fn three_people_sign_in_order_and_an_edit_begins_anew() {
        let mut signs = vec![(1, sign(Stage::Draft, "张三", "x"))];
        assert_eq!(may_sign(&signs, &sign(Stage::Final, "王五", "x")), Err(Fault::Missing(Stage::Second)));
        assert_eq!(may_sign(&signs, &sign(Stage::Second, "张 三", "x")), Err(Fault::SamePerson(Stage::Draft, "张三".into())));
        assert_eq!(may_sign(&signs, &sign(Stage::Draft, "李四", "x")), Err(Fault::Again(Stage::Draft, "张三".into())));
        assert_eq!(may_sign(&signs, &sign(Stage::Secrecy, "张三", "x")), Err(Fault::SamePerson(Stage::Draft, "张三".into())));
        signs.push((2, sign(Stage::Second, "李四", "x")));
        assert_eq!(may_sign(&signs, &sign(Stage::Secrecy, "李四", "x")), Ok(()), "a leader may look for secrets");
        assert_eq!(may_sign(&signs, &sign(Stage::Final, "李四", "x")), Err(Fault::SamePerson(Stage::Second, "李四".into())));
        assert_eq!(may_sign(&signs, &sign(Stage::Final, "王五", "y")), Err(Fault::Missing(Stage::Second)), "the content changed");
        let early = Sign { at: "2026-11-24T08:59:59+08:00".into(), ..sign(Stage::Final, "王五", "x") };
        assert!(matches!(may_sign(&signs, &early), Err(Fault::Earlier(_))));
    }

    #[test]
    fn every_break_of_a_chain_is_found_on_its_line() {
        let (mut text, mut last) = (String::new(), Ledger::empty().last);
        for (stage, by) in [(Stage::Draft, "甲"), (Stage::Second, "乙"), (Stage::Final, "丙")] {
            let line = line(&sign(stage, by, "x"), &last);
            last = line.rsplit('"').nth(1).expect("the hash comes last").to_string();
            text.push_str(&line);
        }
        let said = |text: &str| {
            let mut noted = Diagnostics::new();
            let sound = one(&SitePath::new("content/_review/a/b.jsonl"), "a/b", text, &mut noted).sound;
            assert_eq!(sound, noted.iter().next().is_none());
            noted.iter().map(|d| (d.code, d.place.as_ref().map_or(0, |place| place.line))).collect::<Vec<_>>()
        };
        assert_eq!(said(&text), []);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(said(&text.replacen("\"乙\"", "\"丁\"", 1)), [("ledger-altered", 2)]);
        assert_eq!(said(&format!("{}\n{}\n", lines[0], lines[2]))[0], ("ledger-chain", 2), "a line was left out");
        assert_eq!(said(&format!("{}\n{}\n", lines[1], lines[0]))[0], ("ledger-chain", 1), "lines were moved");
        assert_eq!(said(&format!("{}\n{}", lines[0], &lines[1][..60])), [("ledger-unreadable", 2)], "a line was cut");
        let forged = line(&sign(Stage::Second, "甲", "x"), lines[0].rsplit('"').nth(1).expect("a hash"));
        assert_eq!(said(&format!("{}\n{forged}", lines[0])), [("ledger-order", 2)], "a sound chain against the rules");
        let other = line(&Sign { record: "a/c".into(), ..sign(Stage::Draft, "甲", "x") }, &Ledger::empty().last);
        assert_eq!(said(&other), [("ledger-record", 1)], "somebody else's ledger");
    }
}
