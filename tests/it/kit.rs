//! The publishing kit: what every type becomes, what an editor takes, what never leaves the house.

use crate::site::{Site, sections};
use crate::types::example;
use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use parkpress::diagnostic::Diagnostics;
use parkpress::project::Snapshot;
use parkpress::render::Renderer;
use parkpress::render::kit::{Kit, Wish, without_pictures};
use parkpress::resolve::{Catalog, Options, State};
use parkpress::value::{Instant, Lang, Zone};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ALL: Wish = Wish { wechat: true, poster: true, text: true, preview: false };

fn catalog(site: &Site) -> Catalog {
    let snapshot = Snapshot::from_texts(site.texts().iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    let mut noted = Diagnostics::new();
    let at = Instant::parse("2026-11-24 12:00", &Zone::shanghai()).unwrap();
    let catalog = parkpress::understand(&snapshot, Options { at, drafts: false, portable: false }, &mut noted).unwrap();
    assert!(!noted.has_errors(), "{:?}", noted.sorted().iter().map(|d| (d.code, &d.place)).collect::<Vec<_>>());
    catalog
}

fn kit(site: &Site, record: &str) -> Kit {
    let catalog = catalog(site);
    let ix = catalog.entries.iter().position(|entry| entry.id.to_string() == record && entry.lang == Lang::Zh).unwrap();
    let renderer = Renderer::new(&catalog, &mut Diagnostics::new()).unwrap();
    renderer.kit(ix, ALL).unwrap_or_else(|trouble| panic!("{}", trouble.message.zh))
}

fn text(kit: &Kit, name: &str) -> String {
    let (_, bytes) = kit.files.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name} was not made"));
    String::from_utf8(bytes.clone()).unwrap()
}

fn said(said: &[parkpress::diagnostic::Said]) -> String {
    said.iter().map(|said| format!("{} / {}\n", said.zh, said.en)).collect()
}

/// What the editor of WeChat keeps.
const TAGS: [&str; 17] =
    ["section", "p", "span", "strong", "em", "br", "hr", "img", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"];

/// Everything in an article that would not survive being pasted.
fn lost(html: &str) -> Vec<String> {
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
    let mut found = Vec::new();
    walk(&dom.document, &mut found);
    found
}

/// What a browser shows of a page.
fn visible(html: &str) -> String {
    fn texts(node: &Handle, found: &mut String) {
        if let NodeData::Text { contents } = &node.data {
            found.push_str(&contents.borrow());
        }
        node.children.borrow().iter().for_each(|child| texts(child, found));
    }
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
    let mut found = String::new();
    texts(&dom.document, &mut found);
    found
}

fn walk(node: &Handle, found: &mut Vec<String>) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let tag = name.local.to_string();
        if !["html", "head", "body"].contains(&tag.as_str()) {
            if !TAGS.contains(&tag.as_str()) {
                found.push(format!("<{tag}>"));
            }
            for attribute in attrs.borrow().iter() {
                let (key, value) = (attribute.name.local.to_string(), attribute.value.to_string());
                let fine = match key.as_str() {
                    "style" => !value.contains("position") && !value.contains("url(") && !value.contains("var(") && !value.is_empty(),
                    "src" => {
                        ["data:image/jpeg;base64,", "data:image/png;base64,", "data:image/gif;base64,"].iter().any(|p| value.starts_with(p))
                    }
                    "alt" => tag == "img",
                    "colspan" | "rowspan" | "start" => true,
                    _ => false,
                };
                if !fine {
                    found.push(format!("<{tag} {key}={value:.60}>"));
                }
            }
        }
    }
    if let NodeData::Comment { .. } = &node.data {
        found.push("a comment".to_string());
    }
    node.children.borrow().iter().for_each(|child| walk(child, found));
}

#[test]
fn every_type_of_the_example_gives_a_whole_kit_in_every_language() {
    let catalog = catalog(&example());
    let renderer = Renderer::new(&catalog, &mut Diagnostics::new()).unwrap();
    let mut chosen: BTreeMap<(usize, Lang), usize> = BTreeMap::new();
    for (ix, entry) in catalog.entries.iter().enumerate().filter(|(_, entry)| entry.state != State::Withdrawn) {
        let longest = chosen.entry((entry.of, entry.lang)).or_insert(ix);
        let body = |ix: usize| catalog.entries[ix].body.as_ref().map_or(0, |body| body.parts.len()) + catalog.entries[ix].title.len();
        if body(ix) > body(*longest) {
            *longest = ix;
        }
    }
    assert!(chosen.keys().filter(|(_, lang)| *lang == Lang::Zh).count() >= 25 && chosen.keys().any(|(_, lang)| *lang == Lang::En));
    for &ix in chosen.values() {
        let entry = &catalog.entries[ix];
        let name = format!("{} {}", entry.id, entry.lang.code());
        let kit = renderer.kit(ix, ALL).unwrap_or_else(|trouble| panic!("{name}: {}", trouble.message.zh));
        let article = text(&kit, "wechat-fragment.html");
        assert_eq!(lost(&article), Vec::<String>::new(), "{name}");
        assert!(article.starts_with("<section style=") && article.ends_with("</section>"), "{name}");
        let mark = if entry.lang == Lang::Zh { "示例数据" } else { "Sample data" };
        for piece in ["wechat.html", "wechat-fragment.html", "poster-a4.html", "poster-a3.html", "text-short.txt", "text-long.txt"] {
            let piece_text = text(&kit, piece);
            assert!(piece_text.contains(mark), "{name} {piece} does not say that it is sample data");
            assert!(!piece_text.contains("{{") && !piece_text.contains("{%"), "{name} {piece}");
            let plain = without_pictures(&piece_text);
            assert!(!catalog.secrets.iter().any(|secret| plain.contains(secret.as_str())), "{name} {piece} holds what is private");
        }
        for paper in ["a4", "a3"] {
            let poster = text(&kit, &format!("poster-{paper}.html"));
            assert!(poster.contains(&format!("size:{} portrait", paper.to_uppercase())), "{name}");
            assert!(poster.contains("M4 4h7v1h-7z"), "{name}: no code");
            assert!(!poster.contains("<script") && !poster.contains("src=\"media/"), "{name}");
        }
        for message in ["text-short.txt", "text-long.txt"] {
            let message = text(&kit, message);
            let body = message.strip_prefix('\u{feff}').unwrap_or_else(|| panic!("{name}: no mark of UTF-8"));
            assert!(body.ends_with("\r\n") && body.matches('\n').count() == body.matches("\r\n").count(), "{name}");
            assert!(body.contains("https://www.example.com/parks/") && !body.contains("**") && !body.contains("]("), "{name}: {body}");
            assert!(entry.lang != Lang::Zh || !body.contains('㎡') && !body.contains("kVA"), "{name}: {body}");
        }
    }
}

fn rich() -> Site {
    let body = "正文有[办法](https://a.example/x?y=1&z=2)、[园区](../parks/east.md)和[附件](../media/a.csv)。再见[办法](https://a.example/x?y=1&z=2)。\n\n> [!WARNING]\n> 注意。\n\n- [x] 做完\n- [ ] 没做\n\n| 项 | 数 |\n|---|---:|\n| 甲 | 1 |\n\n![图](../media/x.png)\n\n```::chart\nkind: bar\ntitle: 产值图\nsource: 示例局\n---\n| 年份 | 产值 |\n|---|---|\n| 2024 | 20.1 |\n| 2025 | 21.6 |\n```\n\n```::video\nurl: https://v.example/1\ntitle: 开园片\n```\n";
    Site::base()
        .with("content/media/a.csv", "名称,数量\n厂房,1\n")
        .with_bytes("content/media/x.png", include_bytes!("data/tiny.png"))
        .with(
            "content/news/a.md",
            &format!("---\ntitle: 二号厂房竣工验收\nsummary: 验收合格。\nkind: park_news\npublished_at: 2026-11-19 09:00\nsource: 示例县融媒体中心\nattachments: [a.csv]\nis_sample: true\n---\n\n{body}"),
        )
}

#[test]
fn an_article_names_its_links_carries_its_pictures_and_tells_the_rest() {
    let kit = kit(&rich(), "news/a");
    let article = text(&kit, "wechat-fragment.html");
    assert_eq!(lost(&article), Vec::<String>::new());
    assert!(!article.contains("<a ") && !article.contains("<svg"));
    for part in [
        "办法</span><span style=",
        ">[1]</span>",
        "[1] 办法 https://a.example/x?y=1&amp;z=2",
        "[2] 园区 https://www.example.com/base/parks/east/",
        "☑",
        "☐",
        "src=\"data:image/png;base64,",
        "产值图",
        "21.6",
        "视频: 开园片",
        "https://v.example/1",
    ] {
        assert!(article.contains(part), "{part} is not in {}", without_pictures(&article));
    }
    assert_eq!(article.matches("[1] 办法").count(), 1, "one address has one number");
    let left = said(&kit.left);
    for part in ["附件“a.csv”", "视频“开园片”", "图表“产值图”：改为数据表"] {
        assert!(left.contains(part), "{part} is not in {left}");
    }
    assert!(text(&kit, "wechat.html").contains("附件“a.csv”"), "the page says what is not carried");
    assert!(kit.files.iter().any(|(name, bytes)| name == "images/01.png" && bytes.starts_with(b"\x89PNG")));
}

#[test]
fn an_article_says_who_wrote_it_and_tells_what_it_leaves_to_the_page() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"></svg>";
    let site = rich()
        .changed("content/news/a.md", "source: 示例县融媒体中心", "source: 示例县融媒体中心\nauthor: 示例通讯员")
        .with("content/media/y.svg", drawing)
        .changed("content/news/a.md", "- [x] 做完", "[![示意图](../media/y.svg)](https://a.example/y)\n\n- [x] 做完");
    let article = text(&kit(&site, "news/a"), "wechat-fragment.html");
    assert!(article.contains("示例通讯员"), "{}", without_pictures(&article));
    assert!(!article.contains("https://a.example/y"), "no number stands behind a picture that was left out");
    let park = kit(&site, "park/east");
    assert!(said(&park.left).contains("相关内容"), "{}", said(&park.left));
    assert!(!text(&park, "wechat.html").contains("没有需要另外处理的"));
}

#[test]
fn payloads_stay_text_in_every_piece() {
    for payload in ["\"><script>alert(1)</script>", "' onmouseover='x", "{{ site }}{% x %}"] {
        let quoted = serde_json::to_string(payload).unwrap();
        let site = rich().changed("content/news/a.md", "title: 二号厂房竣工验收", &format!("title: {quoted}")).changed(
            "content/news/a.md",
            "summary: 验收合格。",
            &format!("summary: {quoted}\ncover: {{src: x.png, alt: {quoted}, caption: {quoted}}}"),
        );
        let kit = kit(&site, "news/a");
        assert_eq!(lost(&text(&kit, "wechat-fragment.html")), Vec::<String>::new(), "{payload}");
        for page in ["wechat.html", "poster-a4.html", "poster-a3.html"] {
            let html = text(&kit, page);
            assert!(!html.contains("<script") && !html.contains(" onmouseover='x"), "{payload} in {page}");
            assert!(visible(&html).contains(payload), "{payload} is read as it was typed in {page}");
        }
        for message in ["text-short.txt", "text-long.txt"] {
            assert!(text(&kit, message).contains(payload), "{payload} in {message}");
        }
    }
}

#[test]
fn what_is_private_reaches_no_piece() {
    let site = Site::base()
        .changed("content/factories/e1.md", "rent: 10}", "rent: 10, internal_floor_price: 7.77}")
        .changed(
            "content/contacts/desk.md",
            "phone_office: 0597-000-0001",
            "phone_office: 0597-000-0001\nmobile: 13000000001\nmobile_public: false\nmobile_kind: personal",
        )
        .changed("content/parks/east.md", "is_sample: true", "is_sample: true\nverify_by: 金丝雀丙");
    for record in ["factory/e1", "contact/desk", "park/east"] {
        let kit = kit(&site, record);
        for (name, bytes) in &kit.files {
            let piece = String::from_utf8_lossy(bytes);
            for secret in ["7.77", "13000000001", "130 0000 0001", "金丝雀"] {
                assert!(!piece.contains(secret), "{secret} in {record} {name}");
            }
        }
        assert!(record == "contact/desk" || text(&kit, "poster-a4.html").contains("0597-000-0001"), "what may be shown is shown");
    }
}

#[test]
fn limits_are_counted_and_told() {
    // No type of the theme allows as much; a type of the site's own may.
    let bulletin = "type: bulletin\nlabel: {zh: 简报, en: Bulletin}\nfolder: bulletins\nfields:\n  title: {kind: text, role: title, required: true, max: 200, label: {zh: 标题, en: Title}}\n  summary: {kind: text, role: summary, max: 300, label: {zh: 摘要, en: Summary}}\n";
    let record = format!("---\ntitle: {}\nsummary: {}\n---\n\n{}\n", "题".repeat(70), "摘".repeat(125), "正文。".repeat(7000));
    let long = Site::base().with("content/_types/bulletin.yaml", bulletin).with("content/bulletins/a.md", &record);
    let long = kit(&long, "bulletin/a");
    let told = said(&long.told);
    for part in ["标题 70/64 字，摘要 125/120 字", "标题超出 6 字", "摘要超出 5 字", "正文超过 20000 字符", "超出一条的 70 字，按 "]
    {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    let html = text(&long, "wechat.html");
    assert!(html.contains("count--over\">70/64") && html.contains("count--over\">125/120"));
    let told = said(&kit(&rich(), "news/a").told);
    assert!(told.contains("标题 8/64 字，摘要 5/120 字") && told.contains("一条发完") && !told.contains("超出"), "{told}");
}

#[test]
fn without_an_address_there_is_no_code_and_nothing_is_made_up() {
    let site = rich().changed("content/site.yaml", "base_url: https://www.example.com/base\n", "");
    let kit = kit(&site, "news/a");
    assert!(!text(&kit, "poster-a4.html").contains("M4 4h7v1h-7z"));
    assert!(!text(&kit, "text-long.txt").contains("http") && !text(&kit, "text-short.txt").contains("http"));
    let article = text(&kit, "wechat-fragment.html");
    assert!(!article.contains("园区</span><span") && article.contains("[1] 办法"), "a link inside the site has no address then");
}

/// A site on the disk.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("parkpress-kit-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        for (file, text) in sections(include_str!("base.txt")) {
            write(&path.join(file), text.as_bytes());
        }
        for (file, bytes) in rich().texts() {
            write(&path.join(file), bytes);
        }
        Place(path)
    }
    fn change(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.0.join(path)).unwrap();
        assert!(text.contains(from), "{path} does not hold {from}");
        fs::write(self.0.join(path), text.replacen(from, to, 1)).unwrap();
    }
    fn run(&self, words: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parkpress"));
        let Output { status, stdout, stderr } = command
            .args(words)
            .args(["--at", "2026-11-24 12:00"])
            .current_dir(&self.0)
            .env("LANG", "zh_CN.UTF-8")
            .env_remove("LC_ALL")
            .output()
            .unwrap();
        (status.code().unwrap(), String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr))
    }
    fn kit(&self) -> PathBuf {
        self.0.join(".parkpress/kit/news-a")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn what_is_held_back_is_refused_with_the_reason_and_marked_in_every_piece_of_a_preview() {
    let place = Place::new("held");
    let drafts = |state: &str| {
        let (code, said) = place.run(&["publish", "news/a"]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(state) && said.contains("--drafts"), "{said}");
        assert!(!place.kit().exists());
        let (code, said) = place.run(&["publish", "news/a", "--drafts"]);
        assert!(code == 0 && said.contains("不要外发"), "{said}");
        for piece in ["wechat.html", "wechat-fragment.html", "poster-a4.html", "poster-a3.html", "text-short.txt", "text-long.txt"] {
            assert!(fs::read_to_string(place.kit().join(piece)).unwrap().contains("预览稿"), "{piece} of {state}");
        }
        assert!(fs::read_to_string(place.kit().join("poster-a4.html")).unwrap().contains("class=\"stamp\""));
        fs::remove_dir_all(place.kit()).unwrap();
    };
    place.change("content/news/a.md", "title:", "state: draft\ntitle:");
    drafts("草稿");
    place.change("content/news/a.md", "state: draft", "state: published\npublish_at: 2027-01-01 09:00");
    drafts("定时发布");
    place.change("content/news/a.md", "publish_at: 2027-01-01 09:00\n", "");
    place.change("content/site.yaml", "theme: park\n", "theme: park\nreview: required\n");
    drafts("待初审");
    place.change("content/site.yaml", "review: required\n", "");
    place.change("content/news/a.md", "state: published", "state: withdrawn\nwithdrawal: {at: 2026-11-20, public_reason: 数据有误}");
    for words in [["publish", "news/a", "--format", "all"], ["publish", "news/a", "--drafts", "--format=all"]] {
        let (code, said) = place.run(&words);
        assert!(code == 2 && said.contains("撤稿") && !said.contains("加 --drafts"), "{said}");
    }
    place.change(
        "content/news/a.md",
        "state: withdrawn\nwithdrawal: {at: 2026-11-20, public_reason: 数据有误}",
        "state: published\nopenness: none",
    );
    let (code, said) = place.run(&["publish", "news/a", "--drafts"]);
    assert!(code == 2 && said.contains("不予公开"), "{said}");
    place.change("content/news/a.md", "openness: none", "kind: wrong");
    assert_eq!(place.run(&["publish", "news/a"]).0, 1, "an error in the content");
    assert_eq!(place.run(&["publish", "news/zz"]).0, 1);
    assert!(!place.kit().exists());
}

#[test]
fn a_kit_goes_to_its_folder_and_never_into_the_site() {
    let place = Place::new("place");
    place.change("content/news/a.md", "is_sample: true", "is_sample: true\nunpublish_at: 2027-01-01 09:00");
    write(
        &place.0.join("content/news/a.en.md"),
        "---\ntitle: The second factory is accepted\nsummary: It passed.\n---\n\nIt passed.\n".as_bytes(),
    );
    let (code, said) = place.run(&["publish", "news/a"]);
    assert!(code == 0 && said.starts_with(".parkpress/kit/news-a\n  wechat.html\n") && said.contains("  en/wechat.html"), "{said}");
    assert!(said.contains("[zh] 公众号：标题 8/64 字") && said.contains("没有带上的：\n  - [zh] "), "{said}");
    assert!(fs::read_to_string(place.kit().join("en/poster-a4.html")).unwrap().contains("The second factory is accepted"));
    fs::write(place.kit().join("打印.pdf"), "own").unwrap();
    let (code, said) = place.run(&["publish", "content/news/a.md", "--site-lang", "en", "--format", "text"]);
    assert_eq!(code, 0, "{said}");
    assert!(!place.kit().join("wechat.html").exists() && place.kit().join("en/text-short.txt").exists(), "the folder holds the last kit");
    assert!(place.kit().join("打印.pdf").exists() && said.contains("打印.pdf"), "{said}");
    assert_eq!(place.run(&["publish", "news/a", "--site-lang", "fr"]).0, 2);
    assert_eq!(place.run(&["build"]).0, 0);
    assert_eq!(place.run(&["publish", "news/a", "--out", "public/kit"]).0, 2);
    let (code, said) = place.run(&["publish", "news/a", "--out", "public"]);
    assert!(code == 2 && said.contains("不能写到"), "{said}");
    assert!(place.0.join("public/news/a/index.html").exists());
    assert_eq!(place.run(&["publish", "news/a", "--out", "材料"]).0, 0);
    assert_eq!(place.run(&["publish", "park/east", "--out", "材料"]).0, 2, "the kit of another record stays");
    let (code, said) = place.run(&["publish", "news/a", "--base-url", "https://b.example/z", "--format", "text"]);
    assert!(code == 0 && fs::read_to_string(place.kit().join("text-short.txt")).unwrap().contains("https://b.example/z/news/a/"), "{said}");
    place.change("content/site.yaml", "base_url: https://www.example.com/base\n", "");
    let (code, said) = place.run(&["publish", "news/a"]);
    assert!(code == 0 && said.contains("海报没有二维码"), "{said}");
}

#[test]
fn the_templates_are_the_themes_and_a_site_may_have_its_own() {
    let own = rich()
        .with("themes/park/kit/short.txt", "本站：{{ record.title }}，{{ kit.address }}\n")
        .with("themes/park/kit/wechat.css", ".article{color:#123456}\n.lead{font-size:20px}\n.meta{display:none}\n");
    let kit = kit(&own, "news/a");
    assert_eq!(text(&kit, "text-short.txt"), "\u{feff}本站：二号厂房竣工验收，https://www.example.com/base/news/a/\r\n");
    let article = text(&kit, "wechat-fragment.html");
    assert!(article.starts_with("<section style=\"color:#123456\">") && article.contains("<p style=\"font-size:20px\">验收合格。"));
    assert!(!article.contains("示例县融媒体中心"));
}
