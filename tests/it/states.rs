//! The one filter, seen from outside: every state × every place where a record could show, just before and just after
//! the instant at which its standing changes, on machines in three time zones.

use crate::site::{Site, sections};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where a record could show, in the order of the marks below.
const SURFACES: [&str; 10] = ["page", "list", "home", "feed", "json", "csv", "sitemap", "search", "related", "image"];

/// Records by name: what they say, and where they show before and after the boundary: `x` shown, `.` nowhere, `t` a
/// tombstone, `c` a catalogue entry without what the document says. All changes fall on one instant, the midnight of the site that ends 10 December 2026.
const RECORDS: [(&str, &str, &str, &str); 15] = [
    ("published", "published_at: 2026-11-01 09:00", "xxxxxxxxxx", "xxxxxxxxxx"),
    (
        "corrected",
        "published_at: 2026-11-02 09:00\ncorrections: [{at: 2026-11-03, what: 面积, from: 12, to: 11, by: 某科}]",
        "xxxxxxxxxx",
        "xxxxxxxxxx",
    ),
    ("draft", "published_at: 2026-11-01 09:00\nstate: draft", "..........", ".........."),
    ("in-review", "published_at: 2026-11-01 09:00\nstate: in_review", "..........", ".........."),
    ("approved", "published_at: 2026-11-01 09:00\nstate: approved", "..........", ".........."),
    ("closed", "published_at: 2026-11-01 09:00\nopenness: none", "..........", ".........."),
    ("on-request", "published_at: 2026-11-01 09:00\nopenness: on_request", "cxxxxxxxx.", "cxxxxxxxx."),
    ("scheduled", "published_at: 2026-12-11 00:00", "..........", "xxxxxxxxxx"),
    ("timed", "published_at: 2026-11-01 09:00\npublish_at: 2026-12-11 00:00", "..........", "xxxxxxxxxx"),
    ("leaving", "published_at: 2026-11-01 09:00\nunpublish_at: 2026-12-11 00:00", "xxxxxxxxxx", ".........."),
    ("expiring", "published_at: 2026-11-01 09:00\nholds_until: 2026-12-10", "xxxxxxxxxx", "xx..xxxxxx"),
    ("closing", "published_at: 2026-11-01 09:00\nshown_until: 2026-12-10", "xxxxxxxxxx", "xx..xx.xxx"),
    ("archived", "published_at: 2026-11-01 09:00\nstate: archived", "xx..xxxxxx", "xx..xxxxxx"),
    (
        "withdrawn",
        "published_at: 2026-11-01 09:00\nstate: withdrawn\nwithdrawal: {at: 2026-11-05, public_reason: 资料有误, by: 不公开的人}",
        "t.........",
        "t.........",
    ),
    (
        "unborn",
        "published_at: 2026-12-11 00:00\nstate: withdrawn\nwithdrawal: {at: 2026-11-05, public_reason: 资料有误}",
        "..........",
        "t.........",
    ),
];

const ZONES: [&str; 3] = ["UTC", "America/New_York", "Pacific/Auckland"];

struct Place(PathBuf);

impl Place {
    fn new(name: &str, files: &BTreeMap<String, Vec<u8>>) -> Place {
        let path = std::env::temp_dir().join(format!("parkpress-states-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        for (file, bytes) in files {
            let file = path.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
        Place(path)
    }
    fn run(&self, words: &[&str], zone: &str) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parkpress"));
        let out =
            command.args(words).current_dir(&self.0).env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL").env("TZ", zone).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
    }
    fn built(&self, at: &str, zone: &str) -> BTreeMap<String, Vec<u8>> {
        let (code, said, trouble) = self.run(&["build", "--at", at, "--out", "site"], zone);
        assert_eq!(code, 0, "{said}{trouble}");
        let mut files = BTreeMap::new();
        collect(&self.0.join("site"), "", &mut files);
        files.remove(".parkpress.json");
        files
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

fn title(name: &str) -> String {
    format!("金丝雀「{name}」号")
}

/// The base site with a record of every state, each with a picture of its own, and one record that is related to all.
fn site() -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<String, Vec<u8>> =
        sections(include_str!("base.txt")).into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    let patch = "fields:\n  holds_until: {kind: date, role: expires, label: {zh: 有效至, en: Valid until}}\n  \
        shown_until: {kind: date, role: archives, label: {zh: 展示至, en: Shown until}}\n";
    files.insert("content/_types/news.yaml".into(), patch.into());
    let record =
        |title: &str, more: &str, body: &str| format!("---\ntitle: {title}\nkind: park_news\nsource: 甲单位\n{more}\n---\n{body}\n");
    let names: Vec<String> = RECORDS.iter().map(|(name, ..)| format!("news/c-{name}")).collect();
    let other = record("相关的一条", &format!("published_at: 2026-10-01 09:00\nrelated: [{}]", names.join(", ")), "正文。");
    files.insert("content/news/other.md".into(), other.into());
    for (name, more, ..) in RECORDS {
        let more = format!("{more}\ncover: {{src: pic-{name}-canary.png, alt: 图片「{name}」号}}\nkeywords: [词「{name}」号]");
        let text = record(&title(name), &more, &format!("只有正文才说的「{name}」号。"));
        files.insert(format!("content/news/c-{name}.md"), text.into());
        files.insert(format!("content/media/pic-{name}-canary.png"), include_bytes!("data/tiny.png").to_vec());
    }
    files
}

/// Where a record shows in a finished site.
fn seen(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    let title = title(name);
    let text = |path: &str| files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let has = |path: &str, what: &str| text(path).contains(what);
    let page = text(&format!("news/c-{name}/index.html"));
    let of = |surface: &str| match surface {
        "page" if page.contains(&format!("只有正文才说的「{name}」号")) => 'x',
        "page" if page.contains("资料有误") => 't',
        "page" if page.contains("本件依申请公开") => 'c',
        "page" if page.is_empty() => '.',
        "list" | "home" | "feed" | "json" | "csv" | "sitemap" | "search" | "related" | "image" => {
            let shown: Vec<bool> = match surface {
                "list" => vec![has("news/index.html", &title), has("news/archive/2026/index.html", &title)],
                "home" => vec![has("index.html", &title)],
                "feed" => ["feed.xml", "feed.json", "news/feed.xml"].iter().map(|path| has(path, &title)).collect(),
                "json" => vec![has("data/news.json", &title)],
                "csv" => vec![has("data/news.csv", &title)],
                "sitemap" => vec![has("sitemap.xml", &format!("/news/c-{name}/"))],
                "search" => {
                    let packs = files.iter().filter(|(path, _)| path.starts_with("search/") && path.ends_with(".js"));
                    let any = packs.into_iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(&title));
                    vec![any, has("search/index.html", &title), has("sitemap/index.html", &title)]
                }
                "related" => vec![has("news/other/index.html", &title)],
                _ => vec![files.keys().any(|path| path.contains(&format!("pic-{name}-canary")))],
            };
            // Both of a pair must agree: what is half shown is neither.
            if shown.iter().all(|shown| *shown) {
                'x'
            } else if shown.iter().any(|shown| *shown) {
                '?'
            } else {
                '.'
            }
        }
        _ => '?',
    };
    SURFACES.iter().map(|surface| of(surface)).collect()
}

#[test]
fn every_state_shows_where_it_must_and_nowhere_else() {
    let place = Place::new("matrix", &site());
    let mut first: BTreeMap<&str, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for zone in ZONES {
        for at in ["2026-12-10 23:59", "2026-12-11 00:00"] {
            let files = place.built(at, zone);
            for (name, _, before, after) in RECORDS {
                let wanted = if at.ends_with("23:59") { before } else { after };
                let found = seen(&files, name);
                if found != wanted {
                    wrong.push(format!("{name} at {at} in {zone}: {found}, wanted {wanted} ({})", SURFACES.join(" ")));
                }
                // What is shown nowhere stands in no byte and in no name; of what was withdrawn only the title is left.
                let canaries = [
                    format!("只有正文才说的「{name}」号"),
                    format!("图片「{name}」号"),
                    format!("词「{name}」号"),
                    format!("pic-{name}-canary"),
                ];
                let hidden = canaries.iter().filter(|_| !wanted.starts_with('x')).cloned();
                let gone =
                    (wanted.starts_with('.')).then(|| title(name)).into_iter().chain(wanted.starts_with('.').then(|| format!("c-{name}")));
                for canary in hidden.chain(gone) {
                    for (path, _) in
                        files.iter().filter(|(path, bytes)| path.contains(&canary) || String::from_utf8_lossy(bytes).contains(&canary))
                    {
                        wrong.push(format!("{canary} stands in {path} at {at}"));
                    }
                }
            }
            let private = files.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("不公开的人"));
            wrong.extend(private.map(|(path, _)| format!("who withdrew it stands in {path}")));
            // The machine's zone changes no byte.
            match first.get(at) {
                Some(known) => wrong.extend(
                    known
                        .iter()
                        .filter(|(path, bytes)| files.get(*path) != Some(*bytes))
                        .map(|(path, _)| format!("{path} differs in {zone}")),
                ),
                None => {
                    first.insert(at, files);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_list_says_why_a_record_is_held_and_the_build_when_the_site_changes_next() {
    let place = Place::new("list", &site());
    let (code, said, _) = place.run(&["list", "--at", "2026-12-10 23:59", "--format", "json"], "America/New_York");
    assert_eq!(code, 0);
    let list: serde_json::Value = serde_json::from_str(&said).unwrap();
    let of =
        |id: &str| list["records"].as_array().unwrap().iter().find(|record| record["id"] == id).unwrap_or_else(|| panic!("{id}")).clone();
    for (id, state, public) in [
        ("c-draft", "draft", false),
        ("c-in-review", "in_review", false),
        ("c-approved", "approved", false),
        ("c-closed", "not_public", false),
        ("c-scheduled", "scheduled", false),
        ("c-unborn", "withdrawn", false),
        ("c-withdrawn", "withdrawn", true),
        ("c-archived", "archived", true),
        ("c-corrected", "corrected", true),
        ("c-expiring", "published", true),
    ] {
        assert_eq!((of(id)["state"].as_str().unwrap(), of(id)["public"].as_bool().unwrap()), (state, public), "{id}");
        assert_eq!(of(id)["reason"].is_null(), matches!(state, "published" | "corrected"), "{id}");
    }
    assert_eq!(of("c-scheduled")["appears"], "2026-12-11T00:00:00+08:00");
    assert_eq!(list["next_change"], "2026-12-11T00:00:00+08:00");
    for (id, what) in
        [("c-scheduled", "appears"), ("c-timed", "appears"), ("c-leaving", "leaves"), ("c-expiring", "expires"), ("c-closing", "archives")]
    {
        assert_eq!(of(id)["next"]["what"], what, "{id}");
    }
    for id in ["c-draft", "c-withdrawn", "c-archived", "c-closed"] {
        assert!(of(id)["next"].is_null(), "{id} does not change by itself");
    }
    let (_, text, counted) = place.run(&["list", "--at", "2026-12-10 23:59", "--state", "scheduled"], "UTC");
    assert!(text.contains("c-scheduled") && text.contains("2026-12-11 00:00 发布") && !text.contains("c-draft"), "{text}");
    assert!(counted.contains("2 条不") || counted.contains("2 条现在不公开"), "{counted}");
    let (_, said, _) = place.run(&["build", "--at", "2026-12-10 23:59"], "UTC");
    assert!(said.contains("下一次变化：news/c-"), "{said}");
    assert!(said.lines().last().unwrap().ends_with("next_change=2026-12-11T00:00:00+08:00"), "{said}");
    // Later nothing is left to come but the ageing of the verification of the factory, 90 days after 1 November.
    let (_, said, _) = place.run(&["build", "--at", "2026-12-11 00:00"], "UTC");
    assert!(said.lines().last().unwrap().ends_with("next_change=2027-01-31T00:00:00+08:00"), "{said}");
    assert!(said.contains("核验提醒变化"), "{said}");
}

#[test]
fn feeds_carry_a_correction_as_a_change_of_the_same_entry() {
    let news = "---\ntitle: 二号厂房竣工\nkind: park_news\npublished_at: 2026-11-02 09:00\nsource: 示例县融媒体中心\nis_sample: true\n---\n\n可租面积3200平方米。\n";
    let at = |news: &str| {
        let built = Site::base().with("content/news/a.md", news).build();
        let json: serde_json::Value = serde_json::from_str(&built.text("feed.json")).unwrap();
        (built.text("feed.xml"), json["items"][0].clone())
    };
    let (before, was) = at(news);
    let corrected =
        news.replace("source:", "corrections: [{at: 2026-11-03, what: 面积, from: 3000平方米, to: 3200平方米, by: 某科}]\nsource:");
    let (after, is) = at(&corrected);
    assert!(before.contains("<updated>2026-11-02T09:00:00+08:00</updated>") && !before.contains("更正"), "{before}");
    // A reader knows the entry again, sees that it changed, and what was wrong before the text.
    assert_eq!((&was["id"], &was["date_published"]), (&is["id"], &is["date_published"]));
    assert_eq!(
        (was["date_modified"].as_str(), is["date_modified"].as_str()),
        (Some("2026-11-02T09:00:00+08:00"), Some("2026-11-03T00:00:00+08:00"))
    );
    assert_eq!(after.matches("<updated>2026-11-03T00:00:00+08:00</updated>").count(), 2, "the entry and the feed: {after}");
    for text in [after.as_str(), is["content_html"].as_str().unwrap_or_default()] {
        let said = text.find("3000平方米").zip(text.rfind("可租面积"));
        assert!(text.contains("更正") && said.is_some_and(|(correction, prose)| correction < prose), "{text}");
    }
}
