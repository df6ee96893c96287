//! What a question came to, as the command that answers it prints it as JSON.

use std::io::{self, Write};

use super::{Emphasis, Format, ListFormat, MIN_WIDTH, Measure, Style};
use super::{facets, hits, timeline};
use crate::bench::Found;

/// Writes what was found as JSON; a bare number for a count.
pub fn found(out: &mut dyn Write, found: &Found) -> io::Result<()> {
    let style = Style::new(MIN_WIDTH, Emphasis::Plain);
    match found {
        Found::Hits(answer) => hits(out, answer, Format::Json, style),
        Found::Count(answer) => writeln!(out, "{}", answer.total),
        Found::Facets(answer, counted) => facets(out, answer, counted, ListFormat::Json, style),
        Found::Timeline(answer, counted) => {
            timeline(out, answer, counted, Measure::Articles, ListFormat::Json, style)
        }
    }
}
