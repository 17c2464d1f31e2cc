//! `parkpress schema`: the types and their fields, for people and editors.

use super::out::println;
use super::reference;
use super::session::Session;
use crate::desk::editor;
use crate::diagnostic::failed;
use crate::resolve::Options;
use crate::schema::{Field, Privacy, describe};
use crate::value::Instant;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    let mut loaded = match session.load() {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let options = Options { at: Instant::from_system(), drafts: true, portable: false };
    let Some(catalog) = session.understand(&mut loaded, options) else {
        session.print(&loaded);
        return 1;
    };
    let out = matches.get_one::<String>("out").map_or_else(|| loaded.root.clone(), PathBuf::from);
    if matches.get_flag("vscode") {
        // The settings of an editor are the person's.
        return write(session, &out, editor::files(&catalog.schemas), |name, _| name.contains("/settings") || name.contains("/extensions"));
    }
    if matches.get_flag("reference") {
        return write(session, &out, reference::pages(&catalog.schemas), |_, there| !reference::is_made(there));
    }
    let types = &catalog.schemas.types;
    let Some(name) = matches.get_one::<String>("type") else {
        for of in types {
            println!("{:<12} content/{:<12} {}", of.name, of.folder, of.label.in_tongue(session.tongue));
        }
        return 0;
    };
    let of = match session.type_of(types, name) {
        Ok(of) => &types[of],
        Err(code) => return code,
    };
    if matches.get_flag("json") {
        println!("{:#}", describe::json_schema(of, &catalog.schemas));
    } else {
        fields(&of.fields, 0, session);
    }
    0
}

/// Writes files. One that is there with another text and is somebody's own, by its name and that text, stays.
fn write(session: &Session, dir: &Path, files: Vec<(String, String)>, is_own: impl Fn(&str, &str) -> bool) -> u8 {
    for (name, text) in files {
        let path = dir.join(&name);
        let shown = path.display().to_string().replace('\\', "/");
        let there = std::fs::read(&path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        if there.is_some_and(|there| there != text && is_own(&name, &there)) {
            println!("{}", session.say(format!("{shown} 已有，没有改动"), format!("{shown} is there already and was left alone")));
            continue;
        }
        let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, text));
        if let Err(error) = written {
            return session.refuse(&failed(format!("写不了“{shown}”"), format!("Cannot write “{shown}”"), &error), None, 3);
        }
        println!("{shown}");
    }
    0
}

fn fields(list: &[Field], depth: usize, session: &Session) {
    for field in list {
        let mut marks = Vec::new();
        if field.required {
            marks.push(session.say("必填", "required"));
        }
        if field.expected {
            marks.push(session.say("应填", "expected"));
        }
        if field.many {
            marks.push(session.say("可多项", "many"));
        }
        if field.privacy != Privacy::Public {
            marks.push(session.say("不公开", "private"));
        }
        if field.is_computed() {
            marks.push(session.say("自动计算", "computed"));
        }
        let indent = "  ".repeat(depth);
        println!("{indent}{:<24} {:<10} {}  {}", field.key, field.kind.name(), field.label.in_tongue(session.tongue), marks.join(" "));
        fields(&field.fields, depth + 1, session);
    }
}
