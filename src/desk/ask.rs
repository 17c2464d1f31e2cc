//! The questions of `new`: what a type needs, one question for each field, then what else may be said.
//!
//! A pure machine: [`Form::question`] says what to ask, [`Form::answer`] takes what was typed or says what is wrong with
//! it, [`Form::text`] is the file. Answers go through the readers that read YAML, so that nothing is accepted here that
//! `check` would refuse.

mod print;
mod say;

use crate::diagnostic::{Diagnostics, Said, SitePath, messages};
use crate::read::check;
use crate::schema::{Field, Privacy, Role, Type, holds::Scope};
use crate::source::edit::Plain;
use crate::source::{Node, Scalar, Shape, Spot, yaml};
use crate::value::pinyin::Readings;
use crate::value::{self, Fields, Held, Kind, Lang, Reading, RecordId, Value, Zone};

/// What the questions need to know of the site.
pub struct About<'a> {
    /// The type.
    pub of: &'a Type,
    /// Where times are meant.
    pub zone: &'a Zone,
    /// Every record with its title, for links.
    pub records: &'a [(RecordId, String)],
    /// How titles are read aloud.
    pub readings: &'a Readings,
    /// The language of the file.
    pub lang: Lang,
}

/// What is asked next.
enum Ask<'a> {
    /// A field, at this path of keys and items.
    Field(Vec<At>, &'a Field),
    /// The alternative text of the image at this path.
    Alt(Vec<At>, &'a Field),
    /// One more item of a group with many?
    More(Vec<At>, &'a Field, usize),
    /// Under which id?
    Id,
    /// Which other field?
    Offer,
}

/// A step into the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
enum At {
    Key(String),
    Item(usize),
}

/// A form that is being filled in.
pub struct Form<'a> {
    about: About<'a>,
    open: Vec<Ask<'a>>,
    answers: Vec<(String, Plain)>,
    fields: Fields,
    id: Option<String>,
    /// Fields that were asked for and left out.
    skipped: Vec<String>,
}

impl<'a> Form<'a> {
    /// A form with its required questions still to be asked. Without an `id` it asks for one.
    pub fn new(about: About<'a>, id: Option<String>) -> Form<'a> {
        let mut form = Form { open: Vec::new(), answers: Vec::new(), fields: Fields::new(), id, skipped: Vec::new(), about };
        let mut required: Vec<&'a Field> = form.asked().filter(|field| field.required).collect();
        // The title first: the id is made from it.
        required.sort_by_key(|field| field.role != Some(Role::Title));
        // The last one of the list is asked first.
        form.open.push(Ask::Offer);
        if form.id.is_none() {
            form.open.push(Ask::Id);
        }
        required.into_iter().rev().for_each(|field| form.push(Vec::new(), field));
        form
    }

    /// The fields that a person may fill in here.
    fn asked(&self) -> impl Iterator<Item = &'a Field> + use<'a> {
        self.about.of.fields.iter().filter(|field| {
            !field.is_computed()
                && field.privacy == Privacy::Public
                && !matches!(field.role, Some(Role::State | Role::Body))
                && field.kind != Kind::Markdown
        })
    }

    fn push(&mut self, mut path: Vec<At>, field: &'a Field) {
        path.push(At::Key(field.key.to_string()));
        if field.kind == Kind::Group {
            if field.many {
                self.open.push(Ask::More(path.clone(), field, 1));
                path.push(At::Item(0));
            }
            self.push_group(&path, field);
        } else {
            self.open.push(Ask::Field(path, field));
        }
    }

    fn push_group(&mut self, path: &[At], field: &'a Field) {
        let inner = field.fields.iter().filter(|field| field.required && !field.is_computed());
        inner.rev().for_each(|field| self.push(path.to_vec(), field));
    }

    /// What to ask; `None` when the form is done.
    pub fn question(&mut self) -> Option<Said> {
        loop {
            let answered = match self.open.last()? {
                Ask::Field(path, _) => self.at(path).is_some(),
                Ask::Id => self.id.is_some(),
                _ => false,
            };
            if answered {
                self.open.pop();
                continue;
            }
            // What the answers so far have made necessary comes before what may be left out.
            if matches!(self.open.last(), Some(Ask::Id | Ask::Offer)) {
                let scope = Scope::record(&self.fields);
                let needed = self.asked().filter(|field| !self.skipped.iter().any(|key| *key == *field.key)).find(|field| {
                    self.at(&[At::Key(field.key.to_string())]).is_none()
                        && field.required_when.iter().any(|conditions| scope.holds(conditions))
                });
                if let Some(field) = needed.filter(|field| field.kind != Kind::Group || field.fields.iter().any(|field| field.required)) {
                    self.push(Vec::new(), field);
                    continue;
                }
            }
            return Some(self.asking());
        }
    }

    /// The id, once it is known.
    pub fn id(&self) -> String {
        self.id.clone().unwrap_or_else(|| self.suggestion())
    }

    /// Takes an answer to the question; what is wrong with it is given back, and the question stays open.
    pub fn answer(&mut self, typed: &str) -> Result<(), Diagnostics> {
        let typed = typed.trim();
        let Some(ask) = self.open.pop() else { return Ok(()) };
        match ask {
            Ask::Field(path, field) if typed.is_empty() && path.len() == 1 && !field.required => self.skipped.push(field.key.to_string()),
            Ask::Field(path, field) => {
                if let Err(wrong) = self.take(&path, field, typed) {
                    self.open.push(Ask::Field(path, field));
                    return Err(wrong);
                }
                if field.kind == Kind::Image {
                    self.open.push(Ask::Alt(path, field));
                }
            }
            Ask::Alt(path, field) => {
                if typed.is_empty() {
                    let src = self.at(&path).and_then(|held| if let Plain::Text(src) = held { Some(src.clone()) } else { None });
                    self.open.push(Ask::Alt(path, field));
                    return Err(only(messages::markdown::image_alt_missing(self.place(), &src.unwrap_or_default())));
                }
                if let Some(Plain::Text(src)) = self.at(&path).cloned() {
                    self.put(&path, Plain::Group(vec![("src".into(), Plain::Text(src)), ("alt".into(), Plain::Text(typed.into()))]));
                }
            }
            Ask::More(path, field, count) => {
                if matches!(typed.to_lowercase().as_str(), "y" | "yes" | "是" | "有") {
                    self.open.push(Ask::More(path.clone(), field, count + 1));
                    let mut item = path;
                    item.push(At::Item(count));
                    self.push_group(&item, field);
                }
            }
            Ask::Id => {
                let id = if typed.is_empty() { self.suggestion() } else { typed.to_string() };
                let plain = |part: &str| {
                    (1..=64).contains(&part.len())
                        && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                        && !part.starts_with('-')
                };
                let sound = if self.about.of.at_root { id.split('/').all(plain) } else { plain(&id) };
                let taken = self.about.records.iter().any(|(known, _)| known.of == self.about.of.name && *known.id == *id);
                if !sound || taken {
                    self.open.push(Ask::Id);
                    let wrong = if taken { messages::desk::answer_id_taken } else { messages::read::id_pattern };
                    return Err(only(wrong(self.place(), &id)));
                }
                self.id = Some(id);
            }
            Ask::Offer => {
                let list = self.offered();
                let number = value::number::narrow(typed).parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                let field = number.and_then(|at| list.get(at)).or_else(|| list.iter().find(|field| is_called(field, typed))).copied();
                if let Some(field) = field.filter(|_| !typed.is_empty()) {
                    self.open.push(Ask::Offer);
                    self.push(Vec::new(), field);
                } else if !typed.is_empty() {
                    self.open.push(Ask::Offer);
                    return Err(only(messages::desk::answer_unknown(self.place(), typed, list.len())));
                }
            }
        }
        Ok(())
    }

    /// Gives a field by its key or label, dotted within groups: `--set 类别=园区动态`.
    pub fn set(&mut self, key: &str, typed: &str) -> Result<(), Diagnostics> {
        let mut level: &'a [Field] = &self.about.of.fields;
        let mut path = Vec::new();
        let mut parts = key.split('.').peekable();
        while let Some(part) = parts.next() {
            let Some(field) = level.iter().find(|field| is_called(field, part) && !field.is_computed()) else {
                let near = crate::diagnostic::nearest(part, level.iter().map(|field| field.label.zh.as_str()));
                let near = near.and_then(|near| level.iter().find(|field| field.label.zh == near)).map(|field| (&*field.key, &field.label));
                return Err(only(messages::read::field_unknown(self.place(), part, near)));
            };
            path.push(At::Key(field.key.to_string()));
            if parts.peek().is_none() {
                return self.take(&path, field, typed.trim());
            }
            if field.many {
                path.push(At::Item(0));
            }
            level = &field.fields;
        }
        Ok(())
    }

    fn place(&self) -> crate::diagnostic::Place {
        crate::diagnostic::Place::start(&self.file())
    }

    fn file(&self) -> SitePath {
        SitePath::new(&format!("content/{}/{}.md", self.about.of.folder, self.id()))
    }

    /// Reads an answer as the field would be read in a file.
    fn take(&mut self, path: &[At], field: &'a Field, typed: &str) -> Result<(), Diagnostics> {
        let mut noted = Diagnostics::new();
        let file = self.file();
        if typed.is_empty() {
            return Err(only(messages::desk::answer_empty(self.place().in_field(&*field.key), &field.label)));
        }
        // Dates of stages are typed as `签约: 2026-03-05、开工: 2026-06-01`.
        let typed = &match field.kind {
            Kind::Dates(_) if !typed.starts_with('{') => {
                format!("{{{}}}", typed.replace('：', ": ").replace(['、', '，', ';', '；'], ", "))
            }
            _ => typed.to_string(),
        };
        let choices = self.choices(field, Lang::Zh);
        let numbered = |word: &str| {
            let number = value::number::narrow(word).parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            number.and_then(|at| choices.get(at)).map_or_else(|| word.to_string(), |(key, _)| key.clone())
        };
        let words: Vec<String> = if field.many && !typed.starts_with(['[', '{']) {
            typed.split(['、', '，', ',', ';', '；']).map(str::trim).filter(|word| !word.is_empty()).map(numbered).collect()
        } else {
            vec![numbered(typed)]
        };
        let spot = Spot { line: 1, column: 1, length: 0 };
        let node = |word: &str| {
            let braces = word.starts_with(['[', '{']).then(|| yaml::parse(&file, word, 1, &mut Diagnostics::new())).flatten();
            braces.unwrap_or_else(|| Node { spot, shape: Shape::Scalar(Scalar { text: word.to_string(), quoted: false }) })
        };
        let nodes: Vec<Node> = match words.iter().map(|word| node(word)).collect::<Vec<_>>().as_slice() {
            [Node { shape: Shape::List(items), .. }] if field.many => items.clone(),
            nodes => nodes.to_vec(),
        };
        let reading = Reading { file: &file, path: &field.key, label: &field.label, zone: self.about.zone, sample: false };
        let mut held = Vec::new();
        for (node, typed) in nodes.iter().zip(words.iter().map(Some).chain(std::iter::repeat(None))) {
            // A picture is asked for in two steps: the file now, its words next.
            let read = match &field.kind {
                Kind::Image if node.scalar().is_some() => Some(Value::Text(node.scalar().unwrap_or_default().to_string())),
                Kind::Group => None,
                kind => value::read(kind, node, &reading, &mut noted),
            };
            self.check_link(field, typed, &mut noted);
            held.extend(read.map(|value| Held::written(value, spot)));
        }
        let value = if field.many { Value::List(held) } else { held.into_iter().next().map_or(Value::List(Vec::new()), |held| held.value) };
        let mut fields = Fields::new();
        fields.set(&field.key, Held::written(value, spot));
        if !noted.has_errors() && field.kind != Kind::Image {
            check::bounds(&fields, std::slice::from_ref(field), &file, "", &mut noted);
        }
        if noted.has_errors() {
            return Err(noted);
        }
        let plain = |node: &Node| match (&node.shape, &field.kind) {
            (
                Shape::Scalar(scalar),
                Kind::Integer
                | Kind::Decimal
                | Kind::Flag
                | Kind::Date
                | Kind::Month
                | Kind::DateTime
                | Kind::Choice(_)
                | Kind::Link { .. },
            ) if scalar.text.is_ascii() => Plain::Verbatim(scalar.text.clone()),
            (Shape::Scalar(scalar), _) => Plain::Text(scalar.text.clone()),
            _ => Plain::of(node),
        };
        let value = if field.many { Plain::List(nodes.iter().map(plain).collect()) } else { nodes.first().map_or(Plain::Empty, plain) };
        if path.len() == 1 {
            fields.iter().for_each(|(key, held)| self.fields.set(key, held.clone()));
        }
        self.put(path, value);
        Ok(())
    }

    /// A link must lead to a record that exists.
    fn check_link(&self, field: &Field, typed: Option<&String>, noted: &mut Diagnostics) {
        let (Kind::Link { to, or_text, .. }, Some(typed)) = (&field.kind, typed) else { return };
        let bare = typed.rsplit('/').next().unwrap_or(typed);
        let known = |id: &RecordId| to.iter().any(|word| *word == *id.of) && (*id.id == **typed || *id.id == *bare);
        if !*or_text && !self.about.records.iter().any(|(id, _)| known(id)) {
            let ids = self.about.records.iter().filter(|(id, _)| to.iter().any(|word| *word == *id.of)).map(|(id, _)| &*id.id);
            let near = crate::diagnostic::nearest(bare, ids);
            noted.push(messages::resolve::link_unknown(self.place(), &field.label, typed, &[], near));
        }
    }
}

fn only(diagnostic: crate::diagnostic::Diagnostic) -> Diagnostics {
    let mut all = Diagnostics::new();
    all.push(diagnostic);
    all
}

fn is_called(field: &Field, word: &str) -> bool {
    let word = word.trim();
    *field.key == *word
        || field.label.zh == word
        || field.label.en.eq_ignore_ascii_case(word)
        || field.also.iter().any(|known| known == word)
}
