//! The meta names that Chinese public sites are checked for (政府网站发展指引, annex), in its spelling.
//!
//! Three stand on every page, four more on every page of a column, and the rest on the pages of records. HTML does not
//! tell `Description` from `description`, so that each name stands once, whatever its case.

use super::in_lang;
use super::page::{PageView, site_name};
use crate::read::Profile;
use crate::resolve::{Catalog, EntryIx};
use crate::schema::{COLUMN_TYPES, Role};
use crate::value::{self, Lang, Value, time};
use serde::Serialize;

/// The names of a page with their content, each once.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Names(Vec<(String, String)>);

impl Names {
    /// What every page says: the site, its domain, its code, and what the page is about.
    pub fn of_site(catalog: &Catalog, lang: Lang, about: &str) -> Names {
        let (site, mut names) = (&catalog.site, Names::default());
        if !is_said(catalog) {
            return names;
        }
        let is_column = site.profile == Some(Profile::GovColumn);
        names.set("SiteName", if is_column { site.portal_name().to_string() } else { site_name(catalog, lang) });
        names.set("SiteDomain", site.domain().unwrap_or_default().to_string());
        names.set("SiteIDCode", site.portal("site_id_code").unwrap_or_default().to_string());
        names.set("Description", about.to_string());
        names
    }

    /// Sets a name; what is empty is not said.
    pub fn set(&mut self, name: &str, content: String) {
        self.0.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        if !content.is_empty() {
            self.0.push((name.to_string(), content));
        }
    }
}

/// Does the theme print them at all?
fn is_said(catalog: &Catalog) -> bool {
    catalog.theme.named.has("meta")
}

/// Adds what a page of a column says: `of` is the type whose records the column holds.
pub fn of_column(page: &mut PageView, catalog: &Catalog, of: usize, lang: Lang) {
    if !is_said(catalog) {
        return;
    }
    let schema = &catalog.schemas.types[of];
    let label = in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang).to_string();
    let intro = catalog.intros.get(&(schema.folder.clone(), lang));
    let mut name = intro.and_then(|intro| intro.title.clone()).unwrap_or_else(|| label.clone());
    let purpose = intro.and_then(|intro| intro.summary.clone());
    let mut purpose = purpose.unwrap_or_else(|| purpose_of(catalog, &label, lang));
    let (mut keywords, mut kind) = (label, schema.column_type.clone().unwrap_or_else(|| COLUMN_TYPES[1].to_string()));
    // The office may describe its columns itself.
    if let Some(entry) = catalog.columns.get(&schema.folder).and_then(|id| catalog.find(id, lang)).map(|ix| &catalog.entries[ix]) {
        name = entry.title.clone();
        let field = |role: Role| catalog.type_of(entry).with_role(role).and_then(|field| Some((field, entry.fields.value(&field.key)?)));
        if let Some((field, value)) = field(Role::ColumnType) {
            kind = value::show::show(value, &field.kind, Lang::Zh).text;
        }
        if let Some((_, Value::Text(text))) = field(Role::Purpose) {
            purpose = text.clone();
        }
        if let Some(words) = words(catalog, entry) {
            keywords = words;
        }
    }
    column(page, name, purpose, keywords, kind);
}

/// Adds the four names of a column to a page that is one by itself, such as the home page.
pub fn as_column(page: &mut PageView, catalog: &Catalog, lang: Lang, kind: &str) {
    let title = page.title.clone();
    let purpose = if page.summary.is_empty() { purpose_of(catalog, &title, lang) } else { page.summary.clone() };
    column(page, title.clone(), purpose, title, kind.to_string());
}

fn column(page: &mut PageView, name: String, purpose: String, keywords: String, kind: String) {
    for (key, content) in [("ColumnName", name), ("ColumnDescription", purpose), ("ColumnKeywords", keywords), ("ColumnType", kind)] {
        page.names.set(key, content);
    }
}

fn purpose_of(catalog: &Catalog, label: &str, lang: Lang) -> String {
    let site = site_name(catalog, lang);
    if lang.is_chinese() { format!("{site}的{label}") } else { format!("{label} of {site}") }
}

fn words(catalog: &Catalog, entry: &crate::resolve::Entry) -> Option<String> {
    let field = catalog.type_of(entry).with_role(Role::Keywords)?;
    let words: Vec<&str> = entry
        .fields
        .all(&field.key)
        .into_iter()
        .filter_map(|held| if let Value::Text(word) = &held.value { Some(word.as_str()) } else { None })
        .collect();
    (!words.is_empty()).then(|| words.join(","))
}

/// Adds what the page of a record says about it.
pub fn of_article(page: &mut PageView, catalog: &Catalog, ix: EntryIx) {
    if !is_said(catalog) {
        return;
    }
    let entry = &catalog.entries[ix];
    let text = |role: Role| match catalog.role(entry, role) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    page.names.set("ArticleTitle", entry.title.clone());
    // A record without a date of publication is dated by what is known of it; a date is never made up.
    let date = [Role::Date, Role::Updated, Role::Verified].into_iter().find_map(|role| catalog.role(entry, role)).and_then(minute);
    page.names.set("PubDate", date.unwrap_or_default());
    let publisher = catalog.site.organiser(entry.lang).unwrap_or(catalog.site.portal_name());
    page.names.set("ContentSource", text(Role::Source).unwrap_or_else(|| publisher.to_string()));
    page.names.set("Keywords", words(catalog, entry).unwrap_or_default());
    page.names.set("Author", text(Role::Author).unwrap_or_default());
    page.names.set("Image", page.image.as_ref().map(|image| image.url.clone()).unwrap_or_default());
    page.names.set("Url", page.canonical.clone().unwrap_or_default());
}

/// `2026-03-05 09:30`; a day begins at midnight.
fn minute(value: &Value) -> Option<String> {
    match value {
        Value::Moment(moment) => Some(time::minute(moment.local)),
        Value::Date(day) => Some(format!("{day} 00:00")),
        _ => None,
    }
}
