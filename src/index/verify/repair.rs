//! Puts right what is unsound, in one step: a new generation without the segments that cannot be
//! used, and with a manifest by which the next indexing run reads again what they held.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::examine::Examination;
use super::{Problem, Repaired, Verification};
use crate::error::Error;
use crate::fs::write_whole;
use crate::index::disk::META;
use crate::index::families;
use crate::index::layout::{Layout, Payload};
use crate::index::manifest;
use crate::schema::source_key;

/// Looks whether the index in `folder` is sound and puts right what is not. An index whose head
/// is lost cannot be put right.
pub fn repair(folder: &Path) -> Result<Verification, Error> {
    let layout = Layout::new(folder);
    if layout.read_header().is_ok_and(|header| header.is_none()) {
        return Err(Error::NoIndex { path: folder.to_owned() });
    }
    let _lock = layout.lock()?;
    let mut examination = Examination::of(&layout)?;
    let is_lost = examination.findings.iter().any(|finding| finding.problem == Problem::Head);
    let repaired = if examination.is_sound() || is_lost {
        None
    } else {
        Some(put_right(&layout, &mut examination)?)
    };
    Ok(Verification { repaired, ..examination.into_verification() })
}

fn put_right(layout: &Layout, examination: &mut Examination) -> Result<Repaired, Error> {
    let Some(mut metas) = examination.metas.clone() else { return Ok(Repaired::default()) };
    let unsound = &examination.unsound;
    metas.segments.retain(|segment| !unsound.contains(&segment.id()));
    let to_read = distrust(examination);
    let generation = examination.payload.generation + 1;
    let name = format!("manifest-{generation}.jsonl");
    let entries = examination.manifest.iter().map(|(path, entry)| (path, Some(entry)));
    let sites = examination.sites.iter().map(|(name, site)| (name, Some(site)));
    let path = layout.data(&examination.data).join(&name);
    let digest = manifest::write(&path, entries, sites)?;
    let payload = Payload {
        generation,
        manifest: vec![name.clone()],
        digests: BTreeMap::from([(name, digest)]),
        ..examination.payload.clone()
    };
    // Strings and numbers always have a JSON form.
    metas.payload = Some(serde_json::to_string(&payload).unwrap_or_default());
    write_whole(&layout.segments(&examination.data).join(META), |file| {
        serde_json::to_writer_pretty(&mut *file, &metas)?;
        file.write_all(b"\n")
    })?;
    if examination.findings.iter().any(|finding| finding.problem == Problem::Families) {
        let data = layout.data(&examination.data);
        families::forget(&data).map_err(Error::writing(&data))?;
    }
    examination.payload = payload;
    let segments_dropped = examination.unsound.len() as u64;
    Ok(Repaired { segments_dropped, sources_to_read: to_read })
}

/// Marks the entries of which something is wrong, so that their files are read again, and makes
/// their counts true. Returns how many there are. What is there of their articles stays until
/// then, and for good where the file is gone.
fn distrust(examination: &mut Examination) -> u64 {
    let faulty: BTreeSet<_> = std::mem::take(&mut examination.faulty);
    let mut distrusted = 0;
    for (path, entry) in &mut examination.manifest {
        let count = examination.counts.get(&source_key(path)).copied().unwrap_or_default();
        // An older text in another file may be the newest that is left.
        if faulty.contains(path) || !entry.superseded_by.is_disjoint(&faulty) {
            entry.distrust();
            entry.articles = count;
            distrusted += 1;
        }
    }
    distrusted
}
