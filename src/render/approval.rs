//! The approval sheet of a record: one A4 page for signatures in ink, with the digest of what is signed as text and code.
//!
//! A file for the desk, not a part of the site: its styles stand in it, and nothing of it is published.

pub use super::document::escape;
use super::qr;
use super::views::facts::Reader;
use crate::diagnostic::SitePath;
use crate::read::ledger::{Sign, Stage};
use crate::resolve::review::Review;
use crate::resolve::{Catalog, Entry};
use crate::schema::Role;
use crate::value::Kind;

/// What the sheet shows of a record.
pub struct Subject<'a> {
    /// The name of the site.
    pub site: &'a str,
    /// What its type is called.
    pub kind: &'a str,
    /// `type/id`.
    pub record: &'a str,
    /// The title.
    pub title: &'a str,
    /// Rows of facts: what, and how it reads.
    pub facts: Vec<(String, String)>,
    /// The prose, a paragraph a line; empty where it has none.
    pub text: &'a str,
    /// The files it consists of.
    pub files: Vec<SitePath>,
    /// When the sheet was made.
    pub made: &'a str,
}

const STYLE: &str = "@page{size:A4;margin:16mm}body{font:10.5pt/1.6 'Noto Serif CJK SC','Songti SC',SimSun,serif;max-width:178mm;margin:0 auto;padding:8px;color:#000}h1{font-size:20pt;text-align:center;letter-spacing:.2em;margin:.2em 0 .6em}table{width:100%;border-collapse:collapse;margin:0 0 4mm}th,td{border:1px solid #000;padding:1.5mm 2mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{width:26mm;font-weight:normal;background:#f2f2f2}.sign td{height:15mm}.sign td:nth-child(2){width:52mm}.sign td:nth-child(4){width:24mm}.sign th,.sign thead td{width:auto;white-space:nowrap}.digest{font-family:monospace;font-size:9pt}.code{width:34mm;float:right;margin:0 0 2mm 4mm}.code svg{width:34mm;display:block}.text p{margin:.3em 0;text-indent:2em}.note{font-size:9pt}thead{display:table-header-group}tr{break-inside:avoid}";

/// What each level looks at.
const DUTIES: [&str; 4] = [
    "政治表述、错漏字、人名地名、数据单位、图片来源",
    "规范性、严肃性、准确性，栏目和时间",
    "准确性、安全性，同意发布",
    "不含国家秘密、工作秘密、商业秘密和个人隐私",
];

/// The single values of a record as readers will see them; groups stand in its file.
pub fn facts(catalog: &Catalog, entry: &Entry) -> Vec<(String, String)> {
    let reader = Reader { catalog, lang: entry.lang };
    let own = [Role::Title, Role::State, Role::Sample, Role::Body, Role::Cover];
    let fields = catalog
        .type_of(entry)
        .fields
        .iter()
        .filter(|field| field.kind != Kind::Group && !field.role.is_some_and(|role| own.contains(&role)));
    fields
        .filter_map(|field| {
            let fact = reader.fact(field, entry.fields.get(&field.key)?, &field.key)?;
            let text: Vec<&str> = fact.pieces.iter().map(|piece| piece.text.as_str()).collect();
            Some((fact.label, text.join("、")))
        })
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// The sheet as one HTML file.
pub fn sheet(subject: &Subject<'_>, review: &Review) -> String {
    let row = |name: &str, value: &str| format!("<tr><th>{}</th><td>{}</td></tr>", escape(name), escape(value));
    let code = qr::code(&format!("parkpress {} sha256 {}", subject.record, review.digest)).map_or_else(String::new, |code| {
        let size = code.size;
        format!(
            "<div class=\"code\"><svg viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"校验值二维码\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{}\"/></svg></div>",
            code.path
        )
    });
    let digest: Vec<String> = review.digest.as_bytes().chunks(8).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
    let mut facts: String =
        [("标题", subject.title), ("内容类型", subject.kind), ("编号", subject.record)].map(|(name, value)| row(name, value)).concat();
    facts.extend(subject.facts.iter().map(|(name, value)| row(name, value)));
    let files: Vec<&str> = subject.files.iter().map(SitePath::as_str).collect();
    facts.push_str(&row("文件", &files.join("、")));
    let signs: String = Stage::ALL.into_iter().map(|stage| sign(stage, review.signed[stage as usize].as_ref())).collect();
    let text: String = subject.text.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("<p>{}</p>", escape(line))).collect();
    let text = if text.is_empty() { String::new() } else { format!("<h2>正文</h2><div class=\"text\">{text}</div>") };
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"generator\" content=\"parkpress review sheet\"><title>发布审批单 {title}</title><style>{STYLE}</style></head><body><h1>信息发布审批单</h1>{code}<p>{site}</p><table>{facts}</table><table class=\"sign\"><thead><tr><th>环节</th><th>审核内容</th><th>意见、签名</th><th>日期</th></tr></thead>{signs}</table><p class=\"note\">内容校验值（SHA-256）：<span class=\"digest\">{digest}</span></p><p class=\"note\">校验值由字段、正文和所用图片附件算出，内容改动后不同；签名前用 parkpress review status {record} 核对。台账里的姓名由经办人申报，系统不验证身份，以本单手写签名为准。</p><p class=\"note\">打印时间：{made}</p>{text}</body></html>\n",
        title = escape(subject.title),
        site = escape(subject.site),
        digest = digest.join(" "),
        record = escape(subject.record),
        made = escape(&subject.made.replace('T', " ").chars().take(16).collect::<String>()),
    )
}

fn sign(stage: Stage, signed: Option<&Sign>) -> String {
    let (by, at) = signed.map_or((String::new(), String::new()), |sign| {
        let note = sign.note.as_deref().map(|note| format!("<br>{}", escape(note))).unwrap_or_default();
        (format!("台账：{}{note}", escape(&sign.by)), escape(sign.at.split('T').next().unwrap_or_default()))
    });
    format!("<tr><th>{}</th><td>{}</td><td>{by}</td><td>{at}</td></tr>", stage.said().0, DUTIES[stage as usize])
}
