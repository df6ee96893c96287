//! A gate is read as it is written, and anything else is an error that says what is expected. A
//! clause is kept, broken, or cannot be judged. What cannot be judged is not kept.

use proptest::prelude::*;

use super::super::compare::{Results, compare};
use super::super::fixtures::{Simulation, report, runs};
use super::super::report::Report;
use super::super::summary::summarize;
use super::*;

/// How a text is read.
fn read(text: &str) -> String {
    match text.parse::<Gate>() {
        Ok(gate) => gate.to_string(),
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn a_gate_is_read() {
    for (typed, meant) in [
        ("p99<=50ms", "p99<=50ms"),
        (
            "p99<=50ms; class:phrase p95<=5ms;regress<=5%;",
            "p99<=50ms; class:phrase p95<=5ms; regress<=5%",
        ),
        (" p99.9 <= 1.5 s\nmax≤0.5µs ", "p99.9<=1500ms; max<=500ns"),
        ("class:a:b  errors <= 0", "class:a:b errors<=0"),
        ("class:or regress<=2.5 %", "class:or regress<=2.5%"),
        ("mean<=0ms", "mean<=0s"),
    ] {
        assert_eq!(read(typed), meant, "for `{typed}`");
    }
}

#[test]
fn what_is_no_gate_says_what_is_expected() {
    let texts = [
        "",
        " ; ",
        "p99",
        "p99<50ms",
        "p98<=50ms",
        "p99<=50",
        "p99<=fast",
        "p99<=-1ms",
        "p99<=1e3s",
        "p99<=99999999999s",
        "errors<=some",
        "errors<=-1",
        "regress<=5",
        "regress<=NaN%",
        "class:",
        "class:phrase",
        "class: p99<=1ms",
        "class:phrase  ",
    ];
    let said: Vec<_> = texts.iter().map(|it| format!("{it:?}: {}", read(it))).collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    "": error: a gate needs a clause, such as `p99<=50ms`
    " ; ": error: a gate needs a clause, such as `p99<=50ms`
    "p99": error: `p99` has no `<=`; write it as `p99<=50ms`, `errors<=0` or `regress<=5%`
    "p99<50ms": error: `p99<50ms` has no `<=`; write it as `p99<=50ms`, `errors<=0` or `regress<=5%`
    "p98<=50ms": error: `p98` is nothing that a gate can bound; p50, p90, p95, p99, p99.9, max, mean, errors and regress are
    "p99<=50": error: `50` is no time with its unit, such as `50ms` or `1.5s`
    "p99<=fast": error: `fast` is no time with its unit, such as `50ms` or `1.5s`
    "p99<=-1ms": error: `-1ms` is no time with its unit, such as `50ms` or `1.5s`
    "p99<=1e3s": error: `1e3s` is no time with its unit, such as `50ms` or `1.5s`
    "p99<=99999999999s": error: `99999999999s` is no time with its unit, such as `50ms` or `1.5s`
    "errors<=some": error: `some` is no number of errors, such as `0`
    "errors<=-1": error: `-1` is no number of errors, such as `0`
    "regress<=5": error: `5` is no percentage, such as `5%`
    "regress<=NaN%": error: `NaN%` is no percentage, such as `5%`
    "class:": error: `class:` needs a class and then what must hold of it: `class:phrase p95<=5ms`
    "class:phrase": error: `class:phrase` needs a class and then what must hold of it: `class:phrase p95<=5ms`
    "class: p99<=1ms": error: `class: p99<=1ms` needs a class and then what must hold of it: `class:phrase p95<=5ms`
    "class:phrase  ": error: `class:phrase` needs a class and then what must hold of it: `class:phrase p95<=5ms`
    "#);
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "(class:|p99|<=|[0-9.]{1,4}|ms|%|;|errors|regress| |\\PC){0,12}") {
        if let Ok(gate) = text.parse::<Gate>() {
            prop_assert_eq!(gate.to_string().parse::<Gate>(), Ok(gate));
        }
    }
}

/// What becomes of a gate.
fn judged(gate: &str, report: &Report, earlier: Option<&Report>) -> String {
    let gate: Gate = gate.parse().expect("a gate");
    let comparison = earlier.map(|it| compare(it, report, Results::MustAgree).expect("alike"));
    let judgment = gate.judge(report, &summarize(report), comparison.as_ref());
    let said = |ruled: &Ruled| match &ruled.seen {
        Seen::Nothing(why) => format!("{}: {}, {why}", ruled.clause, ruled.ruling),
        Seen::Change { class, .. } => format!("{}: {} by {class}", ruled.clause, ruled.ruling),
        seen => format!("{}: {}, {seen:?}", ruled.clause, ruled.ruling),
    };
    let mut lines: Vec<String> = judgment.clauses.iter().map(said).collect();
    lines.push(format!("kept: {}", judgment.is_kept()));
    lines.join("\n")
}

#[test]
fn figures_are_kept_to_or_not_or_cannot_be_judged() {
    let times: Vec<u64> = (1..=100).map(|n| n * 1_000).collect();
    let mut failed = runs("or", "b", &[&[]]);
    failed.outcome.errors = 3;
    let report = report(vec![runs("and", "a", &[&times]), failed]);
    insta::assert_snapshot!(
        judged("p50<=50us; p90<=89us; p99<=1s; mean<=50500ns; max<=99us; errors<=2; class:and errors<=0",
            &report, None), @r"
    p50<=50us: kept, Time(50000)
    p90<=89us: broken, Time(90000)
    p99<=1s: cannot be judged, p99 takes 1000 samples, there are 100
    mean<=50500ns: kept, Time(50500)
    max<=99us: broken, Time(100000)
    errors<=2: broken, Errors(3)
    class:and errors<=0: kept, Errors(0)
    kept: false
    ");
    insta::assert_snapshot!(
        judged("class:or p50<=1s; class:no p50<=1s; regress<=5%", &report, None), @r"
    class:or p50<=1s: cannot be judged, no question was answered
    class:no p50<=1s: cannot be judged, no question of class `no` was asked
    regress<=5%: cannot be judged, there is nothing to compare with: name an earlier run
    kept: false
    ");
    insta::assert_snapshot!(judged("p50<=50us; errors<=3", &report, None), @r"
    p50<=50us: kept, Time(50000)
    errors<=3: kept, Errors(3)
    kept: true
    ");
    let partial = Report { partial: true, ..report };
    insta::assert_snapshot!(judged("p50<=50us", &partial, None), @r"
    p50<=50us: cannot be judged, the run was stopped before its end
    kept: false
    ");
}

#[test]
fn a_regression_is_judged_by_intervals() {
    let run = |factor, seed| Simulation { factor, seed, ..Simulation::default() }.run();
    let first = run(1.0, 0);
    let gates = "regress<=10%; class:class-1 regress<=10%; class:no regress<=10%";
    insta::assert_snapshot!(judged(gates, &run(1.0, 1), Some(&first)), @r"
    regress<=10%: kept by class-0
    class:class-1 regress<=10%: kept by class-1
    class:no regress<=10%: cannot be judged, no question of class `no` was asked
    kept: false
    ");
    insta::assert_snapshot!(judged(gates, &run(1.1, 1), Some(&first)), @r"
    regress<=10%: cannot be judged by class-0
    class:class-1 regress<=10%: cannot be judged by class-1
    class:no regress<=10%: cannot be judged, no question of class `no` was asked
    kept: false
    ");
    insta::assert_snapshot!(judged(gates, &run(1.3, 1), Some(&first)), @r"
    regress<=10%: broken by class-0
    class:class-1 regress<=10%: broken by class-1
    class:no regress<=10%: cannot be judged, no question of class `no` was asked
    kept: false
    ");
    let one = Simulation { processes: 1, ..Simulation::default() }.run();
    insta::assert_snapshot!(judged("regress<=10%", &one, Some(&one)), @r"
    regress<=10%: cannot be judged by class-1
    kept: false
    ");
}
