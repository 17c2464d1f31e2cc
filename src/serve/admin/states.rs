//! Which states a record may go to next, as buttons. Pure.
//!
//! The words are those of the field with the role `state`; a type that has fewer of them has fewer buttons.

use crate::schema::{Role, Type};
use crate::value::Kind;

/// From a state to the next ones, the usual one first.
const WAYS: [(&str, &[&str]); 6] = [
    ("draft", &["in_review", "published"]),
    ("in_review", &["approved", "draft"]),
    ("approved", &["published", "draft"]),
    ("published", &["withdrawn", "archived", "draft"]),
    ("withdrawn", &["draft"]),
    ("archived", &["published", "withdrawn"]),
];

/// The word that counts where nothing is written.
pub fn implied(review_required: bool) -> &'static str {
    if review_required { "draft" } else { "published" }
}

/// Does a record in this state have to be free of errors? What is still being written may be kept as it is.
pub fn is_finished(word: &str) -> bool {
    word != "draft"
}

/// The states that may follow.
pub fn next(schema: &Type, word: &str) -> Vec<&'static str> {
    let Some(Kind::Choice(known)) = schema.with_role(Role::State).map(|field| &field.kind) else { return Vec::new() };
    let ways = WAYS.iter().find(|(from, _)| *from == word).map_or(&["draft"][..], |(_, to)| to);
    ways.iter().copied().filter(|to| known.iter().any(|choice| choice.key == *to)).collect()
}
