//! Traditional characters → simplified ones, one by one.

use std::sync::OnceLock;

const PAIRS: &str = include_str!("traditional.txt");
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

/// All pairs, traditional first.
pub fn pairs() -> impl Iterator<Item = (char, char)> {
    let lines = PAIRS.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| {
        let chars: Vec<char> = line.chars().collect();
        chars.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    })
}

/// The simplified form of a character; itself where it has none.
pub fn simplified(c: char) -> char {
    static TABLE: OnceLock<Vec<char>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table: Vec<char> = (FIRST..=LAST).filter_map(char::from_u32).collect();
        for (traditional, simple) in pairs() {
            if let Some(place) = table.get_mut((traditional as u32).wrapping_sub(FIRST) as usize) {
                *place = simple;
            }
        }
        table
    });
    table.get((c as u32).wrapping_sub(FIRST) as usize).copied().unwrap_or(c)
}
