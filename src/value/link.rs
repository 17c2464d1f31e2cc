//! `link`: one record names another.

use std::sync::Arc;

/// A record's name: its type and its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// The type's name.
    pub of: Arc<str>,
    /// The id, unique within the type.
    pub id: Arc<str>,
}

impl std::fmt::Display for RecordId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.of, self.id)
    }
}

/// What a `link` field holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Link {
    /// As written; `resolve` has not looked yet. `id`, `type/id` or `folder/id`.
    Named(String),
    /// A record that exists and is public at the instant of the build.
    Record(RecordId),
    /// Plain text, where the field allows it, or the title of a record that is not public.
    Text(String),
}
