//! Which words the templates of a theme name: what none names need not be made for every page.

use crate::source::lookup::Known;

/// The words inside `{{ }}` and `{% %}` of all templates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    words: Known<String>,
    /// A template looks through values without naming their parts, so that every part counts.
    all: bool,
}

impl Named {
    /// Of some templates.
    pub fn of<'t>(templates: impl Iterator<Item = &'t str>) -> Named {
        let mut named = Named::default();
        for code in templates.flat_map(code) {
            named.all |= looks_through(code);
            let words = code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty());
            words.for_each(|word| {
                if !named.words.contains(word) {
                    named.words.insert(word.to_string());
                }
            });
        }
        named
    }

    /// May a template see a part of this name?
    pub fn has(&self, word: &str) -> bool {
        self.all || self.words.contains(word)
    }
}

/// What stands between the marks of a template.
fn code(template: &str) -> impl Iterator<Item = &str> {
    template.split("{{").flat_map(|piece| piece.split("{%")).skip(1).map(|piece| {
        let end = ["}}", "%}"].iter().filter_map(|mark| piece.find(mark)).min();
        &piece[..end.unwrap_or(piece.len())]
    })
}

/// `value[name]`, `for key, value in …` and the filters that list parts reach what is not named. Whoever wants to see a whole
/// value while a theme is being made prints `__tera_context`; `{{ value }}` alone shows what templates name of it.
fn looks_through(code: &str) -> bool {
    let inside = code.split('[').skip(1).any(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'));
    let head = code.trim_start_matches('-').trim_start();
    let pairs = head.strip_prefix("for ").and_then(|rest| rest.split(" in ").next()).is_some_and(|names| names.contains(','));
    inside || pairs || ["get(", "values", "keys", "pairs", "__tera_context"].iter().any(|word| code.contains(word))
}

#[cfg(test)]
mod tests {
    use super::Named;

    fn of(template: &str) -> Named {
        Named::of([template].into_iter())
    }

    #[test]
    fn only_what_stands_in_code_is_named() {
        let named = of("<meta name=block>{% if record.date[1] %}{{ page.title | safe }}{%- for item in list.cards -%}{{ item[\"id\"] }}x");
        assert!(["record", "date", "page", "title", "list", "cards", "id"].iter().all(|word| named.has(word)), "{named:?}");
        assert!(!["meta", "block", "name", "x"].iter().any(|word| named.has(word)), "{named:?}");
    }

    #[test]
    fn whoever_looks_through_values_sees_everything() {
        for template in [
            "{{ record[name] }}",
            "{% for key, value in record %}",
            "{{ page | values }}",
            "{{ page | get(key=name) }}",
            "{{ __tera_context }}",
        ] {
            assert!(of(template).has("anything"), "{template}");
        }
        assert!(!of("{% for word in record.words %}{{ a, b }}").has("anything"));
    }
}
