//! Articles as they are cited.

use std::io::{self, Write};

use super::citation::Citation;
use super::footnote::footnote;
use super::{bibtex, csl, ris};
use crate::article::named_enum;
use crate::record::ArticleRecord;

named_enum! {
    /// How citations are written.
    CitationFormat {
        /// Footnotes.
        Markdown = "markdown",
        /// Entries for BibTeX and BibLaTeX.
        Bibtex = "bibtex",
        /// Entries for reference managers.
        Ris = "ris",
        /// Items for citation processors.
        CslJson = "csl-json",
    }
}

/// Writes a citation for each article, with the place in the archive and the digest by which it can
/// be found and proven.
pub fn citations(
    out: &mut dyn Write,
    articles: &[ArticleRecord],
    format: CitationFormat,
) -> io::Result<()> {
    let mut cited = articles.iter().map(Citation::from);
    match format {
        CitationFormat::Markdown => cited.try_for_each(|it| footnote(out, &it)),
        CitationFormat::Bibtex => cited.try_for_each(|it| bibtex::entry(out, &it)),
        CitationFormat::Ris => cited.try_for_each(|it| ris::entry(out, &it)),
        CitationFormat::CslJson => csl::list(out, cited),
    }
}
