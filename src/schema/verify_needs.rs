//! Checks that the questions fit the types: names, paths, kinds and units; and takes over what `from:` says.

use super::Schemas;
use super::model::{Field, Privacy, Type};
use super::needs::{CRITERION, Compare, Comparison, Needs, Question, SELF, field_of_row, split_from};
use super::verify::Checker;
use crate::diagnostic::{Diagnostics, Place, Said, messages, nearest, said};
use crate::value::{Kind, Lang};

/// Checks everything; what does not fit was noted.
pub fn settle(needs: &mut Needs, schemas: &Schemas, diagnostics: &mut Diagnostics) {
    for question in &mut needs.questions {
        if let Some(from) = question.from.clone() {
            taken_over(question, &from, schemas, diagnostics);
        }
    }
    for (at, question) in needs.questions.iter().enumerate() {
        if !needs.groups.iter().any(|group| group.key == question.group) {
            let near = nearest(&question.group, needs.groups.iter().map(|group| group.key.as_str()));
            diagnostics.push(messages::schema::section_unknown(question.place.clone(), &question.group, near));
        }
        for other in &needs.questions[..at] {
            let mut words = question.words().chain([question.key.as_str()]);
            if let Some(word) = words.find(|word| other.key == *word || other.words().any(|known| known == *word)) {
                let place = question.place.clone();
                diagnostics.push(messages::schema::label_twice(place, word, &question.key, &other.key, other.place.clone()));
            }
        }
        for (nth, one) in question.compare.iter().enumerate() {
            if let Some(first) = question.compare[..nth].iter().find(|first| first.of == one.of) {
                diagnostics.push(messages::needs::compared_twice(one.place.clone(), &question.key, &one.of, first.place.clone()));
            }
            if let Some(of) = known(schemas, &one.of, &one.place, diagnostics) {
                compared(question, one, of, diagnostics);
            }
        }
    }
    for offer in &needs.offers {
        if let Some(of) = known(schemas, &offer.of, &offer.place, diagnostics) {
            Checker { schemas, of, diagnostics }.conditions("where", &offer.when, None, &offer.place);
        }
    }
    let Some(clauses) = &needs.clauses else { return };
    let Some(of) = known(schemas, &clauses.of, &clauses.place, diagnostics) else { return };
    let group = |field: Option<&Field>| field.is_some_and(|field| field.kind == Kind::Group && field.many);
    let criteria = format!("{}.{}", clauses.items, clauses.criteria);
    for path in [&clauses.items, &criteria] {
        match of.field_at(path) {
            None => unknown("clauses", path, of, &clauses.place, diagnostics),
            field if !group(field) => {
                let (kind, wanted) = (field.map_or("", |field| field.kind.name()), said("可以有多项的 group", "a group with many items"));
                diagnostics.push(messages::schema::kind_unfit(clauses.place.clone(), "clauses", path, kind, wanted));
            }
            Some(_) => {}
        }
    }
    for key in CRITERION {
        let path = format!("{criteria}.{key}");
        if of.field_at(&criteria).is_some() && of.field_at(&path).is_none() {
            unknown("clauses", &path, of, &clauses.place, diagnostics);
        }
    }
    let mut checker = Checker { schemas, of, diagnostics };
    checker.conditions("where", &clauses.when, None, &clauses.place);
    for over in &clauses.over {
        checker.conditions("when", &over.when, None, &clauses.place);
    }
}

fn known<'a>(schemas: &'a Schemas, name: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<&'a Type> {
    let found = schemas.named(name);
    if found.is_none() {
        let near = nearest(name, schemas.types.iter().map(|of| &*of.name));
        diagnostics.push(messages::needs::type_unknown(place.clone(), name, near));
    }
    found
}

fn unknown(attribute: &str, path: &str, of: &Type, place: &Place, diagnostics: &mut Diagnostics) {
    let (group, key) = path.rsplit_once('.').unwrap_or(("", path));
    let fields = of.field_at(group).map_or(&of.fields, |group| &group.fields);
    let rows = of.rows.as_deref().and_then(|rows| of.field(rows)).map_or(&[][..], |rows| rows.fields.as_slice());
    let near = nearest(key, fields.iter().chain(rows).map(|field| &*field.key));
    diagnostics.push(messages::schema::path_unknown(place.clone(), attribute, path, &of.name, near));
}

/// The kind, the choices and, where it has none, the label of the field that `from:` names.
fn taken_over(question: &mut Question, from: &str, schemas: &Schemas, diagnostics: &mut Diagnostics) {
    let Some((of, field)) = split_from(schemas, from) else {
        let name = from.split('.').next().unwrap_or(from);
        known(schemas, name, &question.place, diagnostics);
        return;
    };
    let Some(field) = field else {
        return unknown("from", from.split_once('.').map_or(from, |(_, path)| path), of, &question.place, diagnostics);
    };
    let answers = field.kind.counts() || matches!(field.kind, Kind::Choice(_) | Kind::Link { .. } | Kind::Flag);
    if !answers {
        let wanted = said("数字、选项、是否或链接类的字段", "a number, a choice, a flag or a link");
        diagnostics.push(messages::schema::kind_unfit(question.place.clone(), "from", from, field.kind.name(), wanted));
    }
    question.kind = field.kind.clone();
    if question.label == Said::default() {
        question.label = field.label.clone();
    }
}

/// Does a comparison fit its question and its fields?
fn compared(question: &Question, one: &Comparison, of: &Type, diagnostics: &mut Diagnostics) {
    let word = one.test.word();
    if !one.test.fits(&question.kind) {
        let wanted = said(
            "能这样比较的问题（数字用 at_least、at_most，选项用 one_of、named，是否用 yes）",
            "a question that can be compared so (numbers: at_least, at_most; choices: one_of, named; flags: yes)",
        );
        return diagnostics.push(messages::schema::kind_unfit(one.place.clone(), word, &question.key, question.kind.name(), wanted));
    }
    for path in one.fields.iter().chain(&one.refused) {
        if path == SELF {
            continue;
        }
        let Some(field) = field_of_row(of, path) else {
            unknown("compare", path, of, &one.place, diagnostics);
            continue;
        };
        if let Some(wanted) = unfit(question, one.test, field) {
            diagnostics.push(messages::schema::kind_unfit(one.place.clone(), word, path, field.kind.name(), wanted));
        }
    }
}

/// What a field should be instead, where it cannot be compared.
fn unfit(question: &Question, test: Compare, field: &Field) -> Option<Said> {
    if field.privacy == Privacy::Private {
        return Some(said("公开的字段", "a public field"));
    }
    let keys = |kind: &Kind| match kind {
        Kind::Choice(choices) => choices.iter().map(|choice| choice.key.clone()).collect(),
        _ => Vec::new(),
    };
    match (test, &question.kind) {
        (Compare::AtLeast | Compare::AtMost, Kind::Choice(_)) if keys(&question.kind) != keys(&field.kind) => {
            Some(said("选项和次序都相同的 choice 字段", "a choice of the same words in the same order"))
        }
        (Compare::AtLeast | Compare::AtMost, kind) if kind.counts() => {
            let same = field.kind.counts() && field.kind.unit_label(Lang::Zh) == kind.unit_label(Lang::Zh);
            let unit = kind.unit_label(Lang::Zh);
            (!same).then(|| said(format!("单位也是“{unit}”的数字字段"), format!("a number whose unit is “{unit}”")))
        }
        (Compare::OneOf | Compare::NoneOf, Kind::Link { .. }) => {
            (!matches!(field.kind, Kind::Link { .. })).then(|| said("link 字段", "a link"))
        }
        (Compare::OneOf | Compare::NoneOf, Kind::Choice(choices)) => {
            let words: Vec<String> = keys(&field.kind);
            let means = |choice: &crate::value::Choice| std::iter::once(&choice.key).chain(&choice.also).any(|word| words.contains(word));
            (!choices.iter().all(means)).then(|| {
                said(
                    "有同样选项的 choice 字段（别的说法写进选项的 also）",
                    "a choice with the same words (others go into also of the choice)",
                )
            })
        }
        (Compare::Named, _) => (!matches!(field.kind, Kind::Text | Kind::Code(_))).then(|| said("文字或代码字段", "a text or a code")),
        (Compare::Yes | Compare::No, _) => {
            (field.kind != Kind::Flag && !field.kind.counts()).then(|| said("是否或数字字段", "a flag or a number"))
        }
        _ => None,
    }
}
