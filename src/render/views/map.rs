//! Where records are: a drawing of how they lie to each other, of how far things are, and links to map apps.

use super::facts::{Reader, joined};
use super::in_lang;
use super::page::site_name;
use crate::render::sketch::{self, Points, Rings, Target};
use crate::resolve::{Catalog, Entry, EntryIx, url::encode};
use crate::schema::Role;
use crate::value::{Crs, Lang, Link, Point, Value, number};
use serde::Serialize;

/// What is known about the place of a record, or of the records of a list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MapView {
    /// How the records of a list lie to each other.
    pub points: Option<Points>,
    /// The addresses of the points below the root, in their order.
    pub paths: Vec<String>,
    /// How far things are from a record.
    pub rings: Option<Rings>,
    /// What the middle of the rings is.
    pub here: String,
    /// Map apps that open at the record.
    pub apps: Vec<AppLink>,
}

/// A link to a map app.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AppLink {
    /// What people call it.
    pub name: String,
    /// The address.
    pub href: String,
    /// Does it only open something on a phone?
    pub phone: bool,
}

/// More points than this are no drawing any more; the list itself and its facets are.
const MOST: usize = 60;

/// The drawing of a list; `None` unless at least two of its records say where they are.
pub fn of_list(catalog: &Catalog, list: &[EntryIx]) -> Option<MapView> {
    let located: Vec<(&Entry, Point)> = list
        .iter()
        .map(|&ix| &catalog.entries[ix])
        .filter_map(|entry| Some((entry, own_place(catalog, entry)?.to(Crs::Wgs84))))
        .take(MOST + 1)
        .collect();
    if !(2..=MOST).contains(&located.len()) {
        return None;
    }
    let places: Vec<(f64, f64, &str)> = located.iter().map(|(entry, point)| (point.lng, point.lat, entry.title.as_str())).collect();
    let paths = located.iter().map(|(entry, _)| entry.url.link(catalog.portable)).collect();
    Some(MapView { points: sketch::points(&places), paths, ..MapView::default() })
}

/// The drawing and the links of a record; `None` where neither a place nor a distance is known.
pub fn of_record(catalog: &Catalog, entry: &Entry) -> Option<MapView> {
    let rings = distances(catalog, entry);
    let apps = place(catalog, entry).map(|(entry, point)| apps(catalog, &entry.title, entry.lang, point)).unwrap_or_default();
    let here = in_lang(&catalog.type_of(entry).label, entry.lang).to_string();
    // The word stands inside a small disc.
    let here = if here.chars().count() <= if here.is_ascii() { 5 } else { 2 } { here } else { String::new() };
    (rings.is_some() || !apps.is_empty()).then(|| MapView { rings, apps, here, ..MapView::default() })
}

fn own_place(catalog: &Catalog, entry: &Entry) -> Option<Point> {
    match catalog.role(entry, Role::Place)? {
        Value::Place(point) => Some(*point),
        _ => None,
    }
}

/// The place of a record, else that of the record it belongs to, and which record that is.
fn place<'a>(catalog: &'a Catalog, entry: &'a Entry) -> Option<(&'a Entry, Point)> {
    if let Some(point) = own_place(catalog, entry) {
        return Some((entry, point));
    }
    let Some(Value::Link(Link::Record(id))) = catalog.role(entry, Role::Parent) else { return None };
    let parent = &catalog.entries[catalog.find(id, entry.lang)?];
    Some((parent, own_place(catalog, parent)?))
}

/// The links of a point to the map apps of the theme, each in its own coordinate system.
fn apps(catalog: &Catalog, name: &str, lang: Lang, point: Point) -> Vec<AppLink> {
    let site = encode(&site_name(catalog, lang));
    let link = |app: &crate::read::MapApp| {
        let point = point.to(app.crs);
        let href = app
            .url
            .replace("{lng}", &format!("{:.4}", point.lng))
            .replace("{lat}", &format!("{:.4}", point.lat))
            .replace("{site}", &site)
            .replace("{name}", &encode(name).replace('/', "%2F"));
        AppLink { name: in_lang(&app.label, lang).to_string(), phone: href.starts_with("geo:"), href }
    };
    catalog.theme.map_apps.iter().map(link).collect()
}

/// The rings around a record, from the group that its type names.
fn distances(catalog: &Catalog, entry: &Entry) -> Option<Rings> {
    let schema = catalog.type_of(entry);
    let wanted = schema.distances.as_ref()?;
    let group = schema.field(&wanted.of)?;
    let reader = Reader { catalog, lang: entry.lang };
    let Value::List(items) = entry.fields.value(&wanted.of)? else { return None };
    let targets = items.iter().filter_map(|item| {
        let Value::Group(inner) = &item.value else { return None };
        let text = |key: &str| Some(joined(&reader.pieces(inner.value(key)?, group.field(key)?), entry.lang));
        let km: f64 = number::of(inner.value(&wanted.km)?)?.to_string().parse().ok()?;
        let kind = wanted.kind.as_deref().and_then(text).unwrap_or_default();
        Some(Target { name: text(&wanted.name)?, shown: text(&wanted.km)?, kind, km })
    });
    sketch::rings(targets.collect())
}
