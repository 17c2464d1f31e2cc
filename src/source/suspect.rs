//! Lines that cannot hold a slip, found fast: all lines of all files pass here, and most are as they should be.

/// Could there be a slip at all? Every one has a full-width sign, a tab, or a colon or hyphen right before a word.
///
/// Bytes are looked at, because most lines have none of them and all lines pass here.
pub fn may_slip(text: &str) -> bool {
    let bytes = text.as_bytes();
    // A full-width comma matters behind a bracket of its own line.
    let mut bracket = false;
    bytes.iter().enumerate().any(|(at, byte)| {
        let next = |by: usize| bytes.get(at + by).copied().unwrap_or(b'\n');
        match byte {
            b'\t' => true,
            b'[' | b'\n' => {
                bracket = *byte == b'[';
                false
            }
            b':' => !matches!(next(1), b' ' | b'\n' | b'/' | b'\r'),
            b'-' => next(1) >= 0x80 || next(1).is_ascii_alphabetic() && (at == 0 || matches!(bytes[at - 1], b' ' | b'\n')),
            // No-break space.
            0xC2 => next(1) == 0xA0,
            // – — “ •
            0xE2 => next(1) == 0x80 && matches!(next(2), 0x93 | 0x94 | 0x9C | 0xA2),
            // Full-width space.
            0xE3 => next(1) == 0x80 && next(2) == 0x80,
            // ＃ ， － ： ＞ ［, of which the comma matters only inside brackets.
            0xEF if next(1) == 0xBC => match next(2) {
                0x83 | 0x8D | 0x9A | 0x9E | 0xBB => true,
                0x8C => bracket,
                _ => false,
            },
            // ｛ ｜
            0xEF => next(1) == 0xBD && matches!(next(2), 0x9B | 0x9C),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::may_slip;

    #[test]
    fn only_lines_with_a_sign_of_a_slip_are_looked_at() {
        for clean in ["title: 示例园区", "a: 甲，乙", "b: [甲]\na: 甲，乙", "- 甲", "a: b-c", "url: https://a.cn", "- -5", "说明。“"]
        {
            assert_eq!(may_slip(clean), clean.contains('“'), "{clean}");
        }
        for odd in [
            "名称：甲",
            "a:甲",
            "－ 甲",
            "-甲",
            "-road",
            "  -road",
            "＃ 注",
            "a: ｜",
            "a: [甲，乙]",
            "\ta: 1",
            "\u{3000}a: 1",
            "a:\u{A0}1",
            "a: ［甲］",
            "a: ＞",
            "• 甲",
            "a:\t1",
        ] {
            assert!(may_slip(odd), "{odd}");
        }
    }
}
