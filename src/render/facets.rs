//! How many articles have each value of a field.

use std::io::{self, Write};

use serde::Serialize;

use super::bars::{Bar, bars};
use super::json::{self, Layout};
use super::numbers::{amount, count, milliseconds};
use super::style::{Role, Style};
use super::{ListFormat, csv};
use crate::search::{Facets, Hits, Tally, facet_label};

/// Writes the first values of a field with how many articles have each, and how many have
/// none; `answer` says which articles those are.
pub fn facets(
    out: &mut dyn Write,
    answer: &Hits,
    facets: &Facets,
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let shown = &facets.values;
    let values =
        || shown.iter().map(|(value, articles)| ValueRecord::new(facets, value, articles.articles));
    let none = ValueRecord { value: None, label: None, articles: facets.without.articles };
    match format {
        ListFormat::Table => table(out, facets, style),
        ListFormat::Json => json::list_document(
            out,
            &FacetsRecord {
                v: json::VERSION,
                query: &answer.understood,
                field: facets.field.name(),
                count: facets.unit.name(),
                total: facets.total.articles,
                undated: answer.undated,
                articles: answer.articles,
                generation: answer.generation,
                took_ms: milliseconds(answer.took),
                without: facets.without.articles,
                distinct: facets.distinct,
                values: values().collect(),
            },
        ),
        ListFormat::Jsonl => values()
            .chain([none])
            .try_for_each(|value| json::document(out, &value, Layout::Compact)),
        ListFormat::Csv => {
            let rows = values().chain([none]);
            csv::facets(out, rows.map(|row| (row.value, row.label, row.articles)))
        }
    }
}

fn table(out: &mut dyn Write, facets: &Facets, style: Style) -> io::Result<()> {
    let bar = |name: &str, tally: Tally| Bar::of(name, tally.articles);
    let values = facets.values.iter();
    let mut rows: Vec<_> =
        values.map(|(value, tally)| bar(facet_label(facets.field, value), *tally)).collect();
    rows.push(bar("(none)", facets.without));
    let heading = format!("{} of {}", facets.field, amount(facets.total.articles, facets.unit));
    style.write(out, Role::Label, &heading)?;
    writeln!(out)?;
    bars(out, &rows, style)?;
    match facets.distinct - facets.values.len() {
        0 => Ok(()),
        n => writeln!(out, "  and {} more; `-n 0` shows all", count(n as u64)),
    }
}

#[derive(Serialize)]
struct FacetsRecord<'a> {
    v: u32,
    query: &'a str,
    field: &'static str,
    /// What is counted: `articles`, or of each story the earliest.
    count: &'static str,
    /// How many match.
    total: u64,
    undated: u64,
    articles: u64,
    generation: u64,
    took_ms: f64,
    /// Those of them without a value.
    without: u64,
    /// Values there are, shown or not.
    distinct: usize,
    values: Vec<ValueRecord<'a>>,
}

/// A value, its name for people where it is a code, and its articles; `null` stands for those that
/// have none.
#[derive(Serialize)]
struct ValueRecord<'a> {
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    articles: u64,
}

impl<'a> ValueRecord<'a> {
    fn new(facets: &Facets, value: &'a str, articles: u64) -> Self {
        let label = Some(facet_label(facets.field, value)).filter(|label| *label != value);
        Self { value: Some(value), label, articles }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::samples::{self, shown};
    use super::super::{Emphasis, MIN_WIDTH};
    use super::*;
    use crate::search::{FacetField, Unit};

    fn written(format: ListFormat, limit: usize, width: usize) -> String {
        let values = [("KZ", 1_204), ("RU", 60), ("\u{1b}[1m", 1)];
        let values = values.map(|(value, n)| (value.to_owned(), Tally::of(n)));
        let counted = Facets {
            unit: Unit::Articles,
            field: FacetField::Region,
            total: Tally::of(1_500),
            without: Tally::of(300),
            distinct: values.len(),
            values: values.into_iter().take(limit).collect(),
            took: Duration::ZERO,
        };
        let style = Style::new(width, Emphasis::Plain);
        shown(|out| facets(out, &samples::answer(), &counted, format, style))
    }

    #[test]
    fn values_are_named_and_have_bars() {
        insta::assert_snapshot!(written(ListFormat::Table, 2, MIN_WIDTH), @r#"
        region of 1,500 articles
          Kazakhstan  1,204  ███████████████████
          Russia         60  █
          (none)        300  █████
          and 1 more; `-n 0` shows all
        "#);
    }

    #[test]
    fn machines_get_codes_with_their_names() {
        insta::assert_snapshot!(written(ListFormat::Json, usize::MAX, 80), @r#"
        {"v":1,"query":"bridge AND observers","field":"region","count":"articles","total":1500,"undated":2,"articles":1284,"generation":7,"took_ms":3.14,"without":300,"distinct":3,"values":[
        {"value":"KZ","label":"Kazakhstan","articles":1204},
        {"value":"RU","label":"Russia","articles":60},
        {"value":"\u001b[1m","articles":1}
        ]}
        "#);
        insta::assert_snapshot!(written(ListFormat::Jsonl, 1, 80), @r#"
        {"value":"KZ","label":"Kazakhstan","articles":1204}
        {"value":null,"articles":300}
        "#);
        insta::assert_snapshot!(written(ListFormat::Csv, usize::MAX, 80), @r#"
        value,label,articles
        KZ,Kazakhstan,1204
        RU,Russia,60
        �[1m,,1
        ,,300
        "#);
    }
}
