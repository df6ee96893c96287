//! The texts that one address has had, and what became of each.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::difference::{Context, SegmentRecord, difference};
use super::hits::padded;
use super::json::{self, Layout};
use super::numbers::{count, counted};
use super::rows::{paragraph, row};
use super::style::{Role, Style};
use super::wrap::fit;
use super::{ListFormat, csv, hits};
use crate::copies::Difference;
use crate::index::{History, PageVersion, Unread};
use crate::text::printable;

/// Columns of a time to the minute.
const TIME_WIDTH: usize = 16;

/// Whether what changed is written out.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Changes {
    /// Only how much it is.
    #[default]
    Counted,
    /// Word by word.
    Shown,
}

/// Writes the texts of an address, the oldest first.
pub fn history(
    out: &mut dyn Write,
    history: &History,
    changes: Changes,
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let steps = steps(history);
    let records = || steps.iter().map(|step| VersionRecord::new(step, changes));
    match format {
        ListFormat::Table => table(out, history, &steps, changes, style),
        ListFormat::Json => json::list_document(
            out,
            &HistoryRecord {
                v: json::VERSION,
                url: &history.url,
                versions: records().collect(),
                unread: history.unread.iter().map(UnreadRecord::from).collect(),
            },
        ),
        ListFormat::Jsonl => {
            records().try_for_each(|record| json::document(out, &record, Layout::Compact))
        }
        ListFormat::Csv => {
            csv::row(out, &COLUMNS.map(Cow::Borrowed))?;
            records().try_for_each(|record| csv::row(out, &record.cells()))
        }
    }
}

/// A text and what it changed of the one before.
struct Step<'a> {
    version: &'a PageVersion,
    /// `None` for the first.
    change: Option<Change>,
}

struct Change {
    title: Difference,
    body: Difference,
}

impl Change {
    fn is_none(&self) -> bool {
        self.title.is_none() && self.body.is_none()
    }
}

fn steps(history: &History) -> Vec<Step<'_>> {
    let before = std::iter::once(None).chain(history.versions.iter().map(Some));
    let between = |before: &PageVersion, after: &PageVersion| Change {
        title: Difference::between(&before.article.title, &after.article.title),
        body: Difference::between(&before.article.body, &after.article.body),
    };
    history
        .versions
        .iter()
        .zip(before)
        .map(|(version, before)| Step {
            version,
            change: before.map(|before| between(before, version)),
        })
        .collect()
}

fn table(
    out: &mut dyn Write,
    history: &History,
    steps: &[Step<'_>],
    changes: Changes,
    style: Style,
) -> io::Result<()> {
    paragraph(out, &history.url, Role::Title, style)?;
    let unchanged = steps.iter().filter(|step| step.change.as_ref().is_some_and(Change::is_none));
    let versions = counted(steps.len() as u64, "text");
    let unchanged = count(unchanged.count() as u64);
    writeln!(out, "{versions}, {unchanged} as before; * is in the index\n")?;
    for step in steps {
        line(out, step, style)?;
        if let (Changes::Shown, Some(change)) = (changes, &step.change)
            && !change.is_none()
        {
            writeln!(out)?;
            if !change.title.is_none() {
                difference(out, &change.title, Context::Whole, Role::Title, style)?;
            }
            difference(out, &change.body, Context::Changed, Role::Text, style)?;
            writeln!(out)?;
        }
    }
    for Unread { path, record, why } in &history.unread {
        let place = hits::place(path, *record);
        paragraph(
            out,
            &format!("  not readable: {place}: {}", printable(why)),
            Role::Minor,
            style,
        )?;
    }
    Ok(())
}

/// When it was seen, what changed, and where it lies.
fn line(out: &mut dyn Write, step: &Step<'_>, style: Style) -> io::Result<()> {
    let PageVersion { article, is_indexed } = step.version;
    let mark = if *is_indexed { "*" } else { " " };
    let seen = article.seen.as_deref().unwrap_or("not known when");
    let seen = printable(seen.get(..TIME_WIDTH).unwrap_or(seen)).replace('T', " ");
    let label = padded(&format!("{mark} {}", fit(&seen, TIME_WIDTH)), TIME_WIDTH + 2);
    row(out, &label, TIME_WIDTH + 2, &what(step), style)?;
    row(out, "", TIME_WIDTH + 2, &hits::place(&article.path, Some(article.record)), style)
}

/// `12 words removed, 5 added, other headline`
fn what(step: &Step<'_>) -> String {
    let Some(change) = &step.change else { return "first text".into() };
    if change.is_none() {
        return "as before".into();
    }
    let Difference { removed, added, .. } = &change.body;
    let mut parts = match (removed, added) {
        (0, 0) if change.body.is_none() => Vec::new(),
        (0, 0) => vec!["signs changed".to_owned()],
        (removed, added) => {
            vec![format!("{} removed, {} added", counted(*removed, "word"), count(*added))]
        }
    };
    if !change.title.is_none() {
        parts.push("other headline".into());
    }
    parts.join(", ")
}

#[derive(Serialize)]
struct HistoryRecord<'a> {
    v: u32,
    url: &'a str,
    versions: Vec<VersionRecord<'a>>,
    unread: Vec<UnreadRecord<'a>>,
}

/// A text, and what it changed of the one before; of the first, nothing is said of that.
#[derive(Serialize)]
struct VersionRecord<'a> {
    id: String,
    seen: Option<&'a str>,
    date: Option<&'a str>,
    title: &'a str,
    path: &'a str,
    record: u32,
    sha256: &'a str,
    /// Whether it is the text that the index holds.
    indexed: bool,
    changed: Option<bool>,
    title_changed: Option<bool>,
    kept: Option<u64>,
    removed: Option<u64>,
    added: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    segments: Option<Vec<SegmentRecord<'a>>>,
}

#[derive(Serialize)]
struct UnreadRecord<'a> {
    path: &'a str,
    record: Option<u32>,
    why: &'a str,
}

impl<'a> From<&'a Unread> for UnreadRecord<'a> {
    fn from(unread: &'a Unread) -> Self {
        Self { path: &unread.path, record: unread.record, why: &unread.why }
    }
}

const COLUMNS: [&str; 12] = [
    "id",
    "seen",
    "date",
    "title",
    "indexed",
    "changed",
    "title_changed",
    "kept",
    "removed",
    "added",
    "path",
    "record",
];

impl<'a> VersionRecord<'a> {
    fn new(step: &'a Step<'_>, changes: Changes) -> Self {
        let article = &step.version.article;
        let change = step.change.as_ref();
        let segments = |change: &'a Change| {
            let title = change.title.segments.iter().map(|it| SegmentRecord::new("title", it));
            let body = change.body.segments.iter().map(|it| SegmentRecord::new("body", it));
            title.chain(body).collect()
        };
        Self {
            id: step.version.id().to_string(),
            seen: article.seen.as_deref(),
            date: article.date.as_deref(),
            title: &article.title,
            path: &article.path,
            record: article.record,
            sha256: &article.sha256,
            indexed: step.version.is_indexed,
            changed: change.map(|change| !change.is_none()),
            title_changed: change.map(|change| !change.title.is_none()),
            kept: change.map(|change| change.body.kept),
            removed: change.map(|change| change.body.removed),
            added: change.map(|change| change.body.added),
            segments: change.filter(|_| changes == Changes::Shown).map(segments),
        }
    }

    fn cells(&self) -> [Cow<'a, str>; COLUMNS.len()] {
        fn written<'b>(value: Option<impl ToString>) -> Cow<'b, str> {
            value.map(|value| value.to_string()).unwrap_or_default().into()
        }
        [
            csv::cell(&self.id).into_owned().into(),
            csv::optional(self.seen),
            csv::optional(self.date),
            csv::cell(self.title),
            self.indexed.to_string().into(),
            written(self.changed),
            written(self.title_changed),
            written(self.kept),
            written(self.removed),
            written(self.added),
            csv::cell(self.path),
            self.record.to_string().into(),
        ]
    }
}
