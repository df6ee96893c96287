//! Scores main texts, titles and dates.
//!
//! The text is compared by shingles of four tokens, as in the public article-extraction-benchmark
//! (<https://github.com/scrapinghub/article-extraction-benchmark>): what is right, too much and
//! missing is a share of each page, so that a long page counts no more than a short one; precision
//! and recall are means over the pages, and F1 is computed from the two means. Each Han and kana
//! sign is a token.

use std::fmt;
use std::sync::LazyLock;

use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt as _};
use regex::Regex;
use unicode_normalization::UnicodeNormalization as _;
use xxhash_rust::xxh3::xxh3_64;

/// Tokens in a shingle.
const SHINGLE: usize = 4;

/// What is known to be right of one page; what is `None` is not scored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gold {
    /// The main text.
    pub text: Option<String>,
    /// The headline, and forms of it that are as good; empty where it is not known.
    pub titles: Vec<String>,
    /// The day of publication, and days that are as good; empty where it is not known.
    pub days: Vec<NaiveDate>,
}

/// What was made of one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The main text.
    pub text: String,
    /// The headline.
    pub title: String,
    /// The day of publication.
    pub day: Option<NaiveDate>,
}

/// Figures over many pages; each is from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Of the main text.
    pub text: TextScore,
    /// Of the headline.
    pub title: TitleScore,
    /// Of the day of publication.
    pub date: DateScore,
}

/// How well main texts were found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "named as in the literature")]
pub struct TextScore {
    pub pages: usize,
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    /// Share of the pages whose own F1 is below one half.
    pub below_half: f64,
}

/// How well headlines were found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TitleScore {
    /// Pages whose headline is known.
    pub pages: usize,
    /// Share of them with the very headline, but for case, quotation marks, dashes and spaces.
    pub exact: f64,
}

/// How well days of publication were found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DateScore {
    /// Pages whose day is known.
    pub pages: usize,
    /// Share of them with the right day.
    pub accuracy: f64,
    /// Share of the days given that are right.
    pub precision: f64,
    /// Share of the pages for which a day was given.
    pub cover: f64,
}

/// Scores pages; `None` for one of which nothing was made.
pub fn score<'a>(pages: impl IntoIterator<Item = (&'a Gold, Option<&'a Answer>)>) -> Scores {
    let nothing = Answer::default();
    let (mut texts, mut titles, mut dates) = (Vec::new(), Vec::new(), Vec::new());
    for (gold, answer) in pages {
        let answer = answer.unwrap_or(&nothing);
        if let Some(text) = &gold.text {
            texts.push(Overlap::of(text, &answer.text));
        }
        if !gold.titles.is_empty() {
            let given = folded(&answer.title);
            titles.push(gold.titles.iter().any(|title| folded(title) == given));
        }
        if !gold.days.is_empty() {
            dates.push(answer.day.map(|day| gold.days.contains(&day)));
        }
    }
    Scores {
        text: text_score(&texts),
        title: TitleScore { pages: titles.len(), exact: share(&titles, |right| *right) },
        date: DateScore {
            pages: dates.len(),
            accuracy: share(&dates, |right| *right == Some(true)),
            precision: {
                let given: Vec<bool> = dates.iter().copied().flatten().collect();
                share(&given, |right| *right)
            },
            cover: share(&dates, Option::is_some),
        },
    }
}

/// The F1 of one text by itself.
pub fn text_f1(gold: &str, text: &str) -> f64 {
    Overlap::of(gold, text).f1()
}

/// What two texts share, as shares of all that is in either.
#[derive(Clone, Copy, Debug, Default)]
struct Overlap {
    right: f64,
    surplus: f64,
    missing: f64,
}

impl Overlap {
    #[expect(clippy::cast_precision_loss, reason = "texts have far fewer than 2^52 tokens")]
    fn of(gold: &str, text: &str) -> Self {
        let (gold, text) = (shingles(gold), shingles(text));
        let shared: u64 =
            gold.iter().map(|(shingle, n)| *n.min(text.get(shingle).unwrap_or(&0))).sum();
        let surplus = text.values().sum::<u64>() - shared;
        let missing = gold.values().sum::<u64>() - shared;
        let all = (shared + surplus + missing).max(1) as f64;
        Self {
            right: shared as f64 / all,
            surplus: surplus as f64 / all,
            missing: missing as f64 / all,
        }
    }

    fn f1(&self) -> f64 {
        let all = 2.0 * self.right + self.surplus + self.missing;
        if all == 0.0 { 1.0 } else { 2.0 * self.right / all }
    }
}

fn text_score(pages: &[Overlap]) -> TextScore {
    let mean = |other: fn(&Overlap) -> f64| {
        let ratios = pages.iter().map(|page| (page.right, page.right + other(page)));
        let ratios: Vec<f64> =
            ratios.filter(|(_, all)| *all > 0.0).map(|(right, all)| right / all).collect();
        average(&ratios)
    };
    let (precision, recall) = (mean(|page| page.surplus), mean(|page| page.missing));
    let sum = precision + recall;
    TextScore {
        pages: pages.len(),
        precision,
        recall,
        f1: if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum },
        below_half: share(pages, |page| page.f1() < 0.5),
    }
}

/// How often each shingle stands in `text`; a text of fewer tokens is one shingle.
fn shingles(text: &str) -> HashMap<u64, u64> {
    let text: String = text.nfc().filter(|c| *c != '\u{ad}').collect();
    let tokens: Vec<u64> =
        TOKEN.find_iter(&text).map(|token| xxh3_64(token.as_str().as_bytes())).collect();
    let mut counts = HashMap::new();
    if tokens.is_empty() {
        return counts;
    }
    for shingle in tokens.windows(SHINGLE.min(tokens.len())) {
        let bytes: Vec<u8> = shingle.iter().flat_map(|token| token.to_le_bytes()).collect();
        *counts.entry(xxh3_64(&bytes)).or_default() += 1;
    }
    counts
}

static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    const SIGNS: &str = r"\x{3040}-\x{30ff}\x{3400}-\x{4dbf}\x{4e00}-\x{9fff}\x{f900}-\x{faff}";
    Regex::new(&format!(r"[{SIGNS}]|[\p{{L}}\p{{N}}_&&[^{SIGNS}]]+")).expect("a fixed pattern")
});

/// A headline without what does not matter when two are compared.
fn folded(title: &str) -> String {
    let folded: String = title
        .nfkc()
        .map(|c| match c {
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            '–' | '—' => '-',
            c => c,
        })
        .flat_map(char::to_lowercase)
        .collect();
    crate::text::one_line(&folded).trim_matches([' ', '.']).to_owned()
}

#[expect(clippy::cast_precision_loss, reason = "counts of pages")]
fn share<T>(all: &[T], test: impl Fn(&T) -> bool) -> f64 {
    if all.is_empty() {
        return 0.0;
    }
    all.iter().filter(|one| test(one)).count() as f64 / all.len() as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts of pages")]
fn average(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

impl fmt::Display for TextScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pages, precision, recall, f1, below_half } = self;
        write!(f, "{pages} | {precision:.3} | {recall:.3} | {f1:.3} | {:.1} %", 100.0 * below_half)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(text: &str) -> Gold {
        Gold { text: Some(text.to_owned()), ..Gold::default() }
    }

    fn answer(text: &str) -> Answer {
        Answer { text: text.to_owned(), ..Answer::default() }
    }

    #[track_caller]
    fn check(given: f64, meant: f64) {
        assert!((given - meant).abs() < 1e-9, "{given} is not {meant}");
    }

    #[test]
    fn a_text_is_compared_by_shingles_of_four() {
        // Two shingles of the right text; one of them in the answer, beside one more.
        let scores = score([(&gold("a b c d e"), Some(&answer("z a b c d")))]);
        check(scores.text.precision, 0.5);
        check(scores.text.recall, 0.5);
        check(text_f1("a b c d e", "a b c d e"), 1.0);
        check(text_f1("a b", "a b"), 1.0);
        check(text_f1("港口重新开放", "港口重新开"), 0.8);
        check(text_f1("a b c d e", ""), 0.0);
    }

    #[test]
    fn every_page_counts_the_same() {
        let (long, short) = (gold(&"a b c d ".repeat(100)), gold("a b c d"));
        let (right, wrong) = (answer("a b c d"), answer("w x y z"));
        let scores = score([(&long, Some(&wrong)), (&short, Some(&right))]);
        check(scores.text.recall, 0.5);
        check(scores.text.below_half, 0.5);
    }

    #[test]
    fn a_page_without_an_answer_is_a_miss() {
        let day = NaiveDate::from_ymd_opt(2020, 5, 4);
        let known = Gold {
            text: Some("a b c d".into()),
            titles: vec!["Port “reopens”".into(), "Port".into()],
            days: day.into_iter().collect(),
        };
        let right = Answer { text: "a b c d".into(), title: "PORT \"reopens\".".into(), day };
        let scores = score([(&known, Some(&right)), (&known, None)]);
        check(scores.text.recall, 0.5);
        check(scores.title.exact, 0.5);
        check(scores.date.accuracy, 0.5);
        check(scores.date.precision, 1.0);
        check(scores.date.cover, 0.5);
    }

    #[test]
    fn what_is_not_known_is_not_scored() {
        let scores = score([(&Gold::default(), Some(&answer("a")))]);
        assert_eq!((scores.text.pages, scores.title.pages, scores.date.pages), (0, 0, 0));
    }
}
