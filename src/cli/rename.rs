//! `parkpress rename TYPE/ID NEW-ID` and `parkpress remove TYPE/ID`: all or nothing, after a look at what would become of
//! the site.

use super::desk;
use super::out::{eprintln, println};
use super::review::find;
use super::session::{Loaded, Session};
use crate::desk::Edit;
use crate::desk::rename::Refusal;
use crate::desk::whole::Whole;
use crate::diagnostic::{Diagnostics, Said, said};
use crate::resolve::{Options, State};
use crate::value::{Instant, RecordId};
use clap::ArgMatches;

/// The site as it is, and the record that is meant.
fn open(session: &Session, matches: &ArgMatches) -> Result<(Loaded, Options, RecordId), u8> {
    let mut loaded = session.load()?;
    let options = Options { at: Instant::from_system(), drafts: true, portable: false };
    let Some(catalog) = session.understand(&mut loaded, options) else {
        session.print(&loaded);
        return Err(1);
    };
    let word = matches.get_one::<String>("record").map(String::as_str).unwrap_or_default();
    let id = find(session, &catalog, word)?;
    Ok((loaded, options, id))
}

fn whole<'a>(session: &Session, loaded: &'a Loaded, options: Options, id: RecordId) -> Result<Whole<'a>, u8> {
    Whole::of(&loaded.snapshot, &loaded.diagnostics, options, id).ok_or_else(|| {
        session.print(loaded);
        1
    })
}

/// A change of a record that is to be made.
struct Wanted<'a> {
    edits: &'a [Edit],
    verb: &'a str,
    /// What will be gone for readers: it is told, and the id is asked for.
    gone: Option<Said>,
}

/// Asks and writes, if the site has no error that it had not before.
fn finish(session: &Session, matches: &ArgMatches, loaded: &Loaded, whole: &Whole<'_>, wanted: Wanted<'_>) -> Result<u8, u8> {
    let Wanted { edits, verb, gone } = wanted;
    let (after, wrong) = whole.judged(edits);
    if !wrong.is_empty() {
        let mut diagnostics = Diagnostics::new();
        wrong.into_iter().for_each(|found| diagnostics.push(found));
        session.print(&Loaded { root: loaded.root.clone(), snapshot: after, diagnostics, companions: Vec::new() });
        let message = said("这样改会带来以上错误，什么都没有写入。", "This would bring in the errors above; nothing was written.");
        return Err(session.refuse(&message, None, 2));
    }
    edits.iter().for_each(|edit| desk::show(session, edit));
    gone.iter().for_each(|gone| eprintln!("{}", gone.in_tongue(session.tongue)));
    if matches.get_flag("dry-run") {
        println!("{}", session.say("没有写入。", "Nothing was written."));
        return Ok(0);
    }
    let may = match gone {
        Some(_) => desk::has_typed(session, matches, &whole.id.to_string()),
        None => desk::may_write(session, matches)?,
    };
    if !may {
        println!("{}", session.say("没有写入。", "Nothing was written."));
        return Ok(2);
    }
    let kept = desk::write(session, &loaded.root, edits, verb)?;
    desk::say_kept(session, &loaded.root, kept);
    Ok(0)
}

fn refuse(session: &Session, refusal: &Refusal) -> u8 {
    session.refuse(&refusal.message, refusal.hint.as_ref(), 2)
}

/// Runs `rename`.
pub fn rename(session: &Session, matches: &ArgMatches) -> u8 {
    match renamed(session, matches) {
        Ok(code) | Err(code) => code,
    }
}

fn renamed(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let (loaded, options, id) = open(session, matches)?;
    let whole = whole(session, &loaded, options, id)?;
    let typed = matches.get_one::<String>("new").map(String::as_str).unwrap_or_default();
    let plan = whole.rename(typed).map_err(|why| refuse(session, &why))?;
    // Before the question, because it may be the reason for a no.
    if plan.signed {
        eprintln!(
            "{}",
            session.say(
                "这条内容签过字：改名后原来的审签台账封存在原处（.closed），新编号须重新审签，审签完成前不会发布。",
                "This record was signed: its ledger is closed where it stands (.closed), and the new id has to be signed anew before it is published."
            )
        );
    }
    let code = finish(session, matches, &loaded, &whole, Wanted { edits: &plan.edits, verb: "rename", gone: None })?;
    if code != 0 || matches.get_flag("dry-run") {
        return Ok(code);
    }
    let (links, files) = (plan.links.len(), plan.moves.len());
    println!(
        "{}",
        session.say(format!("{files} 个文件改名，{links} 处链接跟着改。"), format!("{files} files are renamed, {links} links follow."))
    );
    Ok(code)
}

/// Runs `remove`.
pub fn remove(session: &Session, matches: &ArgMatches) -> u8 {
    match removed(session, matches) {
        Ok(code) | Err(code) => code,
    }
}

fn removed(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let (loaded, options, id) = open(session, matches)?;
    let whole = whole(session, &loaded, options, id)?;
    if let Some(reason) = matches.get_one::<String>("withdraw") {
        let edits = whole.withdraw(reason).map_err(|why| refuse(session, &why))?;
        return finish(session, matches, &loaded, &whole, Wanted { edits: &edits, verb: "withdraw", gone: None });
    }
    let plan = whole.remove().map_err(|why| refuse(session, &why))?;
    let id = &whole.id;
    let advice = said(
        format!("已公开过的内容不要删除，用 parkpress remove {id} --withdraw \"原因\" 撤稿，原地址会说明原因。"),
        format!("What was public is better withdrawn: parkpress remove {id} --withdraw \"reason\"; its address then says why."),
    );
    if !plan.linked.is_empty() {
        for place in &plan.linked {
            eprintln!("{}:{}:{}", place.file, place.line, place.column);
        }
        let count = plan.linked.len();
        let message = said(
            format!("还有 {count} 处指向“{id}”（见上），没有删除。"),
            format!("{count} places above lead to “{id}”; it was not taken away."),
        );
        return Err(session.refuse(&message, Some(&advice), 2));
    }
    let gone = whole.public().map(|(state, address)| match state {
        State::Withdrawn => said(
            format!("注意：“{id}”已经撤稿，网址 {address} 现在说明撤稿的原因；删除以后这个网址打不开，说明也没有了。"),
            format!("Note: “{id}” is withdrawn, and {address} says why; afterwards the address leads nowhere."),
        ),
        _ => said(
            format!("注意：“{id}”正在网站上，删除以后网址 {address} 打不开，别处的链接和收藏都失效。{}", advice.zh),
            format!("Note: “{id}” is public; afterwards {address} leads nowhere, nor does any link to it. {}", advice.en),
        ),
    });
    if gone.is_none() {
        println!("{}", advice.in_tongue(session.tongue));
    }
    finish(session, matches, &loaded, &whole, Wanted { edits: &plan.edits, verb: "remove", gone })
}
