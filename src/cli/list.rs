//! `parkpress list`: the records and how they stand.

use super::session::Session;
use crate::resolve::State;
use clap::ArgMatches;

/// Prints one line per record: state, type/id, language, title.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    let options = match session.options(matches) {
        Ok(options) => options,
        Err(code) => return code,
    };
    let mut loaded = match session.load() {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let Some(catalog) = session.understand(&mut loaded, options) else {
        session.print(&loaded);
        return 1;
    };
    let wanted = matches.get_one::<String>("state");
    let word = |state: State| match state {
        State::Published => "published",
        State::Corrected => "corrected",
        State::Expired => "expired",
        State::Archived => "archived",
        State::Withdrawn => "withdrawn",
        State::Draft => "draft",
        State::Scheduled => "scheduled",
    };
    let zone = &catalog.site.zone;
    let public =
        catalog.entries.iter().map(|entry| (word(entry.state).to_string(), entry.id.to_string(), entry.lang, entry.title.clone(), None));
    let held = catalog.held.iter().map(|held| (held.state.clone(), held.id.to_string(), held.lang, held.title.clone(), held.appears));
    let mut lines: Vec<_> = public.chain(held).filter(|(state, ..)| wanted.is_none_or(|wanted| wanted == state)).collect();
    lines.sort_by(|a, b| (&a.1, a.2).cmp(&(&b.1, b.2)));
    for (state, id, lang, title, appears) in &lines {
        let open = catalog.reviews.of_word(id).filter(|_| state == "unapproved").map(|review| review.said());
        let when = appears.map(|moment| format!("  ({})", moment.instant.rfc3339(zone))).unwrap_or_default();
        let why = open.map(|said| format!("  ({})", said.in_tongue(session.tongue))).unwrap_or_default();
        println!("{state:<12} {id:<36} {:<8} {title}{when}{why}", lang.code());
    }
    if loaded.diagnostics.has_errors() {
        eprintln!("{}", session.say("内容里有错误，运行 parkpress check 查看。", "The content has errors; see “parkpress check”."));
    }
    eprintln!("{}", session.say(format!("{} 条", lines.len()), format!("{} records", lines.len())));
    0
}
