//! The change report as text and as JSON.

use super::{FieldChange, FileChange, Item, Report};
use crate::diagnostic::{Said, Tongue, said};
use serde_json::{Value as Json, json};
use std::fmt::Write;

/// The word of a state for people.
pub fn state(word: &str) -> Said {
    let (zh, en) = match word {
        "published" => ("已发布", "published"),
        "corrected" => ("已更正", "corrected"),
        "expired" => ("已过期", "expired"),
        "archived" => ("已归档", "archived"),
        "withdrawn" => ("已撤稿", "withdrawn"),
        "scheduled" => ("定时发布", "scheduled"),
        "in_review" => ("审核中", "in review"),
        "approved" => ("已审定未发布", "approved, not published"),
        "unpublished" => ("已到下线时间", "taken off by its date"),
        "not_public" => ("不予公开", "not to be disclosed"),
        "deleted" => ("已删除", "deleted"),
        "draft" => ("草稿", "a draft"),
        other => (other, other),
    };
    said(zh, en)
}

/// The words of the report.
pub fn headings(report: &Report) -> [(Said, &Vec<Item>); 4] {
    [
        (said("新增", "Added"), &report.added),
        (said("修改", "Changed"), &report.changed),
        (said("撤稿", "Withdrawn"), &report.withdrawn),
        (said("不再公开", "No longer public"), &report.gone),
    ]
}

/// What became of a file, for people.
pub fn file(change: FileChange) -> Said {
    match change {
        FileChange::Added => said("新增", "added"),
        FileChange::Changed => said("更换", "replaced"),
        FileChange::Gone => said("不再公开", "no longer public"),
    }
}

/// What a change says on both sides of the arrow.
pub fn sides(change: &FieldChange) -> (Said, Said) {
    let missing = said("未提供", "not given");
    if change.private {
        let unseen = said("（内部字段，值不列出）", "(private; its values are not shown)");
        return (unseen.clone(), unseen);
    }
    let side = |text: &Option<String>| text.as_ref().map_or_else(|| missing.clone(), |text| said(text.clone(), text.clone()));
    (side(&change.from), side(&change.to))
}

/// The heading of the whole report.
pub fn title(report: &Report) -> Said {
    match &report.since {
        Some(since) => said(
            format!("{}：{} 与上次构建（{since}）相比", report.site, report.at),
            format!("{}: {} against the build of {since}", report.site, report.at),
        ),
        None => said(
            format!("{}：{}，没有上次构建的记录，全部算作新增", report.site, report.at),
            format!("{}: {}; nothing is known of an earlier build, so that everything is new", report.site, report.at),
        ),
    }
}

/// For people at the command line.
pub fn text(report: &Report, tongue: Tongue) -> String {
    let mut out = format!("{}\n", title(report).in_tongue(tongue));
    if report.is_empty() {
        let _ = writeln!(out, "{}", said("没有变化。", "Nothing changed.").in_tongue(tongue));
    }
    for (heading, items) in headings(report) {
        if items.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{} ({})", heading.in_tongue(tongue), items.len());
        for item in items {
            let states =
                item.states.as_ref().map(|(from, to)| format!("  [{} → {}]", state(from).in_tongue(tongue), state(to).in_tongue(tongue)));
            let _ = writeln!(out, "  {} ({}, {}) /{}{}", item.title, item.id, item.lang.code(), item.path, states.unwrap_or_default());
            for change in &item.fields {
                let _ = writeln!(out, "    {}", line(change, tongue));
            }
        }
    }
    if !report.files.is_empty() {
        let _ = writeln!(out, "\n{} ({})", said("图片和附件", "Pictures and attachments").in_tongue(tongue), report.files.len());
        for (path, change) in &report.files {
            let _ = writeln!(out, "  {path}  {}", file(*change).in_tongue(tongue));
        }
    }
    out
}

fn line(change: &FieldChange, tongue: Tongue) -> String {
    let label = change.label.in_tongue(tongue);
    let (from, to) = sides(change);
    if change.private {
        return format!("{label} {}", from.in_tongue(tongue));
    }
    let computed = if change.computed { said("（系统计算）", " (computed)").in_tongue(tongue).to_string() } else { String::new() };
    let one = |side: &Said| side.in_tongue(tongue).replace('\n', " / ");
    format!("{label}{computed}  {} → {}", one(&from), one(&to))
}

/// For programs.
pub fn json(report: &Report) -> Json {
    let field = |change: &FieldChange| {
        let mut field = json!({"path": change.path, "label": {"zh": change.label.zh, "en": change.label.en}});
        if change.private {
            field["private"] = true.into();
        } else {
            field["from"] = change.from.clone().into();
            field["to"] = change.to.clone().into();
            field["computed"] = change.computed.into();
        }
        field
    };
    let item = |item: &Item| {
        json!({
            "type": &*item.id.of,
            "id": &*item.id.id,
            "lang": item.lang.code(),
            "title": item.title,
            "path": item.path,
            "state": item.states.as_ref().map(|(from, to)| json!({"from": from, "to": to})),
            "fields": item.fields.iter().map(field).collect::<Vec<_>>(),
        })
    };
    let items = |list: &Vec<Item>| list.iter().map(item).collect::<Vec<_>>();
    let word = |change: &FileChange| match change {
        FileChange::Added => "added",
        FileChange::Changed => "changed",
        FileChange::Gone => "gone",
    };
    json!({
        "site": report.site,
        "since": report.since,
        "at": report.at,
        "content": report.content,
        "added": items(&report.added),
        "changed": items(&report.changed),
        "withdrawn": items(&report.withdrawn),
        "gone": items(&report.gone),
        "files": report.files.iter().map(|(path, change)| json!({"path": path, "change": word(change)})).collect::<Vec<_>>(),
    })
}
