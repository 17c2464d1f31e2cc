//! `theme.yaml`: the roles of colours with the pairs that must be legible, and the map apps to which places link.

use super::palette::{Declaration, Declared, Pair};
use super::theme::Sources;
use crate::diagnostic::{Diagnostics, Said, SitePath, messages, nearest, said};
use crate::schema::parse;
use crate::source::{Entry, Node, encoding, yaml};
use crate::value::{Colour, Crs};

/// A map app or map site that opens at a point.
#[derive(Debug, Clone)]
pub struct MapApp {
    /// Its key.
    pub key: String,
    /// What people call it.
    pub label: Said,
    /// The system in which it takes coordinates.
    pub crs: Crs,
    /// Its address with `{lng}`, `{lat}`, `{name}` and `{site}`.
    pub url: String,
}

/// What `theme.yaml` says beside names.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Colours.
    pub colours: Declaration,
    /// The ground and the sign of the icon, by the names of their colours.
    pub icon: Option<(String, String)>,
    /// Map apps in their order.
    pub map_apps: Vec<MapApp>,
}

const WORDS: [&str; 6] = ["name", "title", "colours", "pairs", "icon", "map_apps"];
const ROLE_WORDS: [&str; 5] = ["label", "light", "dark", "mix", "follow"];
const PAIR_WORDS: [&str; 3] = ["of", "on", "least"];
const APP_WORDS: [&str; 3] = ["label", "crs", "url"];
const HOLES: [&str; 4] = ["{lng}", "{lat}", "{name}", "{site}"];

/// Reads it; a theme without the file has neither colours nor map apps of its own.
pub fn read(sources: &Sources<'_>, diagnostics: &mut Diagnostics) -> Settings {
    let Some((_, file, bytes)) = sources.under("theme.yaml").next() else { return Settings::default() };
    let Some(text) = encoding::decode(file, bytes, diagnostics) else { return Settings::default() };
    let Some(node) = yaml::parse(file, &text, 1, diagnostics) else { return Settings::default() };
    let mut scan = Scan { file, diagnostics };
    scan.known(&node, &WORDS);
    let roles: Vec<Declared> = scan.entries(&node, "colours").iter().filter_map(|entry| scan.role(entry)).collect();
    let pairs = node.get("pairs").and_then(Node::list).unwrap_or_default().iter().flat_map(|item| scan.pair(item, &roles)).collect();
    for role in &roles {
        let Some((a, b, _)) = &role.mix else { continue };
        if ![a, b].into_iter().all(|name| roles.iter().any(|role| role.name == *name)) {
            let wanted = said("mix 里写两个已有的颜色和百分数", "mix with two declared colours and a percentage");
            scan.diagnostics.push(messages::theme::setting_wrong(role.place.clone(), &role.name, wanted));
        }
    }
    let map_apps = scan.entries(&node, "map_apps").iter().filter_map(|entry| scan.app(entry)).collect();
    let icon = node.get("icon").and_then(|icon| {
        let found = icon.list().unwrap_or_default().iter().filter_map(Node::scalar).collect::<Vec<_>>();
        match found.as_slice() {
            [ground, sign] if [ground, sign].iter().all(|name| roles.iter().any(|role| role.name == **name)) => {
                Some(((*ground).to_string(), (*sign).to_string()))
            }
            _ => {
                scan.wrong(icon, "icon", "[底色, 字色]，用已有的颜色", "[ground, sign] of declared colours");
                None
            }
        }
    });
    Settings { colours: Declaration { roles, pairs }, icon, map_apps }
}

struct Scan<'a, 'd> {
    file: &'a SitePath,
    diagnostics: &'d mut Diagnostics,
}

impl Scan<'_, '_> {
    fn entries<'n>(&self, node: &'n Node, key: &str) -> &'n [Entry] {
        node.get(key).and_then(Node::map).unwrap_or_default()
    }

    fn known(&mut self, node: &Node, words: &[&str]) {
        for entry in node.map().unwrap_or_default().iter().filter(|entry| !words.contains(&entry.key.as_str())) {
            let near = nearest(&entry.key, words.iter().copied());
            self.diagnostics.push(messages::theme::setting_unknown(entry.spot.at(self.file), &entry.key, near, words));
        }
    }

    fn wrong(&mut self, node: &Node, word: &str, zh: &str, en: &str) {
        self.diagnostics.push(messages::theme::setting_wrong(node.spot.at(self.file), word, said(zh, en)));
    }

    fn role(&mut self, entry: &Entry) -> Option<Declared> {
        let node = &entry.value;
        self.known(node, &ROLE_WORDS);
        let mut colour = |word: &str| {
            let colour = node.get(word).and_then(Node::scalar).and_then(Colour::parse);
            if colour.is_none() {
                self.wrong(node.get(word).unwrap_or(node), word, "加引号的颜色，如 \"#0b4f7d\"", "a colour in quotes, as in \"#0b4f7d\"");
            }
            colour
        };
        let (light, dark) = (colour("light"), colour("dark"));
        let mix = node.get("mix").and_then(Node::list).and_then(|parts| match parts {
            [a, b, share] => {
                let share: f64 = share.scalar()?.parse().ok().filter(|share| (0.0..=100.0).contains(share))?;
                Some((a.scalar()?.to_string(), b.scalar()?.to_string(), share / 100.0))
            }
            _ => None,
        });
        if let Some(node) = node.get("mix").filter(|_| mix.is_none()) {
            self.wrong(node, "mix", "[颜色, 颜色, 百分数]", "[colour, colour, percentage]");
        }
        Some(Declared {
            name: entry.key.clone(),
            label: node.get("label").map_or_else(|| said(&entry.key, &entry.key), parse::said),
            defaults: [light?, dark?],
            mix,
            follow: node.get("follow").and_then(Node::scalar) == Some("true"),
            place: entry.spot.at(self.file),
        })
    }

    fn pair(&mut self, node: &Node, roles: &[Declared]) -> Vec<Pair> {
        self.known(node, &PAIR_WORDS);
        let of = node.get("of").and_then(Node::scalar).unwrap_or_default();
        let on: Vec<&str> = match node.get("on") {
            Some(on) => on.list().unwrap_or(std::slice::from_ref(on)).iter().filter_map(Node::scalar).collect(),
            None => Vec::new(),
        };
        let least =
            node.get("least").and_then(Node::scalar).and_then(|text| text.parse().ok()).filter(|least| (1.0..=21.0).contains(least));
        let known = |name: &str| roles.iter().any(|role| role.name == name);
        match least {
            Some(least) if known(of) && !on.is_empty() && on.iter().all(|name| known(name)) => {
                on.into_iter().map(|on| Pair { of: of.to_string(), on: on.to_string(), least }).collect()
            }
            _ => {
                self.wrong(node, "pairs", "{of: 颜色, on: [颜色], least: 4.5}", "{of: colour, on: [colours], least: 4.5}");
                Vec::new()
            }
        }
    }

    fn app(&mut self, entry: &Entry) -> Option<MapApp> {
        let node = &entry.value;
        self.known(node, &APP_WORDS);
        let text = |word: &str| node.get(word).and_then(Node::scalar).unwrap_or_default();
        let crs = Crs::parse(text("crs"));
        if crs.is_none() {
            self.wrong(node, "crs", "gcj02、bd09、wgs84 或 cgcs2000", "gcj02, bd09, wgs84 or cgcs2000");
        }
        let url = text("url");
        let rest = HOLES.iter().fold(url.to_string(), |rest, hole| rest.replace(hole, ""));
        let schemes = ["https://", "geo:"];
        // Where a browser would go is decided here, before a name of the content is ever put in.
        if !schemes.iter().any(|scheme| url.starts_with(scheme)) || rest.contains(['{', '}', ' ', '"', '<', '>']) {
            self.wrong(
                node.get("url").unwrap_or(node),
                "url",
                "以 https:// 或 geo: 开头，可用 {lng}、{lat}、{name}、{site}",
                "https:// or geo: with {lng}, {lat}, {name}, {site}",
            );
            return None;
        }
        let label = node.get("label").map_or_else(|| said(&entry.key, &entry.key), parse::said);
        Some(MapApp { key: entry.key.clone(), label, crs: crs?, url: url.to_string() })
    }
}
