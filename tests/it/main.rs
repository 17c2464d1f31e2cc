//! The tests of the whole: sites as text with what must be said about them, the house rules, safety of the output.

mod admin;
mod asking;
mod boards;
mod cases;
mod charts;
mod commands;
mod commonmark;
mod desk;
mod desk_factories;
mod fixing;
mod heads;
mod identity;
mod needs;
mod outputs;
mod pictures;
mod preview;
mod renaming;
mod report;
mod review;
mod safety;
mod search;
mod site;
mod starting;
mod states;
mod tidy;
mod types;
