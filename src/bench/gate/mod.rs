//! What a run must keep to: `p99<=50ms; class:phrase p95<=5ms; errors<=0; regress<=5%`.
//!
//! A clause is kept, broken, or cannot be judged: for want of samples, as the run was stopped, as
//! noise is greater than what is asked. What cannot be judged is not kept, or a gate would open by
//! measuring less.

mod judge;
mod parse;

use std::fmt;
use std::time::Duration;

use super::stats::Percentile;

pub use judge::{Judgment, Ruled, Ruling, Seen};
pub use parse::GateError;

/// What a run must keep to: all of its clauses.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// In the order in which they were typed, at least one.
    pub clauses: Vec<Clause>,
}

/// One thing that must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// The class that it speaks of; without one, all questions together, or for
    /// [`Bound::Regress`] each class by itself.
    pub class: Option<String>,
    /// What must hold of it.
    pub bound: Bound,
}

/// What must hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// A figure of latency is at most this.
    Time(Figure, Duration),
    /// At most so many questions failed, counting each time.
    Errors(u64),
    /// No class became slower by more than this, in percent of the first run.
    Regress(f64),
}

/// A figure of latency.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Figure {
    /// A percentile of all samples.
    Percentile(Percentile),
    /// The slowest sample.
    Max,
    /// Their mean.
    Mean,
}

impl Figure {
    /// All of them.
    const ALL: [Self; 7] = [
        Self::Percentile(Percentile::P50),
        Self::Percentile(Percentile::P90),
        Self::Percentile(Percentile::P95),
        Self::Percentile(Percentile::P99),
        Self::Percentile(Percentile::P999),
        Self::Max,
        Self::Mean,
    ];

    /// As it is typed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Percentile(percentile) => percentile.name(),
            Self::Max => "max",
            Self::Mean => "mean",
        }
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, clause) in self.clauses.iter().enumerate() {
            let between = if place > 0 { "; " } else { "" };
            write!(f, "{between}{clause}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(class) = &self.class {
            write!(f, "class:{class} ")?;
        }
        match self.bound {
            Bound::Time(figure, time) => write!(f, "{}<={}", figure.name(), Exact(time)),
            Bound::Errors(n) => write!(f, "errors<={n}"),
            Bound::Regress(percent) => write!(f, "regress<={percent}%"),
        }
    }
}

/// A time in the greatest unit in which it is a whole number.
struct Exact(Duration);

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanos = self.0.as_nanos();
        let fits = parse::UNITS.iter().rev().find(|(_, unit)| nanos.is_multiple_of(*unit));
        let (name, unit) = fits.unwrap_or(&parse::UNITS[0]);
        write!(f, "{}{name}", nanos / unit)
    }
}

#[cfg(test)]
mod tests;
