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
use super::{Cleaned, Removed};
use crate::article::ArticleWarning;
use crate::metadata::{PageFacts, folded_words, one_line, page_facts};

/// Characters below which the main text is doubted.
const FEWEST_CHARACTERS: usize = 250;

/// Part of the words in the page's paragraphs below which the main text is doubted, in percent.
const LEAST_SHARE: usize = 20;

/// Finds the story in a page. `url` is the page's address where the source states it.
///
/// The body is empty where nothing on the page reads like an article.
pub fn clean_html(html: &str, url: Option<&str>) -> Cleaned {
    let Parsed { page, is_cut } = guard::parse(html);
    let facts = page_facts(&page, url);
    remove_captions(&page);
    let paragraphs = paragraph_texts(&page);
    let main = main_text(page);
    let lines = choose(main, paragraphs, facts.article_body.as_deref());
    let mut cleaned = finish(lines, facts);
    cleaned.warnings.extend(is_cut.then_some(ArticleWarning::Truncated));
    cleaned
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

/// Takes captions out of the tree, where markup tells them apart for certain.
fn remove_captions(page: &Document) {
    page.select("figcaption, nav, button, template").remove();
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
    let verdict = judge(&lines);
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
        tag: facts.tag,
        published: facts.published,
        url: facts.url,
        language: facts.language,
        publisher: facts.publisher,
        author: facts.author,
        warnings: Vec::new(),
        removed,
    }
}
