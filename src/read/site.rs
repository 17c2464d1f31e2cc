//! `content/site.yaml`: read with the same grammar and the same messages as every record.

use super::check;
use super::guard::Guards;
use super::keys::KeyTable;
use super::profile::{self, Profile};
use super::record::Reader;
use super::search::{self, SearchWords};
use crate::diagnostic::{Diagnostics, Place, SitePath, messages};
use crate::project::Snapshot;
use crate::schema::Type;
use crate::source::{Entry, Node, Scalar, Shape, Spot, encoding, yaml};
use crate::value::time::{Calendar, day_of};
use crate::value::{Fields, Held, Lang, Value, Zone};
use std::sync::LazyLock;

/// The settings of a site.
#[derive(Debug, Clone)]
pub struct Site {
    /// All fields as declared in `src/read/site_type.yaml`, for templates.
    pub fields: Fields,
    /// The site's name.
    pub name: String,
    /// `https://host/path` without a trailing slash, where absolute addresses are possible.
    pub base_url: Option<String>,
    /// The theme's name.
    pub theme: String,
    /// The languages, the default one first.
    pub languages: Vec<Lang>,
    /// The zone in which dates are meant.
    pub zone: Zone,
    /// What the site is.
    pub profile: Option<Profile>,
    /// Are sample records treated as real ones in sitemap and robots?
    pub demo: bool,
    /// Does the site publish only what says `state: published`?
    pub review_required: bool,
    /// Are all public records offered as JSON and CSV?
    pub open_data: bool,
    /// Whole-page minification?
    pub minify: bool,
    /// After how many days a verification is old, and stale.
    pub verified_days: (i64, i64),
    /// What the search knows of the site's own words.
    pub search: SearchWords,
    /// Which days are worked.
    pub calendar: Calendar,
    /// The sites that are published below this one.
    pub beside: Vec<Beside>,
    /// The file.
    pub file: SitePath,
}

/// A site in a folder of its own that is published below another one.
#[derive(Debug, Clone)]
pub struct Beside {
    /// The first part of its addresses.
    pub at: String,
    /// Its folder, seen from the root of the other.
    pub folder: String,
    /// Where the settings name it.
    pub place: Place,
}

impl Site {
    /// The default language.
    pub fn default_lang(&self) -> Lang {
        self.languages.first().copied().unwrap_or_default()
    }
    /// The text of a field, where it is text.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.fields.at(key).map(|held| &held.value) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
    /// The path part of the base URL, with slashes at both ends.
    pub fn base_path(&self) -> String {
        let Some(base) = &self.base_url else { return "/".to_string() };
        let after = base.split_once("://").map_or("", |(_, rest)| rest);
        match after.split_once('/') {
            Some((_, path)) if !path.is_empty() => format!("/{}/", path.trim_end_matches('/')),
            _ => "/".to_string(),
        }
    }
}

const GRAMMAR: &str = include_str!("site_type.yaml");

/// Reads `content/site.yaml`. `None` after an error that leaves nothing to go on.
pub fn read(snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Option<Site> {
    let file = SitePath::new("content/site.yaml");
    let Some(bytes) = snapshot.texts.get(&file) else {
        diagnostics.push(messages::read::site_missing(&file));
        return None;
    };
    let grammar = grammar();
    let text = encoding::decode(&file, bytes, diagnostics)?;
    let mut node = yaml::parse(&file, &text, 1, diagnostics)?;
    review_in_a_word(&mut node);
    // The zone of the site is a field of the site: it is looked up before the fields are read.
    let zone_name = node.get("timezone").or_else(|| node.get("时区"));
    let zone = match zone_name.and_then(|node| node.scalar().map(|name| (name, node.spot))) {
        Some((name, spot)) => Zone::parse(name).unwrap_or_else(|| {
            diagnostics.push(messages::read::zone_unknown(spot.at(&file).in_field("timezone"), name));
            Zone::shanghai()
        }),
        None => Zone::shanghai(),
    };
    let keys = KeyTable::new(&grammar.fields);
    let reader = Reader { file: &file, zone: &zone, lang: Lang::Zh, in_cells: false, sample: false };
    let fields = reader.fields(&node, &grammar.fields, &keys, "", diagnostics);
    let start = Spot { line: 1, column: 1, length: 0 };
    check::bounds(&fields, &grammar.fields, &file, "", diagnostics);
    check::required(&fields, grammar, &node, &file, start, false, diagnostics);
    check::rules(&fields, grammar, &file, start, diagnostics);
    if let Some(held) = fields.get("base_url")
        && let Value::Text(url) = &held.value
        && !is_base(url)
    {
        let label = grammar.field("base_url").map(|field| field.label.clone()).unwrap_or_default();
        diagnostics.push(messages::value::url_unreadable(held.spot.at(&file).in_field("base_url"), &label, url));
    }
    let words = search::words(fields.at("search"), &file, diagnostics);
    let site = Site::from_fields(fields, zone, words, file, grammar);
    profile::check(&site, grammar, diagnostics);
    Some(site)
}

/// `review: required` is short for `review: {required: true}`.
fn review_in_a_word(node: &mut Node) {
    let Shape::Map(entries) = &mut node.shape else { return };
    for entry in entries.iter_mut().filter(|entry| matches!(entry.key.as_str(), "review" | "审核")) {
        if matches!(entry.value.scalar().map(str::trim), Some("required" | "必须")) {
            let spot = entry.value.spot;
            let word = |text: &str| Scalar { text: text.to_string(), quoted: false };
            let value = Node { spot, shape: Shape::Scalar(word("true")) };
            entry.value = Node { spot, shape: Shape::Map(vec![Entry { key: "required".to_string(), spot, value }]) };
        }
    }
}

/// Looks for words in the settings that should not be public.
pub(super) fn guard(snapshot: &Snapshot, site: &Site, guards: &Guards, diagnostics: &mut Diagnostics) {
    // Mistakes of the encoding were told when the settings were read.
    let text = snapshot.texts.get(&site.file).and_then(|bytes| encoding::decode(&site.file, bytes, &mut Diagnostics::new()));
    guards.settings(&text.unwrap_or_default(), site, &grammar().fields, diagnostics);
}

/// Can paths be put behind an address? Behind a question mark or a number sign they would be no paths.
pub fn is_base(url: &str) -> bool {
    !url.contains(['?', '#'])
}

/// The zone that the settings name, before anything is read; Shanghai's where they name none that exists.
pub fn zone(snapshot: &Snapshot) -> Zone {
    let file = SitePath::new("content/site.yaml");
    // Mistakes are told by whoever reads the whole site.
    let noted = &mut Diagnostics::new();
    let text = snapshot.texts.get(&file).and_then(|bytes| encoding::decode(&file, bytes, noted));
    let node = text.and_then(|text| yaml::parse(&file, &text, 1, noted));
    let name = node.as_ref().and_then(|node| node.get("timezone").or_else(|| node.get("时区"))).and_then(|node| node.scalar());
    name.and_then(Zone::parse).unwrap_or_else(Zone::shanghai)
}

/// The grammar itself, part of the binary.
pub fn grammar() -> &'static Type {
    static READ: LazyLock<Type> = LazyLock::new(|| {
        let file = SitePath::new("src/read/site_type.yaml");
        let mut noted = Diagnostics::new();
        let node = yaml::parse(&file, GRAMMAR, 1, &mut noted);
        let grammar = node.and_then(|node| crate::schema::parse::type_file(&file, &node, &mut noted));
        grammar.expect("because the grammar of site.yaml is part of the binary and a test reads it")
    });
    &READ
}

/// The companions that are named with both a path and a folder; the rest is told by whoever checks the fields.
fn beside(fields: &Fields, file: &SitePath) -> Vec<Beside> {
    let text = |group: &Fields, key: &str| match &group.get(key)?.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    let Some(Value::List(items)) = fields.value("beside") else { return Vec::new() };
    let one = |item: &Held| {
        let Value::Group(group) = &item.value else { return None };
        let place = group.get("at")?.spot.at(file).in_field("beside");
        Some(Beside { at: text(group, "at")?, folder: text(group, "folder")?, place })
    };
    items.iter().filter_map(one).collect()
}

impl Site {
    fn from_fields(fields: Fields, zone: Zone, search: SearchWords, file: SitePath, grammar: &Type) -> Site {
        let text = |key: &str| match fields.value(key) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let flag = |key: &str| match fields.at(key).map(|held| &held.value) {
            Some(Value::Flag(flag)) => Some(*flag),
            _ => None,
        };
        let days = |key: &str, otherwise: i64| match fields.at(key).map(|held| &held.value) {
            Some(Value::Integer(days)) => *days,
            _ => otherwise,
        };
        let listed = |key: &str| fields.all(key).into_iter().filter_map(|held| day_of(&held.value)).collect();
        let calendar = Calendar { holidays: listed("holidays"), workdays: listed("workdays") };
        let mut languages: Vec<Lang> = Vec::new();
        for held in fields.all("languages") {
            if let Value::Choice(code) = &held.value
                && let Some(lang) = Lang::parse(code)
                && !languages.contains(&lang)
            {
                languages.push(lang);
            }
        }
        if languages.is_empty() {
            languages.push(Lang::Zh);
        }
        Site {
            name: text("title").unwrap_or_default(),
            base_url: text("base_url").map(|url| url.trim_end_matches('/').to_string()),
            theme: text("theme").unwrap_or_else(|| "park".to_string()),
            languages,
            zone,
            profile: Profile::of(&fields, grammar),
            demo: flag("demo").unwrap_or(false),
            review_required: flag("review.required").unwrap_or(false),
            open_data: flag("open_data").unwrap_or(true),
            minify: flag("minify").unwrap_or(true),
            verified_days: (days("thresholds.verified_warn_days", 90), days("thresholds.stale_days", 180)),
            search,
            calendar,
            beside: beside(&fields, &file),
            file,
            fields,
        }
    }
}
