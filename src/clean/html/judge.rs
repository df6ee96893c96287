//! What becomes of each block of a page, and why.
//!
//! The [`model`](super::model) says how likely each is part of the story; a few rules that need no
//! learning go before it: the headline is no part of the text, nor is what readers say below it;
//! what the publisher repeats is template, and what a page says twice is said once. After it, the
//! paragraphs that [ask](asking) the reader for something are taken out of what is left.

use super::blocks::{Block, Blocks};
use super::features::{Evidence, Shingles};
use super::hints::Hints;
use crate::clean::lines::Kind;
use crate::clean::{Template, asking};
use crate::metadata::folded_words;

/// Chance from which on a block is kept.
const KEPT: f32 = 0.5;

/// The same for what is mostly furniture.
const DOUBTED: f32 = 0.8;

/// Words from which on a text that stands on the page twice is taken for one.
const FEWEST_REPEATED: usize = 6;

/// Words from which on a paragraph is longer than the teaser of an article.
const LONGEST_TEASER: usize = 40;

/// Part of its words that must have been said for that.
const REPEATED: f32 = 0.9;

/// For each block `None` to keep it, or the reason to take it off.
pub(super) fn judge(
    page: &Blocks,
    chances: &[f32],
    evidence: &Evidence,
    template: &Template,
) -> Vec<Option<&'static str>> {
    let title = &evidence.title;
    let in_list = list_story(page, chances, evidence);
    let mut said = Shingles::default();
    let mut reasons = Vec::with_capacity(page.blocks.len());
    for (at, (block, chance)) in page.blocks.iter().zip(chances).enumerate() {
        let is_title =
            !title.is_empty() && block.words <= 60 && folded_words(&block.text) == *title;
        reasons.push(if is_title {
            Some("headline")
        } else if template.repeats(&block.text) {
            Some("repeated")
        } else if page.elements[block.element].all.names("readers") {
            Some("comment")
        } else if *chance < threshold(block.kind) && !in_list[at] {
            Some(reason(block, page.elements[block.element].all))
        } else if block.words >= FEWEST_REPEATED && said.coverage(&block.text) > REPEATED {
            Some("said-before")
        } else {
            said.add(&block.text);
            None
        });
    }
    asking::take_off(&mut reasons, page.blocks.iter().map(|block| &*block.text));
    reasons
}

/// The blocks that are kept against the model, as the story is a list: the twenty best books, each
/// in a box of its own, as only the teasers of other articles are elsewhere. Readability then has
/// all that the model keeps, and more than as much again in paragraphs longer than any teaser.
fn list_story(page: &Blocks, chances: &[f32], evidence: &Evidence) -> Vec<bool> {
    let found: Vec<bool> =
        page.blocks.iter().map(|block| evidence.readability.coverage(&block.text) > 0.7).collect();
    let (mut kept, mut agreed, mut dropped) = (0, 0, 0);
    for ((block, chance), found) in page.blocks.iter().zip(chances).zip(&found) {
        if *chance >= KEPT {
            kept += block.words;
            agreed += if *found { block.words } else { 0 };
        } else if *found && block.words >= LONGEST_TEASER && block.link_density < 0.3 {
            dropped += block.words;
        }
    }
    if agreed * 10 < kept * 9 || dropped <= kept {
        return vec![false; found.len()];
    }
    let is_of_list = |(block, found): (&Block, bool)| {
        found && threshold(block.kind) <= KEPT && block.link_density < 0.5
    };
    page.blocks.iter().zip(found).map(is_of_list).collect()
}

/// Chance from which on a block is kept. The model has seen too few of the appeals in the middle
/// of a story to be trusted with them; a search for `subscribe` must not find them.
fn threshold(kind: Kind) -> f32 {
    match kind {
        Kind::Appeal => f32::INFINITY,
        Kind::Caption | Kind::Date | Kind::Listed => DOUBTED,
        _ => KEPT,
    }
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

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;
    use crate::clean::html::blocks;

    #[track_caller]
    fn check(html: &str, chance: f32, meant: &[Option<&str>]) {
        let page = blocks::read(&Document::from(html));
        let chances = vec![chance; page.blocks.len()];
        let title = ["port", "closed"].map(str::to_owned).to_vec();
        let evidence = Evidence { title, ..Evidence::default() };
        assert_eq!(judge(&page, &chances, &evidence, &Template::default()), meant, "for `{html}`");
    }

    #[test]
    fn what_is_likely_is_kept_save_appeals_and_the_headline() {
        check(
            "<h1>Port closed</h1><p>The port is closed.<p>Subscribe to our newsletter",
            0.97,
            &[Some("headline"), None, Some("appeal")],
        );
    }

    #[test]
    fn what_is_said_twice_is_said_once() {
        let line = "The port is closed and no ship may leave it";
        check(&format!("<p>{line}<p>{line}<p>It is."), 0.9, &[None, Some("said-before"), None]);
        check("<p>“We wait.”<p>“We wait.”", 0.9, &[None, None]);
    }

    #[test]
    fn the_reason_is_the_most_telling_one() {
        for (html, meant) in [
            ("<nav><p>World", "menu"),
            ("<div class=comments><p>I was there when it was closed.", "comment"),
            ("<aside><p>The ferry was sold to a man from the other side.", "beside-story"),
            ("<p><a>Ferry sold</a>", "links"),
            ("<p>12", "counter"),
            ("<p>Ferry sold", "short-line"),
        ] {
            check(html, 0.1, &[Some(meant)]);
        }
    }
}
