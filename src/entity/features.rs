//! What the tagger sees of a word: some sixty features, each hashed into a bucket of the model.
//!
//! The templates are those of Ratinov and Roth (2009) and Agerri and Rigau (2016, "Robust
//! multilingual named entity recognition with shallow semi-supervised features"): the word and
//! those beside it, their beginnings and ends, how they are written, what gazetteers and clusters
//! say of them, and what the rest of the article does.

use std::ops::Range;

use super::evidence::Evidence;
use super::gazetteer::longest_match;
use super::lexicon::Facts;
use super::model::BUCKET_BITS;
use super::token::{Gap, Shape};
use super::words::Words;
use crate::region::places::Place;

/// Which features are used: one bit for each group of them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Groups(pub(super) u8);

impl Groups {
    /// How words are written, and their roles.
    pub(super) const FORM: Self = Self(1);
    /// Words themselves and their parts: all that holds for one language only.
    pub(super) const WORDS: Self = Self(2);
    /// Known names.
    pub(super) const GAZETTEER: Self = Self(4);
    /// Groups of words of like use.
    pub(super) const CLUSTERS: Self = Self(8);
    /// The rest of the article.
    pub(super) const ARTICLE: Self = Self(16);
    /// What the first pass made of the same words elsewhere.
    pub(super) const HISTORY: Self = Self(32);
    /// All that was learned of one language.
    pub(super) const OF_LANGUAGE: Self = Self(Self::WORDS.0 | Self::CLUSTERS.0);
    /// All of them.
    pub(super) const ALL: Self = Self(63);

    /// Whether all of these groups are used.
    pub(super) fn has(self, wanted: Self) -> bool {
        self.0 & wanted.0 == wanted.0
    }

    /// These groups without those.
    pub(super) const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }
}

/// A feature that is there: its bucket, and in the highest byte the bit of its group.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Feature(u32);

impl Feature {
    /// The bucket of the model.
    pub(super) fn bucket(self) -> u32 {
        self.0 % (1 << BUCKET_BITS)
    }

    /// The group that it is of.
    #[cfg(test)]
    pub(super) fn group(self) -> Groups {
        Groups(self.0.to_be_bytes()[0])
    }
}

/// Collects the features of one word.
struct Collector<'f> {
    found: &'f mut Vec<Feature>,
    groups: Groups,
    group: Groups,
    /// Numbers the templates, so that the same value in two places is two features.
    template: u64,
}

impl Collector<'_> {
    /// Goes on with a group; `false` where it is not used.
    fn enter(&mut self, group: Groups) -> bool {
        self.group = group;
        self.template = 256 * u64::from(group.0);
        self.groups.has(group)
    }

    /// Adds the next template with its value.
    fn add(&mut self, value: u64) {
        self.template += 1;
        self.push(value);
    }

    /// Adds one feature for each bit of the value of the next template.
    fn bits(&mut self, mut bits: u32) {
        self.template += 1;
        while bits != 0 {
            self.push(u64::from(bits.trailing_zeros()));
            bits &= bits - 1;
        }
    }

    fn push(&mut self, value: u64) {
        let mixed = mix(value, self.template);
        let bucket = (mixed >> (u64::BITS - BUCKET_BITS)) as u32;
        self.found.push(Feature(bucket | u32::from(self.group.0) << 24));
    }
}

fn mix(a: u64, b: u64) -> u64 {
    (a ^ b.wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// What stands beyond the ends of a text or sentence.
const NOTHING: u64 = 1;

/// A run of a text, and what is looked up once for all its words.
pub(super) struct Run<'r, 'a> {
    words: &'r Words<'a>,
    evidence: &'r [Evidence],
    range: Range<usize>,
    /// What the gazetteer says of each word: the class of a known name and the place within it.
    known: Vec<u8>,
}

impl<'r, 'a> Run<'r, 'a> {
    pub(super) fn new(
        words: &'r Words<'a>,
        evidence: &'r [Evidence],
        range: Range<usize>,
        mut known: Vec<u8>,
    ) -> Self {
        known.clear();
        known.resize(range.len(), 0);
        let mut at = range.start;
        while at < range.end {
            let found = if words.tokens[at].is_capital() {
                longest_match(words, at, range.end)
            } else {
                None
            };
            let Some((n, name)) = found else {
                at += 1;
                continue;
            };
            let class = 4 * match (name.organisation, name.place) {
                (Some(_), Some(_)) => 8,
                (Some(_), None) => 1,
                (None, Some(Place::Country(_) | Place::Part(_))) => 2,
                (None, Some(Place::Capital(_))) => 3,
                (None, Some(Place::City(_, 500..))) => 4,
                (None, Some(Place::City(..))) => 5,
                (None, Some(Place::Province(_))) => 6,
                (None, Some(Place::Area) | None) => 7,
            };
            for (within, known) in known[at - range.start..][..n].iter_mut().enumerate() {
                let part = match within {
                    _ if n == 1 => 3,
                    0 => 0,
                    _ if within + 1 == n => 2,
                    _ => 1,
                };
                *known = class + part;
            }
            at += n;
        }
        Self { words, evidence, range, known }
    }

    /// Gives the memory of the run back for the next.
    pub(super) fn into_memory(self) -> Vec<u8> {
        self.known
    }

    /// Adds the features of the word `at` of the text to `found`.
    pub(super) fn features(&self, at: usize, groups: Groups, found: &mut Vec<Feature>) {
        let features = &mut Collector { found, groups, group: Groups::FORM, template: 0 };
        let around = Around { run: self, at };
        around.form(features);
        if features.enter(Groups::WORDS) {
            around.words(features);
        }
        if features.enter(Groups::GAZETTEER) {
            around.gazetteer(features);
        }
        if features.enter(Groups::CLUSTERS) {
            around.clusters(features);
        }
        if features.enter(Groups::ARTICLE) {
            around.article(features);
        }
    }
}

/// Adds the features of what the first pass made of the word `at`, and of those before and behind
/// it, elsewhere in the story. There are none where all three stand nowhere else (1 or 0).
pub(super) fn history(words: &Words<'_>, at: usize, around: [u64; 3], found: &mut Vec<Feature>) {
    if around.iter().all(|it| *it <= 1) {
        return;
    }
    let groups = Groups::HISTORY;
    let features = &mut Collector { found, groups, group: groups, template: 0 };
    features.enter(groups);
    let [before, here, after] = around;
    features.add(here);
    features.add(mix(here, shape(words, at)));
    features.add(mix(before, here));
    features.add(mix(here, after));
}

/// A word of a run and its surroundings.
struct Around<'r, 'a> {
    run: &'r Run<'r, 'a>,
    at: usize,
}

impl Around<'_, '_> {
    /// The place `n` words further, if it is in the same sentence.
    fn place(&self, n: isize) -> Option<usize> {
        let words = self.run.words;
        let at = self.at.checked_add_signed(n)?;
        let same = words.tokens.get(at)?.sentence == words.tokens[self.at].sentence;
        same.then_some(at)
    }

    fn hash(&self, n: isize) -> u64 {
        self.place(n).map_or(NOTHING, |at| self.run.words.word[at].hash)
    }

    fn facts(&self, n: isize) -> Facts {
        self.place(n).map_or(Facts::default(), |at| self.run.words.word[at].facts)
    }

    fn shape(&self, n: isize) -> u64 {
        self.place(n).map_or(NOTHING, |at| shape(self.run.words, at))
    }

    /// What stands between the word and the next one.
    fn gap_after(&self) -> Gap {
        self.run.words.tokens.get(self.at + 1).map_or(Gap::Break, |next| next.gap)
    }

    /// Words from the start of the run, and to its end, counted to three.
    fn position(&self) -> u64 {
        let from_start = (self.at - self.run.range.start).min(3);
        let to_end = (self.run.range.end - 1 - self.at).min(3);
        (4 * from_start + to_end) as u64
    }

    /// The words right before and behind the run.
    fn beside_run(&self) -> [Option<usize>; 2] {
        let Range { start, end } = self.run.range;
        let sentence = self.run.words.tokens[self.at].sentence;
        let same = |at: &usize| {
            self.run.words.tokens.get(*at).is_some_and(|token| token.sentence == sentence)
        };
        [start.checked_sub(1).filter(same), Some(end).filter(same)]
    }

    fn form(&self, features: &mut Collector<'_>) {
        let words = self.run.words;
        let token = &words.tokens[self.at];
        let shape = self.shape(0);
        let roles = |n| u64::from(self.facts(n).roles.0);
        let starts = u64::from(token.starts);
        features.add(0);
        features.add(mix(shape, starts));
        features.add(mix(mix(self.shape(-1), shape), self.shape(1)));
        features.add(self.position());
        features.add(mix(self.position(), shape));
        features.add(
            (token.gap as u64) << 8 | (self.gap_after() as u64) << 4 | u64::from(token.possessive),
        );
        let key = token.key.as_bytes();
        for n in 2..=4 {
            features.add(bytes(&key[key.len().saturating_sub(n)..]));
            if n > 2 {
                features.add(bytes(&key[..n.min(key.len())]));
            }
        }
        features.bits(self.facts(0).roles.0);
        features.bits(self.facts(-1).roles.0);
        features.bits(self.facts(1).roles.0);
        features.bits(self.facts(2).roles.0);
        features.add(mix(roles(0), starts));
        features.add(mix(roles(-1), roles(0)));
        features.add(mix(roles(0), roles(1)));
        features.add(mix(mix(roles(-1), roles(0)), roles(1)));
        let [before, after] = self.beside_run();
        let last = words.word[self.run.range.end - 1].facts.roles;
        let first = words.word[self.run.range.start].facts.roles;
        features.bits(last.0);
        features.bits(first.0);
        for beside in [before, after] {
            features.bits(beside.map_or(0, |at| words.word[at].facts.roles.0));
        }
    }

    fn words(&self, features: &mut Collector<'_>) {
        let words = self.run.words;
        let token = &words.tokens[self.at];
        let here = self.hash(0);
        features.add(here);
        features.add(mix(here, self.shape(0)));
        features.add(mix(here, u64::from(token.starts)));
        for n in [-2, -1, 1, 2] {
            features.add(self.hash(n));
        }
        features.add(mix(self.hash(-1), here));
        features.add(mix(here, self.hash(1)));
        features.add(mix(self.hash(-2), self.hash(-1)));
        features.add(mix(self.hash(1), self.hash(2)));
        let [before, after] = self.beside_run();
        for at in [before, Some(self.run.range.start), Some(self.run.range.end - 1), after] {
            features.add(at.map_or(NOTHING, |at| words.word[at].hash));
        }
    }

    fn gazetteer(&self, features: &mut Collector<'_>) {
        let known = |n: isize| {
            let at =
                self.at.checked_add_signed(n).and_then(|at| at.checked_sub(self.run.range.start));
            u64::from(at.and_then(|at| self.run.known.get(at)).copied().unwrap_or(0))
        };
        let around = known(-1) << 16 | known(0) << 8 | known(1);
        if around == 0 {
            features.template += 5;
            return;
        }
        features.add(known(0));
        features.add(mix(known(0), self.position()));
        features.add(mix(known(0), self.shape(0)));
        features.add(around);
        features.add(mix(known(0), u64::from(self.facts(0).roles.0)));
    }

    fn clusters(&self, features: &mut Collector<'_>) {
        let cluster = |n: isize, up: u16| u64::from(self.facts(n).cluster >> up);
        for up in [0, 3, 6] {
            features.add(cluster(0, up));
        }
        for n in [-1, 1] {
            features.add(cluster(n, 0));
            features.add(cluster(n, 3));
        }
        features.add(mix(cluster(-1, 3), cluster(0, 3)));
        features.add(mix(cluster(0, 3), cluster(1, 3)));
        for beside in self.beside_run() {
            let cluster = beside.map_or(0, |at| self.run.words.word[at].facts.cluster);
            features.add(u64::from(cluster));
            features.add(u64::from(cluster >> 3));
        }
    }

    fn article(&self, features: &mut Collector<'_>) {
        let of = |n: isize| {
            self.place(n).map_or(Evidence::default(), |at| {
                self.run.evidence[self.run.words.word[at].id as usize]
            })
        };
        let here = u64::from(of(0).0);
        features.bits(u32::from(of(0).0));
        features.add(here);
        let starts = u64::from(self.run.words.tokens[self.at].starts);
        features.add(mix(here & 3, mix(starts, self.shape(0))));
        features.add(mix(here & 3, u64::from(of(1).0 & 3)));
        features.add(mix(here & 3, u64::from(of(-1).0 & 3)));
    }
}

/// How a word is written: its capitals, its length, figures, what joins it to the one before.
fn shape(words: &Words<'_>, at: usize) -> u64 {
    let token = &words.tokens[at];
    let length = match token.shape {
        Shape::Upper => token.key.len().min(6) as u64,
        _ => u64::from(token.key.len() > 3),
    };
    let figures = u64::from(token.key.bytes().any(|byte| byte.is_ascii_digit()));
    2 + ((token.shape as u64) << 8
        | length << 4
        | figures << 1
        | u64::from(token.gap == Gap::Hyphen))
}

/// Up to four bytes as a number.
fn bytes(part: &[u8]) -> u64 {
    part.iter().fold(part.len() as u64, |number, byte| number << 8 | u64::from(*byte))
}
