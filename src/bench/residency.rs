//! Which bytes of an index are in the page cache, and taking them out of it.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Has the system drop all files below a folder from its page cache. It keeps pages that any process
/// has mapped, so nobody may have the index open.
#[cfg(target_os = "linux")]
pub(super) fn drop_from_cache(folder: &Path) -> io::Result<()> {
    use rustix::fs::{Advice, fadvise};
    for path in files(folder)? {
        let file = File::open(path)?;
        // What is not yet on the disk stays in the cache.
        file.sync_data()?;
        fadvise(&file, 0, None, Advice::DontNeed)?;
    }
    Ok(())
}

/// Has the system drop all files below a folder from its page cache: Linux alone can.
#[cfg(not(target_os = "linux"))]
pub(super) fn drop_from_cache(_folder: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Bytes of the files below a folder that are in the page cache, and of all; `None` where util-linux's
/// `fincore` is not there to ask.
pub(super) fn resident(folder: &Path) -> Option<[u64; 2]> {
    let mut fincore = Command::new("fincore");
    fincore.args(["--bytes", "--noheadings", "--output", "RES,SIZE", "--"]);
    let output = fincore.args(files(folder).ok()?).output().ok()?;
    output.status.success().then(|| sum(&String::from_utf8_lossy(&output.stdout)))
}

/// Adds up lines of two numbers, the first of them as far as the second: pages in memory are whole,
/// files need not be.
fn sum(lines: &str) -> [u64; 2] {
    let mut sums = [0; 2];
    for line in lines.lines() {
        let mut numbers = line.split_whitespace().filter_map(|it| it.parse::<u64>().ok());
        let (Some(resident), Some(size)) = (numbers.next(), numbers.next()) else { continue };
        sums[0] += resident.min(size);
        sums[1] += size;
    }
    sums
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_added_up() {
        assert_eq!(sum(" 4096 9000\n    0   12\n 4096 100\n"), [4196, 9112]);
        assert_eq!(sum("nothing 5\n"), [0, 0]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_can_be_dropped_from_the_cache() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        std::fs::File::create(&path).and_then(|file| file.set_len(10_000)).expect("written");
        drop_from_cache(folder.path()).expect("dropped");
        if let Some([resident, all]) = resident(folder.path()) {
            assert!(resident <= 12_288 && all == 10_000, "{resident} of {all}");
        }
        assert!(drop_from_cache(&folder.path().join("nothing")).is_err());
    }
}
