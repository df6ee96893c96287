//! Spellings that the index holds near to one that it does not.

use tantivy::schema::Field as IndexField;

use super::Lowering;
use crate::analysis::fold;
use crate::query::ast::Field;

/// How many spellings are given.
const MOST_SPELLINGS: usize = 3;

/// Shorter words are near to too much.
const SHORTEST: usize = 3;

/// From this many letters on, two of them may be wrong.
const LONG_WORD: usize = 5;

impl Lowering<'_> {
    /// The words of texts that are spelled most like `word`, each with how many articles have it:
    /// one letter wrong, missing, surplus or swapped, or else two; those in most articles first.
    pub(crate) fn spellings(&mut self, word: &str) -> tantivy::Result<Vec<(String, u64)>> {
        self.nearest(self.fields.text_word, word)
    }

    /// Likewise for the value of a field, or a word of it where it is a name.
    pub(crate) fn spellings_of_value(
        &mut self,
        field: Field,
        value: &str,
    ) -> tantivy::Result<Vec<(String, u64)>> {
        let fields = self.fields;
        let columns: &[IndexField] = match field {
            Field::Person => &[fields.person_name],
            Field::Organisation => &[fields.org_name],
            Field::Place => &[fields.place_name],
            Field::Entity => &[fields.person_name, fields.org_name, fields.place_name],
            Field::Publisher => &[fields.publisher_name],
            Field::Author => &[fields.author_name],
            Field::Region | Field::Tag => &[fields.tag],
            Field::Language => &[fields.lang],
            Field::Wire => &[fields.wire],
            Field::DateSource => &[fields.date_source],
            Field::About
            | Field::Url
            | Field::Path
            | Field::Id
            | Field::DateConfidence
            | Field::Length => &[],
        };
        let mut found = Vec::new();
        for &column in columns {
            found.extend(self.nearest(column, value)?);
        }
        Ok(first(found))
    }

    fn nearest(&mut self, field: IndexField, word: &str) -> tantivy::Result<Vec<(String, u64)>> {
        let folded = fold(word);
        let n_letters = folded.chars().count();
        // A number near to another says something else.
        if n_letters < SHORTEST || folded.contains(char::is_numeric) {
            return Ok(Vec::new());
        }
        let most = if n_letters < LONG_WORD { 1 } else { 2 };
        for distance in 1..=most {
            let mut found: Vec<(String, u64)> = self.dictionary.nearby(field, &folded, distance)?;
            found.retain(|(spelling, _)| {
                *spelling != folded && !spelling.contains(char::is_numeric)
            });
            if distance > 1 {
                // Few get the first letter wrong, and many words are two letters apart.
                found.retain(|(spelling, _)| spelling.chars().next() == folded.chars().next());
            }
            if !found.is_empty() {
                return Ok(first(found));
            }
        }
        Ok(Vec::new())
    }
}

/// Those in most articles, each once.
fn first(mut found: Vec<(String, u64)>) -> Vec<(String, u64)> {
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found.dedup_by(|a, b| a.0 == b.0);
    found.truncate(MOST_SPELLINGS);
    found
}
