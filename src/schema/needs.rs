//! What people who seek a place are asked, as data: one list of questions (`needs.yaml` of the theme) that the form of
//! requirements, the fit report, the matching of clauses and the search have in common.
//!
//! A question says what is compared with it. What is asked for is the wish, what a record says is the offer.

use super::model::{Schemas, Section, Type};
use super::rules::Condition;
use crate::diagnostic::{Place, Said};
use crate::value::{Choice, Kind};

/// All of it. Empty where the theme has no such file.
#[derive(Debug, Clone, Default)]
pub struct Needs {
    /// The headings under which the questions stand.
    pub groups: Vec<Section>,
    /// The questions in order.
    pub questions: Vec<Question>,
    /// Whose rows are offers.
    pub offers: Vec<Offer>,
    /// Which records have clauses with criteria.
    pub clauses: Option<Clauses>,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Question {
    /// The key: the name in addresses and in criteria.
    pub key: String,
    /// What is asked.
    pub label: Said,
    /// Other words for it, in criteria and in the search.
    pub also: Vec<String>,
    /// One sentence for the person who answers.
    pub hint: Option<Said>,
    /// The heading under which it stands.
    pub group: String,
    /// What an answer is.
    pub kind: Kind,
    /// `type.field`, where the kind and the choices are those of a field.
    pub from: Option<String>,
    /// Several answers at once?
    pub many: bool,
    /// What of an offer is compared with the answer.
    pub compare: Vec<Comparison>,
    /// Where it was declared.
    pub place: Place,
}

/// What of the records of one type is compared with an answer.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The type.
    pub of: String,
    /// The fields; a row's wins over the record's of the same name. [`SELF`] is the record itself.
    pub fields: Vec<String>,
    /// With `named`: the fields that name what is refused.
    pub refused: Vec<String>,
    /// How.
    pub test: Compare,
    /// Where it was declared.
    pub place: Place,
}

/// In the place of a field: the record itself, by its id.
pub const SELF: &str = "id";

/// How an answer is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// What is offered is at least what is asked for; with choices, stands at or behind it in their order.
    AtLeast,
    /// What is offered is at most what is asked for; with choices, stands at or before it in their order.
    AtMost,
    /// One of the words is one of those asked for.
    OneOf,
    /// None of them is.
    NoneOf,
    /// A text names the choice by its label or a synonym. Silence is no answer: such lists are never complete.
    Named,
    /// The answer is yes.
    Yes,
    /// The answer is no.
    No,
}

impl Compare {
    /// Every one with its word.
    pub const WORDS: [(&'static str, Compare); 7] = [
        ("at_least", Compare::AtLeast),
        ("at_most", Compare::AtMost),
        ("one_of", Compare::OneOf),
        ("none_of", Compare::NoneOf),
        ("named", Compare::Named),
        ("yes", Compare::Yes),
        ("no", Compare::No),
    ];
    /// The one of a word.
    pub fn parse(word: &str) -> Option<Compare> {
        Compare::WORDS.iter().find(|(known, _)| *known == word).map(|(_, test)| *test)
    }
    /// Its word.
    pub fn word(self) -> &'static str {
        Compare::WORDS.iter().find(|(_, test)| *test == self).map_or("", |(word, _)| word)
    }
    /// Can an answer of this kind be compared so?
    pub fn fits(self, kind: &Kind) -> bool {
        match self {
            Compare::AtLeast | Compare::AtMost => kind.counts() || matches!(kind, Kind::Choice(_)),
            Compare::OneOf | Compare::NoneOf => matches!(kind, Kind::Choice(_) | Kind::Link { .. }),
            Compare::Named => matches!(kind, Kind::Choice(_)),
            Compare::Yes | Compare::No => *kind == Kind::Flag,
        }
    }
}

/// A type whose rows are offers.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The type.
    pub of: String,
    /// Only those rows for which these hold.
    pub when: Vec<Condition>,
    /// Where it was declared.
    pub place: Place,
}

/// A type whose records have clauses: items of a group, each with a group of criteria.
#[derive(Debug, Clone)]
pub struct Clauses {
    /// The type.
    pub of: String,
    /// The group of clauses.
    pub items: String,
    /// In a clause: the group of criteria.
    pub criteria: String,
    /// Only those clauses for which these hold.
    pub when: Vec<Condition>,
    /// Clauses that apply to nobody any more, or to nobody yet, and why.
    pub over: Vec<Over>,
    /// Where it was declared.
    pub place: Place,
}

/// Why a clause applies to nobody today.
#[derive(Debug, Clone)]
pub struct Over {
    /// When this holds.
    pub when: Vec<Condition>,
    /// The reason.
    pub because: Said,
}

/// The fields of a criterion: the question, how it is compared, with what.
pub const CRITERION: [&str; 3] = ["question", "test", "value"];

impl Needs {
    /// The question that a key, a label or a synonym means.
    pub fn question(&self, word: &str) -> Option<&Question> {
        let by_word = |question: &&Question| question.words().any(|known| known == word);
        self.questions.iter().find(|question| question.key == word).or_else(|| self.questions.iter().find(by_word))
    }
    /// The question with which a field of a type is compared, and how.
    pub fn about(&self, of: &str, field: &str) -> Option<(&Question, &Comparison)> {
        let found =
            |question: &'_ Question| question.compare.iter().position(|one| one.of == of && one.fields.iter().any(|path| path == field));
        self.questions.iter().find_map(|question| Some((question, &question.compare[found(question)?])))
    }
}

impl Question {
    /// Everything it is called beside its key.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        [self.label.zh.as_str(), self.label.en.as_str()]
            .into_iter()
            .chain(self.also.iter().map(String::as_str))
            .filter(|word| !word.is_empty())
    }
    /// What is compared with it in the records of a type.
    pub fn of(&self, name: &str) -> Option<&Comparison> {
        self.compare.iter().find(|one| one.of == name)
    }
    /// Its choices.
    pub fn choices(&self) -> &[Choice] {
        if let Kind::Choice(choices) = &self.kind { choices } else { &[] }
    }
}

/// The field at a path as a row has it: the item's wins over the record's of the same name.
pub fn field_of_row<'a>(of: &'a Type, path: &str) -> Option<&'a super::Field> {
    let own = of.rows.as_deref().and_then(|rows| of.field(rows)).and_then(|rows| rows.field(path));
    own.or_else(|| of.field_at(path))
}

/// The type and the field of `type.field`.
pub fn split_from<'a>(schemas: &'a Schemas, from: &str) -> Option<(&'a Type, Option<&'a super::Field>)> {
    let (name, path) = from.split_once('.')?;
    let of = schemas.named(name)?;
    Some((of, field_of_row(of, path)))
}
