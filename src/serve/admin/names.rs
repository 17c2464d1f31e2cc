//! Names for new records and files: free, possible and safe. Pure.

/// The first of `name`, `name-2`, `name-3` … that is free and that every system can hold.
pub fn free(name: &str, mut taken: impl FnMut(&str) -> bool) -> String {
    let name = if name.is_empty() { "item" } else { name };
    let mut numbered = (1..).map(|number| if number == 1 { name.to_string() } else { format!("{name}-{number}") });
    numbered.find(|name| crate::plan::clashes::is_possible(name) && !taken(name)).unwrap_or_default()
}

/// May a person give this name? The same rule as for the files of records.
pub fn is_sound(id: &str, nested: bool) -> bool {
    let part = |part: &str| {
        let plain = part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        plain && (1..=64).contains(&part.len()) && !part.starts_with('-')
    };
    crate::plan::clashes::is_possible(id) && if nested { id.split('/').all(part) } else { part(id) }
}

#[cfg(test)]
mod tests {
    use super::{free, is_sound};

    #[test]
    fn names_are_free_and_possible() {
        assert_eq!(free("a", |name| matches!(name, "a" | "a-2")), "a-3");
        assert_eq!((free("con", |_| false), free("", |_| false)), ("con-2".to_string(), "item".to_string()));
        for (id, nested, sound) in [
            ("a-1", false, true),
            ("A", false, false),
            ("a/b", false, false),
            ("a/b", true, true),
            ("../b", true, false),
            ("", false, false),
            ("-a", false, false),
            ("aux", false, false),
        ] {
            assert_eq!(is_sound(id, nested), sound, "{id}");
        }
    }
}
