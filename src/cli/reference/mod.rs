//! The reference of the manual: types, settings, codes and the command line as pages in Chinese and English. Made from
//! what the program itself reads, so that it cannot drift; a test compares it with `docs/content/pages/`.
//!
//! In: the types of a site. Out: the text of every page with its path below the folder of pages. Pure.

mod codes;
mod commands;
mod fields;
mod rules;
mod types;

use crate::diagnostic::{Said, Tongue};
use crate::schema::Schemas;

/// What stands above every page, for whoever opens the file.
const MADE: &str = "# 本页由程序生成，不要手工修改；更新：parkpress schema --reference\n";

/// A page in both languages.
struct Page {
    /// Its path without the ending.
    path: String,
    title: Said,
    summary: Said,
    body: Said,
}

/// Was a page made here? Anything else is somebody's own.
pub fn is_made(page: &str) -> bool {
    page.contains("本页由程序生成，不要手工修改")
}

/// Every page of the reference: its path below the folder of pages, and its text.
pub fn pages(schemas: &Schemas) -> Vec<(String, String)> {
    let mut pages = vec![overview()];
    pages.extend(types::pages(schemas));
    pages.push(types::settings());
    pages.extend(codes::pages());
    pages.push(commands::page());
    let texts = pages.iter().enumerate().flat_map(|(at, page)| {
        let zh = format!(
            "---\n{MADE}title: {}\nrank: {}\nsummary: {}\n---\n\n{}",
            quoted(&page.title.zh),
            100 + at,
            quoted(&page.summary.zh),
            page.body.zh
        );
        let en = format!("---\n{MADE}title: {}\nsummary: {}\n---\n\n{}", quoted(&page.title.en), quoted(&page.summary.en), page.body.en);
        [(format!("{}.md", page.path), zh), (format!("{}.en.md", page.path), en)]
    });
    texts.collect()
}

fn overview() -> Page {
    Page {
        path: "reference".to_string(),
        title: crate::diagnostic::said("参考", "Reference"),
        summary: crate::diagnostic::said(
            "全部内容类型、设置、命令和提示代码，由程序自己生成。",
            "All types, settings, commands and codes, made by the program itself.",
        ),
        body: crate::diagnostic::said(
            "- [内容类型和字段](reference/types.md)：每种内容写在哪里、有哪些字段、怎么写、有什么限制\n\
             - [网站设置](reference/settings.md)：`content/site.yaml` 的全部字段\n\
             - [命令](reference/commands.md)：每个命令、选项和退出码\n\
             - [提示代码](reference/codes.md)：每条提示的意思和改法，与 `parkpress explain 代码` 相同\n\n\
             这些页面由程序从自己的类型、设置、提示和命令生成，与所用版本一致。在本单位网站的文件夹里运行 `parkpress schema --reference --out 文件夹`，得到连同本单位所加类型和字段的一套。\n",
            "- [Types and fields](reference/types.md): where each type of content lives, its fields, how to write them, and their limits\n\
             - [Settings](reference/settings.md): all fields of `content/site.yaml`\n\
             - [Commands](reference/commands.md): every command, its options, and exit codes\n\
             - [Codes](reference/codes.md): what each message means and how to mend it, as `parkpress explain CODE` says\n\n\
             The program makes these pages from its own types, settings, messages and commands. Run in the folder of a site, \
             `parkpress schema --reference --out DIR` makes them with the types and fields that an office has added.\n",
        ),
    }
}

/// Both tongues of a text that is made the same way in each.
fn both(make: impl Fn(Tongue) -> String) -> Said {
    Said { zh: make(Tongue::Zh), en: make(Tongue::En) }
}

/// Chinese or English.
fn pick<'a>(tongue: Tongue, zh: &'a str, en: &'a str) -> &'a str {
    if tongue == Tongue::Zh { zh } else { en }
}

/// A text that stands for itself in Markdown, also in a cell of a table.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => plain.push(' '),
            '\\' | '`' | '*' | '_' | '<' | '[' | ']' | '|' | '~' | '#' => plain.extend(['\\', c]),
            c => plain.push(c),
        }
    }
    plain
}

/// A text as code, also in a cell of a table.
fn code(text: &str) -> String {
    let text = text.replace('|', "\\|");
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// A scalar for the front matter.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A table in Markdown; columns that are blank in every row are left out.
fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let used: Vec<usize> = (0..heads.len()).filter(|at| rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.is_empty()))).collect();
    let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(used.iter().map(|at| heads[*at]).collect());
    text.push_str(&line(vec!["---"; used.len()]));
    for row in rows {
        text.push_str(&line(used.iter().map(|at| row.get(*at).map_or("", String::as_str)).collect()));
    }
    text
}
