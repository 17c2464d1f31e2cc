//! A record as a whole: a new id, withdrawal, removal, and such a change taken back. What it means is worked out by
//! [`Whole`], as on the command line; here it is shown before it is done.
//!
//! What was shown has a seal, and only that is done: where the site has changed meanwhile, it is shown anew.

use super::api::{Told, Visit, refused, text};
use super::files;
use super::form::said;
use crate::desk::Edit;
use crate::desk::rename::{Refusal, Renaming, row};
use crate::desk::whole::{Whole, judged};
use crate::diagnostic::{Diagnostic, Place, Said, said as both};
use crate::schema::Role;
use crate::value::RecordId;
use crate::write::history;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::sync::PoisonError;

fn denied(why: Refusal) -> Told {
    (422, json!({"message": said(&why.message), "hint": why.hint.as_ref().map(said)}))
}

/// Edits as a word that no other edits have.
fn seal(edits: &[Edit]) -> String {
    let mut sum = Sha256::new();
    for edit in edits {
        for part in [Some(edit.path.as_str().as_bytes()), edit.before.as_deref(), edit.after.as_deref()] {
            sum.update(files::digest(part));
            sum.update([0]);
        }
    }
    crate::source::hex(&sum.finalize())
}

/// The table that the record is a row of.
fn row_of(whole: &Whole<'_>) -> Option<String> {
    row(&whole.project, &whole.id).map(|(table, _)| table.to_string())
}

impl Visit<'_> {
    fn whole(&self, asked: &Json) -> Result<Whole<'_>, Told> {
        let (of, id) = (text(asked, "type"), text(asked, "id"));
        let desk = &self.desk;
        let schema = desk.of(of).filter(|_| desk.has(of, id)).map(|(schema, _)| schema);
        let schema = schema.ok_or_else(|| refused((404, both("没有这条内容。", "There is no such record."))))?;
        let id = RecordId { of: schema.name.clone(), id: id.into() };
        Whole::of(&desk.snapshot, &desk.diagnostics, self.state.config.options(), id).ok_or((503, json!({})))
    }

    /// What can be done with a record, and what its removal would mean.
    pub(super) fn prospect(&self, asked: &Json) -> Result<Json, Told> {
        let whole = self.whole(asked)?;
        let plan = whole.remove().map_err(denied)?;
        let default = self.desk.site.default_lang();
        let row = self.desk.row(&whole.id.of, &whole.id.id, default);
        let role = |role| whole.project.schemas.named(&whole.id.of).is_some_and(|of| of.with_role(role).is_some());
        let withdrawn = row.is_some_and(|row| row.standing == "withdrawn");
        let files: Vec<&str> = plan.edits.iter().filter(|edit| edit.after.is_none()).map(|edit| edit.path.as_str()).collect();
        Ok(json!({
            "type": &*whole.id.of,
            "id": &*whole.id.id,
            "title": row.map(|row| row.title.as_str()),
            "standing": row.map(|row| row.standing.as_str()),
            "public": whole.public().is_some(),
            "withdrawable": row.is_some() && role(Role::State) && role(Role::Withdrawal) && !withdrawn,
            "linked": self.places(&whole, &plan.linked),
            "files": files,
            "row": row_of(&whole),
            "plan": seal(&plan.edits),
        }))
    }

    /// Places by the record that they stand in, or by their file where that is none.
    fn places(&self, whole: &Whole<'_>, places: &[Place]) -> Vec<Json> {
        let mut found: Vec<Json> = Vec::new();
        for place in places {
            let in_table = place.file.extension() == "csv";
            let own = |record: &&crate::read::Record| record.file == place.file && (!in_table || record.line == place.line);
            let record = whole.project.records.iter().find(own);
            let row = record.and_then(|record| self.desk.row(&record.id.of, &record.id.id, record.lang));
            let one = json!({
                "file": place.file.as_str(),
                "type": record.map(|record| &*record.id.of),
                "id": record.map(|record| &*record.id.id),
                "title": row.map(|row| row.title.as_str()),
                "lang": record.map(|record| record.lang.code()),
                "lines": [place.line],
            });
            let same = |known: &&mut Json| ["file", "type", "id", "lang"].iter().all(|key| known[*key] == one[*key]);
            match found.iter_mut().find(same).and_then(|known| known["lines"].as_array_mut()) {
                Some(lines) => lines.push(place.line.into()),
                None => found.push(one),
            }
        }
        found
    }

    /// Refuses edits after which something would be wrong that is not wrong now.
    fn sound(wrong: &[Diagnostic]) -> Result<(), Told> {
        if wrong.is_empty() {
            return Ok(());
        }
        let message = both("这样改会带来下面的错误，什么都没有写入。", "This would bring in the errors below; nothing was written.");
        let told = |found: &Diagnostic| {
            let file = found.place.as_ref().map(|place| place.file.as_str());
            json!({"file": file, "line": found.place.as_ref().map(|place| place.line), "message": said(&found.message)})
        };
        Err((422, json!({"message": said(&message), "wrong": wrong.iter().map(told).collect::<Vec<_>>()})))
    }

    fn moved_on(now: Json) -> Told {
        let message = both(
            "网站的内容刚才变过，没有改动。请看过新的清单再确定。",
            "The site has changed meanwhile, and nothing was done. Look at the new list first.",
        );
        (409, json!({"message": said(&message), "now": now}))
    }

    /// Shows what a new id means; with the seal of what was shown, does it.
    pub(super) fn rename(&self, asked: &Json) -> Result<Json, Told> {
        let _one_at_a_time = self.admin.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let whole = self.whole(asked)?;
        let plan = whole.rename(text(asked, "to")).map_err(denied)?;
        Self::sound(&whole.judged(&plan.edits).1)?;
        let shown = self.shown_renaming(&whole, &plan);
        if asked["plan"].is_null() {
            return Ok(shown);
        }
        if asked["plan"] != shown["plan"] {
            return Err(Self::moved_on(shown));
        }
        let change = self.carry_out(&plan.edits, "rename")?;
        Ok(json!({"id": plan.new_id, "change": change, "moved": plan.moves.len(), "links": plan.links.len()}))
    }

    fn shown_renaming(&self, whole: &Whole<'_>, plan: &Renaming) -> Json {
        json!({
            "id": plan.new_id,
            "moves": plan.moves.iter().map(|(old, new)| [old.as_str(), new.as_str()]).collect::<Vec<_>>(),
            "cell": row_of(whole),
            "links": self.places(whole, &plan.links),
            "redirect": plan.redirect,
            "signed": plan.signed,
            "plan": seal(&plan.edits),
        })
    }

    /// Takes a record away, as it was shown.
    pub(super) fn remove(&self, asked: &Json) -> Result<Json, Told> {
        let _one_at_a_time = self.admin.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let whole = self.whole(asked)?;
        let plan = whole.remove().map_err(denied)?;
        if !plan.linked.is_empty() {
            let count = plan.linked.len();
            let message = both(
                format!("还有 {count} 处指向这条内容，没有删除。"),
                format!("{count} places lead to this record; it was not taken away."),
            );
            return Err((422, json!({"message": said(&message), "linked": self.places(&whole, &plan.linked)})));
        }
        if text(asked, "plan") != seal(&plan.edits) {
            return Err(Self::moved_on(self.prospect(asked)?));
        }
        Self::sound(&whole.judged(&plan.edits).1)?;
        let change = self.carry_out(&plan.edits, "remove")?;
        Ok(json!({"change": change}))
    }

    /// Withdraws a record with its reason. The seal is that of its removal: nobody withdraws what has changed meanwhile.
    pub(super) fn withdraw(&self, asked: &Json) -> Result<Json, Told> {
        let _one_at_a_time = self.admin.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let whole = self.whole(asked)?;
        let edits = whole.withdraw(text(asked, "reason")).map_err(denied)?;
        if text(asked, "plan") != seal(&whole.remove().map_err(denied)?.edits) {
            return Err(Self::moved_on(self.prospect(asked)?));
        }
        Self::sound(&whole.judged(&edits).1)?;
        let change = self.carry_out(&edits, "withdraw")?;
        Ok(json!({"change": change}))
    }

    /// Takes a whole change back, where none of its files was changed since.
    pub(super) fn undo(&self, asked: &Json) -> Result<Json, Told> {
        let _one_at_a_time = self.admin.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let told = |message: Said| refused((409, message));
        let edits = history::undoing(&self.state.config.root, text(asked, "change")).map_err(|failure| told(failure.message))?;
        Self::sound(&judged(&self.desk.snapshot, &self.desk.diagnostics, self.state.config.options(), &edits).1)?;
        self.carry_out(&edits, "undo")?;
        Ok(json!({}))
    }
}
