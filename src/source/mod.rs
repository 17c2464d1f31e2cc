//! From bytes to a spanned tree: encodings, the slips of a Chinese keyboard, YAML, front matter, CSV; and back: changing a
//! value in a file while everything else stays as it was typed.
//!
//! In: the bytes of one file. Out: a [`Node`] tree in which every key and every value knows its line and column, and
//! every scalar keeps what was typed (`0597` stays `0597`). Never: knows a content type or a field.

pub mod archive;
pub mod cells;
pub mod edit;
pub mod encoding;
pub mod front_matter;
mod hex;
pub mod lookup;
pub mod node;
pub mod seek;
pub mod slips;
mod suspect;
pub mod table;
pub mod xml;
pub mod yaml;

pub use hex::hex;
pub use node::{Entry, Node, Scalar, Shape, Spot};
