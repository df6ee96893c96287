//! The shapes that dates have.
//!
//! A text is cut into tokens once; [`Reader`] tries every shape at every token, so the cost is
//! linear in the text. A date is read as exactly as it is written, on the publisher's own clock.

use std::ops::{Range, RangeInclusive};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::calendar::Calendar;
use super::clock::TimeOfDay;
use super::months::{Month, month_by_name};
use super::order::DayOrder;
use super::token::{Token, tokens};
use super::{Conventions, Written};
use crate::article::When;

/// Most tokens between a day and its time: `at`, `um`, `à`, a dash.
const TIME_AFTER: usize = 4;

/// Most tokens of a time, zone and weekday that stand before the day.
const TIME_BEFORE: usize = 12;

/// Looks for dates and times in the tokens of a text.
pub(super) struct Reader<'a> {
    text: &'a str,
    pub(super) tokens: Vec<(Token<'a>, usize)>,
    conventions: Conventions<'a>,
}

/// A day as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Day {
    /// One day.
    One(NaiveDate),
    /// Two, by which of the two numbers is the day: day first, month first.
    Either(NaiveDate, NaiveDate),
    /// A month and a day of it.
    Yearless(u32, u32),
}

/// A day, the token after it, and the time where it stands within.
type Found = (Day, usize, Option<TimeOfDay>);

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, conventions: Conventions<'a>) -> Self {
        Self { text, tokens: tokens(text), conventions }
    }

    /// The date that the text is, with little else: a year or month that is all there is, else the
    /// first day.
    pub(super) fn whole(&self) -> Option<Written> {
        let month = self.lone_month().map(Written::When);
        month.or_else(|| self.days(Compact::Read).next().map(|(date, _)| date))
    }

    /// The days written anywhere, with the bytes that each takes.
    pub(super) fn days(&self, compact: Compact) -> impl Iterator<Item = (Written, Range<usize>)> {
        let mut at = 0;
        let mut last = 0;
        std::iter::from_fn(move || {
            while at < self.tokens.len() {
                let start = at;
                let Some((day, end, time)) = self.day_at(at, compact) else {
                    at += 1;
                    continue;
                };
                let time = time
                    .map(|time| (time, end))
                    .or_else(|| self.time_within(end..end + TIME_AFTER))
                    .or_else(|| {
                        let before = start.saturating_sub(TIME_BEFORE).max(last);
                        self.time_within(before..start).map(|(time, _)| (time, end))
                    });
                at = time.map_or(end, |(_, after)| after).max(end);
                last = at;
                let bytes = self.tokens[start].1..self.end_of(end - 1);
                return Some((written(day, time.map(|(time, _)| time)), bytes));
            }
            None
        })
    }

    /// The byte after token `at`.
    fn end_of(&self, at: usize) -> usize {
        self.tokens.get(at + 1).map_or(self.text.len(), |(_, start)| *start)
    }

    pub(super) fn number(&self, at: usize, digits: RangeInclusive<usize>) -> Option<u32> {
        match self.tokens.get(at)? {
            (Token::Number(value, length), _) if digits.contains(length) => {
                u32::try_from(*value).ok()
            }
            _ => None,
        }
    }

    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)? {
            (Token::Mark(mark), _) => Some(*mark),
            _ => None,
        }
    }

    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        match self.tokens.get(at)? {
            (Token::Word(word), _) => Some(word),
            _ => None,
        }
    }

    /// Four digits; whether they are a year is for the calendar to say.
    fn year(&self, at: usize) -> Option<u32> {
        self.number(at, 4..=4)
    }

    /// The month named at token `at`, and the token after it.
    fn month_name(&self, at: usize) -> Option<(Month, usize)> {
        let word = self.word(at)?;
        let language = self.conventions.language;
        let lookup = |name: &str| month_by_name(name, language);
        // "tháng 11": Vietnamese counts its months.
        if ["tháng", "thg", "Tháng", "THÁNG"].contains(&word) {
            let number = self.number(at + 1, 1..=2)?;
            return Some((Month { calendar: Calendar::Gregorian, number }, at + 2));
        }
        // "تشرين الثاني" and "พ.ย." are names of two words.
        let dotted = usize::from(self.mark(at + 1) == Some('.'));
        if let Some(second) = self.word(at + 1 + dotted) {
            let joint = if dotted == 1 { "." } else { " " };
            if !word.is_ascii()
                && let Some(month) = lookup(&format!("{word}{joint}{second}"))
            {
                return Some((month, at + 2 + dotted));
            }
        }
        Some((lookup(word)?, at + 1))
    }

    /// The calendar of a year in numbers: Thai and Persian pages count their own.
    fn calendar_of(&self, year: u32) -> Calendar {
        match (self.conventions.language, year) {
            (Some("th"), 2400..) => Calendar::Buddhist,
            (Some("fa"), 1244..=1472) => Calendar::Jalali,
            _ => Calendar::Gregorian,
        }
    }

    fn civil(&self, year: u32, month: u32, day: u32) -> Option<Day> {
        self.calendar_of(year).day(year, month, day).map(Day::One)
    }

    /// A year or month that is all there is.
    fn lone_month(&self) -> Option<When> {
        let first_of = |year, month| Calendar::Gregorian.day(year, month, 1);
        let month_of = |year, month: Month| month.calendar.day(year, month.number, 1);
        let tokens: Vec<Token<'_>> = self.tokens.iter().take(5).map(|(token, _)| *token).collect();
        match *tokens {
            [Token::Number(_, 4)] => first_of(self.year(0)?, 1).map(When::Year),
            [Token::Number(_, 4), Token::Mark('-' | '/'), Token::Number(_, 2)] => {
                first_of(self.year(0)?, self.number(2, 2..=2)?).map(When::Month)
            }
            [Token::Number(_, 4), Token::Mark('年' | '년'), Token::Number(..), Token::Mark(_)] => {
                first_of(self.year(0)?, self.number(2, 1..=2)?).map(When::Month)
            }
            [Token::Word(_), .., Token::Number(_, 4)] => {
                let (month, after) = self.month_name(0)?;
                let after = self.skip(after, &["de"]);
                let year = self.year(after).filter(|_| after + 1 == self.tokens.len())?;
                // Only a month of the Gregorian kind is one here.
                let gregorian = matches!(month.calendar, Calendar::Gregorian | Calendar::Buddhist);
                month_of(year, month).filter(|_| gregorian).map(When::Month)
            }
            _ => None,
        }
    }

    /// The day that starts at token `at`.
    fn day_at(&self, at: usize, compact: Compact) -> Option<Found> {
        // A number that continues another (`1.2022-11-17`, `12:2022`) is no start.
        if at > 1
            && matches!(self.mark(at - 1), Some('-' | '/' | '.' | ':'))
            && matches!(self.tokens[at - 2].0, Token::Number(..))
            && self.number(at, 1..=14).is_some()
            && self.tokens[at].1 == self.tokens[at - 1].1 + 1
        {
            return None;
        }
        let plain = |(day, end)| (day, end, None);
        (compact == Compact::Read)
            .then(|| self.compact_at(at))
            .flatten()
            .or_else(|| self.year_first_at(at).map(plain))
            .or_else(|| self.signs_at(at).map(plain))
            .or_else(|| self.month_day_year_at(at))
            .or_else(|| self.day_month_year_at(at).map(plain))
            .or_else(|| self.numeric_at(at).map(plain))
    }

    /// `20221117` and `20221117101500`.
    fn compact_at(&self, at: usize) -> Option<Found> {
        let (Token::Number(value, length), _) = *self.tokens.get(at)? else { return None };
        let (date, time) = match length {
            8 => (value, None),
            14 => (value / 1_000_000, Some(value % 1_000_000)),
            _ => return None,
        };
        let date = u32::try_from(date).ok()?;
        let day = Calendar::Gregorian.day(date / 10_000, date / 100 % 100, date % 100)?;
        let time = time.and_then(|time| {
            let time = u32::try_from(time).ok()?;
            let time = NaiveTime::from_hms_opt(time / 10_000, time / 100 % 100, time % 100)?;
            Some((time, self.offset_at(at + 1)))
        });
        Some((Day::One(day), at + 1, time))
    }

    /// `2022-11-17`, `2022/11/17`, `2022. 11. 17`, `2022 November 17`, `2022. november 17.`,
    /// `2022 m. lapkričio 17 d.`, `2022. gada 17. novembris`.
    fn year_first_at(&self, at: usize) -> Option<(Day, usize)> {
        let year = self.year(at)?;
        let after = self.skip(at + 1, &["m", "gada", "metų"]);
        if let Some((month, next)) = self.month_name(after) {
            let next = self.skip(next, &[]);
            let day = self.number(next, 1..=2)?;
            return Some((Day::One(month.calendar.day(year, month.number, day)?), next + 1));
        }
        if self.word(after.saturating_sub(1)).is_some() || matches!(self.word(at + 2), Some("gada"))
        {
            let day = self.number(after, 1..=2)?;
            let (month, next) = self.month_name(self.skip(after + 1, &[]))?;
            return Some((Day::One(month.calendar.day(year, month.number, day)?), next));
        }
        let separator = self.mark(at + 1).filter(|mark| matches!(mark, '-' | '/' | '.' | '‑'))?;
        if self.mark(at + 3)? != separator {
            return None;
        }
        let (number, named) = (self.number(at + 2, 1..=2), self.month_name(at + 2));
        let month = number.or(named.map(|(month, _)| month.number))?;
        Some((self.civil(year, month, self.number(at + 4, 1..=2)?)?, at + 5))
    }

    /// `2022年11月17日`, `令和4年11月17日`, `民國111年11月17日` and the like in Korean; `11月17日`.
    fn signs_at(&self, at: usize) -> Option<(Day, usize)> {
        let sign = self.mark(at + 1)?;
        if matches!(sign, '年' | '년') {
            let signs = (sign, self.mark(at + 3)?, self.mark(at + 5)?);
            if !matches!(signs, ('年', '月', '日') | ('년', '월', '일')) {
                return None;
            }
            let written = self.number(at, 1..=4)?;
            let era = at.checked_sub(1).and_then(|before| self.word(before)).unwrap_or_default();
            let year =
                written + ERAS.iter().find(|(name, _)| era.ends_with(name)).map_or(0, |it| it.1);
            let day = self.civil(year, self.number(at + 2, 1..=2)?, self.number(at + 4, 1..=2)?)?;
            return Some((day, at + 6));
        }
        if !matches!((sign, self.mark(at + 3)?), ('月', '日') | ('월', '일')) {
            return None;
        }
        let day = yearless(self.number(at, 1..=2)?, self.number(at + 2, 1..=2)?)?;
        Some((day, at + 4))
    }

    /// `17 November 2022`, `17th of Nov., 2022`, `17. November 2022`, `17 de noviembre de 2022`,
    /// `26-FEB-1987`, `ngày 17 tháng 11 năm 2022`; `17 November`.
    fn day_month_year_at(&self, at: usize) -> Option<(Day, usize)> {
        let day = self.number(at, 1..=2)?;
        let named = self.skip(at + 1, &["st", "nd", "rd", "th", "er", "of", "de", "a", "ος", "η"]);
        let (month, end) = self.month_name(named)?;
        let at = self.skip(end, &["de", "del", "of", "năm", "พ", "ศ", "да", "lokakuuta"]);
        if let Some(year) = self.year(at) {
            return Some((Day::One(month.calendar.day(year, month.number, day)?), at + 1));
        }
        let gregorian = matches!(month.calendar, Calendar::Gregorian | Calendar::Buddhist);
        gregorian.then(|| yearless(month.number, day)).flatten().map(|day| (day, end))
    }

    /// `Nov. 17, 2022`, `November 17th 2022`, and `Nov 19 10:20:30 EST 2019` as `date` prints it;
    /// `Nov. 17`.
    fn month_day_year_at(&self, at: usize) -> Option<Found> {
        let (month, next) = self.month_name(at)?;
        let next = self.skip(next, &[]);
        let day = self.number(next, 1..=2)?;
        let after = self.skip(next + 1, &["st", "nd", "rd", "th", "năm"]);
        let whole = |year| month.calendar.day(year, month.number, day).map(Day::One);
        if let Some(year) = self.year(after) {
            return Some((whole(year)?, after + 1, None));
        }
        if let Some((time, _)) = self.time_at(after) {
            let year = (after + 3..after + 8).find(|at| self.year(*at).and_then(whole).is_some());
            if let Some(year) = year {
                return Some((whole(self.year(year)?)?, year + 1, Some(time)));
            }
        }
        // In `17 November 22 ...` the number before belongs to the month.
        let owned = at > 0 && self.number(at - 1, 1..=2).is_some();
        let gregorian = month.calendar == Calendar::Gregorian && !owned;
        let day = gregorian.then(|| yearless(month.number, day)).flatten()?;
        Some((day, next + 1, None))
    }

    /// `17.11.2022`; `11/17/2022` and `17-11-2022`; `17.11.22` where the order is known.
    fn numeric_at(&self, at: usize) -> Option<(Day, usize)> {
        let (first, second) = (self.number(at, 1..=2)?, self.number(at + 2, 1..=2)?);
        let separator = self.mark(at + 1).filter(|mark| matches!(mark, '.' | '/' | '-'))?;
        if self.mark(at + 3)? != separator {
            return None;
        }
        let year = self.year(at + 4).or_else(|| self.short_year(at, separator))?;
        let calendar = self.calendar_of(year);
        let day_first = calendar.day(year, second, first);
        let month_first = calendar.day(year, first, second);
        let day = match (day_first, month_first, self.conventions.order) {
            (Some(day), _, _) if separator == '.' => Day::One(day),
            (_, None, _) | (_, _, Some(DayOrder::DayFirst)) => Day::One(day_first?),
            (None, _, _) | (_, _, Some(DayOrder::MonthFirst)) => Day::One(month_first?),
            (Some(day), Some(same), None) if day == same => Day::One(day),
            (Some(day_first), Some(month_first), None) => Day::Either(day_first, month_first),
        };
        Some((day, at + 5))
    }

    /// The year of `17.11.22`: two digits, in a date of two digits each, with nothing after them
    /// that would make them a version or an address.
    fn short_year(&self, at: usize, separator: char) -> Option<u32> {
        let is_plain = [at, at + 2].iter().all(|at| self.number(*at, 2..=2).is_some())
            && self.conventions.order == Some(DayOrder::DayFirst)
            && self.mark(at + 5) != Some(separator);
        let year = self.number(at + 4, 2..=2).filter(|_| is_plain)?;
        Some(if year < 70 { 2000 + year } else { 1900 + year })
    }

    /// The first token from `at` on that is neither punctuation within a date nor in `words`.
    fn skip(&self, at: usize, words: &[&str]) -> usize {
        let skipped = self.tokens[at.min(self.tokens.len())..].iter().take_while(|(token, _)| {
            matches!(token, Token::Mark('.' | ',' | '-' | '/' | 'º' | '°' | '،' | '‑'))
                || matches!(token, Token::Word(word)
                    if words.iter().any(|known| known.eq_ignore_ascii_case(word)))
        });
        at + skipped.take(4).count()
    }

    /// The first time that starts among these tokens, and the token after it.
    fn time_within(&self, mut tokens: Range<usize>) -> Option<(TimeOfDay, usize)> {
        tokens.find_map(|at| self.time_at(at))
    }
}

/// Whether a number of eight digits is a day: in a field of a machine it is, in running text it is
/// a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Compact {
    Read,
    Ignored,
}

/// Eras of East Asia, and the year before their first.
const ERAS: &[(&str, u32)] =
    &[("令和", 2018), ("平成", 1988), ("昭和", 1925), ("民國", 1911), ("民国", 1911)];

fn written(day: Day, time: Option<TimeOfDay>) -> Written {
    let exact = |day| match time {
        None => When::Day(day),
        Some((time, offset)) => When::Second(NaiveDateTime::new(day, time), offset),
    };
    match day {
        Day::One(day) => Written::When(exact(day)),
        Day::Either(day_first, month_first) => {
            Written::Either(exact(day_first), exact(month_first))
        }
        Day::Yearless(month, day) => Written::Yearless { month, day },
    }
}

/// A day of a month, if some year has it.
fn yearless(month: u32, day: u32) -> Option<Day> {
    NaiveDate::from_ymd_opt(2000, month, day).map(|_| Day::Yearless(month, day))
}
