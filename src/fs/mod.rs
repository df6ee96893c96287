//! Files that are there as a whole or not at all.

mod step;

use std::fs::{self, File};
use std::io::{self, Read as _, Write};
use std::path::Path;

use crate::article::Sha256;
use crate::error::Error;
pub(crate) use step::Step;

/// Writes a file beside its place, brings it to the disk, and moves it into place, so that a
/// reader or a crash sees the old content or the new and never a part.
pub(crate) fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Error> {
    let beside = path.with_extension("tmp");
    let result = (|| {
        let step = Step::write()?;
        let mut file = io::BufWriter::new(File::create(&beside)?);
        step.done();
        write(&mut file)?;
        let step = Step::write()?;
        file.flush()?;
        file.get_ref().sync_all()?;
        step.done();
        let step = Step::write()?;
        fs::rename(&beside, path)?;
        step.done();
        sync_folder(path.parent().unwrap_or(Path::new(".")))
    })();
    result.map_err(|error| {
        // What could not be finished is of no use, and may be what fills the disk.
        let _ = fs::remove_file(&beside);
        Error::writing(path)(error)
    })
}

/// Removes a file of an index.
pub(crate) fn remove_file(path: &Path) -> io::Result<()> {
    let step = Step::remove();
    fs::remove_file(path)?;
    step.done();
    Ok(())
}

/// Brings the names in a folder to the disk.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Not every system can open or sync a folder; its rename is atomic all the same.
        Err(error) if error.kind() == io::ErrorKind::StorageFull => Err(error),
        _ => Ok(()),
    }
}

/// The digest of a file.
pub(crate) fn sha256(path: &Path) -> io::Result<Sha256> {
    let mut file = File::open(path)?;
    let mut digest = <sha2::Sha256 as sha2::Digest>::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(Sha256(sha2::Digest::finalize(digest).into())),
            length => sha2::Digest::update(&mut digest, &buffer[..length]),
        }
    }
}

/// Bytes of all files below a folder.
pub(crate) fn size_below(folder: &Path) -> u64 {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter_map(|entry| entry.metadata().ok())
        .filter(fs::Metadata::is_file)
        .map(|metadata| metadata.len())
        .sum()
}
