//! Numbers with bars, and rows of small ones.

use std::io::{self, Write};

use super::numbers::count;
use super::style::Style;
use super::wrap::{columns, fit};
use crate::text::printable;

/// A row with a bar.
pub(super) struct Bar {
    /// What is counted, fit to be printed.
    pub(super) name: String,
    /// Its number as it is printed.
    pub(super) number: String,
    /// How long the bar is, in any unit.
    pub(super) length: u64,
}

impl Bar {
    /// A count of something, and a bar for it.
    pub(super) fn of(name: &str, n: u64) -> Self {
        Self { name: printable(name).into_owned(), number: count(n), length: n }
    }
}

/// Writes `  Kazakhstan  1,204  ██████` for each, the longest bar up to the right margin.
pub(super) fn bars(out: &mut dyn Write, bars: &[Bar], style: Style) -> io::Result<()> {
    let longest = bars.iter().map(|bar| bar.length).max().unwrap_or_default();
    let widest = |text: fn(&Bar) -> &String| bars.iter().map(move |it| columns(text(it))).max();
    let name_width = widest(|bar| &bar.name).unwrap_or_default().min(style.width() / 3);
    let number_width = widest(|bar| &bar.number).unwrap_or_default();
    let bar_width = style.width().saturating_sub(name_width + number_width + 6);
    for Bar { name, number, length } in bars {
        let name = fit(name, name_width);
        let gap = name_width.saturating_sub(columns(&name));
        let bar = bar(*length, longest, bar_width);
        let line = format!("  {name}{:gap$}  {number:>number_width$}  {bar}", "");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A bar for `n` where one for `most` takes `width` columns; any `n` but 0 shows.
fn bar(n: u64, most: u64, width: usize) -> String {
    let scaled = (u128::from(n) * width as u128).div_ceil(u128::from(most.max(1)));
    "█".repeat(usize::try_from(scaled).unwrap_or(width))
}

/// The heights of a sparkline; nothing at all is a dot.
const HEIGHTS: [char; 9] = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A row of numbers as `·▁▃█`, the highest in full; where there are more than `width`, neighbours are
/// put together.
pub(super) fn sparkline(numbers: &[u64], width: usize) -> String {
    let together = numbers.len().div_ceil(width.max(1)).max(1);
    let sums: Vec<u64> = numbers.chunks(together).map(|chunk| chunk.iter().sum()).collect();
    let most = sums.iter().copied().max().unwrap_or_default().max(1);
    let steps = HEIGHTS.len() as u128 - 1;
    let height = |n: &u64| {
        let scaled = (u128::from(*n) * steps).div_ceil(u128::from(most));
        HEIGHTS[usize::try_from(scaled).unwrap_or_default().min(HEIGHTS.len() - 1)]
    };
    sums.iter().map(height).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_every_count_but_none() {
        for (n, most, cells) in [(0, 10, 0), (1, 1_000_000, 1), (5, 10, 10), (10, 10, 20)] {
            assert_eq!(bar(n, most, 20).chars().count(), cells, "for {n} of {most}");
        }
        assert_eq!(bar(0, 0, 20), "");
        assert_eq!(bar(u64::MAX, u64::MAX, 3), "███");
    }

    #[test]
    fn a_sparkline_is_as_high_as_its_numbers_and_no_wider_than_it_may_be() {
        assert_eq!(sparkline(&[0, 1, 4, 8, 1_000, 0], 6), "·▁▁▁█·");
        assert_eq!(sparkline(&[1, 2, 3, 4, 5, 6, 7, 8], 8), "▁▂▃▄▅▆▇█");
        assert_eq!(sparkline(&[1, 1, 2, 2, 3, 3, 4], 4), "▃▆██".replace("██", "█▆"));
        assert_eq!((sparkline(&[], 4), sparkline(&[0, 0], 4)), (String::new(), "··".into()));
    }
}
