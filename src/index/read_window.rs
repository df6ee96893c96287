//! Reads files of the engine piece by piece, where mapping them would take memory for all of them.
//!
//! A merge reads every byte of the segments that become one, in order, and the pages of a mapped
//! file count as memory of the process until the system takes them back, which it does only when it
//! has to. So postings, positions and stored articles, nine tenths of a segment, are read through a
//! window that grows while what is asked for follows on what was read before.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use tantivy::directory::{FileHandle, MmapDirectory, OwnedBytes};
use tantivy::{Directory, HasLen};

/// Bytes read at first, and where what is asked for does not follow on.
const LEAST: usize = 4 << 10;

/// Bytes read at most in advance.
const MOST: usize = 256 << 10;

/// A range longer than this is mapped for as long as it is in use: the engine copies the stored
/// articles of a whole segment at once.
const LONG: usize = 1 << 20;

/// A file that is read through a window.
#[derive(Debug)]
pub(super) struct ReadWindow {
    directory: MmapDirectory,
    path: PathBuf,
    file: File,
    len: usize,
    window: Mutex<Window>,
}

/// What was read last, and where it begins.
#[derive(Debug)]
struct Window {
    start: usize,
    bytes: OwnedBytes,
}

impl Window {
    fn end(&self) -> usize {
        self.start + self.bytes.len()
    }

    fn holds(&self, range: &Range<usize>) -> bool {
        self.start <= range.start && range.end <= self.end()
    }

    /// How much to read from `range.start` on: twice as much as before, where that follows on.
    fn next_size(&self, range: &Range<usize>) -> usize {
        let follows = (self.start..=self.end()).contains(&range.start) && !self.bytes.is_empty();
        if follows { (2 * self.bytes.len()).clamp(LEAST, MOST) } else { LEAST }
    }
}

impl ReadWindow {
    /// A window on `file`, which lies at `path` in `directory`.
    pub(super) fn new(directory: MmapDirectory, path: PathBuf, file: File) -> io::Result<Self> {
        let len = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        let window = Mutex::new(Window { start: 0, bytes: OwnedBytes::empty() });
        Ok(Self { directory, path, file, len, window })
    }

    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        read_at(&self.file, &mut bytes, range.start as u64)?;
        Ok(OwnedBytes::new(bytes))
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(not(unix))]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    use std::io::{Read as _, Seek as _, SeekFrom};
    // The window's lock is held, so nothing else moves the place in the file.
    let mut file = file;
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(bytes)
}

impl HasLen for ReadWindow {
    fn len(&self) -> usize {
        self.len
    }
}

impl FileHandle for ReadWindow {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.end > self.len || range.start > range.end {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "beyond the end of the file"));
        }
        if range.len() > LONG {
            let mapped = self.directory.get_file_handle(&self.path);
            return mapped.map_err(io::Error::other)?.read_bytes(range);
        }
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        if !window.holds(&range) {
            let end = range.start + window.next_size(&range).max(range.len());
            let start = range.start;
            let bytes = self.read(start..end.min(self.len))?;
            *window = Window { start, bytes };
        }
        Ok(window.bytes.slice(range.start - window.start..range.end - window.start))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LENGTH: usize = 3 << 20;

    fn content() -> Vec<u8> {
        (0..LENGTH).map(|at| (at / 7 + at % 251).to_le_bytes()[0]).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(50))]

        #[test]
        fn every_range_is_what_the_file_holds(
            ranges in prop::collection::vec((0..LENGTH, 0..2 * LONG), 1..50),
            step in 1..20_000_usize,
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            std::fs::write(folder.path().join("a.idx"), content()).expect("written");
            let file = File::open(folder.path().join("a.idx")).expect("there");
            let directory = MmapDirectory::open(folder.path()).expect("a folder");
            let window = ReadWindow::new(directory, "a.idx".into(), file).expect("a file");
            let content = content();
            let random = ranges.into_iter().map(|(start, length)| start..(start + length).min(LENGTH));
            let in_order = (0..200).map(|at| at * step..(at + 1) * step);
            for range in random.chain(in_order.filter(|range| range.end <= LENGTH)) {
                let read = window.read_bytes(range.clone()).expect("readable");
                prop_assert_eq!(read.as_slice(), &content[range]);
            }
        }
    }

    #[test]
    fn a_range_beyond_the_end_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.idx"), "abc").expect("written");
        let file = File::open(folder.path().join("a.idx")).expect("there");
        let directory = MmapDirectory::open(folder.path()).expect("a folder");
        let window = ReadWindow::new(directory, "a.idx".into(), file).expect("a file");
        assert!(window.read_bytes(1..4).is_err());
        assert_eq!(window.read_bytes(3..3).expect("empty").len(), 0);
        assert_eq!(window.len(), 3);
    }
}
