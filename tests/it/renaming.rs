//! `rename` and `remove`: what follows, what is refused, and that a site is whole afterwards.

use crate::commands::Place;
use crate::site::Site;
use parkpress::desk::rename::Renaming;
use parkpress::desk::{changed, remove, rename};
use parkpress::diagnostic::Diagnostics;
use parkpress::project::Snapshot;
use parkpress::read::{self, Project};
use parkpress::value::RecordId;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

const NEWS: &str = "---\ntitle: 开工\nkind: park_news\nsource: 招商科\npublished_at: 2026-11-01 09:00\nrelated: [factory/e1]   # 相关\nis_sample: true\n---\n\n\
见[厂房](../factories/e1.md#u-101)、[单元](factory/e1)、[图](../factories/e1-plan.pdf)和[又一处][e]。别处的 e1.md 不动，`[码](../factories/e1.md)`也是文字。\n\n\
[e]: ../factories/e1.md\n\n```::facts\nrecord: factory/e1\n```\n\n```\n[码](../factories/e1.md)\n```\n";

fn site() -> Site {
    Site::base()
        .with("content/news/n.md", NEWS)
        .with("content/factories/e1.en.md", "---\ntitle: Factory one\n---\n")
        .with_bytes("content/factories/e1-plan.pdf", b"%PDF-1.4\n%%EOF\n")
        .changed("content/factories/e1.md", "is_sample: true\n", "attachments: [e1-plan.pdf]   # 平面图\nis_sample: true\n")
        .with("content/_trace.yaml", "clauses:\n  - {no: a, title: {zh: 甲, en: A}, page: /factories/e1/, element: main}\n")
}

fn snapshot(site: &Site) -> (Snapshot, Project) {
    let snapshot = Snapshot::from_texts(site.texts().iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    let project = read::project(&snapshot, &mut Diagnostics::new()).expect("because the settings are sound");
    (snapshot, project)
}

fn id(of: &str, id: &str) -> RecordId {
    RecordId { of: of.into(), id: id.into() }
}

/// The site as a renaming leaves it.
fn after(site: &Site, plan: &Renaming) -> Site {
    let (snapshot, _) = self::snapshot(site);
    let new = changed(&snapshot, &plan.edits);
    let texts = new.texts.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec()));
    let blobs = new.blobs.iter().map(|(path, blob)| (path.to_string(), blob.read().expect("in memory").to_vec()));
    texts.chain(blobs).fold(Site::default(), |site, (path, bytes)| site.with_bytes(&path, &bytes))
}

fn renamed(site: &Site, of: &str, old: &str, new: &str) -> Site {
    let (snapshot, project) = self::snapshot(site);
    let plan = rename::plan(&snapshot, &project, &id(of, old), new, true).expect("because nothing is in the way");
    after(site, &plan)
}

#[test]
fn a_record_moves_with_its_files_and_every_link_follows() {
    assert_eq!(site().build().said(), Vec::<String>::new());
    let new = renamed(&site(), "factory", "e1", "east-1");
    let built = new.build();
    assert_eq!(built.said(), Vec::<String>::new());
    for gone in ["content/factories/e1.md", "content/factories/e1.en.md", "content/factories/e1-plan.pdf"] {
        assert!(!new.texts().contains_key(gone), "{gone}");
    }
    let news = new.text("content/news/n.md");
    let wanted = NEWS
        .replace("related: [factory/e1]   # 相关", "related: [factory/east-1]   # 相关")
        .replace("[厂房](../factories/e1.md#u-101)", "[厂房](../factories/east-1.md#u-101)")
        .replace("[单元](factory/e1)", "[单元](factory/east-1)")
        .replace("(../factories/e1-plan.pdf)", "(../factories/east-1-plan.pdf)")
        .replace("[e]: ../factories/e1.md", "[e]: ../factories/east-1.md")
        .replace("record: factory/e1", "record: factory/east-1");
    assert_eq!(news, wanted);
    let own = new.text("content/factories/east-1.md");
    assert!(own.contains("attachments: [east-1-plan.pdf]   # 平面图\n") && own.contains("redirect_from:"), "{own}");
    assert!(new.texts().contains_key("content/factories/east-1.en.md"));
    assert!(new.text("content/_trace.yaml").contains("page: /factories/east-1/,"));
    assert!(built.text("factories/e1/index.html").contains("factories/east-1/"), "the old address leads on");
}

#[test]
fn a_record_that_other_fields_name_keeps_its_namesakes_apart() {
    let site = Site::base()
        .with("content/parks/north-east.md", &Site::base().text("content/parks/east.md").replace("东园", "东北园"))
        .with("content/news/n.md", "---\ntitle: 两园\nkind: park_news\nsource: 招商科\npublished_at: 2026-11-01\nrelated: [park/north-east, park/east]\nis_sample: true\n---\n\n见[东北园](park/north-east)与[东园](park/east)。\n");
    let new = renamed(&site, "park", "east", "west");
    assert_eq!(new.build().said(), Vec::<String>::new());
    let news = new.text("content/news/n.md");
    assert!(
        news.contains("related: [park/north-east, park/west]") && news.contains("[东北园](park/north-east)与[东园](park/west)"),
        "{news}"
    );
    assert!(new.text("content/factories/e1.md").contains("park: west\n"));
    // And back again: the way from the old address is not a way from a page that exists.
    let back = renamed(&new, "park", "west", "east");
    assert_eq!(back.build().said(), Vec::<String>::new());
    assert!(back.text("content/parks/east.md").contains("/parks/west/") && !back.text("content/parks/east.md").contains("/parks/east/"));
}

#[test]
fn pages_move_between_folders_and_see_everything_from_there() {
    let page = |title: &str, body: &str| format!("---\ntitle: {title}\nis_sample: true\n---\n\n{body}\n");
    let site = Site::base()
        .with("content/pages/about/us.md", &page("关于我们", "看[园区](../../parks/east.md)和[帮助](../help.md)。"))
        .with("content/pages/help.md", &page("帮助说明", "看[我们](about/us.md)。"));
    assert_eq!(site.build().said(), Vec::<String>::new());
    let new = renamed(&site, "page", "about/us", "team");
    assert_eq!(new.build().said(), Vec::<String>::new());
    assert!(
        new.text("content/pages/team.md").contains("[园区](../parks/east.md)和[帮助](help.md)"),
        "{}",
        new.text("content/pages/team.md")
    );
    assert!(new.text("content/pages/help.md").contains("[我们](team.md)"));
}

#[test]
fn what_is_in_the_way_is_said_and_nothing_is_worked_out() {
    let (snapshot, project) = snapshot(&site());
    let refused =
        |of: &str, old: &str, new: &str| rename::plan(&snapshot, &project, &id(of, old), new, true).err().map(|why| why.message.zh);
    assert!(refused("factory", "e1", "e1").is_some_and(|why| why.contains("已经有了")));
}

#[test]
fn a_row_of_a_table_gets_another_id_or_goes_and_the_other_rows_stay() {
    let table = "\u{FEFF}编号,标题,类别,单位,办公电话,核验日期,标题@en\r\n\"row\",招商二科,office,\"示例县招商科\",0597-000-0002,2026-11-01,Second\r\nrow-2,招商三科,office,示例县招商科,0597-000-0003,2026-11-01,\r\n";
    let site = Site::base().with("content/contacts.csv", table).changed(
        "content/factories/e1.md",
        "contacts: [desk]",
        "contacts: [desk, row]   # 两科",
    );
    assert_eq!(site.build().said(), Vec::<String>::new());
    let new = renamed(&site, "contact", "row", "second");
    assert_eq!(new.build().said(), Vec::<String>::new());
    assert!(new.text("content/factories/e1.md").contains("contacts: [desk, second]   # 两科"));
    let text = new.text("content/contacts.csv");
    let (head, rest) = text.split_once("\r\n").expect("a header");
    let (own, others) = rest.split_once("\r\n").expect("a row");
    assert!(head.starts_with("\u{FEFF}编号,标题,类别,单位,办公电话,核验日期,标题@en"), "{head}");
    assert!(own.starts_with("\"second\",招商二科,office,\"示例县招商科\",0597-000-0002,2026-11-01,Second"), "{own}");
    assert_eq!(others, "row-2,招商三科,office,示例县招商科,0597-000-0003,2026-11-01,\r\n");
    // Office programs of the house write GB18030: it stays.
    let gb = Site::base().with_bytes("content/contacts.csv", &encoding_rs::GBK.encode(table.trim_start_matches('\u{FEFF}')).0);
    let new = renamed(&gb, "contact", "row", "second");
    let after = encoding_rs::GBK.decode(&new.texts()["content/contacts.csv"]).0.into_owned();
    assert!(after.contains("\r\n\"second\",招商二科") && after.contains("\r\nrow-2,招商三科"), "{after}");

    let (snapshot, project) = self::snapshot(&site);
    let plan = remove::plan(&snapshot, &project, &id("contact", "row")).expect("a row");
    assert_eq!(plan.linked.iter().map(|place| place.file.as_str()).collect::<Vec<_>>(), ["content/factories/e1.md"]);
    let plan = remove::plan(&snapshot, &project, &id("contact", "row-2")).expect("a row");
    let without = table.replace("row-2,招商三科,office,示例县招商科,0597-000-0003,2026-11-01,\r\n", "");
    assert_eq!((plan.linked.len(), plan.edits.len()), (0, 1));
    assert_eq!(plan.edits[0].after.as_deref(), Some(without.as_bytes()));
    // A row says under the headers of its table that it was withdrawn.
    let edits = remove::withdraw(&snapshot, &project, &id("contact", "row-2"), "电话停用", "2026-11-24").expect("a row");
    let text = String::from_utf8(edits[0].after.clone().expect("a text")).expect("UTF-8");
    assert!(text.contains("withdrawn") && text.contains("电话停用") && text.contains("\"row\",招商二科"), "{text}");
    let new = site.with("content/contacts.csv", &text);
    assert_eq!(new.build().said(), Vec::<String>::new());
}

#[test]
fn a_ledger_is_closed_where_it_stands() {
    let site = site().with("content/_review/factory/e1.jsonl", "{}\n");
    let (snapshot, project) = snapshot(&site);
    let plan = rename::plan(&snapshot, &project, &id("factory", "e1"), "east-1", true).expect("nothing in the way");
    assert!(plan.signed);
    let new = after(&site, &plan);
    assert_eq!(new.text("content/_review/factory/e1.jsonl.closed"), "{}\n");
    assert_eq!(new.build().said(), Vec::<String>::new(), "no ledger without a record");
}

#[test]
fn a_record_stays_while_anything_leads_to_it() {
    let (snapshot, project) = snapshot(&site());
    let plan = remove::plan(&snapshot, &project, &id("factory", "e1")).expect("a file of its own");
    let places: Vec<String> = plan.linked.iter().map(|place| format!("{}:{}:{}", place.file, place.line, place.column)).collect();
    let mut by_file: BTreeMap<&str, usize> = BTreeMap::new();
    plan.linked.iter().for_each(|place| *by_file.entry(place.file.as_str()).or_default() += 1);
    assert!(
        places.contains(&"content/news/n.md:6:11".to_string()) && places.contains(&"content/_trace.yaml:2:42".to_string()),
        "{places:?}"
    );
    assert!(by_file["content/news/n.md"] >= 5, "{places:?}");
    let plan = remove::plan(&snapshot, &project, &id("news", "n")).expect("a file of its own");
    assert!(plan.linked.is_empty());
    assert_eq!(plan.edits.len(), 1);
}

#[test]
fn the_commands_write_all_or_nothing() {
    let place = Place::new("rename");
    let news = place.0.join("content/news");
    fs::create_dir_all(&news).expect("a folder");
    fs::write(news.join("n.md"), NEWS.replace("、[图](../factories/e1-plan.pdf)", "")).expect("a file");
    let before = fs::read_to_string(news.join("n.md")).expect("a file");
    assert_eq!(place.code(&["rename", "factory/e1", "east-1"]), 2, "without a terminal it needs --yes");
    assert_eq!(place.code(&["rename", "factory/e1", "east-1", "--dry-run"]), 0);
    assert_eq!(place.code(&["rename", "factory/e1", "East 1", "--yes"]), 2);
    assert_eq!(fs::read_to_string(news.join("n.md")).expect("a file"), before);
    let refused = place.run(&["remove", "factory/e1", "--yes"]);
    let said = String::from_utf8(refused.stderr).expect("UTF-8");
    assert_eq!(refused.status.code(), Some(2));
    assert!(said.contains("content/news/n.md:6:11") && said.contains("--withdraw"), "{said}");
    assert_eq!(place.code(&["rename", "factory/e1", "east-1", "--yes"]), 0, "{}", place.errors(&["check"]));
    assert_eq!(place.code(&["check", "--strict"]), 0, "{}", place.errors(&["check", "--strict"]));
    let history: Vec<_> = fs::read_dir(place.0.join(".parkpress/history")).expect("a history").flatten().collect();
    assert_eq!(history.len(), 1);
    assert_eq!(fs::read_to_string(history[0].path().join("content/news/n.md")).expect("a copy"), before);
    // Withdrawn, its address says why; taken away, its file lies in the history.
    assert_eq!(place.code(&["remove", "news/n", "--withdraw", "信息有误，核实后再发", "--yes"]), 0);
    let text = fs::read_to_string(news.join("n.md")).expect("a file");
    assert!(text.contains("state: withdrawn") && text.contains("信息有误，核实后再发") && text.contains("# 相关"), "{text}");
    assert_eq!(place.code(&["check"]), 0, "{}", place.errors(&["check"]));
    assert_eq!(place.code(&["remove", "news/n", "--yes"]), 0);
    assert!(!news.join("n.md").exists());
    assert_eq!(fs::read_dir(place.0.join(".parkpress/history")).expect("a history").count(), 3);
}

#[test]
fn what_is_public_goes_only_when_its_id_is_typed() {
    let place = Place::new("remove-public");
    let file = place.0.join("content/news/n.md");
    fs::create_dir_all(place.0.join("content/news")).expect("a folder");
    let text = NEWS.replace("、[图](../factories/e1-plan.pdf)", "");
    fs::write(&file, &text).expect("a file");
    let asked = |typed: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_parkpress"))
            .args(["remove", "news/n", "--lang", "zh"])
            .current_dir(&place.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        child.stdin.take().expect("a pipe").write_all(typed.as_bytes()).expect("it reads");
        let out = child.wait_with_output().expect("it ends");
        (out.status.code(), String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr))
    };
    for answer in ["", "\n", "y\n", "yes\n", "是\n", "n\n"] {
        let (code, said) = asked(answer);
        assert_eq!(code, Some(2), "{answer:?}: {said}");
        assert!(said.contains("网址 /news/n/ 打不开") && said.contains("--withdraw") && said.contains("请输入 news/n"), "{said}");
        assert_eq!(fs::read_to_string(&file).expect("a file"), text);
    }
    assert_eq!(asked("news/n\n").0, Some(0));
    assert!(!file.exists());
    // Of what is withdrawn the explanation would go as well; what was never public is asked for as before.
    fs::write(&file, &text).expect("a file");
    assert_eq!(place.code(&["remove", "news/n", "--withdraw", "信息有误，核实后再发", "--yes"]), 0);
    let (code, said) = asked("\n");
    assert!(code == Some(2) && said.contains("已经撤稿") && said.contains("请输入 news/n"), "{said}");
    fs::write(&file, text.replacen("---\n", "---\nstate: draft\n", 1)).expect("a file");
    let (code, said) = asked("news/n\n");
    assert!(code == Some(2) && !said.contains("打不开") && said.contains("--yes"), "{said}");
    assert_eq!(place.code(&["remove", "news/n", "--yes"]), 0);
}

#[test]
fn fix_shows_asks_and_writes() {
    let place = Place::new("fix");
    let park = place.0.join("content/parks/east.md");
    let sound = fs::read_to_string(&park).expect("a file");
    let slip = sound.replace("level: township", "level：township");
    fs::write(&park, &slip).expect("a file");
    let shown = place.run(&["fix", "--dry-run"]);
    let text = String::from_utf8(shown.stdout).expect("UTF-8");
    assert_eq!(shown.status.code(), Some(0));
    assert!(text.contains("-level：township\n+level: township\n") && !text.contains('\u{1b}'), "{text}");
    assert_eq!(place.code(&["fix"]), 2, "without a terminal it needs --yes");
    assert_eq!(place.code(&["fix", "nowhere", "--yes"]), 2);
    assert_eq!(place.code(&["fix", "content/factories", "--yes"]), 0);
    assert_eq!(fs::read_to_string(&park).expect("a file"), slip, "not asked for");
    assert_eq!(place.code(&["fix", "content/parks", "--yes"]), 0);
    assert_eq!(fs::read_to_string(&park).expect("a file"), sound);
    let copy = fs::read_dir(place.0.join(".parkpress/history")).expect("a history").flatten().next().expect("one").path();
    assert_eq!(fs::read_to_string(copy.join("content/parks/east.md")).expect("a copy"), slip);
}
