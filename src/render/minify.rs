//! Minification. The only module that knows minify-html; `script` alone knows oxc.
//!
//! Minifying every finished page costs more than making it, so a template is minified once, when it is loaded, where
//! that is proven harmless: `shape` compares the template before and after. Pages that use any other template are
//! minified as a whole.

mod script;
mod shape;

pub use script::script;

use std::collections::{BTreeMap, BTreeSet};

/// A smaller page that looks and behaves the same; the page itself where the feature is off or the minifier fails.
pub fn page(html: Vec<u8>) -> Vec<u8> {
    small(&html).unwrap_or(html)
}

/// The templates in their small form, and the names of those whose pages must be minified as a whole.
pub fn templates<'a>(templates: &BTreeMap<&'a str, &'a str>) -> (BTreeMap<&'a str, String>, BTreeSet<&'a str>) {
    let mut made = BTreeMap::new();
    let mut unsafe_ones = BTreeSet::new();
    for (name, text) in templates {
        match template(text) {
            Some(small) => drop(made.insert(*name, small)),
            None => drop(unsafe_ones.insert(*name)),
        }
    }
    let uses: BTreeMap<&str, Vec<&str>> = templates.iter().map(|(name, text)| (*name, used(text, templates))).collect();
    let whole = templates.keys().copied().filter(|name| reaches(name, &uses, &unsafe_ones, &mut BTreeSet::new())).collect();
    (made, whole)
}

/// A template in its small form; `None` where the minifier would change more than spaces.
fn template(text: &str) -> Option<String> {
    let before = shape::of(text)?;
    let made = String::from_utf8(small(text.as_bytes())?).ok()?;
    shape::same(&before, &shape::of(&made)?).then_some(made)
}

/// The templates that a template stands on: what it extends or includes, and its components. Blocks of prose may stand
/// in any page.
fn used<'a>(text: &str, templates: &BTreeMap<&'a str, &'a str>) -> Vec<&'a str> {
    let defines = |other: &str, component: &str| other.contains(&format!("{{% component {component}("));
    let called: Vec<&str> = text
        .split("{{")
        .skip(1)
        .filter_map(|code| code.trim_start().strip_prefix('<'))
        .map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
        .collect();
    let named = |name: &str| text.contains(&format!("extends \"{name}\"")) || text.contains(&format!("include \"{name}\""));
    let stands = |name: &str, other: &str| {
        named(name) || other.contains("{% component block_") || called.iter().any(|called| defines(other, called))
    };
    templates.iter().filter(|(name, other)| stands(name, other)).map(|(name, _)| *name).collect()
}

fn reaches<'a>(name: &'a str, uses: &BTreeMap<&'a str, Vec<&'a str>>, wanted: &BTreeSet<&str>, seen: &mut BTreeSet<&'a str>) -> bool {
    if wanted.contains(name) {
        return true;
    }
    seen.insert(name) && uses.get(name).is_some_and(|used| used.iter().any(|used| reaches(used, uses, wanted, seen)))
}

#[cfg(feature = "minify")]
fn small(html: &[u8]) -> Option<Vec<u8>> {
    let config = minify_html::Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        keep_comments: false,
        minify_css: false,
        minify_js: false,
        preserve_brace_template_syntax: true,
        ..minify_html::Cfg::default()
    };
    // A minifier that panics must not cost the page.
    let made = std::panic::catch_unwind(|| minify_html::minify(html, &config)).ok()?;
    (!made.is_empty()).then_some(made)
}

/// This build has no minifier.
#[cfg(not(feature = "minify"))]
fn small(_: &[u8]) -> Option<Vec<u8>> {
    None
}

#[cfg(all(test, feature = "minify"))]
mod tests {
    use super::templates;
    use std::collections::BTreeMap;

    #[test]
    fn every_template_of_the_theme_is_minified_once() {
        let files: Vec<(String, String)> = crate::project::embedded_theme("park")
            .into_iter()
            // The page of the components is made by the preview alone and shows calls as they are written; the kit is no page.
            .filter(|(file, _)| file.extension() == "html" && file.name() != "components.html" && !file.as_str().contains("/kit/"))
            .map(|(file, bytes)| (file.name().to_string(), String::from_utf8_lossy(bytes).into_owned()))
            .collect();
        let texts: BTreeMap<&str, &str> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let (small, whole) = templates(&texts);
        let left: Vec<_> = texts.keys().filter(|name| !small.contains_key(*name)).collect();
        assert!(whole.is_empty(), "not small by themselves: {left:?}");
        assert!(small.len() > 15);
    }
}
