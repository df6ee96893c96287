//! The dictionary: which terms there are, and in how many articles each.

use std::time::{Duration, Instant};

use tantivy::schema::{Field as IndexField, IndexRecordOption, Term};
use tantivy::{DocSet as _, TERMINATED};

use super::Tally;
use crate::article::{EntityKind, named_enum};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{TermPattern, field_named, matching_terms};

named_enum! {
    /// A field whose terms can be listed.
    TermField {
        /// Words of title and body, without inflection taken off.
        Word = "word",
        /// Words of the title.
        Title = "title",
        /// Persons, by their whole names without case and accents.
        Person = "person",
        /// Organisations, likewise.
        Organisation = "org",
        /// Places, likewise.
        Place = "place",
        /// Newspapers, agencies and sites.
        Publisher = "publisher",
        /// Bylines.
        Author = "author",
        /// What the source filed an article under.
        Tag = "tag",
        /// Languages, by ISO code.
        Language = "lang",
    }
}

impl TermField {
    /// The field that goes by this name in queries, under any of its names; `None` where its terms are
    /// not listed.
    pub fn from_typed(name: &str) -> Option<Self> {
        let known = |name: &str| Self::from_name(&name.to_lowercase());
        field_named(name).map_or_else(|| known(name), |field| known(field.name()))
    }

    /// Where the terms stand in the index.
    fn field(self, archive: &ArchiveReader) -> IndexField {
        let fields = archive.fields();
        match self {
            Self::Word => fields.text_word,
            Self::Title => fields.title_word,
            Self::Person => fields.entity(EntityKind::Person).name,
            Self::Organisation => fields.entity(EntityKind::Organisation).name,
            Self::Place => fields.entity(EntityKind::Place).name,
            Self::Publisher => fields.publisher,
            Self::Author => fields.author,
            Self::Tag => fields.tag,
            Self::Language => fields.lang,
        }
    }

    /// A folded pattern as terms of the field are compared: names have no hyphens, apostrophes and
    /// points.
    fn compared(self, folded: &str) -> String {
        match self {
            Self::Person | Self::Organisation | Self::Place => {
                folded.replace('-', " ").replace(['\'', '’', '.'], "")
            }
            Self::Word | Self::Title => folded.trim_end_matches('.').to_owned(),
            Self::Publisher | Self::Author | Self::Tag | Self::Language => folded.to_owned(),
        }
    }
}

/// Terms of the index.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Terms {
    /// The field.
    pub field: TermField,
    /// The pattern as it was understood.
    pub pattern: String,
    /// How many terms it stands for, those of deleted articles among them; `None` where it is too wide
    /// to tell.
    pub distinct: Option<u64>,
    /// Those in most articles, the most first, of equals the first by letters.
    pub terms: Vec<(String, Tally)>,
    /// Deleted articles that are not merged away yet: they do not count here, but which terms are in
    /// most articles is told with them.
    pub deleted: u64,
    /// How long it took.
    pub took: Duration,
}

/// The `limit` terms of `field` in most articles that `pattern` stands for.
pub fn terms(
    archive: &ArchiveReader,
    field: TermField,
    pattern: &TermPattern,
    limit: usize,
) -> Result<Terms, Error> {
    let begun = Instant::now();
    let (searcher, of) = (archive.searcher(), field.field(archive));
    let wrap = archive.engine_error();
    let (found, distinct) =
        matching_terms(searcher, of, pattern, |folded| field.compared(folded), limit)
            .map_err(&wrap)?;
    let deleted =
        searcher.segment_readers().iter().map(|it| u64::from(it.num_deleted_docs())).sum();
    let mut terms = Vec::with_capacity(found.len());
    for (term, articles) in found {
        let living = match deleted {
            0 => articles,
            _ => living(archive, of, &term).map_err(&wrap)?,
        };
        terms.extend((living > 0).then_some((term, Tally::of(living))));
    }
    terms.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    let pattern = pattern.to_string();
    Ok(Terms { field, pattern, distinct, terms, deleted, took: begun.elapsed() })
}

/// How many articles have a term that were not deleted.
fn living(archive: &ArchiveReader, field: IndexField, term: &str) -> tantivy::Result<u64> {
    let term = Term::from_field_text(field, term);
    let mut living = 0;
    for segment in archive.searcher().segment_readers() {
        let index = segment.inverted_index(field)?;
        let Some(alive) = segment.alive_bitset() else {
            living += u64::from(index.doc_freq(&term)?);
            continue;
        };
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        while postings.doc() != TERMINATED {
            living += u64::from(alive.is_alive(postings.doc()));
            postings.advance();
        }
    }
    Ok(living)
}
