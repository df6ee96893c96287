//! Which articles of an index are copies of one another: looked for after each commit, kept beside
//! it, and right for the articles up to a number.
//!
//! Articles bear numbers in the order in which they were written, whatever segment they are in. What
//! is new is sketched; who shares enough of a sketch with it is found in the [`table::Table`]s of
//! those before; both texts are fetched and compared; who is alike is joined. So an update costs
//! what is new. When an article goes that others are joined by, its whole family is looked at again.
//!
//! # Invariants
//!
//! - Each pair of articles that stand is a candidate or not by these two alone (but see
//!   [`LEADERS`]), and who is left out is joined already as closely as a comparison could join: so
//!   an update gives the families of a rebuild.
//! - All this follows from the articles; who loses it loses time.

mod file;
mod state;
mod table;
mod texts;

use std::collections::BTreeSet;
use std::path::Path;

use tantivy::Searcher;

pub use file::Families;
use state::State;
pub(super) use state::{HEAD, Head, forget};
use texts::Texts;

use super::engine::engine_error;
use crate::copies::{Forest, Likeness, Link, Overlap, Print, Sketch, enough_shared, may_be_alike};
use crate::error::Error;

/// Who shares a shingle with so many others is compared with the first of them alone: else a
/// phrase that all use, or a story that a thousand papers printed, would cost the square of their
/// number. Those of such a story share many shingles with its first printings.
const LEADERS: usize = 64;

/// Articles that are looked at together at most.
const BATCH: u32 = 32_768;

/// And so many keys at most: 16 MB of a table.
const BATCH_KEYS: usize = 2_000_000;

/// Articles that are sketched together.
const STEP: u32 = 2_048;

/// Shingles of texts that are held to be compared: 32 MB.
const HELD: usize = 4_000_000;

/// The generation of families that were not all looked for.
const UNFINISHED: u64 = 0;

/// Opens the families of the index in a data folder.
pub(super) fn open(data: &Path) -> Result<Families, Error> {
    match Head::read(data)? {
        Some(head) => head.families(data),
        None => Ok(Families::none()),
    }
}

/// A commit whose families are wanted.
pub(super) struct Commit<'a> {
    pub(super) folder: &'a Path,
    pub(super) data: &'a Path,
    pub(super) generation: u64,
    /// The number of the next article.
    pub(super) next_number: u64,
    pub(super) searcher: Searcher,
    pub(super) threads: usize,
}

impl Commit<'_> {
    /// Looks for copies among all that was written since the last time. Gives the number of articles
    /// that are some.
    pub(super) fn find_families(self) -> Result<u64, Error> {
        // What cannot be read is made anew.
        let head = Head::read(self.data).unwrap_or_default();
        if let Some(head) = head.as_ref().filter(|head| head.generation == self.generation)
            && let Ok(families) = head.families(self.data)
        {
            return Ok(families.articles());
        }
        let known = head.and_then(|head| State::read(self.data, head).ok());
        let is_new = known.is_none();
        let state = known.unwrap_or_else(State::new);
        state.remove_others(self.data);
        let end = u32::try_from(self.next_number).unwrap_or(u32::MAX);
        let Self { folder, data, generation, searcher, threads, .. } = self;
        let texts = Texts::of(searcher, threads, end);
        let texts = texts.map_err(|error| engine_error(folder, error))?;
        let mut pass = Pass { folder, data, texts, state };
        let mut is_changed = pass.look_again()? || is_new;
        while pass.state.end() < end {
            pass.next_batch(end)?;
            is_changed = true;
            if pass.state.end() < end {
                // Should the run be stopped, the next one goes on from here.
                pass.state.commit(data, UNFINISHED)?;
            }
        }
        if is_changed {
            pass.state.commit(data, generation)?;
        } else {
            pass.state.commit_head(data, generation)?;
        }
        Ok(pass.state.head.families(data)?.articles())
    }
}

/// Two articles to be compared.
#[derive(Clone, Copy, Debug)]
struct Pair {
    a: u32,
    b: u32,
    kind: PairKind,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum PairKind {
    /// The same text.
    Same,
    /// They share so many keys.
    Sharing(u32),
}

/// Who is looked at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Looking {
    /// A new article: those before it are candidates.
    Back,
    /// One that was there: all are.
    Around,
}

/// Looking for copies.
struct Pass<'a> {
    folder: &'a Path,
    data: &'a Path,
    texts: Texts,
    state: State,
}

impl Pass<'_> {
    /// Takes out who is gone, and looks again at those that may have been joined by them. Whether
    /// there are any.
    fn look_again(&mut self) -> Result<bool, Error> {
        let links = self.state.forest.links().len();
        let (standing, again) = self.state.forest.without(|number| !self.texts.stands(number));
        if standing.len() == links {
            return Ok(false);
        }
        self.state.forest = Forest::new(self.state.end(), standing);
        for numbers in again.chunks(STEP as usize) {
            self.join_copies_of(&self.sketches(numbers)?, Looking::Around)?;
        }
        Ok(true)
    }

    /// Looks at the next new articles.
    fn next_batch(&mut self, end: u32) -> Result<(), Error> {
        let first = self.state.end();
        let (mut sketches, mut next, mut keys) = (Vec::new(), first, 0);
        while next < end && next - first < BATCH && keys < BATCH_KEYS {
            let numbers: Vec<u32> = (next..end.min(next.saturating_add(STEP))).collect();
            next = numbers.last().map_or(end, |last| last + 1);
            let made = self.sketches(&numbers)?;
            keys += made.iter().map(|(_, sketch)| sketch.keys.len()).sum::<usize>();
            sketches.extend(made);
        }
        let mut prints = vec![Print::default(); (next - first) as usize];
        let mut entries = Vec::with_capacity(keys);
        for (number, sketch) in &sketches {
            prints[(number - first) as usize] = sketch.print;
            entries.extend(sketch.keys.iter().map(|key| (*key, *number)));
        }
        entries.sort_unstable();
        entries.dedup();
        self.state.add(self.data, &prints, &entries)?;
        drop(entries);
        self.join_copies_of(&sketches, Looking::Back)?;
        let texts = &self.texts;
        self.state.merge(self.data, |number| texts.stands(number))
    }

    /// The sketches of articles, in the order of their numbers.
    fn sketches(&self, numbers: &[u32]) -> Result<Vec<(u32, Sketch)>, Error> {
        let made = self.texts.each(numbers, |_, shingles| Sketch::of(shingles));
        let mut made: Vec<_> = made.map_err(self.engine_error())?.into_iter().collect();
        made.sort_unstable_by_key(|(number, _)| *number);
        Ok(made)
    }

    fn join_copies_of(
        &mut self,
        sketches: &[(u32, Sketch)],
        looking: Looking,
    ) -> Result<(), Error> {
        let pairs = self.candidates(sketches, looking);
        let mut rest = pairs.as_slice();
        while !rest.is_empty() {
            rest = self.compare_some(rest)?;
        }
        Ok(())
    }

    /// Who may be a copy of whom, in the order of the numbers, the likeliest first.
    fn candidates(&self, sketches: &[(u32, Sketch)], looking: Looking) -> Vec<Pair> {
        let share = sketches.len().div_ceil(self.texts.threads()).max(1);
        std::thread::scope(|scope| {
            let parts: Vec<_> = sketches
                .chunks(share)
                .map(|part| {
                    scope.spawn(move || {
                        let of = |(number, sketch): &(u32, Sketch)| {
                            self.candidates_of(*number, sketch, looking)
                        };
                        part.iter().flat_map(of).collect::<Vec<_>>()
                    })
                })
                .collect();
            let join = |part: std::thread::ScopedJoinHandle<'_, Vec<Pair>>| {
                part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            parts.into_iter().flat_map(join).collect()
        })
    }

    fn candidates_of(&self, number: u32, sketch: &Sketch, looking: Looking) -> Vec<Pair> {
        let Some((whole, shingles)) = sketch.keys.split_first() else { return Vec::new() };
        let is_same = |other: u32| self.state.print(other).digest == sketch.print.digest;
        let mut same = self.carriers(*whole, number, looking).filter(|other| is_same(*other));
        if let Some(other) = same.next().filter(|other| *other < number) {
            // All others are found by that one.
            return vec![Pair { a: number, b: other, kind: PairKind::Same }];
        }
        let mut found: Vec<u32> =
            shingles.iter().flat_map(|key| self.carriers(*key, number, looking)).collect();
        found.sort_unstable();
        let mut pairs: Vec<_> = found
            .chunk_by(|a, b| a == b)
            .filter_map(|others| {
                let (other, shared) = (*others.first()?, u32::try_from(others.len()).ok()?);
                let print = self.state.print(other);
                let is_worth = may_be_alike(sketch.print, print)
                    && enough_shared(sketch.print, print, shared)
                    && print.digest != sketch.print.digest;
                let kind = PairKind::Sharing(shared);
                is_worth.then_some(Pair { a: number, b: other, kind })
            })
            .collect();
        pairs.sort_by_key(|pair| match pair.kind {
            PairKind::Same => 0,
            PairKind::Sharing(shared) => u32::MAX - shared,
        });
        pairs
    }

    /// The first who have a key and stand.
    fn carriers(&self, key: u32, than: u32, looking: Looking) -> impl Iterator<Item = u32> + '_ {
        let carriers = self.state.tables.iter().flat_map(move |table| table.carriers(key));
        carriers
            .take_while(move |other| looking == Looking::Around || *other < than)
            .filter(move |other| *other != than && self.texts.stands(*other))
            .take(LEADERS)
    }

    /// Compares as many pairs as can be held at a time; gives the others.
    fn compare_some<'p>(&mut self, pairs: &'p [Pair]) -> Result<&'p [Pair], Error> {
        let (mut wanted, mut held, mut count) = (BTreeSet::new(), 0, 0);
        for pair in pairs {
            if held > HELD {
                break;
            }
            count += 1;
            if pair.kind == PairKind::Same {
                self.state.forest.join(pair.link(Likeness::Exact));
            } else if self.is_worth_comparing(*pair) {
                for end in [pair.a, pair.b] {
                    if wanted.insert(end) {
                        held += self.state.print(end).size as usize;
                    }
                }
            }
        }
        let (pairs, rest) = pairs.split_at(count);
        let wanted: Vec<u32> = wanted.into_iter().collect();
        let texts = self.texts.each(&wanted, |_, shingles| shingles.clone());
        let texts = texts.map_err(self.engine_error())?;
        for pair in pairs.iter().filter(|pair| pair.kind != PairKind::Same) {
            if let (Some(a), Some(b)) = (texts.get(&pair.a), texts.get(&pair.b))
                && self.is_worth_comparing(*pair)
                && let Some(likeness) = Overlap::of(a, b).likeness()
            {
                self.state.forest.join(pair.link(likeness));
            }
        }
        Ok(rest)
    }

    /// Whether two articles with other words can be joined more closely than they are.
    fn is_worth_comparing(&mut self, pair: Pair) -> bool {
        let joined = self.state.forest.joined(pair.a, pair.b);
        joined.is_none_or(|joined| joined > Likeness::High)
    }

    fn engine_error(&self) -> impl Fn(tantivy::TantivyError) -> Error {
        let folder = self.folder.to_owned();
        move |error| engine_error(&folder, error)
    }
}

impl Pair {
    fn link(self, likeness: Likeness) -> Link {
        Link { a: self.a, b: self.b, likeness }
    }
}
