//! WORD: a document of Word, WPS or LibreOffice (`.docx`) → a new record in Markdown.
//!
//! `package` opens the archive, `styles` and `numbering` say what Word adds by itself, `body`, `runs` and `drawing` make
//! plain values (`model`), `normal` puts quotes, marks and spaces right, `recognise` finds fields, `shape` headings,
//! `markdown` and `spans` write, `import` judges the site with it. Deleted and hidden text, comments, and what pictures
//! tell of their cameras never get as far as `model`.

mod body;
mod drawing;
mod import;
mod markdown;
mod model;
mod normal;
mod numbering;
mod package;
mod recognise;
mod runs;
mod shape;
mod spans;
mod styles;
mod words;

pub use import::{Ask, Draft, Ready, Taken, compose, ready};
pub use model::{Left, Picture, Spot};
pub use package::is_word;
