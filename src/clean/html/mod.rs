//! The story in a page with markup.
//!
//! The page is parsed once, and everything is read from that tree: what the page says of itself
//! ([`page_facts`]), its text as a row of [`blocks`], and a second opinion, that of `dom_smoothie`,
//! a port of Mozilla's Readability. A [`model`] that was trained on pages of known story weighs
//! all evidence for each block, and [`judge`] keeps or drops it, with a reason. Where a page shows
//! no story, its structured data or the [`state`] of its application may hold one.
//!
//! # Invariants
//!
//! - Every block is either kept or given a reason, in the order of the page.
//! - Each paragraph is one line; no sentence is glued to that of another block.
//!
//! # Cost
//!
//! Linear in the page, which [`guard`] bounds.

mod blocks;
mod features;
mod hints;
mod judge;
mod model;
mod quality;
mod state;
#[cfg(test)]
mod train;
mod weights;

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use self::blocks::Blocks;
use self::features::{Evidence, Shingles};
use self::model::Model;
use self::quality::{Marks, is_error_title};
use self::state::sentence_words;
use super::guard::{self, Parsed};
use super::lines::Kind;
use super::{Cleaned, PageKind, Template, asking};
use crate::article::{ArticleWarning, Traced};
use crate::metadata::{PageFacts, folded_words, one_line, page_facts};

/// Words in sentences below which a page is taken not to show its story.
const FEWEST_WORDS: usize = 40;

/// A page taken apart, for the judge.
#[derive(Debug)]
struct Prepared {
    blocks: Blocks,
    evidence: Evidence,
    facts: PageFacts,
    marks: Marks,
    /// Texts that may stand in for a story that the page does not show.
    substitutes: [Vec<String>; 3],
    is_cut: bool,
}

/// Takes a page apart: one parse, from which all evidence comes.
fn prepare(html: &str, url: Option<&str>) -> Prepared {
    let Parsed { page, is_cut } = guard::parse(html);
    let facts = page_facts(&page, url);
    let blocks = blocks::read(&page);
    let description = descriptions(&page);
    let marks = marks(&page, html, &facts);
    let shown: usize = blocks.blocks.iter().map(|block| sentence_words(&block.text)).sum();
    let state = if shown < FEWEST_WORDS { state::story(&page) } else { Vec::new() };
    remove_furniture(&page);
    let readability = main_text(page);
    let stated = facts.article_body.as_deref().map(lines_of).unwrap_or_default();
    let evidence = Evidence {
        readability: Shingles::of(readability.iter().map(String::as_str)),
        stated: Shingles::of(stated.iter().map(String::as_str)),
        description: Shingles::of(description.lines()),
        title: facts.title.as_ref().map(|title| folded_words(&title.text)).unwrap_or_default(),
    };
    let substitutes = [stated, state, readability];
    Prepared { blocks, evidence, facts, marks, substitutes, is_cut }
}

/// What the head of a page says that the article is about.
fn descriptions(page: &Document) -> String {
    let metas = page.select("meta[name=description], meta[property='og:description']");
    let texts: Vec<_> = metas.iter().filter_map(|meta| meta.attr("content")).collect();
    texts.iter().map(|text| &**text).collect::<Vec<_>>().join("\n")
}

fn marks(page: &Document, html: &str, facts: &PageFacts) -> Marks {
    let holds = |text: &str| memchr::memmem::find(html.as_bytes(), text.as_bytes()).is_some();
    let kind = page.select_single("meta[property='og:type']").attr("content");
    let is_paid = ["\"isAccessibleForFree\":false", "\"isAccessibleForFree\": false"]
        .into_iter()
        .chain(["\"isAccessibleForFree\":\"False\"", "\"isAccessibleForFree\": \"False\""])
        .any(holds);
    Marks {
        is_article: kind.is_some_and(|kind| kind.eq_ignore_ascii_case("article"))
            || facts.dates.state_publication()
            || facts.article_body.is_some(),
        is_error: facts.title.as_ref().is_some_and(|title| is_error_title(&title.text)),
        is_paid,
    }
}

/// Finds the story in a page. `url` is the page's address where the source states it.
///
/// The body is empty where nothing on the page reads like an article.
pub fn clean_html(html: &str, url: Option<&str>, template: &Template) -> Cleaned {
    let Prepared { blocks, evidence, facts, marks, substitutes, is_cut } = prepare(html, url);
    let chances = Model::SHIPPED.chances(&blocks, &evidence);
    let mut reasons = judge::judge(&blocks, &chances, &evidence, template);
    let kept: Vec<bool> = reasons.iter().map(Option::is_none).collect();
    let kind = quality::kind(&blocks, &kept, marks);
    let mut quality = quality::quality(&blocks, &chances, &kept, &evidence, kind, marks);
    let story = blocks.blocks.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(block, _)| block);
    let in_sentences: usize = story.clone().map(|block| sentence_words(&block.text)).sum();
    let has_story =
        story.clone().any(|block| matches!(block.kind, Kind::Prose(_) | Kind::Sentence));
    let substitute = if in_sentences < FEWEST_WORDS && kind != PageKind::Listing {
        substitute(substitutes, in_sentences)
    } else {
        None
    };
    if !has_story || substitute.is_some() {
        quality = quality.min(50);
        for reason in &mut reasons {
            *reason = reason.or(Some("no-story"));
        }
    }
    let mut trace: Vec<Traced> = Vec::with_capacity(blocks.blocks.len());
    let rows = blocks.blocks.into_iter().zip(reasons).zip(&chances);
    trace.extend(rows.map(|((block, reason), chance)| Traced {
        reason,
        chance: Some(percent(*chance)),
        text: block.text,
    }));
    let lines = substitute.unwrap_or_default();
    let mut reasons = vec![None; lines.len()];
    asking::take_off(&mut reasons, lines.iter().map(String::as_str));
    let rows = lines.into_iter().zip(reasons);
    trace.extend(rows.map(|(text, reason)| Traced { reason, chance: None, text }));
    let kept = trace.iter().filter(|block| block.reason.is_none());
    let warnings = is_cut.then_some(ArticleWarning::Truncated).into_iter().collect();
    Cleaned {
        body: kept.map(|block| &*block.text).collect::<Vec<_>>().join("\n"),
        kind,
        quality,
        trace,
        warnings,
        ..Cleaned::from(facts)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share lies between 0 and 1"
)]
fn percent(share: f32) -> u8 {
    (share * 100.0).round() as u8
}

/// The text to stand in for a story of `shown` words in sentences: the first of those that have
/// twice as many.
fn substitute(texts: [Vec<String>; 3], shown: usize) -> Option<Vec<String>> {
    let words = |lines: &[String]| lines.iter().map(|line| sentence_words(line)).sum::<usize>();
    texts.into_iter().find(|lines| words(lines) > (2 * shown).max(8))
}

/// All the text that a page shows, furniture included, with what the page says of itself.
pub fn visible_text(html: &str) -> Cleaned {
    let Parsed { page, is_cut } = guard::parse(html);
    let facts = page_facts(&page, None);
    page.select("head, script, style, noscript, template").remove();
    let body = lines_of(&page.formatted_text()).join("\n");
    let warnings = is_cut.then_some(ArticleWarning::Truncated).into_iter().collect();
    Cleaned { body, warnings, ..Cleaned::from(facts) }
}

/// The text that Readability takes for the article, by lines.
fn main_text(page: Document) -> Vec<String> {
    // The metadata is ours, and JSON-LD is read by it already.
    let config =
        Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(page, None, Some(config))
        .and_then(|mut readability| readability.parse());
    article.map(|article| lines_of(&article.text_content)).unwrap_or_default()
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(one_line).filter(|line| !line.is_empty()).collect()
}

/// Takes out of the tree what its markup tells apart for certain: captions, menus, buttons and
/// the comments of readers, which read like the article.
fn remove_furniture(page: &Document) {
    page.select(
        "figcaption, nav, button, template, #comments, #disqus_thread, div.comments, \
         section.comments, ol.commentlist, ul.commentlist, .comment-list, .comments-area, \
         .comments-list, [itemprop=comment]",
    )
    .remove();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::TitleSource;

    const PROSE: &str = "The harbour of the small town was closed for three days after the storm \
        had passed, and no ship could leave it before the wreck at its mouth was towed away.";
    const MORE: &str = "“We have never had to wait for so long,” said the master of a trawler that \
        lies at the quay with twelve tons of herring, most of which can no longer be sold.";
    const LAST: &str = "The authority expects the first of two tugs on Monday; until then, ferries \
        to the islands leave from the old pier on the other side of the bay, twice a day.";

    fn page(body: &str) -> String {
        format!(
            "<html lang=en><head><title>Port closed after storm - Daily Gull</title>\
             <meta property=article:published_time content=2018-05-04T10:00:00Z></head><body>\
             <nav><a href=/>Home</a> <a href=/w>World</a></nav>{body}\
             <footer>© Daily Gull</footer></body></html>"
        )
    }

    #[test]
    fn a_page_comes_out_as_its_story() {
        let cleaned = clean_html(
            &page(&format!(
                "<article><h1>Port closed after storm</h1><p>{PROSE}</p>\
                 <figure><img src=a.jpg><figcaption>Ships on Friday</figcaption></figure>\
                 <h2>What next</h2><p>{MORE}</p><p>Read more: Ferry sold</p><p>{LAST}</p>\
                 <p>Subscribe to our newsletter</p></article>\
                 <div id=comments><p>{PROSE} So much for that.</p></div>"
            )),
            Some("https://dailygull.example/a/1"),
            &Template::default(),
        );
        assert_eq!(cleaned.body, [PROSE, "What next", MORE, LAST].join("\n"));
        let title = cleaned.title.as_ref().expect("the page has a headline");
        assert_eq!((&*title.text, title.source), ("Port closed after storm", TitleSource::Heading));
        let dates: Vec<&str> = cleaned.dates.found.iter().map(|clue| clue.text.as_str()).collect();
        assert_eq!(dates, ["2018-05-04T10:00:00Z"]);
        let removed: Vec<_> = cleaned.removed().collect();
        assert_eq!(
            removed,
            [
                ("menu", "Home World"),
                ("headline", "Port closed after storm"),
                ("caption", "Ships on Friday"),
                ("appeal", "Read more: Ferry sold"),
                ("appeal", "Subscribe to our newsletter"),
                ("comment", &*format!("{PROSE} So much for that.")),
                ("appeal", "© Daily Gull"),
            ]
        );
        assert_eq!(cleaned.trace.len(), 4 + removed.len());
        assert!(cleaned.quality >= 60, "{}", cleaned.quality);
    }

    #[test]
    fn structured_data_stands_in_for_a_page_without_paragraphs() {
        let script = format!(
            "<script type=application/ld+json>{{\"@type\": \"NewsArticle\", \
             \"articleBody\": \"{PROSE}\\n\\n{MORE}\"}}</script><div id=app></div>"
        );
        assert_eq!(
            clean_html(&page(&script), None, &Template::default()).body,
            [PROSE, MORE].join("\n")
        );
    }

    #[test]
    fn the_state_of_an_application_stands_in_for_a_page_that_it_draws() {
        let script = format!(
            "<div id=app></div><script id=__NEXT_DATA__ type=application/json>\
             {{\"props\": {{\"story\": {{\"body\": [{{\"p\": \"{PROSE}\"}}, {{\"p\": \"{MORE}\"}}]}}}}}}\
             </script>"
        );
        assert_eq!(
            clean_html(&page(&script), None, &Template::default()).body,
            [PROSE, MORE].join("\n")
        );
    }

    #[test]
    fn a_page_without_an_article_has_no_body() {
        for body in ["", "<ul><li><a href=/a>Ferry sold</a></li></ul>", "<p>Loading</p>"] {
            assert_eq!(
                clean_html(&page(body), None, &Template::default()).body,
                "",
                "for `{body}`"
            );
        }
        assert_eq!(clean_html("", None, &Template::default()).body, "");
    }

    #[test]
    fn damaged_and_hostile_pages_are_survived() {
        let deep = format!("{}<p>{PROSE}<p>{MORE}", "<div>".repeat(200_000));
        assert_eq!(clean_html(&deep, None, &Template::default()).body, [PROSE, MORE].join("\n"));
        let cut = page(&format!("<article><p>{PROSE}</p><p>{MORE}</p><p class=\"more"));
        assert_eq!(clean_html(&cut, None, &Template::default()).body, [PROSE, MORE].join("\n"));
        for hostile in [
            "<ins><a>".repeat(50_000),
            "<b x=1><i y=2>".repeat(20_000) + &"<p>x".repeat(20_000),
            "<br>".repeat(100_000),
            "<table><tr><td>".repeat(20_000),
            "<!--".repeat(50_000),
            "</p>".repeat(50_000),
            format!("<p {}>x", "a=b ".repeat(200_000)),
            format!("<script>x = {}</script>", "[{\"a\":".repeat(200_000)),
            format!("<p class='{}'>x", "related ".repeat(200_000)),
            format!("<p>{}", "word ".repeat(400_000)),
            "<li><a href=x>Ferry sold</a>".repeat(60_000),
        ] {
            let _ = clean_html(&hostile, Some("not an address"), &Template::default());
        }
    }
}
