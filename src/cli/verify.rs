//! `dateline verify`.

use super::args::{ReportFormat, VerifyOptions};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result};
use crate::index::verify::{Sources, repair, verify};
use crate::render;

pub(super) fn run(
    place: &IndexPlace,
    options: &VerifyOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let sources = if options.sources { Sources::Hashed } else { Sources::Ignored };
    let found =
        if options.repair { repair(&place.folder)? } else { verify(&place.folder, sources)? };
    let style = terminal.style();
    match options.format {
        ReportFormat::Table => render::verification(terminal.out(), &found, style)?,
        ReportFormat::Json => render::verification_json(terminal.out(), &found)?,
    }
    let is_usable = found.is_sound() || found.repaired.is_some();
    Ok(if is_usable { Outcome::Done } else { Outcome::Damaged })
}
