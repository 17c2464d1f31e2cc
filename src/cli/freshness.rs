//! `parkpress freshness`: the rule of each column, its newest record, the days that are left.

use super::out::{eprintln, print, println};
use super::session::Session;
use crate::diagnostic::{Said, Tongue, failed, said};
use crate::resolve::freshness::{self, Row};
use crate::resolve::{Catalog, Options};
use crate::schema::Role;
use crate::value::ics;
use clap::ArgMatches;
use serde_json::json;

/// The days of the rule that is shown where there is none.
const EXAMPLE_DAYS: u32 = 14;

/// Runs the verb: exit code 1 where a column is overdue or blank.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    match show(session, matches) {
        Ok(code) | Err(code) => code,
    }
}

fn show(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let at = session.instant(matches)?;
    let mut loaded = session.load()?;
    let Some(catalog) = session.understand(&mut loaded, Options { at, drafts: false, portable: false }) else {
        session.print(&loaded);
        return Err(1);
    };
    let rows = freshness::rows(&catalog);
    let calendar = matches.get_one::<String>("ics");
    if let Some(out) = calendar {
        let name = session.say(format!("{} 更新期限", catalog.site.name), format!("{}: deadlines", catalog.site.name));
        let text = ics::calendar(&name, &freshness::deadlines(&catalog, session.tongue == Tongue::En));
        if out == "-" {
            print!("{text}");
        } else if let Err(error) = std::fs::write(out, text) {
            return Err(session.refuse(&failed(format!("写不了“{out}”"), format!("Cannot write “{out}”"), &error), None, 3));
        }
    }
    if calendar.is_none_or(|out| out != "-") {
        print(session, &catalog, &rows, matches.get_one::<String>("format").is_some_and(|format| format == "json"));
    }
    if loaded.diagnostics.has_errors() {
        eprintln!("{}", session.say("内容里有错误，运行 parkpress check 查看。", "The content has errors; see “parkpress check”."));
    }
    Ok(u8::from(rows.iter().any(|row| row.standing.is_trouble())))
}

fn print(session: &Session, catalog: &Catalog, rows: &[Row], as_json: bool) {
    if as_json {
        let day = |day: Option<crate::value::time::Day>| day.map(|day| day.to_string());
        let list: Vec<_> = rows
            .iter()
            .map(|row| {
                json!({"column": row.name, "folder": row.folder, "days": row.days, "last": day(row.last), "due": day(row.due), "left": row.left,
                    "state": row.standing.word(), "file": row.place.file.as_str(), "line": row.place.line})
            })
            .collect();
        println!("{}", json!({"rules": list}));
        return;
    }
    if rows.is_empty() {
        println!("{}", none(catalog).in_tongue(session.tongue));
        return;
    }
    let head = [("栏目", "Column"), ("规定", "Rule"), ("最近", "Last"), ("剩余", "Left"), ("状态", "State")];
    let mut table: Vec<Vec<String>> = vec![head.iter().map(|(zh, en)| session.say(*zh, *en)).collect()];
    for row in rows {
        let days = |days: i64| session.say(format!("{days}天"), format!("{days} d"));
        table.push(vec![
            row.name.clone(),
            days(row.days),
            row.last.map_or_else(|| "-".to_string(), |day| day.to_string()),
            row.left.map_or_else(|| "-".to_string(), days),
            row.standing.said().in_tongue(session.tongue).to_string(),
        ]);
    }
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let widths: Vec<usize> = (0..head.len()).map(|at| table.iter().map(|row| wide(&row[at])).max().unwrap_or(0)).collect();
    for row in &table {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width - wide(cell)))).collect();
        println!("{}", cells.join("  ").trim_end());
    }
}

/// That nothing has a rule, and how one is set: in the keys and folders of this site.
fn none(catalog: &Catalog) -> Said {
    let types = &catalog.schemas.types;
    let example = types.iter().find(|of| of.feed).map_or("", |of| of.folder.as_str());
    let rule = format!("freshness: [{{folder: {example}, days: {EXAMPLE_DAYS}}}]");
    let column = types.iter().find_map(|of| of.with_role(Role::Within).map(|field| (of, field)));
    let (zh, en) = column.map_or_else(Default::default, |(of, field)| {
        (
            format!("在 content/{}/ 里这个栏目的文件写 {}: {EXAMPLE_DAYS}，或者", of.folder, field.key),
            format!("{}: {EXAMPLE_DAYS} in its file in content/{}/, or ", field.key, of.folder),
        )
    });
    said(
        format!("没有一个栏目定了更新期限；要定，{zh}在 content/site.yaml 写 {rule}（天数自定）。"),
        format!("No column has a rule; to set one, write {en}{rule} in content/site.yaml (days as you like)."),
    )
}
