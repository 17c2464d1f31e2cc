//! Sentences about a theme: its settings, words and pages, the colours and the logo of the office.

use crate::diagnostic::{Diagnostic, Place, Said, SitePath, said};

/// A word of `theme.yaml` that means nothing.
pub fn setting_unknown(place: Place, word: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    Diagnostic::error(
        "theme-setting-unknown",
        place,
        said(format!("主题设置里没有“{word}”。"), format!("A theme has no setting “{word}”.")),
    )
    .hint_if(near.map(|near| said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?"))))
    .hint(said(format!("可写：{}", known.join("、")), format!("Allowed: {}", known.join(", "))))
}

/// A setting of `theme.yaml` that cannot be used.
pub fn setting_wrong(place: Place, word: &str, wanted: Said) -> Diagnostic {
    Diagnostic::error(
        "theme-setting-wrong",
        place,
        said(format!("主题设置“{word}”的写法不对。"), format!("The theme's setting “{word}” is not written as it must be.")),
    )
    .hint(said(format!("应当写：{}", wanted.zh), format!("Write {}.", wanted.en)))
}

/// Two colours that cannot be told apart well enough: each with its label and its code.
pub fn colour_contrast(
    place: Place,
    own: (&Said, String),
    other: (&Said, String),
    (ratio, least): (f64, f64),
    group: &str,
    mend: Option<(&str, &Said, String)>,
) -> Diagnostic {
    let dark = group == "dark";
    // Rounded down: 4.499 must not be shown as 4.5.
    let ratio = (ratio * 100.0).floor() / 100.0;
    let (zh, en) = if dark { ("深色界面下，", "In the dark scheme, ") } else { ("", "") };
    let hint = match mend {
        Some((key, label, colour)) => said(
            format!("相近而合格的“{}”是 {colour}。在 identity 的 {group} 下写：{key}: \"{colour}\"", label.zh),
            format!("The nearest “{}” that passes is {colour}. Under {group} of identity write: {key}: \"{colour}\"", label.en),
        ),
        None => {
            said("两个颜色都太接近中等明度，请换一个明显更深或更浅的底色。", "Choose a ground that is clearly darker or clearly lighter.")
        }
    };
    Diagnostic::error(
        "colour-contrast",
        place,
        said(
            format!("{zh}“{}”{} 与“{}”{} 的对比度只有 {ratio}，至少要 {least}，否则看不清。", own.0.zh, own.1, other.0.zh, other.1),
            format!("{en}“{}” {} and “{}” {} have a contrast of only {ratio}; legible is {least}.", own.0.en, own.1, other.0.en, other.1),
        ),
    )
    .hint(hint)
}

/// The logo seems to be a state or party emblem.
pub fn emblem_as_logo(place: Place, word: &str, sure: bool) -> Diagnostic {
    let message = said(
        format!("标志的文件名或替代文字里有“{word}”：国徽、党徽的使用有法律规定，一般的园区网站不得用作标志。"),
        format!("The name or text of the logo says “{word}”: the use of state and party emblems is regulated by law."),
    );
    let found =
        if sure { Diagnostic::error("emblem-as-logo", place, message) } else { Diagnostic::warning("emblem-as-logo", place, message) };
    found.hint(said(
        "换成本园区自己的标志，或删去 logo 一行，只显示名称。县级以上政府门户请在 profile 中写 gov_portal。",
        "Use a logo of the park's own, or leave it out. The portal of a county government or above says profile: gov_portal.",
    ))
}

/// The theme of the site is neither built in nor in `themes/`.
pub fn theme_missing(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error("theme-missing", place, said(format!("没有名为“{name}”的主题。"), format!("There is no theme “{name}”."))).hint(said(
        format!("内置主题是 park；自己的主题放在 themes/{name}/。"),
        format!("The built-in theme is park; your own lives in themes/{name}/."),
    ))
}

/// A word of the theme has no twin in the other language.
pub fn word_untranslated(file: &SitePath, key: &str) -> Diagnostic {
    Diagnostic::error(
        "word-untranslated",
        Place::start(file),
        said(format!("词条“{key}”缺少这种语言的译文。"), format!("The word “{key}” is missing in this language.")),
    )
    .hint(said(format!("加一行：{key}: …"), format!("Add a line: {key}: …")))
}

/// A page definition lacks a word.
pub fn page_word_missing(place: Place, word: &str) -> Diagnostic {
    Diagnostic::error("page-word-missing", place, said(format!("这份定义缺少“{word}”。"), format!("This definition lacks “{word}”.")))
        .hint(said(format!("加一行：{word}: …"), format!("Add a line: {word}: …")))
}

/// A page definition has a word that means nothing.
pub fn page_word_unknown(place: Place, word: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "page-word-unknown",
        place,
        said(format!("这份定义里没有“{word}”这个词。"), format!("This definition has no word “{word}”.")),
    )
    .hint_if(near.map(|near| said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?"))))
}

/// A word of a page definition has a value of the wrong shape.
pub fn page_word_wrong(place: Place, word: &str, found: (&str, &str), wanted: Said) -> Diagnostic {
    Diagnostic::error(
        "page-word-wrong",
        place,
        said(format!("“{word}”的写法不对，现在是{}。", found.0), format!("“{word}” is not written as it must be; it is {}.", found.1)),
    )
    .hint(said(format!("应当写：{}", wanted.zh), format!("Write {}.", wanted.en)))
}

/// A clause of the trace lacks a word.
pub fn trace_word_missing(place: Place, word: &str) -> Diagnostic {
    let example = match word {
        "clauses" => "clauses: [{no: \"1.1\", title: {zh: …, en: …}, page: /…/, element: …}]",
        "title" => "title: {zh: …, en: …}",
        "no" => "no: \"1.1\"",
        _ => "element: id, element: data-field=stage",
    };
    Diagnostic::error("trace-word-missing", place, said(format!("条款对照缺少“{word}”。"), format!("The trace lacks “{word}” here.")))
        .hint(said(format!("加上：{example}"), format!("Add: {example}")))
}

/// A word of the trace that means nothing.
pub fn trace_word_unknown(place: Place, word: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    Diagnostic::error(
        "trace-word-unknown",
        place,
        said(format!("条款对照里没有“{word}”这个词。"), format!("The trace has no word “{word}”.")),
    )
    .hint_if(near.map(|near| said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?"))))
    .hint(said(format!("可写：{}", known.join("、")), format!("Allowed: {}", known.join(", "))))
}

/// Two clauses of the trace with one number.
pub fn trace_number_twice(place: Place, no: &str) -> Diagnostic {
    Diagnostic::error("trace-number-twice", place, said(format!("条款“{no}”写了两次。"), format!("The clause “{no}” stands there twice.")))
        .hint(said("一条条款写一行；由几处共同体现的，选最能说明的一处。", "One line for a clause; name the one place that shows it best."))
}

/// The trace names a page that the site does not have.
pub fn trace_page_missing(place: Place, no: &str, page: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "trace-page-missing",
        place,
        said(
            format!("条款“{no}”指向的页面 /{page} 不在生成的网站里。"),
            format!("The clause “{no}” names the page /{page}, which the site does not have."),
        ),
    )
    .hint_if(near.map(|near| said(format!("是不是 /{near}？"), format!("Did you mean /{near}?"))))
    .hint(said(
        "写页面在默认语言下的网址路径，如 /projects/；没有内容的栏目和看板不生成页面。还没有页面的条款，删去 page 一行。",
        "Write the address in the default language, such as /projects/; what has no records has no page. A clause without a page has no line page.",
    ))
}

/// The page that the trace names does not hold the element.
pub fn trace_element_missing(place: Place, no: &str, page: &str, element: &str) -> Diagnostic {
    Diagnostic::error(
        "trace-element-missing",
        place,
        said(
            format!("条款“{no}”：页面 /{page} 里没有元素“{element}”。"),
            format!("The clause “{no}”: the page /{page} holds no element “{element}”."),
        ),
    )
    .hint(said(
        "写元素的 id，或属性和值，如 data-field=stage；看板各节的 id 是页面定义里的名字，没有记录的节不出现。",
        "Write the id of an element, or an attribute and its value such as data-field=stage; sections of boards have their names, and no records mean no section.",
    ))
}

/// A rule of the kit's style sheet that selects in a way that does not survive being pasted.
pub fn kit_selector(place: Place, selector: &str) -> Diagnostic {
    Diagnostic::error(
        "kit-selector",
        place,
        said(
            format!("公众号样式里的“{selector}”不能用：粘贴后没有类名和层级。"),
            format!("“{selector}” cannot be used in the style of articles: pasted text has no classes and no nesting."),
        ),
    )
    .hint(said("只写元素或类名：p、.名称、p.名称，用逗号分开。", "Select elements or classes: p, .name or p.name, with commas between."))
}

/// A declaration of the kit's style sheet that the editor of WeChat drops.
pub fn kit_style(place: Place, declaration: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::error(
        "kit-style",
        place,
        said(
            format!("公众号样式里的“{declaration}”不能用：粘贴时会被去掉，或会从别处取东西。"),
            format!("“{declaration}” cannot be used in the style of articles: it is dropped when pasted, or fetches something."),
        ),
    )
    .hint(said(
        format!("可写（不用引号和函数）：{}", known.join("、")),
        format!("Allowed, without quotes and functions: {}", known.join(", ")),
    ))
}
