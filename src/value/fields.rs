//! The fields of a record or of a group, in the order of the schema, each with the place where it was written.

use super::Value;
use crate::source::Spot;
use std::sync::Arc;

/// A value with where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The value.
    pub value: Value,
    /// Where the value stands in the file of the record.
    pub spot: Spot,
    /// Was it taken over from the building, the other language or a derivation instead of being written here?
    pub from: Origin,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// It was written in this place.
    #[default]
    Written,
    /// `inherit:` took it from the record around the group.
    Inherited,
    /// `derive:` or a roll-up computed it.
    Derived,
    /// The record in the default language has it.
    OtherLanguage,
}

impl Held {
    /// A written value.
    pub fn written(value: Value, spot: Spot) -> Held {
        Held { value, spot, from: Origin::Written }
    }
    /// A computed value, which has no place of its own.
    pub fn derived(value: Value) -> Held {
        Held { value, spot: Spot::default(), from: Origin::Derived }
    }
}

/// A small ordered map from field key to value. Absent means that nobody said anything: neither 0 nor 面议.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fields(Vec<(Arc<str>, Held)>);

impl Fields {
    /// An empty one.
    pub fn new() -> Fields {
        Fields::default()
    }
    /// Gives back the room kept for growing: fields live as long as the build.
    pub fn compact(&mut self) {
        self.0.shrink_to_fit();
    }
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Held> {
        self.0.iter().find(|(known, _)| &**known == key).map(|(_, held)| held)
    }
    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Held> {
        self.0.iter_mut().find(|(known, _)| &**known == key).map(|(_, held)| held)
    }
    /// The bare value of a key.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.get(key).map(|held| &held.value)
    }
    /// Sets a key, replacing what it had.
    pub fn set(&mut self, key: &Arc<str>, held: Held) {
        match self.get_mut(key) {
            Some(place) => *place = held,
            None => self.0.push((key.clone(), held)),
        }
    }
    /// Takes a key away.
    pub fn remove(&mut self, key: &str) -> Option<Held> {
        let at = self.0.iter().position(|(known, _)| &**known == key)?;
        Some(self.0.remove(at).1)
    }
    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Held)> {
        self.0.iter().map(|(key, held)| (key, held))
    }
    /// Keeps what `keep` says.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &mut Held) -> bool) {
        self.0.retain_mut(|(key, held)| keep(key, held));
    }
    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// None at all?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The value at a dotted path through groups (not through lists): `ground.clear_height_m`.
    pub fn at(&self, path: &str) -> Option<&Held> {
        match path.split_once('.') {
            None => self.get(path),
            Some((first, rest)) => match self.value(first)? {
                Value::Group(inner) => inner.at(rest),
                _ => None,
            },
        }
    }
    /// All values at a dotted path, going into groups and into every item of lists: `spaces.area_m2`.
    pub fn all<'a>(&'a self, path: &str) -> Vec<&'a Held> {
        let (first, rest) = match path.split_once('.') {
            None => (path, None),
            Some((first, rest)) => (first, Some(rest)),
        };
        let Some(held) = self.get(first) else { return Vec::new() };
        let items: Vec<&Held> = match &held.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![held],
        };
        match rest {
            None => items,
            Some(rest) => items
                .into_iter()
                .flat_map(|item| match &item.value {
                    Value::Group(inner) => inner.all(rest),
                    _ => Vec::new(),
                })
                .collect(),
        }
    }
}
