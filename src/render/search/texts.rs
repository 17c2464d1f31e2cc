//! What of a record can be found: title, keywords, headings, the fields that people see, prose.

use crate::render::views::in_lang;
use crate::resolve::{Catalog, Entry};
use crate::schema::{Field, Role, Show};
use crate::value::{self, Fields, Kind, Lang, Link, Value};

/// The searchable texts of a record by their weight; parts are separated so that no term reaches across.
#[derive(Debug, Default)]
pub struct Texts {
    /// The title.
    pub title: String,
    /// The keywords.
    pub keywords: String,
    /// Headings of its prose.
    pub headings: String,
    /// Values of fields.
    pub fields: String,
    /// Prose.
    pub body: String,
}

/// How much a term counts in each part of [`Texts::parts`]: a title says most, prose least.
pub const BOOSTS: [f32; 5] = [3.0, 2.0, 1.5, 1.0, 1.0];

impl Texts {
    /// The parts in the order of [`BOOSTS`].
    pub fn parts(&self) -> [&str; 5] {
        [&self.title, &self.keywords, &self.headings, &self.fields, &self.body]
    }
}

/// The texts of an entry. Private fields are no longer in it.
pub fn of(catalog: &Catalog, entry: &Entry) -> Texts {
    let schema = catalog.type_of(entry);
    let mut texts = Texts { title: entry.title.clone(), ..Texts::default() };
    for field in &schema.fields {
        let Some(value) = entry.fields.value(&field.key) else { continue };
        match field.role {
            Some(Role::Title | Role::State | Role::Sample | Role::Redirects | Role::PublishAt | Role::UnpublishAt) => {}
            Some(Role::Keywords) => say(catalog, entry.lang, field, value, &mut texts.keywords, &mut texts.body, true),
            _ => say(catalog, entry.lang, field, value, &mut texts.fields, &mut texts.body, field.shows(Show::Search)),
        }
    }
    if let Some(body) = &entry.body {
        for heading in &body.headings {
            line(&mut texts.headings, &heading.text);
        }
        line(&mut texts.body, &body.text);
    }
    texts
}

fn line(text: &mut String, more: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(more);
}

/// A value as people see it. What shows nowhere is found only where the type says so.
fn say(catalog: &Catalog, lang: Lang, field: &Field, value: &Value, text: &mut String, body: &mut String, wanted: bool) {
    if field.shows(Show::Nowhere) && !wanted {
        return;
    }
    match value {
        Value::List(items) => items.iter().for_each(|item| say(catalog, lang, field, &item.value, text, body, wanted)),
        Value::Group(inner) => group(catalog, lang, field, inner, text, body),
        Value::Markdown(document) => line(body, &document.text),
        Value::Flag(true) => line(text, in_lang(&field.label, lang)),
        Value::Flag(false) | Value::Media(_) | Value::Place(_) => {}
        Value::Link(Link::Record(id)) => {
            // Of linked records only the one above is part of what a record is; the others have pages of their own.
            let part =
                field.role == Some(Role::Parent) || [Show::Search, Show::Card, Show::Filter].into_iter().any(|show| field.shows(show));
            if let Some(ix) = catalog.find(id, lang).filter(|_| part) {
                line(text, &catalog.entries[ix].title);
            }
        }
        Value::Link(Link::Text(words)) => line(text, words),
        Value::Link(Link::Named(_)) => {}
        other => {
            let shown = value::show::show(other, &field.kind, lang).text;
            let labelled =
                matches!(field.kind, Kind::Quantity(_) | Kind::Money(_) | Kind::Integer | Kind::Decimal | Kind::Percent | Kind::Range(_));
            line(text, &if labelled { format!("{} {shown}", in_lang(&field.label, lang)) } else { shown });
        }
    }
}

fn group(catalog: &Catalog, lang: Lang, field: &Field, inner: &Fields, text: &mut String, body: &mut String) {
    for child in &field.fields {
        if let Some(value) = inner.value(&child.key) {
            say(catalog, lang, child, value, text, body, child.shows(Show::Search));
        }
    }
}
