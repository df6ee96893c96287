//! Members of a zip archive, in the order of its directory.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};

use ::zip::CompressionMethod;
use ::zip::read::{ZipArchive, ZipFile, read_zipfile_from_stream};
use ::zip::result::ZipError;
use tempfile::SpooledTempFile;

use super::read::Flow;
use super::records::{Records, is_hidden_member};
use super::stream::{Fault, Stream, fault};
use super::walk::io_reject;
use crate::reject::RejectReason;

/// An archive that lies in another one is kept in memory up to this size, in bytes, as its
/// directory is at its end; a larger one goes to a temporary file.
const IN_MEMORY: usize = 8 << 20;

/// First members of files that are zip archives in form alone.
const DOCUMENTS: &[(&str, &str)] = &[
    ("[Content_Types].xml", "a Microsoft Office document"),
    ("mimetype", "an OpenDocument or EPUB document"),
    ("META-INF/", "a Java archive"),
    ("AndroidManifest.xml", "an Android program"),
];

/// How a member that is read may be compressed.
const METHODS: &[CompressionMethod] = &[CompressionMethod::STORE, CompressionMethod::DEFLATE];

/// Hands over every record of every member.
pub(super) fn read(mut stream: Stream<'_>, records: &mut Records<'_>) -> Result<Flow, Fault> {
    if stream.is_raw() {
        let file = File::open(records.file()).map_err(|error| io_reject(&error))?;
        // The file is read by its directory, not from end to end.
        records.budget().earn(file.metadata().map_or(0, |metadata| metadata.len()));
        return read_seekable(BufReader::new(file), records);
    }
    let mut spooled = SpooledTempFile::new(IN_MEMORY);
    io::copy(&mut stream.bytes, &mut spooled).map_err(|error| stream.fault(&error))?;
    spooled.rewind().map_err(|error| io_reject(&error))?;
    read_seekable(spooled, records)
}

fn read_seekable(mut file: impl Read + Seek, records: &mut Records<'_>) -> Result<Flow, Fault> {
    match ZipArchive::new(&mut file) {
        Ok(mut archive) => read_by_directory(&mut archive, records),
        Err(error) => {
            file.rewind().map_err(|error| io_reject(&error))?;
            match read_without_directory(file, records) {
                Flow::Break(()) => Ok(Flow::Break(())),
                Flow::Continue(()) => Err(explain(error)),
            }
        }
    }
}

fn read_by_directory<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    records: &mut Records<'_>,
) -> Result<Flow, Fault> {
    for number in 0..archive.len() {
        // What the directory says: the member's own header may be damaged.
        let entry = archive.by_index_data(number).map_err(explain)?;
        let name = entry.name_raw().to_vec();
        if number == 0
            && let Some(kind) = document(&name)
        {
            return Err((RejectReason::Unsupported, format!("it looks like {kind}")));
        }
        let (is_file, is_encrypted) = (entry.is_file() && !entry.is_symlink(), entry.encrypted());
        let method = entry.compression();
        if !is_file || is_hidden_member(&name) {
            continue;
        }
        let flow = match archive.by_index(number) {
            _ if is_encrypted => records.reject_member(&name, encrypted()),
            _ if !METHODS.contains(&method) => records.reject_member(&name, unreadable(method)),
            Ok(member) => records.member(&name, member),
            Err(error) => records.reject_member(&name, explain(error)),
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    if archive.has_duplicate_names() {
        // The crate keeps members by their names.
        let detail = "of the members of one name, only the last is read";
        return Err((RejectReason::BadArchive, detail.into()));
    }
    Ok(Flow::Continue(()))
}

/// Saves what can be saved of an archive without its end, as a broken download leaves it: each
/// member has a header of its own.
fn read_without_directory(mut file: impl Read, records: &mut Records<'_>) -> Flow {
    // What comes after an error cannot be found; that the archive is damaged is said anyway.
    while let Ok(Some(member)) = read_zipfile_from_stream(&mut file) {
        hand_over(member, records)?;
    }
    Flow::Continue(())
}

fn hand_over(member: ZipFile<'_, impl Read>, records: &mut Records<'_>) -> Flow {
    let name = member.name_raw().to_vec();
    if !member.is_file() || is_hidden_member(&name) {
        return Flow::Continue(());
    }
    records.member(&name, member)
}

/// What a file whose first member is called `name` is, if it is no archive of files.
fn document(name: &[u8]) -> Option<&'static str> {
    let is = |first: &str| match first.strip_suffix('/') {
        Some(_) => name.starts_with(first.as_bytes()),
        None => name == first.as_bytes(),
    };
    DOCUMENTS.iter().find(|(first, _)| is(first)).map(|(_, kind)| *kind)
}

fn unreadable(method: CompressionMethod) -> Fault {
    #[expect(deprecated, reason = "the crate names methods by their numbers alone")]
    let number = method.to_u16();
    let name = CompressionMethod::name_from_u16(number);
    (RejectReason::BadArchive, format!("compressed by method {number} ({name}), which is not read"))
}

fn encrypted() -> Fault {
    (RejectReason::Encrypted, "a password is needed to read it".into())
}

/// What an error of the archive means.
fn explain(error: ZipError) -> Fault {
    match error {
        ZipError::Io(error) => fault(&error, true),
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            encrypted()
        }
        error => (RejectReason::BadArchive, error.to_string()),
    }
}

#[cfg(test)]
mod tests;
