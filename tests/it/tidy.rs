//! The house rules, checked against the tree.

use crate::cases;
use parkpress::diagnostic::codes;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ORDER: [&str; 15] = [
    "diagnostic",
    "source",
    "picture",
    "value",
    "schema",
    "project",
    "read",
    "resolve",
    "plan",
    "desk",
    "render",
    "audit",
    "write",
    "serve",
    "cli",
];

/// Words that are names of types or folders but also ordinary English, or the name of the default theme.
const ORDINARY: [(&str, &str); 7] = [
    ("park", "the name of the default theme (site.yaml without `theme:`) and of its folder"),
    ("page", "a page of the site: the name of a template variable, not the type"),
    ("pages", "the folder of page templates in a theme"),
    ("contact", "the role of a field"),
    ("contacts", "the contacts of a record: the name of a template variable"),
    ("column", "where in a line something stands, in the JSON of check"),
    ("notice", "a typed block of prose"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).expect("because sources can be listed").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(root()).expect("because it lies below").to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).expect("because sources are texts")));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join("src"), &mut found);
    found.sort();
    found
}

/// A source without its unit tests.
fn production(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text)
}

#[test]
fn imports_only_point_left() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let Some(own) = name
            .strip_prefix("src/")
            .and_then(|rest| rest.split('/').next())
            .and_then(|top| ORDER.iter().position(|known| *known == top.trim_end_matches(".rs")))
        else {
            continue;
        };
        for (at, module) in ORDER.iter().enumerate().filter(|(at, _)| *at > own) {
            for form in [format!("crate::{module}::"), format!("use crate::{module};"), format!("crate::{{{module}")] {
                if text.contains(&form) {
                    wrong.push(format!("{name} uses {module} ({at})"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_are_small_and_begin_with_a_doc() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        if text.lines().count() > 400 {
            wrong.push(format!("{name} has {} lines", text.lines().count()));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{name} has no module doc"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_ends_touch_the_disk_and_only_the_command_line_asks_the_clock() {
    for (name, text) in sources().into_iter().filter(|(name, _)| !name.ends_with("/tests.rs")) {
        let text = production(&text);
        let ends = ["src/project/", "src/write/", "src/serve/", "src/cli/", "src/main.rs"].iter().any(|end| name.starts_with(end));
        assert!(ends || !text.contains("std::fs") && !text.contains("std::env"), "{name} touches the disk or the environment");
        let clock = ["SystemTime", "Timestamp::now", "from_system", "Instant::now", "Zoned::now"];
        let may = name.starts_with("src/cli/") || name.starts_with("src/serve/") || name == "src/value/time.rs";
        assert!(may || !clock.iter().any(|word| text.contains(word)), "{name} asks the clock");
        assert!(!text.contains("unsafe {"), "{name}");
        assert!(!text.contains(".unwrap()") && !text.contains("panic!(") && !text.contains("todo!("), "{name} may panic");
    }
}

#[test]
fn no_type_name_stands_in_the_sources() {
    let folder = root().join("themes/park/types");
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("because the theme has types").flatten() {
        let text = fs::read_to_string(entry.path()).expect("because types are texts");
        for key in ["type: ", "folder: "] {
            names.extend(text.lines().find_map(|line| line.strip_prefix(key)).map(str::to_string));
        }
    }
    assert!(names.len() >= 10);
    for (name, text) in sources() {
        for word in names.iter().filter(|word| !ORDINARY.iter().any(|(known, _)| known == word)) {
            assert!(!production(&text).contains(&format!("\"{word}\"")), "{name} names the type {word}");
        }
    }
}

#[test]
fn templates_take_every_word_and_mark_from_the_words() {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("because the theme can be listed").flatten() {
            let path = entry.path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let mut files = Vec::new();
    walk(&root().join("themes/park"), &mut files);
    files.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    assert!(files.len() > 40, "{}", files.len());
    // Marks such as `、` as well: they would stand between English words.
    let chinese = |c: char| matches!(c, '\u{3001}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}');
    for path in files {
        let text = fs::read_to_string(&path).expect("because templates are texts");
        let line = text.lines().find(|line| line.contains(chinese));
        assert!(line.is_none(), "{}: {}", path.display(), line.unwrap_or_default());
    }
}

#[test]
fn every_code_is_explained_and_has_a_case() {
    let mut said = BTreeSet::new();
    let known: BTreeSet<String> = codes::all().into_iter().map(|found| found.code.to_string()).collect();
    for (name, text) in
        sources().into_iter().filter(|(name, _)| name.starts_with("src/diagnostic/messages/") || name.starts_with("src/write/"))
    {
        for literal in production(&text).split('"').skip(1).step_by(2) {
            let kebab = literal.contains('-')
                && literal.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                && !literal.starts_with('-')
                && !literal.ends_with('-');
            // A code may be one word or hold a digit.
            if (kebab || known.contains(literal)) && !name.ends_with("platform.rs") {
                said.insert(literal.to_string());
            }
        }
    }
    for found in codes::all() {
        assert_eq!(codes::all().iter().filter(|other| other.code == found.code).count(), 1, "{} means two things", found.code);
        assert!(!found.text.zh.is_empty() && !found.text.en.is_empty(), "{} lacks a language", found.code);
    }
    let shown: BTreeSet<String> = cases::files().iter().filter_map(|path| cases::code_of(path)).map(str::to_string).collect();
    // What only a disk can show has its tests in src/write/tests.rs and src/project.
    let by_unit_tests: BTreeSet<&str> =
        include_str!("unit_tested.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let unexplained: Vec<&String> = said.difference(&known).collect();
    assert!(unexplained.is_empty(), "without explanation: {unexplained:?}");
    let silent: Vec<&String> = known.difference(&said).collect();
    assert!(silent.is_empty(), "explained, but never said: {silent:?}");
    let without: Vec<&String> = known.iter().filter(|code| !shown.contains(*code) && !by_unit_tests.contains(code.as_str())).collect();
    assert!(without.is_empty(), "without a case: {without:?}");
}

#[test]
fn only_one_module_prints() {
    let prints = |text: &str| text.contains("println!(") || text.contains("print!(");
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|(name, text)| name != "src/cli/out.rs" && prints(production(text)) && !text.contains("use super::out::"))
        .map(|(name, _)| name)
        .collect();
    assert!(wrong.is_empty(), "these panic where nobody listens any more: {wrong:?}");
}

#[test]
fn the_map_of_the_house_names_every_room() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("because ARCHITECTURE.md is part of the project");
    for module in ORDER {
        assert!(map.contains(&format!("`{module}/`")), "ARCHITECTURE.md does not name {module}/");
    }
}

#[test]
fn what_the_front_pages_link_to_is_there() {
    let mut links = 0;
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            if target.is_empty() || target.contains("://") || target.contains('…') || target.contains(' ') {
                continue;
            }
            assert!(root().join(target).exists(), "{page} links to {target}");
            links += 1;
        }
    }
    assert!(links > 3, "{links} links");
}
