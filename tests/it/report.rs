//! The change report: what a build changes against the one before, field by field, and never the values of private
//! fields.

use crate::site::sections;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("parkpress-report-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        let place = Place(path);
        for (file, text) in sections(include_str!("base.txt")) {
            place.write(&file, &text);
        }
        place
    }
    fn write(&self, file: &str, text: &str) {
        let file = self.0.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    fn change(&self, file: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.0.join(file)).unwrap();
        assert!(text.contains(from), "{file} does not hold {from}");
        self.write(file, &text.replacen(from, to, 1));
    }
    fn build(&self, words: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parkpress"));
        let words = [&["build", "--at", "2026-11-24 12:00"], words].concat();
        let out = command.args(words).current_dir(&self.0).env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL").output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
    }
    fn report(&self) -> String {
        fs::read_to_string(self.0.join(".parkpress/report/report.html")).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const NEWS: &str = "---\ntitle: 一条要闻\nkind: important\nsource: 甲单位\npublished_at: 2026-11-02 09:00\n---\n第一段不变。\n\n第二段会改。\n\n第三段不变。\n";

#[test]
fn a_build_says_field_by_field_what_it_changes() {
    let place = Place::new("fields");
    place.write("content/news/a.md", NEWS);
    place.write("content/news/b.md", &NEWS.replace("一条要闻", "撤下的一条"));
    place.write("content/news/c.md", &NEWS.replace("一条要闻", "删去的一条"));
    place.change("content/factories/e1.md", "rent: 10}", "rent: 12, internal_floor_price: 7.77}");
    place.change("content/contacts/desk.md", "unit:", "mobile: 13900001234\nunit:");
    let (code, said, trouble) = place.build(&["--report"]);
    assert_eq!(code, 0, "{trouble}");
    assert!(said.contains("没有上次构建的记录") && said.contains("新增 (6)"), "{said}");
    assert_eq!(place.build(&[]).0, 0);
    place.change("content/factories/e1.md", "rent: 12, internal_floor_price: 7.77}", "rent: 11, internal_floor_price: 6.66}");
    place.change(
        "content/factories/e1.md",
        "area_m2: 1700, status: leased}",
        "area_m2: 1700, status: leased}\n  - {no: \"301\", floor: 2, area_m2: 90, status: leased}",
    );
    place.change("content/contacts/desk.md", "mobile: 13900001234", "mobile: 13900005678");
    place.change("content/news/a.md", "第二段会改。", "第二段改了。");
    place.change("content/news/b.md", "source:", "state: withdrawn\nwithdrawal: {at: 2026-11-20, public_reason: 资料有误}\nsource:");
    fs::remove_file(place.0.join("content/news/c.md")).unwrap();
    place.write("content/news/d.md", &NEWS.replace("一条要闻", "新增的一条"));
    let (code, said, trouble) = place.build(&["--report=json"]);
    assert_eq!(code, 0, "{trouble}");
    // Nothing but the report stands on the channel of who asked for JSON; the rest is said on the other.
    let json: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(trouble.lines().last().unwrap().starts_with("online content="), "{trouble}");
    let ids = |list: &str| json[list].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_string()).collect::<Vec<_>>();
    assert_eq!((ids("added"), ids("withdrawn"), ids("gone")), (vec!["d".into()], vec!["b".into()], vec!["c".to_string()]));
    assert_eq!(json["gone"][0]["state"]["to"], "deleted");
    assert_eq!(json["withdrawn"][0]["state"], serde_json::json!({"from": "published", "to": "withdrawn"}));
    assert_eq!(json["since"], "2026-11-24 12:00");
    let item = |id: &str| json["changed"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap().clone();
    let field = |id: &str, path: &str| {
        let item = item(id);
        item["fields"].as_array().unwrap().iter().find(|field| field["path"] == path).unwrap_or_else(|| panic!("{path}: {item:#}")).clone()
    };
    let rent = field("e1", "spaces.101.rent");
    assert_eq!(
        (rent["label"]["zh"].as_str().unwrap(), rent["from"].as_str().unwrap(), rent["to"].as_str().unwrap()),
        ("可租单元 101 · 租金", "12 元/㎡·月", "11 元/㎡·月")
    );
    let added = field("e1", "spaces.301");
    assert!(added["from"].is_null() && added["to"].as_str().unwrap().contains("90"), "{added}");
    let body = field("a", "body");
    assert_eq!((body["from"].as_str().unwrap(), body["to"].as_str().unwrap()), ("第二段会改。", "第二段改了。"));
    // What follows from others is marked as computed.
    assert_eq!(field("east", "rent_from")["computed"], true);
    for (id, path) in [("e1", "spaces.101.internal_floor_price"), ("desk", "mobile")] {
        let field = field(id, path);
        assert!(field["private"] == true && field.get("from").is_none() && field.get("to").is_none(), "{field}");
    }
    let page = place.report();
    for secret in ["7.77", "6.66", "13900001234", "13900005678"] {
        assert!(!said.contains(secret) && !page.contains(secret), "{secret} is printed");
    }
    for word in ["12 元/㎡·月", "11 元/㎡·月", "内部字段，值不列出", "撤下的一条", "签发人", "report.css"] {
        assert!(page.contains(word), "{word}");
    }
    assert!(place.0.join(".parkpress/report/report.css").is_file());
    // None of it is published, and the next build knows this one.
    assert!(!place.0.join("public/report.html").exists() && !place.0.join("public/.parkpress").exists());
    assert!(place.build(&["--report"]).1.contains("没有变化"));
}

#[test]
fn a_report_follows_the_clock_and_what_is_broken_only_costs_the_report() {
    let place = Place::new("clock");
    place.write("content/news/a.md", &NEWS.replace("source:", "unpublish_at: 2026-12-01 18:00\nsource:"));
    place.write("content/news/b.md", &NEWS.replace("2026-11-02 09:00", "2026-12-01 09:00").replace("一条要闻", "到时才见的一条"));
    assert_eq!(place.build(&[]).0, 0);
    let mut command = Command::new(env!("CARGO_BIN_EXE_parkpress"));
    let out = command
        .args(["build", "--at", "2026-12-01 18:00", "--report"])
        .current_dir(&place.0)
        .env("LANG", "zh_CN.UTF-8")
        .env_remove("LC_ALL")
        .output()
        .unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    assert!(said.contains("到时才见的一条") && said.contains("不再公开 (1)") && said.contains("已到下线时间"), "{said}");
    // A build with drafts is compared with builds with drafts.
    assert!(place.build(&["--drafts", "--report"]).1.contains("没有上次构建的记录"));
    for entry in fs::read_dir(place.0.join(".parkpress/last")).unwrap().flatten() {
        fs::write(entry.path(), "broken").unwrap();
    }
    let (code, said, _) = place.build(&["--report"]);
    assert!(code == 0 && said.contains("没有上次构建的记录"), "{said}");
    // A mistake writes no site, and what was published stays the last build.
    assert_eq!(place.build(&[]).0, 0);
    place.change("content/news/a.md", "kind: important", "kind: importent");
    assert_eq!(place.build(&["--report"]).0, 1);
    place.change("content/news/a.md", "kind: importent", "kind: park_news");
    let said = place.build(&["--report"]).1;
    assert!(said.contains("修改 (1)") && said.contains("类别  要闻 → 园区动态"), "{said}");
}

#[test]
fn a_picture_or_attachment_of_the_same_size_is_told_as_another_one() {
    let place = Place::new("same-size");
    // One byte of the text inside says which of the two it is; both are sound and equally long.
    let drawing = |shade: char| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><path fill=\"#00{shade}\" d=\"M0 0h4v4z\"/></svg>\n")
    };
    place.write("content/media/a.svg", &drawing('1'));
    place.write("content/media/b.csv", "名称,数量\n厂房,1\n");
    place.write("content/media/c.csv", "名称,数量\n车间,1\n");
    place.write("content/news/a.md", &NEWS.replace("source:", "cover: {src: a.svg, alt: 示意}\nattachments: [b.csv, c.csv]\nsource:"));
    assert_eq!(place.build(&[]).0, 0);
    let (code, said, trouble) = place.build(&["--report"]);
    assert!(code == 0 && said.contains("没有变化"), "{said}{trouble}");
    place.write("content/media/a.svg", &drawing('2'));
    place.write("content/media/b.csv", "名称,数量\n厂房,2\n");
    let (code, said, trouble) = place.build(&["--report=json"]);
    assert_eq!(code, 0, "{trouble}");
    let report: serde_json::Value = serde_json::from_str(&said).unwrap();
    let files = report["files"].to_string();
    assert!(files.contains("a.svg") && files.contains("b.csv") && !files.contains("c.csv"), "{files}");
    let (code, said, _) = place.build(&["--report"]);
    assert!(code == 0 && said.contains("没有变化"), "what was reported is not reported again: {said}");
}
