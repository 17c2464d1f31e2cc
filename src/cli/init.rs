//! `parkpress init DIR`: a new site with its settings, an introduction and help for an editor. It never overwrites.

use super::out::println;
use super::session::Session;
use crate::desk::starter::{self, NewFile, Wish};
use crate::diagnostic::{Diagnostics, failed, said};
use crate::project::Snapshot;
use crate::read;
use crate::value::{Instant, Zone};
use crate::write;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// The least that can be read: the types of the theme are the same in every new site.
const SETTINGS: &[u8] = b"title: -\n";

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let dir = PathBuf::from(text("dir").unwrap_or_default());
    if dir.join("content").exists() {
        let hint = said(
            "另写一个新的文件夹名；现有的网站用 parkpress serve 打开。",
            "Name a new folder; open the site that is here with parkpress serve.",
        );
        return session.refuse(&said("这个文件夹里已经有网站。", "This folder holds a site already."), Some(&hint), 2);
    }
    let snapshot = Snapshot::from_texts([("content/site.yaml", SETTINGS)]);
    let Some(project) = read::project(&snapshot, &mut Diagnostics::new()) else {
        return session.refuse(&said("内置主题读不出来。", "The built-in theme cannot be read."), None, 3);
    };
    let title = text("title").map(str::trim).filter(|title| !title.is_empty()).unwrap_or("我的园区");
    let today = Instant::from_system().day_in(&Zone::shanghai()).to_string();
    let wish = Wish { profile: text("profile"), samples: matches.get_flag("samples"), title, today: &today };
    let mut told = Vec::new();
    for file in starter::files(wish, &project.schemas) {
        let path = dir.join(&file.path);
        if path.exists() {
            continue;
        }
        if let Err(error) = make(&path, &file) {
            return session.refuse(&failed("写不了文件", "Cannot write", &error), None, 3);
        }
        // The schemas are many and nobody opens them.
        if !file.path.starts_with(".vscode/schemas/") {
            told.push(path.display().to_string().replace('\\', "/"));
        }
    }
    told.iter().for_each(|path| println!("{path}"));
    let shown = dir.display();
    println!(
        "{}",
        session.say(
            format!("下一步：双击“预览.bat”（macOS 用 preview.command），或运行 parkpress serve --open --root {shown}"),
            format!("Next: double-click 预览.bat (macOS: preview.command), or run parkpress serve --open --root {shown}")
        )
    );
    0
}

fn make(path: &Path, file: &NewFile) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
    std::fs::write(path, &file.bytes)?;
    if file.runs { write::let_run(path) } else { Ok(()) }
}
