//! Tables with tabs between their columns, as `cut` and `awk` take them: no cell is quoted.
//!
//! The cells are those of CSV. A printable text holds neither tab nor line break, so a row is one
//! line and has as many fields as there are columns.

use std::borrow::Cow;
use std::io::{self, Write};

use super::csv::{HIT_COLUMNS, hit_row};
use super::listing::Listing;
use crate::search::{Hit, Hits};

/// A header and a row for each hit.
pub(super) struct HitRows;

impl Listing for HitRows {
    fn begin(&mut self, out: &mut dyn Write, _: &Hits) -> io::Result<()> {
        row(out, &HIT_COLUMNS.map(Cow::Borrowed))
    }

    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        row(out, &hit_row(hit, &[]))
    }

    fn end(&mut self, out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        answer.partial.iter().try_for_each(|it| row(out, &hit_row(&it.hit, &it.lacks)))
    }
}

/// Writes one row of printable cells.
pub(super) fn row<const N: usize>(
    out: &mut dyn Write,
    cells: &[Cow<'_, str>; N],
) -> io::Result<()> {
    writeln!(out, "{}", cells.join("\t"))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, shown};
    use super::*;

    #[test]
    fn each_hit_is_a_line_with_all_columns() {
        let answer = samples::answer();
        let text = shown(|out| {
            HitRows.begin(out, &answer)?;
            answer.hits.iter().try_for_each(|hit| HitRows.hit(out, hit))
        });
        assert_eq!(text.lines().count(), 1 + answer.hits.len());
        for line in text.lines() {
            assert_eq!(line.split('\t').count(), HIT_COLUMNS.len(), "{line}");
        }
        assert!(text.lines().nth(1).is_some_and(|line| line.contains("\tExample Herald\ten\t")));
    }
}
