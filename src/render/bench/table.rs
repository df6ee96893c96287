//! Tables of figures whose columns are chosen by the room there is.

use std::io::{self, Write};

use super::super::style::{Role, Style};
use super::super::wrap::{columns, fit};
use crate::text::printable;

/// A column of figures.
pub(super) struct Column<'a, T> {
    head: &'static str,
    width: usize,
    importance: u32,
    cell: &'a dyn Fn(&T) -> String,
}

impl<'a, T> Column<'a, T> {
    /// One so wide; those of low importance are the last to be left out.
    pub(super) fn new(
        head: &'static str,
        width: usize,
        importance: u32,
        cell: &'a dyn Fn(&T) -> String,
    ) -> Self {
        Self { head, width, importance, cell }
    }
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
    let right =
        |text: &str, width: usize| format!("{:1$}{text}", "", width.saturating_sub(columns(text)));
    let heads: Vec<_> = shown.iter().map(|it| right(it.head, it.width)).collect();
    let heads = heads.concat();
    style.write(out, Role::Label, &format!("{:name_width$}{heads}", "class"))?;
    writeln!(out)?;
    for (name, thing) in rows {
        let name = fit(&printable(name), name_width).into_owned();
        let gap = name_width.saturating_sub(columns(&name));
        let cells: Vec<_> = shown.iter().map(|it| right(&(it.cell)(thing), it.width)).collect();
        let cells = cells.concat();
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
    let fits = |column: &&&Column<'_, T>| {
        let rest = left.checked_sub(column.width);
        left = rest.unwrap_or_default();
        rest.is_some()
    };
    let most = by_importance.iter().take_while(fits).map(|it| it.importance).max();
    all.iter().filter(|it| most.is_some_and(|most| it.importance <= most)).collect()
}
