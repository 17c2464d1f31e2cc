//! What all pages of a language share: the site, the words, the menu, the assets. Converted once.

use super::engine::{Engine, Prepared};
use super::views::joins::Joins;
use super::views::{card, in_lang};
use crate::plan::archive::{self, Periods};
use crate::plan::{Shelf, boards, icon_path, list_url, page_style_path, page_url, script_path, search, style_path};
use crate::read::Profile;
use crate::resolve::identity::HEIGHT;
use crate::resolve::{Catalog, EntryIx, url::encode};
use crate::value::{Lang, Value};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// The shared values by language, and the card of every entry, made when first asked for.
pub struct Shared {
    by_lang: Vec<(Lang, Vec<(&'static str, Prepared)>)>,
    cards: Vec<OnceLock<Prepared>>,
    shelves: Vec<(Lang, OnceLock<Shelves>)>,
    archives: HashMap<(usize, Lang), OnceLock<Periods>>,
    /// What the pages of records show of other records.
    pub joins: Joins,
}

/// The index of all titles.
pub type Shelves = BTreeMap<Shelf, Vec<EntryIx>>;

#[derive(Serialize)]
struct SiteView<'a> {
    name: &'a str,
    /// The name on phones; empty where it is the whole name.
    short_name: &'a str,
    logo: Option<LogoView>,
    summary: &'a str,
    organiser: String,
    undertaker: String,
    phone: &'a str,
    email: &'a str,
    address: String,
    hours: String,
    /// What the site is: `gov_portal`, `gov_column`, `company`, or nothing.
    profile: &'a str,
    /// The portal of which it is a column: name and address.
    parent: Option<(String, &'a str)>,
    icp_no: &'a str,
    police_no: &'a str,
    /// The digits of the police record, by which its register is asked.
    police_code: String,
    site_id_code: &'a str,
    /// Where errors of government sites are reported.
    find_error: &'a str,
    badge: Option<BadgeView<'a>>,
    home: String,
    search: String,
    sitemap: String,
    tags: Option<String>,
    /// The page of the trace, where the site has one.
    trace: Option<String>,
    demo: bool,
    drafts: bool,
    built: String,
    csp: &'static str,
}

/// The badge that government sites are given.
#[derive(Serialize)]
struct BadgeView<'a> {
    url: &'a str,
    picture: Option<card::Picture>,
}

/// The logo in the header. It stands beside the name, so its text would only be read twice.
#[derive(Serialize)]
struct LogoView {
    src: String,
    width: Option<u32>,
    height: u32,
}

/// An item of the menu.
#[derive(Serialize)]
pub struct MenuItem {
    rank: i64,
    /// The words.
    pub title: String,
    /// The address below the root.
    pub path: String,
    /// What `page.section` says on its pages.
    pub section: String,
}

#[derive(Serialize)]
struct AssetsView {
    style: String,
    /// The icon in the browser's tab.
    icon: Option<String>,
    /// By the name of the file: `finder` for `scripts/finder.js`.
    scripts: BTreeMap<String, String>,
    /// By the name of the file: `sheet` for `pages/sheet.css`.
    styles: BTreeMap<String, String>,
}

/// The content security policy of every page.
pub const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

impl Shared {
    /// Prepares everything.
    pub fn new(catalog: &Catalog, engine: &Engine) -> Shared {
        let by_lang = catalog.site.languages.iter().map(|&lang| (lang, values(catalog, engine, lang))).collect();
        let shelves = catalog.site.languages.iter().map(|&lang| (lang, OnceLock::new())).collect();
        let archives = catalog.lists.keys().map(|&list| (list, OnceLock::new())).collect();
        let cards = catalog.entries.iter().map(|_| OnceLock::new()).collect();
        Shared { by_lang, cards, shelves, archives, joins: Joins::new(catalog) }
    }
    /// The values of a language.
    pub fn of(&self, lang: Lang) -> &[(&'static str, Prepared)] {
        self.by_lang.iter().find(|(known, _)| *known == lang).or(self.by_lang.first()).map_or(&[], |(_, values)| values)
    }
    /// The index of all titles of a language, made when first asked for.
    pub fn shelves(&self, catalog: &Catalog, lang: Lang) -> &Shelves {
        static NONE: Shelves = BTreeMap::new();
        let of_lang = self.shelves.iter().find(|(known, _)| *known == lang);
        of_lang.map_or(&NONE, |(_, shelves)| shelves.get_or_init(|| search::shelved(catalog, lang)))
    }
    /// The archive of a list, made when first asked for: every page of the list shows its years.
    pub fn periods(&self, catalog: &Catalog, of: usize, lang: Lang) -> &Periods {
        static NONE: Periods = BTreeMap::new();
        self.archives.get(&(of, lang)).map_or(&NONE, |periods| periods.get_or_init(|| archive::periods(catalog, of, lang)))
    }
    /// The card of an entry.
    pub fn card(&self, catalog: &Catalog, engine: &Engine, ix: EntryIx) -> Prepared {
        self.cards[ix].get_or_init(|| engine.prepare(&card::view(catalog, ix))).clone()
    }
}

/// Words by key.
type Words = serde_json::Map<String, serde_json::Value>;

fn values(catalog: &Catalog, engine: &Engine, lang: Lang) -> Vec<(&'static str, Prepared)> {
    let site = &catalog.site;
    let text = |key: &str| site.text(key).unwrap_or_default();
    let portal = |key: &str| site.portal(key).unwrap_or_default();
    // What has an English twin in the settings.
    let own = |key: &str| {
        let twin = if lang.is_chinese() { None } else { site.text(&format!("{key}_en")) };
        twin.or_else(|| site.text(key)).unwrap_or_default().to_string()
    };
    let link = |path: &str| page_url(catalog, lang, path).link(catalog.portable);
    let other = |zh: &'static str, en: &'static str| if lang.is_chinese() || text(en).is_empty() { text(zh) } else { text(en) };
    let logo = catalog.identity.logo.as_ref().map(|logo| LogoView { src: encode(&logo.path), width: logo.width, height: HEIGHT });
    let view = SiteView {
        name: if lang.is_chinese() || text("title_en").is_empty() { &site.name } else { text("title_en") },
        short_name: other("identity.short_name", "identity.short_name_en"),
        logo,
        summary: other("summary", "summary_en"),
        organiser: site.organiser(lang).unwrap_or_default().to_string(),
        undertaker: own("undertaker"),
        phone: text("phone"),
        email: text("email"),
        address: own("address"),
        hours: own("hours"),
        profile: match site.fields.value("profile") {
            Some(Value::Choice(word)) => word,
            _ => "",
        },
        parent: site
            .text("parent.url")
            .filter(|_| site.profile == Some(Profile::GovColumn) && site.text("parent.name").is_some())
            .map(|url| (own("parent.name"), url)),
        icp_no: portal("icp_no"),
        police_no: portal("police_no"),
        police_code: portal("police_no").chars().filter(char::is_ascii_digit).collect(),
        site_id_code: portal("site_id_code"),
        find_error: portal("find_error_link"),
        badge: site.text("party_gov_badge.url").map(|url| BadgeView { url, picture: badge_picture(catalog) }),
        home: link(""),
        search: link("search"),
        sitemap: link("sitemap"),
        tags: catalog.terms.get(&lang).filter(|terms| !terms.is_empty()).map(|_| link("tags")),
        trace: catalog.trace.is_some().then(|| link(boards::TRACE)),
        demo: site.demo,
        drafts: catalog.drafts,
        built: catalog.at.day_in(&site.zone).to_string(),
        csp: CSP,
    };
    let words: serde_json::Map<String, serde_json::Value> =
        catalog.theme.words.keys().map(|key| (key.clone(), catalog.word(key, lang).into())).collect();
    let theme = &catalog.theme;
    let scripts = theme.scripts.iter().enumerate().map(|(ix, script)| (script.stem().to_string(), script_path(catalog, ix)));
    let styles = theme.page_styles.iter().enumerate().map(|(ix, style)| (style.stem().to_string(), page_style_path(catalog, ix)));
    let assets = AssetsView { style: style_path(catalog), icon: icon_path(catalog), scripts: scripts.collect(), styles: styles.collect() };
    // A role of the theme by its name: its light and its dark colour.
    let tones = catalog.theme.palette.tones.iter();
    let palette: BTreeMap<&str, [String; 2]> =
        tones.map(|tone| (tone.name.as_str(), [tone.light.to_string(), tone.dark.to_string()])).collect();
    // What scripts say to people: the words that begin with `js_`, as one text for a data attribute. Those about the questions
    // to seekers (`js_needs_`) are a text of their own: every finder would carry them in vain.
    let (asked, spoken): (Words, Words) =
        words.iter().filter(|(key, _)| key.starts_with("js_")).fold(Default::default(), |(mut asked, mut spoken), (key, word)| {
            match key.strip_prefix("js_needs_") {
                Some(key) => asked.insert(key.to_string(), word.clone()),
                None => spoken.insert(key.trim_start_matches("js_").to_string(), word.clone()),
            };
            (asked, spoken)
        });
    let boards = parts(catalog, lang);
    let about =
        |of: &str| boards.iter().flat_map(|part| &part.boards).filter(|board| board.types.iter().any(|known| known == of)).collect();
    // A list of keywords or of a period of several types is of no type.
    let names = catalog.schemas.types.iter().map(|of| &*of.name).chain([""]);
    let boards_of: BTreeMap<&str, Vec<&BoardLink>> = names.map(|of| (of, about(of))).collect();
    vec![
        ("site", engine.prepare(&view)),
        ("words", engine.prepare(&words)),
        ("script_words", engine.prepare(&serde_json::Value::Object(spoken).to_string())),
        ("needs_words", engine.prepare(&serde_json::Value::Object(asked).to_string())),
        ("menu", engine.prepare(&menu(catalog, lang))),
        ("pages", engine.prepare(&pages(catalog, lang))),
        ("boards", engine.prepare(&boards)),
        ("boards_of", engine.prepare(&boards_of)),
        ("assets", engine.prepare(&assets)),
        ("palette", engine.prepare(&palette)),
    ]
}

fn badge_picture(catalog: &Catalog) -> Option<card::Picture> {
    match &catalog.site.fields.at("party_gov_badge.image")?.value {
        Value::Media(media) => card::picture(catalog, media),
        _ => None,
    }
}

/// The pages that the theme defines: their addresses by name, so that templates can link to them.
fn pages(catalog: &Catalog, lang: Lang) -> BTreeMap<String, String> {
    let own = catalog.theme.pages.iter().filter(|page| boards::has_page(catalog, page, lang));
    own.map(|page| (page.name.clone(), page_url(catalog, lang, &page.path).link(catalog.portable))).collect()
}

/// The main menu: types with records and pages that ask for it, by rank.
pub fn menu(catalog: &Catalog, lang: Lang) -> Vec<MenuItem> {
    let said = |said: &crate::diagnostic::Said| if lang.is_chinese() { said.zh.clone() } else { said.en.clone() };
    let mut items: Vec<MenuItem> = Vec::new();
    for (of, schema) in catalog.schemas.types.iter().enumerate() {
        if schema.menu && !schema.at_root && catalog.lists.get(&(of, lang)).is_some_and(|list| !list.is_empty()) {
            items.push(MenuItem {
                rank: schema.rank,
                title: said(schema.title.as_ref().unwrap_or(&schema.label)),
                path: list_url(catalog, of, lang).link(catalog.portable),
                section: schema.folder.clone(),
            });
        }
    }
    for page in catalog.theme.pages.iter().filter(|page| !page.path.is_empty()) {
        if let Some(rank) = page.menu.filter(|_| boards::has_page(catalog, page, lang)) {
            let path = page_url(catalog, lang, &page.path).link(catalog.portable);
            items.push(MenuItem { rank, title: said(&page.title), path, section: page.path.clone() });
        }
    }
    items.sort_by(|a, b| (a.rank, &a.section).cmp(&(b.rank, &b.section)));
    items
}

/// A part of the overview with its boards.
#[derive(Serialize)]
struct PartView {
    key: String,
    title: String,
    text: String,
    boards: Vec<BoardLink>,
}

/// A board as the overview and the site map name it.
#[derive(Serialize)]
struct BoardLink {
    name: String,
    title: String,
    summary: String,
    path: String,
    /// The types whose records it shows: their lists and pages lead to it.
    #[serde(skip)]
    types: Vec<String>,
}

fn parts(catalog: &Catalog, lang: Lang) -> Vec<PartView> {
    let link = |page: &crate::read::PageDef| BoardLink {
        name: page.name.clone(),
        title: in_lang(&page.title, lang).to_string(),
        summary: page.summary.as_ref().map(|said| in_lang(said, lang).to_string()).unwrap_or_default(),
        path: page_url(catalog, lang, &page.path).link(catalog.portable),
        types: page.select.iter().map(|selection| selection.of.clone()).collect(),
    };
    let part = |(key, pages): (&str, Vec<&crate::read::PageDef>)| PartView {
        key: key.to_string(),
        title: catalog.word(&format!("part_{key}"), lang),
        text: catalog.word(&format!("part_{key}_text"), lang),
        boards: pages.into_iter().map(link).collect(),
    };
    boards::boards(catalog, lang).into_iter().map(part).collect()
}
