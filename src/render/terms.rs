//! Terms of the index.

use std::io::{self, Write};

use serde::Serialize;

use super::bars::{Bar, bars};
use super::json::{self, Layout};
use super::numbers::{count, counted, duration, milliseconds};
use super::style::{Role, Style};
use super::{ListFormat, csv};
use crate::search::Terms;
use crate::text::printable;

/// Writes one line on what was looked for and how much was found.
pub fn terms_summary(out: &mut dyn Write, terms: &Terms, generation: u64) -> io::Result<()> {
    let found = match terms.distinct {
        Some(distinct) => counted(distinct, "term"),
        None => "too many terms to count".to_owned(),
    };
    let took = duration(terms.took);
    let pattern = printable(&terms.pattern);
    write!(out, "{pattern} in {}: {found}, generation {generation}, {took}", terms.field)?;
    if terms.deleted > 0 {
        let deleted = counted(terms.deleted, "deleted article");
        write!(out, "; {deleted} not counted, but their terms are until they are merged away")?;
    }
    writeln!(out)
}

/// Writes terms with their numbers of articles, of an archive of so many `articles` at that
/// `generation`.
pub fn terms(
    out: &mut dyn Write,
    terms: &Terms,
    (articles, generation): (u64, u64),
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let records =
        || terms.terms.iter().map(|(term, tally)| TermRecord { term, articles: tally.articles });
    match format {
        ListFormat::Table => table(out, terms, style),
        ListFormat::Json => json::list_document(
            out,
            &TermsRecord {
                v: json::VERSION,
                pattern: &terms.pattern,
                field: terms.field.name(),
                articles,
                generation,
                took_ms: milliseconds(terms.took),
                deleted: terms.deleted,
                distinct: terms.distinct,
                terms: records().collect(),
            },
        ),
        ListFormat::Jsonl => {
            records().try_for_each(|term| json::document(out, &term, Layout::Compact))
        }
        ListFormat::Csv => {
            let row = |it: TermRecord<'_>| {
                [csv::cell(it.term).into_owned().into(), it.articles.to_string().into()]
            };
            csv::table(out, ["term", "articles"], records().map(row))
        }
    }
}

fn table(out: &mut dyn Write, terms: &Terms, style: Style) -> io::Result<()> {
    let heading = format!("{} terms, articles", terms.field);
    style.write(out, Role::Label, &heading)?;
    writeln!(out)?;
    let rows: Vec<_> =
        terms.terms.iter().map(|(term, tally)| Bar::of(term, tally.articles)).collect();
    bars(out, &rows, style)?;
    match terms.distinct.map(|distinct| distinct.saturating_sub(terms.terms.len() as u64)) {
        None | Some(0) => Ok(()),
        Some(n) => writeln!(out, "  and {} more; `-n 0` shows all", count(n)),
    }
}

#[derive(Serialize)]
struct TermsRecord<'a> {
    v: u32,
    pattern: &'a str,
    field: &'static str,
    articles: u64,
    generation: u64,
    took_ms: f64,
    /// Deleted articles whose terms are still in the dictionary.
    deleted: u64,
    /// Terms there are, shown or not; `null` where the pattern is too wide to tell.
    distinct: Option<u64>,
    terms: Vec<TermRecord<'a>>,
}

#[derive(Serialize)]
struct TermRecord<'a> {
    term: &'a str,
    articles: u64,
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::Emphasis;
    use super::super::samples::shown;
    use super::*;
    use crate::search::{Tally, TermField};

    fn sample() -> Terms {
        Terms {
            field: TermField::Word,
            pattern: "elect*".to_owned(),
            distinct: Some(14),
            terms: vec![
                ("election".to_owned(), Tally::of(1_204)),
                ("electeurs".to_owned(), Tally::of(60)),
            ],
            deleted: 3,
            took: Duration::from_micros(1_500),
        }
    }

    fn written(format: ListFormat) -> String {
        let style = Style::new(60, Emphasis::Plain);
        shown(|out| terms(out, &sample(), (1_284, 7), format, style))
    }

    #[test]
    fn terms_have_bars_and_a_line_accounts_for_them() {
        insta::assert_snapshot!(written(ListFormat::Table), @r"
        word terms, articles
          election   1,204  ████████████████████████████████████████
          electeurs     60  ██
          and 12 more; `-n 0` shows all
        ");
        insta::assert_snapshot!(shown(|out| terms_summary(out, &sample(), 7)), @"elect* in word: 14 terms, generation 7, 1.5 ms; 3 deleted articles not counted, but their terms are until they are merged away");
    }

    #[test]
    fn machines_get_terms_with_their_numbers() {
        insta::assert_snapshot!(written(ListFormat::Json), @r#"
        {"v":1,"pattern":"elect*","field":"word","articles":1284,"generation":7,"took_ms":1.5,"deleted":3,"distinct":14,"terms":[
        {"term":"election","articles":1204},
        {"term":"electeurs","articles":60}
        ]}
        "#);
        insta::assert_snapshot!(written(ListFormat::Csv), @r"
        term,articles
        election,1204
        electeurs,60
        ");
    }
}
