//! Sites that live in memory: texts in, diagnostics and finished files out.

use parkpress::diagnostic::{Diagnostics, Severity};
use parkpress::project::Snapshot;
use parkpress::render::Output;
use parkpress::resolve::Options;
use parkpress::value::{Instant, Zone};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// A site made from texts.
#[derive(Debug, Clone, Default)]
pub struct Site {
    files: BTreeMap<String, Vec<u8>>,
    at: Option<String>,
    drafts: bool,
    portable: bool,
    /// Where its companions lie on the disk.
    root: Option<PathBuf>,
}

/// What became of it.
pub struct Built {
    /// What was said.
    pub diagnostics: Diagnostics,
    /// The finished files; empty where there were errors.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    /// The small sound site that most tests change a little: settings, a contact, a park, a factory.
    pub fn base() -> Site {
        let mut site = Site::default();
        for (path, text) in sections(include_str!("base.txt")) {
            site = site.with(&path, &text);
        }
        site
    }
    /// Adds or replaces a file.
    pub fn with(self, path: &str, text: &str) -> Site {
        self.with_bytes(path, text.as_bytes())
    }
    /// Adds or replaces a file.
    pub fn with_bytes(mut self, path: &str, bytes: &[u8]) -> Site {
        self.files.insert(path.to_string(), bytes.to_vec());
        self
    }
    /// Takes a file away.
    pub fn without(mut self, path: &str) -> Site {
        self.files.remove(path);
        self
    }
    /// The text of a file.
    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.files[path].clone()).expect("because tests read texts only")
    }
    /// All its files.
    pub fn texts(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }
    /// Replaces a piece of a file, which must be there.
    pub fn changed(self, path: &str, from: &str, to: &str) -> Site {
        let text = self.text(path);
        assert!(text.contains(from), "{path} does not hold {from:?}");
        let text = text.replacen(from, to, 1);
        self.with(path, &text)
    }
    /// Builds at another instant.
    pub fn at(mut self, at: &str) -> Site {
        self.at = Some(at.to_string());
        self
    }
    /// Shows drafts.
    pub fn drafts(mut self) -> Site {
        self.drafts = true;
        self
    }
    /// Writes `index.html` into links.
    pub fn portable(mut self) -> Site {
        self.portable = true;
        self
    }
    /// Takes its companions from a folder; their pages are known, but not made.
    pub fn with_companions_of(mut self, root: &Path) -> Site {
        self.root = Some(root.to_path_buf());
        self
    }
    /// Runs the whole pipeline in memory.
    pub fn build(&self) -> Built {
        let snapshot = Snapshot::from_texts(self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
        let mut diagnostics = Diagnostics::new();
        let at =
            Instant::parse(self.at.as_deref().unwrap_or("2026-11-24 12:00"), &Zone::shanghai()).expect("because tests give sound instants");
        let options = Options { at, drafts: self.drafts, portable: self.portable };
        let mut catalog = parkpress::understand(&snapshot, options, &mut diagnostics);
        if let (Some(catalog), Some(root)) = (&mut catalog, &self.root) {
            parkpress::companions(root, catalog, options, &mut diagnostics).expect("because the companions can be read");
        }
        let files = Mutex::new(BTreeMap::new());
        if let Some(catalog) = catalog.as_ref().filter(|_| !diagnostics.has_errors()) {
            let take = |path: &str, output: &Output| -> Result<(), Infallible> {
                let bytes = match output {
                    Output::Bytes(bytes) => bytes.clone(),
                    Output::Copy(blob) => blob.read().map(|bytes| bytes.to_vec()).unwrap_or_default(),
                };
                files.lock().expect("because no test panics while it writes").insert(path.to_string(), bytes);
                Ok(())
            };
            let _ = parkpress::produce(catalog, &mut diagnostics, take);
        }
        Built { diagnostics, files: files.into_inner().expect("because all threads have ended") }
    }
}

impl Built {
    /// What was said, one line each: `error code file:line:column`.
    pub fn said(&self) -> Vec<String> {
        let line = |d: &parkpress::diagnostic::Diagnostic| {
            let severity = if d.severity == Severity::Error { "error" } else { "warning" };
            let place = d.place.as_ref().map(|place| format!("{}:{}:{}", place.file, place.line, place.column)).unwrap_or_default();
            format!("{severity} {} {place}", d.code)
        };
        self.diagnostics.sorted().into_iter().map(line).collect()
    }
    /// A finished file as text.
    pub fn text(&self, path: &str) -> String {
        let bytes =
            self.files.get(path).unwrap_or_else(|| panic!("{path} was not made; said: {:?}; made: {:?}", self.said(), self.files.keys()));
        String::from_utf8(bytes.clone()).expect("because the test reads a text")
    }
}

/// Splits `=== path` sections.
pub fn sections(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(path) = line.strip_prefix("=== ") {
            found.push((path.trim().to_string(), String::new()));
        } else if let Some((_, text)) = found.last_mut() {
            text.push_str(line);
        }
    }
    found
}
