//! What a run of indexing did.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use super::json::{self, Layout};
use super::numbers::{self, count, counted};
use super::rows::{Row, rows};
use super::style::Style;
use crate::article::DateSource;
use crate::index::IndexReport;
use crate::reject::RejectReason;

/// Writes what a run of indexing did, for people.
pub fn index_report(out: &mut dyn Write, report: &IndexReport, style: Style) -> io::Result<()> {
    if report.nothing_changed() {
        writeln!(out, "nothing changed")?;
    }
    let mut lines = vec![
        ("index", format!("{}, generation {}", articles(report.articles_total), report.generation)),
        ("files", files(report)),
    ];
    if report.articles_written > 0 {
        lines.push(("written", written(report)));
        lines.push(("dates", dates(report)));
    }
    if report.articles_written > 0 && report.copies > 0 {
        lines.push(("copies", copies(report)));
    }
    lines.extend(rejected(&report.rejects));
    lines.push(("read", read(report)));
    lines.extend(report.peak_memory.map(|bytes| ("memory", at_most(bytes))));
    rows(out, &lines, style)
}

fn articles(n: u64) -> String {
    counted(n, "article")
}

fn at_most(bytes: u64) -> String {
    format!("{} at most", numbers::size(bytes))
}

/// `12 added, 3 replaced, 1 removed, 2 moved, 40,000 unchanged`
fn files(report: &IndexReport) -> String {
    let moved = match report.files_moved {
        0 => String::new(),
        n => format!("{} moved, ", count(n)),
    };
    format!(
        "{} added, {} replaced, {} removed, {moved}{} unchanged",
        count(report.files_added),
        count(report.files_replaced),
        count(report.files_removed),
        count(report.files_unchanged),
    )
}

/// `1,310 articles, 12 of them with the same bytes as an earlier one, 2 truncated`
fn written(report: &IndexReport) -> String {
    let mut parts = vec![articles(report.articles_written)];
    if report.duplicates > 0 {
        let duplicates = count(report.duplicates);
        parts.push(format!("{duplicates} of them with the same bytes as an earlier one"));
    }
    if report.truncated > 0 {
        parts.push(format!("{} truncated", count(report.truncated)));
    }
    parts.join(", ")
}

/// `9,204 articles are copies of others, or have some; looked for in 2.1 s`
fn copies(report: &IndexReport) -> String {
    let time = numbers::duration(report.copies_took);
    format!("{} are copies of others, or have some; looked for in {time}", articles(report.copies))
}

/// `1,300 dated (99.2 %): json-ld 900, url 400; 10 undated`
fn dates(report: &IndexReport) -> String {
    let dated: u64 = report.dated.values().sum();
    let share = numbers::percent(dated, dated + report.undated);
    let evidence = match dated {
        0 => String::new(),
        _ => format!(": {}", counts(report.dated.iter().map(|(source, n)| (source.name(), *n)))),
    };
    format!("{} dated ({share}){evidence}; {} undated", count(dated), count(report.undated))
}

/// `214: binary 120, empty 94`
pub(super) fn rejected(rejects: &BTreeMap<RejectReason, u64>) -> Option<Row<'static>> {
    let total: u64 = rejects.values().sum();
    let reasons = counts(rejects.iter().map(|(reason, n)| (reason.name(), *n)));
    (total > 0).then(|| ("rejected", format!("{}: {reasons}", count(total))))
}

/// `binary 120, empty 94`, most first.
fn counts(counts: impl Iterator<Item = (&'static str, u64)>) -> String {
    let mut counts: Vec<_> = counts.filter(|&(_, n)| n > 0).collect();
    counts.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
    let written = counts.iter().map(|&(name, n)| format!("{name} {}", count(n)));
    written.collect::<Vec<_>>().join(", ")
}

/// `2.1 GB in 58.0 s (36.2 MB/s)`
fn read(report: &IndexReport) -> String {
    let (size, time) = (numbers::size(report.bytes_read), numbers::duration(report.elapsed));
    match numbers::speed(report.bytes_read, report.elapsed) {
        Some(speed) if report.bytes_read > 0 => format!("{size} in {time} ({speed})"),
        _ => format!("{size} in {time}"),
    }
}

/// Writes what a run of indexing did as JSON.
pub fn index_report_json(out: &mut dyn Write, report: &IndexReport) -> io::Result<()> {
    json::document(out, &IndexReportRecord::from(report), Layout::Pretty)
}

/// Each field is the one of the same name in [`IndexReport`].
#[derive(Serialize)]
struct IndexReportRecord {
    v: u32,
    generation: u64,
    files_added: u64,
    files_replaced: u64,
    files_removed: u64,
    files_moved: u64,
    files_unchanged: u64,
    articles_written: u64,
    articles_total: u64,
    duplicates: u64,
    truncated: u64,
    dated: Map<String, Value>,
    undated: u64,
    rejects: Map<String, Value>,
    bytes_read: u64,
    copies: u64,
    copies_ms: f64,
    elapsed_ms: f64,
    peak_memory: Option<u64>,
}

impl From<&IndexReport> for IndexReportRecord {
    fn from(report: &IndexReport) -> Self {
        Self {
            v: json::VERSION,
            generation: report.generation,
            files_added: report.files_added,
            files_replaced: report.files_replaced,
            files_removed: report.files_removed,
            files_moved: report.files_moved,
            files_unchanged: report.files_unchanged,
            articles_written: report.articles_written,
            articles_total: report.articles_total,
            duplicates: report.duplicates,
            truncated: report.truncated,
            dated: by_name(&report.dated, DateSource::name),
            undated: report.undated,
            rejects: by_name(&report.rejects, RejectReason::name),
            bytes_read: report.bytes_read,
            copies: report.copies,
            copies_ms: numbers::milliseconds(report.copies_took),
            elapsed_ms: numbers::milliseconds(report.elapsed),
            peak_memory: report.peak_memory,
        }
    }
}

/// Counts under the names of what they count, in its order.
pub(super) fn by_name<K: Copy>(
    counts: &BTreeMap<K, u64>,
    name: fn(K) -> &'static str,
) -> Map<String, Value> {
    counts.iter().map(|(&key, &n)| (name(key).to_owned(), n.into())).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, shown};
    use super::super::{Emphasis, MIN_WIDTH};
    use super::*;

    fn at_width(report: &IndexReport, width: usize) -> String {
        shown(|out| index_report(out, report, Style::new(width, Emphasis::Plain)))
    }

    #[test]
    fn a_report_is_one_page() {
        insta::assert_snapshot!(at_width(&samples::index_report(), 80), @r"
        index     39,874 articles, generation 7
        files     1,200 added, 3 replaced, 1 removed, 2 moved, 40,006 unchanged
        written   1,310 articles, 12 of them with the same bytes as an earlier one, 1
                  truncated
        dates     1,290 dated (98.5 %): json-ld 900, dateline-text 390; 20 undated
        copies    9,204 articles are copies of others, or have some; looked for in 2.1 s
        rejected  214: binary 120, empty 94
        read      2.1 GB in 58.0 s (37.0 MB/s)
        memory    311.0 MB at most
        ");
    }

    #[test]
    fn a_report_fits_a_narrow_terminal() {
        insta::assert_snapshot!(at_width(&samples::index_report(), MIN_WIDTH), @r"
        index     39,874 articles, generation 7
        files     1,200 added, 3 replaced, 1
                  removed, 2 moved, 40,006
                  unchanged
        written   1,310 articles, 12 of them
                  with the same bytes as an
                  earlier one, 1 truncated
        dates     1,290 dated (98.5 %): json-ld
                  900, dateline-text 390; 20
                  undated
        copies    9,204 articles are copies of
                  others, or have some; looked
                  for in 2.1 s
        rejected  214: binary 120, empty 94
        read      2.1 GB in 58.0 s (37.0 MB/s)
        memory    311.0 MB at most
        ");
    }

    #[test]
    fn a_run_that_found_everything_as_it_was_says_so() {
        let report = IndexReport {
            articles_written: 0,
            files_added: 0,
            files_replaced: 0,
            files_removed: 0,
            files_moved: 0,
            rejects: BTreeMap::new(),
            bytes_read: 0,
            peak_memory: None,
            ..samples::index_report()
        };
        insta::assert_snapshot!(at_width(&report, 80), @r"
        nothing changed
        index  39,874 articles, generation 7
        files  0 added, 0 replaced, 0 removed, 40,006 unchanged
        read   0 B in 58.0 s
        ");
    }

    #[test]
    fn an_empty_report_is_a_report() {
        insta::assert_snapshot!(at_width(&IndexReport::default(), 80), @r"
        nothing changed
        index  0 articles, generation 0
        files  0 added, 0 replaced, 0 removed, 0 unchanged
        read   0 B in 0.0 µs
        ");
    }

    #[test]
    fn the_json_holds_every_number() {
        let json = shown(|out| index_report_json(out, &samples::index_report()));
        insta::assert_snapshot!(json, @r#"
        {
          "v": 1,
          "generation": 7,
          "files_added": 1200,
          "files_replaced": 3,
          "files_removed": 1,
          "files_moved": 2,
          "files_unchanged": 40006,
          "articles_written": 1310,
          "articles_total": 39874,
          "duplicates": 12,
          "truncated": 1,
          "dated": {
            "json-ld": 900,
            "dateline-text": 390
          },
          "undated": 20,
          "rejects": {
            "empty": 94,
            "binary": 120
          },
          "bytes_read": 2149000000,
          "copies": 9204,
          "copies_ms": 2140.0,
          "elapsed_ms": 58040.0,
          "peak_memory": 311000000
        }
        "#);
    }
}
