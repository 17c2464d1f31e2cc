//! Every sentence the product says about content, one constructor function each, grouped by the phase that says it.
//!
//! A function takes what its caller has and builds the whole [`crate::diagnostic::Diagnostic`]: code, place, both
//! languages, hints. The long explanation of each code stands beside the group in `codes/<group>.txt`.

pub mod chart;
pub mod desk;
pub mod guard;
pub mod lint;
pub mod markdown;
pub mod needs;
pub mod picture;
pub mod read;
pub mod render;
pub mod resolve;
pub mod review;
pub mod schema;
pub mod serve;
pub mod site;
pub mod source;
pub mod theme;
pub mod value;
pub mod word;
pub mod write;
