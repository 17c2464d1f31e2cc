//! The languages a site can speak.

/// A language of the site's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// Simplified Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
    /// Traditional Chinese.
    ZhHant,
}

impl Lang {
    /// All of them.
    pub const ALL: [Lang; 3] = [Lang::Zh, Lang::En, Lang::ZhHant];
    /// The code in file names, URLs and `site.yaml`: `zh`, `en`, `zh-hant`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
            Lang::ZhHant => "zh-hant",
        }
    }
    /// The value of `<html lang>`.
    pub fn html(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
            Lang::ZhHant => "zh-Hant",
        }
    }
    /// From its code.
    pub fn parse(code: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.code() == code)
    }
    /// Is it written in Chinese characters?
    pub fn is_chinese(self) -> bool {
        self != Lang::En
    }
}
