//! A query as characters that mean something: typographic spellings folded, escapes resolved.
//!
//! People paste. What they paste has curly quotes, dashes of five lengths, full-width brackets,
//! invisible marks and decomposed accents; a query that treats `“` as a letter finds nothing. So
//! the text becomes a list of [`Glyph`]s, each of which knows where it stood as typed, and repairs
//! point into what the reader sees.
//!
//! # Invariants
//!
//! - The characters, put together, are in Unicode's form NFC.
//! - Normalizing what was normalized changes nothing.
//! - There is no white space but `' '`, and no control character.
//! - `at` never decreases and lies on a character boundary of the text as typed.
//!
//! # Cost
//!
//! One pass; 16 bytes for each character.

use std::iter::once;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Stands between the ends of a range in a date, and is a space elsewhere. All longer dashes
/// become this one.
pub(super) const DASH: char = '–';

/// One character of a query.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Glyph {
    /// The character.
    pub(super) c: char,
    /// Whether a backslash took its special meaning away.
    pub(super) literal: bool,
    /// Where it stood, as a byte position in the query as typed.
    pub(super) at: usize,
}

impl Glyph {
    /// Whether this is the operator or mark `c`, not escaped.
    pub(super) fn is(self, c: char) -> bool {
        self.c == c && !self.literal
    }

    /// Whether words end here in any case: a space, a dash, an ellipsis.
    pub(super) fn is_space(self) -> bool {
        matches!(self.c, ' ' | DASH | '…')
    }
}

/// The characters of `typed`.
pub(super) fn normalize(typed: &str) -> Vec<Glyph> {
    let mut glyphs = Vec::with_capacity(typed.len());
    // Characters that may still melt together: a letter and the marks that follow it.
    let mut cluster = String::new();
    let mut cluster_at = 0;
    for (at, c) in typed.char_indices() {
        let Some(c) = folded(c) else { continue };
        if stands_alone(c) {
            compose(&mut cluster, cluster_at, &mut glyphs);
            cluster_at = at;
        }
        cluster.push(c);
    }
    compose(&mut cluster, cluster_at, &mut glyphs);
    unescape(glyphs)
}

/// The text of some glyphs.
pub(super) fn text(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|glyph| glyph.c).collect()
}

/// What a character is typed for; `None` where it is invisible and means nothing.
fn folded(c: char) -> Option<char> {
    Some(match c {
        '\u{ff01}'..='\u{ff5e}' => {
            // Full-width forms lie in the order of ASCII.
            return char::from_u32(u32::from(c) - 0xfee0).and_then(folded);
        }
        '“' | '”' | '„' | '‟' | '«' | '»' | '❝' | '❞' | '〝' | '〞' => '"',
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | 'ʼ' => '\'',
        '\u{2010}' | '\u{2011}' | '−' => '-',
        '‒' | '–' | '—' | '―' => DASH,
        // Soft hyphen, word joiner, byte order mark, marks of direction.
        '\u{ad}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => return None,
        '\u{200b}' => ' ',
        c if c.is_whitespace() || c.is_control() => ' ',
        c => c,
    })
}

/// Whether `c` never melts into the character before it.
fn stands_alone(c: char) -> bool {
    c.is_ascii() || canonical_combining_class(c) == 0 && is_nfc_quick(once(c)) == IsNormalized::Yes
}

/// Moves the cluster to the glyphs, in form NFC.
fn compose(cluster: &mut String, at: usize, glyphs: &mut Vec<Glyph>) {
    glyphs.extend(cluster.nfc().map(|c| Glyph { c, literal: false, at }));
    cluster.clear();
}

/// Drops each backslash before a punctuation mark and marks the latter as literal. Before a letter
/// a backslash is itself: paths of Windows hold such.
fn unescape(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut plain = Vec::with_capacity(glyphs.len());
    let mut glyphs = glyphs.into_iter().peekable();
    while let Some(glyph) = glyphs.next() {
        let escaped = glyphs.next_if(|next| glyph.c == '\\' && next.c.is_ascii_punctuation());
        plain.push(escaped.map_or(glyph, |next| Glyph { literal: true, ..next }));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, plain: &str) {
        assert_eq!(text(&normalize(typed)), plain, "for `{typed}`");
    }

    #[test]
    fn typographic_spellings_become_those_of_a_keyboard() {
        check("“snap” „poll‟ «vote» ＂x＂", r#""snap" "poll" "vote" "x""#);
        check("O’Brien ʼ‘＇", "O'Brien '''");
        check("a\u{a0}b\u{2009}c\td\n", "a b c d ");
        check("ＯＳＣＥ（１）", "OSCE(1)");
        check("a‐b−c", "a-b-c");
        check("2022—2023", "2022–2023");
    }

    #[test]
    fn invisible_characters_are_dropped() {
        check("\u{feff}elec\u{ad}tion\u{200e}", "election");
        check("a\u{0}b", "a b");
    }

    #[test]
    fn accents_are_composed_even_across_what_was_dropped() {
        check("e\u{301}lection", "élection");
        check("e\u{ad}\u{301}lection", "élection");
        check("\u{1112}\u{1161}\u{11ab}", "한");
        check("и\u{306}", "й");
    }

    #[test]
    fn a_backslash_makes_punctuation_literal_and_nothing_else() {
        check(r"a\:b \\ C:\news", r"a:b \ C:\news");
        let literal: Vec<_> = normalize(r#"\"a\b"#).iter().map(|glyph| glyph.literal).collect();
        assert_eq!(literal, [true, false, false, false]);
    }

    #[test]
    fn glyphs_know_where_they_stood() {
        let at: Vec<_> = normalize("é“e\u{301}x").iter().map(|glyph| glyph.at).collect();
        assert_eq!(at, [0, 2, 5, 8]);
    }

    #[test]
    fn every_character_is_normal_after_one_pass() {
        let all: Vec<char> = ('\0'..=char::MAX).collect();
        for some in all.chunks(1_000) {
            let typed: String = some.iter().flat_map(|&c| ['a', c, ' ']).collect();
            let once = text(&normalize(&typed));
            assert_eq!(text(&normalize(&once)), once, "from U+{:04X}", u32::from(some[0]));
        }
    }
}
