//! The questions in words: what a field is called, its unit, an example, what it may be.

use super::{Ask, At, Form};
use crate::diagnostic::{Said, Tongue, said};
use crate::schema::{Field, Role};
use crate::value::{Kind, Lang, RecordId, Value};

/// The longest id that is suggested, in characters.
const LONGEST: usize = 40;
/// Up to so many records are listed to choose from.
const LISTED: usize = 30;

impl<'a> Form<'a> {
    pub(super) fn asking(&self) -> Said {
        match self.open.last() {
            Some(Ask::Field(path, field)) => self.field_question(path, field),
            Some(Ask::Alt(..)) => said("替代文字（图里是什么）", "Alternative text (what the picture shows)"),
            Some(Ask::More(_, field, _)) => {
                said(format!("“{}”还有一项吗？[y/N]", field.label.zh), format!("One more of “{}”? [y/N]", field.label.en))
            }
            Some(Ask::Id) => {
                let near = self.suggestion();
                said(format!("编号，用作网址（回车用 {near}）"), format!("The id, for the address (Enter for {near})"))
            }
            Some(Ask::Offer) => self.offer(),
            None => Said::default(),
        }
    }

    fn field_question(&self, path: &[At], field: &Field) -> Said {
        let label = |of: &Said, lang: Lang| if lang == Lang::Zh || of.en.is_empty() { of.zh.clone() } else { of.en.clone() };
        let one = |lang: Lang| {
            let zh = lang == Lang::Zh;
            let mut text = String::new();
            if let (true, Some(At::Key(first))) = (path.len() > 1, path.first())
                && let Some(group) = self.about.of.field(first)
            {
                text.push_str(&label(&group.label, lang));
                text.push_str(if zh { "·" } else { " · " });
            }
            text.push_str(&label(&field.label, lang));
            let unit = field.kind.unit_label(lang);
            if !unit.is_empty() {
                text.push_str(&if zh { format!("（{unit}）") } else { format!(" ({unit})") });
            }
            if field.many {
                text.push_str(if zh { "，多项用顿号隔开" } else { ", several with commas" });
            }
            if let Kind::Dates(stages) = &field.kind {
                let names: Vec<&str> = stages.iter().map(|stage| stage.label.in_tongue(if zh { Tongue::Zh } else { Tongue::En })).collect();
                let first = names.first().copied().unwrap_or_default();
                text.push_str(&if zh { format!("，写作 {first}: 2026-03-05\n  ") } else { format!(", as in {first}: 2026-03-05\n  ") });
                text.push_str(&names.join(if zh { "、" } else { ", " }));
            }
            if let Some(example) = &field.example {
                text.push_str(&if zh { format!("，例如 {example}") } else { format!(", such as {example}") });
            }
            if let Some(hint) = &field.hint {
                text.push_str(&format!("\n  {}", hint.in_tongue(if zh { Tongue::Zh } else { Tongue::En })));
            }
            for (number, (_, shown)) in self.choices(field, lang).into_iter().enumerate() {
                text.push_str(&format!("\n  {}. {shown}", number + 1));
            }
            text
        };
        said(one(Lang::Zh), one(Lang::En))
    }

    /// What a field may be, by number: the word for the file, and what people read.
    pub(super) fn choices(&self, field: &Field, lang: Lang) -> Vec<(String, String)> {
        match &field.kind {
            Kind::Choice(choices) => choices
                .iter()
                .map(|choice| (choice.key.clone(), if lang == Lang::Zh { choice.label.zh.clone() } else { choice.label.en.clone() }))
                .collect(),
            Kind::Flag => {
                let words = if lang == Lang::Zh { ["是", "否"] } else { ["Yes", "No"] };
                ["true", "false"].into_iter().zip(words).map(|(key, shown)| (key.to_string(), shown.to_string())).collect()
            }
            Kind::Link { to, .. } => {
                let fits = |id: &RecordId| to.iter().any(|word| *word == *id.of);
                let found: Vec<&(RecordId, String)> = self.about.records.iter().filter(|(id, _)| fits(id)).collect();
                if found.len() > LISTED {
                    return Vec::new();
                }
                let name = |id: &RecordId| if to.len() == 1 { id.id.to_string() } else { id.to_string() };
                found.into_iter().map(|(id, title)| (name(id), format!("{title}（{id}）"))).collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn offered(&self) -> Vec<&'a Field> {
        let simple = |field: &&'a Field| field.kind != Kind::Group || field.fields.iter().any(|field| field.required);
        self.asked().filter(simple).filter(|field| self.at(&[At::Key(field.key.to_string())]).is_none()).collect()
    }

    fn offer(&self) -> Said {
        let list = self.offered();
        let one = |zh: bool| -> String {
            let shown = list.iter().enumerate().map(|(at, field)| {
                let label = if zh { &field.label.zh } else { &field.label.en };
                let mark = match (field.expected, zh) {
                    (true, true) => "（应填）",
                    (true, false) => " (expected)",
                    _ => "",
                };
                format!("{}.{label}{mark}", at + 1)
            });
            shown.collect::<Vec<_>>().join("  ")
        };
        said(format!("还可以填写（输入序号；回车结束）\n  {}", one(true)), format!("What else? (a number; Enter ends)\n  {}", one(false)))
    }

    /// An id made from the title.
    pub fn suggestion(&self) -> String {
        let title = self.about.of.with_role(Role::Title).and_then(|field| self.fields.value(&field.key));
        let slug = match title {
            Some(Value::Text(title)) => self.about.readings.slug(title, LONGEST),
            _ => String::new(),
        };
        let base = if slug.is_empty() { self.about.of.name.to_string() } else { slug };
        let is_taken = |id: &str| self.about.records.iter().any(|(known, _)| known.of == self.about.of.name && *known.id == *id);
        let mut names = std::iter::once(base.clone()).chain((2..).map(|number| format!("{base}-{number}")));
        names.find(|id| !is_taken(id)).unwrap_or(base)
    }
}
