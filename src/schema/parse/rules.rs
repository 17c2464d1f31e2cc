//! Conditions, orders, rules, computed values and inheritance, as type files and page definitions write them.

use super::Scan;
use crate::diagnostic::messages;
use crate::schema::model::Order;
use crate::schema::rules::{Case, Check, Condition, Conflict, Derive, Inherit, RollUp, RollUpHow, Rule, Test};
use crate::source::{Entry, Node, Shape, Spot};
use crate::value::Decimal;

const TESTS: [&str; 11] = ["above", "at_least", "below", "at_most", "given", "not", "since", "contains", "lacks", "past", "future"];
const RULES: [&str; 9] = ["ordered", "sum_at_most", "sum_between", "conflicts", "agree", "apart", "stages", "answered", "fresh"];
const DERIVES: [&str; 9] = ["ratio", "difference", "days_between", "product", "sum", "reduction", "rest", "workdays", "first_of"];

/// Reads a mapping from path to test.
pub fn conditions(scan: &mut Scan<'_>, node: &Node, word: &str) -> Vec<Condition> {
    let mut list = Vec::new();
    for entry in scan.entries(node, word).unwrap_or_default() {
        for test in tests(scan, &entry.value, &entry.key) {
            list.push(Condition { path: entry.key.clone(), test });
        }
    }
    list
}

/// The tests of one path: a word, words, or a mapping such as `{at_least: 2}`.
fn tests(scan: &mut Scan<'_>, node: &Node, path: &str) -> Vec<Test> {
    match &node.shape {
        Shape::Map(entries) => entries.iter().filter_map(|entry| test(scan, entry)).collect(),
        Shape::Null => {
            scan.wrong(
                node,
                path,
                "一个词、几个词 [a, b]，或 {at_least: 2} 这样的条件",
                "a word, words [a, b], or a test such as {at_least: 2}",
            );
            Vec::new()
        }
        _ => vec![Test::Is(scan.texts(node, path))],
    }
}

fn test(scan: &mut Scan<'_>, entry: &Entry) -> Option<Test> {
    let node = &entry.value;
    Some(match scan.one_of(&entry.key, entry.spot, "条件 test", &TESTS)? {
        0 => Test::Above(scan.number(node, "above")?),
        1 => Test::AtLeast(scan.number(node, "at_least")?),
        2 => Test::Below(scan.number(node, "below")?),
        3 => Test::AtMost(scan.number(node, "at_most")?),
        4 => Test::Given(scan.flag(node, "given")?),
        5 => Test::Not(scan.texts(node, "not")),
        6 => Test::Since(date(scan, node)?),
        7 => Test::Contains(scan.texts(node, "contains")),
        8 => Test::Lacks(scan.texts(node, "lacks")),
        9 => Test::Past(scan.flag(node, "past")?),
        _ => Test::Future(scan.flag(node, "future")?),
    })
}

fn date(scan: &mut Scan<'_>, node: &Node) -> Option<jiff::civil::Date> {
    let day = node.scalar().and_then(|text| text.parse().ok());
    if day.is_none() {
        scan.wrong(node, "since", "一个日期，如 2024-08-01", "a date such as 2024-08-01");
    }
    day
}

/// Reads an order.
pub fn order(scan: &mut Scan<'_>, node: &Node) -> Vec<Order> {
    let words = scan.texts(node, "order");
    let one = |word: String| match word.strip_prefix('-') {
        Some(field) => Order { field: field.to_string(), descending: true },
        None => Order { field: word, descending: false },
    };
    words.into_iter().map(one).collect()
}

/// Reads `rules:` of a type.
pub fn list(scan: &mut Scan<'_>, node: &Node) -> Vec<Rule> {
    let Some(items) = node.list() else {
        scan.wrong(node, "rules", "一个列表，每项一条规则", "a list with one rule per item");
        return Vec::new();
    };
    items.iter().filter_map(|item| rule(scan, item)).collect()
}

fn rule(scan: &mut Scan<'_>, node: &Node) -> Option<Rule> {
    let allowed: Vec<&str> = RULES.into_iter().chain(["group", "warn"]).collect();
    scan.known(node, &allowed, "rules");
    let Some((word, value)) = RULES.iter().find_map(|word| Some((*word, node.get(word)?))) else {
        scan.needed(node, "rules", "ordered", "- ordered: [published_at, updated_at]");
        return None;
    };
    let path = |scan: &mut Scan<'_>, word: &str, key: &str, example: &str| {
        scan.needed(value, word, key, example).and_then(|node| scan.text(node, key))
    };
    let days = |scan: &mut Scan<'_>, key: &str| value.get(key).and_then(|node| scan.whole(node, key));
    let flag = |scan: &mut Scan<'_>, key: &str| value.get(key).and_then(|node| scan.flag(node, key)).unwrap_or(false);
    let when = |scan: &mut Scan<'_>| value.get("where").map(|node| conditions(scan, node, "where")).unwrap_or_default();
    let check = match word {
        "ordered" => Check::Ordered { fields: scan.texts(value, word) },
        "sum_at_most" => {
            scan.known(value, &["of", "where", "field", "slack"], word);
            Check::SumAtMost {
                of: scan.needed(value, word, "of", "of: spaces.area_m2").map(|node| scan.texts(node, "of"))?,
                when: when(scan),
                field: path(scan, word, "field", "field: gross_area_m2")?,
                slack: slack(scan, value),
            }
        }
        "sum_between" => {
            scan.known(value, &["of", "min", "max"], word);
            Check::SumBetween {
                of: path(scan, word, "of", "of: shares.percent")?,
                min: scan.needed(value, word, "min", "min: 99.5").and_then(|node| scan.number(node, "min"))?,
                max: scan.needed(value, word, "max", "max: 100.5").and_then(|node| scan.number(node, "max"))?,
            }
        }
        "agree" => {
            scan.known(value, &["field", "other", "slack"], word);
            Check::Agree {
                field: path(scan, word, "field", "field: total_m2")?,
                other: path(scan, word, "other", "other: listed_m2")?,
                slack: slack(scan, value),
            }
        }
        "apart" => {
            scan.known(value, &["from", "to", "min", "max", "work"], word);
            let (min, max, work) = (days(scan, "min"), days(scan, "max"), flag(scan, "work"));
            if min.is_none() && max.is_none() {
                scan.needed(value, word, "max", "max: 30");
                return None;
            }
            Check::Apart { from: path(scan, word, "from", "from: opens")?, to: path(scan, word, "to", "to: closes")?, min, max, work }
        }
        "stages" => {
            scan.known(value, &["of", "dates"], word);
            Check::Stages { of: path(scan, word, "of", "of: stage")?, dates: path(scan, word, "dates", "dates: stage_dates")? }
        }
        "answered" => {
            scan.known(value, &["by", "from", "days", "work", "where"], word);
            scan.needed(value, word, "days", "days: 30")?;
            Check::Answered {
                by: path(scan, word, "by", "by: answers")?,
                from: path(scan, word, "from", "from: published_at")?,
                days: days(scan, "days")?,
                work: flag(scan, "work"),
                when: when(scan),
            }
        }
        "fresh" => {
            scan.known(value, &["field", "days", "where"], word);
            scan.needed(value, word, "days", "days: 365")?;
            Check::Fresh { field: path(scan, word, "field", "field: reviewed_on")?, days: days(scan, "days")?, when: when(scan) }
        }
        _ => Check::Conflicts(conflicts(scan, value)),
    };
    // What depends on the clock or on other records warns: a build must not fail because a day passed.
    let always = matches!(check, Check::Agree { .. } | Check::Answered { .. } | Check::Fresh { .. });
    let warn = node.get("warn").and_then(|node| scan.flag(node, "warn")).unwrap_or(always);
    let group = node.get("group").and_then(|node| scan.text(node, "group"));
    let place = scan.place(node.spot, "rules");
    Some(Rule { place, group, check, warn })
}

fn slack(scan: &mut Scan<'_>, node: &Node) -> Decimal {
    node.get("slack").and_then(|node| scan.number(node, "slack")).unwrap_or_default()
}

fn conflicts(scan: &mut Scan<'_>, node: &Node) -> Vec<Conflict> {
    let items = node.list().unwrap_or(std::slice::from_ref(node));
    let mut pairs = Vec::new();
    for item in items {
        scan.known(item, &["when", "not", "because"], "conflicts");
        let when = item.get("when").map(|node| conditions(scan, node, "when")).unwrap_or_default();
        let not = scan.needed(item, "conflicts", "not", "not: {storeys: {above: 1}}").map(|node| conditions(scan, node, "not"));
        let because =
            scan.needed(item, "conflicts", "because", "because: {zh: 原因, en: the reason}").map(|node| scan.said(node, "because"));
        if let (Some(not), Some(because)) = (not, because) {
            pairs.push(Conflict { when, not, because });
        }
    }
    pairs
}

/// Reads `derive:`, a mapping with one entry.
pub fn derive(scan: &mut Scan<'_>, node: &Node) -> Option<Derive> {
    let (entry, index) = single(scan, node, "derive", &DERIVES)?;
    if index == 8 {
        return cases(scan, &entry.value).map(Derive::FirstOf);
    }
    let operands = scan.texts(&entry.value, &entry.key);
    match (index, operands.as_slice()) {
        (0, [a, b]) => Some(Derive::Ratio(a.clone(), b.clone())),
        (1, [a, b]) => Some(Derive::Difference(a.clone(), b.clone())),
        (2, [a, b]) => Some(Derive::DaysBetween(a.clone(), b.clone())),
        (3, [_, _, ..]) => Some(Derive::Product(operands)),
        (4, [_, _, ..]) => Some(Derive::Sum(operands)),
        (5, [a, b]) => Some(Derive::Reduction(a.clone(), b.clone())),
        (6, [a]) => Some(Derive::Rest(a.clone())),
        (7, [a, b]) => Some(Derive::Workdays(a.clone(), b.clone())),
        _ => {
            scan.wrong(
                &entry.value,
                &entry.key,
                "两个字段，如 [gross_area_m2, site_area_m2]（rest 只要一个）",
                "two fields, as in [gross_area_m2, site_area_m2] (rest takes one)",
            );
            None
        }
    }
}

/// Reads `first_of:`, a list of `{when: …, is: word}` whose last may have no `when`.
fn cases(scan: &mut Scan<'_>, node: &Node) -> Option<Vec<Case>> {
    let mut list = Vec::new();
    for item in node.list().unwrap_or_default() {
        scan.known(item, &["when", "is"], "first_of");
        let when = item.get("when").map(|node| conditions(scan, node, "when")).unwrap_or_default();
        let is = scan.needed(item, "first_of", "is", "is: open").and_then(|node| scan.text(node, "is"))?;
        list.push(Case { when, is });
    }
    if list.is_empty() {
        scan.wrong(node, "first_of", "一个列表，每项 {when: 条件, is: 选项}", "a list of {when: conditions, is: choice}");
        return None;
    }
    Some(list)
}

/// The one entry of a mapping whose key is among some words; other words than those are noted.
fn single<'n>(scan: &mut Scan<'_>, node: &'n Node, word: &str, allowed: &[&str]) -> Option<(&'n Entry, usize)> {
    match scan.entries(node, word)? {
        [entry] => Some((entry, scan.one_of(&entry.key, entry.spot, word, allowed)?)),
        _ => {
            scan.wrong(node, word, &format!("其中一个：{}", allowed.join("、")), &format!("one of {}", allowed.join(", ")));
            None
        }
    }
}

/// Reads `roll_up:`.
pub fn roll_up(scan: &mut Scan<'_>, node: &Node) -> Option<RollUp> {
    const HOWS: [(&str, RollUpHow); 4] =
        [("count", RollUpHow::Count), ("sum", RollUpHow::Sum), ("min", RollUpHow::Min), ("max", RollUpHow::Max)];
    scan.known(node, &["count", "sum", "min", "max", "over", "where"], "roll_up");
    let Some((word, how, value)) = HOWS.iter().find_map(|(word, how)| Some((*word, *how, node.get(word)?))) else {
        scan.needed(node, "roll_up", "count", "roll_up: {count: true, over: workshops}");
        return None;
    };
    let of = scan.text(value, word).filter(|of| of != "true");
    let over = node.get("over").and_then(|node| scan.text(node, "over"));
    if of.is_none() && (how != RollUpHow::Count || over.is_none()) {
        scan.wrong(value, word, "要统计的字段，如 spaces.area_m2", "the field to work on, such as spaces.area_m2");
        return None;
    }
    Some(RollUp { how, over, of, when: node.get("where").map(|node| conditions(scan, node, "where")).unwrap_or_default() })
}

/// Reads `inherit:`: a path, or `{by: floor, "1": ground.height, else: upper.height}`.
pub fn inherit(scan: &mut Scan<'_>, node: &Node) -> Option<Inherit> {
    if !matches!(node.shape, Shape::Map(_)) {
        return scan.text(node, "inherit").map(Inherit::From);
    }
    let field = scan.needed(node, "inherit", "by", "by: floor").and_then(|node| scan.text(node, "by"));
    let (mut cases, mut otherwise) = (Vec::new(), None);
    for entry in node.map().unwrap_or_default() {
        match entry.key.as_str() {
            "by" => {}
            "else" => otherwise = scan.text(&entry.value, "else"),
            case => cases.extend(scan.text(&entry.value, case).map(|path| (case.to_string(), path))),
        }
    }
    if cases.is_empty() && otherwise.is_none() {
        missing_case(scan, node.spot);
        return None;
    }
    Some(Inherit::By { field: field?, cases, otherwise })
}

fn missing_case(scan: &mut Scan<'_>, spot: Spot) {
    let place = scan.place(spot, "inherit");
    scan.note(messages::schema::attribute_missing(place, "inherit", "else", "else: upper.height"));
}
