//! How the memory of the process is shared out between the stages.
//!
//! What a stage may hold is bounded by a share of the whole, so that the whole is a ceiling: the
//! engine's unwritten segments, the articles that wait between stages, and the pages that are being
//! taken apart. The shares do not depend on the number of threads, nor does the largest article:
//! the same archive gives the same index on any machine.

use crate::article::ArticleWarning;
use crate::source::{Content, Media, RawDocument};

/// What the program takes before it does anything: its tables of names and words, its stacks, the
/// engine's readers and one merge. Measured: 70 to 90 MiB.
const BASE: u64 = 112 << 20;

/// Memory for each byte of a page while it is taken apart: the text itself several times over, and
/// what is found in it. Measured on pages and texts of 1 to 16 MB: 8 to 15 times.
const PER_BYTE: u64 = 12;

/// Memory for each tag: the nodes of the tree, and what the candidates for the main text hold of
/// them. Measured on a page of nothing but tags: 260 bytes.
const PER_TAG: u64 = 320;

/// The engine asks for so much for each of its threads.
const ENGINE_THREAD: u64 = 15_000_000;

/// The least that an indexing run can do with.
pub const LEAST_MEMORY: u64 = 256 << 20;

/// What each stage may hold, in bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Shares {
    /// Segments of the engine that are not yet written.
    pub(super) engine: u64,
    /// Pages that are being taken apart.
    pub(super) cleaning: u64,
    /// Articles that wait between stages.
    pub(super) waiting: u64,
}

impl Shares {
    /// The shares of `total` bytes.
    pub(super) fn of(total: u64) -> Self {
        let free = total.max(LEAST_MEMORY) - BASE;
        Self { engine: free / 2, cleaning: free / 4, waiting: free / 8 }
    }

    /// The largest article that can be taken apart, in bytes.
    pub(super) fn largest_article(&self) -> u64 {
        self.cleaning / PER_BYTE
    }

    /// Memory for taking a document apart. Of a document that would take more than there is, the
    /// end is cut off, and it is marked; so the largest has all there is to itself.
    pub(super) fn fit(&self, raw: &mut RawDocument) -> u64 {
        let needed = to_take_apart(raw);
        if needed <= self.cleaning {
            return needed;
        }
        let share = u128::from(self.cleaning);
        let kept = raw.content.len() as u128 * share / u128::from(needed);
        let kept = usize::try_from(kept).unwrap_or(usize::MAX);
        match &mut raw.content {
            Content::Encoded(bytes) => bytes.truncate(kept),
            Content::Decoded(text) | Content::Record(text) => {
                text.truncate(text.floor_char_boundary(kept));
            }
        }
        raw.warnings.push(ArticleWarning::Truncated);
        self.cleaning
    }

    /// How many of `threads` the engine can have, and the bytes for each.
    pub(super) fn engine_threads(&self, threads: usize) -> (usize, usize) {
        let affordable = usize::try_from(self.engine / ENGINE_THREAD).unwrap_or(usize::MAX);
        let threads = threads.min(affordable).max(1);
        (threads, usize::try_from(self.engine).unwrap_or(usize::MAX) / threads)
    }
}

fn to_take_apart(raw: &RawDocument) -> u64 {
    let bytes = raw.content.as_bytes();
    let tags = match raw.media {
        Media::Html => memchr::memchr_iter(b'<', bytes).count() as u64,
        Media::Text => 0,
    };
    bytes.len() as u64 * PER_BYTE + tags * PER_TAG
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Locator, Sha256};
    use crate::source::Declared;

    fn page(text: String) -> RawDocument {
        let (source, member) = ("a.html".to_owned(), String::new());
        let sha256 = Sha256::of(b"");
        RawDocument {
            locator: Locator { source, member, record: 0, offset: 0, sha256, modified: None },
            source_id: None,
            media: Media::Html,
            content: Content::Decoded(text),
            charset: None,
            declared: Declared::default(),
            warnings: Vec::new(),
        }
    }

    #[test]
    fn a_page_that_takes_too_much_memory_is_cut_and_marked() {
        let shares = Shares::of(LEAST_MEMORY);
        let mut small = page("<p>Polls open.".into());
        assert_eq!(shares.fit(&mut small), 14 * PER_BYTE + PER_TAG);
        assert_eq!(small.warnings, []);
        let mut large = page("<b>ж</b>".repeat(1 << 18));
        assert_eq!(shares.fit(&mut large), shares.cleaning);
        assert_eq!(large.warnings, [ArticleWarning::Truncated]);
        // The cut may leave one tag more than its share.
        assert!(to_take_apart(&large) <= shares.cleaning + PER_TAG);
    }

    #[test]
    fn the_shares_leave_room_for_what_cannot_be_shared() {
        for total in [0, LEAST_MEMORY, 1 << 30, 64 << 30] {
            let Shares { engine, cleaning, waiting } = Shares::of(total);
            assert!(engine + cleaning + waiting + BASE <= total.max(LEAST_MEMORY));
        }
    }

    #[test]
    fn the_engine_has_no_more_threads_than_it_has_memory_for() {
        assert_eq!(Shares::of(LEAST_MEMORY).engine_threads(8).0, 5);
        assert_eq!(Shares::of(1 << 30).engine_threads(8).0, 8);
    }
}
