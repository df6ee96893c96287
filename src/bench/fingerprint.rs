//! What figures depend on.

use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::report::{Fingerprint, IndexFacts, Machine};
use super::task::Task;
use crate::error::Error;
use crate::index::{ArchiveReader, engine_version};

/// What is known of an index.
pub(super) fn index_facts(folder: &Path) -> Result<IndexFacts, Error> {
    let archive = ArchiveReader::open(folder)?;
    let extent = archive.extent();
    Ok(IndexFacts {
        articles: extent.articles,
        segments: usize::try_from(extent.segments).unwrap_or(usize::MAX),
        deleted: extent.deleted,
        bytes: extent.bytes,
        generation: archive.generation(),
        content: format!("{:016x}", archive.content()?),
    })
}

/// What the figures of this build depend on. `begun` is when the run did, RFC 3339 in UTC.
pub(super) fn fingerprint(
    index: IndexFacts,
    machine: Machine,
    tasks: &[Task],
    begun: String,
) -> Fingerprint {
    Fingerprint {
        dateline: version(),
        engine: engine_version(),
        build: build(),
        machine,
        index,
        queries: format!("{:016x}", queries(tasks)),
        begun,
    }
}

/// A digest of the questions in their order, what is asked of each, and their classes.
fn queries(tasks: &[Task]) -> u64 {
    let mut digest = Xxh3::new();
    for task in tasks {
        for part in [&task.class, &task.query, &task.ask.to_string()] {
            digest.update(&(part.len() as u64).to_le_bytes());
            digest.update(part.as_bytes());
        }
    }
    digest.digest()
}

/// The version, with the commit where whoever built it has set `DATELINE_COMMIT`.
fn version() -> String {
    let version = env!("CARGO_PKG_VERSION");
    option_env!("DATELINE_COMMIT").map_or(version.into(), |commit| format!("{version} ({commit})"))
}

/// The compiler as far as it is known, the target and what of it is used, and the profile.
fn build() -> String {
    let compiler = option_env!("RUSTUP_TOOLCHAIN").unwrap_or("rustc unknown");
    let (architecture, system) = (std::env::consts::ARCH, std::env::consts::OS);
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    let mut build = format!("{compiler}, {architecture}-{system}, {profile}");
    let features = [
        ("sse4.2", cfg!(target_feature = "sse4.2")),
        ("avx2", cfg!(target_feature = "avx2")),
        ("avx512f", cfg!(target_feature = "avx512f")),
        ("neon", cfg!(target_feature = "neon")),
    ];
    for (name, _) in features.iter().filter(|(_, is_used)| *is_used) {
        build.push_str(", ");
        build.push_str(name);
    }
    build
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::task::Ask;

    fn task(class: &str, query: &str, ask: Ask) -> Task {
        Task { class: class.into(), query: query.into(), ask, at: None }
    }

    #[test]
    fn questions_have_a_digest_of_all_that_is_asked() {
        let one = [task("a", "b", Ask::Count)];
        assert_eq!(queries(&one), queries(&one.clone()));
        let others = [
            vec![],
            vec![task("ab", "", Ask::Count)],
            vec![task("a", "c", Ask::Count)],
            vec![task("a", "b", Ask::Timeline(crate::search::Bucket::Year))],
        ];
        for other in others {
            assert_ne!(queries(&one), queries(&other), "{other:?}");
        }
    }
}
