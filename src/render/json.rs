//! Answers for machines: JSON, version 1.
//!
//! The form is a contract: later versions add fields and never rename or remove one. A hit is the
//! [`crate::record::ArticleRecord`] itself, field by field as `extract` prints it, after `rank` and
//! `score` and before what matched in it; one that lacks some of the words has `lacks` as well.
//!
//! Ranges are half-open, and given twice: in bytes of the UTF-8 text, and as `_chars` in characters
//! (Unicode scalar values, as Python counts them). `snippet` is the first of `snippets`, in the form
//! that it had when there was but one.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::diagnosis::DiagnosisRecord;
use super::listing::Listing;
use super::matches::HitRecord;
use super::numbers;
use crate::query::{Limit, Repair};
use crate::search::{Hit, Hits};
use crate::text::is_printable;

/// The version of every document written here, its field `v`.
pub(super) const VERSION: u32 = 1;

/// How a JSON document is laid out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Layout {
    /// On one line, for machines.
    Compact,
    /// One field a line, indented, for people.
    Pretty,
}

/// The whole answer as one document, each hit on a line of its own.
#[derive(Default)]
pub(super) struct Answer {
    clauses: Vec<String>,
    has_hits: bool,
}

impl Listing for Answer {
    fn begin(&mut self, out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        self.clauses.clone_from(&answer.clauses);
        let head = written(&HeadRecord::from(answer), ItemPerLine::default())?;
        // The hits and what is known behind them go into the same object.
        write_escaped(out, head.strip_suffix('}').unwrap_or(&head))?;
        write!(out, ",\"hits\":[")
    }

    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        out.write_all(if self.has_hits { b",\n" } else { b"\n" })?;
        self.has_hits = true;
        value(out, &HitRecord::new(hit, &self.clauses))
    }

    fn end(&mut self, out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        let cursor = answer.cursor.map(|cursor| cursor.to_string());
        let partial = answer.partial.iter().map(|it| HitRecord::partial(it, &answer.clauses));
        let tail = TailRecord {
            partial: partial.collect(),
            cursor,
            took_ms: numbers::milliseconds(answer.took),
        };
        let tail = written(&tail, ItemPerLine::default())?;
        out.write_all(if self.has_hits { b"\n]," } else { b"]," })?;
        write_escaped(out, tail.strip_prefix('{').unwrap_or(&tail))?;
        writeln!(out)
    }
}

/// Each hit as a document on a line of its own.
#[derive(Default)]
pub(super) struct HitLines {
    clauses: Vec<String>,
}

impl Listing for HitLines {
    fn begin(&mut self, _: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        self.clauses.clone_from(&answer.clauses);
        Ok(())
    }

    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        document(out, &HitRecord::new(hit, &self.clauses), Layout::Compact)
    }

    fn end(&mut self, out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        let mut partial = answer.partial.iter();
        partial.try_for_each(|it| {
            document(out, &HitRecord::partial(it, &answer.clauses), Layout::Compact)
        })
    }
}

/// Writes a value on one line, without a line break.
pub(super) fn value(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    write_escaped(out, &written(value, CompactFormatter)?)
}

/// Writes a document and a line break.
pub(super) fn document(
    out: &mut dyn Write,
    value: &impl Serialize,
    layout: Layout,
) -> io::Result<()> {
    match layout {
        Layout::Compact => formatted(out, value, CompactFormatter),
        Layout::Pretty => formatted(out, value, PrettyFormatter::new()),
    }
}

/// Writes a document that holds lists, each item of a list on a line of its own, and a line break.
pub(super) fn list_document(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    formatted(out, value, ItemPerLine::default())
}

fn formatted(
    out: &mut dyn Write,
    value: &impl Serialize,
    formatter: impl Formatter,
) -> io::Result<()> {
    write_escaped(out, &written(value, formatter)?)?;
    writeln!(out)
}

fn written(value: &impl Serialize, formatter: impl Formatter) -> io::Result<String> {
    let mut json = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut json, formatter))?;
    String::from_utf8(json).map_err(io::Error::other)
}

/// Writes JSON with those characters escaped that steer a terminal: the standard asks for that only
/// below U+0020. They can stand only within strings, where the escaped form means the same.
fn write_escaped(out: &mut dyn Write, json: &str) -> io::Result<()> {
    let steers = |c| c != '\n' && !is_printable(c);
    let mut done = 0;
    for (at, found) in json.match_indices(steers) {
        out.write_all(&json.as_bytes()[done..at])?;
        found.encode_utf16().try_for_each(|unit| write!(out, "\\u{unit:04x}"))?;
        done = at + found.len();
    }
    out.write_all(&json.as_bytes()[done..])
}

/// What stands before the hits.
#[derive(Serialize)]
struct HeadRecord<'a> {
    v: u32,
    query: &'a str,
    total: u64,
    undated: u64,
    /// How many stories they are; only where copies were put together.
    #[serde(skip_serializing_if = "Option::is_none")]
    stories: Option<u64>,
    articles: u64,
    generation: u64,
    repairs: Vec<RepairRecord<'a>>,
    limits: Vec<LimitRecord<'a>>,
    diagnosis: Option<DiagnosisRecord<'a>>,
}

/// What is known behind the hits.
#[derive(Serialize)]
struct TailRecord<'a> {
    partial: Vec<HitRecord<'a>>,
    cursor: Option<String>,
    took_ms: f64,
}

/// What was changed in a question.
pub(super) fn repairs(repairs: &[Repair]) -> Vec<RepairRecord<'_>> {
    repairs.iter().map(RepairRecord::from).collect()
}

/// What was left out of a question for its size.
pub(super) fn limits(limits: &[Limit]) -> Vec<LimitRecord<'_>> {
    limits.iter().map(LimitRecord::from).collect()
}

#[derive(Serialize)]
pub(super) struct RepairRecord<'a> {
    code: &'static str,
    position: usize,
    message: &'a str,
}

#[derive(Serialize)]
pub(super) struct LimitRecord<'a> {
    clause: &'a str,
    used: u64,
    of: Option<u64>,
}

impl<'a> From<&'a Hits> for HeadRecord<'a> {
    fn from(answer: &'a Hits) -> Self {
        Self {
            v: VERSION,
            query: &answer.understood,
            total: answer.total,
            undated: answer.undated,
            stories: answer.stories,
            articles: answer.articles,
            generation: answer.generation,
            repairs: repairs(&answer.repairs),
            limits: limits(&answer.limits),
            diagnosis: answer.diagnosis.as_ref().map(DiagnosisRecord::from),
        }
    }
}

impl<'a> From<&'a Repair> for RepairRecord<'a> {
    fn from(repair: &'a Repair) -> Self {
        Self { code: repair.code.name(), position: repair.position, message: &repair.message }
    }
}

impl<'a> From<&'a Limit> for LimitRecord<'a> {
    fn from(limit: &'a Limit) -> Self {
        Self { clause: &limit.clause, used: limit.used, of: limit.of }
    }
}

/// Writes compact JSON, but starts a line before each item of a list that is a field of the
/// document: short enough for people, and a line for each hit.
#[derive(Debug, Default)]
struct ItemPerLine {
    /// How many objects and lists are open.
    depth: usize,
    /// Whether the list that was written last has items.
    has_items: bool,
}

/// How many are open within a list that is a field of the document.
const LIST_DEPTH: usize = 2;

impl Formatter for ItemPerLine {
    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(b"}")
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        self.has_items = false;
        out.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        let ends_lines = self.has_items && self.depth == LIST_DEPTH;
        self.depth -= 1;
        out.write_all(if ends_lines { b"\n]" } else { b"]" })
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(if first { b"" } else { b"," })?;
        out.write_all(if self.depth == LIST_DEPTH { b"\n" } else { b"" })
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _out: &mut W) -> io::Result<()> {
        self.has_items = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, shown};
    use super::super::{Emphasis, Format, Style, hits};
    use super::*;

    fn answer(out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        hits(out, answer, Format::Json, Style::new(80, Emphasis::Plain))
    }

    fn hit_lines(out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        hits(out, answer, Format::Jsonl, Style::new(80, Emphasis::Plain))
    }

    #[test]
    fn an_answer_is_one_document_with_a_line_for_each_hit() {
        let mut answered = samples::answer();
        answered.hits.truncate(2);
        insta::assert_snapshot!(shown(|out| answer(out, &answered)), @r#"
        {"v":1,"query":"bridge AND observers","total":12,"undated":2,"articles":1284,"generation":7,"repairs":[
        {"code":"R1","position":7,"message":"closed the quotation mark at the end"}
        ],"limits":[],"diagnosis":null,"hits":[
        {"rank":1,"score":12.41,"v":1,"id":"3jf8w1m0c9tqz","source_id":"ex-0042","path":"archive/2022/november.jsonl","record":3,"offset":18204,"sha256":"9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f","url":"https://news.example/2022/11/21/harbour-vote","canonical":null,"title":"Harbour town votes on its bridge, observers find few faults","title_source":"heading","body":"The harbour town voted on Sunday on whether to build the long disputed bridge, and the observers who came from abroad found few faults.\n\"We counted twice,\" said the mayor, Aliya Bekova.","description":"A vote on a bridge","keywords":["bridge"],"tag":"Russia","section":"World","about":["XA"],"countries":["XA","XB"],"date":"2022-11-21T08:30:00+06:00","date_precision":"second","date_source":"json-ld","date_confidence":95,"modified":null,"language":"en","language_confidence":99,"script":"Latn","publisher":"Example Herald","author":"Ivan Petrov","entities":[{"name":"Aliya Bekova","type":"person","count":5,"forms":["Aliya Bekova","Bekova"]},{"name":"Bridge Company","type":"org","count":2,"forms":["Bridge Company"]},{"name":"Ivan Petrov","type":"person","count":1,"forms":["Ivan Petrov"]}],"charset":"windows-1251","captured":null,"seen":null,"first_seen":null,"quality":90,"warnings":["charset-guessed","truncated"],"snippet":{"text":"The harbour town voted on Sunday on whether to build the long disputed bridge, and the observers who came from abroad found few faults.","highlights":[[71,77],[87,96]],"title_highlights":[[26,32],[34,43]]},"title_highlights":[[26,32],[34,43]],"title_highlights_chars":[[26,32],[34,43]],"snippets":[{"text":"The harbour town voted on Sunday on whether to build the long disputed bridge, and the observers who came from abroad found few faults.","range":[0,135],"range_chars":[0,135],"highlights":[[71,77],[87,96]],"highlights_chars":[[71,77],[87,96]],"cut":[false,false],"matches":[{"clause":"bridge","range":[71,77],"range_chars":[71,77]},{"clause":"observers","range":[87,96],"range_chars":[87,96]}]}]},
        {"rank":2,"score":7.5,"v":1,"id":"0000000000001","source_id":null,"path":"scrape/page.txt","record":0,"offset":0,"sha256":"9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f","url":null,"canonical":null,"title":"","title_source":"first-sentence","body":"Rain.","description":null,"tag":null,"section":null,"about":[],"countries":[],"date":null,"date_precision":null,"date_source":null,"date_confidence":null,"modified":null,"language":null,"language_confidence":null,"script":null,"publisher":null,"author":null,"entities":[],"charset":"utf-8","captured":null,"seen":null,"first_seen":null,"quality":0,"warnings":[],"snippet":null,"title_highlights":[],"title_highlights_chars":[],"snippets":[]}
        ],"partial":[],"cursor":"7.3.40f00000.-.0.3jf8w1m0c9tqz.5a1b2c3d","took_ms":3.14}
        "#);
    }

    #[test]
    fn an_answer_without_hits_is_one_line() {
        let mut answered = samples::answer();
        answered.hits.clear();
        answered.repairs.clear();
        insta::assert_snapshot!(shown(|out| answer(out, &answered)), @r#"{"v":1,"query":"bridge AND observers","total":12,"undated":2,"articles":1284,"generation":7,"repairs":[],"limits":[],"diagnosis":null,"hits":[],"partial":[],"cursor":"7.3.40f00000.-.0.3jf8w1m0c9tqz.5a1b2c3d","took_ms":3.14}"#);
    }

    #[test]
    fn a_hit_that_lacks_words_says_which() {
        let mut answered = samples::answer();
        answered.hits.clear();
        answered.partial = vec![samples::lacking(1, &["bridge", "\"a vote\""])];
        let lines = shown(|out| hit_lines(out, &answered));
        assert_eq!(lines.lines().count(), 1);
        assert!(lines.trim_end().ends_with(r#","lacks":["bridge","\"a vote\""]}"#), "{lines}");
        let whole = shown(|out| answer(out, &answered));
        let expected = format!("\"hits\":[],\"partial\":[\n{lines}],\"cursor\"");
        assert!(whole.contains(&expected), "{whole}");
    }

    #[test]
    fn a_hit_holds_the_fields_of_its_article_in_their_order() {
        let mut answered = samples::answer();
        answered.hits.truncate(1);
        let printed = shown(|out| hit_lines(out, &answered));
        let alone = shown(|out| document(out, &answered.hits[0].article, Layout::Compact));
        let fields = alone.trim_end().trim_matches(['{', '}']);
        assert!(printed.contains(fields), "{fields} is not in {printed}");
    }

    #[test]
    fn what_steers_a_terminal_is_escaped() {
        let text = "a\u{1b}[2J\u{9b}2J\u{7f}\u{202e}\u{2028}\n\u{e9}";
        let json = shown(|out| document(out, &text, Layout::Compact));
        assert_eq!(json, "\"a\\u001b[2J\\u009b2J\\u007f\\u202e\\u2028\\n\u{e9}\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
    }
}
