//! Dates in the addresses of pages.

use chrono::NaiveDate;

use super::calendar::Calendar;
use super::months::month_by_name;
use crate::article::When;

/// The date at the start of a path segment of an address, such as `/2022/11/17/`,
/// `/2022-11-17-slug`, `/20221117/` or `/2022/nov/17/`; `/2022/11/` gives the month.
pub fn date_in_url(url: &str) -> Option<When> {
    let path = url.split(['?', '#']).next()?;
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    // The first segment is the host, unless the address is a mere path.
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let days = (0..segments.len()).find_map(|at| day_in_segments(&segments[at..]));
    days.map(When::Day).or_else(|| {
        segments.windows(3).find_map(|three| {
            let year = exact_number(three[0], 4)?;
            let month = exact_number(three[1], 2)?;
            day(year, month, 1).map(When::Month)
        })
    })
}

/// The day that begins in the first of `segments`.
fn day_in_segments(segments: &[&str]) -> Option<NaiveDate> {
    let first = *segments.first()?;
    if let Some(year) = exact_number(first, 4) {
        let second = *segments.get(1)?;
        if let (Some(month), Some(third)) = (month_in(second), segments.get(2)) {
            return day(year, month, leading_number(third, 2)?);
        }
        // `/2019/1120/`, usual in China.
        let both = exact_number(second, 4)?;
        return day(year, both / 100, both % 100);
    }
    if let Some(compact) = leading_number(first, 8) {
        return day(compact / 10_000, compact / 100 % 100, compact % 100);
    }
    // `/2019-11-20-slug`, `/2019_11_20`, and `/2019-11/20/`.
    let year = leading_number(first, 4)?;
    let rest = first.get(4..)?.strip_prefix(['-', '_'])?;
    let month = leading_number(rest, 2)?;
    match rest.get(2..)?.strip_prefix(['-', '_']) {
        Some(rest) => day(year, month, leading_number(rest, 2)?),
        None if rest.len() == 2 => day(year, month, leading_number(segments.get(1)?, 2)?),
        None => None,
    }
}

fn month_in(segment: &str) -> Option<u32> {
    if segment.len() <= 2 {
        leading_number(segment, 2)
    } else {
        month_by_name(segment, None).map(|month| month.number)
    }
}

/// The number that `text` is, if it has exactly `digits` digits and nothing else.
fn exact_number(text: &str, digits: usize) -> Option<u32> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// The number that `text` starts with: exactly `digits` digits (of two, one may lack) and then no
/// digit or letter.
fn leading_number(text: &str, digits: usize) -> Option<u32> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let fits = length == digits || (digits == 2 && length == 1);
    let ends = !text[length..].starts_with(char::is_alphanumeric);
    (fits && ends).then(|| text[..length].parse().ok())?
}

fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    Calendar::Gregorian.day(year, month, day)
}
