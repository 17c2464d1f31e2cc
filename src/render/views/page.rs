//! What every page says about itself: title, addresses, breadcrumbs, meta data.

use super::in_lang;
use super::meta::Names;
use crate::plan::{boards, has_list, list_url, page_url};
use crate::resolve::{Catalog, PageUrl};
use crate::value::Lang;
use serde::Serialize;

/// The head and the frame of a page.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// `record`, `list`, `home`, `search`, …: the hook `data-page`.
    pub kind: String,
    /// The type, where there is one: the hook `data-type`.
    #[serde(rename = "type")]
    pub of: String,
    /// The heading.
    pub title: String,
    /// The content of `<title>`.
    pub head_title: String,
    /// The description.
    pub summary: String,
    /// The address below the root.
    pub path: String,
    /// The first folder, for the menu.
    pub section: String,
    /// The part of the overview to which a board belongs.
    pub part: String,
    /// `<html lang>`.
    pub lang: String,
    /// The absolute address, where the site has one.
    pub canonical: Option<String>,
    /// May search engines list it?
    pub noindex: bool,
    /// The way here from the home page.
    pub breadcrumbs: Vec<Crumb>,
    /// The same page in other languages.
    pub alternates: Vec<Alternate>,
    /// The picture of its share card.
    pub image: Option<ShareImage>,
    /// The feed of this page, below the root.
    pub feed: Option<String>,
    /// The meta names of the guideline for public sites.
    #[serde(rename = "meta")]
    pub names: Names,
    /// JSON-LD, safe inside a script element.
    pub json_ld: Option<String>,
    /// Is it sample data?
    pub sample: bool,
    /// The scripts of this page alone, below the root.
    pub data_script: Option<String>,
}

/// A picture for share cards: JPEG or PNG, at least 300 pixels a side.
#[derive(Debug, Clone, Serialize)]
pub struct ShareImage {
    /// The absolute address.
    pub url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The alternative text.
    pub alt: String,
}

/// One step of the way.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// The words.
    pub title: String,
    /// The address below the root; absent for the page itself.
    pub path: Option<String>,
}

/// The page in another language.
#[derive(Debug, Clone, Serialize)]
pub struct Alternate {
    /// The language's own name.
    pub label: &'static str,
    /// The value of `lang`.
    pub lang: &'static str,
    /// The address below the root.
    pub path: String,
    /// The absolute address, where the site has one.
    pub absolute: Option<String>,
}

/// The name of a language in itself.
fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "简体中文",
        Lang::En => "English",
        Lang::ZhHant => "繁體中文",
    }
}

/// The name of the site in a language.
pub fn site_name(catalog: &Catalog, lang: Lang) -> String {
    let english = catalog.site.text("title_en").filter(|_| !lang.is_chinese());
    english.unwrap_or(&catalog.site.name).to_string()
}

/// The absolute address of a path below the root.
pub fn absolute(catalog: &Catalog, path: &str) -> Option<String> {
    catalog.site.base_url.as_ref().map(|base| format!("{base}/{path}"))
}

impl PageView {
    /// A page with the usual head.
    pub fn new(catalog: &Catalog, lang: Lang, url: &PageUrl, kind: &str, title: &str, summary: &str) -> PageView {
        let name = site_name(catalog, lang);
        let head_title = if title == name || title.is_empty() { name } else { format!("{title} - {name}") };
        let inside = url.as_str();
        let section = page_url(catalog, lang, "").as_str().to_string();
        let section = inside.strip_prefix(section.as_str()).unwrap_or(inside).split('/').next().unwrap_or_default().to_string();
        let names = Names::of_site(catalog, lang, if summary.is_empty() { &head_title } else { summary });
        PageView {
            kind: kind.to_string(),
            of: String::new(),
            title: title.to_string(),
            head_title,
            summary: summary.to_string(),
            path: url.link(catalog.portable),
            section,
            part: String::new(),
            lang: lang.html().to_string(),
            canonical: absolute(catalog, &url.link(false)),
            noindex: false,
            breadcrumbs: Vec::new(),
            alternates: Vec::new(),
            image: None,
            feed: None,
            names,
            json_ld: None,
            sample: false,
            data_script: None,
        }
    }

    /// Adds the way here: home, the list of a type, the page itself.
    pub fn with_way(mut self, catalog: &Catalog, lang: Lang, of: Option<usize>) -> PageView {
        let home = page_url(catalog, lang, "");
        self.breadcrumbs.push(Crumb { title: catalog.word("home", lang), path: Some(home.link(catalog.portable)) });
        if let Some(of) = of.filter(|&of| has_list(catalog, of, lang)) {
            let schema = &catalog.schemas.types[of];
            let title = in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang).to_string();
            self.breadcrumbs.push(Crumb { title, path: Some(list_url(catalog, of, lang).link(catalog.portable)) });
        }
        let title = self.title.clone();
        if self.breadcrumbs.last().is_none_or(|last| last.path.as_deref() != Some(self.path.as_str())) {
            self.breadcrumbs.push(Crumb { title, path: None });
        } else if let Some(last) = self.breadcrumbs.last_mut() {
            last.path = None;
        }
        self
    }

    /// Adds the overview of the boards to the way to one of them.
    pub fn below_overview(mut self, catalog: &Catalog, lang: Lang) -> PageView {
        let overview = catalog.theme.pages.iter().find(|page| page.overview && boards::has_page(catalog, page, lang));
        if let Some(overview) = overview {
            let path = page_url(catalog, lang, &overview.path);
            self.section = overview.path.clone();
            let crumb = Crumb { title: in_lang(&overview.title, lang).to_string(), path: Some(path.link(catalog.portable)) };
            self.breadcrumbs.insert(self.breadcrumbs.len().saturating_sub(1), crumb);
        }
        self
    }

    /// Adds the same page in other languages.
    pub fn in_languages(mut self, catalog: &Catalog, own: Lang, pages: impl IntoIterator<Item = (Lang, PageUrl)>) -> PageView {
        for (lang, url) in pages.into_iter().filter(|(lang, _)| *lang != own) {
            self.alternates.push(Alternate {
                label: own_name(lang),
                lang: lang.html(),
                path: url.link(catalog.portable),
                absolute: absolute(catalog, &url.link(false)),
            });
        }
        self
    }
}
