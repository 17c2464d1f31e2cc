//! Units of measure: one closed table with dimension and factor.

use super::{Decimal, Lang, number::narrow_char};
use crate::source::lookup::Known;
use std::collections::BTreeMap;
use std::ops::Bound::{Included, Unbounded};
use std::sync::LazyLock;

/// A unit, such as `m2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit(usize);

struct Row {
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    also: &'static [&'static str],
    dimension: &'static str,
    /// How many of the base unit of the dimension one of these is: numerator and denominator.
    factor: (i64, i64),
}

const fn row(
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    also: &'static [&'static str],
    dimension: &'static str,
    factor: (i64, i64),
) -> Row {
    Row { name, zh, en, also, dimension, factor }
}

/// 1 亩 = 10000/15 ㎡ (GB 3100 lists the hectare; the mu is 1/15 of it). 1 t/m² = 9.80665 kN/m². 1 acre = 4046.8564224 m².
static TABLE: &[Row] = &[
    row(
        "m2",
        "㎡",
        "m²",
        &["平方米", "平米", "平方", "平", "m^2", "sqm", "square metres", "square meters", "square metre", "square meter"],
        "area",
        (1, 1),
    ),
    row("mu", "亩", "mu", &[], "area", (2000, 3)),
    row("ha", "公顷", "ha", &["hm2", "hectares", "hectare"], "area", (10_000, 1)),
    row("km2", "平方公里", "km²", &["平方千米", "km^2", "square kilometres", "square kilometers"], "area", (1_000_000, 1)),
    row("acre", "英亩", "acres", &["acre"], "area", (316_160_658, 78_125)),
    row("m", "m", "m", &["米", "公尺"], "length", (1, 1)),
    row("km", "km", "km", &["公里", "千米"], "length", (1000, 1)),
    row("cm", "厘米", "cm", &[], "length", (1, 100)),
    row("mm", "毫米", "mm", &[], "length", (1, 1000)),
    row("t/m2", "t/㎡", "t/m²", &["吨/㎡", "吨/平方米", "吨/平米", "吨每平方米", "t/平方米"], "floor load", (1, 1)),
    row("kn/m2", "kN/㎡", "kN/m²", &["千牛/㎡", "千牛/平方米", "kpa", "千帕"], "floor load", (100_000, 980_665)),
    row("kg/m2", "kg/㎡", "kg/m²", &["公斤/㎡", "千克/平方米", "公斤/平方米"], "floor load", (1, 1000)),
    row("t", "t", "t", &["吨", "公吨"], "mass", (1, 1)),
    row("kg", "千克", "kg", &["公斤"], "mass", (1, 1000)),
    row("kva", "kVA", "kVA", &["千伏安"], "apparent power", (1, 1)),
    row("mva", "MVA", "MVA", &["兆伏安"], "apparent power", (1000, 1)),
    row("kw", "kW", "kW", &["千瓦"], "power", (1, 1)),
    row("mw", "MW", "MW", &["兆瓦"], "power", (1000, 1)),
    row("kwh", "千瓦时", "kWh", &["度"], "energy", (1, 1)),
    row("kv", "kV", "kV", &["千伏"], "voltage", (1, 1)),
    row("v", "V", "V", &["伏"], "voltage", (1, 1000)),
    row("m3", "立方米", "m³", &["方", "m^3"], "volume", (1, 1)),
    row("m3/d", "立方米/日", "m³/d", &["立方米/天", "m3/天", "m3/日", "吨/日", "吨/天", "t/d", "方/日"], "daily flow", (1, 1)),
    row("m3/h", "立方米/时", "m³/h", &["立方米/小时", "nm3/h", "标方/小时", "标立方米/小时"], "hourly flow", (1, 1)),
    row("t/h", "吨/时", "t/h", &["吨/小时"], "steam", (1, 1)),
    row("mpa", "MPa", "MPa", &["兆帕"], "pressure", (1, 1)),
    row("mbps", "Mbps", "Mbps", &["兆"], "data rate", (1, 1)),
    row("gbps", "Gbps", "Gbps", &[], "data rate", (1000, 1)),
    row("c", "℃", "°C", &["摄氏度", "度c"], "temperature", (1, 1)),
    row("db", "dB", "dB", &["分贝", "db(a)"], "sound", (1, 1)),
    row("lx", "lx", "lx", &["勒克斯"], "light", (1, 1)),
    row("day", "天", "days", &["日", "d", "days"], "days", (1, 1)),
    row("workday", "个工作日", "working days", &["工作日", "工作天"], "working days", (1, 1)),
    row("month", "个月", "months", &["月", "months"], "months", (1, 1)),
    row("year", "年", "years", &["years"], "years", (1, 1)),
    row("hour", "小时", "hours", &["时", "h", "hours"], "time", (60, 1)),
    row("minute", "分钟", "minutes", &["分", "min", "minutes"], "time", (1, 1)),
    row("person", "人", "people", &["名", "people"], "people", (1, 1)),
    row("household", "户", "households", &[], "households", (1, 1)),
    row("count", "个", "", &["家", "台", "部", "套", "栋", "间", "项", "件", "张", "处", "条", "次", "辆", "层"], "count", (1, 1)),
    row("bed", "张床位", "beds", &["床", "床位"], "beds", (1, 1)),
    row("yi_yuan", "亿元", "100 million yuan", &[], "yuan", (100_000_000, 1)),
    row("wan_yuan", "万元", "10,000 yuan", &[], "yuan", (10_000, 1)),
    row("yuan", "元", "yuan", &["人民币", "cny", "rmb"], "yuan", (1, 1)),
    row("wan_yuan/mu", "万元/亩", "10,000 yuan/mu", &["万/亩"], "intensity", (1, 1)),
    row("percent", "%", "%", &["百分比"], "share", (1, 1)),
    row("tce", "吨标准煤", "tce", &["吨标煤"], "coal", (1, 1)),
    row("tce/wan_yuan", "吨标准煤/万元", "tce/10,000 yuan", &["吨标煤/万元"], "energy intensity", (1, 1)),
];

/// A shown value as it is said in Chinese: `1,800 ㎡` → `1,800平方米`. A message is read aloud and on old telephones,
/// which know few signs.
pub fn in_words(text: &str) -> String {
    let is_word = |name: &str| name.chars().all(|c| c == '/' || ('\u{4E00}'..='\u{9FFF}').contains(&c));
    let spoken = |unit: &str| {
        let row = TABLE.iter().find(|row| row.zh == unit)?;
        std::iter::once(row.zh).chain(row.also.iter().copied()).find(|name| is_word(name))
    };
    let shown = match text.rsplit_once(' ').and_then(|(number, unit)| Some((number, spoken(unit)?))) {
        Some((number, unit)) => format!("{number}{unit}"),
        None => text.to_string(),
    };
    shown.replace("㎡", "平方米")
}

/// The characters of the longest name (`square kilometres`), and a few for spaces.
const LONGEST_NAME: usize = 20;

/// One spelling for all widths, cases and raised digits.
fn folded(name: &str) -> String {
    name.chars().flat_map(fold).collect()
}

fn fold(c: char) -> impl Iterator<Item = char> {
    let signs = match narrow_char(c) {
        '㎡' => [Some('m'), Some('2')],
        '²' => [Some('2'), None],
        '³' => [Some('3'), None],
        '每' => [Some('/'), None],
        c if c.is_whitespace() => [None, None],
        c => [c.to_lowercase().next(), None],
    };
    signs.into_iter().flatten()
}

/// Every spelling of every unit, folded once and in order: prose is looked through for units word by word.
static SPELLINGS: LazyLock<BTreeMap<String, Unit>> = LazyLock::new(|| {
    let mut found = BTreeMap::new();
    for (at, row) in TABLE.iter().enumerate() {
        for word in row.words() {
            found.entry(folded(word)).or_insert(Unit(at));
        }
    }
    found.remove("");
    found
});

/// The signs that spellings of units begin with that can be converted into another one.
static FIRST: LazyLock<Known<char>> = LazyLock::new(|| {
    let convertible = |unit: &Unit| TABLE.iter().filter(|row| row.dimension == unit.row().dimension).count() > 1;
    SPELLINGS.iter().filter(|(_, unit)| convertible(unit)).filter_map(|(word, _)| word.chars().next()).collect()
});

impl Row {
    fn words(&self) -> impl Iterator<Item = &'static str> {
        [self.name, self.zh, self.en].into_iter().chain(self.also.iter().copied())
    }
}

impl Unit {
    /// The unit of a name in a type file or in content (`m2`, `㎡`, `平方米`, `t/m2`, `kVA`, `亩`, `m`, …).
    pub fn parse(name: &str) -> Option<Unit> {
        SPELLINGS.get(&folded(name)).copied()
    }
    fn row(self) -> &'static Row {
        &TABLE[self.0]
    }
    /// Its name in type files.
    pub fn name(self) -> &'static str {
        self.row().name
    }
    /// What people read.
    pub fn label(self, lang: Lang) -> &'static str {
        if lang.is_chinese() { self.row().zh } else { self.row().en }
    }
    /// An amount in this unit as an amount in another; `None` if they measure different things.
    pub fn convert(self, amount: Decimal, to: Unit) -> Option<Decimal> {
        if self == to {
            return Some(amount);
        }
        if self.row().dimension != to.row().dimension {
            return None;
        }
        let (a, b) = (self.row().factor, to.row().factor);
        let up = Decimal::from(a.0).checked_mul(Decimal::from(b.1))?;
        let down = Decimal::from(a.1).checked_mul(Decimal::from(b.0))?;
        amount.checked_mul(up)?.checked_div(down)
    }
    /// Every spelling of every unit of the same dimension, as it is folded, and how many of this unit one of them is.
    pub fn spellings(self) -> Vec<(String, Decimal)> {
        let rows = TABLE.iter().enumerate().filter(|(_, row)| row.dimension == self.row().dimension);
        rows.filter_map(|(at, row)| Some((row, Unit(at).convert(Decimal::ONE, self)?)))
            .flat_map(|(row, factor)| row.words().map(move |word| (folded(word), factor)))
            .filter(|(word, _)| !word.is_empty())
            .collect()
    }
    /// The unit that a text begins with, and how many bytes its name takes; the longest name wins. Units that cannot be
    /// converted (years, people) need not be found.
    pub fn leading(text: &str) -> Option<(Unit, usize)> {
        // Behind most numbers in prose stands nothing that could be converted.
        if !text.chars().flat_map(fold).next().is_some_and(|first| FIRST.contains(&first)) {
            return None;
        }
        let (mut name, mut found) = (String::new(), None);
        for (at, c) in text.char_indices().take(LONGEST_NAME) {
            let end = at + c.len_utf8();
            name.extend(fold(c));
            let Some((spelling, unit)) =
                SPELLINGS.range::<str, _>((Included(name.as_str()), Unbounded)).next().filter(|(word, _)| word.starts_with(&name))
            else {
                break;
            };
            // `m` is no unit in `many`.
            let cut = c.is_ascii_alphabetic() && text[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
            if !cut && !c.is_whitespace() && *spelling == name {
                found = Some((*unit, end));
            }
        }
        found
    }
    /// Units of the same dimension, in words, for messages.
    pub fn siblings(self) -> Vec<&'static str> {
        TABLE.iter().filter(|row| row.dimension == self.row().dimension).map(|row| row.zh).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Unit, in_words};
    use crate::value::Decimal;

    #[test]
    fn a_value_in_words_has_no_signs() {
        for (shown, words) in [
            ("1,800 ㎡", "1,800平方米"),
            ("6 m", "6米"),
            ("2 t/㎡", "2吨/平方米"),
            ("800 kVA", "800千伏安"),
            ("10 元/㎡·月", "10 元/平方米·月"),
            ("3–5 年", "3–5年"),
            ("10 Gbps", "10 Gbps"),
            ("示例 m x", "示例 m x"),
            ("面议", "面议"),
        ] {
            assert_eq!(in_words(shown), words);
        }
    }

    #[test]
    fn units_are_known_by_many_names_and_convert_exactly() {
        let unit = |name: &str| Unit::parse(name).unwrap();
        assert_eq!(unit("㎡"), unit("平方米"));
        assert_eq!(unit("T/M²"), unit("吨/平方米"));
        assert_eq!(unit("ｋＶＡ"), unit("千伏安"));
        assert_eq!(unit("亩").convert(Decimal::from(3), unit("m2")), Some(Decimal::from(2000)));
        assert_eq!(unit("ha").convert(Decimal::ONE, unit("mu")).unwrap().round_dp(6), Decimal::from(15));
        let load = unit("kN/m2").convert("9.80665".parse().unwrap(), unit("t/m2")).unwrap();
        assert_eq!(load.round_dp(8), Decimal::ONE);
        assert_eq!(unit("m").convert(Decimal::ONE, unit("m2")), None);
        assert_eq!(Unit::parse("平方英尺"), None);
        assert_eq!(unit("acre").convert(Decimal::ONE, unit("m2")), Some("4046.8564224".parse().unwrap()));
        assert_eq!(Unit::leading("square kilometres of land"), Some((unit("km2"), 17)));
        assert_eq!(Unit::leading("many").map(|(found, _)| found), None);
        assert_eq!(Unit::leading("平方公里（"), Some((unit("km2"), "平方公里".len())));
    }
}
