//! `parkpress review`: sign-offs of records. Names are declared, not authenticated: the ledger proves that nothing was
//! changed after it was signed, not who sat at the keyboard.

use super::out::{eprintln, print, println};
use super::session::{Loaded, Session};
use crate::diagnostic::{Diagnostics, Said, failed, nearest, said};
use crate::read::ledger::{self, Stage};
use crate::render::approval;
use crate::resolve::review::{Denied, Review, Wish};
use crate::resolve::{Catalog, Options, State};
use crate::value::{Instant, RecordId};
use crate::write;
use clap::ArgMatches;
use serde_json::{Value as Json, json};

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    let done = match matches.subcommand() {
        Some(("sign", own)) => sign(session, own),
        Some(("status", own)) => status(session, own),
        Some(("sheet", own)) => sheet(session, own),
        _ => verify(session),
    };
    match done {
        Ok(code) | Err(code) => code,
    }
}

/// The site with everything in it that can be signed.
fn load(session: &Session, at: Instant) -> Result<(Loaded, Catalog), u8> {
    let mut loaded = session.load()?;
    let Some(catalog) = session.understand(&mut loaded, Options { at, drafts: true, portable: false }) else {
        session.print(&loaded);
        return Err(1);
    };
    Ok((loaded, catalog))
}

/// The record that a word means: `type/id`, `folder/id`, the path of its file, or an id that only one record has.
pub(super) fn find(session: &Session, catalog: &Catalog, word: &str) -> Result<RecordId, u8> {
    let typed = word.trim().replace('\\', "/");
    let plain = typed.trim_start_matches("./").trim_end_matches('/');
    let folder = |id: &RecordId| catalog.schemas.named(&id.of).map_or("", |of| of.folder.as_str());
    let is = |id: &&RecordId| {
        id.to_string() == plain
            || format!("{}/{}", folder(id), id.id) == plain
            || catalog.reviews.files(id).iter().any(|file| file.as_str() == plain || file.as_str().strip_prefix("content/") == Some(plain))
    };
    let found: Vec<&RecordId> = catalog.reviews.records().filter(is).collect();
    let found = if found.is_empty() { catalog.reviews.records().filter(|id| *id.id == *plain).collect() } else { found };
    match found.as_slice() {
        [one] => Ok((*one).clone()),
        [] => {
            let names: Vec<String> = catalog.reviews.records().map(RecordId::to_string).collect();
            let hint = nearest(plain, names.iter().map(String::as_str))
                .map(|near| said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")))
                .unwrap_or_else(|| said("用 parkpress list 查看编号。", "See “parkpress list”."));
            Err(session.refuse(&said(format!("没有“{plain}”这条内容。"), format!("There is no record “{plain}”.")), Some(&hint), 2))
        }
        several => {
            let names: Vec<String> = several.iter().map(|id| id.to_string()).collect();
            let message = said(format!("“{plain}”指不止一条内容。"), format!("“{plain}” means more than one record."));
            Err(session.refuse(&message, Some(&said(names.join("、"), names.join(", "))), 2))
        }
    }
}

fn review_of(session: &Session, catalog: &Catalog, id: &RecordId) -> Result<Review, u8> {
    catalog.reviews.of(id).ok_or_else(|| session.refuse(&said("没有这条内容。", "There is no such record."), None, 2))
}

fn sign(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let text = |name: &str| matches.get_one::<String>(name).map(|text| text.trim().to_string());
    let at = session.instant(matches)?;
    let (loaded, catalog) = load(session, at)?;
    let id = find(session, &catalog, &text("record").unwrap_or_default())?;
    let (by, note) = (text("by").unwrap_or_default(), text("note").unwrap_or_default());
    let stage = text("stage").and_then(|word| Stage::parse(&word)).unwrap_or(Stage::Draft);
    let wish = Wish { stage, by: &by, note: &note, at, zone: &catalog.site.zone };
    let record = id.to_string();
    let entry = match catalog.reviews.sign(&id, wish, &loaded.diagnostics) {
        Ok(entry) => entry,
        Err(denied) => {
            let hint = matches!(denied, Denied::Order(..)).then(|| {
                said(format!("看进度：parkpress review status {record}"), format!("See how far it is: parkpress review status {record}"))
            });
            let exit = u8::from(!matches!(denied, Denied::Broken(_))) + 1;
            let message = denied.said();
            if let Denied::Broken(found) = denied {
                let mut wrong = Diagnostics::new();
                found.into_iter().for_each(|d| wrong.push(d));
                session.print(&Loaded { diagnostics: wrong, ..loaded });
            }
            return Err(session.refuse(&message, hint.as_ref(), exit));
        }
    };
    let review = review_of(session, &catalog, &id)?;
    let known = catalog.reviews.ledger(&id);
    let path = ledger::path(&record);
    let seen = loaded.snapshot.texts.get(&path).map(|bytes| bytes.to_vec()).unwrap_or_default();
    write::append(&loaded.root, &path, &seen, &ledger::line(&entry, &known.last))
        .map_err(|failure| session.refuse(&failure.message, failure.hint.as_ref(), failure.exit))?;
    let mut after = review;
    after.signed[stage as usize] = Some(entry);
    println!("{record}  {}  {}", session.say(stage.said().0, stage.said().1), after.said().in_tongue(session.tongue));
    println!("{}", after.digest);
    if after.is_approved() {
        println!(
            "{}",
            session.say(
                "把 state 改为 published，下一次生成时发布；其他内容一改就要重新审签。",
                "Set state: published and build; any other edit reopens the review."
            )
        );
    }
    Ok(0)
}

fn status(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let (_, catalog) = load(session, Instant::from_system())?;
    let ids: Vec<RecordId> = match matches.get_one::<String>("record") {
        Some(word) => vec![find(session, &catalog, word)?],
        None => {
            let wanted = |id: &&RecordId| catalog.site.review_required || catalog.reviews.has_ledger(id);
            catalog.reviews.records().filter(wanted).cloned().collect()
        }
    };
    let reviews: Vec<(RecordId, Review)> = ids.into_iter().filter_map(|id| catalog.reviews.of(&id).map(|review| (id, review))).collect();
    if matches.get_one::<String>("format").is_some_and(|format| format == "json") {
        let list: Vec<Json> = reviews.iter().map(|(id, review)| as_json(&catalog, id, review)).collect();
        println!("{}", json!({"required": catalog.site.review_required, "records": list}));
        return Ok(0);
    }
    let withdrawn = |id: &RecordId| catalog.entries.iter().any(|entry| entry.id == *id && entry.state == State::Withdrawn);
    for (id, review) in &reviews {
        let said = if withdrawn(id) { said("已撤稿，不需要审签", "withdrawn; nobody has to sign") } else { review.said() };
        println!("{:<36} {}", id.to_string(), said.in_tongue(session.tongue));
        for stage in Stage::ALL {
            if let Some(sign) = &review.signed[stage as usize] {
                let note = sign.note.as_deref().map(|note| format!("  {note}")).unwrap_or_default();
                println!("    {}  {}  {}{note}", session.say(stage.said().0, stage.said().1), sign.by, sign.at);
            }
        }
        if reviews.len() == 1 {
            println!("    sha256 {}", review.digest);
        }
    }
    let open = reviews.iter().filter(|(id, review)| !review.is_approved() && !withdrawn(id)).count();
    let all = matches.get_one::<String>("record").is_none();
    let never = catalog.reviews.records().filter(|id| all && !catalog.reviews.has_ledger(id)).count();
    let (mut zh, mut en) =
        (format!("{} 条，其中 {open} 条未审定", reviews.len()), format!("{} records, {open} of them not approved", reviews.len()));
    if never > 0 && !catalog.site.review_required {
        // Where nobody has to sign, only signed records are listed.
        zh.push_str(&format!("；另有 {never} 条从未审签（本站不要求审签）"));
        en.push_str(&format!("; {never} more were never signed (this site does not demand it)"));
    }
    eprintln!("{}", session.say(zh, en));
    Ok(0)
}

fn as_json(catalog: &Catalog, id: &RecordId, review: &Review) -> Json {
    let signed: serde_json::Map<String, Json> = Stage::ALL
        .into_iter()
        .filter_map(|stage| {
            let sign = review.signed[stage as usize].as_ref()?;
            Some((stage.word().to_string(), json!({"by": sign.by, "at": sign.at, "note": sign.note})))
        })
        .collect();
    let files: Vec<String> = catalog.reviews.files(id).iter().map(ToString::to_string).collect();
    json!({
        "record": id.to_string(),
        "files": files,
        "digest": review.digest,
        "approved": review.is_approved(),
        "reopened": review.reopened && !review.is_approved(),
        "next": review.next().map(Stage::word),
        "signed": signed,
    })
}

fn verify(session: &Session) -> Result<u8, u8> {
    let (mut loaded, catalog) = load(session, Instant::from_system())?;
    let mut found = Diagnostics::new();
    loaded.diagnostics.iter().filter(|d| d.code.starts_with("ledger-")).for_each(|d| found.push(d.clone()));
    loaded.diagnostics = found;
    session.print(&loaded);
    let ledgers = catalog.reviews.records().filter(|id| catalog.reviews.has_ledger(id)).count();
    let verdict = session.verdict(&loaded.diagnostics);
    println!("{}", session.say(format!("核对了 {ledgers} 份台账：{verdict}"), format!("{ledgers} ledgers: {verdict}")));
    Ok(u8::from(loaded.diagnostics.has_errors()))
}

fn sheet(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let at = session.instant(matches)?;
    let (_, catalog) = load(session, at)?;
    let id = find(session, &catalog, matches.get_one::<String>("record").map(String::as_str).unwrap_or_default())?;
    let review = review_of(session, &catalog, &id)?;
    let entry = catalog.find(&id, catalog.site.default_lang()).map(|ix| &catalog.entries[ix]);
    let Some(entry) = entry else {
        return Err(session.refuse(&said("这条内容不予公开，没有审批单。", "The record is never disclosed and has no sheet."), None, 2));
    };
    let schema = catalog.type_of(entry);
    let record = id.to_string();
    let subject = approval::Subject {
        site: &catalog.site.name,
        kind: &schema.label.zh,
        record: &record,
        title: &entry.title,
        facts: approval::facts(&catalog, entry),
        text: entry.body.as_ref().map_or("", |body| body.text.as_str()),
        files: catalog.reviews.files(&id),
        made: &at.rfc3339(&catalog.site.zone),
    };
    let html = approval::sheet(&subject, &review);
    let out = matches.get_one::<String>("out").cloned().unwrap_or_else(|| format!("review-{}.html", record.replace('/', "-")));
    if out == "-" {
        print!("{html}");
        return Ok(0);
    }
    keep(session, &out, &html)
}

/// Writes a sheet; over another file than a sheet it does not write.
fn keep(session: &Session, out: &str, html: &str) -> Result<u8, u8> {
    let ours = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).contains("content=\"parkpress review sheet\"");
    if std::path::Path::new(out).exists() && !std::fs::read(out).is_ok_and(ours) {
        let message: Said = said(format!("“{out}”已经存在，不是审批单。"), format!("“{out}” exists and is no approval sheet."));
        return Err(session.refuse(&message, Some(&said("用 --out 换个文件名。", "Name another file with --out.")), 2));
    }
    if let Err(error) = std::fs::write(out, html) {
        return Err(session.refuse(&failed("写不了文件", "Cannot write", &error), None, 3));
    }
    println!("{out}");
    Ok(0)
}
