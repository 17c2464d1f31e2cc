//! Converts for templates only what some template names: a page has hundreds of parts, and most themes show few of them.

use crate::read::Named;
use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

/// A value whose parts that no template names are left out, at any depth. Keys of maps are data and stay.
pub struct Only<'n, T: ?Sized>(pub &'n T, pub &'n Named);

impl<T: Serialize + ?Sized> Serialize for Only<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Filter(serializer, self.1))
    }
}

/// A serializer, or a part of one, that hands on what is named.
struct Filter<'n, S>(S, &'n Named);

macro_rules! plain {
    ($($name:ident: $of:ty),*) => {
        $(fn $name(self, value: $of) -> Result<S::Ok, S::Error> { self.0.$name(value) })*
    };
}

impl<'n, S: Serializer> Serializer for Filter<'n, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Filter<'n, S::SerializeSeq>;
    type SerializeTuple = Filter<'n, S::SerializeTuple>;
    type SerializeTupleStruct = Filter<'n, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Filter<'n, S::SerializeTupleVariant>;
    type SerializeMap = Filter<'n, S::SerializeMap>;
    type SerializeStruct = Filter<'n, S::SerializeStruct>;
    type SerializeStructVariant = Filter<'n, S::SerializeStructVariant>;

    plain! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_str: &str, serialize_bytes: &[u8], serialize_unit_struct: &'static str
    }
    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.0.serialize_none()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.0.serialize_some(&Only(value, self.1))
    }
    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.0.serialize_unit()
    }
    fn serialize_unit_variant(self, name: &'static str, index: u32, variant: &'static str) -> Result<S::Ok, S::Error> {
        self.0.serialize_unit_variant(name, index, variant)
    }
    /// What was converted before comes as such a struct and is handed on as it is.
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        self.0.serialize_newtype_struct(name, value)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.0.serialize_newtype_variant(name, index, variant, &Only(value, self.1))
    }
    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Ok(Filter(self.0.serialize_seq(length)?, self.1))
    }
    fn serialize_tuple(self, length: usize) -> Result<Self::SerializeTuple, S::Error> {
        Ok(Filter(self.0.serialize_tuple(length)?, self.1))
    }
    fn serialize_tuple_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeTupleStruct, S::Error> {
        Ok(Filter(self.0.serialize_tuple_struct(name, length)?, self.1))
    }
    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        Ok(Filter(self.0.serialize_tuple_variant(name, index, variant, length)?, self.1))
    }
    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        Ok(Filter(self.0.serialize_map(length)?, self.1))
    }
    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeStruct, S::Error> {
        Ok(Filter(self.0.serialize_struct(name, length)?, self.1))
    }
    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        Ok(Filter(self.0.serialize_struct_variant(name, index, variant, length)?, self.1))
    }
}

macro_rules! items {
    ($($of:ident, $add:ident);*) => {
        $(impl<S: $of> $of for Filter<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;
            fn $add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
                self.0.$add(&Only(value, self.1))
            }
            fn end(self) -> Result<S::Ok, S::Error> {
                self.0.end()
            }
        })*
    };
}

items! { SerializeSeq, serialize_element; SerializeTuple, serialize_element; SerializeTupleStruct, serialize_field; SerializeTupleVariant, serialize_field }

macro_rules! parts {
    ($($of:ident),*) => {
        $(impl<S: $of> $of for Filter<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), S::Error> {
                if self.1.has(key) { self.0.serialize_field(key, &Only(value, self.1)) } else { self.0.skip_field(key) }
            }
            fn end(self) -> Result<S::Ok, S::Error> {
                self.0.end()
            }
        })*
    };
}

parts! { SerializeStruct, SerializeStructVariant }

impl<S: SerializeMap> SerializeMap for Filter<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.0.serialize_key(key)
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.0.serialize_value(&Only(value, self.1))
    }
    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

#[cfg(test)]
mod tests {
    use super::Only;
    use crate::read::Named;
    use serde::Serialize;
    use std::collections::BTreeMap;

    #[derive(Serialize)]
    struct Part {
        seen: Option<u32>,
        hidden: &'static str,
    }

    #[derive(Serialize)]
    struct Whole {
        parts: Vec<Part>,
        by_word: BTreeMap<&'static str, Part>,
        hidden: Part,
    }

    #[test]
    fn what_no_template_names_is_left_out_at_any_depth() {
        let part = || Part { seen: Some(1), hidden: "x" };
        let whole = Whole { parts: vec![part()], by_word: BTreeMap::from([("hidden", part())]), hidden: part() };
        let shown = |template: &str| serde_json::to_string(&Only(&whole, &Named::of([template].into_iter()))).unwrap();
        assert_eq!(shown("{{ whole.parts.seen }}{{ by_word }}"), r#"{"parts":[{"seen":1}],"by_word":{"hidden":{"seen":1}}}"#);
        assert_eq!(shown("{{ whole[part] }}"), serde_json::to_string(&whole).unwrap(), "who looks through values sees all");
        assert_eq!(shown(""), "{}");
    }
}
