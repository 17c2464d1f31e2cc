//! What every verb needs: the language, the root, the instant, and printing.

use super::out::{eprint, eprintln};
use crate::Companion;
use crate::diagnostic::{Diagnostics, Said, SitePath, Tongue, nearest, print, said};
use crate::project::{self, Snapshot};
use crate::resolve::{Catalog, HeldBack, Options, UNAPPROVED};
use crate::schema::Type;
use crate::value::{Instant, Zone};
use clap::ArgMatches;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Instant as Watch;

/// The language of the person: `--lang`, else the locale, else Chinese.
pub fn tongue(words: &[OsString]) -> Tongue {
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let asked = words.iter().enumerate().find_map(|(at, word)| {
        word.strip_prefix("--lang=").map(str::to_string).or_else(|| (word == "--lang").then(|| words.get(at + 1).cloned())?)
    });
    let locale =
        || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match asked.or_else(locale).as_deref() {
        Some(word) if word.to_lowercase().starts_with("en") => Tongue::En,
        _ => Tongue::Zh,
    }
}

/// One run of a verb.
pub struct Session {
    /// The language of the person.
    pub tongue: Tongue,
    /// Where `--root` points, if it was given.
    asked_root: Option<PathBuf>,
    watch: Watch,
}

/// What a verb works on.
pub struct Loaded {
    /// The root of the site.
    pub root: PathBuf,
    /// The bytes of the site.
    pub snapshot: Snapshot,
    /// What was noted so far.
    pub diagnostics: Diagnostics,
    /// The sites that are published below it, for the verbs that ask for them.
    pub companions: Vec<Companion>,
}

impl Session {
    /// Starts a run.
    pub fn new(matches: &ArgMatches, tongue: Tongue) -> Session {
        Session { tongue, asked_root: matches.get_one::<String>("root").map(PathBuf::from), watch: Watch::now() }
    }
    /// One sentence in the language of the person.
    pub fn say(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        said(zh, en).in_tongue(self.tongue).to_string()
    }
    /// How long the run has taken, as people read it.
    pub fn took(&self) -> String {
        let ms = self.watch.elapsed().as_millis();
        if ms < 1000 { format!("{ms} ms") } else { format!("{}.{:02} s", ms / 1000, ms % 1000 / 10) }
    }
    /// The index of the type that somebody names: by its name, its folder or its label. Says which there are otherwise.
    pub fn type_of(&self, types: &[Type], name: &str) -> Result<usize, u8> {
        types.iter().position(|of| *of.name == *name || of.folder == name || of.label.zh == name).ok_or_else(|| {
            let hint = match nearest(name, types.iter().flat_map(|of| [&*of.name, of.label.zh.as_str()])) {
                Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
                None => {
                    let all: Vec<String> = types.iter().map(|of| format!("{}（{}）", of.name, of.label.zh)).collect();
                    said(format!("可用：{}", all.join("、")), format!("Types: {}", all.join(", ")))
                }
            };
            self.refuse(&said(format!("没有“{name}”这种内容。"), format!("There is no type “{name}”.")), Some(&hint), 2)
        })
    }
    /// Prints a refusal or a failure; gives its exit code.
    pub fn refuse(&self, message: &Said, hint: Option<&Said>, exit: u8) -> u8 {
        eprintln!("{}", message.in_tongue(self.tongue));
        if let Some(hint) = hint {
            eprintln!("{}", hint.in_tongue(self.tongue));
        }
        exit
    }
    /// The root of the site.
    pub fn root(&self) -> Result<PathBuf, u8> {
        let here = std::env::current_dir().unwrap_or_default();
        let found = match &self.asked_root {
            Some(root) => project::discover(&here.join(root))
                .filter(|found| *found == here.join(root) || found.canonicalize().ok() == here.join(root).canonicalize().ok()),
            None => project::discover(&here),
        };
        found.ok_or_else(|| {
            let message = said("这里不是网站：找不到 content/site.yaml。", "There is no site here: content/site.yaml was not found.");
            let hint = said(
                "用 --root 指明文件夹，或用 parkpress init 新建。",
                "Name the folder with --root, or make one with “parkpress init DIR”.",
            );
            self.refuse(&message, Some(&hint), 2)
        })
    }
    /// Loads the site.
    pub fn load(&self) -> Result<Loaded, u8> {
        let root = self.root()?;
        match project::load(&root) {
            Ok((snapshot, diagnostics)) => Ok(Loaded { root, snapshot, diagnostics, companions: Vec::new() }),
            Err(failure) => Err(self.refuse(&failure.message, None, 3)),
        }
    }
    /// The zone of the site, in which `--at` is meant.
    pub fn zone(&self) -> Result<Zone, u8> {
        let bytes = std::fs::read(self.root()?.join("content/site.yaml")).unwrap_or_default();
        Ok(crate::read::site::zone(&Snapshot::from_texts([("content/site.yaml", bytes.as_slice())])))
    }
    /// The instant of `--at`, else now.
    pub fn instant(&self, matches: &ArgMatches) -> Result<Instant, u8> {
        let Some(text) = matches.get_one::<String>("at") else { return Ok(Instant::from_system()) };
        Instant::parse(text, &self.zone()?).ok_or_else(|| {
            let message = said(format!("--at 的时间“{text}”读不懂。"), format!("--at “{text}” is no time."));
            self.refuse(&message, Some(&said("写作 \"2026-11-23 09:00\"。", "Write \"2026-11-23 09:00\".")), 2)
        })
    }
    /// What the options ask of the site.
    pub fn options(&self, matches: &ArgMatches) -> Result<Options, u8> {
        let flag = |name: &str| matches.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or(false);
        Ok(Options { at: self.instant(matches)?, drafts: flag("drafts"), portable: flag("portable") })
    }
    /// Reads and resolves a loaded site.
    pub fn understand(&self, loaded: &mut Loaded, options: Options) -> Option<Catalog> {
        crate::understand(&loaded.snapshot, options, &mut loaded.diagnostics)
    }
    /// The address of `--base-url` in the place of the site's own.
    pub fn set_base(&self, matches: &ArgMatches, catalog: &mut Catalog) -> Result<(), u8> {
        let Some(url) = matches.get_one::<String>("base-url") else { return Ok(()) };
        match crate::value::text::url(url) {
            Ok(url) if crate::read::site::is_base(&url) => catalog.site.base_url = Some(url.trim_end_matches('/').to_string()),
            _ => {
                let message = said(format!("--base-url“{url}”不是完整的网址。"), format!("--base-url “{url}” is no complete address."));
                let hint = said("写完整，例如 https://www.example.com/parks", "Write it in full: https://www.example.com/parks");
                return Err(self.refuse(&message, Some(&hint), 2));
            }
        }
        Ok(())
    }
    /// Reads and resolves the companions of a site; what is wrong with them is noted with the rest.
    pub fn companions(&self, loaded: &mut Loaded, catalog: &mut Catalog, options: Options) -> Result<(), u8> {
        let found = crate::companions(&loaded.root, catalog, options, &mut loaded.diagnostics);
        loaded.companions = found.map_err(|failure| self.refuse(&failure.message, None, 3))?;
        Ok(())
    }
    /// Prints what was noted, for people, to the error stream.
    pub fn print(&self, loaded: &Loaded) {
        let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let lookup = |path: &SitePath| crate::text_of(&loaded.snapshot, &loaded.companions, path);
        eprint!("{}", print::text(&loaded.diagnostics, &lookup, self.tongue, colour));
        if let Some(pointer) = print::pointer(&loaded.diagnostics) {
            eprintln!("{}", pointer.in_tongue(self.tongue));
        }
    }
    /// What is meant to be published and waits for signatures; readers would miss it without a word.
    pub fn unapproved(&self, catalog: &Catalog) -> Option<String> {
        let waits = |held: &&HeldBack| held.state == UNAPPROVED && held.lang == catalog.site.default_lang();
        let waiting: Vec<String> = catalog
            .held
            .iter()
            .filter(waits)
            .map(|held| {
                let why = catalog.reviews.of(&held.id).map(|review| review.said().in_tongue(self.tongue).to_string());
                self.say(
                    format!("{}（{}）", held.id, why.clone().unwrap_or_default()),
                    format!("{} ({})", held.id, why.clone().unwrap_or_default()),
                )
            })
            .collect();
        (!waiting.is_empty()).then(|| {
            self.say(
                format!("{} 条要发布而没有审定，网站上没有：{}", waiting.len(), waiting.join("、")),
                format!(
                    "{} records are meant to be published and not signed; the site leaves them out: {}",
                    waiting.len(),
                    waiting.join(", ")
                ),
            )
        })
    }
    /// How many errors and warnings, in words.
    pub fn verdict(&self, diagnostics: &Diagnostics) -> String {
        let (errors, warnings) = print::counts(diagnostics);
        self.say(format!("{errors} 个错误，{warnings} 个提醒"), format!("{errors} errors, {warnings} warnings"))
    }
}
