//! Who is named in which article: what aliases are learned from.
//!
//! # Cost
//!
//! Eight bytes for each naming of a name in an article, and each name once.

use std::collections::BTreeMap;

use foldhash::HashMap;

use crate::alias::{key, usual_spelling};
use crate::article::EntityKind;

/// What a name in a census names.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Subject {
    /// A person, organisation or place.
    Entity(EntityKind),
    /// A country that the article is about, by its code; it is company to the others.
    Country,
}

/// A name in a census, in all spellings.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Named {
    /// What it names.
    pub subject: Subject,
    /// As most articles spell it.
    pub text: String,
    /// How many articles name it.
    pub articles: u32,
    pub(crate) key: String,
}

/// The number of a spelling while a census is taken.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Spelling(u32);

/// The number of a name in a finished census.
pub(super) type NameId = u32;

/// Takes a census, article by article.
#[derive(Debug, Default)]
pub struct CensusTaker {
    names: HashMap<(Subject, String), u32>,
    subjects: Vec<(Subject, String)>,
    spellings: Vec<(u32, String, u64)>,
    known_spellings: HashMap<(Subject, String), Spelling>,
    namings: Lists,
    stated: BTreeMap<(u32, u32), u32>,
}

impl CensusTaker {
    /// The number of a name as it is spelled.
    pub fn spelling(&mut self, subject: Subject, text: &str) -> Spelling {
        let spelled = (subject, text.to_owned());
        if let Some(&known) = self.known_spellings.get(&spelled) {
            return known;
        }
        let key = match subject {
            Subject::Entity(_) => key(text),
            Subject::Country => text.to_owned(),
        };
        let next = number(self.subjects.len());
        let name = *self.names.entry((subject, key.clone())).or_insert(next);
        if name == next {
            self.subjects.push((subject, key));
        }
        let spelling = Spelling(number(self.spellings.len()));
        self.spellings.push((name, text.to_owned(), 0));
        self.known_spellings.insert(spelled, spelling);
        spelling
    }

    /// Takes in an article that names these.
    pub fn article(&mut self, named: &[Spelling]) {
        let mut subjects = Vec::with_capacity(named.len());
        for &Spelling(spelling) in named {
            let (name, _, articles) = &mut self.spellings[spelling as usize];
            *articles += 1;
            subjects.push(*name);
        }
        subjects.sort_unstable();
        subjects.dedup();
        self.namings.push(subjects);
    }

    /// Takes note of an article in which `short` is a form of the organisation `long`.
    pub fn stated(&mut self, short: Spelling, long: Spelling) {
        let name = |Spelling(spelling): Spelling| self.spellings[spelling as usize].0;
        *self.stated.entry((name(short), name(long))).or_default() += 1;
    }

    /// The census; the same whatever the order of the articles.
    pub fn finish(self) -> Census {
        let mut order: Vec<u32> = (0..number(self.subjects.len())).collect();
        order.sort_unstable_by_key(|&name| &self.subjects[name as usize]);
        let mut ids = vec![0; order.len()];
        for (id, &name) in (0..).zip(&order) {
            ids[name as usize] = id;
        }
        let mut spellings = vec![BTreeMap::new(); order.len()];
        for (name, text, articles) in self.spellings {
            *spellings[ids[name as usize] as usize].entry(text).or_default() += articles;
        }
        let articles = self.namings.map(|name| ids[name as usize]);
        let namings = articles.inverted(order.len());
        let names = order.iter().zip(spellings).zip(0..).map(|((&name, spellings), id)| {
            let (subject, key) = self.subjects[name as usize].clone();
            let text = usual_spelling(&spellings).unwrap_or_default().to_owned();
            Named { subject, text, articles: number(namings.get(id).len()), key }
        });
        let names = names.collect();
        let stated = self.stated.into_iter();
        let stated =
            stated.map(|((short, long), n)| ((ids[short as usize], ids[long as usize]), n));
        Census { names, articles, namings, stated: stated.collect() }
    }
}

/// Who is named in which article.
#[derive(Debug)]
pub struct Census {
    /// By subject, then by key.
    pub(super) names: Vec<Named>,
    /// For each article the names in it.
    pub(super) articles: Lists,
    /// For each name the articles that name it.
    namings: Lists,
    /// In how many articles the first was a form of the second.
    pub(super) stated: BTreeMap<(NameId, NameId), u32>,
}

impl Census {
    /// How many articles there are.
    pub(super) fn n_articles(&self) -> u32 {
        number(self.articles.len())
    }

    pub(super) fn name(&self, id: NameId) -> &Named {
        &self.names[id as usize]
    }

    /// The articles that name it, ascending.
    pub(super) fn articles_of(&self, id: NameId) -> &[u32] {
        self.namings.get(id)
    }
}

/// Lists of numbers, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    ends: Vec<u32>,
    all: Vec<u32>,
}

impl Lists {
    fn push(&mut self, list: Vec<u32>) {
        self.all.extend(list);
        self.ends.push(number(self.all.len()));
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, at: u32) -> &[u32] {
        let at = at as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[at] as usize]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..number(self.len())).map(|at| self.get(at))
    }

    fn map(mut self, change: impl Fn(u32) -> u32) -> Self {
        self.all.iter_mut().for_each(|number| *number = change(*number));
        self
    }

    /// For each number below `limit` the lists that hold it.
    fn inverted(&self, limit: usize) -> Self {
        let mut counts = vec![0_u32; limit];
        self.all.iter().for_each(|&held| counts[held as usize] += 1);
        let mut end = 0;
        let ends: Vec<u32> = counts
            .iter()
            .map(|count| {
                end += count;
                end
            })
            .collect();
        let mut next: Vec<u32> = ends.iter().zip(&counts).map(|(end, count)| end - count).collect();
        let mut all = vec![0; self.all.len()];
        for (list, at) in self.iter().zip(0..) {
            for &held in list {
                let next = &mut next[held as usize];
                all[*next as usize] = at;
                *next += 1;
            }
        }
        Self { ends, all }
    }
}

/// More than four thousand million namings do not fit into an index that fits into one machine.
fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
