//! What is known of an article beside its text: title, date, language, publisher.

mod date;
mod language;
mod page;
mod title;

pub use date::{date_in_dateline, date_in_url, parse_date};
pub use language::detect_language;
pub use page::{PageFacts, page_facts};
pub use title::title_from_first_sentence;
