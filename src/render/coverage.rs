//! What an archive holds over time.

use std::borrow::Cow;
use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::bars::sparkline;
use super::json::{self, Layout};
use super::numbers::{count, counted, milliseconds, rounded_to};
use super::style::{Role, Style};
use super::wrap::{columns, fit};
use super::{ListFormat, csv};
use crate::search::{Coverage, CoverageBreak, CoverageRow, Hits};
use crate::text::printable;

/// What of a coverage is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CoverageView {
    /// Each publisher over time; in a table and as JSON gaps and bursts as well.
    Whole,
    /// Gaps and bursts alone.
    Breaks,
}

/// Writes what an archive holds over time; of publishers, and of gaps and bursts, no more than `limit`
/// in a table.
pub fn coverage(
    out: &mut dyn Write,
    answer: &Hits,
    coverage: &Coverage,
    (view, limit): (CoverageView, usize),
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let breaks = || coverage.rows.iter().flat_map(breaks);
    let cells = || coverage.rows.iter().flat_map(|row| cells(coverage, row));
    match (format, view) {
        (ListFormat::Table, view) => {
            if view == CoverageView::Whole {
                table(out, coverage, limit, style)?;
            }
            breaks_table(out, coverage, (view, limit), style)
        }
        (ListFormat::Json, _) => json::list_document(
            out,
            &CoverageRecord {
                v: json::VERSION,
                query: &answer.understood,
                by: coverage.by.name(),
                bucket: coverage.bucket.name(),
                total: coverage.total.articles,
                undated: coverage.total.articles - coverage.dated.articles,
                articles: answer.articles,
                generation: answer.generation,
                took_ms: milliseconds(answer.took),
                rows: match view {
                    CoverageView::Whole => {
                        coverage.rows.iter().map(|row| RowRecord::of(coverage, row)).collect()
                    }
                    CoverageView::Breaks => Vec::new(),
                },
                breaks: breaks().collect(),
            },
        ),
        (ListFormat::Jsonl, CoverageView::Whole) => {
            cells().try_for_each(|cell| json::document(out, &cell, Layout::Compact))
        }
        (ListFormat::Jsonl, CoverageView::Breaks) => {
            breaks().try_for_each(|it| json::document(out, &it, Layout::Compact))
        }
        (ListFormat::Csv, CoverageView::Whole) => {
            csv::table(out, CELL_COLUMNS, cells().map(cell_row))
        }
        (ListFormat::Csv, CoverageView::Breaks) => {
            csv::table(out, BREAK_COLUMNS, breaks().map(break_row))
        }
    }
}

/// What stands for articles without a value.
const NONE: &str = "(none)";

/// Columns of a day.
const DAY: usize = 10;

fn table(out: &mut dyn Write, coverage: &Coverage, limit: usize, style: Style) -> io::Result<()> {
    let Coverage { by, total, dated, rows, .. } = coverage;
    let heading = format!(
        "{} by {by}, {} undated; days on each publisher's own clock",
        counted(total.articles, "article"),
        count(total.articles - dated.articles),
    );
    style.write(out, Role::Label, &fit(&heading, style.width()))?;
    writeln!(out)?;
    let name_width = rows.iter().map(|row| columns(&name(row))).max().unwrap_or_default();
    let name_width = name_width.min(style.width() / 4);
    let number_width =
        rows.iter().map(|row| count(row.total.articles).len()).max().unwrap_or_default();
    let rest = style.width().saturating_sub(name_width + number_width + 2 * DAY + 10);
    for row in rows.iter().take(limit) {
        let name = name(row);
        let name = fit(&name, name_width);
        let gap = name_width.saturating_sub(columns(&name));
        let articles = count(row.total.articles);
        let ends = row.stretches.first().zip(row.stretches.last());
        let day = |day: NaiveDate| day.to_string();
        let (first, last) = ends.map_or_else(
            || ("undated".to_owned(), String::new()),
            |((first, _), (last, _))| (day(*first), day(coverage.bucket.last_day(*last))),
        );
        let line = format!(
            "  {name}{:gap$}  {articles:>number_width$}  {first:DAY$}  {last:DAY$}  {}",
            "",
            sparkline(&heights(coverage, row, rest), rest),
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    match rows.len().saturating_sub(limit) {
        0 => Ok(()),
        n => writeln!(out, "  and {} more; `-n 0` shows all", count(n as u64)),
    }
}

fn name(row: &CoverageRow) -> Cow<'_, str> {
    row.name.as_deref().map_or(NONE.into(), printable)
}

/// The articles of a publisher over the whole time of the archive, in no more than `width` parts of it.
fn heights(coverage: &Coverage, row: &CoverageRow, width: usize) -> Vec<u64> {
    let Some((first, last)) = coverage.days else { return Vec::new() };
    let days = |from: NaiveDate, to: NaiveDate| usize::try_from((to - from).num_days());
    let span = days(first, last).unwrap_or_default() + 1;
    let width = width.min(span);
    let mut heights = vec![0; width];
    for (day, tally) in &row.stretches {
        // The first stretch may begin before the first day.
        let at = days(first, *day).unwrap_or_default() * width / span;
        if let Some(height) = heights.get_mut(at.min(width.saturating_sub(1))) {
            *height += tally.articles;
        }
    }
    heights
}

/// Writes a line for each gap and burst: when, how much, and whose.
fn breaks_table(
    out: &mut dyn Write,
    coverage: &Coverage,
    (view, limit): (CoverageView, usize),
    style: Style,
) -> io::Result<()> {
    let all = || {
        let rows = coverage.rows.iter();
        rows.flat_map(|row| row.breaks.iter().map(move |it| (row, it)))
    };
    let n = all().count();
    if n == 0 {
        let nothing = "no gaps and bursts";
        return if view == CoverageView::Breaks { writeln!(out, "{nothing}") } else { Ok(()) };
    }
    if view == CoverageView::Whole {
        writeln!(out)?;
    }
    style.write(
        out,
        Role::Label,
        "gaps and bursts, with articles, against the same weekdays around",
    )?;
    writeln!(out)?;
    for (row, it) in all().take(limit) {
        let CoverageBreak { kind, first, last, tally, expected } = it;
        let days = if first == last { first.to_string() } else { format!("{first} to {last}") };
        let usually = format!("{} (usually {})", count(tally.articles), usual(*expected));
        let line = format!("  {:5}  {days:24}  {usually:>20}  {}", kind.name(), name(row));
        writeln!(out, "{}", fit(&line, style.width()))?;
    }
    match n.saturating_sub(limit) {
        0 => Ok(()),
        n => writeln!(out, "  and {} more; `-n 0` shows all", count(n as u64)),
    }
}

/// A number of articles that would be usual.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rounded count")]
fn usual(expected: f64) -> String {
    if expected < 10.0 { format!("{expected:.1}") } else { count(expected.round() as u64) }
}

#[derive(Serialize)]
struct CoverageRecord<'a> {
    v: u32,
    query: &'a str,
    by: &'static str,
    bucket: &'static str,
    total: u64,
    undated: u64,
    articles: u64,
    generation: u64,
    took_ms: f64,
    rows: Vec<RowRecord<'a>>,
    breaks: Vec<BreakRecord<'a>>,
}

/// A publisher; `null` stands for articles that have none.
#[derive(Serialize)]
struct RowRecord<'a> {
    value: Option<&'a str>,
    articles: u64,
    imprecise: u64,
    undated: u64,
    first: Option<String>,
    last: Option<String>,
    /// Each stretch that has articles, with their number.
    buckets: Vec<(String, u64)>,
}

impl<'a> RowRecord<'a> {
    fn of(coverage: &Coverage, row: &'a CoverageRow) -> Self {
        let filled = row.stretches.iter().filter(|(_, tally)| !tally.is_none());
        let label = |day: &NaiveDate| coverage.bucket.label(*day);
        Self {
            value: row.name.as_deref(),
            articles: row.total.articles,
            imprecise: row.imprecise.articles,
            undated: row.undated.articles,
            first: row.stretches.first().map(|(first, _)| first.to_string()),
            last: row.stretches.last().map(|(it, _)| coverage.bucket.last_day(*it).to_string()),
            buckets: filled.map(|(day, tally)| (label(day), tally.articles)).collect(),
        }
    }
}

/// The articles of a publisher in a stretch of time, and what is in none.
#[derive(Serialize)]
struct CellRecord<'a> {
    kind: &'static str,
    value: Option<&'a str>,
    bucket: Option<String>,
    first: Option<String>,
    last: Option<String>,
    articles: u64,
}

fn cells<'a>(coverage: &Coverage, row: &'a CoverageRow) -> impl Iterator<Item = CellRecord<'a>> {
    let value = row.name.as_deref();
    let bucket = coverage.bucket;
    let filled = row.stretches.iter().filter(|(_, tally)| !tally.is_none());
    let filled = filled.map(move |(day, tally)| CellRecord {
        kind: "bucket",
        value,
        bucket: Some(bucket.label(*day)),
        first: Some(day.to_string()),
        last: Some(bucket.last_day(*day).to_string()),
        articles: tally.articles,
    });
    let apart = [("imprecise", row.imprecise), ("undated", row.undated)];
    let apart = apart.into_iter().filter(|(_, tally)| !tally.is_none());
    filled.chain(apart.map(move |(kind, tally)| CellRecord {
        kind,
        value,
        bucket: None,
        first: None,
        last: None,
        articles: tally.articles,
    }))
}

const CELL_COLUMNS: [&str; 6] = ["kind", "value", "bucket", "first", "last", "articles"];

fn cell_row(cell: CellRecord<'_>) -> [Cow<'_, str>; CELL_COLUMNS.len()] {
    let text = |it: Option<String>| Cow::from(it.unwrap_or_default());
    [
        cell.kind.into(),
        csv::optional(cell.value),
        text(cell.bucket),
        text(cell.first),
        text(cell.last),
        cell.articles.to_string().into(),
    ]
}

#[derive(Serialize)]
struct BreakRecord<'a> {
    value: Option<&'a str>,
    kind: &'static str,
    first: String,
    last: String,
    articles: u64,
    expected: f64,
}

fn breaks(row: &CoverageRow) -> impl Iterator<Item = BreakRecord<'_>> {
    row.breaks.iter().map(|it| BreakRecord {
        value: row.name.as_deref(),
        kind: it.kind.name(),
        first: it.first.to_string(),
        last: it.last.to_string(),
        articles: it.tally.articles,
        expected: rounded_to(it.expected, 2),
    })
}

const BREAK_COLUMNS: [&str; 6] = ["value", "kind", "first", "last", "articles", "expected"];

fn break_row(it: BreakRecord<'_>) -> [Cow<'_, str>; BREAK_COLUMNS.len()] {
    [
        csv::optional(it.value),
        it.kind.into(),
        it.first.into(),
        it.last.into(),
        it.articles.to_string().into(),
        it.expected.to_string().into(),
    ]
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::Emphasis;
    use super::super::samples::{self, shown};
    use super::*;
    use crate::search::{BreakKind, Bucket, FacetField, Tally};

    fn written(view: CoverageView, format: ListFormat) -> String {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let stretches = [("2022-11-20", 900), ("2022-11-21", 0), ("2022-11-22", 130)];
        let row = |name: Option<&str>, stretches, breaks, undated| CoverageRow {
            name: name.map(str::to_owned),
            total: Tally::of(1_032),
            imprecise: Tally::of(2),
            undated: Tally::of(undated),
            stretches,
            breaks,
        };
        let found = CoverageBreak {
            kind: BreakKind::Gap,
            first: day("2022-11-21"),
            last: day("2022-11-21"),
            tally: Tally::default(),
            expected: 412.5,
        };
        let coverage = Coverage {
            by: FacetField::Publisher,
            bucket: Bucket::Day,
            days: Some((day("2022-11-20"), day("2022-11-22"))),
            total: Tally::of(1_284),
            dated: Tally::of(1_034),
            rows: vec![
                row(
                    Some("=Example\u{1b} Herald"),
                    stretches.map(|(at, n)| (day(at), Tally::of(n))).to_vec(),
                    vec![found],
                    0,
                ),
                row(None, Vec::new(), Vec::new(), 250),
            ],
            took: Duration::ZERO,
        };
        let style = Style::new(80, Emphasis::Plain);
        let answer = samples::answer();
        shown(|out| super::coverage(out, &answer, &coverage, (view, 50), format, style))
    }

    #[test]
    fn publishers_have_lines_and_gaps_stand_below() {
        insta::assert_snapshot!(written(CoverageView::Whole, ListFormat::Table), @r"
        1,284 articles by publisher, 250 undated; days on each publisher's own clock
          =Example� Herald  1,032  2022-11-20  2022-11-22  █·▂
          (none)            1,032  undated                 ···

        gaps and bursts, with articles, against the same weekdays around
          gap    2022-11-21                     0 (usually 413)  =Example� Herald
        ");
        let breaks = written(CoverageView::Breaks, ListFormat::Table);
        assert!(breaks.starts_with("gaps and bursts") && breaks.lines().count() == 2, "{breaks}");
    }

    #[test]
    fn machines_get_each_publisher_and_day() {
        insta::assert_snapshot!(written(CoverageView::Whole, ListFormat::Json), @r#"
        {"v":1,"query":"bridge AND observers","by":"publisher","bucket":"day","total":1284,"undated":250,"articles":1284,"generation":7,"took_ms":3.14,"rows":[
        {"value":"=Example\u001b Herald","articles":1032,"imprecise":2,"undated":0,"first":"2022-11-20","last":"2022-11-22","buckets":[["2022-11-20",900],["2022-11-22",130]]},
        {"value":null,"articles":1032,"imprecise":2,"undated":250,"first":null,"last":null,"buckets":[]}
        ],"breaks":[
        {"value":"=Example\u001b Herald","kind":"gap","first":"2022-11-21","last":"2022-11-21","articles":0,"expected":412.5}
        ]}
        "#);
        insta::assert_snapshot!(written(CoverageView::Whole, ListFormat::Csv), @r"
        kind,value,bucket,first,last,articles
        bucket,'=Example� Herald,2022-11-20,2022-11-20,2022-11-20,900
        bucket,'=Example� Herald,2022-11-22,2022-11-22,2022-11-22,130
        imprecise,'=Example� Herald,,,,2
        imprecise,,,,,2
        undated,,,,,250
        ");
        insta::assert_snapshot!(written(CoverageView::Breaks, ListFormat::Csv), @r"
        value,kind,first,last,articles,expected
        '=Example� Herald,gap,2022-11-21,2022-11-21,0,412.5
        ");
        insta::assert_snapshot!(written(CoverageView::Breaks, ListFormat::Jsonl), @r#"{"value":"=Example\u001b Herald","kind":"gap","first":"2022-11-21","last":"2022-11-21","articles":0,"expected":412.5}"#);
    }
}
