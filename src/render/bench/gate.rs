//! What became of a gate.

use std::io::{self, Write};

use super::super::numbers::{brief, counted};
use super::super::rows::rows;
use super::super::style::{Role, Style};
use super::comparison;
use crate::bench::gate::{Judgment, Ruled, Ruling, Seen};

/// Writes each clause with what became of it, and what it rests on.
pub(super) fn write(out: &mut dyn Write, judgment: &Judgment, style: Style) -> io::Result<()> {
    writeln!(out)?;
    style.write(out, Role::Label, verdict(judgment))?;
    writeln!(out)?;
    let row = |it: &Ruled| (it.ruling.name(), format!("{}: {}", it.clause, seen(it)));
    rows(out, &judgment.clauses.iter().map(row).collect::<Vec<_>>(), style)
}

/// Whether the gate is kept.
pub(super) fn verdict(judgment: &Judgment) -> &'static str {
    if judgment.is_kept() { "gate: kept" } else { "gate: NOT KEPT" }
}

/// What a ruling rests on.
pub(super) fn seen(ruled: &Ruled) -> String {
    match &ruled.seen {
        Seen::Time(nanos) => brief(*nanos),
        Seen::Errors(n) => counted(*n, "error"),
        Seen::Nothing(why) => why.clone(),
        Seen::Change { class, change } => {
            let change = comparison::change(change);
            match ruled.ruling {
                Ruling::CannotBeJudged => {
                    format!("{class} {change}; more processes would tell")
                }
                _ => format!("{class} {change}"),
            }
        }
    }
}
