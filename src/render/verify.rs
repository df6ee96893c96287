//! Whether an index is sound.

use std::io::{self, Write};

use serde::Serialize;

use super::json;
use super::numbers::{count, counted};
use super::rows::row;
use super::style::Style;
use crate::index::verify::{Finding, Problem, Repaired, Verification};

/// Writes each finding with the way back, then what was looked at, for people.
pub fn verification(out: &mut dyn Write, found: &Verification, style: Style) -> io::Result<()> {
    let width = Problem::ALL.iter().map(|problem| problem.name().len()).max().unwrap_or(0);
    for Finding { problem, place, detail } in &found.findings {
        let remedy = match found.repaired {
            Some(_) if problem.is_damage() => String::new(),
            _ => format!("; {}", problem.remedy()),
        };
        row(out, problem.name(), width, &format!("{place}: {detail}{remedy}"), style)?;
    }
    row(out, verdict(found), width, &looked_at(found), style)?;
    match &found.repaired {
        Some(repaired) => row(out, "repaired", width, &put_right(repaired), style),
        None => Ok(()),
    }
}

fn verdict(found: &Verification) -> &'static str {
    if found.is_sound() { "sound" } else { "damaged" }
}

/// `1,310 articles in 3 segments, 40 sources (38 unchanged), generation 7`
fn looked_at(found: &Verification) -> String {
    let unchanged = found.sources_unchanged.map(|n| format!(" ({} unchanged)", count(n)));
    format!(
        "{} in {}, {}{}, generation {}",
        counted(found.articles, "article"),
        counted(found.segments, "segment"),
        counted(found.sources, "source"),
        unchanged.unwrap_or_default(),
        found.generation,
    )
}

fn put_right(repaired: &Repaired) -> String {
    format!(
        "{} dropped; `dateline index` with the same folders now reads {} again",
        counted(repaired.segments_dropped, "segment"),
        counted(repaired.sources_to_read, "source"),
    )
}

/// Writes the same as one JSON document.
pub fn verification_json(out: &mut dyn Write, found: &Verification) -> io::Result<()> {
    let record = Record {
        v: json::VERSION,
        sound: found.is_sound(),
        generation: found.generation,
        segments: found.segments,
        articles: found.articles,
        sources: found.sources,
        sources_unchanged: found.sources_unchanged,
        repaired: found.repaired.map(|repaired| RepairedRecord {
            segments_dropped: repaired.segments_dropped,
            sources_to_read: repaired.sources_to_read,
        }),
        findings: found.findings.iter().map(FindingRecord::from).collect(),
    };
    json::list_document(out, &record)
}

/// Each field is the one of the same name in [`Verification`].
#[derive(Serialize)]
struct Record<'a> {
    v: u32,
    sound: bool,
    generation: u64,
    segments: u64,
    articles: u64,
    sources: u64,
    sources_unchanged: Option<u64>,
    repaired: Option<RepairedRecord>,
    findings: Vec<FindingRecord<'a>>,
}

#[derive(Serialize)]
struct RepairedRecord {
    segments_dropped: u64,
    sources_to_read: u64,
}

#[derive(Serialize)]
struct FindingRecord<'a> {
    problem: &'static str,
    place: &'a str,
    detail: &'a str,
    remedy: &'static str,
}

impl<'a> From<&'a Finding> for FindingRecord<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            problem: finding.problem.name(),
            place: &finding.place,
            detail: &finding.detail,
            remedy: finding.problem.remedy(),
        }
    }
}
