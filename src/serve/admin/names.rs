//! Names for new records and files: free, possible and safe. Pure.

/// The first of `name`, `name-2`, `name-3` … that is free and that every system can hold.
pub fn free(name: &str, mut taken: impl FnMut(&str) -> bool) -> String {
    let name = if name.is_empty() { "item" } else { name };
    let mut numbered = (1..).map(|number| if number == 1 { name.to_string() } else { format!("{name}-{number}") });
    numbered.find(|name| crate::plan::clashes::is_possible(name) && !taken(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::free;

    #[test]
    fn names_are_free_and_possible() {
        assert_eq!(free("a", |name| matches!(name, "a" | "a-2")), "a-3");
        assert_eq!((free("con", |_| false), free("", |_| false)), ("con-2".to_string(), "item".to_string()));
    }
}
