//! The story in a page that was saved as text.
//!
//! Nothing but lines is left of such a page: no markup, no title, no address. Sentences are mended
//! first, as each later rule looks at whole lines; then the site's own tag, the headline and the
//! furniture are taken off, each with its reason.

use super::lines::{Kind, Verdict, judge, judge_page};
use super::phrases::list_tag;
use super::sentences::{join_torn, paragraphs};
use super::words::{count_words, ends_sentence};
use super::{Cleaned, Template, asking};
use crate::article::{ArticleWarning, Title, TitleSource, Traced};
use crate::metadata::{Clue, ClueKind, Clues};
use crate::region::country_by_name;

/// Part of the words in sentences that cleaning must leave, in percent, else it went wrong; unless
/// it leaves enough for a story, as comments can be many times as long.
const LEAST_KEPT: usize = 25;

/// Words in sentences that are enough for a story.
const FEWEST_KEPT: usize = 60;

/// Lines before the story among which the headline is looked for.
const NEAR_STORY: usize = 6;

/// Parts of the world that portals file articles under, beside countries; in lower case.
const WORLD_REGIONS: &[&str] = &[
    "world",
    "international",
    "global",
    "africa",
    "north africa",
    "east africa",
    "west africa",
    "southern africa",
    "central africa",
    "sub-saharan africa",
    "asia",
    "central asia",
    "east asia",
    "south asia",
    "southeast asia",
    "south east asia",
    "asia pacific",
    "asia-pacific",
    "pacific",
    "oceania",
    "australasia",
    "europe",
    "eastern europe",
    "western europe",
    "central europe",
    "northern europe",
    "southern europe",
    "balkans",
    "the balkans",
    "baltics",
    "baltic states",
    "caucasus",
    "south caucasus",
    "scandinavia",
    "eurasia",
    "americas",
    "the americas",
    "north america",
    "south america",
    "central america",
    "latin america",
    "caribbean",
    "the caribbean",
    "middle east",
    "the middle east",
    "mideast",
    "gulf",
    "arctic",
    "antarctica",
];

/// Finds the story in a text scrape.
///
/// The tag is a first line that names a country or a part of the world, or that tags headlines
/// further down (`[Tag] - `). The title is the short line before the first paragraph. Where
/// cleaning would leave too little, the text is kept whole and the warning says so.
pub fn clean_text(text: &str, template: &Template) -> Cleaned {
    let mut lines = paragraphs(text);
    let tag = region_tag(&lines);
    // Some scrapers save it twice: as the name of the section and as the heading of the list.
    let n_tags = lines.iter().take_while(|line| Some(*line) == tag.as_ref()).count();
    let tags = lines.drain(..n_tags);
    let mut trace: Vec<_> = tags.map(|line| traced(line, Some("region-tag"))).collect();
    let mut verdict = judge_page(&lines, template);
    let (kept, all) = verdict.sentence_words(&lines);
    if kept * 100 < all * LEAST_KEPT && kept < FEWEST_KEPT || verdict.story.is_empty() {
        return not_cleaned(lines, tag, trace);
    }
    let title = take_headline(&lines, &mut verdict);
    let dates = printed_dates(&lines, &verdict);
    asking::take_off(&mut verdict.reasons, lines.iter().map(String::as_str));
    let body = story(&lines, &verdict);
    trace.extend(lines.into_iter().zip(verdict.reasons).map(|(line, reason)| traced(line, reason)));
    Cleaned { title, body, tag, dates, trace, ..Cleaned::default() }
}

/// Cleans the text of a record that states its headline: an extractor has chosen it already, so
/// short lines are tables and lists of the story, and only captions, appeals and the like go.
pub fn clean_record(text: &str) -> Cleaned {
    let lines = paragraphs(text);
    let mut verdict = judge(&lines);
    verdict.keep_sides();
    asking::take_off(&mut verdict.reasons, lines.iter().map(String::as_str));
    let body = story(&lines, &verdict);
    let trace = lines.into_iter().zip(verdict.reasons).map(|(line, reason)| traced(line, reason));
    Cleaned { body, trace: trace.collect(), ..Cleaned::default() }
}

fn traced(text: String, reason: Option<&'static str>) -> Traced {
    Traced { reason, chance: None, text }
}

/// What is kept of `lines`. What stood between two halves of a sentence is gone from there.
fn story(lines: &[String], verdict: &Verdict) -> String {
    let lines = lines.iter().zip(&verdict.reasons);
    let kept: Vec<&str> =
        lines.filter(|(_, reason)| reason.is_none()).map(|(line, _)| &**line).collect();
    join_torn(&kept).join("\n")
}

/// The text as it stood, less the tag.
fn not_cleaned(lines: Vec<String>, tag: Option<String>, mut trace: Vec<Traced>) -> Cleaned {
    let warnings = if lines.is_empty() { Vec::new() } else { vec![ArticleWarning::NotCleaned] };
    let body = lines.join("\n");
    trace.extend(lines.into_iter().map(|line| traced(line, None)));
    Cleaned { body, tag, warnings, trace, ..Cleaned::default() }
}

/// The site's own tag, if the first of `lines` is one: one to three capitalised words that name a
/// place or recur as the tag of headlines, with a paragraph soon after.
fn region_tag(lines: &[String]) -> Option<String> {
    let (first, rest) = lines.split_first()?;
    let words: Vec<&str> = first.split_whitespace().collect();
    let is_capitalised = |word: &&str| {
        word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
            || matches!(*word, "and" | "&" | "of" | "the")
    };
    if words.len() > 3 || !words.iter().all(is_capitalised) || ends_sentence(first) {
        return None;
    }
    let story_follows = rest.iter().take(3).any(|line| matches!(Kind::of(line), Kind::Prose(_)));
    let names_place =
        WORLD_REGIONS.contains(&first.to_lowercase().as_str()) || country_by_name(first).is_some();
    let recurs = || rest.iter().filter(|line| list_tag(line) == Some(first)).count() >= 2;
    (story_follows && names_place || recurs()).then(|| first.clone())
}

/// Takes the short lines before the story off, and the headline from among them. A date that
/// stands right before the story stays: it is its dateline.
fn take_headline(lines: &[String], verdict: &mut Verdict) -> Option<Title> {
    let start = verdict.story.start;
    let near = start.saturating_sub(NEAR_STORY)..start;
    let headline = near.rev().filter(|&at| is_headline(&lines[at], verdict.kinds[at]));
    // The longest: what stands between a headline and the story is shorter (byline, section).
    // Of equals the first met, which is the nearest.
    let headline = headline.min_by_key(|&at| std::cmp::Reverse(count_words(&lines[at])));
    for at in 0..start {
        let is_dateline = at + 1 == start && verdict.kinds[at] == Kind::Date;
        if verdict.reasons[at].is_none() && !is_dateline {
            verdict.reasons[at] = Some("short-line");
        }
    }
    let at = headline?;
    verdict.reasons[at] = Some("headline");
    Some(Title { text: lines[at].clone(), source: TitleSource::FirstLine })
}

/// The dates printed alone, near and before the story: nearest first, as a clock in the head of the
/// page stands further off.
fn printed_dates(lines: &[String], verdict: &Verdict) -> Clues {
    let start = verdict.story.start;
    let near = (start.saturating_sub(NEAR_STORY)..start).rev();
    let dated = near.filter(|&at| verdict.kinds[at] == Kind::Date);
    let found = dated.map(|at| Clue::new(ClueKind::Printed, &lines[at], "line")).collect();
    Clues { found, language: None }
}

/// Whether a line before the story could be its headline.
fn is_headline(line: &str, kind: Kind) -> bool {
    let is_byline = ["By ", "by ", "BY ", "Article By", "Von ", "Par ", "Por "]
        .iter()
        .any(|by| line.starts_with(by));
    matches!(kind, Kind::Short | Kind::Sentence)
        && (3..=25).contains(&count_words(line))
        && !is_byline
}

#[cfg(test)]
mod tests;
