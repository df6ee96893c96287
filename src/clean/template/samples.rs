//! A sample of the documents of each site.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

/// What is kept of a sample of the documents of each site.
///
/// Of each site it keeps the documents whose keys have the lowest hashes: a uniform sample that
/// does not depend on the order in which they come.
#[derive(Clone, Debug)]
pub struct Samples<T> {
    /// Sorted, so that nothing depends on the hashes of names.
    sites: BTreeMap<String, Sample<T>>,
    /// Most documents of a site.
    most: usize,
    /// Most items that are held.
    budget: usize,
    held: usize,
}

/// The documents of one site.
#[derive(Clone, Debug)]
struct Sample<T> {
    /// How many were shown.
    observed: u64,
    /// What is kept of each, by the hash of the document's key.
    documents: BTreeMap<u64, Box<[T]>>,
}

impl<T> Samples<T> {
    /// Keeps `most` documents of each site, and at most `budget` items of all. Where documents
    /// bring more, the samples of all sites are halved, until nothing at all is held.
    pub fn new(most: usize, budget: usize) -> Self {
        Self { sites: BTreeMap::new(), most, budget, held: 0 }
    }

    /// Whether [`observe`](Self::observe) would keep this document: to be asked before its items
    /// are made. What is not wanted now is never wanted later, so a stale answer only costs time.
    pub fn wants(&self, site: &str, document_key: u64) -> bool {
        let has_room = |sample: &Sample<T>| sample.has_room(order(document_key), self.most);
        self.most > 0 && self.sites.get(site).is_none_or(has_room)
    }

    /// Counts a document of `site` that is not wanted.
    pub fn pass(&mut self, site: &str) {
        self.sample(site).observed += 1;
    }

    /// Counts a document of `site`, and keeps `items` if it belongs to the sample.
    pub fn observe(&mut self, site: &str, document_key: u64, items: Box<[T]>) {
        let (most, order) = (self.most, order(document_key));
        let sample = self.sample(site);
        sample.observed += 1;
        if !sample.has_room(order, most) {
            return;
        }
        let added = items.len();
        let replaced = sample.documents.insert(order, items).map_or(0, |items| items.len());
        let evicted = sample.shrink(most);
        self.held = self.held + added - replaced - evicted;
        while self.held > self.budget {
            self.most /= 2;
            let most = self.most;
            self.held -= self.sites.values_mut().map(|sample| sample.shrink(most)).sum::<usize>();
        }
    }

    /// How many documents of `site` were shown.
    pub fn documents(&self, site: &str) -> u64 {
        self.sites.get(site).map_or(0, |sample| sample.observed)
    }

    /// What is kept of the documents of `site`, in no order that means anything.
    pub fn of(&self, site: &str) -> impl Iterator<Item = &[T]> {
        self.sites.get(site).into_iter().flat_map(|it| it.documents.values().map(|it| &**it))
    }

    /// The sites of which documents were shown.
    pub fn sites(&self) -> impl Iterator<Item = &str> {
        self.sites.keys().map(String::as_str)
    }

    fn sample(&mut self, site: &str) -> &mut Sample<T> {
        let empty = || Sample { observed: 0, documents: BTreeMap::new() };
        self.sites.entry(site.to_owned()).or_insert_with(empty)
    }
}

impl<T> Sample<T> {
    /// Whether a document belongs to the lowest `most`.
    fn has_room(&self, order: u64, most: usize) -> bool {
        self.documents.len() < most
            || self.documents.last_key_value().is_some_and(|(&last, _)| order <= last)
    }

    /// Keeps the lowest `most` documents; how many items went.
    fn shrink(&mut self, most: usize) -> usize {
        let mut n_items = 0;
        while self.documents.len() > most {
            n_items += self.documents.pop_last().map_or(0, |(_, items)| items.len());
        }
        n_items
    }
}

/// Where a document stands among those of its site.
fn order(document_key: u64) -> u64 {
    xxh3_64(&document_key.to_le_bytes())
}
