//! The long explanation of every diagnostic code, as `parkpress explain CODE` prints it.
//!
//! Each group of messages has a text file beside this one. A block is the code on a line of its own, then lines that
//! begin with `zh:` and `en:` (what it means and how to mend it), then a blank line.

use super::{Said, said};

const GROUPS: [&str; 19] = [
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
    include_str!("guard.txt"),
    include_str!("review.txt"),
    include_str!("desk.txt"),
    include_str!("word.txt"),
];

/// A code with its explanation.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The code, kebab-case.
    pub code: &'static str,
    /// What it means and how to mend it.
    pub text: Said,
}

/// The group of a code: the name of the file that explains it, and what people call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// Where it stands among the groups.
    pub at: usize,
    /// The name of the file that explains it.
    pub key: &'static str,
    /// What people call it, in Chinese and English.
    pub name: (&'static str, &'static str),
}

/// The keys of the groups and what they are called, in the order of [`GROUPS`].
const NAMES: [(&str, &str, &str); GROUPS.len()] = [
    ("source", "文件和编码", "files and encodings"),
    ("value", "字段取值", "values"),
    ("schema", "类型定义", "types"),
    ("read", "必填和规则", "required fields and rules"),
    ("lint", "数据核对", "consistency of data"),
    ("markdown", "正文排版", "prose"),
    ("resolve", "链接和地址", "links and addresses"),
    ("picture", "图片", "pictures"),
    ("render", "网页检查", "finished pages"),
    ("write", "输出", "output"),
    ("serve", "预览", "preview"),
    ("theme", "主题", "theme"),
    ("chart", "图表", "charts"),
    ("needs", "需求匹配", "matching"),
    ("site", "网站性质和必备信息", "profile of the site"),
    ("guard", "词句和敏感信息", "words and sensitive data"),
    ("review", "审签和更新", "review and freshness"),
    ("desk", "表格导入", "spreadsheets"),
    ("word", "Word 导入", "Word files"),
];

/// Every group in order.
pub fn groups() -> impl Iterator<Item = Group> {
    NAMES.into_iter().enumerate().map(|(at, (key, zh, en))| Group { at, key, name: (zh, en) })
}

/// The group of a code.
pub fn group(code: &str) -> Option<Group> {
    let has = |text: &str| text.split("\n\n").any(|block| block.trim_start().lines().next().is_some_and(|line| line.trim() == code));
    GROUPS.iter().position(|text| has(text)).and_then(|at| groups().nth(at))
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
