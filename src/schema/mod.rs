//! What the engine keeps of an article: its fields, and how an article becomes a document.
//!
//! # The fields
//!
//! | field | indexed | column | holds |
//! |---|---|---|---|
//! | `id` | yes | yes | [`crate::article::ArticleId`] as a number |
//! | `source` | yes | | hash of the file's path: a vanished file is one delete |
//! | `number` | | yes | how many documents were written before this one: by it copies are known |
//! | `text` | positions | | stems of title and body, in that order, [`BODY_GAP`] positions apart |
//! | `text_word` | positions | | the same words folded, not stemmed |
//! | `marks` | positions | | where sentences and paragraphs of `text` begin, and which words have capitals ([`marks`]) |
//! | `title`, `title_word` | positions | | the title alone, likewise |
//! | `tag`, `publisher`, `author` | yes | yes | as the source spells them |
//! | `wire` | yes | yes | the news agency that the story is credited to |
//! | `about`, `countries` | yes | yes | ISO codes |
//! | `person`, `org`, `place` | yes | yes | the fullest form of each name |
//! | `person_name`, `org_name`, `place_name` | positions | | every form |
//! | `person_form`, `org_form`, `place_form` | yes | | every form as a whole |
//! | `lang`, `date_source`, `url`, `path` | yes | some | as they are |
//! | `identity` | yes | | hash of the address of an article, the same for all its texts |
//! | `seen`, `first_seen` | | yes | when this text, and the first of the article, was fetched; seconds since 1970 |
//! | `published`, `published_last` | | yes | first and last second covered by the date, as on the publisher's clock |
//! | `order` | | yes | `published`, or less than any date: the articles of a segment lie by it, newest first ([`order`]) |
//! | `date_confidence` | | yes | how sure the date is, in percent |
//! | `length` | | yes | how many words the body has |
//! | `article` | | | the [`crate::record::ArticleRecord`] as JSON |
//!
//! Title and body share one field because most questions ask for words of either: one posting
//! list a word instead of two keeps a conjunction flat, which measured three times as fast as a
//! union of two fields for each word. Words of the title are recorded three times there and those
//! of the lead twice, each at its one position, so that frequency and length are weighted by the
//! parts of the article; the title's own field serves questions about titles.
//!
//! Marks are terms at the positions of the words they tell of, in a field of its own: there they
//! count in no length and no frequency, stand in the way of no pattern, and serve both layers. The
//! title begins at 0, the body with the first paragraph. Small letters go without a mark, so that
//! exact case costs a few bits for each word with a capital.
//!
//! The two layers are fields of their own, so that lengths and frequencies in each are those of
//! words, and wildcards, spelling and word lists look into a dictionary of real words.

mod bits;
mod document;
mod fields;
mod order;
mod segments;
mod stored;
mod token_text;

use tantivy::tokenizer::TokenizerManager;

use crate::analysis::ANALYSIS_VERSION;

pub(crate) use bits::{BitDocs, DocBits};
pub(crate) use document::{
    Documents, first_second, identity, identity_of, last_second, published, source_key, url_key,
    url_term,
};
pub(crate) use fields::Fields;
pub(crate) use order::{ByDate, order_of, sort_order};
pub(crate) use segments::{Numbers, OpenSegments, Times};
pub(crate) use stored::StoredArticle;
use token_text::{
    Fold, TOKEN_TEXT, TokenText, TokenTextTokenizer, WHOLE_NAME, WHOLE_VALUE, WholeTokenizer,
};

/// Positions left free between title and body, so that no phrase spans the two.
pub(crate) const BODY_GAP: u32 = 64;

/// The terms of the field of marks.
pub(crate) mod marks {
    /// At the first word of each sentence that does not begin the title or a paragraph.
    pub(crate) const SENTENCE: &str = "s";

    /// At the first word of each paragraph of the body.
    pub(crate) const PARAGRAPH: &str = "p";

    /// At each word with capitals and small letters.
    pub(crate) const SOME_CAPITALS: &str = "c";

    /// At each word with capitals alone.
    pub(crate) const ALL_CAPITALS: &str = "a";
}

/// Positions left free between two forms of a name, for the same reason.
const FORM_GAP: u32 = 8;

/// The version of the fields and what stands in them.
const SCHEMA_VERSION: u32 = 9;

/// Identifies what an index holds and how its text was cut; an index with another fingerprint
/// must be built anew.
pub(crate) fn fingerprint() -> String {
    format!(
        "schema-{SCHEMA_VERSION}.analysis-{ANALYSIS_VERSION}.{}",
        env!("CARGO_PKG_VERSION_MAJOR")
    )
}

/// The tokenizers that the fields name; the engine does not store them with an index.
pub(crate) fn tokenizers() -> TokenizerManager {
    // The engine asks for its own default even for fields without text.
    let manager = TokenizerManager::default();
    manager.register(TOKEN_TEXT, TokenTextTokenizer::default());
    manager.register(WHOLE_VALUE, WholeTokenizer::new(Fold::Value));
    manager.register(WHOLE_NAME, WholeTokenizer::new(Fold::Name));
    manager
}
