//! The list of kinds. Closed: a new one is a new file beside this and one arm here.

use super::{Unit, text::Check};
use crate::diagnostic::Said;

/// What a field can hold. `many` and the fields of a group belong to the schema's `Field`.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// One line of text.
    Text,
    /// Markdown.
    Markdown,
    /// A whole number.
    Integer,
    /// An exact decimal.
    Decimal,
    /// A percentage; `12.5%` and `12.5` both mean 12.5.
    Percent,
    /// A number with a unit; other units of the same dimension convert.
    Quantity(Unit),
    /// Yuan (`元`) or ten thousand yuan (`万元`), perhaps per something: see [`super::money`].
    Money(super::money::Per),
    /// One of a closed list.
    Choice(Vec<Choice>),
    /// 是 or 否.
    Flag,
    /// A day.
    Date,
    /// A month.
    Month,
    /// A day and a time in the site's zone.
    DateTime,
    /// From and to, in a unit where one makes sense.
    Range(Option<Unit>),
    /// A date for each of some choices (stages of a project).
    Dates(Vec<Choice>),
    /// Another record.
    Link {
        /// The types it may point to.
        to: Vec<String>,
        /// The name under which the other record lists this one.
        back: Option<String>,
        /// May it be plain text where no record exists?
        or_text: bool,
    },
    /// A picture, with its alternative text.
    Image,
    /// An attachment.
    File,
    /// An absolute http or https address.
    Url,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A code with a pattern or a check digit: see [`super::text::Check`].
    Code(Option<Check>),
    /// A colour of the screen: see [`super::colour`].
    Colour,
    /// A point on the earth.
    Place,
    /// Fields of its own.
    Group,
}

/// One of the words of a `choice`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The English key.
    pub key: String,
    /// What people read.
    pub label: Said,
    /// Other words for it.
    pub also: Vec<String>,
}

impl Kind {
    /// Is it one number?
    pub fn counts(&self) -> bool {
        matches!(self, Kind::Integer | Kind::Decimal | Kind::Percent | Kind::Quantity(_) | Kind::Money(_))
    }
    /// The unit of its numbers as people read it; empty where they have none.
    pub fn unit_label(&self, lang: super::Lang) -> String {
        match self {
            Kind::Quantity(unit) | Kind::Range(Some(unit)) => unit.label(lang).to_string(),
            Kind::Money(per) => per.label(lang),
            Kind::Percent => "%".to_string(),
            _ => String::new(),
        }
    }
    /// The word for it in a type file.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Markdown => "markdown",
            Kind::Integer => "integer",
            Kind::Decimal => "decimal",
            Kind::Percent => "percent",
            Kind::Quantity(_) => "quantity",
            Kind::Money(_) => "money",
            Kind::Choice(_) => "choice",
            Kind::Flag => "flag",
            Kind::Date => "date",
            Kind::Month => "month",
            Kind::DateTime => "datetime",
            Kind::Range(_) => "range",
            Kind::Dates(_) => "dates",
            Kind::Link { .. } => "link",
            Kind::Image => "image",
            Kind::File => "file",
            Kind::Url => "url",
            Kind::Phone => "phone",
            Kind::Email => "email",
            Kind::Code(_) => "code",
            Kind::Colour => "colour",
            Kind::Place => "place",
            Kind::Group => "group",
        }
    }
    /// Every word that `kind:` may say in a type file.
    pub const NAMES: [&'static str; 24] = [
        "text", "markdown", "integer", "decimal", "percent", "quantity", "money", "choice", "flag", "date", "month", "datetime", "range",
        "dates", "link", "image", "file", "url", "phone", "email", "code", "colour", "place", "group",
    ];
}
