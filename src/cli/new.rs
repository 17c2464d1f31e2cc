//! `parkpress new TYPE [ID]`: a new record with the fields that must be filled in, in the language of
//! the site, asked for on a terminal. It never overwrites.

use super::out::{eprintln, print, println};
use super::session::Session;
use crate::desk::ask::{About, Form};
use crate::diagnostic::{Diagnostics, failed, said};
use crate::plan::clashes::is_name;
use crate::resolve::Options;
use crate::schema::{Role, Type};
use crate::value::pinyin::Readings;
use crate::value::{Instant, RecordId};
use clap::ArgMatches;
use std::io::{BufRead, IsTerminal, Write};

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    match make(session, matches) {
        Ok(code) | Err(code) => code,
    }
}

fn make(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let mut loaded = session.load()?;
    let options = Options { at: Instant::from_system(), drafts: true, portable: false };
    let Some(catalog) = session.understand(&mut loaded, options) else {
        session.print(&loaded);
        return Err(1);
    };
    let name = matches.get_one::<String>("type").map(String::as_str).unwrap_or_default();
    let types = &catalog.schemas.types;
    let schema = &types[session.type_of(types, name)?];
    let folder = loaded.root.join("content").join(&schema.folder);
    let given = matches.get_one::<String>("id").cloned();
    given.iter().try_for_each(|id| is_id(session, schema, types, id))?;
    let mut seen: Vec<(RecordId, String)> = catalog.held.iter().map(|held| (held.id.clone(), held.title.clone())).collect();
    seen.extend(
        catalog
            .entries
            .iter()
            .filter(|entry| entry.lang == catalog.site.default_lang())
            .map(|entry| (entry.id.clone(), entry.title.clone())),
    );
    let readings = Readings::new(catalog.theme.search.readings.iter().chain(&catalog.site.search.readings));
    let about = About { of: schema, zone: &catalog.site.zone, records: &seen, readings: &readings, lang: catalog.site.default_lang() };
    let mut form = Form::new(about, given.clone());
    let values = values(schema, matches);
    for (key, value) in &values {
        form.set(key, value).map_err(|wrong| {
            say_wrong(session, &wrong);
            session.refuse(
                &said(
                    format!("“{key}”的值没有接受，什么都没有写。"),
                    format!("The value of “{key}” was not accepted; nothing was written."),
                ),
                None,
                2,
            )
        })?;
    }
    let on_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let asks = matches.get_flag("ask") || on_terminal && !matches.get_flag("yes");
    if asks && !interview(session, &mut form) {
        let hint = said("再运行一次，或加 --yes 写出待填的文件。", "Run it again, or say --yes for a file to fill in.");
        return Err(session.refuse(&said("没有填完，什么都没有写。", "The form was not finished; nothing was written."), Some(&hint), 2));
    }
    let counted = || (1..).map(|number| format!("{}-{number}", schema.name)).find(|id| !folder.join(format!("{id}.md")).exists());
    let id = match given {
        Some(id) => id,
        None if asks || !values.is_empty() => form.id(),
        None => counted().unwrap_or_default(),
    };
    is_id(session, schema, types, &id)?;
    let path = folder.join(format!("{id}.md"));
    if path.exists() || folder.join(format!("{id}.yaml")).exists() {
        let hint = said("另写一个编号，或直接修改现有的文件。", "Name another id, or change the file that is there.");
        return Err(session.refuse(&said(format!("“{id}”已经存在。"), format!("“{id}” exists already.")), Some(&hint), 2));
    }
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, form.text()));
    if let Err(error) = written {
        return Err(session.refuse(&failed("写不了文件", "Cannot write", &error), None, 3));
    }
    println!("content/{}/{id}.md", schema.folder);
    Ok(0)
}

/// What `--title` and `--set` say.
fn values(of: &Type, matches: &ArgMatches) -> Vec<(String, String)> {
    let title =
        matches.get_one::<String>("title").zip(of.with_role(Role::Title)).map(|(title, field)| (field.key.to_string(), title.clone()));
    let set = matches.get_many::<String>("set").into_iter().flatten();
    // `＝` is what a Chinese keyboard types.
    title
        .into_iter()
        .chain(set.map(|pair| {
            pair.split_once(['=', '＝']).map_or((pair.clone(), String::new()), |(key, value)| (key.trim().to_string(), value.to_string()))
        }))
        .collect()
}

/// Puts the questions until the form is done; `false` where the answers end before.
fn interview(session: &Session, form: &mut Form<'_>) -> bool {
    let mut lines = std::io::stdin().lock().lines();
    while let Some(question) = form.question() {
        print!("{}\n> ", question.in_tongue(session.tongue));
        // Whether the question could be shown or not, the answer is read.
        let _ = std::io::stdout().flush();
        let Some(Ok(typed)) = lines.next() else { return false };
        if let Err(wrong) = form.answer(&typed) {
            say_wrong(session, &wrong);
        }
    }
    true
}

/// What is wrong with an answer: there is no file yet to point into.
fn say_wrong(session: &Session, wrong: &Diagnostics) {
    for found in wrong.sorted() {
        eprintln!("{}", found.message.in_tongue(session.tongue));
        found.hints.iter().for_each(|hint| eprintln!("  {}", hint.in_tongue(session.tongue)));
    }
}

/// Refuses an id that could be no part of an address, or that is one of the site's own.
pub fn is_id(session: &Session, of: &Type, types: &[Type], id: &str) -> Result<(), u8> {
    if is_name(id, of, types) {
        return Ok(());
    }
    let message = said(format!("编号“{id}”不能作网址。"), format!("“{id}” cannot be part of an address."));
    let hint = said(
        "只用小写字母、数字和连字符，不用 con、search 一类的保留名。",
        "Lower-case letters, digits and hyphens only, no reserved names such as con or search.",
    );
    Err(session.refuse(&message, Some(&hint), 2))
}
