//! Three hundred factories in one sheet, with the mistakes that offices make: each is named at its cell, and everything
//! else is right.

use crate::desk::{base, changes, codes, imported};
use parkpress::desk::columns;
use parkpress::desk::{Spot, What};
use parkpress::project::Snapshot;
use parkpress::read::keys::KeyTable;
use parkpress::read::{self, Project};
use rust_xlsxwriter::{Format, Formula, Workbook};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many.
const BUILDINGS: u32 = 300;
/// The row of the headers, from 1: a title and a remark stand above it.
const HEAD: u32 = 3;

#[derive(Debug, Clone, PartialEq)]
enum Put {
    Text(&'static str),
    Own(String),
    Number(f64),
    Date(f64),
    Fault,
    Blank,
}

/// The columns: keys of the type, and the header where it is not the one of an export.
const COLUMNS: [(&str, &str); 31] = [
    ("title", "*名称（必填）"),
    ("park", ""),
    ("building_no", ""),
    ("county", ""),
    ("listing_type", ""),
    ("use", ""),
    ("is_standard_factory", "标准厂房"),
    ("structure", ""),
    ("storeys", ""),
    ("gross_area_m2", ""),
    ("build_status", ""),
    ("ground.clear_height_m", ""),
    ("ground.floor_load_t_m2", ""),
    ("upper.clear_height_m", ""),
    ("upper.floor_load_t_m2", ""),
    ("freight_lifts.count", ""),
    ("fire_hazard_class", ""),
    ("power_kva", "供电容量（kVA）"),
    ("certificates.property_right", ""),
    ("certificates.fire_acceptance", ""),
    ("land_use", ""),
    ("suitable", ""),
    ("delivery_standard", ""),
    ("contacts", ""),
    ("evidence", ""),
    ("verified_on", ""),
    ("spaces.no", "单元号"),
    ("spaces.floor", ""),
    ("spaces.area_m2", "面积（亩）"),
    ("spaces.status", "状态"),
    ("spaces.rent", ""),
];

fn at(key: &str) -> u32 {
    u32::try_from(COLUMNS.iter().position(|(known, _)| *known == key).unwrap_or_else(|| panic!("{key}"))).unwrap() + 1
}

/// A sheet while it is made: cells by row and column, and the first row of every building.
#[derive(Clone, Default)]
struct Sheet {
    cells: BTreeMap<(u32, u32), Put>,
    first: Vec<u32>,
    last: u32,
}

impl Sheet {
    /// The sound sheet: one to three units in each building; the building stands once, repeated, or merged by turns.
    fn sound(project: &Project) -> Sheet {
        let of = project.schemas.named("factory").unwrap();
        let keys = KeyTable::new(&of.fields);
        let mut sheet = Sheet::default();
        for (number, (key, header)) in COLUMNS.iter().enumerate() {
            let column = columns::all(of).into_iter().find(|column| column.key() == *key).unwrap_or_else(|| panic!("{key}"));
            let header = if header.is_empty() { columns::header(of, &keys, &column) } else { (*header).to_string() };
            sheet.cells.insert((HEAD, u32::try_from(number).unwrap() + 1), Put::Own(header));
        }
        let mut row = HEAD + 1;
        for building in 1..=BUILDINGS {
            sheet.first.push(row);
            let units = building % 3 + 1;
            for unit in 1..=units {
                if unit == 1 || building % 2 == 0 {
                    sheet.building(row, building, units);
                }
                let mut set = |key: &str, value: Put| drop(sheet.cells.insert((row, at(key)), value));
                set(
                    "spaces.no",
                    if building.is_multiple_of(4) { Put::Number(f64::from(unit * 100 + 1)) } else { Put::Own(format!("{unit}01")) },
                );
                set("spaces.floor", Put::Number(f64::from(unit)));
                set("spaces.area_m2", if unit == 2 { Put::Text("１．５") } else { Put::Number(1.5) });
                let leased = (building + unit) % 5 == 0;
                set("spaces.status", Put::Text(if leased { "已租" } else { "可租" }));
                let rent = match building % 4 {
                    0 => Put::Text("面议"),
                    1 => Put::Text("0.4元/㎡·天"),
                    2 => Put::Text("9～11"),
                    _ => Put::Number(8.0 + f64::from(building % 7) / 2.0),
                };
                set("spaces.rent", rent);
                row += 1;
            }
        }
        sheet.last = row;
        sheet
    }

    fn building(&mut self, row: u32, building: u32, storeys: u32) {
        let mut set = |key: &str, value: Put| drop(self.cells.insert((row, at(key)), value));
        set("title", Put::Own(format!("示例县测试园{building}号厂房")));
        set("park", Put::Text(if building.is_multiple_of(2) { "东园" } else { "east" }));
        set("building_no", Put::Own(format!("{building}号")));
        set("county", Put::Text("示例县"));
        set("listing_type", Put::Text(if building.is_multiple_of(3) { "出租、出售" } else { "出租" }));
        set("use", Put::Text("厂房"));
        set("is_standard_factory", Put::Text("是"));
        set("structure", Put::Text("钢筋混凝土框架"));
        set("storeys", Put::Number(f64::from(storeys)));
        set("gross_area_m2", if building.is_multiple_of(5) { Put::Text("４，０００") } else { Put::Number(4000.0) });
        set("build_status", Put::Text("completed"));
        set("ground.clear_height_m", Put::Number(6.0));
        set("ground.floor_load_t_m2", Put::Number(2.0));
        if storeys > 1 {
            set("upper.clear_height_m", Put::Number(5.0));
            set("upper.floor_load_t_m2", Put::Number(1.0));
            set("freight_lifts.count", Put::Number(1.0));
        }
        set("fire_hazard_class", Put::Text("丙类"));
        set("power_kva", Put::Text("800千伏安"));
        set("certificates.property_right", Put::Text("已有"));
        set("certificates.fire_acceptance", Put::Text("已有"));
        set("land_use", Put::Text("工业"));
        set("suitable", Put::Text("金属制品、汽车零部件"));
        set("delivery_standard", Put::Text("毛坯"));
        set("contacts", Put::Text("招商科"));
        set("evidence", Put::Text("现场核实"));
        let verified = match building % 4 {
            0 => Put::Date(46_327.0),
            1 => Put::Text("2026年11月1日"),
            2 => Put::Number(46_327.0),
            _ => Put::Number(20_261_101.0),
        };
        set("verified_on", verified);
    }

    fn row(&self, building: u32) -> u32 {
        self.first[usize::try_from(building - 1).unwrap()]
    }

    fn set(&mut self, row: u32, column: u32, value: Put) {
        self.cells.insert((row, column), value);
    }

    fn bytes(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("厂房").unwrap();
        let plain = Format::new();
        let date = Format::new().set_num_format("yyyy-mm-dd");
        sheet.merge_range(0, 0, 0, 8, "示例县厂房登记表", &plain).unwrap();
        sheet.write_string(1, 0, "填报单位：示例县招商科").unwrap();
        for ((row, column), put) in &self.cells {
            let (row, column) = (row - 1, u16::try_from(column - 1).unwrap());
            match put {
                Put::Text(text) => drop(sheet.write_string(row, column, *text).unwrap()),
                Put::Own(text) => drop(sheet.write_string(row, column, text).unwrap()),
                Put::Number(number) => drop(sheet.write_number(row, column, *number).unwrap()),
                Put::Date(number) => drop(sheet.write_number_with_format(row, column, *number, &date).unwrap()),
                Put::Fault => drop(sheet.write_formula(row, column, Formula::new("=NA()").set_result("#N/A")).unwrap()),
                Put::Blank => {}
            }
        }
        book.save_to_buffer().unwrap()
    }
}

/// The faults: building, which of its rows, column, what stands there instead, what is said of it and at which column
/// where that is another one.
fn faults() -> Vec<(u32, u32, &'static str, Put, &'static str, &'static str)> {
    vec![
        (2, 0, "spaces.area_m2", Put::Text("约1.5"), "number-vague", ""),
        (5, 1, "spaces.area_m2", Put::Text("1,5"), "number-grouping", ""),
        (8, 0, "spaces.area_m2", Put::Text("1.5米"), "unit-mismatch", ""),
        (11, 0, "spaces.area_m2", Put::Text("450坪"), "unit-unknown", ""),
        (14, 0, "spaces.rent", Put::Text("看情况"), "number-unreadable", ""),
        (17, 0, "spaces.rent", Put::Text("11-9"), "range-reversed", ""),
        (20, 1, "spaces.status", Put::Text("空着"), "choice-unknown", ""),
        (23, 0, "spaces.no", Put::Date(46_082.0), "sheet-cell-date", ""),
        (26, 1, "spaces.no", Put::Blank, "sheet-item-unnamed", "spaces.no"),
        (29, 1, "spaces.no", Put::Text("101"), "sheet-item-twice", "spaces.no"),
        (32, 0, "spaces.no", Put::Number(1.2e16), "sheet-digits-lost", ""),
        (35, 0, "spaces.floor", Put::Number(9.0), "larger-than", ""),
        (38, 0, "spaces.floor", Put::Text("一楼"), "number-unreadable", ""),
        (41, 0, "spaces.rent", Put::Blank, "field-missing", ""),
        (44, 0, "spaces.rent", Put::Number(120.0), "probably-a-slip", ""),
        (47, 0, "structure", Put::Text("砖木"), "choice-unknown", ""),
        (50, 0, "storeys", Put::Number(2.5), "integer-expected", ""),
        (53, 0, "gross_area_m2", Put::Number(0.0), "out-of-range", ""),
        (56, 0, "gross_area_m2", Put::Text("4000方"), "unit-mismatch", ""),
        (59, 0, "park", Put::Text("西园"), "link-unknown", ""),
        (63, 0, "contacts", Put::Text("王主任"), "link-unknown", ""),
        (65, 0, "verified_on", Put::Text("2026-02-30"), "date-impossible", ""),
        (67, 0, "verified_on", Put::Text("05/06/2026"), "date-ambiguous", ""),
        (71, 0, "verified_on", Put::Number(2026.1), "sheet-date-number", ""),
        (73, 0, "verified_on", Put::Text("上个月"), "date-unreadable", ""),
        (77, 0, "is_standard_factory", Put::Text("大概"), "flag-unreadable", ""),
        (80, 0, "power_kva", Put::Fault, "sheet-cell-fault", ""),
        (83, 0, "power_kva", Put::Blank, "field-missing", ""),
        (86, 0, "listing_type", Put::Text("出租、赠送"), "choice-unknown", ""),
        (89, 0, "title", Put::Own("示例县测试园1号厂房".into()), "sheet-record-twice", ""),
        (92, 1, "gross_area_m2", Put::Number(5000.0), "sheet-row-differs", ""),
        (96, 0, "title", Put::Blank, "sheet-row-unnamed", ""),
        (101, 0, "gross_area_m2", Put::Number(1000.0), "sum-too-large", ""),
    ]
}

fn snapshot_with(snapshot: &Snapshot, files: &BTreeMap<parkpress::diagnostic::SitePath, Vec<u8>>) -> Snapshot {
    let mut after = snapshot.clone();
    files.iter().for_each(|(file, bytes)| after.insert(file.clone(), Arc::from(bytes.as_slice())));
    after
}

#[test]
fn three_hundred_factories_come_in_with_every_fault_at_its_cell() {
    let (snapshot, project) = base();
    let sound = Sheet::sound(&project);
    let (clean, said) = imported("厂房登记表.xlsx", &sound.bytes(), Some("factory"), &snapshot, &project);
    assert_eq!(said, vec![]);
    assert_eq!(clean.files.len(), 300);
    assert!(clean.outcomes.iter().all(|outcome| matches!(outcome.what, What::New(_))));
    let first = String::from_utf8(clean.files.values().next().unwrap().clone()).unwrap();
    assert!(first.starts_with("---\nstate: draft\n"), "{first}");

    // Once written, the same sheet changes nothing, and neither does a sheet that is exported from them.
    let after = snapshot_with(&snapshot, &clean.files);
    let again_project = read::project(&after, &mut parkpress::diagnostic::Diagnostics::new()).unwrap();
    let (again, said) = imported("厂房登记表.xlsx", &sound.bytes(), Some("factory"), &after, &again_project);
    assert_eq!((changes(&again), said, again.files.len()), (vec![], vec![], 0));

    let mut bad = sound.clone();
    let mut expected: Vec<(String, &'static str)> = Vec::new();
    let mut touched = vec![1];
    for (building, below, key, put, code, told) in faults() {
        let row = bad.row(building) + below;
        bad.set(row, at(key), put);
        expected.push((Spot::new(row, if told.is_empty() { at(key) } else { at(told) }).address(), code));
        touched.push(building);
    }
    let next = u32::try_from(COLUMNS.len()).unwrap() + 1;
    for (column, (header, code)) in [
        ("备注", "sheet-column-unknown"),
        ("层高", "sheet-column-ambiguous"),
        ("物业费（元/度）", "sheet-column-unit"),
        ("配电容量", "sheet-column-twice"),
        ("月租金", "sheet-column-computed"),
        ("租今", "sheet-column-unknown"),
    ]
    .into_iter()
    .enumerate()
    {
        let column = next + u32::try_from(column).unwrap();
        bad.set(HEAD, column, Put::Text(header));
        bad.set(HEAD + 1, column, Put::Number(1.0));
        expected.push((Spot::new(HEAD, column).address(), code));
    }
    bad.set(HEAD + 5, next + 6, Put::Text("待核"));
    expected.push((Spot::new(HEAD, next + 6).address(), "sheet-header-empty"));
    bad.set(bad.last, 1, Put::Text("合计"));
    bad.set(bad.last, at("gross_area_m2"), Put::Number(1_200_000.0));
    expected.push((Spot::new(bad.last, 1).address(), "sheet-row-odd"));
    bad.set(bad.last + 1, 1, Put::Text("注：数据截至十月底"));
    expected.push((Spot::new(bad.last + 1, 1).address(), "sheet-row-odd"));
    assert!(expected.len() >= 40, "{}", expected.len());

    let (import, mut said) = imported("厂房登记表.xlsx", &bad.bytes(), Some("factory"), &snapshot, &project);
    said.sort();
    expected.sort();
    assert_eq!(codes(&said), codes(&expected));
    // Whatever has no fault is as it would be without the faults around it.
    let mut same = 0;
    for building in (1..=BUILDINGS).filter(|building| !touched.contains(building)) {
        let title = format!("示例县测试园{building}号厂房");
        let file = |import: &parkpress::desk::Import| {
            let outcome = import.outcomes.iter().find(|outcome| outcome.title == title).unwrap_or_else(|| panic!("{title}"));
            (outcome.file.clone(), import.files[&outcome.file].clone())
        };
        assert_eq!(file(&import), file(&clean), "{title}");
        same += 1;
    }
    assert!(same > 260, "{same}");
}
