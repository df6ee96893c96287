//! What asks for too much is answered in bounds, and it is said what was cut. What is only long is
//! answered in full.

use std::fmt::Write as _;

use super::archive::Archive;
use super::*;

/// More words than a pattern stands for: `w0000x` to `w2999x`, a hundred an article. The first
/// articles have the first words once more.
fn archive() -> Archive {
    let mut bodies: Vec<String> = Vec::new();
    for article in 0..30 {
        let mut body = String::new();
        for word in 0..100 {
            write!(body, "w{:04}x ", 100 * article + word).expect("written");
        }
        bodies.push(body);
    }
    let again = bodies[..3].to_vec();
    bodies.extend(again);
    let texts: Vec<(&str, &str)> = bodies.iter().map(|body| ("", body.as_str())).collect();
    Archive::of(&texts)
}

#[test]
fn a_pattern_stands_for_the_words_in_most_articles() {
    let archive = archive();
    let cut = |clause: &str, of| Limit { clause: clause.to_owned(), used: 2_000, of: Some(of) };
    assert_eq!(archive.limits("w0??"), []);
    assert_eq!(archive.limits("*w*x"), [cut("*w*x", 3_000)]);
    assert_eq!(archive.limits("/.*[x]/ OR w0*x"), [cut("/.*[x]/", 3_000)]);
    // Those of the last ten articles are cut, and they are in one article each.
    assert_eq!(archive.found("*w*x"), (0..20).chain(30..33).collect::<Vec<_>>());
    assert_eq!(archive.found("*w*x w/0 *w*x"), archive.found("*w*x"));
    assert_eq!(archive.found("w2?*x").len(), 10);
}

#[test]
fn patterns_near_to_each_other_share_a_bound() {
    let archive = archive();
    let sides: Vec<String> = (1..=16).map(|n| format!("*w*{}", "*x".repeat(n))).collect();
    let limits = archive.limits(&sides.join(" w/90 "));
    // Stars in a row are one, so that all sides are the same pattern.
    assert_eq!(limits.len(), 1, "{limits:?}");
    let sides: Vec<String> = (0..16).map(|n| format!("/w.*{n}?x/")).collect();
    let limits = archive.limits(&sides.join(" w/90 "));
    assert!(limits.iter().all(|limit| limit.used <= 2_000), "{limits:?}");
    assert!(limits.iter().map(|limit| limit.used).sum::<u64>() <= 20_000, "{limits:?}");
    assert!(limits.iter().any(|limit| limit.used == 0), "{limits:?}");
}

#[test]
fn thousands_of_alternatives_are_asked_in_full() {
    let archive = archive();
    let words: Vec<String> = (0..9_000).map(|n| format!("w{n:04}x")).collect();
    let (all, most) = (words.join("|"), words[300..].join("|"));
    assert_eq!(archive.found(&all), (0..33).collect::<Vec<_>>());
    assert_eq!(archive.found(&most), (3..30).collect::<Vec<_>>());
    assert_eq!(archive.found(&format!("({all}) w0000x")), [0, 30]);
    assert_eq!(archive.found(&format!("NOT ({most})")), [0, 1, 2, 30, 31, 32]);
    assert_eq!(archive.found(&format!("({most}) w/0 w0299x")), [0_usize; 0]);
    assert_eq!(archive.found(&format!("({all}) w/0 w0000x")), [0, 30]);
    assert!(archive.limits(&all).is_empty() && read(&all).repairs.is_empty());
}

#[test]
fn thousands_of_words_must_all_be_there() {
    let archive = Archive::of(&[("", &long_text(1_000)), ("", &long_text(999)), ("", "w0000x")]);
    let words = long_text(1_000);
    assert_eq!(archive.found(&words), [0]);
    assert_eq!(archive.found(&long_text(999)), [0, 1]);
    assert_eq!(archive.found(&format!("{} -w0999x", long_text(500))), [1]);
    assert_eq!(archive.found(&format!("{words} nothing")), [0_usize; 0]);
}

fn long_text(n_words: usize) -> String {
    (0..n_words).map(|n| format!("w{n:04}x")).collect::<Vec<_>>().join(" ")
}

/// Many clauses are scored as a few are, but for what only adds to the score.
#[test]
fn many_clauses_add_up() {
    let archive = archive();
    let words: Vec<String> = (0..300).map(|n| format!("w{n:04}x")).collect();
    let ranked = archive.ranked(&words.join(" OR "));
    assert_eq!(ranked.len(), 6);
    for (number, score) in &ranked {
        let explained = archive.explained(&words.join(" OR "), *number).expect("a match");
        assert!((explained - score).abs() < 1e-3, "{explained} and {score}");
    }
}

#[test]
fn brackets_of_any_depth_are_answered() {
    let archive = Archive::of(&[("", "b c"), ("", "c")]);
    let nested = |n: usize| format!("{}b{}", "(c AND (b OR ".repeat(n), "))".repeat(n));
    assert_eq!(archive.found(&nested(31)), [0]);
    assert_eq!(archive.found(&format!("{}b{}", "(".repeat(64), ")".repeat(64))), [0]);
    let deep = read(&nested(100));
    assert!(deep.repairs.iter().any(|repair| repair.code == RepairCode::TooLong));
}
