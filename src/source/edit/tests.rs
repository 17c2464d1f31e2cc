//! Changing files in place.

use super::{Change, Plain, Step, apply, apply_bytes, tree};
use crate::diagnostic::SitePath;

fn path(text: &str) -> Vec<Step> {
    text.split('/').map(|part| part.parse().map_or_else(|_| Step::Key(part.to_string()), Step::Item)).collect()
}

fn set(at: &str, value: Plain) -> Change {
    Change::Set { path: path(at), value }
}

fn text(text: &str) -> Plain {
    Plain::Text(text.to_string())
}

fn raw(text: &str) -> Plain {
    Plain::Verbatim(text.to_string())
}

fn gone(at: &str) -> Change {
    Change::Remove { path: path(at) }
}

/// The file after the changes; the same changes once more change nothing.
fn edited(name: &str, before: &str, changes: &[Change], order: &[&str]) -> String {
    let file = SitePath::new(name);
    let after = apply(&file, before, changes, order).unwrap_or_else(|refused| panic!("{before}\n{refused:?}"));
    assert_eq!(apply(&file, &after, changes, order).as_deref(), Ok(after.as_str()), "again:\n{after}");
    after
}

fn yaml(before: &str, changes: &[Change]) -> String {
    edited("content/a.yaml", before, changes, &["title", "park", "area", "rent", "spaces", "spaces.no", "spaces.area", "spaces.rent"])
}

#[test]
fn a_value_changes_and_everything_else_stays() {
    let before = "# 头\ntitle: 一号楼   # 名称\n\n'park' : \"甲\"\narea: 1,800 # 平方米\nnote: |\n  第一行\n\n  第二行\n\nend: x\n";
    assert_eq!(yaml(before, &[set("area", raw("2000"))]), before.replace("1,800", "2000"));
    assert_eq!(yaml(before, &[set("title", text("二号楼"))]), before.replace("一号楼", "二号楼"));
    assert_eq!(yaml(before, &[set("park", text("101"))]), before.replace("甲", "101"));
    assert_eq!(yaml(before, &[set("title", text("一号楼"))]), before);
    assert_eq!(yaml(before, &[set("note", text("改\n\n了\n"))]), before.replace("第一行", "改").replace("第二行", "了"));
    assert_eq!(yaml(before, &[set("note", text("改"))]), before.replace("note: |\n  第一行\n\n  第二行\n", "note: 改\n"));
    let long = before.replace("area: 1,800 # 平方米", "area: | # 平方米\n  甲\n  乙");
    assert_eq!(yaml(before, &[set("area", text("甲\n乙\n"))]), long);
    assert_eq!(yaml(&long, &[set("area", raw("1"))]), before.replace("1,800", "1"));
}

#[test]
fn keys_come_to_their_place_and_go() {
    let before = "# 头\n\n# 标题\ntitle: 甲\narea: 1 # 面积\n  # 还有\nother: x\n";
    assert_eq!(yaml(before, &[set("rent", text("面议"))]), "# 头\n\n# 标题\ntitle: 甲\narea: 1 # 面积\n  # 还有\nrent: 面议\nother: x\n");
    assert_eq!(yaml(before, &[set("park", text("乙"))]), before.replace("area:", "park: 乙\narea:"));
    assert_eq!(yaml(before, &[set("new", text("乙"))]), format!("{before}new: 乙\n"));
    assert_eq!(yaml("# 注\narea: 1\n", &[set("title", text("甲"))]), "title: 甲\n# 注\narea: 1\n");
    assert_eq!(yaml("other: 1", &[set("title", text("甲"))]), "other: 1\ntitle: 甲\n");
    assert_eq!(yaml("", &[set("title", text("甲"))]), "title: 甲\n");
    assert_eq!(yaml("# 注", &[set("title", text("甲")), set("area", Plain::Empty)]), "# 注\ntitle: 甲\narea:\n");
    assert_eq!(yaml(before, &[gone("area"), gone("none")]), "# 头\n\n# 标题\ntitle: 甲\n  # 还有\nother: x\n");
    assert_eq!(yaml("a: 1\nb: |\n  x\n\n\nc: 2\n", &[gone("b")]), "a: 1\n\n\nc: 2\n");
    assert_eq!(yaml("a: 1\nb: 2", &[gone("b")]), "a: 1\n");
    assert_eq!(yaml("a:   # 无\nb: 2\n", &[set("a", raw("1"))]), "a: 1   # 无\nb: 2\n");
    assert_eq!(yaml("a:\n", &[set("a/b/c", raw("1"))]), "a:\n  b: {c: 1}\n");
    assert_eq!(yaml("a:\n  b: 1\n  # 尾\nc: 2\n", &[gone("a/b")]), "a: {}\n  # 尾\nc: 2\n");
}

#[test]
fn nested_lists_of_groups_are_changed_item_by_item() {
    let before =
        "spaces:\n  # 一层\n  - no: \"101\"   # 号\n    area: 10\n    rent: 8.1\n\n  # 二层\n  - no: \"201\"\n    area: 20\nend: x\n";
    assert_eq!(yaml(before, &[set("spaces/1/area", raw("25"))]), before.replace("20\n", "25\n"));
    assert_eq!(yaml(before, &[set("spaces/1/rent", text("面议"))]), before.replace("area: 20\n", "area: 20\n    rent: 面议\n"));
    let more = Plain::Group(vec![("no".into(), text("301")), ("area".into(), raw("30"))]);
    let longer = before.replace("area: 20\n", "area: 20\n  - \"no\": \"301\"\n    area: 30\n");
    assert_eq!(yaml(before, &[set("spaces/2", more.clone())]), longer);
    assert_eq!(yaml(before, &[gone("spaces/0/no")]), before.replace("- no: \"101\"   # 号\n    area", "-    # 号\n    area"));
    assert_eq!(yaml(before, &[gone("spaces/1/no")]), before.replace("- no: \"201\"\n    area: 20", "- area: 20"));
    assert_eq!(
        yaml(before, &[gone("spaces/0/rent"), gone("spaces/1")]),
        "spaces:\n  # 一层\n  - no: \"101\"   # 号\n    area: 10\n\n  # 二层\nend: x\n"
    );
    let whole = Plain::List(vec![
        Plain::Group(vec![("no".into(), text("101")), ("area".into(), raw("11")), ("rent".into(), raw("8.1"))]),
        Plain::Group(vec![("no".into(), text("201")), ("area".into(), raw("20"))]),
        more,
    ]);
    assert_eq!(yaml(before, &[set("spaces", whole)]), longer.replace("area: 10", "area: 11"));
    assert_eq!(yaml("list:\n- a # 甲\n- b\n", &[set("list/2", text("c")), set("list/0", text("d"))]), "list:\n- d # 甲\n- b\n- c\n");
    assert_eq!(yaml("list:\n  - a\n", &[gone("list/0")]), "list: []\n");
    assert_eq!(
        yaml("x:\n  - {a: 1, b: 2}\n", &[set("x/1", Plain::Group(vec![("a".into(), raw("3"))]))]),
        "x:\n  - {a: 1, b: 2}\n  - {a: 3}\n"
    );
    assert_eq!(yaml("x:\n  -\n    # 注\n    a: 1\n", &[set("x/0/b", raw("2"))]), "x:\n  -\n    # 注\n    a: 1\n    b: 2\n");
}

#[test]
fn brackets_and_braces_stay_on_their_line() {
    let before = "size: {bay: 8, span: 9} # 柱网\nwords: [甲, \"乙\",\n  丙]  # 词\nnone: []\n";
    assert_eq!(yaml(before, &[set("size/span", raw("12"))]), before.replace("9}", "12}"));
    assert_eq!(yaml(before, &[set("size/deep", text("a, b"))]), before.replace("9}", "9, deep: \"a, b\"}"));
    assert_eq!(yaml(before, &[gone("size/bay")]), before.replace("bay: 8, ", ""));
    assert_eq!(yaml(before, &[gone("size/span")]), before.replace(", span: 9", ""));
    assert_eq!(
        yaml(before, &[set("words/3", text("丁")), set("words/0", text("戊"))]),
        before.replace("丙]", "丙, 丁]").replace("甲", "戊")
    );
    let shorter = apply(&SitePath::new("content/a.yaml"), before, &[gone("words/1")], &[]);
    assert_eq!(shorter, Ok(before.replace("\"乙\",\n  ", "")));
    assert_eq!(yaml(before, &[set("none/0", text("甲"))]), before.replace("[]", "[甲]"));
    let list = Plain::List(vec![text("甲"), text("乙"), text("子")]);
    assert_eq!(yaml(before, &[set("words", list)]), before.replace("丙]", "子]"));
    assert_eq!(yaml("a: {b:, c: 1}\n", &[set("a/b", raw("2"))]), "a: {b: 2, c: 1}\n");
}

#[test]
fn front_matter_prose_line_ends_and_marks_are_kept() {
    let before = "\u{FEFF}---\r\ntitle: 甲 # 注\r\n---\r\n\r\n正文：一。\r\n";
    let file = "content/a.md";
    assert_eq!(edited(file, before, &[set("area", raw("1"))], &[]), before.replace("注\r\n", "注\r\narea: 1\r\n"));
    assert_eq!(edited(file, before, &[Change::Body("一\n\n二\n".into())], &[]), before.replace("正文：一。", "一\r\n\r\n二"));
    assert_eq!(edited(file, before, &[set("area", text("a\nb"))], &[]), before.replace("注\r\n", "注\r\narea: |-\r\n  a\r\n  b\r\n"));
    assert_eq!(edited(file, "只有正文\n", &[set("title", text("甲"))], &[]), "---\ntitle: 甲\n---\n\n只有正文\n");
    assert_eq!(edited(file, "---\n---\n", &[set("title", text("甲"))], &[]), "---\ntitle: 甲\n---\n");
    assert_eq!(edited(file, "---\na: 1\n---", &[Change::Body("文".into())], &[]), "---\na: 1\n---\n\n文\n");
    assert_eq!(edited("content/a.yaml", "a: 1\n", &[Change::Body("文".into())], &[]), "a: 1\nbody: |\n  文\n");
    let gbk = encoding_rs::GBK.encode("名称: 甲 # 注\n").0.into_owned();
    let after = apply_bytes(&SitePath::new("content/a.yaml"), &gbk, &[set("名称", text("乙"))], &[]);
    assert_eq!(after, Ok(encoding_rs::GBK.encode("名称: 乙 # 注\n").0.into_owned()));
}

#[test]
fn wide_characters_and_typed_keys_are_found() {
    let before = "名称: 示例😀园区\n可租单元:\n  - 面积: 1 # 亩\n";
    let (node, _) = tree(&SitePath::new("content/a.yaml"), before).unwrap();
    assert_eq!(node.map().unwrap()[1].key, "可租单元");
    assert_eq!(yaml(before, &[set("可租单元/0/面积", raw("2"))]), before.replace("1 #", "2 #"));
    assert_eq!(yaml("\"a b\": 1\n", &[set("a b", raw("2")), set("c d", raw("3"))]), "\"a b\": 2\n\"c d\": 3\n");
}

#[test]
fn what_is_not_certain_is_refused() {
    let file = SitePath::new("content/a.yaml");
    for (before, change) in [
        ("a: &x {b: 1}\nc: *x\n", set("a/b", raw("2"))),
        ("a: &x {b: 1}\nc: *x\n", set("c/b", raw("2"))),
        ("a: &x 1\nc: *x\n", gone("a")),
        ("? a\n: 1\n", set("a", raw("2"))),
        ("a: 1\na: 2\n", set("b", raw("2"))),
        ("a：1\n", set("a", raw("2"))),
        ("a: [1]\n", set("a/5", raw("2"))),
        ("a: 1\n", set("a/b", raw("2"))),
        ("a: 1\n", set("b", raw("x: y: z"))),
        ("- a\n", set("b", raw("1"))),
    ] {
        let refused = apply(&file, before, std::slice::from_ref(&change), &[]);
        assert!(refused.is_err(), "{before} {change:?}: {refused:?}");
        assert!(!refused.err().map(|refused| refused.diagnostics()).unwrap_or_default().is_empty());
    }
    let refused = apply(&file, "x: 1\na: &x 1\nc: *x\n", &[set("a", raw("2"))], &[]).unwrap_err();
    assert_eq!((refused.place.line, refused.diagnostics()[0].code), (2, "edit-refused"));
}
