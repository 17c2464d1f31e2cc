//! The tests of the whole: sites as text with what must be said about them, the house rules, safety of the output.

mod cases;
mod commands;
mod commonmark;
mod outputs;
mod safety;
mod site;
mod tidy;
mod types;
