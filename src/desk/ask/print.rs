//! The answers of a form: kept as a tree, and written as a file with a comment at every line.

use super::{At, Form};
use crate::schema::{Field, Role};
use crate::source::edit::{Plain, in_line};
use crate::value::Kind;

impl Form<'_> {
    /// The answer at a path.
    pub(super) fn at(&self, path: &[At]) -> Option<&Plain> {
        let (At::Key(first), rest) = path.split_first()? else { return None };
        let mut here = self.answers.iter().find(|(key, _)| key == first).map(|(_, value)| value)?;
        for step in rest {
            here = match (step, here) {
                (At::Key(key), Plain::Group(entries)) => entries.iter().find(|(known, _)| known == key).map(|(_, value)| value)?,
                (At::Item(at), Plain::List(items)) => items.get(*at)?,
                _ => return None,
            };
        }
        Some(here)
    }

    /// Gives the answer at a path; groups and items on the way are made.
    pub(super) fn put(&mut self, path: &[At], value: Plain) {
        let mut whole = Plain::Group(std::mem::take(&mut self.answers));
        put(&mut whole, path, value);
        if let Plain::Group(answers) = whole {
            self.answers = answers;
        }
    }

    /// The file: a draft with a comment at every field, in the order of the type. What is required and still open stands
    /// there without a value.
    pub fn text(&self) -> String {
        let of = self.about.of;
        let mut text = String::from("---\n");
        let state = of.with_role(Role::State).map_or("state", |field| &*field.key);
        text.push_str(&format!("{state}: draft   # 草稿：写完后改为 published / change to published when done\n"));
        for field in of.fields.iter().filter(|field| field.role != Some(Role::State)) {
            let given = self.answers.iter().find(|(key, _)| *key == *field.key).map(|(_, value)| value);
            match given {
                Some(value) => entry(&mut text, field, value, ""),
                None if field.required => crate::schema::describe::scaffold_one(field, &mut text),
                None => {}
            }
        }
        text.push_str("---\n\n");
        text
    }
}

fn put(here: &mut Plain, path: &[At], value: Plain) {
    let Some((step, rest)) = path.split_first() else {
        *here = value;
        return;
    };
    match step {
        At::Key(key) => {
            if !matches!(here, Plain::Group(_)) {
                *here = Plain::Group(Vec::new());
            }
            if let Plain::Group(entries) = here {
                let at = entries.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
                    entries.push((key.clone(), Plain::Empty));
                    entries.len() - 1
                });
                put(&mut entries[at].1, rest, value);
            }
        }
        At::Item(number) => {
            if !matches!(here, Plain::List(_)) {
                *here = Plain::List(Vec::new());
            }
            if let Plain::List(items) = here {
                while items.len() <= *number {
                    items.push(Plain::Empty);
                }
                put(&mut items[*number], rest, value);
            }
        }
    }
}

/// One field with its label as a comment; groups take a line for each of theirs.
fn entry(text: &mut String, field: &Field, value: &Plain, indent: &str) {
    let label = &field.label.zh;
    match (value, &field.kind) {
        (Plain::Group(entries), Kind::Group) => {
            text.push_str(&format!("{indent}{}:   # {label}\n", field.key));
            let inner = format!("{indent}  ");
            entries.iter().for_each(|(key, value)| inside(text, field, key, value, &inner));
        }
        (Plain::List(items), Kind::Group) => {
            text.push_str(&format!("{indent}{}:   # {label}\n", field.key));
            for item in items {
                let mut one = String::new();
                if let Plain::Group(entries) = item {
                    entries.iter().for_each(|(key, value)| inside(&mut one, field, key, value, &format!("{indent}    ")));
                }
                text.push_str(&format!("{indent}  - {}", one.trim_start()));
            }
        }
        _ => text.push_str(&format!("{indent}{}: {}   # {label}\n", field.key, in_line(value))),
    }
}

fn inside(text: &mut String, group: &Field, key: &str, value: &Plain, indent: &str) {
    match group.field(key) {
        Some(field) => entry(text, field, value, indent),
        None => text.push_str(&format!("{indent}{key}: {}\n", in_line(value))),
    }
}
