//! One field of a type file → [`Field`], and the rules that stand on it.

use super::{Scan, chart, kind, rules, scan::one_line};
use crate::diagnostic::messages;
use crate::schema::model::{Bounds, Field, Privacy, Role, Show};
use crate::schema::rules::{Check, Rule};
use crate::source::{Entry, Node, Shape};
use crate::value::{Decimal, Kind};

/// Every attribute of a field.
pub const ATTRIBUTES: [&str; 40] = [
    "kind",
    "unit",
    "of",
    "to",
    "back",
    "or_text",
    "pattern",
    "check",
    "label",
    "also",
    "hint",
    "role",
    "required",
    "required_when",
    "required_in",
    "expected",
    "expected_when",
    "many",
    "show",
    "section",
    "private",
    "public_when",
    "public_within",
    "min",
    "max",
    "sane",
    "bands",
    "at_most",
    "after",
    "agrees",
    "example",
    "inherit",
    "derive",
    "roll_up",
    "fields",
    "key",
    "chart",
    "until",
    "least",
    "most",
];

/// `least` and `most` stand inside `many:`, not beside it.
const BESIDE: usize = 38;

const ROLES: [Role; 37] = [
    Role::Title,
    Role::Summary,
    Role::Body,
    Role::Date,
    Role::Updated,
    Role::Expires,
    Role::Verified,
    Role::Status,
    Role::Parent,
    Role::Place,
    Role::Cover,
    Role::Keywords,
    Role::Source,
    Role::Author,
    Role::Contact,
    Role::Price,
    Role::Size,
    Role::State,
    Role::PublishAt,
    Role::UnpublishAt,
    Role::Sample,
    Role::Redirects,
    Role::Corrections,
    Role::Withdrawal,
    Role::Openness,
    Role::Archives,
    Role::Figures,
    Role::Fairness,
    Role::Silence,
    Role::Only,
    Role::Within,
    Role::HideEmpty,
    Role::Folder,
    Role::ColumnType,
    Role::Purpose,
    Role::Issuer,
    Role::Dated,
];

const SHOWS: [(&str, Show); 7] = [
    ("facts", Show::Facts),
    ("card", Show::Card),
    ("filter", Show::Filter),
    ("compare", Show::Compare),
    ("search", Show::Search),
    ("prose", Show::Prose),
    ("nowhere", Show::Nowhere),
];

/// The word for a role in a type file: `PublishAt` is `publish_at`.
pub fn role_word(role: Role) -> String {
    let mut word = String::new();
    for c in format!("{role:?}").chars() {
        if c.is_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.push(c.to_ascii_lowercase());
    }
    word
}

/// Reads the fields of a type or group. Rules that stand on fields are added to `rules`.
pub fn list(scan: &mut Scan<'_>, node: &Node, prefix: &str, rules: &mut Vec<Rule>) -> Vec<Field> {
    let Some(entries) = scan.entries(node, "fields") else { return Vec::new() };
    entries.iter().filter_map(|entry| field(scan, entry, prefix, rules)).collect()
}

/// Reads one field. `prefix` is the dotted path of the group around it.
pub fn field(scan: &mut Scan<'_>, entry: &Entry, prefix: &str, rules: &mut Vec<Rule>) -> Option<Field> {
    let around = std::mem::take(&mut scan.at);
    scan.at = if around.is_empty() { format!("fields.{}", entry.key) } else { format!("{around}.fields.{}", entry.key) };
    let field = inner(scan, entry, prefix, rules);
    scan.at = around;
    field
}

fn inner(scan: &mut Scan<'_>, entry: &Entry, prefix: &str, rules: &mut Vec<Rule>) -> Option<Field> {
    let (key, node) = (entry.key.as_str(), &entry.value);
    if !scan.plain_key(key, entry.spot) {
        return None;
    }
    scan.known(node, &ATTRIBUTES[..BESIDE], key);
    let kind = kind::kind(scan, node, key);
    let label = scan.needed(node, key, "label", "label: {zh: 名称, en: Name}").map(|node| scan.said(node, "label"));
    let path = if prefix.is_empty() { key.to_string() } else { format!("{prefix}.{key}") };
    let fields = match (&kind, node.get("fields")) {
        (Some(Kind::Group), Some(listed)) => list(scan, listed, &path, rules),
        (Some(Kind::Group), None) => {
            scan.needed(node, key, "fields", "fields: {name: {kind: text, label: {zh: 名称, en: Name}}}");
            Vec::new()
        }
        _ => Vec::new(),
    };
    let (many, least, most) = node.get("many").map_or((false, None, None), |node| many(scan, node));
    let kind = kind?;
    let bounds = bounds(scan, node, &kind, least, most);
    let pattern = node.get("pattern").and_then(|node| scan.text(node, "pattern").inspect(|text| super::check_pattern(scan, node, text)));
    let privacy = privacy(scan, node, key);
    let place = entry.spot.at(scan.file).in_field(scan.at.clone());
    crossing(scan, node, &path, rules);
    Some(Field {
        key: key.into(),
        label: label?,
        also: node.get("also").map(|node| scan.texts(node, "also")).unwrap_or_default(),
        hint: node.get("hint").map(|node| scan.said(node, "hint")),
        role: node.get("role").and_then(|node| role(scan, node)),
        many,
        required: node.get("required").and_then(|node| scan.flag(node, "required")).unwrap_or(false),
        required_when: node.get("required_when").map(|node| alternatives(scan, node)).unwrap_or_default(),
        required_in: node.get("required_in").map(|node| scan.words(node, "required_in")).unwrap_or_default(),
        expected: node.get("expected").and_then(|node| scan.flag(node, "expected")).unwrap_or(false),
        expected_when: node.get("expected_when").map(|node| alternatives(scan, node)).unwrap_or_default(),
        show: match (node.get("show"), &privacy) {
            (Some(node), _) => shows(scan, node),
            (None, Privacy::Private) => Vec::new(),
            (None, _) if kind == Kind::Markdown => vec![Show::Prose],
            (None, _) => vec![Show::Facts],
        },
        section: node.get("section").and_then(|node| scan.text(node, "section")),
        privacy,
        bounds,
        bands: node.get("bands").map(|node| bands(scan, node)).unwrap_or_default(),
        charts: node.get("chart").map(|node| chart::charts(scan, node, &kind, many)).unwrap_or_default(),
        pattern,
        example: node.get("example").map(one_line),
        inherit: node.get("inherit").and_then(|node| rules::inherit(scan, node)),
        derive: node.get("derive").and_then(|node| rules::derive(scan, node)),
        roll_up: node.get("roll_up").and_then(|node| rules::roll_up(scan, node)),
        item_key: node.get("key").and_then(|node| scan.text(node, "key")),
        until: node.get("until").and_then(|node| scan.text(node, "until")),
        fields,
        kind,
        place,
    })
}

fn many(scan: &mut Scan<'_>, node: &Node) -> (bool, Option<usize>, Option<usize>) {
    if matches!(node.shape, Shape::Map(_)) {
        scan.known(node, &ATTRIBUTES[BESIDE..], "many");
        let count = |scan: &mut Scan<'_>, word: &str| node.get(word).and_then(|node| scan.count(node, word));
        return (true, count(scan, "least"), count(scan, "most"));
    }
    (scan.flag(node, "many").unwrap_or(true), None, None)
}

fn bounds(scan: &mut Scan<'_>, node: &Node, kind: &Kind, least: Option<usize>, most: Option<usize>) -> Bounds {
    let mut limit = |word: &str| -> Option<Decimal> {
        let value = node.get(word)?;
        if !kind::has_limits(kind) {
            let place = scan.place(value.spot, word);
            scan.note(messages::schema::attribute_unfit(place, word, kind.name(), &kind::limits_fit().zh));
        }
        scan.number(value, word)
    };
    let (min, max) = (limit("min"), limit("max"));
    let mut bounds = Bounds { min, max, least, most, ..Bounds::default() };
    sane(scan, node, &mut bounds);
    bounds
}

/// Reads `sane:`, the limits beyond which a number is doubted; also used by patches.
pub(super) fn sane(scan: &mut Scan<'_>, node: &Node, bounds: &mut Bounds) {
    let Some(sane) = node.get("sane") else { return };
    scan.known(sane, &["min", "max"], "sane");
    bounds.sane_min = sane.get("min").and_then(|node| scan.number(node, "sane")).or(bounds.sane_min);
    bounds.sane_max = sane.get("max").and_then(|node| scan.number(node, "sane")).or(bounds.sane_max);
}

fn bands(scan: &mut Scan<'_>, node: &Node) -> Vec<Decimal> {
    let limits: Vec<Decimal> = node.list().unwrap_or_default().iter().filter_map(|item| scan.number(item, "bands")).collect();
    if limits.is_empty() || limits.windows(2).any(|pair| pair[0] >= pair[1]) {
        scan.wrong(node, "bands", "由小到大的几个数字，如 [500, 1000, 2000]", "ascending numbers such as [500, 1000, 2000]");
    }
    limits
}

fn role(scan: &mut Scan<'_>, node: &Node) -> Option<Role> {
    let words: Vec<String> = ROLES.iter().map(|role| role_word(*role)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let found = scan.text(node, "role")?;
    ROLES.get(scan.one_of(&found, node.spot, "role", &words)?).copied()
}

/// Reads `show:`.
pub fn shows(scan: &mut Scan<'_>, node: &Node) -> Vec<Show> {
    let words: Vec<&str> = SHOWS.iter().map(|(word, _)| *word).collect();
    let found = scan.words(node, "show");
    found.iter().filter_map(|(word, spot)| Some(SHOWS.get(scan.one_of(word, *spot, "show", &words)?)?.1)).collect()
}

/// `required_when`: one mapping, or a list of mappings of which any may hold.
pub(super) fn alternatives(scan: &mut Scan<'_>, node: &Node) -> Vec<Vec<crate::schema::Condition>> {
    let items = node.list().unwrap_or(std::slice::from_ref(node));
    items.iter().map(|item| rules::conditions(scan, item, "required_when")).filter(|conditions| !conditions.is_empty()).collect()
}

fn privacy(scan: &mut Scan<'_>, node: &Node, key: &str) -> Privacy {
    let private = node.get("private").and_then(|node| scan.flag(node, "private")).unwrap_or(false);
    // A key that says that it is internal stays internal, whatever else the declaration says.
    if private || key.starts_with("internal_") || key.starts_with('_') {
        return Privacy::Private;
    }
    if let Some(node) = node.get("public_when") {
        // Conditions that cannot be read must not open the field.
        let conditions = rules::conditions(scan, node, "public_when");
        return if conditions.is_empty() { Privacy::Private } else { Privacy::PublicWhen(conditions) };
    }
    match node.get("public_within") {
        Some(node) => scan.text(node, "public_within").map_or(Privacy::Private, Privacy::PublicWithin),
        None => Privacy::Public,
    }
}

/// `at_most:`, `after:` and `agrees:` of a field are rules of its type.
fn crossing(scan: &mut Scan<'_>, node: &Node, path: &str, rules: &mut Vec<Rule>) {
    let (group, field) = match path.rsplit_once('.') {
        Some((group, field)) => (Some(group.to_string()), field.to_string()),
        None => (None, path.to_string()),
    };
    for word in ["at_most", "after", "agrees"] {
        let Some(value) = node.get(word) else { continue };
        let (other, slack, warn) = if matches!(value.shape, Shape::Map(_)) {
            scan.known(value, &["field", "slack", "warn"], word);
            let other = scan.needed(value, word, "field", "field: gross_area_m2").and_then(|node| scan.text(node, word));
            let slack = value.get("slack").and_then(|node| scan.number(node, "slack")).unwrap_or_default();
            (other, slack, value.get("warn").and_then(|node| scan.flag(node, "warn")).unwrap_or(false))
        } else {
            (scan.text(value, word), Decimal::ZERO, false)
        };
        let Some(other) = other else { continue };
        let place = scan.place(value.spot, word);
        let field = field.clone();
        let (check, warn) = match word {
            "at_most" => (Check::AtMost { field, other, slack }, warn),
            "after" => (Check::After { field, other }, warn),
            // Which of two totals is right only the office knows.
            _ => (Check::Agree { field, other, slack }, true),
        };
        rules.push(Rule { place, group: group.clone(), check, warn });
    }
}
