//! Charts made from records: of the items of a group, and over the records of a selection.

use super::facts::{Reader, joined};
use super::naming::{Name, Rank, names};
use super::{Make, in_lang};
use crate::read::ChartQuery;
use crate::render::charts::{ChartView, view};
use crate::resolve::EntryIx;
use crate::schema::{ChartSpec, Field, Role, Scope, Show, Type};
use crate::value::chart::{Chart, ChartKind, Point};
use crate::value::{Decimal, Fields, Held, Kind, Lang, Value, number, time};

/// The charts of a group, above its table; the table of the page has their numbers.
pub fn of_group(reader: Reader<'_>, group: &Field, rows: &[&Fields], path: &str) -> Vec<ChartView> {
    let made = group.charts.iter().enumerate().filter_map(|(at, spec)| Some((at, of_items(reader, group, spec, rows)?)));
    let named = made.map(|(at, chart)| view(&Chart { id: format!("chart-{}-{at}", path.replace('.', "-")), ..chart }, false));
    named.filter(|view| view.drawing.is_some()).collect()
}

fn of_items(reader: Reader<'_>, group: &Field, spec: &ChartSpec, rows: &[&Fields]) -> Option<Chart> {
    let lang = reader.lang;
    let label = group.field(&spec.x)?;
    let goal = spec.to.as_deref().and_then(|to| group.field(to));
    let drawn: Vec<&Field> = spec.y.iter().filter_map(|key| group.field(key)).filter(|field| !field.shows(Show::Nowhere)).collect();
    let named = |fields: &Fields, field: &Field| fields.value(&field.key).map(|value| joined(&reader.pieces(value, field), lang));
    let mut rows: Vec<&&Fields> = rows.iter().collect();
    if spec.kind == ChartKind::Line {
        // Time runs from left to right, whichever end was written first.
        rows.sort_by_key(|row| row.value(&label.key).map(in_time));
    }
    let point = |row: &&Fields| {
        Some(Point {
            label: named(row, label)?,
            to: goal.and_then(|goal| named(row, goal)),
            values: drawn.iter().map(|field| row.value(&field.key).and_then(number::of)).collect(),
        })
    };
    let series: Vec<String> = drawn.iter().map(|field| in_lang(&field.label, lang).to_string()).collect();
    let title = spec.title.as_ref().map_or_else(
        || format!("{}{}", series.join(if lang.is_chinese() { "、" } else { ", " }), by_label(label, lang)),
        |said| in_lang(said, lang).to_string(),
    );
    Some(Chart {
        kind: spec.kind,
        id: String::new(),
        title,
        unit: drawn.first()?.kind.unit_label(lang),
        head: in_lang(&label.label, lang).to_string(),
        to_head: goal.map(|goal| in_lang(&goal.label, lang).to_string()).unwrap_or_default(),
        series,
        points: rows.into_iter().filter_map(point).collect(),
        source: String::new(),
        as_of: String::new(),
    })
}

/// `（按年份）`, `by year`.
fn by_label(field: &Field, lang: Lang) -> String {
    let label = in_lang(&field.label, lang);
    if lang.is_chinese() { format!("（按{label}）") } else { format!(" by {}", label.to_lowercase()) }
}

/// The heading of a chart over records: `各园区可租面积` where each record is a row of its own.
fn over(schema: &Type, by: &Field, heading: &str, lang: Lang) -> String {
    match (by.role == Some(Role::Title), lang.is_chinese()) {
        (true, true) => format!("各{}{heading}", in_lang(&schema.label, lang)),
        (true, false) => format!("{heading} by {}", in_lang(&schema.label, lang).to_lowercase()),
        (false, _) => format!("{heading}{}", by_label(by, lang)),
    }
}

/// The order of time: numbers as numbers, dates as dates, everything else as it reads.
fn in_time(value: &Value) -> (Option<Decimal>, String) {
    match value {
        Value::Text(text) => (text.parse().ok(), text.clone()),
        other => (number::of(other), time::sortable(other).unwrap_or_default()),
    }
}

/// One thing that is counted: a record, or an item of the group that a query goes through.
struct Unit<'a> {
    record: &'a Fields,
    item: Option<&'a Fields>,
    group: &'a str,
}

impl<'a> Unit<'a> {
    fn get(&self, path: &str) -> Option<&'a Held> {
        match (self.item, path.strip_prefix(self.group).and_then(|rest| rest.strip_prefix('.'))) {
            (Some(item), Some(rest)) => item.at(rest),
            _ => self.record.at(path),
        }
    }
}

/// A chart over the records of a selection.
pub fn of_selection(make: Make<'_>, schema: &Type, list: &[EntryIx], query: &ChartQuery, name: &str, lang: Lang) -> Option<ChartView> {
    let catalog = make.catalog;
    let by = schema.field_at(&query.by)?;
    let split = query.split.as_deref().and_then(|path| schema.field_at(path));
    let to = query.to.as_deref().and_then(|path| schema.field_at(path));
    let value = query.value.as_deref().and_then(|path| schema.field_at(path));
    let count = make.word("chart_count", lang);
    let rows_of = |field: &Field, path: &str, unit: &Unit<'_>| names(catalog, field, unit.get(path), lang);
    let mut rows: Vec<(Name, Option<Name>)> = Vec::new();
    let mut columns: Vec<Name> = Vec::new();
    let mut sums: Vec<(usize, usize, Decimal)> = Vec::new();
    for unit in units(make, schema, list, query) {
        let amount = match query.value.as_deref() {
            None => Some(Decimal::ONE),
            Some(path) => unit.get(path).and_then(|held| number::of(&held.value)),
        };
        let series = split.map_or_else(
            || vec![(Rank::First, value.map_or_else(|| count.clone(), |field| in_lang(&field.label, lang).to_string()))],
            |field| rows_of(field, query.split.as_deref().unwrap_or_default(), &unit),
        );
        let goals =
            to.map_or_else(|| vec![None], |to| rows_of(to, query.to.as_deref().unwrap_or_default(), &unit).into_iter().map(Some).collect());
        for label in rows_of(by, &query.by, &unit) {
            for goal in &goals {
                let row = place(&mut rows, (label.clone(), goal.clone()));
                for column in &series {
                    let column = place(&mut columns, column.clone());
                    sums.extend(amount.map(|amount| (row, column, amount)));
                }
            }
        }
    }
    // Nothing counted is zero; nothing to sum is not known.
    let none = query.value.is_none().then_some(Decimal::ZERO);
    let mut points: Vec<(Name, Point)> = rows
        .into_iter()
        .map(|(label, goal)| {
            let point = Point { label: label.1.clone(), to: goal.map(|goal| goal.1), values: vec![none; columns.len()] };
            (label, point)
        })
        .collect();
    for (row, column, amount) in sums {
        let cell = &mut points[row].1.values[column];
        *cell = Some(cell.unwrap_or_default().checked_add(amount)?);
    }
    order(&mut points, query.kind);
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(|at| columns[*at].0.clone());
    let pick = |values: &[Option<Decimal>]| order.iter().map(|at| values[*at]).collect();
    let heading = value.map_or_else(|| format!("{}{count}", in_lang(&schema.label, lang)), |field| in_lang(&field.label, lang).to_string());
    let chart = Chart {
        kind: query.kind,
        id: format!("chart-{name}"),
        title: query.title.as_ref().map_or_else(|| over(schema, by, &heading, lang), |said| in_lang(said, lang).to_string()),
        unit: value.map(|field| field.kind.unit_label(lang)).unwrap_or_default(),
        head: match &by.kind {
            Kind::Dates(_) => make.word("chart_stage", lang),
            _ => in_lang(if by.role == Some(Role::Title) { &schema.label } else { &by.label }, lang).to_string(),
        },
        to_head: to.map(|to| in_lang(&to.label, lang).to_string()).unwrap_or_default(),
        series: order.iter().map(|at| columns[*at].1.clone()).collect(),
        points: points.into_iter().map(|(_, point)| Point { values: pick(&point.values), ..point }).collect(),
        source: make.word("chart_from_site", lang),
        as_of: crate::value::show::show(&Value::Date(catalog.at.day_in(&catalog.site.zone)), &Kind::Date, lang).text,
    };
    Some(view(&chart, true)).filter(|view| view.rows > 0)
}

/// What is counted: the items of the one group that the paths go through, else the records.
fn units<'a>(make: Make<'a>, schema: &'a Type, list: &[EntryIx], query: &'a ChartQuery) -> Vec<Unit<'a>> {
    let paths = [Some(&query.by), query.value.as_ref(), query.split.as_ref(), query.to.as_ref()];
    let through = paths.into_iter().flatten().chain(query.when.iter().map(|condition| &condition.path)).find_map(|path| {
        let first = path.split('.').next()?;
        schema.field(first).filter(|field| field.kind == Kind::Group && field.many).map(|_| first)
    });
    let when: Vec<_> = query
        .when
        .iter()
        .map(|condition| crate::schema::Condition {
            path: through.map_or_else(|| condition.path.clone(), |group| condition.path_within(group)),
            test: condition.test.clone(),
        })
        .collect();
    let mut units = Vec::new();
    for &ix in list {
        let record = &make.catalog.entries[ix].fields;
        let Some(group) = through else {
            if Scope::record(record).holds(&when) {
                units.push(Unit { record, item: None, group: "" });
            }
            continue;
        };
        for held in record.all(group) {
            if let Value::Group(item) = &held.value
                && (Scope { inner: item, outer: Some(record) }).holds(&when)
            {
                units.push(Unit { record, item: Some(item), group });
            }
        }
    }
    units
}

fn place<T: PartialEq>(known: &mut Vec<T>, wanted: T) -> usize {
    known.iter().position(|other| *other == wanted).unwrap_or_else(|| {
        known.push(wanted);
        known.len() - 1
    })
}

/// Choices and years in their order, other names by their amount, the largest first.
fn order(points: &mut [(Name, Point)], kind: ChartKind) {
    let total = |point: &Point| point.values.iter().flatten().fold(Decimal::ZERO, |sum, value| sum.checked_add(*value).unwrap_or(sum));
    points.sort_by(|(a, one), (b, other)| {
        a.0.cmp(&b.0).then_with(|| {
            if a.0 == Rank::Plain && kind != ChartKind::Flow { total(other).cmp(&total(one)) } else { std::cmp::Ordering::Equal }
        })
    });
}
