//! What is wanted of an answer, as text: `hits sort=-date snippets=0`, `count`, `facets person`,
//! `timeline month`.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use super::Ask;
use crate::search::{Bucket, FacetField, Sort};

impl Default for Ask {
    /// The ten best hits with a passage each, copies of a story as hits of their own.
    fn default() -> Self {
        Self::Hits { sort: Sort::Relevance, offset: 0, limit: 10, snippets: 1, collapse: false }
    }
}

impl Ask {
    /// So many of the best hits, with so many passages each.
    pub fn best(limit: usize, snippets: usize) -> Self {
        Self::Hits { sort: Sort::Relevance, offset: 0, limit, snippets, collapse: false }
    }
}

/// Only what differs from the default is written.
impl Display for Ask {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self::Hits { sort, offset, limit, snippets, collapse } = self else {
            return match self {
                Self::Facets(field) => write!(f, "facets {field}"),
                Self::Timeline(bucket) => write!(f, "timeline {bucket}"),
                Self::Count | Self::Hits { .. } => f.write_str("count"),
            };
        };
        f.write_str("hits")?;
        if *sort != Sort::Relevance {
            write!(f, " sort={sort}")?;
        }
        if *offset != 0 {
            write!(f, " offset={offset}")?;
        }
        if *limit != 10 {
            write!(f, " limit={limit}")?;
        }
        if *snippets != 1 {
            write!(f, " snippets={snippets}")?;
        }
        if *collapse {
            f.write_str(" copies=collapse")?;
        }
        Ok(())
    }
}

/// Why a text does not say what is wanted.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum AskError {
    #[error("`{0}` is none of `hits`, `count`, `facets FIELD`, `timeline BUCKET`")]
    Kind(String),
    #[error("`{0}` is no field whose values are counted")]
    Field(String),
    #[error("`{0}` is none of `day`, `week`, `month`, `quarter`, `year`")]
    Bucket(String),
    #[error(
        "`{0}` is none of `sort=`, `offset=`, `limit=`, `snippets=`, `copies=` with a value it takes"
    )]
    Setting(String),
    #[error("`{0}` stands twice")]
    Twice(String),
}

impl FromStr for Ask {
    type Err = AskError;

    fn from_str(text: &str) -> Result<Self, AskError> {
        let mut words = text.split_whitespace();
        let kind = words.next().unwrap_or_default();
        let rest: Vec<_> = words.collect();
        match (kind, rest.as_slice()) {
            ("hits", settings) => hits(settings),
            ("count", []) => Ok(Self::Count),
            ("facets", [field]) => FacetField::from_typed(field)
                .map(Self::Facets)
                .ok_or_else(|| AskError::Field((*field).to_owned())),
            ("timeline", [bucket]) => Bucket::from_name(bucket)
                .map(Self::Timeline)
                .ok_or_else(|| AskError::Bucket((*bucket).to_owned())),
            _ => Err(AskError::Kind(text.to_owned())),
        }
    }
}

fn hits(settings: &[&str]) -> Result<Ask, AskError> {
    let mut seen: Vec<&str> = Vec::new();
    let (mut sort, mut offset, mut limit) = (Sort::Relevance, 0, 10);
    let (mut snippets, mut collapse) = (1, false);
    for setting in settings {
        let wrong = || AskError::Setting((*setting).to_owned());
        let (name, value) = setting.split_once('=').ok_or_else(wrong)?;
        if seen.contains(&name) {
            return Err(AskError::Twice(name.to_owned()));
        }
        seen.push(name);
        let number = || value.parse::<usize>().map_err(|_| wrong());
        match name {
            "sort" => sort = Sort::from_name(value).ok_or_else(wrong)?,
            "offset" => offset = number()?,
            "limit" => limit = number()?,
            "snippets" => snippets = number()?,
            "copies" => collapse = copies(value).ok_or_else(wrong)?,
            _ => return Err(wrong()),
        }
    }
    Ok(Ask::Hits { sort, offset, limit, snippets, collapse })
}

fn copies(value: &str) -> Option<bool> {
    match value {
        "collapse" => Some(true),
        "show" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    #[track_caller]
    fn check(text: &str, meant: &str) {
        let read = text.parse::<Ask>();
        let read = read.map_or_else(|error| format!("error: {error}"), |ask| ask.to_string());
        assert_eq!(read, meant, "for `{text}`");
    }

    #[test]
    fn only_what_differs_from_a_plain_search_is_written() {
        check("hits", "hits");
        check("hits  sort=relevance limit=10", "hits");
        check(
            "hits copies=collapse snippets=0 limit=5 offset=10000 sort=-date",
            "hits sort=-date offset=10000 limit=5 snippets=0 copies=collapse",
        );
        check("count", "count");
        check("facets people", "facets person");
        check("timeline month", "timeline month");
    }

    #[test]
    fn what_cannot_be_read_is_an_error_that_names_it() {
        let kinds = "is none of `hits`, `count`, `facets FIELD`, `timeline BUCKET`";
        for text in ["", "hit", "count 3", "facets", "timeline month year"] {
            check(text, &format!("error: `{text}` {kinds}"));
        }
        check("facets colour", "error: `colour` is no field whose values are counted");
        check("timeline age", "error: `age` is none of `day`, `week`, `month`, `quarter`, `year`");
        check("hits limit=3 limit=4", "error: `limit` stands twice");
        for setting in ["limit", "limit=-1", "limit=many", "sort=colour", "copies=few", "page=2"] {
            check(
                &format!("hits {setting}"),
                &format!(
                    "error: `{setting}` is none of `sort=`, `offset=`, `limit=`, `snippets=`, \
                     `copies=` with a value it takes"
                ),
            );
        }
    }

    fn any_ask() -> impl Strategy<Value = Ask> {
        let hits =
            (select(Sort::ALL), any::<usize>(), any::<usize>(), any::<usize>(), any::<bool>());
        prop_oneof![
            hits.prop_map(|(sort, offset, limit, snippets, collapse)| Ask::Hits {
                sort,
                offset,
                limit,
                snippets,
                collapse
            }),
            Just(Ask::Count),
            select(FacetField::ALL).prop_map(Ask::Facets),
            select(Bucket::ALL).prop_map(Ask::Timeline),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same(ask in any_ask()) {
            prop_assert_eq!(ask.to_string().parse(), Ok(ask));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
            let _ = text.parse::<Ask>();
        }
    }
}
