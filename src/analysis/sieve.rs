//! Cuts text, 64 bytes at a time.
//!
//! Between white space, text is cut by itself. Most of such stretches hold words of ASCII letters and
//! digits with nothing in them that joins two. Where those stand is told from masks, a bit for each
//! byte, without a branch for any of them; so words that are not wanted are passed over, and counted
//! all the same. Only a stretch that is more than it looks is cut letter by letter.

use std::ops::Range;

use super::tokenize::{Cutter, Token};

/// How many bytes are looked at together: one for each bit of a mask.
const BLOCK: usize = 64;

/// From how many letters on it takes less time to look at each word than for each letter.
const MANY_INITIALS: usize = 6;

/// Hands every token of `text` to `emit`, in the order of their positions; gives the number of
/// positions. Takes time in proportion to the text.
pub fn tokenize(text: &str, emit: impl FnMut(Token<'_>)) -> u32 {
    sift(text, |_| u64::MAX, |_| true, emit)
}

/// As [`tokenize`], but words of ASCII that stand alone are handed over only if they begin with one
/// of `initials`, those in lower case, and `is_wanted` says so of the text from there on. The others
/// are counted all the same.
pub fn tokenize_some(
    text: &str,
    initials: &[u8],
    is_wanted: impl Fn(&[u8]) -> bool,
    emit: impl FnMut(Token<'_>),
) -> u32 {
    if initials.len() < MANY_INITIALS {
        // Digits have that bit as well.
        let begun = |bytes: &_, initial: u8| mask(bytes, |byte| byte | b' ' == initial);
        let begun = |bytes: &_| initials.iter().fold(0, |all, it| all | begun(bytes, *it));
        return sift(text, begun, is_wanted, emit);
    }
    let is_initial = |word: &[u8]| initials.contains(&word[0].to_ascii_lowercase());
    sift(text, |_| u64::MAX, |word| is_initial(word) && is_wanted(word), emit)
}

/// Hands over what is more than it looks, and of the other words those that begin where `begun` has
/// a bit, if they are wanted.
fn sift(
    text: &str,
    begun: impl Fn(&[u8; BLOCK]) -> u64,
    is_wanted: impl Fn(&[u8]) -> bool,
    mut emit: impl FnMut(Token<'_>),
) -> u32 {
    let bytes = text.as_bytes();
    let mut cutter = Cutter::new(text);
    let mut at = 0;
    while at < bytes.len() {
        let mut padded = [b' '; BLOCK];
        let chunk = bytes[at..].first_chunk().unwrap_or_else(|| {
            padded[..bytes.len() - at].copy_from_slice(&bytes[at..]);
            &padded
        });
        let block = Block::of(chunk);
        let Some(last) = block.white.checked_ilog2() else {
            let rest = &bytes[at + BLOCK..];
            let length = rest.iter().position(|it| is_white(*it)).unwrap_or(rest.len());
            cutter.cut(at..at + BLOCK + length, &mut emit);
            at += BLOCK + length;
            continue;
        };
        // The last stretch may go on.
        let mut left = (block.starts & begun(chunk) | block.odd) & below(last);
        let mut counted = 0;
        while left != 0 {
            let place = left.trailing_zeros();
            left &= left - 1;
            let here = at + place as usize;
            let odd = block.odd_stretch(place);
            if odd.is_none() && !is_wanted(&bytes[here..]) {
                continue;
            }
            let is_signed = block.word_end(place) == place + 1
                && matches!(bytes.get(here + 1), Some(b'+' | b'#'));
            let is_plain = odd.is_none() && !is_signed;
            let cut = match odd {
                Some(stretch) => stretch,
                // A letter with a sign may be more.
                None if is_signed => place..block.stretch(place).end,
                None => place..block.word_end(place),
            };
            let passed = block.starts & below(cut.start) & !below(counted);
            // To count takes a dozen steps.
            if passed != 0 {
                cutter.position += passed.count_ones();
            }
            counted = cut.end;
            let cut = at + cut.start as usize..at + cut.end as usize;
            if is_plain {
                cutter.clean_word(cut, &mut emit);
            } else {
                cutter.cut(cut, &mut emit);
            }
            left &= !below(counted);
        }
        cutter.position += (block.starts & below(last) & !below(counted)).count_ones();
        at += last as usize + 1;
    }
    cutter.position
}

/// What 64 bytes are; a bit for each, the first one lowest. They begin with a stretch.
struct Block {
    /// White space and control characters.
    white: u64,
    /// ASCII letters and digits.
    of_word: u64,
    /// Where runs of those start.
    starts: u64,
    /// Where a stretch is more than it looks: characters beyond ASCII, and single ones that stand
    /// between two runs.
    odd: u64,
}

impl Block {
    fn of(bytes: &[u8; BLOCK]) -> Self {
        let white = mask(bytes, is_white);
        let beyond = if bytes.is_ascii() { 0 } else { mask(bytes, |byte| !byte.is_ascii()) };
        let of_word = mask(bytes, |byte| byte.is_ascii_alphanumeric());
        let between = !of_word & !white & of_word << 1 & of_word >> 1;
        Self { white, of_word, starts: of_word & !(of_word << 1), odd: beyond | between }
    }

    /// The stretch around a place before the last white space.
    fn stretch(&self, place: u32) -> Range<u32> {
        let before = self.white & below(place);
        let start = u64::BITS - before.leading_zeros();
        let end = place + (self.white >> place).trailing_zeros();
        start..end
    }

    /// Likewise, if that is more than it looks.
    fn odd_stretch(&self, place: u32) -> Option<Range<u32>> {
        if self.odd == 0 {
            return None;
        }
        let stretch = self.stretch(place);
        (self.odd & below(stretch.end) & !below(stretch.start) != 0).then_some(stretch)
    }

    /// Where the run ends that starts at a place.
    fn word_end(&self, start: u32) -> u32 {
        start + (self.of_word >> start).trailing_ones()
    }
}

fn is_white(byte: u8) -> bool {
    byte <= b' '
}

/// The bits before a place.
fn below(place: u32) -> u64 {
    (1 << place) - 1
}

/// A bit for each byte that `is`.
#[inline]
fn mask(bytes: &[u8; BLOCK], is: impl Fn(u8) -> bool) -> u64 {
    let mut flags = [0; BLOCK];
    for (flag, byte) in flags.iter_mut().zip(bytes) {
        *flag = u8::from(is(*byte));
    }
    let (eights, _) = flags.as_chunks::<8>();
    eights.iter().rev().fold(0, |mask, eight| {
        // The product has the lowest bits of all eight bytes at its top, the first one lowest.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask << 8 | bits
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Form;
    use super::*;

    type Seen = (String, Range<usize>, u32, Form);

    fn seen(token: Token<'_>) -> Seen {
        (token.term.to_owned(), token.range, token.position, token.form)
    }

    fn all(text: &str) -> (Vec<Seen>, u32) {
        let mut all = Vec::new();
        let mut cutter = Cutter::new(text);
        cutter.cut(0..text.len(), &mut |token| all.push(seen(token)));
        (all, cutter.position)
    }

    fn some(text: &str, initials: &[u8], with: &[u8]) -> (Vec<Seen>, u32) {
        let mut some = Vec::new();
        let begins = |text: &[u8]| {
            text.get(..with.len()).is_some_and(|begun| begun.eq_ignore_ascii_case(with))
        };
        let count = tokenize_some(text, initials, begins, |token| some.push(seen(token)));
        (some, count)
    }

    #[test]
    fn words_that_are_not_wanted_are_counted() {
        let text = "Polls opened; the polling, 10,000 of it, is Mr. O'Polly's (in the U.S.)";
        let (some, count) = some(text, b"p", b"poll");
        let terms: Vec<_> = some.iter().map(|it| (it.0.as_str(), it.2)).collect();
        let expected = [
            ("Polls", 0),
            ("polling", 3),
            ("10000", 4),
            ("O", 9),
            ("OPolly", 9),
            ("Polly", 10),
            ("US", 13),
            ("U.S", 13),
        ];
        assert_eq!((&terms[..], count), (&expected[..], 14));
    }

    /// What words are made of, and what stands between them.
    const PIECES: &[&str] = &[
        "b",
        "ba",
        "Bar",
        "BAR",
        "bär",
        "tab",
        "OSCE",
        "1",
        "10",
        "000",
        "c",
        "é",
        "e\u{301}",
        "-",
        "'",
        "’",
        "&",
        ".",
        ",",
        "+",
        "#",
        "_",
        "/",
        "“",
        "—",
        "\u{ad}",
        "\u{200b}",
        "\u{301}",
        "选",
        "да",
        "\u{a0}",
        " ",
        " ",
        " ",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "s",
        "S",
        "a long run of plain words ",
    ];

    proptest! {
        #[test]
        fn what_is_wanted_is_cut_as_it_is_in_the_whole(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60),
            (initials, with) in proptest::sample::select(&[
                ("b", "b"), ("b", "ba"), ("bt", ""), ("o", ""), ("1", "10"), ("abcdefgh", "c"), ("", ""),
            ][..]),
        ) {
            let text = pieces.concat();
            let (all, count) = all(&text);
            let mut at_once = Vec::new();
            assert_eq!(tokenize(&text, |token| at_once.push(seen(token))), count, "{text:?}");
            assert_eq!(at_once, all, "{text:?}");
            let (some, some_count) = some(&text, initials.as_bytes(), with.as_bytes());
            assert_eq!(count, some_count, "{text:?}");
            let mut rest = all.iter();
            assert!(some.iter().all(|it| rest.any(|other| other == it)), "{text:?}");
            let begins = |it: &Seen| {
                let begun = it.0.as_bytes();
                let is_initial = |byte: &u8| initials.as_bytes().contains(&byte.to_ascii_lowercase());
                begun.first().is_some_and(is_initial)
                    && begun.get(..with.len()).is_some_and(|it| it.eq_ignore_ascii_case(with.as_bytes()))
            };
            // A sign behind a letter belongs to it, but joins nothing.
            let is_plain = |it: &Seen| {
                text[it.1.clone()].trim_end_matches(['+', '#']).bytes().all(|byte| byte.is_ascii_alphanumeric())
            };
            let wanted: Vec<u32> =
                all.iter().filter(|it| begins(it) || !is_plain(it)).map(|it| it.2).collect();
            for it in all.iter().filter(|it| wanted.contains(&it.2)) {
                assert!(some.contains(it), "{it:?} of {text:?}");
            }
        }
    }
}
