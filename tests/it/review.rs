//! Publishing with discipline as people do it: signing, holding back, what is due, the report.

use crate::site::{Site, sections};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("parkpress-review-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        for (file, text) in sections(include_str!("base.txt")) {
            write(&path.join(file), &text);
        }
        let place = Place(path);
        place.add("content/site.yaml", &(place.text("content/site.yaml") + "review: required\n"));
        place.add("content/news/a.md", NEWS);
        place.add("content/media/a.csv", "名称,数量\n厂房,1\n");
        place
    }
    fn add(&self, path: &str, text: &str) {
        write(&self.0.join(path), text);
    }
    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }
    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parkpress"));
        command.args(words).current_dir(&self.0).env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL").output().unwrap()
    }
    fn out(&self, words: &[&str]) -> String {
        String::from_utf8(self.run(words).stdout).unwrap()
    }
    /// Signs one level; the exit code and what was said.
    fn sign(&self, stage: &str, by: &str, hour: u8) -> (i32, String) {
        let at = format!("2026-11-20 {hour:02}:00");
        let out = self.run(&["review", "sign", "news/a", "--stage", stage, "--by", by, "--at", &at]);
        (out.status.code().unwrap(), String::from_utf8_lossy(&out.stderr).into_owned())
    }
    fn sign_all(&self, hour: u8) {
        for (stage, by) in [("draft", "张三"), ("second", "李四"), ("final", "王五"), ("secrecy", "李四")] {
            let (code, said) = self.sign(stage, by, hour);
            assert_eq!(code, 0, "{stage}: {said}");
        }
    }
    fn state(&self) -> String {
        let list = self.out(&["list", "--at", NOW]);
        list.lines().find(|line| line.contains("news/a ")).unwrap_or_default().to_string()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn write(path: &std::path::Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

const NOW: &str = "2026-11-24 12:00";
const NEWS: &str = "---\nstate: published\ntitle: 二号厂房竣工\nkind: park_news\npublished_at: 2026-11-19 09:00\nsource: 示例县融媒体中心\nattachments: [a.csv]\n---\n\n二号厂房通过竣工验收。\n";

#[test]
fn the_status_says_how_many_were_never_signed() {
    let place = Place::new("never");
    let site = place.text("content/site.yaml");
    place.add("content/site.yaml", &site.replace("review: required\n", ""));
    let said = String::from_utf8(place.run(&["review", "status"]).stderr).unwrap();
    assert!(said.contains("0 条") && said.contains("条从未审签"), "{said}");
}

#[test]
fn nothing_is_published_before_three_people_have_signed_what_it_says() {
    let place = Place::new("flow");
    assert!(place.state().starts_with("unapproved") && place.state().contains("待初审"), "{}", place.state());
    assert_eq!(place.run(&["build", "--at", NOW]).status.code(), Some(0));
    assert!(!place.0.join("public/news/a/index.html").exists());
    let (code, said) = place.sign("second", "李四", 8);
    assert!(code == 2 && said.contains("还没有初审"), "{said}");
    assert_eq!(place.sign("draft", "张三", 8).0, 0);
    let (code, said) = place.sign("second", "张 三", 8);
    assert!(code == 2 && said.contains("须由另一个人签"), "{said}");
    let (code, said) = place.sign("second", "李四", 7);
    assert!(code == 2 && said.contains("早于"), "{said}");
    assert_eq!(place.sign("second", "李四", 8).0, 0);
    assert_eq!(place.sign("second", "赵六", 8).0, 2, "signed already");
    assert_eq!(place.sign("final", "王五", 9).0, 0);
    assert!(place.state().contains("待保密审查"), "{}", place.state());
    assert_eq!(place.sign("secrecy", "张三", 9).0, 2, "who wrote it does not look for secrets");
    assert_eq!(place.sign("secrecy", "李四", 9).0, 0);
    assert!(place.state().starts_with("published"), "{}", place.state());
    let status: serde_json::Value = serde_json::from_str(&place.out(&["review", "status", "news/a", "--format", "json"])).unwrap();
    assert_eq!((&status["records"][0]["approved"], &status["records"][0]["signed"]["final"]["by"]), (&true.into(), &"王五".into()));
    assert_eq!(place.run(&["build", "--at", NOW]).status.code(), Some(0));
    assert!(place.0.join("public/news/a/index.html").is_file());
    // The ledger itself is nobody's business outside.
    assert!(!place.0.join("public/_review").exists());
    for unknown in ["news/b", "nothing"] {
        assert_eq!(place.run(&["review", "sign", unknown, "--stage", "draft", "--by", "张三"]).status.code(), Some(2));
    }
    assert_eq!(place.run(&["review", "sign", "content/news/a.md", "--stage", "draft", "--by", " "]).status.code(), Some(2));
}

#[test]
fn any_later_edit_reopens_the_review_and_its_state_does_not() {
    let place = Place::new("edit");
    place.sign_all(8);
    assert!(place.state().starts_with("published"));
    let edits: [(&str, &str, &str); 5] = [
        ("content/news/a.md", "竣工验收。", "竣工验收！"),
        ("content/news/a.md", "二号厂房竣工\n", "三号厂房竣工\n"),
        ("content/news/a.md", "09:00", "09:01"),
        ("content/news/a.md", "source:", "internal_note: 备注\nsource:"),
        ("content/media/a.csv", "厂房,1", "厂房,2"),
    ];
    for (path, from, to) in edits {
        let whole = place.text(path);
        assert!(whole.contains(from));
        place.add(path, &whole.replacen(from, to, 1));
        assert!(place.state().starts_with("unapproved") && place.state().contains("内容改动"), "{path}: {}", place.state());
        place.add(path, &whole);
        assert!(place.state().starts_with("published"), "what was signed is back");
    }
    // A translation is part of what was signed.
    place.add("content/news/a.en.md", "---\ntitle: The second hall is finished\n---\n\nIt is finished.\n");
    assert!(place.state().starts_with("unapproved"));
    fs::remove_file(place.0.join("content/news/a.en.md")).unwrap();
    let whole = place.text("content/news/a.md");
    for same in [
        whole.replace("state: published", "state: archived"),
        whole.replace("title:", "# 注释\n标题:"),
        whole.replace('\n', "\r\n"),
        whole.replace("kind: park_news\npublished_at: 2026-11-19 09:00\n", "published_at: 2026-11-19 09:00\nkind:   park_news\n"),
    ] {
        place.add("content/news/a.md", &same);
        assert!(!place.state().starts_with("unapproved"), "{same}: {}", place.state());
    }
    // Taking something back never waits for signatures.
    place.add(
        "content/news/a.md",
        &whole.replace("state: published", "state: withdrawn\nwithdrawal: {at: 2026-11-21, public_reason: 信息有误}"),
    );
    assert!(place.state().starts_with("withdrawn"), "{}", place.state());
}

#[test]
fn a_broken_ledger_stops_the_build_and_is_found() {
    let place = Place::new("broken");
    place.sign_all(8);
    assert_eq!(place.run(&["review", "verify"]).status.code(), Some(0));
    let path = "content/_review/news/a.jsonl";
    let whole = place.text(path);
    assert_eq!(whole.lines().count(), 4);
    place.add(path, &whole.replacen("李四", "赵六", 1));
    let out = place.run(&["review", "verify"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.code() == Some(1) && said.contains("ledger-altered") && said.contains("a.jsonl:2:1"), "{said}");
    assert_eq!(place.run(&["build", "--at", NOW]).status.code(), Some(1));
    // Cutting lines off the end leaves a sound ledger with signatures missing: nothing is published by it.
    place.add(path, &whole.lines().take(2).map(|line| format!("{line}\n")).collect::<String>());
    assert_eq!(place.run(&["review", "verify"]).status.code(), Some(0));
    assert!(place.state().contains("待终审"), "{}", place.state());
    fs::rename(place.0.join("content/news/a.md"), place.0.join("content/news/b.md")).unwrap();
    assert!(String::from_utf8_lossy(&place.run(&["review", "verify"]).stderr).contains("ledger-stray"));
}

#[test]
fn the_sheet_carries_the_digest_and_overwrites_nothing_else() {
    let place = Place::new("sheet");
    place.sign_all(8);
    assert_eq!(place.out(&["review", "sheet", "news/a", "--at", NOW]).trim(), "review-news-a.html");
    let html = place.text("review-news-a.html");
    let status: serde_json::Value = serde_json::from_str(&place.out(&["review", "status", "news/a", "--format", "json"])).unwrap();
    let digest = status["records"][0]["digest"].as_str().unwrap();
    let spaced: Vec<String> = digest.as_bytes().chunks(8).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
    for part in [&spaced.join(" "), "<svg", "size:A4", "二号厂房竣工", "台账：王五", "不验证身份", "二号厂房通过竣工验收。"]
    {
        assert!(html.contains(part), "{part}");
    }
    assert_eq!(place.run(&["review", "sheet", "news/a"]).status.code(), Some(0), "a sheet may be made anew");
    place.add("letter.html", "mine");
    assert_eq!(place.run(&["review", "sheet", "news/a", "--out", "letter.html"]).status.code(), Some(2));
    assert_eq!(place.text("letter.html"), "mine");
}

#[test]
fn what_is_due_is_told_to_the_day() {
    let place = Place::new("due");
    let none = place.out(&["freshness", "--lang", "zh", "--at", "2026-11-20 00:00"]);
    assert!(none.starts_with("没有一个栏目定了更新期限") && none.lines().count() == 1, "one sentence and no table: {none}");
    assert!(none.contains("content/columns/") && none.contains("update_days: 14") && none.contains("content/site.yaml"), "{none}");
    place.add("content/site.yaml", &place.text("content/site.yaml").replace("review: required", "freshness: [{folder: news, days: 14}]"));
    let state = |at: &str| {
        let out = place.run(&["freshness", "--format", "json", "--at", at]);
        let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        let news = json["rules"].as_array().unwrap().iter().find(|row| row["folder"] == "news").unwrap().clone();
        (out.status.code().unwrap(), news["state"].as_str().unwrap().to_string(), news["left"].as_i64())
    };
    assert_eq!(state("2026-11-20 00:00"), (0, "fresh".into(), Some(13)));
    assert_eq!(state("2026-12-01 12:00"), (0, "soon".into(), Some(2)));
    assert_eq!(state("2026-12-03 23:59"), (0, "soon".into(), Some(0)));
    assert_eq!(state("2026-12-04 00:00"), (1, "stale".into(), Some(-1)));
    let shown = place.out(&["freshness", "--at", "2026-12-04 00:00"]);
    assert!(shown.contains("超期") && shown.contains("2026-11-19"), "{shown}");
    let calendar = place.out(&["freshness", "--ics", "-", "--at", "2026-11-20 00:00"]);
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.contains("DTSTART;VALUE=DATE:20261203\r\n"), "{calendar}");
    assert_eq!(calendar, place.out(&["freshness", "--ics", "-", "--at", "2026-11-20 00:00"]));
    // The date of what was published is what people wrote, whatever the tool did.
    assert_eq!(place.text("content/news/a.md"), NEWS);
    fs::remove_file(place.0.join("content/news/a.md")).unwrap();
    assert_eq!(state("2026-12-04 00:00").1, "hidden");
}

#[test]
fn the_report_can_be_read_and_stays_out_of_the_site() {
    let place = Place::new("report");
    place.add("content/pages/b.md", "---\ntitle: 一个页面\nis_sample: true\nstate: published\n---\n\n全省最佳。\n");
    place.add("content/site.yaml", &place.text("content/site.yaml").replace("review: required", "freshness: [{folder: news, days: 14}]"));
    let html = place.out(&["check", "--format", "html", "--at", NOW]);
    for part in [
        "网站检查报告",
        "word-absolute",
        "content/pages/b.md:7:3",
        "词句和敏感信息",
        "更新情况",
        "无障碍",
        "网页大小",
        "未公开内容",
        "@page{size:A4",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("<script") && !html.contains("http://") && !html.contains("src="), "it needs nothing else");
    assert_eq!(place.run(&["build", "--audit", "--at", NOW]).status.code(), Some(0));
    assert!(place.text(".parkpress/audit.html").contains("word-absolute"));
    let english = place.out(&["check", "--format", "html", "--lang", "en", "--at", NOW]);
    assert!(english.contains("Accessibility") && english.contains("Held") || english.contains("Records held back"));
}

#[test]
fn what_is_not_approved_is_marked_on_every_page() {
    let site = Site::base()
        .changed("content/site.yaml", "demo: true", "demo: true\nreview: required")
        .with("content/news/a.md", NEWS.replace("attachments: [a.csv]\n", "").as_str());
    let public = site.build();
    assert!(!public.files.contains_key("news/a/index.html"));
    assert!(!public.text("index.html").contains("/preview."));
    let preview = site.clone().drafts().build();
    for page in ["index.html", "news/a/index.html", "news/index.html"] {
        assert!(preview.text(page).contains("assets/preview."), "{page}");
    }
    let style = preview
        .files
        .iter()
        .find(|(path, _)| path.starts_with("assets/preview."))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    assert!(style.is_some_and(|style| style.contains("预览稿") && style.contains("print-color-adjust")));
}

#[test]
fn what_must_stay_inside_is_in_no_byte_of_the_output() {
    let canary = |at: usize| format!("金丝雀暗号第{at}号甲乙丙丁");
    let private = format!(
        "internal_a: {}\n_b: {}\nverify_by: {}\nsilence: [{{code: word-absolute, text: 最佳, reason: {}}}]\n",
        canary(1),
        canary(2),
        canary(3),
        canary(4)
    );
    let site = Site::base()
        .changed("content/factories/e1.md", "is_sample: true", &format!("{private}summary: 最佳厂房\nis_sample: true"))
        .changed("content/contacts/desk.md", "kind: office", &format!("mobile: 13800138000\ninternal_c: {}\nkind: office", canary(5)))
        .with("content/news/secret.md", &format!("---\ntitle: {}\nkind: park_news\nstate: draft\npublished_at: 2026-11-20 09:00\nsource: {}\nkeywords: [{}]\n---\n\n{}\n", canary(6), canary(7), canary(8), canary(9)))
        .with("content/news/open.md", "---\ntitle: 公开的动态\nkind: park_news\nstate: published\npublished_at: 2026-11-20 09:00\nsource: 示例县融媒体中心\nrelated: [news/secret]\n---\n\n见[相关](secret.md)。\n");
    let built = site.build();
    assert_eq!(built.said().iter().filter(|line| line.starts_with("error")).count(), 0, "{:?}", built.said());
    assert!(built.files.len() > 40);
    for (path, bytes) in &built.files {
        let plain = String::from_utf8_lossy(bytes);
        for at in 1..=9 {
            let word = canary(at);
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let escaped: String = word.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            assert!(!plain.contains(&word) && !plain.to_lowercase().contains(&escaped), "{word} in {path}");
            assert!(!bytes.windows(wide.len()).any(|window| window == wide), "{word} in {path}");
        }
        assert!(!plain.contains("13800138000") && !plain.contains("secret/"), "{path}");
    }
    // A text that slips into a public page all the same is an error.
    let leak = site.changed("content/parks/east.md", "东园在县城东面。", &format!("东园：{}。", canary(3))).build();
    assert!(leak.said().iter().any(|line| line.contains("output-leak")), "{:?}", leak.said());
    // So is one in an attachment.
    let attached = Site::base()
        .changed("content/factories/e1.md", "is_sample: true", &format!("verify_by: {}\nattachments: [a.txt]\nis_sample: true", canary(3)))
        .with("content/media/a.txt", &canary(3))
        .build();
    assert!(attached.said().iter().any(|line| line.contains("output-leak")), "{:?}", attached.said());
}

#[test]
fn a_card_says_that_its_facts_are_old() {
    let marked = |at: &str| {
        let built = Site::base().at(at).build();
        built
            .files
            .iter()
            .filter(|(path, bytes)| path.ends_with(".html") && String::from_utf8_lossy(bytes).contains("badge--stale"))
            .count()
    };
    assert_eq!(marked("2027-04-30 12:00"), 0, "180 days after the verification");
    assert!(marked("2027-05-01 12:00") > 0);
}
