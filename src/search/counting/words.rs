//! In how many articles of several sets each word stands.
//!
//! # Cost
//!
//! Every word that is frequent enough is looked up in all articles that have it, in whole blocks of its
//! postings: exact, and of the same cost for any sets. Memory for a byte an article.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermStreamer;
use tantivy::{InvertedIndexReader, SegmentReader};

use super::Tally;
use super::matched::Matched;
use crate::analysis::is_function_word;
use crate::error::Error;
use crate::index::ArchiveReader;

/// An article of the first set, of the second, and one that was deleted.
const MARKS: [u8; 3] = [1, 2, 4];

/// So many different marks an article may have.
const N_MARKS: usize = 8;

/// In how many articles something stands: of two sets, and of all.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Seen {
    pub(super) a: Tally,
    pub(super) b: Tally,
    pub(super) all: Tally,
}

/// Which sets the articles of each segment are in.
pub(super) struct Marked {
    segments: Vec<Vec<u8>>,
}

impl Marked {
    /// Of two sets.
    pub(super) fn of(archive: &ArchiveReader, sets: [&Matched<'_>; 2]) -> Result<Self, Error> {
        let segments = archive.searcher().segment_readers();
        let mut marked: Vec<_> = segments.iter().map(dead).collect();
        for (set, mark) in sets.into_iter().zip(MARKS) {
            let mut segments = marked.iter_mut();
            set.each_segment(|_, articles| {
                let Some(marks) = segments.next() else { return Ok(()) };
                articles.each(&mut |docs| {
                    for &doc in docs {
                        marks[doc as usize] |= mark;
                    }
                })
            })?;
        }
        Ok(Self { segments: marked })
    }

    /// How many articles are in each set, and in both.
    pub(super) fn sizes(&self) -> (Tally, Tally, Tally) {
        let mut counts = [0; N_MARKS];
        for mark in self.segments.iter().flatten() {
            counts[usize::from(*mark)] += 1;
        }
        let Seen { a, b, .. } = seen(counts);
        (a, b, Tally::of(counts[3]))
    }
}

/// The articles of a segment that were deleted.
fn dead(segment: &SegmentReader) -> Vec<u8> {
    let alive = segment.alive_bitset();
    let mark = |doc| if alive.is_none_or(|alive| alive.is_alive(doc)) { 0 } else { MARKS[2] };
    (0..segment.max_doc()).map(mark).collect()
}

fn seen(counts: [u64; N_MARKS]) -> Seen {
    let [neither, a, b, both, ..] = counts;
    let [a, b, all] = [a + both, b + both, neither + a + b + both].map(Tally::of);
    Seen { a, b, all }
}

/// Hands over each word that so many articles of both sets together have, with its numbers.
pub(super) fn each_word(
    archive: &ArchiveReader,
    marked: &Marked,
    least: u64,
    mut visit: impl FnMut(&str, Seen),
) -> Result<(), Error> {
    walk(archive, marked, least, &mut visit).map_err(archive.engine_error())
}

fn walk(
    archive: &ArchiveReader,
    marked: &Marked,
    least: u64,
    visit: &mut dyn FnMut(&str, Seen),
) -> tantivy::Result<()> {
    let field = archive.fields().text_word;
    let mut indexes = Vec::new();
    for segment in archive.searcher().segment_readers() {
        indexes.push(segment.inverted_index(field)?);
    }
    let mut dictionary = Dictionary::new(&indexes)?;
    while let Some((word, places)) = dictionary.next() {
        let most: u64 = places.iter().map(|(_, info)| u64::from(info.doc_freq)).sum();
        let word = match std::str::from_utf8(&word) {
            Ok(word) if most >= least && says_something(word) => word,
            _ => continue,
        };
        let mut counts = [0; N_MARKS];
        for (segment, info) in &places {
            count(&indexes[*segment], info, &marked.segments[*segment], &mut counts)?;
        }
        let seen = seen(counts);
        if seen.a.articles + seen.b.articles >= least {
            visit(word, seen);
        }
    }
    Ok(())
}

/// Whether a word may tell what articles are about: not those that hold sentences together, and not
/// the second forms of abbreviations, which stand beside the word itself.
fn says_something(word: &str) -> bool {
    let is_letter = word.len() == 1 && !word.starts_with(|c: char| c.is_ascii_digit());
    let is_second = word.contains('.') && !word.contains(|c: char| c.is_ascii_digit());
    !is_letter && !is_second && !is_function_word(word)
}

/// Counts the articles of a segment that have a word, by their marks.
fn count(
    index: &InvertedIndexReader,
    info: &TermInfo,
    marks: &[u8],
    counts: &mut [u64; N_MARKS],
) -> tantivy::Result<()> {
    let mut postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    loop {
        let docs = postings.docs();
        if docs.is_empty() {
            return Ok(());
        }
        for &doc in docs {
            let mark = marks.get(doc as usize).copied().unwrap_or(MARKS[2]);
            counts[usize::from(mark) % N_MARKS] += 1;
        }
        postings.advance();
    }
}

/// Where the articles of a word stand, for each segment that has it.
type Places = Vec<(usize, TermInfo)>;

/// The words of all segments in the order of their letters.
struct Dictionary<'a> {
    streams: Vec<TermStreamer<'a>>,
    /// The word at which each stream stands.
    next: BinaryHeap<Reverse<(Vec<u8>, usize)>>,
}

impl<'a> Dictionary<'a> {
    fn new(indexes: &'a [std::sync::Arc<InvertedIndexReader>]) -> tantivy::Result<Self> {
        let mut streams = Vec::new();
        for index in indexes {
            streams.push(index.terms().stream()?);
        }
        let mut dictionary = Self { streams, next: BinaryHeap::new() };
        (0..indexes.len()).for_each(|segment| dictionary.advance(segment));
        Ok(dictionary)
    }

    fn advance(&mut self, segment: usize) {
        if self.streams[segment].advance() {
            self.next.push(Reverse((self.streams[segment].key().to_vec(), segment)));
        }
    }

    /// The next word, and where its articles stand in each segment that has it.
    fn next(&mut self) -> Option<(Vec<u8>, Places)> {
        let Reverse((word, segment)) = self.next.pop()?;
        let mut places = vec![(segment, self.streams[segment].value().clone())];
        self.advance(segment);
        while let Some(Reverse((same, segment))) = self.next.peek() {
            if *same != word {
                break;
            }
            let segment = *segment;
            self.next.pop();
            places.push((segment, self.streams[segment].value().clone()));
            self.advance(segment);
        }
        Some((word, places))
    }
}
