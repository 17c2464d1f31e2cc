//! A record as a whole in the forms: a new id, withdrawal, removal, and each of them taken back.

use crate::admin::{Clerk, E1};
use serde_json::{Value, json};
use std::fs;

const NEWS: &str = "content/news/n.md";
const TEXT: &str = "---\ntitle: 开工\nkind: park_news\nsource: 招商科\npublished_at: 2026-11-01 09:00\nrelated: [factory/e1]   # 相关\nis_sample: true\n---\n\n见[厂房](../factories/e1.md#u-101)。\n";

/// A clerk with a notice that leads to the factory.
fn clerk(name: &str) -> Clerk {
    let clerk = Clerk::start(name);
    clerk.preview.write(NEWS, TEXT);
    clerk.preview.until("/news/n/", "the notice", |status, _| status == 200);
    clerk
}

/// Every file of the content with its text.
fn content(clerk: &Clerk) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![clerk.preview.root.join("content")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                found.push((entry.path().display().to_string(), fs::read_to_string(entry.path()).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn undo(clerk: &Clerk, done: &Value) -> u16 {
    clerk.act("undo", &json!({"change": done["change"]})).0
}

#[test]
fn a_new_id_is_shown_then_given_and_taken_back() {
    let clerk = clerk("whole-rename");
    let before = content(&clerk);
    let ask = |to: &str, plan: Value| clerk.act("rename", &json!({"type": "factory", "id": "e1", "to": to, "plan": plan}));
    for (to, word) in [("East 1", "小写字母"), ("con", "小写字母"), ("", "小写字母"), ("e1", "已经有了"), ("../x", "小写字母")]
    {
        let (status, told) = ask(to, Value::Null);
        assert!(status == 422 && told.to_string().contains(word), "{to}: {told}");
    }
    let (status, shown) = ask("east-1", Value::Null);
    assert_eq!((status, content(&clerk) == before), (200, true), "a look writes nothing: {shown}");
    assert_eq!(shown["moves"], json!([[E1, "content/factories/east-1.md"]]));
    assert_eq!((&shown["redirect"], &shown["signed"]), (&"/factories/e1/".into(), &false.into()));
    assert_eq!(
        (&shown["links"][0]["title"], &shown["links"][0]["lines"]),
        (&"开工".into(), &json!([6, 10])),
        "who leads to it is named: {shown}"
    );
    // Somebody adds a link meanwhile: what was shown is not what would be done.
    clerk.preview.write(NEWS, &TEXT.replace("见[", "再见[厂房](factory/e1)，见["));
    clerk.preview.until("/news/n/", "another link", |_, page| page.contains("再见"));
    let (status, told) = ask("east-1", shown["plan"].clone());
    assert_eq!((status, told["now"]["links"][0]["lines"].as_array().map(Vec::len)), (409, Some(3)), "{told}");
    assert!(clerk.preview.root.join(E1).exists());
    let before = content(&clerk);
    let (status, done) = ask("east-1", told["now"]["plan"].clone());
    assert_eq!((status, &done["id"], &done["links"]), (200, &"east-1".into(), &3.into()), "{done}");
    assert!(!clerk.preview.root.join(E1).exists());
    let text = clerk.text(NEWS);
    assert!(text.contains("related: [factory/east-1]   # 相关") && text.contains("(../factories/east-1.md#u-101)"), "{text}");
    assert!(clerk.get("/factories/east-1/").1.contains("东园一号厂房"), "the preview shows it at once");
    assert!(clerk.get("/factories/e1/").1.contains("factories/east-1/"), "the old address leads on");
    assert_eq!(clerk.get("/__parkpress/admin/api/record?type=factory&id=e1").0, 404);
    // Its past goes with it.
    let history = clerk.json("history?type=factory&id=east-1");
    assert_eq!((&history["versions"][0]["verb"], history["versions"].as_array().map(Vec::len)), (&"rename".into(), Some(1)));

    // What was changed since is not taken back; what was not, is, to the byte.
    let renamed = clerk.text("content/factories/east-1.md");
    clerk.preview.write("content/factories/east-1.md", &renamed.replace("storeys: 2", "storeys: 3"));
    assert_eq!((undo(&clerk, &done), clerk.text(NEWS)), (409, text));
    clerk.preview.write("content/factories/east-1.md", &renamed);
    clerk.preview.until("/factories/east-1/", "the text as it was", |_, page| !page.contains("3层"));
    assert_eq!((undo(&clerk, &done), content(&clerk) == before), (200, true));
    assert_eq!(undo(&clerk, &done), 409, "once");
    for change in ["", "..", "../../content", "20261124-090000-x"] {
        assert_eq!(clerk.act("undo", &json!({"change": change})).0, 409, "{change}");
    }
}

#[test]
fn what_is_linked_stays_and_what_was_public_is_better_withdrawn() {
    let clerk = clerk("whole-remove");
    let before = content(&clerk);
    let act = |verb: &str, of: &str, id: &str, plan: &Value, reason: &str| {
        clerk.act(verb, &json!({"type": of, "id": id, "plan": plan, "reason": reason}))
    };
    let factory = clerk.json("whole?type=factory&id=e1");
    assert_eq!((&factory["public"], &factory["withdrawable"]), (&true.into(), &true.into()));
    assert_eq!((&factory["linked"][0]["type"], &factory["linked"][0]["id"]), (&"news".into(), &"n".into()), "{factory}");
    let (status, told) = act("remove", "factory", "e1", &factory["plan"], "");
    assert!(status == 422 && told["linked"][0]["title"] == "开工", "{told}");
    assert_eq!(act("withdraw", "factory", "e1", &factory["plan"], " ").0, 422, "a withdrawal says why");
    assert_eq!(act("withdraw", "factory", "e1", &"0".into(), "信息有误").0, 409, "nobody withdraws what they have not seen");
    assert_eq!(content(&clerk), before);

    let news = clerk.json("whole?type=news&id=n");
    assert_eq!((&news["linked"], &news["files"]), (&json!([]), &json!([NEWS])));
    let (status, done) = act("withdraw", "news", "n", &news["plan"], "信息有误，核实后再发");
    let text = clerk.text(NEWS);
    assert!(status == 200 && text.contains("state: withdrawn") && text.contains("核实后再发") && text.contains("# 相关"), "{done} {text}");
    assert!(text.contains("2026-11-24"), "the day is that of the clock: {text}");
    assert_eq!(clerk.json("whole?type=news&id=n")["withdrawable"], false);
    assert_eq!(clerk.json("history?type=news&id=n")["versions"][0]["verb"], "withdraw");
    assert_eq!((undo(&clerk, &done), content(&clerk) == before), (200, true));

    clerk.preview.write(NEWS, &TEXT.replace("title: 开工", "title: 开工了"));
    clerk.preview.until("/news/n/", "another title", |_, page| page.contains("开工了"));
    let (status, told) = act("remove", "news", "n", &news["plan"], "");
    assert_eq!((status, &told["now"]["title"]), (409, &"开工了".into()), "what was shown has changed: {told}");
    let (status, done) = act("remove", "news", "n", &told["now"]["plan"], "");
    assert_eq!((status, clerk.preview.root.join(NEWS).exists()), (200, false), "{done}");
    let kept = done["change"].as_str().expect("its name");
    assert!(clerk.text(&format!(".parkpress/history/{kept}/{NEWS}")).contains("开工了"));
    assert_eq!(clerk.get("/news/n/").0, 404);
    assert_eq!(undo(&clerk, &done), 200);
    assert!(clerk.text(NEWS).contains("开工了") && clerk.get("/news/n/").1.contains("开工了"));
    for (of, id) in [("news", "gone"), ("nothing", "n"), ("news", "../../site")] {
        assert_eq!(clerk.get(&format!("/__parkpress/admin/api/whole?type={of}&id={id}")).0, 404, "{of} {id}");
        assert_eq!(act("remove", of, id, &"".into(), "").0, 404);
    }
}

#[test]
fn a_row_of_a_table_is_edited_cell_by_cell_and_its_neighbours_stay() {
    const TABLE: &str = "content/contacts.csv";
    let clerk = Clerk::start("whole-rows");
    let text = "\u{FEFF}编号,标题,类别,单位,办公电话,核验日期\r\n\"row\",招商二科,office,\"示例县招商科\",0597-000-0002,2026-11-01\r\nrow-2,招商三科,office,示例县招商科,0597-000-0003,2026-11-01\r\n";
    clerk.preview.write(TABLE, text);
    let factory = clerk.text(E1).replace("contacts: [desk]", "contacts: [desk, row]");
    clerk.preview.write(E1, &factory);
    clerk.preview.until("/factories/e1/", "the table", |_, page| page.contains("0597-000-0002"));
    let record = clerk.json("record?type=contact&id=row");
    assert_eq!((&record["table"], &record["values"]["title"]), (&true.into(), &"招商二科".into()), "{record}");
    let form = || {
        let record = clerk.json("record?type=contact&id=row");
        json!({"type": "contact", "id": "row", "digest": record["digest"], "values": record["values"], "body": ""})
    };
    let (status, told) = clerk.act("save", &form());
    assert_eq!((status, clerk.text(TABLE) == text), (200, true), "a form that nobody touched changes no byte: {told}");
    let phone = record["values"].as_object().unwrap().iter().find(|(_, value)| **value == "0597-000-0002").expect("a phone").0.clone();
    let mut changed = form();
    changed["values"]["title"] = "招商二科,新".into();
    changed["values"][&phone] = "0597-000-0009".into();
    let (status, told) = clerk.act("save", &changed);
    let wanted = text.replace("招商二科", "\"招商二科,新\"").replace("0597-000-0002", "0597-000-0009");
    assert_eq!((status, clerk.text(TABLE)), (200, wanted.clone()), "{told}");
    assert_eq!(clerk.act("save", &changed).0, 409, "the table has changed since");
    // What a table cannot hold is refused, and what is wrong stands at its field.
    let mut prose = form();
    prose["body"] = "正文。".into();
    let (status, told) = clerk.act("save", &prose);
    assert!(status == 422 && told["message"]["zh"].as_str().is_some_and(|why| why.contains("没有正文")), "{told}");
    let mut wrong = form();
    wrong["values"]["title"] = "".into();
    let (status, told) = clerk.act("save", &wrong);
    let fields: Vec<&str> = told["problems"].as_array().unwrap().iter().filter_map(|one| one["field"].as_str()).collect();
    assert!(status == 422 && fields.contains(&"title"), "{told}");
    assert_eq!(clerk.text(TABLE), wanted);

    // An earlier text of the row comes back, not that of the table.
    let neighbour = wanted.replace("招商三科", "招商四科");
    clerk.preview.write(TABLE, &neighbour);
    let history = clerk.json("history?type=contact&id=row");
    let back = json!({"type": "contact", "id": "row", "digest": history["digest"], "version": history["versions"][0]["name"]});
    let (status, told) = clerk.act("restore", &back);
    let restored = neighbour.replace("0597-000-0009", "0597-000-0002").replace("\"招商二科,新\"", "\"招商二科\"");
    assert_eq!((status, clerk.text(TABLE)), (200, restored.clone()), "{told}");

    // A row gets another id, or goes.
    let ask = |plan: Value| clerk.act("rename", &json!({"type": "contact", "id": "row", "to": "second", "plan": plan}));
    let (status, shown) = ask(Value::Null);
    assert_eq!((status, &shown["moves"], &shown["cell"]), (200, &json!([]), &TABLE.into()), "{shown}");
    let (status, done) = ask(shown["plan"].clone());
    assert_eq!(status, 200, "{done}");
    assert!(clerk.text(TABLE).contains("\"second\",\"招商二科\"") && clerk.text(E1).contains("[desk, second]"), "{}", clerk.text(TABLE));
    assert_eq!((undo(&clerk, &done), clerk.text(TABLE), clerk.text(E1)), (200, restored.clone(), factory));
    let whole = clerk.json("whole?type=contact&id=row-2");
    assert_eq!((&whole["files"], &whole["row"]), (&json!([]), &TABLE.into()), "{whole}");
    let (status, done) = clerk.act("remove", &json!({"type": "contact", "id": "row-2", "plan": whole["plan"]}));
    assert_eq!((status, clerk.text(TABLE).contains("招商四科")), (200, false), "{done}");
    assert_eq!((undo(&clerk, &done), clerk.text(TABLE)), (200, restored));
}
