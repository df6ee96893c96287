//! Saved questions, and what is new of them.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::csv::{self, HIT_COLUMNS};
use super::json::{self, Layout};
use super::listing::LineEnd;
use super::matches::HitRecord;
use super::numbers::{count, counted};
use super::rows::paragraph;
use super::style::{Role, Style};
use super::{Format, HitWriter, ListFormat};
use crate::search::Hits;
use crate::text::printable;
use crate::watch::Watch;

/// What is new of a watch.
#[derive(Debug)]
pub struct News {
    /// The watch.
    pub name: String,
    /// The articles that it has not told yet; the total is of all that match.
    pub answer: Hits,
}

/// Writes what is new of each watch that has news.
pub fn news(
    out: &mut dyn Write,
    news: &[News],
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    match format {
        ListFormat::Table => news.iter().enumerate().try_for_each(|(place, it)| {
            if place > 0 {
                writeln!(out)?;
            }
            section(out, it, style)
        }),
        ListFormat::Json => {
            let watches = news.iter().map(NewsRecord::from).collect();
            json::list_document(out, &RunRecord { v: json::VERSION, watches })
        }
        ListFormat::Jsonl => news.iter().try_for_each(|it| {
            NewsRecord::hits(it).try_for_each(|hit| {
                let line = LineRecord { watch: &it.name, hit };
                json::document(out, &line, Layout::Compact)
            })
        }),
        ListFormat::Csv => {
            let mut header = vec![Cow::Borrowed("watch")];
            header.extend(HIT_COLUMNS.map(Cow::Borrowed));
            csv::row(out, &header)?;
            news.iter().try_for_each(|it| {
                it.answer.hits.iter().try_for_each(|hit| {
                    let mut cells = vec![csv::cell(&it.name)];
                    cells.extend(csv::hit_row(hit, &[]));
                    csv::row(out, &cells)
                })
            })
        }
    }
}

fn section(out: &mut dyn Write, news: &News, style: Style) -> io::Result<()> {
    let News { name, answer } = news;
    let heading = format!(
        "{}: {} new of {} that match {}",
        printable(name),
        count(answer.hits.len() as u64),
        count(answer.total),
        printable(&answer.understood),
    );
    paragraph(out, &heading, Role::Label, style)?;
    writeln!(out)?;
    let mut writer = HitWriter::new(Format::Table, style, LineEnd::default());
    writer.begin(out, answer)?;
    writer.hits(out, &answer.hits)?;
    writer.end(out, answer)
}

#[derive(Serialize)]
struct RunRecord<'a> {
    v: u32,
    watches: Vec<NewsRecord<'a>>,
}

#[derive(Serialize)]
struct NewsRecord<'a> {
    watch: &'a str,
    query: &'a str,
    total: u64,
    generation: u64,
    new: usize,
    hits: Vec<HitRecord<'a>>,
}

/// A hit with the watch that it is new of.
#[derive(Serialize)]
struct LineRecord<'a> {
    watch: &'a str,
    #[serde(flatten)]
    hit: HitRecord<'a>,
}

impl NewsRecord<'_> {
    fn hits(news: &News) -> impl Iterator<Item = HitRecord<'_>> {
        news.answer.hits.iter().map(|hit| HitRecord::new(hit, &news.answer.clauses))
    }
}

impl<'a> From<&'a News> for NewsRecord<'a> {
    fn from(news: &'a News) -> Self {
        Self {
            watch: &news.name,
            query: &news.answer.understood,
            total: news.answer.total,
            generation: news.answer.generation,
            new: news.answer.hits.len(),
            hits: Self::hits(news).collect(),
        }
    }
}

/// Writes the saved questions.
pub fn watches(
    out: &mut dyn Write,
    watches: &[Watch],
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let mut records = watches.iter().map(WatchRecord::from);
    match format {
        ListFormat::Table => watches.iter().try_for_each(|watch| {
            style.write(out, Role::Label, &printable(&watch.name))?;
            let run = watch.last_run.map_or("never asked".to_owned(), |time| {
                format!("asked {}", time.format("%F %R UTC"))
            });
            writeln!(out, "  {run}, {} told", counted(watch.n_told() as u64, "article"))?;
            paragraph(out, &printable(&watch.typed), Role::Text, style)
        }),
        ListFormat::Json => {
            let watches = records.collect::<Vec<_>>();
            json::list_document(out, &ListRecord { v: json::VERSION, watches })
        }
        ListFormat::Jsonl => records.try_for_each(|it| json::document(out, &it, Layout::Compact)),
        ListFormat::Csv => {
            let rows = records.map(|it| {
                [
                    csv::cell(it.name),
                    csv::cell(it.query),
                    it.added.into(),
                    it.last_run.unwrap_or_default().into(),
                    it.told.to_string().into(),
                ]
            });
            csv::table(out, ["name", "query", "added", "last_run", "told"], rows)
        }
    }
}

#[derive(Serialize)]
struct ListRecord<'a> {
    v: u32,
    watches: Vec<WatchRecord<'a>>,
}

#[derive(Serialize)]
struct WatchRecord<'a> {
    name: &'a str,
    query: &'a str,
    any: bool,
    added: String,
    last_run: Option<String>,
    generation: u64,
    told: usize,
}

impl<'a> From<&'a Watch> for WatchRecord<'a> {
    fn from(watch: &'a Watch) -> Self {
        let written = |time: chrono::DateTime<chrono::Utc>| {
            time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
        };
        Self {
            name: &watch.name,
            query: &watch.typed,
            any: watch.any,
            added: written(watch.added),
            last_run: watch.last_run.map(written),
            generation: watch.generation,
            told: watch.n_told(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Emphasis;
    use super::super::samples::{self, shown};
    use super::*;

    fn written(format: ListFormat) -> String {
        let mut answer = samples::answer();
        answer.hits.truncate(1);
        let it = News { name: "bridges".into(), answer };
        shown(|out| news(out, &[it], format, Style::new(80, Emphasis::Plain)))
    }

    #[test]
    fn news_come_with_the_watch_that_they_are_of() {
        insta::assert_snapshot!(written(ListFormat::Table), @r"
        bridges: 1 new of 12 that match bridge AND observers

        1  2022-11-21  Russia > about XA  Example Herald
           Harbour town votes on its bridge, observers find few faults
           The harbour town voted on Sunday on whether to build the long disputed
           bridge, and the observers who came from abroad found few faults.
           3jf8w1m0c9tqz  archive/2022/november.jsonl#3
        ");
        assert!(written(ListFormat::Jsonl).starts_with(r#"{"watch":"bridges","rank":1,"#));
        assert!(written(ListFormat::Csv).starts_with("watch,rank,score,id,"));
        let json = written(ListFormat::Json);
        let head = r#"{"v":1,"watches":["#;
        let first = r#"{"watch":"bridges","query":"bridge AND observers","total":12,"generation":7,"new":1,"hits":[{"rank":1,"#;
        assert!(json.starts_with(&format!("{head}\n{first}")), "{json}");
    }
}
