//! Word files that were made in odd ways: nothing of them is lost or changed without a word, and nothing of them grows.

use crate::commands::Place;
use crate::word::{TINY, body, docx, left, made, part, plain, refused, zip};
use parkpress::desk::word::ready;
use parkpress::diagnostic::SitePath;
use std::fs;

/// A paragraph of a list.
fn item(more: &str, inside: &str) -> String {
    format!("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>{more}</w:pPr>{inside}</w:p>")
}

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

/// A document with one list, whose numbers look so.
fn listed(body: &str, format: &str, text: &str) -> Vec<u8> {
    let numbering = part(
        "numbering",
        &format!(
            "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl></w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
        ),
    );
    docx(body, &[("word/numbering.xml", numbering.as_bytes())], &[("n", "numbering", "numbering.xml")])
}

/// Everything that was read.
fn dump(bytes: &[u8]) -> String {
    ready(&SitePath::new("a.docx"), bytes).map(|ready| format!("{ready:?}")).unwrap_or_else(|why| why.code.to_string())
}

#[test]
fn a_number_of_word_never_becomes_a_part_of_a_figure() {
    let table = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
        plain("甲"),
        plain("乙"),
        item("", &run("500吨"))
    );
    let text = plain("二号厂房概况") + &item("", &run("3000平方米厂房，可以分层租赁。")) + &item("", &run("2026年完成。")) + &table;
    let (draft, _) = made("a.docx", &listed(&text, "decimal", "%1"), "news");
    assert_eq!(body(&draft), "1 3000平方米厂房，可以分层租赁。\n\n2 2026年完成。\n\n| 甲 | 乙 |\n|---|---|\n| 3 500吨 | |\n");
    let (draft, _) = made("a.docx", &listed(&text, "decimal", "Article %1"), "news");
    assert!(body(&draft).starts_with("Article 1 3000平方米厂房"), "{}", body(&draft));
}

#[test]
fn empty_items_count_as_in_word_and_deleted_ones_do_not() {
    let text = |blank: &str| plain("二号厂房概况") + &item("", &run("甲")) + &item(blank, "") + &item("", &run("乙"));
    let of = |blank: &str, format: &str, label: &str| body(&made("a.docx", &listed(&text(blank), format, label), "news").0).to_string();
    assert_eq!(of("", "chineseCounting", "%1、"), "一、甲\n\n三、乙\n");
    assert_eq!(of("", "decimal", "%1."), "1. 甲\n\n3) 乙\n");
    assert_eq!(of("<w:rPr><w:del w:id=\"1\"/></w:rPr>", "chineseCounting", "%1、"), "一、甲\n\n二、乙\n");
    assert_eq!(of("<w:rPr><w:del w:id=\"1\"/></w:rPr>", "decimal", "%1."), "1. 甲\n2. 乙\n");
}

#[test]
fn a_title_leaves_its_picture_and_its_note() {
    let picture = "<w:r><w:drawing><wp:anchor><wp:docPr id=\"1\" name=\"a\" descr=\"二号厂房外景\"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed=\"png\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>";
    let text = format!("<w:p>{picture}{}<w:r><w:footnoteReference w:id=\"7\"/></w:r></w:p>", run("二号厂房概况")) + &plain("正文。");
    let notes = part("footnotes", &format!("<w:footnote w:id=\"7\">{}</w:footnote>", plain("解释。")));
    let bytes = docx(
        &text,
        &[("word/footnotes.xml", notes.as_bytes()), ("word/media/a.png", TINY)],
        &[("f", "footnotes", "footnotes.xml"), ("png", "image", "media/a.png")],
    );
    let (draft, _) = made("a.docx", &bytes, "news");
    assert_eq!(draft.fields[0].value, "二号厂房概况");
    assert_eq!(body(&draft), "![二号厂房外景](er-hao-chang-fang-gai-kuang-1.png)\n\n[^1]\n\n正文。\n\n[^1]: 解释。\n");
}

#[test]
fn a_field_without_end_swallows_its_paragraph_only_and_says_so() {
    let begin = |told: &str| format!("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{told}</w:instrText></w:r>");
    let text = plain("二号厂房概况")
        + &format!("<w:p>{}{}{}</w:p>", run("前。"), begin("PAGE"), run("甲"))
        + &plain("后一段。")
        + &plain("再后一段。");
    let (draft, _) = made("a.docx", &docx(&text, &[], &[]), "news");
    assert_eq!(body(&draft), "前。\n\n后一段。\n\n再后一段。\n");
    assert_eq!(left(&draft), ["第 2 段：没有写完的域“PAGE”，这一段里它后面的文字没有带入"]);
    let contents = plain("二号厂房概况")
        + &format!("<w:p>{}</w:p>", begin("TOC \\o"))
        + &plain("目录条目")
        + &format!("<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>{}", plain("正文。"));
    let (draft, _) = made("a.docx", &docx(&contents, &[], &[]), "news");
    assert_eq!((body(&draft), left(&draft)), ("正文。\n", vec!["第 2 段：目录，网站自己会做".to_string()]));
}

#[test]
fn a_control_around_a_table_of_contents_keeps_the_rest() {
    let contents = format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        plain("目录条目")
    );
    let text = plain("二号厂房概况") + &format!("<w:sdt><w:sdtPr/><w:sdtContent>{contents}{}</w:sdtContent></w:sdt>", plain("正文。"));
    let (draft, _) = made("a.docx", &docx(&text, &[], &[]), "news");
    assert_eq!((body(&draft), left(&draft)), ("正文。\n", vec!["第 2 段：目录，网站自己会做".to_string()]));
}

#[test]
fn what_is_told_and_kept_orders_no_terminal_about() {
    let header = part("hdr", &plain("a&#x202E;红&#x2066;字"));
    let text = plain("二号厂房概况")
        + "<w:p><w:r><w:object><o:OLEObject ProgID=\"x&#x9B;31m\"/></w:object></w:r><w:hyperlink r:id=\"bad\"><w:r><w:t>甲</w:t></w:r></w:hyperlink></w:p>";
    let bytes = docx(&text, &[("word/header1.xml", header.as_bytes())], &[("bad", "hyperlink", "!javascript:&#x202E;&#x85;x")]);
    let (draft, _) = made("a.docx", &bytes, "news");
    assert_eq!(
        left(&draft),
        [
            "第 2 段：嵌入对象“x31m”，没有带入；请另存为图片或附件",
            "第 2 段：链接“javascript: x”，地址在网页上打不开，只保留文字",
            "全文：页眉“a红字”，没有带入"
        ]
    );
    let why = ready(&SitePath::new("a.docx"), &docx(&plain("甲"), &[("../\u{1B}[31m\u{202E}x", b"x")], &[])).expect_err("it leads outside");
    assert_eq!(why.message.zh, "Word 文件里有指向外面的名字“../[31mx”，不是办公软件写的，没有读取。");
}

#[test]
fn nothing_of_a_file_is_multiplied() {
    let items = |label: &str| listed(&(plain("标题") + &item("", &run("甲")).repeat(6_000)), "decimal", label);
    assert_eq!(refused("a.docx", &items(&format!("{}%1", "第".repeat(80)))), "word-too-large", "a long label at every paragraph");
    assert_eq!(refused("a.docx", &items(&"第".repeat(40_000))), "", "a label that nobody keeps");

    let looks = "<w:r><w:rPr><w:b/></w:rPr><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r>".repeat(200);
    let link =
        |target: &str| docx(&format!("<w:p><w:hyperlink r:id=\"a\">{looks}</w:hyperlink></w:p>"), &[], &[("a", "hyperlink", target)]);
    assert_eq!(refused("a.docx", &link(&format!("!https://a.cn/{}", "x".repeat(3_000)))), "word-too-large", "a long address at every look");
    assert_eq!(refused("a.docx", &link("!https://a.cn/")), "");

    let told = format!("<w:r><w:instrText>HYPERLINK \"https://a.cn/{}\"</w:instrText></w:r>", "x".repeat(100_000));
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let bytes = docx(&format!("<w:p>{}{told}{}{looks}{}</w:p>", field("begin"), field("separate"), field("end")), &[], &[]);
    let read = dump(&bytes);
    assert!(
        read.len() < 200_000 && !read.contains("a.cn/xxxxxxxxxxxx") && read.matches("地址在网页上打不开").count() == 1,
        "{}",
        read.len()
    );

    let note = "<w:r><w:footnoteReference w:id=\"7\"/></w:r>".repeat(20_000);
    let wide = |inside: &str| format!("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"60\"/></w:tcPr>{inside}</w:tc></w:tr></w:tbl>");
    let read = dump(&docx(&(plain("甲") + &wide(&format!("<w:p>{note}</w:p>"))), &[], &[]));
    assert!(read.matches("Note(").count() < 100_000 && read.contains("表格太大"), "{}", read.matches("Note(").count());
    assert!(!dump(&docx(&(plain("甲") + &wide(&plain("乙"))), &[], &[])).contains("表格太大"));

    let rows = "<w:tr><w:trPr><w:gridBefore w:val=\"60\"/></w:trPr></w:tr>".repeat(5_000);
    let read = dump(&docx(&(plain("甲") + &format!("<w:tbl>{rows}</w:tbl>")), &[], &[]));
    assert!(read.matches("Cell {").count() <= 200_000 && read.contains("表格太大"), "{}", read.matches("Cell {").count());
}

#[test]
fn a_changed_part_is_no_document_and_no_attack() {
    let sound = docx(&(plain("标题") + &plain("减免3000元")), &[], &[]);
    let place = |word: &[u8], bytes: &[u8]| bytes.windows(word.len()).position(|window| window == word).expect("it stands there");
    assert_eq!(refused("a.docx", &sound), "");
    let mut changed = sound.clone();
    let at = place(b"3000", &changed);
    changed[at] = b'7';
    assert_eq!(refused("a.docx", &changed), "word-unreadable", "a figure was changed");
    let mut renamed = docx(&plain("标题"), &[("word/footnotes.xml", b"<a/>")], &[]);
    let at = renamed.windows(9).rposition(|window| window == b"footnotes").expect("it stands there");
    renamed[at] = b'g';
    assert_eq!(refused("a.docx", &renamed), "word-unreadable", "the directory names another part");
    let mut torn = sound.clone();
    let at = torn.windows(4).rposition(|window| window == b"PK\x01\x02").expect("it has a directory");
    torn[at] = b'Q';
    assert_eq!(refused("a.docx", &torn), "word-unreadable", "a part is missing");
    // How the one part is packed, in the directory.
    for (method, packed) in [(8, b"\xFF\xFF\xFF".as_slice()), (14, b"<a/>".as_slice())] {
        let mut bytes = zip(&[("word/document.xml", packed)]);
        let at = place(b"PK\x01\x02", &bytes);
        bytes[at + 10] = method;
        assert_eq!(refused("a.docx", &bytes), "word-unreadable", "method {method}");
    }
}

/// Of a file without end only as much is read as tells that it is too large.
#[cfg(unix)]
#[test]
fn a_huge_file_is_not_read_whole() {
    let place = Place::new("huge");
    for (name, words, code) in
        [("a.docx", &["import", "a.docx", "--type", "动态"][..], "word-too-large"), ("a.xlsx", &["import", "a.xlsx"][..], "book-too-large")]
    {
        // A hole: it takes no room on the disk, and has room in no memory.
        let file = fs::File::create(place.0.join(name)).expect("a file");
        file.set_len(1 << 42).expect("a hole");
        let output = place.run(words);
        let said = [output.stdout, output.stderr].concat();
        assert!(String::from_utf8_lossy(&said).contains(code), "{}", String::from_utf8_lossy(&said));
    }
}
