//! `parkpress import FILE.docx --type TYPE`: Word files become drafts in Markdown, with a list of what a person has to look
//! at. All files are written or none.

use super::out::{eprintln, print, println};
use super::session::{Loaded, Session};
use super::{desk as shared, import};
use crate::desk::word::{self, Ask, Draft, Left, Ready};
use crate::desk::{Edit, changed};
use crate::diagnostic::{Diagnostics, Said, SitePath, print, said};
use crate::read;
use crate::resolve::Options;
use crate::value::Instant;
use clap::ArgMatches;
use serde_json::{Value as Json, json};
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

/// Imports Word files.
pub fn import(session: &Session, matches: &ArgMatches, paths: &[PathBuf]) -> Result<u8, u8> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let (as_json, dry) = (text("format") == Some("json"), matches.get_flag("dry-run"));
    if text("id").is_some() && paths.len() > 1 {
        return Err(session.refuse(&said("--id 只能用于一个文件。", "--id goes with one file."), None, 2));
    }
    let mut loaded = session.load()?;
    let Some(mut project) = read::project(&loaded.snapshot, &mut loaded.diagnostics) else {
        session.print(&loaded);
        return Err(1);
    };
    // What is wrong with the site already is the business of `check`.
    loaded.diagnostics = Diagnostics::new();
    let Some(name) = text("type") else {
        let words: Vec<String> = project.schemas.types.iter().map(|of| format!("{}（{}）", of.name, of.label.zh)).collect();
        let hint = said(format!("用 --type 指明：{}", words.join("、")), format!("Name it with --type: {}", words.join(", ")));
        return Err(session.refuse(&said("不知道导入成哪种内容。", "It is not clear of which type the record is."), Some(&hint), 2));
    };
    let of = session.type_of(&project.schemas.types, name)?;
    let options = Options { at: Instant::from_system(), drafts: true, portable: false };
    let (mut drafts, mut refused) = (Vec::new(), false);
    for path in paths {
        let file = import::named(path);
        let bytes = import::bytes(session, path)?;
        let mut ready = match word::ready(&file, &bytes) {
            Ok(ready) => ready,
            Err(why) => {
                loaded.diagnostics.push(why);
                refused = true;
                continue;
            }
        };
        if !as_json && !dry && std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
            ask_alts(session, &file, &mut ready);
        }
        let ask = Ask { file: &file, of, id: text("id"), options };
        match word::compose(ready, &ask, &project, &loaded.snapshot, &mut loaded.diagnostics) {
            Some(draft) => {
                refused |= draft.stopped;
                // The next file is judged with this one, and printed with its lines.
                loaded.snapshot = changed(&loaded.snapshot, &draft.edits);
                if paths.len() > 1
                    && let Some(next) = read::project(&loaded.snapshot, &mut Diagnostics::new())
                {
                    project = next;
                }
                drafts.push((file, draft));
            }
            None => refused = true,
        }
    }
    tell(session, &loaded, &drafts, as_json, dry);
    if refused {
        if !as_json {
            eprintln!("{}", session.say("有错误，什么都没有写。", "There are errors; nothing was written."));
        }
        return Ok(1);
    }
    if dry {
        if !as_json {
            println!("{}", session.say("试运行，什么都没有写。", "A dry run; nothing was written."));
        }
        return Ok(0);
    }
    let edits: Vec<Edit> = drafts.iter().flat_map(|(_, draft)| draft.edits.clone()).collect();
    shared::write(session, &loaded.root, &edits, "import")?;
    if !as_json {
        println!(
            "{}",
            session.say(
                "写好了，是草稿。下一步：照上面的单子补齐，运行 parkpress check，再用 parkpress serve --drafts --open 看样子。",
                "Written, as a draft. Next: fill what the list names, run “parkpress check”, then look at it with “parkpress serve --drafts --open”."
            )
        );
    }
    Ok(0)
}

/// Asks what each picture shows that says nothing of itself; an empty answer leaves it open.
fn ask_alts(session: &Session, file: &SitePath, ready: &mut Ready) {
    let mut lines = std::io::stdin().lock().lines();
    for (at, picture) in ready.pictures().iter_mut().enumerate().filter(|(_, picture)| picture.alt.is_none()) {
        let (place, (width, height)) = (picture.place.said(), picture.size);
        let question = session.say(
            format!("{file}：{}，图片 {}（{width}×{height}）里是什么？（回车先空着）", place.zh, at + 1),
            format!("{file}: what does picture {} ({width}×{height}) in {} show? (Enter leaves it open)", at + 1, place.en),
        );
        print!("{question}\n> ");
        // Whether the question could be shown or not, the answer is read.
        let _ = std::io::stdout().flush();
        let Some(Ok(typed)) = lines.next() else { return };
        picture.alt = Some(typed.trim().to_string()).filter(|typed| !typed.is_empty());
    }
}

fn tell(session: &Session, loaded: &Loaded, drafts: &[(SitePath, Draft)], as_json: bool, dry: bool) {
    if as_json {
        let mut whole: Json = serde_json::from_str(&print::json(&loaded.diagnostics, loaded.snapshot.texts.len())).unwrap_or_default();
        whole["records"] = drafts.iter().map(|(file, draft)| record(file, draft)).collect();
        println!("{whole}");
        return;
    }
    for (file, draft) in drafts {
        print!("{}", sheet(session, file, draft, dry));
    }
    session.print(loaded);
    let (errors, warnings) = print::counts(&loaded.diagnostics);
    if errors + warnings > 0 {
        println!("{}", session.verdict(&loaded.diagnostics));
    }
}

fn record(file: &SitePath, draft: &Draft) -> Json {
    let both = |said: &Said| json!({"zh": said.zh, "en": said.en});
    let fields = draft.fields.iter().map(|taken| {
        json!({"field": taken.key, "label": taken.label.zh, "value": taken.value, "place": both(&taken.place.said()), "typed": taken.typed})
    });
    json!({
        "from": file.as_str(),
        "id": draft.id,
        "file": draft.path.as_str(),
        "fields": fields.collect::<Vec<Json>>(),
        "refused": draft.refused.iter().map(both).collect::<Vec<Json>>(),
        "open": draft.open.iter().map(both).collect::<Vec<Json>>(),
        "changed": draft.counts.said().iter().map(both).collect::<Vec<Json>>(),
        "left": draft.left.iter().map(|left| json!({"place": both(&left.place.said()), "what": both(&left.what)})).collect::<Vec<Json>>(),
        "pictures": draft.pictures.iter().map(|(path, bare)| json!({"file": path.as_str(), "alt": !bare})).collect::<Vec<Json>>(),
        "markdown": draft.text,
    })
}

/// What a person has to know of a draft.
fn sheet(session: &Session, file: &SitePath, draft: &Draft, dry: bool) -> String {
    let mut out = format!("{file} → {}\n", draft.path);
    if dry {
        out.push_str(&format!("\n{}\n", draft.text.trim_end()));
    }
    let mut part = |zh: &str, en: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("\n{}\n", session.say(zh, en)));
            lines.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
        }
    };
    let say = |said: &Said| said.in_tongue(session.tongue).to_string();
    let fields = draft.fields.iter().map(|taken| {
        let place = say(&taken.place.said());
        session.say(
            format!("{}：{} ← {place}“{}”", taken.label.zh, taken.value, taken.typed),
            format!("{}: {} ← {place} “{}”", taken.label.en, taken.value, taken.typed),
        )
    });
    part("认出的字段，请核对：", "Fields that were recognised; check them:", fields.collect());
    part("没有采用：", "Not taken:", draft.refused.iter().map(say).collect());
    part("必填、没有认出，请补上：", "Required and not found; fill them in:", draft.open.iter().map(say).collect());
    let pictures = draft.pictures.iter().map(|(path, bare)| {
        let open = if *bare { session.say("，图里是什么还没有写", ", which lacks a description") } else { String::new() };
        format!("{path}{open}")
    });
    part("图片（拍摄信息已清除）：", "Pictures, without metadata:", pictures.collect());
    part("改正的写法：", "Put right:", draft.counts.said().iter().map(say).collect());
    part("没有带入的，请逐项看：", "Not carried; look at each:", left(session, &draft.left));
    out.push('\n');
    out
}

/// The same thing at several places takes one line.
fn left(session: &Session, all: &[Left]) -> Vec<String> {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for left in all {
        let (what, place) = (left.what.in_tongue(session.tongue).to_string(), left.place.said().in_tongue(session.tongue).to_string());
        match lines.iter_mut().find(|(known, _)| *known == what) {
            Some((_, places)) if places.contains(&place) => {}
            Some((_, places)) => places.push(place),
            None => lines.push((what, vec![place])),
        }
    }
    let comma = session.say("、", ", ");
    lines
        .into_iter()
        .map(|(what, places)| session.say(format!("{}：{what}", places.join(&comma)), format!("{}: {what}", places.join(&comma))))
        .collect()
}
