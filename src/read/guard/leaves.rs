//! Whose text a piece of a file is: a public field, a private one, the body, or nobody's (a comment, a key).

use crate::read::Record;
use crate::read::record::join;
use crate::schema::{Field, Privacy, Role, Type};
use crate::source::Spot;
use crate::value::{Document, Fields, Kind, Link, Target, Value};
use std::borrow::Cow;

/// A text of a field.
#[derive(Debug)]
pub struct Leaf<'a> {
    /// Where it begins.
    pub spot: Spot,
    /// The dotted path of its field.
    pub path: Cow<'a, str>,
    /// What it says, every part of it.
    pub texts: Vec<&'a str>,
    /// May readers see it?
    pub public: bool,
    /// Was a number of a telephone declared to be for everybody?
    pub released: bool,
    /// Is it plain text, where a document number is no value of its own?
    pub plain: bool,
    /// Does the group around it name a source?
    pub sourced: bool,
    /// The number of its record in the file.
    pub record: usize,
}

impl Leaf<'_> {
    /// Is a piece of text in it?
    pub fn holds(&self, piece: &str) -> bool {
        self.texts.iter().any(|text| text.contains(piece))
    }
}

/// What is known of a record while its words are judged.
#[derive(Debug, Default)]
pub struct About {
    /// Does it say where it comes from?
    pub sourced: bool,
    /// Is it still being written?
    pub draft: bool,
    /// Is it never to be disclosed?
    pub closed: bool,
    /// Does it say how a review ended, or lead to a record that does?
    pub reviewed: bool,
}

/// The types whose records say how fair-competition review ended.
pub fn reviewing(types: &[Type]) -> impl Iterator<Item = &Type> {
    types.iter().filter(|of| of.with_role(Role::Fairness).is_some())
}

/// What is known of a record.
pub fn about(record: &Record, schema: &Type, types: &[Type], draft: bool) -> About {
    let value = |role: Role| schema.with_role(role).and_then(|field| record.fields.value(&field.key));
    let closed = matches!(value(Role::Openness), Some(Value::Choice(word)) if word == "none");
    let sourced = value(Role::Source).is_some() || record.fields.iter().any(|(key, _)| key.starts_with("source"));
    let own = value(Role::Fairness).is_some();
    let reviewed = own || links_to(&record.fields, &schema.fields, types) || record.body.as_ref().is_some_and(|body| leads(body, types));
    About { sourced, draft, closed, reviewed }
}

/// Does a field link to a type with reviews?
fn links_to(fields: &Fields, schema: &[Field], types: &[Type]) -> bool {
    fn in_value(value: &Value, field: &Field, types: &[Type]) -> bool {
        match (value, &field.kind) {
            (Value::List(items), _) => items.iter().any(|item| in_value(&item.value, field, types)),
            (Value::Group(inner), _) => links_to(inner, &field.fields, types),
            (Value::Link(Link::Named(name)), Kind::Link { to, .. }) => reviewing(types).any(|of| {
                let only = to.len() == 1 && to[0] == *of.name;
                only || name.split_once('/').is_some_and(|(first, _)| first == &*of.name || first == of.folder)
            }),
            _ => false,
        }
    }
    fields.iter().any(|(key, held)| schema.iter().find(|field| field.key == *key).is_some_and(|field| in_value(&held.value, field, types)))
}

/// Does prose link to a record with reviews?
fn leads(body: &Document, types: &[Type]) -> bool {
    body.links.iter().any(|link| match &link.target {
        Target::Relative(path, _) | Target::Record(path, _) => {
            reviewing(types).any(|of| path.split('/').any(|part| part == of.folder || part == &*of.name))
        }
        _ => false,
    })
}

/// The texts of a record.
pub fn of_record<'a>(record: &'a Record, schema: &Type, number: usize, out: &mut Vec<Leaf<'a>>) {
    level(&record.fields, &schema.fields, Seen { public: true, sourced: false, record: number }, "", out);
}

/// The texts of any fields.
pub fn of_fields<'a>(fields: &'a Fields, schema: &[Field], out: &mut Vec<Leaf<'a>>) {
    level(fields, schema, Seen { public: true, sourced: false, record: 0 }, "", out);
}

#[derive(Clone, Copy)]
struct Seen {
    public: bool,
    sourced: bool,
    record: usize,
}

fn level<'a>(fields: &'a Fields, schema: &[Field], seen: Seen, prefix: &str, out: &mut Vec<Leaf<'a>>) {
    for (key, held) in fields.iter() {
        let Some(field) = schema.iter().find(|field| field.key == *key) else { continue };
        let seen = Seen { public: seen.public && field.privacy != Privacy::Private, ..seen };
        let path = join(prefix, key);
        match &held.value {
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    one(&item.value, item.spot, field, seen, format!("{path}.{}", index + 1).into(), out);
                }
            }
            value => one(value, held.spot, field, seen, path, out),
        }
    }
}

fn one<'a>(value: &'a Value, spot: Spot, field: &Field, seen: Seen, path: Cow<'a, str>, out: &mut Vec<Leaf<'a>>) {
    let texts = match value {
        Value::Group(inner) => {
            let sourced = seen.sourced || inner.iter().any(|(key, _)| key.starts_with("source") || key.contains("basis"));
            return level(inner, &field.fields, Seen { sourced, ..seen }, &path, out);
        }
        Value::Text(text) | Value::Link(Link::Named(text) | Link::Text(text)) => vec![text.as_str()],
        Value::Markdown(document) => of_document(document),
        Value::Media(media) => [Some(&media.src), Some(&media.alt), media.caption.as_ref(), media.credit.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect(),
        _ => return,
    };
    let released = matches!(field.privacy, Privacy::PublicWhen(_));
    let plain = field.kind == Kind::Text;
    out.push(Leaf { spot, path, texts, public: seen.public, released, plain, sourced: seen.sourced, record: seen.record });
}

/// What a document says and where it leads.
pub fn of_document(document: &Document) -> Vec<&str> {
    let links = document.links.iter().filter_map(|link| match &link.target {
        Target::Absolute(address) | Target::Relative(address, _) => Some(address.as_str()),
        _ => None,
    });
    let blocks = document.blocks.iter().flat_map(|block| block.arguments.iter().map(|(_, text)| text.as_str()));
    let inner = document.blocks.iter().filter_map(|block| block.body.as_deref()).flat_map(of_document);
    std::iter::once(document.text.as_str()).chain(links).chain(blocks).chain(inner).collect()
}
