//! This program, asked as its commands ask: from what was typed to the last byte of JSON.

use std::io::{self, Write};
use std::time::Instant;

use chrono::NaiveDate;
use xxhash_rust::xxh3::Xxh3;

use super::{Answer, Ask, Phase, Phases, Target, Task};
use crate::copies::Likeness;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Parsed, Query, Wording, parse};
use crate::search::{
    Copies, Detail, Facets, Hits, Matching, SearchRequest, Timeline, TimelineRequest, Unit,
    diagnose, facets, search, timeline,
};

/// Values of a field that `dateline facets` prints by itself.
const FACET_VALUES: usize = 50;

/// Rows that a timeline has at most where its buckets have no given length; here they always have.
const ROWS: u64 = 40;

/// What a question came to, to be written.
#[derive(Debug)]
pub enum Found {
    /// Hits.
    Hits(Hits),
    /// A number of articles.
    Count(Hits),
    /// The values of a field, and what is known of the articles that have them.
    Facets(Hits, Facets),
    /// Articles over time, likewise.
    Timeline(Hits, Timeline),
}

/// Writes what was found.
pub type Print = fn(&mut dyn Write, &Found) -> io::Result<()>;

/// An index that is asked in this process.
#[derive(Debug)]
pub struct Archive<'a> {
    reader: &'a ArchiveReader,
    today: NaiveDate,
    print: Print,
}

impl<'a> Archive<'a> {
    /// Questions mean `today` by today, and answers are written by `print`.
    pub fn new(reader: &'a ArchiveReader, today: NaiveDate, print: Print) -> Self {
        Self { reader, today, print }
    }
}

impl Target for Archive<'_> {
    fn perform(&self, task: &Task) -> Result<Answer, Error> {
        let mut clock = Clock::start();
        let parsed = parse(&task.query, self.today);
        clock.lap(Phase::Parse);
        let found = match task.ask {
            Ask::Hits { .. } => self.hits(parsed, task.ask, &mut clock)?,
            Ask::Count => Found::Count(self.count(parsed, &mut clock)?.1),
            Ask::Facets(field) => {
                let (query, summary) = self.count(parsed, &mut clock)?;
                let (unit, matching) = (Unit::Articles, Matching::AllWords);
                let counted = facets(self.reader, field, &query, matching, unit, FACET_VALUES)?;
                clock.lap(Phase::Collect);
                Found::Facets(summary, counted)
            }
            Ask::Timeline(bucket) => {
                let (query, summary) = self.count(parsed, &mut clock)?;
                let counted = timeline(
                    self.reader,
                    &TimelineRequest {
                        queries: vec![query],
                        matching: Matching::AllWords,
                        unit: Unit::Articles,
                        bucket: Some(bucket),
                        rows: ROWS,
                    },
                )?;
                clock.lap(Phase::Collect);
                Found::Timeline(summary, counted)
            }
        };
        let mut out = Vec::new();
        (self.print)(&mut out, &found).map_err(unwritten)?;
        clock.lap(Phase::Print);
        Ok(Answer { total: found.total(), checksum: found.checksum(), phases: clock.phases })
    }
}

impl Archive<'_> {
    fn hits(&self, parsed: Parsed, ask: Ask, clock: &mut Clock) -> Result<Found, Error> {
        let request = request(parsed, ask);
        let mut answer = search(self.reader, &request)?;
        clock.search(&answer);
        if answer.total == 0 && request.query != Query::Nothing {
            // Who finds nothing is told why, and waits for that as well.
            answer.diagnosis = Some(diagnose(self.reader, &request)?);
            clock.lap(Phase::Collect);
        }
        Ok(Found::Hits(answer))
    }

    /// How much matches.
    fn count(&self, parsed: Parsed, clock: &mut Clock) -> Result<(Query, Hits), Error> {
        let Parsed { query, repairs, .. } = parsed;
        let request = SearchRequest { repairs, limit: 0, snippets: 0, ..SearchRequest::new(query) };
        let answer = search(self.reader, &request)?;
        clock.search(&answer);
        Ok((request.query, answer))
    }
}

/// What `dateline search` asks for; of anything but hits, none.
fn request(parsed: Parsed, ask: Ask) -> SearchRequest {
    let Parsed { query, repairs, wording } = parsed;
    let Ask::Hits { sort, offset, limit, snippets, collapse } = ask else {
        return SearchRequest { repairs, limit: 0, snippets: 0, ..SearchRequest::new(query) };
    };
    let matching = match wording {
        Wording::Plain => Matching::AllWordsFirst,
        Wording::Operators => Matching::AllWords,
    };
    let copies = if collapse { Copies::Collapse(Likeness::Part) } else { Copies::Show };
    // As the program reads articles for JSON.
    let detail = Detail::Whole;
    let asked = SearchRequest { repairs, matching, sort, limit, ..SearchRequest::new(query) };
    SearchRequest { offset, snippets, detail, copies, ..asked }
}

/// Writing to memory fails only where there is none.
fn unwritten(source: io::Error) -> Error {
    Error::Write { path: "memory".into(), source }
}

impl Found {
    /// How many articles match.
    pub fn total(&self) -> u64 {
        match self {
            Self::Hits(answer)
            | Self::Count(answer)
            | Self::Facets(answer, _)
            | Self::Timeline(answer, _) => answer.total,
        }
    }

    /// See [`Answer::checksum`].
    fn checksum(&self) -> u64 {
        let mut digest = Digest::of(self.total());
        match self {
            Self::Hits(answer) => {
                let partial = answer.partial.iter().map(|it| &it.hit);
                for hit in answer.hits.iter().chain(partial) {
                    digest.text(&hit.article.id);
                }
            }
            Self::Count(_) => {}
            Self::Facets(_, facets) => {
                for (value, tally) in &facets.values {
                    digest.text(value);
                    digest.number(tally.articles);
                }
                digest.number(facets.without.articles);
                digest.number(facets.distinct as u64);
            }
            Self::Timeline(_, timeline) => {
                for tally in timeline.series.iter().flat_map(|series| &series.tallies) {
                    digest.number(tally.articles);
                }
            }
        }
        digest.end()
    }
}

/// A digest of an answer: XXH3 over its parts, each with its length.
pub(super) struct Digest(Xxh3);

impl Digest {
    /// Of an answer of so many articles.
    pub(super) fn of(total: u64) -> Self {
        let mut digest = Self(Xxh3::new());
        digest.number(total);
        digest
    }

    pub(super) fn number(&mut self, number: u64) {
        self.0.update(&number.to_le_bytes());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.update(text.as_bytes());
    }

    pub(super) fn end(&self) -> u64 {
        self.0.digest()
    }
}

/// Gives what has passed since it was asked last to a phase.
pub(super) struct Clock {
    last: Instant,
    pub(super) phases: Phases,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self { last: Instant::now(), phases: Phases::default() }
    }

    pub(super) fn lap(&mut self, phase: Phase) {
        let now = Instant::now();
        self.phases.add(phase, now.duration_since(self.last));
        self.last = now;
    }

    /// What has passed was a search, which says itself where its time went. What it does not say,
    /// such as columns that are opened, belongs to matching.
    fn search(&mut self, answer: &Hits) {
        let spent = answer.spent;
        let parts = [
            (Phase::Parse, spent.lowering),
            (Phase::Match, spent.matching),
            (Phase::Collect, spent.counting),
            (Phase::Fetch, spent.fetching),
            (Phase::Snippet, spent.snippets),
        ];
        let told = parts.iter().map(|(_, time)| *time).sum();
        let now = Instant::now();
        for (phase, time) in parts {
            self.phases.add(phase, time);
        }
        self.phases.add(Phase::Match, now.duration_since(self.last).saturating_sub(told));
        self.last = now;
    }
}
