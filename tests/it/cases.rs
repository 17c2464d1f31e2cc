//! Whole sites as text, each with what must be said about it.
//!
//! A case lies in `cases/<group>/<code>[-more].txt`: the code is the diagnostic it shows. Its sections are files laid
//! over the base site (`=== content/…`), `=== change PATH` (two lines: from, to), `=== remove PATH`, `=== bytes PATH`
//! (hexadecimal), `=== at`, `=== drafts`, and last `=== said` with the expectation. `UPDATE=1` rewrites that section.

use crate::site::{Site, sections};
use parkpress::diagnostic::codes;
use std::fs;
use std::path::{Path, PathBuf};

/// All cases.
pub fn files() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("because the folder of cases is part of the project") {
            let path = entry.expect("because it can be listed").path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/cases"), &mut found);
    found.sort();
    found
}

/// The code that a case shows: the longest code with which its name begins; none for cases that must be silent.
pub fn code_of(path: &Path) -> Option<&'static str> {
    let name = path.file_stem()?.to_str()?;
    let all = codes::all();
    all.iter().map(|found| found.code).filter(|code| name == *code || name.starts_with(&format!("{code}--"))).max_by_key(|code| code.len())
}

fn site_of(text: &str) -> Site {
    let mut site = Site::base();
    for (head, body) in sections(text) {
        let (word, path) = head.split_once(' ').unwrap_or((&head, ""));
        site = match word {
            "change" => {
                let (from, to) = body.trim_end_matches('\n').split_once('\n').unwrap_or((body.trim_end_matches('\n'), ""));
                site.changed(path, &from.replace("\\n", "\n"), &to.replace("\\n", "\n").replace("\\t", "\t"))
            }
            "remove" => site.without(path),
            "bytes" => {
                let hex: String = body.split_whitespace().collect();
                let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("because the case is in hexadecimal");
                site.with_bytes(path, &(0..hex.len()).step_by(2).map(byte).collect::<Vec<u8>>())
            }
            "at" => site.at(body.trim()),
            "drafts" => site.drafts(),
            "said" => site,
            path => site.with(path, &body),
        };
    }
    site
}

#[test]
fn every_case_is_said_as_written() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for path in files() {
        let text = fs::read_to_string(&path).expect("because cases are texts");
        let built = site_of(&text).build();
        let said = built.said();
        for silent in built.diagnostics.iter().filter(|found| found.hints.is_empty()) {
            wrong.push(format!("{}: {} says no way out", path.display(), silent.code));
        }
        let shown = said.iter().map(|line| format!("{line}\n")).collect::<String>();
        let (before, wanted) = text.split_once("=== said\n").unwrap_or((&text, ""));
        if update {
            fs::write(&path, format!("{before}=== said\n{shown}")).expect("because UPDATE=1 may write cases");
        } else if wanted != shown {
            wrong.push(format!("{}:\nwanted:\n{wanted}said:\n{shown}", path.display()));
        }
        match code_of(&path) {
            Some(code) if !said.iter().any(|line| line.split(' ').nth(1) == Some(code)) => {
                wrong.push(format!("{}: {code} was not said, but\n{shown}", path.display()))
            }
            None if !said.is_empty() => wrong.push(format!("{}: must be silent, but\n{shown}", path.display())),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
