//! A hit as JSON: its article, and what of it matched.

use std::ops::Range;

use serde::Serialize;

use crate::record::ArticleRecord;
use crate::search::{CopiesOf, Found, Hit, PartialHit, Share, Snippet};

#[derive(Serialize)]
pub(super) struct HitRecord<'a> {
    rank: usize,
    score: f32,
    #[serde(flatten)]
    article: &'a ArticleRecord,
    snippet: Option<FirstRecord<'a>>,
    title_highlights: Vec<Pair>,
    title_highlights_chars: Vec<Pair>,
    snippets: Vec<SnippetRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shares: Option<Vec<ShareRecord<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recency: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copies: Option<CopiesRecord<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    lacks: &'a [String],
}

/// First and last, the latter not included.
type Pair = [usize; 2];

/// The best passage, as it was written when there was but one.
#[derive(Serialize)]
struct FirstRecord<'a> {
    text: &'a str,
    highlights: Vec<Pair>,
    title_highlights: Vec<Pair>,
}

#[derive(Serialize)]
struct SnippetRecord<'a> {
    text: &'a str,
    /// In the body.
    range: Pair,
    range_chars: Pair,
    highlights: Vec<Pair>,
    highlights_chars: Vec<Pair>,
    /// Whether a sentence is cut off at the beginning or the end.
    cut: [bool; 2],
    matches: Vec<MatchRecord<'a>>,
}

/// What matched a clause as a whole.
#[derive(Serialize)]
struct MatchRecord<'a> {
    clause: &'a str,
    range: Pair,
    range_chars: Pair,
}

/// What is known of the copies of a hit.
#[derive(Serialize)]
struct CopiesRecord<'a> {
    /// How many there are beside it.
    count: u64,
    publishers: u64,
    first: FirstCopyRecord<'a>,
}

#[derive(Serialize)]
struct FirstCopyRecord<'a> {
    id: &'a str,
    date: Option<&'a str>,
    publisher: Option<&'a str>,
}

impl<'a> From<&'a CopiesOf> for CopiesRecord<'a> {
    fn from(copies: &'a CopiesOf) -> Self {
        let CopiesOf { copies, publishers, first_id, first_date, first_publisher } = copies;
        Self {
            count: *copies,
            publishers: *publishers,
            first: FirstCopyRecord {
                id: first_id,
                date: first_date.as_deref(),
                publisher: first_publisher.as_deref(),
            },
        }
    }
}

/// What a clause of the question adds to the score.
#[derive(Serialize)]
struct ShareRecord<'a> {
    clause: &'a str,
    score: f64,
}

impl<'a> HitRecord<'a> {
    /// Of a hit for a question with these clauses.
    pub(super) fn new(hit: &'a Hit, clauses: &'a [String]) -> Self {
        let Hit { rank, score, article, title_highlights, snippets, shares, copies } = hit;
        let (shares, recency) = shares.as_ref().map(|it| (&it.shares, it.recency)).unzip();
        let first = snippets.first();
        let is_shown = first.is_some() || !title_highlights.is_empty();
        let in_body = Characters::of(&article.body);
        Self {
            rank: *rank,
            score: *score,
            article,
            snippet: is_shown.then(|| FirstRecord {
                text: first.map_or("", |snippet| &snippet.text),
                highlights: pairs(first.map_or(&[], |snippet| &snippet.highlights)),
                title_highlights: pairs(title_highlights),
            }),
            title_highlights: pairs(title_highlights),
            title_highlights_chars: Characters::of(&article.title).pairs(title_highlights),
            snippets: snippets.iter().map(|it| SnippetRecord::new(it, in_body, clauses)).collect(),
            shares: shares.map(|it| it.iter().map(ShareRecord::from).collect()),
            recency: recency.flatten(),
            copies: copies.as_ref().map(CopiesRecord::from),
            lacks: &[],
        }
    }

    /// Likewise, of a hit that lacks some of the words.
    pub(super) fn partial(partial: &'a PartialHit, clauses: &'a [String]) -> Self {
        Self { lacks: &partial.lacks, ..Self::new(&partial.hit, clauses) }
    }
}

impl<'a> From<&'a Share> for ShareRecord<'a> {
    fn from(share: &'a Share) -> Self {
        Self { clause: &share.clause, score: share.score }
    }
}

impl<'a> SnippetRecord<'a> {
    fn new(snippet: &'a Snippet, in_body: Characters<'_>, clauses: &'a [String]) -> Self {
        let Snippet { text, range, cut, highlights, found } = snippet;
        let in_text = Characters::of(text);
        let matched = |Found { clause, range }: &Found| MatchRecord {
            clause: clauses.get(*clause).map_or("", String::as_str),
            range: pair(range),
            range_chars: in_text.pair(range),
        };
        Self {
            text,
            range: pair(range),
            range_chars: in_body.pair(range),
            highlights: pairs(highlights),
            highlights_chars: in_text.pairs(highlights),
            cut: [cut.before, cut.after],
            matches: found.iter().map(matched).collect(),
        }
    }
}

fn pair(range: &Range<usize>) -> Pair {
    [range.start, range.end]
}

fn pairs(ranges: &[Range<usize>]) -> Vec<Pair> {
    ranges.iter().map(pair).collect()
}

/// The characters of a text, for counting.
#[derive(Clone, Copy)]
struct Characters<'t> {
    text: &'t str,
    /// Then each character is one byte.
    is_ascii: bool,
}

impl<'t> Characters<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, is_ascii: text.is_ascii() }
    }

    fn pairs(self, ranges: &[Range<usize>]) -> Vec<Pair> {
        ranges.iter().map(|range| self.pair(range)).collect()
    }

    /// A range of bytes in characters.
    fn pair(self, range: &Range<usize>) -> Pair {
        let start = self.before(range.start);
        if range.end < range.start {
            return [start, self.before(range.end)];
        }
        let end = self.boundary(range.end);
        let within = &self.text[self.boundary(range.start)..end];
        [start, start + if self.is_ascii { within.len() } else { within.chars().count() }]
    }

    /// How many characters stand before a byte.
    fn before(self, byte: usize) -> usize {
        let at = self.boundary(byte);
        if self.is_ascii { at } else { self.text[..at].chars().count() }
    }

    fn boundary(self, byte: usize) -> usize {
        self.text.floor_char_boundary(byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_counted_in_characters() {
        for (text, bytes, characters) in [
            ("the old town", 4..7, [4, 7]),
            ("café noir", 6..10, [5, 9]),
            ("выборы прошли", 0..12, [0, 6]),
            ("选举结果", 6..12, [2, 4]),
            ("😀 vote", 5..9, [2, 6]),
            ("é", 0..1, [0, 0]),
            ("é", 1..99, [0, 1]),
        ] {
            assert_eq!(Characters::of(text).pair(&bytes), characters, "for `{text}`");
        }
    }
}
