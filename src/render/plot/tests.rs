//! A figure says what was asked, what is left out, and nothing in a way that a browser obeys.

use std::time::Duration;

use chrono::NaiveDate;

use super::super::timeline::Measure;
use super::*;
use crate::search::{
    BreakKind, Coverage, CoverageBreak, CoverageRow, FacetField, Series, Stretch, Tally, Timeline,
    Unit,
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn counted(queries: &[&str], months: usize) -> Timeline {
    let buckets: Vec<_> =
        Bucket::Month.buckets(day("2020-01-01"), day("2029-01-01")).take(months).collect();
    let stretch = |&first: &NaiveDate| Stretch {
        first,
        last: Bucket::Month.last_day(first),
        archive: Tally::of(100),
        usually: (first == day("2020-03-01")).then_some(200),
    };
    let series = |query: &&str| Series {
        query: (*query).to_owned(),
        tallies: (0..months as u64).map(|n| Tally::of(n * 7 % 13)).collect(),
        imprecise: Tally::of(3),
        undated: Tally::of(1_040),
        total: Tally::of(2_000),
    };
    Timeline {
        unit: Unit::Articles,
        bucket: Bucket::Month,
        buckets: buckets.iter().map(stretch).collect(),
        series: queries.iter().map(series).collect(),
        took: Duration::ZERO,
    }
}

/// The texts of a figure, which must be well-formed XML.
fn texts(svg: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut texts, mut text) = (Vec::new(), None::<String>);
    loop {
        use quick_xml::events::Event;
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) if tag.name().as_ref() == "text" => text = Some(String::new()),
            Event::Text(part) => {
                if let Some(text) = &mut text {
                    text.push_str(&part);
                }
            }
            Event::GeneralRef(name) => {
                if let Some(text) = &mut text {
                    text.extend(["&", &*name, ";"]);
                }
            }
            Event::End(tag) if tag.name().as_ref() == "text" => {
                texts.extend(text.take().map(|text| text.trim().to_owned()));
            }
            Event::Eof => return texts,
            _ => {}
        }
    }
}

#[test]
fn a_figure_says_what_was_asked_and_what_is_left_out() {
    let svg = plot_timeline(&counted(&["bridge <script> & \u{1b}[1m"], 14), Measure::Articles);
    let texts = texts(&svg.expect("drawn"));
    assert_eq!(texts[0], "bridge &lt;script&gt; &amp; \u{fffd}[1m");
    assert!(texts.iter().any(|text| text.contains("1,040 undated")), "{texts:?}");
    assert!(texts.iter().any(|text| text.starts_with("grey ground")), "{texts:?}");
    assert!(texts.iter().any(|text| text == "date of publication"), "{texts:?}");
}

#[test]
fn lines_are_named_at_their_ends_as_many_as_there_are() {
    let queries: Vec<String> = (0..30).map(|n| format!("question {n}")).collect();
    let queries: Vec<_> = queries.iter().map(String::as_str).collect();
    for months in [0, 1, 2, 100] {
        let svg = plot_trend(&counted(&queries[..5], months), Measure::Share).expect("drawn");
        let texts = texts(&svg);
        assert!(texts.iter().any(|text| text.starts_with("E  question 4")), "{texts:?}");
        assert!(plot_trend(&counted(&queries, months), Measure::Articles).is_ok());
    }
}

#[test]
fn a_coverage_has_a_row_for_each_publisher_and_marks_gaps() {
    let row = |n: usize| CoverageRow {
        name: (n > 0).then(|| format!("Example {n}")),
        total: Tally::of(20),
        imprecise: Tally::default(),
        undated: Tally::of(2),
        stretches: (1..19).map(|at| (day(&format!("2022-11-{at:02}")), Tally::of(1))).collect(),
        breaks: [BreakKind::Gap, BreakKind::Burst]
            .map(|kind| CoverageBreak {
                kind,
                first: day("2022-11-03"),
                last: day("2022-11-05"),
                tally: Tally::default(),
                expected: 9.0,
            })
            .to_vec(),
    };
    let coverage = |rows| Coverage {
        by: FacetField::Publisher,
        bucket: Bucket::Day,
        days: Some((day("2022-11-01"), day("2022-11-18"))),
        total: Tally::of(50),
        dated: Tally::of(46),
        rows: (0..rows).map(row).collect(),
        took: Duration::ZERO,
    };
    let texts_of = |rows| texts(&plot_coverage(&coverage(rows)).expect("drawn"));
    let few = texts_of(3);
    assert!(few.contains(&"(none)".to_owned()) && few.contains(&"Example 2".to_owned()), "{few:?}");
    let many = texts_of(60);
    assert!(many.iter().any(|text| text.contains("20 with fewer articles")), "{many:?}");
    assert!(plot_coverage(&Coverage { days: None, ..coverage(0) }).is_ok());
}

#[test]
fn an_axis_has_few_round_numbers_up_to_the_largest() {
    for (most, whole_numbers, expected) in [
        (7.0, true, &[0.0, 2.0, 4.0, 6.0, 8.0][..]),
        (1.0, true, &[0.0, 1.0]),
        (0.0, true, &[0.0, 1.0]),
        (1_204.0, true, &[0.0, 500.0, 1_000.0, 1_500.0]),
        (0.35, false, &[0.0, 0.1, 0.2, 0.3, 0.4]),
    ] {
        let got = ticks(most, whole_numbers);
        let is_near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-9;
        let agrees = got.len() == expected.len() && got.iter().zip(expected).all(is_near);
        assert!(agrees, "{most}: {got:?}");
    }
}

#[test]
fn dates_below_a_figure_are_few_and_begin_where_they_say() {
    let of = |bucket: Bucket, first: &str, last: &str| {
        let firsts: Vec<_> = bucket.buckets(day(first), day(last)).collect();
        let dates = dates(bucket, &firsts);
        dates.into_iter().map(|(place, name)| format!("{place} {name}")).collect::<Vec<_>>()
    };
    assert_eq!(of(Bucket::Year, "2019-01-01", "2021-01-01"), ["0 2019", "1 2020", "2 2021"]);
    assert_eq!(
        of(Bucket::Month, "2021-11-01", "2022-12-01"),
        ["2 2022-Q1", "5 2022-Q2", "8 2022-Q3", "11 2022-Q4"]
    );
    assert_eq!(of(Bucket::Week, "2021-11-01", "2023-02-01").len(), 5);
    assert_eq!(
        of(Bucket::Year, "1900-01-01", "2023-02-01").first().map(String::as_str),
        Some("0 1900")
    );
    assert_eq!(of(Bucket::Day, "2022-11-20", "2022-11-20"), ["0 2022-11-20"]);
}
