//! What pages tell machines: JSON-LD and the meta tags that Chinese public sites are checked for.

use super::views::in_lang;
use super::views::page::{PageView, absolute, site_name};
use crate::resolve::{Catalog, EntryIx};
use crate::schema::Role;
use crate::value::{self, Crs, Lang, Link, Value, time};
use serde_json::{Value as Json, json};

/// JSON inside a script element: nothing in it can end the element.
fn in_script(value: &Json) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// The body that publishes the site.
fn publisher(catalog: &Catalog, lang: Lang) -> Json {
    let name = catalog.site.organiser(lang).map_or_else(|| site_name(catalog, lang), str::to_string);
    json!({"@type": "Organization", "name": name})
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
        "publisher": publisher(catalog, lang),
    })))
}

/// A record and the way to it: a place where it has coordinates or a size, an article where its type has a feed, else a
/// thing.
pub fn record(catalog: &Catalog, ix: EntryIx, page: &PageView) -> Option<String> {
    let entry = &catalog.entries[ix];
    let url = absolute(catalog, &entry.url.link(false))?;
    let mut thing = json!({"@type": "Thing", "@id": url, "name": entry.title, "description": entry.summary, "url": url});
    if let Some(image) = &page.image {
        thing["image"] = json!({"@type": "ImageObject", "url": image.url, "width": image.width, "height": image.height});
    }
    let role = |role: Role| catalog.role(entry, role);
    let measures = measures(catalog, ix);
    if role(Role::Place).is_some() || role(Role::Size).is_some() {
        thing["@type"] = "Place".into();
        if let Some(Value::Place(point)) = role(Role::Place) {
            // The vocabulary means WGS-84.
            let point = point.to(Crs::Wgs84);
            thing["geo"] = json!({"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lng});
        }
        if let Some(Value::Link(Link::Record(id))) = role(Role::Parent)
            && let Some(parent) = catalog.find(id, entry.lang).map(|ix| &catalog.entries[ix])
        {
            let there = absolute(catalog, &parent.url.link(false));
            thing["containedInPlace"] = json!({"@type": "Place", "@id": there, "name": parent.title, "url": there});
        }
        if !measures.is_empty() {
            thing["additionalProperty"] = measures.into();
        }
    } else if catalog.type_of(entry).feed {
        thing["@type"] = "Article".into();
        thing["headline"] = entry.title.clone().into();
        thing["inLanguage"] = entry.lang.html().into();
        thing["mainEntityOfPage"] = url.clone().into();
        thing["publisher"] = publisher(catalog, entry.lang);
        let published = role(Role::Date).and_then(|date| dated(catalog, date));
        let modified = catalog.touched(entry).and_then(|date| dated(catalog, &date)).or_else(|| published.clone());
        for (key, date) in [("datePublished", published), ("dateModified", modified)] {
            if let Some(date) = date {
                thing[key] = date.into();
            }
        }
        match role(Role::Author) {
            Some(Value::Text(name)) => thing["author"] = json!({"@type": "Person", "name": name}),
            _ => thing["author"] = publisher(catalog, entry.lang),
        }
    }
    Some(in_script(&json!({"@context": "https://schema.org", "@graph": [thing, way(catalog, page)]})))
}

/// A day, or an instant with its zone.
fn dated(catalog: &Catalog, value: &Value) -> Option<String> {
    match value {
        Value::Moment(moment) => Some(moment.instant.rfc3339(&catalog.site.zone)),
        other => time::sortable(other),
    }
}

/// Size and price as properties with the words that people read.
fn measures(catalog: &Catalog, ix: EntryIx) -> Vec<Json> {
    let entry = &catalog.entries[ix];
    let measure = |role: Role| {
        let field = catalog.type_of(entry).with_role(role)?;
        let text = value::show::show(entry.fields.value(&field.key)?, &field.kind, entry.lang).text;
        let name = in_lang(&field.label, entry.lang);
        (!text.is_empty()).then(|| json!({"@type": "PropertyValue", "name": name, "value": text}))
    };
    [Role::Size, Role::Price].into_iter().filter_map(measure).collect()
}

/// The way from the home page to a page.
fn way(catalog: &Catalog, page: &PageView) -> Json {
    let steps = page.breadcrumbs.iter().enumerate().map(|(ix, crumb)| {
        let path = crumb.path.as_deref().unwrap_or(&page.path);
        json!({"@type": "ListItem", "position": ix + 1, "name": crumb.title, "item": absolute(catalog, path.trim_end_matches("index.html"))})
    });
    json!({"@type": "BreadcrumbList", "itemListElement": steps.collect::<Vec<_>>()})
}
