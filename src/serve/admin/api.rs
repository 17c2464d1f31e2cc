//! What the forms ask and what they are told, as JSON.

use super::desk::Desk;
use super::form::{self, said};
use super::sheet::{Refused, Sheet, Wanted};
use super::{Admin, draft, files, names, problems, states, upload};
use crate::desk::Edit;
use crate::diagnostic::{Diagnostics, Said, SitePath, said as both};
use crate::read::ledger::{self, Stage};
use crate::resolve::review::{Denied, Wish};
use crate::serve::state::State;
use crate::value::{Instant, Lang};
use crate::write::{self, history};
use serde_json::{Map, Value as Json, json};
use std::sync::{Arc, PoisonError};

/// The longest name that is suggested, in letters: it stands in addresses that people pass on.
const LONGEST_NAME: usize = 48;

/// A status of HTTP and what is told.
pub type Told = (u16, Json);

/// A refusal as it is told.
pub(super) fn refused((status, why): Refused) -> Told {
    (status, json!({"message": said(&why)}))
}

fn failed(why: Said) -> Told {
    refused((500, why))
}

/// Text of a request.
pub(super) fn text<'a>(asked: &'a Json, key: &str) -> &'a str {
    asked[key].as_str().unwrap_or_default()
}

fn wanted(asked: &Json) -> Wanted<'_> {
    let lang = asked["lang"].as_str().filter(|code| !code.is_empty());
    Wanted { of: text(asked, "type"), id: text(asked, "id"), lang, new: asked["new"] == true }
}

/// One visit: the site as it was last read, and who asks.
pub struct Visit<'a> {
    pub(super) state: &'a State,
    pub(super) admin: &'a Admin,
    pub(super) desk: Arc<Desk>,
}

impl<'a> Visit<'a> {
    /// Begins a visit; `None` while the site was never read.
    pub fn new(state: &'a State, admin: &'a Admin) -> Option<Visit<'a>> {
        Some(Visit { state, admin, desk: admin.desk()? })
    }

    fn now(&self) -> Instant {
        self.state.config.at.unwrap_or_else(self.state.config.now)
    }

    /// What a page asks; `query` holds the words of the address.
    pub fn ask(&self, name: &str, query: &Json) -> Told {
        let told = match name {
            "forms" => Ok(self.forms()),
            "records" => Ok(self.desk.list()),
            "record" => self.record(query),
            "history" => self.history(query),
            "version" => self.version(query),
            "suggest" => self.suggest(query),
            "whole" => self.prospect(query),
            _ => Err((404, json!({}))),
        };
        told.map_or_else(|told| told, |json| (200, json))
    }

    /// What a page changes, or has judged.
    pub fn act(&self, name: &str, asked: &Json) -> Told {
        let told = match name {
            "check" => self.check(asked),
            "save" => self.save(asked),
            "restore" => self.restore(asked),
            "sign" => self.sign(asked),
            "rename" => self.rename(asked),
            "remove" => self.remove(asked),
            "withdraw" => self.withdraw(asked),
            "undo" => self.undo(asked),
            _ => Err((404, json!({}))),
        };
        told.map_or_else(|told| told, |json| (200, json))
    }

    fn forms(&self) -> Json {
        let site = &self.desk.site;
        json!({
            "site": site.name,
            "languages": site.languages.iter().map(|lang| lang.code()).collect::<Vec<_>>(),
            "review": site.review_required,
            "tongue": if self.state.config.tongue == crate::diagnostic::Tongue::En { "en" } else { "zh" },
            "now": self.now().minute_in(&site.zone),
            "largest": upload::LARGEST,
            "types": self.desk.schemas.types.iter().map(form::of).collect::<Vec<_>>(),
        })
    }

    fn open(&self, asked: &Json) -> Result<Sheet<'_>, Told> {
        Sheet::open(&self.desk, &self.state.config.root, &wanted(asked)).map_err(refused)
    }

    /// A record with all that its page shows.
    fn record(&self, asked: &Json) -> Result<Json, Told> {
        let sheet = self.open(asked)?;
        let values = sheet.values(&self.desk);
        let word = sheet.state(&self.desk, &values);
        // What was noted is of the last reading; the file may be newer, and then the next reading brings more.
        let shown = sheet.problems(&self.desk.diagnostics, &sheet.text);
        let default = sheet.lang == self.desk.site.default_lang();
        let there = |lang: &&Lang| self.desk.row(&sheet.id.of, &sheet.id.id, **lang).is_some();
        let (others, missing): (Vec<&Lang>, Vec<&Lang>) =
            self.desk.site.languages.iter().filter(|lang| **lang != sheet.lang).partition(there);
        let codes = |list: Vec<&Lang>| list.into_iter().map(|lang| lang.code()).collect::<Vec<_>>();
        Ok(json!({
            "type": &*sheet.id.of,
            "id": &*sheet.id.id,
            "lang": sheet.lang.code(),
            "default": default,
            "table": sheet.line.is_some(),
            "others": if sheet.line.is_none() { codes(others) } else { Vec::new() },
            "missing": if default && sheet.line.is_none() { codes(missing) } else { Vec::new() },
            "file": sheet.file.as_str(),
            "title": sheet.row.map(|row| row.title.as_str()),
            "standing": sheet.row.map(|row| row.standing.as_str()),
            "page": sheet.row.and_then(|row| row.page.as_deref()),
            "digest": sheet.digest(),
            "readable": sheet.text.node.is_some() || asked["new"] == true,
            "state": word,
            "next": if default { states::next(sheet.schema, &word) } else { Vec::new() },
            "values": values,
            "body": sheet.text.body,
            "problems": shown,
            "review": self.desk.review(&sheet.id, self.now()),
            "versions": history::versions(&self.state.config.root, &sheet.file).len(),
        }))
    }

    /// The file as a form wants it, and what the site says to that. Nothing is written.
    fn tried(&self, sheet: &Sheet<'_>, asked: &Json, pages: bool) -> Result<(Vec<u8>, Vec<Json>, draft::Tried), Told> {
        let mut values = asked["values"].as_object().cloned().unwrap_or_default();
        if let (Some(word), Some(field)) = (asked["state"].as_str(), sheet.schema.with_role(crate::schema::Role::State)) {
            values.insert(field.key.to_string(), word.into());
        }
        let bytes = sheet.changed(&self.desk, &values, text(asked, "body")).map_err(|refused| self.stuck(sheet, &refused))?;
        let tried = draft::try_out(self.state, &sheet.in_site(&self.desk, bytes.clone()), pages);
        let found = sheet.problems(&tried.diagnostics, &sheet.read(&bytes).unwrap_or_default());
        Ok((bytes, found, tried))
    }

    /// The file is of a shape that cannot be changed in place.
    fn stuck(&self, sheet: &Sheet<'_>, refused: &crate::source::edit::Refused) -> Told {
        let mut noted = Diagnostics::new();
        refused.diagnostics().into_iter().for_each(|found| noted.push(found));
        (422, json!({"message": said(&refused.why), "problems": sheet.problems(&noted, &sheet.text)}))
    }

    /// Judges a form and shows its page, without writing anything.
    fn check(&self, asked: &Json) -> Result<Json, Told> {
        let sheet = self.open(asked)?;
        let (_, found, tried) = self.tried(&sheet, asked, true)?;
        let page = tried.page(&sheet.id, sheet.lang);
        let number = self.admin.show(tried);
        Ok(json!({"problems": found, "page": page.map(|page| format!("/__parkpress/draft/{number}/{page}"))}))
    }

    /// Writes a form into its file, unless the file is not the one that the form was made from.
    fn save(&self, asked: &Json) -> Result<Json, Told> {
        let _one_at_a_time = self.admin.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let sheet = self.open(asked)?;
        if sheet.digest() != text(asked, "digest") {
            return Err(self.conflict(&sheet));
        }
        let (bytes, found, _) = self.tried(&sheet, asked, false)?;
        let word = asked["state"].as_str().map_or_else(|| sheet.state(&self.desk, &sheet.values(&self.desk)), str::to_string);
        if states::is_finished(&word) && problems::stops(&found) {
            let message = both(
                "还有错误，没有保存。改好标出的地方，或者先存为草稿。",
                "There are errors, and nothing was saved. Mend what is marked, or save it as a draft.",
            );
            return Err((422, json!({"message": said(&message), "problems": found})));
        }
        self.write(&sheet.file, sheet.bytes.as_deref(), bytes)?;
        self.fresh(asked)
    }

    /// Writes one file; the same bytes are no change.
    fn write(&self, path: &SitePath, before: Option<&[u8]>, bytes: Vec<u8>) -> Result<(), Told> {
        if before == Some(bytes.as_slice()) {
            return Ok(());
        }
        let edit = Edit { path: path.clone(), from: None, before: before.map(<[u8]>::to_vec), after: Some(bytes) };
        self.carry_out(&[edit], history::SAVE).map(drop)
    }

    /// Carries changes out and reads the site anew; gives the name of the change.
    pub(super) fn carry_out(&self, edits: &[Edit], verb: &str) -> Result<Option<String>, Told> {
        let stamp = self.now().stamp(&self.desk.site.zone);
        let kept = files::write(&self.state.config.root, edits, &stamp, verb).map_err(refused)?;
        // The watcher will see it too; who changed something should not wait for that.
        self.state.load();
        Ok(kept)
    }

    /// A record after it was written: the site was read anew.
    fn fresh(&self, asked: &Json) -> Result<Json, Told> {
        let again = Visit::new(self.state, self.admin).ok_or((503, json!({})))?;
        let mut asked = asked.clone();
        asked["new"] = false.into();
        again.record(&asked)
    }

    /// Somebody else has changed the file: what it says now, for the person to choose.
    fn conflict(&self, sheet: &Sheet<'_>) -> Told {
        let message = both("这条内容刚才在别处改过，还没有保存。", "This record has been changed elsewhere; nothing was saved.");
        let now = json!({"digest": sheet.digest(), "values": sheet.values(&self.desk), "body": sheet.text.body});
        (409, json!({"message": said(&message), "now": now}))
    }

    fn history(&self, asked: &Json) -> Result<Json, Told> {
        let sheet = self.open(asked)?;
        let list = history::versions(&self.state.config.root, &sheet.file)
            .into_iter()
            .map(|version| json!({"name": version.name, "until": version.until, "verb": version.verb, "bytes": version.bytes}));
        Ok(json!({"versions": list.collect::<Vec<_>>(), "digest": sheet.digest()}))
    }

    /// What an earlier text said.
    fn version(&self, asked: &Json) -> Result<Json, Told> {
        let mut sheet = self.open(asked)?;
        let bytes = self.earlier(&sheet, asked)?;
        let now = sheet.values(&self.desk);
        let old = sheet.read(&bytes).ok_or_else(no_row)?;
        let body = std::mem::replace(&mut sheet.text, old).body;
        Ok(json!({"values": sheet.values(&self.desk), "body": sheet.text.body, "now": {"values": now, "body": body}}))
    }

    fn earlier(&self, sheet: &Sheet<'_>, asked: &Json) -> Result<Vec<u8>, Told> {
        history::version(&self.state.config.root, &sheet.file, text(asked, "version"))
            .ok_or_else(|| refused((404, both("没有这个旧版本。", "There is no such version."))))
    }

    /// Brings an earlier text back; the present one becomes an earlier one.
    fn restore(&self, asked: &Json) -> Result<Json, Told> {
        let _one_at_a_time = self.admin.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let sheet = self.open(asked)?;
        if sheet.digest() != text(asked, "digest") {
            return Err(self.conflict(&sheet));
        }
        let mut bytes = self.earlier(&sheet, asked)?;
        if sheet.line.is_some() {
            // The other rows of the table stay as they are now.
            let text = sheet.read(&bytes).ok_or_else(no_row)?;
            let old = sheet.values_of(&self.desk, &text);
            bytes = sheet.changed(&self.desk, &old, "").map_err(|why| self.stuck(&sheet, &why))?;
        }
        self.write(&sheet.file, sheet.bytes.as_deref(), bytes)?;
        self.fresh(asked)
    }

    /// Signs a record. The page says what it showed: nobody signs what they have not seen.
    fn sign(&self, asked: &Json) -> Result<Json, Told> {
        let _one_at_a_time = self.admin.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let sheet = self.open(asked)?;
        let stage = Stage::parse(text(asked, "stage")).ok_or((400, json!({})))?;
        let reviews = &self.desk.reviews;
        let moved = reviews.of(&sheet.id).is_none_or(|review| review.digest != text(asked, "seen"));
        if moved || sheet.bytes.as_deref() != self.desk.snapshot.texts.get(&sheet.file).map(|bytes| &**bytes) {
            return Err(self.conflict(&sheet));
        }
        let wish = Wish { stage, by: text(asked, "by"), note: text(asked, "note"), at: self.now(), zone: &self.desk.site.zone };
        let sign = reviews.sign(&sheet.id, wish, &self.desk.diagnostics).map_err(|denied| {
            let field = match denied {
                Denied::Name | Denied::Order(..) => "by",
                Denied::Note => "note",
                _ => "",
            };
            (422, json!({"message": said(&denied.said()), "field": field}))
        })?;
        let path = ledger::path(&sheet.id.to_string());
        let seen = self.desk.snapshot.texts.get(&path).map(|bytes| bytes.to_vec()).unwrap_or_default();
        let line = ledger::line(&sign, &reviews.ledger(&sheet.id).last);
        write::append(&self.state.config.root, &path, &seen, &line).map_err(|failure| refused((409, failure.message)))?;
        self.state.load();
        self.fresh(asked)
    }

    /// A free id for a title.
    fn suggest(&self, asked: &Json) -> Result<Json, Told> {
        let (schema, _) = self.desk.of(text(asked, "type")).ok_or((404, json!({})))?;
        let name = self.desk.readings.slug(text(asked, "title"), LONGEST_NAME);
        let name = if name.is_empty() { schema.name.to_string() } else { name };
        Ok(json!({"id": names::free(&name, |id| self.desk.has(&schema.name, id))}))
    }

    /// Keeps a file that was sent in `content/media/`. The same bytes under the same name are the same file.
    pub fn upload(&self, query: &Json, bytes: &[u8]) -> Told {
        let _one_at_a_time = self.admin.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let typed = text(query, "name");
        let ending = match upload::ending(typed, bytes, text(query, "kind") != "file") {
            Ok(ending) => ending,
            Err(why) => return refused((422, why)),
        };
        let stem = typed.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let slug = self.desk.readings.slug(stem, LONGEST_NAME);
        let root = &self.state.config.root;
        let path = |name: &str| SitePath::new(&format!("content/media/{name}.{ending}"));
        let mut fault = None;
        let name = names::free(if slug.is_empty() { "file" } else { &slug }, |name| match files::read(root, &path(name)) {
            Ok(there) => there.is_some_and(|there| there != bytes),
            Err(why) => {
                fault = Some(why);
                false
            }
        });
        if let Some(why) = fault {
            return failed(why);
        }
        let there = matches!(files::read(root, &path(&name)), Ok(Some(_)));
        match self.write(&path(&name), there.then_some(bytes), bytes.to_vec()) {
            Ok(()) => (200, json!({"src": format!("{name}.{ending}"), "bytes": bytes.len()})),
            Err(told) => told,
        }
    }

    /// A picture that a record uses, as the record names it.
    pub fn picture(&self, query: &Json) -> Option<(String, Vec<u8>)> {
        let from = SitePath::new(text(query, "from"));
        let src = text(query, "src");
        let plain = src.trim_start_matches('/');
        let places =
            [from.beside(src), Some(SitePath::new(&format!("content/{plain}"))), Some(SitePath::new(&format!("content/media/{plain}")))];
        let blob = |path: &SitePath| self.desk.snapshot.blobs.get(path).filter(|_| path.as_str().starts_with("content/"));
        let (path, blob) = places.into_iter().flatten().find_map(|path| Some((path.clone(), blob(&path)?.clone())))?;
        crate::resolve::is_allowed(&path, true).then_some(())?;
        Some((path.as_str().to_string(), blob.read().ok()?.to_vec()))
    }
}

fn no_row() -> Told {
    refused((404, both("那时的表格里没有这一行。", "The table had no such row then.")))
}

/// The words of an address as JSON.
pub fn words(query: &str) -> Json {
    let decoded = |part: &str| percent_encoding::percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(key, value)| (decoded(key), Json::String(decoded(value)))).collect::<Map<_, _>>().into()
}
