//! `fix`: what is repaired, what is proven, what is left alone.

use crate::site::Site;
use parkpress::desk::fix;
use parkpress::project::Snapshot;

fn snapshot(site: &Site) -> Snapshot {
    Snapshot::from_texts(site.texts().iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
}

/// The path and new text of every repair, and the paths that are refused.
fn repaired(site: &Site) -> (Vec<(String, String)>, Vec<String>) {
    let plan = fix::plan(&snapshot(site), &|_| true).expect("because the settings are sound");
    let text = |bytes: Option<Vec<u8>>| String::from_utf8(bytes.expect("because a repair takes no file away")).expect("UTF-8");
    let repairs = plan.repairs.into_iter().map(|repair| (repair.edit.path.to_string(), text(repair.edit.after))).collect();
    (repairs, plan.refused.into_iter().map(|(path, _)| path.to_string()).collect())
}

/// The site with everything repaired.
fn mended(site: &Site) -> Site {
    let (repairs, refused) = repaired(site);
    assert!(refused.is_empty(), "{refused:?}");
    repairs.into_iter().fold(site.clone(), |site, (path, text)| site.with(&path, &text))
}

const NEWS: &str =
    "---\ntitle: 开工\nkind: park_news\nsource: 招商科\npublished_at: 2026-11-01 09:00\nis_sample: true\n---\n\n正文在这里。\n";

#[test]
fn a_sound_site_needs_no_repair() {
    assert_eq!(repaired(&Site::base()), (vec![], vec![]));
}

#[test]
fn slips_of_a_chinese_keyboard_are_written_as_they_were_read() {
    let site = Site::base()
        .changed("content/parks/east.md", "level: township\n", "level：township\n")
        .changed("content/parks/east.md", "contacts: [desk]", "contacts: ［desk］")
        .changed("content/factories/e1.md", "  - {no: \"101\"", "\t- {no: \"101\"")
        .changed("content/factories/e1.md", "suitable: [金属制品]", "＃ 适合\nsuitable: [金属制品，机械]")
        .changed("content/site.yaml", "title: 测试园区", "title：测试园区");
    assert!(site.build().said().iter().filter(|line| line.contains("slip-")).count() >= 6);
    let fixed = mended(&site);
    assert_eq!(fixed.build().said(), Vec::<String>::new());
    let park = fixed.text("content/parks/east.md");
    assert!(park.contains("level: township\n") && park.contains("contacts: [desk]\n"), "{park}");
    assert!(fixed.text("content/factories/e1.md").contains("# 适合\nsuitable: [金属制品, 机械]"));
    assert!(fixed.text("content/site.yaml").starts_with("title: 测试园区\n"));
    assert_eq!(repaired(&fixed), (vec![], vec![]), "a second run has nothing to do");
}

#[test]
fn encodings_and_line_ends_become_what_every_program_reads() {
    let gbk = encoding_rs::GBK.encode(NEWS).0.into_owned();
    let table = encoding_rs::GBK.encode("编号,名称\r\n").0.into_owned();
    let site = Site::base()
        .with_bytes("content/news/gbk.md", &gbk)
        .with_bytes("content/news/mark.md", format!("\u{FEFF}{NEWS}").as_bytes())
        .with_bytes("content/news/cr.md", NEWS.replace('\n', "\r").as_bytes())
        .with_bytes("content/news/crlf.md", NEWS.replace('\n', "\r\n").as_bytes())
        .with_bytes("content/contacts.csv", &table)
        .with_bytes("content/media/attached.csv", &table);
    let (repairs, refused) = repaired(&site);
    let of = |path: &str| repairs.iter().find(|(known, _)| known == path).map(|(_, text)| text.as_str());
    assert_eq!(refused, Vec::<String>::new());
    for path in ["content/news/gbk.md", "content/news/mark.md", "content/news/cr.md"] {
        assert_eq!(of(path), Some(NEWS), "{path}");
    }
    assert_eq!(of("content/news/crlf.md"), None, "the line ends of Windows are fine");
    assert_eq!(of("content/contacts.csv"), Some("\u{FEFF}编号,名称\r\n"), "Excel needs the mark");
    assert_eq!(of("content/media/attached.csv"), None, "attachments are published as they are");
}

#[test]
fn two_encodings_in_one_file_are_no_matter_of_guessing() {
    let mut bytes = NEWS.replace("正文在这里。", "正文在这里，园区共有三栋厂房。").into_bytes();
    bytes.extend_from_slice(&encoding_rs::GBK.encode("补充一句").0);
    let site = Site::base().with_bytes("content/news/mixed.md", &bytes);
    assert_eq!(repaired(&site).0, vec![]);
}

#[test]
fn brackets_of_document_numbers_are_those_of_the_standard() {
    let policy = "---\ntitle: 关于租金的办法\nsource: 招商科\nkind: park_news\npublished_at: 2026-11-01\nis_sample: true\n---\n\n依据示政[2026]03号办理，见`示政[2026]4号`。\n\n```\n示政[2026]5号\n```\n";
    let site = Site::base().with("content/news/n.md", policy);
    assert!(site.build().said().iter().any(|line| line.contains("doc-no-slip")));
    let fixed = mended(&site).text("content/news/n.md");
    assert!(fixed.contains("依据示政〔2026〕3号办理"), "{fixed}");
    assert!(fixed.contains("\n示政[2026]5号\n"), "code is left alone: {fixed}");
}

#[test]
fn a_number_of_a_field_is_written_right_and_nothing_else() {
    let site = Site::base().with(
        "content/policies/p.md",
        "---\ntitle: 关于租金的办法\ndoc_no: \"示政办[2026]03号\"   # 印发稿\nis_sample: true\n---\n\n正文。\n",
    );
    assert!(site.build().said().iter().any(|line| line.contains("doc-no-form")));
    let fixed = mended(&site).text("content/policies/p.md");
    assert!(fixed.contains("doc_no: \"示政办〔2026〕3号\"   # 印发稿\n"), "{fixed}");
}

#[test]
fn spaces_in_targets_are_escaped_where_they_lead_somewhere() {
    let body = "见[平面 图](../media/图 1.csv)、[办法](https://example.com/a b)，又见[说明](见 附件)和`[码](../media/图 1.csv)`。\n";
    let site = Site::base().with("content/news/n.md", &NEWS.replace("正文在这里。\n", body)).with("content/media/图 1.csv", "甲,乙\n");
    let fixed = mended(&site).text("content/news/n.md");
    assert!(
        fixed.contains("[平面 图](../media/图%201.csv)、[办法](https://example.com/a%20b)，又见[说明](见 附件)和`[码](../media/图 1.csv)`"),
        "{fixed}"
    );
    let built = mended(&site).build();
    assert_eq!(built.said(), Vec::<String>::new());
    assert!(built.text("news/n/index.html").contains("media/%E5%9B%BE%201.csv"));
}

#[test]
fn only_what_is_wanted_is_looked_at() {
    let site = Site::base().changed("content/parks/east.md", "level: township\n", "level：township\n").changed(
        "content/factories/e1.md",
        "park: east\n",
        "park：east\n",
    );
    let plan = fix::plan(&snapshot(&site), &|path| path.as_str().starts_with("content/parks")).expect("sound settings");
    let paths: Vec<&str> = plan.repairs.iter().map(|repair| repair.edit.path.as_str()).collect();
    assert_eq!(paths, ["content/parks/east.md"]);
}
