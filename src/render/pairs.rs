//! Who appears with whom.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, Layout};
use super::numbers::{amount, count, counted, milliseconds, rounded_to};
use super::rows::paragraph;
use super::style::{Role, Style};
use super::wrap::{columns, fit};
use super::{ListFormat, csv};
use crate::search::{Hits, Named, Pair, Pairs};
use crate::text::printable;

/// Writes pairs of names with how many articles name both and each, and how many times as many that is
/// as chance would bring together; `answer` says which articles are looked at.
pub fn pairs(
    out: &mut dyn Write,
    answer: &Hits,
    pairs: &Pairs,
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let records = || pairs.pairs.iter().map(PairRecord::from);
    match format {
        ListFormat::Table => table(out, pairs, style),
        ListFormat::Json => json::list_document(
            out,
            &PairsRecord {
                v: json::VERSION,
                query: &answer.understood,
                count: pairs.unit.name(),
                total: pairs.total.articles,
                undated: answer.undated,
                articles: answer.articles,
                generation: answer.generation,
                took_ms: milliseconds(answer.took),
                names: pairs.names,
                paired: pairs.paired,
                distinct: pairs.distinct,
                pairs: records().collect(),
            },
        ),
        ListFormat::Jsonl => {
            records().try_for_each(|pair| json::document(out, &pair, Layout::Compact))
        }
        ListFormat::Csv => csv::table(out, COLUMNS, records().map(|it| row(&it))),
    }
}

/// Columns of a number.
const NUMBER: usize = 8;

fn table(out: &mut dyn Write, pairs: &Pairs, style: Style) -> io::Result<()> {
    let Pairs { unit, total, names, paired, distinct, .. } = pairs;
    let heading = format!(
        "{} among {} of {} in {}",
        counted(*distinct as u64, "pair"),
        count(*paired as u64),
        counted(*names as u64, "name"),
        amount(total.articles, *unit)
    );
    style.write(out, Role::Label, &heading)?;
    writeln!(out)?;
    if pairs.pairs.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {:>NUMBER$}{:>NUMBER$}  names ({unit})", "together", "lift")?;
    let width = (style.width().saturating_sub(2 + 2 * NUMBER + 4)) / 2;
    let named = |it: &Named| {
        let number = format!(" ({})", count(it.tally.articles));
        let name = printable(&it.name);
        format!("{}{number}", fit(&name, width.saturating_sub(columns(&number))))
    };
    for Pair { a, b, together, lift, .. } in &pairs.pairs {
        let (a, b) = (named(a), named(b));
        let gap = width.saturating_sub(columns(&a));
        writeln!(
            out,
            "  {:>NUMBER$}{lift:>NUMBER$.1}  {a}{:gap$}  {b}",
            count(together.articles),
            ""
        )?;
    }
    if paired < names {
        let note = format!(
            "only the {} names in most articles were paired, of {}",
            count(*paired as u64),
            count(*names as u64)
        );
        paragraph(out, &note, Role::Text, style)?;
    }
    match distinct - pairs.pairs.len() {
        0 => Ok(()),
        n => writeln!(out, "  and {} more; `-n 0` shows all", count(n as u64)),
    }
}

#[derive(Serialize)]
struct PairsRecord<'a> {
    v: u32,
    query: &'a str,
    /// What is counted.
    count: &'static str,
    /// How many match.
    total: u64,
    undated: u64,
    articles: u64,
    generation: u64,
    took_ms: f64,
    /// Names in those that match.
    names: usize,
    /// Those of them that were paired.
    paired: usize,
    /// Pairs there are, shown or not.
    distinct: usize,
    pairs: Vec<PairRecord<'a>>,
}

#[derive(Serialize)]
struct PairRecord<'a> {
    a: NamedRecord<'a>,
    b: NamedRecord<'a>,
    /// Articles that name both.
    articles: u64,
    lift: f64,
    log_likelihood: f64,
}

#[derive(Serialize)]
struct NamedRecord<'a> {
    kind: &'static str,
    name: &'a str,
    articles: u64,
}

impl<'a> From<&'a Pair> for PairRecord<'a> {
    fn from(pair: &'a Pair) -> Self {
        Self {
            a: NamedRecord::from(&pair.a),
            b: NamedRecord::from(&pair.b),
            articles: pair.together.articles,
            lift: rounded_to(pair.lift, 3),
            log_likelihood: rounded_to(pair.likelihood, 3),
        }
    }
}

impl<'a> From<&'a Named> for NamedRecord<'a> {
    fn from(named: &'a Named) -> Self {
        Self { kind: named.kind.name(), name: &named.name, articles: named.tally.articles }
    }
}

const COLUMNS: [&str; 9] = [
    "articles",
    "lift",
    "log_likelihood",
    "a_kind",
    "a",
    "a_articles",
    "b_kind",
    "b",
    "b_articles",
];

fn row<'a>(pair: &PairRecord<'a>) -> [std::borrow::Cow<'a, str>; COLUMNS.len()] {
    [
        pair.articles.to_string().into(),
        pair.lift.to_string().into(),
        pair.log_likelihood.to_string().into(),
        pair.a.kind.into(),
        csv::cell(pair.a.name),
        pair.a.articles.to_string().into(),
        pair.b.kind.into(),
        csv::cell(pair.b.name),
        pair.b.articles.to_string().into(),
    ]
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::samples::{self, shown};
    use super::super::{Emphasis, MIN_WIDTH};
    use super::*;
    use crate::article::EntityKind;
    use crate::search::{Tally, Unit};

    fn written(format: ListFormat, width: usize) -> String {
        let named =
            |kind, name: &str, n| Named { kind, name: name.to_owned(), tally: Tally::of(n) };
        let found = Pairs {
            unit: Unit::Articles,
            total: Tally::of(1_284),
            names: 7_000,
            paired: 2_000,
            distinct: 2,
            pairs: vec![Pair {
                a: named(EntityKind::Person, "Aliya Bekova", 1_040),
                b: named(EntityKind::Organisation, "=Bridge\u{1b} Company of the Harbour", 12),
                together: Tally::of(11),
                lift: 1.131_73,
                likelihood: 12.5,
            }],
            took: Duration::ZERO,
        };
        shown(|out| {
            pairs(out, &samples::answer(), &found, format, Style::new(width, Emphasis::Plain))
        })
    }

    #[test]
    fn pairs_have_lines_and_what_was_cut_is_told() {
        insta::assert_snapshot!(written(ListFormat::Table, 80), @r"
        2 pairs among 2,000 of 7,000 names in 1,284 articles
          together    lift  names (articles)
                11     1.1  Aliya Bekova (1,040)           =Bridge� Company of the… (12)
        only the 2,000 names in most articles were paired, of 7,000
          and 1 more; `-n 0` shows all
        ");
        let narrow = written(ListFormat::Table, MIN_WIDTH);
        assert!(narrow.lines().skip(1).all(|line| columns(line) <= MIN_WIDTH), "{narrow}");
    }

    #[test]
    fn machines_get_kinds_and_numbers() {
        insta::assert_snapshot!(written(ListFormat::Json, 80), @r#"
        {"v":1,"query":"bridge AND observers","count":"articles","total":1284,"undated":2,"articles":1284,"generation":7,"took_ms":3.14,"names":7000,"paired":2000,"distinct":2,"pairs":[
        {"a":{"kind":"person","name":"Aliya Bekova","articles":1040},"b":{"kind":"org","name":"=Bridge\u001b Company of the Harbour","articles":12},"articles":11,"lift":1.132,"log_likelihood":12.5}
        ]}
        "#);
        insta::assert_snapshot!(written(ListFormat::Csv, 80), @r"
        articles,lift,log_likelihood,a_kind,a,a_articles,b_kind,b,b_articles
        11,1.132,12.5,person,Aliya Bekova,1040,org,'=Bridge� Company of the Harbour,12
        ");
    }
}
