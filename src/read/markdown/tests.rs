//! Chinese Markdown: what offices type, and what becomes of it.

use super::{Origin, document};
use crate::diagnostic::{Diagnostics, SitePath};
use crate::value::document::Part;
use crate::value::{Document, Lang, Target};

fn read(text: &str) -> (Document, Vec<&'static str>) {
    let mut noted = Diagnostics::new();
    let file = SitePath::new("content/a.md");
    let origin = Origin { file: &file, first_line: 1, field: None, lang: Lang::Zh };
    let document = document(text, &origin, &mut noted);
    (document, noted.iter().map(|d| d.code).collect())
}

fn html(text: &str) -> String {
    let (document, noted) = read(text);
    assert!(noted.is_empty(), "{noted:?}");
    let piece = |part: &Part| match part {
        Part::Html(html) => html.clone(),
        Part::Href(_) | Part::Src(_) => "→".to_string(),
        Part::Block(_) => "[block]".to_string(),
    };
    document.parts.iter().map(piece).collect()
}

#[test]
fn emphasis_works_beside_chinese_punctuation() {
    assert_eq!(html("**重要提示：**请看"), "<p><strong>重要提示：</strong>请看</p>\n");
    assert_eq!(html("为**《规定》**的~~旧：~~新"), "<p>为<strong>《规定》</strong>的<del>旧：</del>新</p>\n");
    assert_eq!(html("`**注：**`字"), "<p><code>**注：**</code>字</p>\n");
}

#[test]
fn lines_of_chinese_join_and_numbered_lines_break() {
    assert_eq!(html("第一行\n第二行"), "<p>第一行第二行</p>\n");
    assert_eq!(html("line one\nline two"), "<p>line one\nline two</p>\n");
    assert_eq!(html("要求：\n（一）甲\n（二）乙"), "<p>要求：<br>\n（一）甲<br>\n（二）乙</p>\n");
}

#[test]
fn headings_begin_at_two_and_have_chinese_anchors() {
    assert_eq!(html("# 交通 条件\n\n## 交通 条件"), "<h2 id=\"交通-条件\">交通 条件</h2>\n<h3 id=\"交通-条件-2\">交通 条件</h3>\n");
    assert_eq!(html("## 交通\n\n### 高速 {#road}"), "<h2 id=\"交通\">交通</h2>\n<h3 id=\"road\">高速</h3>\n");
}

#[test]
fn bare_addresses_end_at_chinese_signs() {
    let (document, _) = read("见https://a.cn/x_y。邮箱zs@a.cn，`https://b.cn`");
    let targets: Vec<&Target> = document.links.iter().map(|link| &link.target).collect();
    assert_eq!(targets, vec![&Target::Absolute("https://a.cn/x_y".into()), &Target::Absolute("mailto:zs@a.cn".into())]);
}

#[test]
fn tables_of_one_text_have_names_of_their_own() {
    let shown = html("| a |\n|---|\n| 1 |\n\n文\n\n| b |\n|---|\n| 2 |\n");
    assert!(shown.contains("aria-label=\"表格\"") && shown.contains("aria-label=\"表格 2\""), "{shown}");
}

#[test]
fn tables_notes_tasks_definitions_and_callouts() {
    assert!(html("| 甲 | 乙 |\n|---|---:|\n| 1 | 2 |").contains("<td class=\"align-right\">2</td>"));
    let notes = html("字[^1]\n\n[^1]: 注\n");
    assert!(notes.contains("id=\"fnref-1\"") && notes.contains("<li id=\"fn-1\"><p>注</p>"), "{notes}");
    assert!(html("- [x] 完成\n- [ ] 未完").contains("disabled checked aria-label=\"已完成\""));
    assert!(html("名词\n: 解释").contains("<dt>名词</dt>"));
    assert_eq!(
        html("> [!提示] 小标题\n> 正文"),
        "<aside class=\"callout callout--note\"><p class=\"callout__title\">小标题</p>\n<p>正文</p>\n</aside>\n"
    );
    assert!(html("> [!WARNING]\n> 小心").contains("callout--warning\"><p class=\"callout__title\">注意</p>"));
}

#[test]
fn links_name_records_files_and_anchors() {
    let (document, noted) = read("[a](../parks/b.md#x) [b](park/b) [c](#甲) [d](https://e.cn \"题\") [e](x%20y.pdf)");
    assert!(noted.is_empty());
    let targets: Vec<Target> = document.links.iter().map(|link| link.target.clone()).collect();
    assert_eq!(
        targets,
        vec![
            Target::Relative("../parks/b.md".into(), Some("x".into())),
            Target::Record("park/b".into(), None),
            Target::Anchor("甲".into()),
            Target::Absolute("https://e.cn".into()),
            Target::Relative("x y.pdf".into(), None),
        ]
    );
}

#[test]
fn what_is_not_allowed_is_named_and_shown_as_text() {
    for (text, code) in [
        ("<b>粗</b>", "html-not-allowed"),
        ("<script>x</script>", "html-not-allowed"),
        ("[a](javascript:x)", "scheme-not-allowed"),
        ("[a](javascript%3Ax)", "scheme-not-allowed"),
        ("[a](//evil.cn)", "scheme-not-allowed"),
        ("![a](data:image/png,x)", "scheme-not-allowed"),
        ("![](x.png)", "image-alt-missing"),
        ("＃ 标题", "markdown-slip"),
        ("【甲】（a.md）", "markdown-slip"),
        ("```::figur\nsrc: a\n```", "block-unknown"),
        ("```::figure\nsrc: a.png\n```", "block-missing"),
        ("```::figure\nsrc: a.png\nalt: b\nsize: 3\n```", "block-argument"),
        ("```::video\n没有冒号\n```", "block-line"),
    ] {
        assert!(read(text).1.contains(&code), "{text}: {:?}", read(text).1);
    }
    assert!(read("<!-- 注 -->\n\n正文").1.is_empty());
}

#[test]
fn typed_blocks_hold_their_arguments_and_prose() {
    let (document, noted) = read("```::notice\n级别: 注意\ntitle: 停水\n---\n**明天**停水\n```\n\n```::facts\nrecord: park/east\n```\n");
    assert!(noted.is_empty(), "{noted:?}");
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(document.blocks[0].arguments[0], ("level".to_string(), "warning".to_string()));
    assert_eq!(document.blocks[0].body.as_ref().unwrap().text.trim(), "明天停水");
    assert!(document.blocks[1].record.is_some());
}

#[test]
fn nothing_hangs() {
    for text in [
        "[".repeat(20_000),
        "*".repeat(20_000),
        ">".repeat(20_000),
        "- ".repeat(5_000),
        "![".repeat(10_000),
        "`".repeat(20_001),
        "a**".repeat(10_000),
    ] {
        let _ = read(&text);
    }
    assert_eq!(read(&"> ".repeat(200)).1, vec!["markdown-too-deep"]);
    assert_eq!(read(&"字".repeat(400_000)).1, vec!["markdown-too-long"]);
}
