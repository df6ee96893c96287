//! How many articles match over time.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::bars::{Bar, bars, sparkline};
use super::json::{self, Layout};
use super::numbers::{amount, count, fraction, milliseconds, percent};
use super::rows::paragraph;
use super::style::{Role, Style};
use super::wrap::{columns, fit};
use super::{ListFormat, csv};
use crate::search::{Hits, Series, Stretch, Tally, Timeline};
use crate::text::printable;

/// What is shown of each stretch of time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Measure {
    /// How many articles match.
    Articles,
    /// Their share of all that the archive has in that time.
    Share,
}

/// How many stretches are named in a note, at most.
const NAMED: usize = 4;

/// Writes the numbers of one question; `answer` says which articles are counted.
pub fn timeline(
    out: &mut dyn Write,
    answer: &Hits,
    timeline: &Timeline,
    measure: Measure,
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let Some(series) = timeline.series.first() else { return Ok(()) };
    match format {
        ListFormat::Table => table(out, timeline, series, measure, style),
        ListFormat::Json => json::list_document(
            out,
            &TimelineRecord {
                v: json::VERSION,
                query: &answer.understood,
                bucket: timeline.bucket.name(),
                count: timeline.unit.name(),
                total: series.total.articles,
                undated: series.undated.articles,
                imprecise: series.imprecise.articles,
                articles: answer.articles,
                generation: answer.generation,
                took_ms: milliseconds(answer.took),
                buckets: points(timeline, series, None).collect(),
            },
        ),
        ListFormat::Jsonl => lines(out, all_points(timeline, series, None)),
        ListFormat::Csv => csv::table(out, COLUMNS, all_points(timeline, series, None).map(row)),
    }
}

/// Writes the numbers of several questions side by side; `answers` says which articles are counted
/// for each.
pub fn trend(
    out: &mut dyn Write,
    answers: &[Hits],
    timeline: &Timeline,
    measure: Measure,
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let points = || {
        let series = timeline.series.iter();
        series.flat_map(|series| all_points(timeline, series, Some(&series.query)))
    };
    let Some(answer) = answers.first() else { return Ok(()) };
    match format {
        ListFormat::Table => columns_of(out, timeline, measure, style),
        ListFormat::Json => json::list_document(
            out,
            &TrendRecord {
                v: json::VERSION,
                bucket: timeline.bucket.name(),
                count: timeline.unit.name(),
                articles: answer.articles,
                generation: answer.generation,
                took_ms: milliseconds(answer.took),
                series: timeline.series.iter().map(SeriesRecord::from).collect(),
                buckets: rows(timeline).collect(),
            },
        ),
        ListFormat::Jsonl => lines(out, points()),
        ListFormat::Csv => {
            let row = |point: PointRecord<'_>| {
                let query = csv::cell(point.query.unwrap_or_default()).into_owned();
                let mut cells = vec![Cow::from(query)];
                cells.extend(row(point));
                cells
            };
            let header = [&["query"][..], &COLUMNS].concat();
            csv::rows(out, &header, points().map(row))
        }
    }
}

fn lines<'a>(
    out: &mut dyn Write,
    mut points: impl Iterator<Item = PointRecord<'a>>,
) -> io::Result<()> {
    points.try_for_each(|point| json::document(out, &point, Layout::Compact))
}

fn table(
    out: &mut dyn Write,
    timeline: &Timeline,
    series: &Series,
    measure: Measure,
    style: Style,
) -> io::Result<()> {
    heading(out, timeline, &amount(series.total.articles, timeline.unit), style)?;
    let mut rows = Vec::with_capacity(timeline.buckets.len() + 2);
    for (stretch, tally) in timeline.buckets.iter().zip(&series.tallies) {
        let name = name(timeline, stretch);
        let (n, of) = (tally.articles, stretch.archive.articles);
        rows.push(match measure {
            Measure::Articles => Bar { name, number: count(n), length: n },
            Measure::Share => {
                let number = format!("{} of {}  {:>7}", count(n), count(of), percent(n, of));
                Bar { name, number, length: per_million(n, of) }
            }
        });
    }
    for (name, tally) in [("(imprecise)", series.imprecise), ("(none)", series.undated)] {
        let n = tally.articles;
        // A share of nothing has no bar.
        let (number, length) = match measure {
            Measure::Articles => (count(n), n),
            Measure::Share => (format!("{}{:10}", count(n), ""), 0),
        };
        if n > 0 || name == "(none)" {
            rows.push(Bar { name: name.to_owned(), number, length });
        }
    }
    bars(out, &rows, style)?;
    notes(out, timeline, style)
}

fn heading(out: &mut dyn Write, timeline: &Timeline, what: &str, style: Style) -> io::Result<()> {
    let heading = format!("{what} by {}, each on its publisher's own clock", timeline.bucket);
    style.write(out, Role::Label, &heading)?;
    writeln!(out)
}

/// The name of a stretch; marked where the archive itself has few articles.
fn name(timeline: &Timeline, stretch: &Stretch) -> String {
    let mark = if stretch.usually.is_some() { "*" } else { "" };
    format!("{}{mark}", timeline.bucket.label(stretch.first))
}

/// Says where the archive itself has few articles.
fn notes(out: &mut dyn Write, timeline: &Timeline, style: Style) -> io::Result<()> {
    let thin = timeline.buckets.iter().filter_map(|it| Some((it, it.usually?)));
    let told: Vec<_> = thin
        .clone()
        .take(NAMED)
        .map(|(stretch, usually)| {
            let label = timeline.bucket.label(stretch.first);
            let has = count(stretch.archive.articles);
            format!("{label} has {has} where {} are usual", count(usually))
        })
        .collect();
    if told.is_empty() {
        return Ok(());
    }
    let more = match thin.count() - told.len() {
        0 => String::new(),
        n => format!("; and {} more", count(n as u64)),
    };
    let note = format!("* the archive has few articles of any kind: {}{more}", told.join("; "));
    paragraph(out, &note, Role::Text, style)
}

/// Writes a sparkline for each question, and a column.
fn columns_of(
    out: &mut dyn Write,
    timeline: &Timeline,
    measure: Measure,
    style: Style,
) -> io::Result<()> {
    let what = format!("{} questions", timeline.series.len());
    heading(out, timeline, &what, style)?;
    let query_width = (style.width() / 3).saturating_sub(2);
    for (series, letter) in timeline.series.iter().zip(letters()) {
        let query = fit(&printable(&series.query), query_width).into_owned();
        let gap = query_width.saturating_sub(columns(&query));
        let total = amount(series.total.articles, timeline.unit);
        let rest = style.width().saturating_sub(query_width + 4 + columns(&total) + 4);
        let heights: Vec<u64> = timeline
            .buckets
            .iter()
            .zip(&series.tallies)
            .map(|(stretch, tally)| match measure {
                Measure::Articles => tally.articles,
                Measure::Share => per_million(tally.articles, stretch.archive.articles),
            })
            .collect();
        let line = format!("  {letter}  {query}{:gap$}  {total}  ", "");
        writeln!(out, "{}{}", line, sparkline(&heights, rest))?;
    }
    writeln!(out)?;
    let cell = |tally: Tally, of: u64| match measure {
        Measure::Articles => count(tally.articles),
        Measure::Share => percent(tally.articles, of),
    };
    let mut rows = vec![(timeline.bucket.name().to_owned(), letters_of(timeline))];
    for (place, stretch) in timeline.buckets.iter().enumerate() {
        let cells = timeline.series.iter();
        let cells = cells.map(|series| cell(series.tallies[place], stretch.archive.articles));
        rows.push((name(timeline, stretch), cells.collect()));
    }
    for (name, tally) in [
        ("(imprecise)", (|series| series.imprecise) as fn(&Series) -> Tally),
        ("(none)", |series| series.undated),
    ] {
        let cells = timeline.series.iter().map(|series| count(tally(series).articles));
        let is_told = name == "(none)" || timeline.series.iter().any(|it| !tally(it).is_none());
        rows.extend(is_told.then(|| (name.to_owned(), cells.collect())));
    }
    columns_below(out, &rows, style)?;
    notes(out, timeline, style)
}

/// Names of columns.
fn letters() -> impl Iterator<Item = String> {
    let letter = |n: u8| char::from(b'A' + n);
    let one = (0..26).map(move |n| letter(n).to_string());
    let two =
        (0..26).flat_map(move |a| (0..26).map(move |b| [letter(a), letter(b)].iter().collect()));
    one.chain(two)
}

fn letters_of(timeline: &Timeline) -> Vec<String> {
    letters().take(timeline.series.len()).collect()
}

/// Writes rows of a name and numbers, the numbers right in columns as wide as they need; what a line
/// has no room for is left out, as JSON and CSV have it.
fn columns_below(
    out: &mut dyn Write,
    rows: &[(String, Vec<String>)],
    style: Style,
) -> io::Result<()> {
    let name_width = rows.iter().map(|(name, _)| columns(name)).max().unwrap_or_default();
    let n_columns = rows.iter().map(|(_, cells)| cells.len()).min().unwrap_or_default();
    let width = |at: usize| rows.iter().map(|(_, cells)| columns(&cells[at])).max();
    let widths: Vec<usize> = (0..n_columns).map(|at| width(at).unwrap_or_default()).collect();
    let mut room = style.width().saturating_sub(2 + name_width);
    let fits = widths.iter().take_while(|&&width| {
        let fits = width + 2 <= room;
        room = room.saturating_sub(width + 2);
        fits
    });
    let shown = fits.count();
    for (name, cells) in rows {
        let gap = name_width.saturating_sub(columns(name));
        write!(out, "  {name}{:gap$}", "")?;
        for (cell, width) in cells.iter().zip(&widths).take(shown) {
            write!(out, "  {cell:>width$}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A share in millionths; of nothing, none.
fn per_million(part: u64, whole: u64) -> u64 {
    part.saturating_mul(1_000_000).checked_div(whole).unwrap_or_default()
}

#[derive(Serialize)]
struct TimelineRecord<'a> {
    v: u32,
    query: &'a str,
    bucket: &'static str,
    /// What is counted.
    count: &'static str,
    /// How many match.
    total: u64,
    undated: u64,
    /// Articles whose date is not exact enough for a bucket.
    imprecise: u64,
    articles: u64,
    generation: u64,
    took_ms: f64,
    buckets: Vec<PointRecord<'a>>,
}

#[derive(Serialize)]
struct TrendRecord<'a> {
    v: u32,
    bucket: &'static str,
    /// What is counted.
    count: &'static str,
    articles: u64,
    generation: u64,
    took_ms: f64,
    series: Vec<SeriesRecord<'a>>,
    buckets: Vec<RowRecord>,
}

#[derive(Serialize)]
struct SeriesRecord<'a> {
    query: &'a str,
    total: u64,
    undated: u64,
    imprecise: u64,
}

impl<'a> From<&'a Series> for SeriesRecord<'a> {
    fn from(series: &'a Series) -> Self {
        Self {
            query: &series.query,
            total: series.total.articles,
            undated: series.undated.articles,
            imprecise: series.imprecise.articles,
        }
    }
}

/// A stretch of time with the numbers of all questions.
#[derive(Serialize)]
struct RowRecord {
    bucket: String,
    first: String,
    last: String,
    articles: Vec<u64>,
    of: u64,
    usually: Option<u64>,
}

fn rows(timeline: &Timeline) -> impl Iterator<Item = RowRecord> {
    timeline.buckets.iter().enumerate().map(|(place, stretch)| RowRecord {
        bucket: timeline.bucket.label(stretch.first),
        first: stretch.first.to_string(),
        last: stretch.last.to_string(),
        articles: timeline.series.iter().map(|it| it.tallies[place].articles).collect(),
        of: stretch.archive.articles,
        usually: stretch.usually,
    })
}

/// A number of a question: that of a stretch, of imprecise or of undated articles.
#[derive(Serialize)]
struct PointRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
    kind: &'static str,
    bucket: Option<String>,
    first: Option<String>,
    last: Option<String>,
    articles: u64,
    /// All articles of the archive in that stretch.
    of: Option<u64>,
    share: Option<f64>,
    /// How many the archive usually has, where it has strikingly few.
    usually: Option<u64>,
}

/// The columns of a table of such numbers.
const COLUMNS: [&str; 8] =
    ["kind", "bucket", "first", "last", "articles", "of", "share", "usually"];

fn row(point: PointRecord<'_>) -> [Cow<'static, str>; COLUMNS.len()] {
    let text = |it: Option<String>| Cow::from(it.unwrap_or_default());
    [
        point.kind.into(),
        text(point.bucket),
        text(point.first),
        text(point.last),
        point.articles.to_string().into(),
        text(point.of.map(|of| of.to_string())),
        text(point.share.map(|share| share.to_string())),
        text(point.usually.map(|usually| usually.to_string())),
    ]
}

fn points<'a>(
    timeline: &Timeline,
    series: &Series,
    query: Option<&'a str>,
) -> impl Iterator<Item = PointRecord<'a>> {
    timeline.buckets.iter().zip(&series.tallies).map(move |(stretch, tally)| PointRecord {
        query,
        kind: "bucket",
        bucket: Some(timeline.bucket.label(stretch.first)),
        first: Some(stretch.first.to_string()),
        last: Some(stretch.last.to_string()),
        articles: tally.articles,
        of: Some(stretch.archive.articles),
        share: fraction(tally.articles, stretch.archive.articles),
        usually: stretch.usually,
    })
}

/// Those, and what is in no stretch.
fn all_points<'a>(
    timeline: &Timeline,
    series: &Series,
    query: Option<&'a str>,
) -> impl Iterator<Item = PointRecord<'a>> {
    let apart = [("imprecise", series.imprecise), ("undated", series.undated)];
    let apart = apart.into_iter().map(move |(kind, tally)| PointRecord {
        query,
        kind,
        bucket: None,
        first: None,
        last: None,
        articles: tally.articles,
        of: None,
        share: None,
        usually: None,
    });
    points(timeline, series, query).chain(apart)
}

#[cfg(test)]
#[path = "timeline/tests.rs"]
mod tests;
