//! What two sets of articles differ in.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, Layout};
use super::numbers::{amount, count, counted, milliseconds, rounded_to};
use super::rows::paragraph;
use super::style::{Role, Style};
use super::wrap::{columns, fit};
use super::{ListFormat, csv};
use crate::article::CountryCode;
use crate::region::country;
use crate::search::{Aspect, Comparison, Contrast, Contrasted, Hits};
use crate::text::printable;

/// Writes what each of two sets has more of; `answers` says which articles those are.
pub fn compare(
    out: &mut dyn Write,
    answers: &[Hits; 2],
    comparison: &Comparison,
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let records = || comparison.contrasts.iter().flat_map(records);
    match format {
        ListFormat::Table => table(out, comparison, style),
        ListFormat::Json => {
            let [a, b] = answers;
            let [of_a, of_b] = comparison.sizes.map(|size| size.articles);
            json::list_document(
                out,
                &ComparisonRecord {
                    v: json::VERSION,
                    count: comparison.unit.name(),
                    a: SetRecord { query: &a.understood, total: of_a, undated: a.undated },
                    b: SetRecord { query: &b.understood, total: of_b, undated: b.undated },
                    both: comparison.both.articles,
                    articles: a.articles,
                    generation: a.generation,
                    took_ms: milliseconds(comparison.took),
                    compared: comparison.contrasts.iter().map(ComparedRecord::from).collect(),
                    differences: records().collect(),
                },
            )
        }
        ListFormat::Jsonl => records().try_for_each(|it| json::document(out, &it, Layout::Compact)),
        ListFormat::Csv => csv::table(out, COLUMNS, records().map(|it| row(&it))),
    }
}

fn table(out: &mut dyn Write, comparison: &Comparison, style: Style) -> io::Result<()> {
    let [a, b] = comparison.sizes.map(|size| count(size.articles));
    let both = amount(comparison.both.articles, comparison.unit);
    let unit = comparison.unit;
    let heading = format!("A has {a}, B {b}, both {both}; z-score, {unit} of A and of B");
    paragraph(out, &heading, Role::Label, style)?;
    let width = style.width().saturating_sub(6) / 2;
    for contrast in &comparison.contrasts {
        let Contrast { aspect, compared, more_in_a, more_in_b } = contrast;
        let compared = counted(*compared as u64, "value");
        writeln!(out)?;
        let title = format!("{aspect}, more in A");
        let gap = (width + 4).saturating_sub(columns(&title));
        style.write(out, Role::Label, &title)?;
        write!(out, "{:gap$}", "")?;
        style.write(out, Role::Label, "more in B")?;
        writeln!(out)?;
        if more_in_a.is_empty() && more_in_b.is_empty() {
            let nothing = format!("  nothing that chance does not explain, of {compared}");
            writeln!(out, "{}", fit(&nothing, style.width()))?;
        }
        let widths = Widths::of(contrast, width);
        for row in 0..more_in_a.len().max(more_in_b.len()) {
            let cell = |side: &[Contrasted]| {
                side.get(row).map(|it| widths.cell(*aspect, it)).unwrap_or_default()
            };
            let (left, right) = (cell(more_in_a), cell(more_in_b));
            let gap = width.saturating_sub(columns(&left));
            let line = format!("  {left}{:gap$}    {right}", "");
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}

/// How much of a name there is room for at least, with a z-score beside it.
const NAME: usize = 12;

/// How wide the columns of both sides are.
struct Widths {
    side: usize,
    numbers: [usize; 2],
}

impl Widths {
    fn of(contrast: &Contrast, side: usize) -> Self {
        let all = || contrast.more_in_a.iter().chain(&contrast.more_in_b);
        let width = |at: usize| all().map(|it| count(it.tallies[at].articles).len()).max();
        Self { side, numbers: [0, 1].map(|at| width(at).unwrap_or_default().max(1)) }
    }

    /// `Tokayev         4.2  11  0`: the name, the z-score, the articles of both sets.
    fn cell(&self, aspect: Aspect, it: &Contrasted) -> String {
        let [a, b] = it.tallies.map(|tally| count(tally.articles));
        let [width_a, width_b] = self.numbers;
        let mut numbers = format!("  {a:>width_a$}  {b:>width_b$}");
        // The order tells as much where there is no room for it.
        if self.side > columns(&numbers) + NAME {
            numbers = format!(" {:>4.1}{numbers}", it.z.abs());
        }
        let room = self.side.saturating_sub(columns(&numbers));
        let name = printable(label(aspect, &it.name));
        let name = fit(&name, room);
        let gap = room.saturating_sub(columns(&name));
        format!("{name}{:gap$}{numbers}", "")
    }
}

/// The name of a value for people, where it is a code.
fn label(aspect: Aspect, name: &str) -> &str {
    let code = CountryCode::new(name).filter(|_| aspect == Aspect::Region);
    code.and_then(country).map_or(name, |country| country.name)
}

#[derive(Serialize)]
struct ComparisonRecord<'a> {
    v: u32,
    /// What is counted.
    count: &'static str,
    a: SetRecord<'a>,
    b: SetRecord<'a>,
    /// Articles in both sets.
    both: u64,
    articles: u64,
    generation: u64,
    took_ms: f64,
    compared: Vec<ComparedRecord>,
    differences: Vec<DifferenceRecord<'a>>,
}

#[derive(Serialize)]
struct SetRecord<'a> {
    query: &'a str,
    total: u64,
    undated: u64,
}

/// How many words or values were compared.
#[derive(Serialize)]
struct ComparedRecord {
    by: &'static str,
    values: usize,
}

impl From<&Contrast> for ComparedRecord {
    fn from(contrast: &Contrast) -> Self {
        Self { by: contrast.aspect.name(), values: contrast.compared }
    }
}

#[derive(Serialize)]
struct DifferenceRecord<'a> {
    by: &'static str,
    /// The set that has more of it.
    more_in: &'static str,
    value: &'a str,
    /// Articles of the first set that have it.
    a: u64,
    /// Articles of the second set that have it.
    b: u64,
    z: f64,
}

fn records(contrast: &Contrast) -> impl Iterator<Item = DifferenceRecord<'_>> {
    let Contrast { aspect, more_in_a, more_in_b, .. } = contrast;
    let sides = [("a", more_in_a), ("b", more_in_b)];
    sides.into_iter().flat_map(move |(more_in, side)| {
        side.iter().map(move |it| DifferenceRecord {
            by: aspect.name(),
            more_in,
            value: &it.name,
            a: it.tallies[0].articles,
            b: it.tallies[1].articles,
            z: rounded_to(it.z, 3),
        })
    })
}

const COLUMNS: [&str; 6] = ["by", "more_in", "value", "a", "b", "z"];

fn row<'a>(it: &DifferenceRecord<'a>) -> [Cow<'a, str>; COLUMNS.len()] {
    [
        it.by.into(),
        it.more_in.into(),
        csv::cell(it.value),
        it.a.to_string().into(),
        it.b.to_string().into(),
        it.z.to_string().into(),
    ]
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::samples::{self, shown};
    use super::super::{Emphasis, MIN_WIDTH};
    use super::*;
    use crate::search::{Tally, Unit};

    fn written(format: ListFormat, width: usize) -> String {
        let told = |name: &str, a, b, z| Contrasted {
            name: name.to_owned(),
            tallies: [Tally::of(a), Tally::of(b)],
            z,
        };
        let contrast = |aspect, more_in_a, more_in_b| Contrast {
            aspect,
            compared: 9_000,
            more_in_a,
            more_in_b,
        };
        let comparison = Comparison {
            unit: Unit::Articles,
            sizes: [Tally::of(1_204), Tally::of(60)],
            both: Tally::of(1),
            contrasts: vec![
                contrast(
                    Aspect::Words,
                    vec![told("drought", 1_030, 2, 14.234_5), told("=well\u{1b}", 40, 0, 3.1)],
                    vec![told("flood", 3, 41, -9.9)],
                ),
                contrast(Aspect::Region, vec![told("KZ", 900, 2, 8.0)], Vec::new()),
                contrast(Aspect::Person, Vec::new(), Vec::new()),
            ],
            took: Duration::ZERO,
        };
        let style = Style::new(width, Emphasis::Plain);
        let answers = [samples::answer(), samples::answer()];
        shown(|out| compare(out, &answers, &comparison, format, style))
    }

    #[test]
    fn both_sides_stand_side_by_side() {
        insta::assert_snapshot!(written(ListFormat::Table, 80), @r"
        A has 1,204, B 60, both 1 article; z-score, articles of A and of B

        words, more in A                         more in B
          drought               14.2  1,030   2    flood                  9.9      3  41
          =well�                 3.1     40   0

        region, more in A                        more in B
          Kazakhstan                8.0  900  2

        person, more in A                        more in B
          nothing that chance does not explain, of 9,000 values
        ");
        let narrow = written(ListFormat::Table, MIN_WIDTH);
        assert!(narrow.lines().all(|line| columns(line) <= MIN_WIDTH), "{narrow}");
    }

    #[test]
    fn machines_get_the_numbers_of_both_sets() {
        insta::assert_snapshot!(written(ListFormat::Json, 80), @r#"
        {"v":1,"count":"articles","a":{"query":"bridge AND observers","total":1204,"undated":2},"b":{"query":"bridge AND observers","total":60,"undated":2},"both":1,"articles":1284,"generation":7,"took_ms":0.0,"compared":[
        {"by":"words","values":9000},
        {"by":"region","values":9000},
        {"by":"person","values":9000}
        ],"differences":[
        {"by":"words","more_in":"a","value":"drought","a":1030,"b":2,"z":14.235},
        {"by":"words","more_in":"a","value":"=well\u001b","a":40,"b":0,"z":3.1},
        {"by":"words","more_in":"b","value":"flood","a":3,"b":41,"z":-9.9},
        {"by":"region","more_in":"a","value":"KZ","a":900,"b":2,"z":8.0}
        ]}
        "#);
        insta::assert_snapshot!(written(ListFormat::Csv, 80), @r"
        by,more_in,value,a,b,z
        words,a,drought,1030,2,14.235
        words,a,'=well�,40,0,3.1
        words,b,flood,3,41,-9.9
        region,a,KZ,900,2,8
        ");
    }
}
