//! Labelled rows: a label once, its value wrapped beside it.

use std::io::{self, Write};

use super::style::{Role, Style};
use super::wrap::{Passage, columns};

/// A label and its value.
pub(super) type Row<'a> = (&'a str, String);

/// Writes rows below each other, their values in one column.
pub(super) fn rows(out: &mut dyn Write, rows: &[Row<'_>], style: Style) -> io::Result<()> {
    let label_width = rows.iter().map(|(label, _)| columns(label)).max().unwrap_or_default();
    rows.iter().try_for_each(|(label, value)| row(out, label, label_width, value, style))
}

/// Writes one row whose label, one of ours and no wider than half of a line, takes `label_width`
/// columns.
pub(super) fn row(
    out: &mut dyn Write,
    label: &str,
    label_width: usize,
    value: &str,
    style: Style,
) -> io::Result<()> {
    const GAP: usize = 2;
    let indent = label_width + GAP;
    let value = Passage::plain(value);
    let lines = value.lines(style.width().saturating_sub(indent));
    style.write(out, Role::Label, label)?;
    let mut column = columns(label);
    for line in &lines {
        write!(out, "{:1$}", "", indent.saturating_sub(column))?;
        line.write(out, Role::Text, style)?;
        writeln!(out)?;
        column = 0;
    }
    if lines.is_empty() { writeln!(out) } else { Ok(()) }
}

/// Writes a text wrapped at the width of the output; nothing if it is blank.
pub(super) fn paragraph(
    out: &mut dyn Write,
    text: &str,
    role: Role,
    style: Style,
) -> io::Result<()> {
    for line in Passage::plain(text).lines(style.width()) {
        line.write(out, role, style)?;
        writeln!(out)?;
    }
    Ok(())
}
