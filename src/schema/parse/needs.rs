//! `needs.yaml` → [`Needs`]. A site's file is laid over the theme's: a question of the same key replaces the theme's, a new
//! one is added, and `off` in its place takes it away.

use super::{Scan, kind, rules, sections};
use crate::diagnostic::{Diagnostics, Said, SitePath};
use crate::schema::needs::{Clauses, Compare, Comparison, Needs, Offer, Over, Question};
use crate::source::{Entry, Node};
use crate::value::Kind;

const WORDS: [&str; 4] = ["groups", "questions", "offers", "clauses"];
const QUESTION: [&str; 11] = ["kind", "unit", "of", "to", "from", "label", "also", "hint", "group", "many", "compare"];
/// What an answer can be.
const KINDS: [&str; 8] = ["text", "integer", "decimal", "percent", "quantity", "money", "choice", "flag"];
const COMPARES: [&str; 6] = ["at_least", "at_most", "one_of", "none_of", "named", "yes"];
/// The word that takes a question of the theme away.
const OFF: &str = "off";

/// Lays a file over what is known.
pub fn needs(file: &SitePath, node: &Node, needs: &mut Needs, diagnostics: &mut Diagnostics) {
    let mut scan = Scan::new(file, diagnostics);
    scan.known(node, &WORDS, "");
    for section in node.get("groups").map(|node| sections(&mut scan, node)).unwrap_or_default() {
        match needs.groups.iter_mut().find(|known| known.key == section.key) {
            Some(known) => *known = section,
            None => needs.groups.push(section),
        }
    }
    for entry in node.get("questions").and_then(|node| scan.entries(node, "questions")).unwrap_or_default() {
        let at = needs.questions.iter().position(|known| known.key == entry.key);
        if entry.value.scalar() == Some(OFF) {
            at.map(|at| needs.questions.remove(at));
            continue;
        }
        scan.at = entry.key.clone();
        if let Some(question) = question(&mut scan, entry) {
            match at {
                Some(at) => needs.questions[at] = question,
                None => needs.questions.push(question),
            }
        }
        scan.at = String::new();
    }
    if let Some(node) = node.get("offers") {
        needs.offers = items(&mut scan, node, "offers").iter().filter_map(|node| offer(&mut scan, node)).collect();
    }
    if let Some(node) = node.get("clauses") {
        needs.clauses = clauses(&mut scan, node);
    }
}

fn items<'n>(scan: &mut Scan<'_>, node: &'n Node, word: &str) -> &'n [Node] {
    let list = node.list();
    if list.is_none() {
        scan.wrong(node, word, "一个列表", "a list");
    }
    list.unwrap_or_default()
}

fn question(scan: &mut Scan<'_>, entry: &Entry) -> Option<Question> {
    let (key, node) = (&entry.key, &entry.value);
    scan.plain_key(key, entry.spot);
    scan.known(node, &QUESTION, key);
    let from = node.get("from").and_then(|node| scan.text(node, "from"));
    let kind = match &from {
        Some(_) => Kind::Text,
        None => {
            let found = node.get("kind").and_then(Node::scalar).map(str::to_string);
            if let Some(word) = found.filter(|word| Kind::NAMES.contains(&word.as_str())) {
                scan.one_of(&word, node.get("kind").map_or(node.spot, |node| node.spot), "kind", &KINDS)?;
            }
            kind::kind(scan, node, key)?
        }
    };
    // What is compared with a field may be called as the field is.
    let label = match (&from, node.get("label")) {
        (Some(_), None) => Said::default(),
        _ => scan.needed(node, key, "label", "label: {zh: 面积, en: Area}").map(|node| scan.said(node, "label"))?,
    };
    let compare = node.get("compare").map(|node| items(scan, node, "compare")).unwrap_or_default();
    Some(Question {
        key: key.clone(),
        label,
        also: node.get("also").map(|node| scan.texts(node, "also")).unwrap_or_default(),
        hint: node.get("hint").map(|node| scan.said(node, "hint")),
        group: scan.needed(node, key, "group", "group: space").and_then(|node| scan.text(node, "group"))?,
        kind,
        from,
        many: node.get("many").and_then(|node| scan.flag(node, "many")).unwrap_or(false),
        compare: compare.iter().filter_map(|node| comparison(scan, node)).collect(),
        place: scan.place(entry.spot, ""),
    })
}

fn comparison(scan: &mut Scan<'_>, node: &Node) -> Option<Comparison> {
    scan.known(node, &["type", "field", "refused", "test"], "compare");
    let of = scan.needed(node, "compare", "type", "type: workshop").and_then(|node| scan.text(node, "type"));
    let fields = scan.needed(node, "compare", "field", "field: area_m2").map(|node| scan.texts(node, "field"));
    let found = scan.needed(node, "compare", "test", "test: at_least");
    let test = found.and_then(|node| {
        let word = scan.text(node, "test")?;
        scan.one_of(&word, node.spot, "test", &COMPARES)?;
        Compare::parse(&word)
    });
    let refused = node.get("refused").map(|node| scan.texts(node, "refused")).unwrap_or_default();
    Some(Comparison { of: of?, fields: fields?, refused, test: test?, place: scan.place(node.spot, "compare") })
}

fn offer(scan: &mut Scan<'_>, node: &Node) -> Option<Offer> {
    scan.known(node, &["type", "where"], "offers");
    let of = scan.needed(node, "offers", "type", "type: workshop").and_then(|node| scan.text(node, "type"))?;
    let when = node.get("where").map(|node| rules::conditions(scan, node, "where")).unwrap_or_default();
    Some(Offer { of, when, place: scan.place(node.spot, "offers") })
}

fn clauses(scan: &mut Scan<'_>, node: &Node) -> Option<Clauses> {
    scan.known(node, &["type", "items", "criteria", "where", "over"], "clauses");
    let mut word = |key: &str, example: &str| scan.needed(node, "clauses", key, example).and_then(|node| scan.text(node, key));
    let (of, items_word) = (word("type", "type: policy"), word("items", "items: benefits"));
    let criteria = word("criteria", "criteria: criteria");
    let mut over = Vec::new();
    for item in node.get("over").map(|node| items(scan, node, "over")).unwrap_or_default() {
        scan.known(item, &["when", "because"], "over");
        let when = scan.needed(item, "over", "when", "when: {in_force: expired}").map(|node| rules::conditions(scan, node, "when"));
        let because = scan.needed(item, "over", "because", "because: {zh: 已过有效期, en: expired}").map(|node| scan.said(node, "because"));
        over.extend(when.zip(because).map(|(when, because)| Over { when, because }));
    }
    Some(Clauses {
        of: of?,
        items: items_word?,
        criteria: criteria?,
        when: node.get("where").map(|node| rules::conditions(scan, node, "where")).unwrap_or_default(),
        over,
        place: scan.place(node.spot, "clauses"),
    })
}
