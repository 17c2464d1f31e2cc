//! Sentences about the questions of `needs.yaml` and the criteria that ask them.

use crate::diagnostic::{Diagnostic, Place, Said, said};

/// The questions name a type that does not exist.
pub fn type_unknown(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "need-type-unknown",
        place,
        said(format!("问题清单里的内容类型“{name}”不存在。"), format!("The questions name the type “{name}”, which does not exist.")),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said("写类型文件里 type: 的那个词。", "Write the word behind type: of the type file."),
    })
}

/// A question is compared twice with the same type.
pub fn compared_twice(place: Place, question: &str, of: &str, first: Place) -> Diagnostic {
    Diagnostic::error(
        "need-compared-twice",
        place,
        said(
            format!("问题“{question}”与“{of}”比较了两次，结果会互相矛盾。"),
            format!("The question “{question}” is compared twice with “{of}”, which could contradict itself."),
        ),
    )
    .hint(said("合成一条：field: [第一个字段, 第二个字段]", "Make it one: field: [the first, the second]"))
    .see(first, said("第一次写在这里", "first given here"))
}

/// A criterion asks a question that is not asked.
pub fn question_unknown(place: Place, word: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "question-unknown",
        place,
        said(
            format!("判断规则里的问题“{word}”不在问题清单（needs.yaml）里，访客无法回答。"),
            format!("The criterion asks “{word}”, which is no question of needs.yaml, so nobody could answer it."),
        ),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said(
            "用清单里已有的问题，或在 themes/<主题>/needs.yaml 的 questions: 里加上它。",
            "Use a question of the list, or add it under questions: in themes/<theme>/needs.yaml.",
        ),
    })
}

/// A criterion compares in a way that does not fit its question.
pub fn criterion_unfit(place: Place, question: &Said, test: &str, wanted: Said) -> Diagnostic {
    Diagnostic::error(
        "criterion-unfit",
        place,
        said(
            format!("问题“{}”的判断规则不能写成“{test}”。", question.zh),
            format!("A criterion about “{}” cannot say “{test}”.", question.en),
        ),
    )
    .hint(said(format!("应当写：{}", wanted.zh), format!("Write {}.", wanted.en)))
}
