//! What became of the answer to a question.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, Layout};
use super::numbers::{count, counted};
use super::rows::paragraph;
use super::style::{Role, Style};
use super::wrap::fit;
use crate::search::{Drift, Receipt, ReceiptHit};
use crate::text::printable;

/// Writes what changed from one receipt to a later one of the same question, for people.
pub fn replay(
    out: &mut dyn Write,
    then: &Receipt,
    now: &Receipt,
    drift: &Drift,
    style: Style,
) -> io::Result<()> {
    paragraph(out, &printable(&then.query), Role::Label, style)?;
    for (label, receipt) in [("then", then), ("now", now)] {
        let Receipt { made, generation, articles, total, undated, .. } = receipt;
        let (total, articles) = (count(*total), counted(*articles, "article"));
        let line = format!(
            "{label:4}  {}  {total} of {articles}, {} undated, generation {generation}",
            made.format("%F %R UTC"),
            count(*undated),
        );
        paragraph(out, &line, Role::Text, style)?;
    }
    if drift.is_none() {
        return writeln!(out, "The answer is the same: the same hits in the same order.");
    }
    for (label, hits) in
        [("new", &drift.added), ("gone", &drift.removed), ("changed", &drift.changed)]
    {
        hits.iter().try_for_each(|hit| line(out, label, hit, "", style))?;
    }
    for (hit, from, to) in &drift.moved {
        line(out, "moved", hit, &format!("{from} to {to}: "), style)?;
    }
    match drift.is_other_set {
        true if then.total == now.total => {
            writeln!(out, "As many articles match, but not the same ones.")
        }
        true => writeln!(out, "Other articles match than did."),
        false => writeln!(out, "The same articles match."),
    }
}

fn line(
    out: &mut dyn Write,
    label: &str,
    hit: &ReceiptHit,
    note: &str,
    style: Style,
) -> io::Result<()> {
    let title = match printable(&hit.title).trim() {
        "" => "(no title)".to_owned(),
        title => title.to_owned(),
    };
    let text = format!("{label:7}  {}  {note}{title}", printable(&hit.id));
    writeln!(out, "{}", fit(&text, style.width()))
}

/// Writes the same as one JSON document.
pub fn replay_json(
    out: &mut dyn Write,
    then: &Receipt,
    now: &Receipt,
    drift: &Drift,
    layout: Layout,
) -> io::Result<()> {
    let record = ReplayRecord {
        v: json::VERSION,
        query: &now.query,
        is_same: drift.is_none(),
        is_same_set: !drift.is_other_set,
        then: SideRecord::from(then),
        now: SideRecord::from(now),
        added: &drift.added,
        removed: &drift.removed,
        changed: &drift.changed,
        moved: drift
            .moved
            .iter()
            .map(|(hit, from, to)| Moved { hit, from: *from, to: *to })
            .collect(),
    };
    json::document(out, &record, layout)
}

#[derive(Serialize)]
struct ReplayRecord<'a> {
    v: u32,
    query: &'a str,
    is_same: bool,
    is_same_set: bool,
    then: SideRecord,
    now: SideRecord,
    added: &'a [ReceiptHit],
    removed: &'a [ReceiptHit],
    changed: &'a [ReceiptHit],
    moved: Vec<Moved<'a>>,
}

#[derive(Serialize)]
struct SideRecord {
    made: String,
    generation: u64,
    articles: u64,
    total: u64,
    undated: u64,
    hits: usize,
}

impl From<&Receipt> for SideRecord {
    fn from(receipt: &Receipt) -> Self {
        Self {
            made: receipt.made.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            generation: receipt.generation,
            articles: receipt.articles,
            total: receipt.total,
            undated: receipt.undated,
            hits: receipt.hits.len(),
        }
    }
}

/// A hit at another place.
#[derive(Serialize)]
struct Moved<'a> {
    #[serde(flatten)]
    hit: &'a ReceiptHit,
    from: usize,
    to: usize,
}
