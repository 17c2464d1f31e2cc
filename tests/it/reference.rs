//! The reference of the manual is what the program says of itself.

use parkpress::cli::reference;
use parkpress::project;
use parkpress::read;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/pages")
}

/// Every page of the reference that is there, by its path below the folder of pages.
fn kept(folder: &Path, inside: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            kept(&entry.path(), &format!("{name}/"), found);
        } else if name.starts_with("reference") {
            found.insert(name, fs::read_to_string(entry.path()).expect("because pages are texts"));
        }
    }
}

#[test]
fn the_reference_is_what_the_program_says_of_itself() {
    let (snapshot, mut noted) = project::load(&folder().join("../..")).expect("because the manual can be read");
    let project = read::project(&snapshot, &mut noted).expect("because the manual has settings");
    let made: BTreeMap<String, String> = reference::pages(&project.schemas).into_iter().collect();
    assert!(made.len() > 80 && made.keys().any(|path| path.starts_with("reference/codes/")));
    let mut there = BTreeMap::new();
    kept(&folder(), "", &mut there);
    let wrong: Vec<&String> =
        made.iter().filter(|(path, text)| there.get(*path).is_none_or(|known| known != *text)).map(|(path, _)| path).collect();
    let old: Vec<&String> = there.keys().filter(|path| !made.contains_key(*path)).collect();
    assert!(
        wrong.is_empty() && old.is_empty(),
        "parkpress schema --reference --root docs --out docs/content/pages; differ: {wrong:?}; too many: {old:?}"
    );
}

#[test]
fn the_command_writes_it_and_leaves_what_somebody_wrote() {
    let folder = std::env::temp_dir().join(format!("parkpress-reference-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("reference.md"), "my own\n").expect("a file");
    let run = |words: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_parkpress"));
        command.arg("schema").args(words).current_dir(env!("CARGO_MANIFEST_DIR")).env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL");
        command.output().expect("because the program is built")
    };
    assert_eq!(run(&["--reference"]).status.code(), Some(2), "it needs a folder");
    assert_eq!(run(&["--out", "x"]).status.code(), Some(2), "of what?");
    let made = run(&["--reference", "--root", "docs", "--out", &folder.to_string_lossy()]);
    assert_eq!(made.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&made.stdout).contains("reference.md 已有，没有改动"));
    assert_eq!(fs::read_to_string(folder.join("reference.md")).expect("a file"), "my own\n");
    let page = fs::read_to_string(folder.join("reference/commands.en.md")).expect("a page");
    assert!(reference::is_made(&page) && page.contains("--reference"), "{page}");
    fs::remove_dir_all(&folder).expect("to clean up");
}
