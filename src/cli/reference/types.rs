//! Types and settings → pages.

use super::fields::{About, tables};
use super::rules::sentence;
use super::{Page, both, code, pick, plain, table};
use crate::diagnostic::{Tongue, said};
use crate::schema::scaffold::scaffold;
use crate::schema::{Field, Schemas, Type};
use crate::value::Lang;

/// The list of types, the fields that all have, and a page for each.
pub fn pages(schemas: &Schemas) -> Vec<Page> {
    let mut pages = vec![index(schemas)];
    pages.extend(schemas.types.first().map(common));
    pages.extend(schemas.types.iter().map(of_type));
    pages
}

/// Does a type share the field with all others?
fn is_common(field: &Field, of: &Type) -> bool {
    field.place.file != of.place.file
}

fn index(schemas: &Schemas) -> Page {
    let rows = |tongue: Tongue| {
        let row = |of: &Type| {
            vec![
                format!("[{}](types/{}.md)", plain(of.label.in_tongue(tongue)), of.name),
                code(&of.name),
                code(&format!("content/{}/", of.folder)),
            ]
        };
        schemas.types.iter().map(row).collect::<Vec<_>>()
    };
    Page {
        path: "reference/types".to_string(),
        title: said("内容类型和字段", "Types and fields"),
        summary: said(
            format!("{} 种内容，各写在自己的文件夹里。", schemas.types.len()),
            format!("{} types of content, each in a folder of its own.", schemas.types.len()),
        ),
        body: both(|tongue| {
            let heads = [pick(tongue, "内容", "Content"), pick(tongue, "类型", "Type"), pick(tongue, "文件夹", "Folder")];
            format!(
                "{}\n\n{}",
                pick(
                    tongue,
                    "一条内容是一个 `.md` 或 `.yaml` 文件，或表格（`.csv`）里的一行；文件名就是编号。字段名写英文键或中文名都可以。各类都有的字段见[共同字段](types/common.md)。",
                    "A record is a file (`.md` or `.yaml`) or a row of a table (`.csv`); its file name is its id. Fields are named by key or by label. Fields that all types have: [common fields](types/common.md)."
                ),
                table(&heads, &rows(tongue))
            )
        }),
    }
}

fn common(of: &Type) -> Page {
    Page {
        path: "reference/types/common".to_string(),
        title: said("共同字段", "Common fields"),
        summary: said("每种内容都有的字段：状态、发布、审核、搜索。", "Fields that every type has: state, publication, review, search."),
        body: both(|tongue| {
            let shared: Vec<&Field> = of.fields.iter().filter(|field| is_common(field, of)).collect();
            format!(
                "[{}](../types.md)\n\n{}",
                pick(tongue, "全部类型", "All types"),
                tables(&shared, About { of, tongue, types: Some("") }, 2, "")
            )
        }),
    }
}

fn of_type(of: &Type) -> Page {
    let count = of.fields.iter().filter(|field| !is_common(field, of)).count();
    Page {
        path: format!("reference/types/{}", of.name),
        title: said(format!("{}（{}）", of.label.zh, of.name), format!("{} ({})", of.label.en, of.name)),
        summary: said(
            format!("写在 content/{}/，自己的字段 {count} 个。", of.folder),
            format!("Lives in content/{}/, with {count} fields of its own.", of.folder),
        ),
        body: both(|tongue| {
            let own: Vec<&Field> = of.fields.iter().filter(|field| !is_common(field, of)).collect();
            let mut text = format!(
                "[{}](../types.md) · [{}](common.md)\n\n",
                pick(tongue, "全部类型", "All types"),
                pick(tongue, "共同字段", "Common fields")
            );
            text.push_str(&facts(of, tongue));
            text.push_str(pick(tongue, "\n## 最少要写的 {#example}\n\n", "\n## The least there must be {#example}\n\n"));
            let lang = if tongue == Tongue::En { Lang::En } else { Lang::Zh };
            text.push_str(&format!("```yaml\n{}```\n", scaffold(of, &[], lang).trim_end_matches('\n').to_string() + "\n"));
            text.push_str(pick(tongue, "\n## 字段 {#fields}\n\n", "\n## Fields {#fields}\n\n"));
            text.push_str(&tables(&own, About { of, tongue, types: Some("") }, 3, ""));
            if !of.rules.is_empty() {
                text.push_str(pick(tongue, "\n## 规则 {#rules}\n\n", "\n## Rules {#rules}\n\n"));
                of.rules.iter().for_each(|rule| text.push_str(&format!("- {}\n", sentence(rule, of, tongue))));
            }
            text
        }),
    }
}

/// Where it lives, and what the site makes of it.
fn facts(of: &Type, tongue: Tongue) -> String {
    let top = if of.at_root { String::new() } else { format!("{}/", of.folder) };
    let id = pick(tongue, "编号", "ID");
    let mut list = vec![
        format!("{}`content/{}/{id}.md`", pick(tongue, "文件：", "File: "), of.folder),
        format!("{}`/{top}{id}/`", pick(tongue, "网址：", "Address: ")),
        format!("{}`parkpress new {}`", pick(tongue, "新建：", "Make one: "), of.name),
    ];
    let yes = [
        (of.finder.is_some(), "列表是筛选器，可以对比", "The list is a finder with a comparison"),
        (!of.sheet.is_empty(), "有单页打印版", "It has a sheet for printing"),
        (of.feed, "有订阅（Atom）", "It has a feed (Atom)"),
        (of.archive, "列表按年月归档", "The list has pages by year and month"),
        (of.calendar.is_some(), "有日历文件（.ics）", "It has a calendar file (.ics)"),
    ];
    list.extend(yes.iter().filter(|(yes, ..)| *yes).map(|(_, zh, en)| pick(tongue, zh, en).to_string()));
    list.iter().map(|line| format!("- {line}\n")).collect()
}

/// The settings of a site.
pub fn settings() -> Page {
    let grammar = crate::read::site::grammar();
    Page {
        path: "reference/settings".to_string(),
        title: said("网站设置", "Settings"),
        summary: said("content/site.yaml 的全部字段。", "All fields of content/site.yaml."),
        body: both(|tongue| {
            let fields: Vec<&Field> = grammar.fields.iter().collect();
            let mut text = tables(&fields, About { of: grammar, tongue, types: None }, 2, "");
            for rule in &grammar.rules {
                text.push_str(&format!("\n{}\n", sentence(rule, grammar, tongue)));
            }
            text
        }),
    }
}
