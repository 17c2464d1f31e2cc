//! `text`, `url`, `phone`, `email`, `code`.

/// How a `code` is checked beyond a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// 统一社会信用代码, GB 32100, 18 characters with a check digit.
    Uscc,
    /// 国民经济行业分类, GB/T 4754: a letter and up to four digits.
    Gbt4754,
}
