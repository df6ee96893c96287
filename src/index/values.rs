//! Which texts of the columns mean one value, as far as questions have met them.
//!
//! A column numbers its texts in each segment by itself, and several texts may mean one value: two
//! spellings of a name, a country and its code. What a text means follows from the text alone, so it
//! is found once and kept with the reader, which sees the same segments as long as it lives: to count
//! again is then a pass through numbers.
//!
//! # Memory
//!
//! Four bytes a text, and some 60 and its letters a value. What exceeds [`MOST_KEPT`] is forgotten
//! before the next question.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::HashMap;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentId;

/// About how many bytes are kept between questions, for all fields together.
const MOST_KEPT: usize = 64 << 20;

/// What a value takes beside its letters: its place in a table that is filled to two thirds, and what
/// an allocation costs.
const BYTES_A_VALUE: usize = 60;

/// What stands for a text that no question has met.
pub(crate) const UNMET: u32 = u32::MAX;

/// What a text means.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Value {
    /// What all texts that mean it have in common: the text as it stands, a code, the key of a name.
    Key(String),
    /// Someone with several names, by the place among all clusters.
    Cluster(usize),
}

/// The values of all fields of an archive.
#[derive(Debug, Default)]
pub(crate) struct KnownValues(Mutex<BTreeMap<&'static str, FieldValues>>);

/// Those of a field.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldValues(Arc<Mutex<Numbering>>);

/// A column of a segment, by its place among those of the field.
pub(crate) type ColumnPlace = (SegmentId, usize);

/// Values by number, in the order in which they were met.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    /// The value of each text of a column, or [`UNMET`].
    texts: HashMap<ColumnPlace, Vec<u32>>,
    keys: HashMap<Box<str>, u32>,
    clusters: HashMap<usize, u32>,
    bytes: usize,
}

impl KnownValues {
    /// The values of a field; where too many are kept, all begin anew.
    pub(crate) fn of(&self, field: &'static str) -> FieldValues {
        let mut fields = locked(&self.0);
        let bytes: usize = fields.values().map(|field| field.lock().bytes).sum();
        if bytes > MOST_KEPT {
            fields.clear();
        }
        fields.entry(field).or_default().clone()
    }
}

impl FieldValues {
    /// For as long as a column is taken in.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Numbering> {
        locked(&self.0)
    }
}

impl Numbering {
    /// How many values there are.
    pub(crate) fn len(&self) -> usize {
        self.keys.len() + self.clusters.len()
    }

    /// Finds what the texts of a column mean that some articles were found to have. Those that are met
    /// for the first time are read, in the order of the dictionary, and `value` says what they mean.
    pub(crate) fn take_in(
        &mut self,
        place: ColumnPlace,
        column: &StrColumn,
        found: &[u32],
        value: impl Fn(&str) -> Value,
    ) -> tantivy::Result<()> {
        let Self { texts, keys, clusters, bytes } = self;
        let numbers = texts.entry(place).or_insert_with(|| {
            *bytes += column.num_terms() * size_of::<u32>();
            vec![UNMET; column.num_terms()]
        });
        let places = (0_u64..).zip(found.iter().zip(numbers.iter_mut()));
        let new = places.filter(|(_, (articles, number))| **articles > 0 && **number == UNMET);
        let (new, places): (Vec<u64>, Vec<_>) = new.map(|(ord, (_, place))| (ord, place)).unzip();
        let mut places = places.into_iter();
        column.dictionary().sorted_ords_to_term_cb(&new, |text| {
            // There are fewer values than articles times texts in each, which the engine numbers so.
            let next = u32::try_from(keys.len() + clusters.len()).unwrap_or(UNMET);
            // Texts are UTF-8, unless the index is damaged, which `verify` tells.
            let number = match value(&String::from_utf8_lossy(text)) {
                Value::Cluster(cluster) => *clusters.entry(cluster).or_insert(next),
                Value::Key(key) => keys.get(key.as_str()).copied().unwrap_or_else(|| {
                    *bytes += BYTES_A_VALUE + key.len();
                    keys.insert(key.into_boxed_str(), next);
                    next
                }),
            };
            // The callback comes once for each that was asked for.
            if let Some(place) = places.next() {
                *place = number;
            }
        })?;
        Ok(())
    }

    /// The number of the value of each text of a column, [`UNMET`] for texts that were never found;
    /// nothing where none was.
    pub(crate) fn of_texts(&self, place: ColumnPlace) -> &[u32] {
        self.texts.get(&place).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What is kept is whole after every text, whoever panics in between.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_has_a_bound() {
        let known = KnownValues::default();
        let persons = known.of("person");
        persons.lock().keys.insert("aliya bekova".into(), 0);
        for (bytes, kept) in [(MOST_KEPT, 1), (MOST_KEPT + 1, 0)] {
            persons.lock().bytes = bytes;
            let _ = known.of("org");
            assert_eq!(known.of("person").lock().len(), kept);
        }
        // A question that is under way keeps its own.
        assert_eq!(persons.lock().len(), 1);
    }
}
