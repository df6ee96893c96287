//! Which names the program takes for one.

use std::path::Path;

use super::args::AliasOptions;
use super::terminal::Terminal;
use super::{IndexPlace, Result};
use crate::alias::{AliasFile, Aliases, Fault};
use crate::error::Error;
use crate::index::{ArchiveReader, aliases_path};

/// Opens the index to answer as its own aliases and those of `options` say.
pub(super) fn open(
    place: &IndexPlace,
    options: &AliasOptions,
    terminal: &mut Terminal,
) -> Result<ArchiveReader> {
    let mut archive = ArchiveReader::open(&place.folder)?;
    let mut aliases = if options.no_aliases {
        Aliases::none()
    } else {
        warn(&aliases_path(&place.folder), archive.alias_faults(), terminal)?;
        archive.aliases().clone()
    };
    for path in &options.files {
        // A file that is named must be there; that of the index need not.
        if !path.exists() {
            let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
            return Err(Error::reading(path)(missing).into());
        }
        let faults = aliases.add(&AliasFile::read(path)?);
        warn(path, &faults, terminal)?;
    }
    archive.set_aliases(aliases);
    Ok(archive)
}

/// Tells of the lines that were passed over.
fn warn(path: &Path, faults: &[Fault], terminal: &mut Terminal) -> Result<()> {
    for Fault { line, message } in faults {
        let message = crate::text::printable(message);
        writeln!(terminal.err(), "warning: `{}` line {line}: {message}", path.display())?;
    }
    Ok(())
}
