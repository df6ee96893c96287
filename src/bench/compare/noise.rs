//! By how much a build differs from itself.

use super::super::stats;
use super::side::Side;
use crate::random::Random;

/// The least change that is believed, whatever the noise: with less, where code and data lie in
/// memory matters more than what they do (Mytkowicz, Diwan, Hauswirth and Sweeney 2009, "Producing
/// wrong data without doing anything obviously wrong!").
pub const LEAST_FLOOR: f64 = 0.03;

/// How many ways of splitting processes are tried.
const SPLITS: usize = 400;

const SEED: u64 = 0x00da_7e11_4e00_0003;

/// The change that 95 of 100 splits of the processes into halves stay below, 0.03 for 3 %; `None`
/// of a single process.
///
/// Halves are fewer processes than a run, so this is rather too much than too little: by the root
/// of two where processes differ at random.
pub(super) fn noise(side: &Side) -> Option<f64> {
    let mut deviations = side.deviations();
    if deviations.len() < 2 {
        return None;
    }
    let mut random = Random::new(SEED);
    let mut differences: Vec<f64> = (0..SPLITS)
        .filter_map(|_| {
            random.shuffle(&mut deviations);
            let (first, second) = deviations.split_at(deviations.len() / 2);
            let mean = |half: &[f64]| stats::mean(half.iter().copied());
            Some((mean(second)? - mean(first)?).abs())
        })
        .collect();
    differences.sort_unstable_by(f64::total_cmp);
    differences.get(SPLITS * 95 / 100 - 1).map(|it| it.exp_m1())
}
