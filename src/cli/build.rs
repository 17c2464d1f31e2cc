//! `parkpress build`: the whole pipeline, ended by the exchange of the sites.

use super::out::{eprintln, println};
use super::session::{Loaded, Session};
use crate::audit::Facts;
use crate::audit::changes::{Report, STYLE, Side, between, json, page, text};
use crate::audit::report as whole;
use crate::diagnostic::{Diagnostics, failed, messages};
use crate::project::{BlobSource, Snapshot};
use crate::render::{Memo, Output};
use crate::resolve::{Catalog, Options};
use crate::value::Instant;
use crate::write::{self, Cache, Digests, Failure, Last, Stage, Target};
use crate::{plan, read};
use clap::ArgMatches;
use std::path::PathBuf;
use std::sync::Arc;

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    match build(session, matches) {
        Ok(code) | Err(code) => code,
    }
}

fn build(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let options = session.options(matches)?;
    let mut loaded = session.load()?;
    let strict = matches.get_flag("strict");
    let out = matches.get_one::<String>("out").map_or_else(|| PathBuf::from(crate::write::FOLDER), PathBuf::from);
    // An output named on the command line is meant from where the person stands.
    let given = matches.value_source("out") == Some(clap::parser::ValueSource::CommandLine);
    let out = if given { std::env::current_dir().unwrap_or_default().join(out) } else { out };
    let keep = matches.get_one::<usize>("keep").copied().unwrap_or(0);
    let target = Target { root: loaded.root.clone(), out, keep, kit: None };
    let failed = |failure: Failure| session.refuse(&failure.message, failure.hint.as_ref(), failure.exit);
    let catalog = session.understand(&mut loaded, options);
    let Some(mut catalog) = catalog.filter(|_| !loaded.diagnostics.has_errors()) else {
        return Ok(stop(session, &loaded));
    };
    session.set_base(matches, &mut catalog)?;
    if catalog.site.base_url.is_none() {
        loaded.diagnostics.push(messages::render::base_url_missing(crate::diagnostic::Place::start(&catalog.site.file)));
    }
    session.companions(&mut loaded, &mut catalog, options)?;
    if strict {
        loaded.diagnostics.make_strict();
    }
    if loaded.diagnostics.has_errors() {
        return Ok(stop(session, &loaded));
    }
    let last = Last::of(&loaded.root, &target.out, options.drafts);
    let media = write::digests(&catalog);
    let content = write::name(&catalog, &media);
    let report = matches.get_one::<String>("report").map(|format| (format.as_str(), changes(&last, &loaded, &catalog, &media, options)));
    let stage = Stage::open(&target).map_err(failed)?;
    let writing = last.prepare(loaded.snapshot.clone(), media, &content);
    if loaded.diagnostics.iter().next().is_none() && !matches.get_flag("audit") {
        // From here on only templates can be to blame, so the texts of the content need not stay in memory.
        loaded.snapshot.texts.retain(|path, _| path.as_str().starts_with("themes/"));
    }
    if !catalog.site.open_data && !catalog.site.languages.iter().any(|&lang| plan::search::is_on(&catalog, lang)) {
        catalog.forget_texts();
    }
    let progress = super::progress::Progress::start(session.say("已生成文件", "files made:"));
    let put = |path: &str, output: &Output| {
        progress.step();
        match output {
            Output::Bytes(bytes) => stage.put(path, bytes),
            Output::Copy(blob) => match &blob.source {
                BlobSource::Memory(bytes) => stage.put(path, bytes),
                BlobSource::Disk(source) => stage.put_file(path, source),
            },
        }
    };
    let cache = Arc::new(Cache::of(&loaded.root));
    let (facts, renderer) = crate::produce_facts(&catalog, cache.clone(), &mut loaded.diagnostics, put).map_err(failed)?;
    let beside = crate::produce_companions(&loaded.companions, &facts, &(cache.clone() as Arc<dyn Memo>), &mut loaded.diagnostics, put)
        .map_err(failed)?;
    let pages = facts.len() + beside;
    drop(progress);
    if matches.get_flag("audit") {
        audit(session, &loaded, &catalog, &facts)?;
    }
    drop(facts);
    if strict {
        loaded.diagnostics.make_strict();
    }
    if loaded.diagnostics.has_errors() {
        drop(stage);
        return Ok(stop(session, &loaded));
    }
    // Pages still open in a browser want their styles and scripts. Data is not kept: it may hold what was withdrawn since.
    let stem = |path: &str| path.split('.').next().unwrap_or_default().to_string();
    let below = loaded.companions.iter().filter_map(|own| Some((format!("{}/", own.at), own.catalog.as_ref()?)));
    for (prefix, catalog) in std::iter::once((String::new(), &catalog)).chain(below) {
        let theme: Vec<String> = plan::theme_assets(catalog).iter().map(|path| format!("{prefix}{}", stem(path))).collect();
        for old in stage.old_files(&format!("{prefix}assets/")).into_iter().filter(|old| theme.contains(&stem(old))) {
            stage.retain(&old).map_err(failed)?;
        }
    }
    let signed = match &report {
        Some((_, report)) => Some(write::report(&loaded.root, &page(report, session.tongue), STYLE).map_err(failed)?),
        None => None,
    };
    let receipt = stage.commit().map_err(failed)?;
    cache.prune();
    last.keep(writing, &content, &catalog.at.rfc3339(&catalog.site.zone));
    session.print(&loaded);
    if !receipt.foreign.is_empty() {
        eprintln!("{}", messages::write::foreign_files(&receipt.foreign).in_tongue(session.tongue));
    }
    let mut said = vec![session.say(
        format!(
            "完成：{} 条内容，{pages} 个文件（新写 {}，未变 {}，删除 {}），{}，用时 {}",
            catalog.entries.len(),
            receipt.written,
            receipt.unchanged,
            receipt.removed,
            session.verdict(&loaded.diagnostics),
            session.took()
        ),
        format!(
            "Done: {} records, {pages} files ({} written, {} unchanged, {} removed), {}, in {}",
            catalog.entries.len(),
            receipt.written,
            receipt.unchanged,
            receipt.removed,
            session.verdict(&loaded.diagnostics),
            session.took()
        ),
    )];
    said.extend(session.unapproved(&catalog));
    if let Some(trace) = &catalog.trace {
        let (covered, total) = (trace.covered(), trace.clauses.len());
        said.push(session.say(format!("条款覆盖 {covered}/{total}"), format!("Clauses covered {covered}/{total}")));
    }
    let zone = &catalog.site.zone;
    if let Some((change, id)) = &catalog.next {
        let coming = super::list::coming(&catalog, *change);
        let (zh, en) = (
            format!("下一次变化：{id} {}；请安排在那之后再构建一次。", coming.zh),
            format!("Next change: {id} {}; schedule a build for then.", coming.en),
        );
        said.push(session.say(zh, en));
    }
    let next = catalog.next_change.map_or_else(|| "-".to_string(), |at| at.rfc3339(zone));
    said.push(format!("online content={} at={} next_change={next}", catalog.digest, catalog.at.rfc3339(zone)));
    if let Some(((format, report), place)) = report.zip(signed) {
        let place = place.display().to_string().replace('\\', "/");
        match format {
            "json" => println!("{:#}", json(&report)),
            "text" => println!("{}", text(&report, session.tongue)),
            _ => {}
        }
        said.insert(0, session.say(format!("签发单：{place}"), format!("To be signed: {place}")));
        // Who asked for JSON reads nothing else on this channel.
        if format == "json" {
            said.drain(..).for_each(|line| eprintln!("{line}"));
        }
    }
    said.iter().for_each(|line| println!("{line}"));
    // The process ends here; giving back a million small pieces of memory one by one would only delay it.
    std::mem::forget((renderer, loaded));
    std::mem::forget(catalog);
    Ok(0)
}

/// Keeps the report beside the cache: it names files and titles that are not public.
fn audit(session: &Session, loaded: &Loaded, catalog: &Catalog, facts: &[Facts]) -> Result<(), u8> {
    let files =
        loaded.snapshot.texts.keys().chain(loaded.snapshot.blobs.keys()).filter(|path| path.as_str().starts_with("content/")).count();
    let report = whole::Report { catalog: Some(catalog), diagnostics: &loaded.diagnostics, facts, files, tongue: session.tongue };
    let folder = loaded.root.join(".parkpress");
    let path = folder.join("audit.html");
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, whole::html(&report)));
    let shown = path.display().to_string().replace('\\', "/");
    match written {
        Ok(()) => {
            println!("{}", session.say(format!("检查报告：{shown}"), format!("Report: {shown}")));
            Ok(())
        }
        Err(error) => Err(session.refuse(&failed(format!("写不了“{shown}”"), format!("Cannot write “{shown}”"), &error), None, 3)),
    }
}

/// What changed since the last build; both are read alike, so that private fields can be compared too.
fn changes(last: &Last, loaded: &Loaded, catalog: &Catalog, media: &Digests, options: Options) -> Report {
    // The mistakes of the present were told, and those of the past are mended.
    let noted = &mut Diagnostics::new();
    let records =
        |snapshot: &Snapshot, noted: &mut Diagnostics| read::project(snapshot, noted).map(|project| project.records).unwrap_or_default();
    let now = records(&loaded.snapshot, noted);
    let new = Side { catalog, records: &now, media };
    let Some(kept) = last.read() else { return between(None, new) };
    let at = Instant::parse(&kept.at, &catalog.site.zone).unwrap_or(options.at);
    let Some(was) = crate::understand(&kept.snapshot, Options { at, ..options }, noted) else { return between(None, new) };
    let before = records(&kept.snapshot, noted);
    between(Some(Side { catalog: &was, records: &before, media: &kept.media }), new)
}

fn stop(session: &Session, loaded: &Loaded) -> u8 {
    session.print(loaded);
    let verdict = session.verdict(&loaded.diagnostics);
    eprintln!(
        "{}",
        session.say(
            format!("{verdict}，没有写任何文件，原来的网站不变。"),
            format!("{verdict}; nothing was written, the old site is unchanged.")
        )
    );
    1
}
