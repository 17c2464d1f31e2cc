//! `parkpress fix [PATH…]`: repairs slips that need no guess, after showing what would change.

use super::desk;
use super::out::{eprintln, print, println};
use super::session::Session;
use crate::desk::fix;
use crate::desk::{Edit, diff};
use crate::diagnostic::{SitePath, said};
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    match repair(session, matches) {
        Ok(code) | Err(code) => code,
    }
}

fn repair(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let mut loaded = session.load()?;
    let wanted = wanted(session, matches, &loaded.root)?;
    let is_wanted = |path: &SitePath| {
        wanted.is_empty()
            || wanted.iter().any(|word| word.is_empty() || path.as_str() == word || path.as_str().starts_with(&format!("{word}/")))
    };
    if let Some(nothing) = wanted.iter().find(|word| {
        !loaded.snapshot.texts.keys().any(|path| !word.is_empty() && path.as_str().starts_with(word.as_str())) && !word.is_empty()
    }) {
        let message = said(format!("“{nothing}”里没有可以修复的文本。"), format!("“{nothing}” holds no text to repair."));
        let hint = said(
            "能修复的是 content/ 和 themes/ 里的文件；不写路径就看全部。",
            "Files of content/ and themes/ can be repaired; without a path all are looked at.",
        );
        return Err(session.refuse(&message, Some(&hint), 2));
    }
    let Some(plan) = fix::plan(&loaded.snapshot, &is_wanted) else {
        // The settings cannot be read: what is wrong with them comes first.
        crate::read::project(&loaded.snapshot, &mut loaded.diagnostics);
        session.print(&loaded);
        return Err(1);
    };
    for repair in &plan.repairs {
        print!("{}", diff::unified(repair.edit.path.as_str(), &repair.old, &repair.new, desk::colour()));
        for note in &repair.notes {
            println!("{}: {}", repair.edit.path, note.in_tongue(session.tongue));
        }
    }
    for (path, reason) in &plan.refused {
        eprintln!("{path}: {}", reason.in_tongue(session.tongue));
    }
    let code = if plan.refused.is_empty() { 0 } else { 2 };
    let count = plan.repairs.len();
    if count == 0 {
        println!("{}", session.say("没有可以自动修复的地方。", "There is nothing to repair."));
        return Ok(code);
    }
    if matches.get_flag("dry-run") {
        println!(
            "{}",
            session.say(format!("可以修复 {count} 个文件，没有写入。"), format!("{count} files can be repaired; nothing was written."))
        );
        return Ok(code);
    }
    if !desk::may_write(session, matches)? {
        println!("{}", session.say("没有写入。", "Nothing was written."));
        return Ok(2);
    }
    let edits: Vec<Edit> = plan.repairs.into_iter().map(|repair| repair.edit).collect();
    let kept = desk::write(session, &loaded.root, &edits, "fix")?;
    println!("{}", session.say(format!("已修复 {count} 个文件。"), format!("{count} files were repaired.")));
    desk::say_kept(session, &loaded.root, kept);
    Ok(code)
}

/// The paths that were named, as the site knows them. A path is meant from where the person stands, or from the root.
fn wanted(session: &Session, matches: &ArgMatches, root: &Path) -> Result<Vec<String>, u8> {
    let here = std::env::current_dir().unwrap_or_default();
    let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let mut found = Vec::new();
    for typed in matches.get_many::<String>("path").into_iter().flatten() {
        let places: [PathBuf; 3] = [here.join(typed), root.join(typed), root.join("content").join(typed)];
        let real = places.iter().find_map(|place| place.canonicalize().ok()).filter(|place| place.starts_with(&root));
        let Some(inside) = real.as_ref().and_then(|place| place.strip_prefix(&root).ok()) else {
            return Err(session.refuse(
                &said(format!("网站里没有“{typed}”。"), format!("The site has no “{typed}”.")),
                Some(&said("写文件或文件夹，例如 content/factories。", "Name a file or a folder, such as content/factories.")),
                2,
            ));
        };
        found.push(inside.to_string_lossy().replace('\\', "/"));
    }
    Ok(found)
}
