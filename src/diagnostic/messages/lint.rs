//! Sentences about what is probably wrong: totals, dates, stages, answers, document numbers, pairs of units.

use super::read::Missing;
use crate::diagnostic::{Diagnostic, Place, Said, said};

/// A field that should be given is not.
pub fn field_expected(place: Place, missing: Missing<'_>) -> Diagnostic {
    let (zh, en) = (&missing.label.zh, &missing.label.en);
    let value = missing.example.unwrap_or("…");
    let message = if missing.conditional {
        said(
            format!("没有写“{zh}”：按这条内容的其他字段，应当写明。"),
            format!("“{en}” is not given; other fields of this record call for it."),
        )
    } else {
        said(format!("没有写“{zh}”，应当写明。"), format!("“{en}” is not given, and should be."))
    };
    Diagnostic::warning("field-expected", place, message)
        .hint(said(format!("加一行：{zh}: {value}"), format!("Add a line: {}: {value}", missing.key)))
        .hint_if(missing.hint.cloned())
}

/// Two totals of the same thing differ.
pub fn totals_disagree(place: Place, label: &Said, written: &str, other: &Said, wanted: &str) -> Diagnostic {
    Diagnostic::warning(
        "totals-disagree",
        place,
        said(
            format!("“{}”写的是 {written}，而“{}”是 {wanted}，两者对不上。", label.zh, other.zh),
            format!("“{}” says {written}, but “{}” is {wanted}.", label.en, other.en),
        ),
    )
    .hint(said("核对总数；数据来自逐条记录的，以记录为准。", "Check the total; where it comes from the records, they are right."))
}

/// A figure in a list of figures contradicts a field of the record.
pub fn figure_disagrees(place: Place, name: &str, written: &str, wanted: &str) -> Diagnostic {
    Diagnostic::warning(
        "figure-disagrees",
        place,
        said(
            format!("指标“{name}”写的是 {written}，同名字段是 {wanted}，两者对不上。"),
            format!("The figure “{name}” says {written}, but the field of that name is {wanted}."),
        ),
    )
    .hint(said(format!("改成 {wanted}，或删去这一项，由系统显示字段的值。"), format!("Write {wanted}, or leave the figure out.")))
}

/// Two dates lie too near or too far.
pub fn days_apart(place: Place, from: &Said, to: &Said, found: i64, limits: (Option<i64>, Option<i64>), work: bool) -> Diagnostic {
    let unit = if work { ("个工作日", "working days") } else { ("天", "days") };
    let limit = match limits {
        (Some(min), Some(max)) => said(format!("{min} 到 {max}"), format!("{min} to {max}")),
        (Some(min), None) => said(format!("不少于 {min}"), format!("at least {min}")),
        (_, Some(max)) => said(format!("不超过 {max}"), format!("at most {max}")),
        (None, None) => said("", ""),
    };
    Diagnostic::error(
        "days-apart",
        place,
        said(
            format!("从“{}”到“{}”是 {found} {}，应当{} {}。", from.zh, to.zh, unit.0, limit.zh, unit.0),
            format!("From “{}” to “{}” it is {found} {}; it should be {}.", from.en, to.en, unit.1, limit.en),
        ),
    )
    .hint(said("核对两个日期的年、月、日。", "Check the year, month and day of both."))
}

/// A stage is reached, but not since when.
pub fn stage_undated(place: Place, dates: &Said, key: &str, stage: &Said) -> Diagnostic {
    Diagnostic::warning(
        "stage-undated",
        place,
        said(
            format!("已到“{}”阶段，但“{}”里没有它的日期。", stage.zh, dates.zh),
            format!("The stage “{}” is reached, but “{}” has no date for it.", stage.en, dates.en),
        ),
    )
    .hint(said(format!("在“{}”里加上 {key}: 年-月-日。", dates.zh), format!("Add {key}: YYYY-MM-DD to “{}”.", dates.en)))
}

/// A later stage has a date already.
pub fn stage_ahead(place: Place, step: &Said, on: &str, stage: &Said) -> Diagnostic {
    Diagnostic::error(
        "stage-ahead",
        place,
        said(
            format!("“{}”已有日期（{on}），但当前阶段还是“{}”。", step.zh, stage.zh),
            format!("“{}” has a date ({on}), but the stage is still “{}”.", step.en, stage.en),
        ),
    )
    .hint(said(
        format!("把阶段改成“{}”，或删去这个日期；计划的日期另有字段。", step.zh),
        format!("Set the stage to “{}”, or take the date out; planned dates have a field of their own.", step.en),
    ))
}

fn within(days: (i64, bool)) -> Said {
    match days {
        (n, true) => said(format!("{n} 个工作日内"), format!("within {n} working days")),
        (n, false) => said(format!("{n} 天内"), format!("within {n} days")),
    }
}

/// What was due has not come.
pub fn answer_missing(place: Place, what: &Said, days: (i64, bool), due: &str) -> Diagnostic {
    let within = within(days);
    Diagnostic::warning(
        "answer-missing",
        place,
        said(
            format!("应在{}（{due} 前）发布“{}”，至今没有。", within.zh, what.zh),
            format!("“{}” was due {} (by {due}) and is not there.", what.en, within.en),
        ),
    )
    .hint(said("补发，并在那一条里链接到本条。", "Publish it, with a link to this record."))
}

/// What was due came late.
pub fn answer_late(place: Place, what: &Said, days: (i64, bool), due: &str, on: &str) -> Diagnostic {
    let within = within(days);
    Diagnostic::warning(
        "answer-late",
        place,
        said(
            format!("“{}”应在{}（{due} 前）发布，实际是 {on}。", what.zh, within.zh),
            format!("“{}” was due {} (by {due}) and came on {on}.", what.en, within.en),
        ),
    )
    .hint(said("核对两处的发布时间；确实晚了的，下次同步发布。", "Check both dates; if it was late, publish both together next time."))
}

/// A date has grown old.
pub fn date_stale(place: Place, label: &Said, age: i64, days: i64) -> Diagnostic {
    Diagnostic::warning(
        "date-stale",
        place,
        said(format!("“{}”已过去 {age} 天，超过 {days} 天。", label.zh), format!("“{}” is {age} days old, more than {days}.", label.en)),
    )
    .hint(said("复核内容，再更新这个日期；不要只改日期。", "Review the content, then renew the date; never the date alone."))
}

/// An item is past its date and no longer shown.
pub fn item_over(place: Place, label: &Said, until: &Said, on: &str) -> Diagnostic {
    Diagnostic::warning(
        "item-over",
        place,
        said(
            format!("“{}”的这一项“{}”是 {on}，已经过期，网页上不再显示。", label.zh, until.zh),
            format!("“{}” of this item of “{}” was {on}; it is no longer shown.", until.en, label.en),
        ),
    )
    .hint(said("续期就改日期，否则删去这一项。", "Renew the date, or take the item out."))
}

/// A document number is not written as it should be.
pub fn doc_no_form(place: Place, label: &Said, typed: &str, corrected: &str) -> Diagnostic {
    Diagnostic::error(
        "doc-no-form",
        place,
        said(
            format!("“{}”的写法不规范：“{typed}”。", label.zh),
            format!("“{}” is not written as document numbers are: “{typed}”.", label.en),
        ),
    )
    .hint(said(
        format!("改成：{corrected}（年份用全称和六角括号〔〕，序号不加“第”、不编虚位）。"),
        format!("Write {corrected}: the full year in 〔〕, no 第, no leading zeros."),
    ))
}

/// A document number in prose is not written as it should be.
pub fn doc_no_slip(place: Place, typed: &str, corrected: &str) -> Diagnostic {
    Diagnostic::warning(
        "doc-no-slip",
        place,
        said(format!("发文字号写法不规范：“{typed}”。"), format!("A document number is not written as it should be: “{typed}”.")),
    )
    .hint(said(
        format!("改成：{corrected}（年份用全称和六角括号〔〕，序号不加“第”、不编虚位）。"),
        format!("Write {corrected}: the full year in 〔〕, no 第, no leading zeros."),
    ))
}

/// Two amounts that should be the same in two units are not.
pub fn unit_pair(place: Place, first: &str, second: &str, wanted: &str) -> Diagnostic {
    Diagnostic::warning(
        "unit-pair",
        place,
        said(format!("换算对不上：{first} 约合 {wanted}，写的是 {second}。"), format!("{first} are about {wanted}, not {second}.")),
    )
    .hint(said(format!("如果前一个数无误，改成：{wanted}"), format!("If the first number is right, write {wanted}")))
}

/// A sample has the code of something that may exist.
pub fn sample_code(place: Place, label: &Said, typed: &str) -> Diagnostic {
    Diagnostic::warning(
        "sample-code",
        place,
        said(
            format!("示例数据的“{}”{typed} 校验无误，可能属于真实单位。", label.zh),
            format!("“{}” {typed} of a sample passes its check and may belong to somebody.", label.en),
        ),
    )
    .hint(said("改动最后一位，使它不能通过校验。", "Change the last character so that it fails its check."))
}
