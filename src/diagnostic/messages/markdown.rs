//! Sentences about Markdown.

use crate::diagnostic::{Diagnostic, Place, said};

/// Raw HTML.
pub fn html_not_allowed(place: Place, found: &str) -> Diagnostic {
    Diagnostic::error(
        "html-not-allowed",
        place,
        said(format!("正文里不能写 HTML：{found}"), format!("HTML is not allowed in content: {found}")),
    )
    .hint(said("用 Markdown 写；要显示尖括号，写 \\<。", "Use Markdown; write \\< for the sign itself."))
}

/// A scheme that is not on the list.
pub fn scheme_not_allowed(place: Place, found: &str) -> Diagnostic {
    Diagnostic::error(
        "scheme-not-allowed",
        place,
        said(format!("链接“{found}”的协议不允许。"), format!("The scheme of “{found}” is not allowed.")),
    )
    .hint(said("只允许 https、http、mailto、tel 和站内路径。", "Only https, http, mailto, tel and paths of the site are allowed."))
}

/// An image without alternative text.
pub fn image_alt_missing(place: Place, src: &str) -> Diagnostic {
    Diagnostic::error(
        "image-alt-missing",
        place,
        said(format!("图片“{src}”没有替代文字。"), format!("The image “{src}” has no alternative text.")),
    )
    .hint(said(format!("写作 ![图里是什么]({src})"), format!("Write ![what it shows]({src})")))
}

/// A text longer than any text should be.
pub fn too_long(place: Place, bytes: usize, limit: usize) -> Diagnostic {
    Diagnostic::error(
        "markdown-too-long",
        place,
        said(
            format!("正文有 {} KB，不能超过 {} KB。", bytes / 1000, limit / 1000),
            format!("The text has {} KB; {} KB are allowed.", bytes / 1000, limit / 1000),
        ),
    )
    .hint(said("分成几篇，或作为附件发布。", "Split it, or publish it as an attachment."))
}

/// Quotations and lists inside each other without end.
pub fn too_deep(place: Place, limit: usize) -> Diagnostic {
    Diagnostic::error(
        "markdown-too-deep",
        place,
        said(format!("引用或列表嵌套超过 {limit} 层。"), format!("Quotations or lists nest more than {limit} deep.")),
    )
    .hint(said("把内容拆开，少套几层列表和引用。", "Take it apart: fewer lists and quotes inside each other."))
}

/// The parser broke down.
pub fn parser_failed(place: Place) -> Diagnostic {
    Diagnostic::error("markdown-failed", place, said("这段正文无法解析。", "This text cannot be parsed."))
        .hint(said("请把文件发给我们，并先换一种写法。", "Please send us the file, and write it another way for the moment."))
}

/// A sign of a Chinese keyboard where Markdown wants a plain one.
pub fn slip(place: Place, corrected: &str) -> Diagnostic {
    Diagnostic::warning(
        "markdown-slip",
        place,
        said("用了全角符号或缺少空格，会原样显示出来。", "A full-width sign or a missing space makes this line show its signs."),
    )
    .hint(said(format!("改成：{corrected}"), format!("Write: {corrected}")))
}

/// A typed block of an unknown name.
pub fn block_unknown(place: Place, name: &str, near: Option<&str>, all: &[&str]) -> Diagnostic {
    Diagnostic::error("block-unknown", place, said(format!("没有名为“::{name}”的版块。"), format!("There is no block “::{name}”."))).hint(
        match near {
            Some(near) => said(format!("是不是“::{near}”？"), format!("Did you mean “::{near}”?")),
            None => said(format!("可用：{}", all.join("、")), format!("Blocks: {}", all.join(", "))),
        },
    )
}

/// A line of a typed block that is no argument.
pub fn block_line(place: Place, line: &str) -> Diagnostic {
    Diagnostic::error("block-line", place, said(format!("版块里的“{line}”不是“名称: 值”。"), format!("“{line}” is no “name: value”.")))
        .hint(said("正文写在单独一行 --- 的下面。", "Prose stands below a line ---."))
}

/// An argument that a typed block does not have.
pub fn block_argument(place: Place, name: &str, key: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "block-argument",
        place,
        said(format!("版块“::{name}”不认识“{key}”。"), format!("The block “::{name}” does not know “{key}”.")),
    )
    .hint_if(near.map(|near| said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?"))))
}

/// An argument that a typed block needs.
pub fn block_missing(place: Place, name: &str, key: &str, label: &str) -> Diagnostic {
    Diagnostic::error(
        "block-missing",
        place,
        said(format!("版块“::{name}”缺少“{label}”（{key}）。"), format!("The block “::{name}” needs “{key}”.")),
    )
    .hint(said(format!("加一行：{label}: …"), format!("Add a line: {key}: …")))
}
