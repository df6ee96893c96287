//! Days and periods as people write them.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// The days that an expression covers, both included, and what was doubtful about it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Period {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    pub(super) doubt: Option<Doubt>,
}

/// What was doubtful about a date.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Doubt {
    /// There is no such day; the last one of its month was taken.
    Clamped,
    /// Day and month could be either way round; the day was taken first.
    DayFirst,
}

/// Names of the months in English; three letters are enough.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads one day or period; `None` where the text is none.
pub(super) fn period(text: &str, today: NaiveDate) -> Option<Period> {
    let text = text.trim().to_lowercase();
    if let Some(around) = text.strip_prefix('~') {
        let Period { first, last, doubt } = period(around, today)?;
        let first = first.checked_sub_days(Days::new(3))?;
        return Some(Period { first, last: last.checked_add_days(Days::new(3))?, doubt });
    }
    relative(&text, today)
        .or_else(|| absolute(&text))
        .filter(|period| (1000..=9999).contains(&period.first.year()) && period.last.year() <= 9999)
}

fn sure(first: NaiveDate, last: NaiveDate) -> Period {
    Period { first, last, doubt: None }
}

fn relative(text: &str, today: NaiveDate) -> Option<Period> {
    let day = |day| Some(sure(day, day));
    match text {
        "today" => return day(today),
        "yesterday" => return day(today.pred_opt()?),
        "this-week" => return week_of(today),
        "last-week" => return week_of(today.checked_sub_days(Days::new(7))?),
        "this-month" => return month(today.year(), today.month()),
        "last-month" => {
            let before = today.checked_sub_months(Months::new(1))?;
            return month(before.year(), before.month());
        }
        "this-year" => return year(today.year()),
        "last-year" => return year(today.year() - 1),
        _ => {}
    }
    // `7d`, `last-30d`, `last-6m`, `2y`: that long up to today.
    let amount = text.strip_prefix("last-").unwrap_or(text);
    let unit = amount.chars().last().filter(char::is_ascii_alphabetic)?;
    let number: u32 = amount[..amount.len() - 1].parse().ok()?;
    let first = match unit {
        'd' => today.checked_sub_days(Days::new(u64::from(number)))?,
        'w' => today.checked_sub_days(Days::new(u64::from(number) * 7))?,
        'm' => today.checked_sub_months(Months::new(number))?,
        'y' => today.checked_sub_months(Months::new(number.checked_mul(12)?))?,
        _ => return None,
    };
    Some(sure(first, today))
}

fn absolute(text: &str) -> Option<Period> {
    if let Some((year, week)) = text.split_once("-w").or_else(|| text.split_once('w')) {
        let first = NaiveDate::from_isoywd_opt(number(year, 4)?, week.parse().ok()?, Weekday::Mon)?;
        return Some(sure(first, first.checked_add_days(Days::new(6))?));
    }
    if let Some((year, quarter)) = text.split_once("-q").or_else(|| text.split_once('q')) {
        let quarter: u32 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
        let first = NaiveDate::from_ymd_opt(number(year, 4)?, quarter * 3 - 2, 1)?;
        let last = first.checked_add_months(Months::new(3))?.pred_opt()?;
        return Some(sure(first, last));
    }
    let parts: Vec<&str> =
        text.split(['-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    match *parts.as_slice() {
        [only] if only.len() == 8 && only.is_ascii() => {
            day(number(&only[..4], 4)?, &only[4..6], &only[6..])
        }
        [y] => year(number(y, 4)?),
        [a, b] => match (named_month(a), named_month(b)) {
            (Some(m), None) => month(number(b, 4)?, m),
            (None, Some(m)) => month(number(a, 4)?, m),
            _ => match (number(a, 4), number(b, 4)) {
                (Some(y), None) => month(y, small(b)?),
                (None, Some(y)) => month(y, small(a)?),
                _ => None,
            },
        },
        [a, b, c] => three(a, b, c),
        _ => None,
    }
}

fn three(a: &str, b: &str, c: &str) -> Option<Period> {
    if let Some(y) = number(a, 4) {
        let month = named_month(b).map_or(b.to_owned(), |month| month.to_string());
        return day(y, &month, c);
    }
    let y = number(c.trim_start_matches(','), 4)?;
    if let Some(month) = named_month(b) {
        return day(y, &month.to_string(), a);
    }
    if let Some(month) = named_month(a) {
        return day(y, &month.to_string(), b.trim_end_matches(','));
    }
    let (first, second) = (small(a)?, small(b)?);
    match (first > 12, second > 12) {
        (false, true) => day(y, a, b),
        (false, false) if first != second => {
            Some(Period { doubt: Some(Doubt::DayFirst), ..day(y, b, a)? })
        }
        _ => day(y, b, a),
    }
}

/// A number of exactly `digits` digits.
fn number(text: &str, digits: usize) -> Option<i32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

fn small(text: &str) -> Option<u32> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

fn named_month(text: &str) -> Option<u32> {
    let text = text.trim_end_matches(',');
    if text.len() < 3 {
        return None;
    }
    let place = MONTHS.iter().position(|month| month.starts_with(text))?;
    u32::try_from(place + 1).ok()
}

fn year(year: i32) -> Option<Period> {
    Some(sure(NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
}

fn month(year: i32, month: u32) -> Option<Period> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    Some(sure(first, first.checked_add_months(Months::new(1))?.pred_opt()?))
}

/// A day; one past the end of its month is clamped to it.
fn day(year: i32, month: &str, day: &str) -> Option<Period> {
    let (month, day) = (small(month)?, small(day)?);
    if let Some(day) = NaiveDate::from_ymd_opt(year, month, day) {
        return Some(sure(day, day));
    }
    let last = self::month(year, month)?.last;
    (29..=31).contains(&day).then_some(Period { first: last, last, doubt: Some(Doubt::Clamped) })
}

fn week_of(day: NaiveDate) -> Option<Period> {
    let first = day.week(Weekday::Mon).checked_first_day()?;
    Some(sure(first, first.checked_add_days(Days::new(6))?))
}

/// How the days from `first` to `last` are written: a whole year or month in short.
pub(super) fn written(first: Option<NaiveDate>, last: Option<NaiveDate>) -> String {
    let day = |day: Option<NaiveDate>| day.map(|day| day.format("%Y-%m-%d").to_string());
    if let (Some(a), Some(b)) = (first, last) {
        if a == b {
            return a.format("%Y-%m-%d").to_string();
        }
        if year(a.year()) == Some(sure(a, b)) {
            return a.format("%Y").to_string();
        }
        if month(a.year(), a.month()) == Some(sure(a, b)) {
            return a.format("%Y-%m").to_string();
        }
    }
    format!("{}..{}", day(first).unwrap_or_default(), day(last).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, days: &str) {
        let today = NaiveDate::from_ymd_opt(2024, 3, 15).expect("a day");
        let found = period(text, today);
        let found = found.map_or("none".to_owned(), |period| {
            let doubt = period.doubt.map(|doubt| format!(" {doubt:?}")).unwrap_or_default();
            format!("{}{doubt}", written(Some(period.first), Some(period.last)))
        });
        assert_eq!(found, days, "for `{text}`");
    }

    #[test]
    fn whole_periods_of_the_calendar() {
        check("2022", "2022");
        check("2022-11", "2022-11");
        check("11/2022", "2022-11");
        check("nov-2022", "2022-11");
        check("November 2022", "2022-11");
        check("2022-W47", "2022-11-21..2022-11-27");
        check("2022Q4", "2022-10-01..2022-12-31");
    }

    #[test]
    fn single_days() {
        check("2022-11-20", "2022-11-20");
        check("20221120", "2022-11-20");
        check("20/11/2022", "2022-11-20");
        check("11/20/2022", "2022-11-20");
        check("20.11.2022", "2022-11-20");
        check("20-nov-2022", "2022-11-20");
        check("Nov 20, 2022", "2022-11-20");
        check("~2022-11-20", "2022-11-17..2022-11-23");
    }

    #[test]
    fn counted_from_today() {
        check("today", "2024-03-15");
        check("yesterday", "2024-03-14");
        check("7d", "2024-03-08..2024-03-15");
        check("last-30d", "2024-02-14..2024-03-15");
        check("last-month", "2024-02");
        check("last-year", "2023");
        check("last-week", "2024-03-04..2024-03-10");
    }

    #[test]
    fn doubtful_and_unreadable_dates() {
        check("2022-02-30", "2022-02-28 Clamped");
        check("03/04/2022", "2022-04-03 DayFirst");
        for text in ["", "soon", "2022-13", "2022-02-32", "22", "99999", "2022-W60", "é", "2022Q5"]
        {
            check(text, "none");
        }
    }
}
