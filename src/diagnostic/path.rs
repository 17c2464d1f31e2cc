//! A path inside a site, always relative and with `/`, on every system.

use std::fmt;
use std::sync::Arc;

/// A path relative to the site's root, such as `content/factories/a.yaml`. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// From text that already uses `/`; backslashes are turned.
    pub fn new(path: &str) -> SitePath {
        if path.contains('\\') { SitePath(path.replace('\\', "/").into()) } else { SitePath(path.into()) }
    }
    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The last part, with its ending.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
    /// The folder, without a trailing `/`; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
    /// The ending after the last dot in lower case, without the dot; empty where there is none.
    pub fn extension(&self) -> String {
        match self.name().rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() => ending.to_ascii_lowercase(),
            _ => String::new(),
        }
    }
    /// The path `relative` seen from the folder of this file, with `.` and `..` resolved; `None` if it leaves the site.
    pub fn beside(&self, relative: &str) -> Option<SitePath> {
        let mut parts: Vec<&str> =
            if relative.starts_with('/') { Vec::new() } else { self.folder().split('/').filter(|p| !p.is_empty()).collect() };
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                other => parts.push(other),
            }
        }
        Some(SitePath::new(&parts.join("/")))
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for SitePath {
    fn from(path: &str) -> SitePath {
        SitePath::new(path)
    }
}

#[cfg(test)]
mod tests {
    use super::SitePath;

    #[test]
    fn beside_resolves_dots_and_never_leaves_the_site() {
        let here = SitePath::new("content/factories/a.md");
        assert_eq!(here.beside("../parks/b.md").unwrap().as_str(), "content/parks/b.md");
        assert_eq!(here.beside("./img/x.png").unwrap().as_str(), "content/factories/img/x.png");
        assert_eq!(here.beside("../../../etc/passwd"), None);
        assert_eq!(SitePath::new("a\\b.MD").extension(), "md");
    }
}
