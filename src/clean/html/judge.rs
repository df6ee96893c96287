//! What becomes of each block of a page, and why.
//!
//! The [`model`](super::model) says how likely each is part of the story; a few rules that need no
//! learning go before it: the headline is no part of the text, what the publisher repeats is
//! template, and what a page says twice is said once.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::blocks::{Block, Blocks};
use super::hints::Hints;
use crate::clean::Template;
use crate::clean::lines::Kind;
use crate::metadata::folded_words;

/// Chance from which on a block is kept.
const KEPT: f32 = 0.5;

/// Words from which on a text that stands on the page twice is taken for one.
const FEWEST_REPEATED: usize = 6;

/// For each block `None` to keep it, or the reason to take it off.
pub(super) fn judge(
    page: &Blocks,
    chances: &[f32],
    title: &[String],
    template: &Template,
) -> Vec<Option<&'static str>> {
    let mut kept: HashSet<&str, FixedState> = HashSet::default();
    let mut reasons = Vec::with_capacity(page.blocks.len());
    for (block, chance) in page.blocks.iter().zip(chances) {
        let is_title =
            !title.is_empty() && block.words <= 60 && folded_words(&block.text) == *title;
        reasons.push(if is_title {
            Some("headline")
        } else if template.repeats(&block.text) {
            Some("repeated")
        } else if *chance < KEPT {
            Some(reason(block, page.elements[block.element].all))
        } else if block.words >= FEWEST_REPEATED && !kept.insert(&block.text) {
            Some("said-before")
        } else {
            None
        });
    }
    reasons
}

/// The most telling reason why a block is not part of the story.
fn reason(block: &Block, around: Hints) -> &'static str {
    let by_kind = match block.kind {
        Kind::Appeal => Some("appeal"),
        Kind::Counter => Some("counter"),
        Kind::Caption => Some("caption"),
        Kind::Listed => Some("headline-list"),
        Kind::Date => Some("date-line"),
        _ => None,
    };
    let by_place = [
        ("nav", "menu"),
        ("comment", "comment"),
        ("footer", "footer"),
        ("related", "related"),
        ("teaser", "related"),
        ("appeal", "appeal"),
        ("advert", "advert"),
        ("author", "byline"),
        ("menu", "menu"),
        ("figure", "caption"),
        ("aside", "beside-story"),
    ];
    by_kind
        .or_else(|| by_place.iter().find(|(hint, _)| around.names(hint)).map(|(_, reason)| *reason))
        .unwrap_or(match block.kind {
            _ if block.link_density > 0.5 => "links",
            Kind::Prose(_) | Kind::Sentence => "beside-story",
            _ => "short-line",
        })
}
