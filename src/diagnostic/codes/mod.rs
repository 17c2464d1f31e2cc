//! The long explanation of every diagnostic code, as `parkpress explain CODE` prints it.
//!
//! Each group of messages has a text file beside this one. A block is the code on a line of its own, then lines that
//! begin with `zh:` and `en:` (what it means and how to mend it), then a blank line.

use super::{Said, said};

const GROUPS: [&str; 15] = [
    include_str!("source.txt"),
    include_str!("value.txt"),
    include_str!("schema.txt"),
    include_str!("read.txt"),
    include_str!("lint.txt"),
    include_str!("markdown.txt"),
    include_str!("resolve.txt"),
    include_str!("picture.txt"),
    include_str!("render.txt"),
    include_str!("write.txt"),
    include_str!("serve.txt"),
    include_str!("theme.txt"),
    include_str!("chart.txt"),
    include_str!("needs.txt"),
    include_str!("site.txt"),
];

/// A code with its explanation.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The code, kebab-case.
    pub code: &'static str,
    /// What it means and how to mend it.
    pub text: Said,
}

/// All explanations, sorted by code.
pub fn all() -> Vec<Explanation> {
    let mut list: Vec<Explanation> = GROUPS.iter().flat_map(|group| group.split("\n\n")).filter_map(block).collect();
    list.sort_by_key(|explanation| explanation.code);
    list
}

/// The explanation of one code.
pub fn explain(code: &str) -> Option<Explanation> {
    all().into_iter().find(|explanation| explanation.code == code)
}

fn block(text: &'static str) -> Option<Explanation> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let code = lines.next()?;
    let (mut zh, mut en) = (String::new(), String::new());
    for line in lines {
        if let Some(rest) = line.strip_prefix("zh:") {
            join(&mut zh, rest.trim(), "");
        } else if let Some(rest) = line.strip_prefix("en:") {
            join(&mut en, rest.trim(), " ");
        }
    }
    Some(Explanation { code, text: said(zh, en) })
}

fn join(text: &mut String, more: &str, gap: &str) {
    if !text.is_empty() {
        text.push_str(gap);
    }
    text.push_str(more);
}
