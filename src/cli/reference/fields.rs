//! Fields → tables: how each is written, what is demanded of it, where it shows.

use super::rules::conditions;
use super::{code, pick, plain, table};
use crate::diagnostic::Tongue;
use crate::schema::{Field, Privacy, Show, Type};
use crate::value::{Kind, Lang};

/// Whose fields are shown, and in which language.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// The type, where paths in conditions are sought.
    pub of: &'a Type,
    /// The language.
    pub tongue: Tongue,
    /// The way from the page to the folder of types, for links to other types; none where they have no pages.
    pub types: Option<&'a str>,
}

/// The table of some fields, and behind it a section for each group of fields.
pub fn tables(fields: &[&Field], about: About<'_>, level: usize, path: &str) -> String {
    let tongue = about.tongue;
    let rows: Vec<Vec<String>> = fields.iter().map(|field| row(field, about, path)).collect();
    let heads = [
        pick(tongue, "字段", "Field"),
        pick(tongue, "写法", "How it is written"),
        pick(tongue, "要求", "Demands"),
        pick(tongue, "说明", "Remarks"),
    ];
    let mut text = table(&heads, &rows);
    for field in fields.iter().filter(|field| field.kind == Kind::Group) {
        let inner: Vec<&Field> = field.fields.iter().collect();
        let deeper = format!("{path}{}", field.key);
        let marks = "#".repeat(level.min(6));
        text.push_str(&format!(
            "\n{marks} {} {} {{#{}}}\n\n",
            plain(field.label.in_tongue(tongue)),
            plain(&deeper),
            deeper.replace(['.', '_'], "-")
        ));
        text.push_str(&tables(&inner, about, level + 1, &format!("{deeper}.")));
    }
    text
}

fn row(field: &Field, about: About<'_>, path: &str) -> Vec<String> {
    let tongue = about.tongue;
    let mut name = format!("**{}** {}", plain(field.label.in_tongue(tongue)), code(&field.key));
    let mut also: Vec<&str> = field.also.iter().map(String::as_str).collect();
    if tongue == Tongue::En {
        also.insert(0, &field.label.zh);
    }
    if !also.is_empty() {
        let also: Vec<String> = also.into_iter().map(plain).collect();
        name.push_str(&format!("{}{}", pick(tongue, "，也可写 ", ", also "), also.join(pick(tongue, "、", ", "))));
    }
    vec![name, how(field, about, path), demands(field, about), remarks(field, tongue)]
}

/// How a value is written.
fn how(field: &Field, about: About<'_>, path: &str) -> String {
    let tongue = about.tongue;
    let say = |zh: &str, en: &str| pick(tongue, zh, en).to_string();
    let unit = plain(&field.kind.unit_label(if tongue == Tongue::Zh { Lang::Zh } else { Lang::En }));
    let choices = |list: &[crate::value::kind::Choice]| {
        let one = |choice: &crate::value::kind::Choice| format!("{}（{}）", plain(choice.label.in_tongue(tongue)), code(&choice.key));
        list.iter().map(one).collect::<Vec<_>>().join(pick(tongue, "、", ", "))
    };
    let one = match &field.kind {
        Kind::Text => say("一行文字", "a line of text"),
        Kind::Markdown => say("可分段的文字（Markdown）", "prose (Markdown)"),
        Kind::Integer => say("整数", "a whole number"),
        Kind::Decimal => say("数", "a number"),
        Kind::Percent => say("百分数，如 12.5%", "a percentage, such as 12.5%"),
        Kind::Quantity(_) => format!("{} {unit}", say("数和单位，换算成", "a number with its unit, converted to")),
        Kind::Money(_) => format!("{} {unit}", say("金额，换算成", "an amount, converted to")),
        Kind::Choice(list) => format!("{}{}", say("选一：", "one of: "), choices(list)),
        Kind::Flag => say("是、否", "yes, no"),
        Kind::Date => say("日期，如 2026-03-05", "a day, such as 2026-03-05"),
        Kind::Month => say("年月，如 2026-03", "a month, such as 2026-03"),
        Kind::DateTime => say("日期和时间，如 2026-03-05 09:30", "a day and a time, such as 2026-03-05 09:30"),
        Kind::Range(_) => format!("{} {unit}", say("区间，如 3-10", "from and to, such as 3-10")).trim_end().to_string(),
        Kind::Dates(list) => format!("{}{}", say("每个阶段一个日期：", "a day for each of: "), choices(list)),
        Kind::Link { to, or_text, .. } => {
            let name = |of: &String| match about.types {
                Some(way) => format!("[{}]({way}{of}.md)", code(of)),
                None => code(of),
            };
            let to = to.iter().map(name).collect::<Vec<_>>().join(pick(tongue, "、", ", "));
            let text = if *or_text { say("；没有的可以写文字", "; or a text, where there is none") } else { String::new() };
            format!("{}{to}{text}", say("另一条内容的编号：", "the id of another record: "))
        }
        Kind::Image => say("图片：`{src: 文件, alt: 图上是什么}`", "a picture: `{src: FILE, alt: what it shows}`"),
        Kind::File => say("附件：`{src: 文件}`", "a file: `{src: FILE}`"),
        Kind::Url => say("网址，以 https:// 开头", "an address that begins with https://"),
        Kind::Phone => say("电话", "a telephone number"),
        Kind::Email => say("邮箱", "an e-mail address"),
        Kind::Code(_) => say("编码", "a code"),
        Kind::Colour => say("颜色，加引号，如 \"#0b4f7d\"", "a colour in quotes, such as \"#0b4f7d\""),
        Kind::Place => say("经纬度", "longitude and latitude"),
        Kind::Group => {
            let anchor = format!("{path}{}", field.key).replace(['.', '_'], "-");
            format!("[{}](#{anchor})", say("一组字段", "fields of its own"))
        }
    };
    let text = if field.many { format!("{}{one}", say("列表，每项：", "a list of: ")) } else { one };
    format!("{text}{}", field.pattern.as_ref().map(|pattern| format!(" {}", code(pattern))).unwrap_or_default())
}

/// Whether it must be given, how large it may be, who may see it.
fn demands(field: &Field, about: About<'_>) -> String {
    let tongue = about.tongue;
    let mut list: Vec<String> = Vec::new();
    let mut say = |zh: String, en: String| list.push(if tongue == Tongue::Zh { zh } else { en });
    if field.required {
        say("**必填**".into(), "**required**".into());
    }
    for when in &field.required_when {
        let when = spaced(conditions(when, about.of, tongue));
        say(format!("{when}时必填"), format!("required where {}", when.trim_end()));
    }
    for (profile, _) in &field.required_in {
        say(format!("网站性质为 `{profile}` 时必填"), format!("required in profile `{profile}`"));
    }
    if field.expected {
        say("应填".into(), "expected".into());
    }
    for when in &field.expected_when {
        let when = spaced(conditions(when, about.of, tongue));
        say(format!("{when}时应填"), format!("expected where {}", when.trim_end()));
    }
    let bounds = &field.bounds;
    let characters = if matches!(field.kind, Kind::Text | Kind::Markdown) { (" 字", " characters") } else { ("", "") };
    if let Some(min) = bounds.min {
        say(format!("至少 {min}{}", characters.0), format!("at least {min}{}", characters.1));
    }
    if let Some(max) = bounds.max {
        say(format!("至多 {max}{}", characters.0), format!("at most {max}{}", characters.1));
    }
    if let Some(least) = bounds.least {
        say(format!("至少 {least} 项"), format!("at least {least} items"));
    }
    if let Some(most) = bounds.most {
        say(format!("至多 {most} 项"), format!("at most {most} items"));
    }
    if field.is_computed() {
        say("自动计算，不能填写".into(), "computed, never written".into());
    }
    match &field.privacy {
        Privacy::Public => {}
        Privacy::Private => say("**不公开**".into(), "**private**".into()),
        Privacy::PublicWhen(when) => {
            let when = spaced(conditions(when, about.of, tongue));
            say(format!("{when}时才公开"), format!("private unless {}", when.trim_end()));
        }
        Privacy::PublicWithin(path) => {
            say(format!("`{path}` 列出本字段时才公开"), format!("private unless `{path}` names it"));
        }
    }
    list.join(pick(tongue, "；", "; "))
}

/// Between a digit and a Chinese word stands a space.
fn spaced(text: String) -> String {
    if text.ends_with(|c: char| c.is_ascii_digit()) { text + " " } else { text }
}

/// What it is for, an example, and where it shows besides the page of the record.
fn remarks(field: &Field, tongue: Tongue) -> String {
    let mut list: Vec<String> = field.hint.iter().map(|hint| plain(hint.in_tongue(tongue).trim_end_matches(['。', '.']))).collect();
    if let Some(example) = &field.example {
        list.push(format!("{}{}", pick(tongue, "例：", "example: "), code(example)));
    }
    let shows = [
        (Show::Card, "列表", "lists"),
        (Show::Filter, "筛选", "filters"),
        (Show::Compare, "对比", "the comparison"),
        (Show::Search, "搜索", "the search"),
    ];
    let places: Vec<&str> = shows.iter().filter(|(show, ..)| field.shows(*show)).map(|(_, zh, en)| pick(tongue, zh, en)).collect();
    if !places.is_empty() {
        list.push(format!("{}{}", pick(tongue, "也用于", "also in "), places.join(pick(tongue, "、", ", "))));
    }
    list.join(pick(tongue, "；", "; "))
}
