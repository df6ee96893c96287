//! Corrects the names that the tagger found, each by itself: where they begin and end, which are
//! none, and what kind they are by their words.
//!
//! Acts, festivals, offices and nationalities are no names; a street is a place and a union a body,
//! whatever stands around them.

use std::ops::Range;

use super::evidence::Evidence;
use super::gazetteer::longest_match;
use super::lexicon::Roles;
use super::settle::known;
use super::tagger::Tagged;
use super::token::{Gap, Shape};
use super::words::Words;
use crate::article::EntityKind;

/// The names of a text, corrected.
pub(super) fn corrected(
    words: &Words<'_>,
    evidence: &[Evidence],
    found: Vec<Tagged>,
) -> Vec<Tagged> {
    let trimmed = found.into_iter().map(|it| trimmed(words, it));
    let mut found: Vec<Tagged> = trimmed.flat_map(|it| cut(words, &it)).collect();
    extend(words, &mut found);
    found.retain(|it| !is_thing(words, &it.words) && !is_office(words, it));
    for tagged in &mut found {
        tagged.kind = recast(words, evidence, tagged);
    }
    agree_in_lists(words, &mut found);
    found
}

/// In a list of three or more (`Odesa, Chornomorsk and Pivdennyi`) a word of which nothing is known
/// is a place if those beside it are.
fn agree_in_lists(words: &Words<'_>, found: &mut [Tagged]) {
    let beside = |a: &Tagged, b: &Tagged| {
        let between = a.words.end..b.words.start;
        match between.len() {
            0 => words.tokens[b.words.start].gap == Gap::Comma,
            1 => matches!(&*words.tokens[between.start].key, "and" | "or"),
            _ => false,
        }
    };
    for at in 0..found.len().saturating_sub(2) {
        let [a, b, c] = &found[at..at + 3] else { continue };
        if !beside(a, b) || !beside(b, c) {
            continue;
        }
        let places = [a, b, c].map(|it| it.kind == EntityKind::Place);
        let odd = match places {
            [false, true, true] => at,
            [true, false, true] => at + 1,
            [true, true, false] => at + 2,
            _ => continue,
        };
        let word = found[odd].words.start;
        if found[odd].words.len() == 1
            && words.tokens[word].shape == Shape::Capital
            && !words.is(word, Roles::FAMILY.or(Roles::GIVEN))
            && known(words, &found[odd].words).is_none()
        {
            found[odd].kind = EntityKind::Place;
        }
    }
}

/// The name without a word that has its capital from the start of the sentence: `Yesterday Ann`.
fn trimmed(words: &Words<'_>, Tagged { words: range, kind }: Tagged) -> Tagged {
    let start = range.start;
    let trims = range.len() > 1
        && words.tokens[start].starts
        && words.tokens[start + 1].is_capital()
        && words.is(start, Roles::STOP)
        && !words.is(start, Roles::GIVEN.or(Roles::PARTICLE))
        && known(words, &range).is_none();
    let mut end = range.end;
    // `Armin Laschet von` der CDU.
    while end > start + 1 && joins(words, end - 1) {
        end -= 1;
    }
    Tagged { words: start + usize::from(trims)..end, kind }
}

/// Whether the word joins others and ends no name.
fn joins(words: &Words<'_>, at: usize) -> bool {
    let token = &words.tokens[at];
    token.shape == Shape::Lower
        && token.gap == Gap::Space
        && words.is(at, Roles::PARTICLE.or(Roles::STOP))
}

/// Adds to names what the tagger leaves out of them: `Acme, Inc.`, the `Government of` Kenya, the
/// end of a known body (`Organization for Security and Cooperation` in Europe) and the first half of
/// a first name (`Kassym-Jomart`).
fn extend(words: &Words<'_>, found: &mut Vec<Tagged>) {
    let is_lone_suffix = |at: usize| {
        words.tokens[at].gap == Gap::Comma
            && words.is(at, Roles::COMPANY)
            && words.tokens[at].is_capital()
    };
    let mut before = 0;
    for tagged in found.iter_mut() {
        let Range { start, end } = tagged.words;
        let is_half = |at: usize| {
            words.tokens[at].gap == Gap::Hyphen && words.tokens[at - 1].shape == Shape::Capital
        };
        if tagged.kind == EntityKind::Person && start > before && is_half(start) {
            tagged.words.start = start - 1;
        }
        before = tagged.words.end;
        let is_body = tagged.kind == EntityKind::Organisation;
        if is_body && end < words.tokens.len() && is_lone_suffix(end) {
            tagged.words.end += 1;
        }
        if let Some(end) = end_of_known_body(words, start).filter(|known| *known > end) {
            *tagged = Tagged { words: start..end, kind: EntityKind::Organisation };
        }
        if tagged.kind == EntityKind::Place && of_government(words, start) {
            *tagged = Tagged { words: start - 2..end, kind: EntityKind::Organisation };
        }
    }
    let mut end = 0;
    found.retain(|it| {
        let apart = it.words.start >= end;
        end = end.max(it.words.end);
        apart
    });
}

/// Where the known body ends whose name begins at `start` and has a joint in it.
fn end_of_known_body(words: &Words<'_>, start: usize) -> Option<usize> {
    let (n, known) = longest_match(words, start, words.tokens.len())?;
    let is_joined = (start..start + n).any(|at| words.tokens[at].shape == Shape::Lower);
    (is_joined && known.organisation.is_some()).then_some(start + n)
}

/// Whether `Government of` stands before the word.
fn of_government(words: &Words<'_>, at: usize) -> bool {
    let Some(first) = at.checked_sub(2) else { return false };
    let [government, of] = [&words.tokens[first], &words.tokens[first + 1]];
    &*government.key == "government"
        && government.is_capital()
        && &*of.key == "of"
        && of.gap == Gap::Space
        && words.tokens[at].gap == Gap::Space
}

/// The two bodies of `Harbour Workers' Union and Brightmoor Ltd`, which the tagger takes for one.
fn cut(words: &Words<'_>, tagged: &Tagged) -> impl Iterator<Item = Tagged> + use<> {
    let (range, kind) = (tagged.words.clone(), tagged.kind);
    let company = words.is(range.end - 1, Roles::COMPANY);
    let joint = (range.start + 1..range.end - 1).find(|&at| {
        company
            && &*words.tokens[at].key == "and"
            && words.is(at - 1, Roles::COMPANY.or(Roles::BODY))
    });
    let parts = match joint {
        Some(at) => [Some(range.start..at), Some(at + 1..range.end)],
        None => [Some(range), None],
    };
    parts.into_iter().flatten().map(move |words| Tagged { words, kind })
}

/// Whether the words name no person, body or place: `Kalashnikov`, a lone `Ministry`, an act or
/// festival.
pub(super) fn is_thing(words: &Words<'_>, range: &Range<usize>) -> bool {
    const NOTHING: Roles =
        Roles::THING.or(Roles::CALENDAR).or(Roles::STOP).or(Roles::COMPASS).or(Roles::DEMONYM);
    if known(words, range).is_some() {
        return false;
    }
    if range.clone().all(|at| words.is(at, NOTHING) || is_number(words, at)) {
        return true;
    }
    let head = head(words, range);
    if range.len() == 1 && words.is(head, Roles::COMPANY) {
        return true;
    }
    if range.len() == 1 {
        return words.tokens[head].shape == Shape::Capital
            && words.is(head, Roles::BODY.or(Roles::SITE).or(Roles::ORDINARY))
            && !words.is(head, Roles::LONE_BODY.or(Roles::GIVEN).or(Roles::FAMILY));
    }
    words.is(head, Roles::EVENT) && !words.is(head, Roles::BODY.or(Roles::FAMILY))
}

/// Whether what was taken for a body is an office that someone holds, or what it is for: `Chief of
/// Staff`, Minister of `Arts and Heritage`, `Natural Resources` Minister.
fn is_office(words: &Words<'_>, Tagged { words: range, kind }: &Tagged) -> bool {
    const BODY: Roles = Roles::BODY.or(Roles::BODY_HEAD).or(Roles::COMPANY).or(Roles::LONE_BODY);
    let of = |at: usize| matches!(&*words.tokens[at].key, "of" | "for");
    let is_body = range.clone().any(|at| words.is(at, BODY)) || known(words, range).is_some();
    if *kind != EntityKind::Organisation || range.len() == 1 && is_upper(words, range.start) {
        return false;
    }
    let head = head(words, range);
    let holder = words.is(head, Roles::TITLE) && head + 1 < range.end && of(head + 1);
    let minister = |at: usize| MINISTERS.contains(&&*words.tokens[at].key);
    let after = range.start > 1 && of(range.start - 1) && minister(range.start - 2);
    let before = range.end < words.tokens.len() && words.tokens[range.end].gap == Gap::Space;
    holder && !words.is(head, Roles::BODY)
        || !is_body && (after || before && minister(range.end) && is_capital(words, range.end))
}

/// Whether the word is a number with letters: `GHS6.2billion`, `EY4106`.
fn is_number(words: &Words<'_>, at: usize) -> bool {
    let digits = words.tokens[at].key.bytes().filter(u8::is_ascii_digit).count();
    digits > 2 || digits > 0 && words.text[words.tokens[at].range.clone()].contains('.')
}

/// Those whose office is named after what it is for.
const MINISTERS: [&str; 6] =
    ["minister", "ministers", "secretary", "undersecretary", "commissioner", "spokesperson"];

fn is_upper(words: &Words<'_>, at: usize) -> bool {
    words.tokens[at].shape == Shape::Upper
}

fn is_capital(words: &Words<'_>, at: usize) -> bool {
    words.tokens[at].is_capital()
}

/// The word of a name that says what it is: the one before `of`, else the last.
fn head(words: &Words<'_>, range: &Range<usize>) -> usize {
    let is_joint = |at: &usize| matches!(&*words.tokens[*at].key, "of" | "for" | "on");
    let joint = (range.start + 1..range.end).find(is_joint);
    joint.unwrap_or(range.end) - 1
}

/// Ends of family names that hardly any other word has, folded.
const FAMILY_ENDS: [&str; 8] =
    ["ovic", "evic", "enko", "shvili", "adze", "oglu", "escu", "opoulos"];

/// Whether two words with capitals are the name of a person by the end of the second: `Bakir
/// Izetbegović`.
fn is_full_name(words: &Words<'_>, range: &Range<usize>) -> bool {
    let last = &words.tokens[range.end - 1];
    range.len() == 2
        && words.tokens[range.clone()].iter().all(|token| token.shape == Shape::Capital)
        && last.gap == Gap::Space
        && FAMILY_ENDS.iter().any(|end| last.key.len() > end.len() && last.key.ends_with(end))
        && known(words, range).is_none()
}

/// Cue words for places that name bodies as often: `Manchester City`, `Penn State`.
const DOUBTFUL_SITES: [&str; 7] =
    ["city", "state", "county", "forest", "church", "hospital", "prison"];

/// Words that with `of` begin the names of places: `Cape of Good Hope`.
const NATURE: [&str; 9] =
    ["bay", "cape", "gulf", "horn", "isle", "sea", "strait", "straits", "valley"];

/// The kind of a name by its last word, where that tells, else as the tagger saw it.
fn recast(
    words: &Words<'_>,
    evidence: &[Evidence],
    Tagged { words: range, kind }: &Tagged,
) -> EntityKind {
    let last = range.end - 1;
    // Nobody tells the age of a body in this way: `Osmonova, 51, gave no reason`.
    let aged = evidence[words.word[last].id as usize].has(Evidence::AGED);
    if *kind == EntityKind::Organisation && aged && words.tokens[last].shape == Shape::Capital {
        return EntityKind::Person;
    }
    if *kind == EntityKind::Organisation && is_full_name(words, range) {
        return EntityKind::Person;
    }
    let is_joint = |at: usize| matches!(&*words.tokens[at].key, "of" | "for" | "and");
    let may_be_surname = *kind == EntityKind::Person && range.len() == 2;
    if range.len() == 1 || may_be_surname {
        return *kind;
    }
    let is_site = words.is(last, Roles::SITE)
        && !words.is(last, Roles::BODY)
        && !DOUBTFUL_SITES.contains(&&*words.tokens[last].key);
    let is_nature =
        NATURE.contains(&&*words.tokens[range.start].key) && head(words, range) == range.start;
    if is_nature || is_site && !range.clone().any(is_joint) {
        return EntityKind::Place;
    }
    let is_body = words.is(last, Roles::BODY.or(Roles::COMPANY)) && !words.is(last, Roles::FAMILY);
    if *kind == EntityKind::Person && is_body { EntityKind::Organisation } else { *kind }
}
