//! What a peer finds that this program does not, and the other way round.

use std::io::{self, Write};

use serde::Serialize;

use super::json;
use super::numbers::{count, counted};
use super::rows::paragraph;
use super::style::{Role, Style};
use super::wrap::{columns, fit};
use crate::bench::peers::{Difference, Differences, Example, NotAsked, Side, Unit};
use crate::text::printable;

/// Columns of a number.
const NUMBER: usize = 10;

/// Questions that are shown by themselves, at most.
const SHOWN: usize = 20;

/// Writes how often both find the same, the questions that differ most, why, and what was not asked.
pub fn bench_differences(
    out: &mut dyn Write,
    differences: &Differences,
    style: Style,
) -> io::Result<()> {
    let Differences { peer, unit, queries, not_asked } = differences;
    let same = count(differences.same() as u64);
    let of = counted(queries.len() as u64, "question");
    let text = format!("dateline and {peer} find the same {unit} for {same} of {of}");
    paragraph(out, &text, Role::Text, style)?;
    if differences.same() < queries.len() {
        writeln!(out)?;
        table(out, differences, style)?;
        reasons(out, differences, style)?;
    }
    if !not_asked.is_empty() {
        let tasks = not_asked.iter().map(|it| it.tasks).sum();
        let text = format!("{} that {peer} cannot be asked:", counted(tasks, "task"));
        writeln!(out)?;
        paragraph(out, &text, Role::Text, style)?;
        for NotAsked { class, why, tasks } in not_asked {
            item(out, *tasks, &format!("{class}: {why}"), style)?;
        }
    }
    Ok(())
}

/// A line for each question that differs, those that differ most first.
fn table(out: &mut dyn Write, differences: &Differences, style: Style) -> io::Result<()> {
    let alone = |it: &Difference| it.only_ours + it.only_theirs;
    let mut queries: Vec<_> = differences.queries.iter().filter(|it| alone(it) > 0).collect();
    queries.sort_by_key(|it| std::cmp::Reverse(alone(it)));
    paragraph(out, "found by both, or by one alone:", Role::Text, style)?;
    let width = style.width().saturating_sub(3 * NUMBER);
    row(out, "", ["both", "dateline", differences.peer], width)?;
    for query in queries.iter().take(SHOWN) {
        let numbers = [query.both, query.only_ours, query.only_theirs].map(count);
        let [both, ours, theirs] = &numbers;
        row(out, &format!("{}: {}", query.class, query.query), [both, ours, theirs], width)?;
    }
    if queries.len() > SHOWN {
        writeln!(out, "... and {} more", count((queries.len() - SHOWN) as u64))?;
    }
    Ok(())
}

fn row(out: &mut dyn Write, name: &str, numbers: [&str; 3], width: usize) -> io::Result<()> {
    let name = printable(name);
    let name = fit(&name, width);
    write!(out, "{name}{}", " ".repeat(width.saturating_sub(columns(&name))))?;
    let [both, ours, theirs] = numbers;
    writeln!(out, "{both:>NUMBER$}{ours:>NUMBER$}{theirs:>NUMBER$}")
}

fn reasons(out: &mut dyn Write, differences: &Differences, style: Style) -> io::Result<()> {
    let reasons = differences.reasons();
    let looked_into = reasons.iter().map(|(.., n)| n).sum();
    writeln!(out)?;
    paragraph(out, &format!("why, of {} looked into:", count(looked_into)), Role::Text, style)?;
    for (side, reason, n) in reasons {
        let who = match side {
            Side::Ours => "dateline",
            Side::Theirs => differences.peer,
        };
        item(out, n, &format!("{who}: {}", reason.text()), style)?;
    }
    Ok(())
}

/// Something, and how much there is of it.
fn item(out: &mut dyn Write, n: u64, text: &str, style: Style) -> io::Result<()> {
    paragraph(out, &format!("{text} ({})", count(n)), Role::Text, style)
}

/// The same as JSON, every question with its examples.
pub fn bench_differences_json(out: &mut dyn Write, differences: &Differences) -> io::Result<()> {
    json::list_document(out, &Record::from(differences))
}

#[derive(Serialize)]
struct Record<'a> {
    v: u32,
    peer: &'a str,
    unit: &'a str,
    questions: usize,
    same: usize,
    queries: Vec<QueryRecord<'a>>,
    not_asked: Vec<NotAskedRecord<'a>>,
}

#[derive(Serialize)]
struct QueryRecord<'a> {
    class: &'a str,
    query: &'a str,
    both: u64,
    only_ours: u64,
    only_theirs: u64,
    examples: Vec<ExampleRecord<'a>>,
}

#[derive(Serialize)]
struct ExampleRecord<'a> {
    side: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    reason: &'a str,
}

#[derive(Serialize)]
struct NotAskedRecord<'a> {
    class: &'a str,
    why: &'a str,
    tasks: u64,
}

impl<'a> From<&'a Differences> for Record<'a> {
    fn from(differences: &'a Differences) -> Self {
        let unit = differences.unit;
        let not_asked = differences.not_asked.iter();
        let not_asked = not_asked.map(|NotAsked { class, why, tasks }| NotAskedRecord {
            class,
            why,
            tasks: *tasks,
        });
        Self {
            v: json::VERSION,
            peer: differences.peer,
            unit: unit.name(),
            questions: differences.queries.len(),
            same: differences.same(),
            queries: differences.queries.iter().map(|it| QueryRecord::new(it, unit)).collect(),
            not_asked: not_asked.collect(),
        }
    }
}

impl<'a> QueryRecord<'a> {
    fn new(difference: &'a Difference, unit: Unit) -> Self {
        let Difference { class, query, both, only_ours, only_theirs, examples } = difference;
        let example = |Example { side, name, reason }: &'a Example| ExampleRecord {
            side: side.name(),
            id: (unit == Unit::Articles).then_some(name),
            path: (unit == Unit::Files).then_some(name),
            reason: reason.name(),
        };
        let (both, only_ours, only_theirs) = (*both, *only_ours, *only_theirs);
        let examples = examples.iter().map(example).collect();
        Self { class, query, both, only_ours, only_theirs, examples }
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::bench::peers::Reason;
    use crate::render::samples::shown;
    use crate::render::{Emphasis, MIN_WIDTH};

    fn differences() -> Differences {
        let example = |side, name: &str, reason| Example { side, name: name.to_owned(), reason };
        let query = |query: &str, both, only_ours, only_theirs, examples| Difference {
            class: "and-2-hm".to_owned(),
            query: query.to_owned(),
            both,
            only_ours,
            only_theirs,
            examples,
        };
        Differences {
            peer: "ripgrep",
            unit: Unit::Files,
            queries: vec![
                query("harbour AND strike", 3, 0, 0, Vec::new()),
                query(
                    "wage AND talks",
                    1_200,
                    14,
                    1,
                    vec![
                        example(Side::Ours, "a/1.html", Reason::Form),
                        example(Side::Ours, "a/2.html", Reason::Form),
                        example(Side::Theirs, "a/\u{1b}3.html", Reason::LeftOut),
                    ],
                ),
            ],
            not_asked: vec![NotAsked {
                class: "date-year-rare".to_owned(),
                why: "a date",
                tasks: 20,
            }],
        }
    }

    #[test]
    fn what_differs_is_told_with_its_reasons() {
        let style = Style::new(80, Emphasis::Plain);
        assert_snapshot!(shown(|out| bench_differences(out, &differences(), style)), @"
        dateline and ripgrep find the same files for 1 of 2 questions

        found by both, or by one alone:
                                                                both  dateline   ripgrep
        and-2-hm: wage AND talks                               1,200        14         1

        why, of 3 looked into:
        dateline: the words in other forms (2)
        ripgrep: in the file, but in no text of an article: markup, menus, addresses (1)

        20 tasks that ripgrep cannot be asked:
        date-year-rare: a date (20)
        ");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let mut many = differences();
        many.queries[1].query = "wage talks ".repeat(40);
        many.queries = vec![many.queries[1].clone(); SHOWN + 2];
        for width in [MIN_WIDTH, 80] {
            let style = Style::new(width, Emphasis::Plain);
            let text = shown(|out| bench_differences(out, &many, style));
            assert!(text.contains("... and 2 more"), "{text}");
            for line in text.lines() {
                assert!(columns(line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn json_has_every_question_with_its_examples() {
        assert_snapshot!(shown(|out| bench_differences_json(out, &differences())), @r#"
        {"v":1,"peer":"ripgrep","unit":"files","questions":2,"same":1,"queries":[
        {"class":"and-2-hm","query":"harbour AND strike","both":3,"only_ours":0,"only_theirs":0,"examples":[]},
        {"class":"and-2-hm","query":"wage AND talks","both":1200,"only_ours":14,"only_theirs":1,"examples":[{"side":"ours","path":"a/1.html","reason":"form"},{"side":"ours","path":"a/2.html","reason":"form"},{"side":"theirs","path":"a/\u001b3.html","reason":"left-out"}]}
        ],"not_asked":[
        {"class":"date-year-rare","why":"a date","tasks":20}
        ]}
        "#);
    }
}
