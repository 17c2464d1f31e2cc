//! The search: one tokenizer in two languages, an index that holds everything public and nothing else.

use crate::site::{Built, Site};
use parkpress::render::tokens::tokens;
use std::collections::BTreeMap;

#[test]
fn the_tokenizer_answers_as_specified() {
    let vectors: serde_json::Value = serde_json::from_str(include_str!("data/search/tokens.json")).unwrap();
    let vectors = vectors.as_array().unwrap();
    assert!(vectors.len() > 50);
    for vector in vectors {
        let mut said = Vec::new();
        tokens(vector["text"].as_str().unwrap(), |token| {
            let slot = token.slot.map_or("-".to_string(), |slot| slot.to_string());
            said.push(format!("{} {slot}{}", token.term, if token.weak { " weak" } else { "" }));
        });
        let wanted: Vec<&str> = vector["terms"].as_array().unwrap().iter().map(|term| term.as_str().unwrap()).collect();
        assert_eq!(said, wanted, "{}", vector["text"]);
    }
}

/// The files of the search of a language by their short names.
fn parts(built: &Built, lang: &str) -> BTreeMap<String, String> {
    let prefix = format!("search/{lang}.");
    let files = built.files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(&prefix)?, bytes)));
    files.map(|(path, bytes)| (path.split_once('/').unwrap().1.to_string(), String::from_utf8(bytes.clone()).unwrap())).collect()
}

fn value(parts: &BTreeMap<String, String>, name: &str) -> serde_json::Value {
    let text = &parts[&format!("{name}.js")];
    let json = text.strip_prefix(&format!("parkpressPart(\"{name}\",")).unwrap().strip_suffix(")\n").unwrap();
    serde_json::from_str(json).unwrap()
}

/// Terms → documents, read back as the browser reads them.
fn terms(parts: &BTreeMap<String, String>) -> BTreeMap<String, Vec<u32>> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut found = BTreeMap::new();
    for (name, text) in parts.iter().filter(|(name, _)| name.starts_with('t') && *name != "titles.js") {
        let lines = text.strip_prefix(&format!("parkpressPart(\"{}\",`", name.trim_end_matches(".js"))).unwrap();
        for line in lines.strip_suffix("`)\n").unwrap().lines() {
            let (term, postings) = line.split_once(' ').unwrap();
            let (mut documents, mut next, mut value, mut shift) = (Vec::new(), 0, 0, 0);
            for c in postings.split(' ').next().unwrap().chars() {
                let digit = u32::try_from(DIGITS.find(c).unwrap()).unwrap();
                value |= (digit & 31) << shift;
                shift += 5;
                if digit < 32 {
                    next += value >> 3;
                    documents.push(next);
                    next += 1;
                    (value, shift) = (0, 0);
                }
            }
            assert!(found.insert(term.to_string(), documents).is_none(), "{term} stands twice");
        }
    }
    found
}

#[test]
fn titles_fields_and_prose_are_found_in_the_documents_that_hold_them() {
    let built = Site::base().build();
    assert_eq!(built.said(), Vec::<String>::new());
    let parts = parts(&built, "zh");
    let head = value(&parts, "head");
    assert_eq!(head["n"], 3);
    let types: Vec<&str> = head["types"].as_array().unwrap().iter().map(|of| of[0].as_str().unwrap()).collect();
    let at = |label: &str| u32::try_from(types.iter().position(|known| *known == label).unwrap()).unwrap();
    let (park, factory) = (at("园区概览"), at("可租厂房"));
    let terms = terms(&parts);
    assert_eq!(terms["东园"], [park.min(factory), park.max(factory)], "the title, and the field that links to it");
    for (term, document) in
        [("框架", factory), ("县城", park), ("1800平方米", factory), ("800kva", factory), ("~dong'yuan", park), ("!dyyh", factory)]
    {
        assert!(terms[term].contains(&document), "{term}: {:?}", terms[term]);
    }
    assert!(terms["房"].contains(&factory), "the last character of a run stands alone");
    // Every term is where the browser looks for it.
    let cuts: Vec<&str> = head["cuts"].as_array().unwrap().iter().map(|cut| cut.as_str().unwrap()).collect();
    assert!(cuts.windows(2).all(|pair| pair[0] < pair[1]));
    for term in terms.keys() {
        let shard = cuts.partition_point(|cut| *cut <= term.as_str());
        assert!(parts[&format!("t{shard}.js")].contains(&format!("{term} ")), "{term} is not in t{shard}");
    }
    // The finder knows its fields by name and unit.
    let finders = head["finders"].as_array().unwrap().iter().map(|finder| finder["fields"].as_array().unwrap());
    let fields = finders.max_by_key(|fields| fields.len()).unwrap();
    let load = fields.iter().find(|field| field["key"] == "floor_load_t_m2").unwrap();
    assert_eq!(load["units"]["吨"], 1.0);
    assert_eq!(load["side"], "min");
    let rent = fields.iter().find(|field| field["key"] == "rent").unwrap();
    assert_eq!(rent["side"], "max");
}

#[test]
fn results_show_what_a_building_offers() {
    let parts = parts(&Site::base().build(), "zh");
    let all: Vec<serde_json::Value> = parts
        .keys()
        .filter(|name| name.starts_with('d') && *name != "dates.js")
        .map(|name| value(&parts, name.trim_end_matches(".js")))
        .collect();
    let documents: Vec<&serde_json::Value> = all.iter().flat_map(|pack| pack.as_array().unwrap()).collect();
    let factory = documents.iter().find(|document| document[1] == "factories/e1/").unwrap();
    let facts = factory[5].as_array().unwrap();
    assert!(facts.contains(&serde_json::json!(["可租面积", "1,700–1,800 ㎡"])), "{facts:?}");
    assert!(factory[6].as_str().unwrap().contains("两层框架厂房"));
}

#[test]
fn nothing_withheld_is_findable() {
    let page = |words: &str, state: &str| {
        format!("---\ntitle: {words}标题\nsummary: {words}摘要\nkeywords: [{words}关键]\n{state}\n---\n\n## {words}小节\n\n{words}正文。\n")
    };
    let site = Site::base()
        .with("content/pages/draft.md", &page("鲲鹏", "state: draft"))
        .with("content/pages/later.md", &page("麒麟", "publish_at: 2030-01-01 08:00"))
        .with("content/pages/gone.md", &page("饕餮", "unpublish_at: 2026-01-01 08:00"))
        .with("content/pages/back.md", &page("貔貅", "state: withdrawn\nwithdrawal: {at: 2026-11-01, public_reason: 内容有误}"))
        .with("content/pages/open.md", &page("朱雀", "verify_by: 狻猊\ninternal_note: 椒图"))
        .changed("content/factories/e1.md", "rent: 10}", "rent: 10, internal_floor_price: 7.77}");
    let built = site.build();
    assert!(!built.diagnostics.has_errors(), "{:?}", built.said());
    let parts = parts(&built, "zh");
    let whole: String = parts.values().map(String::as_str).collect();
    assert!(whole.contains("朱雀") && whole.contains("~zhu'que"), "the canary that may sing does not");
    for withheld in
        ["鲲鹏", "麒麟", "饕餮", "貔貅", "狻猊", "椒图", "7.77", "~kun'peng", "~qi'lin", "~tao'tie", "~pi'xiu", "!kpbt", "!qlbt"]
    {
        assert!(!whole.contains(withheld), "{withheld} is findable");
    }
    // Nor in the index for readers without scripts: a withdrawn record has a tombstone at its address, but no place in lists.
    let page = built.text("search/index.html");
    for withheld in ["鲲鹏", "麒麟", "饕餮", "貔貅"] {
        assert!(!page.contains(withheld), "{withheld} is listed");
    }
    // Shown drafts are found by whoever asked to see them.
    assert!(
        site.drafts()
            .build()
            .files
            .iter()
            .any(|(path, bytes)| path.starts_with("search/zh.") && String::from_utf8_lossy(bytes).contains("鲲鹏"))
    );
}

#[test]
fn the_names_of_the_files_change_with_what_is_public() {
    let folder = |site: &Site| {
        site.build().files.keys().find_map(|path| Some(path.strip_prefix("search/zh.")?.split_once('/')?.0.to_string())).unwrap()
    };
    let later = Site::base().with("content/pages/later.md", "---\ntitle: 稍后发布\npublish_at: 2026-11-25 08:00\n---\n\n正文。\n");
    assert_ne!(folder(&later.clone().at("2026-11-24 12:00")), folder(&later.at("2026-11-26 12:00")));
}

#[test]
fn each_language_has_its_own_search() {
    let built = Site::base().with("content/parks/east.en.md", "---\ntitle: East Park\n---\n\nEast of the county seat.\n").build();
    let (zh, en) = (terms(&parts(&built, "zh")), terms(&parts(&built, "en")));
    assert!(en.contains_key("east") && !zh.contains_key("east"));
    assert!(zh.contains_key("框架") && !en.contains_key("框架"));
}

#[test]
fn a_site_may_do_without_and_may_say_its_own_words() {
    let off = Site::base().changed("content/site.yaml", "demo: true", "demo: true\nsearch: {off: true}").build();
    assert!(!off.files.keys().any(|path| path.starts_with("search/zh.")));
    assert!(off.text("search/index.html").contains("东园一号厂房"), "the index of titles needs no script");
    let own = "demo: true\nsearch:\n  hot: [厂房出租]\n  synonyms: [东园＝东片区]\n  readings: [东园=xi yuan]";
    let built = Site::base().changed("content/site.yaml", "demo: true", own).build();
    let parts = parts(&built, "zh");
    assert!(value(&parts, "head")["synonyms"].as_array().unwrap().contains(&serde_json::json!(["东园", "东片区"])));
    let terms = terms(&parts);
    assert!(terms.contains_key("~xi'yuan") && !terms.contains_key("~dong'yuan"));
    let page = built.text("search/index.html");
    assert!(page.contains("厂房出租") && page.contains("az-x"));
}

#[test]
fn a_long_index_has_pages_of_its_own() {
    let mut site = Site::base();
    for n in 0..700 {
        let title = if n % 2 == 0 { format!("厦门第{n}号说明") } else { format!("长汀第{n}号说明") };
        site = site.with(&format!("content/pages/n{n}.md"), &format!("---\ntitle: {title}\n---\n\n正文。\n"));
    }
    let built = site.build();
    assert_eq!(built.said(), Vec::<String>::new());
    assert!(!built.text("search/index.html").contains("厦门第0号说明"));
    assert!(built.text("search/index/x/index.html").contains("厦门第0号说明"));
    assert!(built.text("search/index/c/index.html").contains("长汀第1号说明"));
    let whole: String = ["search/index/pages/index.html", "search/index/pages/page/2/index.html"].map(|path| built.text(path)).concat();
    assert!((0..700).all(|n| whole.contains(&format!("第{n}号说明"))));
}
