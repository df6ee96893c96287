//! How words are counted and where sentences end, in any script.

use regex::Regex;
use std::sync::LazyLock;

/// Words in `line`. Two Han or kana characters count as one word, as those scripts do not part
/// words; a word without a letter or digit is none.
pub(super) fn count_words(line: &str) -> usize {
    let (mut signs, mut words, mut within) = (0, 0, false);
    for c in line.chars() {
        // Most are of these, which are told in a moment.
        if c.is_ascii_alphanumeric() {
            words += usize::from(!within);
            within = true;
        } else if is_sign(c) {
            signs += 1;
            within = false;
        } else if c.is_whitespace() {
            within = false;
        } else if c.is_alphanumeric() && !within {
            words += 1;
            within = true;
        }
    }
    words + usize::div_ceil(signs, 2)
}

/// Whether `c` is of a script that is written without spaces: Han, kana.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}')
}

/// Whether `c` ends a sentence in the scripts of the world that mark it.
pub(super) fn is_sentence_end(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | '．' | '؟' | '۔' | '।' | '॥' | '։' | '።'
    )
}

/// Whether `c` may stand between the end of a sentence and the space after it.
pub(super) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | '‘' | ')' | ']' | '」' | '』' | '）' | '›')
}

/// Whether `line` ends as a sentence does.
pub(super) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| is_closer(c) || c.is_whitespace());
    let ends =
        |line: &str| line.ends_with(is_sentence_end) && !line.ends_with(" ...") && line != "...";
    ends(line) || without_credit(line).is_some_and(ends)
}

/// `line` without the short credit in brackets that agencies put behind the last sentence.
fn without_credit(line: &str) -> Option<&str> {
    let (from, _) =
        line.char_indices().rev().take(40).find(|(_, c)| matches!(c, '(' | '（' | '['))?;
    Some(line[..from].trim_end_matches(|c: char| is_closer(c) || c.is_whitespace()))
}

/// Whether `text` ends in an abbreviation or initial, so that its final period need not end a
/// sentence ("Gen.", "U.S.", "1 a.m.").
pub(crate) fn ends_in_abbreviation(text: &str) -> bool {
    last_abbreviation(text).is_some()
}

/// What may follow an abbreviation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Abbreviation {
    /// A name: "Gen.", "Mr.", an initial. It never ends a sentence.
    BeforeName,
    /// A time zone or an ordinary word: "a.m.", "p.m.".
    TimeOfDay,
    /// Anything, and it may well end the sentence: "U.S.", "Inc.", "Nov.".
    Other,
}

/// The abbreviation that `text` ends in.
pub(super) fn last_abbreviation(text: &str) -> Option<Abbreviation> {
    let body = text.strip_suffix('.')?;
    let word = body.rsplit(char::is_whitespace).next()?;
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    classify(word)
}

/// The abbreviation that `word`, less its final period, is.
pub(super) fn classify(word: &str) -> Option<Abbreviation> {
    const BEFORE_NAMES: &[&str] = &[
        "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "capt", "cmdr", "adm", "sgt",
        "sen", "rep", "gov", "rev", "hon", "st", "mt", "pres", "supt", "insp", "messrs", "mme",
        "mlle", "sr", "sra", "dott", "ing", "им", "ул", "др", "vs", "no",
    ];
    const OTHERS: &[&str] = &[
        "jr", "inc", "ltd", "co", "corp", "llc", "bros", "dept", "univ", "assn", "jan", "feb",
        "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec", "fig", "vol", "pp", "approx",
        "est", "ph", "ph.d", "etc", "ca", "cf", "al", "bzw", "usw", "dh", "г", "гг", "тыс", "млн",
        "млрд", "руб", "тел", "np", "tzw", "tys", "mln", "mld", "ul", "ff", "art", "abs",
    ];
    // No abbreviation listed or dotted is longer; this bounds the folding below.
    if word.is_empty() || word.len() > 16 {
        return None;
    }
    let folded = word.to_lowercase();
    if matches!(folded.as_str(), "a.m" | "p.m") {
        return Some(Abbreviation::TimeOfDay);
    }
    if BEFORE_NAMES.contains(&folded.as_str()) {
        return Some(Abbreviation::BeforeName);
    }
    let letters = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    if word.contains('.') {
        let dotted = word.split('.').all(letters) || folded == "ph.d";
        return dotted.then_some(Abbreviation::Other);
    }
    // One capital is an initial; "I" and "A" end sentences now and then, which costs little.
    let initial = letters(word) && word.chars().all(char::is_uppercase);
    if initial {
        return Some(Abbreviation::BeforeName);
    }
    OTHERS.contains(&folded.as_str()).then_some(Abbreviation::Other)
}

/// Whether `text` starts with the name of a time zone, as what follows "a.m." does.
pub(super) fn starts_with_zone(text: &str) -> bool {
    static ZONE: LazyLock<Regex> = LazyLock::new(|| {
        #[expect(clippy::unwrap_used, reason = "the pattern is fixed and compiles")]
        Regex::new(r"^(?:GMT|UTC|BST|EST|EDT|ET|CST|CDT|CT|MST|MDT|MT|PST|PDT|PT|CET|CEST|EET|MSK|IST|JST|KST|AEST|local time)\b")
            .unwrap()
    });
    ZONE.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_any_script() {
        for (line, meant) in [
            ("The port reopened.", 3),
            ("Порт снова открыт", 3),
            ("港口重新开放", 3),
            ("— • |", 0),
            ("it's 3.5 %", 2),
            ("", 0),
        ] {
            assert_eq!(count_words(line), meant, "for `{line}`");
        }
    }

    #[test]
    fn a_sentence_ends_in_any_script_and_behind_quotation_marks() {
        for line in ["It did.", "“It did.”", "It did!)", "开放。", "खुला।", "؟", "It did…"]
        {
            assert!(ends_sentence(line), "for `{line}`");
        }
        for line in ["It did. (Gull News)", "开放。（海鸥社）", "It did.” [AP]"] {
            assert!(ends_sentence(line), "for `{line}`");
        }
        for line in
            ["Port reopens", "It did (Gull News)", "It did,", "", "Read on ...", "...", "12:"]
        {
            assert!(!ends_sentence(line), "for `{line}`");
        }
    }

    #[test]
    fn an_abbreviation_does_not_end_its_sentence() {
        for (text, meant) in [
            ("said Gen.", Some(Abbreviation::BeforeName)),
            ("George W.", Some(Abbreviation::BeforeName)),
            ("at 1:00 a.m.", Some(Abbreviation::TimeOfDay)),
            ("in the U.S.", Some(Abbreviation::Other)),
            ("Acme Inc.", Some(Abbreviation::Other)),
            ("the port.", None),
            ("example.org.", None),
            ("Gen", None),
            (".", None),
        ] {
            assert_eq!(last_abbreviation(text), meant, "for `{text}`");
        }
    }
}
