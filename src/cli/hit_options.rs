//! Which hits of an answer are printed, and how much of each.

use clap::{Args, ValueEnum};

use super::args::named;
use super::{Failure, Result};
use crate::copies::Likeness;
use crate::render::{Format, LineEnd};
use crate::search::{Copies, Cursor, Detail};

/// How many hits a page has.
const PAGE: usize = 10;

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch that can be typed")]
pub(super) struct HitOptions {
    /// How many hits to print [default: 10]
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,

    /// Print every hit, however many there are
    #[arg(long, conflicts_with = "limit")]
    all: bool,

    /// How many hits to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) offset: usize,

    /// Go on behind the page that printed this
    #[arg(long, value_name = "CURSOR", conflicts_with = "offset")]
    pub(super) cursor: Option<Cursor>,

    /// How many passages to show of each hit
    #[arg(long, value_name = "N", default_value_t = 1)]
    snippets: usize,

    /// Print how many articles match, and no hits
    #[arg(short, long)]
    pub(super) count: bool,

    /// Print the path of every file with a hit, and nothing else of it
    #[arg(short = 'l', long, conflicts_with_all = ["count", "format"])]
    files_with_matches: bool,

    /// A zero byte ends each path, or id, as `xargs -0` wants it
    #[arg(short = '0', long)]
    null: bool,

    #[command(flatten)]
    copies: CopiesOptions,

    /// How to print the hits
    #[arg(short, long, value_name = "FORMAT", default_value = "table", value_parser = named(Format::ALL, Format::name))]
    format: Format,
}

/// What becomes of copies of a hit.
#[derive(Args, Debug)]
pub(super) struct CopiesOptions {
    /// Let one hit stand for all copies of a story; or show each by itself; or put together only
    /// those that are so alike
    #[arg(long, value_name = "WHICH", default_value = "collapse")]
    copies: CopiesChoice,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CopiesChoice {
    /// Copies of any kind, even as a part of a longer story
    Collapse,
    Show,
    /// The same words
    Exact,
    /// A few words are others
    High,
    /// Most of the text is the same
    Moderate,
}

impl CopiesOptions {
    pub(super) fn choice(&self) -> Copies {
        match self.copies {
            CopiesChoice::Show => Copies::Show,
            CopiesChoice::Collapse => Copies::Collapse(Likeness::Part),
            CopiesChoice::Exact => Copies::Collapse(Likeness::Exact),
            CopiesChoice::High => Copies::Collapse(Likeness::High),
            CopiesChoice::Moderate => Copies::Collapse(Likeness::Moderate),
        }
    }
}

impl HitOptions {
    pub(super) fn format(&self) -> Format {
        if self.files_with_matches { Format::Paths } else { self.format }
    }

    /// How paths and ids end.
    pub(super) fn line_end(&self) -> Result<LineEnd> {
        match self.format() {
            _ if !self.null => Ok(LineEnd::Newline),
            Format::Paths | Format::Ids => Ok(LineEnd::Null),
            _ => Err(Failure::Usage(
                "`-0` goes with `-l`, `--format paths` or `--format ids`".to_owned(),
            )),
        }
    }

    /// How many hits are printed; `None` for all of them.
    pub(super) fn limit(&self) -> Option<usize> {
        match self.limit {
            _ if self.count => Some(0),
            Some(limit) => Some(limit),
            // Who lists files wants them all, as other tools list them.
            None => (!self.all && !self.files_with_matches).then_some(PAGE),
        }
    }

    /// What becomes of copies of a hit.
    pub(super) fn copies(&self) -> Copies {
        self.copies.choice()
    }

    /// How many passages of each hit are looked for.
    pub(super) fn snippets(&self) -> usize {
        if shows_passages(self.format()) { self.snippets } else { 0 }
    }

    /// How much of each article is read.
    pub(super) fn detail(&self) -> Detail {
        detail(self.format())
    }
}

/// Whether hits are written with passages.
pub(super) fn shows_passages(format: Format) -> bool {
    match format {
        Format::Table
        | Format::Json
        | Format::Jsonl
        | Format::Csv
        | Format::Tsv
        | Format::Markdown => true,
        Format::Paths
        | Format::Ids
        | Format::Trec
        | Format::Bibtex
        | Format::Ris
        | Format::CslJson => false,
    }
}

/// How much of each article a format shows.
pub(super) fn detail(format: Format) -> Detail {
    match format {
        Format::Json | Format::Jsonl | Format::Bibtex | Format::Ris | Format::CslJson => {
            Detail::Whole
        }
        Format::Table
        | Format::Csv
        | Format::Tsv
        | Format::Markdown
        | Format::Paths
        | Format::Ids
        | Format::Trec => Detail::Brief,
    }
}
