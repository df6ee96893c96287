//! A list of names or questions, read from a file as people keep them: lines, or a table with any
//! delimiter.

use csv::{ReaderBuilder, StringRecord};

/// What may stand between cells.
const DELIMITERS: [char; 4] = ['\t', ';', ',', '|'];

/// Names of columns that hold what a row is called.
const NAMES: &[&str] =
    &["name", "names", "entity", "person", "organisation", "organization", "term", "keyword", "id"];

/// Names of columns that hold a question.
const QUERIES: &[&str] = &["query", "question", "q"];

/// Names of columns that hold a filter.
const FILTERS: &[&str] = &["filter"];

/// How many lines are looked at to find the delimiter.
const SAMPLE: usize = 50;

/// A row of a list.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Row {
    /// The line that it begins in, counting from 1.
    pub(super) line: u64,
    /// What it is called.
    pub(super) name: String,
    /// What is asked, where that is not the name.
    pub(super) query: Option<String>,
    /// A field and the value it must have.
    pub(super) filter: Option<String>,
}

/// The rows of a list. Lines that are blank or begin with `#` are none.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let text = text.trim_start_matches('\u{feff}');
    match delimiter(text) {
        Some(delimiter) => of_table(text, delimiter),
        None => of_lines(text),
    }
}

fn of_lines(text: &str) -> Vec<Row> {
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !is_blank(line)).peekable();
    lines.next_if(|(_, line)| names_column(line));
    let row = |(line, name): (u64, &str)| Row { line, name: tidy(name), ..Row::default() };
    lines.map(row).collect()
}

fn of_table(text: &str, delimiter: char) -> Vec<Row> {
    let mut reader = ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .comment(Some(b'#'))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    // The text is valid and in memory: no record fails.
    let records = reader.records().filter_map(Result::ok);
    let is_row = |record: &StringRecord| record.iter().any(|cell| !cell.trim().is_empty());
    let mut records = records.filter(is_row).peekable();
    let columns = records.peek().map(Columns::of).unwrap_or_default();
    records.next_if(|_| columns.are_named);
    records.map(|record| columns.row(&record)).collect()
}

/// Which column holds what.
#[derive(Clone, Copy, Debug, Default)]
struct Columns {
    are_named: bool,
    name: usize,
    query: Option<usize>,
    filter: Option<usize>,
}

impl Columns {
    /// By the names in the first row; without such, as a file of topics has them.
    fn of(first: &StringRecord) -> Self {
        let named = |names: &[&str]| first.iter().position(|cell| is_among(cell, names));
        match (named(NAMES), named(QUERIES), named(FILTERS)) {
            (None, None, None) => {
                let at = |place: usize| (first.len() > place).then_some(place);
                Self { are_named: false, name: 0, query: at(1), filter: at(2) }
            }
            (name, query, filter) => {
                Self { are_named: true, name: name.or(query).unwrap_or(0), query, filter }
            }
        }
    }

    fn row(self, record: &StringRecord) -> Row {
        let cell = |place: usize| record.get(place).map(tidy).filter(|cell| !cell.is_empty());
        let optional = |place: Option<usize>| place.and_then(cell);
        Row {
            line: record.position().map_or(0, csv::Position::line),
            name: cell(self.name).unwrap_or_default(),
            query: optional(self.query),
            filter: optional(self.filter),
        }
    }
}

/// What separates the cells; `None` for a list of lines. A first line that names columns says it;
/// else it is what every line has as often as the first, and what stands in no name.
fn delimiter(text: &str) -> Option<char> {
    let lines = || text.lines().filter(|line| !is_blank(line)).take(SAMPLE);
    let first = lines().next()?;
    let names_columns =
        |delimiter: &char| first.contains(*delimiter) && first.split(*delimiter).any(names_column);
    let count = |line: &str, delimiter: char| unquoted(line).filter(|c| *c == delimiter).count();
    let is_even = |delimiter: &char| {
        let cells = count(first, *delimiter);
        // `Lee, Ann` is one name, and one line proves nothing.
        let is_apart = match delimiter {
            '\t' => true,
            _ => lines().nth(1).is_some() && lines().all(|line| !line.contains(", ")),
        };
        cells > 0 && is_apart && lines().all(|line| count(line, *delimiter) == cells)
    };
    let named = DELIMITERS.into_iter().find(names_columns);
    named.or_else(|| DELIMITERS.into_iter().find(is_even))
}

/// Whether a cell is the name of a column that is known.
fn names_column(cell: &str) -> bool {
    [NAMES, QUERIES, FILTERS].iter().any(|names| is_among(cell, names))
}

fn is_among(cell: &str, names: &[&str]) -> bool {
    names.contains(&tidy(cell).trim_matches('"').to_lowercase().as_str())
}

/// The characters of a line outside of quotation marks.
fn unquoted(line: &str) -> impl Iterator<Item = char> {
    let mut is_quoted = false;
    line.chars().filter(move |c| {
        is_quoted ^= *c == '"';
        !is_quoted
    })
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

fn tidy(cell: &str) -> String {
    cell.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let told = |row: Row| {
            let optional = |it: Option<String>| it.map_or(String::new(), |it| format!(" | {it}"));
            format!("{}: {}{}{}", row.line, row.name, optional(row.query), optional(row.filter))
        };
        rows(text).into_iter().map(told).collect()
    }

    #[test]
    fn lists_are_read_as_people_keep_them() {
        for (text, expected) in [
            // A line each; a comma in a name is part of it.
            ("Ann Lee\n\n# later\nBo Ek\r\n", vec!["1: Ann Lee", "4: Bo Ek"]),
            ("Lee, Ann\nEk, Bo\n", vec!["1: Lee, Ann", "2: Ek, Bo"]),
            ("name\nAnn Lee\n", vec!["2: Ann Lee"]),
            ("Ann Lee; Bo Ek\n", vec!["1: Ann Lee; Bo Ek"]),
            // Tables.
            ("name;query\nLee;\"ann lee\"\n", vec!["2: Lee | ann lee"]),
            ("id,query,filter\n7,crude oil,region=KZ\n", vec!["2: 7 | crude oil | region=KZ"]),
            ("Query,Country\n\"oil, gas\",KZ\n", vec!["2: oil, gas | oil, gas"]),
            ("1\tcrude oil\n2\tcoffee\n", vec!["1: 1 | crude oil", "2: 2 | coffee"]),
            ("7\tcrude oil\tregion=KZ", vec!["1: 7 | crude oil | region=KZ"]),
            ("\u{feff}Name\tx\nÅsa\t1\n", vec!["2: Åsa"]),
            ("", vec![]),
        ] {
            assert_eq!(told(text), expected, "{text:?}");
        }
    }
}
