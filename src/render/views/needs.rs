//! The questions of `needs.yaml` as a form, and the clauses whose criteria ask them.
//!
//! Every clause stands in the page with its conditions in words and its criteria, so that it can be read and printed
//! without JavaScript; a script only says what the answers mean for each.

use super::facts::{Fact, Reader, joined};
use super::finder::FacetView;
use super::fit;
use super::{Make, in_lang};
use crate::plan::list_url;
use crate::plan::needs::{ClauseAt, clauses, offers};
use crate::read::NeedsPart;
use crate::render::engine::Prepared;
use crate::resolve::{Catalog, rows};
use crate::schema::needs::{CRITERION, Compare, Question, split_from};
use crate::schema::{Field, Type};
use crate::value::{self, Fields, Kind, Lang, Link, Price, Value};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
struct NeedsView {
    groups: Vec<GroupView>,
    clauses: Vec<ClauseView>,
    /// The list of the records that have the clauses.
    clauses_path: String,
    /// What is offered, by type: heading, address of the list, pages by value for readers without scripts.
    offers: Vec<OfferView>,
    /// The scripts that hold the offers, below the root.
    scripts: Vec<String>,
}

#[derive(Serialize)]
struct GroupView {
    key: String,
    label: String,
    questions: Vec<QuestionView>,
}

#[derive(Serialize)]
struct QuestionView {
    key: String,
    label: String,
    hint: String,
    unit: String,
    /// `number`, `choice`, `many`, `flag`, `text`.
    input: &'static str,
    options: Vec<(String, String)>,
}

#[derive(Serialize)]
struct OfferView {
    label: String,
    path: String,
    total: usize,
    facets: Vec<FacetView>,
}

#[derive(Serialize)]
struct ClauseView {
    anchor: String,
    /// The record that has it.
    title: String,
    path: String,
    sample: bool,
    /// The facts of the record, then those of the clause, by their keys.
    record: Vec<Fact>,
    facts: Vec<Fact>,
    criteria: Vec<CriterionView>,
    /// Why it applies to nobody today.
    over: String,
}

#[derive(Serialize)]
struct CriterionView {
    question: String,
    label: String,
    test: &'static str,
    /// The values, as one text for a data attribute.
    values: String,
    /// The rule in words.
    text: String,
}

/// What a page that does something with the questions is given.
pub fn part(make: Make<'_>, what: NeedsPart, lang: Lang) -> Prepared {
    let catalog = make.catalog;
    let needs = &catalog.theme.needs;
    let found = if what == NeedsPart::Match { clauses(catalog, lang) } else { Vec::new() };
    let views: Vec<ClauseView> = found.iter().filter_map(|at| clause(catalog, at, lang)).collect();
    let offered = if what == NeedsPart::Match { Vec::new() } else { offers(catalog, lang) };
    let asked: BTreeSet<&str> = views.iter().flat_map(|view| &view.criteria).map(|one| one.question.as_str()).collect();
    let wanted = |question: &&Question| match what {
        NeedsPart::Form => true,
        NeedsPart::Match => asked.contains(question.key.as_str()),
        NeedsPart::Fit => offered.iter().any(|offer| question.of(&catalog.schemas.types[offer.of].name).is_some()),
    };
    let groups = needs.groups.iter().map(|group| GroupView {
        key: group.key.clone(),
        label: in_lang(&group.label, lang).to_string(),
        questions: needs
            .questions
            .iter()
            .filter(|question| question.group == group.key)
            .filter(wanted)
            .map(|one| question(catalog, one, lang))
            .collect(),
    });
    let of_clauses = needs.clauses.as_ref().and_then(|clauses| catalog.schemas.types.iter().position(|of| *of.name == *clauses.of));
    make.engine.prepare(&NeedsView {
        groups: groups.filter(|group| !group.questions.is_empty()).collect(),
        clauses: views,
        clauses_path: of_clauses.map(|of| list_url(catalog, of, lang).link(catalog.portable)).unwrap_or_default(),
        scripts: if what == NeedsPart::Fit { fit::scripts(catalog, lang) } else { Vec::new() },
        offers: offered
            .iter()
            .map(|offer| OfferView {
                label: title(&catalog.schemas.types[offer.of], lang).to_string(),
                path: list_url(catalog, offer.of, lang).link(catalog.portable),
                total: offer.rows.len(),
                facets: super::finder::facet_views(catalog, offer.of, lang),
            })
            .collect(),
    })
}

/// The heading of the records of a type.
pub fn title(schema: &Type, lang: Lang) -> &str {
    in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang)
}

fn question(catalog: &Catalog, question: &Question, lang: Lang) -> QuestionView {
    let options = options(catalog, question, lang);
    QuestionView {
        key: question.key.clone(),
        label: in_lang(&question.label, lang).to_string(),
        hint: question.hint.as_ref().map(|hint| in_lang(hint, lang).to_string()).unwrap_or_default(),
        unit: question.kind.unit_label(lang),
        input: match &question.kind {
            kind if kind.counts() => "number",
            Kind::Choice(_) | Kind::Link { .. } if question.many => "many",
            Kind::Choice(_) | Kind::Link { .. } => "choice",
            Kind::Flag => "flag",
            _ => "text",
        },
        options,
    }
}

/// What can be chosen. Where several are, only what some record of the field has: nobody seeks a county without parks.
fn options(catalog: &Catalog, question: &Question, lang: Lang) -> Vec<(String, String)> {
    match &question.kind {
        Kind::Choice(choices) => {
            let used = question.many.then(|| used(catalog, question, lang)).flatten();
            let shown = choices.iter().filter(|choice| used.as_ref().is_none_or(|used| used.contains(&choice.key)));
            shown.map(|choice| (choice.key.clone(), in_lang(&choice.label, lang).to_string())).collect()
        }
        Kind::Link { to, .. } => {
            let linked = to.iter().filter_map(|of| catalog.schemas.types.iter().position(|known| *known.name == *of));
            let entries = linked.filter_map(|of| catalog.lists.get(&(of, lang))).flatten().map(|&ix| &catalog.entries[ix]);
            entries.map(|entry| (entry.id.id.to_string(), entry.title.clone())).collect()
        }
        _ => Vec::new(),
    }
}

/// The words that the field of `from:` has in some record.
fn used(catalog: &Catalog, question: &Question, lang: Lang) -> Option<BTreeSet<String>> {
    let (of, field) = split_from(&catalog.schemas, question.from.as_ref()?)?;
    let field = field?;
    let at = catalog.schemas.types.iter().position(|known| known.name == of.name)?;
    let list = catalog.lists.get(&(at, lang)).map_or(&[][..], Vec::as_slice);
    Some(rows::of(list, catalog, of).iter().flat_map(|row| crate::plan::facets::words(row, field)).collect())
}

fn clause(catalog: &Catalog, at: &ClauseAt<'_>, lang: Lang) -> Option<ClauseView> {
    let clauses = catalog.theme.needs.clauses.as_ref()?;
    let entry = &catalog.entries[at.entry];
    let schema = catalog.type_of(entry);
    let reader = Reader { catalog, lang };
    let group = schema.field(&clauses.items)?;
    let of = |fields: &[Field], held: &Fields| -> Vec<Fact> {
        let shown = fields
            .iter()
            .filter(|field| field.key.as_ref() != clauses.criteria && field.key.as_ref() != clauses.items && field.kind != Kind::Group);
        shown.filter_map(|field| reader.fact(field, held.get(&field.key)?, &field.key)).collect()
    };
    let criteria = match at.item.value(&clauses.criteria) {
        Some(Value::List(items)) => items.iter().filter_map(|item| criterion(catalog, &item.value, lang)).collect(),
        _ => Vec::new(),
    };
    let over = at.over.map(|nth| in_lang(&clauses.over[nth].because, lang).to_string()).unwrap_or_default();
    Some(ClauseView {
        anchor: format!("c-{}-{}", entry.id.id, at.nth + 1),
        title: entry.title.clone(),
        path: entry.url.link(catalog.portable),
        sample: entry.sample,
        record: of(&schema.fields, &entry.fields),
        facts: of(&group.fields, at.item),
        criteria,
        over,
    })
}

/// A criterion with its rule in words: `计划投资额 ≥ 500 万元`, `企业类别：A 或 B`.
fn criterion(catalog: &Catalog, value: &Value, lang: Lang) -> Option<CriterionView> {
    let Value::Group(fields) = value else { return None };
    let [asked, test, values] = CRITERION;
    let text = |key: &str| match fields.value(key) {
        Some(Value::Text(text) | Value::Choice(text)) => Some(text.as_str()),
        _ => None,
    };
    let question = catalog.theme.needs.question(text(asked)?)?;
    let test = Compare::parse(text(test)?)?;
    let given: Vec<&str> = fields
        .all(values)
        .into_iter()
        .filter_map(|held| if let Value::Text(text) = &held.value { Some(text.as_str()) } else { None })
        .collect();
    let named = |word: &&str| match &question.kind {
        Kind::Choice(choices) => choices.iter().find(|choice| choice.key == **word).map(|choice| in_lang(&choice.label, lang).to_string()),
        Kind::Link { to, .. } => linked(catalog, to, word, lang),
        kind => number(word, kind, lang),
    };
    let all = given.iter().map(|word| named(word).unwrap_or_else(|| (*word).to_string())).collect::<Vec<String>>();
    let label = in_lang(&question.label, lang).to_string();
    let colon = if lang.is_chinese() { "：" } else { ": " };
    let or = all.join(&catalog.word("rule_or", lang));
    let rule = match test {
        Compare::AtLeast => format!("{label} ≥ {or}"),
        Compare::AtMost => format!("{label} ≤ {or}"),
        Compare::NoneOf => format!("{label}{colon}{}", catalog.word("rule_but", lang).replace("{0}", &or)),
        Compare::Yes => format!("{label}{colon}{}", catalog.word("yes", lang)),
        Compare::No => format!("{label}{colon}{}", catalog.word("no", lang)),
        Compare::OneOf | Compare::Named => format!("{label}{colon}{or}"),
    };
    Some(CriterionView { question: question.key.clone(), label, test: test.word(), values: given.join(" "), text: rule })
}

/// The title of a record that an answer means.
pub fn linked(catalog: &Catalog, to: &[String], id: &str, lang: Lang) -> Option<String> {
    let found = to.iter().find_map(|of| catalog.find(&value::RecordId { of: of.as_str().into(), id: id.into() }, lang));
    found.map(|ix| catalog.entries[ix].title.clone())
}

fn number(text: &str, kind: &Kind, lang: Lang) -> Option<String> {
    let amount: value::Decimal = text.parse().ok()?;
    let value = match kind {
        Kind::Quantity(_) => Value::Quantity(value::Quantity { amount, typed: None }),
        Kind::Money(_) => Value::Money(value::Money { price: Price::Fixed(amount), typed: None }),
        _ => Value::Decimal(amount),
    };
    Some(value::show::show(&value, kind, lang).text)
}

/// A value of an offer as people read it.
pub fn shown(catalog: &Catalog, value: &Value, field: &Field, lang: Lang) -> String {
    match value {
        Value::Link(Link::Record(id)) => catalog.find(id, lang).map(|ix| catalog.entries[ix].title.clone()).unwrap_or_default(),
        other => joined(&Reader { catalog, lang }.pieces(other, field), lang),
    }
}
