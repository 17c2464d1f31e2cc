//! Content types as data: what a field is and where it shows, never what to do.
//!
//! In: the type files of the theme and the patches of the site, as spanned trees. Out: [`Schemas`]. Never: names a
//! type, evaluates an expression, or renders.
//!
//! The data is in [`model`]; [`parse`] reads one type file, [`patch`] lays a site's patch over it, [`verify`] checks
//! that what a type says fits together, [`describe`] tells it to editors (JSON Schema) and people,
//! [`scaffold`] begins a new record; [`holds`]
//! applies conditions to values. [`needs`] are the questions that are compared with them.

pub mod common;
pub mod describe;
pub mod holds;
pub mod model;
pub mod needs;
pub mod parse;
pub mod patch;
pub mod rules;
pub mod scaffold;
pub mod verify;
pub mod verify_needs;

pub use holds::Scope;
pub use model::{
    Appointment, Bounds, COLUMN_TYPES, ChartSpec, Distances, Field, Layout, Order, Privacy, Role, Schemas, Section, Show, Type,
};
pub use needs::Needs;
pub use rules::{Case, Condition, Conflict, Derive, Inherit, RollUp, Rule, Test};
