//! Articles made up from a seed, to be indexed while questions are asked.

use std::io::{self, Write};

use crate::random::Random;

/// How many words a made-up language has.
const WORDS: usize = 20_000;

/// Writes `count` articles as JSON, one a line. Words come as often as in real text: one in
/// proportion to its place among all (Zipf).
pub(super) fn write_articles(out: &mut impl Write, count: usize, seed: u64) -> io::Result<()> {
    let mut random = Random::new(seed);
    for number in 0..count {
        let title = words(&mut random, 8);
        let paragraphs: Vec<_> = (0..6).map(|_| sentence(&words(&mut random, 50))).collect();
        let article = serde_json::json!({
            "url": format!("https://made-up.example/{seed}/{number}"),
            "title": sentence(&title),
            "body": paragraphs.join("\n\n"),
            "date": format!("20{:02}-{:02}-{:02}", random.below(25), 1 + random.below(12), 1 + random.below(28)),
        });
        serde_json::to_writer(&mut *out, &article)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn words(random: &mut Random, count: usize) -> String {
    let words: Vec<_> = (0..count).map(|_| word(random)).collect();
    words.join(" ")
}

/// A word of three syllables, the shorter the number the more common.
fn word(random: &mut Random) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let place = (WORDS as f64).powf(random.unit());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number")]
    let mut place = place as usize;
    let (consonants, vowels) = (b"bdfgklmnprstvz", b"aeiou");
    let mut word = String::with_capacity(6);
    for _ in 0..3 {
        word.push(char::from(consonants[place % consonants.len()]));
        place /= consonants.len();
        word.push(char::from(vowels[place % vowels.len()]));
        place /= vowels.len();
    }
    word
}

fn sentence(words: &str) -> String {
    let (first, rest) = words.split_at(1);
    format!("{}{rest}.", first.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_follow_from_the_seed() {
        let made = |seed| {
            let mut out = Vec::new();
            write_articles(&mut out, 3, seed).expect("written");
            String::from_utf8(out).expect("text")
        };
        assert_eq!(made(1), made(1));
        assert_ne!(made(1), made(2));
        assert_eq!(made(1).lines().count(), 3);
    }
}
