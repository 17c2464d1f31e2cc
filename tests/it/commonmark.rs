//! Every example of the CommonMark specification 0.31.2, through our own preparation, parser and writer.
//!
//! The trees of wanted and made HTML are compared, so that spelling (`<br>`, `<br />`) does not count. An example that
//! differs must be listed in `data/commonmark/exceptions.txt` with its reason, and a listed one must differ.

use html5ever::tendril::TendrilSink;
use html5ever::{QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use parkpress::read::markdown::html_for_spec;
use std::collections::BTreeMap;

fn examples() -> Vec<(usize, String, String)> {
    let text = include_str!("data/commonmark/spec.txt");
    let fence = "`".repeat(32);
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(&format!("{fence} example\n")) {
        rest = &rest[start + fence.len() + " example\n".len()..];
        let end = rest.find(&format!("\n{fence}")).expect("because every example of the specification ends");
        let body = &rest[..end + 1];
        let (markdown, html) = body
            .split_once("\n.\n")
            .or_else(|| body.strip_prefix(".\n").map(|html| ("", html)))
            .expect("because every example has two halves");
        found.push((found.len() + 1, format!("{markdown}\n").replace('→', "\t"), html.replace('→', "\t")));
        rest = &rest[end + 1..];
    }
    found
}

/// The tree as text: tags, sorted attributes that mean something, text with its spaces between blocks made equal.
fn tree(html: &str) -> String {
    let context = QualName::new(None, ns!(html), local_name!("body"));
    let dom = parse_fragment(RcDom::default(), html5ever::ParseOpts::default(), context, Vec::new(), false).one(html);
    let mut out = String::new();
    walk(&dom.document, false, &mut out);
    out
}

fn walk(node: &Handle, pre: bool, out: &mut String) {
    match &node.data {
        NodeData::Text { contents } => {
            let text = contents.borrow().to_string();
            if pre {
                out.push_str(&text);
            } else if !text.trim().is_empty() {
                out.push_str(&text.split_whitespace().collect::<Vec<_>>().join(" "));
                out.push(' ');
            }
        }
        NodeData::Element { name, attrs, .. } => {
            let mut kept: Vec<String> = attrs.borrow().iter().map(|a| format!(" {}={:?}", a.name.local, a.value.to_string())).collect();
            kept.sort();
            out.push_str(&format!("<{}{}>", name.local, kept.concat()));
            let pre = pre || &*name.local == "pre";
            node.children.borrow().iter().for_each(|child| walk(child, pre, out));
            out.push_str(&format!("</{}>", name.local));
        }
        _ => node.children.borrow().iter().for_each(|child| walk(child, pre, out)),
    }
}

#[test]
fn every_example_holds_or_is_an_exception_with_its_reason() {
    let listed: BTreeMap<usize, &str> = include_str!("data/commonmark/exceptions.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split_once(' ').expect("because every exception has a reason"))
        .map(|(number, reason)| (number.parse().expect("because it begins with the number"), reason))
        .collect();
    let examples = examples();
    assert_eq!(examples.len(), 652, "the specification has 652 examples");
    let mut wrong = Vec::new();
    for (number, markdown, html) in &examples {
        let (wanted, made) = (tree(html), tree(&html_for_spec(markdown)));
        match (wanted == made, listed.contains_key(number)) {
            (false, false) => wrong.push(format!("{number}: {markdown:?}\n  wanted {wanted}\n  made   {made}")),
            (true, true) => wrong.push(format!("{number} is listed but holds")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
