//! `dateline replay`.

use std::fs;
use std::path::PathBuf;

use chrono::Utc;
use clap::Args;

use super::args::ReportFormat;
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, aliases};
use crate::error::Error;
use crate::render::{self, Layout};
use crate::search::{Receipt, search};

#[derive(Args, Debug)]
pub(super) struct ReplayOptions {
    /// What `dateline search --receipt FILE` wrote
    #[arg(value_name = "FILE")]
    receipt: PathBuf,

    #[command(flatten)]
    aliases: super::args::AliasOptions,

    /// How to print what changed
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    format: ReportFormat,
}

/// Asks the question of a receipt again; like `diff`, it ends with 1 where the answer is another.
pub(super) fn run(
    place: &IndexPlace,
    options: &ReplayOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let path = &options.receipt;
    let text = fs::read(path).map_err(Error::reading(path))?;
    let then: Receipt = serde_json::from_slice(&text).map_err(|error| Error::BadFile {
        path: path.clone(),
        detail: format!("it is no receipt: {error}"),
    })?;
    let archive = aliases::open(place, &options.aliases, terminal)?;
    let request = then.request();
    let answer = search(&archive, &request)?;
    let hits = answer.hits.iter().map(Into::into).collect();
    let typed = then.typed.clone();
    let made = (Utc::now(), then.asked.day);
    let now = Receipt::new(&archive, &request, typed, made, &answer, hits)?;
    let drift = then.drift(&now);
    let style = terminal.style();
    match options.format {
        ReportFormat::Table => render::replay(terminal.out(), &then, &now, &drift, style)?,
        ReportFormat::Json => {
            render::replay_json(terminal.out(), &then, &now, &drift, Layout::Compact)?;
        }
    }
    Ok(if drift.is_none() { Outcome::Done } else { Outcome::Differs })
}
