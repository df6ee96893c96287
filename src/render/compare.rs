//! What two sets of articles differ in.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, Layout};
use super::numbers::{count, counted, milliseconds, rounded_to};
use super::rows::paragraph;
use super::style::{Role, Style};
use super::wrap::{columns, fit};
use super::{ListFormat, csv};
use crate::article::CountryCode;
use crate::region::country;
use crate::search::{Aspect, Comparison, Contrast, Contrasted, Hits};
use crate::text::printable;

/// Writes what each of two sets has more of; `answers` says which articles those are.
pub fn compare(
    out: &mut dyn Write,
    answers: &[Hits; 2],
    comparison: &Comparison,
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let records = || comparison.contrasts.iter().flat_map(records);
    match format {
        ListFormat::Table => table(out, comparison, style),
        ListFormat::Json => {
            let [a, b] = answers;
            let set = |answer: &'_ Hits| (answer.total, answer.undated);
            json::list_document(
                out,
                &ComparisonRecord {
                    v: json::VERSION,
                    a: SetRecord { query: &a.understood, total: set(a).0, undated: set(a).1 },
                    b: SetRecord { query: &b.understood, total: set(b).0, undated: set(b).1 },
                    both: comparison.both.articles,
                    articles: a.articles,
                    generation: a.generation,
                    took_ms: milliseconds(comparison.took),
                    compared: comparison.contrasts.iter().map(ComparedRecord::from).collect(),
                    differences: records().collect(),
                },
            )
        }
        ListFormat::Jsonl => records().try_for_each(|it| json::document(out, &it, Layout::Compact)),
        ListFormat::Csv => csv::table(out, COLUMNS, records().map(row)),
    }
}

fn table(out: &mut dyn Write, comparison: &Comparison, style: Style) -> io::Result<()> {
    let [a, b] = comparison.sizes.map(|size| count(size.articles));
    let both = counted(comparison.both.articles, "article");
    let heading = format!("A has {a}, B {b}, both together {both}; how many of A and B have it");
    paragraph(out, &heading, Role::Label, style)?;
    let width = style.width().saturating_sub(4) / 2;
    for contrast in &comparison.contrasts {
        let Contrast { aspect, compared, more_in_a, more_in_b } = contrast;
        let compared = counted(*compared as u64, "value");
        writeln!(out)?;
        let title = format!("{aspect}, more in A");
        let gap = width.saturating_sub(columns(&title)) + 2;
        style.write(out, Role::Label, &title)?;
        write!(out, "{:gap$}", "")?;
        style.write(out, Role::Label, "more in B")?;
        writeln!(out)?;
        if more_in_a.is_empty() && more_in_b.is_empty() {
            writeln!(out, "  nothing that chance does not explain, of {compared}")?;
        }
        for row in 0..more_in_a.len().max(more_in_b.len()) {
            let cell = |side: &[Contrasted]| {
                side.get(row).map(|it| cell(*aspect, it, width)).unwrap_or_default()
            };
            let (left, right) = (cell(more_in_a), cell(more_in_b));
            let gap = width.saturating_sub(columns(&left));
            let line = format!("  {left}{:gap$}  {right}", "");
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}

/// `Tokayev         11     0`.
fn cell(aspect: Aspect, it: &Contrasted, width: usize) -> String {
    let [a, b] = it.tallies.map(|tally| count(tally.articles));
    let numbers = format!(" {a:>6} {b:>6}");
    let room = width.saturating_sub(columns(&numbers) + 2);
    let name = printable(label(aspect, &it.name));
    let name = fit(&name, room);
    let gap = room.saturating_sub(columns(&name));
    format!("{name}{:gap$}{numbers}", "")
}

/// The name of a value for people, where it is a code.
fn label(aspect: Aspect, name: &str) -> &str {
    let code = CountryCode::new(name).filter(|_| aspect == Aspect::Region);
    code.and_then(country).map_or(name, |country| country.name)
}

#[derive(Serialize)]
struct ComparisonRecord<'a> {
    v: u32,
    a: SetRecord<'a>,
    b: SetRecord<'a>,
    /// Articles in both sets.
    both: u64,
    articles: u64,
    generation: u64,
    took_ms: f64,
    compared: Vec<ComparedRecord>,
    differences: Vec<DifferenceRecord<'a>>,
}

#[derive(Serialize)]
struct SetRecord<'a> {
    query: &'a str,
    total: u64,
    undated: u64,
}

/// How many words or values were compared.
#[derive(Serialize)]
struct ComparedRecord {
    by: &'static str,
    values: usize,
}

impl From<&Contrast> for ComparedRecord {
    fn from(contrast: &Contrast) -> Self {
        Self { by: contrast.aspect.name(), values: contrast.compared }
    }
}

#[derive(Serialize)]
struct DifferenceRecord<'a> {
    by: &'static str,
    /// The set that has more of it.
    more_in: &'static str,
    value: &'a str,
    /// Articles of the first set that have it.
    a: u64,
    /// Articles of the second set that have it.
    b: u64,
    z: f64,
}

fn records(contrast: &Contrast) -> impl Iterator<Item = DifferenceRecord<'_>> {
    let Contrast { aspect, more_in_a, more_in_b, .. } = contrast;
    let sides = [("a", more_in_a), ("b", more_in_b)];
    sides.into_iter().flat_map(move |(more_in, side)| {
        side.iter().map(move |it| DifferenceRecord {
            by: aspect.name(),
            more_in,
            value: &it.name,
            a: it.tallies[0].articles,
            b: it.tallies[1].articles,
            z: rounded_to(it.z, 3),
        })
    })
}

const COLUMNS: [&str; 6] = ["by", "more_in", "value", "a", "b", "z"];

fn row(it: DifferenceRecord<'_>) -> [Cow<'_, str>; COLUMNS.len()] {
    [
        it.by.into(),
        it.more_in.into(),
        csv::cell(it.value),
        it.a.to_string().into(),
        it.b.to_string().into(),
        it.z.to_string().into(),
    ]
}
