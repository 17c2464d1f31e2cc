//! Sentences about bytes, encodings, YAML, front matter and tables.

use crate::diagnostic::{Diagnostic, Place, Said, SitePath, said};

/// A text larger than any text should be.
pub fn file_too_large(file: &SitePath, bytes: usize, limit: usize) -> Diagnostic {
    Diagnostic::error(
        "file-too-large",
        Place::start(file),
        said(
            format!("文件有 {} MB，文字文件不超过 {} MB。", bytes.div_ceil(1_048_576), limit / 1_048_576),
            format!("The file has {} MB; a text may have {} MB.", bytes.div_ceil(1_048_576), limit / 1_048_576),
        ),
    )
    .hint(said("图片和附件放进 content/media/；大表格拆成几份。", "Media belong into content/media/; split large tables."))
}

/// Bytes that no encoding explains.
pub fn encoding_unknown(place: Place) -> Diagnostic {
    Diagnostic::error("encoding-unknown", place, said("文件不是文字，或编码无法识别。", "The file is no text, or its encoding is unknown."))
        .hint(said("用记事本打开，另存为 UTF-8。", "Open it in an editor and save it as UTF-8."))
}

/// A text in an old encoding.
pub fn encoding_not_utf8(file: &SitePath, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "encoding-not-utf8",
        Place::start(file),
        said(format!("文件是 {name} 编码，已按它读取。"), format!("The file is in {name} and was read as such.")),
    )
    .hint(said("请用记事本另存为 UTF-8，以免别的软件读成乱码。", "Save it as UTF-8, so that other programs read it too."))
}

/// A NUL in a text.
pub fn nul_byte(place: Place) -> Diagnostic {
    Diagnostic::error(
        "nul-byte",
        place,
        said("文件里有空字符（NUL），多半已损坏或不是文字文件。", "The file holds a NUL character; it is damaged or no text."),
    )
    .hint(said("从备份恢复，或重新另存为 UTF-8。", "Restore it, or save it again as UTF-8."))
}

/// Somebody's decoder already lost a character.
pub fn replacement_character(place: Place) -> Diagnostic {
    Diagnostic::error(
        "replacement-character",
        place,
        said(
            "这里有乱码字符（�）：文件曾被错误转换，原字已经丢失。",
            "There is a replacement character (�): a conversion has lost the original.",
        ),
    )
    .hint(said("对照原稿改正这个字。", "Correct it from the original."))
}

/// Two equal keys.
pub fn key_duplicate(place: Place, key: &str, first: Place) -> Diagnostic {
    Diagnostic::error("key-duplicate", place, said(format!("“{key}”写了两次。"), format!("“{key}” is given twice.")))
        .hint(said("只保留一个。", "Keep one of them."))
        .see(first, said("第一次写在这里", "first given here"))
}

/// YAML that cannot be parsed.
pub fn yaml_syntax(place: Place, what: &str, line: &str, remedy: Option<&str>) -> Diagnostic {
    let message = match what {
        "tab" => said("缩进用了制表符（Tab），YAML 只认空格。", "A tab is used for indentation; YAML knows spaces only."),
        "quote" => said("引号或括号没有收尾。", "A quote or bracket is not closed."),
        "colon" => said(
            "这一行的冒号或缩进让系统看不懂哪是字段、哪是值。",
            "A colon or the indentation of this line makes it unclear what is key and what is value.",
        ),
        "indent" => said("缩进没有与上面的行对齐。", "The indentation does not match the lines above."),
        "sign" => said("这个值以 YAML 的特殊符号开头。", "This value begins with a sign that YAML reserves."),
        "flow" => said("方括号或花括号里的写法不对。", "What stands between the brackets is not well-formed."),
        _ => said("这一行不符合 YAML 的写法。", "This line is not YAML."),
    };
    Diagnostic::error("yaml-syntax", place, message).hint(match remedy {
        Some(remedy) => said(format!("改成：{remedy}"), format!("Write: {remedy}")),
        None if line.is_empty() => said("检查这一行前后的引号和缩进。", "Check quotes and indentation around here."),
        None => said(
            "每行一个“字段: 值”，同级字段左边对齐，值里有冒号时加英文引号。",
            "One “key: value” per line, siblings aligned, values with a colon in quotes.",
        ),
    })
}

/// YAML that is possible but not accepted.
pub fn yaml_refused(place: Place, what: &str) -> Diagnostic {
    let message = match what {
        "tag" => said("不接受 YAML 的“!”类型标记。", "YAML tags (“!”) are not accepted."),
        "documents" => said("一个文件只能有一份内容，这里又出现了“---”。", "A file holds one document; here a second “---” begins."),
        "alias" => said("“*”引用的内容不存在。", "The alias “*” names nothing."),
        _ => said("字段名必须是文字。", "A key must be text."),
    };
    Diagnostic::error("yaml-refused", place, message)
        .hint(said("值以 ! & * 开头时，用英文引号括起来。", "Put values that begin with ! & * in quotes."))
}

/// YAML that would exhaust the machine.
pub fn yaml_too_complex(place: Place) -> Diagnostic {
    Diagnostic::error(
        "yaml-too-complex",
        place,
        said(
            "内容嵌套太深或重复引用太多，已停止读取这个文件。",
            "The content nests too deeply or repeats itself too often; the file was not read.",
        ),
    )
    .hint(said("把内容写得简单些，不要用 & 和 * 重复引用。", "Write it in a simpler way, without repeating through & and *."))
}

macro_rules! slip {
    ($name:ident, $code:literal, $zh:literal, $en:literal) => {
        #[doc = $en]
        pub fn $name(place: Place, corrected: &str) -> Diagnostic {
            Diagnostic::error($code, place, said($zh, $en)).hint(said(format!("改成：{corrected}"), format!("Write: {corrected}")))
        }
    };
}

slip!(
    slip_colon,
    "slip-colon",
    "字段名后用了全角冒号“：”，应当是英文冒号加空格。",
    "A full-width colon follows the key; it takes a plain colon and a space."
);
slip!(slip_colon_space, "slip-colon-space", "英文冒号后面少了一个空格。", "The space after the colon is missing.");
slip!(
    slip_dash,
    "slip-dash",
    "列表项应当以英文减号加空格开头，这里是全角横线、圆点，或少了空格。",
    "A list item begins with a plain hyphen and a space; here is a wide dash, a dot, or no space."
);
slip!(
    slip_comment,
    "slip-comment",
    "注释用了全角“＃”，应当是英文“#”。",
    "The comment begins with a full-width sign; it takes a plain “#”."
);
slip!(
    slip_block_mark,
    "slip-block-mark",
    "多行文字的标记用了全角“｜”或“＞”，应当是英文“|”或“>”。",
    "The mark of a text block is full-width; it takes a plain “|” or “>”."
);
slip!(
    slip_comma,
    "slip-comma",
    "方括号里的逗号是全角“，”，应当是英文逗号。",
    "The commas in the brackets are full-width; they must be plain."
);
slip!(
    slip_bracket,
    "slip-bracket",
    "列表或一组字段用了全角括号，应当是英文括号。",
    "A list or mapping stands in full-width brackets; they must be plain."
);
slip!(
    slip_quotes,
    "slip-quotes",
    "值用了中文引号，应当用英文引号或不加引号。",
    "The value stands in Chinese quotation marks; use plain quotes or none."
);
slip!(slip_tab_indent, "slip-tab-indent", "缩进用了制表符（Tab），应当用空格。", "The indentation has a tab; it takes spaces.");
slip!(
    slip_wide_space_indent,
    "slip-wide-space-indent",
    "缩进用了全角空格，应当用半角空格。",
    "The indentation has wide spaces; it takes plain ones."
);

/// Front matter without an end.
pub fn front_matter_unclosed(place: Place) -> Diagnostic {
    Diagnostic::error(
        "front-matter-unclosed",
        place,
        said("文件头的字段没有收尾：少了第二行“---”。", "The front matter is not closed: the second “---” is missing."),
    )
    .hint(said("在字段和正文之间加一行 ---（三个英文减号）。", "Put a line of three hyphens between the fields and the body."))
}

/// A fence of wide dashes.
pub fn front_matter_fence(place: Place, found: &str) -> Diagnostic {
    Diagnostic::error(
        "front-matter-fence",
        place,
        said(format!("文件头的分隔线写成了“{found}”。"), format!("The fence is written “{found}”.")),
    )
    .hint(said("改成：---（三个英文减号）", "Write: --- (three plain hyphens)"))
}

/// A table that cannot be read.
pub fn csv_syntax(place: Place) -> Diagnostic {
    Diagnostic::error(
        "csv-syntax",
        place,
        said("表格读不下去：多半是引号没有收尾。", "The table cannot be read on; probably a quote is not closed."),
    )
    .hint(said("用 Excel 打开后另存为“CSV UTF-8”。", "Open it in a spreadsheet and save it as “CSV UTF-8”."))
}

/// Two equal headers.
pub fn csv_header_twice(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("csv-header-twice", place, said(format!("表头“{key}”出现了两次。"), format!("The header “{key}” stands twice.")))
        .hint(said("给其中一列改表头，或删去一列。", "Rename one of the columns or take it away."))
}

/// A cell below an empty header.
pub fn csv_header_empty(place: Place, column: usize) -> Diagnostic {
    Diagnostic::error(
        "csv-header-empty",
        place,
        said(format!("第 {column} 列有内容但没有表头。"), format!("Column {column} has cells but no header.")),
    )
    .hint(said("在第一行给这一列写上表头。", "Give the column a header in the first row."))
}

/// A row longer than the header.
pub fn csv_row_length(place: Place, headers: usize, cells: usize) -> Diagnostic {
    Diagnostic::error(
        "csv-row-length",
        place,
        said(format!("这一行有 {cells} 格，表头只有 {headers} 列。"), format!("This row has {cells} cells, the header {headers}.")),
    )
    .hint(said("单元格里有逗号时，整格要加英文引号。", "A cell with a comma needs quotes."))
}

/// A file that an editor leaves alone.
pub fn edit_refused(place: Place, why: &Said) -> Diagnostic {
    Diagnostic::error("edit-refused", place, why.clone())
        .hint(said("其他文件不受影响；改好这一处后再运行一次。", "Other files are not concerned; run it again after the change."))
}
