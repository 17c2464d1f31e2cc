//! Head and foot of every kind of page, read from the finished HTML as a checker of public sites would read it.

use crate::site::{Built, Site};
use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::collections::{BTreeMap, BTreeSet};

/// What a checker sees of a page.
#[derive(Default)]
struct Page {
    /// `data-page`.
    kind: String,
    /// Every `meta` with a name.
    names: Vec<(String, String)>,
    /// The texts of `time` elements by the class of the nearest element around them that has one.
    times: Vec<(String, String)>,
    /// The text of the footer, and where its links lead.
    footer: String,
    links: Vec<String>,
    /// The labels and values of the block of a document.
    block: Vec<String>,
}

fn attribute(node: &Handle, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    attrs.borrow().iter().find(|attribute| &*attribute.name.local == wanted).map(|attribute| attribute.value.to_string())
}

fn tag(node: &Handle) -> String {
    if let NodeData::Element { name, .. } = &node.data { name.local.to_string() } else { String::new() }
}

fn text(node: &Handle) -> String {
    let own = if let NodeData::Text { contents } = &node.data { contents.borrow().to_string() } else { String::new() };
    node.children.borrow().iter().fold(own, |text, child| text + &self::text(child))
}

fn walk(node: &Handle, class: &str, page: &mut Page) {
    let own = attribute(node, "class").unwrap_or_default();
    let class = if own.is_empty() || class == "in-block" { class } else { &own };
    match tag(node).as_str() {
        "body" => page.kind = attribute(node, "data-page").unwrap_or_default(),
        "meta" => page.names.extend(attribute(node, "name").zip(attribute(node, "content"))),
        "time" => page.times.push((class.to_string(), text(node))),
        "footer" => {
            page.footer = text(node);
            links(node, &mut page.links);
        }
        "dt" | "dd" if class == "in-block" => page.block.push(text(node)),
        _ => {}
    }
    let class = if own == "record-block" { "in-block" } else { class };
    node.children.borrow().iter().for_each(|child| walk(child, class, page));
}

fn links(node: &Handle, found: &mut Vec<String>) {
    found.extend(attribute(node, "href"));
    node.children.borrow().iter().for_each(|child| links(child, found));
}

fn page(html: &[u8]) -> Page {
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).from_utf8().one(html);
    let mut page = Page::default();
    walk(&dom.document, "", &mut page);
    page
}

fn pages(built: &Built) -> BTreeMap<String, Page> {
    let html = built.files.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path.clone(), page(bytes))).collect()
}

const COLUMN: &str = "demo: true\nprofile: gov_column\nundertaker: 示例县管委会\nphone: 0597-000-0001\nparent: {name: 示例县人民政府门户网站, url: \"https://www.example.com\", \
    site_id_code: \"0000000000\", organiser: 示例县人民政府, icp_no: 闽ICP备00000000号-1, police_no: 闽公网安备00000000000000号, find_error_link: \"https://www.example.com/jiucuo\"}";

/// The base site with something for every kind of page, as a site of some profile.
fn site(settings: &str) -> Site {
    let news = "---\ntitle: 一条要闻\nkind: important\nsource: 甲单位\nauthor: 某作者\npublished_at: 2026-03-05 09:30\nkeywords: [要闻, 用电]\nredirect_from: [/old/]\n---\n正文的第一句话说明了事情。\n";
    let gone = "---\ntitle: 撤下的一条\nkind: important\nsource: 甲单位\npublished_at: 2026-03-04 09:30\nstate: withdrawn\nwithdrawal: {at: 2026-03-06, public_reason: 资料有误}\n---\n正文\n";
    let policy = "---\ntitle: 一份函件\ndoc_kind: letter\ndoc_no: 示政函〔2026〕3号\nindex_no: DEMO0001/2026-00003\nissuer: 示例县人民政府\nformed_on: 2026-03-05\npublished_at: 2026-03-06 08:05\nvalidity: effective\ncategory: industry\nlevel: county\nis_normative: 否\nopenness: active\n---\n正文\n";
    Site::base()
        .changed("content/site.yaml", "demo: true", settings)
        .with("content/news/a.md", news)
        .with("content/news/gone.md", gone)
        .with("content/policies/letter.md", policy)
        .with("content/pages/about.md", "---\ntitle: 关于本站\n---\n正文\n")
}

#[test]
fn every_kind_of_page_says_each_name_once_and_those_it_must() {
    let built = site(COLUMN).build();
    assert_eq!(built.said(), Vec::<String>::new());
    let of_site = ["SiteName", "SiteDomain", "SiteIDCode", "Description"];
    let of_column = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"];
    let of_article = ["ArticleTitle", "ContentSource", "Url"];
    // The kind of page, and which groups of names it must have beside those of the site.
    let table: [(&str, bool, bool); 15] = [
        ("home", true, false),
        ("list", true, false),
        ("archive", true, false),
        ("record", true, true),
        ("sheet", true, true),
        ("compare", true, false),
        ("facet", true, false),
        ("enquiry", true, false),
        ("accessibility", true, false),
        ("search", false, false),
        ("tags", false, false),
        ("tag", false, false),
        ("sitemap", false, false),
        ("not_found", false, false),
        ("redirect", false, false),
    ];
    let mut kinds = BTreeSet::new();
    let mut wrong = Vec::new();
    for (path, page) in pages(&built) {
        kinds.insert(page.kind.clone());
        // What is not in the table is a page that the theme defines: a column.
        let (column, article) = table.iter().find(|(kind, ..)| *kind == page.kind).map_or((&true, &false), |(_, a, b)| (a, b));
        let lower: Vec<String> = page.names.iter().map(|(name, _)| name.to_lowercase()).collect();
        let twice = lower.iter().filter(|name| *name != "theme-color" && lower.iter().filter(|other| other == name).count() > 1);
        wrong.extend(twice.map(|name| format!("{path} says {name} twice")));
        let mut must: Vec<&str> = of_site.to_vec();
        must.extend(of_column.iter().filter(|_| *column));
        must.extend(of_article.iter().filter(|_| *article));
        for name in must {
            if !page.names.iter().any(|(known, content)| known == name && !content.trim().is_empty()) {
                wrong.push(format!("{path} ({}) lacks {name}", page.kind));
            }
        }
        let value = |name: &str| page.names.iter().find(|(known, _)| known == name).map(|(_, content)| content.as_str());
        assert_eq!(value("SiteIDCode"), Some("0000000000"), "{path}");
        assert_eq!(value("SiteName"), Some("示例县人民政府门户网站"), "{path}");
        assert_eq!(value("SiteDomain"), Some("www.example.com"), "{path}");
        if let Some(date) = value("PubDate") {
            assert!(is_minute(date), "{path}: {date}");
        }
        if let Some(kind) = value("ColumnType") {
            assert!(parkpress::schema::COLUMN_TYPES.contains(&kind), "{path}: {kind}");
        }
        let article = path.contains("news/a/") && page.kind == "record";
        if article {
            for (name, wanted) in [
                ("ArticleTitle", "一条要闻"),
                ("PubDate", "2026-03-05 09:30"),
                ("ContentSource", "甲单位"),
                ("Author", "某作者"),
                ("Keywords", "要闻,用电"),
                ("ColumnType", "工作动态"),
            ] {
                assert_eq!(value(name), Some(wanted), "{path}");
            }
        }
        if !article && page.names.iter().any(|(name, _)| name == "Author") && !path.contains("en/") {
            wrong.push(format!("{path} names an author it has not"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (kind, ..) in table {
        assert!(kinds.contains(kind), "no page is a {kind}");
    }
    assert!(kinds.contains("policy-library") && kinds.contains("overview"), "the boards were seen");
}

/// `2026-03-05 09:30`.
fn is_minute(text: &str) -> bool {
    text.len() == 16
        && text
            .bytes()
            .zip("dddd-dd-dd dd:dd".bytes())
            .all(|(byte, wanted)| if wanted == b'd' { byte.is_ascii_digit() } else { byte == wanted })
}

#[test]
fn times_have_zeros_and_days_of_documents_have_none() {
    let built = site(COLUMN).build();
    let all = pages(&built);
    let letter = &all["policies/letter/index.html"];
    let meta: Vec<&str> = letter.times.iter().filter(|(class, _)| class.contains("record__meta")).map(|(_, time)| time.as_str()).collect();
    assert_eq!(meta, ["2026-03-06 08:05"]);
    let block: Vec<&str> = letter.block.iter().map(|text| text.trim()).collect();
    assert_eq!(
        block,
        [
            "索引号",
            "DEMO0001/2026-00003",
            "主题分类",
            "工业交通",
            "发文机关",
            "示例县人民政府",
            "成文日期",
            "2026年3月5日",
            "发文字号",
            "示政函〔2026〕3号",
            "发布时间",
            "2026-03-06 08:05",
            "当前效力",
            "有效 (系统计算)"
        ]
    );
    let english = &all["en/index.html"];
    assert!(
        english.names.iter().any(|(name, content)| name == "SiteName" && content == "示例县人民政府门户网站"),
        "a portal is registered under one name"
    );
}

#[test]
fn the_frame_of_english_pages_is_english_where_the_settings_are() {
    let both = COLUMN
        .replace(
            "undertaker: 示例县管委会\n",
            "undertaker: 示例县管委会\nundertaker_en: Park Administration\naddress: 示例路1号\naddress_en: 1 Sample Road\n",
        )
        .replace("name: 示例县人民政府门户网站,", "name: 示例县人民政府门户网站, name_en: County Portal, organiser_en: County Government,");
    let built = site(both.trim_end()).with("content/news/a.en.md", "---\ntitle: One item\n---\nText.\n").build();
    let (chinese, english) = (built.text("index.html"), built.text("en/index.html"));
    for (zh, en) in [("示例县人民政府门户网站", "County Portal"), ("示例县管委会", "Park Administration"), ("示例路1号", "1 Sample Road")]
    {
        assert!(chinese.contains(&format!(">{zh}<")) && !chinese.contains(en), "{zh}");
        assert!(english.contains(&format!(">{en}<")) && !english.contains(&format!(">{zh}<")), "{en}");
    }
    assert!(english.contains(">County Government<"));
    // Machines are told the same.
    let feeds = (built.text("feed.xml"), built.text("en/feed.xml"));
    assert!(
        feeds.0.contains("<author><name>示例县人民政府</name>") && feeds.1.contains("<author><name>County Government</name>"),
        "{feeds:?}"
    );
    assert!(english.contains(r#""publisher":{"@type":"Organization","name":"County Government"}"#), "{english}");
    // Without a twin the Chinese name stands there, as before.
    let one = Site::base().changed("content/site.yaml", "demo: true", COLUMN.trim_end()).build();
    assert!(one.text("en/index.html").contains(">示例县管委会<"));
}

#[test]
fn the_foot_of_every_page_is_that_of_its_profile() {
    let portal = "demo: true\nprofile: gov_portal\nsite_id_code: \"0000000000\"\nsite_domain: www.example.com\norganiser: 示例县人民政府\nundertaker: 示例县数据中心\nphone: 0597-000-0001\n\
        icp_no: 闽ICP备00000000号-1\npolice_no: 闽公网安备00000000000000号\nfind_error_link: https://www.example.com/jiucuo\nparty_gov_badge: {url: \"https://www.example.com/badge\"}";
    let company = "demo: true\nprofile: company\norganiser: 示例园区开发有限公司\nphone: 0597-000-0001\nicp_no: 闽ICP备00000000号-1\npolice_no: 闽公网安备00000000000000号";
    let records = ["闽ICP备00000000号-1", "闽公网安备00000000000000号", "0597-000-0001"];
    // The profile, what its foot says beside the records and the telephone, what it must not say, and where it leads.
    let table: [(&str, &[&str], &[&str], &[&str]); 3] = [
        (
            portal,
            &["示例县人民政府", "示例县数据中心", "0000000000", "我为政府网站找错", "党政机关网站标识"],
            &["上级门户"],
            &["https://www.example.com/jiucuo", "https://www.example.com/badge"],
        ),
        (
            COLUMN,
            &["示例县人民政府门户网站", "示例县管委会", "0000000000", "我为政府网站找错", "上级门户"],
            &["党政机关网站标识"],
            &["https://www.example.com", "https://www.example.com/jiucuo"],
        ),
        (
            company,
            &["示例园区开发有限公司"],
            &["网站标识码", "我为政府网站找错", "党政机关网站标识", "上级门户"],
            &["https://beian.miit.gov.cn/"],
        ),
    ];
    for (settings, says, never, leads) in table {
        let built = site(settings).build();
        assert_eq!(built.said(), Vec::<String>::new());
        for (path, page) in pages(&built).into_iter().filter(|(path, _)| !path.starts_with("en/")) {
            for word in says.iter().chain(&records) {
                assert!(page.footer.contains(word), "{path} does not say {word}: {}", page.footer);
            }
            for word in never {
                assert!(!page.footer.contains(word), "{path} says {word}");
            }
            for link in leads.iter().chain(&["https://beian.mps.gov.cn/#/query/webSearch?code=00000000000000"]) {
                assert!(page.links.iter().any(|known| known == link), "{path} does not lead to {link}");
            }
            assert!(page.links.iter().any(|link| link.contains("sitemap")), "{path} does not lead to the site map");
        }
    }
}
