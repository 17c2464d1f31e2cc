//! What pages tell machines: JSON-LD and the meta tags that Chinese public sites are checked for.

use super::views::page::{absolute, site_name};
use crate::resolve::{Catalog, EntryIx};
use crate::schema::Role;
use crate::value::{Crs, Lang, Value, time};
use serde_json::{Value as Json, json};

/// JSON inside a script element: nothing in it can end the element.
fn in_script(value: &Json) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// The site as an organisation's web site.
pub fn site(catalog: &Catalog, lang: Lang) -> Option<String> {
    let url = absolute(catalog, "")?;
    Some(in_script(&json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site_name(catalog, lang),
        "url": url,
        "inLanguage": lang.html(),
        "publisher": {"@type": "Organization", "name": catalog.site.text("organiser").unwrap_or(&catalog.site.name)},
    })))
}

/// A record: a place where it has coordinates, an article where it has a date, else a thing.
pub fn record(catalog: &Catalog, ix: EntryIx) -> Option<String> {
    let entry = &catalog.entries[ix];
    let url = absolute(catalog, &entry.url.link(false))?;
    let mut thing = json!({
        "@context": "https://schema.org",
        "@type": "Thing",
        "name": entry.title,
        "description": entry.summary,
        "url": url,
    });
    if let Some(Value::Place(point)) = catalog.role(entry, Role::Place) {
        // The vocabulary means WGS-84.
        let point = point.to(Crs::Wgs84);
        thing["@type"] = "Place".into();
        thing["geo"] = json!({"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lng});
    } else if catalog.type_of(entry).feed {
        thing["@type"] = "Article".into();
        thing["headline"] = entry.title.clone().into();
        thing["inLanguage"] = entry.lang.html().into();
        for (role, key) in [(Role::Date, "datePublished"), (Role::Updated, "dateModified")] {
            if let Some(date) = catalog.role(entry, role).and_then(time::sortable) {
                thing[key] = date.into();
            }
        }
    }
    Some(in_script(&thing))
}

/// The article tags of the 政府网站发展指引, in its spelling.
pub fn article_meta(catalog: &Catalog, ix: EntryIx) -> Vec<(String, String)> {
    let entry = &catalog.entries[ix];
    let schema = catalog.type_of(entry);
    let mut meta = vec![("ArticleTitle".to_string(), entry.title.clone())];
    if let Some(date) = catalog.role(entry, Role::Date).and_then(time::sortable) {
        meta.push(("PubDate".to_string(), date.replace('T', " ").chars().take(16).collect()));
    }
    for (role, name) in [(Role::Source, "ContentSource"), (Role::Author, "Author")] {
        if let Some(Value::Text(text)) = catalog.role(entry, role) {
            meta.push((name.to_string(), text.clone()));
        }
    }
    if let Some(field) = schema.with_role(Role::Keywords) {
        let words: Vec<&str> = entry
            .fields
            .all(&field.key)
            .into_iter()
            .filter_map(|held| if let Value::Text(word) = &held.value { Some(word.as_str()) } else { None })
            .collect();
        if !words.is_empty() {
            meta.push(("Keywords".to_string(), words.join(",")));
        }
    }
    meta.push(("ColumnName".to_string(), schema.title.as_ref().unwrap_or(&schema.label).zh.clone()));
    meta.push(("SiteName".to_string(), catalog.site.name.clone()));
    for (key, name) in [("site_domain", "SiteDomain"), ("site_id_code", "SiteIDCode")] {
        if let Some(text) = catalog.site.text(key) {
            meta.push((name.to_string(), text.to_string()));
        }
    }
    meta
}
