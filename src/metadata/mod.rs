//! What is known of an article beside its text: title, date, language, publisher.
//!
//! A page is walked once (`harvest`); each rule then chooses from what was gathered, so that the
//! rules can be read, tested and deepened one by one: `title`, `published`, `page`.

mod author;
mod date;
mod harvest;
mod identity;
mod json_ld;
mod language;
mod page;
mod places;
mod published;
mod publisher;
mod title;
mod wire;

pub(crate) use date::{Conventions, DayOrder};
pub use date::{date_in_url, parse_date};
pub use identity::url_identity;
pub(crate) use identity::{host, whole_host};
pub(crate) use language::script_by_code;
pub use language::{WrittenIn, written_in};
pub use page::{PageFacts, page_facts};
pub(crate) use published::{Circumstances, ClueKind, Dating, date as choose_date};
pub use published::{Clue, Clues};
pub use publisher::publisher_of_host;
pub use title::title_from_first_sentence;
pub(crate) use wire::agency_by_name;
pub use wire::wire_credit;

pub(crate) use crate::text::one_line;

/// The words of `text`, folded, for telling if two headlines are the same.
pub(crate) fn folded_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
