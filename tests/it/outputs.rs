//! What a sound site becomes: pages, addresses, machine outputs, states, languages.

use crate::site::{Built, Site};

#[test]
fn the_base_site_is_sound_and_complete() {
    let built = Site::base().build();
    assert_eq!(built.said(), Vec::<String>::new());
    for path in [
        "index.html",
        "parks/index.html",
        "parks/east/index.html",
        "factories/index.html",
        "factories/e1/index.html",
        "search/index.html",
        "sitemap/index.html",
        "404.html",
        "robots.txt",
        "sitemap.xml",
        "build.json",
        "data/factories.json",
        "data/factories.csv",
        "data/schema/factory.json",
    ] {
        assert!(built.files.contains_key(path), "{path} is missing");
    }
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let (a, b) = (Site::base().build().files, Site::base().build().files);
    assert_eq!(a, b);
}

#[test]
fn a_site_may_offer_no_open_data_and_then_nothing_leads_there() {
    let built = Site::base().changed("content/site.yaml", "demo: true", "demo: true\nopen_data: 否").build();
    assert_eq!(built.said(), Vec::<String>::new());
    assert!(built.files.keys().all(|path| !path.starts_with("data/")));
    let offers = built.files.iter().filter(|(path, _)| path.ends_with(".html")).filter(|(_, bytes)| {
        let html = String::from_utf8_lossy(bytes);
        html.contains("data/factories") || html.contains("data/parks")
    });
    assert_eq!(offers.map(|(path, _)| path.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn a_space_takes_from_its_building_what_it_does_not_say() {
    let built = Site::base().build();
    let data: serde_json::Value = serde_json::from_str(&built.text("data/factories.json")).unwrap();
    let spaces = &data["records"][0]["spaces"];
    assert_eq!(spaces[0]["clear_height_m"], 6);
    assert_eq!(spaces[1]["clear_height_m"], 5);
    assert_eq!(spaces[1]["floor_load_t_m2"], 1);
    let park: serde_json::Value = serde_json::from_str(&built.text("data/parks.json")).unwrap();
    assert_eq!(park["records"][0]["available_factory_m2"], 1800);
    assert_eq!(park["records"][0]["spaces_to_let"], 1);
    assert_eq!(park["records"][0]["rent_from"]["amount"], 10);
}

#[test]
fn the_finder_has_a_row_and_an_anchor_for_every_space() {
    let built = Site::base().build();
    let list = built.text("factories/index.html");
    assert!(list.contains("data-finder") && list.contains("name=\"area_m2.min\"") || list.contains("name=area_m2.min"));
    assert_eq!(list.matches("data-row").count(), 3, "two rows and their body");
    assert!(built.text("factories/e1/index.html").contains("u-101"));
    assert!(built.files.contains_key("factories/by/status/available/index.html"));
}

#[test]
fn states_follow_the_instant_and_nothing_withheld_reaches_an_output() {
    let draft =
        "---\ntitle: 尚未公开的秘密动态\nkind: park_news\nsource: 甲\nstate: draft\npublished_at: 2026-01-01 09:00\n---\n不可见的正文。\n";
    let later = "---\ntitle: 明年才公布的要闻\nkind: important\nsource: 甲\npublished_at: 2027-01-01 09:00\n---\n到时才见。\n";
    let site = Site::base().with("content/news/a.md", draft).with("content/news/b.md", later);
    let built = site.build();
    for (path, bytes) in &built.files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("尚未公开的秘密动态") && !text.contains("明年才公布的要闻"), "{path}");
    }
    assert!(built.text("build.json").contains("2027-01-01T09:00:00+08:00"));
    assert!(site.clone().at("2027-01-01 09:00").build().files.contains_key("news/b/index.html"));
    assert!(site.drafts().build().files.contains_key("news/a/index.html"));
}

#[test]
fn private_fields_reach_no_output_byte() {
    let site = Site::base()
        .changed("content/factories/e1.md", "rent: 10}", "rent: 10, internal_floor_price: 7.77}")
        .changed(
            "content/factories/e1.md",
            "evidence: site_checked",
            "evidence: site_checked\nverify_by: 不公开的某某人\n_memo: 只给同事看的话",
        )
        .changed("content/contacts/desk.md", "unit:", "mobile: 13900001234\nunit:");
    let built = site.build();
    assert!(!built.files.is_empty(), "{:?}", built.said());
    for (path, bytes) in &built.files {
        let text = String::from_utf8_lossy(bytes);
        for secret in ["7.77", "不公开的某某人", "只给同事看的话", "13900001234"] {
            assert!(!text.contains(secret), "{secret} in {path}");
        }
    }
    let open = site.changed("content/contacts/desk.md", "mobile:", "mobile_public: 是\nmobile_kind: work\nmobile:").build();
    assert!(open.text("contacts/desk/index.html").contains("13900001234"));
}

#[test]
fn a_sidecar_says_only_what_differs() {
    let built = Site::base().with("content/parks/east.en.md", "---\ntitle: East Park\n---\nEast of the county seat.\n").build();
    assert_eq!(built.said(), Vec::<String>::new());
    let page = built.text("en/parks/east/index.html");
    assert!(page.contains("East Park") && page.contains("Planned area") && page.contains("300 mu"));
    assert!(page.contains("lang=\"en\"") || page.contains("lang=en"));
}

#[test]
fn portable_links_name_their_files_and_default_links_are_relative() {
    let page = Site::base().portable().build().text("parks/east/index.html");
    assert!(page.contains("../../index.html") && page.contains("../../factories/e1/index.html"));
    let page = Site::base().build().text("parks/east/index.html");
    assert!(page.contains("../../factories/e1/") && !page.contains("href=\"/") && !page.contains("href=/"));
    assert!(Site::base().build().text("404.html").contains("/base/"));
}

#[test]
fn tables_are_safe_for_spreadsheets_and_begin_with_a_mark() {
    let built = Site::base().changed("content/factories/e1.md", "building_no: 1号", "building_no: =1+1").build();
    let bytes = &built.files["data/factories.csv"];
    assert_eq!(&bytes[..3], &[0xEF, 0xBB, 0xBF]);
    let text = String::from_utf8_lossy(bytes);
    assert!(text.contains("'=1+1") && text.lines().count() == 3);
}

#[test]
fn old_addresses_lead_to_the_new_one() {
    let built = Site::base()
        .changed("content/parks/east.md", "is_sample: true", "is_sample: true\nredirect_from: [/old/east.html/, /2020/park/]")
        .build();
    assert!(built.text("2020/park/index.html").contains("../../parks/east/"));
}

#[test]
fn a_withdrawn_page_is_a_tombstone_outside_lists() {
    let site = Site::base().changed(
        "content/parks/east.md",
        "is_sample: true",
        "is_sample: true\nstate: withdrawn\nwithdrawal: {at: 2026-11-20, public_reason: 资料有误}",
    );
    let built = site.build();
    assert!(built.text("parks/east/index.html").contains("资料有误"));
    assert!(!built.text("parks/east/index.html").contains("东园在县城东面"));
    assert!(!built.files.contains_key("parks/index.html"), "an empty column is not shown");
}

/// The words of a page without its spaces, and how many elements it has.
fn substance(html: &str) -> (String, usize) {
    let mut words = String::new();
    let (mut tags, mut inside) = (0, false);
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if inside || c.is_whitespace() => {}
            c => words.push(c),
        }
    }
    tags += html.matches("</").count();
    (words.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'"), tags)
}

#[test]
fn minifying_changes_nothing_a_reader_sees() {
    let whole = Site::base().changed("content/site.yaml", "demo: true", "demo: true\nminify: false").build();
    let small = Site::base().build();
    // The setting is content too, so the digest of the content in the names of data scripts differs.
    let digest = |built: &Built| {
        let info: serde_json::Value = serde_json::from_str(&built.text("build.json")).expect("because it is JSON");
        info["content"].as_str().expect("because it names the content")[..10].to_string()
    };
    let names = |built: &Built| {
        let data = |path: &&String| path.starts_with("search/") && path.ends_with(".js");
        built.files.keys().filter(|path| !data(path)).map(|path| path.replace(&digest(built), "")).collect::<Vec<_>>()
    };
    assert_eq!(names(&whole), names(&small));
    for path in whole.files.keys().filter(|path| path.ends_with(".html")) {
        assert_eq!(substance(&whole.text(path)), substance(&small.text(path)), "{path}");
    }
}

#[test]
fn what_is_not_to_be_disclosed_is_never_made() {
    let news = "---\ntitle: 内部通报甲乙丙\nkind: park_news\npublished_at: 2026-11-01 09:00\nsource: 示例\nopenness: none\n---\n正文\n";
    for site in [Site::base(), Site::base().drafts()] {
        let built = site.with("content/news/inner.md", news).build();
        assert_eq!(built.said(), Vec::<String>::new());
        let told: Vec<_> = built.files.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("内部通报甲乙丙")).collect();
        assert!(told.is_empty(), "{:?}", told.iter().map(|(path, _)| path).collect::<Vec<_>>());
    }
}

#[test]
fn old_addresses_of_every_form_are_answered() {
    let page = "---\ntitle: 一般页面\nredirect_from: [/old/a.html, /cp/%E5%8E%82/, /x/index.html, /z.php]\n---\n正文\n";
    let built = Site::base().with("content/pages/a.md", page).build();
    for (path, link) in
        [("old/a.html", "../a/"), ("cp/厂/index.html", "../../a/"), ("x/index.html", "../a/"), ("z.php/index.html", "../a/")]
    {
        assert!(built.text(path).contains(&format!("url={link}")), "{path}");
    }
}

#[test]
fn a_note_cited_twice_has_one_way_back_and_ids_of_its_own() {
    let built = Site::base().with("content/pages/a.md", "---\ntitle: 一般页面\n---\n一处[^1]，又一处[^1]。\n\n[^1]: 说明。\n").build();
    let page = built.text("a/index.html");
    assert!(page.contains("id=\"fnref-1\"") && page.contains("id=\"fnref-1-2\"") && page.contains("href=\"#fnref-1\""), "{page}");
}

#[test]
fn keywords_of_one_line_are_several_and_case_does_not_part_them() {
    let built = Site::base()
        .with("content/pages/a.md", "---\ntitle: 一般页面\nkeywords: 5G、标准厂房，飞地\n---\n正文\n")
        .with("content/pages/b.md", "---\ntitle: 另一页面\nkeywords: [5g, C, C++]\n---\n正文\n")
        .build();
    assert_eq!(built.said(), Vec::<String>::new());
    let term = built.text("tags/5g/index.html");
    assert!(term.contains("一般页面") && term.contains("另一页面"), "{term}");
    for path in ["tags/标准厂房/index.html", "tags/飞地/index.html", "tags/c/index.html", "tags/c--2/index.html"] {
        assert!(built.files.contains_key(path), "{path}");
    }
    assert!(built.text("b/index.html").contains("tags/5g/"), "a page links to the keyword however it spells it");
}

#[test]
fn consent_names_fields_as_people_call_them_and_months_are_counted_in_days() {
    let of = "type: firm\nlabel: {zh: 企业, en: Firm}\nfolder: firms\nfields:\n  \
        scope: {kind: text, many: true, label: {zh: 范围, en: Scope}}\n  \
        boss: {kind: text, public_within: scope, label: {zh: 负责人, en: Head}}\n  \
        from: {kind: month, label: {zh: 起, en: From}}\n  \
        to: {kind: month, label: {zh: 止, en: To}}\n  \
        days: {kind: integer, derive: {days_between: [from, to]}, label: {zh: 天数, en: Days}}\n";
    let firm = |scope: &str| format!("---\ntitle: 企业甲\nscope: [{scope}]\nboss: 李某某某\nfrom: 2026-01\nto: 2026-03\n---\n正文\n");
    for (scope, public) in [("", false), ("负责人", true), ("boss", true), ("电话", false)] {
        let built = Site::base().with("content/_types/firm.yaml", of).with("content/firms/a.md", &firm(scope)).build();
        let data: serde_json::Value = serde_json::from_str(&built.text("data/firms.json")).unwrap();
        assert_eq!(data["records"][0]["boss"].is_string(), public, "{scope}");
        assert_eq!(data["records"][0]["days"], 59);
    }
}
