//! The dateline at the head of a story: the place that it was sent from.
//!
//! ```text
//! KYIV, Nov. 18, 2022 (Reuters) - Talks ...
//! PALO ALTO, Calif. -- Shares ...
//! GENEVA/ROME (Xinhua) Officials ...
//! By ANN LEE\nOSLO (AP) - Rain ...
//! NEW DELHI: The minister ...
//! ```
//!
//! A place, what it lies in, a day and an agency, in this order; the last three may be missing. A
//! dash ends it, or a bracket with the agency, or, behind a place in capitals, a colon.

use std::ops::Range;

use crate::entity::token::{Gap, Shape, Token};
use crate::entity::{Roles, Words};

/// A dateline, in tokens of the body.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Dateline {
    /// The places that it names; more than one where reports were put together.
    pub(super) places: Vec<Range<usize>>,
    /// What the places lie in: the state or country behind the last of them.
    pub(super) within: Option<Range<usize>>,
    /// The first token of the story.
    pub(super) end: usize,
}

/// Words of a dateline, at most.
const LONGEST: usize = 14;

/// Words of a place in one, at most.
const LONGEST_PLACE: usize = 5;

/// Words of a byline above it, at most.
const LONGEST_BYLINE: usize = 10;

/// Letters of a place in capitals that a colon may follow, at least: `UN: ...` is none.
const SHORTEST_BEFORE_COLON: usize = 4;

/// What stands between the words of a dateline.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Mark {
    /// Blanks, or a hyphen within a name.
    Joined,
    /// A comma, a full stop or the like: another piece begins.
    Piece,
    /// A slash or `and`: another place begins.
    Place,
    /// A bracket is opened.
    Open,
    /// A bracket is closed, and the story may begin.
    Closed,
    /// A colon.
    Colon,
    /// A dash that is no hyphen.
    Dash,
    /// The end of the line.
    Line,
}

/// The dateline of `body`. Whether what stands there is a place, the caller knows: `is_place`.
pub(super) fn dateline(
    body: &Words<'_>,
    is_place: impl Fn(Range<usize>) -> bool,
) -> Option<Dateline> {
    let start = start(body);
    let (end, mark) = end(body, start)?;
    let mut pieces = pieces(body, start..end);
    let mut places = vec![pieces.first()?.clone()];
    pieces.remove(0);
    while let Some(next) = pieces.first().filter(|it| mark_before(body, it.start) == Mark::Place) {
        places.push(next.clone());
        pieces.remove(0);
    }
    if !places.iter().all(|place| is_name(body, place)) {
        return None;
    }
    let is_dated = pieces.iter().any(|piece| is_day(body, piece));
    let is_signed = pieces.iter().any(|piece| mark_before(body, piece.start) == Mark::Open);
    let within = pieces
        .into_iter()
        .next()
        .filter(|piece| matches!(mark_before(body, piece.start), Mark::Piece | Mark::Joined))
        .filter(|piece| !is_day(body, piece) && is_name(body, piece));
    let shouted = places.iter().all(|place| is_shouted(body, place));
    let known = || places.iter().all(|place| is_place(place.clone()));
    let is_one = match mark {
        Mark::Colon => shouted && known(),
        Mark::Line => (is_dated || is_signed) && known(),
        _ if shouted => is_dated || is_signed || within.is_some() || known(),
        _ => (is_dated || is_signed || within.is_some() || mark == Mark::Dash) && known(),
    };
    is_one.then_some(Dateline { places, within, end })
}

/// Where it may begin: at the first word, or below the name of the author.
fn start(body: &Words<'_>) -> usize {
    let tokens = &body.tokens;
    let is_byline = tokens.first().is_some_and(|first| first.key == "by");
    if !is_byline {
        return 0;
    }
    let below = tokens.iter().position(|token| token.line > 0).unwrap_or(0);
    // The agency may stand on a line of its own below the name.
    if below <= LONGEST_BYLINE { below } else { 0 }
}

/// The first word behind it, and the mark before that.
fn end(body: &Words<'_>, start: usize) -> Option<(usize, Mark)> {
    let mut in_brackets = false;
    for at in start + 1..=(start + LONGEST).min(body.tokens.len().checked_sub(1)?) {
        let mark = mark_before(body, at);
        match mark {
            Mark::Dash => return Some((at, mark)),
            Mark::Closed if in_brackets && body.tokens[at].is_capital() => return Some((at, mark)),
            Mark::Colon if at <= start + LONGEST_PLACE => return Some((at, mark)),
            Mark::Colon | Mark::Closed => return None,
            Mark::Open => in_brackets = true,
            Mark::Joined | Mark::Piece | Mark::Place | Mark::Line => {}
        }
        if body.tokens[at].line != body.tokens[start].line {
            return Some((at, Mark::Line));
        }
        if body.tokens[at].shape == Shape::Lower && !may_be_small(body, at) && !in_brackets {
            return None;
        }
    }
    None
}

/// Whether a word may stand in a dateline in small letters: a number, `de`, `and`, a month.
fn may_be_small(body: &Words<'_>, at: usize) -> bool {
    let key = &*body.tokens[at].key;
    key.starts_with(|c: char| c.is_ascii_digit())
        || body.is(at, Roles::PARTICLE.or(Roles::CALENDAR))
        || matches!(key, "and" | "of" | "on" | "upon" | "sur" | "am" | "th" | "st")
}

/// What stands before the word `at`, which is not the first.
fn mark_before(body: &Words<'_>, at: usize) -> Mark {
    let Some(before) = at.checked_sub(1).map(|at| &body.tokens[at]) else { return Mark::Dash };
    let token = &body.tokens[at];
    if token.key == "and" || before.key == "and" {
        return if token.key == "and" { Mark::Joined } else { Mark::Place };
    }
    let between = body.text.get(before.range.end..token.range.start).unwrap_or_default();
    let hyphens = between.contains(" - ") || between.contains("--") || between.ends_with(" -");
    match between {
        _ if hyphens || between.contains(['—', '–', '―']) => Mark::Dash,
        _ if between.contains(['(', '[']) => Mark::Open,
        _ if between.contains([')', ']']) => Mark::Closed,
        _ if between.contains('/') => Mark::Place,
        _ if between.contains(':') => Mark::Colon,
        // A full stop may belong to an abbreviation; a blank and a capital behind it tell.
        _ if between.contains([',', ';', '|', '.']) => Mark::Piece,
        _ if matches!(token.gap, Gap::Space | Gap::Hyphen | Gap::Ampersand) => Mark::Joined,
        _ => Mark::Piece,
    }
}

/// The pieces of a dateline, parted by its marks.
fn pieces(body: &Words<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for at in range.clone() {
        match pieces.last_mut() {
            _ if body.tokens[at].key == "and" && at > range.start => {}
            // `FARMINGTON Conn.`, `ST. PAUL`, `Feb. 26`
            Some(last) if goes_on(body, last, at) => last.end = at + 1,
            _ => pieces.push(at..at + 1),
        }
    }
    pieces
}

fn goes_on(body: &Words<'_>, piece: &Range<usize>, at: usize) -> bool {
    let token = &body.tokens[at];
    let one_kind = is_calendar(body, piece.start) == is_calendar(body, at);
    match mark_before(body, at) {
        Mark::Joined => one_kind && !(is_upper(&body.tokens[piece.start]) && !is_upper(token)),
        Mark::Piece => is_calendar(body, at) && is_calendar(body, at - 1),
        _ => false,
    }
}

fn is_upper(token: &Token<'_>) -> bool {
    token.shape != Shape::Capital
}

/// Whether a word tells a day: a month, a weekday, a number.
fn is_calendar(body: &Words<'_>, at: usize) -> bool {
    body.is(at, Roles::CALENDAR) || body.tokens[at].key.starts_with(|c: char| c.is_ascii_digit())
}

fn is_day(body: &Words<'_>, piece: &Range<usize>) -> bool {
    is_calendar(body, piece.start)
}

/// Whether a piece is written like a name of a place.
fn is_name(body: &Words<'_>, piece: &Range<usize>) -> bool {
    piece.len() <= LONGEST_PLACE
        && !is_day(body, piece)
        && body.tokens[piece.start].is_capital()
        && body.tokens[piece.end - 1].is_capital()
}

fn is_shouted(body: &Words<'_>, piece: &Range<usize>) -> bool {
    let tokens = &body.tokens[piece.clone()];
    let letters: usize = tokens.iter().map(|token| token.key.len()).sum();
    letters >= SHORTEST_BEFORE_COLON && tokens.iter().all(|token| token.shape == Shape::Upper)
}
