//! The closed set of field kinds: what a value can be, how people write it, how it is shown.
//!
//! In: a [`Kind`] and a `Node`. Out: a [`Value`], or a diagnostic that says how to write it. Never: knows a field
//! name, a type, a template or a language of the tool.
//!
//! One file per kind family; [`kind`] is the list, [`value`](self) the results. The kinds `markdown` and `group` are
//! read by `read/`, because they need the parser and the schema.

pub mod chart;
pub mod colour;
mod compound;
pub mod crs;
pub mod doc_no;
pub mod document;
pub mod fields;
pub mod ics;
pub mod json;
pub mod kind;
pub mod lang;
pub mod link;
pub mod media;
pub mod money;
pub mod number;
pub mod pinyin;
pub mod place;
pub mod quantity;
pub mod reading;
pub mod show;
pub mod text;
pub mod time;
pub mod unit;

pub use chart::{Chart, ChartKind};
pub use colour::Colour;
pub use document::{DocImage, DocLink, Document, Heading, Target};
pub use fields::{Fields, Held, Origin};
pub use kind::{Choice, Kind};
pub use lang::Lang;
pub use link::{Link, RecordId};
pub use media::Media;
pub use money::{Money, Price};
pub use place::{Crs, Point};
pub use quantity::Quantity;
pub use reading::{Reading, read};
pub use rust_decimal::Decimal;
pub use time::{Instant, Moment, Month, Zone};
pub use unit::Unit;

/// A typed value. Which variant a field holds follows from its [`Kind`].
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `text`, `url`, `phone`, `email`, `code`, `colour`: one line or a few, never markup.
    Text(String),
    /// `markdown`.
    Markdown(Box<Document>),
    /// `integer`.
    Integer(i64),
    /// `decimal` and `percent` (12.5 means 12.5 %).
    Decimal(Decimal),
    /// `quantity`, in the unit of its kind.
    Quantity(Quantity),
    /// `money`, per the unit of its kind.
    Money(Money),
    /// `choice`: the key of the chosen one.
    Choice(String),
    /// `flag`.
    Flag(bool),
    /// `date`.
    Date(jiff::civil::Date),
    /// `month`.
    Month(Month),
    /// `datetime`, fixed in the zone of the site.
    Moment(Moment),
    /// `range`: at least one end is given.
    Range(Option<Decimal>, Option<Decimal>),
    /// `dates`: a date for some of the choices of the kind, in the order of the kind.
    Dates(Vec<(String, jiff::civil::Date)>),
    /// `link`.
    Link(Link),
    /// `image` and `file`; boxed, because it is by far the largest and the rarest.
    Media(Box<Media>),
    /// `place`.
    Place(Point),
    /// `group`.
    Group(Fields),
    /// Any kind with `many: true`.
    List(Vec<Held>),
}
