//! 1. Structured data is believed first; evidence that agrees is nearly certain.
//! 2. A later change is no publication, nor is the time at which the page was saved.
//! 3. No date lies behind the capture. 4. What counts from the capture is settled by it alone.
//! 5. Dates of other articles, clocks and headlines are not the article's.

use chrono::{NaiveDate, NaiveDateTime};
use dom_query::Document;

use super::*;
use crate::article::DateOutcome;
use crate::metadata::date::{Conventions, DayOrder};
use crate::metadata::harvest::Harvest;

/// How a page is dated that was saved at noon of this day, if that is known.
fn dating(html: &str, url: Option<&str>, captured: Option<&str>) -> Dating {
    let page = Document::from(html);
    let clues = clues(&Harvest::of(&page), url);
    let address = url.map(|url| Clue::new(ClueKind::Address, url, url));
    let all: Vec<Clue> = address.into_iter().chain(clues.found).collect();
    let noon = |day: &str| -> NaiveDateTime {
        day.parse::<NaiveDate>().expect("a day").and_hms_opt(12, 0, 0).expect("noon")
    };
    let captured = captured.map(noon);
    let order = DayOrder::of(clues.language.as_deref(), None);
    date(
        &all,
        Circumstances {
            conventions: Conventions { language: clues.language.as_deref(), order },
            captured,
            latest: captured.and_then(|time| time.date().succ_opt()),
        },
    )
}

fn found(dating: &Dating) -> Option<(String, &'static str)> {
    dating.published.as_ref().map(|date| (date.when.to_string(), date.source.name()))
}

#[track_caller]
fn check(html: &str, url: Option<&str>, meant: Option<(&str, &str)>) {
    let got = found(&dating(html, url, None));
    let got = got.as_ref().map(|(when, source)| (when.as_str(), *source));
    assert_eq!(got, meant, "for `{html}`");
}

const JSON_LD: &str = r#"<script type="application/ld+json">
    {"@type": "NewsArticle", "datePublished": "2022-11-17", "dateModified": "2022-12-01"}
    </script>"#;

#[test]
fn structured_data_is_believed_first() {
    check(JSON_LD, None, Some(("2022-11-17", "json-ld")));
    let meta = r#"<meta property="article:published_time" content="2022-11-17T10:00:00Z">"#;
    check(meta, None, Some(("2022-11-17T10:00:00Z", "meta")));
    check("", Some("https://example.org/2022/11/17/a"), Some(("2022-11-17", "url")));
    let time = r#"<time datetime="2022-11-17">Thursday</time>"#;
    check(time, None, Some(("2022-11-17", "time-tag")));
    let state = r#"<script>var page = {"publishedAt": "2022-11-17T10:00:00+02:00"}</script>"#;
    check(state, None, Some(("2022-11-17T10:00:00+02:00", "page-state")));
    let rdf = r#"<!-- <rdf:Description dc:date="2022-11-17T22:00:00+09:00" /> -->"#;
    check(rdf, None, Some(("2022-11-17T22:00:00+09:00", "page-state")));
}

#[test]
fn evidence_that_agrees_is_nearly_certain_and_a_contradiction_costs_trust() {
    let sure = |url| dating(JSON_LD, url, None).published.map(|date| date.confidence);
    let agreed = sure(Some("https://example.org/2022/11/17/a"));
    let alone = sure(None);
    let contradicted = dating(
        &format!("{JSON_LD}<h1>Port reopens</h1><p class=date>3 October 2022</p>"),
        None,
        None,
    );
    assert_eq!(found(&contradicted), Some(("2022-11-17".to_owned(), "json-ld")));
    let contradicted = contradicted.published.map(|date| date.confidence);
    assert!(agreed > alone && alone > contradicted, "{agreed:?} {alone:?} {contradicted:?}");
}

#[test]
fn the_time_of_day_is_kept_where_a_machine_states_it() {
    let html = r#"<meta property="article:published_time" content="2022-11-17T10:00:00+06:00">"#;
    let url = Some("https://example.org/2022/11/17/a");
    check(html, url, Some(("2022-11-17T10:00:00+06:00", "meta")));
}

#[test]
fn an_instant_in_utc_yields_to_the_day_in_the_address() {
    for (stated, meant) in [
        ("2022-11-18T02:10:00+00:00", "2022-11-17"),
        ("2022-11-17T22:10:00+00:00", "2022-11-17T22:10:00Z"),
        // Midnight is a day, not an instant; another offset is the publisher's own.
        ("2022-11-18T02:10:00+06:00", "2022-11-18T02:10:00+06:00"),
    ] {
        let html = format!(
            r#"<meta property="article:published_time" content="{stated}">
            <script type="application/ld+json">{{"@type": "Article", "datePublished": "{stated}"}}</script>"#
        );
        let dating = dating(&html, Some("https://example.org/2022/11/17/a"), None);
        assert_eq!(found(&dating).map(|(when, _)| when).as_deref(), Some(meant), "for {stated}");
    }
}

#[test]
fn a_later_change_is_no_publication() {
    for html in [
        r#"<meta property="article:modified_time" content="2022-11-17">"#,
        r#"<script type="application/ld+json">
            {"@type": "Article", "dateModified": "2022-11-17"}</script>"#,
        r#"<p class="updated-date">17 November 2022</p>"#,
        r#"<span itemprop="dateModified">17 November 2022</span>"#,
        "<h1>Port reopens</h1><p>Last updated: 17 November 2022</p>",
        "<h1>Порт открыт</h1><p>Обновлено 17 ноября 2022</p>",
        r#"<h1>Port reopens</h1><p>Updated <time datetime="2022-11-17">then</time></p>"#,
    ] {
        let dating = dating(html, None, None);
        assert_eq!(dating.published, None, "for `{html}`");
        assert_eq!(dating.modified.map(|when| when.to_string()).as_deref(), Some("2022-11-17"));
        assert_eq!(dating.candidates[0].outcome, DateOutcome::Modified);
    }
}

#[test]
fn publication_and_change_on_one_line_are_told_apart() {
    let html = "<h1>Port reopens</h1><p>Published: 17 Nov 2022 10:15 | Updated: 1 Dec 2022</p>";
    let dating = dating(html, None, None);
    assert_eq!(found(&dating), Some(("2022-11-17T10:15:00".to_owned(), "visible-text")));
    assert_eq!(dating.modified.map(|when| when.to_string()).as_deref(), Some("2022-12-01"));
}

#[test]
fn a_date_printed_beside_the_headline_is_the_articles() {
    for html in [
        "<h1>Port reopens after the storm</h1><p class=byline>By Ann Oakes, 17 November 2022</p>",
        "<p>3 May 2019</p><div>Read this too</div><h1>Port reopens</h1><ul><li>17 Nov 2022</ul>",
        "<html lang=pt><h1>Porto reaberto</h1><small><b>17/11/2022</b> - Publicado por: Ana</small>",
        "<html lang=th><h1>ท่าเรือเปิดแล้ว</h1><span>17 พ.ย. 2565</span>",
        "<title>Port reopens after the storm</title><p class=t>Port reopens after the storm</p>\
         <p>17 November 2022</p>",
        "<h1>Port</h1><script>showDate(\"2022/11/17 01:43\")</script>",
    ] {
        let got = dating(html, None, None).published.map(|date| date.when.first_day().to_string());
        assert_eq!(got.as_deref(), Some("2022-11-17"), "for `{html}`");
    }
}

#[test]
fn dates_of_other_things_are_not_the_articles() {
    for html in [
        "<h1>Port reopens</h1><aside><time datetime=2022-11-17>Thursday</time></aside>",
        "<h1>The storm of 17 November 2022, hour by hour</h1>",
        "<footer>© 2022 Daily Gull</footer>",
        "<h1>Port reopens</h1><p>Call +1 202 555 0117, tickets 20.11.22 €</p>",
        &JSON_LD.replace("2022-11-17", "0001-01-01"),
        &JSON_LD.replace("2022-11-17", "1970-01-01T00:00:00Z"),
        r#"<meta name="date" content="soon">"#,
        "<p>It happened on 17 November 2022, the mayor said, and on 3 May 2019.</p>",
        r#"<script>[{"publishedAt": "2022-11-17"}, {"publishedAt": "2022-11-03"}]</script>"#,
    ] {
        assert_eq!(dating(html, None, None).published, None, "for `{html}`");
    }
}

#[test]
fn no_date_lies_behind_the_capture() {
    let dating = dating(JSON_LD, None, Some("2022-11-10"));
    assert_eq!(dating.published, None);
    let outcomes: Vec<_> = dating.candidates.iter().map(|it| it.outcome.name()).collect();
    assert_eq!(outcomes, ["modified", "after-capture"]);
}

#[test]
fn what_counts_from_the_capture_is_settled_by_it_alone() {
    for (text, meant) in [
        ("3 hours ago", "2022-11-17"),
        ("14 hours ago", "2022-11-16"),
        ("vor 2 Tagen", "2022-11-15"),
        ("il y a 3 heures", "2022-11-17"),
        ("hace 2 días", "2022-11-15"),
        ("3 часа назад", "2022-11-17"),
        ("5 godz. temu", "2022-11-17"),
        ("2 gün önce", "2022-11-15"),
        ("منذ 3 ساعات", "2022-11-17"),
        ("3小时前", "2022-11-17"),
        ("2日前", "2022-11-15"),
        ("3시간 전", "2022-11-17"),
        ("Yesterday, 10:15", "2022-11-16"),
        ("17. November", "2022-11-17"),
        ("25. November", "2021-11-25"),
    ] {
        let html = format!("<h1>Port reopens</h1><span class=date>{text}</span>");
        let dated = dating(&html, None, Some("2022-11-17"));
        let got = dated.published.map(|date| date.when.to_string());
        assert_eq!(got.as_deref(), Some(meant), "for `{text}`");
        assert_eq!(dating(&html, None, None).published, None, "for `{text}`");
    }
}

#[test]
fn an_open_order_of_day_and_month_is_settled_by_language_or_other_evidence() {
    let page = |language: &str, more: &str| {
        let html = format!("<html lang={language}><h1>Port</h1><p>Published 03/04/2022</p>{more}");
        dating(&html, None, None).published.map(|date| date.when.first_day().to_string())
    };
    assert_eq!(page("fr", "").as_deref(), Some("2022-04-03"));
    assert_eq!(page("en-GB", "").as_deref(), Some("2022-04-03"));
    assert_eq!(page("en", ""), None);
    let picture = "<meta property=og:image content=https://example.org/2022/03/04/a.jpg>";
    assert_eq!(page("en", picture).as_deref(), Some("2022-03-04"));
}

#[test]
fn what_the_record_declares_beats_the_page() {
    for (declared, meant) in [
        ("2021-03-05", "2021-03-05"),
        // Within what is declared, the page may say more.
        ("2022-11", "2022-11-17"),
        ("2022", "2022-11-17"),
        ("2021", "2021"),
        ("soon", "2022-11-17"),
    ] {
        let found = clues(&Harvest::of(&Document::from(JSON_LD)), None).found;
        let all: Vec<Clue> =
            [Clue::new(ClueKind::Declared, declared, "date")].into_iter().chain(found).collect();
        let dating = date(&all, Circumstances::default());
        let got = dating.published.map(|date| date.when.to_string());
        assert_eq!(got.as_deref(), Some(meant), "for `{declared}`");
    }
}

#[test]
fn an_address_may_date_to_the_month() {
    check("", Some("https://example.org/2022/11/port-reopens"), Some(("2022-11", "url")));
    let both = "<meta property=og:image content=https://example.org/2022/11/a.jpg>";
    check(both, None, None);
}
