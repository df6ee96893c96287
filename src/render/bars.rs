//! Numbers with bars.

use std::io::{self, Write};

use super::numbers::count;
use super::style::Style;
use super::wrap::{columns, fit};

/// What is counted, fit to be printed, and its number.
pub(super) type Bar = (String, u64);

/// Writes `  Kazakhstan  1,204  ██████` for each, the longest bar up to the right margin.
pub(super) fn bars(out: &mut dyn Write, bars: &[Bar], style: Style) -> io::Result<()> {
    let most = bars.iter().map(|&(_, n)| n).max().unwrap_or_default();
    let widest_name = bars.iter().map(|(name, _)| columns(name)).max().unwrap_or_default();
    let name_width = widest_name.min(style.width() / 3);
    let count_width = count(most).len();
    let bar_width = style.width().saturating_sub(name_width + count_width + 6);
    for (name, n) in bars {
        let name = fit(name, name_width);
        let gap = name_width.saturating_sub(columns(&name));
        let number = count(*n);
        let bar = bar(*n, most, bar_width);
        let line = format!("  {name}{:gap$}  {number:>count_width$}  {bar}", "");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A bar for `n` where one for `most` takes `width` columns; any `n` but 0 shows.
fn bar(n: u64, most: u64, width: usize) -> String {
    let scaled = (u128::from(n) * width as u128).div_ceil(u128::from(most.max(1)));
    "█".repeat(usize::try_from(scaled).unwrap_or(width))
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
}
