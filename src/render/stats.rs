//! What an index holds.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use super::bars::{self, Bar};
use super::json::{self, Layout};
use super::numbers::{self, count, counted};
use super::report::{by_name, rejected};
use super::rows::rows;
use super::style::{Role, Style};
use super::wrap::fit;
use crate::index::Stats;
use crate::reject::RejectReason;
use crate::text::printable;

/// How many values of a field are shown for people.
const SHOWN_VALUES: usize = 8;

/// Writes what an index holds, for people: of each field the most frequent values.
pub fn stats(out: &mut dyn Write, stats: &Stats, style: Style) -> io::Result<()> {
    let segments = counted(stats.segments as u64, "segment");
    let mut lines = vec![
        ("articles", format!("{} in {}", count(stats.articles), counted(stats.files, "file"))),
        ("dates", period(stats)),
        ("index", format!("{} in {segments}", numbers::size(stats.index_bytes))),
        ("generation", stats.generation.to_string()),
    ];
    lines.extend(rejected(&stats.rejects));
    rows(out, &lines, style)?;
    stats.facets.iter().try_for_each(|(field, values)| facet(out, field, values, style))
}

/// `2015-01-02 to 2022-11-21; 37 undated`
fn period(stats: &Stats) -> String {
    match &stats.dates {
        Some((first, last)) => format!("{first} to {last}; {} undated", count(stats.undated)),
        None => format!("none; {} undated", count(stats.undated)),
    }
}

/// Writes the most frequent values of a field with bars, how many articles have none, and how many
/// more values there are.
fn facet(
    out: &mut dyn Write,
    field: &str,
    values: &[(String, u64)],
    style: Style,
) -> io::Result<()> {
    let (without, with): (Vec<_>, Vec<_>) = values.iter().partition(|(value, _)| value.is_empty());
    let (shown, more) = with.split_at(with.len().min(SHOWN_VALUES));
    writeln!(out)?;
    style.write(out, Role::Label, &fit(&printable(field), style.width()))?;
    writeln!(out)?;
    let mut shown: Vec<Bar> = shown.iter().map(|(value, n)| Bar::of(value, *n)).collect();
    let missing: u64 = without.iter().map(|(_, n)| n).sum();
    if missing > 0 {
        shown.push(Bar::of("(none)", missing));
    }
    bars::bars(out, &shown, style)?;
    match more.len() as u64 {
        0 => Ok(()),
        n => writeln!(out, "  and {}", counted(n, "more value")),
    }
}

/// Writes what an index holds as JSON, with every value of every field.
pub fn stats_json(out: &mut dyn Write, stats: &Stats) -> io::Result<()> {
    json::document(out, &StatsRecord::from(stats), Layout::Pretty)
}

/// Each field is the one of the same name in [`Stats`]; its `dates` are `first_day` and `last_day`.
#[derive(Serialize)]
struct StatsRecord<'a> {
    v: u32,
    generation: u64,
    articles: u64,
    files: u64,
    rejects: Map<String, Value>,
    segments: usize,
    index_bytes: u64,
    first_day: Option<&'a str>,
    last_day: Option<&'a str>,
    undated: u64,
    facets: Map<String, Value>,
}

impl<'a> From<&'a Stats> for StatsRecord<'a> {
    fn from(stats: &'a Stats) -> Self {
        let (first_day, last_day) = match &stats.dates {
            Some((first, last)) => (Some(first.as_str()), Some(last.as_str())),
            None => (None, None),
        };
        let facets = stats.facets.iter();
        Self {
            v: json::VERSION,
            generation: stats.generation,
            articles: stats.articles,
            files: stats.files,
            rejects: by_name(&stats.rejects, RejectReason::name),
            segments: stats.segments,
            index_bytes: stats.index_bytes,
            first_day,
            last_day,
            undated: stats.undated,
            facets: facets.map(|(field, values)| (field.clone(), buckets(values))).collect(),
        }
    }
}

/// How many articles have each value; `null` stands for those that have none.
fn buckets(values: &[(String, u64)]) -> Value {
    let bucket = |(value, n): &(String, u64)| {
        let value = Some(value.as_str()).filter(|value| !value.is_empty());
        serde_json::json!({ "value": value, "articles": n })
    };
    values.iter().map(bucket).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, shown};
    use super::super::{Emphasis, MIN_WIDTH};
    use super::*;

    fn at_width(held: &Stats, width: usize) -> String {
        shown(|out| stats(out, held, Style::new(width, Emphasis::Plain)))
    }

    #[test]
    fn each_field_shows_its_most_frequent_values() {
        insta::assert_snapshot!(at_width(&samples::stats(), 80), @r"
        articles    39,874 in 41,210 files
        dates       2015-01-02 to 2022-11-21; 37 undated
        index       1.2 GB in 5 segments
        generation  7
        rejected    214: binary 120, empty 94

        tag
          Russia      30,004  ██████████████████████████████████████████████████████████
          哈萨克斯坦   3,870  ████████
          (none)       6,000  ████████████

        publisher
          publisher number 0 �[1m  900  ████████████████████████████████████████████████
          publisher number 1 �[1m  820  ████████████████████████████████████████████
          publisher number 2 �[1m  740  ████████████████████████████████████████
          publisher number 3 �[1m  660  ████████████████████████████████████
          publisher number 4 �[1m  580  ███████████████████████████████
          publisher number 5 �[1m  500  ███████████████████████████
          publisher number 6 �[1m  420  ███████████████████████
          publisher number 7 �[1m  340  ███████████████████
          and 3 more values
        ");
    }

    #[test]
    fn bars_fit_a_narrow_terminal() {
        insta::assert_snapshot!(at_width(&samples::stats(), MIN_WIDTH), @r"
        articles    39,874 in 41,210 files
        dates       2015-01-02 to 2022-11-21; 37
                    undated
        index       1.2 GB in 5 segments
        generation  7
        rejected    214: binary 120, empty 94

        tag
          Russia      30,004  ██████████████████
          哈萨克斯坦   3,870  ███
          (none)       6,000  ████

        publisher
          publisher nu…  900  ██████████████████
          publisher nu…  820  █████████████████
          publisher nu…  740  ███████████████
          publisher nu…  660  ██████████████
          publisher nu…  580  ████████████
          publisher nu…  500  ██████████
          publisher nu…  420  █████████
          publisher nu…  340  ███████
          and 3 more values
        ");
    }

    #[test]
    fn an_empty_index_has_nothing_to_count() {
        let empty = Stats { facets: vec![("tag".to_owned(), Vec::new())], ..Stats::default() };
        insta::assert_snapshot!(at_width(&empty, 80), @r"
        articles    0 in 0 files
        dates       none; 0 undated
        index       0 B in 0 segments
        generation  0

        tag
        ");
    }

    #[test]
    fn the_json_holds_every_value() {
        insta::assert_snapshot!(shown(|out| stats_json(out, &samples::stats())), @r#"
        {
          "v": 1,
          "generation": 7,
          "articles": 39874,
          "files": 41210,
          "rejects": {
            "empty": 94,
            "binary": 120
          },
          "segments": 5,
          "index_bytes": 1204000000,
          "first_day": "2015-01-02",
          "last_day": "2022-11-21",
          "undated": 37,
          "facets": {
            "tag": [
              {
                "value": "Russia",
                "articles": 30004
              },
              {
                "value": null,
                "articles": 6000
              },
              {
                "value": "哈萨克斯坦",
                "articles": 3870
              }
            ],
            "publisher": [
              {
                "value": "publisher number 0 \u001b[1m",
                "articles": 900
              },
              {
                "value": "publisher number 1 \u001b[1m",
                "articles": 820
              },
              {
                "value": "publisher number 2 \u001b[1m",
                "articles": 740
              },
              {
                "value": "publisher number 3 \u001b[1m",
                "articles": 660
              },
              {
                "value": "publisher number 4 \u001b[1m",
                "articles": 580
              },
              {
                "value": "publisher number 5 \u001b[1m",
                "articles": 500
              },
              {
                "value": "publisher number 6 \u001b[1m",
                "articles": 420
              },
              {
                "value": "publisher number 7 \u001b[1m",
                "articles": 340
              },
              {
                "value": "publisher number 8 \u001b[1m",
                "articles": 260
              },
              {
                "value": "publisher number 9 \u001b[1m",
                "articles": 180
              },
              {
                "value": "publisher number 10 \u001b[1m",
                "articles": 100
              }
            ]
          }
        }
        "#);
    }
}
