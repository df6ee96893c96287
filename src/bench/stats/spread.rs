//! Whether times differ from one process to the next, or within each.

use super::{mean, real};

/// How far samples are from what is usual for their question, as relative standard deviations: 0.03
/// is 3 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// From one process to the next.
    pub between: f64,
    /// From one sample to the next within a process.
    pub within: f64,
}

impl Spread {
    /// Takes deviations apart, for each process those of its samples, as logarithms of the ratio to
    /// the usual time of their question; `None` without two processes of two samples.
    ///
    /// The components of a one-way layout by the method of moments (Searle, Casella and `McCulloch`
    /// 1992, "Variance Components", 3.6); what would be below zero is zero.
    pub(in super::super) fn of(deviations: &[Vec<f64>]) -> Option<Self> {
        let groups: Vec<(&[f64], f64)> = deviations
            .iter()
            .filter_map(|group| Some((group.as_slice(), mean(group.iter().copied())?)))
            .collect();
        let n: u64 = groups.iter().map(|(group, _)| group.len() as u64).sum();
        let k = groups.len() as u64;
        if k < 2 || n <= k {
            return None;
        }
        let whole = mean(groups.iter().flat_map(|(group, _)| group.iter().copied()))?;
        let size = |group: &[f64]| real(group.len() as u64);
        let within: f64 = groups
            .iter()
            .flat_map(|(group, mean)| group.iter().map(move |it| (it - mean).powi(2)))
            .sum();
        let within = within / real(n - k);
        let between: f64 = groups.iter().map(|(it, mean)| size(it) * (mean - whole).powi(2)).sum();
        let squares: f64 = groups.iter().map(|(it, _)| size(it).powi(2)).sum();
        let usual_size = (real(n) - squares / real(n)) / real(k - 1);
        let between = (between / real(k - 1) - within) / usual_size;
        Some(Self { between: between.max(0.0).sqrt(), within: within.sqrt() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_between_processes_is_told_from_what_differs_within() {
        let near = |spread: Option<Spread>, between: f64, within: f64| {
            let Spread { between: b, within: w } = spread.expect("two processes");
            assert!((b - between).abs() < 1e-9 && (w - within).abs() < 1e-9, "{b} {w}");
        };
        // All of one process alike: the variance of 0, 0.1 and 0.2 is 0.01.
        near(Spread::of(&[vec![0.0; 4], vec![0.1; 4], vec![0.2; 4]]), 0.1, 0.0);
        // All processes alike: 0 and 0.2 vary by 0.02, the mean of two by half of it, and less.
        near(Spread::of(&[vec![0.0, 0.2], vec![0.0, 0.2]]), 0.0, 0.02_f64.sqrt());
        // A classical layout: MSB 8, MSW 2, two samples each: (8 - 2) / 2 = 3.
        near(
            Spread::of(&[vec![0.0, 2.0], vec![4.0, 6.0], vec![2.0, 4.0]]),
            3_f64.sqrt(),
            2_f64.sqrt(),
        );
        assert_eq!(Spread::of(&[vec![1.0, 2.0]]), None);
        assert_eq!(Spread::of(&[vec![1.0], vec![2.0], vec![]]), None);
    }
}
