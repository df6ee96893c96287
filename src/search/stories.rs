//! Stories: all copies of one article, of which an answer shows the best.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, SegmentReader};

use super::Detail;
use super::collect::Candidate;
use super::family::{Precedence, precedence};
use crate::copies::Likeness;
use crate::error::Error;
use crate::index::{ArchiveReader, Families};
use crate::schema::{Numbers, OpenSegments};

/// What becomes of copies of a hit.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Copies {
    /// They are hits of their own.
    #[default]
    Show,
    /// One hit stands for all that are so alike, or more.
    Collapse(Likeness),
}

impl Copies {
    /// By what is stable in output and on disk.
    pub fn name(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Collapse(level) => level.name(),
        }
    }

    /// What this name stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "show" => Some(Self::Show),
            name => Likeness::from_name(name).map(Self::Collapse),
        }
    }
}

/// What is known of the copies of a hit in the whole archive, whether they match or not.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CopiesOf {
    /// How many there are beside the hit.
    pub copies: u64,
    /// How many publishers are named, that of the hit among them.
    pub publishers: u64,
    /// The id of the earliest one, which may be the hit.
    pub first_id: String,
    /// When that was published.
    pub first_date: Option<String>,
    /// And by whom.
    pub first_publisher: Option<String>,
}

/// Which story each article is of.
#[derive(Clone, Copy)]
pub(super) struct Stories<'a> {
    segments: &'a OpenSegments,
    families: &'a Families,
    level: Likeness,
}

/// The same, in one segment.
pub(super) struct SegmentStories<'a> {
    stories: Stories<'a>,
    numbers: Column<u64>,
}

impl<'a> Stories<'a> {
    /// `None` where each article stands for itself.
    pub(super) fn of(archive: &'a ArchiveReader, copies: Copies) -> Result<Option<Self>, Error> {
        let Copies::Collapse(level) = copies else { return Ok(None) };
        let families = archive.families()?;
        let segments = archive.segments();
        Ok((families.articles() > 0).then_some(Self { segments, families, level }))
    }

    pub(super) fn in_segment(self, reader: &SegmentReader) -> tantivy::Result<SegmentStories<'a>> {
        let numbers = self.segments.numbers(reader, Numbers::Number)?;
        Ok(SegmentStories { stories: self, numbers })
    }

    /// The story of the article at an address.
    pub(super) fn story_at(
        self,
        archive: &ArchiveReader,
        address: DocAddress,
    ) -> Result<u64, Error> {
        Ok(self.families.family(self.level, archive.number_at(address)?))
    }

    /// What is known of the copies of hits; `None` for those that have none.
    pub(super) fn notes(
        self,
        archive: &ArchiveReader,
        hits: &[Candidate],
    ) -> Result<Vec<Option<CopiesOf>>, Error> {
        let members = |hit: &Candidate| self.families.members(self.level, hit.story);
        let members: Vec<Vec<u64>> = hits.iter().map(members).collect();
        let wanted = members.iter().filter(|it| it.len() > 1).flatten().copied();
        let wanted: BTreeSet<u64> = wanted.collect();
        if wanted.is_empty() {
            return Ok(vec![None; hits.len()]);
        }
        let copies = copies_by_number(archive, &wanted)?;
        let note = |(hit, members): (&Candidate, &Vec<u64>)| {
            let others = members.iter().filter_map(|number| copies.get(number));
            note(archive, hit, others)
        };
        hits.iter().zip(&members).map(note).collect()
    }
}

impl SegmentStories<'_> {
    /// The number that all articles of a story have in common.
    pub(super) fn story(&self, doc: DocId) -> u64 {
        let Stories { families, level, .. } = self.stories;
        families.family(level, self.numbers.first(doc).unwrap_or(u64::MAX))
    }
}

/// An article among copies.
struct Copy {
    address: DocAddress,
    precedence: Precedence,
    publisher: Option<String>,
}

/// The articles with these numbers that still stand.
fn copies_by_number(
    archive: &ArchiveReader,
    numbers: &BTreeSet<u64>,
) -> Result<HashMap<u64, Copy>, Error> {
    let mut found: BTreeMap<u32, Vec<DocId>> = BTreeMap::new();
    for address in archive.addresses_of(numbers)? {
        found.entry(address.segment_ord).or_default().push(address.doc_id);
    }
    let mut copies = HashMap::new();
    for (segment, docs) in found {
        let columns = archive.searcher().segment_reader(segment).fast_fields();
        let time = |name| columns.i64(name).map_err(archive.engine_error());
        let key = |name| columns.u64(name).map_err(archive.engine_error());
        let (published, seen) = (time("published")?, time("first_seen")?);
        let (numbers, ids) = (key("number")?, key("id")?);
        let names = columns.str("publisher").map_err(archive.engine_error())?;
        for doc in docs {
            let printed_by = names.as_ref().and_then(|column| {
                let mut name = String::new();
                let is_read = column.ord_to_str(column.term_ords(doc).next()?, &mut name);
                is_read.ok().filter(|&is_read| is_read).map(|_| name)
            });
            let id = ids.first(doc).unwrap_or_default();
            let copy = Copy {
                address: DocAddress::new(segment, doc),
                precedence: precedence(published.first(doc), seen.first(doc), id),
                publisher: printed_by,
            };
            copies.insert(numbers.first(doc).unwrap_or_default(), copy);
        }
    }
    Ok(copies)
}

fn note<'a>(
    archive: &ArchiveReader,
    hit: &Candidate,
    copies: impl Iterator<Item = &'a Copy>,
) -> Result<Option<CopiesOf>, Error> {
    let copies: Vec<&Copy> = copies.collect();
    let others = copies.iter().filter(|copy| copy.address != hit.address).count() as u64;
    let Some(first) = copies.iter().min_by_key(|copy| copy.precedence) else { return Ok(None) };
    if others == 0 {
        return Ok(None);
    }
    let publishers: HashSet<&String> =
        copies.iter().filter_map(|copy| copy.publisher.as_ref()).collect();
    let article = archive.article_at(first.address, Detail::Brief)?;
    Ok(Some(CopiesOf {
        copies: others,
        publishers: publishers.len() as u64,
        first_id: article.id,
        first_date: article.date,
        first_publisher: article.publisher,
    }))
}

/// A set of stories, a bit for each number.
#[derive(Clone, Debug, Default)]
pub(super) struct StorySet(Vec<u64>);

impl StorySet {
    /// Numbers have 32 bits; what is above is of a damaged column, which `verify` tells, and must not
    /// cost the memory that such a set would take.
    pub(super) fn insert(&mut self, story: u64) {
        let story = u32::try_from(story).ok();
        let Some(story) = story.map(u64::from) else { return };
        let Ok(place) = usize::try_from(story / 64) else { return };
        if place >= self.0.len() {
            self.0.resize(place + 1, 0);
        }
        self.0[place] |= 1 << (story % 64);
    }

    pub(super) fn contains(&self, story: u64) -> bool {
        let place = usize::try_from(story / 64).ok();
        let bits = place.and_then(|place| self.0.get(place));
        bits.is_some_and(|bits| bits >> (story % 64) & 1 == 1)
    }

    pub(super) fn len(&self) -> u64 {
        self.0.iter().map(|bits| u64::from(bits.count_ones())).sum()
    }

    pub(super) fn extend(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(bits, more)| *bits |= more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_each_story_once() {
        let mut set = StorySet::default();
        for story in [3, 64, 3, 1_000, 64] {
            set.insert(story);
        }
        let mut other = StorySet::default();
        other.insert(5_000);
        other.insert(3);
        set.extend(&other);
        assert_eq!(set.len(), 4);
        let held: Vec<u64> = (0..6_000).filter(|&story| set.contains(story)).collect();
        assert_eq!(held, [3, 64, 1_000, 5_000]);
        assert!(!set.contains(u64::MAX - 1));
    }
}
