//! `dateline keys`.

use super::args::{KeysOptions, ReportFormat};
use super::terminal::Terminal;
use super::{Outcome, Result};
use crate::render;
use crate::source::KeyMap;

pub(super) fn run(options: &KeysOptions, terminal: &mut Terminal) -> Result<Outcome> {
    let known: Vec<_> = KeyMap::known().map(|(field, keys)| (field.name(), keys)).collect();
    let style = terminal.style();
    match options.format {
        ReportFormat::Table => render::keys(terminal.out(), &known, style)?,
        ReportFormat::Json => render::keys_json(terminal.out(), &known)?,
    }
    Ok(Outcome::Done)
}
