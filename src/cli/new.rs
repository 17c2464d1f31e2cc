//! `parkpress new TYPE [ID]`: a new record with the fields that must be filled in. It never overwrites.

use super::session::Session;
use crate::diagnostic::{nearest, said};
use crate::plan::clashes::is_possible;
use crate::resolve::Options;
use crate::schema::{Type, describe};
use crate::value::Instant;
use clap::ArgMatches;

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
    let Some(schema) = types.iter().find(|of| *of.name == *name || of.folder == name || of.label.zh == name) else {
        let near = nearest(name, types.iter().flat_map(|of| [&*of.name, of.label.zh.as_str()]));
        let all: Vec<String> = types.iter().map(|of| format!("{}（{}）", of.name, of.label.zh)).collect();
        let hint = match near {
            Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
            None => said(format!("可用：{}", all.join("、")), format!("Types: {}", all.join(", "))),
        };
        return Err(session.refuse(&said(format!("没有“{name}”这种内容。"), format!("There is no type “{name}”.")), Some(&hint), 2));
    };
    let folder = loaded.root.join("content").join(&schema.folder);
    let id = match matches.get_one::<String>("id") {
        Some(id) => id.clone(),
        None => {
            (1..).map(|number| format!("{}-{number}", schema.name)).find(|id| !folder.join(format!("{id}.md")).exists()).unwrap_or_default()
        }
    };
    is_id(session, schema, &id)?;
    let path = folder.join(format!("{id}.md"));
    if path.exists() || folder.join(format!("{id}.yaml")).exists() {
        return Err(session.refuse(&said(format!("“{id}”已经存在。"), format!("“{id}” exists already.")), None, 2));
    }
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, describe::scaffold(schema)));
    if let Err(error) = written {
        return Err(session.refuse(&said(format!("写不了文件：{error}"), format!("Cannot write: {error}")), None, 3));
    }
    println!("content/{}/{id}.md", schema.folder);
    Ok(0)
}

/// Refuses an id that could be no part of an address.
pub fn is_id(session: &Session, of: &Type, id: &str) -> Result<(), u8> {
    let plain = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'/'))
        && id.split('/').all(|part| (1..=64).contains(&part.len()) && !part.starts_with('-'))
        && is_possible(id);
    if plain && (of.at_root || !id.contains('/')) {
        return Ok(());
    }
    let message = said(format!("编号“{id}”不能作网址。"), format!("“{id}” cannot be part of an address."));
    let hint = said(
        "只用小写字母、数字和连字符，不用 con、aux 一类的保留名。",
        "Lower-case letters, digits and hyphens only, no reserved names such as con or aux.",
    );
    Err(session.refuse(&message, Some(&hint), 2))
}
