//! The questions of a theme (`needs.yaml`) with what a site changes of them, and the criteria of clauses that ask them.

use super::Project;
use super::theme::Sources;
use super::theme_pages::tree;
use crate::diagnostic::{Diagnostics, Place, SitePath, messages, nearest, said};
use crate::schema::needs::{CRITERION, Compare, Question};
use crate::schema::{Needs, Schemas, parse, verify_needs};
use crate::source::{Node, Scalar, Shape};
use crate::value::{self, Fields, Held, Kind, Link, Money, Price, Reading, Value, Zone};

const FILE: &str = "needs.yaml";

/// Reads them. What a site says of a built-in theme's questions is laid over them.
pub fn read(sources: &Sources<'_>, schemas: &Schemas, diagnostics: &mut Diagnostics) -> Needs {
    let mut needs = Needs::default();
    let own = sources.own.get(FILE).map(|(file, bytes)| (file, *bytes));
    let of_site = sources.under(FILE).map(|(_, file, bytes)| (file, bytes)).filter(|(_, bytes)| own.is_none_or(|(_, own)| own != *bytes));
    for (file, bytes) in own.into_iter().chain(of_site) {
        if let Some(node) = tree(file, bytes, diagnostics) {
            parse::needs(file, &node, &mut needs, diagnostics);
        }
    }
    verify_needs::settle(&mut needs, schemas, diagnostics);
    needs
}

/// Checks every criterion of every clause and writes it as machines compare it: the key of the question, the bare number
/// in its unit, the key of the choice.
pub fn criteria(project: &mut Project, diagnostics: &mut Diagnostics) {
    let needs = &project.theme.needs;
    let Some(clauses) = &needs.clauses else { return };
    let linked =
        |of: &str| needs.questions.iter().any(|question| matches!(&question.kind, Kind::Link { to, .. } if to.iter().any(|to| to == of)));
    let ids: Vec<value::RecordId> = project.records.iter().filter(|record| linked(&record.id.of)).map(|record| record.id.clone()).collect();
    for record in project.records.iter_mut().filter(|record| *record.id.of == *clauses.of) {
        let check = Check { needs, zone: &project.site.zone, file: &record.file, ids: &ids };
        for (nth, clause) in groups_mut(&mut record.fields, &clauses.items).enumerate() {
            for (at, criterion) in groups_mut(clause, &clauses.criteria).enumerate() {
                let path = format!("{}.{}.{}.{}", clauses.items, nth + 1, clauses.criteria, at + 1);
                check.criterion(criterion, &path, diagnostics);
            }
        }
    }
}

/// The items of a group with many.
fn groups_mut<'a>(fields: &'a mut Fields, key: &str) -> impl Iterator<Item = &'a mut Fields> {
    let list = match fields.get_mut(key).map(|held| &mut held.value) {
        Some(Value::List(items)) => items.as_mut_slice(),
        _ => &mut [],
    };
    list.iter_mut().filter_map(|item| if let Value::Group(inner) = &mut item.value { Some(inner) } else { None })
}

struct Check<'a> {
    needs: &'a Needs,
    zone: &'a Zone,
    file: &'a SitePath,
    /// The records that an answer may be.
    ids: &'a [value::RecordId],
}

impl Check<'_> {
    fn criterion(&self, criterion: &mut Fields, path: &str, diagnostics: &mut Diagnostics) {
        let [asked, test, values] = CRITERION;
        let (Some(word), Some(how)) = (word(criterion.get(asked)), word(criterion.get(test))) else { return };
        let place = |key: &str, held: Option<&Held>| held.map(|held| held.spot.at(self.file).in_field(format!("{path}.{key}")));
        let Some(question) = self.needs.question(&word) else {
            let words = self.needs.questions.iter().flat_map(|known| known.words().chain([known.key.as_str()]));
            let place = place(asked, criterion.get(asked)).unwrap_or_else(|| Place::start(self.file));
            return diagnostics.push(messages::needs::question_unknown(place, &word, nearest(&word, words)));
        };
        let Some(compare) = Compare::parse(&how) else { return };
        let given = match criterion.value(values) {
            Some(Value::List(items)) => items.clone(),
            Some(_) => criterion.get(values).cloned().into_iter().collect(),
            None => Vec::new(),
        };
        let count = match compare {
            Compare::Yes | Compare::No => given.is_empty(),
            Compare::AtLeast | Compare::AtMost => given.len() == 1,
            _ => !given.is_empty(),
        };
        if !count || !compare.fits(&question.kind) || compare == Compare::Named {
            let place = place(test, criterion.get(test)).unwrap_or_else(|| Place::start(self.file));
            let wanted = match &question.kind {
                Kind::Flag => said("{test: yes} 或 {test: no}，不写 value", "{test: yes} or {test: no}, without a value"),
                kind if kind.counts() => said("{test: at_least, value: 500}，只写一个数", "{test: at_least, value: 500}, with one number"),
                Kind::Choice(_) | Kind::Link { .. } => {
                    said("{test: one_of, value: [选项]}，至少一个选项", "{test: one_of, value: [choice]}, with one choice or more")
                }
                _ => said("另一个问题：文字回答不能自动判断", "another question: a text cannot be judged"),
            };
            return diagnostics.push(messages::needs::criterion_unfit(place, &question.label, &how, wanted));
        }
        let mut plain = Vec::with_capacity(given.len());
        for held in given {
            if let Some(text) = self.value(question, &held, &format!("{path}.{values}"), diagnostics) {
                plain.push(Held::written(Value::Text(text), held.spot));
            }
        }
        if let Some(held) = criterion.get_mut(asked) {
            held.value = Value::Text(question.key.clone());
        }
        if let Some(held) = criterion.get_mut(values) {
            held.value = Value::List(plain);
        }
    }

    /// A value as machines compare it. It is read as the field of a record would be: with units, labels and synonyms.
    fn value(&self, question: &Question, held: &Held, path: &str, diagnostics: &mut Diagnostics) -> Option<String> {
        let Value::Text(text) = &held.value else { return None };
        let node = Node { spot: held.spot, shape: Shape::Scalar(Scalar { text: text.clone(), quoted: false }) };
        let reading = Reading { file: self.file, path, label: &question.label, zone: self.zone, sample: false };
        let value = value::read(&question.kind, &node, &reading, diagnostics)?;
        match value {
            Value::Choice(word) => Some(word),
            Value::Link(Link::Named(name)) => {
                let Kind::Link { to, .. } = &question.kind else { return None };
                let id = name.rsplit('/').next().unwrap_or(&name);
                let known = self.ids.iter().find(|known| *known.id == *id && to.iter().any(|of| **of == *known.of));
                if known.is_none() {
                    let wanted = said(format!("已有内容的编号，“{name}”不存在"), format!("the id of a record; there is no “{name}”"));
                    let place = held.spot.at(self.file).in_field(path);
                    diagnostics.push(messages::needs::criterion_unfit(place, &question.label, &name, wanted));
                }
                known.map(|known| known.id.to_string())
            }
            Value::Money(Money { price: Price::Fixed(amount), .. }) => Some(amount.normalize().to_string()),
            Value::Money(_) => {
                let place = held.spot.at(self.file).in_field(path);
                diagnostics.push(messages::needs::criterion_unfit(place, &question.label, text, said("一个确定的数", "one number")));
                None
            }
            other => value::number::of(&other).map(|number| number.normalize().to_string()),
        }
    }
}

fn word(held: Option<&Held>) -> Option<String> {
    match held.map(|held| &held.value) {
        Some(Value::Text(text) | Value::Choice(text)) => Some(text.clone()),
        _ => None,
    }
}
