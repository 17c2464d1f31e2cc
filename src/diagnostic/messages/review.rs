//! Publishing with discipline: the review and its ledger, the freshness of columns.

use crate::diagnostic::{Diagnostic, Place, Said, said};

fn restore(found: Diagnostic) -> Diagnostic {
    found.hint(said(
        "从备份或版本库恢复这个台账文件；恢复不了的删去整个文件，重新审签。",
        "Restore the ledger from a backup or the repository; where there is none, delete the file and sign anew.",
    ))
}

/// A line of a ledger is no entry.
pub fn ledger_unreadable(place: Place) -> Diagnostic {
    restore(Diagnostic::error("ledger-unreadable", place, said("审签台账的这一行不完整。", "This line of the ledger is no whole entry.")))
}

/// A line of a ledger is not what was written.
pub fn ledger_altered(place: Place) -> Diagnostic {
    restore(Diagnostic::error("ledger-altered", place, said("审签台账的这一行被改动过。", "This line of the ledger was changed.")))
}

/// A line of a ledger does not follow the one before.
pub fn ledger_chain(place: Place, first: bool) -> Diagnostic {
    let message = if first {
        said("审签台账的开头缺了记录。", "The beginning of the ledger is missing.")
    } else {
        said(
            "审签台账的这一行接不上前一行，中间有记录被删除、插入或调换。",
            "This line of the ledger does not follow the one before: lines were taken out, put in or moved.",
        )
    };
    restore(Diagnostic::error("ledger-chain", place, message))
}

/// A line of a ledger is about another record.
pub fn ledger_record(place: Place, found: &str, wanted: &str) -> Diagnostic {
    restore(Diagnostic::error(
        "ledger-record",
        place,
        said(
            format!("这是“{wanted}”的台账，这一行却是“{found}”的审签。"),
            format!("This is the ledger of “{wanted}”, but the line signs “{found}”."),
        ),
    ))
}

/// A line of a ledger breaks the rules of the review.
pub fn ledger_order(place: Place, why: &Said) -> Diagnostic {
    restore(Diagnostic::error(
        "ledger-order",
        place,
        said(format!("这次审签不合规则：{}", why.zh), format!("This signature breaks the rules: {}", why.en)),
    ))
}

/// A ledger has no record.
pub fn ledger_stray(place: Place, record: &str) -> Diagnostic {
    Diagnostic::warning(
        "ledger-stray",
        place,
        said(format!("台账里的“{record}”没有对应的内容。"), format!("There is no record “{record}” for this ledger.")),
    )
    .hint(said(
        "内容改了编号的，重新审签；内容确实删除的，台账移到别处存档。",
        "If the record was renamed, sign it anew; if it was deleted, file the ledger elsewhere.",
    ))
}

/// A column has no records and would be shown.
pub fn column_blank(place: Place, name: &str) -> Diagnostic {
    Diagnostic::warning("column-blank", place, said(format!("栏目“{name}”没有内容。"), format!("The column “{name}” has no record.")))
        .hint(said("补上内容，或写 hide_if_empty: 是。", "Add a record, or set hide_if_empty: true."))
}

/// A column was not renewed in time.
pub fn column_stale(place: Place, name: &str, days: i64, over: i64) -> Diagnostic {
    Diagnostic::warning(
        "column-stale",
        place,
        said(
            format!("“{name}”规定 {days} 天内更新，已超期 {over} 天。"),
            format!("“{name}” needs something new every {days} days and is {over} days late."),
        ),
    )
    .hint(said("发布新内容；不要改旧内容的日期。", "Publish something new; never change the date of something old."))
}
