//! Parkpress turns Markdown and YAML about industrial parks into a static site.

pub mod diagnostic;
pub mod schema;
pub mod source;
pub mod value;
