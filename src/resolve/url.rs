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
    /// A raw path, such as an old address.
    pub fn raw(path: &str) -> PageUrl {
        let path = path.trim_matches('/');
        PageUrl(if path.is_empty() { String::new() } else { format!("{path}/") })
    }
    /// The path below the root, with a trailing slash unless empty.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The output file of the page.
    pub fn file(&self) -> String {
        format!("{}index.html", self.0)
    }
    /// The page of a sub-path.
    pub fn child(&self, path: &str) -> PageUrl {
        PageUrl(format!("{}{}/", self.0, path.trim_matches('/')))
    }
    /// How many folders deep the page lies.
    fn depth(&self) -> usize {
        self.0.matches('/').count()
    }
    /// The relative link from this page to another, percent-encoded; `index.html` is written out where `portable`.
    pub fn to_page(&self, target: &PageUrl, portable: bool) -> String {
        if self == target {
            return if portable { "index.html".into() } else { "./".into() };
        }
        let shared = self.0.split_inclusive('/').zip(target.0.split_inclusive('/')).take_while(|(a, b)| a == b).count();
        let mut link = "../".repeat(self.depth() - shared);
        target.0.split_inclusive('/').skip(shared).for_each(|part| link.push_str(part));
        let mut link = encode(&link);
        if link.is_empty() {
            link.push_str("./");
        }
        if portable {
            link.push_str("index.html");
        }
        link
    }
    /// The relative link from this page to a file of the site, percent-encoded.
    pub fn to_file(&self, path: &str) -> String {
        let here: Vec<&str> = self.0.split_inclusive('/').collect();
        let there: Vec<&str> = path.split_inclusive('/').collect();
        let shared = here.iter().zip(&there[..there.len().saturating_sub(1)]).take_while(|(a, b)| a == b).count();
        let mut link = "../".repeat(here.len() - shared);
        there[shared..].iter().for_each(|part| link.push_str(part));
        encode(&link)
    }
}

/// Percent-encodes everything but the characters that are plain in a path.
pub fn encode(path: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'!').remove(b'@');
    if path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.~!@".contains(&b)) {
        return path.to_string();
    }
    utf8_percent_encode(path, PLAIN).to_string()
}

#[cfg(test)]
mod tests {
    use super::PageUrl;
    use crate::value::Lang;

    #[test]
    fn links_are_relative_from_everywhere_to_everywhere() {
        let page = |path: &str| PageUrl::new(Lang::Zh, Lang::Zh, path);
        assert_eq!(page("factories/a").to_page(&page("parks/b"), false), "../../parks/b/");
        assert_eq!(page("factories/a").to_page(&page("factories"), false), "../");
        assert_eq!(page("factories").to_page(&page("factories/a"), false), "a/");
        assert_eq!(page("factories/a").to_page(&page(""), false), "../../");
        assert_eq!(page("").to_page(&page("factories"), true), "factories/index.html");
        assert_eq!(page("").to_page(&page(""), false), "./");
        assert_eq!(page("a/b").to_page(&PageUrl::new(Lang::En, Lang::Zh, "a/b"), false), "../../en/a/b/");
        assert_eq!(page("factories/a").to_file("assets/x.css"), "../../assets/x.css");
        assert_eq!(page("media/a").to_file("media/厂 房.png"), "../%E5%8E%82%20%E6%88%BF.png");
        assert_eq!(page("").to_file("feed.xml"), "feed.xml");
    }
}
