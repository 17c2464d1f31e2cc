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
