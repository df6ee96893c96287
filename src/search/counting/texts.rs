//! How many articles have each text of some columns.

use tantivy::columnar::{Cardinality, StrColumn};

use super::Tally;
use super::block::{BLOCK, BlockReader};
use super::matched::Articles;
use super::values::{UNSEEN, ValueId};

/// Articles of a segment, counted by text.
pub(super) struct Found {
    /// For each column how many have each of its texts.
    pub(super) texts: Vec<Vec<u32>>,
    /// How many articles there are.
    pub(super) total: u64,
    /// How many of them have no text.
    pub(super) without: u64,
}

/// Articles that have several texts of one value; they count once for it.
pub(super) struct Overlaps {
    /// For each column and text the place of its value among those that several texts mean;
    /// [`UNSEEN`] for others.
    places: Vec<Vec<u32>>,
    /// For each such value the last block that has it, and which articles of that.
    last: Vec<(u64, u64)>,
    /// And how many texts articles have beside the first.
    beside: Vec<u32>,
}

/// Counts the texts of `columns`; and, where several of them mean one value, what overlaps.
pub(super) fn count(
    columns: &[&StrColumn],
    articles: &Articles<'_>,
    mut overlaps: Option<&mut Overlaps>,
) -> tantivy::Result<Found> {
    let texts = columns.iter().map(|column| vec![0_u32; column.num_terms()]).collect();
    let mut found = Found { texts, total: 0, without: 0 };
    let mut reader = BlockReader::default();
    let mut block = 0;
    articles.each(&mut |docs| {
        for docs in docs.chunks(BLOCK) {
            block += 1;
            let mut having = 0_u64;
            for (place, (column, found)) in columns.iter().zip(&mut found.texts).enumerate() {
                let mut overlaps = overlaps.as_deref_mut().map(|it| it.of_column(place));
                reader.each(column.ords(), docs, |doc, ord| {
                    let Ok(text) = usize::try_from(ord) else { return };
                    let Some(n) = found.get_mut(text) else { return };
                    *n += 1;
                    having |= 1 << doc;
                    if let Some(overlaps) = &mut overlaps {
                        overlaps.see(text, block, 1 << doc);
                    }
                });
            }
            found.total += docs.len() as u64;
            found.without += docs.len() as u64 - u64::from(having.count_ones());
        }
    })?;
    Ok(found)
}

/// Adds to the numbers of values those of their texts, of which `ids` has the values.
pub(super) fn add_up(
    tallies: &mut [Tally],
    ids: &[&[ValueId]],
    found: &[&[u32]],
    overlaps: Option<&Overlaps>,
) {
    for (ids, found) in ids.iter().zip(found) {
        for (&id, &articles) in ids.iter().zip(*found) {
            if let Some(tally) = tallies.get_mut(id as usize) {
                tally.articles += u64::from(articles);
            }
        }
    }
    let Some(overlaps) = overlaps else { return };
    let mut of_place = vec![UNSEEN; overlaps.beside.len()];
    for (&id, &place) in ids.iter().copied().flatten().zip(overlaps.places.iter().flatten()) {
        if let Some(of_place) = of_place.get_mut(place as usize).filter(|_| id != UNSEEN) {
            *of_place = id;
        }
    }
    for (id, &beside) in of_place.into_iter().zip(&overlaps.beside) {
        if let Some(tally) = tallies.get_mut(id as usize) {
            tally.articles -= u64::from(beside);
        }
    }
}

impl Overlaps {
    /// Of columns of whose texts `ids` has the values; `None` where no article can have two texts of
    /// one.
    pub(super) fn of(columns: &[&StrColumn], ids: &[&[ValueId]]) -> Option<Self> {
        if let [one] = columns
            && one.ords().get_cardinality() != Cardinality::Multivalued
        {
            return None;
        }
        let known = ids.iter().copied().flatten().filter(|id| **id != UNSEEN);
        let values = known.clone().max().map_or(0, |most| *most as usize + 1);
        let mut texts = vec![0_u8; values];
        known.for_each(|&id| texts[id as usize] = texts[id as usize].saturating_add(1));
        let mut place_of = vec![UNSEEN; values];
        let mut shared = 0;
        for (place, _) in place_of.iter_mut().zip(&texts).filter(|(_, texts)| **texts > 1) {
            *place = shared;
            shared += 1;
        }
        let place = |id: &ValueId| place_of.get(*id as usize).copied().unwrap_or(UNSEEN);
        let places = || ids.iter().map(|ids| ids.iter().map(place).collect()).collect();
        let shared = shared as usize;
        (shared > 0).then(|| Self {
            places: places(),
            last: vec![(0, 0); shared],
            beside: vec![0; shared],
        })
    }

    fn of_column(&mut self, column: usize) -> ColumnOverlaps<'_> {
        let Self { places, last, beside } = self;
        ColumnOverlaps { places: &places[column], last, beside }
    }
}

/// Those of a column.
struct ColumnOverlaps<'a> {
    places: &'a [u32],
    last: &'a mut [(u64, u64)],
    beside: &'a mut [u32],
}

impl ColumnOverlaps<'_> {
    /// Notes that the article of a block, a bit, has a text.
    fn see(&mut self, text: usize, block: u64, doc: u64) {
        let place = self.places.get(text).map_or(usize::MAX, |&place| place as usize);
        let Some((last, having)) = self.last.get_mut(place) else { return };
        if *last != block {
            (*last, *having) = (block, 0);
        }
        self.beside[place] += u32::from(*having & doc != 0);
        *having |= doc;
    }
}
