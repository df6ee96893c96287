//! 1. A run is one page, at 80 columns and at 40. 2. How questions were put stands with every figure,
//! and that a run was stopped. 3. What too few samples lie beyond is not shown. 4. Machines get all
//! of it.

use std::collections::BTreeMap;

use super::super::samples::shown;
use super::super::style::{Emphasis, MIN_WIDTH};
use super::super::wrap::columns;
use super::*;
use crate::bench::compare::{Results, compare};
use crate::bench::fixtures::{Simulation, report, runs};
use crate::bench::gate::Gate;
use crate::bench::{Ingest, Load, Mode, Phase, Warning, summarize};

/// A run of three classes, small enough to be looked at.
fn measured() -> Report {
    let times = |first: u64, n: u64| (0..n).map(|it| first + it * first / 10).collect::<Vec<_>>();
    let mut and = runs(
        "and-2-frequent",
        "Astana \"peace\u{1b}talks\"",
        &[&times(400_000, 60), &times(420_000, 60)],
    );
    and.phases = [(Phase::Parse, 20_000), (Phase::Match, 300_000), (Phase::Snippet, 80_000)].into();
    and.outcome.total = 12_345;
    let phrase = runs("phrase", "\"oil and gas\"", &[&times(9_000, 10), &times(9_500, 9)]);
    let mut odd = runs("a-class-with-a-very-long-name", "=1+1", &[&[], &[]]);
    odd.outcome.errors = 4;
    odd.outcome.total = 0;
    report(vec![and, phrase, odd])
}

fn page(report: &Report, format: BenchFormat, width: usize) -> String {
    let summary = summarize(report);
    let gate: Gate = "p50<=1ms; class:phrase p99<=5ms; errors<=0".parse().expect("a gate");
    let judgment = gate.judge(report, &summary, None);
    let benchmark = Benchmark { report, summary: &summary, baseline: None, gate: Some(&judgment) };
    shown(|out| bench_report(out, &benchmark, format, Style::new(width, Emphasis::Plain)))
}

#[test]
fn a_run_is_a_page() {
    insta::assert_snapshot!(page(&measured(), BenchFormat::Table, 80), @"");
}

#[test]
fn a_narrow_terminal_gets_what_matters_most() {
    insta::assert_snapshot!(page(&measured(), BenchFormat::Table, MIN_WIDTH), @"");
}

#[test]
fn a_run_that_was_stopped_says_so_loudly_and_so_do_warnings() {
    let mut stopped = measured();
    stopped.partial = true;
    stopped.warnings.push(Warning { kind: "load".into(), detail: "load 3.1: others run".into() });
    let text = page(&stopped, BenchFormat::Table, 80);
    insta::assert_snapshot!(text.lines().take(5).collect::<Vec<_>>().join("\n"), @"");
    let markdown = page(&stopped, BenchFormat::Markdown, 80);
    insta::assert_snapshot!(markdown.lines().take(8).collect::<Vec<_>>().join("\n"), @"");
}

#[test]
fn no_line_is_wider_than_the_page() {
    let mut report = Simulation { classes: 5, ..Simulation::default() }.run();
    report.partial = true;
    report.settings.mode = Mode::Sweep;
    report.loads = vec![load(123_456.7, false), load(1e6, true)];
    report.warnings.push(Warning { kind: "governor".into(), detail: "powersave ".repeat(20) });
    let summary = summarize(&report);
    let comparison = compare(&report, &report, Results::MustAgree).expect("the same");
    let gate: Gate = "regress<=5%; class:none p99<=1ms".parse().expect("a gate");
    let judgment = gate.judge(&report, &summary, Some(&comparison));
    let benchmark = Benchmark {
        report: &report,
        summary: &summary,
        baseline: Some(&comparison),
        gate: Some(&judgment),
    };
    for width in [MIN_WIDTH, 41, 59, 60, 79, 80, 100, 200] {
        let style = Style::new(width, Emphasis::Plain);
        let text = shown(|out| bench_report(out, &benchmark, BenchFormat::Table, style));
        for line in text.lines() {
            assert!(columns(line) <= width, "{width}: {line}");
        }
    }
}

fn load(rate: f64, saturated: bool) -> Load {
    Load {
        rate,
        achieved: if saturated { 640.0 } else { rate },
        p99_ns: Some(if saturated { 3_200_000_000 } else { 1_240_000 }),
        saturated,
        kept: Some(!saturated),
    }
}

#[test]
fn every_mode_says_what_its_times_are() {
    let mut report = measured();
    let summary = summarize(&report);
    let mut said = Vec::new();
    for (mode, rate) in [
        (Mode::Closed, None),
        (Mode::Open, Some(200.0)),
        (Mode::Sweep, None),
        (Mode::Cold, None),
        (Mode::Process, None),
        (Mode::WhileIndexing, None),
        (Mode::Ingest, None),
    ] {
        (report.settings.mode, report.settings.rate) = (mode, rate);
        said.push(wording::rule(&report, &summary));
    }
    let mut summary = summary;
    report.settings.mode = Mode::Closed;
    report.settings.threads = 4;
    for resident in [Some(0.25), None] {
        summary.used.resident = resident;
        said.push(wording::rule(&report, &summary));
    }
    insta::assert_snapshot!(said.join("\n"), @"");
}

#[test]
fn rates_that_were_tried_are_a_table() {
    let mut report = measured();
    report.loads = vec![load(100.0, false), load(800.0, true)];
    report.queries[0].service = report.queries[0].samples.clone();
    let text = page(&report, BenchFormat::Table, 80);
    let from = text.find("  service").expect("a line");
    insta::assert_snapshot!(text[from..].lines().next().unwrap_or_default(), @"");
    let from = text.find("a second  answered").expect("a table");
    insta::assert_snapshot!(text[from..].lines().take(3).collect::<Vec<_>>().join("\n"), @"");
}

#[test]
fn indexing_is_told_without_questions() {
    let mut report = report(Vec::new());
    report.settings.mode = Mode::Ingest;
    report.ingest = vec![Ingest {
        articles: 12_000,
        rejected: 3,
        source_bytes: 360_000_000,
        index_bytes: 120_000_000,
        written_bytes: Some(200_000_000),
        elapsed_ns: 10_000_000_000,
        searchable_ns: 10_200_000_000,
        peak_memory: Some(400_000_000),
    }];
    let summary = summarize(&report);
    let benchmark = Benchmark { report: &report, summary: &summary, baseline: None, gate: None };
    let style = Style::new(80, Emphasis::Plain);
    insta::assert_snapshot!(
        shown(|out| bench_report(out, &benchmark, BenchFormat::Table, style)), @"");
}

#[test]
fn machines_get_the_report_and_what_follows_from_it() {
    let report = measured();
    let json = page(&report, BenchFormat::Json, 80);
    let again: Report = serde_json::from_str(&json).expect("a report, and more");
    assert_eq!(again, report, "what was derived is left out when it is read again");
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    insta::assert_snapshot!(value["classes"][0].to_string(), @"");
    insta::assert_snapshot!(value["slowest"][1].to_string(), @"");
    insta::assert_snapshot!(value["gate"].to_string(), @"");
    let lines = page(&report, BenchFormat::Jsonl, 80);
    let classes: Vec<String> = lines
        .lines()
        .map(|line| {
            serde_json::from_str::<BTreeMap<String, serde_json::Value>>(line).expect("JSON")
        })
        .map(|it| it["class"].to_string())
        .collect();
    assert_eq!(
        classes,
        ["\"and-2-frequent\"", "\"phrase\"", "\"a-class-with-a-very-long-name\"", "\"all\""]
    );
}

#[test]
fn tables_for_spreadsheets_have_every_class_and_every_sample() {
    insta::assert_snapshot!(page(&measured(), BenchFormat::Csv, 80), @"");
    let mut small = report(vec![runs("or", "=a OR b", &[&[10, 20], &[30]])]);
    small.queries[0].service = vec![vec![9, 19], vec![]];
    insta::assert_snapshot!(shown(|out| bench_samples(out, &small)), @"");
}

#[test]
fn a_page_for_notes() {
    insta::assert_snapshot!(page(&measured(), BenchFormat::Markdown, 80), @"");
}

fn compared(format: BenchFormat, width: usize) -> String {
    let run = |factor, seed| Simulation { factor, seed, ..Simulation::default() }.run();
    let (first, mut second) = (run(1.0, 1), run(1.25, 2));
    second.queries[3].outcome.total = 13;
    let comparison = compare(&first, &second, Results::MayDiffer).expect("results may differ");
    let gate: Gate = "regress<=5%; class:class-1 regress<=25%".parse().expect("a gate");
    let judgment = gate.judge(&second, &summarize(&second), Some(&comparison));
    let style = Style::new(width, Emphasis::Plain);
    shown(|out| bench_comparison(out, &comparison, Some(&judgment), format, style))
}

#[test]
fn a_comparison_is_a_page() {
    insta::assert_snapshot!(compared(BenchFormat::Table, 80), @"");
    insta::assert_snapshot!(compared(BenchFormat::Table, MIN_WIDTH), @"");
}

#[test]
fn a_comparison_for_machines_and_notes() {
    let json = compared(BenchFormat::Json, 80);
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let names: Vec<&String> = value["whole"].as_object().expect("an object").keys().collect();
    insta::assert_snapshot!(format!("{names:?}"), @"");
    insta::assert_snapshot!(value["differing"].to_string(), @"");
    assert_eq!(compared(BenchFormat::Jsonl, 80).lines().count(), 3);
    let csv = compared(BenchFormat::Csv, 80);
    insta::assert_snapshot!(csv.lines().next().unwrap_or_default(), @"");
    insta::assert_snapshot!(compared(BenchFormat::Markdown, 80), @"");
}

#[test]
fn a_build_against_itself_shows_nothing() {
    let report = measured();
    let comparison = compare(&report, &report, Results::MustAgree).expect("the same");
    let style = Style::new(80, Emphasis::Plain);
    insta::assert_snapshot!(
        shown(|out| bench_comparison(out, &comparison, None, BenchFormat::Table, style)), @"");
}
