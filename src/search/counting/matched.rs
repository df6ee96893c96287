//! The articles that match a question, segment by segment.

use foldhash::{HashMap, HashMapExt as _};
use tantivy::query::{EnableScoring, Query as EngineQuery, Weight};
use tantivy::{DocId, SegmentReader};

use super::Unit;
use crate::copies::Likeness;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::Query;
use crate::search::family::{Precedence, precedence};
use crate::search::probe::Probe;
use crate::search::stories::{Stories, StorySet};
use crate::search::{Copies, Matching};

/// The articles that match a question.
pub(in crate::search) struct Matched<'a> {
    archive: &'a ArchiveReader,
    query: Box<dyn EngineQuery>,
    /// Which of them are counted, segment by segment; `None` for all of them.
    counted: Option<Vec<DocSet>>,
}

/// Documents of a segment.
type DocSet = StorySet;

/// Those of a segment.
pub(in crate::search) struct Articles<'a> {
    weight: &'a dyn Weight,
    segment: &'a SegmentReader,
    counted: Option<&'a DocSet>,
}

impl<'a> Matched<'a> {
    pub(in crate::search) fn new(
        archive: &'a ArchiveReader,
        query: &Query,
        matching: Matching,
        unit: Unit,
    ) -> Result<Self, Error> {
        let (query, _) = Probe::new(archive, matching)?.lower(query)?;
        let matched = Self { archive, query, counted: None };
        let stories = match unit {
            Unit::Articles => None,
            Unit::Stories => Stories::of(archive, Copies::Collapse(Likeness::Part))?,
        };
        let counted = stories.map(|stories| matched.earliest(stories)).transpose()?;
        Ok(Self { counted, ..matched })
    }

    /// Of each story the earliest article that matches. So sums over articles are sums over stories.
    fn earliest(&self, stories: Stories<'_>) -> Result<Vec<DocSet>, Error> {
        let mut first: HashMap<u64, (Precedence, usize, DocId)> = HashMap::new();
        let mut segments = 0;
        self.each_segment(|segment, articles| {
            let columns = segment.fast_fields();
            let (published, seen) = (columns.i64("published")?, columns.i64("first_seen")?);
            let ids = columns.u64("id")?;
            let of_segment = stories.in_segment(segment)?;
            articles.each(&mut |docs| {
                for &doc in docs {
                    let id = ids.first(doc).unwrap_or_default();
                    let place = precedence(published.first(doc), seen.first(doc), id);
                    let this = (place, segments, doc);
                    let known = first.entry(of_segment.story(doc)).or_insert(this);
                    *known = this.min(*known);
                }
            })?;
            segments += 1;
            Ok(())
        })?;
        let mut earliest = vec![DocSet::default(); segments];
        for (_, segment, doc) in first.into_values() {
            earliest[segment].insert(doc.into());
        }
        Ok(earliest)
    }

    /// Hands each segment to `visit`, with what goes through those of its articles that match.
    pub(in crate::search) fn each_segment(
        &self,
        mut visit: impl FnMut(&SegmentReader, &Articles<'_>) -> tantivy::Result<()>,
    ) -> Result<(), Error> {
        self.visit_all(&mut visit).map_err(self.archive.engine_error())
    }

    fn visit_all(
        &self,
        visit: &mut dyn FnMut(&SegmentReader, &Articles<'_>) -> tantivy::Result<()>,
    ) -> tantivy::Result<()> {
        let searcher = self.archive.searcher();
        let weight = self.query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        for (place, segment) in searcher.segment_readers().iter().enumerate() {
            let counted = self.counted.as_ref().and_then(|counted| counted.get(place));
            visit(segment, &Articles { weight: &*weight, segment, counted })?;
        }
        Ok(())
    }
}

impl Articles<'_> {
    /// Goes through the articles in the order of their numbers, some at a time.
    pub(in crate::search) fn each(&self, visit: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
        let Self { weight, segment, counted } = *self;
        let alive = segment.alive_bitset();
        if alive.is_none() && counted.is_none() {
            return weight.for_each_no_score(segment, visit);
        }
        let is_counted = |doc: DocId| {
            alive.is_none_or(|alive| alive.is_alive(doc))
                && counted.is_none_or(|counted| counted.contains(doc.into()))
        };
        let mut kept = Vec::new();
        weight.for_each_no_score(segment, &mut |docs| {
            kept.clear();
            kept.extend(docs.iter().copied().filter(|&doc| is_counted(doc)));
            visit(&kept);
        })
    }
}
