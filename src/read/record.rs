//! A spanned mapping → typed fields, through the schema. Every mistake is noted; reading goes on.

use super::keys::{KeyTable, vocabulary};
use super::markdown;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Said, SitePath, messages, nearest};
use crate::schema::{Field, Role};
use crate::source::{Entry, Node, Shape, Spot};
use crate::value::{self, Fields, Held, Kind, Lang, Value, Zone};
use std::borrow::Cow;

/// What stays the same while one record is read.
pub struct Reader<'a> {
    /// The file.
    pub file: &'a SitePath,
    /// The site's zone.
    pub zone: &'a Zone,
    /// The record's language.
    pub lang: Lang,
    /// Do lists stand in one cell, separated by `；`, `;` or `|`?
    pub in_cells: bool,
    /// Is the record sample data?
    pub sample: bool,
}

impl Reader<'_> {
    /// Reads the fields of one level. `prefix` is the dotted path of the group, empty for the record.
    pub fn fields(&self, node: &Node, fields: &[Field], keys: &KeyTable, prefix: &str, diagnostics: &mut Diagnostics) -> Fields {
        let entries = match &node.shape {
            Shape::Map(entries) => entries.as_slice(),
            Shape::Null => &[],
            _ => {
                diagnostics.push(messages::read::mapping_expected(node.spot.at(self.file).in_field(prefix), node.shape_words()));
                return Fields::new();
            }
        };
        let mut said_by: Vec<Option<&Entry>> = vec![None; fields.len()];
        for entry in entries {
            self.assign(entry, fields, keys, prefix, &mut said_by, diagnostics);
        }
        let mut read = Fields::new();
        for (index, field) in fields.iter().enumerate() {
            let Some(entry) = said_by[index] else { continue };
            let path = join(prefix, &field.key);
            if let Some(held) = self.field(&entry.value, field, keys.group(index), &path, diagnostics) {
                read.set(&field.key, held);
            }
        }
        read.compact();
        read
    }

    /// Finds the field that an entry means and refuses a second entry for the same field.
    fn assign<'n>(
        &self,
        entry: &'n Entry,
        fields: &[Field],
        keys: &KeyTable,
        prefix: &str,
        said_by: &mut [Option<&'n Entry>],
        diagnostics: &mut Diagnostics,
    ) {
        let place = || entry.spot.at(self.file).in_field(join(prefix, &entry.key));
        let Some(index) = keys.find(&entry.key) else {
            let place = place();
            if let Some(slip) = self.slip_in_key(entry, keys, &place) {
                diagnostics.push(slip);
            } else if !is_private_key(&entry.key) {
                let near = nearest(&entry.key, vocabulary(fields)).and_then(|word| keys.find(word)).map(|at| &fields[at]);
                diagnostics.push(messages::read::field_unknown(place, &entry.key, near.map(|field| (&*field.key, &field.label))));
            }
            return;
        };
        let field = &fields[index];
        if field.is_computed() {
            diagnostics.push(messages::read::field_computed(place(), &field.label));
        } else if let Some(first) = said_by[index] {
            diagnostics.push(messages::read::field_twice(place(), &field.label, &first.key, &entry.key, first.spot.at(self.file)));
        } else {
            said_by[index] = Some(entry);
        }
    }

    /// `{name：甲}` and `{name:甲}`: between brackets the whole is one key, and its colon was meant to end it.
    fn slip_in_key(&self, entry: &Entry, keys: &KeyTable, place: &Place) -> Option<Diagnostic> {
        let at = entry.key.find([':', '：'])?;
        let (key, rest) = entry.key.split_at(at);
        keys.find(key)?;
        let corrected = format!("{key}: {}", rest.trim_start_matches([':', '：']).trim());
        let column = place.column + u32::try_from(key.chars().count()).unwrap_or(0);
        let at = Place { column, length: 0, ..place.clone() };
        Some(if rest.starts_with('：') {
            messages::source::slip_colon(at, &corrected)
        } else {
            messages::source::slip_colon_space(Place { column: column + 1, ..at }, &corrected)
        })
    }

    /// Reads one field: a list where the field has many, else one value. A null is an absent field.
    fn field(&self, node: &Node, field: &Field, group: Option<&KeyTable>, path: &str, diagnostics: &mut Diagnostics) -> Option<Held> {
        if node.is_null() {
            // `brand: #0b4f7d` without quotes is a key with a comment behind it: silence would hide the loss.
            if field.kind == Kind::Colour {
                diagnostics.push(messages::value::colour_unquoted(node.spot.at(self.file).in_field(path), &field.label, &field.key));
            }
            return None;
        }
        if !field.many {
            return self.one(node, field, group, path, diagnostics).map(|value| Held::written(value, node.spot));
        }
        let cells;
        // Keywords are written in one line: `标准厂房、飞地`.
        let in_line = field.role == Some(Role::Keywords);
        let items: &[Node] = match (&node.shape, self.in_cells) {
            (Shape::List(items), _) => items,
            (Shape::Scalar(scalar), false) if in_line => {
                cells = split_line(&scalar.text, node.spot);
                &cells
            }
            (Shape::Scalar(scalar), true) => {
                cells = split_cell(&scalar.text, node.spot);
                &cells
            }
            _ => std::slice::from_ref(node),
        };
        let mut list = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_null()) {
            let path = format!("{path}.{}", index + 1);
            if let Some(value) = self.one(item, field, group, &path, diagnostics) {
                list.push(Held::written(value, item.spot));
            }
        }
        Some(Held::written(Value::List(list), node.spot))
    }

    fn one(&self, node: &Node, field: &Field, group: Option<&KeyTable>, path: &str, diagnostics: &mut Diagnostics) -> Option<Value> {
        match &field.kind {
            Kind::Group if node.map().is_none() => {
                diagnostics.push(messages::read::mapping_expected(node.spot.at(self.file).in_field(path), node.shape_words()));
                None
            }
            Kind::Group => {
                let keys = group?;
                Some(Value::Group(self.fields(node, &field.fields, keys, path, diagnostics)))
            }
            Kind::Markdown => match node.scalar() {
                Some(text) => Some(Value::Markdown(Box::new(self.markdown(text, node.spot, path, diagnostics)))),
                None => {
                    let label: &Said = &field.label;
                    diagnostics.push(messages::read::text_expected(node.spot.at(self.file).in_field(path), label, node.shape_words()));
                    None
                }
            },
            kind => {
                let reading = value::Reading { file: self.file, path, label: &field.label, zone: self.zone, sample: self.sample };
                value::read(kind, node, &reading, diagnostics)
            }
        }
    }

    /// Markdown that stands inside YAML.
    fn markdown(&self, text: &str, spot: Spot, path: &str, diagnostics: &mut Diagnostics) -> value::Document {
        let origin = markdown::Origin { file: self.file, first_line: spot.line, field: Some(path), lang: self.lang };
        markdown::document(text, &origin, diagnostics)
    }
}

/// `internal_…` and `_…` are private whether a type declares them or not.
pub fn is_private_key(key: &str) -> bool {
    key.starts_with('_') || key.starts_with("internal_")
}

/// `a.b` from `a` and `b`; most fields stand in no group, and are themselves.
pub fn join<'a>(prefix: &str, key: &'a str) -> Cow<'a, str> {
    if prefix.is_empty() { Cow::Borrowed(key) } else { Cow::Owned(format!("{prefix}.{key}")) }
}

fn split_cell(text: &str, spot: Spot) -> Vec<Node> {
    split(text, &['；', ';', '|', '｜'], spot)
}

fn split_line(text: &str, spot: Spot) -> Vec<Node> {
    split(text, &['，', ',', '、', '；', ';'], spot)
}

fn split(text: &str, signs: &[char], spot: Spot) -> Vec<Node> {
    let parts = text.split(signs).map(str::trim).filter(|part| !part.is_empty());
    let scalar = |part: &str| Shape::Scalar(crate::source::Scalar { text: part.to_string(), quoted: false });
    parts.map(|part| Node { spot, shape: scalar(part) }).collect()
}

/// The place of a record's field, or of the record itself where the field is absent.
pub fn place_of(fields: &Fields, key: &str, file: &SitePath, fallback: Spot) -> Place {
    let spot = fields.get(key).map(|held| held.spot).filter(|spot| spot.line > 0).unwrap_or(fallback);
    spot.at(file).in_field(key)
}

/// A number for messages.
pub fn plain_number(number: value::Decimal) -> String {
    number.normalize().to_string()
}
