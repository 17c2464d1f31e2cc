//! Sentences about Word files.

use crate::diagnostic::{Diagnostic, Place, SitePath, said};

fn whole(code: &'static str, file: &SitePath, zh: &str, en: &str) -> Diagnostic {
    Diagnostic::error(code, Place::start(file), said(zh, en))
}

/// More than a text ever has.
pub fn too_large(file: &SitePath) -> Diagnostic {
    whole(
        "word-too-large",
        file,
        "Word 文件太大：文件不超过 32 MB，文字不超过 1 MB（约三十万字）、两万段。",
        "The Word file is too large: at most 32 MB, with 1 MB of text in 20,000 paragraphs.",
    )
    .hint(said("在 Word 里用“压缩图片”缩小，或分成几个文件。", "Compress its pictures in Word, or split it."))
}

/// What swells when it is unpacked.
pub fn bomb(file: &SitePath) -> Diagnostic {
    whole(
        "word-bomb",
        file,
        "Word 文件解开后大得不正常，可能是恶意文件，没有读取。",
        "Unpacked, the Word file swells beyond reason; it may be malicious and was not read.",
    )
    .hint(said("向发送人要原件；确认无误的，打开后另存为新文件。", "Ask for the original; if it is sound, open it and save it anew."))
}

/// A name that leads out of the file.
pub fn outside(file: &SitePath, name: &str) -> Diagnostic {
    Diagnostic::error(
        "word-outside",
        Place::start(file),
        said(
            format!("Word 文件里有指向外面的名字“{name}”，不是办公软件写的，没有读取。"),
            format!("A name in the Word file leads outside: “{name}”; no office program writes that, and it was not read."),
        ),
    )
    .hint(said("向发送人要原件。", "Ask for the original."))
}

/// A file with a password.
pub fn locked(file: &SitePath) -> Diagnostic {
    whole("word-locked", file, "Word 文件设了打开密码，读不了。", "The Word file is encrypted with a password.").hint(said(
        "在 Word 或 WPS 里输入密码打开，取消密码后另存为 .docx。",
        "Open it with the password, take the password off and save it as .docx.",
    ))
}

/// `.doc`, `.wps`, `.rtf`.
pub fn old(file: &SitePath) -> Diagnostic {
    whole(
        "word-old",
        file,
        "这不是 .docx，而是旧格式（.doc、.wps、.rtf 或网页），读不了。",
        "This is no .docx but an older format (.doc, .wps, .rtf or a web page).",
    )
    .hint(said(
        "用 Word 或 WPS 打开，“另存为”选“Word 文档（*.docx）”，再导入。",
        "Open it in Word or WPS, save it as “Word document (*.docx)” and import that.",
    ))
}

/// Programs inside.
pub fn macros(file: &SitePath) -> Diagnostic {
    whole("word-macros", file, "Word 文件里有宏，不读取。", "The Word file holds macros and is not read.")
        .hint(said("另存为不带宏的 .docx。", "Save it as .docx without macros."))
}

/// No Word file, or a broken one.
pub fn unreadable(file: &SitePath) -> Diagnostic {
    whole("word-unreadable", file, "Word 文件打不开：已损坏，或不是 .docx。", "The Word file cannot be opened: damaged, or no .docx.").hint(
        said("用 Word 或 WPS 打开，确认内容完整，另存为 .docx。", "Open it in Word or WPS, see that it is complete, and save it as .docx."),
    )
}

/// XML that no office program writes.
pub fn hostile(file: &SitePath) -> Diagnostic {
    whole(
        "word-hostile",
        file,
        "Word 文件里有办公软件不会写的内容（实体声明，或没有尽头的嵌套），可能是恶意文件，没有读取。",
        "The Word file holds what no office program writes (declared entities, or nesting without end); it was not read.",
    )
    .hint(said("向发送人要原件；确认无误的，打开后另存为新文件。", "Ask for the original; if it is sound, open it and save it anew."))
}

/// Nothing to carry.
pub fn empty(file: &SitePath) -> Diagnostic {
    whole("word-empty", file, "Word 文件里没有可以带入的文字或图片。", "There is neither text nor a picture in the Word file.").hint(said(
        "文字在文本框里的，移到正文；都是图片的扫描件，请用原稿。",
        "Move text out of text boxes; instead of a scan, use the original.",
    ))
}

/// An id that cannot be one.
pub fn id_bad(file: &SitePath, id: &str) -> Diagnostic {
    Diagnostic::error(
        "word-id-bad",
        Place::start(file),
        said(format!("编号“{id}”不能作网址。"), format!("“{id}” cannot be part of an address.")),
    )
    .hint(said("用 --id 写明，只用小写字母、数字和连字符。", "Give one with --id: lower-case letters, digits and hyphens."))
}

/// A record that is there already.
pub fn id_taken(file: &SitePath, id: &str) -> Diagnostic {
    Diagnostic::error(
        "word-id-taken",
        Place::start(file),
        said(format!("编号“{id}”已经有内容了，导入不会覆盖。"), format!("There is a record “{id}” already; an import overwrites nothing.")),
    )
    .hint(said("用 --id 换一个编号；要更新原来的内容，直接改那个文件。", "Choose another with --id; to change the record, edit its file."))
}
