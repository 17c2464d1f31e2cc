//! A new site: its settings for a profile, an introduction, samples where they are wanted, the settings of an editor, and
//! what opens the preview by a double click.

use super::editor;
use crate::project::embedded_starter;
use crate::schema::Schemas;
use crate::source::edit::{Plain, in_line};

/// What a site is asked to be.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The word of its profile; `None` leaves it open.
    pub profile: Option<&'a str>,
    /// With a few records to start from?
    pub samples: bool,
    /// Its name.
    pub title: &'a str,
    /// The day on which it is made, as `2026-03-05`.
    pub today: &'a str,
}

/// A file of the new site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// The path below the site's root.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Is it a program?
    pub runs: bool,
}

const SUMMARY: &str = "园区的条件、可租厂房和最新动态。";
const IGNORED: &str = "public/\n.parkpress/\n.*.parkpress-*\n";
/// Under which names the files that open the preview lie in a site; the first is found on every Windows.
const OPENERS: [(&str, &str); 3] = [("preview.bat", "预览.bat"), ("preview.sh", "preview.command"), ("preview.sh", "preview.sh")];

/// The files of a new site.
pub fn files(wish: Wish<'_>, schemas: &Schemas) -> Vec<NewFile> {
    let kit = embedded_starter();
    let of = |name: &str| kit.iter().find(|(path, _)| path == name).map_or(&[][..], |(_, bytes)| bytes);
    let filled = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes)
            .replace("TITLE", &in_line(&Plain::Text(wish.title.to_string())))
            .replace("SUMMARY", SUMMARY)
            .replace("TODAY", wish.today)
            .replace("VERIFIED", wish.today)
            .into_bytes()
    };
    let mut files = Vec::new();
    let mut add = |path: &str, bytes: Vec<u8>, runs: bool| files.push(NewFile { path: path.to_string(), bytes, runs });
    add("content/site.yaml", filled(of(&format!("profiles/{}.yaml", wish.profile.unwrap_or("none")))), false);
    let home = "---\ntitle: TITLE\nsummary: SUMMARY\n---\n\n欢迎来到园区网站。\n";
    add("content/_index.md", filled(home.as_bytes()), false);
    if wish.samples {
        for (path, bytes) in &kit {
            if let Some(path) = path.strip_prefix("samples/") {
                add(path, filled(bytes), false);
            }
        }
    }
    add(".gitignore", IGNORED.as_bytes().to_vec(), false);
    for (kept, path) in OPENERS {
        add(path, of(kept).to_vec(), kept.ends_with(".sh"));
    }
    for (path, text) in editor::files(schemas) {
        add(&path, text.into_bytes(), false);
    }
    files
}
