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
    if std::env::var_os("UPDATE").is_some() {
        for old in there.keys().filter(|path| !made.contains_key(*path)) {
            fs::remove_file(folder().join(old)).expect("because UPDATE=1 may remove pages");
        }
        for (path, text) in &made {
            let place = folder().join(path);
            fs::create_dir_all(place.parent().expect("because it lies in a folder")).expect("because UPDATE=1 may make folders");
            fs::write(place, text).expect("because UPDATE=1 may write pages");
        }
        return;
    }
    let wrong: Vec<&String> =
        made.iter().filter(|(path, text)| there.get(*path).is_none_or(|known| known != *text)).map(|(path, _)| path).collect();
    let old: Vec<&String> = there.keys().filter(|path| !made.contains_key(*path)).collect();
    assert!(wrong.is_empty() && old.is_empty(), "UPDATE=1 cargo test reference; differ: {wrong:?}; too many: {old:?}");
}
