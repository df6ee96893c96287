//! Hits in any format, one after the other, so that there may be more of them than memory holds.

use std::collections::HashSet;
use std::io::{self, Write};

use xxhash_rust::xxh3::xxh3_64;

use super::style::Style;
use super::trec::Run;
use super::{Format, bibtex, csl, csv, hits, json, markdown, ris, tsv};
use crate::search::{Hit, Hits};
use crate::text::printable;

/// What is written for an answer: something before its hits, each hit, and something behind.
pub(super) trait Listing {
    /// Before the hits. The answer holds those of the first page, or none if they are yet to come.
    fn begin(&mut self, _out: &mut dyn Write, _answer: &Hits) -> io::Result<()> {
        Ok(())
    }

    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()>;

    /// Behind the hits: among others the articles that lack some of the words, if there is a way to
    /// tell them as such.
    fn end(&mut self, _out: &mut dyn Write, _answer: &Hits) -> io::Result<()> {
        Ok(())
    }
}

/// How a path or an id ends.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum LineEnd {
    /// With its line; what steers a terminal is not written.
    #[default]
    Newline,
    /// With a zero byte, for `xargs -0`; it is written as it is.
    Null,
}

/// Writes the hits of an answer as they come.
pub struct HitWriter {
    listing: Box<dyn Listing>,
}

impl HitWriter {
    /// In `format`; `end` counts for paths and ids alone.
    pub fn new(format: Format, style: Style, end: LineEnd) -> Self {
        let listing: Box<dyn Listing> = match format {
            Format::Table => Box::new(hits::Table::new(style)),
            Format::Json => Box::new(json::Answer::default()),
            Format::Jsonl => Box::new(json::HitLines::default()),
            Format::Csv => Box::new(csv::HitRows),
            Format::Tsv => Box::new(tsv::HitRows),
            Format::Markdown => Box::new(markdown::Items::default()),
            Format::Paths => Box::new(Paths { end, seen: HashSet::new() }),
            Format::Ids => Box::new(Ids { end }),
            Format::Trec => Box::new(Run::new(TOPIC, RUN)),
            Format::Bibtex => Box::new(bibtex::Entries),
            Format::Ris => Box::new(ris::Entries),
            Format::CslJson => Box::new(csl::Items::default()),
        };
        Self { listing }
    }

    /// Writes what stands before the hits.
    pub fn begin(&mut self, out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        self.listing.begin(out, answer)
    }

    /// Writes the hits that follow.
    pub fn hits(&mut self, out: &mut dyn Write, hits: &[Hit]) -> io::Result<()> {
        hits.iter().try_for_each(|hit| self.listing.hit(out, hit))
    }

    /// Writes what stands behind the hits.
    pub fn end(&mut self, out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        self.listing.end(out, answer)
    }
}

impl std::fmt::Debug for HitWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HitWriter").finish_non_exhaustive()
    }
}

/// The topic of a run that answers one question.
const TOPIC: &str = "1";

/// The name of such a run.
const RUN: &str = "dateline";

/// The path of each file with hits.
struct Paths {
    end: LineEnd,
    /// Hashes of the paths that were written.
    seen: HashSet<u64>,
}

impl Listing for Paths {
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        let path = &hit.article.path;
        if !self.seen.insert(xxh3_64(path.as_bytes())) {
            return Ok(());
        }
        self.end.write(out, path)
    }
}

/// The id of each article.
struct Ids {
    end: LineEnd,
}

impl Listing for Ids {
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        self.end.write(out, &hit.article.id)
    }
}

impl LineEnd {
    fn write(self, out: &mut dyn Write, text: &str) -> io::Result<()> {
        match self {
            Self::Newline => writeln!(out, "{}", printable(text)),
            Self::Null => write!(out, "{text}\0"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, shown};
    use super::super::{Emphasis, hits};
    use super::*;

    fn written(answer: &Hits, format: Format, end: LineEnd) -> String {
        let mut writer = HitWriter::new(format, Style::new(80, Emphasis::Plain), end);
        shown(|out| writer.hits(out, &answer.hits))
    }

    #[test]
    fn a_path_is_listed_once_and_safe_to_show() {
        let mut answer = samples::answer();
        answer.hits.push(answer.hits[0].clone());
        insta::assert_snapshot!(written(&answer, Format::Paths, LineEnd::Newline), @r"
        archive/2022/november.jsonl
        scrape/page.txt
        archive/�]0;owned�/a-very-long-folder-name/and-another-one/within-it/page.html
        ");
    }

    #[test]
    fn behind_a_zero_byte_nothing_is_changed() {
        let paths = written(&samples::answer(), Format::Paths, LineEnd::Null);
        let paths: Vec<_> = paths.split_terminator('\0').collect();
        let hits = samples::answer().hits;
        assert_eq!(paths, [0, 1, 2].map(|place| hits[place].article.path.as_str()));
        let ids = written(&samples::answer(), Format::Ids, LineEnd::Null);
        assert_eq!(ids.replace('\0', "|"), "3jf8w1m0c9tqz|0000000000001|3jf8w1m0c9tqz|");
    }

    #[test]
    fn hits_in_batches_are_written_as_those_of_a_page() {
        for &format in Format::ALL {
            let mut answer = samples::answer();
            answer.partial = vec![samples::lacking(4, &["bridge"])];
            let style = Style::new(80, Emphasis::Plain);
            let page = shown(|out| hits(out, &answer, format, style));
            let mut writer = HitWriter::new(format, style, LineEnd::Newline);
            let batches = shown(|out| {
                writer.begin(out, &answer)?;
                answer.hits.chunks(2).try_for_each(|batch| writer.hits(out, batch))?;
                writer.end(out, &answer)
            });
            assert_eq!(batches, page, "in {format}");
        }
    }
}
