//! The colours of a site: the theme's roles, the office's own colours over them, the rest derived until it can be read.
//!
//! The theme says which roles there are and which pairs must be legible (`theme.yaml`); nothing here knows a role by name.

use super::Site;
use crate::diagnostic::{Diagnostics, Place, Said, messages};
use crate::value::{Colour, Value};

/// A role as the theme declares it.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The name, which is also that of the CSS property.
    pub name: String,
    /// What people call it.
    pub label: Said,
    /// Its colours on light and on dark ground.
    pub defaults: [Colour; 2],
    /// Made of two other roles with so much of the second one, wherever the office changes one of them.
    pub mix: Option<(String, String, f64)>,
    /// Does its dark colour follow the office's light one?
    pub follow: bool,
    /// Where it stands.
    pub place: Place,
}

/// Two roles that must be legible on each other.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The text or the mark.
    pub of: String,
    /// The ground.
    pub on: String,
    /// The least contrast.
    pub least: f64,
}

/// What the theme declares.
#[derive(Debug, Clone, Default)]
pub struct Declaration {
    /// The roles.
    pub roles: Vec<Declared>,
    /// The pairs.
    pub pairs: Vec<Pair>,
}

/// A role with its effective colours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tone {
    /// The name of the role.
    pub name: String,
    /// On light ground.
    pub light: Colour,
    /// On dark ground.
    pub dark: Colour,
}

/// The effective colours of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Palette {
    /// The roles in the order of the theme.
    pub tones: Vec<Tone>,
}

impl Palette {
    /// As custom properties, dark ones where the reader prefers them.
    pub fn css(&self) -> String {
        if self.tones.is_empty() {
            return String::new();
        }
        let list = |pick: fn(&Tone) -> Colour| self.tones.iter().map(|tone| format!("--{}:{}", tone.name, pick(tone))).collect::<Vec<_>>();
        let (light, dark) = (list(|tone| tone.light).join(";"), list(|tone| tone.dark).join(";"));
        format!(":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n")
    }
    /// A role by its name.
    pub fn tone(&self, name: &str) -> Option<&Tone> {
        self.tones.iter().find(|tone| tone.name == name)
    }
}

/// Where the office writes its colours, by scheme.
const GROUPS: [&str; 2] = ["identity.colours", "identity.dark"];

/// Lays the office's colours over the theme's, derives the rest, and notes every pair that cannot be read.
pub fn resolve(declared: &Declaration, site: &Site, diagnostics: &mut Diagnostics) -> Palette {
    let light = Scheme::new(declared, site, 0).solved();
    let dark = Scheme::new(declared, site, 1).solved();
    light.judge(diagnostics);
    dark.judge(diagnostics);
    let tones = declared.roles.iter().zip(light.colours.iter().zip(&dark.colours));
    let tone = |(role, (light, dark)): (&Declared, (&Option<Colour>, &Option<Colour>))| Tone {
        name: role.name.clone(),
        light: light.unwrap_or(role.defaults[0]),
        dark: dark.unwrap_or(role.defaults[1]),
    };
    Palette { tones: tones.map(tone).collect() }
}

/// The colours of one scheme while they are found.
struct Scheme<'a> {
    declared: &'a Declaration,
    site: &'a Site,
    /// 0 light, 1 dark.
    at: usize,
    colours: Vec<Option<Colour>>,
    /// Does a colour differ from the theme's own?
    changed: Vec<bool>,
}

fn written(site: &Site, at: usize, role: &str) -> Option<(Colour, Place)> {
    let path = format!("{}.{role}", GROUPS[at]);
    let held = site.fields.at(&path)?;
    match &held.value {
        Value::Text(text) => Some((Colour::parse(text)?, held.spot.at(&site.file).in_field(path))),
        _ => None,
    }
}

impl<'a> Scheme<'a> {
    fn new(declared: &'a Declaration, site: &'a Site, at: usize) -> Scheme<'a> {
        let own = |role: &Declared| written(site, at, &role.name).map(|(colour, _)| colour);
        let colours: Vec<Option<Colour>> = declared.roles.iter().map(own).collect();
        let changed = colours.iter().map(Option::is_some).collect();
        Scheme { declared, site, at, colours, changed }
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.declared.roles.iter().position(|role| role.name == name)
    }

    /// Which colour must be made anew because another one was changed, and from what.
    fn start(&self, ix: usize) -> Option<Colour> {
        let role = &self.declared.roles[ix];
        if let Some((a, b, share)) = &role.mix
            && let (Some(a), Some(b)) = (self.index(a), self.index(b))
            && (self.changed[a] || self.changed[b])
        {
            return Some(self.colours[a]?.mixed(self.colours[b]?, *share));
        }
        let follows = role.follow && self.at == 1;
        follows.then(|| written(self.site, 0, &role.name)).flatten().map(|(colour, _)| colour)
    }

    fn solved(mut self) -> Scheme<'a> {
        // What nobody touched first, so that what is derived has something to be legible on.
        let touched: Vec<bool> = (0..self.colours.len()).map(|ix| self.is_touched(ix, 0)).collect();
        for (ix, role) in self.declared.roles.iter().enumerate() {
            if self.colours[ix].is_none() && !touched[ix] {
                self.colours[ix] = Some(role.defaults[self.at]);
            }
        }
        for ix in 0..self.colours.len() {
            if self.colours[ix].is_some() {
                continue;
            }
            let start = self.start(ix).unwrap_or(self.declared.roles[ix].defaults[self.at]);
            self.colours[ix] = Some(start.nearest(|colour| self.passes(ix, colour, |_| true)).unwrap_or(start));
            self.changed[ix] = true;
        }
        self
    }

    /// Will a colour change with one that the office set? Mixtures of mixtures end soon: the depth is bounded.
    fn is_touched(&self, ix: usize, depth: usize) -> bool {
        let role = &self.declared.roles[ix];
        let by = |name: &str| self.index(name).is_some_and(|ix| depth < 8 && self.is_touched(ix, depth + 1));
        self.changed[ix]
            || role.mix.as_ref().is_some_and(|(a, b, _)| by(a) || by(b))
            || role.follow && self.at == 1 && written(self.site, 0, &role.name).is_some()
    }

    /// The pairs of a role with those partners that are known: partner, contrast needed.
    fn partners(&self, ix: usize) -> impl Iterator<Item = (usize, f64)> {
        let name = &self.declared.roles[ix].name;
        self.declared.pairs.iter().filter_map(move |pair| {
            let other = if pair.of == *name {
                &pair.on
            } else if pair.on == *name {
                &pair.of
            } else {
                return None;
            };
            Some((self.index(other)?, pair.least))
        })
    }

    fn passes(&self, ix: usize, colour: Colour, counts: impl Fn(usize) -> bool) -> bool {
        self.partners(ix)
            .filter(|(other, _)| counts(*other))
            .all(|(other, least)| self.colours[other].is_none_or(|partner| colour.contrast(partner) >= least))
    }

    /// One message for every written colour that fails, about its worst pair.
    fn judge(&self, diagnostics: &mut Diagnostics) {
        let mut worst: Vec<(usize, usize, f64, f64)> = Vec::new();
        for pair in &self.declared.pairs {
            let (Some(of), Some(on)) = (self.index(&pair.of), self.index(&pair.on)) else { continue };
            let (Some(a), Some(b)) = (self.colours[of], self.colours[on]) else { continue };
            let ratio = a.contrast(b);
            if ratio >= pair.least {
                continue;
            }
            let is_written = |ix: usize| written(self.site, self.at, &self.declared.roles[ix].name).is_some();
            let (blamed, other) = if !is_written(of) && is_written(on) { (on, of) } else { (of, on) };
            match worst.iter_mut().find(|(known, ..)| *known == blamed) {
                Some(known) if ratio / pair.least < known.2 / known.3 => *known = (blamed, other, ratio, pair.least),
                Some(_) => {}
                None => worst.push((blamed, other, ratio, pair.least)),
            }
        }
        for (blamed, other, ratio, least) in worst {
            self.report(blamed, other, ratio, least, diagnostics);
        }
    }

    fn report(&self, blamed: usize, other: usize, ratio: f64, least: f64, diagnostics: &mut Diagnostics) {
        let role = &self.declared.roles[blamed];
        let shown = |ix: usize| (&self.declared.roles[ix].label, self.colours[ix].unwrap_or_default().to_string());
        // What is made from the others will be made again, so that only the others limit the choice.
        let fixed = |ix: usize| {
            let role = &self.declared.roles[ix];
            !self.changed[ix] || written(self.site, self.at, &role.name).is_some()
        };
        let near = |ix: usize| self.colours[ix].and_then(|own| own.nearest(|colour| self.passes(ix, colour, fixed)));
        let found = near(blamed).map(|colour| (blamed, colour)).or_else(|| near(other).map(|colour| (other, colour)));
        let mend = found.map(|(ix, colour)| (self.declared.roles[ix].name.as_str(), &self.declared.roles[ix].label, colour.to_string()));
        let place = written(self.site, self.at, &role.name)
            .or_else(|| written(self.site, 0, &role.name))
            .map_or_else(|| role.place.clone(), |(_, place)| place);
        let group = GROUPS[self.at].rsplit('.').next().unwrap_or_default();
        diagnostics.push(messages::theme::colour_contrast(place, shown(blamed), shown(other), (ratio, least), group, mend));
    }
}
