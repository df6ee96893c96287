use std::time::Duration;

use super::super::samples::{self, shown};
use super::super::{Emphasis, MIN_WIDTH};
use super::*;
use crate::search::{Bucket, Unit};

fn counted(queries: &[&str]) -> Timeline {
    let day = |text: &str| text.parse::<chrono::NaiveDate>().expect("a day");
    let stretch = |first: &str, n: u64, usually: Option<u64>| Stretch {
        first: day(first),
        last: Bucket::Month.last_day(day(first)),
        archive: Tally::of(n),
        usually,
    };
    let series = |(n, query): (usize, &&str)| Series {
        query: (*query).to_owned(),
        tallies: [3, 0, 12].map(|it| Tally::of(it / (n as u64 + 1))).to_vec(),
        imprecise: Tally::of(2),
        undated: Tally::of(5),
        total: Tally::of(22),
    };
    Timeline {
        unit: Unit::Articles,
        bucket: Bucket::Month,
        buckets: vec![
            stretch("2022-11-01", 1_204, None),
            stretch("2022-12-01", 3, Some(1_100)),
            stretch("2023-01-01", 1_100, None),
        ],
        series: queries.iter().enumerate().map(series).collect(),
        took: Duration::ZERO,
    }
}

fn one(measure: Measure, format: ListFormat, width: usize) -> String {
    let style = Style::new(width, Emphasis::Plain);
    let (answer, counted) = (samples::answer(), counted(&["bridge"]));
    shown(|out| timeline(out, &answer, &counted, measure, format, style))
}

fn several(measure: Measure, format: ListFormat) -> String {
    let style = Style::new(80, Emphasis::Plain);
    let answers = [samples::answer(), samples::answer()];
    let counted = counted(&["bridge", "harbour \u{1b}[1m"]);
    shown(|out| trend(out, &answers, &counted, measure, format, style))
}

#[test]
fn a_timeline_has_a_bar_for_each_stretch_and_says_where_the_archive_is_thin() {
    insta::assert_snapshot!(one(Measure::Articles, ListFormat::Table, 60), @r"
    22 articles by month, each on its publisher's own clock
      2022-11       3  ███████████
      2022-12*      0
      2023-01      12  █████████████████████████████████████████
      (imprecise)   2  ███████
      (none)        5  ██████████████████
    * the archive has few articles of any kind: 2022-12 has 3
    where 1,100 are usual
    ");
    insta::assert_snapshot!(one(Measure::Share, ListFormat::Table, 60), @r"
    22 articles by month, each on its publisher's own clock
      2022-11       3 of 1,204    0.2 %  ██████
      2022-12*          0 of 3    0.0 %
      2023-01      12 of 1,100    1.1 %  ███████████████████████
      (imprecise)           2
      (none)                5
    * the archive has few articles of any kind: 2022-12 has 3
    where 1,100 are usual
    ");
    let narrow = one(Measure::Share, ListFormat::Table, MIN_WIDTH);
    assert!(narrow.lines().skip(1).all(|line| columns(line) <= MIN_WIDTH), "{narrow}");
}

#[test]
fn a_trend_has_a_line_and_a_column_for_each_question() {
    insta::assert_snapshot!(several(Measure::Articles, ListFormat::Table), @r"
    2 questions by month, each on its publisher's own clock
      A  bridge                    22 articles  ▂·█
      B  harbour �[1m              22 articles  ▂·█

      month         A  B
      2022-11       3  1
      2022-12*      0  0
      2023-01      12  6
      (imprecise)   2  2
      (none)        5  5
    * the archive has few articles of any kind: 2022-12 has 3 where 1,100 are usual
    ");
    insta::assert_snapshot!(several(Measure::Share, ListFormat::Table), @r"
    2 questions by month, each on its publisher's own clock
      A  bridge                    22 articles  ▂·█
      B  harbour �[1m              22 articles  ▂·█

      month            A      B
      2022-11      0.2 %  0.1 %
      2022-12*     0.0 %  0.0 %
      2023-01      1.1 %  0.5 %
      (imprecise)      2      2
      (none)           5      5
    * the archive has few articles of any kind: 2022-12 has 3 where 1,100 are usual
    ");
}

#[test]
fn machines_get_every_stretch_and_what_is_in_none() {
    insta::assert_snapshot!(one(Measure::Articles, ListFormat::Json, 80), @r#"
    {"v":1,"query":"bridge AND observers","bucket":"month","count":"articles","total":22,"undated":5,"imprecise":2,"articles":1284,"generation":7,"took_ms":3.14,"buckets":[
    {"kind":"bucket","bucket":"2022-11","first":"2022-11-01","last":"2022-11-30","articles":3,"of":1204,"share":0.002492,"usually":null},
    {"kind":"bucket","bucket":"2022-12","first":"2022-12-01","last":"2022-12-31","articles":0,"of":3,"share":0.0,"usually":1100},
    {"kind":"bucket","bucket":"2023-01","first":"2023-01-01","last":"2023-01-31","articles":12,"of":1100,"share":0.010909,"usually":null}
    ]}
    "#);
    insta::assert_snapshot!(one(Measure::Share, ListFormat::Jsonl, 80), @r#"
    {"kind":"bucket","bucket":"2022-11","first":"2022-11-01","last":"2022-11-30","articles":3,"of":1204,"share":0.002492,"usually":null}
    {"kind":"bucket","bucket":"2022-12","first":"2022-12-01","last":"2022-12-31","articles":0,"of":3,"share":0.0,"usually":1100}
    {"kind":"bucket","bucket":"2023-01","first":"2023-01-01","last":"2023-01-31","articles":12,"of":1100,"share":0.010909,"usually":null}
    {"kind":"imprecise","bucket":null,"first":null,"last":null,"articles":2,"of":null,"share":null,"usually":null}
    {"kind":"undated","bucket":null,"first":null,"last":null,"articles":5,"of":null,"share":null,"usually":null}
    "#);
    insta::assert_snapshot!(several(Measure::Share, ListFormat::Json), @r#"
    {"v":1,"bucket":"month","count":"articles","articles":1284,"generation":7,"took_ms":3.14,"series":[
    {"query":"bridge","total":22,"undated":5,"imprecise":2},
    {"query":"harbour \u001b[1m","total":22,"undated":5,"imprecise":2}
    ],"buckets":[
    {"bucket":"2022-11","first":"2022-11-01","last":"2022-11-30","articles":[3,1],"of":1204,"usually":null},
    {"bucket":"2022-12","first":"2022-12-01","last":"2022-12-31","articles":[0,0],"of":3,"usually":1100},
    {"bucket":"2023-01","first":"2023-01-01","last":"2023-01-31","articles":[12,6],"of":1100,"usually":null}
    ]}
    "#);
    insta::assert_snapshot!(several(Measure::Share, ListFormat::Csv), @r"
    query,kind,bucket,first,last,articles,of,share,usually
    bridge,bucket,2022-11,2022-11-01,2022-11-30,3,1204,0.002492,
    bridge,bucket,2022-12,2022-12-01,2022-12-31,0,3,0,1100
    bridge,bucket,2023-01,2023-01-01,2023-01-31,12,1100,0.010909,
    bridge,imprecise,,,,2,,,
    bridge,undated,,,,5,,,
    harbour �[1m,bucket,2022-11,2022-11-01,2022-11-30,1,1204,0.000831,
    harbour �[1m,bucket,2022-12,2022-12-01,2022-12-31,0,3,0,1100
    harbour �[1m,bucket,2023-01,2023-01-01,2023-01-31,6,1100,0.005455,
    harbour �[1m,imprecise,,,,2,,,
    harbour �[1m,undated,,,,5,,,
    ");
}
