//! Which lines of a page are the story: one rule for pages with markup and for text alone.
//!
//! Each line gets a [`Kind`] from its own words. The story is the run of successive lines with the
//! highest sum of scores (Pasternack and Roth 2009, "Extracting article text from the web with
//! maximum subsequence segmentation"): paragraphs count for it, menus and headlines against.
//! Within it only what is plainly furniture is taken out, so that subheadings, lists and short
//! answers stay.
//!
//! # Invariants
//!
//! - Every line is either kept or given a reason, in the order of the page.
//! - A story of clean paragraphs stays whole: before and after it, a few short lines are cut off
//!   only with evidence that they are furniture.
//!
//! # Cost
//!
//! Linear in the text.

use std::sync::LazyLock;

use regex::Regex;

use super::Template;
use super::phrases::{count_appeals, is_button, is_caption, is_list_line};
use super::story::{best_run, story_run};
use super::words::{count_words, ends_sentence, is_sentence_end};
use crate::metadata::parse_date;

/// Words of one paragraph that count for the story: a whole article may stand in one.
const MOST_COUNTED: i64 = 300;

/// Words below which a line that ends as a sentence may still be furniture.
const FEWEST_WORDS: usize = 9;

/// Lines before or after the story that need no further evidence to be furniture.
const MANY_LINES: usize = 4;

/// Marked lines from which on a page holds a link list.
const FEWEST_LISTED: usize = 4;

/// Words from which on a paragraph that ends a story is its own, whatever it asks for.
const MOST_ASKING: usize = 60;

/// Short lines with a time or year, near one another, that are a list or head comments. A story
/// with so many short lines of the kind has not been met; four are within some.
const FEWEST_STAMPS: usize = 5;

/// Lines from one of them to the next, at most: a comment has few paragraphs.
const STAMPS_APART: usize = 8;

/// What a line looks like, by itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// A paragraph, with its number of words.
    Prose(usize),
    /// A short sentence: speech, a teaser, a hint.
    Sentence,
    /// Neither: headline, menu entry, byline, subheading.
    Short,
    /// A date and nothing else.
    Date,
    /// The site speaks to its reader.
    Appeal,
    /// A line marked as one of a link list.
    Listed,
    /// Digits or signs alone.
    Counter,
    /// It describes or credits a picture.
    Caption,
    /// The publisher repeats it on other pages.
    Repeated,
    /// One of a run of short lines with a time or year: above comments, in tickers and archives.
    Stamped,
}

impl Kind {
    /// The kind of `line`.
    pub(super) fn of(line: &str) -> Self {
        if !line.chars().any(char::is_alphabetic) {
            return if parse_date(line).is_some() { Self::Date } else { Self::Counter };
        }
        let words = count_words(line);
        let sentence = ends_sentence(line);
        if is_list_line(line) && words < 40 || words >= 40 && is_ticker(line, words) {
            return Self::Listed;
        }
        if is_button(line) {
            return Self::Appeal;
        }
        let is_short = words < 12 || (words < 25 && !sentence);
        if is_short && is_date(line, words) {
            return Self::Date;
        }
        if is_short && count_appeals(line) > 0 {
            return Self::Appeal;
        }
        if words < 40 && is_caption(line) {
            return Self::Caption;
        }
        match (sentence, words) {
            (true, FEWEST_WORDS..) => Self::Prose(words),
            (false, 40..) if is_punctuated(line) => Self::Prose(words),
            (true, 3..) => Self::Sentence,
            _ => Self::Short,
        }
    }

    /// What the line counts for the story it might belong to.
    pub(super) fn score(self) -> i64 {
        match self {
            Self::Prose(words) => i64::try_from(words).unwrap_or(i64::MAX).min(MOST_COUNTED),
            Self::Sentence => 1,
            Self::Short | Self::Date | Self::Counter | Self::Caption => -8,
            Self::Listed | Self::Stamped => -16,
            Self::Repeated => -20,
            Self::Appeal => -22,
        }
    }

    /// Whether the line is furniture wherever it stands, and why.
    pub(super) fn furniture(self) -> Option<&'static str> {
        match self {
            Self::Appeal => Some("appeal"),
            Self::Counter => Some("counter"),
            Self::Caption => Some("caption"),
            Self::Listed => Some("headline-list"),
            Self::Repeated => Some("repeated"),
            Self::Prose(_) | Self::Sentence | Self::Short | Self::Date | Self::Stamped => None,
        }
    }

    /// Whether the line is made of sentences.
    pub(super) fn is_sentences(self) -> bool {
        matches!(self, Self::Prose(_) | Self::Sentence)
    }
}

/// Whether a line holds the headlines of a day, each with its time, run together.
fn is_ticker(line: &str, words: usize) -> bool {
    /// Headlines are shorter than this.
    const LONGEST: usize = 25;
    static TIME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[^\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?:[^\d:]|$)")
            .expect("the pattern is fixed")
    });
    let n_times = TIME.find_iter(line).count();
    n_times >= FEWEST_STAMPS && n_times * LONGEST >= words
}

/// Whether any mark parts the words of `line`; none does in a cloud of tags.
fn is_punctuated(line: &str) -> bool {
    line.contains([',', ';', '،', '，', '、']) || line.contains(is_sentence_end)
}

fn is_date(line: &str, words: usize) -> bool {
    words <= 9 && line.bytes().any(|byte| byte.is_ascii_digit()) && parse_date(line).is_some()
}

/// What the line step decided: for each line, `None` to keep it or the reason to take it off.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Verdict {
    /// One entry for each line.
    pub(super) reasons: Vec<Option<&'static str>>,
    /// The kinds of the lines.
    pub(super) kinds: Vec<Kind>,
    /// The story: from its first paragraph up to, not including, the line after its last one.
    pub(super) story: std::ops::Range<usize>,
}

impl Verdict {
    /// Keeps what is beside the story, save what is furniture wherever it stands.
    pub(super) fn keep_sides(&mut self) {
        for (reason, kind) in self.reasons.iter_mut().zip(&self.kinds) {
            *reason = kind.furniture();
        }
    }

    /// How many words of paragraphs and sentences are kept, of how many.
    pub(super) fn sentence_words(&self, lines: &[String]) -> (usize, usize) {
        let (mut kept, mut all) = (0, 0);
        for ((kind, reason), line) in self.kinds.iter().zip(&self.reasons).zip(lines) {
            if matches!(kind, Kind::Prose(_) | Kind::Sentence) {
                let words = count_words(line);
                all += words;
                kept += if reason.is_none() { words } else { 0 };
            }
        }
        (kept, all)
    }
}

/// Decides which of `lines` are the story, where most of them are already known to be.
pub(super) fn judge(lines: &[String]) -> Verdict {
    let kinds = kinds(lines, Kind::of);
    let scores: Vec<i64> = kinds.iter().map(|kind| kind.score()).collect();
    let story = best_run(&scores).lines;
    verdict(kinds, story)
}

/// Decides which of the `lines` of a whole page are the story, knowing what its publisher repeats.
pub(super) fn judge_page(lines: &[String], template: &Template) -> Verdict {
    let kind = |line: &str| if template.repeats(line) { Kind::Repeated } else { Kind::of(line) };
    let mut kinds = kinds(lines, kind);
    relabel_stamped(lines, &mut kinds);
    let mut story = story_run(&kinds);
    story.end -= relabel_last_appeals(&lines[story.clone()], &mut kinds[story.clone()]);
    verdict(kinds, story)
}

/// The kinds of the lines, by themselves and by their neighbours.
fn kinds(lines: &[String], kind: impl Fn(&str) -> Kind) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = lines.iter().map(|line| kind(line)).collect();
    relabel_long_appeals(lines, &mut kinds);
    relabel_lists(&mut kinds);
    kinds
}

/// What becomes of each line, as the story is known.
fn verdict(kinds: Vec<Kind>, story: std::ops::Range<usize>) -> Verdict {
    let mut reasons: Vec<Option<&'static str>> =
        kinds.iter().map(|kind| kind.furniture()).collect();
    for side in [0..story.start, story.end..kinds.len()] {
        if is_furniture(&kinds[side.clone()]) {
            let list = list_within(&kinds, side.clone());
            for at in side {
                reasons[at] = reasons[at].or(Some(match kinds[at] {
                    _ if list.contains(&at) => "headline-list",
                    Kind::Prose(_) | Kind::Sentence => "beside-story",
                    Kind::Date => "date-line",
                    Kind::Stamped => "time-stamps",
                    _ => "short-line",
                }));
            }
        }
    }
    Verdict { reasons, kinds, story }
}

/// A time or year in one short line says nothing; in many that stand near one another they belong
/// to comments or to a list.
fn relabel_stamped(lines: &[String], kinds: &mut [Kind]) {
    let stamped: Vec<usize> = (0..lines.len()).filter(|&at| is_stamped(&lines[at])).collect();
    let runs = stamped.chunk_by(|one, next| next - one <= STAMPS_APART);
    for &at in runs.filter(|run| run.len() >= FEWEST_STAMPS).flatten() {
        kinds[at] = Kind::Stamped;
    }
}

/// Whether `line` is short and holds a time of day or a year.
fn is_stamped(line: &str) -> bool {
    // The pattern is fixed, and a test runs it.
    static STAMP: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b\d{1,2}[:.]\d\d\b|\b(?:19|20)\d\d\b").expect("a pattern"));
    line.len() <= 200 && count_words(line) <= 12 && !ends_sentence(line) && STAMP.is_match(line)
}

/// A longer text of appeal, beside shorter ones, that names what it asks for three times.
fn relabel_long_appeals(lines: &[String], kinds: &mut [Kind]) {
    for at in 0..kinds.len() {
        let beside = [at.checked_sub(1), Some(at + 1)];
        let beside_appeal =
            beside.into_iter().flatten().any(|at| kinds.get(at) == Some(&Kind::Appeal));
        let long_appeal = matches!(kinds[at], Kind::Prose(..=80))
            && beside_appeal
            && count_appeals(&lines[at]) >= 3;
        if long_appeal {
            kinds[at] = Kind::Appeal;
        }
    }
}

/// A story ends before its site asks for something: takes what does so off the end, also what is
/// long for it but asks twice. How many lines that was.
fn relabel_last_appeals(lines: &[String], kinds: &mut [Kind]) -> usize {
    let asks = |(line, kind): (&String, &Kind)| {
        kind.furniture().is_some()
            || matches!(kind, Kind::Prose(..MOST_ASKING)) && count_appeals(line) >= 2
    };
    // The first line is the story's whatever it says.
    let story_ends = lines.iter().zip(&*kinds).rposition(|line| !asks(line)).unwrap_or(0) + 1;
    let last = kinds.get_mut(story_ends..).unwrap_or_default();
    for kind in &mut *last {
        if kind.furniture().is_none() {
            *kind = Kind::Appeal;
        }
    }
    last.len()
}

/// A few marked lines are no evidence of a link list; where there is one, the unmarked headlines
/// between its marked ones belong to it.
fn relabel_lists(kinds: &mut [Kind]) {
    let n_listed = kinds.iter().filter(|kind| **kind == Kind::Listed).count();
    let mut last_listed = None;
    for at in 0..kinds.len() {
        match kinds[at] {
            Kind::Listed if n_listed < FEWEST_LISTED => kinds[at] = Kind::Short,
            Kind::Listed => {
                if let Some(last) = last_listed.replace(at) {
                    kinds[last..at].fill(Kind::Listed);
                }
            }
            Kind::Short | Kind::Sentence => {}
            _ => last_listed = None,
        }
    }
}

/// Whether the lines on one side of the story are furniture: they are many, or some of them are
/// plainly so.
fn is_furniture(kinds: &[Kind]) -> bool {
    kinds.len() >= MANY_LINES || kinds.iter().any(|kind| kind.furniture().is_some())
}

/// The list of links on one side of the story: from the first marked line to the last, and the
/// unmarked headlines at both its ends.
fn list_within(kinds: &[Kind], side: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let listed = |at: &usize| kinds[*at] == Kind::Listed;
    let (Some(mut first), Some(last)) = (side.clone().find(listed), side.clone().rfind(listed))
    else {
        return side.start..side.start;
    };
    let mut end = last + 1;
    while first > side.start && kinds[first - 1] == Kind::Short {
        first -= 1;
    }
    while end < side.end && kinds[end] == Kind::Short {
        end += 1;
    }
    first..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::text_lines;

    const PROSE: &str = "The harbour of the small town was closed for three days after the storm had \
        passed, and no ship could leave it before the wreck at its mouth was towed away.";

    #[track_caller]
    fn check(lines: &[(&str, Option<&str>)]) {
        let text: Vec<String> = lines.iter().map(|(line, _)| (*line).to_owned()).collect();
        let meant: Vec<Option<&str>> = lines.iter().map(|(_, reason)| *reason).collect();
        assert_eq!(judge(&text).reasons, meant);
    }

    #[test]
    fn menus_and_footers_are_cut_off() {
        check(&[
            ("Home page", Some("short-line")),
            ("World news", Some("short-line")),
            ("Sport", Some("short-line")),
            ("Weather", Some("short-line")),
            (PROSE, None),
            ("What next", None),
            ("“We wait.”", None),
            (PROSE, None),
            ("Subscribe to our newsletter", Some("appeal")),
            ("Boat show opens", Some("short-line")),
            ("128", Some("counter")),
        ]);
    }

    #[test]
    fn a_story_of_clean_paragraphs_stays_whole() {
        check(&[("Friday, 4 May 2018", None), (PROSE, None), ("Sources", None)]);
    }

    #[test]
    fn many_marked_lines_are_a_list_and_one_is_not() {
        check(&[(PROSE, None), ("[Norway] - A note", None), (PROSE, None)]);
        let listed = Some("headline-list");
        check(&[
            (PROSE, None),
            (PROSE, None),
            (PROSE, None),
            ("[Norway] - Port Reopens", listed),
            ("Ferry Runs Again", listed),
            ("[Norway] - Mayor Resigns", listed),
            ("[Norway] - Storm Moves East", listed),
            ("[Norway] - Whale Seen", listed),
            (PROSE, None),
            (PROSE, None),
            (PROSE, None),
        ]);
    }

    #[test]
    fn what_is_long_without_being_told_is_no_paragraph() {
        let tags = "harbour ferry tide storm trawler herring quay mayor pier ".repeat(5);
        assert_eq!(Kind::of(tags.trim()), Kind::Short);
        let ticker = "18:52 The mayor receives the masters of the trawlers ".repeat(6);
        assert_eq!(Kind::of(ticker.trim()), Kind::Listed);
        let told = format!("At 9:30 the first of the two tugs came into the bay. {PROSE} {PROSE}");
        assert!(matches!(Kind::of(&told), Kind::Prose(_)));
    }

    #[test]
    fn captions_and_appeals_are_taken_out_of_the_story() {
        check(&[
            (PROSE, None),
            ("Photo: Ann Oakes", Some("caption")),
            ("Read more: boat show opens", Some("appeal")),
            (PROSE, None),
        ]);
    }

    #[test]
    fn a_long_appeal_is_known_by_its_neighbours_and_its_phrases() {
        let long = "Please donate what you can, support us and buy our calendar with ships in it.";
        check(&[(PROSE, None), ("Support us", Some("appeal")), (long, Some("appeal"))]);
        check(&[(PROSE, None), (long, None)]);
    }

    /// Checks what is made of a whole page whose publisher repeats the lines `repeated`.
    #[track_caller]
    fn check_page(repeated: &str, lines: &[(&str, Option<&str>)]) {
        let template = Template::from(text_lines(repeated));
        let text: Vec<String> = lines.iter().map(|(line, _)| (*line).to_owned()).collect();
        let meant: Vec<Option<&str>> = lines.iter().map(|(_, reason)| *reason).collect();
        assert_eq!(judge_page(&text, &template).reasons, meant);
    }

    #[test]
    fn what_a_publisher_repeats_is_no_story_whatever_it_says() {
        let notice = "The editors of this newspaper have not read what its readers write below.";
        let repeated = format!("Staff reporter\n{notice}");
        let gone = Some("repeated");
        check_page(
            &repeated,
            &[
                (notice, gone),
                (PROSE, None),
                ("Staff Reporter", gone),
                (PROSE, None),
                (notice, gone),
            ],
        );
        check_page("", &[(PROSE, None), ("Staff reporter", None), (PROSE, None), (notice, None)]);
    }

    #[test]
    fn comments_are_no_story_though_there_is_more_of_them() {
        let (stamp, comment) = (Some("time-stamps"), Some("beside-story"));
        let mut lines = vec![(PROSE, None), (PROSE, None)];
        for _ in 0..5 {
            lines.extend([("Gull, 4 May 2018 17:01", stamp), (PROSE, comment)]);
        }
        check_page("", &lines);
        // A few times in a story are part of it.
        check_page("", &[(PROSE, None), ("Ferries at 17:01", None), (PROSE, None)]);
    }

    #[test]
    fn a_story_ends_before_its_site_asks_for_something() {
        let asks = "If you liked this story, please consider a donation, and sign up for letters.";
        let appeal = Some("appeal");
        check_page("", &[(PROSE, None), (asks, None), (PROSE, None), (asks, appeal)]);
    }

    #[test]
    fn a_text_without_lines_has_no_story() {
        assert_eq!(judge(&[]), Verdict::default());
        assert_eq!(judge(&["Menu entry".to_owned()]).story, 0..0);
    }
}
