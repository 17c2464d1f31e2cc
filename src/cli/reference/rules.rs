//! Rules and conditions → sentences.

use super::{pick, plain};
use crate::diagnostic::Tongue;
use crate::schema::Type;
use crate::schema::rules::{Check, Condition, Rule, Test};
use crate::value::Kind;

/// What a path is called.
fn name(path: &str, group: Option<&str>, of: &Type, tongue: Tongue) -> String {
    let inner = group.and_then(|group| of.field_at(&format!("{group}.{path}")));
    let field = inner.or_else(|| of.field_at(path));
    field.map_or_else(|| format!("`{path}`"), |field| format!("“{}”", plain(field.label.in_tongue(tongue))))
}

/// What conditions that must all hold say.
pub fn conditions(list: &[Condition], of: &Type, tongue: Tongue) -> String {
    list.iter().map(|one| condition(one, None, of, tongue)).collect::<Vec<_>>().join(pick(tongue, "且", " and "))
}

fn condition(one: &Condition, group: Option<&str>, of: &Type, tongue: Tongue) -> String {
    let field = group.and_then(|group| of.field_at(&format!("{group}.{}", one.path))).or_else(|| of.field_at(&one.path));
    let word = |key: &String| match field.map(|field| &field.kind) {
        Some(Kind::Choice(list)) => {
            list.iter().find(|choice| choice.key == *key).map_or(key.clone(), |choice| choice.label.in_tongue(tongue).to_string())
        }
        Some(Kind::Flag) => pick(tongue, if key == "true" { "是" } else { "否" }, if key == "true" { "yes" } else { "no" }).to_string(),
        _ => key.clone(),
    };
    let words = |list: &[String]| plain(&list.iter().map(word).collect::<Vec<_>>().join(pick(tongue, "或", " or ")));
    let (zh, en) = match &one.test {
        Test::Is(list) => (format!("为{}", words(list)), format!("is {}", words(list))),
        Test::Not(list) => (format!("不为{}", words(list)), format!("is not {}", words(list))),
        Test::Given(true) => ("已填".into(), "is given".into()),
        Test::Given(false) => ("未填".into(), "is not given".into()),
        Test::Above(limit) => (format!("大于 {limit}"), format!("is above {limit}")),
        Test::AtLeast(limit) => (format!("不小于 {limit}"), format!("is at least {limit}")),
        Test::Below(limit) => (format!("小于 {limit}"), format!("is below {limit}")),
        Test::AtMost(limit) => (format!("不大于 {limit}"), format!("is at most {limit}")),
        Test::Since(day) => (format!("不早于 {day}"), format!("is not before {day}")),
        Test::Contains(list) => (format!("含有{}", words(list)), format!("contains {}", words(list))),
        Test::Lacks(list) => (format!("不含{}", words(list)), format!("does not contain {}", words(list))),
        Test::Past(yes) => (if *yes { "已过" } else { "未过" }.into(), if *yes { "is over" } else { "is not over" }.into()),
        Test::Future(yes) => (if *yes { "未到" } else { "已到" }.into(), if *yes { "is to come" } else { "has come" }.into()),
    };
    let name = name(&one.path, group, of, tongue);
    if tongue == Tongue::Zh { format!("{name}{zh}") } else { format!("{name} {en}") }
}

/// What a rule says.
pub fn sentence(rule: &Rule, of: &Type, tongue: Tongue) -> String {
    let group = rule.group.as_deref();
    let name = |path: &String| name(path, group, of, tongue);
    let all =
        |list: &[Condition]| list.iter().map(|one| condition(one, group, of, tongue)).collect::<Vec<_>>().join(pick(tongue, "且", " and "));
    let when = |list: &[Condition]| match (list.is_empty(), tongue) {
        (true, _) => String::new(),
        (_, Tongue::Zh) => format!("（只算{}的）", all(list)),
        (_, Tongue::En) => format!(" (only where {})", all(list)),
    };
    let days = |work: bool| if work { ("个工作日", "working days") } else { ("天", "days") };
    let (zh, en) = match &rule.check {
        Check::AtMost { field, other, .. } => {
            (format!("{}不大于{}", name(field), name(other)), format!("{} is at most {}", name(field), name(other)))
        }
        Check::After { field, other } => {
            (format!("{}不早于{}", name(field), name(other)), format!("{} is not before {}", name(field), name(other)))
        }
        Check::Ordered { fields } => {
            let list: Vec<String> = fields.iter().map(name).collect();
            (format!("{}依次不减", list.join("、")), format!("{} do not decrease", list.join(", ")))
        }
        Check::SumAtMost { of: parts, when: only, field, .. } => {
            let list: Vec<String> = parts.iter().map(name).collect();
            (
                format!("{}合计{}不大于{}", list.join("、"), when(only), name(field)),
                format!("the sum of {}{} is at most {}", list.join(", "), when(only), name(field)),
            )
        }
        Check::SumBetween { of: part, min, max } => {
            (format!("{}合计在 {min} 与 {max} 之间", name(part)), format!("the sum of {} lies between {min} and {max}", name(part)))
        }
        Check::Conflicts(pairs) => {
            let reasons: Vec<&str> = pairs.iter().map(|pair| pair.because.in_tongue(tongue).trim_end_matches(['。', '.'])).collect();
            (plain(&reasons.join("；")), plain(&reasons.join("; ")))
        }
        Check::Agree { field, other, slack } => (
            format!("{}与{}相差不超过 {slack}%", name(field), name(other)),
            format!("{} and {} differ by at most {slack}%", name(field), name(other)),
        ),
        Check::Apart { from, to, min, max, work } => {
            let (zh, en) = days(*work);
            let least = min.map(|min| (format!("至少 {min} {zh}"), format!("at least {min} {en}")));
            let most = max.map(|max| (format!("至多 {max} {zh}"), format!("at most {max} {en}")));
            let (zh, en): (Vec<String>, Vec<String>) = least.into_iter().chain(most).unzip();
            (
                format!("{}到{}{}", name(from), name(to), zh.join("、")),
                format!("from {} to {} pass {}", name(from), name(to), en.join(", ")),
            )
        }
        Check::Stages { of: stage, dates } => (
            format!("{}在{}里有日期，其后的阶段没有", name(stage), name(dates)),
            format!("{} has its day in {}, and no later stage has", name(stage), name(dates)),
        ),
        Check::Answered { from, days: number, work, when: only, .. } => {
            let (zh, en) = days(*work);
            (
                format!("{}之后 {number} {zh}内有对应的内容{}", name(from), when(only)),
                format!("within {number} {en} of {} another record answers it{}", name(from), when(only)),
            )
        }
        Check::Fresh { field, days: number, when: only } => (
            format!("{}不早于 {number} 天前{}", name(field), when(only)),
            format!("{} is not older than {number} days{}", name(field), when(only)),
        ),
    };
    let mild = if rule.warn { pick(tongue, "（只提醒）", " (a warning)") } else { "" };
    let inside = rule.group.as_ref().map(name).map(|group| match tongue {
        Tongue::Zh => format!("每项{group}："),
        Tongue::En => format!("each of {group}: "),
    });
    format!("{}{}{mild}", inside.unwrap_or_default(), if tongue == Tongue::Zh { zh } else { en })
}
