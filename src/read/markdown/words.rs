//! The few words that the reader itself puts into a document, in the languages of a site.

use crate::value::Lang;

/// The languages in which a word stands: simplified, traditional, English.
pub type Word = [&'static str; 3];

/// Names a task that is done.
pub const DONE: Word = ["已完成", "已完成", "Done"];
/// Names a task that is open.
pub const OPEN: Word = ["未完成", "未完成", "Not done"];
/// Names the notes below a text.
pub const NOTES: Word = ["脚注", "腳註", "Footnotes"];
/// Names one note.
pub const NOTE: Word = ["脚注", "腳註", "Footnote"];
/// Names the way back from a note.
pub const BACK: Word = ["返回正文", "返回正文", "Back to text"];
/// Names a table that can be scrolled.
pub const TABLE: Word = ["表格", "表格", "Table"];

/// A word in a language.
pub fn word(word: Word, lang: Lang) -> &'static str {
    let [simplified, traditional, english] = word;
    match lang {
        Lang::Zh => simplified,
        Lang::ZhHant => traditional,
        Lang::En => english,
    }
}

/// A kind of callout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Callout {
    /// The key in classes and arguments.
    pub key: &'static str,
    /// The title where the author gives none.
    pub title: Word,
    /// How authors write it.
    pub names: &'static [&'static str],
}

/// All kinds of callouts; the keys are those of GitHub.
pub const CALLOUTS: [Callout; 5] = [
    Callout { key: "note", title: ["提示", "提示", "Note"], names: &["note", "提示", "说明", "說明", "info"] },
    Callout { key: "tip", title: ["建议", "建議", "Tip"], names: &["tip", "建议", "建議", "小贴士"] },
    Callout { key: "important", title: ["重要", "重要", "Important"], names: &["important", "重要", "要点"] },
    Callout { key: "warning", title: ["注意", "注意", "Warning"], names: &["warning", "注意"] },
    Callout { key: "caution", title: ["警告", "警告", "Caution"], names: &["caution", "警告", "危险", "危險"] },
];

/// The callout of a name, whatever its letters' case.
pub fn callout(name: &str) -> Option<&'static Callout> {
    let name = name.trim().to_lowercase();
    CALLOUTS.iter().find(|callout| callout.names.contains(&name.as_str()))
}
