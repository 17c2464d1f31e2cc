//! The archive of a dated list: a page for every year and for every month of it.

use super::list_url;
use crate::resolve::{Catalog, EntryIx, PageUrl};
use crate::schema::Role;
use crate::value::{Lang, time};
use std::collections::BTreeMap;

/// A year, or a month of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// The year.
    pub year: i16,
    /// The month from 1; `None` means the whole year.
    pub month: Option<i8>,
}

impl Period {
    /// The address of its page.
    pub fn url(self, catalog: &Catalog, of: usize, lang: Lang) -> PageUrl {
        let name = match self.month {
            Some(month) => format!("archive/{:04}-{month:02}", self.year),
            None => format!("archive/{:04}", self.year),
        };
        list_url(catalog, of, lang).child(&name)
    }
}

/// The periods of a list with their records in the order of the list, the oldest first.
pub type Periods = BTreeMap<Period, Vec<EntryIx>>;

/// The periods of a list; none where its type asks for no archive.
pub fn periods(catalog: &Catalog, of: usize, lang: Lang) -> Periods {
    let mut found = Periods::new();
    let schema = &catalog.schemas.types[of];
    if !schema.archive || schema.finder.is_some() {
        return found;
    }
    for &ix in catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice) {
        let Some(date) = catalog.role(&catalog.entries[ix], Role::Date).and_then(time::sortable) else { continue };
        let (Some(Ok(year)), Some(Ok(month))) = (date.get(..4).map(str::parse), date.get(5..7).map(str::parse)) else { continue };
        found.entry(Period { year, month: None }).or_default().push(ix);
        found.entry(Period { year, month: Some(month) }).or_default().push(ix);
    }
    found
}
