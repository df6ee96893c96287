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
use crate::search::{Hit, Hits, PartialHit, ScoreShares, Share, Snippet};
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
        (Some(first), Some(last)) if (answer.hits.len() as u64) < answer.total => {
            writeln!(out, ", {} to {} shown", first.rank, last.rank)
        }
        _ => writeln!(out),
    }
}

/// The part of that line that all commands share, without a line break.
pub(super) fn account(out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
    let understood = match answer.understood.as_str() {
        "" => "(empty query)",
        understood => understood,
    };
    write!(
        out,
        "{}: {} of {}, {} undated, generation {}, {}",
        printable(understood),
        numbers::count(answer.total),
        numbers::counted(answer.articles, "article"),
        numbers::count(answer.undated),
        answer.generation,
        numbers::duration(answer.took),
    )
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

/// A path, with the number of the record within the file after `#`.
pub(super) fn place(path: &str, record: Option<u32>) -> String {
    match record {
        None => printable(path).into_owned(),
        Some(record) => format!("{}#{record}", printable(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, shown};
    use super::super::{Emphasis, MIN_WIDTH};
    use super::*;

    fn written(answer: &Hits, width: usize, emphasis: Emphasis) -> String {
        let mut table = Table::new(Style::new(width, emphasis));
        shown(|out| {
            table.begin(out, answer)?;
            answer.hits.iter().try_for_each(|hit| table.hit(out, hit))?;
            table.end(out, answer)
        })
    }

    #[test]
    fn hits_are_blocks_of_lines() {
        insta::assert_snapshot!(written(&samples::answer(), 80, Emphasis::Plain), @r"
        1  2022-11-21  Russia > about XA  Example Herald
           Harbour town votes on its bridge, observers find few faults
           The harbour town voted on Sunday on whether to build the long disputed
           bridge, and the observers who came from abroad found few faults.
           3jf8w1m0c9tqz  archive/2022/november.jsonl#3

        2  undated
           (no title)
           0000000000001  scrape/page.txt

        3  2022        Russia > about XA  Новости дня
           =1+1
           abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcde…
           港口城市周日就是否修建这座备受争议的大桥进行投票，观察员认为问题不
           多。�[2Jbridgesegdirb
           3jf8w1m0c9tqz  …�/a-very-long-folder-name/and-another-one/within-it/page.html
        ");
    }

    #[test]
    fn articles_that_lack_words_stand_below_a_line_that_says_which() {
        let mut answer = samples::answer();
        answer.hits.truncate(1);
        answer.partial = vec![
            samples::lacking(2, &["bridge"]),
            samples::lacking(3, &["bridge"]),
            samples::lacking(4, &["bridge", "\"a vote\""]),
        ];
        insta::assert_snapshot!(written(&answer, 80, Emphasis::Plain), @r#"
        1  2022-11-21  Russia > about XA  Example Herald
           Harbour town votes on its bridge, observers find few faults
           The harbour town voted on Sunday on whether to build the long disputed
           bridge, and the observers who came from abroad found few faults.
           3jf8w1m0c9tqz  archive/2022/november.jsonl#3

        without `bridge`:
        2  undated
           (no title)
           0000000000001  scrape/page.txt

        3  undated
           (no title)
           0000000000001  scrape/page.txt

        without `bridge`, `"a vote"`:
        4  undated
           (no title)
           0000000000001  scrape/page.txt
        "#);
    }

    #[test]
    fn a_narrow_terminal_gets_narrow_blocks() {
        insta::assert_snapshot!(written(&samples::answer(), MIN_WIDTH, Emphasis::Plain), @r"
        1  2022-11-21  Russia > about XA
           Example Herald
           Harbour town votes on its bridge,
           observers find few faults
           The harbour town voted on Sunday on
           whether to build the long disputed
           bridge, and the observers who came…
           3jf8w1m0c9tqz  …2022/november.jsonl#3

        2  undated
           (no title)
           0000000000001  scrape/page.txt

        3  2022        Russia > about XA
           Новости дня
           =1+1
           abcdefghijabcdefghijabcdefghijabcde…
           港口城市周日就是否修建这座备受争议的
           大桥进行投票，观察员认为问题不
           多。�[2Jbridgesegdirb
           3jf8w1m0c9tqz  …e/within-it/page.html
        ");
    }

    #[test]
    fn without_colour_matches_are_between_asterisks() {
        let mut answer = samples::answer();
        answer.hits.truncate(1);
        insta::assert_snapshot!(written(&answer, 80, Emphasis::Marks), @r"
        1  2022-11-21  Russia > about XA  Example Herald
           Harbour town votes on its *bridge*, *observers* find few faults
           The harbour town voted on Sunday on whether to build the long disputed
           *bridge*, and the *observers* who came from abroad found few faults.
           3jf8w1m0c9tqz  archive/2022/november.jsonl#3
        ");
    }

    #[test]
    fn with_colour_matches_are_red_and_titles_bold() {
        let mut answer = samples::answer();
        answer.hits.truncate(1);
        let text = written(&answer, 80, Emphasis::Colour);
        insta::assert_snapshot!(text.replace('\u{1b}', "␛"), @r"
        ␛[2m1␛[0m  2022-11-21  Russia > about XA  Example Herald
           ␛[1mHarbour town votes on its ␛[0m␛[1m␛[31mbridge␛[0m␛[1m, ␛[0m␛[1m␛[31mobservers␛[0m␛[1m find few faults␛[0m
           The harbour town voted on Sunday on whether to build the long disputed
           ␛[1m␛[31mbridge␛[0m, and the ␛[1m␛[31mobservers␛[0m who came from abroad found few faults.
           ␛[2m3jf8w1m0c9tqz  archive/2022/november.jsonl#3␛[0m
        ");
    }

    #[test]
    fn ranks_are_aligned() {
        let mut answer = samples::answer();
        answer.hits = vec![samples::hit_with_score(1.0), samples::hit_with_score(1.0)];
        answer.hits[0].rank = 9;
        answer.hits[1].rank = 10;
        insta::assert_snapshot!(written(&answer, 80, Emphasis::Plain), @r"
         9  undated
            (no title)
            0000000000001  scrape/page.txt

        10  undated
            (no title)
            0000000000001  scrape/page.txt
        ");
    }

    #[test]
    fn a_score_is_made_of_shares() {
        let mut answer = samples::answer();
        answer.hits.truncate(1);
        let share = |clause: &str, score| Share { clause: clause.to_owned(), score };
        answer.hits[0].shares = Some(ScoreShares {
            shares: vec![share("bridge", 8.204), share("\"election observers\"", 4.206)],
            recency: Some(0.5),
        });
        insta::assert_snapshot!(written(&answer, MIN_WIDTH, Emphasis::Plain), @r#"
        1  2022-11-21  Russia > about XA
           Example Herald
           Harbour town votes on its bridge,
           observers find few faults
           The harbour town voted on Sunday on
           whether to build the long disputed
           bridge, and the observers who came…
           score 12.41 = bridge 8.20 + "election
           observers" 4.21 (for its age × 0.500)
           3jf8w1m0c9tqz  …2022/november.jsonl#3
        "#);
    }

    #[test]
    fn a_snippet_too_long_shows_where_it_matches() {
        let mut answer = samples::answer();
        answer.hits.truncate(1);
        let filler = "nothing of the kind stands here ".repeat(12);
        let text = format!("{filler}the bridge {filler}");
        answer.hits[0].snippets[0].highlights = vec![samples::range_of(&text, "bridge")];
        answer.hits[0].snippets[0].text = text;
        insta::assert_snapshot!(written(&answer, 80, Emphasis::Marks), @r"
        1  2022-11-21  Russia > about XA  Example Herald
           Harbour town votes on its *bridge*, *observers* find few faults
           …nothing of the kind stands here nothing of the kind stands here nothing of
           the kind stands here nothing of the kind stands here nothing of the kind
           stands here the *bridge* nothing of the kind stands here nothing of the…
           3jf8w1m0c9tqz  archive/2022/november.jsonl#3
        ");
    }

    #[track_caller]
    fn check_summary(change: impl FnOnce(&mut Hits), expected: &str) {
        let mut answer = samples::answer();
        change(&mut answer);
        assert_eq!(shown(|out| summary(out, &answer)), format!("{expected}\n"));
    }

    #[test]
    fn a_summary_says_what_was_understood_and_how_much_matched() {
        check_summary(
            |_| (),
            "bridge AND observers: 12 of 1,284 articles, 2 undated, generation 7, 3.1 ms, 1 to 3 shown",
        );
        check_summary(
            |answer| answer.total = 3,
            "bridge AND observers: 3 of 1,284 articles, 2 undated, generation 7, 3.1 ms",
        );
        check_summary(
            |answer| {
                answer.understood.clear();
                answer.hits.clear();
                (answer.total, answer.articles, answer.undated) = (0, 1, 0);
            },
            "(empty query): 0 of 1 article, 0 undated, generation 7, 3.1 ms",
        );
        check_summary(
            |answer| answer.understood = "a\u{1b}[2J\nb".to_owned(),
            "a\u{fffd}[2J b: 12 of 1,284 articles, 2 undated, generation 7, 3.1 ms, 1 to 3 shown",
        );
    }

    #[test]
    fn each_repair_is_a_note() {
        let style = Style::new(80, Emphasis::Plain);
        assert_eq!(
            shown(|out| repairs(out, &samples::answer().repairs, style)),
            "note: closed the quotation mark at the end\n"
        );
    }
}
