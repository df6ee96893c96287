//! What tells two texts apart, legible without colour: `[-removed-]` and `{+added+}`, as `git diff
//! --word-diff` writes them.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use super::hits::day;
use super::json;
use super::numbers::{count, counted};
use super::rows::row;
use super::style::{Emphasis, Role, Style};
use super::wrap::Passage;
use super::{ListFormat, csv};
use crate::copies::{Change, Difference, Likeness, Overlap, Segment};
use crate::record::ArticleRecord;

/// What tells two articles apart.
#[derive(Clone, Debug)]
pub struct Compared<'a> {
    /// Both articles.
    pub articles: [&'a ArticleRecord; 2],
    /// Their headlines.
    pub title: Difference,
    /// Their bodies.
    pub body: Difference,
    /// How alike the bodies are.
    pub overlap: Overlap,
}

/// How much of what both have is written for people.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Context {
    /// Paragraphs with changes; of the others only how many there are.
    #[default]
    Changed,
    /// Everything.
    Whole,
}

/// Writes what tells two articles apart.
pub fn comparison(
    out: &mut dyn Write,
    compared: &Compared<'_>,
    context: Context,
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let parts = [("title", &compared.title), ("body", &compared.body)];
    let segments = || {
        parts.iter().flat_map(|(part, difference)| {
            difference.segments.iter().map(|segment| SegmentRecord::new(part, segment))
        })
    };
    match format {
        ListFormat::Table => table(out, compared, context, style),
        ListFormat::Json => json::list_document(out, &ComparisonRecord::new(compared)),
        ListFormat::Jsonl => {
            segments().try_for_each(|segment| json::document(out, &segment, json::Layout::Compact))
        }
        ListFormat::Csv => {
            csv::row(out, &["part", "change", "text"].map(Cow::Borrowed))?;
            segments().try_for_each(|it| {
                csv::row(out, &[it.part.into(), it.change.into(), csv::cell(it.text)])
            })
        }
    }
}

fn table(
    out: &mut dyn Write,
    compared: &Compared<'_>,
    context: Context,
    style: Style,
) -> io::Result<()> {
    for (label, article) in ["from", "to"].iter().zip(compared.articles) {
        let publisher = article.publisher.as_deref().unwrap_or("(no publisher)");
        let line = format!("{}  {}  {publisher}", article.id, day(article.date.as_deref()));
        row(out, label, 8, &line, style)?;
    }
    let overlap = compared.overlap;
    let likeness = overlap.likeness().map_or("no copy", |likeness| likeness.name());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
    let resemblance = (100.0 * overlap.resemblance()).floor() as u64;
    row(out, "likeness", 8, &format!("{likeness}, resemblance {resemblance} %"), style)?;
    let Difference { kept, removed, added, .. } = &compared.body;
    let [kept, removed, added] = [kept, removed, added].map(|n| count(*n));
    row(out, "words", 8, &format!("{kept} kept, {removed} removed, {added} added"), style)?;
    writeln!(out)?;
    difference(out, &compared.title, Context::Whole, Role::Title, style)?;
    writeln!(out)?;
    difference(out, &compared.body, context, Role::Text, style)
}

/// Writes a text with its changes, paragraph by paragraph.
pub(super) fn difference(
    out: &mut dyn Write,
    difference: &Difference,
    context: Context,
    role: Role,
    style: Style,
) -> io::Result<()> {
    let mut skipped = 0;
    for paragraph in paragraphs(difference, style.emphasis()) {
        if context == Context::Changed && !paragraph.is_changed {
            skipped += 1;
            continue;
        }
        write_skipped(out, std::mem::take(&mut skipped), style)?;
        let marks = Passage::new(&paragraph.text, &paragraph.changed, style.emphasis());
        for line in marks.lines(style.width()) {
            line.write(out, role, style)?;
            writeln!(out)?;
        }
    }
    write_skipped(out, skipped, style)
}

fn write_skipped(out: &mut dyn Write, paragraphs: u64, style: Style) -> io::Result<()> {
    if paragraphs == 0 {
        return Ok(());
    }
    let note = format!("({} as before)", counted(paragraphs, "paragraph"));
    style.write(out, Role::Minor, &note)?;
    writeln!(out)
}

/// A paragraph of the second text, with what was removed.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    /// The bytes that are removed or added text with its marks, where colour may show them.
    changed: Vec<Range<usize>>,
    is_changed: bool,
}

fn paragraphs(difference: &Difference, emphasis: Emphasis) -> Vec<Paragraph> {
    let mut paragraphs = vec![Paragraph::default()];
    for Segment { change, text } in &difference.segments {
        for (number, piece) in text.split('\n').enumerate() {
            if number > 0 {
                paragraphs.push(Paragraph::default());
            }
            let Some(last) = paragraphs.last_mut() else { continue };
            let (open, close) = match change {
                _ if piece.trim().is_empty() => ("", ""),
                Change::Kept => ("", ""),
                Change::Removed => ("[-", "-]"),
                Change::Added => ("{+", "+}"),
            };
            let words = piece.trim_start();
            last.text.push_str(&piece[..piece.len() - words.len()]);
            let start = last.text.len();
            last.text.extend([open, words, close]);
            if !open.is_empty() {
                last.is_changed = true;
                if emphasis == Emphasis::Colour {
                    last.changed.push(start..last.text.len());
                }
            }
        }
    }
    paragraphs.retain(|paragraph| !paragraph.text.trim().is_empty());
    paragraphs
}

#[derive(Serialize)]
struct ComparisonRecord<'a> {
    v: u32,
    from: ArticleSummary<'a>,
    to: ArticleSummary<'a>,
    likeness: Option<&'static str>,
    resemblance: f64,
    /// The share of the first text that the second one has, and the other way round.
    of_from: f64,
    of_to: f64,
    kept: u64,
    removed: u64,
    added: u64,
    title_changed: bool,
    segments: Vec<SegmentRecord<'a>>,
}

/// By which an article is known.
#[derive(Serialize)]
struct ArticleSummary<'a> {
    id: &'a str,
    date: Option<&'a str>,
    publisher: Option<&'a str>,
    title: &'a str,
    url: Option<&'a str>,
    path: &'a str,
    record: u32,
}

impl<'a> From<&'a ArticleRecord> for ArticleSummary<'a> {
    fn from(article: &'a ArticleRecord) -> Self {
        Self {
            id: &article.id,
            date: article.date.as_deref(),
            publisher: article.publisher.as_deref(),
            title: &article.title,
            url: article.url.as_deref(),
            path: &article.path,
            record: article.record,
        }
    }
}

/// A piece of text and what became of it.
#[derive(Serialize)]
pub(super) struct SegmentRecord<'a> {
    part: &'static str,
    change: &'static str,
    text: &'a str,
}

impl<'a> SegmentRecord<'a> {
    pub(super) fn new(part: &'static str, segment: &'a Segment) -> Self {
        Self { part, change: segment.change.name(), text: &segment.text }
    }
}

impl<'a> ComparisonRecord<'a> {
    fn new(compared: &'a Compared<'_>) -> Self {
        let hundredths = |share: f64| (share * 100.0).round() / 100.0;
        let Compared { articles: [from, to], title, body, overlap } = compared;
        let [of_from, of_to] = overlap.shares().map(hundredths);
        let title_segments = title.segments.iter().map(|it| SegmentRecord::new("title", it));
        let body_segments = body.segments.iter().map(|it| SegmentRecord::new("body", it));
        Self {
            v: json::VERSION,
            from: (*from).into(),
            to: (*to).into(),
            likeness: overlap.likeness().map(Likeness::name),
            resemblance: hundredths(overlap.resemblance()),
            of_from,
            of_to,
            kept: body.kept,
            removed: body.removed,
            added: body.added,
            title_changed: !title.is_none(),
            segments: title_segments.chain(body_segments).collect(),
        }
    }
}
