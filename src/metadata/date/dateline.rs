//! The dateline at the head of a text.

use super::{Conventions, LONGEST, Written, days_in, read};
use crate::article::When;

/// The date in the dateline at the head of `body`: a first line that is a date and nothing else
/// ("Friday, January 4, 2019"), or a place and a date before a dash or an agency in brackets
/// ("KYIV, Nov. 18, 2022 (Reuters) - ...").
pub(crate) fn dateline(body: &str, conventions: Conventions<'_>) -> Option<Written> {
    let first = body.trim_start().lines().next()?.trim_end();
    match first.char_indices().nth(100) {
        Some((at, _)) => date_before_dash(&first[..at], conventions),
        None => date_line(first, conventions).or_else(|| date_before_dash(first, conventions)),
    }
}

/// The day in `line`, if the line is a date with at most a weekday and a label beside it.
fn date_line(line: &str, conventions: Conventions<'_>) -> Option<Written> {
    let words = line.split_whitespace().count();
    let starts_ok = line.starts_with(|c: char| c.is_alphanumeric());
    let ends_sentence = line.ends_with(['.', '!', '?']) && !line.ends_with(" г.");
    if words > 8 || !starts_ok || ends_sentence || line.len() > LONGEST {
        return None;
    }
    read(line, conventions).filter(|date| match date {
        Written::When(when) => matches!(when, When::Day(_) | When::Second(..)),
        Written::Either(..) => true,
        Written::Yearless { .. } | Written::Ago(_) => false,
    })
}

/// The day before the first dash or bracket that has one before it.
fn date_before_dash(head: &str, conventions: Conventions<'_>) -> Option<Written> {
    // In capitals, as agencies print it: "On Friday, 18 November 2022 (a holiday)" is no dateline.
    let place = head.split(|c: char| !c.is_alphabetic()).next()?;
    if place.chars().nth(1).is_none() || !place.chars().all(char::is_uppercase) {
        return None;
    }
    let dashes = head.char_indices().filter(|(_, c)| matches!(c, '-' | '–' | '—' | '('));
    let mut parts = dashes.map(|(at, _)| &head[..at]).take_while(|part| part.len() <= 80);
    parts.find_map(|part| days_in(part, conventions).into_iter().next().map(|(date, _)| date))
}
