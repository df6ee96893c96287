//! Whether a page is an article at all, and how much what was found reads like a whole one.

use super::blocks::Blocks;
use super::features::Evidence;
use crate::clean::PageKind;
use crate::clean::lines::Kind;

/// Teasers from which on they make a list.
const MANY: usize = 6;

/// Words of a story from which on a page is never refused.
const ENOUGH: usize = 80;

/// Link blocks from which on a page may be a list.
const FEWEST_LINKS: usize = 25;

/// Words from which on length says nothing more for an article.
const WHOLE: usize = 150;

/// Words a text behind a paywall may have and still be its first lines only.
const STUB: usize = 120;

/// What the page says of itself that bears on this.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Marks {
    /// It calls itself an article, or states when it was published.
    pub(super) is_article: bool,
    /// Its title is that of an answer to a failed request.
    pub(super) is_error: bool,
    /// It says that it is not to be read for free.
    pub(super) is_paid: bool,
}

/// Words with which the title of an answer to a failed request is made.
const ERRORS: &[&str] = &[
    "404",
    "not found",
    "page cannot be found",
    "page can't be found",
    "page doesn't exist",
    "page does not exist",
    "no longer available",
    "access denied",
    "403 forbidden",
    "are you a robot",
    "just a moment",
    "страница не найдена",
    "seite nicht gefunden",
    "page introuvable",
    "página no encontrada",
    "pagina non trovata",
    "nie znaleziono strony",
];

/// Whether `title` is that of an answer to a failed request.
pub(super) fn is_error_title(title: &str) -> bool {
    let title = title.to_lowercase();
    // Longer ones are headlines, of articles about such pages too.
    title.chars().count() <= 60 && ERRORS.iter().any(|error| title.contains(error))
}

/// What kind of page this is. Only what is sure is refused: each mistake costs a whole article.
pub(super) fn kind(page: &Blocks, kept: &[bool], marks: Marks) -> PageKind {
    let mut story = 0;
    let mut links = 0;
    let mut in_cards = 0;
    let mut cards: Vec<usize> = Vec::new();
    for (at, (block, kept)) in page.blocks.iter().zip(kept).enumerate() {
        if *kept && matches!(block.kind, Kind::Prose(_) | Kind::Sentence) {
            story += block.words;
            // A teaser stands beside the headline that it belongs to, in one of many such places.
            let card = page
                .around(at)
                .take(4)
                .find(|around| around.twins >= MANY && has_link(page, around.blocks.clone()));
            if let Some(card) = card {
                in_cards += block.words;
                cards.push(card.blocks.start);
            }
        } else if block.link_density > 0.8 && block.words >= 3 {
            links += 1;
        }
    }
    cards.dedup();
    if marks.is_error && story < ENOUGH {
        PageKind::Error
    } else if marks.is_article || links < FEWEST_LINKS {
        PageKind::Article
    } else if story * 2 < ENOUGH || (cards.len() >= MANY && in_cards * 10 >= story * 8) {
        PageKind::Listing
    } else {
        PageKind::Article
    }
}

/// Whether some of these blocks is a headline with a link.
fn has_link(page: &Blocks, blocks: std::ops::Range<usize>) -> bool {
    blocks.len() <= 8
        && page.blocks[blocks].iter().any(|block| block.link_density > 0.8 && block.words >= 3)
}

/// How much the story reads like a whole article, in percent: how sure the judge is of its words,
/// how many they are, how many are in sentences, and how far Readability takes the same ones.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of words are small, and the outcome lies between 0 and 100"
)]
pub(super) fn quality(
    page: &Blocks,
    chances: &[f32],
    kept: &[bool],
    evidence: &Evidence,
    kind: PageKind,
    marks: Marks,
) -> u8 {
    let (mut sure, mut words, mut sentences) = (0.0_f32, 0.0_f32, 0.0_f32);
    let (mut both, mut either) = (0.0_f32, 0.0_f32);
    for ((block, chance), kept) in page.blocks.iter().zip(chances).zip(kept) {
        let weight = block.words as f32;
        let found = evidence.readability.coverage(&block.text) > 0.7;
        both += if *kept && found { weight } else { 0.0 };
        either += if *kept || found { weight } else { 0.0 };
        if *kept {
            words += weight;
            sure += weight * chance;
            if matches!(block.kind, Kind::Prose(_) | Kind::Sentence) {
                sentences += weight;
            }
        }
    }
    if words < 1.0 {
        return 0;
    }
    let length = (words / WHOLE as f32).min(1.0);
    let mut score = 30.0 * sure / words + 25.0 * length + 25.0 * sentences / words;
    score += 20.0 * both / either.max(1.0);
    if kind != PageKind::Article {
        score *= 0.3;
    } else if marks.is_paid && words < STUB as f32 {
        score *= 0.5;
    }
    score.round().clamp(0.0, 100.0) as u8
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;
    use crate::clean::html::blocks;

    const PROSE: &str = "The harbour of the small town was closed for three days after the storm.";

    fn kind_of(html: &str, marks: Marks) -> PageKind {
        let page = blocks::read(&Document::from(html));
        let kept: Vec<bool> = page.blocks.iter().map(|block| block.words > 8).collect();
        kind(&page, &kept, marks)
    }

    #[test]
    fn a_page_of_teasers_is_a_listing() {
        let card = format!("<div class=card><h3><a>Ferry sold again</a></h3><p>{PROSE}</p></div>");
        assert_eq!(kind_of(&card.repeat(40), Marks::default()), PageKind::Listing);
        let marked = Marks { is_article: true, ..Marks::default() };
        assert_eq!(kind_of(&card.repeat(40), marked), PageKind::Article);
        assert_eq!(kind_of(&card.repeat(5), Marks::default()), PageKind::Article);
    }

    #[test]
    fn an_article_beside_many_links_is_an_article() {
        let links = "<li><a>Ferry sold again</a></li>".repeat(60);
        let story = format!("<p>{PROSE}</p>").repeat(8);
        assert_eq!(
            kind_of(&format!("{story}<ul>{links}</ul>"), Marks::default()),
            PageKind::Article
        );
        assert_eq!(kind_of(&format!("<ul>{links}</ul>"), Marks::default()), PageKind::Listing);
    }

    #[test]
    fn a_failed_request_is_known_by_its_title_and_its_lack_of_text() {
        assert!(is_error_title("404 - Page not found | Daily Gull"));
        assert!(!is_error_title(
            "Wreck not found in the bay after three days of search by forty divers"
        ));
        let error = Marks { is_error: true, ..Marks::default() };
        assert_eq!(kind_of(&format!("<p>{PROSE}</p>"), error), PageKind::Error);
        assert_eq!(kind_of(&format!("<p>{PROSE}</p>").repeat(8), error), PageKind::Article);
    }
}
