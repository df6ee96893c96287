//! All copies of one article: who printed it, when, and how much of it.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::DocAddress;

use super::Detail;
use crate::article::ArticleId;
use crate::copies::{Likeness, Overlap, Shingles};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::record::ArticleRecord;

/// The copies of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// How alike they are, as a chain: each is so alike to another one.
    pub level: Likeness,
    /// Oldest first, then those seen first; undated ones last.
    pub members: Vec<Member>,
    /// Publishers with their numbers of copies, most first; `None` for those that name none.
    pub publishers: Vec<(Option<String>, u64)>,
    /// The countries that the copies are about, by ISO code, likewise.
    pub regions: Vec<(Option<String>, u64)>,
}

/// A copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The article without its body.
    pub article: ArticleRecord,
    /// What it has in common with the first; `None` for the first itself.
    pub common: Option<Common>,
}

/// What a copy has in common with the first one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Common {
    /// `None` where the two are joined by others alone.
    pub likeness: Option<Likeness>,
    /// The share of all text of either that both have.
    pub resemblance: f64,
    /// The share of the copy that the first one has.
    pub of_copy: f64,
    /// The share of the first one that the copy has.
    pub of_first: f64,
}

impl Family {
    /// The id of the first one, which names the family.
    pub fn id(&self) -> &str {
        self.members.first().map_or("", |first| &first.article.id)
    }

    /// How many copies there are beside the first.
    pub fn copies(&self) -> usize {
        self.members.len().saturating_sub(1)
    }

    /// How many publishers are named.
    pub fn named_publishers(&self) -> usize {
        self.publishers.iter().filter(|(name, _)| name.is_some()).count()
    }
}

/// The copies of the article with this id, among them itself, as alike as `level` or more.
pub fn family(archive: &ArchiveReader, id: ArticleId, level: Likeness) -> Result<Family, Error> {
    let own = archive.address_of(id)?;
    let own = own.ok_or_else(|| Error::NoSuchArticle { wanted: id.to_string() })?;
    let members = archive.families()?.members(level, archive.number_at(own)?);
    let mut addresses = archive.addresses_of(&members.into_iter().collect::<BTreeSet<_>>())?;
    if !addresses.contains(&own) {
        addresses.push(own);
    }
    let mut places = Vec::with_capacity(addresses.len());
    for address in addresses {
        places.push((place(archive, address)?, address));
    }
    places.sort_unstable();
    let mut first: Option<Shingles> = None;
    let mut members = Vec::with_capacity(places.len());
    let (mut publishers, mut regions) = (Tally::default(), Tally::default());
    for (_, address) in places {
        let mut article = archive.article_at(address, Detail::Whole)?;
        let shingles = Shingles::of_article(&article.title, &article.body);
        let common = first.as_ref().map(|first| Common::of(first, &shingles));
        first.get_or_insert(shingles);
        publishers.add(article.publisher.iter());
        regions.add(article.about.iter());
        article.body.clear();
        members.push(Member { article, common });
    }
    let (publishers, regions) = (publishers.sorted(), regions.sorted());
    Ok(Family { level, members, publishers, regions })
}

impl Common {
    fn of(first: &Shingles, copy: &Shingles) -> Self {
        let overlap = Overlap::of(first, copy);
        let [of_first, of_copy] = overlap.shares();
        let (likeness, resemblance) = (overlap.likeness(), overlap.resemblance());
        Self { likeness, resemblance, of_copy, of_first }
    }
}

/// By which the first of a family is known: dated before undated, the earliest date, the earliest
/// time seen, the smallest id.
pub(super) type Precedence = (bool, i64, bool, i64, u64);

/// Where an article with these dates stands.
pub(super) fn precedence(published: Option<i64>, seen: Option<i64>, id: u64) -> Precedence {
    let published_first = published.unwrap_or_default();
    (published.is_none(), published_first, seen.is_none(), seen.unwrap_or_default(), id)
}

fn place(archive: &ArchiveReader, address: DocAddress) -> Result<Precedence, Error> {
    let columns = archive.searcher().segment_reader(address.segment_ord).fast_fields();
    let time = |name| columns.i64(name).map_err(archive.engine_error());
    let ids = columns.u64("id").map_err(archive.engine_error())?;
    let doc = address.doc_id;
    let id = ids.first(doc).unwrap_or_default();
    Ok(precedence(time("published")?.first(doc), time("first_seen")?.first(doc), id))
}

/// Numbers of articles by value.
#[derive(Debug, Default)]
struct Tally(BTreeMap<Option<String>, u64>);

impl Tally {
    /// Counts an article for each of its values; for `None` where it has none.
    fn add<'a>(&mut self, values: impl Iterator<Item = &'a String>) {
        let mut any = false;
        for value in values {
            *self.0.entry(Some(value.clone())).or_default() += 1;
            any = true;
        }
        if !any {
            *self.0.entry(None).or_default() += 1;
        }
    }

    /// Most first, then by name; those without a value last.
    fn sorted(self) -> Vec<(Option<String>, u64)> {
        let mut counts: Vec<_> = self.0.into_iter().collect();
        counts.sort_by(|(a, m), (b, n)| {
            a.is_none().cmp(&b.is_none()).then(n.cmp(m)).then_with(|| a.cmp(b))
        });
        counts
    }
}
