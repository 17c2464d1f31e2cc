//! Sentences about single values: what was written, why it cannot be read, how to write it.

use crate::diagnostic::{Diagnostic, Place, Said, said};

fn unreadable(code: &'static str, place: Place, label: &Said, typed: &str, zh: &str, en: &str) -> Diagnostic {
    Diagnostic::error(code, place, said(format!("“{}”写的是“{typed}”，{zh}", label.zh), format!("“{}” is “{typed}”; {en}", label.en)))
}

/// About, some, nearly; the example is in the unit of the field.
pub fn number_vague(place: Place, label: &Said, typed: &str, unit: &Said) -> Diagnostic {
    let space = if unit.en.is_empty() || unit.en == "%" { "" } else { " " };
    unreadable("number-vague", place, label, typed, "含有“约、余、多、以上”一类的字，不是确定的数。", "it is approximate.").hint(said(
        format!("写确定的数（例如 100{}）；要表示范围，用范围字段或在正文里说明。", unit.zh),
        format!("Give the exact number (such as 100{space}{}), or say it in prose.", unit.en),
    ))
}

/// Separators in odd places.
pub fn number_grouping(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable(
        "number-grouping",
        place,
        label,
        typed,
        "逗号的位置不合千分位，看不出是小数还是千分位。",
        "its separators are in odd places.",
    )
    .hint(said("千分位写作 12,000；小数点用英文句点，写作 1.2。", "Thousands are 12,000, decimals 1.2."))
}

/// Not a number.
pub fn number_unreadable(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("number-unreadable", place, label, typed, "不是可以识别的数。", "it is no number.")
        .hint(said("写作 12000、12,000 或 1.2万。", "Write 12000, 12,000 or 1.2万."))
}

/// A fraction where only whole numbers make sense.
pub fn integer_expected(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("integer-expected", place, label, typed, "应当是整数。", "it must be a whole number.")
        .hint(said("写整数，例如 4。", "Write a whole number, such as 4."))
}

/// A unit nobody knows.
pub fn unit_unknown(place: Place, label: &Said, unit: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::error(
        "unit-unknown",
        place,
        said(format!("“{}”的单位“{unit}”不认识。", label.zh), format!("“{}” has the unknown unit “{unit}”.", label.en)),
    )
    .hint(said(format!("可用：{}", known.join("、")), format!("Use: {}", known.join(", "))))
}

/// A unit of another dimension.
pub fn unit_mismatch(place: Place, label: &Said, unit: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::error(
        "unit-mismatch",
        place,
        said(format!("“{}”不能用“{unit}”计量。", label.zh), format!("“{}” is not measured in “{unit}”.", label.en)),
    )
    .hint(said(format!("可用：{}", known.join("、")), format!("Use: {}", known.join(", "))))
}

/// A price that cannot be read.
pub fn money_unreadable(place: Place, label: &Said, typed: &str, unit: &str) -> Diagnostic {
    unreadable("money-unreadable", place, label, typed, "不是可以识别的价格。", "it is no price.").hint(said(
        format!("按“{unit}”写一个数（8）、一个范围（8-12），或写：面议、招标；别的计价方式写全单位，例如 0.4元/㎡·天。"),
        format!("Write a number (8) or a range (8-12) in {unit}, or 面议, 招标; another measure needs its unit, as in 0.4元/㎡·天."),
    ))
}

/// Not one of the words.
pub fn choice_unknown(place: Place, label: &Said, typed: &str, near: Option<&str>, all: &[(&str, &str)]) -> Diagnostic {
    let list = |pick: fn(&(&str, &str)) -> String, gap: &str| all.iter().take(12).map(pick).collect::<Vec<_>>().join(gap);
    let zh = list(|(key, zh)| if zh.is_empty() { (*key).to_string() } else { format!("{zh}（{key}）") }, "、");
    let en = list(|(key, _)| (*key).to_string(), ", ");
    unreadable("choice-unknown", place, label, typed, "不在可选的词里。", "it is none of the words allowed.")
        .hint_if(near.map(|near| said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?"))))
        .hint(said(format!("可选：{zh}"), format!("Allowed: {en}")))
}

/// Neither yes nor no.
pub fn flag_unreadable(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("flag-unreadable", place, label, typed, "应当写“是”或“否”。", "it takes yes or no.")
        .hint(said("写：是、否、true 或 false。", "Write 是, 否, true or false."))
}

/// Not a day.
pub fn date_unreadable(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("date-unreadable", place, label, typed, "不是可以识别的日期。", "it is no date.")
        .hint(said("写作 2026-11-23 或 2026年11月23日。", "Write 2026-11-23."))
}

/// A day that no calendar has.
pub fn date_impossible(place: Place, label: &Said, typed: &str, days: Option<i8>) -> Diagnostic {
    let (zh, en) = match days {
        Some(days) => (format!("那个月只有 {days} 天。"), format!("that month has {days} days.")),
        None => ("一年只有 12 个月。".to_string(), "a year has 12 months.".to_string()),
    };
    unreadable("date-impossible", place, label, typed, &zh, &en)
        .hint(said("请核对日期，写作 2026-11-23。", "Check the date; write 2026-11-23."))
}

/// Which is the month?
pub fn date_ambiguous(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("date-ambiguous", place, label, typed, "看不出哪个是月、哪个是日。", "month and day cannot be told apart.")
        .hint(said("按年-月-日写：2026-06-05。", "Write year-month-day: 2026-06-05."))
}

/// Not a month.
pub fn month_unreadable(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("month-unreadable", place, label, typed, "不是可以识别的月份。", "it is no month.")
        .hint(said("写作 2026-11 或 2026年11月。", "Write 2026-11."))
}

/// Not a time.
pub fn datetime_unreadable(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("datetime-unreadable", place, label, typed, "不是可以识别的时间。", "it is no date and time.")
        .hint(said("写作 2026-11-23 09:00。", "Write 2026-11-23 09:00."))
}

/// Not a range.
pub fn range_unreadable(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("range-unreadable", place, label, typed, "不是可以识别的范围。", "it is no range.")
        .hint(said("写作 500-2000、500~（不少于）或 ~2000（不超过）。", "Write 500-2000, 500~ (at least) or ~2000 (at most)."))
}

/// From is larger than to.
pub fn range_reversed(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("range-reversed", place, label, typed, "前面的数大于后面的数。", "its first number is larger than its second.")
        .hint(said("小的写在前面，例如 8-12。", "Write the smaller one first, as in 8-12."))
}

/// No name of a record.
pub fn link_unreadable(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("link-unreadable", place, label, typed, "不是内容的编号。", "it is no id.")
        .hint(said("写文件名（不含后缀），例如 gaopo。", "Write the file name without its ending."))
}

/// A part of a small mapping that means nothing.
pub fn part_unknown(place: Place, label: &Said, key: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "part-unknown",
        place,
        said(format!("“{}”里没有“{key}”这一项。", label.zh), format!("“{}” has no part “{key}”.", label.en)),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said("删去这一项。", "Take it away."),
    })
}

/// A picture without alternative text.
pub fn image_alt(place: Place, label: &Said, src: &str) -> Diagnostic {
    Diagnostic::error(
        "image-alt",
        place,
        said(format!("“{}”缺少替代文字（alt）。", label.zh), format!("“{}” has no alternative text (alt).", label.en)),
    )
    .hint(said(
        format!("写作 {{src: {src}, alt: 图里是什么}}，看不到图的人靠它了解内容。"),
        format!("Write {{src: {src}, alt: what it shows}}."),
    ))
}

/// A picture or attachment without a path.
pub fn media_src(place: Place, label: &Said) -> Diagnostic {
    Diagnostic::error(
        "media-src",
        place,
        said(format!("“{}”没有写文件路径（src）。", label.zh), format!("“{}” has no path (src).", label.en)),
    )
    .hint(said("加一行：src: 文件路径", "Add a line: src: the path of the file"))
}

/// A picture or attachment of another site.
pub fn media_elsewhere(place: Place, label: &Said, src: &str) -> Diagnostic {
    unreadable("media-elsewhere", place, label, src, "不是本站里的文件。", "it is no file of this site.")
        .hint(said("把文件放进 content/media/ 再写相对路径。", "Put the file into content/media/ and write its path."))
}

/// An address of a scheme that is not allowed.
pub fn url_scheme(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("url-scheme", place, label, typed, "只允许 http 和 https 开头的网址。", "only http and https addresses are allowed.")
        .hint(said("写完整的网址，例如 https://www.example.com/。", "Write a whole address, such as https://www.example.com/."))
}

/// No address.
pub fn url_unreadable(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("url-unreadable", place, label, typed, "不是完整的网址。", "it is no complete address.")
        .hint(said("写作 https://www.example.com/…", "Write https://www.example.com/…"))
}

/// No telephone number.
pub fn phone_unreadable(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("phone-unreadable", place, label, typed, "不是电话号码。", "it is no telephone number.")
        .hint(said("写作 0597-2345678、13800000000 或 0597-2345678转802。", "Write 0597-2345678 or 0597-2345678转802."))
}

/// No e-mail address.
pub fn email_unreadable(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("email-unreadable", place, label, typed, "不是电子邮箱。", "it is no e-mail address.")
        .hint(said("写作 zhaoshang@example.com。", "Write office@example.com."))
}

/// A code that fails its check.
pub fn code_wrong(place: Place, label: &Said, typed: &str, wanted: Option<char>) -> Diagnostic {
    unreadable("code-wrong", place, label, typed, "不符合编码规则。", "it does not satisfy its standard.").hint(match wanted {
        Some(sign) => said(
            format!("如果前面的字符无误，最后一位应当是 {sign}。"),
            format!("If the rest is right, the last character must be {sign}."),
        ),
        None => said("照证照或标准上的代码抄写。", "Copy the code from the certificate or the standard."),
    })
}

/// Coordinates that cannot be read.
pub fn place_unreadable(place: Place, label: &Said) -> Diagnostic {
    Diagnostic::error(
        "place-unreadable",
        place,
        said(format!("“{}”的经纬度读不出来。", label.zh), format!("“{}” has no readable coordinates.", label.en)),
    )
    .hint(said("写作 {lng: 117.03, lat: 25.09, crs: gcj02}。", "Write {lng: 117.03, lat: 25.09, crs: gcj02}."))
}

/// Coordinates without their system.
pub fn place_crs(place: Place, label: &Said, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(word) => said(format!("“{}”的坐标系“{word}”不认识。", label.zh), format!("“{}” has the unknown system “{word}”.", label.en)),
        None => said(
            format!("“{}”没有写坐标系，不同坐标系相差几百米。", label.zh),
            format!("“{}” does not name its system; they differ by hundreds of metres.", label.en),
        ),
    };
    Diagnostic::error("place-crs", place, message).hint(said(
        "高德、腾讯写 gcj02，百度写 bd09，GPS 写 wgs84，天地图写 cgcs2000。",
        "gcj02 (AMap), bd09 (Baidu), wgs84 (GPS), cgcs2000.",
    ))
}

/// Coordinates outside China.
pub fn place_outside(place: Place, label: &Said, swapped: bool) -> Diagnostic {
    Diagnostic::error(
        "place-outside",
        place,
        said(format!("“{}”的坐标不在中国范围内。", label.zh), format!("“{}” lies outside China.", label.en)),
    )
    .hint(if swapped {
        said("经度和纬度写反了。", "Longitude and latitude are swapped.")
    } else {
        said("经度约 73–136，纬度约 3–54。", "Longitude is 73–136, latitude 3–54.")
    })
}

/// A list or mapping where one value belongs.
pub fn wrong_shape(place: Place, label: &Said, found: (&str, &str)) -> Diagnostic {
    Diagnostic::error(
        "wrong-shape",
        place,
        said(
            format!("“{}”的写法不对：这里写成了{}。", label.zh, found.0),
            format!("“{}” has the wrong shape: this is {}.", label.en, found.1),
        ),
    )
    .hint(said("parkpress schema 类型 可以查看字段的写法。", "“parkpress schema TYPE” shows how fields are written."))
}

/// A control character in a text.
pub fn text_control(place: Place, label: &Said, code: u32) -> Diagnostic {
    Diagnostic::error(
        "text-control",
        place,
        said(
            format!("“{}”里有不可见的控制字符（U+{code:04X}）。", label.zh),
            format!("“{}” holds a control character (U+{code:04X}).", label.en),
        ),
    )
    .hint(said("删掉重打这几个字，多半是从别处粘贴带来的。", "Retype it; it was probably pasted."))
}

/// No colour.
pub fn colour_unreadable(place: Place, label: &Said, typed: &str) -> Diagnostic {
    unreadable("colour-unreadable", place, label, typed, "不是颜色代码。", "it is no colour.")
        .hint(said("写六位十六进制颜色并加引号，例如 \"#0b4f7d\"。", "Write six hexadecimal digits in quotes, as in \"#0b4f7d\"."))
}

/// Nothing stands where a colour belongs: without quotes, `#` begins a comment.
pub fn colour_unquoted(place: Place, label: &Said, key: &str) -> Diagnostic {
    Diagnostic::error(
        "colour-unquoted",
        place,
        said(
            format!("“{}”没有读到颜色：不加引号时，# 后面的内容会被当作注释。", label.zh),
            format!("“{}” has no colour: without quotes, everything after # is a comment.", label.en),
        ),
    )
    .hint(said(format!("写作：{key}: \"#0b4f7d\""), format!("Write: {key}: \"#0b4f7d\"")))
}
