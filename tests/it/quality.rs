//! What is made of pages is as good as it was: figures below which no change may fall. They are
//! those of `docs/evaluation.md`, less what one page more or less makes of them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use dateline::evaluate::ranking::Measure;
use serde_json::Value;

use crate::gold::topics::{Judged, Topics};
use crate::gold::{Addresses, Set, extract, pages, regions, scores, scrapes, shared};
use crate::sandbox::{Sandbox, parsed, text};

const BINARY: &str = env!("CARGO_BIN_EXE_dateline");

/// The shared data; where it is not there, the test says that it is skipped.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn shared_or_skipped() -> Option<PathBuf> {
    let shared = shared();
    if shared.is_none() {
        eprintln!("skipped: no shared data");
    }
    shared
}

#[track_caller]
fn at_least(name: &str, figure: f64, recorded: f64) {
    assert!(figure >= recorded, "{name} fell to {figure:.4}, recorded was {recorded:.4}");
}

#[test]
fn main_texts_titles_and_dates_are_as_good_as_recorded() {
    let Some(shared) = shared_or_skipped() else { return };
    let set = pages(&shared, Addresses::Told);
    let scores = scores(&set, &extract::<&str>(BINARY, &[], &set), |_| true);
    at_least("F1 of main texts", scores.text.f1, 0.958);
    at_least("titles", scores.title.exact, 0.96);
    at_least("dates", scores.date.accuracy, 0.97);
    at_least("dates given", scores.date.precision, 0.985);
    at_least("pages above one half", 1.0 - scores.text.below_half, 0.985);
}

#[test]
fn text_scrapes_are_cleaned_as_well_as_recorded() {
    let Some(shared) = shared_or_skipped() else { return };
    let set = scrapes(&shared);
    let scores = scores(&set, &extract::<&str>(BINARY, &[], &set), |_| true);
    at_least("F1 of text scrapes", scores.text.f1, 0.926);
}

#[test]
fn countries_are_found_as_well_as_recorded() {
    let Some(shared) = shared_or_skipped() else { return };
    let geovirus = regions::geovirus(&shared);
    let score = regions::score_of_program(BINARY, &[], &geovirus);
    at_least("F1 of countries named", score.countries.f1(), 0.96);
    at_least("the country named most", score.foremost(), 0.94);
    let reuters = regions::reuters(BINARY, &shared);
    assert!(reuters.articles.len() > 4_400, "{} articles", reuters.articles.len());
    let score = regions::score_of_program(BINARY, &[], &reuters);
    at_least("F1 of countries written about", score.countries.f1(), 0.93);
    at_least("the country written about most", score.foremost(), 0.98);
    let with = regions::score_as_local(BINARY, &[], &reuters);
    let without = regions::score_as_local(BINARY, &["--no-learn"], &reuters);
    at_least("what homes are worth", with.foremost() - without.foremost(), 0.02);
}

#[test]
fn judged_questions_are_answered_as_well_as_recorded() {
    let Some(shared) = shared_or_skipped() else { return };
    let judged = Judged::index(BINARY, &shared);
    for (topics, recorded) in [
        (Topics::Subject, [0.775, 0.622, 0.648, 0.798, 0.900]),
        (Topics::SubjectAndRegion, [0.630, 0.574, 0.340, 0.920, 0.776]),
        (Topics::Name, [0.855, 0.808, 0.568, 0.890, 0.915]),
    ] {
        let scores = judged.scores(topics).mean;
        for (measure, (score, recorded)) in Measure::ALL.iter().zip(scores.iter().zip(recorded)) {
            at_least(&format!("{} of {}", measure.name(), topics.name()), *score, recorded);
        }
    }
}

/// What sites ask of their readers, and the words that say it in a page's known text.
const ASKED: &[(&str, &[&str])] = &[
    ("subscribe", &["subscri"]),
    ("subscribed", &["subscri"]),
    ("cookie", &["cookie"]),
    ("cookies", &["cookie"]),
    ("newsletter", &["newsletter"]),
    ("newsletters", &["newsletter"]),
    ("\"sign up\"", &["sign up", "signed up", "signs up", "signing up"]),
    ("donate", &["donat"]),
    ("\"privacy policy\"", &["privacy polic"]),
];

/// The pages of `set` that a search for what sites ask finds, although nothing of the kind stands
/// in the text that is known to be theirs.
fn found_by_furniture(set: &Set) -> BTreeSet<String> {
    let sandbox = Sandbox::new();
    sandbox.index(set.input.to_str().expect("UTF-8"));
    let mut found = BTreeSet::new();
    for (query, said_as) in ASKED {
        let said =
            sandbox.run(["search", "--copies", "show", "-n", "1000", "--format", "jsonl", *query]);
        assert!(matches!(said.code, Some(0 | 1)), "`{query}` said\n{}", said.err);
        for hit in said.out.lines().map(parsed) {
            let page = set.pages.iter().find(|page| is_of(&hit, &page.id));
            let page = page.unwrap_or_else(|| panic!("a page of the set: {hit}"));
            // What a page is about is not known of each.
            let Some(known) = &page.gold.text else { continue };
            let known = known.to_lowercase();
            if !said_as.iter().any(|words| known.contains(words)) {
                found.insert(page.id.clone());
            }
        }
    }
    found
}

/// Whether a hit is the page of this id.
fn is_of(hit: &Value, id: &str) -> bool {
    hit["source_id"] == *id || text(&hit["path"]).contains(&format!("/{id}."))
}

#[test]
fn what_sites_ask_of_their_readers_finds_what_is_told_of_it_alone() {
    let Some(shared) = shared_or_skipped() else { return };
    // A report that subscribers were shown, which the known text has lost.
    let found = found_by_furniture(&pages(&shared, Addresses::Untold));
    assert!(found.len() <= 1, "pages found by their furniture: {found:?}");
    // The same; three more sentences that are told in the story, or in the next one on the page;
    // an advertisement in the form of an article; and two that are wrong: a form for comments that
    // is one paragraph, and an editor's praise of his magazine.
    let found = found_by_furniture(&scrapes(&shared));
    assert!(found.len() <= 7, "scrapes found by their furniture: {found:?}");
}
