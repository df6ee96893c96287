//! Years and months of other calendars, as days of the Gregorian one.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

/// Years that are believed; others are defaults (`0001-01-01`), page numbers and prices.
const YEARS: RangeInclusive<i32> = 1800..=2100;

/// Years of the Buddhist era that are believed: 1800 to 2100.
const BUDDHIST_YEARS: RangeInclusive<i32> = 2343..=2643;

/// How a year is counted and divided.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Calendar {
    /// The one of chrono.
    Gregorian,
    /// Gregorian months, years counted from 543 BC: Thailand's.
    Buddhist,
    /// The Iranian solar calendar.
    Jalali,
    /// The Islamic calendar in its tabular form (civil epoch, leap years 2, 5, 7, 10, 13, 16, 18,
    /// 21, 24, 26, 29 of 30). Months that begin when the moon is seen, and those of Umm al-Qura,
    /// may begin a day or two earlier or later.
    Hijri,
}

impl Calendar {
    /// The Gregorian day that the calendar calls this; `None` if there is none or its year is not
    /// believed.
    pub(super) fn day(self, year: u32, month: u32, day: u32) -> Option<NaiveDate> {
        let year = i32::try_from(year).ok()?;
        match self {
            // Thai pages write either era with the same names of the months.
            Self::Buddhist if BUDDHIST_YEARS.contains(&year) => gregorian(year - 543, month, day),
            Self::Gregorian | Self::Buddhist => gregorian(year, month, day),
            Self::Jalali => jalali(year, month, day),
            Self::Hijri => hijri(year, month, day),
        }
    }
}

fn gregorian(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    if !YEARS.contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The new year follows the 33-year cycle (leap years are those with `(25 * year + 11) mod 33 < 8`),
/// which agrees with the observed equinox from 1244 to 1472.
fn jalali(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let is_leap = (25 * year + 11).rem_euclid(33) < 8;
    let length = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 => 29 + u32::from(is_leap),
        _ => return None,
    };
    if !(1244..=1472).contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    let before = (month - 1) * 30 + (month - 1).min(6);
    // 1 Farvardin 1244; each 33 years hold 8 leap years.
    let epoch = NaiveDate::from_ymd_opt(1865, 3, 21)?;
    let leaps = (1244..year).filter(|year| (25 * year + 11).rem_euclid(33) < 8).count();
    let years = u64::try_from(year - 1244).ok()? * 365 + u64::try_from(leaps).ok()?;
    epoch.checked_add_days(chrono::Days::new(years + u64::from(before + day - 1)))
}

fn hijri(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let is_leap = (11 * year + 14).rem_euclid(30) < 11;
    let length = match month {
        12 => 29 + u32::from(is_leap),
        1..=11 => 29 + month % 2,
        _ => return None,
    };
    if !(1215..=1523).contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    let before = (59 * (month - 1)).div_ceil(2);
    let years = 354 * i64::from(year - 1) + i64::from((3 + 11 * year) / 30);
    // 1 Muharram 1 is 16 July 622 of the Julian calendar: 19 July of the Gregorian one.
    let epoch = NaiveDate::from_ymd_opt(622, 7, 19)?;
    let days = u64::try_from(years).ok()? + u64::from(before + day - 1);
    epoch.checked_add_days(chrono::Days::new(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_other_calendars_are_found() {
        for (calendar, (year, month, day), meant) in [
            (Calendar::Buddhist, (2565, 11, 17), Some("2022-11-17")),
            (Calendar::Buddhist, (2022, 11, 17), Some("2022-11-17")),
            (Calendar::Jalali, (1401, 8, 26), Some("2022-11-17")),
            (Calendar::Jalali, (1400, 1, 1), Some("2021-03-21")),
            (Calendar::Jalali, (1399, 12, 30), Some("2021-03-20")),
            (Calendar::Jalali, (1400, 12, 30), None),
            (Calendar::Jalali, (1357, 11, 22), Some("1979-02-11")),
            (Calendar::Hijri, (1444, 1, 1), Some("2022-07-30")),
            (Calendar::Hijri, (1444, 4, 22), Some("2022-11-17")),
            (Calendar::Hijri, (1444, 13, 1), None),
            (Calendar::Gregorian, (1, 1, 1), None),
            (Calendar::Gregorian, (2022, 2, 30), None),
        ] {
            let got = calendar.day(year, month, day).map(|day| day.to_string());
            assert_eq!(got.as_deref(), meant, "for {calendar:?} {year}-{month}-{day}");
        }
    }
}
