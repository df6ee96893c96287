//! The story in a page with markup.
//!
//! The page is parsed once; [`page_facts`] reads the tree and `dom_smoothie`, a port of Mozilla's
//! Readability, then finds the article in it. What it returns still holds captions, "Read more"
//! and related headlines, which the line step takes out. Where it returns too little, all
//! paragraphs of the page are tried, then the text that the page's JSON-LD gives.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};

use super::guard::{self, Parsed};
use super::lines::{Kind, judge};
use super::words::count_words;
use super::{Cleaned, Template};
use crate::article::{ArticleWarning, Removed};
use crate::metadata::{PageFacts, folded_words, one_line, page_facts};

/// Characters below which the main text is doubted.
const FEWEST_CHARACTERS: usize = 250;

/// Part of the words in the page's paragraphs below which the main text is doubted, in percent.
const LEAST_SHARE: usize = 20;

/// Part of the words in sentences that the line step must leave, in percent. Readability has chosen
/// before, so a page that would lose more is of another kind than the line step knows: a list of
/// best books, a live ticker. Such a page loses its captions and appeals only.
const LEAST_KEPT: usize = 80;

/// Finds the story in a page. `url` is the page's address where the source states it.
///
/// The body is empty where nothing on the page reads like an article.
pub fn clean_html(html: &str, url: Option<&str>, _template: &Template) -> Cleaned {
    let Parsed { page, is_cut } = guard::parse(html);
    let facts = page_facts(&page, url);
    remove_furniture(&page);
    let paragraphs = paragraph_texts(&page);
    let main = main_text(page);
    let lines = choose(main, paragraphs, facts.article_body.as_deref());
    let mut cleaned = finish(lines, facts);
    cleaned.warnings.extend(is_cut.then_some(ArticleWarning::Truncated));
    cleaned
}

/// All the text that a page shows, furniture included, with what the page says of itself.
pub fn visible_text(html: &str) -> Cleaned {
    let Parsed { page, is_cut } = guard::parse(html);
    let PageFacts {
        title,
        description,
        keywords,
        tag,
        section,
        published,
        url,
        language,
        publisher,
        author,
        ..
    } = page_facts(&page, None);
    page.select("head, script, style, noscript, template").remove();
    let body = lines_of(&page.formatted_text()).join("\n");
    let warnings = is_cut.then_some(ArticleWarning::Truncated).into_iter().collect();
    Cleaned {
        title,
        body,
        description,
        keywords,
        tag,
        section,
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

/// The texts of all `<p>`, in the order of the page.
fn paragraph_texts(page: &Document) -> Vec<String> {
    let root = page.root();
    let paragraphs = root.descendants_it().filter(|node| node.has_name("p"));
    paragraphs.map(|node: NodeRef| one_line(&node.text())).filter(|text| !text.is_empty()).collect()
}

/// The best of the three texts: Readability's unless it is short and another has much more.
fn choose(main: Vec<String>, paragraphs: Vec<String>, structured: Option<&str>) -> Vec<String> {
    let all = sentence_words(&paragraphs);
    let found = sentence_words(&main);
    let characters: usize = main.iter().map(|line| line.chars().count()).sum();
    let enough = characters >= FEWEST_CHARACTERS && found * 100 >= all * LEAST_SHARE;
    if enough {
        return main;
    }
    let structured = structured.map(lines_of).unwrap_or_default();
    let mut best = main;
    // `max_by_key` would take the last of equals; the earlier text is the better one.
    for other in [paragraphs, structured] {
        if sentence_words(&other) > sentence_words(&best) {
            best = other;
        }
    }
    best
}

/// Words in the paragraphs and sentences of `lines`.
fn sentence_words(lines: &[String]) -> usize {
    let sentences =
        lines.iter().filter(|line| matches!(Kind::of(line), Kind::Prose(_) | Kind::Sentence));
    sentences.map(|line| count_words(line)).sum()
}

/// Takes the furniture out of `lines` and puts the story together with the page's facts.
fn finish(mut lines: Vec<String>, facts: PageFacts) -> Cleaned {
    let mut removed = Vec::new();
    if let (Some(title), Some(first)) = (&facts.title, lines.first())
        && folded_words(&title.text) == folded_words(first)
    {
        removed.push(Removed { reason: "headline", text: lines.remove(0) });
    }
    let mut verdict = judge(&lines);
    let (kept, all) = verdict.sentence_words(&lines);
    if verdict.story.is_empty() {
        verdict.drop_all();
    } else if kept * 100 < all * LEAST_KEPT {
        verdict.keep_sides();
    }
    let mut body: Vec<&str> = Vec::with_capacity(lines.len());
    for (line, reason) in lines.iter().zip(&verdict.reasons) {
        match reason {
            None => body.push(line),
            Some(reason) => removed.push(Removed { reason, text: line.clone() }),
        }
    }
    let body = body.join("\n");
    Cleaned {
        title: facts.title,
        body,
        description: facts.description,
        keywords: facts.keywords,
        tag: facts.tag,
        section: facts.section,
        published: facts.published,
        url: facts.url,
        language: facts.language,
        publisher: facts.publisher,
        author: facts.author,
        wire: facts.wire,
        removed,
        ..Cleaned::default()
    }
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
