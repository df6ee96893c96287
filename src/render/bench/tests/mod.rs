//! A run is one page, at 80 columns and at 40. How questions were put stands with every figure, and
//! that a run was stopped. What too few samples lie beyond is not shown. Machines get all of it.

mod compared;
mod machines;

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
    insta::assert_snapshot!(page(&measured(), BenchFormat::Table, 80), @r#"
    dateline: 3 questions of 3 classes, 139 samples
    closed loop, 1 thread, warm: service time, not latency under load

    class              samples     hits      p50      p95      p99    p99.9      max
    and-2-frequent         120   12,345  1.60 ms        –        –        –  2.90 ms
    phrase                  19       12        –        –        –        –  17.1 µs
    a-class-with-a-v…        0        0        –        –        –        –        –
    all                    139       12  1.43 ms        –        –        –  2.90 ms
    –: fewer than 10 samples lie beyond it
    errors: a-class-with-a-very-long-name 4

    all, with 95 % intervals
      p50     1.43 ms (1.18 ms to 1.68 ms)
      p90     2.56 ms (2.40 ms to 2.72 ms)
      mean    1.40 ms (1.36 ms to 1.44 ms), sd 864 µs
      spread  0.0 % between processes, 49.5 % within

    how many samples took how long
      < 10 µs    3  ████
      < 20 µs   16  █████████████████████
      < 50 µs    0
      < 100 µs   0
      < 200 µs   0
      < 500 µs   5  ███████
      < 1 ms    24  ████████████████████████████████
      < 2 ms    49  ████████████████████████████████████████████████████████████████
      < 5 ms    42  ███████████████████████████████████████████████████████

    slowest questions, by their medians
        1.60 ms  and-2-frequent      Astana "peace�talks"
      ≤ 17.1 µs  phrase              "oil and gas"

    measured with
      phases     parse 5.0 %, match 75.0 %, snippet 20.0 %
      used       1.9 s of processor in 2.0 s, 240 page faults (0 from disk), 8.2 kB
                 read, 88.0 MB of memory at most
      run        2 processes of 20 rounds, seed 42, warm-up of 3 rounds, a reading
                 of the clock costs 21 ns, begun 2026-11-26T12:00:00Z
      machine    Example CPU, 2 cores, 8.0 GB of memory, Linux 6.1, load 0.10
                 before, 0.90 after
      index      20,000 articles in 1 segment, 50.0 MB, 0 deleted, generation 3,
                 content aa11
      build      dateline 0.1.0, tantivy 0.27.0, rustc 1.91.0,
                 x86_64-unknown-linux-gnu, release
      questions  digest bb22

    gate: NOT KEPT
    broken            p50<=1ms: 1.43 ms
    cannot be judged  class:phrase p99<=5ms: p99 takes 1000 samples, there are 19
    broken            errors<=0: 4 errors
    "#);
}

#[test]
fn a_narrow_terminal_gets_what_matters_most() {
    insta::assert_snapshot!(page(&measured(), BenchFormat::Table, MIN_WIDTH), @r#"
    dateline: 3 questions of 3 classes, 139
    samples
    closed loop, 1 thread, warm: service
    time, not latency under load

    class             p50      p99      max
    and-2-frequ…  1.60 ms        –  2.90 ms
    phrase              –        –  17.1 µs
    a-class-wit…        –        –        –
    all           1.43 ms        –  2.90 ms
    –: fewer than 10 samples lie beyond it
    errors: a-class-with-a-very-long-name 4

    all, with 95 % intervals
      p50     1.43 ms (1.18 ms to 1.68 ms)
      p90     2.56 ms (2.40 ms to 2.72 ms)
      mean    1.40 ms (1.36 ms to 1.44 ms),
              sd 864 µs
      spread  0.0 % between processes, 49.5
              % within

    how many samples took how long
      < 10 µs    3  ██
      < 20 µs   16  ████████
      < 50 µs    0
      < 100 µs   0
      < 200 µs   0
      < 500 µs   5  ███
      < 1 ms    24  ████████████
      < 2 ms    49  ████████████████████████
      < 5 ms    42  █████████████████████

    slowest questions, by their medians
        1.60 ms  Astana "peace�talks"
      ≤ 17.1 µs  "oil and gas"

    measured with
      phases     parse 5.0 %, match 75.0 %,
                 snippet 20.0 %
      used       1.9 s of processor in 2.0
                 s, 240 page faults (0 from
                 disk), 8.2 kB read, 88.0 MB
                 of memory at most
      run        2 processes of 20 rounds,
                 seed 42, warm-up of 3
                 rounds, a reading of the
                 clock costs 21 ns, begun
                 2026-11-26T12:00:00Z
      machine    Example CPU, 2 cores, 8.0
                 GB of memory, Linux 6.1,
                 load 0.10 before, 0.90
                 after
      index      20,000 articles in 1
                 segment, 50.0 MB, 0
                 deleted, generation 3,
                 content aa11
      build      dateline 0.1.0, tantivy
                 0.27.0, rustc 1.91.0,
                 x86_64-unknown-linux-gnu,
                 release
      questions  digest bb22

    gate: NOT KEPT
    broken            p50<=1ms: 1.43 ms
    cannot be judged  class:phrase p99<=5ms:
                      p99 takes 1000
                      samples, there are 19
    broken            errors<=0: 4 errors
    "#);
}

#[test]
fn a_run_that_was_stopped_says_so_loudly_and_so_do_warnings() {
    let mut stopped = measured();
    stopped.partial = true;
    stopped.warnings.push(Warning { kind: "load".into(), detail: "load 3.1: others run".into() });
    let text = page(&stopped, BenchFormat::Table, 80);
    insta::assert_snapshot!(text.lines().take(5).collect::<Vec<_>>().join("\n"), @r"
    dateline: 3 questions of 3 classes, 139 samples
    PARTIAL: the run was stopped before its end; figures are of what was measured
    until then
    warning (load): load 3.1: others run
    closed loop, 1 thread, warm: service time, not latency under load
    ");
    let markdown = page(&stopped, BenchFormat::Markdown, 80);
    insta::assert_snapshot!(markdown.lines().take(8).collect::<Vec<_>>().join("\n"), @r"
    # dateline: 3 questions of 3 classes, 139 samples

    **PARTIAL: the run was stopped before its end; figures are of what was measured until then**

    closed loop, 1 thread, warm: service time, not latency under load.

    - **warning (load)**: load 3.1: others run
    ");
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
    insta::assert_snapshot!(said.join("\n"), @r"
    closed loop, 1 thread, warm: service time, not latency under load
    open loop, 200 a second with Poisson arrivals, 1 thread, warm: latency from the intended start, waiting included
    open loop at rising rates with Poisson arrivals, 1 thread, warm: latency from the intended start, waiting included
    a fresh process each, the index dropped from the page cache: first use, not what comes after it
    the whole program each, from exec to the last byte, warm: what a command takes, not the search alone
    closed loop, 1 thread, while articles are added: service time, not latency under load
    indexing, no questions: from start to the last commit
    closed loop, 4 threads, 25.0 % of the index in the page cache: service time, not latency under load
    closed loop, 4 threads, page cache not looked at: service time, not latency under load
    ");
}

#[test]
fn rates_that_were_tried_are_a_table() {
    let mut report = measured();
    report.loads = vec![load(100.0, false), load(800.0, true)];
    report.queries[0].service = report.queries[0].samples.clone();
    let text = page(&report, BenchFormat::Table, 80);
    let from = text.find("  service").expect("a line");
    insta::assert_snapshot!(text[from..].lines().next().unwrap_or_default(), @"  service  p50 1.60 ms, p90 2.60 ms, at most 2.90 ms from the real start");
    let from = text.find("a second  answered").expect("a table");
    insta::assert_snapshot!(text[from..].lines().take(3).collect::<Vec<_>>().join("\n"), @r"
    a second  answered      p99
       100.0     100.0  1.24 ms  kept
       800.0     640.0   3.20 s  saturated
    ");
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
        shown(|out| bench_report(out, &benchmark, BenchFormat::Table, style)), @r"
    dateline: no questions
    indexing, no questions: from start to the last commit

    indexing
        12,000 articles in 10.0 s, 1,200 a second, 36.0 MB/s, 3 rejected, searchable
        after 10.2 s, 120.0 MB of index from 360.0 MB, 200.0 MB written, 400.0 MB of
        memory at most

    measured with
      run        0 processes of 20 rounds, seed 42, a reading of the clock costs 21
                 ns, begun 2026-11-26T12:00:00Z
      machine    Example CPU, 2 cores, 8.0 GB of memory, Linux 6.1, load 0.10
                 before, 0.90 after
      index      20,000 articles in 1 segment, 50.0 MB, 0 deleted, generation 3,
                 content aa11
      build      dateline 0.1.0, tantivy 0.27.0, rustc 1.91.0,
                 x86_64-unknown-linux-gnu, release
      questions  digest bb22
    ");
}

#[test]
fn a_page_for_notes() {
    insta::assert_snapshot!(page(&measured(), BenchFormat::Markdown, 80), @r#"
    # dateline: 3 questions of 3 classes, 139 samples

    closed loop, 1 thread, warm: service time, not latency under load.

    | class | samples | errors | hits | p50 | p90 | p95 | p99 | p99.9 | max | mean ± sd |
    | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
    | and-2-frequent | 120 | 0 | 12,345 | 1.60 ms | 2.60 ms | – | – | – | 2.90 ms | 1.62 ms ± 714 µs |
    | phrase | 19 | 0 | 12 | – | – | – | – | – | 17.1 µs | 13.2 µs ± 2.60 µs |
    | a-class-with-a-very-long-name | 0 | 4 | 0 | – | – | – | – | – | – | – |
    | all | 139 | 4 | 12 | 1.43 ms | 2.56 ms | – | – | – | 2.90 ms | 1.40 ms ± 864 µs |

    - p50: 1.43 ms (1.18 ms to 1.68 ms)
    - p90: 2.56 ms (2.40 ms to 2.72 ms)
    - mean: 1.40 ms (1.36 ms to 1.44 ms), sd 864 µs
    - spread: 0.0 % between processes, 49.5 % within

    Slowest questions by their medians:

    - `Astana "peace�talks"` (and-2-frequent), at most 2.90 ms
    - `"oil and gas"` (phrase), at most 17.1 µs

    - phases: parse 5.0 %, match 75.0 %, snippet 20.0 %
    - used: 1.9 s of processor in 2.0 s, 240 page faults (0 from disk), 8.2 kB read, 88.0 MB of memory at most
    - run: 2 processes of 20 rounds, seed 42, warm-up of 3 rounds, a reading of the clock costs 21 ns, begun 2026-11-26T12:00:00Z
    - machine: Example CPU, 2 cores, 8.0 GB of memory, Linux 6.1, load 0.10 before, 0.90 after
    - index: 20,000 articles in 1 segment, 50.0 MB, 0 deleted, generation 3, content aa11
    - build: dateline 0.1.0, tantivy 0.27.0, rustc 1.91.0, x86\_64-unknown-linux-gnu, release
    - questions: digest bb22

    **gate: NOT KEPT**

    - `p50<=1ms` broken: 1.43 ms
    - `class:phrase p99<=5ms` cannot be judged: p99 takes 1000 samples, there are 19
    - `errors<=0` broken: 4 errors
    "#);
}
