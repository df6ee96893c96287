//! Questions drawn from an index.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::draw::Deck;
use super::{Class, Workload, count};
use crate::bench::{Ask, Task};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Query, parse};
use crate::random::Random;
use crate::search::{Bucket, FacetField, Sort};

/// How often a question is drawn for each that is wanted, before a class is given up.
const TRIES: usize = 10;

/// A deep page begins behind so many hits.
const DEEP: usize = 10_000;

/// A deep page of fewer hits is none.
const LEAST_FOR_DEEP: u64 = 10;

/// Draws up to `per_class` different questions of each of `classes`, of all where none is named.
///
/// The same articles and the same seed give the same questions, whatever segments the index has,
/// and those of a class do not depend on which others are drawn. Each has hits, but for
/// [`Class::NoHits`]. Classes of which nothing can be drawn are told.
pub fn auto(
    archive: &ArchiveReader,
    seed: u64,
    per_class: usize,
    classes: &[Class],
) -> Result<Workload, Error> {
    let classes = if classes.is_empty() { Class::ALL } else { classes };
    let mut workload = Workload::default();
    if archive.articles() == 0 {
        let why = "the index holds no article";
        workload.skipped = classes.iter().map(|&class| (class, why.to_owned())).collect();
        return Ok(workload);
    }
    let deck = Deck::new(archive, seed, per_class)?;
    for &class in classes {
        let drawn = questions(archive, &deck, class, seed, per_class)?;
        if drawn.is_empty() && per_class > 0 {
            workload.skipped.push((class, deck.why_none(class, per_class.saturating_mul(TRIES))));
        }
        workload.tasks.extend(drawn);
    }
    Ok(workload)
}

fn questions(
    archive: &ArchiveReader,
    deck: &Deck<'_>,
    class: Class,
    seed: u64,
    wanted: usize,
) -> Result<Vec<Task>, Error> {
    let mut random = Random::named(seed, class.sequence());
    let mut drawn = HashSet::new();
    let mut tasks = Vec::new();
    for _ in 0..wanted.saturating_mul(TRIES) {
        if tasks.len() == wanted {
            break;
        }
        let Some(question) = deck.question(class, &mut random)? else { continue };
        let query = question.to_string();
        if !drawn.insert(query.clone()) || !means(&query, &question) {
            continue;
        }
        if let Some(ask) = class.ask(count(archive, &question)?) {
            tasks.push(Task { class: class.name().to_owned(), query, ask, at: None });
        }
    }
    Ok(tasks)
}

/// Whether what is printed is read as what is meant. It holds no day that today has a say in.
fn means(query: &str, question: &Query) -> bool {
    let parsed = parse(query, NaiveDate::default());
    parsed.query == *question && parsed.repairs.is_empty()
}

impl Class {
    /// What decides by chance; classes that ask the same questions share it.
    fn sequence(self) -> &'static str {
        match self {
            Self::Snippets | Self::NoSnippets | Self::Count => Self::Snippets.name(),
            class => class.name(),
        }
    }

    /// What is asked of a question that so many articles match; `None` if it is not of this class.
    fn ask(self, total: u64) -> Option<Ask> {
        let hits =
            |sort, offset, collapse| Ask::Hits { sort, offset, limit: 10, snippets: 0, collapse };
        if (total == 0) != (self == Self::NoHits) {
            return None;
        }
        Some(match self {
            Self::FacetRegion => Ask::Facets(FacetField::Region),
            Self::FacetPerson => Ask::Facets(FacetField::Person),
            Self::Timeline => Ask::Timeline(Bucket::Month),
            Self::Count => Ask::Count,
            Self::Newest => hits(Sort::Newest, 0, false),
            Self::Oldest => hits(Sort::Oldest, 0, false),
            Self::Collapse => hits(Sort::Relevance, 0, true),
            Self::Snippets => Ask::best(10, 1),
            Self::Deep if total < LEAST_FOR_DEEP => return None,
            Self::Deep => {
                let half = usize::try_from(total / 2).unwrap_or(DEEP);
                hits(Sort::Relevance, half.min(DEEP), false)
            }
            _ => Ask::best(10, 0),
        })
    }
}
