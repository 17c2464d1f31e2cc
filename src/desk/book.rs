//! A table → the bytes of a workbook. The only module that knows the crate `rust_xlsxwriter`.
//!
//! The same records give the same bytes: the workbook says a fixed time of making. Text is written as text whatever it
//! begins with, so that nothing a record says becomes a formula.

use super::columns::Column;
use super::export::{Out, Table};
use crate::diagnostic::{Said, said};
use crate::schema::Type;
use crate::source::table;
use crate::value::{Kind, Lang};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, Formula, Note, ProtectionOptions, Workbook,
    Worksheet, XlsxError,
};

/// What the sheet of explanations is called.
const HELP: &str = "填写说明";
/// What the hidden sheet of choices is called.
const WORDS: &str = "选项";
/// Rows below the last record that can be filled in.
const SPARE: u32 = 500;
/// More characters a cell cannot hold.
const LONGEST: usize = 32_767;

/// The words that a column offers.
pub struct Offer {
    /// Which column.
    pub column: usize,
    /// The words.
    pub words: Vec<String>,
}

/// Why a workbook cannot be written: a text that is longer than a cell.
fn too_long(id: &str, header: &str) -> Said {
    said(
        format!("“{id}”的“{header}”超过 {LONGEST} 字，一个单元格放不下。"),
        format!("“{header}” of “{id}” has more than {LONGEST} characters, more than a cell holds."),
    )
}

/// A workbook of a type: the sheet itself, its explanations, and the choices on a hidden sheet.
pub fn xlsx(of: &Type, table: &Table<'_>, offers: &[Offer]) -> Result<Vec<u8>, Said> {
    for (id, values) in &table.rows {
        for (value, (header, _)) in values.iter().zip(&table.columns) {
            if matches!(value, Out::Text(text) if text.chars().count() > LONGEST) {
                return Err(too_long(id, header));
            }
        }
    }
    workbook(of, table, offers).map_err(|error| said(format!("写不成表格：{error}"), format!("The workbook cannot be written: {error}")))
}

fn workbook(of: &Type, table: &Table<'_>, offers: &[Offer]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2020, 1, 1)?;
    book.set_properties(&DocProperties::new().set_author("Parkpress").set_title(of.label.zh.as_str()).set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name(name(&of.label.zh))?;
    let last = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    main(sheet, table, last)?;
    for offer in offers {
        validate(sheet, offer, last)?;
    }
    help(book.add_worksheet(), of, table)?;
    words(book.add_worksheet(), offers)?;
    book.save_to_buffer()
}

/// A name that a sheet may have.
fn name(label: &str) -> String {
    label.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect()
}

fn main(sheet: &mut Worksheet, table: &Table<'_>, last: u32) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_background_color(Color::RGB(0x00E8_EEF4)).set_text_wrap();
    let text = Format::new().set_num_format("@").set_unlocked();
    let free = Format::new().set_unlocked();
    let quoted = Format::new().set_num_format("@").set_unlocked().set_quote_prefix();
    let locked = Format::new().set_num_format("@").set_locked().set_background_color(Color::RGB(0x00F2_F2F2));
    sheet.write_string_with_format(0, 0, "编号", &head)?;
    sheet.set_column_format(0, &text)?.set_column_width(0, 22)?;
    sheet.insert_note(0, 0, &note("编号是文件名，也是网址的一部分；已有的编号不要改。新增的行可以留空，导入时按名称的拼音编。"))?;
    for (at, (header, column)) in table.columns.iter().enumerate() {
        let at = u16::try_from(at + 1).unwrap_or(u16::MAX);
        let counts = column.leaf().kind.counts();
        sheet.write_string_with_format(0, at, header, &head)?;
        sheet.insert_note(0, at, &note(&explained(column).join("\n")))?;
        // What is no number is kept as text, or a spreadsheet would make dates of 3-10.
        sheet.set_column_format(at, if counts { &free } else { &text })?;
        sheet.set_column_width(at, width(header))?;
    }
    for (row, (id, values)) in table.rows.iter().enumerate() {
        let row = u32::try_from(row + 1).unwrap_or(u32::MAX);
        sheet.write_string_with_format(row, 0, id, &locked)?;
        for (at, value) in values.iter().enumerate() {
            let at = u16::try_from(at + 1).unwrap_or(u16::MAX);
            match value {
                Out::Blank => {}
                Out::Number(number) => {
                    sheet.write_number_with_format(row, at, *number, &free)?;
                }
                Out::Text(words) => {
                    let format = if words.starts_with(['=', '+', '-', '@', '\t', '\r']) { &quoted } else { &text };
                    sheet.write_string_with_format(row, at, words, format)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    let options = ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    };
    if last > 0 {
        sheet.protect_with_options(&options);
    }
    Ok(())
}

fn width(header: &str) -> f64 {
    let wide: u32 = header.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    f64::from((wide + 2).clamp(10, 30))
}

fn note(text: &str) -> Note {
    Note::new(text).add_author_prefix(false).set_width(260).set_height(120)
}

/// The words of a column as a list to choose from; what is not in it is asked about, not forbidden.
fn validate(sheet: &mut Worksheet, offer: &Offer, last: u32) -> Result<(), XlsxError> {
    let at = u16::try_from(offer.column + 1).unwrap_or(u16::MAX);
    let list = super::grid::letters(u32::try_from(offer.column + 1).unwrap_or(1));
    let rows = offer.words.len();
    let rule = DataValidation::new()
        .allow_list_formula(Formula::new(format!("={WORDS}!${list}$1:${list}${rows}")))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("不在选项里")?
        .set_error_message("请从下拉列表里选；要去掉这个值，写“（空）”。")?;
    sheet.add_data_validation(1, at, last + SPARE, at, &rule)?;
    Ok(())
}

fn words(sheet: &mut Worksheet, offers: &[Offer]) -> Result<(), XlsxError> {
    sheet.set_name(WORDS)?.set_hidden(true);
    for offer in offers {
        for (row, word) in offer.words.iter().enumerate() {
            sheet.write_string(u32::try_from(row).unwrap_or(u32::MAX), u16::try_from(offer.column).unwrap_or(u16::MAX), word)?;
        }
    }
    Ok(())
}

/// What a person needs to know to fill in a column.
fn explained(column: &Column<'_>) -> Vec<String> {
    let field = column.leaf();
    let mut lines = vec![format!("{}（{}）", column.label(), column.key())];
    if field.required {
        lines.push("必填".to_string());
    }
    lines.push(how(&field.kind, field.many, column.is_whole()));
    if let Some(hint) = &field.hint {
        lines.push(hint.zh.clone());
    }
    if let Some(example) = &field.example {
        lines.push(format!("例：{example}"));
    }
    if column.is_private() {
        lines.push("内部字段，不公开".to_string());
    }
    lines
}

/// How a kind is written in a cell.
fn how(kind: &Kind, many: bool, whole: bool) -> String {
    let one = match kind {
        Kind::Integer => "整数".to_string(),
        Kind::Percent => "百分数，只写数字".to_string(),
        Kind::Money(_) => format!("数字，单位 {}；也可写区间 8-10 或“面议”", kind.unit_label(Lang::Zh)),
        Kind::Quantity(_) | Kind::Decimal => format!("数字 {}", kind.unit_label(Lang::Zh)).trim_end().to_string(),
        Kind::Range(_) => format!("区间，如 3-10 {}", kind.unit_label(Lang::Zh)).trim_end().to_string(),
        Kind::Choice(choices) => {
            format!("从中选：{}", choices.iter().map(|choice| choice.label.zh.as_str()).collect::<Vec<_>>().join("、"))
        }
        Kind::Flag => "是 或 否".to_string(),
        Kind::Date => "日期，如 2026-03-05".to_string(),
        Kind::Month => "年月，如 2026-03".to_string(),
        Kind::DateTime => "日期和时间，如 2026-03-05 09:30".to_string(),
        Kind::Link { .. } => "另一条内容的编号或名称".to_string(),
        _ if whole => "按原样写，如 {src: a.jpg, alt: 图片说明}".to_string(),
        _ => "文字".to_string(),
    };
    if many && !whole { format!("{one}；几个之间用“；”隔开") } else { one }
}

/// How many columns stay out, and how to have them.
pub fn fewer(of: &Type, table: &Table<'_>) -> Option<Said> {
    let count = table.fewer;
    (count > 0).then(|| {
        said(
            format!(
                "另有 {count} 列没有列出：都不是必填，也没有内容用到。要全部列，导出时加 --all：parkpress export {} --all -o 文件。",
                of.label.zh
            ),
            format!(
                "{count} more columns are left out, which no record needs or uses; --all writes them: parkpress export {} --all -o FILE.",
                of.name
            ),
        )
    })
}

fn help(sheet: &mut Worksheet, of: &Type, table: &Table<'_>) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrap = Format::new().set_text_wrap();
    sheet.set_name(HELP)?;
    let mut rules = vec![
        format!("{}：每行一条内容；一条内容有几个单元时占几行，各列只填第一行，编号每行都写。", of.label.zh),
        "空格子不改动网站上的值；要去掉一个值，在格子里写“（空）”。".to_string(),
        "表里没有的内容不会被删除。新内容导入后是草稿。".to_string(),
        "导入：parkpress import 文件 --dry-run 先看变化和错误，去掉 --dry-run 才写入。".to_string(),
    ];
    rules.extend(fewer(of, table).map(|fewer| fewer.zh));
    for (row, rule) in rules.iter().enumerate() {
        sheet.write_string(u32::try_from(row).unwrap_or(0), 0, rule)?;
    }
    let top = u32::try_from(rules.len() + 1).unwrap_or(0);
    for (at, word) in ["列", "字段", "必填", "写法", "说明", "例"].iter().enumerate() {
        sheet.write_string_with_format(top, u16::try_from(at).unwrap_or(0), *word, &bold)?;
    }
    for (row, (header, column)) in table.columns.iter().enumerate() {
        let row = top + 1 + u32::try_from(row).unwrap_or(0);
        let field = column.leaf();
        let hint = field.hint.as_ref().map(|hint| hint.zh.clone()).unwrap_or_default();
        let cells = [
            header.clone(),
            column.key(),
            if field.required { "是" } else { "" }.to_string(),
            how(&field.kind, field.many, column.is_whole()),
            hint,
            field.example.clone().unwrap_or_default(),
        ];
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(row, u16::try_from(at).unwrap_or(0), cell, &wrap)?;
        }
    }
    for (at, width) in [26, 30, 6, 50, 40, 24].into_iter().enumerate() {
        sheet.set_column_width(u16::try_from(at).unwrap_or(0), f64::from(width))?;
    }
    Ok(())
}

/// The same table as text with commas, for every program: UTF-8 with a mark, formulas made harmless by an apostrophe.
pub fn csv(table: &Table<'_>) -> Vec<u8> {
    let safe = |text: &str| if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_string() };
    let head = std::iter::once("编号".to_string()).chain(table.columns.iter().map(|(header, _)| header.clone())).collect();
    let rows = table.rows.iter().map(|(id, values)| {
        let cells = values.iter().map(|value| match value {
            Out::Blank => String::new(),
            Out::Number(number) => super::grid::digits(*number),
            Out::Text(text) => safe(text),
        });
        std::iter::once(id.clone()).chain(cells).collect()
    });
    table::write(&std::iter::once(head).chain(rows).collect::<Vec<Vec<String>>>())
}
