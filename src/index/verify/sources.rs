//! Compares sources with what was read of them.

use std::io;

use super::examine::Examination;
use super::{Finding, Problem};
use crate::fs::sha256;
use crate::index::roots::disk_path;

/// Hashes every source; returns how many are as they were and notes the others.
pub(super) fn compare(examination: &mut Examination) -> u64 {
    let mut unchanged = 0;
    let mut findings = Vec::new();
    for (path, entry) in &examination.manifest {
        // What could not be read then has nothing to be compared with.
        let Some(expected) = entry.sha256.as_deref() else { continue };
        let digest = match disk_path(path, &examination.payload.roots) {
            Some(place) => sha256(&place),
            None => Err(io::ErrorKind::NotFound.into()),
        };
        let (problem, detail) = match digest {
            Ok(digest) if digest.to_string() == expected => {
                unchanged += 1;
                continue;
            }
            Ok(_) => (Problem::SourceChanged, "other bytes than those that were read".to_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                (Problem::SourceGone, "not where it was when it was read".to_owned())
            }
            Err(error) => (Problem::SourceUnreadable, error.to_string()),
        };
        findings.push(Finding::new(problem, path, detail));
    }
    examination.findings.append(&mut findings);
    unchanged
}
