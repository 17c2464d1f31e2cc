//! Values without places: what a change asks for, and whether it was done.

use super::{Plain, Step};
use crate::source::{Node, Shape};

/// A value without its place. `quoted` is `None` where it does not matter.
#[derive(Debug, Clone)]
pub enum Tree {
    /// Nothing.
    Null,
    /// A scalar as it reads.
    Scalar(String, Option<bool>),
    /// A list.
    List(Vec<Tree>),
    /// A mapping; its order does not matter.
    Map(Vec<(String, Tree)>),
}

impl PartialEq for Tree {
    fn eq(&self, other: &Tree) -> bool {
        match (self, other) {
            (Tree::Null, Tree::Null) => true,
            (Tree::Scalar(a, quoted), Tree::Scalar(b, also)) => a == b && (quoted.is_none() || also.is_none() || quoted == also),
            (Tree::List(a), Tree::List(b)) => a == b,
            (Tree::Map(a), Tree::Map(b)) => {
                a.len() == b.len() && a.iter().all(|(key, value)| b.iter().any(|(name, other)| key == name && value == other))
            }
            _ => false,
        }
    }
}

impl From<&Node> for Tree {
    fn from(node: &Node) -> Tree {
        match &node.shape {
            Shape::Null => Tree::Null,
            Shape::Scalar(scalar) => Tree::Scalar(scalar.text.clone(), Some(scalar.quoted)),
            Shape::List(items) => Tree::List(items.iter().map(Tree::from).collect()),
            Shape::Map(entries) => Tree::Map(entries.iter().map(|entry| (entry.key.clone(), Tree::from(&entry.value))).collect()),
        }
    }
}

impl From<&Plain> for Tree {
    fn from(value: &Plain) -> Tree {
        match value {
            Plain::Empty => Tree::Null,
            Plain::Text(text) | Plain::Verbatim(text) => Tree::Scalar(text.clone(), None),
            Plain::List(items) => Tree::List(items.iter().map(Tree::from).collect()),
            Plain::Group(entries) => Tree::Map(entries.iter().map(|(key, value)| (key.clone(), Tree::from(value))).collect()),
        }
    }
}

impl Tree {
    /// The value at a path.
    pub fn at(&self, path: &[Step]) -> Option<&Tree> {
        let Some((step, rest)) = path.split_first() else { return Some(self) };
        match (self, step) {
            (Tree::Map(entries), Step::Key(key)) => entries.iter().find(|(name, _)| name == key)?.1.at(rest),
            (Tree::List(items), Step::Item(index)) => items.get(*index)?.at(rest),
            _ => None,
        }
    }

    /// Puts a value at a path whose parent is there; false where it is not.
    pub fn put(&mut self, path: &[Step], value: Tree) -> bool {
        let Some((step, rest)) = path.split_first() else {
            *self = value;
            return true;
        };
        match (self, step) {
            (Tree::Map(entries), Step::Key(key)) => match entries.iter_mut().find(|(name, _)| name == key) {
                Some((_, inner)) => inner.put(rest, value),
                None if rest.is_empty() => {
                    entries.push((key.clone(), value));
                    true
                }
                None => false,
            },
            (Tree::List(items), Step::Item(index)) if *index < items.len() => items[*index].put(rest, value),
            (Tree::List(items), Step::Item(index)) if *index == items.len() && rest.is_empty() => {
                items.push(value);
                true
            }
            _ => false,
        }
    }

    /// Takes away what is at a path; false where nothing is.
    pub fn cut(&mut self, path: &[Step]) -> bool {
        let Some((step, rest)) = path.split_first() else { return false };
        match (self, step) {
            (Tree::Map(entries), Step::Key(key)) => {
                let Some(at) = entries.iter().position(|(name, _)| name == key) else { return false };
                if rest.is_empty() {
                    entries.remove(at);
                    return true;
                }
                entries[at].1.cut(rest)
            }
            (Tree::List(items), Step::Item(index)) if *index < items.len() => {
                if rest.is_empty() {
                    items.remove(*index);
                    return true;
                }
                items[*index].cut(rest)
            }
            _ => false,
        }
    }
}

/// One thing to do to the text.
#[derive(Debug)]
pub enum Move {
    /// Put a value where one may stand already; its siblings stand in this order.
    Put(Vec<Step>, Plain, Vec<String>),
    /// Take a value away.
    Cut(Vec<Step>),
}

/// The moves that bring a value to what is wanted, leaving alone what is so already.
pub fn moves(known: Option<&Tree>, path: &[Step], wanted: &Plain, order: &[String], list: &mut Vec<Move>) {
    if known.is_some_and(|known| *known == Tree::from(wanted)) {
        return;
    }
    match (known, wanted) {
        (Some(Tree::Map(entries)), Plain::Group(group)) if !entries.is_empty() && !group.is_empty() => {
            let order: Vec<String> = group.iter().map(|(key, _)| key.clone()).collect();
            for (key, value) in group {
                let known = entries.iter().find(|(name, _)| name == key).map(|(_, known)| known);
                moves(known, &with(path, Step::Key(key.clone())), value, &order, list);
            }
            let gone = entries.iter().filter(|(name, _)| !group.iter().any(|(key, _)| key == name));
            list.extend(gone.map(|(name, _)| Move::Cut(with(path, Step::Key(name.clone())))));
        }
        (Some(Tree::List(items)), Plain::List(values)) if !items.is_empty() && !values.is_empty() => {
            for (at, value) in values.iter().enumerate() {
                moves(items.get(at), &with(path, Step::Item(at)), value, &[], list);
            }
            list.extend((values.len()..items.len()).rev().map(|at| Move::Cut(with(path, Step::Item(at)))));
        }
        _ => list.push(Move::Put(path.to_vec(), wanted.clone(), order.to_vec())),
    }
}

/// A path and one more step.
pub fn with(path: &[Step], step: Step) -> Vec<Step> {
    path.iter().cloned().chain([step]).collect()
}
