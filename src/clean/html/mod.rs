//! The story in a page with markup.
//!
//! The page is parsed once; [`page_facts`] reads the tree and `dom_smoothie`, a port of Mozilla's
//! Readability, then finds the article in it. What it returns still holds captions, "Read more"
//! and related headlines, which the line step takes out. Where it returns too little, all
//! paragraphs of the page are tried, then the text that the page's JSON-LD gives.

mod blocks;
mod features;
mod hints;
mod judge;
mod model;
#[cfg(test)]
mod train;
mod weights;

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use self::blocks::Blocks;
use self::features::{Evidence, Shingles};
use self::model::Model;
use super::guard::{self, Parsed};
use super::{Cleaned, Template};
use crate::article::{ArticleWarning, Removed};
use crate::metadata::{PageFacts, folded_words, one_line, page_facts};

/// A page taken apart, for the judge.
#[derive(Debug)]
struct Prepared {
    blocks: Blocks,
    evidence: Evidence,
    facts: PageFacts,
    is_cut: bool,
}

/// Takes a page apart: one parse, from which all evidence comes.
fn prepare(html: &str, url: Option<&str>) -> Prepared {
    let Parsed { page, is_cut } = guard::parse(html);
    let facts = page_facts(&page, url);
    let blocks = blocks::read(&page);
    let description = described(&page);
    remove_furniture(&page);
    let readability = main_text(page);
    let stated = facts.article_body.as_deref().unwrap_or_default();
    let evidence = Evidence {
        readability: Shingles::of(readability.iter().map(String::as_str)),
        stated: Shingles::of(stated.lines()),
        description: Shingles::of([&*description]),
        title: facts.title.as_ref().map(|title| folded_words(&title.text)).unwrap_or_default(),
    };
    Prepared { blocks, evidence, facts, is_cut }
}

/// What the head of a page says that the article is about.
fn described(page: &Document) -> String {
    let metas = page.select("meta[name=description], meta[property='og:description']");
    let texts: Vec<_> = metas.iter().filter_map(|meta| meta.attr("content")).collect();
    texts.iter().map(|text| &**text).collect::<Vec<_>>().join("\n")
}

/// Finds the story in a page. `url` is the page's address where the source states it.
///
/// The body is empty where nothing on the page reads like an article.
pub fn clean_html(html: &str, url: Option<&str>, template: &Template) -> Cleaned {
    let Prepared { blocks, evidence, facts, is_cut } = prepare(html, url);
    let chances = Model::SHIPPED.chances(&blocks, &evidence);
    let reasons = judge::judge(&blocks, &chances, &evidence.title, template);
    let mut body: Vec<&str> = Vec::new();
    let mut removed = Vec::new();
    for (block, reason) in blocks.blocks.iter().zip(reasons) {
        match reason {
            None => body.push(&block.text),
            Some(reason) => removed.push(Removed { reason, text: block.text.clone() }),
        }
    }
    let body = body.join("\n");
    let warnings = is_cut.then_some(ArticleWarning::Truncated).into_iter().collect();
    Cleaned {
        title: facts.title,
        body,
        tag: facts.tag,
        published: facts.published,
        url: facts.url,
        language: facts.language,
        publisher: facts.publisher,
        author: facts.author,
        removed,
        warnings,
        ..Cleaned::default()
    }
}

/// All the text that a page shows, furniture included, with what the page says of itself.
pub fn visible_text(html: &str) -> Cleaned {
    let Parsed { page, is_cut } = guard::parse(html);
    let PageFacts { title, tag, published, url, language, publisher, author, .. } =
        page_facts(&page, None);
    page.select("head, script, style, noscript, template").remove();
    let body = lines_of(&page.formatted_text()).join("\n");
    let warnings = is_cut.then_some(ArticleWarning::Truncated).into_iter().collect();
    Cleaned {
        title,
        body,
        tag,
        published,
        url,
        language,
        publisher,
        author,
        warnings,
        ..Cleaned::default()
    }
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
                 <h2>What next</h2><p>{PROSE}</p><p>Read more: Ferry sold</p><p>{PROSE}</p>\
                 <p>Subscribe to our newsletter</p></article>\
                 <div id=comments><p>{PROSE} So much for that.</p></div>"
            )),
            Some("https://dailygull.example/a/1"),
            &Template::default(),
        );
        assert_eq!(cleaned.body, [PROSE, "What next", PROSE, PROSE].join("\n"));
        let title = cleaned.title.expect("the page has a headline");
        assert_eq!((&*title.text, title.source), ("Port closed after storm", TitleSource::Heading));
        let published = cleaned.published.expect("the page has a date");
        assert_eq!(published.when.to_string(), "2018-05-04T10:00:00Z");
        let removed: Vec<(&str, &str)> =
            cleaned.removed.iter().map(|piece| (piece.reason, &*piece.text)).collect();
        assert_eq!(
            removed,
            [("appeal", "Read more: Ferry sold"), ("appeal", "Subscribe to our newsletter")]
        );
    }

    #[test]
    fn structured_data_stands_in_for_a_page_without_paragraphs() {
        let script = format!(
            "<script type=application/ld+json>{{\"@type\": \"NewsArticle\", \
             \"articleBody\": \"{PROSE}\\n\\n{PROSE}\"}}</script><div id=app></div>"
        );
        assert_eq!(
            clean_html(&page(&script), None, &Template::default()).body,
            [PROSE, PROSE].join("\n")
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
        let deep = format!("{}<p>{PROSE}<p>{PROSE}", "<div>".repeat(200_000));
        assert_eq!(clean_html(&deep, None, &Template::default()).body, [PROSE, PROSE].join("\n"));
        let cut = page(&format!("<article><p>{PROSE}</p><p>{PROSE}</p><p class=\"more"));
        assert_eq!(clean_html(&cut, None, &Template::default()).body, [PROSE, PROSE].join("\n"));
        for hostile in [
            "<ins><a>".repeat(50_000),
            "<b x=1><i y=2>".repeat(20_000) + &"<p>x".repeat(20_000),
            "<br>".repeat(100_000),
            "<table><tr><td>".repeat(20_000),
            "<!--".repeat(50_000),
            "</p>".repeat(50_000),
        ] {
            let _ = clean_html(&hostile, Some("not an address"), &Template::default());
        }
    }
}
