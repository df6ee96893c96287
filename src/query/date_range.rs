//! Dates and periods as people type them, and the days they cover.
//!
//! Everything that is no single day is a whole calendar period, and both ends of a range are
//! included: `2022-11..2023-01` is three months. An impossible day is moved to the last one of its
//! month; what can be read in two ways is read day first; both are said in a [`Doubt`].
//!
//! # Invariants
//!
//! - Days lie in the years 1000 to 9999, so that four digits write each.
//! - Of a range, the first day is not after the last.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::ast::DateTest;
use super::normalize::DASH;

/// How many days `~2022-11-20` reaches to either side.
const ABOUT_DAYS: u64 = 3;

/// The years that can be written.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=9999;

/// Which days a date is typed for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Reach {
    /// Those of the date itself: `date:`.
    Within,
    /// Its first day and all later ones: `since:`, `>=`.
    Since,
    /// The days after its last: `after:`, `>`.
    After,
    /// Its last day and all earlier ones: `until:`, `<=`.
    Until,
    /// The days before its first: `before:`, `<`.
    Before,
}

impl Reach {
    /// Whether this is where a range begins.
    pub(super) fn begins(self) -> bool {
        matches!(self, Self::Since | Self::After)
    }

    /// Whether this is where a range ends.
    pub(super) fn ends(self) -> bool {
        matches!(self, Self::Until | Self::Before)
    }
}

/// A date as it was read, with what was doubtful about it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Reading {
    pub(super) test: DateTest,
    pub(super) doubts: Vec<Doubt>,
}

/// What was doubtful about a date.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Doubt {
    /// There is no such day or week; this was taken, the last one that there is.
    Clamped(NaiveDate),
    /// Day and month could change places; this was taken.
    DayFirst(NaiveDate),
    /// The range ran backwards.
    Swapped,
}

/// The days from the first to the last.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Span {
    first: NaiveDate,
    last: NaiveDate,
}

/// Reads `typed`, the text behind `date:` and its like; `None` where it is no date.
pub(super) fn read(typed: &str, reach: Reach, today: NaiveDate) -> Option<Reading> {
    let typed = typed.trim().to_lowercase();
    let mut reader = Reader { today, doubts: Vec::new() };
    let test = match typed.as_str() {
        "*" => DateTest::Dated,
        "none" => DateTest::Undated,
        _ => reader.test(&typed, reach)?,
    };
    Some(Reading { test, doubts: reader.doubts })
}

/// Reads the two ends of a range, each with how far it reaches: `since:2022 until:2023`.
pub(super) fn read_range(
    from: (&str, Reach),
    to: (&str, Reach),
    today: NaiveDate,
) -> Option<Reading> {
    let mut reader = Reader { today, doubts: Vec::new() };
    let test = reader.range((&from.0.to_lowercase(), from.1), (&to.0.to_lowercase(), to.1))?;
    Some(Reading { test, doubts: reader.doubts })
}

/// Whether `typed` is a single date or period, and no word beside.
pub(super) fn is_period(typed: &str, today: NaiveDate) -> bool {
    Reader { today, doubts: Vec::new() }.period(&typed.to_lowercase()).is_some()
}

/// Writes a test as the shortest text that is read as the same test.
pub(super) fn written(test: DateTest) -> String {
    match test {
        DateTest::Dated => "date:*".into(),
        DateTest::Undated => "date:none".into(),
        DateTest::Within { first: Some(first), last: Some(last) } => {
            let span = Span { first, last };
            let format = if first == last {
                "date:%Y-%m-%d"
            } else if month(first.year(), first.month()) == Some(span) {
                "date:%Y-%m"
            } else if year(first.year()) == Some(span) {
                "date:%Y"
            } else {
                return format!("date:{first}..{last}");
            };
            first.format(format).to_string()
        }
        DateTest::Within { first, last } => {
            let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            format!("date:{}..{}", day(first), day(last))
        }
    }
}

struct Reader {
    today: NaiveDate,
    doubts: Vec<Doubt>,
}

impl Reader {
    fn test(&mut self, typed: &str, reach: Reach) -> Option<DateTest> {
        if let Some(inner) = typed.strip_prefix(['[', '{']) {
            let (from, to) = inner.strip_suffix([']', '}'])?.split_once(" to ")?;
            let first = if typed.starts_with('[') { Reach::Since } else { Reach::After };
            let last = if typed.ends_with(']') { Reach::Until } else { Reach::Before };
            return self.range((from, first), (to, last));
        }
        let signs = [
            (">=", Reach::Since),
            ("<=", Reach::Until),
            (">", Reach::After),
            ("<", Reach::Before),
            ("=", reach),
        ];
        for (sign, reach) in signs {
            if let Some(period) = typed.strip_prefix(sign) {
                let span = self.period(period)?;
                return within(bounds(span, reach));
            }
        }
        let dash = DASH.to_string();
        let range = typed.split_once("..").or_else(|| typed.split_once(&dash));
        if let Some((from, to)) = range {
            let to = to.trim_start_matches('.');
            return self.range((from, Reach::Since), (to, Reach::Until));
        }
        let span = self.period(typed)?;
        within(bounds(span, reach))
    }

    /// A range whose ends may be open; the ends change places where it runs backwards.
    fn range(&mut self, from: (&str, Reach), to: (&str, Reach)) -> Option<DateTest> {
        let end = |(typed, reach): (&str, Reach), reader: &mut Self| match typed.trim() {
            "" | "*" => Some(None),
            period => reader.period(period).map(|span| Some((span, reach))),
        };
        match (end(from, self)?, end(to, self)?) {
            (Some((from, _)), Some((to, _))) if from.first > to.last => {
                self.doubts.push(Doubt::Swapped);
                within((Some(to.first), Some(from.last)))
            }
            (from, to) => {
                let first = from.and_then(|(span, reach)| bounds(span, reach).0);
                let last = to.and_then(|(span, reach)| bounds(span, reach).1);
                within((first, last))
            }
        }
    }

    fn period(&mut self, typed: &str) -> Option<Span> {
        let typed = typed.trim();
        if let Some(about) = typed.strip_prefix('~') {
            let span = self.period_of_parts(about)?;
            let first = span.first.checked_sub_days(Days::new(ABOUT_DAYS))?;
            return clamped(first, span.last.checked_add_days(Days::new(ABOUT_DAYS))?);
        }
        let span = self.period_of_parts(typed)?;
        clamped(span.first, span.last)
    }

    fn period_of_parts(&mut self, typed: &str) -> Option<Span> {
        let parts: Option<Vec<Part>> = day_of_timestamp(typed)
            .split(['-', '/', '.', ',', ' ', '_'])
            .flat_map(run_together)
            .filter(|part| !part.is_empty())
            .take(MOST_PARTS + 1)
            .map(part)
            .collect();
        self.calendar(&parts?)
    }

    fn calendar(&mut self, parts: &[Part]) -> Option<Span> {
        use Part::{Ago, Last, Month, Number, Quarter, This, Today, Unit, Week, Year, Yesterday};
        match *parts {
            [Today] => span(self.today, self.today),
            [Yesterday] => self.today.pred_opt().and_then(|day| span(day, day)),
            [Ago(n, unit)] | [Last, Ago(n, unit)] | [Last, Number(n), Unit(unit)] => {
                last_units(self.today, n, unit)
            }
            [This, Unit(unit)] => unit_around(self.today, unit),
            [Last, Unit(unit)] => unit_around(before(self.today, 1, unit)?, unit),
            [Year(y)] => year(y),
            [Year(from), Year(to)] if from <= to => span(year(from)?.first, year(to)?.last),
            [Year(y), Number(m) | Month(m)] | [Number(m) | Month(m), Year(y)] => month(y, m),
            [Year(y), Quarter(q)] | [Quarter(q), Year(y)] => quarter(y, q),
            [Year(y), Week(w)] | [Week(w), Year(y)] => self.week(y, w),
            [Part::Day(y, m, d)]
            | [Year(y), Number(m) | Month(m), Number(d)]
            | [Number(d), Month(m), Year(y)]
            | [Month(m), Number(d), Year(y)] => self.day(y, m, d),
            [Number(a), Number(b), Year(y)] => self.day_and_month(y, a, b),
            _ => None,
        }
    }

    /// Two numbers before a year: the day stands first unless it cannot.
    fn day_and_month(&mut self, y: i32, a: u32, b: u32) -> Option<Span> {
        if b > 12 {
            return self.day(y, a, b);
        }
        let span = self.day(y, b, a)?;
        if a <= 12 && a != b {
            self.doubts.push(Doubt::DayFirst(span.first));
        }
        Some(span)
    }

    fn day(&mut self, y: i32, m: u32, d: u32) -> Option<Span> {
        let last = month(y, m)?.last;
        match d {
            1..=31 if d > last.day() => {
                self.doubts.push(Doubt::Clamped(last));
                span(last, last)
            }
            _ => NaiveDate::from_ymd_opt(y, m, d).and_then(|day| span(day, day)),
        }
    }

    /// A week of ISO 8601: from Monday to Sunday, the first being that of 4 January.
    fn week(&mut self, y: i32, w: u32) -> Option<Span> {
        if let Some(monday) = NaiveDate::from_isoywd_opt(y, w, Weekday::Mon) {
            return unit_around(monday, Unit::Week);
        }
        let last = NaiveDate::from_isoywd_opt(y, 52, Weekday::Mon).filter(|_| w == 53)?;
        self.doubts.push(Doubt::Clamped(last));
        unit_around(last, Unit::Week)
    }
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// What stands between two separators of a date.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Part {
    /// Four digits.
    Year(i32),
    /// One to three digits.
    Number(u32),
    /// Eight digits: year, month, day.
    Day(i32, u32, u32),
    /// The name of a month.
    Month(u32),
    /// `w47`.
    Week(u32),
    /// `q4`.
    Quarter(u32),
    /// `7d`.
    Ago(u32, Unit),
    Unit(Unit),
    Today,
    Yesterday,
    Last,
    This,
}

/// No date has more parts than this.
const MOST_PARTS: usize = 3;

/// Names of the months in English; the first three letters are enough, and `sept`.
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

/// `2022w47` and `2022q4` as two parts.
fn run_together(text: &str) -> [&str; 2] {
    let is_numbered = |rest: &str| rest.starts_with(['w', 'q']) && rest.len() > 1;
    match text.split_at_checked(4) {
        Some((year, rest)) if is_numbered(rest) && year.bytes().all(|b| b.is_ascii_digit()) => {
            [year, rest]
        }
        _ => [text, ""],
    }
}

fn part(text: &str) -> Option<Part> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, letters) = text.split_at(digits);
    match (digits, letters) {
        (0, _) => worded(letters),
        (4, "") => number.parse().ok().filter(|year| YEARS.contains(year)).map(Part::Year),
        (8, "") => {
            let (year, rest) = number.split_at(4);
            let (month, day) = rest.split_at(2);
            Some(Part::Day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
        }
        (1..=3, "") => number.parse().ok().map(Part::Number),
        (1..=5, _) => Some(Part::Ago(number.parse().ok()?, unit(letters)?)),
        _ => None,
    }
}

fn worded(text: &str) -> Option<Part> {
    let numbered = |prefix: char, highest: u32| {
        let number = text.strip_prefix(prefix)?;
        let number: u32 = number.parse().ok().filter(|_| number.len() <= 2)?;
        (1..=highest).contains(&number).then_some(number)
    };
    let month = MONTHS
        .iter()
        .position(|name| text == "sept" || text.len() >= 3 && name.starts_with(text))
        .map(|place| if text == "sept" { 8 } else { place });
    Some(match text {
        "today" => Part::Today,
        "yesterday" => Part::Yesterday,
        "last" | "past" | "previous" => Part::Last,
        "this" => Part::This,
        _ => {
            let month = month.and_then(|place| u32::try_from(place + 1).ok()).map(Part::Month);
            let unit = || unit(text).filter(|_| text.len() > 1).map(Part::Unit);
            let week = || numbered('w', 53).map(Part::Week);
            let quarter = || numbered('q', 4).map(Part::Quarter);
            return month.or_else(unit).or_else(week).or_else(quarter);
        }
    })
}

fn unit(text: &str) -> Option<Unit> {
    Some(match text {
        "d" | "day" | "days" => Unit::Day,
        "w" | "week" | "weeks" => Unit::Week,
        "m" | "month" | "months" => Unit::Month,
        "quarter" | "quarters" => Unit::Quarter,
        "y" | "year" | "years" => Unit::Year,
        _ => return None,
    })
}

/// `2022-11-20T10:00:00Z` without its time of day.
fn day_of_timestamp(text: &str) -> &str {
    match text.split_once('t') {
        Some((day, time)) if day.len() == 10 && time.starts_with(|c: char| c.is_ascii_digit()) => {
            day
        }
        _ => text,
    }
}

fn span(first: NaiveDate, last: NaiveDate) -> Option<Span> {
    (first <= last).then_some(Span { first, last })
}

/// The span within the years that can be written.
fn clamped(first: NaiveDate, last: NaiveDate) -> Option<Span> {
    let earliest = year(*YEARS.start())?.first;
    let latest = year(*YEARS.end())?.last;
    span(first.clamp(earliest, latest), last.clamp(earliest, latest))
}

fn year(y: i32) -> Option<Span> {
    span(NaiveDate::from_ymd_opt(y, 1, 1)?, NaiveDate::from_ymd_opt(y, 12, 31)?)
}

fn quarter(y: i32, q: u32) -> Option<Span> {
    span(month(y, 3 * q - 2)?.first, month(y, 3 * q)?.last)
}

fn month(y: i32, m: u32) -> Option<Span> {
    let first = NaiveDate::from_ymd_opt(y, m, 1)?;
    span(first, first.checked_add_months(Months::new(1))?.pred_opt()?)
}

/// The day `n` units earlier.
fn before(day: NaiveDate, n: u32, unit: Unit) -> Option<NaiveDate> {
    let n_days = |n: u32| day.checked_sub_days(Days::new(n.into()));
    let n_months = |n: u32| day.checked_sub_months(Months::new(n));
    match unit {
        Unit::Day => n_days(n),
        Unit::Week => n_days(n.checked_mul(7)?),
        Unit::Month => n_months(n),
        Unit::Quarter => n_months(n.checked_mul(3)?),
        Unit::Year => n_months(n.checked_mul(12)?),
    }
}

/// The last `n` units up to today: `7d` is today and the six days before it.
fn last_units(today: NaiveDate, n: u32, unit: Unit) -> Option<Span> {
    let first = before(today, n, unit)?.succ_opt()?;
    span(first.min(today), today)
}

/// The whole calendar unit that `day` lies in.
fn unit_around(day: NaiveDate, unit: Unit) -> Option<Span> {
    match unit {
        Unit::Day => span(day, day),
        Unit::Week => {
            let week = day.week(Weekday::Mon);
            span(week.checked_first_day()?, week.checked_last_day()?)
        }
        Unit::Month => month(day.year(), day.month()),
        Unit::Quarter => quarter(day.year(), day.month().div_ceil(3)),
        Unit::Year => year(day.year()),
    }
}

/// The first and last day that `reach` takes in; `None` for no limit.
fn bounds(span: Span, reach: Reach) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let Span { first, last } = span;
    match reach {
        Reach::Within => (Some(first), Some(last)),
        Reach::Since => (Some(first), None),
        Reach::After => (last.succ_opt().filter(|day| YEARS.contains(&day.year())), None),
        Reach::Until => (None, Some(last)),
        Reach::Before => (None, first.pred_opt().filter(|day| YEARS.contains(&day.year()))),
    }
}

/// The test of these bounds; `None` where there is none, or nothing between them.
fn within((first, last): (Option<NaiveDate>, Option<NaiveDate>)) -> Option<DateTest> {
    let is_empty = first.zip(last).is_some_and(|(first, last)| first > last);
    (!is_empty && (first.is_some() || last.is_some())).then_some(DateTest::Within { first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(typed: &str) -> Option<Reading> {
        let today = NaiveDate::from_ymd_opt(2022, 11, 20).expect("a real day");
        read(typed, Reach::Within, today)
    }

    #[track_caller]
    fn check(typed: &str, meant: &str) {
        let reading = reading(typed).unwrap_or_else(|| panic!("`{typed}` is a date"));
        assert_eq!(written(reading.test), format!("date:{meant}"), "for `{typed}`");
    }

    #[test]
    fn a_date_may_be_written_in_many_ways() {
        for typed in [
            "2022-11-20",
            "20221120",
            "2022/11/20",
            "2022.11.20",
            "20/11/2022",
            "20.11.2022",
            "11/20/2022",
            "20-nov-2022",
            "20 November 2022",
            "Nov 20, 2022",
            "2022-Nov-20",
            "2022-11-20T10:00:00Z",
            "=2022-11-20",
            "today",
            "1d",
        ] {
            check(typed, "2022-11-20");
        }
    }

    #[test]
    fn a_period_covers_all_its_days() {
        check("2022", "2022");
        for typed in ["2022-11", "11/2022", "nov-2022", "2022-nov", "november 2022"] {
            check(typed, "2022-11");
        }
        check("2020-02", "2020-02");
        check("sept 2022", "2022-09");
        for typed in ["2022q4", "2022-Q4", "Q4 2022"] {
            check(typed, "2022-10-01..2022-12-31");
        }
        check("2022-W47", "2022-11-21..2022-11-27");
        check("2020-W53", "2020-12-28..2021-01-03");
        check("2019-2022", "2019-01-01..2022-12-31");
    }

    #[test]
    fn a_relative_date_counts_from_today() {
        check("yesterday", "2022-11-19");
        check("7d", "2022-11-14..2022-11-20");
        check("last-30d", "2022-10-22..2022-11-20");
        check("last 30 days", "2022-10-22..2022-11-20");
        check("2w", "2022-11-07..2022-11-20");
        check("1m", "2022-10-21..2022-11-20");
        check("1y", "2021-11-21..2022-11-20");
        check("0d", "2022-11-20");
        check("last-week", "2022-11-07..2022-11-13");
        check("this-week", "2022-11-14..2022-11-20");
        check("last-month", "2022-10");
        check("this-month", "2022-11");
        check("last-quarter", "2022-07-01..2022-09-30");
        check("last-year", "2021");
        check("this-year", "2022");
        check("99999d", "1749-02-06..2022-11-20");
    }

    #[test]
    fn a_range_includes_both_its_ends() {
        check("2022-11..2023-01", "2022-11-01..2023-01-31");
        check("2022–2023", "2022-01-01..2023-12-31");
        check("2022..", "2022-01-01..");
        check("..2022", "..2022-12-31");
        check("yesterday..today", "2022-11-19..2022-11-20");
        check("[2022-11-01 TO 2022-11-30]", "2022-11");
        check("[2022-11-01T00:00:00Z TO *]", "2022-11-01..");
        check("{2022-11-01 TO 2022-11-30}", "2022-11-02..2022-11-29");
        check(">=2022", "2022-01-01..");
        check(">2022", "2023-01-01..");
        check("<=2022", "..2022-12-31");
        check("<2022", "..2021-12-31");
        check("~2022-11-20", "2022-11-17..2022-11-23");
        check("~2022-11", "2022-10-29..2022-12-03");
    }

    #[test]
    fn having_a_date_can_be_asked_for() {
        check("*", "*");
        check("none", "none");
    }

    #[test]
    fn doubts_are_told() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a real day");
        for (typed, meant, doubt) in [
            ("2022-02-30", "2022-02-28", Doubt::Clamped(day(2022, 2, 28))),
            ("31/04/2022", "2022-04-30", Doubt::Clamped(day(2022, 4, 30))),
            ("2022-W53", "2022-12-26..2023-01-01", Doubt::Clamped(day(2022, 12, 26))),
            ("03/04/2022", "2022-04-03", Doubt::DayFirst(day(2022, 4, 3))),
            ("2023..2022", "2022-01-01..2023-12-31", Doubt::Swapped),
        ] {
            check(typed, meant);
            let doubts = reading(typed).map(|reading| reading.doubts);
            assert_eq!(doubts, Some(vec![doubt]), "for `{typed}`");
        }
        assert_eq!(reading("04/04/2022").map(|reading| reading.doubts), Some(Vec::new()));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for typed in [
            "",
            "..",
            "-",
            "soon",
            "2022-13",
            "2022-00-10",
            "2022-11-32",
            "0999",
            "99999",
            "2022-W54",
            "2022-W0",
            "2022q5",
            "2022q0",
            "20/11/22",
            "1/2/3/2022",
            "2022..soon",
            "[2022 TO",
            "[2022]",
            ">..",
            "~",
            "999999d",
            "10:30",
            "{2022-11-20 TO 2022-11-21}",
            ">9999",
            "<1000",
            "é",
            "４",
        ] {
            assert_eq!(reading(typed), None, "for `{typed}`");
        }
    }
}
