//! Values of a field by number, whatever their spelling and whichever segment holds them.
//!
//! The engine numbers the texts of a column in each segment by itself. Counting goes by those
//! numbers; what the texts mean that were found is known to the archive ([`FieldValues`]), and only
//! names that are told are read once more.

use std::collections::BTreeMap;

use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;

use super::FacetField;
use crate::alias::{Aliases, key, usual_spelling};
use crate::error::Error;
use crate::index::{ArchiveReader, FieldValues, UNMET, Value};
use crate::region::country_by_name;

/// The number of a value among all that were found.
pub(super) type ValueId = u32;

/// What stands for a text of a column that was not found, and for a value that was not.
pub(super) const UNSEEN: ValueId = UNMET;

/// The values of a field that were found.
pub(super) struct Values<'a> {
    field: FacetField,
    aliases: &'a Aliases,
    known: FieldValues,
    /// The number of each value, by that under which the archive knows it.
    ids: Vec<ValueId>,
    len: usize,
    /// What was found in each segment, column by column.
    segments: Vec<Vec<Texts>>,
}

/// The texts of a column of a segment.
pub(super) struct Texts {
    /// The column.
    pub(super) column: StrColumn,
    /// How many articles have each.
    pub(super) found: Vec<u32>,
    /// The value of each that was found; [`UNSEEN`] for the others.
    pub(super) ids: Vec<ValueId>,
}

impl<'a> Values<'a> {
    pub(super) fn new(field: FacetField, archive: &'a ArchiveReader) -> Self {
        let known = archive.known_values().of(field.name());
        let (ids, segments) = Default::default();
        Self { field, aliases: archive.aliases(), known, ids, len: 0, segments }
    }

    pub(super) fn field(&self) -> FacetField {
        self.field
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// What was found in each segment.
    pub(super) fn segments(&self) -> &[Vec<Texts>] {
        &self.segments
    }

    /// What each text of so many columns of a segment means, by the numbers of the archive, which are
    /// others than those given here; [`UNSEEN`] for texts that no question has met.
    pub(super) fn known(&self, segment: &SegmentReader, columns: usize) -> Vec<Vec<u32>> {
        let known = self.known.lock();
        let of_column = |place| known.of_texts((segment.segment_id(), place)).to_vec();
        (0..columns).map(of_column).collect()
    }

    /// Takes in the next segment: its columns, each with the articles that were found to have each of
    /// its texts.
    pub(super) fn take_in(
        &mut self,
        segment: &SegmentReader,
        columns: Vec<(StrColumn, Vec<u32>)>,
    ) -> tantivy::Result<()> {
        let mut taken = Vec::with_capacity(columns.len());
        for (place, (column, found)) in columns.into_iter().enumerate() {
            let ids = self.ids_of((segment.segment_id(), place), &column, &found)?;
            taken.push(Texts { column, found, ids });
        }
        self.segments.push(taken);
        Ok(())
    }

    /// The number of the value of each text that was found.
    fn ids_of(
        &mut self,
        place: (tantivy::index::SegmentId, usize),
        column: &StrColumn,
        found: &[u32],
    ) -> tantivy::Result<Vec<ValueId>> {
        let Self { field, aliases, known, ids, len, .. } = self;
        let mut known = known.lock();
        known.take_in(place, column, found, |text| value(*field, aliases, text))?;
        ids.resize(known.len(), UNSEEN);
        let number = |(&articles, &value): (&u32, &u32)| {
            let id = ids.get_mut(value as usize).filter(|_| articles > 0)?;
            if *id == UNSEEN {
                *id = ValueId::try_from(*len).ok()?;
                *len += 1;
            }
            Some(*id)
        };
        let of_text = found.iter().zip(known.of_texts(place)).map(number);
        Ok(of_text.map(|id| id.unwrap_or(UNSEEN)).collect())
    }

    /// What those values are called for which `is_wanted`, in the order of their numbers.
    pub(super) fn names(
        &self,
        archive: &ArchiveReader,
        is_wanted: impl Fn(ValueId) -> bool,
    ) -> Result<Vec<(ValueId, String)>, Error> {
        let mut spelled: BTreeMap<ValueId, BTreeMap<String, u64>> = BTreeMap::new();
        for texts in self.segments.iter().flatten() {
            let all = (0_u64..).zip(texts.ids.iter().zip(&texts.found));
            let wanted = all.filter(|(_, (id, _))| **id != UNSEEN && is_wanted(**id));
            let (ords, found): (Vec<u64>, Vec<_>) = wanted.unzip();
            let mut found = found.into_iter();
            let read = texts.column.dictionary().sorted_ords_to_term_cb(&ords, |text| {
                // The callback comes once for each that was asked for.
                if let Some((id, articles)) = found.next() {
                    let text = String::from_utf8_lossy(text).into_owned();
                    let spellings = spelled.entry(*id).or_default();
                    *spellings.entry(text).or_default() += u64::from(*articles);
                }
            });
            read.map_err(|error| archive.engine_error()(error.into()))?;
        }
        let mut names = Vec::with_capacity(spelled.len());
        for (id, spellings) in spelled {
            names.push((id, self.name(archive, &spellings)?));
        }
        Ok(names)
    }

    /// What a value is called that is spelled so, in so many articles each.
    fn name(
        &self,
        archive: &ArchiveReader,
        spellings: &BTreeMap<String, u64>,
    ) -> Result<String, Error> {
        let Some(any) = spellings.keys().next() else { return Ok(String::new()) };
        match value(self.field, self.aliases, any) {
            Value::Cluster(number) => archive.usual_name(&self.aliases.clusters()[number]),
            Value::Key(key) if self.field.entity().is_some() => {
                Ok(usual_spelling(spellings).map_or(key, str::to_owned))
            }
            Value::Key(name) => Ok(name),
        }
    }
}

/// What is counted for what a column holds.
fn value(field: FacetField, aliases: &Aliases, held: &str) -> Value {
    let Some(kind) = field.entity() else {
        let code = country_by_name(held).filter(|_| field == FacetField::Region);
        // An article that is filed under a country and about it counts once.
        return Value::Key(code.map_or_else(|| held.to_owned(), |code| code.to_string()));
    };
    let key = key(held);
    match aliases.number_of(kind, held, &key) {
        Some(cluster) => Value::Cluster(cluster),
        None => Value::Key(key),
    }
}
