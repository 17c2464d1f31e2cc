//! `parkpress check`: everything that `build` checks, with nothing written.

use super::session::Session;
use crate::diagnostic::{Place, messages, print};
use clap::ArgMatches;

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    match check(session, matches) {
        Ok(code) | Err(code) => code,
    }
}

fn check(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let options = session.options(matches)?;
    let mut loaded = session.load()?;
    if let Some(catalog) = session.understand(&mut loaded, options) {
        if catalog.site.base_url.is_none() {
            loaded.diagnostics.push(messages::render::base_url_missing(Place::start(&catalog.site.file)));
        }
        // Pages made from broken content would only repeat its mistakes.
        if !loaded.diagnostics.has_errors() {
            let nothing: Result<usize, std::convert::Infallible> = crate::produce(&catalog, &mut loaded.diagnostics, |_, _| Ok(()));
            match nothing {
                Ok(_) => {}
                Err(never) => match never {},
            }
        }
    }
    if matches.get_flag("strict") {
        loaded.diagnostics.make_strict();
    }
    let files = loaded.snapshot.texts.keys().filter(|path| path.as_str().starts_with("content/")).count();
    match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => println!("{}", print::json(&loaded.diagnostics, files)),
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
        }
    }
    Ok(u8::from(loaded.diagnostics.has_errors()))
}
