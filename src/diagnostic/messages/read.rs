//! Sentences about records, tables, introductions, settings and themes as they are read.

use crate::diagnostic::{Diagnostic, Place, Said, SitePath, said};

type Shape = (&'static str, &'static str);

/// A link, pipe or device among the content.
pub fn file_not_regular(path: &SitePath, is_link: bool) -> Diagnostic {
    let what = if is_link { ("符号链接", "a symbolic link") } else { ("特殊文件", "a special file") };
    Diagnostic::warning(
        "file-not-regular",
        Place::start(path),
        said(format!("这是{}，不是普通文件，已跳过。", what.0), format!("This is {}, not a regular file; it was left out.", what.1)),
    )
    .hint(said("请把文件本身复制到 content/ 里。", "Copy the file itself into content/."))
}

/// Something else stands where a mapping belongs.
pub fn mapping_expected(place: Place, found: Shape) -> Diagnostic {
    Diagnostic::error(
        "mapping-expected",
        place,
        said(
            format!("这里应当是一组“字段: 值”，写的却是{}。", found.0),
            format!("A mapping “key: value” belongs here, but this is {}.", found.1),
        ),
    )
    .hint(said("每行写一个字段，冒号后空一格，例如“名称: 高陂园区”。", "Write one field per line with a space after the colon."))
}

/// A key that no field has.
pub fn field_unknown(place: Place, key: &str, near: Option<(&str, &Said)>) -> Diagnostic {
    Diagnostic::error("field-unknown", place, said(format!("没有名为“{key}”的字段。"), format!("There is no field “{key}”."))).hint(
        match near {
            Some((key, label)) => said(format!("是不是“{key}”（{}）？", label.zh), format!("Did you mean “{key}” ({})?", label.en)),
            None => said(
                "字段名见 parkpress schema；要新增字段，请写进 content/_types/。仅供内部使用的内容，字段名以 internal_ 开头。",
                "See “parkpress schema” for the fields; new fields go into content/_types/. Keys that begin with internal_ stay private.",
            ),
        },
    )
}

/// A computed field was written by hand.
pub fn field_computed(place: Place, label: &Said) -> Diagnostic {
    Diagnostic::error(
        "field-computed",
        place,
        said(format!("“{}”由系统计算，不能手写。", label.zh), format!("“{}” is computed and cannot be written.", label.en)),
    )
    .hint(said("删去这一行。", "Delete this line."))
}

/// The same field under two spellings.
pub fn field_twice(place: Place, label: &Said, first_key: &str, key: &str, first: Place) -> Diagnostic {
    Diagnostic::error(
        "field-twice",
        place,
        said(
            format!("字段“{}”写了两次：“{first_key}”和“{key}”是同一个字段。", label.zh),
            format!("“{}” is given twice: “{first_key}” and “{key}” are the same field.", label.en),
        ),
    )
    .hint(said("只保留一个。", "Keep one of them."))
    .see(first, said("第一次写在这里", "first given here"))
}

/// A list or mapping stands where text belongs.
pub fn text_expected(place: Place, label: &Said, found: Shape) -> Diagnostic {
    Diagnostic::error(
        "text-expected",
        place,
        said(format!("“{}”应当是文字，写的却是{}。", label.zh, found.0), format!("“{}” takes text, but this is {}.", label.en, found.1)),
    )
    .hint(said("多行文字在冒号后写竖线“|”，下面各行缩进两格。", "For several lines write “|” after the colon and indent the lines below."))
}

/// A file or column in a language that site.yaml does not list; `known`: could it list it?
pub fn language_not_of_site(file: &SitePath, code: &str, known: bool) -> Diagnostic {
    Diagnostic::error(
        "language-not-of-site",
        Place::start(file),
        said(format!("网站没有开通语言“{code}”。"), format!("The site does not have the language “{code}”.")),
    )
    .hint(if known {
        said(
            format!("在 content/site.yaml 的 languages 里加上 {code}，或改正文件名。"),
            format!("Add {code} to languages in content/site.yaml, or rename the file."),
        )
    } else {
        said("语言只能是 zh、en、zh-hant；请改正文件名或列名。", "The languages are zh, en and zh-hant; rename the file or column.")
    })
}

/// A folder that no type has.
pub fn folder_unknown(file: &SitePath, folder: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "folder-unknown",
        Place::start(file),
        said(format!("没有哪种内容放在“content/{folder}”。"), format!("No content type lives in “content/{folder}”.")),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“content/{near}”？"), format!("Did you mean “content/{near}”?")),
        None => said(
            "图片和附件放在 content/media/，草稿文件名以下划线开头。",
            "Images and attachments live in content/media/; names that begin with “_” are ignored.",
        ),
    })
}

/// A file named like a folder, beside it.
pub fn file_outside_folder(file: &SitePath, folder: &str) -> Diagnostic {
    Diagnostic::error(
        "file-outside-folder",
        Place::start(file),
        said("这个文件应当放在同名文件夹里面。", "This file belongs inside the folder of the same name."),
    )
    .hint(said(
        format!("移到 content/{folder}/ 下；列表页的导语写在 content/{folder}/_index.md。"),
        format!("Move it into content/{folder}/; the introduction of the list is content/{folder}/_index.md."),
    ))
}

/// A row of a table has no id.
pub fn row_without_id(place: Place) -> Diagnostic {
    Diagnostic::error(
        "row-without-id",
        place,
        said("这一行没有编号（id），无法成为一页。", "This row has no id, so it cannot become a page."),
    )
    .hint(said(
        "表格要有“id”列，每行填一个由小写字母、数字和连字符组成的编号。",
        "Give the table a column “id” with lower-case letters, digits and hyphens.",
    ))
}

/// An introduction has a field it cannot have.
pub fn intro_field_unknown(place: Place, key: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "intro-field-unknown",
        place,
        said(format!("列表页的导语没有“{key}”这个字段。"), format!("An introduction has no field “{key}”.")),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said("这里只写 title、summary 和正文。", "It takes title, summary and a body."),
    })
}

/// An id that cannot be part of an address.
pub fn id_pattern(place: Place, id: &str) -> Diagnostic {
    Diagnostic::error(
        "id-pattern",
        place,
        said(
            format!("“{id}”不能作网址：只能用小写字母、数字和连字符，不超过 64 个字符。"),
            format!("“{id}” cannot be part of an address: lower-case letters, digits and hyphens only, at most 64."),
        ),
    )
    .hint(said("请改文件名（或 id 列），例如 gaopo-park-2。", "Rename the file (or the id), for example gaopo-park-2."))
}

/// A text that is too short or too long.
pub fn text_length(place: Place, label: &Said, length: usize, min: Option<&str>, max: Option<&str>) -> Diagnostic {
    let limit = limits(min, max, "个字", " characters");
    Diagnostic::error(
        "text-length",
        place,
        said(
            format!("“{}”有 {length} 个字，应当{}。", label.zh, limit.zh),
            format!("“{}” has {length} characters; it takes {}.", label.en, limit.en),
        ),
    )
    .hint(said("改短或补全这段文字。", "Shorten the text or complete it."))
}

/// A text that does not fit its pattern.
pub fn pattern_mismatch(place: Place, label: &Said, text: &str, pattern: &str, example: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "pattern-mismatch",
        place,
        said(format!("“{}”的写法不对：“{text}”。", label.zh), format!("“{}” is not written as it must be: “{text}”.", label.en)),
    )
    .hint(match example {
        Some(example) => said(format!("例如：{example}"), format!("For example: {example}")),
        None => said(format!("格式：{pattern}"), format!("Format: {pattern}")),
    })
}

/// An amount outside its bounds.
pub fn out_of_range(place: Place, label: &Said, shown: &str, unit: &str, min: Option<&str>, max: Option<&str>) -> Diagnostic {
    let limit = limits(min, max, unit, unit);
    Diagnostic::error(
        "out-of-range",
        place,
        said(
            format!("“{}”是 {shown}{unit}，超出范围：应当{}。", label.zh, limit.zh),
            format!("“{}” is {shown} {unit}, out of range: it takes {}.", label.en, limit.en),
        ),
    )
    .hint(said("请核对数字和单位。", "Check the number and its unit."))
}

/// An amount that is possible but unlikely.
pub fn probably_a_slip(place: Place, label: &Said, shown: &str, unit: &str, min: Option<&str>, max: Option<&str>) -> Diagnostic {
    let limit = limits(min, max, unit, unit);
    Diagnostic::warning(
        "probably-a-slip",
        place,
        said(
            format!("“{}”是 {shown}{unit}，很少见：一般{}。", label.zh, limit.zh),
            format!("“{}” is {shown} {unit}, which is unusual: normally {}.", label.en, limit.en),
        ),
    )
    .hint(said("请核对是否多写或少写了零，单位是否正确。", "Check for a zero too many or too few, and the unit."))
}

/// Too few or too many items.
pub fn count_wrong(place: Place, label: &Said, found: usize, least: Option<usize>, most: Option<usize>) -> Diagnostic {
    let (least, most) = (least.map(|n| n.to_string()), most.map(|n| n.to_string()));
    let limit = limits(least.as_deref(), most.as_deref(), "项", " items");
    Diagnostic::error(
        "count-wrong",
        place,
        said(
            format!("“{}”有 {found} 项，应当{}。", label.zh, limit.zh),
            format!("“{}” has {found} items; it takes {}.", label.en, limit.en),
        ),
    )
    .hint(said("增加或减少这里的条目。", "Add items here or take some away."))
}

/// What is missing, for [`field_missing`].
#[derive(Debug, Clone, Copy)]
pub struct Missing<'a> {
    /// The English key.
    pub key: &'a str,
    /// What people call it.
    pub label: &'a Said,
    /// A good value.
    pub example: Option<&'a str>,
    /// One sentence for the person who fills it in.
    pub hint: Option<&'a Said>,
    /// Is it needed only because of another field?
    pub conditional: bool,
}

/// A field that must be given is not.
pub fn field_missing(place: Place, missing: Missing<'_>) -> Diagnostic {
    let (zh, en) = (&missing.label.zh, &missing.label.en);
    let message = if missing.conditional {
        said(
            format!("缺少“{zh}”：按这条内容的其他字段，它必须填写。"),
            format!("“{en}” is missing; other fields of this record make it necessary."),
        )
    } else {
        said(format!("缺少必填的“{zh}”。"), format!("The required “{en}” is missing."))
    };
    let value = missing.example.unwrap_or("…");
    Diagnostic::error("field-missing", place, message)
        .hint(said(format!("加一行：{zh}: {value}"), format!("Add a line: {}: {value}", missing.key)))
        .hint_if(missing.hint.cloned())
}

/// Two things that do not go together.
pub fn conflict(place: Place, label: &Said, because: &Said) -> Diagnostic {
    Diagnostic::error(
        "conflict",
        place,
        said(format!("“{}”与其他字段矛盾：{}", label.zh, because.zh), format!("“{}” contradicts another field: {}", label.en, because.en)),
    )
    .hint(said("改掉其中一个字段。", "Change one of the two."))
}

/// One amount is larger than the other allows.
pub fn larger_than(place: Place, label: &Said, amount: &str, other: &Said, limit: &str) -> Diagnostic {
    Diagnostic::error(
        "larger-than",
        place,
        said(
            format!("“{}”（{amount}）大于“{}”（{limit}）。", label.zh, other.zh),
            format!("“{}” ({amount}) is larger than “{}” ({limit}).", label.en, other.en),
        ),
    )
    .hint(said("请核对两个数，改掉写错的一个。", "Compare the two numbers and correct the wrong one."))
}

/// Points to the limit of another field.
pub fn the_limit() -> Said {
    said("上限写在这里", "the limit stands here")
}

/// Dates or numbers in the wrong order.
pub fn out_of_order(place: Place, first: (&Said, &str), second: (&Said, &str)) -> Diagnostic {
    Diagnostic::error(
        "out-of-order",
        place,
        said(
            format!("“{}”（{}）早于或小于“{}”（{}），次序不对。", second.0.zh, second.1, first.0.zh, first.1),
            format!("“{}” ({}) comes before “{}” ({}).", second.0.en, second.1, first.0.en, first.1),
        ),
    )
    .hint(said("请核对先后，改掉写错的一个。", "Compare the two and correct the wrong one."))
}

/// Parts are more than the whole.
pub fn sum_too_large(place: Place, parts: &[Said], total: &str, label: &Said, limit: &str) -> Diagnostic {
    let names = |pick: fn(&Said) -> &str, gap: &str| parts.iter().map(pick).collect::<Vec<_>>().join(gap);
    let (zh, en) = (names(|said| &said.zh, "、"), names(|said| &said.en, ", "));
    Diagnostic::error(
        "sum-too-large",
        place,
        said(
            format!("“{zh}”合计 {total}，超过“{}”（{limit}）。", label.zh),
            format!("The sum of “{en}” is {total}, more than “{}” ({limit}).", label.en),
        ),
    )
    .hint(said("请核对各项数字和总数。", "Compare the parts with the whole."))
}

/// A sum that should lie between two bounds.
pub fn sum_not_between(place: Place, label: &Said, total: &str, min: &str, max: &str) -> Diagnostic {
    Diagnostic::error(
        "sum-not-between",
        place,
        said(
            format!("“{}”合计 {total}，应当在 {min} 到 {max} 之间。", label.zh),
            format!("The sum of “{}” is {total}; it should lie between {min} and {max}.", label.en),
        ),
    )
    .hint(said("请核对各项数字，使合计落在范围内。", "Check the parts so that their sum lies within the limits."))
}

/// Two items of a list have the same key.
pub fn item_twice(place: Place, label: &Said, text: &str, first: Place) -> Diagnostic {
    Diagnostic::error(
        "item-twice",
        place,
        said(format!("“{}”重复：“{text}”已经用过。", label.zh), format!("“{}” is used twice: “{text}”.", label.en)),
    )
    .see(first, said("第一次写在这里", "first used here"))
    .hint(said("给其中一项换一个编号。", "Give one of the items another key."))
}

/// No site here.
pub fn site_missing(file: &SitePath) -> Diagnostic {
    Diagnostic::error("site-missing", Place::start(file), said("缺少网站设置文件 content/site.yaml。", "content/site.yaml is missing."))
        .hint(said("运行 parkpress init 文件夹 可以新建一个网站。", "“parkpress init DIR” makes a new site."))
}

/// A time zone nobody knows.
pub fn zone_unknown(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error("zone-unknown", place, said(format!("没有名为“{name}”的时区。"), format!("There is no time zone “{name}”.")))
        .hint(said("中国大陆写 Asia/Shanghai。", "Mainland China is Asia/Shanghai."))
}

fn limits(min: Option<&str>, max: Option<&str>, zh_unit: &str, en_unit: &str) -> Said {
    match (min, max) {
        (Some(min), Some(max)) => said(format!("在 {min} 到 {max}{zh_unit} 之间"), format!("{min} to {max}{en_unit}")),
        (Some(min), None) => said(format!("不少于 {min}{zh_unit}"), format!("at least {min}{en_unit}")),
        (None, Some(max)) => said(format!("不超过 {max}{zh_unit}"), format!("at most {max}{en_unit}")),
        (None, None) => said("符合规定", "what is allowed"),
    }
}

/// A reading that has more or fewer syllables than its word has characters.
pub fn reading_count(place: Place, word: &str, characters: usize, syllables: usize) -> Diagnostic {
    Diagnostic::error(
        "reading-count",
        place,
        said(
            format!("“{word}”有 {characters} 个字，读音却写了 {syllables} 个音节。"),
            format!("“{word}” has {characters} characters, but its reading has {syllables} syllables."),
        ),
    )
    .hint(said(
        "每个字一个音节，用空格分开，例如：长汀＝chang ting。",
        "One syllable for each character, with spaces between: 长汀＝chang ting.",
    ))
}
