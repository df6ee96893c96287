//! The keys of records that are known, by the field that each holds.

use std::io::{self, Write};

use serde::Serialize;

use super::json;
use super::rows::{Row, rows};
use super::style::Style;

/// Writes the keys of each field, in order of preference.
pub fn keys(
    out: &mut dyn Write,
    known: &[(&'static str, &'static [&'static str])],
    style: Style,
) -> io::Result<()> {
    let lines: Vec<Row<'_>> = known.iter().map(|(field, keys)| (*field, keys.join(", "))).collect();
    rows(out, &lines, style)
}

/// Writes the same as one JSON document.
pub fn keys_json(
    out: &mut dyn Write,
    known: &[(&'static str, &'static [&'static str])],
) -> io::Result<()> {
    let fields = known.iter().map(|(field, keys)| FieldRecord { field, keys }).collect();
    json::list_document(out, &KeysRecord { v: json::VERSION, fields })
}

#[derive(Serialize)]
struct KeysRecord<'a> {
    v: u32,
    fields: Vec<FieldRecord<'a>>,
}

/// A field and the keys that hold it.
#[derive(Serialize)]
struct FieldRecord<'a> {
    field: &'a str,
    keys: &'a [&'static str],
}
