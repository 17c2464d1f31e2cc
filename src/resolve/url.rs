//! Addresses inside the site. Links are always relative, so that one build works anywhere.

use crate::value::Lang;

/// The address of a page: its path below the site's root without a leading slash and with a trailing one; empty for the
/// home page of the default language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PageUrl(String);

impl PageUrl {
    /// The page of a path in a language; `path` without slashes at the ends.
    pub fn new(lang: Lang, default: Lang, path: &str) -> PageUrl {
        let prefix = if lang == default { String::new() } else { format!("{}/", lang.code()) };
        if path.is_empty() { PageUrl(prefix) } else { PageUrl(format!("{prefix}{path}/")) }
    }
    /// A raw path, such as an old address. `a/b.html` is a file, everything else a folder with an `index.html`.
    pub fn raw(path: &str) -> PageUrl {
        let path = path.trim_matches('/');
        let is_file = [".html", ".htm"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
        PageUrl(if path.is_empty() || is_file { path.to_string() } else { format!("{path}/") })
    }
    /// Is it a folder, as all but some old addresses are?
    fn is_folder(&self) -> bool {
        self.0.is_empty() || self.0.ends_with('/')
    }
    /// The path below the root, with a trailing slash unless empty.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The output file of the page.
    pub fn file(&self) -> String {
        if self.is_folder() { format!("{}index.html", self.0) } else { self.0.clone() }
    }
    /// The page of a sub-path.
    pub fn child(&self, path: &str) -> PageUrl {
        PageUrl(format!("{}{}/", self.0, path.trim_matches('/')))
    }
    /// The way from this page up to the root of the site: `./`, `../`, `../../`.
    pub fn root(&self) -> String {
        match self.0.matches('/').count() {
            0 => "./".to_string(),
            deep => "../".repeat(deep),
        }
    }
    /// What follows a root to get here, percent-encoded; `index.html` is written out where `portable`.
    pub fn link(&self, portable: bool) -> String {
        let mut link = encode(&self.0);
        if portable && self.is_folder() {
            link.push_str("index.html");
        }
        link
    }
}

/// Percent-encodes everything but the characters that are plain in a path.
pub fn encode(path: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'!').remove(b'@');
    if path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.~!@".contains(&b)) {
        return path.to_string();
    }
    let mut encoded = String::with_capacity(path.len() * 3);
    encoded.extend(utf8_percent_encode(path, PLAIN));
    encoded
}

#[cfg(test)]
mod tests {
    use super::{PageUrl, encode};
    use crate::value::Lang;

    #[test]
    fn a_root_and_a_link_lead_from_everywhere_to_everywhere() {
        let page = |path: &str| PageUrl::new(Lang::Zh, Lang::Zh, path);
        assert_eq!(page("factories/a").root() + &page("parks/b").link(false), "../../parks/b/");
        assert_eq!(page("").root() + &page("factories").link(true), "./factories/index.html");
        assert_eq!(page("a").root() + &page("").link(false), "../");
        assert_eq!(PageUrl::new(Lang::En, Lang::Zh, "a").file(), "en/a/index.html");
        assert_eq!(PageUrl::raw("/cp/a.html").file(), "cp/a.html");
        assert_eq!(PageUrl::raw("/cp/a.html").root() + &page("a").link(false), "../a/");
        assert_eq!(encode("media/厂 房.png"), "media/%E5%8E%82%20%E6%88%BF.png");
    }
}
