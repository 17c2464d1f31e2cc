//! Types as data: every type of the theme in use, words that follow the date, new fields and types without Rust.

use crate::site::Site;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, with its path below the root.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    fn walk(at: &Path, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(at).expect("because the folder is part of the project").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                let name = path.strip_prefix(root()).expect("because it lies below").to_string_lossy().replace('\\', "/");
                found.push((name, fs::read(&path).expect("because it can be read")));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found
}

/// The worked example without its pictures, which only `resolve` needs as files.
pub fn example() -> Site {
    files("content").into_iter().fold(Site::default().with_companions_of(&root()), |site, (path, bytes)| site.with_bytes(&path, &bytes))
}

/// The values of one key in the type files of the theme.
fn declared(key: &str) -> BTreeSet<String> {
    let types = files("themes/park/types").into_iter().map(|(_, bytes)| String::from_utf8(bytes).expect("because types are texts"));
    types.filter_map(|text| text.lines().find_map(|line| line.strip_prefix(key).map(str::to_string))).collect()
}

#[test]
fn the_example_is_sound_and_uses_every_type() {
    let built = example().at("2026-11-24 12:00").build();
    assert_eq!(built.said(), Vec::<String>::new());
    let folders = declared("folder: ");
    assert_eq!(folders.len(), 28);
    for folder in folders {
        let path = format!("data/{folder}.json");
        assert!(built.files.contains_key(&path), "no sample record of {folder}");
        let data: serde_json::Value = serde_json::from_str(&built.text(&path)).unwrap();
        for record in data["records"].as_array().unwrap() {
            // Pages about real places carry their sources instead.
            let sourced = record["sources"].as_array().is_some_and(|sources| !sources.is_empty());
            assert!(record["is_sample"] == true || sourced, "{folder}/{} is neither a sample nor sourced", record["id"]);
        }
    }
}

#[test]
fn what_a_project_is_linked_to_links_back() {
    let built = example().at("2026-11-24 12:00").build();
    for (page, words) in [
        (
            "projects/axle-plant/index.html",
            ["parks/shili-enclave/", "enterprises/sample-axle/", "contacts/leader-c/", "policies/enclave-plan/", "stories/enclave-first/"],
        ),
        (
            "enterprises/sample-axle/index.html",
            ["projects/axle-plant/", "factories/enclave-h2/", "parks/shili-enclave/", "contacts/officer-b/", "projects/gearbox-reserve/"],
        ),
        (
            "parks/shili-valley/index.html",
            [
                "companies/valley-operating/",
                "orgs/park-committee/",
                "plots/valley-south/",
                "contacts/leader-a/",
                "assessments/valley-2025/",
            ],
        ),
    ] {
        let html = built.text(page);
        for word in words {
            assert!(html.contains(word), "{page} does not lead to {word}");
        }
    }
}

#[test]
fn an_empty_type_has_no_list_no_menu_entry_and_no_data() {
    let built = Site::base().build();
    assert_eq!(built.said(), Vec::<String>::new());
    let pages = [built.text("index.html"), built.text("sitemap/index.html")];
    for folder in declared("folder: ").iter().filter(|folder| !["parks", "factories", "contacts", "pages"].contains(&folder.as_str())) {
        assert!(!built.files.keys().any(|path| path.starts_with(&format!("{folder}/"))), "{folder} is empty and has pages");
        assert!(!built.files.contains_key(&format!("data/{folder}.json")));
        assert!(pages.iter().all(|page| !page.contains(&format!("{folder}/"))), "{folder} is empty and stands in a menu");
    }
}

#[test]
fn a_field_of_one_line_reaches_every_output() {
    let built = Site::base()
        .with(
            "content/_types/factory.yaml",
            "fields:\n  dust_class: {kind: choice, label: {zh: 洁净等级, en: Clean room}, show: [facts, card, filter], of: {a: {zh: 十万级, en: Class D}, b: {zh: 万级, en: Class C}}}\n",
        )
        .changed("content/factories/e1.md", "is_sample: true", "洁净等级: 万级\nis_sample: true")
        .build();
    assert_eq!(built.said(), Vec::<String>::new());
    let page = built.text("factories/e1/index.html");
    assert!(page.contains("洁净等级") && page.contains("万级"));
    assert!(built.text("factories/index.html").contains("dust_class"), "the finder asks for it");
    assert!(built.files.contains_key("factories/by/dust_class/b/index.html"));
    let data: serde_json::Value = serde_json::from_str(&built.text("data/factories.json")).unwrap();
    assert_eq!(data["records"][0]["dust_class"], "b");
    assert!(built.text("data/factories.csv").lines().next().is_some_and(|head| head.contains("洁净等级") || head.contains("dust_class")));
    assert!(built.text("data/schema/factory.json").contains("dust_class"));
}

#[test]
fn a_type_of_one_file_has_pages_links_rules_and_data() {
    let laboratory = "type: laboratory
label: {zh: 实验室, en: Laboratory}
title: {zh: 共享实验室, en: Shared laboratories}
folder: laboratories
rank: 45
feed: true
order: [-opened]
fields:
  park: {kind: link, to: [park], back: laboratories, role: parent, required: true, show: [facts, card], label: {zh: 所在园区, en: Park}}
  opened: {kind: datetime, role: date, required: true, label: {zh: 启用时间, en: Opened}}
  fee: {kind: money, of: 元, min: 0, show: [facts, card], label: {zh: 每次收费, en: Fee}}
  tests:
    kind: group
    many: true
    key: name
    label: {zh: 检测项目, en: Tests}
    fields:
      name: {kind: text, required: true, label: {zh: 项目, en: Test}}
      normal_days: {kind: integer, min: 1, label: {zh: 一般天数, en: Normal days}}
      our_days: {kind: integer, min: 1, at_most: normal_days, label: {zh: 本室天数, en: Our days}}
      saved: {kind: percent, derive: {reduction: [normal_days, our_days]}, label: {zh: 缩短, en: Saved}}
";
    let record = "---\ntitle: 材料实验室\npark: east\nopened: 2026-05-06 09:00\nfee: 300\ntests:\n  - {name: 盐雾, normal_days: 20, our_days: 5}\nis_sample: true\n---\n\n企业都可以预约。\n";
    let site = Site::base().with("content/_types/laboratory.yaml", laboratory).with("content/laboratories/material.md", record);
    let built = site.build();
    assert_eq!(built.said(), Vec::<String>::new());
    let page = built.text("laboratories/material/index.html");
    assert!(page.contains("盐雾") && page.contains("75%") && page.contains("parks/east/"));
    assert!(built.text("laboratories/index.html").contains("材料实验室") && built.text("index.html").contains("共享实验室"));
    assert!(built.text("parks/east/index.html").contains("laboratories/material/"), "the park lists it");
    assert!(built.text("laboratories/feed.xml").contains("材料实验室"));
    let data: serde_json::Value = serde_json::from_str(&built.text("data/laboratories.json")).unwrap();
    assert_eq!(data["records"][0]["tests"][0]["saved"], 75);
    assert!(built.text("data/laboratories.csv").contains("材料实验室"));
    let schema: serde_json::Value = serde_json::from_str(&built.text("data/schema/laboratory.json")).unwrap();
    let tests = &schema["properties"]["records"]["items"]["properties"]["tests"]["items"]["properties"];
    assert_eq!((&tests["saved"]["readOnly"], &tests["our_days"]["minimum"]), (&true.into(), &1.into()));
    let wrong = site.changed("content/laboratories/material.md", "our_days: 5", "our_days: 25").build();
    assert_eq!(wrong.said(), ["error larger-than content/laboratories/material.md:7:43"]);
}

const HALL: &str = "type: hall
label: {zh: 展厅, en: Hall}
folder: halls
fields:
  opens: {kind: date, label: 开放}
  closes: {kind: date, label: 关闭}
  now: {kind: choice, show: [facts, card], label: 开放状态, of: {soon: 将开放, open: 开放中, shut: 已关闭}, derive: {first_of: [{when: {opens: {future: true}}, is: soon}, {when: {closes: {past: true}}, is: shut}, {is: open}]}}
  shows: {kind: group, many: true, until: to, label: 展览, fields: {name: {kind: text, label: 展名}, to: {kind: date, label: 到期}}}
  share: {kind: percent, label: 甲方}
  rest: {kind: percent, label: 乙方, derive: {rest: share}}
  parts: {kind: integer, label: 合计, derive: {sum: [a, b]}}
  a: {kind: integer, label: 前厅}
  b: {kind: integer, label: 后厅}
  work: {kind: integer, label: 工作日数, derive: {workdays: [opens, closes]}}
";

fn hall(at: &str) -> crate::site::Built {
    let record = "title: 一号展厅\nopens: 2026-11-20\nclosing: 1\n".replace(
        "closing: 1\n",
        "closes: 2026-11-25\nshare: 40%\na: 3\nshows:\n  - {name: 旧展, to: 2026-11-21}\n  - {name: 新展, to: 2026-12-31}\n",
    );
    Site::base().with("content/_types/hall.yaml", HALL).with("content/halls/h.yaml", &record).at(at).build()
}

#[test]
fn words_follow_the_date_and_the_site_knows_when_they_change() {
    for (at, word, next) in [
        ("2026-11-19 23:59", "将开放", "2026-11-20T00:00:00+08:00"),
        ("2026-11-20 00:00", "开放中", "2026-11-21T00:00:00+08:00"),
        ("2026-11-25 23:59", "开放中", "2026-11-26T00:00:00+08:00"),
        ("2026-11-26 00:00", "已关闭", "2026-12-31T00:00:00+08:00"),
    ] {
        let built = hall(at);
        assert!(built.text("halls/h/index.html").contains(word), "{at}: {word}");
        assert!(built.text("build.json").contains(next), "{at}: {}", built.text("build.json"));
    }
}

#[test]
fn items_past_their_date_are_left_out_and_named() {
    let (before, after) = (hall("2026-11-21 12:00"), hall("2026-11-22 00:00"));
    assert!(before.text("halls/h/index.html").contains("旧展") && before.said().is_empty());
    assert!(after.files.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("旧展")));
    assert!(after.text("halls/h/index.html").contains("新展"));
    assert_eq!(after.said(), ["warning item-over content/halls/h.yaml:7:20"]);
}

#[test]
fn computed_values_are_exact() {
    let data: serde_json::Value = serde_json::from_str(&hall("2026-11-21").text("data/halls.json")).unwrap();
    let record = &data["records"][0];
    // 2026-11-20 is a Friday: 20, 23, 24, 25.
    assert_eq!((&record["rest"], &record["parts"], &record["work"]), (&60.into(), &3.into(), &4.into()));
    let holiday = Site::base()
        .changed("content/site.yaml", "demo: true", "demo: true\nholidays: [2026-11-23]\nworkdays: [2026-11-21]")
        .with("content/_types/hall.yaml", HALL)
        .with("content/halls/h.yaml", "title: 一号展厅\nopens: 2026-11-20\ncloses: 2026-11-24\n")
        .build();
    let data: serde_json::Value = serde_json::from_str(&holiday.text("data/halls.json")).unwrap();
    assert_eq!(data["records"][0]["work"], 3, "20, 21 and 24");
}

#[test]
fn a_record_is_archived_by_itself_and_no_longer_indexed() {
    let exposure = "---\ntitle: 超标准收费\nsource: 示例县监督室\npublished_at: 2026-03-05 09:30\npractice: fees\nsubject_kind: unit\nsubject_name: 示例物业点\nfact: 2026 年 2 月收取押金五千元。\nbasis: 租赁规定\nauthority: 示例县监督室\nsource_case: complaint\nrectification: {measures: [退还], responsible: 东园, due: 2026-05-31, status: in_progress}\nremove_on: 2026-12-31\nlegal_reviewed: {by: 示例县司法局, on: 2026-03-04}\nis_sample: true\n---\n\n虚构。\n";
    let site = Site::base().with("content/exposures/fee.md", exposure);
    let (open, over) = (site.clone().at("2026-06-01 00:00").build(), site.at("2027-01-01 00:00").build());
    let page = open.text("exposures/fee/index.html");
    assert!(page.contains("逾期未改") && !page.contains("noindex"));
    assert!(open.text("sitemap.xml").contains("exposures/fee/"));
    let page = over.text("exposures/fee/index.html");
    assert!(page.contains("已归档") && page.contains("noindex"));
    assert!(!over.text("sitemap.xml").contains("exposures/fee/"));
}

#[test]
fn what_an_enterprise_did_not_agree_to_reaches_no_output() {
    let enterprise = "title: 示例企业\npark: east\ncounty: \"350899\"\nindustry: {gbt4754: C33, name: 金属制品业}\nproducts: [秘密产品甲乙丙丁戊]\npatents_count: 17\nconsent: {on: 2026-06-01, scope: [patents_count]}\nis_sample: true\n";
    let built = Site::base().with("content/enterprises/e.yaml", enterprise).build();
    assert_eq!(built.said(), Vec::<String>::new());
    assert!(built.files.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("秘密产品")));
    assert!(
        built.text("data/enterprises.json").contains("\"patents_count\": 17")
            || built.text("data/enterprises.json").contains("\"patents_count\":17")
    );
}

#[test]
fn the_example_of_a_sure_number_is_in_the_unit_of_its_field() {
    let hints = |from: &str, to: &str| {
        let built = Site::base().changed("content/factories/e1.md", from, to).build();
        let found = built.diagnostics.iter().find(|found| found.code == "number-vague").expect("the number is vague");
        (found.hints[0].zh.clone(), found.hints[0].en.clone())
    };
    for (from, to, zh, en) in [
        ("gross_area_m2: 4000", "gross_area_m2: 约100亩", "例如 100㎡", "such as 100 m²"),
        ("power_kva: 800", "power_kva: 800以上", "例如 100kVA", "such as 100 kVA"),
        ("power_kva: 800", "power_kva: 800\nsite_area_mu: 100余亩", "例如 100亩", "such as 100 mu"),
        ("storeys: 2", "storeys: 约2", "例如 100）", "such as 100)"),
        ("rent: 10", "rent: 约10", "例如 100元/㎡·月", "such as 100 "),
    ] {
        let (found_zh, found_en) = hints(from, to);
        assert!(found_zh.contains(zh) && found_en.contains(en), "{to}: {found_zh} {found_en}");
    }
}
