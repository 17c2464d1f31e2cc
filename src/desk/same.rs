//! Do two readings of a record say the same? Places do not count; texts may be looked at through a lens first.

use crate::read::{Intro, Record};
use crate::source::Spot;
use crate::value::document::Part;
use crate::value::{Document, Fields, Held, Value};

/// What a record says, without where it says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Saying {
    name: (String, String),
    fields: Fields,
    body: Option<Document>,
}

/// A record without its places, every text seen through a lens.
pub fn saying(record: &Record, lens: &dyn Fn(&str) -> String) -> Saying {
    Saying {
        name: (record.id.to_string(), record.lang.code().to_string()),
        fields: fields(&record.fields, lens),
        body: record.body.as_ref().map(|body| document(body, lens)),
    }
}

/// An introduction without its places.
pub fn introduction(intro: &Intro, lens: &dyn Fn(&str) -> String) -> Saying {
    let line = |text: &Option<String>| text.as_deref().map(lens).unwrap_or_default();
    Saying {
        name: (format!("{}\n{}", line(&intro.title), line(&intro.summary)), intro.lang.code().to_string()),
        fields: Fields::new(),
        body: intro.body.as_ref().map(|body| document(body, lens)),
    }
}

impl Saying {
    /// The same, every text seen through a lens.
    pub fn seen(&self, lens: &dyn Fn(&str) -> String) -> Saying {
        Saying {
            name: (lens(&self.name.0), self.name.1.clone()),
            fields: fields(&self.fields, lens),
            body: self.body.as_ref().map(|body| document(body, lens)),
        }
    }

    /// The same without some fields.
    pub fn without(mut self, keys: &[&str]) -> Saying {
        self.fields.retain(|key, _| !keys.contains(&key));
        self
    }

    /// Does it say what `old` says, with more of its prose being links or images? Their words stand where they stood.
    pub fn is_linked(&self, old: &Saying) -> bool {
        let words = |body: &Option<Document>| body.as_ref().map(|body| body.text.clone()).unwrap_or_default();
        let count = |body: &Option<Document>| body.as_ref().map_or(0, |body| body.links.len() + body.images.len());
        let headings = |body: &Option<Document>| body.as_ref().map(|body| body.headings.len());
        self.name == old.name
            && self.fields == old.fields
            && headings(&self.body) == headings(&old.body)
            && count(&self.body) >= count(&old.body)
            && unlinked(&words(&old.body)) == unlinked(&words(&self.body))
    }
}

/// A text without white space and without `![…](…)`, `[…](…)` around the words of a link; images have no words.
fn unlinked(text: &str) -> String {
    let mut out = text.to_string();
    while let Some(middle) = out.find("](") {
        let (Some(open), Some(end)) = (out[..middle].rfind('['), out[middle..].find(')').map(|at| middle + at)) else { break };
        let image = out[..open].ends_with('!');
        let words = if image { String::new() } else { out[open + 1..middle].to_string() };
        out.replace_range(open - usize::from(image)..=end, &words);
    }
    out.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Fields without their places.
pub fn fields(given: &Fields, lens: &dyn Fn(&str) -> String) -> Fields {
    let mut bare = Fields::new();
    for (key, held) in given.iter() {
        bare.set(key, self::held(held, lens));
    }
    bare
}

fn held(held: &Held, lens: &dyn Fn(&str) -> String) -> Held {
    Held { value: value(&held.value, lens), spot: Spot::default(), from: held.from }
}

fn value(given: &Value, lens: &dyn Fn(&str) -> String) -> Value {
    match given {
        Value::Text(text) => Value::Text(lens(text)),
        Value::Markdown(prose) => Value::Markdown(Box::new(document(prose, lens))),
        Value::Group(inner) => Value::Group(fields(inner, lens)),
        Value::List(items) => Value::List(items.iter().map(|item| held(item, lens)).collect()),
        other => other.clone(),
    }
}

fn document(given: &Document, lens: &dyn Fn(&str) -> String) -> Document {
    let mut bare = given.clone();
    bare.text = lens(&bare.text);
    for part in &mut bare.parts {
        if let Part::Html(html) = part {
            *html = lens(html);
        }
    }
    for heading in &mut bare.headings {
        heading.text = lens(&heading.text);
        // An anchor is made from the words of the heading.
        heading.id = lens(&heading.id);
    }
    bare.links.iter_mut().for_each(|link| link.spot = Spot::default());
    for image in &mut bare.images {
        image.spot = Spot::default();
        image.alt = lens(&image.alt);
    }
    for block in &mut bare.blocks {
        block.spot = Spot::default();
        block.arguments.iter_mut().for_each(|(_, text)| *text = lens(text));
        block.body = block.body.as_ref().map(|body| Box::new(document(body, lens)));
        if let Some(record) = &mut block.record {
            record.spot = Spot::default();
        }
        if let Some(media) = &mut block.media {
            media.spot = Spot::default();
        }
    }
    bare
}
