//! Who is named in which article, read from the columns of an index.

use std::collections::BTreeMap;

use tantivy::columnar::StrColumn;
use tantivy::postings::SegmentPostings;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED};

use crate::alias::learn::{Census, CensusTaker, Spelling, Subject};
use crate::alias::{abbreviates, key};
use crate::article::EntityKind;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::Field;

/// The census of all articles in `archive`.
pub fn census(archive: &ArchiveReader) -> Result<Census, Error> {
    take(archive).map_err(archive.engine_error())
}

/// Whether an article has `name` for the name of someone or something of this kind.
pub fn is_named(archive: &ArchiveReader, kind: EntityKind, name: &str) -> Result<bool, Error> {
    let term = Term::from_field_text(archive.fields().entity(kind).name, &key(name));
    let articles = archive.searcher().doc_freq(&term).map_err(archive.engine_error())?;
    Ok(articles > 0)
}

fn take(archive: &ArchiveReader) -> tantivy::Result<Census> {
    let mut taker = CensusTaker::default();
    let mut organisations = Vec::new();
    for segment in archive.searcher().segment_readers() {
        organisations.extend(take_segment(segment, &mut taker)?.map(|names| (segment, names)));
    }
    // An abbreviation may be the name of a body in one segment and be explained in another.
    let mut acronyms: BTreeMap<String, Spelling> = BTreeMap::new();
    for (_, names) in &organisations {
        names.acronyms(&mut acronyms)?;
    }
    let form = archive.fields().entity(EntityKind::Organisation).form;
    for (segment, names) in &organisations {
        let forms = segment.inverted_index(form)?;
        for (acronym, &short) in &acronyms {
            let term = Term::from_field_text(form, acronym);
            let articles = forms.read_postings(&term, IndexRecordOption::Basic)?;
            take_acronym(segment, names, (acronym, short), articles, &mut taker)?;
        }
    }
    Ok(taker.finish())
}

/// A column of names, each with its number in the census.
struct Names {
    column: StrColumn,
    spellings: Vec<Spelling>,
}

impl Names {
    /// The column of `field`, every name in which is made known to `taker`; `None` where no article of
    /// the segment has one.
    fn of(
        segment: &SegmentReader,
        field: Field,
        subject: Subject,
        taker: &mut CensusTaker,
    ) -> tantivy::Result<Option<Self>> {
        let [name] = field.columns() else { return Ok(None) };
        let Some(column) = segment.fast_fields().str(name)? else { return Ok(None) };
        let mut names = Self { column, spellings: Vec::new() };
        for term in 0..names.column.num_terms() as u64 {
            let text = names.text(term)?;
            names.spellings.push(taker.spelling(subject, &text));
        }
        Ok(Some(names))
    }

    /// The name that is term `term` of the column.
    fn text(&self, term: u64) -> tantivy::Result<String> {
        let mut text = String::new();
        self.column.ord_to_str(term, &mut text)?;
        Ok(text)
    }

    /// The terms of an article, each with its number in the census.
    fn in_article(&self, doc: DocId) -> impl Iterator<Item = (u64, Spelling)> {
        let spelling = |term: u64| self.spellings.get(usize::try_from(term).ok()?).copied();
        self.column.term_ords(doc).filter_map(move |term| Some((term, spelling(term)?)))
    }

    /// Adds the names that are abbreviations, by their keys.
    fn acronyms(&self, acronyms: &mut BTreeMap<String, Spelling>) -> tantivy::Result<()> {
        for (&spelling, term) in self.spellings.iter().zip(0..) {
            let text = self.text(term)?;
            if is_acronym(&text) {
                acronyms.entry(key(&text)).or_insert(spelling);
            }
        }
        Ok(())
    }
}

/// Takes in the articles of a segment; gives its column of organisations.
fn take_segment(
    segment: &SegmentReader,
    taker: &mut CensusTaker,
) -> tantivy::Result<Option<Names>> {
    let organisations =
        Names::of(segment, Field::Organisation, Subject::Entity(EntityKind::Organisation), taker)?;
    let mut others = Vec::new();
    for (field, subject) in [
        (Field::Person, Subject::Entity(EntityKind::Person)),
        (Field::Place, Subject::Entity(EntityKind::Place)),
        (Field::About, Subject::Country),
    ] {
        others.extend(Names::of(segment, field, subject, taker)?);
    }
    let mut named = Vec::new();
    for doc in segment.doc_ids_alive() {
        named.clear();
        let columns = organisations.iter().chain(&others);
        named.extend(columns.flat_map(|column| column.in_article(doc).map(|(_, name)| name)));
        taker.article(&named);
    }
    Ok(organisations)
}

/// Counts the articles of a segment in which an abbreviation, one of whose names is `short`, is a
/// form of another body.
fn take_acronym(
    segment: &SegmentReader,
    names: &Names,
    (acronym, short): (&str, Spelling),
    articles: Option<SegmentPostings>,
    taker: &mut CensusTaker,
) -> tantivy::Result<()> {
    let Some(mut articles) = articles else { return Ok(()) };
    while articles.doc() != TERMINATED {
        let doc = articles.doc();
        if segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc))
            && let Some(long) = stated(names, doc, acronym)?
        {
            taker.stated(short, long);
        }
        articles.advance();
    }
    Ok(())
}

/// The one organisation in an article that `acronym` abbreviates; `None` where the article has the
/// acronym for a name, or there are several.
fn stated(names: &Names, doc: DocId, acronym: &str) -> tantivy::Result<Option<Spelling>> {
    let mut found = None;
    for (term, spelling) in names.in_article(doc) {
        let name = key(&names.text(term)?);
        if name == acronym {
            return Ok(None);
        }
        if abbreviates(acronym, &name) {
            if found.is_some() {
                return Ok(None);
            }
            found = Some(spelling);
        }
    }
    Ok(found)
}

/// Whether a name is one word of capitals, but for fewer small letters.
fn is_acronym(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    let small = name.chars().filter(|c| c.is_lowercase()).count();
    capitals >= 2 && small < capitals && !name.contains(char::is_whitespace)
}
