//! `parkpress check`: everything that `build` checks, with nothing written.

use super::out::{print, println};
use super::session::Session;
use crate::audit::report::{self, Report};
use crate::diagnostic::{Place, failed, messages, print};
use crate::render::{Memo, NoMemo, Output};
use clap::ArgMatches;
use std::convert::Infallible;
use std::sync::Arc;

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    match check(session, matches) {
        Ok(code) | Err(code) => code,
    }
}

fn check(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let options = session.options(matches)?;
    let mut loaded = session.load()?;
    let mut facts = Vec::new();
    let mut catalog = session.understand(&mut loaded, options);
    if let Some(catalog) = &mut catalog {
        if catalog.site.base_url.is_none() {
            loaded.diagnostics.push(messages::render::base_url_missing(Place::start(&catalog.site.file)));
        }
        session.companions(&mut loaded, catalog, options)?;
        // Pages made from broken content would only repeat its mistakes.
        if !loaded.diagnostics.has_errors() {
            let (memo, take): (Arc<dyn Memo>, _) = (Arc::new(NoMemo), |_: &str, _: &Output| Ok::<(), Infallible>(()));
            let Ok((found, _)) = crate::produce_facts(catalog, memo.clone(), &mut loaded.diagnostics, take);
            let Ok(_) = crate::produce_companions(&loaded.companions, &found, &memo, &mut loaded.diagnostics, take);
            facts = found;
        }
    }
    if matches.get_flag("strict") {
        loaded.diagnostics.make_strict();
    }
    let snapshots = std::iter::once(&loaded.snapshot).chain(loaded.companions.iter().map(|companion| &companion.snapshot));
    let files = snapshots.flat_map(|snapshot| snapshot.texts.keys()).filter(|path| path.as_str().starts_with("content/")).count();
    match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => println!("{}", print::json(&loaded.diagnostics, files)),
        Some("html") => {
            let report =
                Report { catalog: catalog.as_ref(), diagnostics: &loaded.diagnostics, facts: &facts, files, tongue: session.tongue };
            let html = report::html(&report);
            match matches.get_one::<String>("out") {
                Some(out) => {
                    std::fs::write(out, html).map_err(|error| {
                        session.refuse(&failed(format!("写不了“{out}”"), format!("Cannot write “{out}”"), &error), None, 3)
                    })?;
                    println!("{out}");
                }
                None => print!("{html}"),
            }
        }
        Some("sarif") => println!("{}", print::sarif(&loaded.diagnostics, env!("CARGO_PKG_VERSION"))),
        _ => {
            session.print(&loaded);
            let verdict = session.verdict(&loaded.diagnostics);
            println!(
                "{}",
                session.say(
                    format!("检查了 {files} 个文件：{verdict}，用时 {}", session.took()),
                    format!("Checked {files} files: {verdict}, in {}", session.took())
                )
            );
            catalog.iter().filter_map(|catalog| session.unapproved(catalog)).for_each(|line| println!("{line}"));
        }
    }
    Ok(u8::from(loaded.diagnostics.has_errors()))
}
