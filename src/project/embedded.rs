//! The default theme and what new sites are made from, embedded in the binary.

use crate::diagnostic::SitePath;
use include_dir::{Dir, include_dir};

static THEMES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes");

static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/starter");

/// What new sites are made from: settings, samples, what opens the preview; by path, sorted.
pub fn embedded_starter() -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    gather(&STARTER, &mut files);
    files.sort();
    files
}

fn gather(folder: &'static Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
    for file in folder.files() {
        files.push((file.path().to_string_lossy().replace('\\', "/"), file.contents()));
    }
    folder.dirs().for_each(|inner| gather(inner, files));
}

/// Is a theme of this name built in?
pub fn is_embedded(name: &str) -> bool {
    THEMES.get_dir(name).is_some()
}

/// The files of a built-in theme as `themes/<name>/…`, sorted.
pub fn embedded_theme(name: &str) -> Vec<(SitePath, &'static [u8])> {
    let mut files = Vec::new();
    if let Some(theme) = THEMES.get_dir(name) {
        collect(theme, &mut files);
    }
    files.sort();
    files
}

fn collect(folder: &'static Dir<'static>, files: &mut Vec<(SitePath, &'static [u8])>) {
    for file in folder.files() {
        files.push((SitePath::new(&format!("themes/{}", file.path().to_string_lossy())), file.contents()));
    }
    folder.dirs().for_each(|inner| collect(inner, files));
}
