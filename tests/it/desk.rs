//! Spreadsheets: out and in again is no change; every fault is named at its cell.

use crate::site::sections;
use parkpress::desk::export::Wanted;
use parkpress::desk::import::{Ask, Import, import, pick};
use parkpress::desk::{self, What, book, export};
use parkpress::diagnostic::{Diagnostics, SitePath};
use parkpress::project::{self, Snapshot};
use parkpress::read::{self, Project};
use parkpress::resolve::Options;
use parkpress::value::{Instant, Zone};
use rust_xlsxwriter::{Format, Workbook};
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
        let shapes = [(false, false), (false, true), (true, false), (true, true)];
        for wanted in shapes.map(|(internal, all)| Wanted { internal, all }) {
            let table = export::table(&project, &snapshot, of, wanted);
            assert!(!wanted.all || table.fewer == 0, "{}", schema.name);
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
    assert!(seen > 8 * 150, "{seen}");
}

#[test]
fn a_sheet_has_the_columns_that_are_needed_and_says_how_to_have_the_rest() {
    let (mut snapshot, project) = base();
    let of = project.schemas.types.iter().position(|of| &*of.name == "factory").expect("a type of the theme");
    let headers = |table: &export::Table<'_>| table.columns.iter().map(|(header, _)| header.clone()).collect::<Vec<_>>();
    let (few, all) = (Wanted::default(), Wanted { all: true, ..Wanted::default() });
    let (short, whole) = (export::table(&project, &snapshot, of, few), export::table(&project, &snapshot, of, all));
    let (shown, every) = (headers(&short), headers(&whole));
    assert_eq!(short.fewer, every.len() - shown.len());
    assert!(shown.len() * 2 < every.len(), "{} of {}", shown.len(), every.len());
    let mut order = every.iter();
    assert!(shown.iter().all(|header| order.any(|known| known == header)), "in the order of the type");
    for needed in ["标题", "状态", "所属园区", "楼栋号", "结构", "层数", "核验日期", "首层.净高（m）", "租金（元/㎡·月）", "单元号"]
    {
        assert!(shown.iter().any(|header| header.contains(needed)), "{needed}: {shown:?}");
    }
    for spare in ["产权证号", "撤稿", "更正", "空地面积"] {
        assert!(!shown.iter().any(|header| header.contains(spare)), "{spare}: {shown:?}");
    }
    let said = book::fewer(&project.schemas.types[of], &short).expect("there are fewer");
    assert!(said.zh.contains(&format!("另有 {} 列", short.fewer)) && said.zh.contains("--all"), "{}", said.zh);
    assert!(book::fewer(&project.schemas.types[of], &whole).is_none());
    // What one record uses is a column for all.
    let file = SitePath::new("content/factories/e1.md");
    let text = String::from_utf8(snapshot.texts[&file].to_vec()).unwrap().replacen("---\n", "---\nyard_area_m2: 50\n", 1);
    snapshot.insert(file, text.as_bytes().into());
    let project = read::project(&snapshot, &mut Diagnostics::new()).unwrap();
    assert!(headers(&export::table(&project, &snapshot, of, few)).iter().any(|header| header.contains("空地面积")));
}

/// A workbook of texts and numbers; a text that begins with `#n` is a number.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
                match cell.strip_prefix("#n") {
                    Some(number) => drop(sheet.write_number(row, column, number.parse::<f64>().unwrap()).unwrap()),
                    None => drop(sheet.write_string(row, column, *cell).unwrap()),
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn text(import: &Import, file: &str) -> String {
    String::from_utf8(import.files[&SitePath::new(file)].clone()).unwrap()
}

#[test]
fn a_known_record_is_edited_in_place_and_its_units_are_known_by_their_number() {
    let (mut snapshot, _) = base();
    let file = SitePath::new("content/factories/e1.md");
    let before = String::from_utf8(snapshot.texts[&file].to_vec()).unwrap();
    let before = before.replace("power_kva: 800", "供电容量: 800   # 变压器").replace("storeys: 2", "# 层数\nstoreys: 2");
    snapshot.insert(file.clone(), before.as_bytes().into());
    let project = read::project(&snapshot, &mut Diagnostics::new()).unwrap();
    let rows: &[&[&str]] = &[
        &["编号", "名称", "配电容量", "单元号", "所在层", "可租面积（亩）", "租金（元/㎡·天）", "状态"],
        &["e1", "东园一号厂房", "#n1000", "101", "#n1", "#n2.7", "#n0.4", "可租"],
        &["", "", "", "301", "2", "#n0.15", "面议", "可租"],
    ];
    let bytes = workbook(&[("厂房", rows)]);
    let (again, said) = imported("a.xlsx", &bytes, Some("factory"), &snapshot, &project);
    assert_eq!(said, vec![]);
    assert_eq!(
        changes(&again),
        vec![
            "e1 power_kva: 800 → 1000",
            "e1 spaces.rent[101]: 10 → 0.4元/㎡·天",
            "e1 spaces.no[301]:  → 301",
            "e1 spaces.floor[301]:  → 2",
            "e1 spaces.area_m2[301]:  → 0.15亩",
            "e1 spaces.rent[301]:  → 面议",
            "e1 spaces.status[301]:  → 可租",
        ]
    );
    assert_eq!(again.outcomes[0].kept, vec!["可租单元 201"], "a unit that the sheet does not have stays");
    let after = text(&again, "content/factories/e1.md");
    let wanted = before
        .replace("供电容量: 800   # 变压器", "供电容量: 1000   # 变压器")
        .replace("rent: 10}", "rent: 0.4元/㎡·天}")
        .replace("status: leased}\n", "status: leased}\n  - {\"no\": \"301\", floor: 2, area_m2: 0.15亩, status: available, rent: 面议}\n");
    assert_eq!(after, wanted);
}

#[test]
fn an_empty_cell_takes_nothing_away_unless_that_is_said() {
    let (snapshot, project) = base();
    let rows: &[&[&str]] = &[&["id", "title", "upper.clear_height_m", "文号"], &["e1", "东园一号厂房", "", ""]];
    let sheet = |cell: &str| {
        let row: Vec<&str> = vec!["e1", "东园一号厂房", cell];
        workbook(&[("factory", &[&rows[0][..3], &row])])
    };
    let run = |cell: &str, clear| imported_with("a.xlsx", &sheet(cell), None, clear, &snapshot, &project);
    assert_eq!(changes(&run("", false).0), Vec::<String>::new());
    assert_eq!(changes(&run("（空）", false).0), vec!["e1 upper.clear_height_m: 5 → "]);
    let (import, said) = run("", true);
    assert_eq!((changes(&import), said), (vec!["e1 upper.clear_height_m: 5 → ".to_string()], vec![("C2".to_string(), "field-missing")]));
    assert!(text(&import, "content/factories/e1.md").contains("upper: {floor_load_t_m2: 1}\n"));
    // Units that are not in the sheet go only with --clear.
    let units = workbook(&[("factory", &[&["编号", "单元号", "所在层"], &["e1", "101", "1"]])]);
    let (kept, _) = imported_with("a.xlsx", &units, None, false, &snapshot, &project);
    assert_eq!((changes(&kept), kept.outcomes[0].kept.len()), (vec![], 1));
    let (cleared, said) = imported_with("a.xlsx", &units, None, true, &snapshot, &project);
    assert_eq!((changes(&cleared), said), (vec!["e1 spaces[201]: 201 → ".to_string()], vec![]));
    assert!(!text(&cleared, "content/factories/e1.md").contains("201"));
}

#[test]
fn tables_of_text_come_in_every_encoding_and_with_every_separator() {
    let (snapshot, project) = base();
    let table = "名称,编号,phone_office,kind,unit,核验日期\n\n测试窗口,window,0597-000-0002,office,示例县招商科,2026年11月2日\n";
    let gbk = encoding_rs::GBK.encode(table).0.into_owned();
    let marked = [&[0xEF, 0xBB, 0xBF], table.as_bytes()].concat();
    let mut seen = Vec::new();
    for bytes in [gbk, marked, table.replace(',', ";").into_bytes(), table.replace(',', "\t").into_bytes()] {
        let (import, said) = imported("contact.csv", &bytes, None, &snapshot, &project);
        assert_eq!(codes(&said), "");
        seen.push((changes(&import), import.files));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(seen[0].0, vec!["+window"]);
    let (_, said) = imported("contact.csv", "名称,编号\n\n甲,\n\"乙\n丙\",b\n,c,d\n".as_bytes(), None, &snapshot, &project);
    assert!(said.contains(&("C1".to_string(), "sheet-header-empty")), "rows are counted as a spreadsheet does: {said:?}");
}

#[test]
fn merged_cells_and_headers_in_two_rows_are_read() {
    let (snapshot, project) = base();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("标准厂房").unwrap();
    let plain = Format::new();
    for (column, header) in [(0, "名称"), (1, "所属园区"), (4, "单元号"), (5, "所在层")] {
        sheet.merge_range(0, column, 1, column, header, &plain).unwrap();
    }
    sheet.merge_range(0, 2, 0, 3, "首层", &plain).unwrap();
    sheet.write_string(1, 2, "净高").unwrap().write_string(1, 3, "楼面荷载（kN/㎡）").unwrap();
    sheet.merge_range(2, 0, 3, 0, "二号厂房", &plain).unwrap();
    // One park over two buildings.
    sheet.merge_range(2, 1, 4, 1, "东园", &plain).unwrap();
    sheet.write_number(2, 2, 6).unwrap().write_number(2, 3, 20).unwrap();
    sheet.write_string(2, 4, "101").unwrap().write_string(2, 5, "1").unwrap();
    sheet.write_string(3, 4, "201").unwrap().write_string(3, 5, "2").unwrap();
    sheet.write_string(4, 0, "三号厂房").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let (import, said) = imported("a.xlsx", &bytes, None, &snapshot, &project);
    // A draft may be incomplete; a column that is not there is told once, an empty cell where it is.
    assert!(said.iter().all(|(cell, code)| *code == "sheet-column-missing" && cell == "A1" || *code == "field-missing"), "{said:?}");
    assert_eq!(said.iter().filter(|(_, code)| *code == "field-missing").count(), 1, "{said:?}");
    assert_eq!(changes(&import), vec!["+er-hao-chang-fang", "+san-hao-chang-fang"]);
    let two = text(&import, "content/factories/er-hao-chang-fang.md");
    assert!(two.contains("park: east\nground: {clear_height_m: 6, floor_load_t_m2: 20kN/㎡}\nspaces:\n"), "{two}");
    assert!(two.contains("  - \"no\": \"101\"\n    floor: 1\n  - \"no\": \"201\"\n    floor: 2\n"), "{two}");
    assert!(text(&import, "content/factories/san-hao-chang-fang.md").contains("park: east"));
    assert_eq!(import.missing.iter().map(|(id, ..)| id.as_str()).collect::<Vec<_>>(), vec!["e1"]);
}

#[test]
fn what_is_not_certain_is_asked_for() {
    let (mut snapshot, _) = base();
    for id in ["e2", "e3"] {
        let again = String::from_utf8(snapshot.texts[&SitePath::new("content/factories/e1.md")].to_vec()).unwrap();
        snapshot.insert(SitePath::new(&format!("content/factories/{id}.md")), again.replace("一号厂房", "重名厂房").as_bytes().into());
    }
    snapshot.insert(SitePath::new("content/contacts.csv"), "编号,名称\nfirst,第一\n".as_bytes().into());
    snapshot.insert(SitePath::new("content/factories/broken.md"), b"---\ntitle: \xE6\x96\xAD\nuse: &x factory\nuse: *x\n---\n"[..].into());
    snapshot.insert(SitePath::new("content/factories/torn.md"), b"---\ntitle: \0\n"[..].into());
    let project = read::project(&snapshot, &mut Diagnostics::new()).unwrap();
    let codes_of = |name: &str, rows: &[&[&str]]| {
        let (_, said) = imported(name, &workbook(&[("表", rows)]), Some("factory"), &snapshot, &project);
        codes(&said)
    };
    assert_eq!(codes_of("a.xlsx", &[&["名称"], &["东园重名厂房"]]), "A2 sheet-title-ambiguous\n");
    assert_eq!(codes_of("a.xlsx", &[&["名称"], &["——"]]), "A2 sheet-id-needed\n");
    assert_eq!(
        codes_of("a.xlsx", &[&["编号", "名称"], &["../../etc/x", "甲"], &["con", "乙"], &["A1", "丙"]]),
        "A2 id-pattern\nA3 id-pattern\nA4 id-pattern\n"
    );
    assert_eq!(codes_of("a.xlsx", &[&["甲", "乙"], &["丙", "丁"]]), "A1 sheet-header-missing\n");
    let state = codes_of("a.xlsx", &[&["编号", "名称", "发布状态"], &["n1", "新厂房", "已发布"]]);
    assert!(state.contains("C2 sheet-state-draft\n"), "{state}");
    let broken = codes_of("a.xlsx", &[&["编号", "名称"], &["broken", "断裂厂房"], &["torn", "新名"]]);
    assert_eq!(broken, "A2 sheet-record-unreadable\nA3 sheet-record-unreadable\n", "no file is written over");
    // What stands in a table is changed there, as far as a table can say it.
    let rows: &[&[&str]] = &[&["编号", "名称", "phone_office"], &["first", "第一窗口", "0597-000-0003"]];
    let (import, said) = imported("a.xlsx", &workbook(&[("表", rows)]), Some("contact"), &snapshot, &project);
    assert!(said.iter().all(|(_, code)| *code == "field-missing" || *code == "sheet-column-missing"), "{said:?}");
    assert_eq!(text(&import, "content/contacts.csv"), "编号,名称,办公电话\nfirst,第一窗口,0597-000-0003\n");
    let odd: &[&[&str]] = &[&["编号", "名称", "cover"], &["first", "第一", "{src: a.jpg, alt: 图}"]];
    let (_, said) = imported("a.xlsx", &workbook(&[("表", odd)]), Some("contact"), &snapshot, &project);
    assert_eq!(codes(&said), "A2 sheet-record-in-table\n");
    let two = desk::open(&SitePath::new("a.xlsx"), &workbook(&[("甲", rows), ("乙", rows)]), &mut Diagnostics::new()).unwrap();
    assert!(pick(&SitePath::new("a.xlsx"), &two, &project.schemas, Some("factory"), None).is_err(), "which sheet?");
    assert!(pick(&SitePath::new("a.xlsx"), &two[..1], &project.schemas, None, None).is_err(), "which type?");
    assert!(pick(&SitePath::new("厂房.xlsx"), &two, &project.schemas, Some("factory"), Some("乙")).is_ok());
}

/// The workbook was written by another program, the library `xlwt`, in the format of 1997.
#[test]
fn an_old_workbook_is_read_with_its_dates_and_merged_cells() {
    let (snapshot, project) = base();
    let bytes = include_bytes!("data/desk/factories.xls");
    let (import, said) = imported("factories.xls", bytes, Some("factory"), &snapshot, &project);
    assert!(said.iter().all(|(_, code)| *code == "sheet-column-missing"), "{said:?}");
    assert_eq!(changes(&import), vec!["+jiu-biao-chang-fang"]);
    let text = text(&import, "content/factories/jiu-biao-chang-fang.md");
    let wanted = "---\nstate: draft\ntitle: 旧表厂房\npark: east\npower_kva: 630\nverified_on: 2026-11-01\nspaces:\n  - \"no\": \"101\"\n    floor: 1\n  - \"no\": \"201\"\n    floor: 2\n---\n";
    assert_eq!(text, wanted);
}

/// An archive of parts as they are.
fn archive(parts: &[(&str, &[u8], u16, u32)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, data, method, size) in parts {
        let (packed, named) = (u32::try_from(data.len()).unwrap().to_le_bytes(), u16::try_from(name.len()).unwrap().to_le_bytes());
        let at = u32::try_from(out.len()).unwrap().to_le_bytes();
        out.extend([&b"PK\x03\x04\x14\0\0\0"[..], &method.to_le_bytes(), &[0; 8], &packed, &size.to_le_bytes(), &named, &[0, 0]].concat());
        out.extend([name.as_bytes(), data].concat());
        let checksum = crc32fast::hash(data).to_le_bytes();
        let head =
            [&b"PK\x01\x02\x14\0\x14\0\0\0"[..], &method.to_le_bytes(), &[0; 4], &checksum, &packed, &size.to_le_bytes(), &named].concat();
        directory.extend([&head[..], &[0; 12], &at, name.as_bytes()].concat());
    }
    let (start, length) = (u32::try_from(out.len()).unwrap().to_le_bytes(), u32::try_from(directory.len()).unwrap().to_le_bytes());
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    [&out[..], &directory, b"PK\x05\x06\0\0\0\0", &count, &count, &length, &start, &[0, 0]].concat()
}

#[test]
fn what_may_harm_is_not_opened() {
    let said = |name: &str, bytes: &[u8]| {
        let mut noted = Diagnostics::new();
        assert!(desk::open(&SitePath::new(name), bytes, &mut noted).is_none(), "{name}");
        noted.iter().map(|found| found.code).collect::<Vec<_>>().join(" ")
    };
    let zeros = miniz_oxide::deflate::compress_to_vec(&vec![b'0'; 80_000_000], 6);
    assert_eq!(said("a.xlsx", &archive(&[("xl/a.xml", &zeros, 8, 80_000_000)])), "book-bomb", "too large");
    assert_eq!(said("a.xlsx", &archive(&[("xl/a.xml", &zeros, 8, 100)])), "book-bomb", "a part that lies about its size");
    let many: Vec<(String, &[u8], u16, u32)> = (0..1001).map(|at| (format!("{at}"), &b""[..], 0, 0)).collect();
    let many: Vec<(&str, &[u8], u16, u32)> = many.iter().map(|(name, data, method, size)| (name.as_str(), *data, *method, *size)).collect();
    assert_eq!(said("a.xlsx", &archive(&many)), "book-bomb", "too many parts");
    assert_eq!(said("a.xlsx", &archive(&[("../../x", b"", 0, 0)])), "book-traversal");
    assert_eq!(said("a.xlsx", &archive(&[("C:\\x", b"", 0, 0)])), "book-traversal");
    assert_eq!(said("a.xlsm", &archive(&[("xl/vbaProject.bin", b"x", 0, 1)])), "book-macros");
    assert_eq!(said("a.xlsx", &archive(&[("a.txt", b"x", 0, 1)])), "book-unreadable");
    assert_eq!(said("a.xlsx", &archive(&[("a.txt", b"x", 14, 1)])), "book-unreadable", "packed in a way that nobody knows");
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let container = |name: &str| [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600], &wide(name)].concat();
    assert_eq!(said("a.xlsx", &container("EncryptedPackage")), "book-locked");
    assert_eq!(said("a.et", &container("Workbook")), "book-et");
    assert_eq!(said("a.xls", &container("_VBA_PROJECT_CUR")), "book-macros");
    assert_eq!(said("a.xls", &container("Workbook")), "book-unreadable");
    assert_eq!(said("a.docx", b"hello"), "book-unreadable");
    assert_eq!(said("a.xlsx", &vec![0; 33 * 1024 * 1024]), "book-too-large");
    // Cut workbooks end in a message, never in a crash.
    let whole = workbook(&[("表", &[&["名称"], &["甲"]])]);
    for end in (0..whole.len()).step_by(97) {
        desk::open(&SitePath::new("a.xlsx"), &whole[..end], &mut Diagnostics::new());
    }
}

#[test]
fn a_cell_far_away_costs_nothing_and_formulas_stay_text() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "名称").unwrap().write_string(1, 0, "甲").unwrap().write_string(1_048_575, 16_383, "远").unwrap();
    let grids = desk::open(&SitePath::new("a.xlsx"), &book.save_to_buffer().unwrap(), &mut Diagnostics::new()).unwrap();
    assert_eq!(grids[0].cells.len(), 3);

    let (mut snapshot, _) = base();
    let file = SitePath::new("content/factories/e1.md");
    let before = String::from_utf8(snapshot.texts[&file].to_vec()).unwrap();
    snapshot.insert(file, before.replace("building_no: 1号", "building_no: '=HYPERLINK(1)'").as_bytes().into());
    let project = read::project(&snapshot, &mut Diagnostics::new()).unwrap();
    let of = project.schemas.types.iter().position(|of| &*of.name == "factory").unwrap();
    let table = export::table(&project, &snapshot, of, Wanted { internal: false, all: true });
    let bytes = book::xlsx(&project.schemas.types[of], &table, &export::offers(&project, &table)).unwrap();
    let (parts, _) = parkpress::source::archive::parts(&bytes, 100);
    let part = |name: &str| {
        let part = parts.iter().find(|part| part.name == name.as_bytes()).unwrap_or_else(|| panic!("{name}"));
        String::from_utf8(part.unpack(10_000_000).unwrap()).unwrap()
    };
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && part("xl/sharedStrings.xml").contains("=HYPERLINK(1)"));
    assert!(sheet.contains("<sheetProtection") && sheet.contains("<dataValidation ") && sheet.contains("选项!$"));
    assert!(part("xl/workbook.xml").contains("state=\"hidden\""));
    assert!(part("xl/comments1.xml").contains("必填"));
    let csv = String::from_utf8(book::csv(&table)).unwrap();
    assert!(csv.contains(",'=HYPERLINK(1),"), "{csv}");
    let headers: Vec<&str> = table.columns.iter().map(|(header, _)| header.as_str()).collect();
    assert!(headers.contains(&"租金（元/㎡·月）") && headers.contains(&"首层.净高（m）") && headers.contains(&"单元号"), "{headers:?}");
    assert!(!headers.iter().any(|header| header.contains("内部底价")), "private columns only on demand");
    assert!(
        export::table(&project, &snapshot, of, Wanted { internal: true, all: true })
            .columns
            .iter()
            .any(|(header, _)| header.contains("内部底价"))
    );
}

#[test]
fn percentages_are_read_as_they_are_shown() {
    let (_, project) = base();
    let of = project.schemas.types.iter().find_map(|of| {
        let columns = desk::columns::all(of);
        columns.into_iter().find(|column| matches!(column.leaf().kind, parkpress::value::Kind::Percent) && column.list.is_none())
    });
    let column = of.expect("because some type has a percentage");
    let (file, titles, grid) = (SitePath::new("a.xls"), std::collections::BTreeMap::new(), desk::Grid::default());
    let reader = desk::cell::Reader { file: &file, grid: &grid, zone: &project.site.zone, titles: &titles };
    let read = |cell: desk::Cell| match reader.wish(&column, desk::Spot::new(2, 3), &cell) {
        Ok(desk::cell::Wish::Set(value)) => parkpress::source::edit::in_line(&value),
        Ok(desk::cell::Wish::Clear) => "（空）".to_string(),
        Err(found) => found.iter().map(|found| found.code).collect(),
    };
    assert_eq!(read(desk::Cell::Number(0.855, Some(true))), "85.5");
    assert_eq!(read(desk::Cell::Number(0.855, Some(false))), "0.855");
    assert_eq!(read(desk::Cell::Number(85.5, None)), "85.5");
    assert_eq!(read(desk::Cell::Number(0.855, None)), "sheet-percent-unclear");
    assert_eq!(read(desk::Cell::Text("８５．５％".into())), "85.5");
}

#[test]
fn every_file_of_the_example_can_be_edited_and_keeps_the_rest() {
    use parkpress::source::edit::{Change, Plain, Step, apply, tree};
    use parkpress::source::{Node, Shape};
    fn leaves(node: &Node, path: &mut Vec<Step>, found: &mut Vec<(Vec<Step>, String)>) {
        match &node.shape {
            Shape::Scalar(scalar) => found.push((path.clone(), scalar.text.clone())),
            Shape::Null => {}
            Shape::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    path.push(Step::Item(at));
                    leaves(item, path, found);
                    path.pop();
                }
            }
            Shape::Map(entries) => {
                for entry in entries {
                    path.push(Step::Key(entry.key.clone()));
                    leaves(&entry.value, path, found);
                    path.pop();
                }
            }
        }
    }
    let (snapshot, _) = example();
    let mut edited = 0;
    for (file, bytes) in snapshot.texts.iter().filter(|(file, _)| file.as_str().starts_with("content/") && file.extension() != "csv") {
        let before = String::from_utf8(bytes.to_vec()).expect("because the example is UTF-8");
        let Ok((node, _)) = tree(file, &before) else { continue };
        let mut found = Vec::new();
        leaves(&node, &mut Vec::new(), &mut found);
        let same: Vec<Change> =
            found.iter().map(|(path, text)| Change::Set { path: path.clone(), value: Plain::Text(text.clone()) }).collect();
        assert_eq!(apply(file, &before, &same, &[]).as_deref(), Ok(before.as_str()), "{file}");
        for (path, _) in found.iter().skip(edited % 5).step_by(5) {
            let change = Change::Set { path: path.clone(), value: Plain::Text("改动：#1".to_string()) };
            let after = apply(file, &before, &[change], &[]).unwrap_or_else(|refused| panic!("{file} {path:?}: {refused:?}"));
            let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
            assert_eq!(comments(&after), comments(&before), "{file} {path:?}");
            let shared = after.lines().filter(|line| before.contains(line)).count();
            assert!(shared + 1 >= after.lines().count(), "{file} {path:?}: one line changes");
            edited += 1;
        }
    }
    assert!(edited > 500, "{edited}");
}
