//! Guards: words and data that must not be published, or not as they stand.

use crate::diagnostic::{Diagnostic, Place, Said, said};

/// How a warning is silenced, for every message of a guard.
fn silence(code: &str, text: &str) -> Said {
    said(
        format!(
            "确属正常的，在文件头写 silence: [{{code: {code}, text: {text}, reason: 理由}}]；栏目导语、表格写在 site.yaml 的 guards: 里，加上 in: 文件。"
        ),
        format!(
            "If it is meant, say so in the front matter: silence: [{{code: {code}, text: {text}, reason: …}}]; for introductions and tables in site.yaml, under guards:, with in: and the file."
        ),
    )
}

/// An absolute term.
pub fn word_absolute(place: Place, word: &str, error: bool) -> Diagnostic {
    let message = said(format!("绝对化用语：“{word}”。"), format!("An absolute term: “{word}”."));
    let found =
        if error { Diagnostic::error("word-absolute", place, message) } else { Diagnostic::warning("word-absolute", place, message) };
    found
        .hint(said("改写成有数据、有出处的事实。", "Say a fact with its number and its source instead."))
        .hint(silence("word-absolute", word))
}

/// A claim without a source.
pub fn claim_unsourced(place: Place, word: &str) -> Diagnostic {
    Diagnostic::warning("claim-unsourced", place, said(format!("“{word}”没有出处。"), format!("“{word}” has no source.")))
        .hint(said(
            "在 source 写明出处，或在同一行引用文件名、文号；没有出处就删去。",
            "Name the source in `source`, or the document in the same line; without one, take it out.",
        ))
        .hint(silence("claim-unsourced", word))
}

/// An official designation without a source.
pub fn honour_unsourced(place: Place, word: &str) -> Diagnostic {
    Diagnostic::warning(
        "honour-unsourced",
        place,
        said(format!("“{word}”是官方称号，没有写依据。"), format!("“{word}” is an official designation without its source.")),
    )
    .hint(said(
        "在 source 写明认定文件，或在同一行写出文件名、文号。",
        "Name the decision in `source`, or its title or number in the same line.",
    ))
    .hint(silence("honour-unsourced", word))
}

/// An incentive whose review is not told.
pub fn incentive_unreviewed(place: Place, word: &str) -> Diagnostic {
    Diagnostic::warning(
        "incentive-unreviewed",
        place,
        said(
            format!("写到激励措施（“{word}”），没有写公平竞争审查情况。"),
            format!("An incentive (“{word}”) without the result of fair-competition review."),
        ),
    )
    .hint(said(
        "政策写 fair_review: {status: passed, by: 审查单位, on: 日期}；其他内容链接到写明审查情况的政策。",
        "A policy says fair_review: {status: passed, by: …, on: …}; anything else links to the policy that does.",
    ))
    .hint(silence("incentive-unreviewed", word))
}

/// Wording that was found to break the rules on fair competition.
pub fn incentive_barred(place: Place, word: &str) -> Diagnostic {
    Diagnostic::warning(
        "incentive-barred",
        place,
        said(
            format!("“{word}”属于公平竞争审查通报过的问题写法。"),
            format!("“{word}” is wording that reviews of fair competition objected to."),
        ),
    )
    .hint(said("删去或改为对所有经营者一视同仁的条件。", "Take it out, or make the condition the same for everybody."))
    .hint(silence("incentive-barred", word))
}

/// A mobile number.
pub fn personal_mobile(place: Place, masked: &str) -> Diagnostic {
    Diagnostic::warning(
        "personal-mobile",
        place,
        said(format!("手机号码会公开：{masked}。"), format!("A mobile number would be public: {masked}.")),
    )
    .hint(said(
        format!("改用办公电话，或遮盖为 {masked}；工作手机写在联系人的 mobile 并声明 mobile_public。"),
        format!("Give the office number, or mask it as {masked}; a work mobile belongs to `mobile` with `mobile_public`."),
    ))
    .hint(silence("personal-mobile", masked))
}

/// The number of an identity card.
pub fn personal_id(place: Place, masked: &str) -> Diagnostic {
    Diagnostic::error(
        "personal-id",
        place,
        said(format!("身份证号码不能公开：{masked}。"), format!("The number of an identity card must not be public: {masked}.")),
    )
    .hint(said(format!("删去，或遮盖为 {masked}。"), format!("Take it out, or mask it as {masked}.")))
}

/// The number of a bank card.
pub fn personal_card(place: Place, masked: &str) -> Diagnostic {
    Diagnostic::error(
        "personal-card",
        place,
        said(format!("银行卡号不能公开：{masked}。"), format!("The number of a bank card must not be public: {masked}.")),
    )
    .hint(said(format!("删去，或遮盖为 {masked}。"), format!("Take it out, or mask it as {masked}.")))
}

/// A mark of internal papers.
pub fn mark_internal(place: Place, word: &str) -> Diagnostic {
    Diagnostic::warning("mark-internal", place, said(format!("带有内部标记：“{word}”。"), format!("A mark of internal papers: “{word}”.")))
        .hint(said(
            "核实是否可以公开；不公开的写进以 internal_ 开头的字段，或设 openness: none。",
            "Make sure that it may be public; what may not belongs to a field internal_…, or set openness: none.",
        ))
        .hint(silence("mark-internal", word))
}

/// A mark of secrecy.
pub fn mark_secret(place: Place, word: &str) -> Diagnostic {
    Diagnostic::error(
        "mark-secret",
        place,
        said(format!("带有密级标志：“{word}”。涉密信息不上网。"), format!("A mark of secrecy: “{word}”. Secrets do not go online.")),
    )
    .hint(said("立即删去，并按保密规定处理。", "Take it out at once and follow the rules on secrecy."))
    .hint(silence("mark-secret", word))
}

/// A key or a password.
pub fn secret_key(place: Place, word: &str) -> Diagnostic {
    Diagnostic::error(
        "secret-key",
        place,
        said(format!("像是密钥或口令（“{}”）。", word.trim()), format!("This looks like a key or a password (“{}”).", word.trim())),
    )
    .hint(said("删去，并立即更换这个密钥或口令。", "Take it out, and change that key or password at once."))
    .hint(silence("secret-key", word.trim()))
}

/// An address that only the office can open.
pub fn address_local(place: Place, word: &str) -> Diagnostic {
    Diagnostic::warning(
        "address-local",
        place,
        said(
            format!("“{word}”是本机或内网地址，读者打不开。"),
            format!("“{word}” is an address inside the office; readers cannot open it."),
        ),
    )
    .hint(said("换成公开的网址，或删去。", "Give the public address, or take it out."))
    .hint(silence("address-local", word))
}

/// A sign that nobody sees.
pub fn text_hidden(place: Place, code: u32) -> Diagnostic {
    Diagnostic::warning(
        "text-hidden",
        place,
        said(format!("这里有看不见的字符（U+{code:04X}）。"), format!("There is a sign here that nobody sees (U+{code:04X}).")),
    )
    .hint(said("删去：多半是从网页或微信复制时带来的。", "Take it out: it mostly comes along when text is copied from a page."))
}

/// A public field whose label says that it is none.
pub fn field_looks_private(place: Place, key: &str, label: &Said, word: &str) -> Diagnostic {
    Diagnostic::warning(
        "field-looks-private",
        place,
        said(
            format!("字段“{}”（{key}）的名称里有“{word}”，却是公开的。", label.zh),
            format!("The field “{}” ({key}) is public, though its name says “{word}”.", label.en),
        ),
    )
    .hint(said("加上 private: true，或换个名称。", "Add private: true, or give it another name."))
}

/// Text that was to be replaced.
pub fn text_placeholder(place: Place, word: &str) -> Diagnostic {
    Diagnostic::warning(
        "text-placeholder",
        place,
        said(format!("还留着占位文字：“{word}”。"), format!("Text that was to be replaced: “{word}”.")),
    )
    .hint(said("写上真实内容；没有的整行删去。", "Write the real text, or take the line out."))
    .hint(silence("text-placeholder", word))
}

/// A unit in a form that is not the standard's.
pub fn unit_style(place: Place, typed: &str, right: &str) -> Diagnostic {
    Diagnostic::warning(
        "unit-style",
        place,
        said(format!("计量单位写法不规范：“{typed}”。"), format!("A unit is not written as it should be: “{typed}”.")),
    )
    .hint(said(format!("改成：{right}"), format!("Write {right}")))
    .hint(silence("unit-style", typed))
}

/// A number in a form that is not the standard's.
pub fn number_style(place: Place, typed: &str) -> Diagnostic {
    Diagnostic::warning(
        "number-style",
        place,
        said(format!("数字写法不规范：“{typed}”。"), format!("A number is not written as it should be: “{typed}”.")),
    )
    .hint(said(
        "数字用半角；日期的月、日不加零，写作 2026年3月5日。",
        "Digits are half-width; months and days have no leading zero: 2026年3月5日.",
    ))
    .hint(silence("number-style", typed))
}

/// A link that does not say where to.
pub fn link_text(place: Place, text: &str) -> Diagnostic {
    Diagnostic::warning(
        "link-text",
        place,
        said(format!("链接文字“{text}”看不出去处。"), format!("The link “{text}” does not say where it leads.")),
    )
    .hint(said("把去处写进链接文字，例如 [贷款贴息办法](…)。", "Name the place in the text of the link: [Loan interest measures](…)."))
    .hint(silence("link-text", text))
}

/// A word of a list.
pub fn word_listed(place: Place, word: &str, right: &str) -> Diagnostic {
    let found =
        Diagnostic::warning("word-listed", place, said(format!("词表里的词：“{word}”。"), format!("A word of the list: “{word}”.")));
    let hint = if right.is_empty() {
        said("按本单位规定改写或删去。", "Rewrite it or take it out, as the office has ruled.")
    } else {
        said(format!("改成：{right}"), format!("Write {right}"))
    };
    found.hint(hint).hint(silence("word-listed", word))
}

/// A silence that silences nothing.
pub fn silence_unused(place: Place, code: &str, text: Option<&str>) -> Diagnostic {
    let what = text.map_or_else(|| code.to_string(), |text| format!("{code}，{text}"));
    Diagnostic::warning(
        "silence-unused",
        place,
        said(format!("这条“不再提示”没有用到（{what}）。"), format!("This silence silences nothing ({what}).")),
    )
    .hint(said("内容已经改好的，删去这一条。", "If the text was mended, take the silence out."))
}

/// A silence of a code that no guard says.
pub fn silence_code(place: Place, code: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "silence-code",
        place,
        said(format!("“{code}”不是可以不再提示的代码。"), format!("“{code}” is no code that can be silenced.")),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said(
            "代码写在提示的方括号里；只有词句检查的提示可以这样。",
            "The code stands in the brackets of the message; only guards can be silenced.",
        ),
    })
}
