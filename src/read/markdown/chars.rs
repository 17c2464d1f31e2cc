//! Which characters are Chinese, which are punctuation, and what begins a numbered line.

/// Is it a wide East Asian character or mark (no emoji), or Hangul? The set of the "CJK-friendly" amendment to CommonMark.
pub fn is_cjk(c: char) -> bool {
    matches!(c as u32,
        0x1100..=0x11FF | 0x20A9 | 0x2329..=0x232A | 0x2E80..=0x303E | 0x3041..=0x33FF | 0x3400..=0xA4CF | 0xA960..=0xA97F
        | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0xFE10..=0xFE1F | 0xFE30..=0xFE6F | 0xFF01..=0xFFEE | 0x16FE0..=0x18DFF
        | 0x1AFF0..=0x1B2FF | 0x20000..=0x3FFFD)
}

/// Quotation marks, dashes and dots that Chinese shares with other scripts.
pub fn is_shared_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·' | '～' | '￥' | '①'..='⓿')
}

/// Punctuation or symbol, near enough: everything that is neither letter, digit, space nor control.
///
/// Marks count too; next to an emphasis run that makes no difference, because a sentinel acts like a letter.
pub fn is_punctuation(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_punctuation() } else { !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control() }
}

/// May a line break between these two vanish without leaving a space?
pub fn joins(before: char, after: char) -> bool {
    let (left, right) = (is_cjk(before), is_cjk(after));
    (left && (right || is_shared_mark(after))) || (right && is_shared_mark(before))
}

/// Does a line begin with an ordinal that stands for an item: `1、`, `（一）`, `一、`, `①`, `第一条`, `2.甲`?
pub fn begins_with_ordinal(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\u{3000}']);
    let Some(first) = line.chars().next() else { return false };
    if matches!(first, '①'..='⑳' | '⑴'..='⒇' | '㈠'..='㈩') {
        return true;
    }
    if let Some(rest) = line.strip_prefix('第') {
        let after = skip_number(rest);
        return after.len() < rest.len() && after.starts_with(['条', '章', '节', '款', '项', '步', '條', '節', '項']);
    }
    if let Some(rest) = line.strip_prefix(['（', '(']) {
        let after = skip_number(rest);
        return after.len() < rest.len() && after.starts_with(['）', ')']);
    }
    let after = skip_number(line);
    if after.len() == line.len() {
        return false;
    }
    if after.starts_with('、') {
        return true;
    }
    let text = after.strip_prefix(['.', '．', ')', '）']).map(|text| text.trim_start_matches(' '));
    text.and_then(|text| text.chars().next()).is_some_and(is_cjk)
}

fn skip_number(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９') || "〇零一二三四五六七八九十百".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{begins_with_ordinal, is_cjk, is_punctuation, joins};

    #[test]
    fn ordinals_of_official_documents_are_known() {
        for line in
            ["1、甲", "（一）甲", "一、甲", "①甲", "第一条 甲", "第十二章", "2.甲", "2. 甲", "(3) x", "１、甲", "　　二、甲", "十一、"]
        {
            assert!(begins_with_ordinal(line), "{line}");
        }
        for line in ["3.5万平方米", "14.  The number", "一个园区", "第一，要", "（建筑面积）", "2024年", "", "十分重要", "100亩"]
        {
            assert!(!begins_with_ordinal(line), "{line}");
        }
    }

    #[test]
    fn characters_are_sorted_as_the_amendment_does() {
        assert!("中，。（《：㎡元한あ".chars().all(is_cjk));
        assert!(!"a1 “”…😀é".chars().any(is_cjk));
        assert!("：》”㎡/!+".chars().all(is_punctuation));
        assert!(!"中a1 ".chars().any(is_punctuation));
        assert!(joins('中', '文') && joins('。', '中') && joins('”', '中') && joins('中', '“'));
        assert!(!joins('中', 'a') && !joins('1', '中') && !joins('”', '“'));
    }
}
