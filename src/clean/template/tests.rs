//! 1. What many pages of a site hold is template, what few hold is not; sites do not mix.
//! 2. The sample depends neither on the order of documents nor on how often they are shown.
//! 3. Memory is bounded, for a site and for all. 4. A template survives storing.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::line::{fingerprint, is_long};
use super::*;

const BUDGET: usize = 1 << 20;

fn key(number: usize) -> u64 {
    u64::try_from(number).expect("a small number")
}

/// What is learned from `pages` of one site.
fn learn(pages: &[&str]) -> Template {
    let mut learner = Learner::new(BUDGET);
    for (number, page) in pages.iter().enumerate() {
        learner.observe("gull", key(number), &text_lines(page));
    }
    learner.learn().of(Some("gull")).clone()
}

#[test]
fn a_line_on_three_pages_is_template_and_one_on_two_is_not() {
    let template = learn(&[
        "Home\nPort closed\nBoat show\n12 comments",
        "Home\nFerry sold\nBoat show\n3 COMMENTS",
        "Home\nWhale seen\n4,000 comments!",
    ]);
    for (line, meant) in [
        ("Home", true),
        ("» HOME", true),
        ("1 comments", true),
        ("Boat show", false),
        ("Whale seen", false),
        ("Homes", false),
    ] {
        assert_eq!(template.repeats(line), meant, "for `{line}`");
    }
    assert_eq!(template.len(), 2);
}

#[test]
fn a_long_line_must_be_on_four_pages() {
    let long = "The harbour office may use all that is sent to it ".repeat(3);
    assert!(fingerprint(&long).is_some_and(is_long));
    let pages: Vec<String> =
        (0..4).map(|n| format!("{long}\nPage {}", ["a", "b", "c", "d"][n])).collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    assert!(!learn(&pages[..3]).repeats(&long));
    assert!(learn(&pages).repeats(&long));
}

#[test]
fn a_page_that_was_saved_twice_counts_once() {
    assert!(learn(&["Port closed\nShips wait"; 9]).is_empty());
}

#[test]
fn sites_do_not_mix() {
    let mut learner = Learner::new(BUDGET);
    for number in 0..4 {
        let page = format!("Staff reporter\nPage {}", ["a", "b", "c", "d"][number]);
        learner.observe("gull", key(number), &text_lines(&page));
        learner.pass("tern");
    }
    let templates = learner.learn();
    assert!(templates.of(Some("gull")).repeats("Staff reporter"));
    assert!(!templates.of(Some("tern")).repeats("Staff reporter"));
    assert!(!templates.of(None).repeats("Staff reporter"));
    assert_eq!((templates.len(), learner.documents("tern"), learner.documents("owl")), (1, 4, 0));
}

#[test]
fn fingerprints_disregard_case_digits_and_punctuation() {
    for (one, other) in [
        ("Read more: port", "READ MORE  port…"),
        ("Page 1 of 20", "page 300 of 4"),
        ("Ｎｅｗｓ", "news"),
        ("ΝΈΑ 5", "νέα 17"),
        ("| Home |", "Home"),
    ] {
        assert_eq!(fingerprint(one), fingerprint(other), "for `{one}` and `{other}`");
        assert!(fingerprint(one).is_some());
    }
    assert_ne!(fingerprint("Port closed"), fingerprint("Port opened"));
    assert_ne!(fingerprint("Page"), fingerprint("Page 1"));
    for none in ["", "66", "— * —", &"long ".repeat(500)] {
        assert_eq!(fingerprint(none), None, "for `{none}`");
    }
}

#[test]
fn pages_with_markup_have_the_lines_that_they_show() {
    let html =
        "<head><title>No</title></head><div>Home <b>page</b></div><script>x</script><p>One<br>Two";
    assert_eq!(html_lines(html), text_lines("Home page\nOne\nTwo"));
}

#[test]
fn samples_are_halved_when_the_budget_is_exceeded() {
    let mut learner = Learner::new(100);
    for number in 0..40 {
        let lines: Vec<u64> = (0..10).collect();
        learner.observe("gull", key(number), &[&lines[..], &[1_000 + key(number)]].concat());
    }
    assert_eq!(learner.documents("gull"), 40);
    assert!(!learner.learn().is_empty());
    let mut tiny = Learner::new(0);
    tiny.observe("gull", 1, &[1, 2, 3]);
    assert!(!tiny.wants("gull", 2) && !tiny.wants("tern", 2));
    assert!(tiny.learn().is_empty());
}

#[test]
fn templates_are_stored_as_sorted_numbers() {
    let template: Template = serde_json::from_str("[3,1,2,3]").expect("numbers");
    assert_eq!(serde_json::to_string(&template).expect("numbers"), "[1,2,3]");
}

/// Documents of one site, by key: most of them share lines with others.
fn any_documents() -> impl Strategy<Value = Vec<(u64, Vec<u64>)>> {
    proptest::collection::vec((0..600_u64, proptest::collection::vec(0..40_u64, 0..8)), 0..700)
        .prop_map(|documents| {
            let mut keys = BTreeSet::new();
            documents.into_iter().filter(|(key, _)| keys.insert(*key)).collect()
        })
}

fn learn_all(documents: &[(u64, Vec<u64>)]) -> Templates {
    let mut learner = Learner::new(BUDGET);
    for (key, lines) in documents {
        learner.observe("gull", *key, lines);
    }
    learner.learn()
}

proptest! {
    #[test]
    fn order_and_repetition_do_not_matter(documents in any_documents(), seed: u64) {
        let learned = learn_all(&documents);
        let mut other = documents.clone();
        other.sort_by_key(|(key, _)| key.wrapping_mul(seed | 1));
        prop_assert_eq!(&learn_all(&other), &learned);
        let twice = [documents, other].concat();
        prop_assert_eq!(&learn_all(&twice), &learned);
    }

    #[test]
    fn what_is_not_wanted_changes_nothing(documents in any_documents()) {
        let mut asked = Learner::new(BUDGET);
        for (key, lines) in &documents {
            if asked.wants("gull", *key) {
                asked.observe("gull", *key, lines);
            } else {
                asked.pass("gull");
            }
        }
        prop_assert_eq!(asked.learn(), learn_all(&documents));
        prop_assert_eq!(asked.documents("gull"), key(documents.len()));
    }

    #[test]
    fn a_template_survives_storing(lines: Vec<u64>) {
        let template = Template::from(lines);
        let stored = serde_json::to_string(&template).expect("numbers");
        prop_assert_eq!(serde_json::from_str::<Template>(&stored).expect("numbers"), template);
    }
}
