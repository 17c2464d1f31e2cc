//! Which paragraphs are headings: by their styles, or by the ordinals of official documents (一、 （一） 1.) and their fonts.

use super::model::{Block, Look, Para};
use super::numbering;
use std::collections::HashMap;

/// The longest heading, in characters.
const LONGEST: usize = 50;
/// The longest heading that nothing but its ordinal tells.
const SHORT: usize = 30;

/// The level of the heading that each block is; `None` for text and tables.
pub fn headings(blocks: &[Block]) -> Vec<Option<u8>> {
    let usual = usual(blocks);
    let styled = blocks.iter().filter_map(|block| if let Block::Para(para) = block { para.outline } else { None }).min();
    let chapters = blocks.iter().any(|block| para(block).is_some_and(|para| ordinal(&text(para)) == Some(0) && emphasised(para, &usual)));
    let ordinals: Vec<Option<u8>> = blocks.iter().map(|block| para(block).and_then(|para| ordinal(&text(para)))).collect();
    let mut levels: Vec<Option<u8>> = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let level = para(block).and_then(|para| {
            let text = text(para);
            let length = text.chars().count();
            if let (Some(level), Some(top)) = (para.outline, styled) {
                // A whole paragraph that was given a heading style by mistake is text.
                return (length <= 2 * LONGEST).then_some((level - top + 2).min(6));
            }
            let rank = ordinals[at]?;
            let whole = length <= LONGEST && emphasised(para, &usual);
            let bare = rank < 3 && is_bare(&text) && stands_over_text(at, rank, blocks, &ordinals);
            (whole || bare).then_some((rank + 1 + u8::from(chapters)).clamp(2, 6))
        });
        levels.push(level);
    }
    levels
}

fn para(block: &Block) -> Option<&Para> {
    if let Block::Para(para) = block { Some(para) } else { None }
}

/// The text of a paragraph with its automatic number.
pub fn text(para: &Para) -> String {
    let label = para.number.as_ref().map(|number| number.label.as_str()).unwrap_or_default();
    numbering::led(label, para.text().trim())
}

/// The rank of the ordinal at the beginning: 0 第一章, 1 一、, 2 （一）, 3 `1.`.
pub fn ordinal(text: &str) -> Option<u8> {
    let chinese = |c: char| "一二三四五六七八九十百零".contains(c);
    let numbered = |rest: &str, ends: &[char]| {
        let after = rest.trim_start_matches(chinese);
        after.len() < rest.len() && after.starts_with(ends)
    };
    if let Some(rest) = text.strip_prefix('第') {
        return numbered(rest, &['章', '编']).then_some(0);
    }
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        return numbered(rest, &['）', ')']).then_some(2);
    }
    if numbered(text, &['、', '．']) {
        return Some(1);
    }
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = after.strip_prefix(['.', '．', '、'])?;
    (after.len() < text.len() && text.len() - after.len() <= 2 && !behind.starts_with(|c: char| c.is_ascii_digit())).then_some(3)
}

/// The look that most of the text has: whether it is bold, and its font.
fn usual(blocks: &[Block]) -> (bool, String) {
    let mut looks: HashMap<(bool, &str), usize> = HashMap::new();
    for (piece, look) in blocks.iter().filter_map(para).flat_map(Para::inked) {
        *looks.entry((look.bold, look.font.as_str())).or_default() += piece.chars().count();
    }
    let most = looks.into_iter().max_by(|(one, many), (other, more)| many.cmp(more).then_with(|| other.cmp(one)));
    most.map(|((bold, font), _)| (bold, font.to_string())).unwrap_or_default()
}

/// Is the whole paragraph in bold, 黑体 or 楷体, and the rest of the document not?
fn emphasised(para: &Para, (bold, font): &(bool, String)) -> bool {
    let stands_out = |look: &Look| look.bold && !bold || is_strong(&look.font) && look.font != *font;
    let mut seen = false;
    para.inked().all(|(_, look)| {
        seen = true;
        stands_out(look)
    }) && seen
}

fn is_strong(font: &str) -> bool {
    let font = font.to_lowercase();
    ["黑体", "simhei", "黑_", "楷体", "kaiti", "小标宋", "xbs", "heiti"].iter().any(|word| font.contains(word))
}

/// A short line that ends like no sentence.
fn is_bare(text: &str) -> bool {
    text.chars().count() <= SHORT && !text.ends_with(['。', '；', '，', '：', '、', ';', ',', ':', '.', '！', '？'])
}

/// A heading has text below it, and so have those that are counted with it; items of a list follow each other.
fn stands_over_text(at: usize, rank: u8, blocks: &[Block], ordinals: &[Option<u8>]) -> bool {
    let ends = |found: &Option<u8>| found.is_some_and(|other| other < rank);
    let from = ordinals[..at].iter().rposition(ends).map_or(0, |before| before + 1);
    let to = ordinals[at..].iter().position(ends).map_or(ordinals.len(), |behind| at + behind);
    let mates: Vec<usize> = (from..to).filter(|at| ordinals[*at] == Some(rank)).collect();
    let over = |mate: usize| {
        let bare = para(&blocks[mate]).is_some_and(|para| is_bare(&text(para)));
        bare && mate + 1 < to && ordinals[mate + 1].is_none_or(|next| next > rank)
    };
    // One alone may be anything; the last of a list may be followed by a remark.
    mates.len() > 1 && mates.iter().all(|mate| over(*mate))
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn ordinals_have_ranks() {
        for (text, rank) in [
            ("第一章 总则", Some(0)),
            ("一、总体要求", Some(1)),
            ("十二、附则", Some(1)),
            ("（三）加强领导", Some(2)),
            ("1.明确责任", Some(3)),
            ("2、材料", Some(3)),
            ("3.5万平方米", None),
            ("2026.3", None),
            ("第一条 为", None),
            ("一个园区", None),
            ("（建筑）", None),
            ("正文", None),
        ] {
            assert_eq!(ordinal(text), rank, "{text}");
        }
    }
}
