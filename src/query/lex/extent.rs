//! How far each kind of token reaches.

use super::has_letters;
use crate::query::address::starts_address;
use crate::query::ast::Field;
use crate::query::names::FieldName;
use crate::query::normalize::Glyph;

/// How far the closing bracket of `[2022 TO 2023]` is looked for, in characters.
pub(super) const LONGEST_RANGE: usize = 80;

/// How far a word reaches.
pub(super) fn word_length(glyphs: &[Glyph]) -> usize {
    (0..glyphs.len()).find(|&at| ends_word(glyphs, at)).unwrap_or(glyphs.len())
}

fn ends_word(glyphs: &[Glyph], at: usize) -> bool {
    let glyph = glyphs[at];
    let is_digit = |glyph: Option<&Glyph>| glyph.is_some_and(|glyph| glyph.c.is_ascii_digit());
    let next = glyphs.get(at + 1);
    if glyph.literal {
        return false;
    }
    match glyph.c {
        // Not in `10,000`.
        ',' => !(is_digit(at.checked_sub(1).map(|before| &glyphs[before])) && is_digit(next)),
        // Not in `AT&T`.
        '&' => next.is_some_and(|next| next.is('&')),
        '(' | ')' | '[' | ']' | '{' | '}' | '"' | '|' | ';' => true,
        _ => glyph.is_space(),
    }
}

/// How far the value of a field reaches.
pub(super) fn value_length(field: FieldName, glyphs: &[Glyph]) -> usize {
    match field {
        FieldName::In(_) if starts_address(glyphs) => address_length(glyphs),
        FieldName::In(_) | FieldName::AtLeast(_) => word_length(glyphs),
        FieldName::Known(Field::Url | Field::Path) => address_length(glyphs),
        FieldName::Known(field) if !field.is_number() => listed_length(glyphs),
        FieldName::Known(_) | FieldName::Date(_) | FieldName::Opaque | FieldName::Regex => {
            range_length(glyphs).unwrap_or_else(|| listed_length(glyphs))
        }
    }
}

/// How far `KZ,KG` reaches.
fn listed_length(glyphs: &[Glyph]) -> usize {
    let ends = |at: &usize| {
        let glyph = glyphs[*at];
        let is_and = glyph.is('&') && glyphs.get(at + 1).is_some_and(|next| next.is('&'));
        glyph.c == ' ' || is_and || ['(', ')', '"', ';'].iter().any(|&mark| glyph.is(mark))
    };
    (0..glyphs.len()).find(ends).unwrap_or(glyphs.len())
}

/// How far `[2022 TO 2023]` reaches, if it is closed.
fn range_length(glyphs: &[Glyph]) -> Option<usize> {
    glyphs.first().filter(|open| open.is('[') || open.is('{'))?;
    let mut glyphs = glyphs.iter().take(LONGEST_RANGE);
    Some(glyphs.position(|close| close.is(']') || close.is('}'))? + 1)
}

/// How far an address or path reaches: to a space, or to a bracket that it did not open.
pub(super) fn address_length(glyphs: &[Glyph]) -> usize {
    let mut open = 0_usize;
    let ends = |glyph: &Glyph| {
        if glyph.is('(') {
            open += 1;
        } else if glyph.is(')') {
            match open.checked_sub(1) {
                Some(fewer) => open = fewer,
                None => return true,
            }
        }
        glyph.c == ' ' || glyph.is('"') || glyph.is('<') || glyph.is('>')
    };
    glyphs.iter().position(ends).unwrap_or(glyphs.len())
}

/// How far `/tok[ao]yev/` reaches. `/usr/lib/` is a path.
pub(super) fn regex_length(glyphs: &[Glyph]) -> Option<usize> {
    glyphs.first().filter(|slash| slash.is('/'))?;
    let end = 1 + glyphs[1..].iter().position(|glyph| glyph.is('/') || glyph.c == ' ')?;
    let behind = glyphs.get(end + 1);
    let ends = |glyph: &Glyph| {
        glyph.is_space() || [')', '"', '^', '|', ',', ';'].iter().any(|&mark| glyph.is(mark))
    };
    let is_closed = glyphs[end].is('/') && behind.is_none_or(ends);
    (is_closed && has_letters(&glyphs[1..end])).then_some(end + 1)
}

/// Whether the value of a field is a regular expression.
pub(super) fn is_regex(field: FieldName, value: &[Glyph]) -> bool {
    matches!(field, FieldName::In(_) | FieldName::AtLeast(_)) && regex_length(value).is_some()
}

/// How far `~3u^2` reaches, right behind a bracket or quotation mark.
pub(super) fn suffix_length(glyphs: &[Glyph]) -> usize {
    let numbers = |from: usize| {
        let is_number = |glyph: &&Glyph| glyph.c.is_ascii_digit() || glyph.is('.');
        glyphs[from..].iter().take_while(is_number).count()
    };
    let is_at = |at: usize, mark: char| glyphs.get(at).is_some_and(|glyph| glyph.is(mark));
    let mut length = 0;
    if is_at(0, '~') {
        length = 1 + numbers(1);
        length += usize::from(is_at(length, 'u'));
    }
    if is_at(length, '^') {
        let sign = usize::from(is_at(length + 1, '-'));
        let digits = numbers(length + 1 + sign);
        length += if digits > 0 { 1 + sign + digits } else { 0 };
    }
    length
}

/// How often `mark` stands here in a row.
pub(super) fn run_of(glyphs: &[Glyph], mark: char) -> usize {
    glyphs.iter().take_while(|glyph| glyph.is(mark)).count()
}

/// Whether this asks for anything at all.
pub(super) fn is_star(glyphs: &[Glyph]) -> bool {
    let stars = run_of(glyphs, '*');
    stars > 0 && stars + suffix_length(&glyphs[stars..]) == glyphs.len()
}
