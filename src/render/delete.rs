//! What was deleted.

use std::io::{self, Write};

use serde::Serialize;

use super::hits::place;
use super::json;
use super::numbers::{count, counted};
use super::rows::{row, rows};
use super::style::Style;
use crate::index::DeleteReport;
use crate::record::ArticleRecord;

/// Writes how many articles were deleted and the titles of the first, for people.
pub fn delete_report(out: &mut dyn Write, report: &DeleteReport, style: Style) -> io::Result<()> {
    let verb = if report.dry_run { "would delete" } else { "deleted" };
    let left = counted(report.articles_left, "article");
    let value = if report.dry_run {
        format!("{} of {left}", count(report.articles))
    } else {
        format!("{}, {left} left", counted(report.articles, "article"))
    };
    rows(out, &[(verb, value)], style)?;
    for article in &report.first {
        let value = format!("{} ({})", article.title, place(&article.path, Some(article.record)));
        row(out, &article.id, article.id.len(), &value, style)?;
    }
    match report.articles.saturating_sub(report.first.len() as u64) {
        0 => Ok(()),
        more => writeln!(out, "and {} more", count(more)),
    }
}

/// Writes the same as one JSON document.
pub fn delete_report_json(out: &mut dyn Write, report: &DeleteReport) -> io::Result<()> {
    let record = Record {
        v: json::VERSION,
        dry_run: report.dry_run,
        articles: report.articles,
        articles_left: report.articles_left,
        first: report.first.iter().map(Named::from).collect(),
    };
    json::list_document(out, &record)
}

/// Each field is the one of the same name in [`DeleteReport`].
#[derive(Serialize)]
struct Record<'a> {
    v: u32,
    dry_run: bool,
    articles: u64,
    articles_left: u64,
    first: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    title: &'a str,
    path: &'a str,
    record: u32,
}

impl<'a> From<&'a ArticleRecord> for Named<'a> {
    fn from(article: &'a ArticleRecord) -> Self {
        let ArticleRecord { id, title, path, record, .. } = article;
        Self { id, title, path, record: *record }
    }
}
