//! How two runs compare, for people.

use std::io::{self, Write};

use super::super::rows::paragraph;
use super::super::style::{Role, Style};
use super::table::{self, Column};
use crate::bench::compare::{Change, Comparison, Effect, LEAST_FLOOR, Verdict};

/// Writes what changed in each class and in all.
pub(super) fn write(out: &mut dyn Write, compared: &Comparison, style: Style) -> io::Result<()> {
    paragraph(out, &subject(compared), Role::Title, style)?;
    for caution in &compared.cautions {
        let text = format!("warning ({}): {}", caution.kind, caution.detail);
        paragraph(out, &text, Role::Note, style)?;
    }
    writeln!(out)?;
    let effects = compared.classes.iter().chain([&compared.whole]);
    let named: Vec<(&str, &Effect)> = effects.map(|it| (it.class.as_str(), it)).collect();
    let column = Column::<Effect>::new;
    let columns = [
        column("change", 10, 0, &|it| percent(it.median.ratio)),
        column("95 % interval", 18, 2, &|it| interval(&it.median).unwrap_or_else(unknown)),
        column("p99", 10, 3, &|it| it.p99.map_or_else(unknown, |it| percent(it.ratio))),
        column("p", 8, 5, &|it| probability(it.p)),
        column("floor", 8, 4, &|it| format!("{:.1} %", it.floor * 100.0)),
        column("verdict", 12, 1, &|it| short(it.verdict).to_owned()),
    ];
    table::write(out, &named, &columns, |it| it.class == "all", style)?;
    writeln!(out)?;
    paragraph(out, &conclusion(compared), Role::Title, style)?;
    paragraph(out, METHOD, Role::Minor, style)
}

/// What stands where nothing is known.
fn unknown() -> String {
    "–".into()
}

/// How the figures of a comparison are to be read.
pub(super) const METHOD: &str = "Change: geometric mean of what each question's median changed by, \
    less is faster. Interval: by drawing processes, then questions. Floor: what a run differs by \
    from itself, half of its processes against the other half, and at least 3 %. Faster or slower \
    is said only if the interval excludes no change, the change is beyond the floor, and the \
    signed-rank test, corrected for the number of classes, gives p < 0.05.";

/// What is compared.
pub(super) fn subject(compared: &Comparison) -> String {
    let [first, second] = &compared.targets;
    format!("{second} against {first}")
}

/// What can be said of all questions together.
pub(super) fn conclusion(compared: &Comparison) -> String {
    let whole = &compared.whole;
    let how = match whole.verdict {
        Verdict::NoDifferenceShown => "no difference shown".to_owned(),
        verdict => format!("{verdict}, {}", change(&whole.median)),
    };
    let shown = |verdict| compared.classes.iter().filter(|it| it.verdict == verdict).count();
    let noise = whole.noise.map_or_else(
        || format!("noise was not measured, {:.0} % is taken for it", LEAST_FLOOR * 100.0),
        |noise| format!("a run differs from itself by {:.1} %", noise * 100.0),
    );
    format!(
        "all questions: {how}; of {} classes {} faster, {} slower; {noise}",
        compared.classes.len(),
        shown(Verdict::Faster),
        shown(Verdict::Slower)
    )
}

/// A change with its interval: `+10.2 % (+8.1 to +12.3 %)`.
pub(super) fn change(change: &Change) -> String {
    let ratio = percent(change.ratio);
    match interval(change) {
        Some(interval) => format!("{ratio} ({interval})"),
        None => format!("{ratio} (no interval, one process)"),
    }
}

/// A ratio as a change: `+10.2 %`.
pub(super) fn percent(ratio: f64) -> String {
    format!("{} %", points(ratio))
}

/// The ends of an interval: `+8.1 to +12.3 %`.
pub(super) fn interval(change: &Change) -> Option<String> {
    let (low, high) = change.interval?;
    Some(format!("{} to {} %", points(low), points(high)))
}

fn points(ratio: f64) -> String {
    // What is rounded to nothing has no sign.
    let tenths = ((ratio - 1.0) * 1000.0).round();
    if tenths == 0.0 { "0.0".into() } else { format!("{:+.1}", tenths / 10.0) }
}

/// A probability: `0.031`, `<0.001`.
pub(super) fn probability(p: f64) -> String {
    if p < 0.001 { "<0.001".into() } else { format!("{p:.3}") }
}

fn short(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NoDifferenceShown => "not shown",
        verdict => verdict.name(),
    }
}
