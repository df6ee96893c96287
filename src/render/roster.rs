//! A list of questions and how many articles match each.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;

use super::ListFormat;
use super::bars::sparkline;
use super::csv;
use super::json::{self, Layout};
use super::numbers::{count, counted, duration};
use super::style::{Role, Style};
use super::wrap::{columns, fit};
use crate::search::{Roster, RosterColumns, RosterRow};
use crate::text::printable;

/// A row of a list as it was read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RosterEntry {
    /// The line that it stands in, counting from 1.
    pub line: u64,
    /// What it is called.
    pub name: String,
    /// What was asked, in canonical form.
    pub query: String,
    /// What became of it.
    pub status: Status,
}

/// What became of a row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Status {
    /// It was counted.
    Done,
    /// It was counted, but nothing matches.
    Nothing,
    /// It was counted after something was repaired.
    Repaired(String),
    /// A row before it, in this line, is the same.
    Repeated {
        /// The line.
        line: u64,
    },
    /// It could not be counted.
    Bad(String),
}

impl Status {
    fn name(&self) -> &'static str {
        match self {
            Self::Done => "ok",
            Self::Nothing => "nothing",
            Self::Repaired(_) => "repaired",
            Self::Repeated { .. } => "repeated",
            Self::Bad(_) => "bad",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Done | Self::Nothing => String::new(),
            Self::Repaired(detail) | Self::Bad(detail) => detail.clone(),
            Self::Repeated { line } => format!("as line {line}"),
        }
    }
}

/// Writes a row for each entry: what became of it, how many articles match, and how many of them
/// are in each column.
pub fn roster(
    out: &mut dyn Write,
    entries: &[RosterEntry],
    roster: &Roster,
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let rows = || entries.iter().zip(&roster.rows);
    let mut records = rows().map(|(entry, row)| RowRecord::new(entry, row, &roster.columns));
    match format {
        ListFormat::Table => table(out, entries, roster, style),
        ListFormat::Json => {
            let rows = records.collect::<Vec<_>>();
            let document = RosterRecord { v: json::VERSION, columns: &roster.columns, rows };
            json::list_document(out, &document)
        }
        ListFormat::Jsonl => records.try_for_each(|it| json::document(out, &it, Layout::Compact)),
        ListFormat::Csv => {
            let mut header: Vec<Cow<'_, str>> =
                ["line", "name", "query", "status", "detail", "articles", "stories", "undated"]
                    .map(Cow::Borrowed)
                    .to_vec();
            header.extend(roster.columns.iter().map(|name| csv::cell(name)));
            header.extend((!roster.columns.is_empty()).then_some(Cow::Borrowed("(none)")));
            csv::row(out, &header)?;
            rows().try_for_each(|(entry, row)| {
                let mut cells: Vec<Cow<'_, str>> = vec![
                    entry.line.to_string().into(),
                    csv::cell(&entry.name),
                    csv::cell(&entry.query),
                    entry.status.name().into(),
                    csv::cell(&entry.status.detail()).into_owned().into(),
                    row.articles.to_string().into(),
                    row.stories.to_string().into(),
                    row.undated.to_string().into(),
                ];
                cells.extend(row.cells.iter().map(|n| Cow::Owned(n.to_string())));
                let elsewhere = (!roster.columns.is_empty()).then(|| row.elsewhere.to_string());
                cells.extend(elsewhere.map(Cow::Owned));
                csv::row(out, &cells)
            })
        }
    }
}

fn table(
    out: &mut dyn Write,
    entries: &[RosterEntry],
    roster: &Roster,
    style: Style,
) -> io::Result<()> {
    let widest = |cells: &mut dyn Iterator<Item = usize>| cells.max().unwrap_or_default();
    let name_width = widest(&mut entries.iter().map(|it| columns(&printable(&it.name))));
    let name_width = name_width.clamp(4, style.width() / 3);
    let number = |n: u64| count(n);
    let width = |of: fn(&RosterRow) -> u64, label: &str| {
        widest(&mut roster.rows.iter().map(|row| columns(&number(of(row))))).max(label.len())
    };
    let widths = [width(|row| row.articles, "articles"), width(|row| row.stories, "stories")];
    let left = style.width().saturating_sub(name_width + widths[0] + widths[1] + 6);
    let span = match (roster.by, roster.columns.as_slice()) {
        (_, []) => String::new(),
        (Some(RosterColumns::Values(field)), all) => format!("{field}: {}", all.join(", ")),
        (_, [one]) => one.clone(),
        (_, [first, .., last]) => format!("{first} to {last}"),
    };
    let [articles, stories] = widths;
    let span = printable(&span);
    let span = fit(&span, left);
    let heading = format!(
        "{:name_width$}  {:>articles$}  {:>stories$}  {span}",
        "name", "articles", "stories"
    );
    style.write(out, Role::Label, heading.trim_end())?;
    writeln!(out)?;
    for (entry, row) in entries.iter().zip(&roster.rows) {
        let name = printable(&entry.name);
        let name = fit(&name, name_width);
        let gap = name_width - columns(&name);
        let shown = match &entry.status {
            Status::Done | Status::Repaired(_) => sparkline(&row.cells, left),
            status => match status.detail() {
                detail if detail.is_empty() => status.name().to_owned(),
                detail => format!("{}: {detail}", status.name()),
            },
        };
        let shown = printable(&shown);
        let line = format!(
            "{name}{:gap$}  {:>articles$}  {:>stories$}  {}",
            "",
            number(row.articles),
            number(row.stories),
            fit(&shown, left),
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Writes one line on how many rows became what.
pub fn roster_summary(
    out: &mut dyn Write,
    entries: &[RosterEntry],
    (articles, generation): (u64, u64),
    took: Duration,
) -> io::Result<()> {
    let mut by_status: BTreeMap<&str, u64> = BTreeMap::new();
    for entry in entries {
        *by_status.entry(entry.status.name()).or_default() += 1;
    }
    let by_status: Vec<_> =
        by_status.iter().map(|(status, n)| format!("{} {status}", count(*n))).collect();
    let by_status = if by_status.is_empty() { "none".to_owned() } else { by_status.join(", ") };
    writeln!(
        out,
        "{} of {}: {by_status}; generation {generation}, {}",
        counted(entries.len() as u64, "row"),
        counted(articles, "article"),
        duration(took),
    )
}

#[derive(Serialize)]
struct RosterRecord<'a> {
    v: u32,
    columns: &'a [String],
    rows: Vec<RowRecord<'a>>,
}

#[derive(Serialize)]
struct RowRecord<'a> {
    line: u64,
    name: &'a str,
    query: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    detail: String,
    articles: u64,
    stories: u64,
    undated: u64,
    /// Only columns that have some.
    by: BTreeMap<&'a str, u64>,
    /// Those in no column.
    none: u64,
}

impl<'a> RowRecord<'a> {
    fn new(entry: &'a RosterEntry, row: &RosterRow, columns: &'a [String]) -> Self {
        let by = columns.iter().zip(&row.cells).filter(|&(_, &n)| n > 0);
        Self {
            line: entry.line,
            name: &entry.name,
            query: &entry.query,
            status: entry.status.name(),
            detail: entry.status.detail(),
            articles: row.articles,
            stories: row.stories,
            undated: row.undated,
            by: by.map(|(name, &n)| (name.as_str(), n)).collect(),
            none: row.elsewhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Emphasis;
    use super::super::samples::shown;
    use super::*;
    use crate::search::{Bucket, FacetField};

    fn written(format: ListFormat) -> String {
        let entry = |line, name: &str, status| RosterEntry {
            line,
            name: name.into(),
            query: format!("\"{name}\""),
            status,
        };
        let row = |articles, stories, cells: [u64; 3], elsewhere| RosterRow {
            articles,
            stories,
            undated: elsewhere,
            cells: cells.to_vec(),
            elsewhere,
        };
        let entries = [
            entry(1, "Aliya Bekova", Status::Done),
            entry(2, "=Bridge", Status::Bad("its filter is not `field=value`".into())),
            entry(3, "Aliya Bekova", Status::Repeated { line: 1 }),
        ];
        let columns = ["2022-11", "2022-12", "2023-01"].map(str::to_owned).to_vec();
        let by = Some(RosterColumns::Time(Bucket::Month));
        let rows = vec![
            row(1_204, 60, [1_000, 0, 200], 4),
            RosterRow { cells: vec![0; 3], ..RosterRow::default() },
            row(1_204, 60, [1_000, 0, 200], 4),
        ];
        let style = Style::new(80, Emphasis::Plain);
        shown(|out| roster(out, &entries, &Roster { by, columns, rows }, format, style))
    }

    #[test]
    fn people_see_a_line_for_each_name() {
        insta::assert_snapshot!(written(ListFormat::Table), @r"
        name          articles  stories  2022-11 to 2023-01
        Aliya Bekova     1,204       60  █·▂
        =Bridge              0        0  bad: its filter is not `field=value`
        Aliya Bekova     1,204       60  repeated: as line 1
        ");
    }

    #[test]
    fn values_are_no_span() {
        let columns = vec!["Example Herald".to_owned(), "Harbour Post".to_owned()];
        let by = Some(RosterColumns::Values(FacetField::Publisher));
        let row = RosterRow { articles: 3, stories: 3, cells: vec![2, 1], ..RosterRow::default() };
        let entry = RosterEntry {
            line: 1,
            name: "Aliya Bekova".into(),
            query: "\"Aliya Bekova\"".into(),
            status: Status::Done,
        };
        let rows = Roster { by, columns, rows: vec![row] };
        let style = Style::new(80, Emphasis::Plain);
        let table = shown(|out| roster(out, &[entry], &rows, ListFormat::Table, style));
        insta::assert_snapshot!(table, @r"
        name          articles  stories  publisher: Example Herald, Harbour Post
        Aliya Bekova         3        3  █▄
        ");
    }

    #[test]
    fn machines_get_a_column_for_each_stretch() {
        insta::assert_snapshot!(written(ListFormat::Csv), @r#"
        line,name,query,status,detail,articles,stories,undated,2022-11,2022-12,2023-01,(none)
        1,Aliya Bekova,"""Aliya Bekova""",ok,,1204,60,4,1000,0,200,4
        2,'=Bridge,"""=Bridge""",bad,its filter is not `field=value`,0,0,0,0,0,0,0
        3,Aliya Bekova,"""Aliya Bekova""",repeated,as line 1,1204,60,4,1000,0,200,4
        "#);
        insta::assert_snapshot!(written(ListFormat::Jsonl), @r#"
        {"line":1,"name":"Aliya Bekova","query":"\"Aliya Bekova\"","status":"ok","articles":1204,"stories":60,"undated":4,"by":{"2022-11":1000,"2023-01":200},"none":4}
        {"line":2,"name":"=Bridge","query":"\"=Bridge\"","status":"bad","detail":"its filter is not `field=value`","articles":0,"stories":0,"undated":0,"by":{},"none":0}
        {"line":3,"name":"Aliya Bekova","query":"\"Aliya Bekova\"","status":"repeated","detail":"as line 1","articles":1204,"stories":60,"undated":4,"by":{"2022-11":1000,"2023-01":200},"none":4}
        "#);
    }
}
