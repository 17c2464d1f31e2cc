//! What can go wrong, said in Chinese and English, with the place and the remedy.
//!
//! In: facts from any phase. Out: [`Diagnostic`]s that `print` turns into text, JSON or SARIF.
//! Never: reads a file, decides an exit code, or panics.
//!
//! Every message of the product is one constructor function in [`messages`], so that the whole vocabulary
//! can be proof-read in one folder; [`codes`] holds the long explanation that `parkpress explain` prints.

mod cause;
pub mod codes;
pub mod messages;
mod path;
pub mod print;

pub use cause::failed;
pub use path::SitePath;

/// One sentence in both languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// The sentence for the office, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// Makes a [`Said`] from its two sentences.
pub fn said(zh: impl Into<String>, en: impl Into<String>) -> Said {
    Said { zh: zh.into(), en: en.into() }
}

impl Said {
    /// The sentence in one language; the other one where a language has none.
    pub fn in_tongue(&self, tongue: Tongue) -> &str {
        match tongue {
            Tongue::Zh if !self.zh.is_empty() => &self.zh,
            Tongue::En if !self.en.is_empty() => &self.en,
            Tongue::Zh => &self.en,
            Tongue::En => &self.zh,
        }
    }
}

/// The language in which the tool speaks to the person who runs it (not a language of the site).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written; exit code 1.
    Error,
    /// The site is written; `--strict` makes it an error.
    Warning,
}

/// Where in a file. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the site's root, with `/`.
    pub file: SitePath,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// How many characters from `column` on are meant; 0 where that is not known.
    pub length: u32,
    /// The field as a dotted path of English keys (`spaces.2.rent`), where one is meant.
    pub field: Option<String>,
}

impl Place {
    /// A place in a file, without a field.
    pub fn new(file: &SitePath, line: u32, column: u32) -> Place {
        Place { file: file.clone(), line, column, length: 0, field: None }
    }
    /// The start of a file.
    pub fn start(file: &SitePath) -> Place {
        Place::new(file, 1, 1)
    }
    /// The same place, `length` characters long.
    pub fn spanning(mut self, length: usize) -> Place {
        self.length = u32::try_from(length).unwrap_or(u32::MAX);
        self
    }
    /// The same place, said to belong to a field.
    pub fn in_field(mut self, field: impl Into<String>) -> Place {
        self.field = Some(field.into());
        self
    }
}

/// One thing that is wrong, complete enough to be printed by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable kebab-case word; `explain` knows each.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// Where; absent only for things that have no file (a missing option, say).
    pub place: Option<Place>,
    /// What is wrong and why.
    pub message: Said,
    /// What to do: the nearest name, the corrected line, the allowed words.
    pub hints: Vec<Said>,
    /// Other places that belong to it (the first of two equal keys, the other page of a collision).
    pub see: Vec<(Place, Said)>,
}

impl Diagnostic {
    /// An error at a place. Only the constructors in [`messages`] call this.
    pub fn error(code: &'static str, place: Place, message: Said) -> Diagnostic {
        Diagnostic { code, severity: Severity::Error, place: Some(place), message, hints: Vec::new(), see: Vec::new() }
    }
    /// A warning at a place. Only the constructors in [`messages`] call this.
    pub fn warning(code: &'static str, place: Place, message: Said) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, place, message) }
    }
    /// An error that has no place in a file.
    pub fn placeless(code: &'static str, message: Said) -> Diagnostic {
        Diagnostic { code, severity: Severity::Error, place: None, message, hints: Vec::new(), see: Vec::new() }
    }
    /// Adds a hint.
    pub fn hint(mut self, hint: Said) -> Diagnostic {
        self.hints.push(hint);
        self
    }
    /// Adds a hint where there is one.
    pub fn hint_if(mut self, hint: Option<Said>) -> Diagnostic {
        self.hints.extend(hint);
        self
    }
    /// Adds a related place.
    pub fn see(mut self, place: Place, why: Said) -> Diagnostic {
        self.see.push((place, why));
        self
    }
    /// Says which field is meant, where the place does not say it yet.
    pub fn in_field(mut self, field: &str) -> Diagnostic {
        if let Some(place) = self.place.as_mut().filter(|place| place.field.is_none()) {
            place.field = Some(field.to_string());
        }
        self
    }
}

/// Everything that a run found. A phase pushes into its own and the pipeline joins them, so that parallel work stays ordered.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An empty one.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }
    /// Notes one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }
    /// Takes over all of another.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
    }
    /// Takes over all of a site that lies in a folder of this one and is published at a path of it.
    pub fn append_below(&mut self, other: Diagnostics, folder: &str, at: &str) {
        let lower = |place: &mut Place| {
            let source = ["content/", "themes/"].iter().any(|top| place.file.as_str().starts_with(top));
            place.file = SitePath::new(&format!("{}/{}", if source { folder } else { at }, place.file));
        };
        self.list.extend(other.list.into_iter().map(|mut found| {
            found.place.iter_mut().chain(found.see.iter_mut().map(|(place, _)| place)).for_each(lower);
            found
        }));
    }
    /// Are there errors (not only warnings)?
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }
    /// How many errors.
    pub fn errors(&self) -> usize {
        self.list.iter().filter(|d| d.severity == Severity::Error).count()
    }
    /// How many warnings.
    pub fn warnings(&self) -> usize {
        self.list.len() - self.errors()
    }
    /// Turns every warning into an error (`--strict`).
    pub fn make_strict(&mut self) {
        self.list.iter_mut().for_each(|d| d.severity = Severity::Error);
    }
    /// Leaves out what a code says.
    pub fn forget(&mut self, code: &str) {
        self.list.retain(|d| d.code != code);
    }
    /// Turns errors of some codes into warnings.
    pub fn soften(&mut self, codes: &[&str]) {
        self.list.iter_mut().filter(|d| codes.contains(&d.code)).for_each(|d| d.severity = Severity::Warning);
    }
    /// All of them in a fixed order: file, line, column, code; equal ones once.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.list.iter().collect();
        all.sort_by(|a, b| (&a.place, a.code, &a.message.zh).cmp(&(&b.place, b.code, &b.message.zh)));
        all.dedup();
        all
    }
    /// In the order in which they were noted.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }
}

/// The nearest of some names to a misspelt one, if it is near enough to be worth a question.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let length = wanted.chars().count();
    let mut best: Option<(f64, &str)> = None;
    for name in names {
        let other = name.to_lowercase();
        let score = strsim::jaro_winkler(&wanted, &other);
        let edits = strsim::osa_distance(&wanted, &other);
        let near = edits <= 1.max(length / 3) || (score > 0.88 && length > 3);
        if near && best.is_none_or(|(known, _)| score > known) {
            best = Some((score, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn nearest_finds_slips_and_stays_silent_about_strangers() {
        assert_eq!(nearest("staet", ["status", "state", "park"]), Some("state"));
        assert_eq!(nearest("净离", ["净高", "层高度"]), Some("净高"));
        assert_eq!(nearest("colour", ["park", "rent"]), None);
    }
}
