//! Whether one run was faster than another, or only happened to be.
//!
//! Two reports of the same questions on the same index are held against each other, question by
//! question: of each, the medians that it had in the processes of either run. What they differ by is
//! a ratio, and the geometric mean of the ratios is that of a class.
//!
//! A run is called faster or slower only if three things agree, each of which guards against
//! another error:
//!
//! - the 95 % interval excludes that nothing changed; it comes from drawing processes and then
//!   questions, so what two processes differ by anyhow is not taken for the build's doing;
//! - the change is greater than the noise of the machine, which is measured: the processes of each
//!   report are split into halves and held against each other, as if they were two builds;
//! - the questions of the class lean to one side by the signed-rank test, corrected for the number
//!   of classes.

mod effect;
mod noise;
mod refuse;
mod side;

use super::report::{Fingerprint, QueryRuns, Report, Warning};
use super::stats::{holm, signed_rank};
use super::summary::by_class;

use effect::Measured;

pub use noise::LEAST_FLOOR;
pub use refuse::{Differing, Refusal};

/// The most that a probability may be for a change to be believed.
pub const SIGNIFICANT: f64 = 0.05;

/// How many processes each run must have for a verdict: an interval of two is the two.
pub const LEAST_PROCESSES: usize = 3;

/// With fewer questions no order of signs is less probable than [`SIGNIFICANT`].
pub const LEAST_QUERIES: usize = 6;

/// What becomes of questions that have other results in the other run.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Results {
    /// The comparison is refused.
    #[default]
    MustAgree,
    /// It is made, and says which they are.
    MayDiffer,
}

/// Two runs held against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Who answered in the first run and in the second, with the version and when that was.
    pub targets: [String; 2],
    /// All questions together.
    pub whole: Effect,
    /// Each class, in the order of the workload.
    pub classes: Vec<Effect>,
    /// Questions that have other results in the second run.
    pub differing: Vec<Differing>,
    /// Reasons to doubt the comparison, in the form of [`Report::warnings`]: `partial`, `tainted`,
    /// `machine`, `build`, `results`, `few-processes`, `few-questions`.
    pub cautions: Vec<Warning>,
}

/// What the second run changed in some questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Their class, `all` for all.
    pub class: String,
    /// How many were answered in both runs.
    pub queries: usize,
    /// The geometric mean of what their medians changed by.
    pub median: Change,
    /// What the 99th percentile of all their samples changed by, if either run has one. There is no
    /// verdict on it.
    pub p99: Option<Change>,
    /// By how much half of the processes differ from the other half, 0.03 for 3 %, the greater of
    /// the two runs; where one has several.
    pub noise: Option<f64>,
    /// The least change that is believed, the greater of the noise and [`LEAST_FLOOR`].
    pub floor: f64,
    /// How probable it is that questions lean so far to one side by accident; corrected for the
    /// number of classes, save for all questions together.
    pub p: f64,
    /// What can be said.
    pub verdict: Verdict,
}

/// The time of the second run over that of the first: 1.1 is 10 % slower.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// As it was measured.
    pub ratio: f64,
    /// The ends of its 95 % confidence interval; only where both runs have several processes.
    pub interval: Option<(f64, f64)>,
}

crate::article::named_enum! {
    /// What can be said of a change.
    Verdict {
        /// The second run is faster.
        Faster = "faster",
        /// The second run is slower.
        Slower = "slower",
        /// Neither was shown; not that there is no difference.
        NoDifferenceShown = "no difference shown",
    }
}

/// Holds a second run against a first one.
pub fn compare(first: &Report, second: &Report, results: Results) -> Result<Comparison, Refusal> {
    refuse::settings(first, second)?;
    let pairs = refuse::paired(first, second)?;
    let differing = refuse::differing(&pairs, results)?;
    let of_class = |(class, _): &(&str, Vec<&QueryRuns>)| {
        let of_class = pairs.iter().filter(|(query, _)| query.class == *class);
        effect::measure(class, &of_class.copied().collect::<Vec<_>>())
    };
    let firsts: Vec<&QueryRuns> = pairs.iter().map(|(query, _)| *query).collect();
    let classes: Vec<Measured> = by_class(&firsts).iter().filter_map(of_class).collect();
    let probabilities: Vec<f64> = classes.iter().map(|it| signed_rank(&it.logs)).collect();
    let classes: Vec<Effect> =
        classes.into_iter().zip(holm(&probabilities)).map(|(it, p)| it.judged(p)).collect();
    let whole = effect::measure("all", &pairs).ok_or(Refusal::NothingMeasured)?;
    let p = signed_rank(&whole.logs);
    let mut comparison = Comparison {
        targets: [first, second].map(|it| {
            let Fingerprint { dateline, begun, .. } = &it.fingerprint;
            format!("{} ({dateline}, {begun})", it.target)
        }),
        whole: whole.judged(p),
        classes,
        differing,
        cautions: Vec::new(),
    };
    comparison.cautions = refuse::cautions(first, second, &comparison);
    Ok(comparison)
}

#[cfg(test)]
mod tests;
