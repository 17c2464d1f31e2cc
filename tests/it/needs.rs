//! The questions of `needs.yaml` in what they feed: the matching of clauses, the fit report, the form, the search; and the
//! calendar of appointments.

use crate::site::{Built, Site};
use serde_json::Value as Json;

const POLICY: &str = "---
title: 测试办法
doc_kind: measures
doc_no: 示政规〔2026〕1号
issuer: 示例县人民政府
formed_on: 2026-01-12
published_at: 2026-11-23 09:30
valid_to: 2026-12-31
validity: effective
category: industry
level: county
is_normative: true
source: 示例县人民政府
benefits:
  - {no: 第五条, name: 面积条款, kind: rent, standard: 按标准执行, legal_basis: 本办法, conditions: [按程序承租], criteria: [{question: 需要面积, test: at_least, value: 3亩}, {question: 企业规模, test: none_of, value: [规下企业]}]}
  - {no: 第六条, name: 截止条款, kind: rent, standard: 按标准执行, legal_basis: 本办法, open_from: 2026-01-01, open_to: 2026-06-30}
---

正文。
";

fn with_policy() -> Site {
    Site::base().with("content/policies/p1.md", POLICY)
}

fn fit(built: &Built, lang: &str) -> Json {
    let (_, bytes) =
        built.files.iter().find(|(path, _)| path.starts_with(&format!("assets/fit-{lang}."))).expect("because the report has data");
    let text = String::from_utf8(bytes.clone()).unwrap();
    serde_json::from_str(text.strip_prefix("window.parkpressFit=").unwrap().strip_suffix(";\n").unwrap()).unwrap()
}

fn check<'a>(of: &'a Json, question: &str) -> &'a Json {
    of["checks"].as_array().unwrap().iter().find(|check| check["question"] == question).unwrap()
}

#[test]
fn every_clause_stands_in_the_page_with_its_rules_in_words_and_in_the_data() {
    let built = with_policy().build();
    assert!(!built.diagnostics.has_errors(), "{:?}", built.said());
    let page = built.text("policies/match/index.html");
    // What was typed in another unit or as a label is compared in the unit and by the key of the question.
    assert!(page.contains("需要面积 ≥ 2,000 ㎡") && page.contains("企业规模：规模以下工业企业以外"), "{page}");
    assert!(page.contains("data-values=\"2000\""));
    assert!(page.contains("按程序承租") && page.contains("第五条") && page.contains("示政规〔2026〕1号"));
    let data: Json = serde_json::from_str(&built.text("data/policies.json")).unwrap();
    assert_eq!(
        data["records"][0]["benefits"][0]["criteria"][0],
        serde_json::json!({"question": "area", "test": "at_least", "value": ["2000"]})
    );
    // Only what some clause asks is asked.
    assert!(page.contains("name=\"scale\"") && !page.contains("name=\"crane\""));
    // What applies to nobody today says why, and stands last.
    let (whole, closed) = (page.find("面积条款").unwrap(), page.find("受理已经截止").unwrap());
    assert!(whole < closed);
    assert!(built.text("policies/index.html").contains("match/"));
}

#[test]
fn an_expired_document_matches_nobody() {
    let page = with_policy().at("2027-01-01 09:00").build().text("policies/match/index.html");
    assert_eq!(
        page.matches("文件已经不再有效").count(),
        (page.matches("data-clause").count() - page.matches("data-clauses").count()) * 2,
        "in the text and for the script of each"
    );
}

#[test]
fn a_page_without_anything_to_compare_is_no_page_and_nobody_links_to_it() {
    let built = Site::base().build();
    assert!(!built.files.contains_key("policies/match/index.html") && built.files.contains_key("fit/index.html"));
    assert!(!built.files.contains_key("en/fit/index.html"), "no park has an English text");
    assert!(!built.text("index.html").contains("policies/match") && built.text("index.html").contains("fit/"));
    assert!(!built.text("fit/index.html").contains("hreflang=\"en\"") && !built.text("fit/index.html").contains("hreflang=en "));
    assert!(!built.text("en/index.html").contains("fit/"));
    let none = Site::base().changed("content/factories/e1.md", "status: available, rent: 10", "status: leased").build();
    assert!(none.files.contains_key("fit/index.html"), "the park is still offered");
    assert_eq!(fit(&none, "zh").as_array().unwrap().len(), 1);
}

#[test]
fn the_report_knows_what_is_offered_and_nothing_else() {
    let built = with_policy().changed("content/factories/e1.md", "rent: 10}", "rent: 10, internal_floor_price: 7.77}").build();
    let data = fit(&built, "zh");
    let factory = &data[0];
    assert_eq!(factory["of"], "factories");
    assert_eq!(factory["key"], serde_json::json!(["101"]), "the let space is no offer");
    assert_eq!(factory["path"], serde_json::json!(["factories/e1/#u-101"]));
    let column = |of: &Json, question: &str| of["values"][check(of, question)["column"].as_str().unwrap()].clone();
    assert_eq!(column(factory, "area"), serde_json::json!([1800]));
    assert_eq!(column(factory, "rent"), serde_json::json!([10]));
    assert_eq!(column(factory, "height"), serde_json::json!([6]), "the ground floor's");
    assert_eq!(column(factory, "crane"), serde_json::json!([null]), "absent is not 0");
    assert_eq!(check(factory, "area")["filter"], "area_m2");
    assert!(check(factory, "crane").get("filter").is_none(), "the finder has no such filter");
    // A building of a stricter class will do; a lease is also offered where it is lease or sale.
    assert_eq!(check(factory, "fire")["means"]["c"], serde_json::json!(["a", "b", "c"]));
    assert_eq!(check(factory, "tenure")["means"]["lease"], serde_json::json!(["lease", "lease_or_sale", "sublease"]));
    // Texts say what they name, by labels and synonyms, and keep silent about the rest.
    let industry = check(factory, "industry");
    assert_eq!(industry["texts"][0], serde_json::json!(["金属制品", "", ["metal"], []]));
    assert_eq!(check(&data[1], "industry")["texts"][0][2], serde_json::json!(["metal"]));
    assert_eq!(column(&data[1], "park"), serde_json::json!(["east"]));
    assert!(
        !String::from_utf8_lossy(&built.files.iter().find(|(path, _)| path.starts_with("assets/fit-")).unwrap().1[..]).contains("7.77")
    );
}

#[test]
fn a_large_finder_and_the_report_share_their_rows() {
    let spaces: String = (0..1600)
        .map(|n| {
            format!("  - {{no: \"r{n}\", floor: 1, area_m2: 2, status: {}, rent: 10}}\n", if n % 2 == 0 { "available" } else { "leased" })
        })
        .collect();
    let site = Site::base().changed("content/factories/e1.md", "gross_area_m2: 4000", "gross_area_m2: 8000");
    let built = site.changed("content/factories/e1.md", "  - {no: \"101\",", &format!("{spaces}  - {{no: \"101\",")).build();
    assert!(!built.diagnostics.has_errors(), "{:?}", built.said());
    let factory = &fit(&built, "zh")[0];
    assert_eq!(factory["at"].as_array().unwrap().len(), 801);
    assert_eq!(factory["at"][1], 2);
    assert!(factory.get("path").is_none() && factory["values"].get("area.area_m2").is_none(), "told once");
    assert_eq!(check(factory, "area")["column"], "area_m2");
    assert_eq!(factory["values"]["crane.crane.tonnes"].as_array().unwrap().len(), 801, "the finder does not have it");
    let page = built.text("fit/index.html");
    assert!(page.find("assets/finder-factories-zh").unwrap() < page.find("assets/fit-zh").unwrap());
    let finder = built.files.iter().find(|(path, _)| path.starts_with("assets/finder-factories-zh")).unwrap();
    assert!(String::from_utf8_lossy(finder.1).starts_with("(window.parkpressRows=window.parkpressRows||{})[\"factories\"]={"));
}

#[test]
fn a_question_of_a_site_is_asked_everywhere_and_one_that_is_taken_away_nowhere() {
    let own = "questions:\n  crane: off\n  steam: {group: space, kind: quantity, unit: t/h, label: {zh: 需要蒸汽, en: Steam}, compare: [{type: factory, field: steam_t_h, test: at_least}]}\n";
    let built = Site::base().with("themes/park/needs.yaml", own).build();
    assert_eq!(built.said(), Vec::<String>::new());
    for page in ["fit/index.html", "enquiry/index.html"] {
        let text = built.text(page);
        assert!(text.contains("需要蒸汽") && text.contains("name=\"steam\"") && !text.contains("name=\"crane\""), "{page}");
    }
    assert_eq!(check(&fit(&built, "zh")[0], "steam")["unit"], "吨/时");
}

#[test]
fn the_search_knows_fields_by_what_people_are_asked() {
    let built = Site::base().build();
    let head = built.files.iter().find(|(path, _)| path.starts_with("search/zh.") && path.ends_with("/head.js")).unwrap();
    let text = String::from_utf8_lossy(head.1);
    assert!(text.contains("最低净高") && text.contains("租金上限"));
}

#[test]
fn appointments_are_announced_before_they_begin_and_stand_in_a_calendar() {
    let event = "---\ntitle: 开放日；欢迎, 各位\nsummary: 第一行说明\nstart: 2026-12-08 08:30\nend: 2026-12-08 17:30\nplace: 东园, 服务中心\nupdated_at: 2026-11-20 10:00\norganiser: 招商科\nsignup: 电话 0597-000-0001\nis_sample: true\n---\n\n正文。\n";
    let meeting = "type: meeting\nlabel: {zh: 会议, en: Meeting}\nfolder: meetings\ncalendar: {start: from, end: to}\nfields:\n  title: {kind: text, role: title, required: true, label: {zh: 名称, en: Name}}\n  from: {kind: date, label: {zh: 开始, en: From}}\n  to: {kind: date, label: {zh: 结束, en: To}}\n";
    let site = Site::base()
        .with("content/events/open.md", event)
        .with("content/_types/meeting.yaml", meeting)
        .with("content/meetings/m1.yaml", "title: 三日会\nfrom: 2026-12-30\nto: 2027-01-01\n");
    let built = site.build();
    assert!(!built.diagnostics.has_errors(), "{:?}", built.said());
    let text = built.text("events/calendar.ics");
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(lines.iter().all(|line| line.len() <= 75));
    let whole = text.replace("\r\n ", "");
    let wanted = "BEGIN:VEVENT\r\nUID:events-open-zh@www.example.com\r\nDTSTAMP:20261120T020000Z\r\nDTSTART:20261208T003000Z\r\nDTEND:20261208T093000Z\r\nSUMMARY:开放日；欢迎\\, 各位\r\nLOCATION:东园\\, 服务中心\r\nDESCRIPTION:第一行说明\\n报名方式：电话 0597-000-0001\r\nURL:https://www.example.com/base/events/open/\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    assert!(whole.ends_with(wanted), "{whole}");
    assert!(whole.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    // A day lasts to its end.
    let days = built.text("meetings/calendar.ics");
    assert!(days.contains("DTSTART;VALUE=DATE:20261230\r\nDTEND;VALUE=DATE:20270102\r\n"), "{days}");
    assert!(built.text("events/index.html").contains("calendar.ics"));
    assert!(!built.files.contains_key("en/events/calendar.ics"), "there is no English event");
    // The same at another instant, but for the stamp of what does not say when it changed.
    assert_eq!(site.at("2026-11-25 12:00").build().text("events/calendar.ics"), text);
}
