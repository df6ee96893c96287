//! Dates as publishers write them.

use crate::article::When;

/// The date in `text`, which is expected to hold one and little else.
pub fn parse_date(_text: &str) -> Option<When> {
    None
}

/// The date at the start of a path segment of an address.
pub fn date_in_url(_url: &str) -> Option<When> {
    None
}

/// The date in the dateline at the head of a text.
pub fn date_in_dateline(_body: &str) -> Option<When> {
    None
}
