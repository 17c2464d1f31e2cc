//! `parkpress rename TYPE/ID NEW-ID` and `parkpress remove TYPE/ID`: all or nothing, after a look at what would become of
//! the site.

use super::desk;
use super::new::is_id;
use super::out::{eprintln, println};
use super::review::find;
use super::session::{Loaded, Session};
use crate::desk::rename::Refusal;
use crate::desk::{Edit, changed, new_errors, remove, rename};
use crate::diagnostic::{Diagnostics, Said, SitePath, said};
use crate::read::{self, Project};
use crate::resolve::{Catalog, Options, State};
use crate::value::{Instant, RecordId};
use clap::ArgMatches;

/// The site as it is, read twice: as it is typed, and as it is public.
struct Desk {
    loaded: Loaded,
    project: Project,
    catalog: Catalog,
    options: Options,
    id: RecordId,
}

fn open(session: &Session, matches: &ArgMatches) -> Result<Desk, u8> {
    let mut loaded = session.load()?;
    let options = Options { at: Instant::from_system(), drafts: true, portable: false };
    let project = read::project(&loaded.snapshot, &mut Diagnostics::new());
    let catalog = session.understand(&mut loaded, options);
    let (Some(project), Some(catalog)) = (project, catalog) else {
        session.print(&loaded);
        return Err(1);
    };
    let word = matches.get_one::<String>("record").map(String::as_str).unwrap_or_default();
    let id = find(session, &catalog, word)?;
    Ok(Desk { loaded, project, catalog, options, id })
}

impl Desk {
    /// The state in which readers see the record, and the address at which they do.
    fn public(&self) -> Option<(State, String)> {
        let catalog = crate::understand(&self.loaded.snapshot, Options { drafts: false, ..self.options }, &mut Diagnostics::new())?;
        let entry = catalog.entries.iter().find(|entry| entry.id == self.id)?;
        Some((entry.state, format!("/{}", entry.url.as_str())))
    }

    /// Asks and writes, if the site has no error that it had not before. What is `gone` for readers is told, and asked for
    /// by its id.
    fn finish(
        &self,
        session: &Session,
        matches: &ArgMatches,
        edits: &[Edit],
        was: &dyn Fn(&SitePath) -> SitePath,
        verb: &str,
        gone: Option<&Said>,
    ) -> Result<u8, u8> {
        let after = changed(&self.loaded.snapshot, edits);
        let mut noted = Diagnostics::new();
        crate::understand(&after, self.options, &mut noted);
        let wrong = new_errors(&self.loaded.diagnostics, &noted, was);
        if !wrong.is_empty() {
            let mut diagnostics = Diagnostics::new();
            wrong.into_iter().for_each(|found| diagnostics.push(found));
            session.print(&Loaded { root: self.loaded.root.clone(), snapshot: after, diagnostics, companions: Vec::new() });
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
            Some(_) => desk::has_typed(session, matches, &self.id.to_string()),
            None => desk::may_write(session, matches)?,
        };
        if !may {
            println!("{}", session.say("没有写入。", "Nothing was written."));
            return Ok(2);
        }
        let kept = desk::write(session, &self.loaded.root, edits, verb)?;
        desk::say_kept(session, &self.loaded.root, kept);
        Ok(0)
    }
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
    let desk = open(session, matches)?;
    let typed = matches.get_one::<String>("new").map(String::as_str).unwrap_or_default().trim();
    // `type/new-id` is what people write beside `type/id`.
    let of = desk.catalog.schemas.named(&desk.id.of);
    let bare = |name: &str| typed.strip_prefix(name).and_then(|rest| rest.strip_prefix('/'));
    let new = of.filter(|of| !of.at_root).and_then(|of| bare(&of.name).or_else(|| bare(&of.folder))).unwrap_or(typed);
    if let Some(of) = of {
        is_id(session, of, &desk.catalog.schemas.types, new)?;
    }
    // What was never public needs no way from its old address.
    let plan =
        rename::plan(&desk.loaded.snapshot, &desk.project, &desk.id, new, desk.public().is_some()).map_err(|why| refuse(session, &why))?;
    let was = |path: &SitePath| plan.moves.iter().find(|(_, new)| *new == path).map_or_else(|| path.clone(), |(old, _)| old.clone());
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
    let code = desk.finish(session, matches, &plan.edits, &was, "rename", None)?;
    if code != 0 || matches.get_flag("dry-run") {
        return Ok(code);
    }
    let (links, files) = (plan.links, plan.moves.len());
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
    let desk = open(session, matches)?;
    let same = |path: &SitePath| path.clone();
    if let Some(reason) = matches.get_one::<String>("withdraw") {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(session.refuse(&said("撤稿要写明原因。", "A withdrawal needs its reason."), None, 2));
        }
        let today = desk.options.at.day_in(&desk.catalog.site.zone).to_string();
        let edits =
            remove::withdraw(&desk.loaded.snapshot, &desk.project, &desk.id, reason, &today).map_err(|why| refuse(session, &why))?;
        return desk.finish(session, matches, &edits, &same, "withdraw", None);
    }
    let plan = remove::plan(&desk.loaded.snapshot, &desk.project, &desk.id).map_err(|why| refuse(session, &why))?;
    let advice = said(
        format!("已公开过的内容不要删除，用 parkpress remove {} --withdraw \"原因\" 撤稿，原地址会说明原因。", desk.id),
        format!("What was public is better withdrawn: parkpress remove {} --withdraw \"reason\"; its address then says why.", desk.id),
    );
    if !plan.linked.is_empty() {
        for place in &plan.linked {
            eprintln!("{}:{}:{}", place.file, place.line, place.column);
        }
        let count = plan.linked.len();
        let message = said(
            format!("还有 {count} 处指向“{}”（见上），没有删除。", desk.id),
            format!("{count} places above lead to “{}”; it was not taken away.", desk.id),
        );
        return Err(session.refuse(&message, Some(&advice), 2));
    }
    let Some((state, address)) = desk.public() else {
        println!("{}", advice.in_tongue(session.tongue));
        return desk.finish(session, matches, &plan.edits, &same, "remove", None);
    };
    let gone = if state == State::Withdrawn {
        said(
            format!("注意：“{}”已经撤稿，网址 {address} 现在说明撤稿的原因；删除以后这个网址打不开，说明也没有了。", desk.id),
            format!("Note: “{}” is withdrawn, and {address} says why; afterwards the address leads nowhere.", desk.id),
        )
    } else {
        said(
            format!("注意：“{}”正在网站上，删除以后网址 {address} 打不开，别处的链接和收藏都失效。{}", desk.id, advice.zh),
            format!("Note: “{}” is public; afterwards {address} leads nowhere, nor does any link to it. {}", desk.id, advice.en),
        )
    };
    desk.finish(session, matches, &plan.edits, &same, "remove", Some(&gone))
}
