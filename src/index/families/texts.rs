//! The texts of a commit by the numbers of their articles.

use std::collections::HashMap;

use tantivy::store::StoreReader;
use tantivy::{DocAddress, Searcher};

use crate::copies::Shingles;
use crate::schema::StoredArticle;

/// Of so many texts one thread reads.
const LEAST_EACH: usize = 32;

/// Blocks of stored articles that a thread keeps unpacked for each segment.
const BLOCKS: usize = 4;

/// Where each article of a commit stands.
pub(super) struct Texts {
    searcher: Searcher,
    threads: usize,
    /// By number.
    places: Vec<Option<DocAddress>>,
}

impl Texts {
    /// Those of `searcher`, whose numbers are below `end`.
    pub(super) fn of(searcher: Searcher, threads: usize, end: u32) -> tantivy::Result<Self> {
        let mut places = vec![None; end as usize];
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            let numbers = reader.fast_fields().u64("number")?;
            for doc in reader.doc_ids_alive() {
                let number = numbers.first(doc).and_then(|it| usize::try_from(it).ok());
                if let Some(place) = number.and_then(|number| places.get_mut(number)) {
                    *place = Some(DocAddress::new(segment, doc));
                }
            }
        }
        Ok(Self { searcher, threads, places })
    }

    /// Whether the article stands in the commit.
    pub(super) fn stands(&self, number: u32) -> bool {
        self.place(number).is_some()
    }

    /// How many threads read.
    pub(super) fn threads(&self) -> usize {
        self.threads.max(1)
    }

    fn place(&self, number: u32) -> Option<DocAddress> {
        self.places.get(number as usize).copied().flatten()
    }

    /// Makes something of the texts of articles, with several threads; nothing of those that do not
    /// stand.
    pub(super) fn each<T: Send>(
        &self,
        numbers: &[u32],
        make: impl Fn(u32, &Shingles) -> T + Sync,
    ) -> tantivy::Result<HashMap<u32, T>> {
        let mut places: Vec<_> =
            numbers.iter().filter_map(|&number| Some((self.place(number)?, number))).collect();
        // Neighbours share a block.
        places.sort_unstable();
        let share = places.len().div_ceil(self.threads()).max(LEAST_EACH);
        std::thread::scope(|scope| {
            let make = &make;
            let parts: Vec<_> = places
                .chunks(share)
                .map(|part| scope.spawn(move || self.part(part, make)))
                .collect();
            let mut all = HashMap::with_capacity(places.len());
            for part in parts {
                let part = part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                all.extend(part?);
            }
            Ok(all)
        })
    }

    fn part<T>(
        &self,
        places: &[(DocAddress, u32)],
        make: impl Fn(u32, &Shingles) -> T,
    ) -> tantivy::Result<Vec<(u32, T)>> {
        let mut store: Option<(u32, StoreReader)> = None;
        let mut all = Vec::with_capacity(places.len());
        for &(DocAddress { segment_ord, doc_id }, number) in places {
            let reader = match store.take() {
                Some((segment, reader)) if segment == segment_ord => reader,
                _ => self.searcher.segment_reader(segment_ord).get_store_reader(BLOCKS)?,
            };
            let stored: StoredArticle = reader.get(doc_id)?;
            store = Some((segment_ord, reader));
            // What is damaged has no text, and so no copies.
            let (title, body) = stored.text().unwrap_or_default();
            all.push((number, make(number, &Shingles::of_article(&title, &body))));
        }
        Ok(all)
    }
}
