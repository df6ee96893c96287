//! How two runs compare.

use super::*;

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
    insta::assert_snapshot!(compared(BenchFormat::Table, 80), @r"
    dateline (0.1.0, 2026-11-26T12:00:00Z) against dateline (0.1.0,
    2026-11-26T12:00:00Z)
    warning (results): 1 of 20 questions have other results: `words 0 3` (class-0):
    12 articles against 13

    class      change     95 % interval       p99       p   floor     verdict
    class-0   +22.8 %  +18.3 to +27.3 %   +24.9 %   0.004   4.4 %      slower
    class-1   +22.7 %  +18.2 to +27.4 %   +37.5 %   0.004   5.4 %      slower
    all       +22.7 %  +18.6 to +26.6 %   +22.3 %  <0.001   4.7 %      slower

    all questions: slower, +22.7 % (+18.6 to +26.6 %); of 2 classes 0 faster, 2
    slower; a run differs from itself by 4.7 %
    Change: geometric mean of what each question's median changed by, less is
    faster. Interval: by drawing processes, then questions. Floor: what a run
    differs by from itself, half of its processes against the other half, and at
    least 3 %. Faster or slower is said only if the interval excludes no change, the
    change is beyond the floor, and the signed-rank test, corrected for the number
    of classes, gives p < 0.05.

    gate: NOT KEPT
    broken            regress<=5%: class-0 +22.8 % (+18.3 to +27.3 %)
    cannot be judged  class:class-1 regress<=25%: class-1 +22.7 % (+18.2 to +27.4
                      %); more processes would tell
    ");
    insta::assert_snapshot!(compared(BenchFormat::Table, MIN_WIDTH), @r"
    dateline (0.1.0, 2026-11-26T12:00:00Z)
    against dateline (0.1.0,
    2026-11-26T12:00:00Z)
    warning (results): 1 of 20 questions
    have other results: `words 0 3`
    (class-0): 12 articles against 13

    class      change     verdict
    class-0   +22.8 %      slower
    class-1   +22.7 %      slower
    all       +22.7 %      slower

    all questions: slower, +22.7 % (+18.6 to
    +26.6 %); of 2 classes 0 faster, 2
    slower; a run differs from itself by 4.7
    %
    Change: geometric mean of what each
    question's median changed by, less is
    faster. Interval: by drawing processes,
    then questions. Floor: what a run
    differs by from itself, half of its
    processes against the other half, and at
    least 3 %. Faster or slower is said only
    if the interval excludes no change, the
    change is beyond the floor, and the
    signed-rank test, corrected for the
    number of classes, gives p < 0.05.

    gate: NOT KEPT
    broken            regress<=5%: class-0
                      +22.8 % (+18.3 to
                      +27.3 %)
    cannot be judged  class:class-1
                      regress<=25%: class-1
                      +22.7 % (+18.2 to
                      +27.4 %); more
                      processes would tell
    ");
}

#[test]
fn a_comparison_for_machines_and_notes() {
    let json = compared(BenchFormat::Json, 80);
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let names: Vec<&String> = value["whole"].as_object().expect("an object").keys().collect();
    insta::assert_snapshot!(format!("{names:?}"), @r#"["class", "queries", "ratio", "interval", "p99_ratio", "p99_interval", "noise", "floor", "p", "verdict"]"#);
    insta::assert_snapshot!(value["differing"].to_string(), @r#"[{"class":"class-0","query":"words 0 3","totals":[12,13]}]"#);
    assert_eq!(compared(BenchFormat::Jsonl, 80).lines().count(), 3);
    let csv = compared(BenchFormat::Csv, 80);
    insta::assert_snapshot!(csv.lines().next().unwrap_or_default(), @"class,queries,ratio,low,high,p99_ratio,p99_low,p99_high,noise,floor,p,verdict");
    insta::assert_snapshot!(compared(BenchFormat::Markdown, 80), @r"
    # dateline (0.1.0, 2026-11-26T12:00:00Z) against dateline (0.1.0, 2026-11-26T12:00:00Z)

    all questions: slower, +22.7 % (+18.6 to +26.6 %); of 2 classes 0 faster, 2 slower; a run differs from itself by 4.7 %.

    - **warning (results)**: 1 of 20 questions have other results: \`words 0 3\` (class-0): 12 articles against 13

    | class | questions | change | 95 % interval | p99 | floor | p | verdict |
    | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
    | class-0 | 10 | +22.8 % | +18.3 to +27.3 % | +24.9 % | 4.4 % | 0.004 | slower |
    | class-1 | 10 | +22.7 % | +18.2 to +27.4 % | +37.5 % | 5.4 % | 0.004 | slower |
    | all | 20 | +22.7 % | +18.6 to +26.6 % | +22.3 % | 4.7 % | \<0.001 | slower |

    Change: geometric mean of what each question's median changed by, less is faster. Interval: by drawing processes, then questions. Floor: what a run differs by from itself, half of its processes against the other half, and at least 3 %. Faster or slower is said only if the interval excludes no change, the change is beyond the floor, and the signed-rank test, corrected for the number of classes, gives p \< 0.05.

    **gate: NOT KEPT**

    - `regress<=5%` broken: class-0 +22.8 % (+18.3 to +27.3 %)
    - `class:class-1 regress<=25%` cannot be judged: class-1 +22.7 % (+18.2 to +27.4 %); more processes would tell
    ");
}

#[test]
fn a_build_against_itself_shows_nothing() {
    let report = measured();
    let comparison = compare(&report, &report, Results::MustAgree).expect("the same");
    let style = Style::new(80, Emphasis::Plain);
    insta::assert_snapshot!(
        shown(|out| bench_comparison(out, &comparison, None, BenchFormat::Table, style)), @r"
    dateline (0.1.0, 2026-11-26T12:00:00Z) against dateline (0.1.0,
    2026-11-26T12:00:00Z)
    warning (few-processes): the runs have 2 and 2 processes; a verdict needs 3 of
    each
    warning (few-questions): no verdict is given on classes of fewer than 6
    questions: and-2-frequent, phrase

    class             change     95 % interval       p99       p   floor     verdict
    and-2-frequent     0.0 %    -4.8 to +5.0 %         –   1.000   5.0 %   not shown
    phrase             0.0 %    -5.3 to +5.6 %         –   1.000   5.6 %   not shown
    all                0.0 %    -5.3 to +5.6 %         –   1.000   5.3 %   not shown

    all questions: no difference shown; of 2 classes 0 faster, 0 slower; a run
    differs from itself by 5.3 %
    Change: geometric mean of what each question's median changed by, less is
    faster. Interval: by drawing processes, then questions. Floor: what a run
    differs by from itself, half of its processes against the other half, and at
    least 3 %. Faster or slower is said only if the interval excludes no change, the
    change is beyond the floor, and the signed-rank test, corrected for the number
    of classes, gives p < 0.05.
    ");
}
