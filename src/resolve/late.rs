//! What can be judged only now: rules over computed values, links and the clock; computed values that are unlikely;
//! figures that contradict fields.

use super::catalog::{Entry, EntryIx};
use super::compute::Clock;
use crate::diagnostic::{Diagnostics, Said, messages};
use crate::read::check;
use crate::schema::{Field, Role, Schemas, Type};
use crate::source::Spot;
use crate::value::time::{Day, day_of};
use crate::value::{self, Decimal, Fields, Kind, Lang, Unit, Value};
use rayon::prelude::*;

/// Above this difference, in percent, a figure contradicts its field.
const SLACK: i64 = 5;

/// Judges every record in the default language; the others say the same in other words.
pub fn judge(entries: &[Entry], schemas: &Schemas, clock: Clock<'_>, lang: Lang, diagnostics: &mut Diagnostics) {
    let noted: Vec<Diagnostics> = entries
        .par_iter()
        .filter(|entry| entry.lang == lang)
        .map(|entry| {
            let mut noted = Diagnostics::new();
            one(entry, entries, schemas, clock, &mut noted);
            noted
        })
        .collect();
    noted.into_iter().for_each(|noted| diagnostics.append(noted));
}

fn one(entry: &Entry, entries: &[Entry], schemas: &Schemas, clock: Clock<'_>, diagnostics: &mut Diagnostics) {
    let schema = &schemas.types[entry.of];
    let start = Spot { line: entry.line, column: 1, length: 0 };
    let list = |by: &str| entry.backs.iter().find(|(name, _)| name == by).map_or(&[][..], |(_, list)| list.as_slice());
    let date = |ix: &EntryIx| -> Option<Day> {
        let field = schemas.types[entries[*ix].of].with_role(Role::Date)?;
        entries[*ix].fields.value(&field.key).and_then(day_of)
    };
    let answers = |by: &str| list(by).iter().map(date).collect();
    let name = |by: &str| linking(schemas, by);
    let late = check::Late { now: clock.now, calendar: clock.calendar, answers: &answers, name: &name };
    check::late(&entry.fields, schema, &entry.file, start, &late, diagnostics);
    check::computed(&entry.fields, &schema.fields, &entry.file, start, "", diagnostics);
    figures(entry, schema, diagnostics);
}

/// What the link is called behind a back name.
fn linking(schemas: &Schemas, by: &str) -> Option<Said> {
    fn find<'a>(fields: &'a [Field], by: &str) -> Option<&'a Field> {
        fields.iter().find_map(|field| match &field.kind {
            Kind::Link { back: Some(back), .. } if back == by => Some(field),
            _ => find(&field.fields, by),
        })
    }
    schemas.types.iter().find_map(|of| find(&of.fields, by)).map(|field| field.label.clone())
}

/// Figures written by hand whose name is that of a field with another number.
fn figures(entry: &Entry, schema: &Type, diagnostics: &mut Diagnostics) {
    let Some(group) = schema.with_role(Role::Figures) else { return };
    let [name, number, unit, ..] = group.fields.as_slice() else { return };
    let text = |item: &Fields, field: &Field| match item.value(&field.key) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    for (index, held) in entry.fields.all(&group.key).into_iter().enumerate() {
        let Value::Group(item) = &held.value else { continue };
        let (Some(called), Some(written)) = (text(item, name), text(item, number)) else { continue };
        let Some((field, known)) = field_called(&entry.fields, &schema.fields, &called) else { continue };
        let Ok((amount, rest)) = value::number::leading(&written) else { continue };
        let typed = text(item, unit).unwrap_or_default();
        let Some(amount) = in_unit_of(field, amount, if rest.is_empty() { &typed } else { &rest }) else { continue };
        if check::percent_apart(amount, known) > Decimal::from(SLACK) {
            let spot = item.get(&number.key).map_or(held.spot, |held| held.spot);
            let place = spot.at(&entry.file).in_field(format!("{}.{}.{}", group.key, index + 1, number.key));
            let wanted =
                value::show::show(&entry.fields.value(&field.key).cloned().unwrap_or(Value::Decimal(known)), &field.kind, Lang::Zh);
            diagnostics.push(messages::lint::figure_disagrees(place, &called, &format!("{written}{typed}"), &wanted.text));
        }
    }
}

/// The field of a name that holds a number.
fn field_called<'a>(fields: &Fields, schema: &'a [Field], name: &str) -> Option<(&'a Field, Decimal)> {
    let is = |field: &&Field| *field.key == *name || field.label.zh == name || field.also.iter().any(|word| word == name);
    let field = schema.iter().find(is)?;
    Some((field, fields.value(&field.key).and_then(value::number::of)?))
}

/// A number in the unit of a field; `None` where the unit is another kind of thing.
fn in_unit_of(field: &Field, amount: Decimal, unit: &str) -> Option<Decimal> {
    match (&field.kind, unit.trim()) {
        (_, "") => Some(amount),
        (Kind::Quantity(own), word) => Unit::parse(word)?.convert(amount, *own),
        // A count of things goes by many names.
        (Kind::Integer, _) => Some(amount),
        (Kind::Percent, "%" | "％") => Some(amount),
        (Kind::Money(per), word) => (value::money::per(word)? == *per).then_some(amount),
        _ => None,
    }
}
