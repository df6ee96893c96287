//! What compacting came to.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, Layout};
use super::numbers::{counted, size};
use super::rows::rows;
use super::style::Style;
use crate::index::{CompactReport, Extent};

/// Writes how much an index took and takes, for people.
pub fn compact_report(out: &mut dyn Write, report: &CompactReport, style: Style) -> io::Result<()> {
    if report.before == report.after {
        return rows(out, &[("compact already", extent(&report.after))], style);
    }
    rows(out, &[("before", extent(&report.before)), ("after", extent(&report.after))], style)
}

/// `3 segments, 1,310 articles and 12 deleted, 2 manifest files, 14.2 MB`
fn extent(extent: &Extent) -> String {
    let deleted = match extent.deleted {
        0 => String::new(),
        n => format!(" and {} deleted", super::numbers::count(n)),
    };
    format!(
        "{}, {}{deleted}, {}, {}",
        counted(extent.segments, "segment"),
        counted(extent.articles, "article"),
        counted(extent.manifest_files, "manifest file"),
        size(extent.bytes),
    )
}

/// Writes the same as one JSON document.
pub fn compact_report_json(out: &mut dyn Write, report: &CompactReport) -> io::Result<()> {
    let record = Record {
        v: json::VERSION,
        before: ExtentRecord::from(report.before),
        after: ExtentRecord::from(report.after),
    };
    json::document(out, &record, Layout::Pretty)
}

#[derive(Serialize)]
struct Record {
    v: u32,
    before: ExtentRecord,
    after: ExtentRecord,
}

/// Each field is the one of the same name in [`Extent`].
#[derive(Serialize)]
struct ExtentRecord {
    segments: u64,
    articles: u64,
    deleted: u64,
    manifest_files: u64,
    bytes: u64,
}

impl From<Extent> for ExtentRecord {
    fn from(extent: Extent) -> Self {
        let Extent { segments, articles, deleted, manifest_files, bytes } = extent;
        Self { segments, articles, deleted, manifest_files, bytes }
    }
}
