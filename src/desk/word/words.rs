//! What is not carried, in words: what it was, and what to do about it.

use super::normal::is_unseen;
use crate::diagnostic::{Said, said};

/// The beginning of a text, for finding it; without what a terminal would take for an order.
pub fn short(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !is_unseen(*c)).collect();
    if text.chars().count() > 24 { text.chars().take(24).chain(['…']).collect() } else { text }
}

fn with(zh: &str, en: &str, text: &str, then: (&str, &str)) -> Said {
    let text = short(text);
    if text.is_empty() {
        said(format!("{zh}，{}", then.0), format!("{en}; {}", then.1))
    } else {
        said(format!("{zh}“{text}”，{}", then.0), format!("{en} “{text}”; {}", then.1))
    }
}

macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident: $zh:literal, $en:literal;)*) => { $($(#[$doc])* pub fn $name() -> Said { said($zh, $en) })* };
}

sentences! {
    /// A table of contents.
    contents: "目录，网站自己会做", "a table of contents; the site makes its own";
    /// Tracked deletions.
    deleted: "修订里删除的文字，没有带入", "text deleted in tracked changes; not taken";
    /// Hidden text.
    hidden: "隐藏文字，没有带入", "hidden text; not taken";
    /// Comments.
    comment: "批注，没有带入", "a comment; not taken";
    /// Underlined text.
    underline: "下划线，网页上会像链接，只保留文字", "underlining, which would look like a link; the text is kept";
    /// Another file inside.
    chunk: "嵌入的另一份文件，请打开后复制内容", "another file inside; open it and copy its text";
    /// A table that is too wide.
    too_wide: "表格太大，超出的格子没有带入", "a table that is too large; cells beyond were left out";
    /// Merged cells.
    merged: "合并单元格，每格重复同样的内容", "merged cells; each repeats the content";
    /// A table inside a cell.
    nested: "表格里的表格，内容已并入格子", "a table inside a cell; its text was put into the cell";
    /// Paragraphs in one cell.
    joined: "一格里有几段，已并成一行", "several paragraphs in a cell; they were joined";
    /// Links inside the file.
    inner_link: "文内跳转，只保留文字", "a link inside the file; the text is kept";
    /// Shapes.
    shape: "图形或线条，没有带入", "a shape; not taken";
    /// Charts.
    chart: "图表，请用 ::chart 版块重做，或另存为图片", "a chart; make it anew as a ::chart block, or save it as a picture";
    /// Diagrams.
    smart_art: "SmartArt 图示，请另存为图片后插入", "a SmartArt diagram; save it as a picture and insert that";
    /// Cropped pictures.
    cropped: "裁剪过的图片：文件里还有裁掉的部分，没有带入；在 Word 里选“压缩图片—删除裁剪区域”后再导入", "a cropped picture: the file still holds what was cut off, so it was not taken; compress it in Word with “delete cropped areas” and import again";
    /// Linked pictures.
    far_picture: "链接到文件以外的图片，没有带入；请把图片插入文件", "a picture that lies outside the file; insert the picture itself";
    /// Turned pictures.
    turned: "图片在 Word 里转过方向，网页上按原样显示", "a picture that was turned in Word; it shows as it was";
    /// Broken pictures.
    picture_broken: "图片损坏或太大，没有带入", "a picture that is broken or too large; not taken";
    /// Pictures whose metadata stays.
    picture_metadata: "图片里的拍摄信息去不掉，没有带入；请另存为 .jpg 或 .png", "a picture whose metadata cannot be taken out; save it as .jpg or .png";
    /// Text that could be neither raised nor lowered.
    raised: "上标或下标，只保留文字", "raised or lowered text; the text is kept";
}

/// A picture of a format that browsers do not show.
pub fn picture_format(ending: &str) -> Said {
    said(
        format!("{ending} 格式的图片，没有带入；请另存为 .png 后插入"),
        format!("a picture in the format {ending}; save it as .png and insert that"),
    )
}

/// A picture with too many pixels.
pub fn picture_large(width: u32, height: u32) -> Said {
    said(format!("图片太大（{width}×{height}），没有带入；请缩小后插入"), format!("a picture of {width}×{height}; make it smaller"))
}

/// A field that is begun and never shows anything.
pub fn torn_field(told: &str) -> Said {
    with(
        "没有写完的域",
        "a field that is not finished",
        told,
        ("这一段里它后面的文字没有带入", "the text behind it in this paragraph was not taken"),
    )
}

/// An equation.
pub fn equation(text: &str) -> Said {
    with("公式", "an equation", text, ("没有带入；请改写成文字或图片", "write it as text or a picture"))
}

/// A text box.
pub fn text_box(text: &str) -> Said {
    with("文本框", "a text box", text, ("没有带入；需要的文字请移到正文", "move its text into the body where it is needed"))
}

/// An object of another program.
pub fn object(program: &str) -> Said {
    with("嵌入对象", "an embedded object", program, ("没有带入；请另存为图片或附件", "save it as a picture or an attachment"))
}

/// A sign of a font of symbols.
pub fn symbol(font: &str) -> Said {
    with("特殊字体的符号", "a sign of a special font", font, ("没有带入", "not taken"))
}

/// A link that pages may not have.
pub fn bad_link(target: &str) -> Said {
    with("链接", "a link to", target, ("地址在网页上打不开，只保留文字", "it leads nowhere on a page; the text is kept"))
}

/// A header.
pub fn header(text: &str) -> Said {
    with("页眉", "a header", text, ("没有带入", "not taken"))
}

/// A footer.
pub fn footer(text: &str) -> Said {
    with("页脚", "a footer", text, ("没有带入", "not taken"))
}

/// Something of the head of an official document that pages do not have.
pub fn letterhead(text: &str) -> Said {
    with("版头", "the letterhead", text, ("没有放进正文", "not put into the text"))
}

#[cfg(test)]
mod tests {
    use super::{header, short};

    #[test]
    fn nothing_that_moves_a_terminal_is_told() {
        assert_eq!(short("a\u{1B}[31m红\u{202E}a\u{2066}b\u{9B}c"), "a[31m红abc");
        assert_eq!(short(&"甲".repeat(25)), format!("{}…", "甲".repeat(24)));
        assert!(!header("\u{1B}]0;x\u{7}").zh.contains(char::is_control));
    }
}
