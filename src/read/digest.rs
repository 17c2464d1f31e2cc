//! What a record says, as a digest: people sign it, and any later edit changes it.
//!
//! The digest is of the tree that was typed, under the English keys: how a file is indented, ordered or commented, and
//! whether a key is written in Chinese, changes nothing. The field with the role `state` is left out, because
//! publishing what was approved is no edit.

use super::keys::KeyTable;
use crate::schema::{Field, Role};
use crate::source::{Node, Shape, seek};
use sha2::{Digest, Sha256};

/// A digest.
pub type Seal = [u8; 32];

/// The digest of prose: line ends and blanks at the ends of lines do not count.
pub fn prose(text: &str) -> Seal {
    let text = text.trim();
    let mut hash = Sha256::new();
    // Lines without such blanks are hashed together.
    let (mut from, mut at) = (0, 0);
    for line in seek::lines(text) {
        let bare = line.trim_end().len();
        at += line.len();
        if !matches!(&line[bare..], "\n" | "") {
            hash.update(&text[from..at - line.len() + bare]);
            hash.update(b"\n");
            from = at;
        }
    }
    hash.update(&text[from..]);
    if !text.is_empty() {
        hash.update(b"\n");
    }
    hash.finalize().into()
}

/// The digest of the fields of a record and of its prose.
pub fn record(node: &Node, fields: &[Field], keys: &KeyTable, prose: Option<Seal>) -> Seal {
    let mut hash = Sha256::new();
    tree(&mut hash, node, Some((fields, keys)));
    hash.update(prose.unwrap_or_default());
    hash.finalize().into()
}

fn tree(hash: &mut Sha256, node: &Node, known: Option<(&[Field], &KeyTable)>) {
    let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX).to_le_bytes();
    match &node.shape {
        Shape::Null => hash.update(b"0"),
        Shape::Scalar(scalar) => {
            let text = scalar.text.trim();
            hash.update(b"s");
            hash.update(count(text.len()));
            hash.update(text.as_bytes());
        }
        Shape::List(items) => {
            hash.update(b"l");
            hash.update(count(items.len()));
            items.iter().for_each(|item| tree(hash, item, known));
        }
        Shape::Map(entries) => {
            let mut sorted: Vec<(&str, &Node, Option<(&[Field], &KeyTable)>)> = Vec::with_capacity(entries.len());
            for entry in entries.iter().filter(|entry| !entry.value.is_null()) {
                let found = known.and_then(|(fields, keys)| keys.find(&entry.key).map(|at| (fields, keys, at)));
                match found {
                    Some((fields, _, at)) if fields[at].role == Some(Role::State) => {}
                    Some((fields, keys, at)) => {
                        let inner = keys.group(at).map(|group| (fields[at].fields.as_slice(), group));
                        sorted.push((&fields[at].key, &entry.value, inner));
                    }
                    None => sorted.push((entry.key.trim(), &entry.value, None)),
                }
            }
            sorted.sort_by_key(|(key, ..)| *key);
            hash.update(b"m");
            hash.update(count(sorted.len()));
            for (key, value, inner) in sorted {
                hash.update(count(key.len()));
                hash.update(key.as_bytes());
                tree(hash, value, inner);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::prose;
    use sha2::{Digest, Sha256};

    #[test]
    fn blanks_at_the_ends_of_lines_do_not_count() {
        let plain: [u8; 32] = Sha256::digest("甲\n\n乙\n丙\n").into();
        for text in ["甲\n\n乙\n丙", "\n甲 \r\n\t\n乙\r\n丙\u{3000}\n\n", "甲\n\n乙\t\n丙\n"] {
            assert_eq!(prose(text), plain, "{text:?}");
        }
        assert_ne!(prose("甲\n乙\n丙"), plain);
        assert_eq!(prose(" \n"), prose(""));
    }
}
