//! Files, forms and back: what a person changes is changed, and nothing else.

use super::{changes, problems, values};
use crate::diagnostic::{Diagnostics, SitePath};
use crate::project::Snapshot;
use crate::read::keys::KeyTable;
use crate::schema::Type;
use crate::source::edit;
use crate::value::Zone;
use serde_json::{Map, Value as Json, json};

const TYPE: &str = "\
type: hall
label: {zh: 厅, en: Hall}
folder: halls
fields:
  area: {kind: quantity, unit: m2, min: 1, label: {zh: 面积, en: Area}}
  use: {kind: choice, label: {zh: 用途, en: Use}, of: {shop: {zh: 商铺, en: Shop}, store: {zh: 仓库, en: Store}}}
  lift: {kind: flag, label: {zh: 电梯, en: Lift}}
  built: {kind: date, label: {zh: 建成, en: Built}}
  opens: {kind: datetime, label: {zh: 开放, en: Opens}}
  term: {kind: range, label: {zh: 租期, en: Term}}
  at: {kind: place, label: {zh: 位置, en: Place}}
  plan: {kind: image, label: {zh: 平面图, en: Plan}}
  words: {kind: text, many: true, label: {zh: 词, en: Words}}
  door: {kind: group, label: {zh: 门, en: Door}, fields: {wide: {kind: quantity, unit: m, min: 1, label: {zh: 宽, en: Width}}, note: {kind: text, label: {zh: 说明, en: Note}}}}
  rooms: {kind: group, many: true, key: no, label: {zh: 间, en: Rooms}, fields: {no: {kind: text, required: true, label: {zh: 号, en: No}}, size: {kind: quantity, unit: m2, min: 1, label: {zh: 大小, en: Size}}}}
";

const FILE: &str = "\
---
# 说明写在最前
标题: 一号厅   # 与门牌一致
面积: 1200㎡
use: 商铺
lift: 有
built: 2026年3月5日
opens: 2026-03-05 09:30
term: 3至10
at: {lng: 117.03, lat: 25.09, crs: 高德}
plan: {src: a.png, alt: 平面}
words: [甲, \"乙: 丙\"]
door: {wide: 3, note: 朝南} # 门
rooms:
  # 东侧
  - {no: \"101\", size: 10}
  - no: \"102\"   # 西侧
    size: 20
---

正文。
";

struct Hall {
    schema: Type,
    keys: KeyTable,
    file: SitePath,
}

impl Hall {
    fn new() -> Hall {
        let texts = [("content/site.yaml", "title: 甲\n".as_bytes()), ("content/_types/hall.yaml", TYPE.as_bytes())];
        let project = crate::read::project(&Snapshot::from_texts(texts), &mut Diagnostics::new()).expect("a site");
        let schema = project.schemas.named("hall").expect("its type").clone();
        Hall { keys: KeyTable::new(&schema.fields), schema, file: SitePath::new("content/halls/a.md") }
    }
    fn values(&self, text: &str) -> Map<String, Json> {
        let node = edit::tree(&self.file, text).expect("a tree").0;
        values::of(Some(&node), &self.schema.fields, &self.keys, &Zone::shanghai())
    }
    /// The file after a form was changed and sent.
    fn sent(&self, text: &str, change: impl FnOnce(&mut Json)) -> String {
        let before = self.values(text);
        let mut after = Json::Object(before.clone());
        for list in ["rooms"] {
            for (at, item) in after[list].as_array_mut().into_iter().flatten().enumerate() {
                item["_at"] = at.into();
            }
        }
        change(&mut after);
        let node = edit::tree(&self.file, text).expect("a tree").0;
        let after = after.as_object().expect("values").clone();
        let changes = changes::between(&node, &self.schema.fields, &self.keys, &before, &after);
        edit::apply(&self.file, text, &changes, &["title", "area", "use", "lift"]).expect("a change")
    }
}

#[test]
fn a_form_shows_what_is_meant_and_an_untouched_one_changes_no_byte() {
    let hall = Hall::new();
    let values = hall.values(FILE);
    for (key, wanted) in [
        ("title", json!("一号厅")),
        ("area", json!("1200㎡")),
        ("use", json!("shop")),
        ("lift", json!("true")),
        ("built", json!("2026-03-05")),
        ("opens", json!("2026-03-05 09:30")),
        ("term", json!("3-10")),
        ("at", json!({"lng": "117.03", "lat": "25.09", "crs": "GCJ-02"})),
        ("plan", json!({"src": "a.png", "alt": "平面", "caption": "", "credit": "", "licence": ""})),
        ("words", json!(["甲", "乙: 丙"])),
        ("door", json!({"wide": "3", "note": "朝南"})),
        ("rooms", json!([{"no": "101", "size": "10"}, {"no": "102", "size": "20"}])),
        ("summary", json!("")),
    ] {
        assert_eq!(values[key], wanted, "{key}");
    }
    assert_eq!(hall.sent(FILE, |_| {}), FILE);
    // What cannot be read is shown as it was typed, and stays.
    let odd = FILE.replace("use: 商铺", "use: 车库").replace("built: 2026年3月5日", "built: 去年").replace("lift: 有", "lift: 也许");
    let values = hall.values(&odd);
    assert_eq!((&values["use"], &values["built"], &values["lift"]), (&json!("车库"), &json!("去年"), &json!("也许")));
    assert_eq!(hall.sent(&odd, |_| {}), odd);
}

#[test]
fn one_change_is_one_line_and_comments_stay() {
    let hall = Hall::new();
    let differs = |after: &str| -> Vec<String> {
        let old: Vec<&str> = FILE.lines().collect();
        after.lines().filter(|line| !old.contains(line)).map(str::to_string).collect()
    };
    let one = |change: fn(&mut Json)| differs(&hall.sent(FILE, change));
    assert_eq!(one(|form| form["title"] = "二号厅".into()), ["标题: 二号厅   # 与门牌一致"]);
    assert_eq!(one(|form| form["area"] = "1300".into()), ["面积: 1300"]);
    assert_eq!(one(|form| form["lift"] = "false".into()), ["lift: 否"]);
    assert_eq!(one(|form| form["door"]["wide"] = "3.5".into()), ["door: {wide: 3.5, note: 朝南} # 门"]);
    assert_eq!(one(|form| form["rooms"][1]["size"] = "25".into()), ["    size: 25"]);
    assert_eq!(one(|form| form["words"] = json!(["甲", "乙: 丙", "丁"])).len(), 1);
    let gone = hall.sent(FILE, |form| form["lift"] = "".into());
    assert!(!gone.contains("lift") && gone.contains("# 与门牌一致") && differs(&gone).is_empty(), "{gone}");
    let shorter = hall.sent(FILE, |form| {
        form["rooms"].as_array_mut().expect("a list").remove(0);
    });
    assert!(!shorter.contains("\"101\"") && shorter.contains("  - no: \"102\"   # 西侧\n    size: 20\n"), "{shorter}");
    let longer = hall.sent(FILE, |form| {
        form["rooms"].as_array_mut().expect("a list").push(json!({"no": "103", "size": "30"}));
        form["rooms"].as_array_mut().expect("a list").push(json!({"no": "", "size": " "}));
    });
    let rooms = hall.values(&longer)["rooms"].clone();
    assert_eq!(rooms.as_array().map(Vec::len), Some(3), "an empty item is none: {longer}");
    assert!(longer.contains("# 东侧") && longer.contains("# 西侧"));
    let turned = hall.sent(FILE, |form| form["rooms"].as_array_mut().expect("a list").reverse());
    assert_eq!(hall.values(&turned)["rooms"], json!([{"no": "102", "size": "20"}, {"no": "101", "size": "10"}]));
}

#[test]
fn whatever_a_form_sends_is_what_the_file_says_afterwards() {
    let hall = Hall::new();
    for text in ["- 甲", "#甲", "甲: 乙", "a\nb", "'", "\"", "{甲}", "true", "~", "0597", "null", "! x", "x #y", "&a", "*a", "%", "@a", "…"]
    {
        let after = hall.sent(FILE, |form| {
            form["title"] = text.into();
            form["words"] = json!([text, "甲"]);
            form["door"]["note"] = text.into();
            form["rooms"][0]["no"] = text.into();
        });
        let values = hall.values(&after);
        assert_eq!((&values["title"], &values["words"][0]), (&json!(text), &json!(text)), "{after}");
        assert_eq!((&values["door"]["note"], &values["rooms"][0]["no"]), (&json!(text), &json!(text)), "{after}");
    }
}

#[test]
fn problems_find_their_fields() {
    let hall = Hall::new();
    let text = FILE.replace("面积: 1200㎡", "面积: 很大").replace("    size: 20", "    大小: 很小").replace("wide: 3", "宽: 0.5");
    let texts = [
        ("content/site.yaml", "title: 甲\n".as_bytes()),
        ("content/_types/hall.yaml", TYPE.as_bytes()),
        ("content/halls/a.md", text.as_bytes()),
    ];
    let mut noted = Diagnostics::new();
    crate::read::project(&Snapshot::from_texts(texts), &mut noted);
    let node = edit::tree(&hall.file, &text).expect("a tree").0;
    let seen = problems::Seen { file: &hall.file, node: Some(&node), body_line: Some(23), row: None };
    let found = problems::of(&noted, seen, &hall.schema, &hall.keys);
    let fields: Vec<&str> = found.iter().filter(|one| one["error"] == true).filter_map(|one| one["field"].as_str()).collect();
    assert_eq!(fields, ["area", "door.wide", "rooms.1.size"], "{found:?}");
    assert!(problems::stops(&found) && !problems::stops(&[]));
}

#[test]
fn every_word_of_the_pages_stands_in_both_languages_and_none_is_idle() {
    let words = include_str!("../assets/admin-words.js");
    let scripts = [
        include_str!("../assets/admin-parts.js"),
        include_str!("../assets/admin-fields.js"),
        include_str!("../assets/admin-record.js"),
        include_str!("../assets/admin-whole.js"),
        include_str!("../assets/admin.js"),
    ];
    let pairs: Vec<(&str, &str)> = words.lines().filter_map(|line| line.strip_prefix("    ")?.split_once(": [\"")).collect();
    let known: Vec<&str> = pairs.iter().map(|(key, _)| key.trim_matches('"')).collect();
    assert!(known.len() > 100);
    for (key, rest) in &pairs {
        let both: Vec<&str> = rest.trim_end_matches("],").trim_end_matches(']').split("\", \"").collect();
        assert!(both.len() == 2 && both.iter().all(|word| !word.trim_matches('"').is_empty()), "{key} is not said in both languages");
        assert_eq!(both[0].matches('{').count(), both[1].matches('{').count(), "{key}");
    }
    for script in scripts {
        for call in script.split("say(\"").skip(1) {
            let (key, rest) = call.split_once('"').expect("an end");
            // `say("state_" + word)` is one of several.
            let found = if rest.starts_with(" +") { known.iter().any(|word| word.starts_with(key)) } else { known.contains(&key) };
            assert!(found, "nobody says what “{key}” means");
        }
    }
    let all = scripts.concat();
    for key in known.iter().filter(|key| !["state_", "to_", "lang_", "before_", "whole_"].iter().any(|several| key.starts_with(several))) {
        assert!(all.contains(&format!("\"{key}\"")) || all.contains(&format!("words.{key}")), "“{key}” is said nowhere");
    }
}
