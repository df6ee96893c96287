//! Tables of figures whose columns are chosen by the room there is.

use std::io::{self, Write};

use super::super::style::{Role, Style};
use super::super::wrap::{columns, fit};
use crate::text::printable;

/// A column of figures.
pub(super) struct Column<'a, T> {
    pub(super) head: &'static str,
    pub(super) width: usize,
    /// Columns of low numbers are the last to be left out.
    pub(super) importance: u32,
    pub(super) cell: &'a dyn Fn(&T) -> String,
}

/// Names have at most this share of a line, and one column more: at 80 columns that leaves room for
/// seven figures.
const NAMES: usize = 5;

/// The least room for names.
const LEAST_NAME: usize = 12;

/// Writes a row for each thing with its name, and as many columns as fit; those of `bold` are of
/// special weight.
pub(super) fn write<T>(
    out: &mut dyn Write,
    rows: &[(&str, &T)],
    all: &[Column<'_, T>],
    is_bold: impl Fn(&T) -> bool,
    style: Style,
) -> io::Result<()> {
    let longest = rows.iter().map(|(name, _)| columns(&printable(name))).max().unwrap_or_default();
    let name_width = longest.clamp(5, (style.width() / NAMES + 1).max(LEAST_NAME));
    let shown = fitting(all, style.width() - name_width);
    let heads: String = shown.iter().map(|it| format!("{:>1$}", it.head, it.width)).collect();
    style.write(out, Role::Label, &format!("{:name_width$}{heads}", "class"))?;
    writeln!(out)?;
    for (name, thing) in rows {
        let name = fit(&printable(name), name_width).into_owned();
        let gap = name_width.saturating_sub(columns(&name));
        let cells: String = shown
            .iter()
            .map(|it| {
                let cell = (it.cell)(thing);
                format!("{:1$}{cell}", "", it.width.saturating_sub(columns(&cell)))
            })
            .collect();
        let role = if is_bold(thing) { Role::Label } else { Role::Text };
        style.write(out, role, format!("{name}{:gap$}{cells}", "").trim_end())?;
        writeln!(out)?;
    }
    Ok(())
}

/// The most important columns that fit, in their order.
fn fitting<'a, 'b, T>(all: &'b [Column<'a, T>], room: usize) -> Vec<&'b Column<'a, T>> {
    let mut by_importance: Vec<&Column<'_, T>> = all.iter().collect();
    by_importance.sort_by_key(|it| it.importance);
    let mut left = room;
    let mut least = u32::MAX;
    for column in by_importance {
        match left.checked_sub(column.width) {
            Some(rest) => left = rest,
            None => {
                least = column.importance;
                break;
            }
        }
    }
    all.iter().filter(|it| it.importance < least).collect()
}
