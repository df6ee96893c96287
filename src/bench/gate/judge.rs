//! Whether a run keeps to a gate.

use std::time::Duration;

use super::super::compare::{Change, Comparison, Effect};
use super::super::report::Report;
use super::super::stats::Percentile;
use super::super::summary::{Figures, Summary};
use super::{Bound, Clause, Figure, Gate};

crate::article::named_enum! {
    /// What becomes of a clause.
    Ruling {
        /// It holds.
        Kept = "kept",
        /// It does not.
        Broken = "broken",
        /// There is too little to say so.
        CannotBeJudged = "cannot be judged",
    }
}

/// A clause, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruled {
    /// The clause.
    pub clause: Clause,
    /// What became of it.
    pub ruling: Ruling,
    /// The figures that it rests on.
    pub seen: Seen,
}

/// What a ruling rests on.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// A time in nanoseconds.
    Time(u64),
    /// So many errors.
    Errors(u64),
    /// The class that decides, and how its medians changed.
    Change {
        /// Its name.
        class: String,
        /// What changed.
        change: Change,
    },
    /// Why there is nothing to be seen.
    Nothing(String),
}

/// What became of a gate.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgment {
    /// Each clause in the order of the gate.
    pub clauses: Vec<Ruled>,
}

impl Judgment {
    /// Whether every clause is kept.
    pub fn is_kept(&self) -> bool {
        self.clauses.iter().all(|it| it.ruling == Ruling::Kept)
    }
}

impl Gate {
    /// Whether a run keeps to the gate; for [`Bound::Regress`] as it compares with an earlier one.
    ///
    /// Latency is judged as it was measured: a percentile that is not given, for want of samples,
    /// cannot be judged. A regression is judged by intervals: a bound is kept if the interval of
    /// every class stays below it, and broken if that of any lies above.
    pub fn judge(
        &self,
        report: &Report,
        summary: &Summary,
        comparison: Option<&Comparison>,
    ) -> Judgment {
        let judged = |clause: &Clause| {
            let (ruling, seen) = if report.partial {
                nothing("the run was stopped before its end".into())
            } else {
                match clause.bound {
                    Bound::Regress(percent) => regress(clause, percent, comparison),
                    Bound::Time(..) | Bound::Errors(_) => figures(clause, summary),
                }
            };
            Ruled { clause: clause.clone(), ruling, seen }
        };
        Judgment { clauses: self.clauses.iter().map(judged).collect() }
    }
}

fn nothing(why: String) -> (Ruling, Seen) {
    (Ruling::CannotBeJudged, Seen::Nothing(why))
}

fn kept_if(is_kept: bool) -> Ruling {
    if is_kept { Ruling::Kept } else { Ruling::Broken }
}

fn no_class(class: &str) -> (Ruling, Seen) {
    nothing(format!("no question of class `{class}` was asked"))
}

fn figures(clause: &Clause, summary: &Summary) -> (Ruling, Seen) {
    let figures = match &clause.class {
        None => &summary.whole,
        Some(class) => match summary.classes.iter().find(|it| it.class == *class) {
            Some(figures) => figures,
            None => return no_class(class),
        },
    };
    match clause.bound {
        Bound::Time(figure, most) => time(figure, most, figures),
        // No question asked is no question failed, and nothing to be proud of.
        Bound::Errors(_) if figures.queries == 0 => nothing("no question was asked".into()),
        Bound::Errors(most) => (kept_if(figures.errors <= most), Seen::Errors(figures.errors)),
        Bound::Regress(_) => nothing("there is nothing to compare with".into()),
    }
}

fn time(figure: Figure, most: Duration, figures: &Figures) -> (Ruling, Seen) {
    let Some(latency) = &figures.latency else {
        return nothing("no question was answered".into());
    };
    let nanos = match figure {
        Figure::Max => latency.max,
        Figure::Mean => rounded(latency.mean.value),
        Figure::Percentile(percentile) => match latency.percentiles.get(&percentile) {
            Some(estimate) => estimate.value,
            None => return nothing(too_few(percentile, figures.samples)),
        },
    };
    (kept_if(u128::from(nanos) <= most.as_nanos()), Seen::Time(nanos))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of times")]
fn rounded(nanos: f64) -> u64 {
    nanos.round() as u64
}

fn too_few(percentile: Percentile, samples: usize) -> String {
    format!("{percentile} takes {} samples, there are {samples}", percentile.least_samples())
}

fn regress(clause: &Clause, percent: f64, comparison: Option<&Comparison>) -> (Ruling, Seen) {
    let Some(comparison) = comparison else {
        return nothing("there is nothing to compare with: name an earlier run".into());
    };
    let is_meant = |effect: &&Effect| clause.class.as_ref().is_none_or(|it| *it == effect.class);
    let effects: Vec<&Effect> = comparison.classes.iter().filter(is_meant).collect();
    let upper = |effect: &Effect| effect.median.interval.map_or(f64::INFINITY, |it| it.1);
    let Some(worst) = effects.iter().copied().max_by(|a, b| upper(a).total_cmp(&upper(b))) else {
        return match &clause.class {
            Some(class) => no_class(class),
            None => nothing("no question was answered in both runs".into()),
        };
    };
    let most = 1.0 + percent / 100.0;
    let lower = |effect: &Effect| effect.median.interval.map_or(0.0, |it| it.0);
    let slowest = effects.iter().copied().max_by(|a, b| lower(a).total_cmp(&lower(b)));
    if let Some(broken) = slowest.filter(|it| lower(it) > most) {
        return (Ruling::Broken, seen(broken));
    }
    let ruling = if upper(worst) <= most { Ruling::Kept } else { Ruling::CannotBeJudged };
    (ruling, seen(worst))
}

fn seen(effect: &Effect) -> Seen {
    Seen::Change { class: effect.class.clone(), change: effect.median }
}
