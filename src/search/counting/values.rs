//! Values of a field by number, whatever their spelling and whichever segment holds them.
//!
//! The engine numbers the texts of a column in each segment by itself. Counting goes by those
//! numbers; only what was found is looked up, in the order of the dictionary, and each once.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt as _};
use tantivy::columnar::StrColumn;

use super::FacetField;
use crate::alias::{Aliases, key, usual_spelling};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::region::country_by_name;

/// The number of a value among all that were found.
pub(super) type ValueId = u32;

/// What stands for a text of a column that was not found.
pub(super) const UNSEEN: ValueId = ValueId::MAX;

/// A value, whatever its spelling.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum Value {
    /// As it stands.
    Plain(String),
    /// Someone with several names, by the place among all clusters.
    Cluster(usize),
    /// A name by its key.
    Name(String),
}

/// The values of a field that were found.
pub(super) struct Values<'a> {
    field: FacetField,
    aliases: &'a Aliases,
    numbers: HashMap<Value, ValueId>,
    /// How each is spelled, with numbers of articles; only where that gives its name.
    spelled: Vec<Vec<(String, u64)>>,
}

impl<'a> Values<'a> {
    pub(super) fn new(field: FacetField, aliases: &'a Aliases) -> Self {
        Self { field, aliases, numbers: HashMap::new(), spelled: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.spelled.len()
    }

    /// Takes in the texts of a column that were found, by their numbers in it with the articles that
    /// have each; gives the number of the value of each, [`UNSEEN`] for the others.
    pub(super) fn take_in(
        &mut self,
        column: &StrColumn,
        found: &[u32],
    ) -> tantivy::Result<Vec<ValueId>> {
        let seen: Vec<u64> =
            (0..).zip(found).filter(|(_, articles)| **articles > 0).map(|(ord, _)| ord).collect();
        let mut ids = vec![UNSEEN; found.len()];
        let mut places = ids.iter_mut().zip(found).filter(|(_, articles)| **articles > 0);
        column.dictionary().sorted_ords_to_term_cb(&seen, |text| {
            // The callback comes once for each that was asked for. Texts are UTF-8, unless the index
            // is damaged, which `verify` tells.
            if let Some((id, articles)) = places.next() {
                *id = self.id(&String::from_utf8_lossy(text), (*articles).into());
            }
        })?;
        Ok(ids)
    }

    fn id(&mut self, held: &str, articles: u64) -> ValueId {
        let value = self.value(held);
        let Self { numbers, spelled, .. } = self;
        let is_name = matches!(value, Value::Name(_));
        let id = *numbers.entry(value).or_insert_with(|| {
            spelled.push(Vec::new());
            // There are fewer values than articles times names in each, which the engine numbers so.
            ValueId::try_from(spelled.len() - 1).unwrap_or(UNSEEN)
        });
        if is_name && let Some(spelled) = spelled.get_mut(id as usize) {
            match spelled.iter_mut().find(|(spelling, _)| spelling == held) {
                Some((_, n)) => *n += articles,
                None => spelled.push((held.to_owned(), articles)),
            }
        }
        id
    }

    /// What is counted for what a column holds.
    fn value(&self, held: &str) -> Value {
        let Some(kind) = self.field.entity() else {
            let code = country_by_name(held).filter(|_| self.field == FacetField::Region);
            // An article that is filed under a country and about it counts once.
            return Value::Plain(code.map_or_else(|| held.to_owned(), |code| code.to_string()));
        };
        let key = key(held);
        match self.aliases.number_of(kind, held, &key) {
            Some(cluster) => Value::Cluster(cluster),
            None => Value::Name(key),
        }
    }

    /// What those values are called for which `is_wanted`.
    pub(super) fn names(
        self,
        archive: &ArchiveReader,
        is_wanted: impl Fn(ValueId) -> bool,
    ) -> Result<Vec<(ValueId, String)>, Error> {
        let mut names = Vec::new();
        let wanted: BTreeMap<_, _> = self
            .numbers
            .into_iter()
            .map(|(value, id)| (id, value))
            .filter(|(id, _)| is_wanted(*id))
            .collect();
        for (id, value) in wanted {
            let name = match value {
                Value::Plain(name) => name,
                Value::Cluster(number) => archive.usual_name(&self.aliases.clusters()[number])?,
                Value::Name(key) => {
                    let spelled: BTreeMap<_, _> =
                        self.spelled[id as usize].iter().cloned().collect();
                    usual_spelling(&spelled).map_or(key, str::to_owned)
                }
            };
            names.push((id, name));
        }
        Ok(names)
    }
}
