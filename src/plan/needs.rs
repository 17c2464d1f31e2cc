//! What the questions of `needs.yaml` are compared with: the rows that are offered, the clauses with their criteria.

use crate::read::{NeedsPart, PageDef};
use crate::resolve::rows::{self, Row};
use crate::resolve::{Catalog, EntryIx};
use crate::schema::{Condition, Scope};
use crate::value::{Fields, Lang, Value};

/// The rows of a type that are offered.
pub struct Offered<'a> {
    /// The index of the type.
    pub of: usize,
    /// The rows, each with its number among all rows of the type in the order of its list.
    pub rows: Vec<(usize, Row<'a>)>,
}

/// A clause.
pub struct ClauseAt<'a> {
    /// The record that has it.
    pub entry: EntryIx,
    /// Which of its clauses it is, counted from 0.
    pub nth: usize,
    /// Its fields.
    pub item: &'a Fields,
    /// Which of the reasons for applying to nobody holds.
    pub over: Option<usize>,
}

/// Everything that is offered in a language; types without rows are left out.
pub fn offers(catalog: &Catalog, lang: Lang) -> Vec<Offered<'_>> {
    let mut all = Vec::new();
    for offer in &catalog.theme.needs.offers {
        let Some(of) = catalog.schemas.types.iter().position(|of| *of.name == *offer.of) else { continue };
        let schema = &catalog.schemas.types[of];
        let list = catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice);
        let within = |row: &Row<'_>| match schema.rows.as_deref().and_then(|group| Some((row.item?, group))) {
            Some((item, group)) => holds(item, row.record, &offer.when, group),
            None => Scope::record(row.record).holds(&offer.when),
        };
        let rows: Vec<(usize, Row<'_>)> = rows::of(list, catalog, schema).into_iter().enumerate().filter(|(_, row)| within(row)).collect();
        if !rows.is_empty() {
            all.push(Offered { of, rows });
        }
    }
    all
}

/// Every clause in a language, in the order of the list of its type; those that apply to nobody today last.
pub fn clauses(catalog: &Catalog, lang: Lang) -> Vec<ClauseAt<'_>> {
    let Some(clauses) = &catalog.theme.needs.clauses else { return Vec::new() };
    let Some(of) = catalog.schemas.types.iter().position(|of| *of.name == *clauses.of) else { return Vec::new() };
    let mut all = Vec::new();
    for &entry in catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice) {
        let record = &catalog.entries[entry].fields;
        let Some(Value::List(items)) = record.value(&clauses.items) else { continue };
        for (nth, item) in items.iter().enumerate() {
            let Value::Group(item) = &item.value else { continue };
            if holds(item, record, &clauses.when, &clauses.items) {
                let over = clauses.over.iter().position(|over| holds(item, record, &over.when, &clauses.items));
                all.push(ClauseAt { entry, nth, item, over });
            }
        }
    }
    all.sort_by_key(|clause| clause.over.is_some());
    all
}

fn holds(item: &Fields, record: &Fields, when: &[Condition], group: &str) -> bool {
    let scope = Scope { inner: item, outer: Some(record) };
    when.iter().all(|condition| scope.holds(&[Condition { path: condition.path_within(group), ..condition.clone() }]))
}

/// Has a page something to compare answers with in a language, where it does that?
pub fn has_part(catalog: &Catalog, page: &PageDef, lang: Lang) -> bool {
    match page.needs {
        Some(NeedsPart::Fit) => !offers(catalog, lang).is_empty(),
        Some(NeedsPart::Match) => !clauses(catalog, lang).is_empty(),
        Some(NeedsPart::Form) | None => true,
    }
}

/// `assets/fit-<lang>.<hash>.js`: what is offered. Its name changes with the content of the site.
pub fn data_path(catalog: &Catalog, lang: Lang) -> String {
    format!("assets/fit-{}.{}.js", lang.code(), catalog.digest.get(..10).unwrap_or(&catalog.digest))
}
