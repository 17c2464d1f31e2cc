//! `parkpress publish`: the kit of a record for other places than the site: an article for WeChat, posters, messages.

use super::out::{eprintln, println};
use super::session::{Loaded, Session};
use super::{list, review};
use crate::audit;
use crate::diagnostic::{Diagnostics, Said, messages, said};
use crate::render::Renderer;
use crate::render::kit::{Kit, Wish};
use crate::resolve::{Catalog, EntryIx, Options, State};
use crate::value::{Instant, Lang, RecordId};
use crate::write::{self, Cache, Failure};
use clap::ArgMatches;
use std::path::PathBuf;
use std::sync::Arc;

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    match publish(session, matches) {
        Ok(code) | Err(code) => code,
    }
}

/// What of a record can be published: its entries, and what is to be said of the others.
struct Found {
    catalog: Catalog,
    entries: Vec<EntryIx>,
    preview: bool,
    missing: Vec<Said>,
}

fn publish(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let at = session.instant(matches)?;
    let mut loaded = session.load()?;
    let wanted = matches.get_one::<String>("record").map(String::as_str).unwrap_or_default();
    let found = find(session, matches, &mut loaded, wanted, at)?;
    let catalog = &found.catalog;
    let id = catalog.entries[found.entries[0]].id.clone();
    let format = matches.get_one::<String>("format").map_or("all", String::as_str);
    let is = |name: &str| format == name || format == "all";
    let wish = Wish { wechat: is("wechat"), poster: is("poster"), text: is("text"), preview: found.preview };
    let mut noted = Diagnostics::new();
    let renderer = Renderer::new(catalog, &mut noted).map(|renderer| renderer.with_memo(Arc::new(Cache::of(&loaded.root))));
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut kits: Vec<(Lang, Kit)> = Vec::new();
    for &ix in renderer.iter().flat_map(|_| &found.entries) {
        let lang = catalog.entries[ix].lang;
        let folder = if lang == catalog.site.default_lang() { String::new() } else { format!("{}/", lang.code()) };
        match renderer.as_ref().map(|renderer| renderer.kit(ix, wish)) {
            Some(Ok(mut kit)) => {
                files.extend(std::mem::take(&mut kit.files).into_iter().map(|(name, bytes)| (format!("{folder}{name}"), bytes)));
                kits.push((lang, kit));
            }
            Some(Err(trouble)) => noted.push(trouble),
            None => {}
        }
    }
    audit::kit(catalog, &files, &mut noted);
    if noted.has_errors() {
        loaded.diagnostics = noted;
        return Ok(stop(session, &loaded));
    }
    let out = matches.get_one::<String>("out").map(|out| std::env::current_dir().unwrap_or_default().join(out));
    let failed = |failure: Failure| session.refuse(&failure.message, failure.hint.as_ref(), failure.exit);
    let (place, receipt) = write::kit(&loaded.root, out, &id.to_string(), &files).map_err(failed)?;
    tell(session, &found, &kits, &files, &place);
    if !receipt.foreign.is_empty() {
        eprintln!("{}", messages::write::foreign_files(&receipt.foreign).in_tongue(session.tongue));
    }
    Ok(0)
}

/// The record as everybody may see it; with `--drafts`, and only then, as it would be.
fn find(session: &Session, matches: &ArgMatches, loaded: &mut Loaded, wanted: &str, at: Instant) -> Result<Found, u8> {
    let open = understood(session, matches, loaded, Options { at, drafts: false, portable: false })?;
    let id = review::find(session, &open, wanted)?;
    let langs = languages(session, matches, &open)?;
    let public = entries(&open, &id, &langs);
    if !public.is_empty() {
        return Ok(Found { missing: missing(&open, &id, &langs, &public), catalog: open, entries: public, preview: false });
    }
    let state = held(&open, &id, &langs);
    if matches.get_flag("drafts") {
        let whole = understood(session, matches, loaded, Options { at, drafts: true, portable: false })?;
        let shown = entries(&whole, &id, &langs);
        if !shown.is_empty() {
            return Ok(Found { missing: missing(&whole, &id, &langs, &shown), catalog: whole, entries: shown, preview: true });
        }
    }
    let Some(state) = state else {
        let message = said(format!("“{id}”没有这种语言的内容。"), format!("“{id}” is not written in this language."));
        return Err(session.refuse(&message, None, 2));
    };
    let review = || open.reviews.of(&id).map(|review| review.said());
    let why = if state == "unapproved" { review() } else { list::why(&state) };
    let why = why.unwrap_or_else(|| said(state.clone(), state.clone()));
    let message = said(format!("“{id}”现在不能发布。{}。", why.zh), format!("“{id}” may not be published now: {}.", why.en));
    let hint = (!matches!(state.as_str(), "withdrawn" | "not_public")).then(|| {
        said(
            "想先看样子，加 --drafts：每件都标“预览稿”，不要外发。",
            "To look at it before, add --drafts: every piece says that it is a preview; do not hand it on.",
        )
    });
    Err(session.refuse(&message, hint.as_ref(), 2))
}

/// The site at an instant, if nothing in it is wrong: doubt never publishes.
fn understood(session: &Session, matches: &ArgMatches, loaded: &mut Loaded, options: Options) -> Result<Catalog, u8> {
    let before = loaded.diagnostics.clone();
    let catalog = session.understand(loaded, options);
    let Some(mut catalog) = catalog.filter(|_| !loaded.diagnostics.has_errors()) else { return Err(stop(session, loaded)) };
    loaded.diagnostics = before;
    session.set_base(matches, &mut catalog)?;
    Ok(catalog)
}

fn stop(session: &Session, loaded: &Loaded) -> u8 {
    session.print(loaded);
    let message = said("有错误，什么都没有写。", "There are errors; nothing was written.");
    session.refuse(&message, None, 1)
}

fn languages(session: &Session, matches: &ArgMatches, catalog: &Catalog) -> Result<Vec<Lang>, u8> {
    let Some(code) = matches.get_one::<String>("site-lang") else { return Ok(catalog.site.languages.clone()) };
    match Lang::parse(code).filter(|lang| catalog.site.languages.contains(lang)) {
        Some(lang) => Ok(vec![lang]),
        None => {
            let all: Vec<&str> = catalog.site.languages.iter().map(|lang| lang.code()).collect();
            let message = said(format!("网站没有“{code}”这种语言。"), format!("The site has no language “{code}”."));
            Err(session.refuse(&message, Some(&said(format!("可写：{}", all.join("、")), format!("It has: {}", all.join(", ")))), 2))
        }
    }
}

/// The entries of a record in some languages; of what was withdrawn nothing is left to be shown.
fn entries(catalog: &Catalog, id: &RecordId, langs: &[Lang]) -> Vec<EntryIx> {
    let in_lang = |lang: &Lang| {
        let found = catalog.find(id, *lang).filter(|&ix| catalog.entries[ix].lang == *lang);
        found.filter(|&ix| catalog.entries[ix].state != State::Withdrawn)
    };
    langs.iter().filter_map(in_lang).collect()
}

/// What keeps a record back, in the word of its state.
fn held(catalog: &Catalog, id: &RecordId, langs: &[Lang]) -> Option<String> {
    let withdrawn = catalog.entries.iter().find(|entry| entry.id == *id && langs.contains(&entry.lang) && entry.state == State::Withdrawn);
    let held = catalog.held.iter().find(|held| held.id == *id && langs.contains(&held.lang));
    held.map(|held| held.state.clone()).or_else(|| withdrawn.map(|entry| entry.state.word().to_string()))
}

/// Languages in which the record is written and yet not shown.
fn missing(catalog: &Catalog, id: &RecordId, langs: &[Lang], shown: &[EntryIx]) -> Vec<Said> {
    let others = langs.iter().filter(|lang| !shown.iter().any(|&ix| catalog.entries[ix].lang == **lang));
    let others = others.filter_map(|lang| Some((lang.code(), held(catalog, id, &[*lang])?)));
    let said_of = |(code, state): (&str, String)| {
        let why = list::why(&state).unwrap_or_else(|| said(state.clone(), state.clone()));
        said(format!("语言 {code} 的版本没有做：{}", why.zh), format!("the version in {code} was not made: {}", why.en))
    };
    others.map(said_of).collect()
}

/// What was made, how long it is, what could not be carried.
fn tell(session: &Session, found: &Found, kits: &[(Lang, Kit)], files: &[(String, Vec<u8>)], place: &std::path::Path) {
    let catalog = &found.catalog;
    let here = std::env::current_dir().unwrap_or_default();
    let shown: PathBuf = place.strip_prefix(&here).map_or_else(|_| place.to_path_buf(), PathBuf::from);
    println!("{}", shown.display().to_string().replace('\\', "/"));
    let pictures = files.iter().filter(|(name, _)| name.contains("images/")).count();
    for (name, _) in files.iter().filter(|(name, _)| !name.contains("images/")) {
        println!("  {name}");
    }
    if pictures > 0 {
        println!("  {}", session.say(format!("images/（{pictures} 张图片）"), format!("images/ ({pictures} pictures)")));
    }
    for (lang, kit) in kits {
        let of = if kits.len() > 1 { format!("[{}] ", lang.code()) } else { String::new() };
        kit.told.iter().for_each(|told| println!("{of}{}", told.in_tongue(session.tongue)));
    }
    let left: Vec<String> = kits
        .iter()
        .flat_map(|(lang, kit)| kit.left.iter().map(move |left| (Some(lang), left)))
        .chain(found.missing.iter().map(|left| (None, left)))
        .map(|(lang, left)| {
            let of = lang.filter(|_| kits.len() > 1).map(|lang| format!("[{}] ", lang.code())).unwrap_or_default();
            format!("  - {of}{}", left.in_tongue(session.tongue))
        })
        .collect();
    if !left.is_empty() {
        println!("{}", session.say("没有带上的：", "Not carried:"));
        left.iter().for_each(|line| println!("{line}"));
    }
    if catalog.site.base_url.is_none() {
        eprintln!(
            "{}",
            session.say(
                "没有网站地址，海报没有二维码，文章和短信没有网址：在 content/site.yaml 写 base_url，或加 --base-url。",
                "Without the address of the site posters have no code and texts no address: write base_url in content/site.yaml, or add --base-url."
            )
        );
    }
    if found.preview {
        eprintln!("{}", session.say("这是预览稿，不要外发。", "This is a preview; do not hand it on."));
    }
}
