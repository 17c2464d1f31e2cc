//! Word files: whole documents with the Markdown that comes of them, what is refused, and what never gets through.

use crate::commands::Place;
use crate::desk::base;
use parkpress::desk::word::{Ask, Draft, compose, is_word, ready};
use parkpress::diagnostic::{Diagnostics, SitePath};
use parkpress::read::markdown::{Origin, document};
use parkpress::resolve::Options;
use parkpress::value::{Instant, Lang, Zone};
use std::fs;

pub(crate) const NEWS: &[u8] = include_bytes!("data/word/libreoffice-news.docx");
pub(crate) const POLICY: &[u8] = include_bytes!("data/word/libreoffice-policy.docx");
pub(crate) const HALL: &[u8] = include_bytes!("data/word/hall.jpg");
const TURNED: &[u8] = include_bytes!("data/word/turned.jpg");
pub(crate) const TINY: &[u8] = include_bytes!("data/tiny.png");

/// An archive of parts that are stored as they are.
pub(crate) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    let short = |n: usize| u16::try_from(n).expect("because tests are small").to_le_bytes();
    let long = |n: usize| u32::try_from(n).expect("because tests are small").to_le_bytes();
    for (name, bytes) in parts {
        let at = out.len();
        let sizes = [crc32fast::hash(bytes).to_le_bytes(), long(bytes.len()), long(bytes.len())].concat();
        out.extend(
            [b"PK\x03\x04".as_slice(), &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0], &sizes, &short(name.len()), &[0, 0], name.as_bytes(), bytes]
                .concat(),
        );
        directory.extend(
            [
                b"PK\x01\x02".as_slice(),
                &[20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0],
                &sizes,
                &short(name.len()),
                &[0; 12],
                &long(at),
                name.as_bytes(),
            ]
            .concat(),
        );
    }
    let at = out.len();
    out.extend(&directory);
    out.extend(
        [b"PK\x05\x06".as_slice(), &[0; 4], &short(parts.len()), &short(parts.len()), &long(directory.len()), &long(at), &[0, 0]].concat(),
    );
    out
}

/// A part with the usual names of its elements.
pub(crate) fn part(root: &str, inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:{root} xmlns:w=\"w\" xmlns:r=\"r\" xmlns:wp=\"wp\" xmlns:a=\"a\" xmlns:pic=\"pic\" xmlns:m=\"m\" xmlns:v=\"v\" xmlns:o=\"o\" xmlns:mc=\"mc\" xmlns:c=\"c\">{inside}</w:{root}>"
    )
}

/// A document of a body and other parts; relationships are `id kind target`, outside ones with `!` in front.
pub(crate) fn docx(body: &str, more: &[(&str, &[u8])], relations: &[(&str, &str, &str)]) -> Vec<u8> {
    let main = part("document", &format!("<w:body>{body}<w:sectPr/></w:body>"));
    let one = |(id, kind, target): &(&str, &str, &str)| {
        let (target, mode) = target.strip_prefix('!').map_or((*target, ""), |target| (target, " TargetMode=\"External\""));
        format!("<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"{mode}/>")
    };
    let relations = format!("<Relationships>{}</Relationships>", relations.iter().map(one).collect::<String>());
    let root = "<Relationships><Relationship Id=\"a\" Type=\"http://x/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", main.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
    ];
    parts.extend_from_slice(more);
    zip(&parts)
}

/// A paragraph as WPS writes one: centred or not, every run with its own font and size in half points.
pub(crate) fn wps(centred: bool, runs: &[(&str, u32, &str)]) -> String {
    let side = if centred { "<w:jc w:val=\"center\"/>" } else { "<w:ind w:firstLine=\"640\"/>" };
    let run = |(font, size, text): &(&str, u32, &str)| {
        let (font, bold) = font.strip_suffix('!').map_or((*font, ""), |font| (font, "<w:b/><w:bCs/>"));
        format!(
            "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\" w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:eastAsia=\"{font}\"/>{bold}<w:sz w:val=\"{size}\"/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>"
        )
    };
    format!("<w:p><w:pPr><w:pStyle w:val=\"1\"/>{side}</w:pPr>{}</w:p>", runs.iter().map(run).collect::<String>())
}

/// A paragraph of one run without any look.
pub(crate) fn plain(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// What comes of a file.
pub(crate) fn made(name: &str, bytes: &[u8], of: &str) -> (Draft, Vec<String>) {
    let (snapshot, project) = base();
    let file = SitePath::new(name);
    let ready = ready(&file, bytes).unwrap_or_else(|why| panic!("{}: {}", why.code, why.message.zh));
    let of = project.schemas.types.iter().position(|known| &*known.name == of).expect("because it is a type of the theme");
    let at = Instant::parse("2026-11-24 09:00", &Zone::shanghai()).expect("because it is a time");
    let mut noted = Diagnostics::new();
    let options = Options { at, drafts: true, portable: false };
    let draft = compose(ready, &Ask { file: &file, of, id: None, options }, &project, &snapshot, &mut noted);
    let said = noted.sorted().into_iter().map(|found| format!("{} {}", found.code, found.place.as_ref().map_or(0, |place| place.line)));
    (draft.unwrap_or_else(|| panic!("{:?}", noted.sorted())), said.collect())
}

pub(crate) fn left(draft: &Draft) -> Vec<String> {
    draft.left.iter().map(|left| format!("{}：{}", left.place.said().zh, left.what.zh)).collect()
}

fn counts(draft: &Draft) -> String {
    draft.counts.said().iter().map(|said| said.zh.as_str()).collect::<Vec<_>>().join("，")
}

pub(crate) fn fields(draft: &Draft) -> Vec<String> {
    draft.fields.iter().map(|taken| format!("{}={} ← {}“{}”", taken.key, taken.value, taken.place.said().zh, taken.typed)).collect()
}

/// The text below the front matter.
pub(crate) fn body(draft: &Draft) -> &str {
    draft.text.split_once("\n---\n\n").map_or("", |(_, body)| body)
}

#[test]
fn an_official_document_of_wps_becomes_a_record() {
    let (fs, hei, kai, song) = ("仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体");
    let text = [
        wps(true, &[(song, 72, "示例县人民政府文件")]),
        wps(true, &[(fs, 32, "示政"), ("Times New Roman", 32, "[２０２６]"), (fs, 32, "12号")]),
        wps(true, &[]),
        wps(true, &[(song, 44, "关于支持标准厂房")]),
        wps(true, &[(song, 44, "招商工作的通知")]),
        wps(false, &[(fs, 32, "各乡镇人民政府,县直各单位:")]),
        wps(false, &[(fs, 32, "　　为推进\"标准厂房\"招商，现通知如下。")]),
        wps(false, &[(hei, 32, "一、总体要求")]),
        wps(false, &[(fs, 32, "坚持规划先行。")]),
        wps(false, &[(hei, 32, "二、工作措施")]),
        wps(false, &[(kai, 32, "(一)降低成本")]),
        wps(false, &[("仿宋_GB2312!", 32, "1.减免租金")]),
        wps(false, &[(fs, 32, "首年租金减半，面积3000m²")]),
        wps(false, &[(kai, 32, "（二）优化服务。"), (fs, 32, "实行一窗受理。")]),
        wps(false, &[(fs, 32, "申请材料：")]),
        wps(false, &[(fs, 32, "（1）营业执照")]),
        wps(false, &[(fs, 32, "（2）租赁合同")]),
        wps(false, &[(fs, 32, "1. 甲类，限"), (fs, 32, "3~5家，*以公告为准")]),
        wps(false, &[(fs, 32, "　　　　　　　　示例县人民政府")]),
        wps(false, &[(fs, 32, "2026 年 3 月 5 日")]),
    ];
    let styles = part(
        "styles",
        "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia=\"宋体\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"1\"><w:name w:val=\"Normal\"/><w:rPr><w:sz w:val=\"21\"/></w:rPr></w:style>",
    );
    let bytes = docx(&text.concat(), &[("word/styles.xml", styles.as_bytes())], &[("rId1", "styles", "styles.xml")]);
    let (draft, said) = made("通知.docx", &bytes, "policy");
    assert_eq!(draft.path.as_str(), "content/policies/guan-yu-zhi-chi-biao-zhun-chang-fang.md");
    assert_eq!(
        body(&draft),
        "各乡镇人民政府，县直各单位：\n\n为推进“标准厂房”招商，现通知如下。\n\n## 一、总体要求\n\n坚持规划先行。\n\n## 二、工作措施\n\n### （一）降低成本\n\n#### 1.减免租金\n\n首年租金减半，面积3000m²\n\n（二）优化服务。实行一窗受理。\n\n申请材料：\n\n（1）营业执照\n\n（2）租赁合同\n\n1\\. 甲类，限3\\~5家，\\*以公告为准\n\n示例县人民政府\n\n2026 年 3 月 5 日\n"
    );
    assert_eq!(
        fields(&draft),
        [
            "title=关于支持标准厂房招商工作的通知 ← 第 3 段“关于支持标准厂房”",
            "doc_no=示政〔2026〕12号 ← 第 2 段“示政[２０２６]12号”",
            "issuer=示例县人民政府 ← 第 1 段“示例县人民政府文件”",
            "formed_on=2026-03-05 ← 第 19 段“2026 年 3 月 5 日”",
        ]
    );
    assert_eq!(left(&draft), ["第 1 段：版头“示例县人民政府文件”，没有放进正文"]);
    assert_eq!(counts(&draft), "引号 2 处，标点 4 处，全角字母数字 4 处，段首空格 2 处，文号 1 处，空段 1 处");
    assert!(draft.text.starts_with("---\n状态: 草稿 "), "{}", draft.text);
    assert_eq!((said, draft.stopped), (vec![], false));
}

#[test]
fn a_document_of_word_keeps_what_pages_have_and_tells_the_rest() {
    let styles = part(
        "styles",
        "<w:style w:type=\"paragraph\" w:styleId=\"a\"><w:name w:val=\"Title\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"标题 2\"/><w:basedOn w:val=\"1\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/></w:numPr></w:pPr></w:style>\
         <w:style w:type=\"character\" w:styleId=\"s\"><w:name w:val=\"Strong\"/><w:rPr><w:b/></w:rPr></w:style>",
    );
    let level = |at: u8, format: &str, text: &str| {
        format!("<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>")
    };
    let numbering = part(
        "numbering",
        &format!(
            "<w:abstractNum w:abstractNumId=\"0\">{}{}</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">{}{}</w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
             <w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
            level(0, "japaneseCounting", "%1、"),
            level(1, "chineseCounting", "（%2）"),
            level(0, "decimal", "%1."),
            level(1, "bullet", "\u{F0B7}"),
        ),
    );
    let styled = |style: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let item = |list: u8, level: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let run = |look: &str, text: &str| format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let picture = |id: &str, descr: &str, crop: &str| {
        format!(
            "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"图片 1\" descr=\"{descr}\"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed=\"{id}\"/>{crop}</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
    };
    let field = |told: &str, shown: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{told}</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
            run("", shown)
        )
    };
    let cell = |more: &str, inside: &str| format!("<w:tc><w:tcPr>{more}</w:tcPr>{inside}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let body_text = [
        styled("a", "二号厂房开工"),
        plain("来源：示例县融媒体中心　作者：张三　发布时间：2026年3月5日 09:30"),
        format!("<w:p>{}</w:p>", field("TOC \\o \"1-3\"", "目录条目")),
        styled("1", "建设内容"),
        format!(
            "<w:p>{}{}{}{}{}</w:p>",
            run("<w:rStyle w:val=\"s\"/>", "重要提示："),
            run("", "甲"),
            run("<w:i/>", "乙"),
            run("<w:strike/>", " 丙丁 "),
            format_args!("{}{}", run("<w:vertAlign w:val=\"superscript\"/>", "2"), run("<w:u w:val=\"single\"/>", "丁"))
        ),
        format!(
            "<w:p>{}<w:ins>{}</w:ins><w:del><w:r><w:delText>CANARY删</w:delText></w:r></w:del>{}<w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:footnoteReference w:id=\"7\"/></w:r><w:r><w:br/><w:t>第二行</w:t></w:r></w:p>",
            run("", "原文"),
            run("", "新增"),
            run("<w:vanish/>", "CANARY隐")
        ),
        styled("2", "位置"),
        format!(
            "<w:p><w:hyperlink r:id=\"web\">{}</w:hyperlink>{}<w:hyperlink r:id=\"bad\">{}</w:hyperlink><w:hyperlink w:anchor=\"x\">{}</w:hyperlink></w:p>",
            run("", "网站、"),
            field("HYPERLINK \"mailto:a@example.com\"", "邮箱、"),
            run("", "脚本、"),
            run("", "上文")
        ),
        item(2, 0, "甲项"),
        item(2, 1, "小项"),
        item(2, 0, "乙项"),
        item(3, 0, "另一组"),
        styled("1", "投资"),
        format!(
            "<w:tbl>{}{}{}{}</w:tbl>",
            row(&[cell("<w:gridSpan w:val=\"3\"/>", &plain("表1 投资情况"))]),
            row(&[cell("", &format!("<w:p>{}</w:p>", run("<w:b/>", "项目"))), cell("<w:gridSpan w:val=\"2\"/>", &plain("金额|万元"))]),
            row(&[cell("<w:vMerge w:val=\"restart\"/>", &plain("厂房")), cell("", &plain("100")), cell("", &(plain("甲") + &plain("乙")))]),
            row(&[cell("<w:vMerge/>", "<w:p/>"), cell("", &plain("200")), cell("", "<w:p/>")]),
        ),
        format!("<w:p>{}{}{}</w:p>", run("", "见图"), picture("jpg", "二号厂房效果图", ""), run("", "。")),
        format!("<w:p>{}</w:p>", picture("png", "图片 1", "<a:srcRect/>")),
        format!("<w:p>{}{}{}</w:p>", picture("again", "", ""), picture("emf", "", ""), picture("png", "", "<a:srcRect l=\"20000\"/>")),
        "<w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id=\"c\"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r><w:r><w:object><o:OLEObject ProgID=\"Excel.Sheet.12\"/></w:object></w:r></w:p>".to_string(),
        plain("结束。"),
    ];
    let notes = part("footnotes", &format!("<w:footnote w:id=\"7\">{}</w:footnote>", plain("注\"一\"")));
    let header = part("hdr", &plain("内部资料"));
    let bytes = docx(
        &body_text.concat(),
        &[
            ("word/styles.xml", styles.as_bytes()),
            ("word/numbering.xml", numbering.as_bytes()),
            ("word/footnotes.xml", notes.as_bytes()),
            ("word/header1.xml", header.as_bytes()),
            ("word/media/image1.jpeg", TURNED),
            ("word/media/image2.png", TINY),
            ("word/media/image3.png", TINY),
            ("word/media/image4.emf", b"\x01\0\0\0EMF"),
        ],
        &[
            ("s", "styles", "styles.xml"),
            ("n", "numbering", "numbering.xml"),
            ("f", "footnotes", "/word/footnotes.xml"),
            ("web", "hyperlink", "!https://www.example.com/a_b(1)"),
            ("bad", "hyperlink", "!javascript:alert(1)"),
            ("jpg", "image", "media/image1.jpeg"),
            ("png", "image", "media/image2.png"),
            ("again", "image", "media/image3.png"),
            ("emf", "image", "media/image4.emf"),
        ],
    );
    let (draft, said) = made("news.docx", &bytes, "news");
    assert_eq!(
        body(&draft),
        "## 一、建设内容\n\n**重要提示：**甲*乙* ~~丙丁~~ ²丁\n\n原文新增[^1]\\\n第二行\n\n### （一）位置\n\n[网站、](https://www.example.com/a_b%281%29)[邮箱、](mailto:a@example.com)脚本、上文\n\n1. 甲项\n   - 小项\n2. 乙项\n\n1) 另一组\n\n## 二、投资\n\n表1 投资情况\n\n| 项目 | 金额\\|万元 | 金额\\|万元 |\n|---|---|---|\n| 厂房 | 100 | 甲　乙 |\n| 厂房 | 200 | |\n\n见图\n\n![二号厂房效果图](er-hao-chang-fang-kai-gong-1.jpg)\n\n。\n\n![](er-hao-chang-fang-kai-gong-2.png)\n\n![](er-hao-chang-fang-kai-gong-2.png)\n\n结束。\n\n[^1]: 注“一”\n"
    );
    assert_eq!(
        fields(&draft),
        [
            "title=二号厂房开工 ← 第 1 段“二号厂房开工”",
            "published_at=2026年3月5日 09:30 ← 第 2 段“来源：示例县融媒体中心 作者：张三 发布时间：2…”",
            "source=示例县融媒体中心 ← 第 2 段“来源：示例县融媒体中心 作者：张三 发布时间：2…”",
            "author=张三 ← 第 2 段“来源：示例县融媒体中心 作者：张三 发布时间：2…”",
        ]
    );
    assert_eq!(
        left(&draft),
        [
            "第 3 段：目录，网站自己会做",
            "第 4 段：下划线，网页上会像链接，只保留文字",
            "第 5 段：修订里删除的文字，没有带入",
            "第 5 段：隐藏文字，没有带入",
            "第 5 段：批注，没有带入",
            "第 7 段：链接“javascript:alert(1)”，地址在网页上打不开，只保留文字",
            "第 7 段：文内跳转，只保留文字",
            "第 1 张表格第 1 行：合并单元格，每格重复同样的内容",
            "第 1 张表格第 2 行：合并单元格，每格重复同样的内容",
            "第 1 张表格第 4 行：合并单元格，每格重复同样的内容",
            "第 15 段：emf 格式的图片，没有带入；请另存为 .png 后插入",
            "第 15 段：裁剪过的图片：文件里还有裁掉的部分，没有带入；在 Word 里选“压缩图片—删除裁剪区域”后再导入",
            "第 16 段：公式“x=1”，没有带入；请改写成文字或图片",
            "第 16 段：文本框“框里的字”，没有带入；需要的文字请移到正文",
            "第 16 段：图表，请用 ::chart 版块重做，或另存为图片",
            "第 16 段：嵌入对象“Excel.Sheet.12”，没有带入；请另存为图片或附件",
            "全文：页眉“内部资料”，没有带入",
            "第 1 张表格第 3 行：一格里有几段，已并成一行",
        ]
    );
    let files: Vec<&str> = draft.edits.iter().map(|edit| edit.path.as_str()).collect();
    assert_eq!(
        files,
        [
            "content/news/er-hao-chang-fang-kai-gong.md",
            "content/media/er-hao-chang-fang-kai-gong-1.jpg",
            "content/media/er-hao-chang-fang-kai-gong-2.png"
        ]
    );
    // The picture stays upright, and says nothing else of its camera.
    let jpeg = draft.edits[1].after.as_deref().expect("because it is new");
    assert_eq!(parkpress::picture::look("jpg", jpeg).map(|facts| facts.turn), Ok(6));
    assert!(said.iter().all(|said| said.starts_with("image-alt-missing")) && said.len() == 2 && !draft.stopped, "{said:?}");
    assert!(draft.edits.iter().all(|edit| !holds(edit.after.as_deref().unwrap_or_default(), "CANARY")));
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[test]
fn files_of_libreoffice_come_through() {
    let (news, said) = made("news.docx", NEWS, "news");
    assert_eq!(
        body(&news),
        "2026年3月5日，示例园区二号厂房通过竣工验收，可租面积3000㎡，单层荷载“2吨”，层高（底层）6米。**即日起接受预约**，见[租赁办法](https://www.example.com/rent?a=1&b=%282%29)、本机文件。\n\n## 验收情况\n\n参加验收的有：\n\n- 建设单位\n- 设计单位\n  - 结构专业\n- 监理单位\n\n1. 资料齐全\n2. 现场符合要求\n\n## 厂房参数\n\n| 楼层 | 面积 | 说明 |\n|---|---|---|\n| 一层 | 1500 | 含货梯\\|两台 |\n| 二层 | 1500 | 含货梯\\|两台 |\n| 合计3000 | 合计3000 | |\n\n### 外景\n\n![](er-hao-chang-fang-tong-guo-jun-gong-yan-1.jpg)\n\n![](er-hao-chang-fang-tong-guo-jun-gong-yan-2.png)\n\n*斜体*、~~删去~~、a\\*b_c、1. 不是清单\n"
    );
    assert!(said.len() == 2 && said.iter().all(|said| said.starts_with("image-alt-missing ")), "{said:?}");
    let (policy, said) = made("policy.docx", POLICY, "policy");
    assert_eq!(
        body(&policy),
        "为支持企业发展，制定本办法[^1]。\n\n## 一、总则\n\n适用于园区内的全部企业。\n\n## 二、减免标准\n\n（一）租金减半，期限一年，自签订合同之日起计算。\n\n（二）物业费照常收取。\n\n![厂房外景](shi-li-yuan-qu-biao-zhun-chang-fang-zu-1.jpg)\n\n示例园区管理委员会\n\n二〇二六年三月五日\n\n[^1]: 依据上级文件（示例）制定。\n"
    );
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(
        fields(&policy)[1..],
        [
            "doc_no=示园管〔2026〕3号 ← 第 1 段“示园管[2026]03号”",
            "issuer=示例园区管理委员会 ← 第 11 段“示例园区管理委员会”",
            "formed_on=2026-03-05 ← 第 12 段“二〇二六年三月五日”",
        ]
    );
    // The camera and the place are in the pictures of the files, and in none that is written.
    assert!(holds(HALL, "CANARYCAMERA") && parkpress::picture::look("jpg", HALL).is_ok());
    for edit in news.edits.iter().chain(&policy.edits) {
        let bytes = edit.after.as_deref().expect("because it is new");
        assert!(!holds(bytes, "CANARY") && !holds(bytes, "Exif"), "{}", edit.path);
    }
}

#[test]
fn signs_of_a_text_read_as_they_were_typed() {
    let texts = [
        "# 不是标题",
        "- 不是清单",
        "1. 不是清单",
        "12) 不是清单",
        "> 不是引用",
        "| 不是 | 表格 |",
        "--- 不是线",
        "+ 加",
        "=== 等号",
        "a*b*c __d__ `e` ~f~ ~~g~~",
        "[a](b) ![c](d) [^1] [x]",
        "<b>粗</b> <!-- 注 --> <http://a.cn>",
        "A&amp;B &copy; R&D",
        "C:\\目录\\",
        "反斜\\*",
        ": 解释",
        "{#id} 甲",
        "$x$ 元",
        "**甲：**乙",
        "第1条　甲",
        "* 星",
        "3~5天、6~8天",
        "```代码",
        "2026",
        "10. ",
    ];
    let typed = texts.map(|text| plain(&text.replace('&', "&amp;").replace('<', "&lt;")));
    let bytes = docx(&(plain("这是一个标题") + &plain("开头。").repeat(8) + &typed.concat() + &plain("结束。")), &[], &[]);
    let (draft, _) = made("a.docx", &bytes, "news");
    let mut noted = Diagnostics::new();
    let file = SitePath::new("a.md");
    let read = document(body(&draft), &Origin { file: &file, first_line: 1, field: None, lang: Lang::Zh }, &mut noted);
    let lines: Vec<&str> = read.text.lines().filter(|line| !line.is_empty() && *line != "开头。" && *line != "结束。").collect();
    assert_eq!(lines, texts.map(str::trim), "{}", body(&draft));
    assert!(read.headings.is_empty() && noted.errors() == 0, "{:?}", noted.sorted());
}

/// The code with which a file is refused.
pub(crate) fn refused(name: &str, bytes: &[u8]) -> &'static str {
    ready(&SitePath::new(name), bytes).err().map_or("", |why| why.code)
}

#[test]
fn what_is_no_sound_document_is_answered_with_what_to_do() {
    let wide = |text: &str| [&[0xD0, 0xCF, 0x11, 0xE0][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat();
    let entity = b"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>";
    let deep = ["<w:document><w:body>", &"<w:sdt><w:sdtContent>".repeat(1_000)].concat();
    let swollen = miniz_oxide::deflate::compress_to_vec(&vec![b' '; 8 * 1024 * 1024], 9);
    let mut bomb = zip(&[("word/document.xml", &swollen)]);
    // The method of the one part, in its head and in the directory.
    let directory = bomb.windows(4).rposition(|window| window == b"PK\x01\x02").expect("because it has one");
    (bomb[8], bomb[directory + 10]) = (8, 8);
    let mut locked = docx(&plain("甲"), &[], &[]);
    let entry = locked.windows(4).position(|window| window == b"PK\x01\x02").expect("because it has one");
    locked[entry + 8] = 1;
    for (name, bytes, code) in [
        ("a.doc", wide("WordDocument"), "word-old"),
        ("a.wps", wide("WpsDocument"), "word-old"),
        ("a.docx", wide("EncryptedPackage"), "word-locked"),
        ("a.doc", b"{\\rtf1 x}".to_vec(), "word-old"),
        ("a.doc", b"\xEF\xBB\xBF<html><body>x".to_vec(), "word-old"),
        ("a.docx", b"no zip".to_vec(), "word-unreadable"),
        ("a.docx", Vec::new(), "word-unreadable"),
        ("a.docx", zip(&[("xl/workbook.xml", b"<a/>")]), "word-unreadable"),
        ("a.docx", docx("<w:p>", &[], &[]), "word-unreadable"),
        ("a.docx", zip(&[("word/document.xml", entity)]), "word-hostile"),
        ("a.docx", zip(&[("word/document.xml", deep.as_bytes())]), "word-hostile"),
        ("a.docx", docx(&plain("甲"), &[], &[("x", "image", "../../../etc/passwd")]), "word-outside"),
        ("a.docx", docx(&plain("甲"), &[("../a.xml", b"x")], &[]), "word-outside"),
        ("a.docm", docx(&plain("甲"), &[("word/vbaProject.bin", b"x")], &[]), "word-macros"),
        ("a.docx", bomb, "word-bomb"),
        ("a.docx", locked, "word-locked"),
        ("a.docx", vec![0; 33 * 1024 * 1024], "word-too-large"),
        ("a.docx", docx("<w:p/><w:p><w:r><w:t> </w:t></w:r></w:p>", &[], &[]), "word-empty"),
        ("a.docx", docx(&plain("甲"), &[], &[]), ""),
    ] {
        assert_eq!(refused(name, &bytes), code, "{name}");
    }
    assert!(is_word("docx") && is_word("wps") && !is_word("xlsx"));
}

#[test]
fn damaged_files_are_refused_or_say_what_the_sound_ones_say() {
    let hand = docx(&(plain("标题") + &wps(false, &[("黑体", 32, "一、甲"), ("仿宋", 32, "（一）乙\"丙\"")])), &[], &[]);
    let read = |bytes: &[u8]| ready(&SitePath::new("a.docx"), bytes).ok().map(|ready| format!("{ready:?}"));
    for whole in [hand.as_slice(), NEWS, POLICY] {
        let sound = read(whole);
        assert!(sound.is_some());
        let step = (whole.len() / 250).max(1);
        for at in (0..whole.len()).step_by(step) {
            let mut bytes = whole.to_vec();
            bytes[at] ^= 1 << (at / step % 8);
            for (what, found) in [("the end from", read(&whole[..at])), ("a bit of", read(&bytes))] {
                assert!(found.is_none() || found == sound, "{what} byte {at}");
            }
        }
    }
}

#[test]
fn the_verb_writes_all_or_nothing_and_overwrites_nothing() {
    let place = Place::new("word");
    let write = |name: &str, bytes: &[u8]| fs::write(place.0.join(name), bytes).expect("a file");
    write("news.docx", NEWS);
    write("bad.docx", b"PK\x03\x04");
    let two = plain("园区召开座谈会") + &plain("来源：示例县招商科") + &plain("会议讨论了厂房租赁。");
    write("two.docx", &docx(&two, &[], &[]));
    let is_there = |path: &str| place.0.join(path).exists();
    let run = |words: &[&str]| {
        let output = place.run(words);
        (
            output.status.code().expect("it ended"),
            String::from_utf8_lossy(&output.stdout).into_owned(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (code, out, _) = run(&["import", "news.docx", "--type", "动态", "--dry-run"]);
    assert!(code == 0 && out.contains("\n## 验收情况\n") && out.contains("试运行") && !is_there("content/news"), "{out}");
    let (code, _, err) = run(&["import", "news.docx", "bad.docx", "--type", "动态"]);
    assert!(code == 1 && err.contains("word-unreadable") && err.contains("什么都没有写") && !is_there("content/news"), "{err}");
    assert_eq!(run(&["import", "news.docx"]).0, 2, "the type is not guessed");
    assert_eq!(run(&["import", "news.docx", "two.docx", "--type", "动态", "--id", "x"]).0, 2);
    let (code, out, _) = run(&["import", "news.docx", "two.docx", "--type", "动态"]);
    assert!(code == 0 && out.contains("下一步") && out.contains("标题：园区召开座谈会 ← 第 1 段"), "{out}");
    assert!(
        is_there("content/news/yuan-qu-zhao-kai-zuo-tan-hui.md") && is_there("content/media/er-hao-chang-fang-tong-guo-jun-gong-yan-1.jpg")
    );
    // A picture without words is pointed at, and holds up nothing while the record is a draft.
    let (code, _, err) = run(&["check"]);
    assert!(code == 0 && err.contains("提醒[image-alt-missing]"), "{err}");
    let file = place.0.join("content/news/er-hao-chang-fang-tong-guo-jun-gong-yan.md");
    let text = fs::read_to_string(&file).expect("it was written");
    fs::write(&file, text.replace("状态: 草稿", "状态: 已发布")).expect("a file");
    assert!(place.errors(&["check"]).contains("错误[image-alt-missing]"));
    // Nothing is written over: an id that is given must be free, another one is found.
    let (code, _, err) = run(&["import", "two.docx", "--type", "动态", "--id", "yuan-qu-zhao-kai-zuo-tan-hui"]);
    assert!(code == 1 && err.contains("word-id-taken"), "{err}");
    assert_eq!(run(&["import", "two.docx", "--type", "动态", "--id", "A b"]).0, 1);
    let (code, out, _) = run(&["import", "two.docx", "--type", "动态", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!((code, json["records"][0]["id"].as_str()), (0, Some("yuan-qu-zhao-kai-zuo-tan-hui-2")));
    // What guards look for is pointed at where it stands.
    write("mark.docx", &docx(&(plain("园区召开会议") + &plain("联系人身份证号11010519491231002X，请保存。")), &[], &[]));
    let (code, _, err) = run(&["import", "mark.docx", "--type", "动态"]);
    assert!(code == 0 && err.contains("提醒[personal-id]") && err.contains("yuan-qu-zhao-kai-hui-yi.md:9:8"), "{code} {err}");
}
