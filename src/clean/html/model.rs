//! How likely a block is part of the story: two logistic models, the second of which knows what
//! the first says of the block's neighbours.
//!
//! The weights in `weights.rs` are learned from pages whose story is known; `PROVENANCE.md` says
//! which, and `train.rs` how.

use super::blocks::Blocks;
use super::features::{Evidence, first_rows, second_rows};
use super::weights;

/// The weights of both models.
#[derive(Clone, Debug)]
pub(super) struct Model<'a> {
    pub(super) first: &'a [f32],
    pub(super) second: &'a [f32],
}

impl Model<'static> {
    /// The one that is shipped.
    pub(super) const SHIPPED: Self = Self { first: weights::FIRST, second: weights::SECOND };
}

impl Model<'_> {
    /// For each block the chance that it is part of the story, from 0 to 1.
    pub(super) fn chances(&self, page: &Blocks, evidence: &Evidence) -> Vec<f32> {
        let mut rows = first_rows(page, evidence);
        let first: Vec<f32> = rows.iter().map(|row| chance(self.first, row)).collect();
        second_rows(page, &first, &mut rows);
        rows.iter().map(|row| chance(self.second, row)).collect()
    }
}

/// The chance that `weights` give a row.
pub(super) fn chance(weights: &[f32], row: &[f32]) -> f32 {
    let sum: f32 = weights.iter().zip(row).map(|(weight, value)| weight * value).sum();
    1.0 / (1.0 + (-sum).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::html::features::{FIRST, SECOND};

    #[test]
    fn there_is_a_weight_for_each_number() {
        assert_eq!((weights::FIRST.len(), weights::SECOND.len()), (FIRST, SECOND));
    }
}
