//! Payloads in every field: the finished pages are parsed as a browser would, and nothing of them may run.

use crate::site::Site;
use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

const PAYLOADS: [&str; 6] = [
    "a onfocus=x b",
    "\"><script>alert(1)</script>",
    "' onmouseover='x",
    "<img src=x onerror=x>",
    "</title><svg/onload=x>",
    "javascript:alert(1)",
];

/// What is wrong with a page: handlers, inline scripts and styles, odd schemes, requests to other places.
pub fn troubles(html: &[u8]) -> Vec<String> {
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).from_utf8().one(html);
    let mut found = Vec::new();
    walk(&dom.document, &mut found);
    found
}

fn walk(node: &Handle, found: &mut Vec<String>) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let tag = name.local.to_string();
        let attributes: Vec<(String, String)> = attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
        let get = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        for (attribute, value) in &attributes {
            let plain: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_lowercase();
            if attribute.starts_with("on") || attribute == "style" || attribute == "srcdoc" {
                found.push(format!("<{tag} {attribute}>"));
            }
            if matches!(attribute.as_str(), "href" | "src" | "action" | "formaction")
                && ["javascript:", "data:", "vbscript:"].iter().any(|s| plain.starts_with(s))
                && value != "data:,"
            {
                found.push(format!("<{tag} {attribute}={value}>"));
            }
            if matches!(attribute.as_str(), "src" | "srcset" | "poster") && (value.contains("://") || value.starts_with("//")) {
                found.push(format!("<{tag} loads {value}>"));
            }
        }
        let is_data = matches!(get("type"), Some("application/ld+json" | "application/json"));
        // Drawings of the theme are inert shapes; what could act or fetch inside one is not.
        let active = ["style", "iframe", "object", "embed", "foreignobject", "use", "image", "animate", "set", "animatemotion"];
        if tag == "script" && !is_data && get("src").is_none() || active.contains(&tag.to_lowercase().as_str()) {
            found.push(format!("<{tag}>"));
        }
    }
    for child in node.children.borrow().iter() {
        walk(child, found);
    }
}

fn check(site: &Site, what: &str) -> usize {
    let built = site.build();
    let pages = built.files.iter().filter(|(path, _)| path.ends_with(".html"));
    let mut seen = 0;
    for (path, bytes) in pages {
        let found = troubles(bytes);
        assert!(found.is_empty(), "{what} in {path}: {found:?}");
        seen += 1;
    }
    seen
}

#[test]
fn payloads_in_text_fields_stay_text() {
    let fields = [
        ("content/parks/east.md", "title: 东园"),
        ("content/parks/east.md", "address: 示例县东镇"),
        ("content/factories/e1.md", "building_no: 1号"),
        ("content/contacts/desk.md", "unit: 示例县招商科"),
        ("content/site.yaml", "title: 测试园区"),
        ("content/parks/east.md", "name: 东互通"),
        ("content/factories/e1.md", "no: \"101\""),
    ];
    for payload in PAYLOADS {
        for (path, field) in fields {
            let key = field.split(':').next().unwrap();
            let quoted = serde_json::to_string(payload).unwrap();
            let site = Site::base().changed(path, field, &format!("{key}: {quoted}"));
            // A short field refuses a long payload, which is as harmless.
            let said = site.build().said();
            let refused = !said.is_empty() && said.iter().all(|line| line.contains("text-length"));
            assert!(check(&site, payload) > 0 || refused, "{payload} in {field}: {said:?}");
        }
    }
}

#[test]
fn payloads_in_new_fields_keywords_and_pictures_stay_text() {
    for payload in PAYLOADS {
        let quoted = serde_json::to_string(payload).unwrap();
        let site = Site::base().with_bytes("content/media/x.png", include_bytes!("data/tiny.png")).changed(
            "content/parks/east.md",
            "is_sample: true",
            &format!(
                "is_sample: true\nsummary: {quoted}\nkeywords: [{}]\ncover: {{src: x.png, alt: {quoted}, credit: {quoted}}}",
                serde_json::to_string(&payload[..payload.len().min(18)]).unwrap()
            ),
        );
        assert!(check(&site, payload) > 0, "{payload}: {:?}", site.build().said());
    }
}

#[test]
fn payloads_in_typed_fields_are_refused() {
    for payload in PAYLOADS {
        let quoted = serde_json::to_string(payload).unwrap();
        for (path, from, key) in [
            ("content/contacts/desk.md", "phone_office: 0597-000-0001", "phone_office"),
            ("content/site.yaml", "base_url: https://www.example.com/base", "base_url"),
            ("content/factories/e1.md", "power_kva: 800", "power_kva"),
            ("content/factories/e1.md", "use: factory", "use"),
            ("content/factories/e1.md", "park: east", "park"),
            ("content/factories/e1.md", "verified_on: 2026-11-01", "verified_on"),
        ] {
            let built = Site::base().changed(path, from, &format!("{key}: {quoted}")).build();
            assert!(built.diagnostics.has_errors() && built.files.is_empty(), "{payload} in {key}");
        }
    }
}

#[test]
fn markdown_never_becomes_active() {
    let lines = [
        "<script>x</script>",
        "<img src=x onerror=x>",
        "[a](javascript:x)",
        "[a](JaVaScRiPt:x)",
        "![a](data:text/html,x)",
        "[a](vbscript:x)",
        "<a href=\"javascript:x\">y</a>",
    ];
    for line in lines {
        let built = Site::base().changed("content/parks/east.md", "东园在县城东面。", line).build();
        assert!(built.diagnostics.has_errors() && built.files.is_empty(), "{line} was accepted");
    }
    let fine = "[a](https://example.com/?a=1&b=\"x\" \"t\\\"x\") `<script>` \\<b\\> &lt;i&gt; **a onfocus=x b**";
    let site = Site::base().changed("content/parks/east.md", "东园在县城东面。", fine);
    check(&site, fine);
}
