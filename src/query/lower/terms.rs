//! Terms of the index that a pattern stands for, listed for people.

use std::cell::Cell;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field as IndexField, Term};
use tantivy::{Searcher, TantivyError};

use super::expand::walk;
use crate::analysis::fold;
use crate::query::pattern::{Pattern, fault, regex_expression, wildcard_expression};

/// Words of fewer letters may be spelled differently in one of them, others in two.
const LONG_WORD: usize = 5;

/// Which terms are meant, as it is typed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TermPattern {
    /// Where `*` stands for any letters and `?` for one: `elect*`, or a term as it stands.
    Wildcard(String),
    /// Terms within one or two edits: `elecshun~`, `elecshun~1`.
    Fuzzy(String, u8),
    /// A regular expression for the whole term: `/strik(e|ing)/`.
    Regex(String),
}

impl TermPattern {
    /// Reads what was typed; tells what is wrong with it if it says nothing.
    pub fn read(typed: &str) -> Result<Self, String> {
        let typed = typed.trim();
        let regex = typed.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
        if let Some(regex) = regex.filter(|regex| !regex.is_empty()) {
            // Values of fields have spaces, which words have not.
            return match fault(&regex.replace(' ', "")) {
                Some(fault) => Err(format!("`{typed}`: {fault}")),
                None => Ok(Self::Regex(regex.to_owned())),
            };
        }
        if !typed.contains(|c: char| c.is_alphanumeric() || c == '*') {
            return Err(format!("`{typed}` has no letters"));
        }
        Ok(match typed.rsplit_once('~') {
            Some((word, "")) if word.chars().count() < LONG_WORD => Self::Fuzzy(word.to_owned(), 1),
            Some((word, "" | "2")) => Self::Fuzzy(word.to_owned(), 2),
            Some((word, "1")) => Self::Fuzzy(word.to_owned(), 1),
            _ => Self::Wildcard(typed.to_owned()),
        })
    }
}

impl std::fmt::Display for TermPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Wildcard(wildcard) => write!(f, "{wildcard}"),
            Self::Fuzzy(word, distance) => write!(f, "{word}~{distance}"),
            Self::Regex(regex) => write!(f, "/{regex}/"),
        }
    }
}

/// Terms with their numbers of articles.
type Terms = Vec<(String, u64)>;

/// The `most` terms of `field` in most articles that the pattern stands for, in the order of their
/// letters, and how many there are; `None` where the automaton grew too large to tell. `folded` is how
/// the field compares its terms. Articles that were deleted count until they are merged away.
pub(crate) fn matching_terms(
    searcher: &Searcher,
    field: IndexField,
    pattern: &TermPattern,
    folded: impl Fn(&str) -> String,
    most: usize,
) -> tantivy::Result<(Terms, Option<u64>)> {
    let steps = Cell::new(u64::MAX);
    let expression = match pattern {
        TermPattern::Fuzzy(word, distance) => {
            let term = Term::from_field_text(field, &folded(&fold(word)));
            let similar = FuzzyTermQuery::new(term, *distance, true).automaton()?;
            let (terms, of) = walk(searcher, field, &similar, &steps, most)?;
            return Ok((terms, Some(of)));
        }
        TermPattern::Wildcard(wildcard) => wildcard_expression(&folded(&fold(wildcard))),
        TermPattern::Regex(regex) => regex_expression(regex),
    };
    let pattern = Pattern::new(&expression)
        .ok_or_else(|| TantivyError::InvalidArgument(format!("`{expression}` is too large")))?;
    let (terms, of) = walk(searcher, field, &pattern, &steps, most)?;
    Ok((terms, Some(of).filter(|_| !pattern.is_full())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_read_as_in_a_question() {
        use TermPattern::{Fuzzy, Regex, Wildcard};
        for (typed, pattern) in [
            ("elect*", Wildcard("elect*".into())),
            (" harbour ", Wildcard("harbour".into())),
            ("elecshun~", Fuzzy("elecshun".into(), 2)),
            ("vote~", Fuzzy("vote".into(), 1)),
            ("elecshun~1", Fuzzy("elecshun".into(), 1)),
            ("/strik(e|ing)/", Regex("strik(e|ing)".into())),
            ("/ann .*/", Regex("ann .*".into())),
            ("*", Wildcard("*".into())),
        ] {
            assert_eq!(TermPattern::read(typed), Ok(pattern), "for `{typed}`");
        }
        for typed in ["", "~", "/(a/", "…"] {
            assert!(TermPattern::read(typed).is_err(), "for `{typed}`");
        }
    }
}
