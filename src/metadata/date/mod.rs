//! Dates as publishers write them.
//!
//! A text is cut into numbers, words and marks; a reader then looks for the shapes that dates have.
//! What a text leaves open (which of two numbers is the day, which year, how long before what) is
//! kept open in [`Written`] and settled by what is known of the page, or not at all: nothing is
//! guessed.

mod address;
mod calendar;
mod clock;
mod dateline;
mod months;
mod order;
mod reader;
mod relative;
mod token;

use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

pub use address::date_in_url;
pub(crate) use dateline::dateline;
pub(crate) use order::DayOrder;

use crate::article::When;
use reader::{Compact, Reader};

/// Longest text that is looked at, in bytes: a date, a weekday, a time and a label.
const LONGEST: usize = 160;

/// What stands before the civil date where Arabic pages print the Islamic one first.
const CIVIL_FOLLOWS: &str = "الموافق";

/// How the page that a date stands on writes dates.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Conventions<'a> {
    /// ISO 639 code of its language.
    pub(crate) language: Option<&'a str>,
    /// Whether the day or the month stands first.
    pub(crate) order: Option<DayOrder>,
}

/// A date as it is written, with what is left open still open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Written {
    /// All of it is said.
    When(When),
    /// `03/04/2022`: the day first, and the month first.
    Either(When, When),
    /// `Nov. 18`: a day of any year.
    Yearless { month: u32, day: u32 },
    /// `3 hours ago`.
    Ago(TimeDelta),
}

impl Written {
    /// The date that is meant; `captured` is when the page was saved, on UTC's clock. None where
    /// that is not known and the text counts from it, and where day and month may change places.
    pub(crate) fn settle(self, captured: Option<NaiveDateTime>) -> Option<When> {
        match self {
            Self::When(when) => Some(when),
            Self::Either(..) => None,
            Self::Yearless { month, day } => {
                // It may already be tomorrow at the publisher's place.
                let latest = captured?.date().succ_opt()?;
                (0..2)
                    .filter_map(|back| NaiveDate::from_ymd_opt(latest.year() - back, month, day))
                    .find(|day| *day <= latest)
                    .map(When::Day)
            }
            Self::Ago(ago) => Some(When::Day(captured?.checked_sub_signed(ago)?.date())),
        }
    }
}

/// The date in `text`, which is expected to hold one and little else.
///
/// ISO 8601, RFC 2822 and the usual written forms are read, in the languages of the table of months
/// and the digits of their scripts. `17.11.2022` is day, month, year. With `/` or `-` the order must
/// show from the numbers: `11/17/2022` is read, `03/04/2022` is not, as it is two different days on
/// the two sides of the Atlantic. A year or month alone counts only when nothing else is written.
pub fn parse_date(text: &str) -> Option<When> {
    match read(text, Conventions::default())? {
        Written::When(when) => Some(when),
        _ => None,
    }
}

/// The date in `text` as a page with these `conventions` writes it. A day that is fully written is
/// preferred to one that is not.
pub(crate) fn read(text: &str, conventions: Conventions<'_>) -> Option<Written> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    if let Some((_, civil)) = text.split_once(CIVIL_FOLLOWS)
        && let Some(date) = read(civil, conventions)
    {
        return Some(date);
    }
    let reader = Reader::new(text, conventions);
    let whole = reader.whole();
    match whole {
        Some(Written::When(_) | Written::Either(..)) => return whole,
        // There is no day either.
        None => return relative::ago(&reader).map(Written::Ago),
        Some(Written::Yearless { .. } | Written::Ago(_)) => {}
    }
    let mut days = reader.days(Compact::Read).map(|(date, _)| date);
    days.find(|date| matches!(date, Written::When(_) | Written::Either(..)))
        .or_else(|| relative::ago(&reader).map(Written::Ago))
        .or(whole)
}

/// All days written in a running `text`, with the bytes that each takes.
pub(crate) fn days_in(text: &str, conventions: Conventions<'_>) -> Vec<(Written, Range<usize>)> {
    let reader = Reader::new(text, conventions);
    let mut days: Vec<_> = reader.days(Compact::Ignored).collect();
    if days.iter().all(|(date, _)| matches!(date, Written::Yearless { .. }))
        && let Some(ago) = relative::ago(&reader)
    {
        days = vec![(Written::Ago(ago), 0..text.len())];
    }
    days
}

#[cfg(test)]
mod tests;
