//! What is known of a block, as numbers for the [`model`](super::model).
//!
//! Two rows are made for each block. The first says what the block is by itself and where it
//! stands. The second is made once every block has a first opinion on it, and says what those of
//! its neighbours are: a short line between paragraphs is a subheading, one between links is not.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::blocks::{Block, Blocks};
use super::hints::Hints;
use crate::clean::lines::Kind;
use crate::metadata::folded_words;

/// Numbers in the first row.
pub(super) const FIRST: usize = 35 + 2 * Hints::COUNT + TAGS.len() + 1 + KINDS.len();

/// What numbers of the first row are taken from, to see what each brings.
#[cfg(test)]
pub(super) const GROUPS: &[(&str, std::ops::Range<usize>)] = &[
    ("readability", 19..22),
    ("stated texts", 22..25),
    ("place", 25..35),
    ("tags", 35..35 + TAGS.len()),
    ("names", FIRST - 2 * Hints::COUNT..FIRST),
];

/// Numbers in the second row, behind those of the first.
pub(super) const SECOND: usize = FIRST + 23;

/// How many elements around a block count as near.
const NEAR: usize = 3;

/// What a block may look like beside a paragraph.
const KINDS: [Kind; 7] = [
    Kind::Sentence,
    Kind::Short,
    Kind::Date,
    Kind::Appeal,
    Kind::Listed,
    Kind::Counter,
    Kind::Caption,
];

/// Elements that a block may be.
const TAGS: &[&str] = &[
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "td",
    "th",
    "blockquote",
    "pre",
    "figcaption",
    "dd",
    "div",
];

/// What is known of the page beside its blocks.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// What Readability takes for the article.
    pub(super) readability: Shingles,
    /// What the page's structured data gives as the article's text.
    pub(super) stated: Shingles,
    /// What the page's head says that the article is about.
    pub(super) description: Shingles,
    /// The words of the headline.
    pub(super) title: Vec<String>,
}

/// The runs of three words of a text, line by line, as hashes.
#[derive(Clone, Debug, Default)]
pub(super) struct Shingles(HashSet<u64, FixedState>);

impl Shingles {
    /// Those of some lines.
    pub(super) fn of<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut shingles = Self::default();
        for line in lines {
            shingles.add(line);
        }
        shingles
    }

    /// Adds those of one more line.
    pub(super) fn add(&mut self, line: &str) {
        self.0.extend(hashes(line));
    }

    /// Whether there is any.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Which part of the shingles of `line` is among these.
    #[expect(clippy::cast_precision_loss, reason = "a share, to three digits")]
    pub(super) fn coverage(&self, line: &str) -> f32 {
        if self.0.is_empty() {
            return 0.0;
        }
        let (mut all, mut known) = (0_u32, 0_u32);
        for hash in hashes(line) {
            all += 1;
            known += u32::from(self.0.contains(&hash));
        }
        known as f32 / all.max(1) as f32
    }
}

/// The hashes of all runs of three words in `line`; of a shorter line, of all that it holds.
fn hashes(line: &str) -> Vec<u64> {
    let words: Vec<u64> = words(line).collect();
    let run = |run: &[u64]| {
        run.iter().fold(0_u64, |hash, word| {
            hash.rotate_left(21).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word
        })
    };
    match words.len() {
        0 => Vec::new(),
        1 | 2 => vec![run(&words)],
        _ => words.windows(3).map(run).collect(),
    }
}

/// The words of `line` as hashes; signs of scripts without spaces are words.
fn words(line: &str) -> impl Iterator<Item = u64> {
    let is_sign = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    let mut rest = line;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let first = rest.chars().next()?;
        let end = if is_sign(first) {
            first.len_utf8()
        } else {
            rest.find(|c: char| !c.is_alphanumeric() || is_sign(c)).unwrap_or(rest.len())
        };
        let word;
        (word, rest) = rest.split_at(end);
        Some(xxhash_rust::xxh3::xxh3_64(word.as_bytes()))
    })
}

/// Writes the numbers of one row, in order.
struct Row<'a>(&'a mut Vec<f32>);

impl Row<'_> {
    fn number(&mut self, value: f32) {
        self.0.push(value);
    }

    fn flag(&mut self, value: bool) {
        self.0.push(if value { 1.0 } else { 0.0 });
    }
}

/// The first rows of all blocks.
pub(super) fn first_rows(page: &Blocks, evidence: &Evidence) -> Vec<Vec<f32>> {
    let whole = Whole::of(page, evidence);
    (0..page.blocks.len()).map(|at| first_row(page, &whole, evidence, at)).collect()
}

/// What must be known of all blocks before one can be described.
struct Whole {
    readability: Vec<f32>,
    /// Words that make sentences and are no links, before each block and in all.
    prose: Vec<f32>,
    title_at: Option<usize>,
    repeats: Vec<bool>,
}

impl Whole {
    fn of(page: &Blocks, evidence: &Evidence) -> Self {
        let blocks = &page.blocks;
        let mut prose = vec![0.0];
        for block in blocks {
            prose.push(prose[prose.len() - 1] + prose_words(block));
        }
        let is_title = |block: &Block| {
            block.words <= 60
                && !evidence.title.is_empty()
                && folded_words(&block.text) == evidence.title
        };
        let in_heading = |at: &usize| page.elements[blocks[*at].element].name.starts_with('h');
        let titles: Vec<usize> = (0..blocks.len()).filter(|&at| is_title(&blocks[at])).collect();
        let title_at = titles.iter().copied().find(in_heading).or(titles.first().copied());
        let mut seen: HashSet<&str, FixedState> = HashSet::default();
        Self {
            readability: blocks
                .iter()
                .map(|block| evidence.readability.coverage(&block.text))
                .collect(),
            prose,
            title_at,
            repeats: blocks.iter().map(|block| !seen.insert(&block.text)).collect(),
        }
    }

    /// The part of the page's prose that stands in some blocks.
    fn share(&self, blocks: &std::ops::Range<usize>) -> f32 {
        let all = self.prose[self.prose.len() - 1].max(1.0);
        (self.prose[blocks.end] - self.prose[blocks.start]) / all
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn prose_words(block: &Block) -> f32 {
    match block.kind {
        Kind::Prose(words) => words as f32 * (1.0 - block.link_density),
        _ => 0.0,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words and blocks are small")]
fn first_row(page: &Blocks, whole: &Whole, evidence: &Evidence, at: usize) -> Vec<f32> {
    let block = &page.blocks[at];
    let element = &page.elements[block.element];
    let parent = &page.elements[element.parent];
    let grandparent = &page.elements[parent.parent];
    let mut numbers = Vec::with_capacity(SECOND);
    let mut row = Row(&mut numbers);
    row.number(1.0);
    row.number((1.0 + block.words as f32).ln() / 5.0);
    row.flag(block.words < 4);
    row.flag((4..9).contains(&block.words));
    row.flag((9..20).contains(&block.words));
    row.flag((20..40).contains(&block.words));
    row.flag(block.words >= 40);
    row.flag(block.ends_sentence);
    row.number(block.link_density);
    row.flag(block.link_density > 0.5);
    row.flag(block.link_density > 0.5 && block.words < 20);
    row.flag(block.text.chars().any(char::is_lowercase));
    row.flag(block.text.chars().any(|c| c.is_ascii_digit()));
    row.flag(block.text.contains(['“', '”', '"', '«', '»']));
    row.flag(block.text.contains(['|', '›', '»', '•', '·']) && !block.ends_sentence);
    row.flag(block.text.ends_with(':'));
    row.flag(block.text.ends_with(['…']) || block.text.ends_with("..."));
    row.flag(block.text.starts_with(char::is_lowercase));
    row.flag(whole.repeats[at]);
    // Other opinions.
    row.number(whole.readability[at]);
    row.flag(whole.readability[at] > 0.7);
    row.flag(evidence.readability.is_empty());
    let stated = evidence.stated.coverage(&block.text);
    row.number(stated);
    row.flag(!evidence.stated.is_empty() && stated < 0.5);
    row.flag(evidence.description.coverage(&block.text) > 0.5);
    // Its place.
    row.flag(whole.title_at.is_some_and(|title| at < title));
    row.flag(whole.title_at.is_some_and(|title| at > title && at - title <= 8));
    row.flag(whole.title_at.is_none());
    row.number(at as f32 / page.blocks.len() as f32);
    row.number(whole.prose[at] / whole.prose[whole.prose.len() - 1].max(1.0));
    row.number(whole.share(&element.blocks));
    row.number(whole.share(&parent.blocks));
    row.number(whole.share(&grandparent.blocks));
    row.number((1.0 + element.twins as f32).ln() / 4.0);
    // One of several elements of one make, each with text of its own: a card of a list.
    let is_card = page
        .around(at)
        .take(5)
        .any(|around| around.twins >= 3 && around.blocks.len() >= 2 && around.name != "p");
    row.flag(is_card);
    for &tag in TAGS {
        row.flag(element.name == tag);
    }
    row.flag(matches!(block.kind, Kind::Prose(_)));
    for kind in KINDS {
        row.flag(block.kind == kind);
    }
    let near =
        page.around(at).take(NEAR).fold(Hints::default(), |near, around| near.with(around.own));
    for hint in 0..Hints::COUNT {
        row.flag(near.has(hint));
        row.flag(element.all.has(hint));
    }
    debug_assert_eq!(numbers.len(), FIRST, "every row has the same numbers");
    numbers
}

/// Adds the second half to each row. `chances` are the first opinions, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "counts of words and blocks are small")]
pub(super) fn second_rows(page: &Blocks, chances: &[f32], rows: &mut [Vec<f32>]) {
    let n = page.blocks.len();
    // Sums before each block, so that any range is two look-ups.
    let (mut words, mut likely) = (vec![0.0_f32], vec![0.0_f32]);
    for (block, chance) in page.blocks.iter().zip(chances) {
        let weight = (block.words as f32).min(60.0) + 1.0;
        words.push(words[words.len() - 1] + weight);
        likely.push(likely[likely.len() - 1] + weight * chance);
    }
    let sum = |sums: &[f32], from: usize, to: usize| sums[to] - sums[from];
    let mean = |from: usize, to: usize| sum(&likely, from, to) / sum(&words, from, to).max(1.0);
    let main = best_run(page, chances);
    let holder = smallest_around(page, &main);
    let is_sure = |at: usize| page.blocks[at].words >= 15 && chances[at] > 0.5;
    let first = (0..n).find(|&at| is_sure(at)).unwrap_or(n);
    let last = (0..n).rfind(|&at| is_sure(at)).unwrap_or(0);
    for (at, numbers) in rows.iter_mut().enumerate() {
        let block = &page.blocks[at];
        let element = &page.elements[block.element];
        let parent = &page.elements[element.parent];
        let grandparent = &page.elements[parent.parent];
        let mut row = Row(numbers);
        let chance = chances[at];
        row.number(chance);
        row.number((chance.clamp(0.001, 0.999) / (1.0 - chance.clamp(0.001, 0.999))).ln() / 5.0);
        row.number(if at > 0 { chances[at - 1] } else { 0.0 });
        row.number(if at + 1 < n { chances[at + 1] } else { 0.0 });
        row.number(mean(at.saturating_sub(2), at));
        row.number(mean(at + 1, (at + 3).min(n)));
        row.number(mean(at.saturating_sub(6), at));
        row.number(mean(at + 1, (at + 7).min(n)));
        row.number(mean(at.saturating_sub(15), (at + 16).min(n)));
        row.number(mean(element.blocks.start, element.blocks.end));
        row.number(mean(parent.blocks.start, parent.blocks.end));
        row.number(mean(grandparent.blocks.start, grandparent.blocks.end));
        row.number(sum(&likely, parent.blocks.start, parent.blocks.end) / likely[n].max(1.0));
        row.number(
            sum(&likely, grandparent.blocks.start, grandparent.blocks.end) / likely[n].max(1.0),
        );
        row.flag(main.contains(&at));
        row.flag(at < main.start);
        row.flag(at >= main.end);
        row.flag(at < first);
        row.flag(at > last);
        row.flag(page.elements[holder].blocks.contains(&at));
        row.number(distance(at, &main) / 3.0);
        row.flag(main.contains(&at) && block.words < 9);
        row.flag(main.contains(&at) && block.link_density > 0.5);
        debug_assert_eq!(numbers.len(), SECOND, "every row has the same numbers");
    }
}

#[expect(clippy::cast_precision_loss, reason = "a logarithm")]
fn distance(at: usize, main: &std::ops::Range<usize>) -> f32 {
    let away = main.start.saturating_sub(at).max((at + 1).saturating_sub(main.end));
    (1.0 + away as f32).ln()
}

/// The run of blocks with the highest sum of words for the story less words against it.
#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
pub(super) fn best_run(page: &Blocks, chances: &[f32]) -> std::ops::Range<usize> {
    let (mut best, mut best_sum) = (0..0, 0.0);
    let (mut start, mut sum) = (0, 0.0_f32);
    for (at, (block, chance)) in page.blocks.iter().zip(chances).enumerate() {
        if sum <= 0.0 {
            (start, sum) = (at, 0.0);
        }
        sum += (chance - 0.5) * ((block.words as f32).min(60.0) + 3.0);
        if sum > best_sum {
            (best, best_sum) = (start..at + 1, sum);
        }
    }
    best
}

/// The smallest element that holds all blocks of a run.
fn smallest_around(page: &Blocks, run: &std::ops::Range<usize>) -> usize {
    let Some(first) = page.blocks.get(run.start) else { return 0 };
    let mut at = first.element;
    while page.elements[at].blocks.end < run.end && at != page.elements[at].parent {
        at = page.elements[at].parent;
    }
    at
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;
    use crate::clean::html::blocks;

    #[test]
    fn rows_have_the_numbers_that_the_model_expects() {
        let page =
            blocks::read(&Document::from("<h1>Port closed</h1><p>It was.</p><ul><li>x</ul>"));
        let mut rows = first_rows(&page, &Evidence::default());
        assert!(rows.iter().all(|row| row.len() == FIRST));
        second_rows(&page, &[0.1, 0.9, 0.2], &mut rows);
        assert!(rows.iter().all(|row| row.len() == SECOND));
    }

    #[test]
    fn coverage_is_the_part_of_the_words_that_is_known() {
        let known = Shingles::of(["the port was closed on Friday", "Ann Oakes"]);
        for (line, meant) in [
            ("The port", 0.0),
            ("the port was closed", 1.0),
            ("was closed on Monday", 0.5),
            ("Ann Oakes", 1.0),
            ("", 0.0),
        ] {
            assert!((known.coverage(line) - meant).abs() < 0.01, "for `{line}`");
        }
        assert!((Shingles::default().coverage("the port was closed")).abs() < 0.01);
    }
}
