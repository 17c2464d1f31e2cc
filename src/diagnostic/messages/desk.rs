//! Sentences about spreadsheets: the workbook, its header, its rows and cells.

use crate::diagnostic::{Diagnostic, Place, Said, SitePath, said};

fn book(code: &'static str, file: &SitePath, zh: &str, en: &str) -> Diagnostic {
    Diagnostic::error(code, Place::start(file), said(zh, en))
}

/// More than an office ever writes.
pub fn book_too_large(file: &SitePath) -> Diagnostic {
    book(
        "book-too-large",
        file,
        "表格太大：文件不超过 32 MB，一张工作表不超过一百万个单元格。",
        "The workbook is too large: at most 32 MB, and a million cells in a sheet.",
    )
    .hint(said("分成几个文件，分次导入；删去表格下方和右侧的空白格式。", "Split it and import the parts; delete empty formatted rows."))
}

/// What swells when it is unpacked.
pub fn book_bomb(file: &SitePath) -> Diagnostic {
    book(
        "book-bomb",
        file,
        "表格解开后大得不正常，可能是恶意文件，没有读取。",
        "Unpacked, the workbook swells beyond reason; it may be malicious and was not read.",
    )
    .hint(said(
        "用 Excel 或 WPS 打开后另存为新文件；来历不明的文件不要打开。",
        "Open it in a spreadsheet and save it anew; do not open it if you do not know where it comes from.",
    ))
}

/// A part that would lie outside.
pub fn book_traversal(file: &SitePath, name: &str) -> Diagnostic {
    Diagnostic::error(
        "book-traversal",
        Place::start(file),
        said(
            format!("表格里有指向外面的文件名“{name}”，不是办公软件写的，没有读取。"),
            format!("A part is named “{name}”, outside the workbook; no office program writes that, and it was not read."),
        ),
    )
    .hint(said("向发送人要原表。", "Ask for the original."))
}

/// A workbook with a password.
pub fn book_locked(file: &SitePath) -> Diagnostic {
    book("book-locked", file, "表格设了打开密码，读不了。", "The workbook is encrypted with a password.").hint(said(
        "在 Excel 或 WPS 里输入密码打开，取消密码后另存为 .xlsx。",
        "Open it with the password, take the password off and save it as .xlsx.",
    ))
}

/// The own format of WPS.
pub fn book_et(file: &SitePath) -> Diagnostic {
    book("book-et", file, "这是 WPS 的 .et 格式，读不了。", "This is the .et format of WPS, which cannot be read.")
        .hint(said("在 WPS 里“另存为”，类型选“Microsoft Excel 文件（*.xlsx）”。", "Save it from WPS as “Microsoft Excel (*.xlsx)”."))
}

/// A workbook with programs in it.
pub fn book_macros(file: &SitePath) -> Diagnostic {
    book("book-macros", file, "表格里有宏，不读取。", "The workbook holds macros and is not read.")
        .hint(said("另存为不带宏的 .xlsx。", "Save it as .xlsx without macros."))
}

/// No workbook, or a broken one.
pub fn book_unreadable(file: &SitePath) -> Diagnostic {
    book(
        "book-unreadable",
        file,
        "表格打不开：已损坏，或不是 .xlsx、.xls、.csv。",
        "The workbook cannot be opened: damaged, or no .xlsx, .xls or .csv.",
    )
    .hint(said("用 Excel 或 WPS 打开，另存为 .xlsx。", "Open it in a spreadsheet and save it as .xlsx."))
}

/// No row says what the columns are.
pub fn header_missing(place: Place, of: &Said) -> Diagnostic {
    Diagnostic::error(
        "sheet-header-missing",
        place,
        said(format!("前十行里找不到“{}”的表头。", of.zh), format!("No header of “{}” in the first ten rows.", of.en)),
    )
    .hint(said(
        "第一行写字段名，例如“名称”；可用 parkpress export 导出一张作样子。",
        "Write the names of the fields in the first row; “parkpress export” makes a model.",
    ))
}

/// Cells below nothing.
pub fn header_empty(place: Place) -> Diagnostic {
    Diagnostic::error("sheet-header-empty", place, said("这一列有内容但没有表头。", "The column has cells but no header."))
        .hint(said("写上字段名，或删去这一列。", "Name the field, or delete the column."))
}

/// Two columns for one field.
pub fn column_twice(place: Place, text: &str, other: &str, first: &str) -> Diagnostic {
    Diagnostic::error(
        "sheet-column-twice",
        place,
        said(format!("“{text}”与 {first} 的“{other}”是同一个字段。"), format!("“{text}” is the same field as “{other}” in {first}.")),
    )
    .hint(said("只保留一列。", "Keep one of the columns."))
}

/// A required column that the sheet does not have.
pub fn column_missing(place: Place, label: &Said, count: usize) -> Diagnostic {
    Diagnostic::warning(
        "sheet-column-missing",
        place,
        said(
            format!("表里没有必填的“{}”这一列，{count} 处缺它。", label.zh),
            format!("The sheet has no column “{}”, which is required; {count} lack it.", label.en),
        ),
    )
    .hint(said("加上这一列；草稿可以先缺，发布前要补齐。", "Add the column; a draft may lack it until it is published."))
}

/// A column that nobody fills in.
pub fn column_computed(place: Place, label: &Said) -> Diagnostic {
    Diagnostic::warning(
        "sheet-column-computed",
        place,
        said(format!("“{}”由系统计算，这一列不读。", label.zh), format!("“{}” is computed; the column is not read.", label.en)),
    )
}

/// A header that may mean several fields.
pub fn column_ambiguous(place: Place, text: &str, names: &[String]) -> Diagnostic {
    Diagnostic::error(
        "sheet-column-ambiguous",
        place,
        said(format!("“{text}”可以指几个字段。"), format!("“{text}” may mean several fields.")),
    )
    .hint(said(format!("写明是哪一个：{}", names.join("、")), format!("Say which: {}", names.join(", "))))
}

/// A unit of another kind.
pub fn column_unit(place: Place, label: &Said, unit: &str, wanted: &str) -> Diagnostic {
    Diagnostic::error(
        "sheet-column-unit",
        place,
        said(
            format!("“{}”的单位“{unit}”换算不成“{wanted}”。", label.zh),
            format!("“{unit}” cannot be converted to “{wanted}” for “{}”.", label.en),
        ),
    )
    .hint(said(
        format!("表头写作“{}（{wanted}）”，数据按它填。", label.zh),
        format!("Write “{} ({wanted})” and fill the column in it.", label.en),
    ))
}

/// A header that means nothing.
pub fn column_unknown(place: Place, text: &str, near: Option<&str>, of: &Said) -> Diagnostic {
    let hint = match near {
        Some(near) => {
            said(format!("是不是“{near}”？不需要的列请删去。"), format!("Did you mean “{near}”? Delete columns that are not needed."))
        }
        None => said(
            "对照 parkpress schema 的字段名改表头；不需要的列请删去。",
            "See “parkpress schema” for the names; delete columns that are not needed.",
        ),
    };
    Diagnostic::error(
        "sheet-column-unknown",
        place,
        said(format!("“{}”没有“{text}”这个字段。", of.zh), format!("“{}” has no field “{text}”.", of.en)),
    )
    .hint(hint)
}

/// A row of which nobody knows what it is about.
pub fn row_unnamed(place: Place) -> Diagnostic {
    Diagnostic::error("sheet-row-unnamed", place, said("这一行没有编号，也没有名称。", "The row has neither an id nor a title.")).hint(
        said("填上名称；属于上一行的单元，请填单元各列。", "Give the title; a further unit of the row above needs cells of the unit."),
    )
}

/// The same record twice.
pub fn record_twice(place: Place, word: &str, first: u32) -> Diagnostic {
    Diagnostic::error(
        "sheet-record-twice",
        place,
        said(format!("“{word}”在第 {first} 行已经有了。"), format!("“{word}” stands in row {first} already.")),
    )
    .hint(said(
        "同一条内容的几行要挨在一起；不是同一条的，写明不同的编号。",
        "Rows of one record stand together; other records need another id.",
    ))
}

/// Sums and remarks.
pub fn row_odd(place: Place, text: &str) -> Diagnostic {
    Diagnostic::error("sheet-row-odd", place, said(format!("“{text}”这一行不是一条内容。"), format!("The row “{text}” is no record.")))
        .hint(said("导入前删去合计行和备注行。", "Delete rows of sums and remarks before the import."))
}

/// Rows of one record that contradict each other.
pub fn row_differs(place: Place, label: &Said, first: &str) -> Diagnostic {
    Diagnostic::error(
        "sheet-row-differs",
        place,
        said(format!("同一条内容的“{}”与 {first} 不一致。", label.zh), format!("“{}” of the same record differs from {first}.", label.en)),
    )
    .hint(said("改成一致；后面几行也可以留空。", "Make them agree, or leave the later cells empty."))
}

/// An item without its key.
pub fn item_unnamed(place: Place, group: &Said, key: Option<&Said>) -> Diagnostic {
    let zh = key.map_or("编号列", |key| &key.zh);
    let en = key.map_or("the column of its key", |key| &key.en);
    Diagnostic::error(
        "sheet-item-unnamed",
        place,
        said(format!("“{}”缺“{zh}”，不知道是哪一个。", group.zh), format!("“{}” lacks “{en}”: which one is it?", group.en)),
    )
    .hint(said("填上这一格，每个都不同。", "Fill the cell; each needs its own."))
}

/// Two items of one key.
pub fn item_twice(place: Place, group: &Said, key: &str) -> Diagnostic {
    Diagnostic::error(
        "sheet-item-twice",
        place,
        said(format!("“{}”里“{key}”出现了两次。", group.zh), format!("“{key}” stands twice in “{}”.", group.en)),
    )
    .hint(said("改正其中一个，或删去重复的一行。", "Correct one of them, or delete the row."))
}

/// What a broken formula leaves.
pub fn cell_fault(place: Place, label: &Said, fault: &str) -> Diagnostic {
    Diagnostic::error(
        "sheet-cell-fault",
        place,
        said(format!("“{}”这一格的公式出错：{fault}。", label.zh), format!("The formula of “{}” fails: {fault}.", label.en)),
    )
    .hint(said("改好公式，或直接填数值。", "Mend the formula, or type the value."))
}

/// A value that the spreadsheet took for a date.
pub fn cell_is_date(place: Place, label: &Said, date: &str) -> Diagnostic {
    Diagnostic::error(
        "sheet-cell-date",
        place,
        said(
            format!("“{}”这一格被表格软件变成了日期 {date}。", label.zh),
            format!("The spreadsheet turned the cell of “{}” into the date {date}.", label.en),
        ),
    )
    .hint(said("把单元格格式设为“文本”后重新填写，例如 3-10。", "Set the format of the cell to “Text” and type it again, such as 3-10."))
}

/// 0.85 or 85 %?
pub fn percent_unclear(place: Place, label: &Said, text: &str) -> Diagnostic {
    Diagnostic::error(
        "sheet-percent-unclear",
        place,
        said(
            format!("“{}”的 {text} 是 {text}% 还是百倍？", label.zh),
            format!("Is {text} of “{}” {text} % or a hundred times that?", label.en),
        ),
    )
    .hint(said("写作带 % 的文字，例如 85%。", "Write it with %, such as 85%."))
}

/// More digits than a spreadsheet keeps.
pub fn digits_lost(place: Place, label: &Said, text: &str) -> Diagnostic {
    Diagnostic::error(
        "sheet-digits-lost",
        place,
        said(
            format!("“{}”的 {text} 超过 15 位，表格软件已丢失末尾几位。", label.zh),
            format!("{text} of “{}” has more than 15 digits; the spreadsheet has lost the last ones.", label.en),
        ),
    )
    .hint(said("把单元格格式设为“文本”后，照原件重新填写。", "Set the format of the cell to “Text” and type it again from the original."))
}

/// A number where a date is expected.
pub fn date_is_number(place: Place, label: &Said, text: &str) -> Diagnostic {
    Diagnostic::error(
        "sheet-date-number",
        place,
        said(format!("“{}”的数字 {text} 看不出是哪一天。", label.zh), format!("The number {text} of “{}” is no certain date.", label.en)),
    )
    .hint(said("写作 2026-03-05 或 2026年3月5日；只到月的写 2026-03。", "Write 2026-03-05, or 2026-03 for a month."))
}

/// A file on disk that cannot be read.
pub fn record_unreadable(place: Place, file: &SitePath, found: Option<&Diagnostic>) -> Diagnostic {
    let note = Diagnostic::error(
        "sheet-record-unreadable",
        place,
        said(format!("已有的文件 {file} 读不懂，没法更新。"), format!("{file} cannot be read, and so not be changed.")),
    )
    .hint(said("先运行 parkpress check，改正那个文件。", "Run “parkpress check” and mend that file first."));
    match found.and_then(|found| Some((found.place.clone()?, found.message.clone()))) {
        Some((place, why)) => note.see(place, why),
        None => note,
    }
}

/// A record in a table that has no place for what changes.
pub fn record_in_table(place: Place, file: &SitePath, row: u32) -> Diagnostic {
    Diagnostic::error(
        "sheet-record-in-table",
        place,
        said(
            format!("这条内容写在 {file} 第 {row} 行，那张表放不下单元、图片一类的改动。"),
            format!("The record stands in {file}, line {row}; a table has no place for lists of items, pictures and prose."),
        ),
    )
    .hint(said("把这一行改成单独的 .md 文件，再导入。", "Make a .md file of that row, and import again."))
}

/// A new record that the sheet calls published.
pub fn state_is_draft(place: Place, label: &Said) -> Diagnostic {
    Diagnostic::warning(
        "sheet-state-draft",
        place,
        said(
            format!("新导入的内容一律是草稿，“{}”这一格没有采用。", label.zh),
            format!("What is imported begins as a draft; “{}” was not taken.", label.en),
        ),
    )
    .hint(said("核对以后再改为已发布。", "Publish it after you have looked at it."))
}

/// A title of several records.
pub fn title_ambiguous(place: Place, title: &str, ids: &[&str]) -> Diagnostic {
    Diagnostic::error(
        "sheet-title-ambiguous",
        place,
        said(format!("有几条内容都叫“{title}”。"), format!("Several records are called “{title}”.")),
    )
    .hint(said(format!("加一列“编号”，写明是哪一条：{}", ids.join("、")), format!("Add a column “id” and say which: {}", ids.join(", "))))
}

/// A title of which no id can be made.
pub fn id_needed(place: Place, title: &str) -> Diagnostic {
    Diagnostic::error("sheet-id-needed", place, said(format!("“{title}”转不成编号。"), format!("No id can be made of “{title}”.")))
        .hint(said("加一列“编号”，用小写字母、数字和连字符。", "Add a column “id” with lower-case letters, digits and hyphens."))
}

/// An empty answer to a question that needs one.
pub fn answer_empty(place: Place, label: &Said) -> Diagnostic {
    Diagnostic::error("answer-empty", place, said(format!("“{}”必须填写。", label.zh), format!("“{}” has to be answered.", label.en)))
        .hint(said("不想填了，按 Ctrl+C 结束，什么都不会写。", "Ctrl+C ends the questions; nothing is written then."))
}

/// An id that another record of the type has.
pub fn answer_id_taken(place: Place, id: &str) -> Diagnostic {
    Diagnostic::error("answer-id-taken", place, said(format!("编号“{id}”已经有了。"), format!("The id “{id}” is taken.")))
        .hint(said(format!("换一个，例如 {id}-2。"), format!("Choose another one, such as {id}-2.")))
}

/// An answer that is neither a number of the list nor a name in it.
pub fn answer_unknown(place: Place, typed: &str, length: usize) -> Diagnostic {
    Diagnostic::error(
        "answer-unknown",
        place,
        said(format!("没有第“{typed}”项，也没有这个名字的栏目。"), format!("There is no “{typed}” in the list.")),
    )
    .hint(said(
        format!("输入 1–{length} 的数字或栏目名；直接回车表示不再补充。"),
        format!("Type a number from 1 to {length} or a name; Enter alone ends the list."),
    ))
}
