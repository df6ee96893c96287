//! Writes answers for people on a terminal and for machines in a pipe.
//!
//! Each function takes a value and a stream. None looks at the clock, the environment or the
//! terminal: the caller says in a [`Style`] what it found there, decides which stream is which, and
//! deals with a pipe that closes early.
//!
//! # Invariants
//!
//! - No control character of the corpus reaches the stream: text goes through
//!   [`crate::text::printable`], JSON escapes.
//! - No line written for people is wider than [`Style::width`], save errors, repairs and summaries,
//!   which are for the log.
//! - Meaning never rests on colour alone.

mod article;
mod bars;
mod bench;
mod bench_peers;
mod bibtex;
mod citation;
mod citations;
mod compact;
mod compare;
mod coverage;
mod csl;
mod csv;
mod delete;
mod diagnosis;
mod difference;
mod entities;
mod error;
mod evaluation;
mod explain;
mod facets;
mod family;
mod first;
mod footnote;
mod found;
mod history;
mod hits;
mod json;
mod keys;
mod kwic;
mod listing;
mod markdown;
mod matches;
mod numbers;
mod pairs;
#[cfg(feature = "cli")]
mod plot;
mod region;
mod rejects;
mod replay;
mod report;
mod ris;
mod roster;
mod rows;
#[cfg(test)]
mod samples;
mod stats;
mod style;
mod terms;
#[cfg(test)]
mod tests;
mod timeline;
mod trace;
mod trec;
mod tsv;
mod verify;
mod warc;
mod watches;
mod why_date;
mod why_region;
mod wrap;

use std::io::{self, Write};

pub use article::{article, article_json};
#[cfg(feature = "cli")]
pub use bench::bench_hlog;
pub use bench::{BenchFormat, Benchmark, bench_comparison, bench_report, bench_samples};
pub use bench_peers::{bench_differences, bench_differences_json};
pub use citations::{CitationFormat, citations};
pub use compact::{compact_report, compact_report_json};
pub use compare::compare;
pub use coverage::{CoverageView, coverage};
pub use delete::{delete_report, delete_report_json};
pub use diagnosis::{diagnosis, limits};
pub use difference::{Compared, Context, comparison};
pub use entities::{detail, entities};
pub use error::error;
pub use evaluation::{Scored, evaluation};
pub use explain::{explanation, explanation_json};
pub use facets::facets;
pub use family::family;
pub use first::{firsts, firsts_summary};
pub use found::found;
pub use history::{Changes, history};
pub use hits::{next_page, repairs, summary};
pub use json::Layout;
pub use keys::{keys, keys_json};
pub use kwic::{KwicFormat, kwic, kwic_summary};
pub use listing::{HitWriter, LineEnd};
pub use pairs::pairs;
#[cfg(feature = "cli")]
pub use plot::{plot_coverage, plot_latency, plot_loads, plot_timeline, plot_trend};
pub use region::region_label;
pub use rejects::rejects;
pub use replay::{replay, replay_json};
pub use report::{index_report, index_report_json};
pub use roster::{RosterEntry, Status, roster, roster_summary};
pub use stats::{stats, stats_json};
pub use style::{Emphasis, MIN_WIDTH, Style};
pub use terms::{terms, terms_summary};
pub use timeline::{Measure, timeline, trend};
pub use trace::trace;
pub use trec::{batch_summary, trec_run};
pub use verify::{verification, verification_json};
pub use warc::{warc_info, warc_record};
pub use watches::{News, news, watches};
pub use why_date::why_date;
pub use why_region::why_region;

use crate::article::named_enum;
use crate::search::Hits;

named_enum! {
    /// How hits are written.
    Format {
        /// A block of lines for each hit, for people.
        Table = "table",
        /// One JSON document with the answer as a whole.
        Json = "json",
        /// One JSON object for each hit, each on its own line.
        Jsonl = "jsonl",
        /// A header and one row for each hit.
        Csv = "csv",
        /// Likewise, with tabs between the columns.
        Tsv = "tsv",
        /// A numbered list, to be pasted into notes.
        Markdown = "markdown",
        /// The path of each file with hits, once, in the order of their best hits.
        Paths = "paths",
        /// The id of each article.
        Ids = "ids",
        /// A run for `trec_eval` and its kin.
        Trec = "trec",
        /// Entries for BibTeX and BibLaTeX.
        Bibtex = "bibtex",
        /// Entries for reference managers.
        Ris = "ris",
        /// Items for citation processors.
        CslJson = "csl-json",
    }
}

named_enum! {
    /// How a list that is not of hits is written.
    ListFormat {
        /// A line for each entry, wrapped, for people.
        Table = "table",
        /// One JSON document.
        Json = "json",
        /// One JSON object for each entry, each on its own line.
        Jsonl = "jsonl",
        /// A header and one row for each entry.
        Csv = "csv",
    }
}

named_enum! {
    /// How figures are written.
    TableFormat {
        /// Lined up in columns, for people.
        Table = "table",
        /// One JSON document.
        Json = "json",
        /// A header and one row for each line of the table.
        Csv = "csv",
    }
}

/// Writes the hits in `format`.
///
/// [`Format::Json`] says by itself what was understood and how much matched; with the others,
/// [`summary`], [`repairs`], [`limits`] and [`diagnosis`] do, on another stream. Articles that lack
/// words are told as such wherever there is room; [`Format::Paths`] and [`Format::Ids`] leave them out.
pub fn hits(out: &mut dyn Write, answer: &Hits, format: Format, style: Style) -> io::Result<()> {
    let mut writer = HitWriter::new(format, style, LineEnd::default());
    writer.begin(out, answer)?;
    writer.hits(out, &answer.hits)?;
    writer.end(out, answer)
}
