//! Whether an index is sound, and what is done where it is not.
//!
//! The engine's files have checksums, manifest files have digests that the commit carries, and
//! articles, their columns and the counts in the manifest say the same thing several times. All
//! of that is compared. What is unsound is put right by reading the sources concerned again.

mod examine;
mod repair;
mod segment;
mod sources;

use std::path::Path;

pub use repair::repair;

use super::layout::Layout;
use crate::article::named_enum;
use crate::error::Error;
use examine::Examination;

named_enum! {
    /// What is wrong with an index or differs from its sources.
    Problem {
        /// The header or the list of segments cannot be read, and with it nothing else.
        Head = "head",
        /// A file of the engine is damaged or missing.
        Segment = "segment",
        /// A file of the manifest is damaged or missing.
        Manifest = "manifest",
        /// What is stored of an article and what is found by disagree.
        Article = "article",
        /// A file that says which articles are copies is damaged or missing.
        Families = "families",
        /// Two articles with one id.
        Duplicate = "duplicate",
        /// A source has more or fewer articles than were made of it.
        Count = "count",
        /// Articles of a source that the manifest does not know.
        Stray = "stray",
        /// The source has other bytes than those that were read.
        SourceChanged = "source-changed",
        /// The source is not where it was.
        SourceGone = "source-gone",
        /// The source cannot be read now.
        SourceUnreadable = "source-unreadable",
    }
}

impl Problem {
    /// Whether the index itself is damaged; else a source is not as it was.
    pub fn is_damage(self) -> bool {
        !matches!(self, Self::SourceChanged | Self::SourceGone | Self::SourceUnreadable)
    }

    /// How to get back to a sound index that agrees with its sources.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Head => "`dateline index --rebuild` with the folders that were indexed",
            Self::SourceChanged => "`dateline index --verify` reads it again",
            Self::SourceGone => "`dateline index` on its folder removes its articles",
            Self::SourceUnreadable => "see whether its disk is mounted and you may read it",
            Self::Families => {
                "`dateline verify --repair`, then `dateline index`: they are found anew"
            }
            _ => "`dateline verify --repair`, then `dateline index` with the same folders",
        }
    }
}

/// One thing that is not as it should be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// What kind of thing it is.
    pub problem: Problem,
    /// The file, source or article.
    pub place: String,
    /// What exactly is wrong: one line, lower case, no final period.
    pub detail: String,
}

impl Finding {
    fn new(problem: Problem, place: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { problem, place: place.into(), detail: detail.into() }
    }
}

/// Whether the sources are compared too.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Sources {
    /// Only the index is looked at.
    #[default]
    Ignored,
    /// Each source that is there is read and its digest compared.
    Hashed,
}

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verification {
    /// The generation of the index.
    pub generation: u64,
    /// Segments of the engine.
    pub segments: u64,
    /// Articles in them that could be looked at.
    pub articles: u64,
    /// Sources in the manifest.
    pub sources: u64,
    /// Of those that were compared, the ones that are as they were; `None` where none was.
    pub sources_unchanged: Option<u64>,
    /// Everything that is not as it should be.
    pub findings: Vec<Finding>,
    /// What was put right; `None` where nothing was to be.
    pub repaired: Option<Repaired>,
}

/// What a repair did.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Repaired {
    /// Segments that were dropped.
    pub segments_dropped: u64,
    /// Sources that the next indexing run reads again.
    pub sources_to_read: u64,
}

impl Verification {
    /// Whether the index is sound, whatever became of its sources.
    pub fn is_sound(&self) -> bool {
        !self.findings.iter().any(|finding| finding.problem.is_damage())
    }
}

/// Looks whether the index in `folder` is sound. Neither waits for a writer nor writes.
pub fn verify(folder: &Path, sources: Sources) -> Result<Verification, Error> {
    let layout = Layout::new(folder);
    let mut examination = Examination::of(&layout)?;
    let mut tries = 0;
    // A commit meanwhile removes files of the generation that is looked at.
    while !examination.is_sound() && examination.is_outdated(&layout) && tries < 3 {
        examination = Examination::of(&layout)?;
        tries += 1;
    }
    let unchanged = (sources == Sources::Hashed).then(|| sources::compare(&mut examination));
    Ok(Verification { sources_unchanged: unchanged, ..examination.into_verification() })
}
