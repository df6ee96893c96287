//! Shows documents to the learner of templates.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::site_of;
use crate::article::ArticleId;
use crate::clean::{self, Learner};
use crate::source::{Content, Media, RawDocument};

/// Fingerprints of lines that are held at most while learning, eight bytes each: 32 MB.
pub const MOST_LINES: usize = 4 << 20;

/// What a learner sees of a document.
#[derive(Debug)]
pub struct Sample {
    /// The site that it is of.
    pub site: String,
    /// Its key, the same for the same record of the same file.
    pub key: u64,
    /// The fingerprints of its distinct lines; `None` where the learner does not want them.
    pub lines: Option<Vec<u64>>,
}

impl Sample {
    /// What can be learned from `raw`, without its lines; `None` where nothing can.
    pub fn of(raw: &RawDocument) -> Option<Self> {
        let site = site_of(raw).filter(|_| can_learn_from(raw))?;
        let key = ArticleId::new(&raw.locator.path(), raw.locator.record).0;
        Some(Self { site, key, lines: None })
    }

    /// Shows it to `learner`.
    pub fn show_to(&self, learner: &mut Learner) {
        match &self.lines {
            Some(lines) => learner.observe(&self.site, self.key, lines),
            None => learner.pass(&self.site),
        }
    }
}

/// Whether what a site repeats can be learned from `raw`: a record that states its headline is an
/// article that someone has cut out of its page already.
pub fn can_learn_from(raw: &RawDocument) -> bool {
    let is_made = matches!(raw.content, Content::Record(_));
    !is_made && (raw.media == Media::Html || raw.declared.title.is_none())
}

/// The distinct lines of a document, as a [`Learner`] takes them. Never panics: of a document that
/// makes it fail nothing is learned.
pub fn lines(raw: &RawDocument) -> Vec<u64> {
    let lines = AssertUnwindSafe(|| {
        let text = match &raw.content {
            Content::Decoded(text) | Content::Record(text) => clean::tidy(text.clone()),
            Content::Encoded(bytes) => clean::decode(bytes, raw.media, raw.charset).text,
        };
        match raw.media {
            Media::Html => clean::html_lines(&text),
            Media::Text => clean::text_lines(&text),
        }
    });
    catch_unwind(lines).unwrap_or_default()
}
