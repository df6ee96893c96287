//! `dateline eval`: how well runs answer topics, by judgments.

use std::fs;
use std::path::Path;

use super::args::{EvalFormat, EvalOptions};
use super::terminal::Terminal;
use super::{Outcome, Result};
use crate::error::Error;
use crate::evaluate::ranking::{Evaluation, Fault, Qrels, Run, compare, evaluate};
use crate::render::{self, Scored, TableFormat};

pub(super) fn run(options: &EvalOptions, terminal: &mut Terminal) -> Result<Outcome> {
    let qrels = read(&options.qrels, Qrels::parse)?;
    let mut runs = Vec::new();
    for path in std::iter::once(&options.run).chain(&options.other) {
        runs.push((path.display().to_string(), evaluate(&qrels, &read(path, Run::parse)?)));
    }
    let comparison = match runs.as_slice() {
        [(_, first), (_, second)] => Some(compare(first, second)),
        _ => None,
    };
    let is_empty = runs.iter().all(|(_, Evaluation { topics, .. })| topics.is_empty());
    let scored = Scored { runs, comparison, each_topic: options.per_query };
    let style = terminal.style();
    render::evaluation(terminal.out(), &scored, format(options.format), style)?;
    Ok(if is_empty { Outcome::NothingFound } else { Outcome::Done })
}

fn read<T>(
    path: &Path,
    parse: impl FnOnce(&str) -> std::result::Result<T, Fault>,
) -> std::result::Result<T, Error> {
    let bytes = fs::read(path).map_err(Error::reading(path))?;
    parse(&String::from_utf8_lossy(&bytes)).map_err(|Fault { line, what }| Error::BadFile {
        path: path.to_owned(),
        detail: format!("line {line}: {what}"),
    })
}

fn format(format: EvalFormat) -> TableFormat {
    match format {
        EvalFormat::Table => TableFormat::Table,
        EvalFormat::Json => TableFormat::Json,
        EvalFormat::Csv => TableFormat::Csv,
    }
}
