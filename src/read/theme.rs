//! The theme as data: templates, components, words, styles, scripts and page definitions.

use super::boards::{Column, Timeline};
use super::palette::{self, Palette};
use super::search::{self, SearchWords};
use super::theme_settings::{self, MapApp};
use super::{Named, Site, components, theme_pages};
use crate::diagnostic::{Diagnostics, Place, Said, SitePath, messages};
use crate::project::{self, Snapshot};
use crate::read;
use crate::schema::{Condition, Needs, Order};
use crate::source::{Spot, encoding};
use crate::value::{Chart, ChartKind};
use std::collections::{BTreeMap, BTreeSet};

/// Everything a theme brings beside its types. A site's file has replaced the theme's of the same name.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// The name.
    pub name: String,
    /// Templates by name (`record.html`, `components/card.html`); the theme's own stays reachable as `theme:record.html`.
    pub templates: BTreeMap<String, ThemeText>,
    /// What its templates name.
    pub named: Named,
    /// The fixed words of pages by key.
    pub words: BTreeMap<String, Said>,
    /// Style sheets in the order in which they are joined.
    pub styles: Vec<ThemeText>,
    /// Style sheets of single pages (`pages/<name>.css`), one output file each: what one page needs costs no other page.
    pub page_styles: Vec<ThemeText>,
    /// Scripts, one output file each.
    pub scripts: Vec<ThemeText>,
    /// Page definitions.
    pub pages: Vec<PageDef>,
    /// The colours of the site: the theme's with the office's own.
    pub palette: Palette,
    /// The ground and the sign of the icon, by the names of their colours.
    pub icon: Option<(String, String)>,
    /// The map apps to which places link.
    pub map_apps: Vec<MapApp>,
    /// Components with their examples, by name.
    pub components: Vec<Component>,
    /// The words of `search.yaml`: synonyms and readings of the trade.
    pub search: SearchWords,
    /// The questions of `needs.yaml`.
    pub needs: Needs,
}

/// A text file of a theme.
#[derive(Debug, Clone, Default)]
pub struct ThemeText {
    /// Where it comes from, for messages.
    pub file: Option<SitePath>,
    /// Its text.
    pub text: String,
}

impl ThemeText {
    /// The name of its file without the ending.
    pub fn stem(&self) -> &str {
        self.file.as_ref().map_or("", |file| file.name()).split('.').next().unwrap_or_default()
    }
}

/// A page that the theme composes from records: `pages/<name>.yaml`.
#[derive(Debug, Clone)]
pub struct PageDef {
    /// The name of the file without ending; `home` is the home page.
    pub name: String,
    /// The type whose records it dresses; such a definition makes no page of its own.
    pub record: Option<String>,
    /// The path below the language, without slashes at the ends; empty for the home page.
    pub path: String,
    /// The template.
    pub template: String,
    /// The heading.
    pub title: Said,
    /// One sentence for search engines and lists.
    pub summary: Option<Said>,
    /// What kind of column it is, in the words of the guideline for government sites.
    pub column_type: Option<String>,
    /// Where it stands in the main menu, if it does.
    pub menu: Option<i64>,
    /// The part of the overview under which a board is listed: the word `part_<part>`. A board is shown as long as one of
    /// its selections has a record.
    pub part: Option<String>,
    /// Its place among the boards.
    pub rank: i64,
    /// Is it the overview of the boards? Then it is shown as long as there is one.
    pub overview: bool,
    /// Named selections of records.
    pub select: Vec<Selection>,
    /// What it does with the questions of `needs.yaml`, if anything.
    pub needs: Option<NeedsPart>,
    /// Where it was declared.
    pub place: Place,
}

/// What a page does with the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeedsPart {
    /// It asks all of them.
    Form,
    /// It compares the answers with what is offered. Without offers there is no such page.
    Fit,
    /// It compares them with the criteria of clauses. Without clauses there is no such page.
    Match,
}

/// Records of one type, filtered, ordered and cut.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The name under which the template sees it.
    pub name: String,
    /// The type.
    pub of: String,
    /// Only where these hold.
    pub when: Vec<Condition>,
    /// Also what has expired or was archived; without it a selection shows only what still holds.
    pub past: bool,
    /// The order; the type's own where empty.
    pub order: Vec<Order>,
    /// At most so many; 0 means all.
    pub limit: usize,
    /// The field by whose value the records are grouped.
    pub group: Option<String>,
    /// On the page of a record: how the records are related to it.
    pub join: Option<Join>,
    /// In a finder's type: its rows instead of cards, and only those for which these hold.
    pub rows: Option<Vec<Condition>>,
    /// Fields whose sums over the selection are given beside it (numbers of the page).
    pub sums: Vec<String>,
    /// A chart over the selection.
    pub chart: Option<ChartQuery>,
    /// Further charts over it.
    pub charts: Vec<ChartQuery>,
    /// The heading under which a board shows it; a selection without one is for templates that ask for it.
    pub heading: Option<Said>,
    /// What it shows and why, in a sentence or two.
    pub text: Option<Said>,
    /// The columns of a table over it.
    pub table: Vec<Column>,
    /// The dates of a row of stages.
    pub timeline: Option<Timeline>,
    /// Are its records shown as cards?
    pub cards: bool,
    /// Where it was written.
    pub place: Place,
}

/// How records are related to the one whose page shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Join {
    /// Their link field points to it.
    To(String),
    /// Their link field points to it or to the record it belongs to, or to nothing: then they are about all.
    About(String),
    /// It is the record itself, in another shape.
    Own,
    /// They have the same values in these fields. The record itself is left out.
    Same {
        /// The fields.
        fields: Vec<String>,
        /// The number field whose value is nearest comes first.
        nearest: Option<String>,
    },
}

/// A chart over records: counted or summed by the value of a field. Paths may go through one group of many items
/// (`spaces.status`); then its items are counted.
#[derive(Debug, Clone)]
pub struct ChartQuery {
    /// How it is drawn.
    pub kind: ChartKind,
    /// The heading; made of the labels of the fields where absent.
    pub title: Option<Said>,
    /// The field whose values are the rows.
    pub by: String,
    /// The field that is summed; `None` counts.
    pub value: Option<String>,
    /// The field whose values are the series.
    pub split: Option<String>,
    /// For a flow: the field that says where to.
    pub to: Option<String>,
    /// Only records and items where these hold.
    pub when: Vec<Condition>,
    /// Where it was written.
    pub place: Place,
}

/// A component with its examples: `components/<name>/`.
#[derive(Debug, Clone)]
pub struct Component {
    /// The name of the folder and of the component.
    pub name: String,
    /// Its template.
    pub template: Option<SitePath>,
    /// Its style sheet.
    pub style: Option<SitePath>,
    /// Is one of its files the site's own?
    pub of_site: bool,
    /// Examples in order.
    pub examples: Vec<Example>,
    /// The file of the examples.
    pub file: Option<SitePath>,
}

/// A call of a component.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its key.
    pub key: String,
    /// What it shows.
    pub title: Said,
    /// The arguments, as YAML read as JSON.
    pub arguments: serde_json::Map<String, serde_json::Value>,
    /// A chart that becomes the argument `chart`.
    pub chart: Option<Chart>,
    /// Where it begins.
    pub place: Place,
}

/// The files of the theme that a site uses: the site's own first, then the built-in ones of the same name.
pub struct Sources<'a> {
    name: String,
    /// The effective file of each name inside the theme.
    files: BTreeMap<String, (SitePath, &'a [u8])>,
    /// The built-in file behind each name, where the site overrides it.
    pub(super) own: BTreeMap<String, (SitePath, &'static [u8])>,
    /// The names of the files that the site has.
    pub(super) of_site: BTreeSet<String>,
}

impl<'a> Sources<'a> {
    /// Collects them; `None` after an error where there is no such theme.
    pub fn of(snapshot: &'a Snapshot, site: &Site, diagnostics: &mut Diagnostics) -> Option<Sources<'a>> {
        let prefix = format!("themes/{}/", site.theme);
        let mut sources = Sources { name: site.theme.clone(), files: BTreeMap::new(), own: BTreeMap::new(), of_site: BTreeSet::new() };
        for (file, bytes) in project::embedded_theme(&site.theme) {
            if let Some(name) = file.as_str().strip_prefix(&prefix).map(in_its_folder) {
                sources.own.insert(name.clone(), (file.clone(), bytes));
                sources.files.insert(name, (file.clone(), bytes));
            }
        }
        for (file, bytes) in &snapshot.texts {
            if let Some(name) = file.as_str().strip_prefix(&prefix).map(in_its_folder) {
                sources.of_site.insert(name.clone());
                sources.files.insert(name, (file.clone(), bytes));
            }
        }
        if sources.files.is_empty() {
            let place = read::record::place_of(&site.fields, "theme", &site.file, Spot { line: 1, column: 1, length: 0 });
            diagnostics.push(messages::theme::theme_missing(place, &site.theme));
            return None;
        }
        Some(sources)
    }
    /// The files whose name begins with `folder`, in order.
    pub fn under(&self, folder: &str) -> impl Iterator<Item = (&str, &SitePath, &'a [u8])> {
        self.files.iter().filter(move |(name, _)| name.starts_with(folder)).map(|(name, (file, bytes))| (name.as_str(), file, *bytes))
    }
}

/// Reads the texts of a theme.
pub fn read(sources: &Sources<'_>, site: &Site, diagnostics: &mut Diagnostics) -> Theme {
    let mut theme = Theme { name: sources.name.clone(), ..Theme::default() };
    let mut decode =
        |file: &SitePath, bytes: &[u8]| encoding::decode(file, bytes, diagnostics).map(|text| ThemeText { file: Some(file.clone()), text });
    for (name, (file, bytes)) in &sources.files {
        let Some(text) = decode(file, bytes) else { continue };
        match (name.split('/').next(), file.extension().as_str()) {
            (Some("pages" | "components"), "html" | "xml") => {
                theme.templates.insert(template_name(name), text);
            }
            // What is made of one record for other places than the site: also its styles are templates, for the site's colours.
            (Some(KIT), "html" | "css" | "txt") => {
                theme.templates.insert(name.clone(), text);
            }
            (Some("pages"), "css") => theme.page_styles.push(text),
            (Some("styles" | "components"), "css") => theme.styles.push(text),
            (Some("scripts"), "js") => theme.scripts.push(text),
            _ => {}
        }
    }
    for (name, (file, bytes)) in &sources.own {
        if name.ends_with(".html")
            && let Some(text) = decode(file, bytes)
        {
            theme.templates.insert(format!("theme:{}", template_name(name)), text);
        }
    }
    theme.named = Named::of(theme.templates.values().map(|template| template.text.as_str()));
    theme.styles.sort_by_key(|style| style_rank(style.file.as_ref()));
    let settings = theme_settings::read(sources, diagnostics);
    theme.palette = palette::resolve(&settings.colours, site, diagnostics);
    theme.map_apps = settings.map_apps;
    theme.icon = settings.icon;
    theme_pages::words(sources, &mut theme, diagnostics);
    theme_pages::pages(sources, &mut theme, diagnostics);
    components::read(sources, &mut theme, diagnostics);
    theme.search = search::of_theme(sources, diagnostics);
    theme
}

/// A small theme may keep its components flat: `components/card.html` means `components/card/card.html`.
fn in_its_folder(name: &str) -> String {
    let flat = name.strip_prefix("components/").filter(|rest| !rest.contains('/')).and_then(|file| file.rsplit_once('.'));
    flat.map_or_else(|| name.to_string(), |(stem, ending)| format!("components/{stem}/{stem}.{ending}"))
}

/// The folder of the publishing kit; its templates keep the folder in their names.
pub const KIT: &str = "kit";

/// `pages/record.html` is the template `record.html`; a component keeps its folder's name: `components/card.html`.
fn template_name(name: &str) -> String {
    if name.starts_with("kit/") {
        return name.to_string();
    }
    match name.strip_prefix("pages/") {
        Some(page) => page.to_string(),
        None => name.rsplit_once('/').map_or_else(|| name.to_string(), |(_, last)| format!("components/{last}")),
    }
}

/// tokens → base → layout → components → modes → utilities → print.
fn style_rank(file: Option<&SitePath>) -> (usize, String) {
    let path = file.map_or("", SitePath::as_str);
    let name = file.map_or("", SitePath::name);
    let rank = match name {
        "tokens.css" => 0,
        "base.css" => 1,
        "layout.css" => 2,
        "modes.css" => 4,
        "utilities.css" => 5,
        "print.css" => 6,
        _ => 3,
    };
    (rank, path.to_string())
}
