//! Boards: tables of records and items, groups, thresholds, stages, charts; which of them are pages; the trace of clauses.

use crate::site::{Built, Site};
use parkpress::read::Trace;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The base site with one board.
fn board(select: &str) -> Site {
    Site::base()
        .with("themes/park/pages/trial.yaml", &format!("title: {{zh: 试, en: Try}}\npart: model\ntemplate: board.html\nselect:\n{select}"))
}

/// What stands between two marks, without tags.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The words of a section of a page.
fn section(built: &Built, page: &str, id: &str) -> String {
    let html = built.text(page);
    let from = [format!("id=\"{id}\""), format!("id={id} "), format!("id={id}>")];
    let start = from.iter().find_map(|mark| html.find(mark.as_str())).unwrap_or_else(|| panic!("{page} has no {id}"));
    let rest = &html[start..];
    words(&rest[..rest.find("</section>").expect("because a section ends")])
}

#[test]
fn a_table_over_items_leads_to_each_and_is_ordered_grouped_and_summed_by_them() {
    let built = board("  spaces: {type: factory, title: 单元, order: [-spaces.area_m2], group: spaces.status, sums: [spaces.area_m2, gross_area_m2], table: [spaces.no, title, spaces.area_m2, {of: spaces.rent, blank: true}]}\n")
        .changed("content/factories/e1.md", "  - {no: \"201\"", "  - {no: \"102\", floor: 1, area_m2: 1900, status: available, rent: 9}\n  - {no: \"201\"")
        .changed("content/factories/e1.md", "gross_area_m2: 4000", "gross_area_m2: 8000")
        .build();
    assert_eq!(built.said(), Vec::<String>::new());
    let text = section(&built, "trial/index.html", "spaces");
    let at = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word} in {text}"));
    // Larger first, under their states in the order of the type; items add up, what belongs to the building counts once.
    assert!(at("可租面积 5,400 ㎡") < at("可租 (2)") && at("可租 (2)") < at("102") && at("102") < at("101") && at("101") < at("已租 (1)"));
    assert!(text.contains("总建筑面积 8,000 ㎡") || text.contains("8,000 ㎡ 总建筑面积"), "{text}");
    assert!(built.text("trial/index.html").contains("factories/e1/#u-102"), "a row leads to its item");
}

#[test]
fn a_threshold_says_whether_it_is_reached_and_an_absent_one_says_nothing() {
    let select =
        "  land: {type: park, title: 地, table: [title, {of: built_area_mu, least: available_land_mu}, {of: built_ratio, bar: true}]}\n";
    let with = |built: &str, least: &str| {
        let site = board(select).changed(
            "content/parks/east.md",
            "planned_area_mu: 300",
            &format!("planned_area_mu: 300\nbuilt_area_mu: {built}\n{least}"),
        );
        let built = site.build();
        assert_eq!(built.said(), Vec::<String>::new());
        (section(&built, "trial/index.html", "land"), built.text("trial/index.html"))
    };
    let (reached, html) = with("150", "available_land_mu: 100");
    assert!(reached.contains("达到 要求 100 亩") && html.contains("50%"));
    assert!(with("50", "available_land_mu: 100").0.contains("未达到 要求 100 亩"));
    assert!(!with("50", "").0.contains("要求"));
}

#[test]
fn only_items_that_hold_are_shown() {
    let built = board("  few: {type: factory, title: 单元, rows: {spaces.status: leased}, table: [spaces.no, spaces.area_m2]}\n").build();
    let text = section(&built, "trial/index.html", "few");
    assert!(text.contains("201") && !text.contains("101") && text.contains("单元 (1)"), "{text}");
}

#[test]
fn stages_follow_the_clock() {
    let project = "title: 试验项目\npark: east\ncounty: \"350899\"\nyear: \"2026\"\nstage: signed\nstage_dates: {reserve: 2026-01-05, negotiating: 2026-02-10, signed: 2026-03-20}\nplanned_dates: {signed: 2026-03-10, started: 2026-10-01}\nsponsor_unit: 东镇\nindustry: {gbt4754: C33, name: 金属制品业}\nproject_nature: new\nsource_channel: private_capital\nkinds: [processing]\ntotal_invest_wan: 900\ncontent_scale: 新建车间。\nverified_on: 2026-09-01\nis_sample: true\n";
    let select = "  line: {type: project, title: 进度, chart: {kind: funnel, by: stage_dates}, timeline: {dates: stage_dates, plan: planned_dates}}\n";
    let at = |at: &str| {
        let built = board(select).with("content/projects/p1.yaml", project).at(at).build();
        assert!(built.said().iter().all(|line| line.starts_with("warning")), "{:?}", built.said());
        (section(&built, "trial/index.html", "line"), built.text("trial/index.html"), built.text("projects/p1/index.html"))
    };
    let (before, html, own) = at("2026-09-20 09:00");
    assert!(before.contains("签约 2026年3月20日 晚 10 天") && before.contains("开工 计划 2026年10月1日"), "{before}");
    assert!(html.contains("step--planned") && !html.contains("step--late"));
    assert!(own.contains("step--planned"), "the page of the project shows them too");
    let (after, html, _) = at("2026-10-11 09:00");
    assert!(after.contains("计划 2026年10月1日 晚 10 天") && html.contains("step--late"), "{after}");
    // The funnel counts every stage that was reached.
    assert!(after.contains("储备 1") && after.contains("签约 1"), "{after}");
}

#[test]
fn what_was_never_counted_is_zero_and_what_was_never_given_is_missing() {
    let select = "  a: {type: factory, title: 甲, charts: [{kind: stacked, by: title, split: spaces.status}]}\n  b: {type: factory, title: 乙, charts: [{kind: stacked, by: title, split: spaces.status, value: spaces.rent}]}\n";
    let other = Site::base()
        .text("content/factories/e1.md")
        .replace("东园一号", "东园二号")
        .replace("building_no: 1号", "building_no: 2号")
        .replace("status: leased", "status: reserved");
    let built = board(select).with("content/factories/e2.md", &other).build();
    let (a, b) = (section(&built, "trial/index.html", "a"), section(&built, "trial/index.html", "b"));
    assert!(a.contains("东园一号厂房 1 0 1") || a.contains("东园一号厂房 1 1 0"), "{a}");
    assert!(b.contains("未提供") && !a.contains("未提供"), "{b}");
}

#[test]
fn a_board_without_records_is_no_page_and_stands_nowhere() {
    let select = "  events: {type: event, title: 活动, table: [title, start]}\n";
    let built = board(select).build();
    assert_eq!(built.said(), Vec::<String>::new());
    assert!(!built.files.contains_key("trial/index.html"));
    for page in ["index.html", "sitemap/index.html", "overview/index.html"] {
        assert!(!built.text(page).contains("trial/"), "{page} leads to an empty board");
    }
    let event = "title: 开放日\nstart: 2026-11-20 14:30\nplace: 东园\norganiser: 东镇\nsignup: 电话\nis_sample: true\n";
    let about = "---\ntitle: 关于\nsummary: 关于本站\nis_sample: true\n---\n正文。\n";
    let site = board(select).with("content/events/day.yaml", event).with("content/pages/about.md", about);
    let built = site.at("2026-11-24 09:00").build();
    assert_eq!(built.said(), Vec::<String>::new());
    assert!(built.text("trial/index.html").contains("开放日"));
    for page in ["index.html", "sitemap/index.html", "overview/index.html", "events/index.html", "events/day/index.html"] {
        assert!(built.text(page).contains("trial/"), "{page} does not lead to the board");
    }
    assert!(built.text("events/day/index.html").contains("相关看板"));
    assert!(!built.text("about/index.html").contains("相关看板"), "a page of which no board knows has no line of boards");
    // English has no record of it, so that it has no such board, and the Chinese one does not offer it.
    assert!(!built.files.contains_key("en/trial/index.html") && !built.text("trial/index.html").contains("en/trial"));
}

#[test]
fn a_new_type_and_a_new_field_come_onto_a_board_without_rust() {
    let built = board("  halls: {type: hall, title: 展厅, group: kind, sums: [area_m2], table: [title, {of: area_m2, bar: true}, opened]}\n")
        .with("content/_types/hall.yaml", "type: hall\nlabel: {zh: 展厅, en: Hall}\nfolder: halls\nrank: 90\nfields:\n  kind: {kind: choice, label: {zh: 类别, en: Kind}, of: {fair: {zh: 会展, en: Fair}, show: {zh: 陈列, en: Show}}}\n  area_m2: {kind: quantity, unit: m2, label: {zh: 面积, en: Area}}\n  opened: {kind: month, label: {zh: 启用, en: Opened}}\n")
        .with("content/halls/a.yaml", "title: 一号展厅\nkind: show\narea_m2: 300\nis_sample: true\n")
        .with("content/halls/b.yaml", "title: 二号展厅\nkind: fair\narea_m2: 600\nopened: 2025-05\nis_sample: true\n")
        .build();
    assert_eq!(built.said(), Vec::<String>::new());
    let text = section(&built, "trial/index.html", "halls");
    let at = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word} in {text}"));
    assert!(text.contains("900 ㎡") && at("会展 (1)") < at("二号展厅") && at("二号展厅") < at("陈列 (1)"));
    assert!(text.contains("未提供"), "what is not given is said to be missing");
}

/// The worked example as it is on the disk.
fn example() -> Site {
    crate::types::example().at("2026-11-24 12:00")
}

#[test]
fn every_clause_resolves_to_a_rendered_page_that_holds_its_element() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read(root.join("content/_trace.yaml")).expect("because the example has a trace");
    let snapshot = parkpress::project::Snapshot::from_texts([("content/_trace.yaml", text.as_slice())]);
    let trace: Trace =
        parkpress::read::trace::read(&snapshot, &mut parkpress::diagnostic::Diagnostics::new()).expect("because it is sound");
    assert_eq!((trace.clauses.len(), trace.covered()), (59, 59));
    let numbers: BTreeSet<&str> = trace.clauses.iter().map(|clause| clause.no.as_str()).collect();
    assert_eq!(numbers.len(), 59);
    let built = example().build();
    assert_eq!(built.said(), Vec::<String>::new());
    let list = built.text("about/trace/index.html");
    for clause in &trace.clauses {
        let html = built.text(&clause.output().expect("because it has a page"));
        let held = match clause.element.split_once('=') {
            Some((name, value)) => html.contains(&format!("{name}=\"{value}\"")) || html.contains(&format!("{name}={value}")),
            None => {
                [format!("id=\"{}\"", clause.element), format!("id={}", clause.element)].iter().any(|mark| html.contains(mark.as_str()))
            }
        };
        assert!(held, "{}: no {} on {:?}", clause.no, clause.element, clause.page);
        assert!(list.contains(&clause.title.zh) && list.contains(&format!("c-{}", clause.no)), "{} is not listed", clause.no);
    }
    assert!(words(&list).contains("59 / 59"));
    let info: serde_json::Value = serde_json::from_str(&built.text("build.json")).expect("because it is JSON");
    assert_eq!(info["clauses"], serde_json::json!({"covered": 59, "total": 59}));
    let english = built.text("en/about/trace/index.html");
    assert!(english.contains("Dual assessment") && words(&english).contains("59 / 59"));
}

#[test]
fn a_site_without_a_trace_has_neither_page_nor_count() {
    let built = Site::base().build();
    assert!(!built.files.contains_key("about/trace/index.html"));
    assert!(!built.text("build.json").contains("clauses"));
    assert!(!built.text("sitemap/index.html").contains("about/trace"));
}

#[test]
fn a_clause_may_wait_for_its_page() {
    let trace =
        "clauses:\n  - {no: \"1\", title: {zh: 甲, en: A}, page: /parks/east/, element: main}\n  - {no: \"2\", title: {zh: 乙, en: B}}\n";
    let built = Site::base().with("content/_trace.yaml", trace).build();
    assert_eq!(built.said(), Vec::<String>::new());
    let page = words(&built.text("about/trace/index.html"));
    assert!(page.contains("1 / 2") && page.contains("尚无页面") && page.contains("东园"), "{page}");
}
