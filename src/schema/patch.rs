//! Site patches: `content/_types/<type>.yaml` adds, relabels, reorders, requires and narrows; it never removes, never
//! changes what a field is, and never makes one more public. A file that declares `type:` is a type of the site's own.

use super::model::{Privacy, Type};
use super::parse::{self, Scan};
use super::rules::Rule;
use super::{Field, Schemas, common};
use crate::diagnostic::{Diagnostics, SitePath, messages, nearest};
use crate::source::{Entry, Node};
use crate::value::{Decimal, Kind};

const PATCH_WORDS: [&str; 10] = ["fields", "order_fields", "sheet", "block", "title", "label", "per_page", "order", "sections", "rules"];
const FIELD_WORDS: [&str; 17] = [
    "label",
    "also",
    "hint",
    "required",
    "required_when",
    "expected",
    "expected_when",
    "show",
    "section",
    "private",
    "min",
    "max",
    "sane",
    "only",
    "example",
    "fields",
    "chart",
];

/// Lays a patch over its type, or adds a type of the site's own.
pub fn apply(schemas: &mut Schemas, shared: &[Field], file: &SitePath, node: &Node, diagnostics: &mut Diagnostics) {
    if node.get("type").is_some() {
        if let Some(mut of) = parse::type_file(file, node, diagnostics) {
            common::with_common(&mut of, shared, diagnostics);
            schemas.types.push(of);
        }
        return;
    }
    let name = file.name().rsplit_once('.').map_or(file.name(), |(stem, _)| stem);
    let Some(of) = schemas.types.iter_mut().find(|of| *of.name == *name) else {
        let near = nearest(name, schemas.types.iter().map(|of| &*of.name));
        diagnostics.push(messages::schema::patch_type_unknown(node.spot.at(file), name, near));
        return;
    };
    let mut scan = Scan::new(file, diagnostics);
    scan.known(node, &PATCH_WORDS, "");
    if let Some(title) = node.get("title") {
        of.title = Some(scan.said(title, "title"));
    }
    if let Some(label) = node.get("label") {
        of.label = scan.said(label, "label");
    }
    if let Some(count) = node.get("per_page").and_then(|node| scan.count(node, "per_page")) {
        of.per_page = count;
    }
    if let Some(sections) = node.get("sections") {
        let added = parse::sections(&mut scan, sections);
        of.sections.extend(added);
    }
    let mut rules: Vec<Rule> = Vec::new();
    fields(&mut scan, &mut of.fields, node, "", &mut rules);
    rules.extend(node.get("rules").map(|node| parse::rule_list(&mut scan, node)).unwrap_or_default());
    of.rules.extend(rules);
    if let Some(order) = node.get("order_fields") {
        reorder(&mut scan, of, order);
    }
    if let Some(block) = node.get("block") {
        of.block = scan.texts(block, "block");
    }
    if let Some(sheet) = node.get("sheet") {
        of.sheet = scan.texts(sheet, "sheet");
    }
    if let Some(order) = node.get("order") {
        of.order = parse::order(file, order, diagnostics);
    }
}

/// Changes the fields of one level that are there, and adds those that are not.
fn fields(scan: &mut Scan<'_>, known: &mut Vec<Field>, node: &Node, prefix: &str, rules: &mut Vec<Rule>) {
    for entry in node.get("fields").and_then(Node::map).unwrap_or_default() {
        match known.iter_mut().find(|field| *field.key == *entry.key) {
            Some(field) => change(scan, field, entry, prefix, rules),
            None => known.extend(parse::field_of_patch(scan, entry, prefix, rules)),
        }
    }
}

/// Changes an existing field as far as a site may.
fn change(scan: &mut Scan<'_>, field: &mut Field, entry: &Entry, prefix: &str, rules: &mut Vec<Rule>) {
    let node = &entry.value;
    if node.is_null() || node.scalar().is_some() {
        let place = scan.place(entry.spot, &entry.key);
        scan.note(messages::schema::patch_removes(place, &field.key));
        return;
    }
    for inner in node.map().unwrap_or_default() {
        let opens_group = inner.key == "fields" && field.kind != Kind::Group;
        if opens_group || !FIELD_WORDS.contains(&inner.key.as_str()) {
            let place = scan.place(inner.spot, &inner.key);
            let opens = matches!(inner.key.as_str(), "public_when" | "public_within");
            scan.note(if opens {
                messages::schema::patch_publishes(place, &field.key)
            } else {
                messages::schema::patch_changes(place, &field.key, &inner.key)
            });
        }
    }
    if let Some(label) = node.get("label") {
        // The word of the theme stays a key, so that files written before keep working.
        field.also.push(field.label.zh.clone());
        field.label = scan.said(label, "label");
    }
    if let Some(also) = node.get("also") {
        field.also.extend(scan.texts(also, "also"));
    }
    if let Some(hint) = node.get("hint") {
        field.hint = Some(scan.said(hint, "hint"));
    }
    if let Some(example) = node.get("example").and_then(|node| scan.text(node, "example")) {
        field.example = Some(example);
    }
    if let Some(chart) = node.get("chart") {
        field.charts = parse::charts(scan, chart, field);
    }
    if let Some(show) = node.get("show") {
        field.show = parse::shows(scan, show);
    }
    if let Some(section) = node.get("section").and_then(|node| scan.text(node, "section")) {
        field.section = Some(section);
    }
    if let Some(required) = node.get("required") {
        match scan.flag(required, "required") {
            Some(false) if field.required => {
                let place = scan.place(required.spot, "required");
                scan.note(messages::schema::patch_drops_required(place, &field.key));
            }
            Some(wanted) => field.required = wanted,
            None => {}
        }
    }
    // Whatever the theme demands stays demanded; a site may only ask for more.
    field.required_when.extend(node.get("required_when").map(|node| parse::alternatives(scan, node)).unwrap_or_default());
    field.expected |= node.get("expected").and_then(|node| scan.flag(node, "expected")).unwrap_or(false);
    field.expected_when.extend(node.get("expected_when").map(|node| parse::alternatives(scan, node)).unwrap_or_default());
    if let Some(private) = node.get("private") {
        match scan.flag(private, "private") {
            Some(true) => field.privacy = Privacy::Private,
            Some(false) if field.privacy != Privacy::Public => {
                let place = scan.place(private.spot, "private");
                scan.note(messages::schema::patch_publishes(place, &field.key));
            }
            _ => {}
        }
    }
    narrow(scan, field, node);
    parse::sane(scan, node, &mut field.bounds);
    only(scan, field, node);
    if field.kind == Kind::Group {
        let path = if prefix.is_empty() { field.key.to_string() } else { format!("{prefix}.{}", field.key) };
        fields(scan, &mut field.fields, node, &path, rules);
    }
}

fn narrow(scan: &mut Scan<'_>, field: &mut Field, node: &Node) {
    for word in ["min", "max"] {
        let Some((at, wanted)) = node.get(word).and_then(|at| Some((at, scan.number(at, word)?))) else { continue };
        let known: Option<Decimal> = if word == "min" { field.bounds.min } else { field.bounds.max };
        let wider = known.filter(|known| if word == "min" { wanted < *known } else { wanted > *known });
        if let Some(known) = wider {
            let place = scan.place(at.spot, word);
            scan.note(messages::schema::patch_widens(place, &field.key, word, &known.normalize().to_string()));
        } else if word == "min" {
            field.bounds.min = Some(wanted);
        } else {
            field.bounds.max = Some(wanted);
        }
    }
}

/// Keeps only some of the words of a choice.
fn only(scan: &mut Scan<'_>, field: &mut Field, node: &Node) {
    let Some(at) = node.get("only") else { return };
    let wanted = scan.words(at, "only");
    let Kind::Choice(choices) = &mut field.kind else {
        let place = scan.place(at.spot, "only");
        scan.note(messages::schema::attribute_unfit(place, "only", field.kind.name(), "choice"));
        return;
    };
    for (word, spot) in &wanted {
        if !choices.iter().any(|choice| choice.key == *word) {
            let near = nearest(word, choices.iter().map(|choice| choice.key.as_str()));
            let allowed: Vec<&str> = choices.iter().map(|choice| choice.key.as_str()).collect();
            let place = scan.place(*spot, "only");
            scan.note(messages::schema::choice_unknown(place, "only", &field.key, word, near, &allowed.join("、")));
        }
    }
    choices.retain(|choice| wanted.iter().any(|(word, _)| *word == choice.key));
}

/// Puts the named fields first, in the given order.
fn reorder(scan: &mut Scan<'_>, of: &mut Type, node: &Node) {
    let mut first = Vec::new();
    for (word, spot) in scan.words(node, "order_fields") {
        match of.fields.iter().position(|field| *field.key == *word) {
            Some(at) => first.push(of.fields.remove(at)),
            None => {
                let near = nearest(&word, of.fields.iter().map(|field| &*field.key));
                let place = scan.place(spot, "order_fields");
                scan.note(messages::schema::path_unknown(place, "order_fields", &word, &of.name, near));
            }
        }
    }
    first.append(&mut of.fields);
    of.fields = first;
}
