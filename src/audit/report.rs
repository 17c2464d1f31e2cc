//! The report for the person who answers for the site: what was checked, what was found, where to mend it. One HTML file
//! for the desk; nothing of it is published.

use super::Facts;
use crate::diagnostic::codes::{self, Group};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Tongue, print, said};
use crate::render::approval::escape;
use crate::resolve::freshness::{self, Row};
use crate::resolve::{Catalog, HeldBack};
use std::collections::BTreeMap;

/// What the report is made of.
pub struct Report<'a> {
    /// The site; absent where it could not be read at all.
    pub catalog: Option<&'a Catalog>,
    /// What was noted.
    pub diagnostics: &'a Diagnostics,
    /// The facts of every item; empty where errors stopped the build before.
    pub facts: &'a [Facts],
    /// How many files of content were read.
    pub files: usize,
    /// The language of the person.
    pub tongue: Tongue,
}

const STYLE: &str = "body{font:15px/1.6 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:64rem;margin:0 auto;padding:1rem;color:#1b1f24;background:#fff}h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;border-bottom:2px solid #0b4f7d;padding-bottom:.2rem;margin-top:2rem}h3{font-size:1rem;margin:1.2rem 0 .3rem}table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{text-align:left;vertical-align:top;border:1px solid #c9d1d9;padding:.3rem .5rem;overflow-wrap:anywhere}th{background:#f3f6f9}.n{text-align:right;white-space:nowrap}.bad{color:#9d1c12;font-weight:600}.warn{color:#7a4b00;font-weight:600}.good{color:#1c6b2f}.sum{display:flex;flex-wrap:wrap;gap:.5rem;padding:0;list-style:none}.sum li{border:1px solid #c9d1d9;padding:.4rem .8rem;min-width:7rem}.sum b{display:block;font-size:1.4rem}code{font-family:ui-monospace,monospace;font-size:.9em}.hint{color:#4a5560}@page{size:A4;margin:14mm}@media print{body{font-size:9.5pt;max-width:none;padding:0}h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}";

/// So many places of one rule are shown; more would bury the rest.
const PLACES: usize = 30;
/// So many of the heaviest pages are shown.
const HEAVIEST: usize = 10;
/// A page above this is slow on a telephone, in bytes before compression.
const SLOW: usize = 400_000;

/// The report as one HTML file.
pub fn html(report: &Report<'_>) -> String {
    let say = |zh: &str, en: &str| said(zh, en).in_tongue(report.tongue).to_string();
    let rows = report.catalog.map(freshness::rows).unwrap_or_default();
    let site = report.catalog.map_or("", |catalog| catalog.site.name.as_str());
    let at = report
        .catalog
        .map(|catalog| catalog.at.rfc3339(&catalog.site.zone).replace('T', " ").chars().take(16).collect::<String>())
        .unwrap_or_default();
    let title = say("网站检查报告", "Report on the site");
    let lang = if report.tongue == Tongue::Zh { "zh-CN" } else { "en" };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title} {0}</title><style>{STYLE}</style></head><body><h1>{title}</h1><p>{0} · {1}</p>",
        escape(site),
        escape(&at)
    );
    summary(report, &rows, &mut out);
    rules(report, &mut out);
    columns(report, &rows, &mut out);
    pages(report, &mut out);
    weight(report, &mut out);
    held(report, &mut out);
    out.push_str(&format!(
        "<p class=\"hint\">{}</p></body></html>\n",
        say("每条提示的解释：parkpress explain 代码。", "Every code is explained by “parkpress explain CODE”.")
    ));
    out
}

fn pages_of<'a>(report: &Report<'a>) -> impl Iterator<Item = &'a Facts> {
    report.facts.iter().filter(|facts| facts.path.ends_with(".html"))
}

fn summary(report: &Report<'_>, rows: &[Row], out: &mut String) {
    let (errors, warnings) = print::counts(report.diagnostics);
    let stale = rows.iter().filter(|row| row.standing.is_trouble()).count();
    let held = report.catalog.map_or(0, |catalog| catalog.held.len());
    let records = report.catalog.map_or(0, |catalog| catalog.entries.len());
    let items = [
        ("错误", "errors", errors, "bad"),
        ("提醒", "warnings", warnings, "warn"),
        ("超期或空白栏目", "columns overdue or blank", stale, "bad"),
        ("未公开内容", "records held back", held, ""),
        ("公开内容", "public records", records, ""),
        ("网页", "pages", pages_of(report).count(), ""),
        ("内容文件", "files of content", report.files, ""),
    ];
    out.push_str("<ul class=\"sum\">");
    for (zh, en, count, class) in items {
        let class = if count > 0 { class } else { "good" };
        out.push_str(&format!("<li><b class=\"{class}\">{count}</b>{}</li>", said(zh, en).in_tongue(report.tongue)));
    }
    out.push_str("</ul>");
    if report.facts.is_empty() {
        let why = said(
            "内容有错误，网页没有生成，网页检查和大小没有数据。",
            "Errors in the content stopped the pages, so nothing is known of them.",
        );
        out.push_str(&format!("<p class=\"bad\">{}</p>", why.in_tongue(report.tongue)));
    }
}

/// Compliance by rule: every group with its verdict, then every rule that found something with its places.
fn rules(report: &Report<'_>, out: &mut String) {
    let say = |zh: &str, en: &str| said(zh, en).in_tongue(report.tongue).to_string();
    let mut by_code: BTreeMap<(Option<Group>, &str), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in report.diagnostics.sorted() {
        by_code.entry((codes::group(diagnostic.code), diagnostic.code)).or_default().push(diagnostic);
    }
    out.push_str(&format!(
        "<h2>{}</h2><table><thead><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>",
        say("检查结果", "Results by rule"),
        say("检查项目", "Rules"),
        say("错误", "Errors"),
        say("提醒", "Warnings"),
        say("结论", "Verdict")
    ));
    for group in codes::groups() {
        let of_group = || by_code.iter().filter(|((known, _), _)| *known == Some(group)).flat_map(|(_, list)| list);
        let errors = of_group().filter(|d| d.severity == Severity::Error).count();
        let warnings = of_group().count() - errors;
        let (class, verdict) = match (errors, warnings) {
            (0, 0) => ("good", say("通过", "passed")),
            (0, _) => ("warn", say("有提醒", "warnings")),
            _ => ("bad", say("未通过", "failed")),
        };
        let name = said(group.name.0, group.name.1);
        out.push_str(&format!(
            "<tr><td>{}</td><td class=\"n\">{errors}</td><td class=\"n\">{warnings}</td><td class=\"{class}\">{verdict}</td></tr>",
            name.in_tongue(report.tongue)
        ));
    }
    out.push_str("</tbody></table>");
    for ((_, code), list) in &by_code {
        let meaning = codes::explain(code).map(|found| found.text.in_tongue(report.tongue).to_string()).unwrap_or_default();
        out.push_str(&format!("<h3><code>{code}</code>（{}）</h3><p class=\"hint\">{}</p><table><tbody>", list.len(), escape(&meaning)));
        for diagnostic in list.iter().take(PLACES) {
            let place =
                diagnostic.place.as_ref().map(|place| format!("{}:{}:{}", place.file, place.line, place.column)).unwrap_or_default();
            let hint = diagnostic.hints.first().map(|hint| hint.in_tongue(report.tongue)).unwrap_or_default();
            out.push_str(&format!(
                "<tr><td><code>{}</code></td><td>{}<br><span class=\"hint\">{}</span></td></tr>",
                escape(&place),
                escape(diagnostic.message.in_tongue(report.tongue)),
                escape(hint)
            ));
        }
        if list.len() > PLACES {
            let more = list.len() - PLACES;
            out.push_str(&format!(
                "<tr><td colspan=\"2\">{}</td></tr>",
                said(format!("另有 {more} 处"), format!("and {more} more")).in_tongue(report.tongue)
            ));
        }
        out.push_str("</tbody></table>");
    }
}

fn columns(report: &Report<'_>, rows: &[Row], out: &mut String) {
    let say = |zh: &str, en: &str| said(zh, en).in_tongue(report.tongue).to_string();
    out.push_str(&format!("<h2>{}</h2>", say("更新情况", "Freshness")));
    if rows.is_empty() {
        out.push_str(&format!("<p>{}</p>", say("没有设更新规则。", "There are no rules.")));
        return;
    }
    let heads = [
        ("栏目", "Column"),
        ("规定天数", "Days allowed"),
        ("最近更新", "Last"),
        ("到期", "Due"),
        ("剩余天数", "Days left"),
        ("状态", "State"),
        ("出处", "Rule at"),
    ];
    let heads: String = heads.iter().map(|(zh, en)| format!("<th>{}</th>", say(zh, en))).collect();
    out.push_str(&format!("<table><thead><tr>{heads}</tr></thead><tbody>"));
    for row in rows {
        let day = |day: Option<crate::value::time::Day>| day.map_or_else(|| "-".to_string(), |day| day.to_string());
        let class = match row.standing {
            freshness::Standing::Stale | freshness::Standing::Blank => "bad",
            freshness::Standing::Soon => "warn",
            _ => "good",
        };
        out.push_str(&format!(
            "<tr><td>{}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"{class}\">{}</td><td><code>{}:{}</code></td></tr>",
            escape(&row.name),
            row.days,
            day(row.last),
            day(row.due),
            row.left.map_or_else(|| "-".to_string(), |left| left.to_string()),
            row.standing.said().in_tongue(report.tongue),
            escape(row.place.file.as_str()),
            row.place.line
        ));
    }
    out.push_str("</tbody></table>");
}

/// Links and accessibility, as far as finished pages show them.
fn pages(report: &Report<'_>, out: &mut String) {
    let say = |zh: &str, en: &str| said(zh, en).in_tongue(report.tongue).to_string();
    let count = |of: fn(&Facts) -> usize| pages_of(report).map(of).sum::<usize>();
    let found = |code: &str| report.diagnostics.sorted().iter().filter(|d| d.code == code).count();
    let bare = |of: fn(&Facts) -> bool| pages_of(report).filter(|facts| of(facts)).map(|facts| facts.path.clone()).collect::<Vec<_>>();
    let row = |zh: &str, en: &str, checked: usize, wrong: usize, where_: &[String]| {
        let class = if wrong == 0 { "good" } else { "bad" };
        let places: Vec<&str> = where_.iter().take(5).map(String::as_str).collect();
        format!(
            "<tr><td>{}</td><td class=\"n\">{checked}</td><td class=\"n {class}\">{wrong}</td><td>{}</td></tr>",
            say(zh, en),
            escape(&places.join("、"))
        )
    };
    let all = pages_of(report).count();
    let head = format!(
        "<table><thead><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>",
        say("项目", "What"),
        say("检查数", "Checked"),
        say("问题数", "Wrong"),
        say("网页", "Pages")
    );
    out.push_str(&format!("<h2>{}</h2>{head}", say("链接", "Links")));
    out.push_str(&row("站内链接", "links inside the site", count(|facts| facts.linked.0), found("output-link-dead"), &[]));
    out.push_str(&row("页内定位", "anchors", count(|facts| facts.ids.lines().count()), found("output-anchor-dead"), &[]));
    out.push_str(&row("站外链接（不联网核对）", "links to other sites (not visited)", count(|facts| facts.linked.1), 0, &[]));
    out.push_str(&format!("</tbody></table><h2>{}</h2>{head}", say("无障碍", "Accessibility")));
    out.push_str(&row(
        "图片替代文字",
        "alternative texts",
        count(|facts| facts.images),
        count(|facts| facts.without_alt.len()),
        &bare(|facts| !facts.without_alt.is_empty()),
    ));
    let lists: [(&str, &str, fn(&Facts) -> bool); 4] = [
        ("网页语言", "language of the page", |facts| !facts.frame.lang),
        ("网页标题", "title of the page", |facts| !facts.frame.title),
        ("主要内容区", "main part", |facts| !facts.frame.main),
        ("一个一级标题", "one first heading", |facts| facts.h1 != 1),
    ];
    for (zh, en, wrong) in lists {
        let pages = bare(wrong);
        out.push_str(&row(zh, en, all, pages.len(), &pages));
    }
    out.push_str(&row("编号不重复", "ids that are unique", count(|facts| facts.ids.lines().count()), found("output-id-twice"), &[]));
    out.push_str("</tbody></table>");
    let note = say(
        "对比度在检查颜色时核对；键盘、读屏和放大须由人试用。",
        "Contrast is judged with the colours; keyboard, screen reader and magnification need a person.",
    );
    out.push_str(&format!("<p class=\"hint\">{note}</p>"));
}

fn weight(report: &Report<'_>, out: &mut String) {
    let say = |zh: &str, en: &str| said(zh, en).in_tongue(report.tongue).to_string();
    let kilo = |bytes: usize| format!("{:.1} KB", f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1024.0);
    let mut pages: Vec<&Facts> = pages_of(report).collect();
    pages.sort_by(|a, b| (b.bytes, &a.path).cmp(&(a.bytes, &b.path)));
    let total: usize = pages.iter().map(|facts| facts.bytes).sum();
    let assets: usize = report.facts.iter().filter(|facts| facts.path.starts_with("assets/")).map(|facts| facts.bytes).sum();
    let mean = total / pages.len().max(1);
    out.push_str(&format!(
        "<h2>{}</h2><p>{}：{}；{}：{}；{}：{}</p><table><thead><tr><th>{}</th><th>{}</th></tr></thead><tbody>",
        say("网页大小", "Weight of pages"),
        say("平均每页", "mean"),
        kilo(mean),
        say("网页合计", "all pages"),
        kilo(total),
        say("样式、脚本和数据", "styles, scripts and data"),
        kilo(assets),
        say("最大的网页（压缩前）", "Heaviest pages (before compression)"),
        say("大小", "Size")
    ));
    for page in pages.iter().take(HEAVIEST) {
        let class = if page.bytes > SLOW { "bad" } else { "" };
        out.push_str(&format!("<tr><td><code>{}</code></td><td class=\"n {class}\">{}</td></tr>", escape(&page.path), kilo(page.bytes)));
    }
    out.push_str("</tbody></table>");
}

fn held(report: &Report<'_>, out: &mut String) {
    let say = |zh: &str, en: &str| said(zh, en).in_tongue(report.tongue).to_string();
    out.push_str(&format!("<h2>{}</h2>", say("未公开内容", "Records held back")));
    let Some(catalog) = report.catalog.filter(|catalog| !catalog.held.is_empty()) else {
        out.push_str(&format!("<p>{}</p>", say("没有。", "None.")));
        return;
    };
    let heads = [("内容", "Record"), ("标题", "Title"), ("状态", "State"), ("原因或公开时间", "Why, or when it appears"), ("文件", "File")];
    let heads: String = heads.iter().map(|(zh, en)| format!("<th>{}</th>", say(zh, en))).collect();
    out.push_str(&format!("<table><thead><tr>{heads}</tr></thead><tbody>"));
    for item in &catalog.held {
        out.push_str(&format!(
            "<tr><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td><td><code>{}</code></td></tr>",
            escape(&item.id.to_string()),
            escape(&item.title),
            state(item, report.tongue),
            escape(&why(catalog, item, report.tongue)),
            escape(item.file.as_str())
        ));
    }
    out.push_str("</tbody></table>");
}

fn state(item: &HeldBack, tongue: Tongue) -> String {
    let (zh, en) = match item.state.as_str() {
        "draft" => ("草稿", "draft"),
        "in_review" => ("审核中", "in review"),
        "approved" => ("已审定，未发布", "approved"),
        "scheduled" => ("定时发布", "scheduled"),
        "unapproved" => ("未审定", "not approved"),
        "unpublished" => ("已下线", "taken offline"),
        "not_public" => ("不予公开", "not public"),
        other => return escape(other),
    };
    said(zh, en).in_tongue(tongue).to_string()
}

fn why(catalog: &Catalog, item: &HeldBack, tongue: Tongue) -> String {
    if item.state == "unapproved" {
        return catalog.reviews.of(&item.id).map(|review| review.said().in_tongue(tongue).to_string()).unwrap_or_default();
    }
    item.appears.map(|moment| moment.instant.rfc3339(&catalog.site.zone)).unwrap_or_default()
}
