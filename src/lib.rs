//! Parkpress turns Markdown and YAML about industrial parks into a static site.
//!
//! One pipeline: load → read → resolve → plan → render → audit → write. Each phase is a module; imports only point to
//! the modules before it. `build`, `check`, `serve` and every test are this pipeline with different ends.

pub mod diagnostic;
pub mod source;
pub mod value;
pub mod schema;
pub mod project;
pub mod read;
pub mod resolve;
pub mod plan;
pub mod render;
pub mod write;
