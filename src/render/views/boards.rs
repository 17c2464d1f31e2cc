//! Selections in the shapes of boards: tables over records or over the items of a group, rows of stages, groups with sums.

use super::card::{self, Picture};
use super::facts::{self, Piece, Reader};
use super::in_lang;
use super::naming::{self, Name, Rank};
use crate::read::{Column, Selection};
use crate::resolve::{Catalog, EntryIx, url::encode};
use crate::schema::{Condition, Field, Role, Scope, Type};
use crate::value::{self, Decimal, Fields, Held, Kind, Lang, Origin, Value};
use serde::Serialize;

/// A line of a board: a record, or an item of a group of its.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    /// The record.
    pub entry: EntryIx,
    record: &'a Fields,
    item: Option<&'a Fields>,
    /// The anchor of the item on the page of its record, where it has a key.
    anchor: Option<&'a str>,
    /// The key of that group; empty where the line is a record.
    group: &'a str,
}

impl<'a> Line<'a> {
    /// The value at a path.
    pub fn get(&self, path: &str) -> Option<&'a Held> {
        match (self.item, path.strip_prefix(self.group).and_then(|rest| rest.strip_prefix('.'))) {
            (Some(item), Some(rest)) => item.at(rest),
            _ => self.record.at(path),
        }
    }
}

/// The lines of some records: the items of the group that the columns go through, else the records themselves.
pub fn lines<'a>(catalog: &'a Catalog, schema: &'a Type, list: &[EntryIx], selection: &'a Selection) -> Vec<Line<'a>> {
    let group = selection.table.iter().find_map(|column| schema.group_of(&column.path)).unwrap_or_default();
    let key = schema.field(group).and_then(|field| field.item_key.as_deref());
    let within = |condition: &Condition| Condition { path: condition.path_within(group), ..condition.clone() };
    let when: Vec<Condition> = selection.rows.iter().flatten().map(within).collect();
    let mut lines = Vec::new();
    for &entry in list {
        let record = &catalog.entries[entry].fields;
        if group.is_empty() {
            lines.extend(Scope::record(record).holds(&when).then_some(Line { entry, record, item: None, anchor: None, group }));
            continue;
        }
        for held in record.all(group) {
            let Value::Group(item) = &held.value else { continue };
            if (Scope { inner: item, outer: Some(record) }).holds(&when) {
                let anchor = key.and_then(|key| if let Some(Value::Text(text)) = item.value(key) { Some(text.as_str()) } else { None });
                lines.push(Line { entry, record, item: Some(item), anchor, group });
            }
        }
    }
    if selection.order.iter().any(|order| !group.is_empty() && schema.group_of(&order.field) == Some(group)) {
        crate::resolve::sort_rows(&mut lines, |line, path| line.get(path), schema, &selection.order);
    }
    lines
}

/// A heading of a table.
#[derive(Serialize)]
pub struct Heading {
    key: String,
    label: String,
    /// Are its values numbers?
    number: bool,
}

/// A row of a table.
#[derive(Serialize)]
pub struct RowView {
    /// `type/id`.
    record: String,
    /// The record, at the item where it has an anchor, below the root.
    path: String,
    sample: bool,
    state: Option<&'static str>,
    lang: &'static str,
    cells: Vec<Cell>,
}

/// A value in a table.
#[derive(Serialize)]
struct Cell {
    key: String,
    label: String,
    pieces: Vec<Piece>,
    /// The word of a choice, so that a style can mark what is late.
    choice: String,
    number: bool,
    /// Several sentences, better read as a list.
    listed: bool,
    /// Nothing is to be said where there is no value.
    blank: bool,
    pictures: Vec<Picture>,
    bar: Option<Bar>,
    computed: bool,
}

/// A number as a length, in percent of the width.
#[derive(Serialize)]
struct Bar {
    length: String,
    /// Where the least value stands.
    mark: Option<String>,
    /// The least value as people read it.
    least: String,
    reached: Option<bool>,
}

/// What a table needs to draw all its rows alike.
pub struct Table<'a> {
    catalog: &'a Catalog,
    schema: &'a Type,
    lang: Lang,
    columns: Vec<(&'a Column, &'a Field, Option<Decimal>)>,
}

impl<'a> Table<'a> {
    /// Prepares the columns for some lines.
    pub fn new(catalog: &'a Catalog, schema: &'a Type, selection: &'a Selection, lines: &[Line<'_>], lang: Lang) -> Table<'a> {
        let columns = selection.table.iter().filter_map(|column| {
            let field = schema.field_at(&column.path)?;
            let numbers = |path: &String| lines.iter().filter_map(|line| value::number::of(&line.get(path)?.value)).max();
            let most = match &field.kind {
                _ if !column.bar => None,
                Kind::Percent => Some(Decimal::ONE_HUNDRED),
                _ => std::iter::once(&column.path).chain(&column.least).filter_map(numbers).max(),
            };
            Some((column, field, most))
        });
        Table { catalog, schema, lang, columns: columns.collect() }
    }

    /// The headings.
    pub fn headings(&self) -> Vec<Heading> {
        let heading = |(column, field, _): &(&Column, &Field, Option<Decimal>)| Heading {
            key: column.path.clone(),
            label: self.label(column, field),
            number: field.kind.counts(),
        };
        self.columns.iter().map(heading).collect()
    }

    /// A title is named by what it is the title of.
    fn label(&self, column: &Column, field: &Field) -> String {
        let own = if field.role == Some(Role::Title) { &self.schema.label } else { &field.label };
        in_lang(column.label.as_ref().unwrap_or(own), self.lang).to_string()
    }

    /// A row.
    pub fn row(&self, line: &Line<'_>) -> RowView {
        let entry = &self.catalog.entries[line.entry];
        let anchor = line.anchor.map(|key| format!("#u-{}", encode(key))).unwrap_or_default();
        RowView {
            record: entry.id.to_string(),
            path: format!("{}{anchor}", entry.url.link(self.catalog.portable)),
            sample: entry.sample,
            state: card::state_word(entry.state),
            lang: entry.lang.html(),
            cells: self.columns.iter().map(|(column, field, most)| self.cell(line, column, field, *most)).collect(),
        }
    }

    fn cell(&self, line: &Line<'_>, column: &Column, field: &Field, most: Option<Decimal>) -> Cell {
        let reader = Reader { catalog: self.catalog, lang: self.lang };
        let held = line.get(&column.path);
        let is_picture = field.kind == Kind::Image;
        let mut pieces = held.filter(|_| !is_picture).map(|held| reader.pieces(&held.value, field)).unwrap_or_default();
        if field.role == Some(Role::Title) {
            let own = self.catalog.entries[line.entry].url.link(self.catalog.portable);
            pieces.iter_mut().for_each(|piece| piece.path = Some(own.clone()));
        }
        let choice = match held.map(|held| &held.value) {
            Some(Value::Choice(word)) => word.clone(),
            _ => String::new(),
        };
        let long = |piece: &Piece| piece.text.chars().count() > 12;
        Cell {
            key: column.path.clone(),
            label: self.label(column, field),
            listed: pieces.len() > 1 && pieces.iter().any(long),
            choice,
            number: field.kind.counts(),
            blank: column.blank,
            pictures: held.filter(|_| is_picture).map(|held| self.pictures(held)).unwrap_or_default(),
            bar: held.zip(most).and_then(|(held, most)| self.bar(line, held, column, field, most)),
            computed: held.is_some_and(|held| held.from == Origin::Derived),
            pieces,
        }
    }

    fn pictures(&self, held: &Held) -> Vec<Picture> {
        let one = |value: &Value| if let Value::Media(media) = value { card::picture(self.catalog, media) } else { None };
        match &held.value {
            Value::List(items) => items.iter().filter_map(|item| one(&item.value)).collect(),
            value => one(value).into_iter().collect(),
        }
    }

    fn bar(&self, line: &Line<'_>, held: &Held, column: &Column, field: &Field, most: Decimal) -> Option<Bar> {
        let number = value::number::of(&held.value)?;
        let part = |number: Decimal| {
            let share = number.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(most)?;
            Some(format!("{}%", share.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED).round_dp(1).normalize()))
        };
        let wanted = column.least.as_deref().and_then(|path| line.get(path));
        let least = wanted.and_then(|held| value::number::of(&held.value));
        Some(Bar {
            length: part(number)?,
            mark: least.and_then(part),
            least: wanted.map(|held| value::show::show(&held.value, &field.kind, self.lang).text).unwrap_or_default(),
            reached: least.map(|least| number >= least),
        })
    }
}

/// The stages of a record.
#[derive(Serialize)]
pub struct StagesView {
    record: String,
    title: String,
    path: String,
    sample: bool,
    lang: &'static str,
    /// The facts of its card: how it stands.
    facts: Vec<facts::Fact>,
    steps: Vec<Step>,
}

#[derive(Serialize)]
struct Step {
    key: String,
    label: String,
    /// `done`, `late` (its planned day has passed), `planned`, `open`.
    state: &'static str,
    done: Option<(String, String)>,
    planned: Option<(String, String)>,
    /// Days between the planned day and the real one, or today.
    late_by: Option<i64>,
}

/// The stages of some records, each with the dates on which they were reached or planned.
pub fn stages(catalog: &Catalog, schema: &Type, line: &Line<'_>, selection: &Selection, lang: Lang) -> Option<StagesView> {
    let wanted = selection.timeline.as_ref()?;
    let field = schema.field_at(&wanted.dates)?;
    let Kind::Dates(choices) = &field.kind else { return None };
    let dates = |path: &str| match line.get(path).map(|held| &held.value) {
        Some(Value::Dates(dates)) => dates.clone(),
        _ => Vec::new(),
    };
    let (reached, plan) = (dates(&wanted.dates), wanted.plan.as_deref().map(dates).unwrap_or_default());
    let today = catalog.at.day_in(&catalog.site.zone);
    let shown = |day: value::time::Day| {
        let value = Value::Date(day);
        (value::show::show(&value, &Kind::Date, lang).text, value::time::sortable(&value).unwrap_or_default())
    };
    let step = |choice: &value::Choice| {
        let day = |list: &[(String, value::time::Day)]| list.iter().find(|(key, _)| *key == choice.key).map(|(_, day)| *day);
        let (done, planned) = (day(&reached), day(&plan));
        let behind = planned.map(|planned| value::time::days_between(planned, done.unwrap_or(today)));
        let state = match (done, behind) {
            (Some(_), _) => "done",
            (None, Some(days)) if days > 0 => "late",
            (None, Some(_)) => "planned",
            (None, None) => "open",
        };
        Step {
            key: choice.key.clone(),
            label: in_lang(&choice.label, lang).to_string(),
            state,
            done: done.map(shown),
            planned: planned.map(shown),
            late_by: behind.filter(|days| *days > 0),
        }
    };
    let entry = &catalog.entries[line.entry];
    let facts = facts::of_record(catalog, line.entry);
    Some(StagesView {
        record: entry.id.to_string(),
        title: facts.title,
        path: facts.path,
        sample: entry.sample,
        lang: entry.lang.html(),
        facts: facts.facts,
        steps: choices.iter().map(step).collect(),
    })
}

/// A sum.
#[derive(Serialize)]
pub struct SumView {
    key: String,
    label: String,
    text: String,
}

/// The sum of a field over some lines, in the words of its kind. What belongs to a record counts once for it.
pub fn sum(schema: &Type, lines: &[Line<'_>], path: &str, lang: Lang) -> Option<SumView> {
    let field = schema.field_at(path)?;
    let mut numbers: Vec<Decimal> = Vec::new();
    let mut last = None;
    for line in lines {
        let of_item = line.item.is_some() && schema.group_of(path) == Some(line.group);
        if of_item {
            numbers.extend(line.get(path).and_then(|held| value::number::of(&held.value)));
        } else if last != Some(line.entry) {
            numbers.extend(line.record.all(path).into_iter().filter_map(|held| value::number::of(&held.value)));
        }
        last = Some(line.entry);
    }
    let total = numbers.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(*number)).filter(|_| !numbers.is_empty())?;
    let value = match &field.kind {
        Kind::Integer => Value::Integer(total.try_into().ok()?),
        Kind::Quantity(_) => Value::Quantity(value::Quantity { amount: total, typed: None }),
        Kind::Money(_) => Value::Money(value::Money { price: value::Price::Fixed(total), typed: None }),
        _ => Value::Decimal(total),
    };
    Some(SumView {
        key: path.to_string(),
        label: in_lang(&field.label, lang).to_string(),
        text: value::show::show(&value, &field.kind, lang).text,
    })
}

/// Lines under one value of a field.
pub struct Group<'a> {
    /// The word of a choice, else the label.
    pub key: String,
    /// The value as people read it.
    pub label: String,
    /// The lines.
    pub lines: Vec<Line<'a>>,
}

/// The lines by the value of a field, in the order of its words or years; a line with several values stands under each.
pub fn groups<'a>(catalog: &Catalog, schema: &Type, lines: &[Line<'a>], path: &str, lang: Lang) -> Vec<Group<'a>> {
    let Some(field) = schema.field_at(path) else { return Vec::new() };
    let mut found: Vec<(Name, Vec<Line<'a>>)> = Vec::new();
    for line in lines {
        for name in naming::names(catalog, field, line.get(path), lang) {
            match found.iter_mut().find(|(known, _)| *known == name) {
                Some((_, list)) => list.push(*line),
                None => found.push((name, vec![*line])),
            }
        }
    }
    // Years and other names stand in the order in which they came, as the order of the selection says it.
    let rank = |name: &Name| match &name.0 {
        Rank::Time(_) => Rank::Plain,
        other => other.clone(),
    };
    found.sort_by_key(|(name, _)| rank(name));
    let key = |name: &Name| match (&name.0, &field.kind) {
        (Rank::Choice(at), Kind::Choice(choices)) => choices.get(*at).map(|choice| choice.key.clone()).unwrap_or_default(),
        _ => name.1.clone(),
    };
    found.into_iter().map(|(name, lines)| Group { key: key(&name), label: name.1, lines }).collect()
}

/// Since when every line has been verified, where their type says it: the oldest day of all.
pub fn verified(catalog: &Catalog, lines: &[Line<'_>], lang: Lang) -> Option<(String, String)> {
    let days = lines.iter().filter_map(|line| match catalog.role(&catalog.entries[line.entry], Role::Verified)? {
        Value::Date(day) => Some(*day),
        _ => None,
    });
    let value = Value::Date(days.min()?);
    Some((value::show::show(&value, &Kind::Date, lang).text, value::time::sortable(&value)?))
}
