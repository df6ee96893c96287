//! Dates as publishers write them.
//!
//! A text is cut into numbers, words and marks; [`Reader`] then looks for the shapes that dates
//! have. A date is reported as exactly as it is written, on the publisher's own clock, and never
//! guessed: where day and month could change places there is no date.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

use super::months::month_by_name;
use crate::article::When;

/// Years that are believed; others are defaults (`0001-01-01`), page numbers and prices.
const YEARS: std::ops::RangeInclusive<u32> = 1800..=2100;

/// Longest text that [`parse_date`] looks at, in bytes: a date, a weekday, a time and a label.
const LONGEST: usize = 160;

/// The date in `text`, which is expected to hold one and little else.
///
/// ISO 8601, RFC 2822 and the usual written forms are read, with month names in eleven languages.
/// `17.11.2022` is day, month, year. With `/` or `-` the order must show from the numbers:
/// `11/17/2022` is read, `03/04/2022` is not, as it is two different days on the two sides of the
/// Atlantic. A year or month alone counts only when nothing else is written.
pub fn parse_date(text: &str) -> Option<When> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let tokens = tokens(text);
    let reader = Reader { tokens: &tokens };
    reader.whole().or_else(|| reader.first_day_within())
}

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
    if segment.len() <= 2 { leading_number(segment, 2) } else { month_by_name(segment) }
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

/// The date in the dateline at the head of a text: a first line that is a date and nothing else
/// ("Friday, January 4, 2019"), or a place and a date before a dash or an agency in brackets
/// ("KYIV, Nov. 18, 2022 (Reuters) - ..."). Only with an explicit year.
pub fn date_in_dateline(body: &str) -> Option<When> {
    let first = body.trim_start().lines().next()?.trim_end();
    let head = match first.char_indices().nth(100) {
        Some((at, _)) => &first[..at],
        None => return date_line(first).or_else(|| date_before_dash(first)),
    };
    date_before_dash(head)
}

/// The day in `line`, if the line is a date with at most a weekday and a label beside it.
fn date_line(line: &str) -> Option<When> {
    let words = line.split_whitespace().count();
    let starts_ok = line.starts_with(|c: char| c.is_alphanumeric());
    let ends_sentence = line.ends_with(['.', '!', '?']) && !line.ends_with(" г.");
    if words > 8 || !starts_ok || ends_sentence {
        return None;
    }
    parse_date(line).filter(|when| matches!(when, When::Day(_) | When::Second(..)))
}

/// The day before the first dash or bracket that has one before it.
fn date_before_dash(head: &str) -> Option<When> {
    // In capitals, as agencies print it: "On Friday, 18 November 2022 (a holiday)" is no dateline.
    let place = head.split(|c: char| !c.is_alphabetic()).next()?;
    if place.chars().nth(1).is_none() || !place.chars().all(char::is_uppercase) {
        return None;
    }
    let dashes = head.char_indices().filter(|(_, c)| matches!(c, '-' | '–' | '—' | '('));
    dashes.map(|(at, _)| &head[..at]).take_while(|part| part.len() <= 80).find_map(|part| {
        let tokens = tokens(part);
        Reader { tokens: &tokens }.first_day_within()
    })
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    /// Digits: the value and how many there are; at most 14.
    Number(u64, usize),
    /// Letters.
    Word(&'a str),
    /// One character that is neither, white space left out.
    Mark(char),
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |test: fn(char) -> bool| {
            rest.find(|c: char| !test(c)).unwrap_or(rest.len()).max(first.len_utf8())
        };
        let length = if first.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            tokens.push(match rest[..length].parse() {
                Ok(value) if length <= 14 => Token::Number(value, length),
                _ => Token::Mark('#'),
            });
            length
        } else if is_date_sign(first) {
            tokens.push(Token::Mark(first));
            first.len_utf8()
        } else if first.is_alphabetic() {
            let length = run(|c| c.is_alphabetic() && !is_date_sign(c));
            tokens.push(Token::Word(&rest[..length]));
            length
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Mark(first));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// Year, month and day signs of Chinese, Japanese and Korean.
fn is_date_sign(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

/// Looks for dates and times in the tokens of a text.
struct Reader<'t, 'a> {
    tokens: &'t [Token<'a>],
}

impl Reader<'_, '_> {
    fn number(&self, at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        match self.tokens.get(at) {
            Some(&Token::Number(value, length)) if digits.contains(&length) => {
                u32::try_from(value).ok()
            }
            _ => None,
        }
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.tokens.get(at) {
            Some(&Token::Mark(mark)) => Some(mark),
            _ => None,
        }
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.tokens.get(at) {
            Some(&Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn year(&self, at: usize) -> Option<u32> {
        self.number(at, 4..=4).filter(|year| YEARS.contains(year))
    }

    fn month_name(&self, at: usize) -> Option<u32> {
        month_by_name(self.word(at)?)
    }

    /// A year or month that is all there is.
    fn whole(&self) -> Option<When> {
        let first_of = |year, month| day(year, month, 1);
        match *self.tokens {
            [Token::Number(_, 4)] => first_of(self.year(0)?, 1).map(When::Year),
            [Token::Number(_, 4), Token::Mark('-' | '/'), Token::Number(_, 2)] => {
                first_of(self.year(0)?, self.number(2, 2..=2)?).map(When::Month)
            }
            [Token::Number(_, 4), Token::Mark('年' | '년'), Token::Number(..), Token::Mark(_)] => {
                first_of(self.year(0)?, self.number(2, 1..=2)?).map(When::Month)
            }
            [Token::Word(_), Token::Number(_, 4)] => {
                first_of(self.year(1)?, self.month_name(0)?).map(When::Month)
            }
            [Token::Word(_), Token::Mark('.' | ','), Token::Number(_, 4)] => {
                first_of(self.year(2)?, self.month_name(0)?).map(When::Month)
            }
            _ => None,
        }
    }

    /// The first day written anywhere, with the first time of day.
    fn first_day_within(&self) -> Option<When> {
        let (date, time) = (0..self.tokens.len()).find_map(|at| self.day_at(at))?;
        let time = time.or_else(|| (0..self.tokens.len()).find_map(|at| self.time_at(at)));
        Some(match time {
            None => When::Day(date),
            Some((time, offset)) => When::Second(NaiveDateTime::new(date, time), offset),
        })
    }

    /// The day that starts at token `at`, with its time where the two are one number.
    fn day_at(&self, at: usize) -> Option<(NaiveDate, Option<TimeOfDay>)> {
        // A number that continues another (`1.2022-11-17`, `12:2022`) is no start.
        if at > 0 && matches!(self.mark(at - 1), Some('-' | '/' | '.' | ':')) {
            let glued = at > 1 && matches!(self.tokens[at - 2], Token::Number(..));
            if glued && self.number(at, 1..=14).is_some() {
                return None;
            }
        }
        let plain = |date: NaiveDate| (date, None);
        self.compact_at(at).or_else(|| {
            self.year_first_at(at)
                .or_else(|| self.signs_at(at))
                .or_else(|| self.day_month_year_at(at))
                .or_else(|| self.month_day_year_at(at))
                .or_else(|| self.numeric_at(at))
                .map(plain)
        })
    }

    /// `20221117` and `20221117101500`.
    fn compact_at(&self, at: usize) -> Option<(NaiveDate, Option<TimeOfDay>)> {
        let &Token::Number(value, length) = self.tokens.get(at)? else { return None };
        let (date, time) = match length {
            8 => (value, None),
            14 => (value / 1_000_000, Some(value % 1_000_000)),
            _ => return None,
        };
        let date = u32::try_from(date).ok()?;
        let date = day(date / 10_000, date / 100 % 100, date % 100)?;
        let time = time.and_then(|time| {
            let time = u32::try_from(time).ok()?;
            let time = NaiveTime::from_hms_opt(time / 10_000, time / 100 % 100, time % 100)?;
            Some((time, self.offset_at(at + 1)))
        });
        Some((date, time))
    }

    /// `2022-11-17`, `2022/11/17`, `2022.11.17`, `2022 November 17`.
    fn year_first_at(&self, at: usize) -> Option<NaiveDate> {
        let year = self.year(at)?;
        if let Some(month) = self.month_name(at + 1) {
            return day(year, month, self.number(at + 2, 1..=2)?);
        }
        let separator = self.mark(at + 1).filter(|mark| matches!(mark, '-' | '/' | '.' | '‑'))?;
        if self.mark(at + 3)? != separator {
            return None;
        }
        let month = self.number(at + 2, 1..=2).or_else(|| self.month_name(at + 2))?;
        day(year, month, self.number(at + 4, 1..=2)?)
    }

    /// `2022年11月17日` and its Korean like.
    fn signs_at(&self, at: usize) -> Option<NaiveDate> {
        let year = self.year(at)?;
        let signs = (self.mark(at + 1)?, self.mark(at + 3)?, self.mark(at + 5)?);
        if !matches!(signs, ('年', '月', '日') | ('년', '월', '일')) {
            return None;
        }
        day(year, self.number(at + 2, 1..=2)?, self.number(at + 4, 1..=2)?)
    }

    /// `17 November 2022`, `17th of Nov., 2022`, `17. November 2022`, `17 de noviembre de 2022`,
    /// `26-FEB-1987`.
    fn day_month_year_at(&self, at: usize) -> Option<NaiveDate> {
        let day_of_month = self.number(at, 1..=2)?;
        let at = self.skip(at + 1, &["st", "nd", "rd", "th", "er", "of", "de"]);
        let month = self.month_name(at)?;
        let at = self.skip(at + 1, &["de", "del", "of"]);
        day(self.year(at)?, month, day_of_month)
    }

    /// `Nov. 17, 2022`, `November 17th 2022`, and `Nov 19 10:20:30 EST 2019` as `date` prints it.
    fn month_day_year_at(&self, at: usize) -> Option<NaiveDate> {
        let month = self.month_name(at)?;
        let at = self.skip(at + 1, &[]);
        let day_of_month = self.number(at, 1..=2)?;
        let after = self.skip(at + 1, &["st", "nd", "rd", "th"]);
        let year = self.year(after).or_else(|| {
            self.time_at(after)?;
            (after + 3..after + 8).find_map(|at| self.year(at))
        })?;
        day(year, month, day_of_month)
    }

    /// `17.11.2022`; `11/17/2022` and `17-11-2022` where the order shows.
    fn numeric_at(&self, at: usize) -> Option<NaiveDate> {
        let (first, second) = (self.number(at, 1..=2)?, self.number(at + 2, 1..=2)?);
        let (separator, year) = (self.mark(at + 1)?, self.year(at + 4)?);
        if self.mark(at + 3)? != separator {
            return None;
        }
        match separator {
            '.' => day(year, second, first),
            '/' | '-' if first > 12 || first == second => day(year, second, first),
            '/' | '-' if second > 12 => day(year, first, second),
            _ => None,
        }
    }

    /// The first token from `at` on that is neither punctuation within a date nor in `words`.
    fn skip(&self, at: usize, words: &[&str]) -> usize {
        let skipped = self.tokens[at.min(self.tokens.len())..].iter().take_while(|token| {
            matches!(token, Token::Mark('.' | ',' | '-' | '/' | 'º' | '°'))
                || matches!(token, Token::Word(word)
                    if words.iter().any(|known| known.eq_ignore_ascii_case(word)))
        });
        at + skipped.take(4).count()
    }

    /// A time of day that starts at token `at`: `10:15`, `10:15:30.5 PM`, `T101500Z`.
    fn time_at(&self, at: usize) -> Option<TimeOfDay> {
        if let Some(compact) = self.number(at, 6..=6) {
            let after_t = at > 0 && self.word(at - 1) == Some("T");
            let time =
                NaiveTime::from_hms_opt(compact / 10_000, compact / 100 % 100, compact % 100)?;
            return after_t.then_some((time, self.offset_at(at + 1)));
        }
        let hour = self.number(at, 1..=2)?;
        if self.mark(at + 1)? != ':' {
            return None;
        }
        let minute = self.number(at + 2, 2..=2)?;
        let mut next = at + 3;
        let mut second = 0;
        if self.mark(next) == Some(':')
            && let Some(written) = self.number(next + 1, 2..=2)
        {
            // A leap second has no place in the calendar types; the second before has.
            second = written.min(59);
            next += 2;
            if matches!(self.mark(next), Some('.' | ',')) && self.number(next + 1, 1..=14).is_some()
            {
                next += 2;
            }
        }
        let (half, next) = self.half_of_day_at(next);
        let hour = match (half, hour) {
            (Some(Half::Morning), 12) => 0,
            (Some(Half::Afternoon), hour @ 1..=11) => hour + 12,
            (_, hour) => hour,
        };
        Some((NaiveTime::from_hms_opt(hour, minute, second)?, self.offset_at(next)))
    }

    /// `am`, `PM`, `a.m.` at token `at`, and the token after it.
    fn half_of_day_at(&self, at: usize) -> (Option<Half>, usize) {
        let half = |letter: &str| match letter {
            "a" | "A" => Some(Half::Morning),
            "p" | "P" => Some(Half::Afternoon),
            _ => None,
        };
        let Some(word) = self.word(at) else { return (None, at) };
        if let Some(letter) = word.strip_suffix(['m', 'M']) {
            return half(letter).map_or((None, at), |half| (Some(half), at + 1));
        }
        let dotted = self.mark(at + 1) == Some('.')
            && self.word(at + 2).is_some_and(|word| word.eq_ignore_ascii_case("m"));
        match half(word) {
            Some(half) if dotted => {
                (Some(half), at + 3 + usize::from(self.mark(at + 3) == Some('.')))
            }
            _ => (None, at),
        }
    }

    /// The offset from UTC at token `at`: `Z`, `+02:00`, `-0500`, `GMT+1`, `EST`.
    fn offset_at(&self, at: usize) -> Option<FixedOffset> {
        let at = at + usize::from(self.mark(at) == Some('('));
        if let Some(word) = self.word(at) {
            let hours = zone_hours(word)?;
            let signed = (hours == 0).then(|| self.signed_offset_at(at + 1)).flatten();
            return signed.or_else(|| FixedOffset::east_opt(hours * 3600));
        }
        self.signed_offset_at(at)
    }

    fn signed_offset_at(&self, at: usize) -> Option<FixedOffset> {
        let sign = match self.mark(at)? {
            '+' => 1,
            '-' | '−' => -1,
            _ => return None,
        };
        let (hours, minutes) = if let Some(both) = self.number(at + 1, 4..=4) {
            (both / 100, both % 100)
        } else {
            let minutes = (self.mark(at + 2) == Some(':')).then(|| self.number(at + 3, 2..=2));
            (self.number(at + 1, 1..=2)?, minutes.flatten().unwrap_or(0))
        };
        if hours > 14 || minutes > 59 {
            return None;
        }
        FixedOffset::east_opt(sign * i32::try_from(hours * 3600 + minutes * 60).ok()?)
    }
}

/// A time of day with its offset from UTC where stated.
type TimeOfDay = (NaiveTime, Option<FixedOffset>);

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

/// Hours east of UTC of the zones of RFC 2822 and of the European ones that mean one thing only.
fn zone_hours(name: &str) -> Option<i32> {
    Some(match name.to_ascii_uppercase().as_str() {
        "Z" | "UTC" | "GMT" | "UT" => 0,
        "EST" | "CDT" => -5,
        "EDT" => -4,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        "CET" => 1,
        "CEST" | "EET" => 2,
        "EEST" | "MSK" => 3,
        _ => return None,
    })
}

/// The day, if there is one and its year is believed.
fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    if !YEARS.contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

#[cfg(test)]
mod tests;
