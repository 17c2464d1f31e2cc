//! What a document says about itself: its title, number, date, issuing organ and source. Each with the words it was read
//! from, since a person has to look at it.

use super::model::{Block, Doc, Para, Spot};
use super::normal::is_han;
use super::shape;
use crate::value::{doc_no, time};
use std::collections::BTreeMap;

/// What a field may be wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the words are the documentation")]
pub enum Want {
    Title,
    Number,
    Issuer,
    Dated,
    Published,
    Source,
    Author,
}

/// Something recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub want: Want,
    /// The value.
    pub value: String,
    /// Where it stands.
    pub place: Spot,
    /// The blocks that say nothing else: where a field takes the value, the text need not repeat it.
    pub only: Vec<usize>,
    /// What else stood in those blocks.
    pub rest: String,
}

/// How many blocks at the beginning and at the end are looked at.
const HEAD: usize = 8;
const TAIL: usize = 6;
/// The longest line that names an organ.
const ORGAN: usize = 30;

/// Everything that is recognised, each at most once. `words` tells what people call the fields.
pub fn recognise(doc: &Doc, words: &BTreeMap<String, Want>) -> Vec<Found> {
    let head: Vec<(usize, &Para)> = paras(doc).take_while(|(at, _)| *at < HEAD).collect();
    let mut found = Vec::new();
    found.extend(number(&head));
    found.extend(letterhead(&head, &found));
    let count = doc.blocks.len();
    let tail: Vec<(usize, &Para)> = paras(doc).filter(|(at, _)| at + TAIL >= count).collect();
    let mut lines: Vec<(usize, &Para)> = head.clone();
    lines.extend(tail.iter().filter(|(at, _)| *at >= HEAD));
    for (at, para) in lines {
        found.extend(labelled(at, para, words));
    }
    let taken: Vec<usize> = found.iter().flat_map(|one| one.only.clone()).collect();
    let free: Vec<(usize, &Para)> = head.iter().filter(|(at, _)| !taken.contains(at)).copied().collect();
    found.extend(title(doc, &free));
    found.extend(signature(&tail, &head));
    let mut seen = Vec::new();
    found.retain(|one| {
        let new = !seen.contains(&one.want);
        seen.push(one.want);
        new
    });
    found
}

fn paras(doc: &Doc) -> impl Iterator<Item = (usize, &Para)> {
    doc.blocks.iter().enumerate().filter_map(|(at, block)| if let Block::Para(para) = block { Some((at, para)) } else { None })
}

fn plain(para: &Para) -> String {
    shape::text(para).replace('\n', "")
}

/// A line that is nothing but a document number, perhaps with who signed it beside.
fn number(head: &[(usize, &Para)]) -> Option<Found> {
    head.iter().find_map(|(at, para)| {
        let text = plain(para);
        let found = doc_no::read(&text)?;
        let rest = text.get(found.length..)?.trim_matches([' ', '\u{3000}', '\t']).to_string();
        (rest.is_empty() || rest.starts_with("签发人")).then(|| Found {
            want: Want::Number,
            value: found.corrected,
            place: para.place,
            only: vec![*at],
            rest,
        })
    })
}

/// 示例县人民政府文件, above the number.
fn letterhead(head: &[(usize, &Para)], found: &[Found]) -> Option<Found> {
    let number = *found.iter().find(|one| one.want == Want::Number)?.only.first()?;
    head.iter().filter(|(at, _)| *at < number).find_map(|(at, para)| {
        let text: String = plain(para).chars().filter(|c| !c.is_whitespace()).collect();
        let organ = text.strip_suffix("文件").filter(|organ| organ.chars().all(is_han) && (2..=ORGAN).contains(&organ.chars().count()))?;
        Some(Found { want: Want::Issuer, value: organ.to_string(), place: para.place, only: vec![*at], rest: text.clone() })
    })
}

/// `来源：示例县融媒体中心　作者：张三`, where every word before a colon is a field of interest.
fn labelled(at: usize, para: &Para, words: &BTreeMap<String, Want>) -> Vec<Found> {
    let text = plain(para);
    if text.chars().count() > 100 {
        return Vec::new();
    }
    let text = text.trim().trim_start_matches(['（', '(']).trim_end_matches(['）', ')']).to_string();
    let mut found: Vec<Found> = Vec::new();
    let mut whole = true;
    // A value goes on until the next word that a colon follows: `发布时间：2026-03-05 09:30`.
    for word in text.split([' ', '\u{3000}', '\t', '|']).filter(|word| !word.is_empty()) {
        let known = word.split_once(['：', ':']).and_then(|(label, value)| Some((*words.get(label.trim())?, value)));
        match (known, found.last_mut()) {
            (Some((want, value)), _) => {
                found.push(Found { want, value: value.trim().to_string(), place: para.place, only: Vec::new(), rest: String::new() });
            }
            (None, Some(last)) if !word.contains('：') => {
                last.value = format!("{} {word}", last.value).trim().to_string();
            }
            _ => whole = false,
        }
    }
    found.retain(|one| !one.value.is_empty());
    for one in &mut found {
        if matches!(one.want, Want::Dated | Want::Published) {
            one.value = day(&one.value).unwrap_or_else(|| one.value.clone());
        }
        if whole {
            one.only = vec![at];
        }
    }
    found
}

fn title(doc: &Doc, free: &[(usize, &Para)]) -> Option<Found> {
    let (usual, _) = body_size(doc);
    let fits = |para: &Para| {
        let length = plain(para).chars().count();
        (2..=100).contains(&length) && para.number.is_none() && day(&plain(para)).is_none()
    };
    let styled: Vec<usize> = lines(free, |para| para.is_title && fits(para));
    let largest = free.iter().filter(|(_, para)| para.centred && fits(para)).map(|(_, para)| para.size()).max().unwrap_or(0);
    let centred = || lines(free, |para| para.centred && fits(para) && para.size() == largest && (largest > usual || stands_out(para)));
    let heading = || {
        let (at, para) = free.first()?;
        let level = para.outline?;
        let mates = paras(doc).filter(|(_, other)| other.outline.is_some_and(|other| other <= level)).count();
        (mates == 1 && fits(para)).then(|| vec![*at])
    };
    let first = || {
        let (at, para) = free.first()?;
        let text = plain(para);
        let ends = text.ends_with(['。', '；', '，', '：', '！', '？', ':', '.']);
        (fits(para) && !ends && shape::ordinal(&text).is_none() && text.chars().count() <= 60 && doc.blocks.len() > 1).then(|| vec![*at])
    };
    let alone = || lines(free, |para| para.centred && fits(para)).into_iter().take(1).collect::<Vec<usize>>();
    let chosen =
        [Some(styled), Some(centred()), heading(), Some(alone()), first()].into_iter().flatten().find(|lines| !lines.is_empty())?;
    let of = |at: &usize| free.iter().find(|(known, _)| known == at).map(|(_, para)| *para);
    let mut text = String::new();
    for line in chosen.iter().filter_map(of).map(plain) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(text.chars().next_back()) && latin(line.chars().next()) {
            text.push(' ');
        }
        text.push_str(line.trim());
    }
    let place = chosen.first().and_then(of).map(|para| para.place).unwrap_or_default();
    Some(Found { want: Want::Title, value: text, place, only: chosen, rest: String::new() })
}

/// The first run of blocks that follow each other and are alike.
fn lines(free: &[(usize, &Para)], is: impl Fn(&Para) -> bool) -> Vec<usize> {
    let mut run: Vec<usize> = Vec::new();
    let mut first: Option<&Para> = None;
    for (at, para) in free {
        let goes_on = run.last().is_none_or(|last| last + 1 == *at) && first.is_none_or(|first| first.size() == para.size());
        match is(para) && goes_on && run.len() < 4 {
            true => {
                run.push(*at);
                first = first.or(Some(para));
            }
            false if run.is_empty() => {}
            false => break,
        }
    }
    run
}

fn stands_out(para: &Para) -> bool {
    para.inked().all(|(_, look)| look.bold || look.font.contains('黑') || look.font.contains("标宋"))
}

/// The size that most letters have.
fn body_size(doc: &Doc) -> (u32, usize) {
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for (piece, look) in paras(doc).flat_map(|(_, para)| para.inked().collect::<Vec<_>>()) {
        *sizes.entry(look.size).or_default() += piece.chars().count();
    }
    sizes.into_iter().max_by_key(|(_, count)| *count).unwrap_or((0, 0))
}

/// The date below the text and the organ above it; else a date below the title.
fn signature(tail: &[(usize, &Para)], head: &[(usize, &Para)]) -> Vec<Found> {
    let one = |want: Want, value: String, para: &Para| Found { want, value, place: para.place, only: Vec::new(), rest: String::new() };
    let mut found = Vec::new();
    for (index, (at, para)) in tail.iter().enumerate().rev() {
        let text = plain(para);
        if let Some(date) = day(&text) {
            found.push(one(Want::Dated, date, para));
            let above = index.checked_sub(1).and_then(|index| tail.get(index)).filter(|(above, _)| above + 1 == *at);
            if let Some((_, above)) = above.filter(|(_, above)| is_organ(&plain(above))) {
                found.push(one(Want::Issuer, squeezed(&plain(above)), above));
            }
            return found;
        }
        // Both in one line.
        let parts = text.rsplit_once([' ', '\u{3000}', '\t']).and_then(|(organ, date)| Some((squeezed(organ), day(date)?)));
        if let Some((organ, date)) = parts.filter(|(organ, _)| is_organ(organ)) {
            return vec![one(Want::Dated, date, para), one(Want::Issuer, organ, para)];
        }
    }
    found.extend(head.iter().find_map(|(_, para)| Some(one(Want::Dated, day(&plain(para))?, para))));
    found
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn is_organ(text: &str) -> bool {
    let text = squeezed(text);
    let ends = [
        "政府",
        "委员会",
        "管委会",
        "局",
        "办公室",
        "委办",
        "府办",
        "院",
        "厅",
        "部",
        "公司",
        "中心",
        "处",
        "科",
        "组",
        "委",
        "商会",
        "协会",
        "集团",
        "支队",
        "大队",
    ];
    text.chars().all(|c| is_han(c) || matches!(c, '（' | '）'))
        && text.chars().count() <= ORGAN
        && ends.iter().any(|end| text.ends_with(end))
}

/// A whole text that is a day: `2026年3月5日`, `二〇二六年三月五日`, in brackets or not.
pub fn day(text: &str) -> Option<String> {
    let text = squeezed(text);
    let text = text.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    if text.contains(|c: char| c.is_ascii_digit()) {
        // `2026.3.5` may be a number of something.
        let day = time::date(text).ok().filter(|_| text.contains('年') || text.contains('-') || text.contains('/'))?;
        return Some(day.to_string());
    }
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let digit = |c: char| {
        if matches!(c, '○' | 'Ｏ' | 'O' | '零' | '〇' | '◯') {
            Some(0)
        } else {
            "一二三四五六七八九".chars().position(|known| known == c).map(|at| at + 1)
        }
    };
    let year = year.chars().map(digit).try_fold((0, 0), |(year, count), digit| Some((year * 10 + digit?, count + 1)))?;
    let small = |text: &str| -> Option<usize> {
        match text.split_once('十') {
            None => {
                let mut chars = text.chars();
                chars.next().and_then(digit).filter(|_| chars.next().is_none())
            }
            Some((tens, ones)) => {
                let tens = if tens.is_empty() { 1 } else { tens.chars().next().and_then(digit).filter(|_| tens.chars().count() == 1)? };
                let ones = if ones.is_empty() { 0 } else { ones.chars().next().and_then(digit).filter(|_| ones.chars().count() == 1)? };
                Some(tens * 10 + ones)
            }
        }
    };
    let (month, day) = (small(month)?, small(rest.strip_suffix('日')?)?);
    let found = time::date(&format!("{:04}-{month}-{day}", year.0)).ok().filter(|_| year.1 == 4)?;
    Some(found.to_string())
}

#[cfg(test)]
mod tests {
    use super::{day, is_organ};

    #[test]
    fn days_are_read_in_both_writings() {
        for text in [
            "2026年3月5日",
            "（2026年3月5日）",
            "２０２６-03-05".replace("２０２６", "2026").as_str(),
            "二〇二六年三月五日",
            "二○二六年三月五日",
            "2026 年 3 月 5 日",
        ] {
            assert_eq!(day(text).as_deref(), Some("2026-03-05"), "{text}");
        }
        assert_eq!(day("二〇二五年十二月三十一日").as_deref(), Some("2025-12-31"));
        assert_eq!(day("二〇二五年十月二十日").as_deref(), Some("2025-10-20"));
        for text in ["2026年3月", "2026年2月30日", "2026.3.5", "2026年3月5日印发", "二六年三月五日", "二〇二五年十三月一日", ""]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn organs_are_known_by_their_ends() {
        assert!(is_organ("示例县人民政府") && is_organ("示例县　招商局") && !is_organ("特此通知") && !is_organ("附件：名单局。"));
    }
}
