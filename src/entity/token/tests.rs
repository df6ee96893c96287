//! Where words begin and end, and what stands between them.

use super::*;

/// Checks the folded words of a text: `/` before a new sentence, `|` where no name can go
/// on, `-` for a hyphen, `&` for an
/// ampersand, `'` after a possessive.
#[track_caller]
fn check(text: &str, expected: &str) {
    let mut written = String::new();
    for token in tokens(text) {
        written.push_str(match token.gap {
            _ if token.starts => "/",
            Gap::Space => " ",
            Gap::Hyphen => "-",
            Gap::Ampersand => "&",
            Gap::Comma | Gap::Bracket | Gap::Break => "|",
        });
        written.push_str(&token.key);
        if token.possessive {
            written.push('\'');
        }
    }
    assert_eq!(written, expected, "for `{text}`");
}

#[test]
fn sentences_end_without_a_blank_too() {
    check("this weekend.On Sunday", "/this weekend/on sunday");
    check("ballot.'No choice'Observers came", "/ballot/no choice/observers came");
    check("He said: \"Go.\"Ann went", "/he said/go/ann went");
}

#[test]
fn a_full_stop_in_an_abbreviation_ends_nothing() {
    check("the U.S. and Mr. J. Orr", "/the us and mr j orr");
    check("at 3:00 p.m. today", "/at 3/00 pm today");
    check("Amazon.com paid 3.5", "/amazoncom paid 35");
}

#[test]
fn hyphens_join_and_prefixes_do_not_cut() {
    check("Kassym-Jomart", "/kassym-jomart");
    check("Co-operation in France-based firms", "/cooperation in france-based firms");
    check("war - peace", "/war|peace");
}

#[test]
fn an_ampersand_joins() {
    check("Quill & Ember or Q&E, & more", "/quill&ember or q&e|more");
}

#[test]
fn apostrophes_end_possessives_and_stay_in_names() {
    check("Kenya's O'Brien", "/kenya' o'brien");
    check("the workers’ N’Djamena", "/the workers' n'djamena");
    check("Côte d’Ivoire don't", "/cote d'ivoire don't");
}

#[test]
fn links_and_handles_are_passed_over() {
    check("see https://example.org/Some/Page and @someone now", "/see|and|now");
    check("write to ann@example.org today", "/write to|today");
}

#[test]
fn capitals_are_told_apart() {
    let shapes = |text| tokens(text).iter().map(|token| token.shape).collect::<Vec<_>>();
    assert_eq!(
        shapes("Almaty OSCE U.S. J. d'Ivoire word 42 選挙"),
        [
            Shape::Capital,
            Shape::Upper,
            Shape::Upper,
            Shape::Initial,
            Shape::Capital,
            Shape::Lower,
            Shape::Lower,
            Shape::Caseless
        ]
    );
}

#[test]
fn one_name_has_one_key() {
    assert_eq!(name_key("U.S."), name_key("us"));
    assert_eq!(name_key("Côte d’Ivoire"), name_key("cote d'ivoire"));
    assert_eq!(name_key("Guinea-Bissau"), name_key("GUINEA BISSAU"));
}

#[test]
fn text_cut_into_words_before_is_read_alike() {
    check("-LRB- OSCE -RRB- met", "|osce|met");
    check("the group al - Qaeda - a war", "/the group al-qaeda|a war");
}
