//! Names across the archive: which of them mean one person, organisation or place.
//!
//! Within an article names are joined when it is indexed; the fullest stands for all. Across
//! articles one article says `Toqaev` and another `Kassym-Jomart Tokayev`. What joins those is
//! known only here, is applied when a question is asked, and changes nothing in the index:
//!
//! - [`AliasFile`]: what was decided, a file of lines that is kept with the index.
//! - `known`: what is certain by the names alone, such as `USA` and `United States`.
//! - [`Aliases`]: both together, as questions and facets use them.
//! - [`learn`]: what the archive makes likely, for somebody to decide.
//!
//! # Invariants
//!
//! - A name belongs to one cluster of its kind at most.
//! - What the file says stands; what is known by itself gives way to it.
//! - Nothing that is merely likely joins names.

mod edit;
mod file;
mod key;
mod known;
pub mod learn;

use std::sync::OnceLock;

use foldhash::{HashMap, HashSet};

use crate::article::EntityKind;
pub use edit::NotNames;
pub use file::{AliasFile, Fault};
use file::{Entry, Relation};
pub(crate) use key::{abbreviates, holds_words, key, usual_spelling, words};

/// Names that mean one person, organisation or place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cluster {
    /// What it is.
    pub kind: EntityKind,
    /// Its names, no two spelled alike; the first stands for all.
    pub names: Vec<Alias>,
}

/// A name in a cluster.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Alias {
    /// As it is written.
    pub text: String,
    /// What says so.
    pub origin: Origin,
    /// By what it is compared.
    pub(crate) key: String,
    /// Whether it is an abbreviation that means this only in capitals: `PACE`, not `Pace`.
    in_capitals: bool,
}

/// What says that a name belongs to its cluster.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Origin {
    /// A file.
    File,
    /// The name itself.
    Auto,
}

impl Cluster {
    /// The name that a file has for all, or that stands first in the tables.
    pub fn head(&self) -> &str {
        &self.names[0].text
    }

    /// The name that stands for all where each is in so many articles: the one that a file has for
    /// all, else that of most articles.
    pub(crate) fn usual(&self, articles: impl Fn(&Alias) -> u64) -> &Alias {
        let first = &self.names[0];
        if first.origin == Origin::File {
            return first;
        }
        // Of equals the last is taken, which is the first of the names.
        self.names.iter().rev().max_by_key(|alias| articles(alias)).unwrap_or(first)
    }
}

/// The names that questions and facets take for one.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    /// What files say.
    said: Table,
    /// Whether what is certain by itself is joined, too.
    with_known: bool,
    /// All of it; made when it is first asked for, as most questions name no one.
    all: OnceLock<Table>,
}

impl Aliases {
    /// No two names are one, but for their spelling.
    pub fn none() -> Self {
        Self::default()
    }

    /// What is certain by the names alone.
    pub fn known() -> Self {
        Self { with_known: true, ..Self::default() }
    }

    /// Adds what a file says; gives the lines that were passed over, in order.
    pub fn add(&mut self, file: &AliasFile) -> Vec<Fault> {
        let mut faults: Vec<_> = file.faults().collect();
        for (line, entry) in file.entries() {
            let messages = self.said.add(entry);
            faults.extend(messages.into_iter().map(|message| Fault { line, message }));
        }
        faults.sort_by_key(|fault| fault.line);
        self.all = OnceLock::new();
        faults
    }

    /// Every cluster, those of files first.
    pub fn clusters(&self) -> &[Cluster] {
        &self.table().clusters
    }

    /// The cluster of a name as it is written in an article.
    pub fn cluster(&self, kind: EntityKind, name: &str) -> Option<&Cluster> {
        Some(&self.clusters()[self.number(kind, name)?])
    }

    /// The place of that cluster among all.
    pub(crate) fn number(&self, kind: EntityKind, name: &str) -> Option<usize> {
        self.number_of(kind, name, &key(name))
    }

    /// Likewise, for a name whose key is known.
    pub(crate) fn number_of(&self, kind: EntityKind, name: &str, key: &str) -> Option<usize> {
        let table = self.table();
        let number = table.number(kind, key)?;
        let cluster = &table.clusters[number];
        let alias = cluster.names.iter().find(|alias| alias.key == key)?;
        let is_small =
            alias.in_capitals && name != alias.text && name.chars().any(char::is_lowercase);
        (!is_small).then_some(number)
    }

    /// Whether a file keeps any names apart.
    pub(crate) fn keeps_apart(&self) -> bool {
        !self.said.apart.is_empty()
    }

    /// Whether two names are kept apart by a file, or one of them from all others.
    pub(crate) fn are_apart(&self, kind: EntityKind, a: &str, b: &str) -> bool {
        self.said.apart.holds(kind, a, b)
    }

    /// The keys of all names of those who have a name that `is_meant`; it is asked with keys.
    pub(crate) fn namesakes(
        &self,
        kind: EntityKind,
        is_meant: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = &str> {
        let clusters = self.table().clusters.iter().filter(move |cluster| cluster.kind == kind);
        clusters
            .filter(move |cluster| cluster.names.iter().any(|alias| is_meant(&alias.key)))
            .flat_map(|cluster| cluster.names.iter().map(|alias| alias.key.as_str()))
    }

    fn table(&self) -> &Table {
        if !self.with_known {
            return &self.said;
        }
        self.all.get_or_init(|| {
            let mut table = self.said.clone();
            known::things().for_each(|(kind, names)| table.add_known(kind, &names));
            table
        })
    }
}

/// A name that is known by itself, and whether it counts only in capitals.
type KnownName = (&'static str, bool);

#[derive(Clone, Debug, Default)]
struct Table {
    clusters: Vec<Cluster>,
    /// The cluster of each key, for each kind.
    numbers: [HashMap<String, usize>; EntityKind::ALL.len()],
    apart: Apart,
}

impl Table {
    fn number(&self, kind: EntityKind, key: &str) -> Option<usize> {
        self.numbers[kind as usize].get(key).copied()
    }

    /// Takes in what a line says, as far as it agrees with the lines before; tells where not.
    fn add(&mut self, entry: &Entry) -> Vec<String> {
        match entry.relation {
            Relation::Same => self.join(entry),
            Relation::Apart => self.part(entry),
        }
    }

    fn join(&mut self, entry: &Entry) -> Vec<String> {
        let kind = entry.kind;
        let mut names = entry.names.iter();
        let Some(head) = names.next() else { return Vec::new() };
        let number = match self.number(kind, &key(head)) {
            Some(number) if self.clusters[number].names[0].key == key(head) => number,
            Some(number) => {
                let of = self.clusters[number].head();
                return vec![format!("`{head}` is a name of `{of}` already: begin with that")];
            }
            None => self.begin(kind, alias(head, Origin::File, false)),
        };
        let mut faults = Vec::new();
        for name in names {
            let key = key(name);
            let parted = self.parted_from(number, &key);
            match self.number(kind, &key) {
                Some(known) if known == number => {}
                Some(known) => {
                    let of = self.clusters[known].head();
                    faults.push(format!("`{name}` is a name of `{of}` already"));
                }
                None if parted.is_some() => {
                    let from = parted.unwrap_or_default();
                    faults.push(format!("`{name}` is kept apart from `{from}` by another line"));
                }
                None => self.insert(number, alias(name, Origin::File, false)),
            }
        }
        self.drop_if_single(number);
        faults
    }

    fn part(&mut self, entry: &Entry) -> Vec<String> {
        let kind = entry.kind;
        let keys: Vec<_> = entry.names.iter().map(|name| key(name)).collect();
        let numbers: Vec<_> = keys.iter().map(|key| self.number(kind, key)).collect();
        if let ([Some(number)], [name]) = (numbers.as_slice(), entry.names.as_slice()) {
            let of = self.clusters[*number].head();
            return vec![format!("`{name}` is joined with `{of}` by another line")];
        }
        let mut faults = Vec::new();
        for (at, number) in numbers.iter().enumerate() {
            if let Some(before) =
                numbers[..at].iter().position(|it| number.is_some() && it == number)
            {
                let [a, b] = [&entry.names[before], &entry.names[at]];
                faults.push(format!("`{a}` and `{b}` are one by another line"));
            }
        }
        if faults.is_empty() {
            self.apart.insert(kind, &keys);
        }
        faults
    }

    /// Joins names that are known by themselves, as far as no line says otherwise.
    fn add_known(&mut self, kind: EntityKind, names: &[KnownName]) {
        let names = names.iter().map(|(name, caps)| alias(name, Origin::Auto, *caps));
        let (mut claimed, mut free) = (None, Vec::new());
        for name in names {
            match self.number(kind, &name.key) {
                Some(number) => claimed = claimed.or(Some(number)),
                None if self.apart.is_alone(kind, &name.key) => {}
                None => free.push(name),
            }
        }
        let number = claimed.unwrap_or_else(|| {
            self.clusters.push(Cluster { kind, names: Vec::new() });
            self.clusters.len() - 1
        });
        for name in free {
            let is_known = self.numbers[kind as usize].contains_key(&name.key);
            if !is_known && self.parted_from(number, &name.key).is_none() {
                self.insert(number, name);
            }
        }
        self.drop_if_single(number);
    }

    /// A cluster of one name is none; `number` is that of the last.
    fn drop_if_single(&mut self, number: usize) {
        if self.clusters[number].names.len() < 2 {
            debug_assert_eq!(number + 1, self.clusters.len(), "older clusters have two names");
            for Cluster { kind, names } in self.clusters.drain(number..) {
                for name in names {
                    self.numbers[kind as usize].remove(&name.key);
                }
            }
        }
    }

    fn begin(&mut self, kind: EntityKind, head: Alias) -> usize {
        self.clusters.push(Cluster { kind, names: Vec::new() });
        let number = self.clusters.len() - 1;
        self.insert(number, head);
        number
    }

    fn insert(&mut self, number: usize, name: Alias) {
        let cluster = &mut self.clusters[number];
        self.numbers[cluster.kind as usize].insert(name.key.clone(), number);
        cluster.names.push(name);
    }

    /// A name of the cluster that the name with this key is kept apart from.
    fn parted_from(&self, number: usize, key: &str) -> Option<&str> {
        let Cluster { kind, names } = &self.clusters[number];
        let parted = names.iter().find(|name| self.apart.holds(*kind, &name.key, key))?;
        Some(&parted.text)
    }
}

fn alias(text: &str, origin: Origin, in_capitals: bool) -> Alias {
    Alias { text: text.to_owned(), origin, key: key(text), in_capitals }
}

/// Names that must not be joined, by their keys.
#[derive(Clone, Debug, Default)]
struct Apart {
    /// Those that are joined with nothing.
    alone: HashSet<(EntityKind, String)>,
    /// The smaller key of a pair first.
    pairs: HashSet<(EntityKind, String, String)>,
}

impl Apart {
    fn insert(&mut self, kind: EntityKind, keys: &[String]) {
        if let [key] = keys {
            self.alone.insert((kind, key.clone()));
        }
        for (at, a) in keys.iter().enumerate() {
            for b in &keys[..at] {
                self.pairs.insert((kind, a.min(b).clone(), a.max(b).clone()));
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.alone.is_empty() && self.pairs.is_empty()
    }

    fn is_alone(&self, kind: EntityKind, key: &str) -> bool {
        !self.alone.is_empty() && self.alone.contains(&(kind, key.to_owned()))
    }

    fn holds(&self, kind: EntityKind, a: &str, b: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        let pair = (kind, a.min(b).to_owned(), a.max(b).to_owned());
        self.pairs.contains(&pair) || self.is_alone(kind, a) || self.is_alone(kind, b)
    }
}

#[cfg(test)]
mod tests;
