use chrono::{FixedOffset, NaiveTime};
use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(text: &str, meant: Option<&str>) {
    let got = parse_date(text).map(|when| when.to_string());
    assert_eq!(got.as_deref(), meant, "for `{text}`");
}

#[test]
fn machine_dates_are_read_to_the_precision_they_have() {
    check("2022-11-17", Some("2022-11-17"));
    check("2022-11-17T10:15:00Z", Some("2022-11-17T10:15:00Z"));
    check("2022-11-17T10:15:00.123+02:00", Some("2022-11-17T10:15:00+02:00"));
    check("2022-11-17T10:15:00+0200", Some("2022-11-17T10:15:00+02:00"));
    check("2022-11-17 10:15", Some("2022-11-17T10:15:00"));
    check("2022-11-17T23:59:60Z", Some("2022-11-17T23:59:59Z"));
    check("2022-11-17T10:15:00-05", Some("2022-11-17T10:15:00-05:00"));
    check("20221117", Some("2022-11-17"));
    check("20221117T101500Z", Some("2022-11-17T10:15:00Z"));
    check("20221117101500", Some("2022-11-17T10:15:00"));
    check("2022/11/17", Some("2022-11-17"));
    check("2022-11", Some("2022-11"));
    check("2022", Some("2022"));
    check("Thu, 17 Nov 2022 10:15:00 +0200", Some("2022-11-17T10:15:00+02:00"));
    check("Thu, 17 Nov 2022 10:15:00 GMT", Some("2022-11-17T10:15:00Z"));
    check("Tue Nov 19 2019 08:00:00 GMT+0100 (CET)", Some("2019-11-19T08:00:00+01:00"));
    check("Tue Nov 19 10:20:30 EST 2019", Some("2019-11-19T10:20:30-05:00"));
    check("26-FEB-1987 15:01:01.79", Some("1987-02-26T15:01:01"));
}

#[test]
fn written_dates_are_read_in_many_languages() {
    check("17 November 2022", Some("2022-11-17"));
    check("Nov. 17, 2022", Some("2022-11-17"));
    check("November 17th, 2022", Some("2022-11-17"));
    check("Thursday, November 17, 2022 10:15 AM", Some("2022-11-17T10:15:00"));
    check("Published: November 17, 2022 at 12:05 a.m. EST", Some("2022-11-17T00:05:00-05:00"));
    check("01:38:07 PM IST Nov 20, 2019", Some("2019-11-20T13:38:07"));
    check("November 2022", Some("2022-11"));
    check("Donnerstag, 17. November 2022, 10:15 Uhr", Some("2022-11-17T10:15:00"));
    check("17 de noviembre de 2022", Some("2022-11-17"));
    check("le 1er août 2022", Some("2022-08-01"));
    check("17 listopada 2022", Some("2022-11-17"));
    check("17 ноября 2022 г., 10:15", Some("2022-11-17T10:15:00"));
    check("17 листопада 2022", Some("2022-11-17"));
    check("17 Kasım 2022", Some("2022-11-17"));
    check("2022年11月17日 10:15", Some("2022-11-17T10:15:00"));
    check("2022年11月", Some("2022-11"));
    check("2022년 11월 17일", Some("2022-11-17"));
}

#[test]
fn each_language_has_its_months_and_its_order() {
    for text in [
        "17. listopadu 2022",
        "17. novembra 2022",
        "2022. november 17., csütörtök",
        "17 noiembrie 2022",
        "den 17 november 2022 kl. ",
        "17. marraskuuta 2022",
        "17 Νοεμβρίου 2022",
        "ΠΕΜΠΤΗ 17 ΝΟΕΜΒΡΙΟΥ 2022",
        "17 ноември 2022",
        "17. новембар 2022.",
        "2022 m. lapkričio 17 d.",
        "2022. gada 17. novembrī",
        "17 November 2022",
        "17 noyabr 2022",
        "17 қараша 2022",
        "17 نوفمبر 2022",
        "١٧ نوفمبر ٢٠٢٢",
        "17 تشرين الثاني 2022",
        "۲۶ آبان ۱۴۰۱",
        "پنجشنبه ۲۶ آبان ۱۴۰۱",
        "17 בנובמבר 2022",
        "17 नवंबर 2022",
        "१७ नवम्बर २०२२",
        "১৭ নভেম্বর ২০২২",
        "17 พฤศจิกายน 2565",
        "๑๗ พ.ย. ๒๕๖๕",
        "Thứ Năm, 17 tháng 11, 2022",
        "17 tháng 11 năm 2022",
        "Kamis, 17 November 2022",
        "令和4年11月17日",
        "民國111年11月17日",
        "2022年11月17日（木）",
        "2022. 11. 17.",
        "17 ნოემბერი 2022",
        "17 նոյեմբերի 2022",
        "الخميس 23 ربيع الآخر 1444 هـ الموافق 17 نوفمبر 2022",
    ] {
        check(text, Some("2022-11-17"));
    }
    // The tabular calendar; the moon may have been seen a day later.
    check("22 ربيع الآخر 1444", Some("2022-11-17"));
}

#[test]
fn conventions_of_the_page_settle_what_numbers_leave_open() {
    for (text, language, order, meant) in [
        ("03/04/2022", None, Some(DayOrder::DayFirst), Some("2022-04-03")),
        ("03/04/2022", None, Some(DayOrder::MonthFirst), Some("2022-03-04")),
        ("17/11/2022", None, Some(DayOrder::MonthFirst), Some("2022-11-17")),
        ("17.11.22", None, Some(DayOrder::DayFirst), Some("2022-11-17")),
        ("17.11.22", None, None, None),
        ("10.11.12.13", None, Some(DayOrder::DayFirst), None),
        ("17/11/2565", Some("th"), Some(DayOrder::DayFirst), Some("2022-11-17")),
        ("1401/08/26", Some("fa"), None, Some("2022-11-17")),
        ("1401/08/26", None, None, None),
        ("17. listopada 2022.", Some("hr"), None, Some("2022-10-17")),
    ] {
        let got = match read(text, Conventions { language, order }) {
            Some(Written::When(when)) => Some(when.to_string()),
            _ => None,
        };
        assert_eq!(got.as_deref(), meant, "for `{text}`, {language:?}, {order:?}");
    }
}

#[test]
fn a_day_without_its_year_is_the_last_one_before_the_capture() {
    let captured = NaiveDate::from_ymd_opt(2022, 11, 20).and_then(|day| day.and_hms_opt(12, 0, 0));
    for (body, meant) in [
        ("KYIV, Nov. 18 (Reuters) - The port reopened.", "2022-11-18"),
        ("PARIS, 21 novembre (AFP) - Le port rouvre.", "2022-11-21"),
        ("OSLO, Dec. 3 (Reuters) - The port reopened.", "2021-12-03"),
    ] {
        let written = dateline(body, Conventions::default());
        assert_eq!(written.and_then(|it| it.settle(None)), None, "for `{body}`");
        let settled = written.and_then(|it| it.settle(captured)).map(|when| when.to_string());
        assert_eq!(settled.as_deref(), Some(meant), "for `{body}`");
    }
}

#[test]
fn numbers_are_read_only_where_their_order_shows() {
    check("17.11.2022", Some("2022-11-17"));
    check("03.04.2022", Some("2022-04-03"));
    check("11/17/2022", Some("2022-11-17"));
    check("17/11/2022", Some("2022-11-17"));
    check("17-11-2022 10:15", Some("2022-11-17T10:15:00"));
    check("03/03/2022", Some("2022-03-03"));
    check("03/04/2022", None);
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "today",
        "0001-01-01",
        "2022-02-30",
        "2022-13-01",
        "31 April 2022",
        "1799-12-31",
        "2101-01-01",
        "99999999",
        "Room 2022",
        "+1 202 555 0117",
        "1.2.3.4",
        "10:15",
        "192.168.10.2022",
        "November 17",
        "March of the penguins",
    ] {
        check(text, None);
    }
}

#[test]
fn an_address_dates_its_article_at_the_start_of_a_segment() {
    for (url, meant) in [
        ("https://example.org/2022/11/17/story.html", Some("2022-11-17")),
        ("https://example.org/news/2022/11/7-story", Some("2022-11-07")),
        ("https://example.org/world/2022/nov/17/story", Some("2022-11-17")),
        ("https://example.org/news/2022-11-17-story", Some("2022-11-17")),
        ("https://example.org/news/2022_11_17/story", Some("2022-11-17")),
        ("https://example.org/n/20221117/story", Some("2022-11-17")),
        ("https://example.org/2019/1120/c90000.html", Some("2019-11-20")),
        ("https://example.org/2019-11/20/content.htm", Some("2019-11-20")),
        ("https://example.org/2022/11/story", Some("2022-11")),
        ("https://example.org/story-20221117", None),
        ("https://example.org/2022/13/17/story", None),
        ("https://example.org/story?date=2022/11/17", None),
        ("https://example.org/2022/", None),
        ("", None),
    ] {
        let got = date_in_url(url).map(|when| when.to_string());
        assert_eq!(got.as_deref(), meant, "for `{url}`");
    }
}

#[test]
fn a_dateline_needs_its_year() {
    for (body, meant) in [
        ("KYIV, Nov. 18, 2022 (Reuters) - The port reopened.", Some("2022-11-18")),
        ("OSLO — 3 May 2021 — The port reopened.", Some("2021-05-03")),
        ("Friday, January 4, 2019\nThe port reopened.", Some("2019-01-04")),
        ("KYIV, Nov. 18 (Reuters) - The port reopened.", None),
        ("The port reopened on Nov. 18, 2022, the mayor said.", None),
        ("On 18 November 2022 the port reopened.", None),
        ("It reopened on 18 November 2022.", None),
        ("", None),
    ] {
        let got = match dateline(body, Conventions::default()) {
            Some(Written::When(when)) => Some(when.to_string()),
            _ => None,
        };
        assert_eq!(got.as_deref(), meant, "for `{body}`");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_readers_panic(text in "\\PC{0,120}|[0-9TZ:./ +年月日a-z-]{0,60}") {
        let _ = (parse_date(&text), date_in_url(&text), dateline(&text, Conventions::default()));
    }

    #[test]
    fn a_date_reads_back_as_written(days in 0..100_000_i64, second in 0..86_400_i64, zone in -14..15_i32) {
        let start = NaiveDate::from_ymd_opt(1801, 1, 1).expect("a real day");
        let day = start + chrono::Days::new(u64::try_from(days).expect("not negative"));
        let time = day.and_time(NaiveTime::MIN) + chrono::TimeDelta::seconds(second);
        for when in [When::Day(day), When::Second(time, FixedOffset::east_opt(zone * 3600))] {
            prop_assert_eq!(parse_date(&when.to_string()), Some(when));
        }
    }
}
