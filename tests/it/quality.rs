//! What is made of pages is as good as it was: figures below which no change may fall. They are
//! those of `docs/evaluation.md`, less what one page more or less makes of them.

use crate::gold::{Addresses, extract, pages, scores, scrapes, shared};

const BINARY: &str = env!("CARGO_BIN_EXE_dateline");

#[track_caller]
fn at_least(name: &str, figure: f64, recorded: f64) {
    assert!(figure >= recorded, "{name} fell to {figure:.4}, recorded was {recorded:.4}");
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn main_texts_titles_and_dates_are_as_good_as_recorded() {
    let Some(shared) = shared() else {
        eprintln!("skipped: no shared data");
        return;
    };
    let set = pages(&shared, Addresses::Told);
    let scores = scores(&set, &extract::<&str>(BINARY, &[], &set), |_| true);
    at_least("F1 of main texts", scores.text.f1, 0.958);
    at_least("titles", scores.title.exact, 0.96);
    at_least("dates", scores.date.accuracy, 0.97);
    at_least("dates given", scores.date.precision, 0.985);
    at_least("pages above one half", 1.0 - scores.text.below_half, 0.985);
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn text_scrapes_are_cleaned_as_well_as_recorded() {
    let Some(shared) = shared() else {
        eprintln!("skipped: no shared data");
        return;
    };
    let set = scrapes(&shared);
    let scores = scores(&set, &extract::<&str>(BINARY, &[], &set), |_| true);
    at_least("F1 of text scrapes", scores.text.f1, 0.922);
}
