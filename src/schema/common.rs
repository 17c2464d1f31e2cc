//! Lays common fields under a type: a field that the type declares itself wins, but keeps its kind.

use super::model::{Field, Type};
use crate::diagnostic::{Diagnostics, messages};

/// Adds the fields that every type has. They come after the type's own, in their own order.
pub fn with_common(of: &mut Type, shared: &[Field], diagnostics: &mut Diagnostics) {
    for field in shared {
        match of.fields.iter().find(|own| own.key == field.key) {
            Some(own) if own.kind.name() != field.kind.name() => {
                let place = own.place.clone();
                diagnostics.push(messages::schema::common_kind(place, &own.key, own.kind.name(), field.kind.name(), field.place.clone()));
            }
            // A role that the type gives to a field of its own is not given twice.
            Some(_) => {}
            None => {
                let mut field = field.clone();
                if field.role.is_some_and(|role| of.with_role(role).is_some()) {
                    field.role = None;
                }
                of.fields.push(field);
            }
        }
    }
}
