//! Shows documents to the learner of templates.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::site_of;
use crate::article::ArticleId;
use crate::clean::{self, Learner};
use crate::source::{Content, Media, RawDocument};

/// Shows `raw` to `learner`, which may not want it.
pub fn observe(learner: &mut Learner, raw: &RawDocument) {
    let Some(site) = site_of(raw) else { return };
    let key = document_key(raw);
    if learner.wants(&site, key) {
        learner.observe(&site, key, &lines(raw));
    } else {
        learner.pass(&site);
    }
}

/// Whether what a site repeats can be learned from `raw`: a record that states its headline is an
/// article that someone has cut out of its page already.
pub fn can_learn_from(raw: &RawDocument) -> bool {
    raw.media == Media::Html || raw.declared.title.is_none()
}

/// The key by which a learner knows a document: the same for the same record of the same file.
pub fn document_key(raw: &RawDocument) -> u64 {
    ArticleId::new(&raw.locator.path(), raw.locator.record).0
}

/// The distinct lines of a document, as a [`Learner`] takes them. Never panics: of a document that
/// makes it fail nothing is learned.
pub fn lines(raw: &RawDocument) -> Vec<u64> {
    let lines = AssertUnwindSafe(|| {
        let text = match &raw.content {
            Content::Decoded(text) => clean::tidy(text.clone()),
            Content::Encoded(bytes) => clean::decode(bytes, raw.media, raw.charset).text,
        };
        match raw.media {
            Media::Html => clean::html_lines(&text),
            Media::Text => clean::text_lines(&text),
        }
    });
    catch_unwind(lines).unwrap_or_default()
}
