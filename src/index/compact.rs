//! Brings an index into its smallest form: one segment, nothing deleted in it, one manifest file.

use std::path::Path;

use super::layout::Layout;
use super::memory::Shares;
use super::writer::Writer;
use crate::error::Error;
use crate::fs::size_below;

/// How much an index takes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Extent {
    /// Segments of the engine; each costs every search a little.
    pub segments: u64,
    /// Articles that stand.
    pub articles: u64,
    /// Articles that were replaced or removed and still take room.
    pub deleted: u64,
    /// Files of the manifest.
    pub manifest_files: u64,
    /// Bytes on the disk.
    pub bytes: u64,
}

impl Extent {
    /// Whether nothing can be made smaller.
    pub(super) fn is_least(&self) -> bool {
        self.segments <= 1 && self.deleted == 0 && self.manifest_files <= 1
    }
}

/// What compacting came to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CompactReport {
    /// Before.
    pub before: Extent,
    /// After; the same where nothing was to be done.
    pub after: Extent,
}

/// Merges all segments of the index in `folder` into one and writes its manifest as one file. Until
/// the one step at its end the index needs up to twice its room. Who reads it goes on reading.
pub fn compact(folder: &Path) -> Result<CompactReport, Error> {
    let header = Layout::new(folder).read_header()?;
    let header = header.ok_or_else(|| Error::NoIndex { path: folder.to_owned() })?;
    let data = Layout::new(folder).data(&header.data);
    let bytes = size_below(&data);
    let mut writer = Writer::open(folder, false, Shares::of(0), 1)?;
    let before = Extent { bytes, ..writer.extent()? };
    if !before.is_least() {
        writer.compact()?;
    }
    let after = writer.extent()?;
    writer.finish()?;
    Ok(CompactReport { before, after: Extent { bytes: size_below(&data), ..after } })
}
