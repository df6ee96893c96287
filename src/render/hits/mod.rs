//! Hits for people.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::listing::Listing;
use super::numbers;
use super::region::region_label;
use super::rows::paragraph;
use super::style::{Role, Style};
use super::wrap::{Passage, columns, fit, fit_end};
use crate::query::Repair;
use crate::search::{CopiesOf, Hit, Hits, PartialHit, ScoreShares, Share, Snippet};
use crate::text::printable;

/// Lines that a headline may take.
const TITLE_LINES: usize = 2;

/// Lines that a snippet may take.
const SNIPPET_LINES: usize = 3;

/// Columns of a date to the day.
const DATE_WIDTH: usize = 10;

/// What stands between the parts of a line.
const GAP: &str = "  ";

/// Writes one line on what was understood and how much matched: the articles found, of how many,
/// those of them without a date, the generation of the index, and the time.
pub fn summary(out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
    account(out, answer)?;
    match (answer.hits.first(), answer.hits.last()) {
        (Some(first), Some(last))
            if (answer.hits.len() as u64) < answer.stories.unwrap_or(answer.total) =>
        {
            writeln!(out, ", {} to {} shown", first.rank, last.rank)
        }
        _ => writeln!(out),
    }
}

/// How much of a question is shown above its hits, in bytes; who pastes a text knows it.
const LONGEST_QUESTION: usize = 500;

/// The part of that line that all commands share, without a line break.
pub(super) fn account(out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
    let (understood, rest) = match answer.understood.as_str() {
        "" => ("(empty query)", ""),
        understood => understood.split_at(understood.floor_char_boundary(LONGEST_QUESTION)),
    };
    write!(
        out,
        "{}{}: {} of {}{}, {} undated, generation {}, {}",
        printable(understood),
        if rest.is_empty() { "" } else { "…" },
        numbers::count(answer.total),
        numbers::counted(answer.articles, "article"),
        stories(answer),
        numbers::count(answer.undated),
        answer.generation,
        numbers::duration(answer.took),
    )
}

/// How many stories the articles are, where copies were put together.
fn stories(answer: &Hits) -> String {
    match answer.stories {
        Some(1) if answer.total > 1 => " in 1 story".to_owned(),
        Some(stories) if stories < answer.total => {
            format!(" in {} stories", numbers::count(stories))
        }
        Some(_) | None => String::new(),
    }
}

/// Writes how to ask for the hits that follow, if there are any.
pub fn next_page(out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
    match &answer.cursor {
        Some(cursor) => writeln!(out, "next page: --cursor {cursor}"),
        None => Ok(()),
    }
}

/// Writes each repair of the query as a line of its own.
pub fn repairs(out: &mut dyn Write, repairs: &[Repair], style: Style) -> io::Result<()> {
    for repair in repairs {
        style.write(out, Role::Note, "note:")?;
        writeln!(out, " {}", printable(&repair.message))?;
    }
    Ok(())
}

/// A block of lines for each hit: rank, date, region and publisher; title; snippets; id and path.
/// Articles that lack words stand below a line that says which.
pub(super) struct Table {
    style: Style,
    rank_width: usize,
    is_first: bool,
}

impl Table {
    pub(super) fn new(style: Style) -> Self {
        Self { style, rank_width: 0, is_first: true }
    }

    /// Writes the empty line above a block, unless it is the first.
    fn gap(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let is_first = std::mem::replace(&mut self.is_first, false);
        if is_first { Ok(()) } else { writeln!(out) }
    }

    fn block(&self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        Block { hit, rank_width: self.rank_width, style: self.style }.write(out)
    }
}

impl Listing for Table {
    fn begin(&mut self, _: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        self.rank_width = widest_rank(answer);
        if answer.hits.is_empty() {
            self.rank_width = self.rank_width.max(columns(&answer.total.to_string()));
        }
        Ok(())
    }

    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        self.gap(out)?;
        self.block(out, hit)
    }

    fn end(&mut self, out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        self.rank_width = self.rank_width.max(widest_rank(answer));
        let mut above: &[String] = &[];
        for PartialHit { lacks, hit } in &answer.partial {
            self.gap(out)?;
            if lacks != above {
                let words: Vec<_> = lacks.iter().map(|word| format!("`{word}`")).collect();
                let without = format!("without {}:", words.join(", "));
                paragraph(out, &without, Role::Note, self.style)?;
                above = lacks;
            }
            self.block(out, hit)?;
        }
        Ok(())
    }
}

/// The columns that the ranks of the hits at hand take.
fn widest_rank(answer: &Hits) -> usize {
    let partial = answer.partial.iter().map(|it| &it.hit);
    let ranks = answer.hits.iter().chain(partial).map(|hit| columns(&hit.rank.to_string()));
    ranks.max().unwrap_or_default()
}

/// The lines of one hit.
struct Block<'a> {
    hit: &'a Hit,
    rank_width: usize,
    style: Style,
}

impl Block<'_> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.write_origin(out)?;
        self.write_title(out)?;
        self.write_snippets(out)?;
        self.write_shares(out)?;
        self.write_copies(out)?;
        self.write_place(out)
    }

    /// Columns left of everything but the rank.
    fn indent(&self) -> usize {
        self.rank_width + GAP.len()
    }

    /// Columns right of the indent.
    fn width(&self) -> usize {
        self.style.width().saturating_sub(self.indent())
    }

    /// `12  2022-11-21  Russia > about Kazakhstan  example.org`; what does not fit goes below.
    fn write_origin(&self, out: &mut dyn Write) -> io::Result<()> {
        let article = &self.hit.article;
        let region = region_label(article.tag.as_deref(), &article.about);
        let publisher = article.publisher.as_deref().unwrap_or_default();
        let rank = format!("{:>1$}", self.hit.rank, self.rank_width);
        self.style.write(out, Role::Minor, &rank)?;
        write!(out, "{GAP}")?;
        let mut line = format!("{:DATE_WIDTH$}", day(article.date.as_deref()));
        for part in [region.as_str(), publisher].into_iter().filter(|part| !part.is_empty()) {
            let part = printable(part);
            let part = fit(&part, self.width());
            if columns(&line) + GAP.len() + columns(&part) <= self.width() {
                line.push_str(GAP);
                line.push_str(&part);
            } else {
                writeln!(out, "{}", line.trim_end())?;
                write!(out, "{:1$}", "", self.indent())?;
                line = part.into_owned();
            }
        }
        writeln!(out, "{}", line.trim_end())
    }

    fn write_title(&self, out: &mut dyn Write) -> io::Result<()> {
        let (title, highlights) = (&self.hit.article.title, &self.hit.title_highlights);
        let title = Passage::new(title, highlights, self.style.emphasis());
        if title.is_blank() {
            return self.write_lines(out, &Passage::plain("(no title)"), 1, Role::Minor);
        }
        self.write_lines(out, &title, TITLE_LINES, Role::Title)
    }

    fn write_snippets(&self, out: &mut dyn Write) -> io::Result<()> {
        for snippet in &self.hit.snippets {
            let Snippet { text, highlights, cut, .. } = snippet;
            let passage = Passage::new(text, highlights, self.style.emphasis()).cut(*cut);
            self.write_lines(out, &passage, SNIPPET_LINES, Role::Text)?;
        }
        Ok(())
    }

    /// `score 12.41 = bridge 8.20 + observers 4.21`
    fn write_shares(&self, out: &mut dyn Write) -> io::Result<()> {
        let Some(ScoreShares { shares, recency }) = &self.hit.shares else { return Ok(()) };
        let mut line = format!("score {:.2}", self.hit.score);
        for (place, Share { clause, score }) in shares.iter().enumerate() {
            let sign = if place == 0 { '=' } else { '+' };
            // Writing to a string does not fail.
            let _ = write!(line, " {sign} {} {score:.2}", printable(clause));
        }
        if let Some(factor) = recency {
            let _ = write!(line, " (for its age × {factor:.3})");
        }
        for text in Passage::plain(&line).lines(self.width()) {
            write!(out, "{:1$}", "", self.indent())?;
            text.write(out, Role::Minor, self.style)?;
            writeln!(out)?;
        }
        Ok(())
    }

    /// `+17 copies, 6 publishers, first 2022-11-17 Northlight`
    fn write_copies(&self, out: &mut dyn Write) -> io::Result<()> {
        let Some(copies) = &self.hit.copies else { return Ok(()) };
        let CopiesOf { copies, publishers, first_date, first_publisher, .. } = copies;
        let mut line = match copies {
            1 => "+1 copy".to_owned(),
            _ => format!("+{} copies", numbers::count(*copies)),
        };
        if *publishers > 1 {
            // Writing to a string does not fail.
            let _ = write!(line, ", {} publishers", numbers::count(*publishers));
        }
        if first_date.is_some() {
            let _ = write!(line, ", first {}", day(first_date.as_deref()));
            let _ = write!(line, " {}", printable(first_publisher.as_deref().unwrap_or_default()));
        }
        let line = fit(line.trim_end(), self.width());
        write!(out, "{:1$}", "", self.indent())?;
        self.style.write(out, Role::Note, &line)?;
        writeln!(out)
    }

    /// `7k3q…  archive/2022/001.jsonl#3`
    fn write_place(&self, out: &mut dyn Write) -> io::Result<()> {
        let id = printable(&self.hit.article.id);
        let id = fit(&id, self.width());
        let record = self.hit.article.record;
        let path = place(&self.hit.article.path, (record > 0).then_some(record));
        let path = fit_end(&path, self.width().saturating_sub(columns(&id) + GAP.len()));
        let place = format!("{id}{GAP}{path}");
        write!(out, "{:1$}", "", self.indent())?;
        self.style.write(out, Role::Minor, place.trim_end())?;
        writeln!(out)
    }

    fn write_lines(
        &self,
        out: &mut dyn Write,
        passage: &Passage,
        n_lines: usize,
        role: Role,
    ) -> io::Result<()> {
        for line in passage.excerpt(self.width(), n_lines) {
            write!(out, "{:1$}", "", self.indent())?;
            line.write(out, role, self.style)?;
            writeln!(out)?;
        }
        Ok(())
    }
}

/// A date, to the day at most.
pub(super) fn day(date: Option<&str>) -> String {
    let date = date.unwrap_or("undated");
    let date = printable(date.get(..DATE_WIDTH).unwrap_or(date));
    fit(&date, DATE_WIDTH).into_owned()
}

/// The start of an id, enough to ask for the article by it: [`SHORT_ID`] columns.
pub(super) fn short_id(id: &str) -> String {
    let start = printable(id.get(..SHORT_ID).unwrap_or(id));
    padded(&fit(&start, SHORT_ID), SHORT_ID)
}

/// Columns of the start of an id.
pub(super) const SHORT_ID: usize = 6;

/// A text with spaces behind it, so that it takes `width` columns.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{:1$}", "", width.saturating_sub(columns(text)))
}

/// A path, with the number of the record within the file after `#`.
pub(super) fn place(path: &str, record: Option<u32>) -> String {
    match record {
        None => printable(path).into_owned(),
        Some(record) => format!("{}#{record}", printable(path)),
    }
}

#[cfg(test)]
mod tests;
