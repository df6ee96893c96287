//! Making an index cold.

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::Command;

/// Has the system drop the files below a folder from its page cache, which it does where no
/// process has them open. The share of them that it keeps, if util-linux's `fincore` is there to
/// say.
#[cfg(target_os = "linux")]
pub(crate) fn drop_from_cache(folder: &Path) -> io::Result<Option<f64>> {
    use rustix::fs::{Advice, fadvise};
    let mut fincore = Command::new("fincore");
    fincore.args(["--bytes", "--noheadings", "--output", "RES,SIZE", "--"]);
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            fadvise(&File::open(entry.path())?, 0, None, Advice::DontNeed)?;
            fincore.arg(entry.path());
        }
    }
    Ok(fincore.output().ok().map(|output| share(&String::from_utf8_lossy(&output.stdout))))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn drop_from_cache(_folder: &Path) -> io::Result<Option<f64>> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The sum of the first column as a share of that of the second.
fn share(lines: &str) -> f64 {
    let mut sums = [0.0, 0.0];
    for line in lines.lines() {
        let numbers = line.split_whitespace().filter_map(|it| it.parse::<f64>().ok());
        sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
    }
    sums[0] / sums[1]
}
