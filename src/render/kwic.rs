//! Concordances: a line for each place, with what matched in one column.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use super::hits::{day, padded};
use super::json::{self, Layout};
use super::style::{Emphasis, Role, Style};
use super::wrap::{columns, fit, fit_end};
use super::{csv, numbers, tsv};
use crate::article::named_enum;
use crate::search::{Concordance, KwicLine};
use crate::text::printable;

named_enum! {
    /// How a concordance is written.
    KwicFormat {
        /// A line for each place, for people.
        Table = "table",
        /// One JSON document.
        Json = "json",
        /// One JSON object for each place, each on its own line.
        Jsonl = "jsonl",
        /// A header and one row for each place.
        Csv = "csv",
        /// Likewise, with tabs between the columns.
        Tsv = "tsv",
    }
}

/// Columns of the start of an id, enough to ask for the article by it.
const ID_WIDTH: usize = 6;

/// Columns of a date to the day.
const DATE_WIDTH: usize = 10;

/// In fewer columns than these the date is left out.
const WIDTH_FOR_DATES: usize = 60;

const GAP: &str = "  ";

/// Writes the lines of a concordance.
pub fn kwic(
    out: &mut dyn Write,
    found: &Concordance,
    format: KwicFormat,
    style: Style,
) -> io::Result<()> {
    let lines = || found.lines.iter();
    let record = |line| LineRecord::new(line, &found.summary.clauses);
    match format {
        KwicFormat::Table => {
            let table = Table::new(style);
            lines().try_for_each(|line| table.line(out, line))
        }
        KwicFormat::Json => json::list_document(
            out,
            &ConcordanceRecord {
                v: json::VERSION,
                query: &found.summary.understood,
                total: found.summary.total,
                undated: found.summary.undated,
                articles: found.summary.articles,
                generation: found.summary.generation,
                took_ms: numbers::milliseconds(found.summary.took),
                matches: found.matches,
                lines: lines().map(record).collect(),
            },
        ),
        KwicFormat::Jsonl => {
            lines().try_for_each(|line| json::document(out, &record(line), Layout::Compact))
        }
        KwicFormat::Csv => {
            csv::row(out, &COLUMNS.map(Cow::Borrowed))?;
            lines().try_for_each(|line| csv::row(out, &row(line)))
        }
        KwicFormat::Tsv => {
            tsv::row(out, &COLUMNS.map(Cow::Borrowed))?;
            lines().try_for_each(|line| tsv::row(out, &row(line)))
        }
    }
}

/// Says how many places were found behind what is said of their articles.
pub fn kwic_summary(out: &mut dyn Write, found: &Concordance) -> io::Result<()> {
    super::hits::account(out, &found.summary)?;
    let shown = numbers::count(found.lines.len() as u64);
    match found.matches {
        Some(all) if all > found.lines.len() as u64 => {
            writeln!(out, ", {shown} of {} shown", numbers::counted(all, "line"))
        }
        Some(all) => writeln!(out, ", {}", numbers::counted(all, "line")),
        None => writeln!(out, ", the first {shown} lines shown"),
    }
}

/// Where the parts of a line stand, in columns.
struct Table {
    style: Style,
    has_dates: bool,
    left: usize,
    /// For what matched and what stands behind.
    rest: usize,
}

impl Table {
    fn new(style: Style) -> Self {
        let has_dates = style.width() >= WIDTH_FOR_DATES;
        let dates = if has_dates { DATE_WIDTH + GAP.len() } else { 0 };
        let free = style.width().saturating_sub(ID_WIDTH + 3 * GAP.len() + dates);
        let left = free * 2 / 5;
        Self { style, has_dates, left, rest: free - left }
    }

    fn line(&self, out: &mut dyn Write, line: &KwicLine) -> io::Result<()> {
        let style = self.style;
        let id = fit(&line.id, ID_WIDTH).into_owned();
        let id = line.id.get(..ID_WIDTH).map_or(id, str::to_owned);
        style.write(out, Role::Minor, &padded(&printable(&id), ID_WIDTH))?;
        write!(out, "{GAP}")?;
        if self.has_dates {
            let date = day(line.date.as_deref());
            style.write(out, Role::Minor, &padded(&date, DATE_WIDTH))?;
            write!(out, "{GAP}")?;
        }
        let left = printable(&line.left);
        let left = fit_end(left.trim(), self.left);
        write!(out, "{:1$}{left}", "", self.left.saturating_sub(columns(&left)))?;
        let keyword = printable(&line.keyword);
        let keyword = fit(keyword.trim(), self.rest);
        let right = printable(&line.right);
        // What belongs to the word, such as a comma, stays with it.
        let is_apart = right.starts_with(' ');
        let right = fit(right.trim(), self.rest.saturating_sub(columns(&keyword)));
        // A mark takes one of the two columns of a gap.
        let (before, behind) = match (style.emphasis(), is_apart) {
            (Emphasis::Marks, true) => (" *", "* "),
            (Emphasis::Marks, false) => (" *", "*"),
            (_, true) => (GAP, GAP),
            (_, false) => (GAP, ""),
        };
        write!(out, "{before}")?;
        style.write(out, Role::Match, &keyword)?;
        writeln!(out, "{}", format!("{behind}{right}").trim_end())
    }
}

const COLUMNS: [&str; 14] = [
    "rank",
    "id",
    "date",
    "publisher",
    "title",
    "path",
    "record",
    "part",
    "start",
    "end",
    "clause",
    "left",
    "keyword",
    "right",
];

fn row(line: &KwicLine) -> [Cow<'_, str>; COLUMNS.len()] {
    [
        line.rank.to_string().into(),
        csv::cell(&line.id),
        csv::optional(line.date.as_deref()),
        csv::optional(line.publisher.as_deref()),
        csv::cell(&line.title),
        csv::cell(&line.path),
        line.record.to_string().into(),
        part(line).into(),
        line.range.start.to_string().into(),
        line.range.end.to_string().into(),
        line.clause.to_string().into(),
        csv::cell(&line.left),
        csv::cell(&line.keyword),
        csv::cell(&line.right),
    ]
}

fn part(line: &KwicLine) -> &'static str {
    if line.in_title { "title" } else { "body" }
}

#[derive(Serialize)]
struct ConcordanceRecord<'a> {
    v: u32,
    query: &'a str,
    total: u64,
    undated: u64,
    articles: u64,
    generation: u64,
    took_ms: f64,
    /// Places in all; `null` where not all were looked for.
    matches: Option<u64>,
    lines: Vec<LineRecord<'a>>,
}

#[derive(Serialize)]
struct LineRecord<'a> {
    rank: usize,
    id: &'a str,
    path: &'a str,
    record: u32,
    title: &'a str,
    date: Option<&'a str>,
    publisher: Option<&'a str>,
    part: &'static str,
    /// In bytes of the part.
    range: [usize; 2],
    clause: &'a str,
    left: &'a str,
    keyword: &'a str,
    right: &'a str,
}

impl<'a> LineRecord<'a> {
    fn new(line: &'a KwicLine, clauses: &'a [String]) -> Self {
        let Range { start, end } = line.range;
        Self {
            rank: line.rank,
            id: &line.id,
            path: &line.path,
            record: line.record,
            title: &line.title,
            date: line.date.as_deref(),
            publisher: line.publisher.as_deref(),
            part: part(line),
            range: [start, end],
            clause: clauses.get(line.clause).map_or("", String::as_str),
            left: &line.left,
            keyword: &line.keyword,
            right: &line.right,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::super::samples::{self, shown};
    use super::super::{Emphasis, MIN_WIDTH};
    use super::*;
    use crate::search::Hits;

    fn line(left: &str, keyword: &str, right: &str) -> KwicLine {
        KwicLine {
            rank: 2,
            id: "3jf8w1m0c9tqz".to_owned(),
            path: "archive/a.jsonl".to_owned(),
            record: 3,
            title: "Harbour, \"votes\"".to_owned(),
            date: Some("2022-11-21T08:30:00Z".to_owned()),
            publisher: None,
            in_title: false,
            range: 7..13,
            clause: 0,
            left: left.to_owned(),
            keyword: keyword.to_owned(),
            right: right.to_owned(),
        }
    }

    fn concordance() -> Concordance {
        let lines = vec![
            line("The harbour town voted on Sunday on whether to build a ", "bridge", ", and"),
            KwicLine { date: None, ..line("", "Bridge", " of sighs in the fog of the morning") },
            line("港口城市周日就是否修建这座备受争议的", "大桥", "进行投票，观察员认为问题不多"),
            line("a", "bridge that is longer than anyone had thought it would be", " b"),
            line("e\u{301}tat\u{1b}[2J ", "=bridge", "\ttab"),
        ];
        Concordance { summary: samples::answer(), matches: Some(311), lines }
    }

    fn table(style: Style) -> String {
        shown(|out| kwic(out, &concordance(), KwicFormat::Table, style))
    }

    #[test]
    fn what_matched_stands_in_one_column() {
        // Snapshots hold letters with their accents.
        let composed = |style| table(style).replace("e\u{301}", "é");
        insta::assert_snapshot!(composed(Style::new(80, Emphasis::Plain)), @r"
        3jf8w1  2022-11-21  …on whether to build a  bridge, and
        3jf8w1  undated                             Bridge  of sighs in the fog of the…
        3jf8w1  2022-11-21   …否修建这座备受争议的  大桥进行投票，观察员认为问题不多
        3jf8w1  2022-11-21                       a  bridge that is longer than anyone…
        3jf8w1  2022-11-21                état�[2J  =bridge  tab
        ");
        insta::assert_snapshot!(composed(Style::new(MIN_WIDTH, Emphasis::Marks)), @r"
        3jf8w1  …to build a *bridge*, and
        3jf8w1              *Bridge* of sighs i…
        3jf8w1  …备受争议的 *大桥*进行投票，观…
        3jf8w1            a *bridge that is l…*
        3jf8w1     état�[2J *=bridge* tab
        ");
    }

    #[test]
    fn machines_get_all_of_it() {
        let format = |format| {
            let found = Concordance {
                lines: concordance().lines.into_iter().take(2).collect(),
                ..concordance()
            };
            shown(|out| kwic(out, &found, format, Style::new(80, Emphasis::Plain)))
        };
        insta::assert_snapshot!(format(KwicFormat::Json), @r#"
        {"v":1,"query":"bridge AND observers","total":12,"undated":2,"articles":1284,"generation":7,"took_ms":3.14,"matches":311,"lines":[
        {"rank":2,"id":"3jf8w1m0c9tqz","path":"archive/a.jsonl","record":3,"title":"Harbour, \"votes\"","date":"2022-11-21T08:30:00Z","publisher":null,"part":"body","range":[7,13],"clause":"bridge","left":"The harbour town voted on Sunday on whether to build a ","keyword":"bridge","right":", and"},
        {"rank":2,"id":"3jf8w1m0c9tqz","path":"archive/a.jsonl","record":3,"title":"Harbour, \"votes\"","date":null,"publisher":null,"part":"body","range":[7,13],"clause":"bridge","left":"","keyword":"Bridge","right":" of sighs in the fog of the morning"}
        ]}
        "#);
        insta::assert_snapshot!(format(KwicFormat::Csv), @r#"
        rank,id,date,publisher,title,path,record,part,start,end,clause,left,keyword,right
        2,3jf8w1m0c9tqz,2022-11-21T08:30:00Z,,"Harbour, ""votes""",archive/a.jsonl,3,body,7,13,0,The harbour town voted on Sunday on whether to build a ,bridge,", and"
        2,3jf8w1m0c9tqz,,,"Harbour, ""votes""",archive/a.jsonl,3,body,7,13,0,,Bridge, of sighs in the fog of the morning
        "#);
        let json = format(KwicFormat::Json);
        for line in format(KwicFormat::Jsonl).lines() {
            assert!(json.contains(line), "{line}");
        }
        let tabs = format(KwicFormat::Tsv);
        assert!(tabs.lines().all(|line| line.split('\t').count() == COLUMNS.len()), "{tabs}");
    }

    #[test]
    fn a_summary_counts_lines() {
        let summary = |matches| {
            let mut found = Concordance { matches, ..concordance() };
            found.summary = Hits { hits: Vec::new(), ..found.summary };
            shown(|out| kwic_summary(out, &found))
        };
        let account = "bridge AND observers: 12 of 1,284 articles, 2 undated, generation 7, 3.1 ms";
        assert_eq!(summary(Some(311)), format!("{account}, 5 of 311 lines shown\n"));
        assert_eq!(summary(Some(5)), format!("{account}, 5 lines\n"));
        assert_eq!(summary(None), format!("{account}, the first 5 lines shown\n"));
    }

    proptest! {
        #[test]
        fn lines_keep_to_the_width_and_to_their_column(
            (left, keyword, right) in ("\\PC{0,80}", "\\PC{1,60}", "\\PC{0,80}"),
            width in MIN_WIDTH..130,
        ) {
            let table = Table::new(Style::new(width, Emphasis::Plain));
            let line = line(&left, &keyword, &right);
            let written = shown(|out| table.line(out, &line));
            let written = written.trim_end_matches('\n');
            prop_assert!(written.width() <= width, "{} in {width}: {written:?}", written.width());
            prop_assert!(!written.contains(char::is_control));
        }
    }
}
