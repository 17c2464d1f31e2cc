//! `parkpress import`: a spreadsheet of an office becomes new and changed records, or a list of what is wrong in it. Word
//! files go to `import_word.rs`.

use super::desk as shared;
use super::out::{eprintln, print, println};
use super::session::{Loaded, Session};
use crate::desk::{self, Edit, Import, Outcome, What};
use crate::diagnostic::{SitePath, failed, print, said};
use crate::read;
use crate::resolve::Options;
use crate::value::Instant;
use clap::ArgMatches;
use serde_json::{Value as Json, json};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    match import(session, matches) {
        Ok(code) | Err(code) => code,
    }
}

fn import(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let as_json = text("format") == Some("json");
    let paths: Vec<PathBuf> = matches.get_many::<String>("file").into_iter().flatten().map(PathBuf::from).collect();
    if paths.iter().all(|path| desk::word::is_word(&named(path).extension())) {
        return super::import_word::import(session, matches, &paths);
    }
    let [path] = paths.as_slice() else {
        let hint = said("表格一次导入一张；几个 Word 文件可以一起导入。", "Import sheets one by one; Word files may come together.");
        return Err(session.refuse(&said("一次只能导入一张表格。", "Only one spreadsheet at a time."), Some(&hint), 2));
    };
    let bytes = bytes(session, path)?;
    let file = named(path);
    let mut loaded = session.load()?;
    let Some(project) = read::project(&loaded.snapshot, &mut loaded.diagnostics) else {
        session.print(&loaded);
        return Err(1);
    };
    // What is wrong with the site already is the business of `check`.
    loaded.diagnostics = crate::diagnostic::Diagnostics::new();
    let Some(grids) = desk::open(&file, &bytes, &mut loaded.diagnostics) else {
        told(session, &loaded, None, as_json);
        return Err(2);
    };
    let (grid, of) = desk::import::pick(&file, &grids, &project.schemas, text("type"), text("sheet"))
        .map_err(|(message, hint)| session.refuse(&message, hint.as_ref(), 2))?;
    let ask = desk::import::Ask {
        file: &file,
        grid: &grids[grid],
        of,
        clear: matches.get_flag("clear"),
        options: Options { at: Instant::from_system(), drafts: true, portable: false },
    };
    let import = desk::import::import(&ask, &project, &loaded.snapshot, &mut loaded.diagnostics);
    let failed = loaded.diagnostics.has_errors();
    told(session, &loaded, Some(&import), as_json);
    if failed {
        if !as_json {
            eprintln!("{}", session.say("有错误，什么都没有写。", "There are errors; nothing was written."));
        }
        return Ok(1);
    }
    if matches.get_flag("dry-run") {
        if !as_json {
            println!("{}", session.say("试运行，什么都没有写。", "A dry run; nothing was written."));
        }
        return Ok(0);
    }
    write(session, &loaded, &import)?;
    Ok(0)
}

/// What a file is called.
pub fn named(path: &Path) -> SitePath {
    SitePath::new(&path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
}

/// The bytes of a file that somebody names; of one that is too large as many as tell that.
pub fn bytes(session: &Session, path: &Path) -> Result<Vec<u8>, u8> {
    let read = || {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(desk::LARGEST as u64 + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|error: std::io::Error| {
        let shown = path.display().to_string().replace('\\', "/");
        session.refuse(&failed(format!("读不到“{shown}”"), format!("Cannot read “{shown}”"), &error), None, 3)
    })
}

/// Writes all files or none, and keeps what was there before; what changed on disk meanwhile is left alone.
fn write(session: &Session, loaded: &Loaded, import: &Import) -> Result<(), u8> {
    let edits: Vec<Edit> = import
        .files
        .iter()
        .map(|(file, bytes)| Edit {
            path: file.clone(),
            from: None,
            before: loaded.snapshot.texts.get(file).map(|bytes| bytes.to_vec()),
            after: Some(bytes.clone()),
        })
        .collect();
    let kept = shared::write(session, &loaded.root, &edits, "import")?;
    shared::say_kept(session, &loaded.root, kept);
    Ok(())
}

fn counts(import: &Import) -> (usize, usize, usize) {
    let count = |is: fn(&What) -> bool| import.outcomes.iter().filter(|outcome| is(&outcome.what)).count();
    (count(|what| matches!(what, What::New(_))), count(|what| matches!(what, What::Changed(_))), count(|what| matches!(what, What::Same)))
}

fn told(session: &Session, loaded: &Loaded, import: Option<&Import>, as_json: bool) {
    if as_json {
        let mut whole: Json = serde_json::from_str(&print::json(&loaded.diagnostics, loaded.snapshot.texts.len())).unwrap_or_default();
        if let Some(import) = import {
            let (new, changed, same) = counts(import);
            whole["summary"]["new"] = new.into();
            whole["summary"]["changed"] = changed.into();
            whole["summary"]["same"] = same.into();
            whole["records"] = import.outcomes.iter().map(record).collect();
            let missing = import.missing.iter().map(|(id, title, file)| json!({"id": id, "title": title, "file": file.as_str()}));
            whole["missing"] = missing.collect();
        }
        println!("{whole}");
        return;
    }
    session.print(loaded);
    if let Some(import) = import {
        print!("{}", table(session, import));
    }
    let (errors, warnings) = print::counts(&loaded.diagnostics);
    if errors + warnings > 0 {
        println!("{}", session.verdict(&loaded.diagnostics));
    }
}

fn record(outcome: &Outcome) -> Json {
    let (action, changes) = match &outcome.what {
        What::New(changes) => ("new", changes.as_slice()),
        What::Changed(changes) => ("changed", changes.as_slice()),
        What::Same => ("same", [].as_slice()),
    };
    let changes: Vec<Json> = changes
        .iter()
        .map(|change| {
            let cell = change.spot.map(desk::Spot::address);
            json!({"field": change.key, "label": change.label, "item": change.item, "old": change.old, "new": change.new, "cell": cell})
        })
        .collect();
    json!({"id": outcome.id, "title": outcome.title, "file": outcome.file.as_str(), "row": outcome.row, "action": action, "changes": changes, "kept": outcome.kept})
}

/// The table of a run: what is new, what changes and how, what stays.
fn table(session: &Session, import: &Import) -> String {
    let mut out = String::new();
    let (new, changed, same) = counts(import);
    for outcome in &import.outcomes {
        let (sign, changes) = match &outcome.what {
            What::New(_) => ("+", [].as_slice()),
            What::Changed(changes) => ("~", changes.as_slice()),
            What::Same if outcome.kept.is_empty() => continue,
            What::Same => ("=", [].as_slice()),
        };
        out.push_str(&format!("{sign} {}  {}  {}\n", outcome.id, outcome.title, outcome.file));
        for change in changes {
            let item = change.item.as_ref().map(|item| format!("（{item}）")).unwrap_or_default();
            let cell = change.spot.map(|spot| format!("  {}", spot.address())).unwrap_or_default();
            let none = session.say("无", "none");
            let shown = |text: &str| if text.is_empty() { none.clone() } else { short(text) };
            out.push_str(&format!("    {}{item}：{} → {}{cell}\n", change.label, shown(&change.old), shown(&change.new)));
        }
        if !outcome.kept.is_empty() {
            let names = outcome.kept.join("、");
            out.push_str(&format!(
                "    {}\n",
                session.say(format!("表里没有、原样保留：{names}"), format!("not in the sheet, kept: {names}"))
            ));
        }
    }
    if !import.missing.is_empty() {
        let names: Vec<&str> = import.missing.iter().map(|(id, ..)| id.as_str()).collect();
        let names = names.join("、");
        let line =
            session.say(format!("表里没有、原样保留 {} 条：{names}", import.missing.len()), format!("Not in the sheet, kept: {names}"));
        out.push_str(&format!("{line}\n"));
    }
    let line =
        session.say(format!("新增 {new} 条，修改 {changed} 条，未变 {same} 条"), format!("{new} new, {changed} changed, {same} unchanged"));
    out + &line + "\n"
}

/// A value in one line of the report.
fn short(text: &str) -> String {
    let line = text.replace('\n', " ");
    if line.chars().count() > 40 { line.chars().take(39).chain(['…']).collect() } else { line }
}
