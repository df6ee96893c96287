//! Words that tell a country without being a name of a place: nationalities, bodies that one
//! country alone has, and currencies.
//!
//! # Cost
//!
//! Every word of an article is asked about. A filter of 32,768 bits answers for nearly all of them.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

use super::countries::countries;
use super::meanings::is_shared;
use crate::article::{CountryCode, RegionClueKind};
use crate::entity::token::{Shape, name_key, tokens};
use crate::entity::{Roles, Words, phrase_of};

/// What a phrase tells.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Signal {
    pub(super) kind: RegionClueKind,
    pub(super) country: CountryCode,
    /// Whether another country has the same: `Congolese`.
    pub(super) is_shared: bool,
    /// Whether it is an abbreviation, which counts in capitals only.
    in_capitals: bool,
}

/// Currencies that one country alone has, under names that mean nothing else.
const CURRENCIES: &[(&str, &str)] = &[
    ("BD", "taka"),
    ("CN", "yuan renminbi"),
    ("CZ", "koruna korunas"),
    ("ET", "birr"),
    ("GB", "sterling"),
    ("GH", "cedi cedis"),
    ("GT", "quetzal quetzals"),
    ("HN", "lempira lempiras"),
    ("HU", "forint forints"),
    ("ID", "rupiah"),
    ("IL", "shekel shekels"),
    ("JP", "yen"),
    ("KZ", "tenge"),
    ("MM", "kyat kyats"),
    ("MN", "tugrik tugriks"),
    ("MY", "ringgit"),
    ("NG", "naira"),
    ("PL", "zloty zlotys"),
    ("RU", "rouble roubles ruble rubles"),
    ("TH", "baht"),
    ("UA", "hryvnia hryvnias"),
    ("VE", "bolivar bolivars"),
    ("ZA", "rand"),
    ("ZM", "kwacha"),
];

/// Bits of the filter.
const BITS: usize = 1 << 15;

struct Phrases {
    /// A bit for each first word, by the low bits of its number.
    filter: Vec<u64>,
    /// For the first word of each phrase, how many words its longest phrase has.
    longest: HashMap<u64, usize>,
    known: HashMap<u64, Signal>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(Phrases::read);

/// The longest phrase that begins at the token `at` and tells a country: how many words it has, and
/// what it tells.
pub(super) fn signal_at(words: &Words<'_>, at: usize) -> Option<(usize, Signal)> {
    let first = words.phrase(at, at + 1);
    if !PHRASES.may_begin(first) {
        return None;
    }
    let longest = *PHRASES.longest.get(&first)?;
    let joined = words.tokens[at + 1..].iter().take(longest - 1).take_while(|it| it.joins());
    let most = 1 + joined.count();
    (1..=most).rev().find_map(|n| {
        let signal = PHRASES.known.get(&words.phrase(at, at + n))?;
        signal.is_written(words, at, n).then_some((n, *signal))
    })
}

impl Signal {
    /// Whether the words are capitalised as such a phrase is.
    fn is_written(self, words: &Words<'_>, at: usize, n: usize) -> bool {
        let (first, last) = (&words.tokens[at], &words.tokens[at + n - 1]);
        match self.kind {
            RegionClueKind::Currency => first.shape == Shape::Lower,
            // `Africa CDC` is another than `CDC`.
            _ if self.in_capitals => {
                let before = at.checked_sub(1).filter(|_| first.joins());
                let is_name = |at: usize| {
                    words.tokens[at].shape == Shape::Capital && !words.is(at, Roles::STOP)
                };
                first.shape == Shape::Upper && !before.is_some_and(is_name)
            }
            _ => first.is_capital() && last.is_capital() || first.shape == Shape::Caseless,
        }
    }
}

impl Phrases {
    fn read() -> Self {
        let mut phrases = Self {
            filter: vec![0; BITS / 64],
            longest: HashMap::with_capacity(2_000),
            known: HashMap::with_capacity(2_000),
        };
        for country in countries() {
            for demonym in &country.demonyms {
                phrases.add(demonym, RegionClueKind::Demonym, country.code);
            }
        }
        for (country, name) in listed(include_str!("bodies.tsv")) {
            phrases.add(name, RegionClueKind::Body, country);
        }
        for (country, names) in CURRENCIES {
            for name in names.split(' ') {
                if let Some(country) = CountryCode::new(country) {
                    phrases.add(name, RegionClueKind::Currency, country);
                }
            }
        }
        phrases
    }

    fn add(&mut self, name: &str, kind: RegionClueKind, country: CountryCode) {
        let (words, key) = (tokens(name), name_key(name));
        let Some(first) = words.first() else { return };
        let in_capitals = words.len() == 1 && first.shape == Shape::Upper;
        let first = phrase_of(&first.key);
        let bit = bit_of(first);
        self.filter[bit / 64] |= 1 << (bit % 64);
        let longest = self.longest.entry(first).or_default();
        *longest = words.len().max(*longest);
        let is_shared = is_shared(&key);
        let signal = Signal { kind, country, is_shared, in_capitals };
        self.known
            .entry(phrase_of(&key))
            .and_modify(|known| known.is_shared |= known.country != country)
            .or_insert(signal);
    }

    fn may_begin(&self, word: u64) -> bool {
        let bit = bit_of(word);
        self.filter[bit / 64] >> (bit % 64) & 1 == 1
    }
}

/// The bit of a word.
fn bit_of(word: u64) -> usize {
    // The low bits alone; no number is lost on the way.
    usize::try_from(word % BITS as u64).unwrap_or_default()
}

/// The names of a table with a country and names on each line.
pub(super) fn listed(table: &'static str) -> impl Iterator<Item = (CountryCode, &'static str)> {
    table.lines().skip(1).filter_map(|line| line.split_once('\t')).flat_map(|(country, names)| {
        let country = CountryCode::new(country);
        names.split('|').filter_map(move |name| Some((country?, name)))
    })
}
