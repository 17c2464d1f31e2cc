//! Spreadsheets: out and in again is no change; every fault is named at its cell.

use crate::site::sections;
use parkpress::desk::import::{Ask, Import, import, pick};
use parkpress::desk::{self, What, book, export};
use parkpress::diagnostic::{Diagnostics, SitePath};
use parkpress::project::{self, Snapshot};
use parkpress::read::{self, Project};
use parkpress::resolve::Options;
use parkpress::value::{Instant, Zone};
use std::path::Path;

/// The worked example.
fn example() -> (Snapshot, Project) {
    let (snapshot, mut noted) = project::load(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("because the example can be read");
    let project = read::project(&snapshot, &mut noted).expect("because the example is sound");
    (snapshot, project)
}

/// The small sound site of the cases.
pub fn base() -> (Snapshot, Project) {
    let files = sections(include_str!("base.txt"));
    let snapshot = Snapshot::from_texts(files.iter().map(|(file, text)| (file.as_str(), text.as_bytes())));
    let project = read::project(&snapshot, &mut Diagnostics::new()).expect("because the site is sound");
    (snapshot, project)
}

/// One line for each cell, for comparing.
pub fn codes(said: &[(String, &'static str)]) -> String {
    said.iter().map(|(cell, code)| format!("{cell} {code}\n")).collect()
}

/// Imports a workbook; gives what it would do and what was said: cell and code.
pub fn imported(
    name: &str,
    bytes: &[u8],
    of: Option<&str>,
    snapshot: &Snapshot,
    project: &Project,
) -> (Import, Vec<(String, &'static str)>) {
    imported_with(name, bytes, of, false, snapshot, project)
}

fn imported_with(
    name: &str,
    bytes: &[u8],
    of: Option<&str>,
    clear: bool,
    snapshot: &Snapshot,
    project: &Project,
) -> (Import, Vec<(String, &'static str)>) {
    let file = SitePath::new(name);
    let mut noted = Diagnostics::new();
    let mut import_of = Import::default();
    if let Some(grids) = desk::open(&file, bytes, &mut noted) {
        let (grid, of) = pick(&file, &grids, &project.schemas, of, None).unwrap_or_else(|why| panic!("{name}: {}", why.0.zh));
        let at = Instant::parse("2026-11-24 09:00", &Zone::shanghai()).expect("because it is a time");
        let options = Options { at, drafts: true, portable: false };
        import_of = import(&Ask { file: &file, grid: &grids[grid], of, clear, options }, project, snapshot, &mut noted);
    }
    let said = noted.sorted();
    let said = said.into_iter().map(|found| {
        let place = found.place.as_ref();
        let cell = place.filter(|place| place.file == file).map(|place| desk::Spot::new(place.line, place.column).address());
        (cell.unwrap_or_else(|| place.map_or(String::new(), |place| format!("{}:{}", place.file, place.line))), found.code)
    });
    (import_of, said.collect())
}

pub fn changes(import: &Import) -> Vec<String> {
    let mut list = Vec::new();
    for outcome in &import.outcomes {
        match &outcome.what {
            What::Same => {}
            What::New(_) => list.push(format!("+{}", outcome.id)),
            What::Changed(fields) => list.extend(fields.iter().map(|field| {
                format!(
                    "{} {}{}: {} → {}",
                    outcome.id,
                    field.key,
                    field.item.as_ref().map(|i| format!("[{i}]")).unwrap_or_default(),
                    field.old,
                    field.new
                )
            })),
        }
    }
    list
}

#[test]
fn every_type_goes_out_and_comes_back_as_no_change() {
    let (snapshot, project) = example();
    let mut seen = 0;
    for of in 0..project.schemas.types.len() {
        let schema = &project.schemas.types[of];
        let records = project.records.iter().filter(|record| record.of == of && record.lang == project.site.default_lang()).count();
        for internal in [false, true] {
            let table = export::table(&project, &snapshot, of, internal);
            assert!(table.left_out.is_empty(), "{}: {:?}", schema.name, table.left_out);
            let offers = export::offers(&project, &table);
            let bytes = book::xlsx(schema, &table, &offers).expect("because it can be written");
            assert_eq!(bytes, book::xlsx(schema, &table, &offers).expect("because it can be written"), "the same bytes again");
            for (name, bytes) in [("表.xlsx", bytes), ("表.csv", book::csv(&table))] {
                let (import, said) = imported(name, &bytes, Some(&schema.name), &snapshot, &project);
                assert_eq!((changes(&import), said), (vec![], vec![]), "{} {name}", schema.name);
                assert_eq!(import.outcomes.len(), records, "{}", schema.name);
                assert!(import.files.is_empty() && import.missing.is_empty());
                assert!(import.outcomes.iter().all(|outcome| outcome.kept.is_empty()), "{}", schema.name);
                seen += records;
            }
        }
    }
    assert!(seen > 4 * 150, "{seen}");
}
