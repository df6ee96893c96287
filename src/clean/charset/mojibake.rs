//! Text that was read in a wrong encoding before it came here, turned back into what it was.
//!
//! Three kinds of damage outlive any choice of charset, since they are in the text itself: UTF-8
//! that was read as windows-1252 (`â€™`, `Ã©`), once or several times over; an alphabet that was
//! read as Western European (`Ïðèâåò`); punctuation that became `?`. Each is undone where the way
//! back is certain and flagged where it is not.
//!
//! # Invariants
//!
//! - Text without damage comes back as it is, in any language.
//! - What is repaired does not change when it is repaired again.
//!
//! # Cost
//!
//! One look for a suspicious character; without one, nothing. Each layer of damage, of which a text
//! has one or two, costs one pass; at most [`MOST_LAYERS`] are taken off.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_8859_5, KOI8_U, WINDOWS_1251, WINDOWS_1253};

use crate::article::ArticleWarning;

/// Layers of wrong reading that are taken off.
const MOST_LAYERS: usize = 4;

/// Sequences that are ambiguous by themselves are repaired beside so many that are not.
const ENOUGH: usize = 2;

/// Ambiguous sequences from which a text is suspicious.
const SUSPICIOUS: usize = 3;

/// `text` without the damage that can be undone for certain, and what should be said of it.
pub(super) fn repair(text: &str) -> (Cow<'_, str>, Option<ArticleWarning>) {
    if let Some(alphabet) = alphabet(text) {
        return (Cow::Owned(alphabet), Some(ArticleWarning::MojibakeRepaired));
    }
    let mut repaired = Cow::Borrowed(text);
    for _ in 0..MOST_LAYERS {
        let sequences = sequences(&repaired);
        let n_certain = sequences.iter().filter(|sequence| sequence.is_certain).count();
        let n_ambiguous = sequences.len() - n_certain;
        if n_certain == 0 {
            // Most accented letters of Western languages come out so.
            let is_typical = |sequence: &&Sequence| repaired[sequence.start..].starts_with('Ã');
            let n_typical = sequences.iter().filter(is_typical).count();
            if n_typical >= SUSPICIOUS && matches!(repaired, Cow::Borrowed(_)) {
                return (repaired, Some(ArticleWarning::Mojibake));
            }
            break;
        }
        let is_enough = n_certain >= ENOUGH && n_certain * 4 >= n_ambiguous;
        repaired = Cow::Owned(resolved(&repaired, &sequences, is_enough));
    }
    let is_repaired = matches!(repaired, Cow::Owned(_));
    (repaired, is_repaired.then_some(ArticleWarning::MojibakeRepaired))
}

/// `text` with its `sequences` replaced by what they mean: those that are certain, or `all`.
fn resolved(text: &str, sequences: &[Sequence], all: bool) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut from = 0;
    for sequence in sequences.iter().filter(|sequence| sequence.is_certain || all) {
        resolved.push_str(&text[from..sequence.start]);
        resolved.push(sequence.meant);
        from = sequence.end;
    }
    resolved.push_str(&text[from..]);
    resolved
}

/// Characters that are the bytes of one character in UTF-8.
#[derive(Debug)]
struct Sequence {
    start: usize,
    end: usize,
    meant: char,
    /// Whether no text could hold it by itself.
    is_certain: bool,
}

/// Every sequence in `text`, in order. Each starts with a letter from U+00C0 to U+00FF, which starts
/// with byte 0xC3, so a text without such letters costs a search for that byte.
fn sequences(text: &str) -> Vec<Sequence> {
    let mut found: Vec<Sequence> = Vec::new();
    for start in memchr::memchr_iter(0xC3, text.as_bytes()) {
        let last = found.last();
        if last.is_some_and(|last| start < last.end) {
            continue;
        }
        let Some((length, meant)) = decoded(&text[start..]) else { continue };
        let before = match last {
            Some(last) if last.end == start => Some(last.meant),
            _ => text[..start].chars().next_back(),
        };
        let end = start + length;
        let after = text[end..].chars().next();
        let is_certain = is_certain(&text[start..end], meant, before, after);
        found.push(Sequence { start, end, meant, is_certain });
    }
    found
}

/// The character whose UTF-8 bytes, read as windows-1252, `text` starts with, and their length in it.
fn decoded(text: &str) -> Option<(usize, char)> {
    let mut characters = text.char_indices();
    let lead = byte(characters.next()?.1)?;
    let n_more = match lead {
        0xC2..=0xDF => 1,
        0xE0..=0xEF => 2,
        0xF0..=0xF4 => 3,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    for slot in &mut bytes[1..=n_more] {
        let next = characters.next().and_then(|(_, c)| byte(c));
        let Some(next) = next.filter(|byte| (0x80..=0xBF).contains(byte)) else {
            // The last byte of a closing quote stands for no character and is lost on many ways.
            return text.starts_with("â€").then_some(("â€".len(), '”'));
        };
        *slot = next;
    }
    let meant = std::str::from_utf8(&bytes[..=n_more]).ok()?.chars().next()?;
    let end = characters.next().map_or(text.len(), |(at, _)| at);
    // Controls, private characters and alphabets of phonetics were never meant, save as bytes of the
    // next layer.
    let is_noise = meant.is_control()
        || matches!(meant, '\u{180}'..='\u{2ff}') && !"ơƠưƯșȘțȚəƏʻʼ".contains(meant)
        || matches!(meant, '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}');
    let is_text = !is_noise || byte(meant).is_some();
    is_text.then_some((end, meant))
}

/// The byte from 0x80 that windows-1252 reads as `c`, the five it leaves free included.
fn byte(c: char) -> Option<u8> {
    const HIGH: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
    const BYTES: [u8; 27] = [
        0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8B, 0x8C, 0x8E, 0x91, 0x92,
        0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9E, 0x9F,
    ];
    let code = u32::from(c);
    if matches!(code, 0xA0..=0xFF | 0x81 | 0x8D | 0x8F | 0x90 | 0x9D) {
        return u8::try_from(code).ok();
    }
    HIGH.chars().position(|high| high == c).map(|at| BYTES[at])
}

/// Signs that may stand behind a letter in any text. Two of them behind an accented letter are valid
/// UTF-8 at times (`é…”` would be a Han character), so they prove nothing.
const BEHIND_LETTERS: &str = "…–—’‘“”„‚‹›«»·\u{a0}\u{ad}€™°ªº®©¹²³";

/// Whether `sequence`, which would mean `meant`, can be nothing else where it stands.
fn is_certain(sequence: &str, meant: char, before: Option<char>, after: Option<char>) -> bool {
    let mut characters = sequence.chars();
    let lead = characters.next().unwrap_or_default();
    // The signs of punctuation, all of which start so, and emoji.
    let has_proof_in_front = sequence.starts_with("â€") || sequence.starts_with("ðŸ");
    // A sign that no text puts behind a letter.
    let is_odd = |c: char| !BEHIND_LETTERS.contains(c) && !c.is_alphabetic() || "ƒˆ".contains(c);
    // A capital within a word of small letters: `cafÃ©`.
    let is_within = lead.is_uppercase()
        && before.is_some_and(char::is_lowercase)
        && meant.is_alphabetic()
        && characters.clone().all(|c| !c.is_alphabetic());
    // A sign within a word: `Ã©tÃ©`. Dashes and spaces are no proof: `CAFÉ—mais`.
    let is_around = meant.is_lowercase()
        && after.is_some_and(|c| c.is_ascii_lowercase())
        && characters.clone().all(|c| "ª«º®°·¹²³©™".contains(c));
    // `Â£`, `Â©`: nothing is spelled with a lone `Â`.
    let is_lone = lead == 'Â'
        && !before.is_some_and(char::is_alphabetic)
        && !characters.clone().any(|c| c == '»' || c.is_alphabetic());
    has_proof_in_front || characters.any(is_odd) || is_within || is_around || is_lone
}

/// Alphabets that are read as Western European, and their most frequent letters in small.
#[rustfmt::skip]
const ALPHABETS: &[(&Encoding, &str)] = &[
    (WINDOWS_1251, "оеаинтсрвлкмдпу"),
    (KOI8_U, "оеаинтсрвлкмдпу"),
    (ISO_8859_5, "оеаинтсрвлкмдпу"),
    (WINDOWS_1253, "αοιετσνηυρπκμλςάέίόή"),
];

/// Words, all of them in accented letters, from which a text cannot be in a Western language.
const FEWEST_WORDS: usize = 4;

/// `text` with the words that are another alphabet read as windows-1252 read in that, if it has any.
///
/// No language writes whole words in accented letters. Where nearly all words with an accented
/// letter have no other, they are another alphabet; which one, its frequent letters tell.
fn alphabet(text: &str) -> Option<String> {
    let is_high = |c: char| matches!(c, 'À'..='ÿ' | '¸' | '¨' | '³' | 'º' | '¿' | '´');
    if memchr::memchr_iter(0xC3, text.as_bytes()).count() < 3 * FEWEST_WORDS {
        return None;
    }
    let words = text
        .split(|c: char| !c.is_alphanumeric() && !is_high(c))
        .filter(|word| word.contains(is_high));
    let (mut whole, mut mixed) = (0, 0);
    for word in words {
        let n_letters = word.chars().filter(|c| matches!(c, 'À'..='ÿ')).count();
        if n_letters >= 3 && word.chars().all(is_high) {
            whole += 1;
        } else if word.chars().any(|c| c.is_ascii_alphabetic()) {
            mixed += 1;
        }
    }
    if whole < FEWEST_WORDS || mixed * 5 > whole {
        return None;
    }
    let (read, fit) = ALPHABETS
        .iter()
        .rev()
        .map(|(encoding, frequent)| {
            let read = reread(text, encoding);
            let all = read.chars().filter(|c| c.is_alphabetic() && !c.is_ascii());
            let fit = all.clone().filter(|c| frequent.contains(*c)).count() * 100;
            let n_letters = all.count().max(1);
            (read, fit / n_letters)
        })
        .max_by_key(|(_, fit)| *fit)?;
    (fit >= 65).then_some(read)
}

/// `text` with every character of windows-1252 beyond ASCII read as `encoding` reads its byte.
fn reread(text: &str, encoding: &'static Encoding) -> String {
    let mut read = String::with_capacity(2 * text.len());
    let mut characters = text.chars().peekable();
    let mut bytes: Vec<u8> = Vec::new();
    while let Some(c) = characters.next() {
        match byte(c) {
            Some(byte) => bytes.push(byte),
            None => read.push(c),
        }
        let ends = characters.peek().is_none_or(|next| byte(*next).is_none());
        if ends && !bytes.is_empty() {
            read.push_str(&encoding.decode_without_bom_handling(&bytes).0);
            bytes.clear();
        }
    }
    read
}

/// Endings of English words behind an apostrophe.
const ENDINGS: &[&str] = &["s", "t", "re", "ve", "ll", "m", "d"];

/// Such endings from which question marks within words are lost apostrophes.
const FEWEST_ENDINGS: usize = 2;

/// `text` with the apostrophes back that became `?` or U+FFFD, if it lost any: "don?t", "it?s". The
/// text still lacks its other quotes and dashes, which nothing tells apart.
pub(crate) fn with_apostrophes(text: &str) -> Option<String> {
    // Neither mark, the second by its first byte in UTF-8: so it is with most texts.
    memchr::memchr2(b'?', 0xEF, text.as_bytes())?;
    let lost: Vec<usize> = text
        .match_indices(['?', char::REPLACEMENT_CHARACTER])
        .filter(|(at, mark)| is_lost_apostrophe(&text[..*at], &text[at + mark.len()..]))
        .map(|(at, _)| at)
        .collect();
    if lost.len() < FEWEST_ENDINGS {
        return None;
    }
    let mut repaired = String::with_capacity(text.len() + 2 * lost.len());
    let mut from = 0;
    for at in lost {
        repaired.push_str(&text[from..at]);
        repaired.push('’');
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
    }
    repaired.push_str(&text[from..]);
    Some(repaired)
}

/// Whether a mark between these stands for the apostrophe of an English ending: a word before it
/// that is no part of an address, and the ending alone behind it.
fn is_lost_apostrophe(before: &str, after: &str) -> bool {
    let word_start = before
        .rfind(|c: char| !c.is_ascii_alphabetic())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[word_start..];
    let ending_length = after.bytes().take(4).take_while(u8::is_ascii_alphabetic).count();
    let ending = &after[..ending_length];
    let in_front = before[..word_start].chars().next_back();
    let behind = after[ending_length..].chars().next();
    let is_apart =
        |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !"/=&?%_.#-\"'<:;(".contains(c));
    let is_ended = behind.is_none_or(|c| !c.is_alphanumeric() && !"/=&%_#:(".contains(c));
    let is_negated = ending != "t" || word.ends_with(['n', 'N']);
    !word.is_empty()
        && word.len() <= 30
        && ENDINGS.contains(&ending)
        && is_negated
        && is_apart(in_front)
        && is_ended
}

#[cfg(test)]
mod tests;
