//! The answers of a form: kept as a tree, and written as a file.

use super::{At, Form};
use crate::schema::scaffold::scaffold;
use crate::source::edit::Plain;

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

    /// The file: a draft in the language of the site. What is required and still open stands there without a value.
    pub fn text(&self) -> String {
        scaffold(self.about.of, &self.answers, self.about.lang)
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
