//! Sentences about type files (`themes/<name>/types/`) and the site's patches (`content/_types/`).

use crate::diagnostic::{Diagnostic, Place, Said, said};

type Shape = (&'static str, &'static str);

/// A word that the grammar of type files does not have, at the level of a type, a field or a patch.
pub fn attribute_unknown(place: Place, word: &str, near: Option<&str>, allowed: &[&str]) -> Diagnostic {
    Diagnostic::error(
        "type-attribute-unknown",
        place,
        said(format!("这里没有名为“{word}”的属性。"), format!("There is no attribute “{word}” here.")),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said(format!("这里可以写：{}。", allowed.join("、")), format!("Allowed here: {}.", allowed.join(", "))),
    })
}

/// An attribute that a type or field must have is missing.
pub fn attribute_missing(place: Place, owner: &str, word: &str, example: &str) -> Diagnostic {
    Diagnostic::error("type-attribute-missing", place, said(format!("“{owner}”缺少“{word}”。"), format!("“{owner}” lacks “{word}”.")))
        .hint(said(format!("补一行：{example}"), format!("Add a line: {example}")))
}

/// An attribute's value has the wrong form.
pub fn attribute_wrong(place: Place, word: &str, found: &str, wanted: Said) -> Diagnostic {
    Diagnostic::error(
        "type-attribute-wrong",
        place,
        said(format!("“{word}”的值“{found}”写法不对。"), format!("The value “{found}” of “{word}” has the wrong form.")),
    )
    .hint(said(format!("应当写{}。", wanted.zh), format!("Write {}.", wanted.en)))
}

/// What stands in an attribute when it is not a single value, for [`attribute_wrong`].
pub fn found_shape(shape: Shape) -> String {
    format!("{}（{}）", shape.0, shape.1)
}

/// An attribute that does not go with the kind of the field.
pub fn attribute_unfit(place: Place, word: &str, kind: &str, fits: &str) -> Diagnostic {
    Diagnostic::error(
        "type-attribute-unfit",
        place,
        said(format!("kind 为“{kind}”的字段不能写“{word}”。"), format!("A field of kind “{kind}” does not take “{word}”.")),
    )
    .hint(said(format!("“{word}”只用于：{fits}。"), format!("“{word}” belongs to: {fits}.")))
}

/// A word outside a closed list: a kind, role, place to show, unit, check, test.
pub fn word_unknown(place: Place, attribute: &str, found: &str, near: Option<&str>, allowed: &str) -> Diagnostic {
    Diagnostic::error(
        "type-word-unknown",
        place,
        said(format!("“{attribute}”不认识“{found}”这个词。"), format!("“{attribute}” does not know the word “{found}”.")),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said(format!("可以写：{allowed}。"), format!("Allowed: {allowed}.")),
    })
}

/// A pattern that is no regular expression.
pub fn pattern_wrong(place: Place, pattern: &str, why: &str) -> Diagnostic {
    let why = why.lines().last().unwrap_or(why).trim().trim_start_matches("error: ");
    Diagnostic::error(
        "type-pattern-wrong",
        place,
        said(
            format!("格式“{pattern}”不是正确的正则表达式（{why}）。"),
            format!("The pattern “{pattern}” is no regular expression ({why})."),
        ),
    )
    .hint(said("例如四位数字写成 '[0-9]{4}'，外面加单引号。", "Four digits, for example, are '[0-9]{4}', in single quotes."))
}

/// A key of a field, choice, section or type that is not plain.
pub fn key_wrong(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("type-key-wrong", place, said(format!("“{key}”不能作键名。"), format!("“{key}” cannot be a key."))).hint(said(
        "键名用小写英文字母、数字、下划线或连字符，如 area_m2；中文名称写在 label 里。",
        "Keys consist of lower-case letters, digits, underscores or hyphens, such as area_m2; the Chinese name goes into label.",
    ))
}

/// A path names no field.
pub fn path_unknown(place: Place, attribute: &str, path: &str, of: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "type-path-unknown",
        place,
        said(
            format!("“{attribute}”指向的字段“{path}”在“{of}”里不存在。"),
            format!("“{attribute}” names the field “{path}”, which “{of}” does not have."),
        ),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said("字段用英文键，分组内用点连接，如 spaces.area_m2。", "Use English keys, with dots into groups, as in spaces.area_m2."),
    })
}

/// A path names a field of a kind that the attribute cannot work with.
pub fn kind_unfit(place: Place, attribute: &str, path: &str, kind: &str, wanted: Said) -> Diagnostic {
    Diagnostic::error(
        "type-kind-unfit",
        place,
        said(
            format!("“{attribute}”不能用于字段“{path}”：它的 kind 是“{kind}”。"),
            format!("“{attribute}” cannot work with the field “{path}”, whose kind is “{kind}”."),
        ),
    )
    .hint(said(format!("这里需要{}。", wanted.zh), format!("It needs {}.", wanted.en)))
}

/// A condition compares with a word that the choice does not have.
pub fn choice_unknown(place: Place, attribute: &str, path: &str, word: &str, near: Option<&str>, allowed: &str) -> Diagnostic {
    Diagnostic::error(
        "type-choice-unknown",
        place,
        said(
            format!("“{attribute}”里字段“{path}”没有选项“{word}”。"),
            format!("In “{attribute}” the field “{path}” has no choice “{word}”."),
        ),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said(format!("选项有：{allowed}。"), format!("The choices are: {allowed}.")),
    })
}

/// Two fields play the same role.
pub fn role_twice(place: Place, role: &str, key: &str, other: &str, first: Place) -> Diagnostic {
    Diagnostic::error(
        "type-role-twice",
        place,
        said(format!("字段“{other}”和“{key}”都写了 role: {role}。"), format!("Both “{other}” and “{key}” have role: {role}.")),
    )
    .hint(said("一种内容里每个 role 只能有一个字段，请删去一处。", "Each role belongs to one field of a type; remove one of them."))
    .see(first, said("第一次写在这里", "first given here"))
}

/// Two fields of one level answer to the same word.
pub fn label_twice(place: Place, word: &str, key: &str, other: &str, first: Place) -> Diagnostic {
    Diagnostic::error(
        "type-label-twice",
        place,
        said(
            format!("字段“{other}”和“{key}”都叫“{word}”，录入时分不清。"),
            format!("Both “{other}” and “{key}” answer to “{word}”, so a typed key would be ambiguous."),
        ),
    )
    .hint(said("请改其中一个的 label 或 also。", "Change the label or also of one of them."))
    .see(first, said("第一次写在这里", "first given here"))
}

/// A field names a section that the type does not have.
pub fn section_unknown(place: Place, section: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "type-section-unknown",
        place,
        said(format!("没有名为“{section}”的栏目分组（section）。"), format!("There is no section “{section}”.")),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said(
            "在 sections: 里加上它，例如 utilities: {zh: 公用工程, en: Utilities}。",
            "Add it under sections:, as in utilities: {zh: 公用工程, en: Utilities}.",
        ),
    })
}

/// A link points to a type that does not exist.
pub fn link_type_unknown(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "type-link-unknown",
        place,
        said(format!("链接指向的内容类型“{name}”不存在。"), format!("The link points to the type “{name}”, which does not exist.")),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said("改正 to:，或者加上 or_text: true，允许只写文字。", "Mend to:, or add or_text: true so that plain text is allowed."),
    })
}

/// A roll-up goes over a back link that no field declares.
pub fn back_unknown(place: Place, back: &str, of: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "type-back-unknown",
        place,
        said(format!("没有哪个字段以“{back}”反向链接到“{of}”。"), format!("No field links back to “{of}” as “{back}”.")),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said("反向链接在 link 字段的 back: 里起名。", "A back link is named by back: of a link field."),
    })
}

/// A back link has the name of a field of the type it points to, or two fields of different types use one name.
pub fn back_clash(place: Place, back: &str, of: &str, first: Place) -> Diagnostic {
    Diagnostic::error(
        "type-back-clash",
        place,
        said(format!("反向链接名“{back}”在“{of}”里已经用了。"), format!("The back link name “{back}” is already taken in “{of}”.")),
    )
    .hint(said("请换一个 back: 名称。", "Choose another name for back:."))
    .see(first, said("已用在这里", "taken here"))
}

/// Two types have one name or one folder.
pub fn type_twice(place: Place, word: &str, name: &str, first: Place) -> Diagnostic {
    Diagnostic::error(
        "type-twice",
        place,
        said(format!("两种内容的 {word} 都是“{name}”。"), format!("Two types have the same {word} “{name}”.")),
    )
    .hint(said("请改其中一个。", "Change one of them."))
    .see(first, said("第一次写在这里", "first given here"))
}

/// A type redeclares a common field as something else.
pub fn common_kind(place: Place, key: &str, kind: &str, common: &str, first: Place) -> Diagnostic {
    Diagnostic::error(
        "type-common-kind",
        place,
        said(
            format!("公共字段“{key}”的 kind 是“{common}”，这里不能改成“{kind}”。"),
            format!("The common field “{key}” is of kind “{common}” and cannot become “{kind}” here."),
        ),
    )
    .hint(said("保持同一种 kind，或者换一个键名。", "Keep the kind, or choose another key."))
    .see(first, said("公共字段写在这里", "the common field"))
}

/// A patch for a type that does not exist.
pub fn patch_type_unknown(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "patch-type-unknown",
        place,
        said(format!("没有内容类型“{name}”可以补充。"), format!("There is no type “{name}” to extend.")),
    )
    .hint(match near {
        Some(near) => said(format!("文件名是不是应为“{near}.yaml”？"), format!("Should the file be “{near}.yaml”?")),
        None => said(
            "文件名必须是已有类型的名称；要新建类型，请写全 type、label、folder 和 fields。",
            "The file bears the name of a type; a new type needs type, label, folder and fields.",
        ),
    })
}

/// A patch changes what a field is.
pub fn patch_changes(place: Place, key: &str, word: &str) -> Diagnostic {
    Diagnostic::error(
        "patch-changes-field",
        place,
        said(format!("已有字段“{key}”的“{word}”不能改。"), format!("“{word}” of the existing field “{key}” cannot be changed.")),
    )
    .hint(said(
        "对已有字段只能改 label、also、hint、required、show、section、private: true、更窄的 min/max、only 和组里的 fields。需要别的字段，请换一个键名新增。",
        "Only label, also, hint, required, show, section, private: true, narrower min/max, only and the fields of a group may be given. Add a field under another key instead.",
    ))
}

/// A patch takes a field away.
pub fn patch_removes(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error(
        "patch-removes-field",
        place,
        said(format!("不能删除已有字段“{key}”。"), format!("The existing field “{key}” cannot be removed.")),
    )
    .hint(said(
        "不想显示它，请写 show: nowhere；不公开，请写 private: true。",
        "To hide it write show: nowhere; to keep it inside write private: true.",
    ))
}

/// A patch makes a private field public.
pub fn patch_publishes(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error(
        "patch-makes-public",
        place,
        said(format!("字段“{key}”的公开范围不能在这里放宽。"), format!("The field “{key}” cannot be made more public here.")),
    )
    .hint(said(
        "删去这一行；站点只能把字段改为不公开（private: true）。",
        "Delete this line; a site can only make fields private (private: true).",
    ))
}

/// A patch makes a required field optional.
pub fn patch_drops_required(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error(
        "patch-drops-required",
        place,
        said(format!("必填字段“{key}”不能改成选填。"), format!("The required field “{key}” cannot become optional.")),
    )
    .hint(said("删去 required: false。", "Delete required: false."))
}

/// A patch widens a limit.
pub fn patch_widens(place: Place, key: &str, word: &str, limit: &str) -> Diagnostic {
    Diagnostic::error(
        "patch-widens",
        place,
        said(format!("字段“{key}”的 {word} 只能收窄，原来是 {limit}。"), format!("{word} of “{key}” may only be narrowed; it is {limit}.")),
    )
    .hint(said("请写更严的界限，或者删去这一行。", "Give a stricter limit, or delete the line."))
}

/// A condition asks the clock where there is none.
pub fn clock_unfit(place: Place, attribute: &str, path: &str) -> Diagnostic {
    Diagnostic::error(
        "type-clock-unfit",
        place,
        said(
            format!("“{attribute}”的条件不能对“{path}”用 past 或 future：读取内容时没有“今天”。"),
            format!("A condition of “{attribute}” cannot ask whether “{path}” is past or future: reading has no today."),
        ),
    )
    .hint(said(
        "用 derive: {first_of: […]} 算出状态字段，再对它写条件。",
        "Compute a field of choices with derive: {first_of: […]} and put the condition on that.",
    ))
}

/// A common field carries a rule across fields.
pub fn common_rule(place: Place) -> Diagnostic {
    Diagnostic::error("type-common-rule", place, said("公共字段不能写 at_most 或 after。", "Common fields take neither at_most nor after."))
        .hint(said(
            "请写进各类型的 rules:，如 - ordered: [published_at, updated_at]。",
            "Write it under rules: of each type, as in - ordered: [published_at, updated_at].",
        ))
}
