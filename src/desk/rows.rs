//! A sheet → records as it tells them: where the header is, which rows belong together, what each cell asks for.

use super::cell::{Reader, Wish};
use super::columns::{self, Column, Meant};
use super::{Cell, Grid, Spot};
use crate::diagnostic::{Diagnostics, SitePath, messages};
use crate::read::keys::KeyTable;
use crate::schema::{Role, Type};
use std::collections::{BTreeMap, HashMap};

/// So many rows may stand above the header.
const ABOVE: usize = 10;
/// What the first cell of a row of sums says.
const SUMS: [&str; 7] = ["合计", "总计", "小计", "共计", "平均", "合 计", "总 计"];
/// How the first cell of a row begins that is no record.
const REMARKS: [&str; 7] = ["注：", "注:", "备注：", "备注:", "说明：", "填表", "制表"];

/// Dotted.
pub fn join<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().collect::<Vec<&str>>().join(".")
}

/// The header of a sheet.
pub struct Head<'s> {
    /// The row of the headers.
    pub row: u32,
    /// The first row below them.
    pub first: u32,
    /// The column of the ids.
    pub id: Option<u32>,
    /// The columns that are read.
    pub columns: Vec<(u32, Column<'s>)>,
}

/// A cell of a record.
#[derive(Debug)]
pub struct Given {
    /// Which of the columns of the head.
    pub column: usize,
    /// Where.
    pub spot: Spot,
    /// What it asks for.
    pub wish: Wish,
}

/// A record as the sheet tells it.
#[derive(Debug, Default)]
pub struct Draft {
    /// Its id, where the sheet says it.
    pub id: Option<(String, Spot)>,
    /// Its title, where the sheet says it.
    pub title: Option<(String, Spot)>,
    /// Its rows.
    pub rows: Vec<u32>,
    /// Its values.
    pub values: Vec<Given>,
    /// The items of its lists, by the key of the list, each with its row.
    pub lists: Vec<(String, Vec<(u32, Vec<Given>)>)>,
    /// The cells that could not be read.
    pub faults: Vec<Spot>,
}

/// What a sheet is read with.
pub struct Sheet<'a, 's> {
    /// The type.
    pub of: &'s Type,
    /// Its words.
    pub keys: &'a KeyTable,
    /// The workbook.
    pub file: &'a SitePath,
    /// The sheet.
    pub grid: &'a Grid,
}

impl<'s> Sheet<'_, 's> {
    fn header(&self, row: u32, column: u32) -> Option<String> {
        self.grid.at(row, column).and_then(Cell::text).filter(|text| !text.is_empty())
    }

    /// How many cells of a row are headers that mean something.
    fn score(&self, row: u32) -> usize {
        let known = |text: &String| !matches!(columns::find(self.of, self.keys, text), Meant::Nothing);
        self.grid.row(row).filter_map(|(_, cell)| cell.text()).filter(known).count()
    }

    /// Finds the header and what its cells mean. Faults are noted; `None` where there is no header at all.
    pub fn head(&self, diagnostics: &mut Diagnostics) -> Option<Head<'s>> {
        let rows = self.grid.rows();
        let best = rows.iter().take(ABOVE).map(|row| (self.score(*row), *row)).max_by_key(|(score, row)| (*score, std::cmp::Reverse(*row)));
        let Some((_, row)) = best.filter(|(score, _)| *score > 0) else {
            let spot = Spot::new(rows.first().copied().unwrap_or(1), 1);
            let found = messages::desk::header_missing(self.grid.place(self.file, spot), &self.of.label);
            diagnostics.push(self.grid.said_of(self.file, spot, found));
            return None;
        };
        // A header over several columns has its parts in the row below.
        let wide = |column: u32| {
            self.grid.merged.iter().any(|(first, last)| {
                first.row == row && last.row == row && last.column > first.column && (first.column..=last.column).contains(&column)
            })
        };
        let deep = self.grid.row(row).any(|(column, _)| wide(column) && self.header(row + 1, column).is_some());
        let mut head = Head { row, first: row + 1 + u32::from(deep), id: None, columns: Vec::new() };
        let mut seen: HashMap<String, (u32, String)> = HashMap::new();
        let mut used: BTreeMap<u32, Option<Spot>> = BTreeMap::new();
        for spot in self.grid.cells.keys().filter(|spot| spot.row >= row) {
            let below = used.entry(spot.column).or_default();
            *below = below.or((spot.row >= head.first).then_some(*spot));
        }
        for (column, below_it) in used {
            let spot = Spot::new(row, column);
            let own = self.header(row, column);
            let below = deep.then(|| self.header(row + 1, column)).flatten().filter(|below| Some(below) != own.as_ref());
            let Some(text) = (match (own, below) {
                (Some(own), Some(below)) if wide(column) => Some(format!("{own}.{below}")),
                (Some(own), _) => Some(own),
                (None, below) => below,
            }) else {
                if let Some(at) = below_it {
                    let found = messages::desk::header_empty(self.grid.place(self.file, at));
                    diagnostics.push(self.grid.said_of(self.file, spot, found));
                }
                continue;
            };
            self.column(&mut head, column, &text, &mut seen, diagnostics);
        }
        Some(head)
    }

    fn column(
        &self,
        head: &mut Head<'s>,
        column: u32,
        text: &str,
        seen: &mut HashMap<String, (u32, String)>,
        diagnostics: &mut Diagnostics,
    ) {
        let spot = Spot::new(head.row, column);
        let place = self.grid.place(self.file, spot);
        let mut note = |found| diagnostics.push(self.grid.said_of(self.file, spot, found));
        let mut take = |key: String, note: &mut dyn FnMut(_)| match seen.get(&key) {
            Some((first, other)) => {
                note(messages::desk::column_twice(place.clone(), text, other, &Spot::new(head.row, *first).address()));
                false
            }
            None => {
                seen.insert(key, (column, text.to_string()));
                true
            }
        };
        match columns::find(self.of, self.keys, text) {
            Meant::Id => {
                if take("id".to_string(), &mut note) {
                    head.id = Some(column);
                }
            }
            Meant::Column(found) => {
                if take(found.key(), &mut note) {
                    head.columns.push((column, found));
                }
            }
            Meant::Computed(field) => note(messages::desk::column_computed(place, &field.label)),
            Meant::Several(names) => note(messages::desk::column_ambiguous(place, text, &names)),
            Meant::Unit(found, unit) => {
                note(messages::desk::column_unit(place, &found.leaf().label, &unit, &found.leaf().kind.unit_label(crate::value::Lang::Zh)))
            }
            // Serial numbers of rows say nothing of a record.
            Meant::Nothing if matches!(text, "序号" | "No." | "NO" | "#") => {}
            Meant::Nothing => note(messages::desk::column_unknown(place, text, columns::near(self.of, text), &self.of.label)),
        }
    }

    /// The records of the rows below the header.
    pub fn drafts(&self, head: &Head<'s>, reader: &Reader<'_>, diagnostics: &mut Diagnostics) -> Vec<Draft> {
        let title = self
            .of
            .with_role(Role::Title)
            .and_then(|field| head.columns.iter().find(|(_, column)| column.path.len() == 1 && column.leaf().key == field.key));
        let title = title.map(|(column, _)| *column);
        let lists = head.columns.iter().any(|(_, column)| column.list.is_some());
        let mut drafts: Vec<Draft> = Vec::new();
        for row in self.grid.rows().into_iter().filter(|row| *row >= head.first) {
            if self.is_odd(row, diagnostics) {
                continue;
            }
            let text = |column: Option<u32>| {
                let column = column?;
                let text = self.grid.at(row, column).and_then(Cell::text).filter(|text| !text.is_empty())?;
                Some((text, Spot::new(row, column)))
            };
            let (id, name) = (text(head.id), text(title));
            let known = drafts.last().is_some_and(|last: &Draft| {
                let same = |own: &Option<(String, Spot)>, other: &Option<(String, Spot)>| match (own, other) {
                    (Some(own), Some(other)) => own.0 == other.0,
                    (Some(_), None) => false,
                    _ => true,
                };
                let named = id.is_some() || name.is_some();
                same(&id, &last.id) && same(&name, &last.title) && (named || lists)
            });
            let listed = head.columns.iter().any(|(at, column)| column.list.is_some() && self.grid.at(row, *at).is_some());
            // A row that says much else of the record than the rows above belongs to another one whose name was forgotten.
            let first = drafts.last().and_then(|last| last.rows.first().copied());
            let differs = |(at, column): &&(u32, Column<'_>)| {
                let own = self.grid.at(row, *at);
                column.list.is_none()
                    && own.is_some()
                    && first.and_then(|first| self.grid.at(first, *at)).is_some_and(|known| Some(known) != own)
            };
            let other = id.is_none() && name.is_none() && head.columns.iter().filter(differs).count() > 1;
            if id.is_none() && name.is_none() && (!known || !listed || other) {
                let spot = Spot::new(row, head.id.or(title).unwrap_or(1));
                diagnostics.push(self.grid.said_of(self.file, spot, messages::desk::row_unnamed(self.grid.place(self.file, spot))));
                continue;
            }
            if known && !listed {
                let spot = id.as_ref().or(name.as_ref()).map_or(Spot::new(row, 1), |(_, spot)| *spot);
                let word = id.as_ref().or(name.as_ref()).map(|(word, _)| word.clone()).unwrap_or_default();
                let first = drafts.last().and_then(|last| last.rows.first()).copied().unwrap_or(row);
                diagnostics.push(self.grid.said_of(
                    self.file,
                    spot,
                    messages::desk::record_twice(self.grid.place(self.file, spot), &word, first),
                ));
                continue;
            }
            if !known {
                drafts.push(Draft { id, title: name, ..Draft::default() });
            }
            if let Some(draft) = drafts.last_mut() {
                draft.rows.push(row);
                self.cells(row, head, draft, reader, diagnostics);
            }
        }
        self.twice(&drafts, diagnostics);
        drafts
    }

    /// Rows of sums and remarks are no records.
    fn is_odd(&self, row: u32, diagnostics: &mut Diagnostics) -> bool {
        let mut cells = self.grid.row(row).filter_map(|(column, cell)| Some((column, cell.text()?)));
        let Some((column, first)) = cells.next() else { return false };
        let alone = cells.all(|(_, other)| other == first);
        let sum = SUMS.contains(&first.as_str());
        let remark = alone && REMARKS.iter().any(|word| first.starts_with(word));
        if sum || remark {
            let spot = Spot::new(row, column);
            diagnostics.push(self.grid.said_of(self.file, spot, messages::desk::row_odd(self.grid.place(self.file, spot), &first)));
        }
        sum || remark
    }

    fn cells(&self, row: u32, head: &Head<'s>, draft: &mut Draft, reader: &Reader<'_>, diagnostics: &mut Diagnostics) {
        for (at, (column, meant)) in head.columns.iter().enumerate() {
            let spot = Spot::new(row, *column);
            let Some(cell) = self.grid.at(row, *column) else { continue };
            let wish = match reader.wish(meant, spot, cell) {
                Ok(wish) => wish,
                Err(found) => {
                    draft.faults.push(spot);
                    found.into_iter().for_each(|one| diagnostics.push(one));
                    continue;
                }
            };
            let given = Given { column: at, spot, wish };
            match meant.list_key() {
                None => match draft.values.iter().find(|known| known.column == at) {
                    None => draft.values.push(given),
                    Some(known) if known.wish == given.wish => {}
                    Some(known) => {
                        draft.faults.push(spot);
                        let found =
                            messages::desk::row_differs(self.grid.place(self.file, spot), &meant.leaf().label, &known.spot.address());
                        diagnostics.push(self.grid.said_of(self.file, spot, found));
                    }
                },
                Some(list) => {
                    let at = draft.lists.iter().position(|(known, _)| *known == list).unwrap_or_else(|| {
                        draft.lists.push((list, Vec::new()));
                        draft.lists.len() - 1
                    });
                    let items = &mut draft.lists[at].1;
                    match items.last_mut().filter(|(known, _)| *known == row) {
                        Some((_, values)) => values.push(given),
                        None => items.push((row, vec![given])),
                    }
                }
            }
        }
    }

    /// The same record in two places.
    fn twice(&self, drafts: &[Draft], diagnostics: &mut Diagnostics) {
        let mut seen: HashMap<(bool, &str), u32> = HashMap::new();
        for draft in drafts {
            let Some((word, spot)) = draft.id.as_ref().or(draft.title.as_ref()) else { continue };
            if let Some(first) = seen.insert((draft.id.is_some(), word), spot.row) {
                let found = messages::desk::record_twice(self.grid.place(self.file, *spot), word, first);
                diagnostics.push(self.grid.said_of(self.file, *spot, found));
            }
        }
    }
}
