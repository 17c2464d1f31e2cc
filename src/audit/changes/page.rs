//! The change report as a page to be printed and signed. It stays in the office: it is no page of the site.

use super::print::{file, headings, sides, state, title};
use super::{Item, Report};
use crate::diagnostic::{Tongue, said};
use crate::render::escape;
use std::fmt::Write;

/// The style sheet beside the page.
pub const STYLE: &str = "\
@page{size:A4;margin:18mm}
body{font:12pt/1.5 \"Noto Serif CJK SC\",SimSun,serif;color:#111;background:#fff;max-width:60rem;margin:1rem auto;padding:0 1rem}
h1{font-size:1.3em}h2{font-size:1.1em;border-bottom:1px solid #111;margin-top:1.5em}h3{font-size:1em;margin:1em 0 .25em}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #555;padding:.25em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere;white-space:pre-wrap}
thead th{background:#eee}th:first-child{width:24%}td{width:38%}
tr,h2,h3{break-inside:avoid}h2,h3{break-after:avoid}
.small{font-size:.85em;color:#333}
.sign{display:grid;grid-template-columns:1fr 1fr;gap:1.5em 2em;margin-top:2.5em;break-inside:avoid}
.sign p{border-bottom:1px solid #111;margin:0;min-height:2.2em}
@media (max-width:30em){.sign{grid-template-columns:1fr}}
";

/// The whole page; its style stands in `report.css` beside it.
pub fn page(report: &Report, tongue: Tongue) -> String {
    let say = |zh: &str, en: &str| escape(said(zh, en).in_tongue(tongue));
    let lang = if tongue == Tongue::Zh { "zh-CN" } else { "en" };
    let name = say("发布变更单", "Changes to be published");
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{name} - {}</title>\n<link rel=\"stylesheet\" href=\"report.css\">\n</head>\n<body>\n<h1>{name}</h1>\n<p>{}</p>\n",
        escape(&report.site),
        escape(title(report).in_tongue(tongue))
    );
    let counts: Vec<String> =
        headings(report).iter().map(|(heading, items)| format!("{} {}", escape(heading.in_tongue(tongue)), items.len())).collect();
    let files = format!("{} {}", say("图片和附件", "Pictures and attachments"), report.files.len());
    let _ = writeln!(html, "<p>{} · {files}</p>", counts.join(" · "));
    if report.is_empty() {
        let _ = writeln!(html, "<p>{}</p>", say("没有变化。", "Nothing changed."));
    }
    for (heading, items) in headings(report) {
        if !items.is_empty() {
            let _ = writeln!(html, "<h2>{} ({})</h2>", escape(heading.in_tongue(tongue)), items.len());
            items.iter().for_each(|item| self::item(&mut html, item, tongue));
        }
    }
    if !report.files.is_empty() {
        let _ = writeln!(html, "<h2>{}</h2>\n<ul>", say("图片和附件", "Pictures and attachments"));
        for (path, change) in &report.files {
            let _ = writeln!(html, "<li>{} {}</li>", escape(path), escape(file(*change).in_tongue(tongue)));
        }
        html.push_str("</ul>\n");
    }
    let _ = writeln!(
        html,
        "<p class=\"small\">{} {}</p>",
        say("内容摘要码（与网站 build.json 中的 content 相同）：", "Digest of the content, as in build.json of the site:"),
        escape(&report.content)
    );
    html.push_str("<div class=\"sign\">\n");
    for (zh, en) in [("拟稿人", "Drafted by"), ("审核人", "Checked by"), ("签发人", "Signed by"), ("日期", "Date")] {
        let _ = writeln!(html, "<p>{}</p>", say(zh, en));
    }
    html.push_str("</div>\n</body>\n</html>\n");
    html
}

fn item(html: &mut String, item: &Item, tongue: Tongue) {
    let say = |zh: &str, en: &str| escape(said(zh, en).in_tongue(tongue));
    let label = escape(item.label.in_tongue(tongue));
    let _ = writeln!(html, "<h3>{}</h3>\n<p class=\"small\">{label} · {} · /{}", escape(&item.title), item.lang.code(), escape(&item.path));
    if let Some((from, to)) = &item.states {
        let _ = writeln!(html, " · {} → {}", escape(state(from).in_tongue(tongue)), escape(state(to).in_tongue(tongue)));
    }
    html.push_str("</p>\n");
    if item.fields.is_empty() {
        return;
    }
    let _ = writeln!(
        html,
        "<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>",
        say("项目", "Field"),
        say("原来", "Before"),
        say("现在", "Now")
    );
    for change in &item.fields {
        let (from, to) = sides(change);
        let mark = if change.computed { say("（系统计算）", " (computed)") } else { String::new() };
        let label = escape(change.label.in_tongue(tongue));
        let (from, to) = (escape(from.in_tongue(tongue)), escape(to.in_tongue(tongue)));
        let _ = writeln!(html, "<tr><th scope=\"row\">{label}{mark}</th><td>{from}</td><td>{to}</td></tr>");
    }
    html.push_str("</tbody>\n</table>\n");
}
