//! From the glyphs of one word or quotation to what is looked for in texts.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::ast::{Near, Proximity, Query, Reach, Span, Text};
use super::lex::{Quotation, has_letters};
use super::names::FARTHEST;
use super::normalize::{Glyph, text};
use super::parse::MOST_NEAR;
use super::pattern;
use super::repair::{RepairCode, Repairs, excerpt};

/// How many letters a wildcard needs beside `*` and `?`; with fewer it matches half the index.
const LETTERS_IN_WILDCARD: usize = 2;

/// From this many letters on, `~` alone allows two differences and not one.
const LONG_WORD: usize = 8;

/// How many differences the engine can look for.
const MOST_DIFFERENCES: u32 = 2;

/// How many other words may stand within a phrase. More would ask for the whole article.
const MOST_SLOP: u32 = 1_000;

/// What was read, and the factor of its score, which may have to be put around more.
#[derive(Debug)]
pub(super) struct Operand {
    pub(super) query: Query,
    pub(super) factor: Option<f32>,
}

impl Operand {
    /// The query with its factor.
    pub(super) fn whole(self) -> Query {
        match self.factor {
            Some(factor) => Query::Boost(Box::new(self.query), factor),
            None => self.query,
        }
    }
}

/// What is attached to a word, a quotation or a bracket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Suffix<'t> {
    /// `~`, a number or none, and `u` or not.
    distance: Option<&'t [Glyph]>,
    /// `^` and a number.
    factor: Option<&'t [Glyph]>,
}

impl<'t> Suffix<'t> {
    /// Cuts `~2` and `^3` off the end of `glyphs`.
    pub(super) fn cut(glyphs: &'t [Glyph]) -> (&'t [Glyph], Self) {
        let is_number = |glyph: &Glyph| glyph.c.is_ascii_digit() || glyph.c == '.';
        let (rest, factor) = cut_at(glyphs, '^', |factor| {
            let digits = without_first(factor, '-');
            !digits.is_empty() && digits.iter().all(is_number)
        });
        let (rest, distance) =
            cut_at(rest, '~', |distance| without_last(distance, 'u').iter().all(is_number));
        (rest, Self { distance, factor })
    }

    /// `glyphs`, off which this was cut, without the factor alone.
    pub(super) fn before_factor(&self, glyphs: &'t [Glyph]) -> &'t [Glyph] {
        &glyphs[..glyphs.len() - self.factor.map_or(0, <[Glyph]>::len)]
    }

    /// Whether a distance is given.
    pub(super) fn has_distance(&self) -> bool {
        self.distance.is_some()
    }

    /// The factor, if it is in range.
    pub(super) fn factor(&self, repairs: &mut Repairs) -> Option<f32> {
        let glyphs = self.factor?;
        let factor = text(&glyphs[1..]).parse::<f32>().ok();
        let factor = factor.filter(|factor| *factor > 0.0 && *factor <= 100.0);
        if factor.is_none() {
            let message = format!(
                "`{}` was dropped: a factor lies above 0 and goes up to 100",
                excerpt(glyphs)
            );
            repairs.add(RepairCode::Boost, at(glyphs), message);
        }
        factor
    }

    /// How many other words a phrase may hold, and whether their order counts.
    fn slop(&self, repairs: &mut Repairs) -> (u32, bool) {
        let Some(distance) = self.distance else { return (0, true) };
        let digits = without_last(&distance[1..], 'u');
        let ordered = digits.len() + 1 == distance.len();
        let slop = match number(digits) {
            Some(slop) if slop <= MOST_SLOP => slop,
            Some(_) => {
                let message = format!("at most {MOST_SLOP} words may stand within a phrase");
                repairs.add(RepairCode::Unsupported, at(distance), message);
                MOST_SLOP
            }
            None => {
                let message = "`~` behind a phrase needs a number and was dropped";
                repairs.add(RepairCode::Dangling, at(distance), message);
                0
            }
        };
        (slop, ordered)
    }

    /// In how many letters `word` may be spelled differently; 0 for not at all.
    fn differences(&self, word: &str, repairs: &mut Repairs) -> Option<u8> {
        let distance = self.distance?;
        let by_length: u8 = if word.chars().count() < LONG_WORD { 1 } else { 2 };
        let asked = match &distance[1..] {
            [] => Some(u32::from(by_length)),
            digits => number(digits),
        };
        let given = asked.map_or(u32::from(by_length), |asked| asked.min(MOST_DIFFERENCES));
        if asked != Some(given) {
            let message = format!(
                "`{}` was read as `~{given}`: a word may differ in 1 or 2 letters",
                excerpt(distance)
            );
            repairs.add(RepairCode::Unsupported, at(distance), message);
        }
        u8::try_from(given).ok()
    }
}

/// Reads one word with what is attached to it: `=Tokayev`, `Toka*`, `Tokaev~1`, `OSCE^2`.
pub(super) fn read(word: &[Glyph], repairs: &mut Repairs) -> Option<Operand> {
    let (word, suffix) = Suffix::cut(word);
    let factor = suffix.factor(repairs);
    let bare = without_equals(word);
    let query = if has_wildcard(bare) {
        let query = wildcards(bare, repairs)?;
        if suffix.has_distance() {
            let message = "`~` behind a wildcard was dropped: it allows other letters already";
            repairs.add(RepairCode::Unsupported, at(word), message);
        }
        query
    } else {
        Query::Text(plain(bare, bare.len() < word.len(), &suffix, repairs)?)
    };
    Some(Operand { query, factor })
}

/// Reads each word of a value that turned out to be none.
pub(super) fn read_all(value: &[Glyph], repairs: &mut Repairs) -> Option<Query> {
    let words = value.split(|glyph| glyph.is_space());
    Query::all_of(words.filter_map(|word| Some(read(word, repairs)?.whole())).collect())
}

/// Reads a quotation with what is attached to it: `"snap election"~3`, `="Tokayev said"`.
pub(super) fn quoted(quotation: &Quotation<'_>, repairs: &mut Repairs) -> Option<Operand> {
    let (_, suffix) = Suffix::cut(quotation.suffix);
    let factor = suffix.factor(repairs);
    let parts: Vec<&[Glyph]> = quotation.inner.split(|glyph| glyph.is_space()).collect();
    let stars = |part: &&[Glyph]| part.iter().any(|glyph| glyph.is('*'));
    if parts.iter().any(|part| stars(part) && !trimmed(part).is_empty()) {
        let query = phrase_of_patterns(quotation, &suffix, repairs)?;
        return Some(Operand { query, factor });
    }
    let words: Vec<String> =
        parts.into_iter().map(trimmed).filter(|word| !word.is_empty()).collect();
    let text = phrase(&words, quotation, &suffix, repairs)?;
    Some(Operand { query: Query::Text(text), factor })
}

/// A quotation with wildcards: its words one after the other, each near to those before. With
/// three and more the words between count for each pair of neighbours, not for all.
fn phrase_of_patterns(
    quotation: &Quotation<'_>,
    suffix: &Suffix<'_>,
    repairs: &mut Repairs,
) -> Option<Query> {
    let (slop, ordered) = suffix.slop(repairs);
    let query = read_all(quotation.inner, repairs)?;
    let Query::And(words) = query else {
        if suffix.has_distance() {
            let message = "`~` behind a single word in quotation marks was dropped";
            repairs.add(RepairCode::Dangling, at(quotation.suffix), message);
        }
        return Some(query);
    };
    let is_long = words.len() > 2;
    if is_long && slop > 0 {
        let message = format!("up to {slop} words may stand between any two words of this phrase");
        repairs.add(RepairCode::Unsupported, at(quotation.inner), message);
    }
    let proximity = Proximity { reach: Reach::Words(slop.min(FARTHEST)), ordered };
    let Some(spans) = spans(&words).filter(|_| words.len() <= MOST_NEAR) else {
        let message = "this phrase with wildcards was read as its words anywhere";
        repairs.add(RepairCode::Unsupported, at(quotation.inner), message);
        return Some(Query::And(words));
    };
    let mut spans = spans.into_iter();
    let first = spans.next()?;
    let joined =
        spans.fold(first, |left, right| Span::Near(Box::new(Near { left, right, proximity })));
    Some(joined.into())
}

/// The queries as spans, if all of them are.
fn spans(queries: &[Query]) -> Option<Vec<Span>> {
    queries.iter().map(|query| Span::try_from(query.clone()).ok()).collect()
}

/// Reads a regular expression; one that cannot be is read as the words in it.
pub(super) fn regex(glyphs: &[Glyph], repairs: &mut Repairs) -> Option<Query> {
    if !has_letters(glyphs) {
        return None;
    }
    let mut regex = String::with_capacity(glyphs.len());
    for glyph in glyphs {
        // A backslash has taken the meaning of this mark; a slash would end what is printed.
        if glyph.literal || glyph.c == '/' {
            regex.push('\\');
        }
        regex.push(glyph.c);
    }
    let Some(fault) = pattern::fault(&regex) else {
        return Some(Query::Text(Text::Regex(regex)));
    };
    let message = format!("`/{}/` was read as words: {fault}", excerpt(glyphs));
    repairs.add(RepairCode::Unsupported, at(glyphs), message);
    let is_mark = |glyph: &Glyph| !glyph.c.is_alphanumeric() && !is_combining_mark(glyph.c);
    let words = glyphs.split(is_mark).map(trimmed).filter(|word| !word.is_empty());
    Query::all_of(words.map(|word| Query::Text(Text::Word(word))).collect())
}

/// The word without punctuation at its ends; empty if it holds no letter and no digit.
///
/// Signs that belong to a word stay: `#osce`, `$100`, `C++`, `10%`, and the last point of `U.S.`.
pub(super) fn trimmed(word: &[Glyph]) -> String {
    let is_letter = |glyph: &Glyph| glyph.c.is_alphanumeric();
    let Some(first) = word.iter().position(is_letter) else { return String::new() };
    let in_word = |glyph: &Glyph| is_letter(glyph) || is_combining_mark(glyph.c);
    let last = word.iter().rposition(in_word).unwrap_or(first);
    let signs = word[..first].iter().rev().take_while(|glyph| "#@$€£".contains(glyph.c)).count();
    let core = &word[first - signs..=last];
    let behind = &word[last + 1..];
    let signs = behind.iter().take_while(|glyph| "+#%".contains(glyph.c)).count();
    let mut kept = text(core);
    if signs > 0 {
        kept.extend(behind[..signs].iter().map(|glyph| glyph.c));
    } else if behind.first().is_some_and(|glyph| glyph.c == '.') && kept.contains('.') {
        kept.push('.');
    }
    kept
}

/// Whether the analyzer takes `word` whole: letters, digits and their marks alone.
pub(super) fn is_simple(word: &str) -> bool {
    word.chars().all(|c| c.is_alphanumeric() || is_combining_mark(c))
}

/// Whether `*` or `?` stands for letters here. Question marks at the end ask, and stand for none.
pub(super) fn has_wildcard(word: &[Glyph]) -> bool {
    without_questions(word).iter().any(|glyph| glyph.is('*') || glyph.is('?'))
}

/// The word without `=` before it.
pub(super) fn without_equals(word: &[Glyph]) -> &[Glyph] {
    let equals = word.iter().take_while(|glyph| glyph.is('=')).count();
    &word[equals..]
}

/// A pattern of a single word; `None`, with a repair, where it holds too few letters.
pub(super) fn pattern(part: &[Glyph], repairs: &mut Repairs) -> Option<String> {
    let mut pattern = String::new();
    for glyph in without_questions(part) {
        // Two stars say no more than one.
        if !(glyph.is('*') && pattern.ends_with('*')) {
            pattern.push(glyph.c);
        }
    }
    let letters = pattern.chars().filter(|c| c.is_alphanumeric()).count();
    if letters >= LETTERS_IN_WILDCARD {
        return Some(pattern);
    }
    let message = format!(
        "`{}` was read without its wildcard, which needs {LETTERS_IN_WILDCARD} letters beside it",
        excerpt(part)
    );
    repairs.add(RepairCode::Wildcard, at(part), message);
    None
}

fn plain(word: &[Glyph], exact: bool, suffix: &Suffix<'_>, repairs: &mut Repairs) -> Option<Text> {
    let plain = trimmed(word);
    if plain.is_empty() {
        return None;
    }
    Some(match suffix.differences(&plain, repairs) {
        Some(differences @ 1..) => {
            if exact {
                let message = "`=` was dropped: `~` asks for other spellings";
                repairs.add(RepairCode::Dangling, at(word), message);
            }
            Text::Fuzzy(plain, differences)
        }
        _ if exact => Text::Exact(plain),
        _ => Text::Word(plain),
    })
}

fn phrase(
    words: &[String],
    quotation: &Quotation<'_>,
    suffix: &Suffix<'_>,
    repairs: &mut Repairs,
) -> Option<Text> {
    let drops_distance = match words {
        [] => return None,
        [word] => is_simple(word) || quotation.exact,
        _ => quotation.exact,
    };
    if drops_distance && suffix.has_distance() {
        let message = if quotation.exact {
            "`~` was dropped: `=` asks for exactly these words"
        } else {
            "`~` behind a single word in quotation marks was dropped"
        };
        repairs.add(RepairCode::Dangling, at(quotation.suffix), message);
    }
    Some(match words {
        words if quotation.exact => Text::Exact(words.join(" ")),
        [word] if is_simple(word) => Text::Word(word.clone()),
        words => {
            let (slop, ordered) = suffix.slop(repairs);
            Text::Phrase { words: words.join(" "), slop, ordered }
        }
    })
}

/// A word with wildcards. Those match single words of the index, so a word of several parts is
/// taken apart: `well-be*` is `well` and `be*`.
fn wildcards(word: &[Glyph], repairs: &mut Repairs) -> Option<Query> {
    if word.iter().all(|glyph| glyph.is('*')) {
        return Some(Query::All);
    }
    let in_part = |glyph: &Glyph| {
        let is_wild = glyph.is('*') || glyph.is('?');
        is_wild || glyph.c.is_alphanumeric() || is_combining_mark(glyph.c)
    };
    let parts: Vec<&[Glyph]> = word
        .split(|glyph| !in_part(glyph))
        .map(without_questions)
        .filter(|part| part.iter().any(|glyph| glyph.c.is_alphanumeric()))
        .collect();
    if !parts.iter().any(|part| has_wildcard(part)) {
        let word = trimmed(word);
        return (!word.is_empty()).then_some(Query::Text(Text::Word(word)));
    }
    if parts.len() > 1 {
        let message = format!(
            "a wildcard stands within one word: `{}` was read as {} words",
            excerpt(word),
            parts.len()
        );
        repairs.add(RepairCode::Wildcard, at(word), message);
    }
    let words = parts.into_iter().filter_map(|part| {
        let pattern = if has_wildcard(part) { pattern(part, repairs) } else { None };
        let literal = || Some(without_wildcards(part)).filter(|word| !word.is_empty());
        pattern.map(Text::Wildcard).or_else(|| literal().map(Text::Word)).map(Query::Text)
    });
    Query::all_of(words.collect())
}

/// The letters of a pattern.
pub(super) fn without_wildcards(pattern: &[Glyph]) -> String {
    let is_letter = |glyph: &&Glyph| !glyph.is('*') && !glyph.is('?');
    let letters: Vec<Glyph> = pattern.iter().filter(is_letter).copied().collect();
    // A letter and an accent may be neighbours only now.
    trimmed(&letters).nfc().collect()
}

fn without_questions(word: &[Glyph]) -> &[Glyph] {
    let end = word.iter().rposition(|glyph| !glyph.is('?')).map_or(0, |last| last + 1);
    &word[..end]
}

/// Cuts `glyphs` before its last `mark`, if what follows the mark is a suffix.
fn cut_at(
    glyphs: &[Glyph],
    mark: char,
    is_suffix: impl Fn(&[Glyph]) -> bool,
) -> (&[Glyph], Option<&[Glyph]>) {
    match glyphs.iter().rposition(|glyph| glyph.is(mark)) {
        Some(at) if is_suffix(&glyphs[at + 1..]) => (&glyphs[..at], Some(&glyphs[at..])),
        _ => (glyphs, None),
    }
}

/// The number that digits write, at most `u32::MAX`; `None` where they write none.
fn number(digits: &[Glyph]) -> Option<u32> {
    let digits = text(digits);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u32::MAX))
}

/// Where the first of these glyphs stands.
fn at(glyphs: &[Glyph]) -> usize {
    glyphs.first().map_or(0, |glyph| glyph.at)
}

fn without_first(glyphs: &[Glyph], mark: char) -> &[Glyph] {
    match glyphs {
        [first, rest @ ..] if first.is(mark) => rest,
        _ => glyphs,
    }
}

fn without_last(glyphs: &[Glyph], mark: char) -> &[Glyph] {
    match glyphs {
        [rest @ .., last] if last.is(mark) => rest,
        _ => glyphs,
    }
}
