//! Lists: the order of records, neighbours, keywords, and what every entry needs to stand in one.

use super::catalog::{Entry, EntryIx, State, Term};
use super::url::PageUrl;
use crate::diagnostic::{Diagnostics, messages, nearest, said};
use crate::read::{ChartQuery, Join, Selection, Site, Theme};
use crate::schema::{Order, Role, Schemas, Type};
use crate::value::{self, Decimal, Fields, Held, Kind, Lang, Value};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// One key of a comparison; absent values come last in either direction.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(Decimal),
    Text(String),
}

/// Sorts entries (which may be of several types) by the order of their type; what is history comes last.
pub fn sort(list: &mut [EntryIx], entries: &[Entry], schemas: &Schemas) {
    let keyed = |ix: EntryIx| {
        let schema = &schemas.types[entries[ix].of];
        keys(&entries[ix].fields, schema, &schema.order)
    };
    let first = |ix: EntryIx| (entries[ix].of, entries[ix].state == State::Archived);
    let mut with: Vec<((usize, bool), Vec<(Option<Key>, bool)>, EntryIx)> = list.par_iter().map(|&ix| (first(ix), keyed(ix), ix)).collect();
    with.par_sort_by(|a, b| a.0.cmp(&b.0).then_with(|| compare(&a.1, &b.1)).then_with(|| entries[a.2].id.cmp(&entries[b.2].id)));
    for (place, (_, _, ix)) in list.iter_mut().zip(with) {
        *place = ix;
    }
}

/// Sorts entries of one type by an order of one's own.
pub fn sort_by(list: &mut [EntryIx], entries: &[Entry], schema: &Type, order: &[Order]) {
    let mut with: Vec<_> = list.iter().map(|&ix| (keys(&entries[ix].fields, schema, order), ix)).collect();
    with.sort_by(|a, b| compare(&a.0, &b.0).then_with(|| entries[a.1].id.cmp(&entries[b.1].id)));
    for (place, (_, ix)) in list.iter_mut().zip(with) {
        *place = ix;
    }
}

/// Sorts rows that are no entries; rows that are alike keep their order.
pub fn sort_rows<'a, T>(rows: &mut [T], get: impl Fn(&T, &str) -> Option<&'a Held>, schema: &Type, order: &[Order]) {
    rows.sort_by_cached_key(|row| Keys(keys_of(|path| get(row, path), schema, order)));
}

/// The keys of a row in an order.
#[derive(PartialEq, Eq)]
struct Keys(Vec<(Option<Key>, bool)>);

impl Ord for Keys {
    fn cmp(&self, other: &Keys) -> Ordering {
        compare(&self.0, &other.0)
    }
}

impl PartialOrd for Keys {
    fn partial_cmp(&self, other: &Keys) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn keys(fields: &Fields, schema: &Type, order: &[Order]) -> Vec<(Option<Key>, bool)> {
    keys_of(|path| fields.at(path), schema, order)
}

fn keys_of<'a>(get: impl Fn(&str) -> Option<&'a Held>, schema: &Type, order: &[Order]) -> Vec<(Option<Key>, bool)> {
    let of = |order: &Order| {
        let kind = schema.field_at(&order.field).map(|field| &field.kind);
        get(&order.field).and_then(|held| key(&held.value, kind))
    };
    order.iter().map(|order| (of(order), order.descending)).collect()
}

fn key(value: &Value, kind: Option<&Kind>) -> Option<Key> {
    Some(match (value, kind) {
        (Value::Choice(word), Some(Kind::Choice(choices))) => Key::Number(choices.iter().position(|choice| choice.key == *word)?.into()),
        (Value::Text(text) | Value::Choice(text), _) => Key::Text(text.clone()),
        (Value::Flag(flag), _) => Key::Number(Decimal::from(u8::from(*flag))),
        (Value::Date(day), _) => Key::Number(value::time::day_number(*day)),
        (Value::Month(month), _) => Key::Text(format!("{:04}-{:02}", month.year, month.month)),
        (Value::Moment(moment), _) => Key::Text(moment.local.to_string()),
        (Value::Money(value::Money { price: value::Price::Range(from, _), .. }), _) => Key::Number(*from),
        (other, _) => Key::Number(value::number::of(other)?),
    })
}

fn compare(a: &[(Option<Key>, bool)], b: &[(Option<Key>, bool)]) -> Ordering {
    for ((a, descending), (b, _)) in a.iter().zip(b) {
        let order = match (a, b) {
            (Some(a), Some(b)) if *descending => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}

/// Summaries that were not written, and the other languages of every entry.
pub fn finish(entries: &mut [Entry], schemas: &Schemas) {
    let mut others: Vec<Vec<(Lang, EntryIx)>> = Vec::with_capacity(entries.len());
    // The languages of a record follow each other.
    for of_record in entries.chunk_by(|a, b| a.id == b.id) {
        let from = others.len();
        let all = || of_record.iter().enumerate().map(|(nth, entry)| (entry.lang, from + nth));
        others.extend(of_record.iter().map(|entry| all().filter(|(lang, _)| *lang != entry.lang).collect()));
    }
    entries.par_iter_mut().zip(others).for_each(|(entry, others)| {
        entry.others = others;
        let schema = &schemas.types[entry.of];
        entry.summary = match schema.with_role(Role::Summary).and_then(|field| entry.fields.value(&field.key)) {
            Some(Value::Text(text)) => text.clone(),
            _ => entry.body.as_ref().map(|body| beginning(&body.text)).unwrap_or_default(),
        };
    });
}

/// The first paragraph, cut at a sentence or at 120 characters.
fn beginning(text: &str) -> String {
    let first = text.lines().map(str::trim).find(|line| line.chars().count() > 12).or_else(|| text.lines().next()).unwrap_or_default();
    if first.chars().count() <= 120 {
        return first.to_string();
    }
    let cut: String = first.chars().take(120).collect();
    match cut.rfind(['。', '！', '？']) {
        Some(at) if at > 60 => cut[..at].to_string() + "。",
        _ => cut + "…",
    }
}

/// The list of every type in every language, in its order, and the neighbours of dated records.
pub fn of_types(entries: &mut [Entry], schemas: &Schemas) -> BTreeMap<(usize, Lang), Vec<EntryIx>> {
    let mut lists: BTreeMap<(usize, Lang), Vec<EntryIx>> = BTreeMap::new();
    for (ix, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.state != State::Withdrawn) {
        lists.entry((entry.of, entry.lang)).or_default().push(ix);
    }
    for ((of, _), list) in &mut lists {
        sort(list, entries, schemas);
        if schemas.types[*of].with_role(Role::Date).is_none() || !schemas.types[*of].feed {
            continue;
        }
        for pair in list.windows(2) {
            // History begins anew: its first record is no neighbour of the last current one.
            if (entries[pair[0]].state == State::Archived) != (entries[pair[1]].state == State::Archived) {
                continue;
            }
            entries[pair[0]].neighbours.1 = Some(pair[1]);
            entries[pair[1]].neighbours.0 = Some(pair[0]);
        }
    }
    lists
}

/// The records that describe columns by the folder of their column; the first in its list, where several name one folder.
pub fn columns(
    entries: &[Entry],
    lists: &BTreeMap<(usize, Lang), Vec<EntryIx>>,
    schemas: &Schemas,
    site: &Site,
) -> BTreeMap<String, value::RecordId> {
    let mut found = BTreeMap::new();
    for ((of, _), list) in lists.iter().filter(|((_, lang), _)| *lang == site.default_lang()) {
        let Some(field) = schemas.types[*of].with_role(Role::Folder) else { continue };
        for &ix in list {
            if let Some(Value::Text(folder)) = entries[ix].fields.value(&field.key) {
                found.entry(folder.clone()).or_insert_with(|| entries[ix].id.clone());
            }
        }
    }
    found
}

/// How many records a feed lists.
const IN_FEED: usize = 30;

/// The newest dated records of every type with a feed, and of all of them together. Sample data of a real site is not
/// news, and neither is what no longer holds.
pub fn feeds(
    entries: &[Entry],
    lists: &BTreeMap<(usize, Lang), Vec<EntryIx>>,
    schemas: &Schemas,
    site: &Site,
) -> BTreeMap<(Option<usize>, Lang), Vec<EntryIx>> {
    let mut dated: BTreeMap<(Option<usize>, Lang), Vec<(String, EntryIx)>> = BTreeMap::new();
    for ((of, lang), list) in lists.iter().filter(|((of, _), _)| schemas.types[*of].feed) {
        let Some(field) = schemas.types[*of].with_role(Role::Date) else { continue };
        for &ix in list.iter().filter(|&&ix| (site.demo || !entries[ix].sample) && entries[ix].state.is_current()) {
            let Some(date) = entries[ix].fields.value(&field.key).and_then(value::time::sortable) else { continue };
            dated.entry((Some(*of), *lang)).or_default().push((date.clone(), ix));
            dated.entry((None, *lang)).or_default().push((date, ix));
        }
    }
    let newest = |mut dated: Vec<(String, EntryIx)>| {
        dated.par_sort_by(|a, b| b.0.cmp(&a.0).then_with(|| entries[a.1].id.cmp(&entries[b.1].id)));
        dated.into_iter().take(IN_FEED).map(|(_, ix)| ix).collect()
    };
    dated.into_par_iter().map(|(key, dated)| (key, newest(dated))).collect()
}

/// The keywords of an entry: under which key each is counted, and how it is written there.
fn words<'e>(entry: &'e Entry, schema: &Type) -> Vec<(String, &'e str)> {
    let field = schema.with_role(Role::Keywords).filter(|_| entry.state != State::Withdrawn);
    let held = field.into_iter().flat_map(|field| entry.fields.all(&field.key));
    held.filter_map(|held| if let Value::Text(word) = &held.value { Some((Term::key(word), word.as_str())) } else { None }).collect()
}

/// The keywords of each language, most used first.
pub fn terms(entries: &[Entry], schemas: &Schemas, site: &Site) -> BTreeMap<Lang, Vec<Term>> {
    let all: Vec<Vec<(String, &str)>> = entries.par_iter().map(|entry| words(entry, &schemas.types[entry.of])).collect();
    let mut found: BTreeMap<Lang, BTreeMap<String, (String, Vec<EntryIx>)>> = BTreeMap::new();
    for (ix, words) in all.into_iter().enumerate() {
        for (key, word) in words {
            // `5G` and `5g` are one keyword, named as it was written first.
            let of_lang = found.entry(entries[ix].lang).or_default();
            let (_, list) = of_lang.entry(key).or_insert_with(|| (word.to_string(), Vec::new()));
            if list.last() != Some(&ix) {
                list.push(ix);
            }
        }
    }
    let default = site.default_lang();
    let of_lang = |(lang, words): (Lang, BTreeMap<String, (String, Vec<EntryIx>)>)| {
        let mut slugs: BTreeMap<String, usize> = BTreeMap::new();
        let finish = |(key, (name, mut list)): (String, (String, Vec<EntryIx>))| {
            sort(&mut list, entries, schemas);
            // `C` and `C++` are two keywords with the same letters.
            let slug = slug(&name);
            let nth = slugs.entry(slug.clone()).and_modify(|nth| *nth += 1).or_insert(1);
            let slug = if *nth == 1 { slug } else { format!("{slug}--{nth}") };
            Term { url: PageUrl::new(lang, default, "tags").child(&slug), name, key, entries: list }
        };
        let mut terms: Vec<Term> = words.into_iter().map(finish).collect();
        terms.sort_by(|a, b| b.entries.len().cmp(&a.entries.len()).then_with(|| a.name.cmp(&b.name)));
        (lang, terms)
    };
    found.into_iter().map(of_lang).collect()
}

/// A keyword as a folder name that every system can hold: letters and digits stay, everything else becomes `-`.
fn slug(word: &str) -> String {
    let plain: String = word.trim().to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let joined: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    if joined.is_empty() { "-".to_string() } else { joined.join("-") }
}

/// Notes page definitions that select types or fields that are not there.
pub fn check_selections(theme: &Theme, schemas: &Schemas, diagnostics: &mut Diagnostics) {
    for page in &theme.pages {
        if let Some(of) = page.record.as_ref().filter(|of| schemas.named(of).is_none()) {
            let near = nearest(of, schemas.types.iter().map(|of| &*of.name));
            diagnostics.push(messages::resolve::selection_unknown(page.place.clone(), of, near));
        }
        for selection in &page.select {
            let Some(schema) = schemas.named(&selection.of) else {
                let near = nearest(&selection.of, schemas.types.iter().map(|of| &*of.name));
                diagnostics.push(messages::resolve::selection_unknown(page.place.clone(), &selection.of, near));
                continue;
            };
            let conditions = selection.when.iter().map(|condition| &condition.path);
            let rows = selection.rows.iter().flatten().map(|condition| &condition.path);
            let orders = selection.order.iter().map(|order| &order.field);
            let joins = match &selection.join {
                Some(Join::To(field) | Join::About(field)) => vec![field],
                Some(Join::Same { fields, nearest }) => fields.iter().chain(nearest).collect(),
                Some(Join::Own) | None => Vec::new(),
            };
            let paths = conditions.chain(orders).chain(&selection.group).chain(&selection.sums).chain(joins);
            for path in paths.chain(rows).filter(|path| schema.field_at(path).is_none()) {
                let near = nearest(path, schema.fields.iter().map(|field| &*field.key));
                diagnostics.push(messages::resolve::selection_unknown(page.place.clone(), path, near));
            }
            selection.chart.iter().chain(&selection.charts).for_each(|chart| check_chart(chart, schema, diagnostics));
            check_shapes(selection, schema, diagnostics);
        }
    }
}

/// The columns of a table must be fields, and may go through one group of many; a row of stages needs dates.
fn check_shapes(selection: &Selection, schema: &Type, diagnostics: &mut Diagnostics) {
    let mut through: Option<&str> = None;
    for column in &selection.table {
        for path in std::iter::once(&column.path).chain(&column.least) {
            let Some(field) = schema.field_at(path) else {
                let near = nearest(path, schema.fields.iter().map(|field| &*field.key));
                diagnostics.push(messages::resolve::selection_unknown(column.place.clone(), path, near));
                continue;
            };
            if column.bar && !field.kind.counts() {
                let wanted = said("数字类的字段", "a number");
                diagnostics.push(messages::schema::kind_unfit(column.place.clone(), "bar", path, field.kind.name(), wanted));
            }
            let group = schema.group_of(path);
            if let (Some(known), Some(group)) = (through, group)
                && known != group
            {
                let wanted = said(format!("{known} 里的字段"), format!("a field of {known}"));
                diagnostics.push(messages::schema::kind_unfit(column.place.clone(), "table", path, "group", wanted));
            }
            through = through.or(group);
        }
    }
    for (place, path) in
        selection.timeline.iter().flat_map(|line| std::iter::once(&line.dates).chain(&line.plan).map(|path| (&line.place, path)))
    {
        match schema.field_at(path) {
            None => {
                let near = nearest(path, schema.fields.iter().map(|field| &*field.key));
                diagnostics.push(messages::resolve::selection_unknown(place.clone(), path, near));
            }
            Some(field) if !matches!(field.kind, Kind::Dates(_)) => {
                let wanted = said("dates 类的字段", "dates by choice");
                diagnostics.push(messages::schema::kind_unfit(place.clone(), "timeline", path, field.kind.name(), wanted));
            }
            Some(_) => {}
        }
    }
}

fn check_chart(chart: &ChartQuery, schema: &Type, diagnostics: &mut Diagnostics) {
    let names = std::iter::once(&chart.by).chain(&chart.split).chain(&chart.to).chain(&chart.value);
    for path in names.chain(chart.when.iter().map(|condition| &condition.path)).filter(|path| schema.field_at(path).is_none()) {
        let near = nearest(path, schema.fields.iter().map(|field| &*field.key));
        diagnostics.push(messages::resolve::selection_unknown(chart.place.clone(), path, near));
    }
    let summed = chart.value.as_deref().and_then(|path| schema.field_at(path));
    if let Some(field) = summed.filter(|field| !field.kind.counts()) {
        let wanted = said("数字类的字段", "a number");
        diagnostics.push(messages::schema::kind_unfit(chart.place.clone(), "chart", &field.key, field.kind.name(), wanted));
    }
}
