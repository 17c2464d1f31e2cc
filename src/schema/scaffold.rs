//! A new record as a file, in the language of the site: labels as keys and Chinese words on a Chinese site, English
//! keys elsewhere, with comments in that language only.

use super::{Field, Privacy, Role, Type};
use crate::diagnostic::{Said, Tongue};
use crate::source::edit::{Plain, in_line, key};
use crate::value::{Kind, Lang};

/// What a picture is made of, as the reader knows it in Chinese.
const MEDIA: [(&str, &str); 5] = [("src", "图片"), ("alt", "替代文字"), ("caption", "图注"), ("credit", "来源"), ("licence", "许可")];

/// A draft with what was given, by English key, in the order of the type. What is required and still open stands there
/// without a value, below its hint and beside its example.
pub fn scaffold(of: &Type, given: &[(String, Plain)], lang: Lang) -> String {
    let hand = Hand(lang);
    let mut text = format!("---\n{}", hand.state(of));
    for field in of.fields.iter().filter(|field| field.role != Some(Role::State)) {
        match given.iter().find(|(key, _)| *key == *field.key) {
            Some((_, value)) => hand.entry(field, value, "", &mut text),
            None if field.required && field.privacy != Privacy::Private && !field.is_computed() => {
                if let Some(hint) = &field.hint {
                    text.push_str(&format!("# {}\n", hand.say(hint)));
                }
                hand.open(field, "", &mut text);
            }
            None => {}
        }
    }
    text.push_str("---\n\n");
    text
}

/// Writes in one language.
struct Hand(Lang);

impl Hand {
    fn say<'a>(&self, words: &'a Said) -> &'a str {
        words.in_tongue(if self.0.is_chinese() { Tongue::Zh } else { Tongue::En })
    }

    fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        if self.0.is_chinese() { zh } else { en }
    }

    /// The key of a field: no two fields of a level share a label.
    fn key(&self, field: &Field) -> String {
        key(if self.0.is_chinese() && !field.label.zh.is_empty() { &field.label.zh } else { &field.key })
    }

    /// A comment behind a line: the label where the key is another word, then what helps.
    fn note(&self, field: &Field, help: String) -> String {
        let label = if self.0.is_chinese() { "" } else { self.say(&field.label) };
        let colon = if label.is_empty() || help.is_empty() { "" } else { ": " };
        if label.is_empty() && help.is_empty() { String::new() } else { format!("   # {label}{colon}{help}") }
    }

    fn state(&self, of: &Type) -> String {
        let field = of.with_role(Role::State);
        let word = |word: &str| match field.map(|field| &field.kind) {
            Some(Kind::Choice(choices)) if self.0.is_chinese() => {
                choices.iter().find(|choice| choice.key == word).map_or_else(|| word.to_string(), |choice| choice.label.zh.clone())
            }
            _ => word.to_string(),
        };
        let key = field.map_or_else(|| "state".to_string(), |field| self.key(field));
        let help = self.pick("写完后改为：", "change it when all is written to: ");
        format!("{key}: {}   # {help}{}\n", word("draft"), word("published"))
    }

    /// A field that waits for its value.
    fn open(&self, field: &Field, indent: &str, text: &mut String) {
        let name = self.key(field);
        let help = match (&field.kind, &field.example) {
            (Kind::Choice(choices), _) => {
                choices.iter().map(|choice| self.say(&choice.label)).collect::<Vec<_>>().join(self.pick("、", ", "))
            }
            (_, Some(example)) => format!("{}{example}", self.pick("例如 ", "such as ")),
            _ => String::new(),
        };
        text.push_str(&format!("{indent}{name}:{}\n", self.note(field, help)));
        let inner = format!("{indent}{}", if field.many { "    " } else { "  " });
        for (at, child) in field.fields.iter().filter(|child| child.required).enumerate() {
            let mut one = String::new();
            self.open(child, &inner, &mut one);
            text.push_str(&if field.many && at == 0 { format!("{indent}  - {}", one.trim_start()) } else { one });
        }
    }

    /// One field with its value; groups take a line for each of theirs.
    fn entry(&self, field: &Field, value: &Plain, indent: &str, text: &mut String) {
        let (name, note) = (self.key(field), self.note(field, String::new()));
        match (value, &field.kind) {
            (Plain::Group(entries), Kind::Group) => {
                text.push_str(&format!("{indent}{name}:{note}\n"));
                let inner = format!("{indent}  ");
                entries.iter().for_each(|(key, value)| self.inside(field, key, value, &inner, text));
            }
            (Plain::List(items), Kind::Group) => {
                text.push_str(&format!("{indent}{name}:{note}\n"));
                for item in items {
                    let mut one = String::new();
                    if let Plain::Group(entries) = item {
                        entries.iter().for_each(|(key, value)| self.inside(field, key, value, &format!("{indent}    "), &mut one));
                    }
                    text.push_str(&format!("{indent}  - {}", one.trim_start()));
                }
            }
            _ => text.push_str(&format!("{indent}{name}: {}{note}\n", in_line(&self.worded(field, value)))),
        }
    }

    fn inside(&self, group: &Field, name: &str, value: &Plain, indent: &str, text: &mut String) {
        match group.field(name) {
            Some(field) => self.entry(field, value, indent, text),
            None => text.push_str(&format!("{indent}{}: {}\n", key(name), in_line(value))),
        }
    }

    /// A value in the words of the site.
    fn worded(&self, field: &Field, value: &Plain) -> Plain {
        match (value, &field.kind) {
            _ if !self.0.is_chinese() => value.clone(),
            (Plain::List(items), _) => Plain::List(items.iter().map(|item| self.worded(field, item)).collect()),
            (Plain::Verbatim(word) | Plain::Text(word), Kind::Choice(choices)) => choices
                .iter()
                .find(|choice| choice.key == *word)
                .map_or_else(|| value.clone(), |choice| Plain::Text(choice.label.zh.clone())),
            (Plain::Verbatim(word), Kind::Flag) => match word.as_str() {
                "true" => Plain::Verbatim("是".to_string()),
                "false" => Plain::Verbatim("否".to_string()),
                _ => value.clone(),
            },
            (Plain::Group(parts), Kind::Image | Kind::File) => {
                let name = |part: &str| MEDIA.iter().find(|(known, _)| *known == part).map_or(part, |(_, name)| *name).to_string();
                Plain::Group(parts.iter().map(|(part, value)| (name(part), value.clone())).collect())
            }
            _ => value.clone(),
        }
    }
}
