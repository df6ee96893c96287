//! Dates of real pages: how many are right, whether they are as sure as they say, and whether pages
//! without a date stay undated. `cargo test --test it dates -- --nocapture` prints the tables.
//!
//! 1. Of the expected days at least 98 in 100 are found, and of the dates given 98.5 are right.
//! 2. Of the dates said to be n % sure, at least about n % are right, whatever evidence a page has.
//! 3. From a page without dates fewer than one in a hundred is made.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::sync::LazyLock;

use dateline::article::{Article, Locator, Sha256};
use dateline::clean;
use dateline::extract::{Recipe, extract};
use dateline::source::{Content, Declared, Media, RawDocument};
use dom_query::Document;
use regex::Regex;
use serde_json::Value;

use crate::gold::shared;

/// A page and the days that are right for it.
struct Page {
    html: String,
    url: Option<String>,
    days: Vec<String>,
}

/// The labelled pages, where they are.
fn pages() -> Option<Vec<Page>> {
    let folder: PathBuf = shared()?.join("pages");
    let gold = fs::read_to_string(folder.join("pages.jsonl")).expect("the labels");
    let page = |line: &str| {
        let label: Value = serde_json::from_str(line).expect("a label");
        let text = |name: &str| label[name].as_str().map(str::to_owned);
        let file = fs::read(folder.join(text("html").expect("a path"))).expect("the page");
        let mut bytes = Vec::new();
        flate2::read::MultiGzDecoder::new(&*file).read_to_end(&mut bytes).expect("gzip");
        let others = label["date_alt"].as_array().cloned().unwrap_or_default();
        let others = others.iter().filter_map(Value::as_str).map(str::to_owned);
        Page {
            html: clean::decode(&bytes, Media::Html, None).text,
            url: text("url"),
            days: text("date").into_iter().chain(others).collect(),
        }
    };
    Some(gold.lines().map(page).collect())
}

fn article(html: String, url: Option<String>) -> Option<Article> {
    let locator = Locator {
        source: "page".to_owned(),
        member: String::new(),
        record: 0,
        offset: 0,
        sha256: Sha256::of(b""),
        modified: None,
    };
    let raw = RawDocument {
        locator,
        source_id: None,
        media: Media::Html,
        content: Content::Decoded(html),
        charset: None,
        declared: Declared { url, ..Declared::default() },
        warnings: Vec::new(),
    };
    extract(raw, &Recipe::default()).ok()
}

/// `html` without the elements that `selector` selects.
fn without(html: &str, selector: &str) -> String {
    let page = Document::from(html);
    page.select(selector).remove();
    page.html().to_string()
}

/// Right, given, and the sum of the confidences stated.
type Tally = (u32, u32, u32);

fn share(right: u32, given: u32) -> f64 {
    f64::from(right) / f64::from(given.max(1))
}

/// What is taken from the pages. Pages with less evidence stand for sites that state less: most sure
/// dates of whole pages rest on JSON-LD, and would say nothing of the rest.
const LESS: &[(&str, &str)] = &[
    ("all", "no-such-element"),
    ("no JSON-LD", "script[type*=ld]"),
    ("nothing for machines", "script, meta, link"),
];

#[test]
#[expect(clippy::print_stderr, reason = "tables are printed, and a skipped test says so")]
fn dates_are_right_and_as_sure_as_they_say() {
    let Some(pages) = pages() else {
        eprintln!("skipped: no shared data");
        return;
    };
    let mut by_source: BTreeMap<(&str, u8), Tally> = BTreeMap::new();
    let mut by_band: BTreeMap<u8, Tally> = BTreeMap::new();
    for (name, selector) in LESS {
        let (mut right, mut given, mut expected) = (0, 0, 0);
        for page in pages.iter().filter(|page| !page.days.is_empty()) {
            let is_whole = *name == "all";
            let url = page.url.clone().filter(|_| is_whole);
            let found = article(without(&page.html, selector), url);
            expected += 1;
            let Some(date) = found.and_then(|article| article.published) else { continue };
            let is_right = u32::from(page.days.contains(&date.when.first_day().to_string()));
            given += 1;
            right += is_right;
            let cells = [
                by_source.entry((date.source.name(), date.confidence)).or_default(),
                by_band.entry(date.confidence / 5 * 5).or_default(),
            ];
            for cell in cells {
                *cell = (cell.0 + is_right, cell.1 + 1, cell.2 + u32::from(date.confidence));
            }
        }
        let (accuracy, precision) = (share(right, expected), share(right, given));
        eprintln!("{name}: {accuracy:.3} of {expected} right, {precision:.3} of {given} given");
        if *name == "all" {
            // Pages that give no article have no date either.
            assert!(accuracy >= 0.975 && precision >= 0.985, "{accuracy} {precision}");
        }
    }
    for ((source, confidence), (right, given, _)) in &by_source {
        eprintln!("{source:14} {confidence:3} % sure: {right:4} of {given:4} right");
    }
    for (band, (right, given, sum)) in &by_band {
        let (is, said) = (share(*right, *given), share(*sum, *given) / 100.0);
        eprintln!("{band:3} % and more: said {said:.3}, is {is:.3} of {given}");
        // Two standard errors, and no less than half a page.
        let error = (said * (1.0 - said) / f64::from(*given)).sqrt();
        assert!(is >= said - 2.0 * error - 0.005, "{band} %: said {said}, is {is}");
    }
}

/// What may be a date or part of one, in any of the usual notations. Not the parser's own idea of
/// it, so that both cannot err in the same way.
static DATES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(19|20)\d\d|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{8,}|[\d年月日]*[年月日년월일]|[٠-٩۰-۹]{2,}|1[34]\d\d|25[5-7]\d")
        .expect("a pattern")
});

/// `html` without anything that could date it.
fn undated(html: &str) -> String {
    let page = Document::from(html);
    page.select("meta, link, time, script, noscript, style").remove();
    for node in page.root().descendants() {
        if node.is_text() {
            let text = node.text();
            if DATES.is_match(&text) {
                node.set_text(DATES.replace_all(&text, " ").into_owned());
            }
        } else if node.is_element() {
            for attribute in node.attrs() {
                if DATES.is_match(&attribute.value) {
                    node.remove_attr(&attribute.name.local);
                }
            }
        } else if node.parent().is_some_and(|parent| parent.is_element()) {
            // Comments.
            node.remove_from_parent();
        }
    }
    page.html().to_string()
}

#[test]
#[expect(clippy::print_stderr, reason = "what was made is printed, and a skipped test says so")]
fn pages_without_dates_stay_undated() {
    let Some(pages) = pages() else {
        eprintln!("skipped: no shared data");
        return;
    };
    let (mut made, mut all) = (0, 0);
    for page in &pages {
        let Some(found) = article(undated(&page.html), None) else { continue };
        all += 1;
        if let Some(date) = found.published {
            made += 1;
            eprintln!("made {} from {:?}", date.when, found.dates.first());
        }
    }
    eprintln!("made {made} dates for {all} pages without one");
    assert!(made * 100 < all, "{made} of {all}");
}
