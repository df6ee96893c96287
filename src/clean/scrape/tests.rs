//! Furniture goes and every sentence stays. The tag and the headline are told apart from the body.
//! Clean text passes unharmed. Nothing goes without a reason. Cleaning twice changes nothing.

use std::path::PathBuf;

use proptest::prelude::*;

use super::*;

fn clean_text(text: &str) -> Cleaned {
    super::clean_text(text, &Template::default())
}

/// A scrape of the usual shape: tag, glued and torn sentences, appeals, tagged and untagged
/// headlines, a counter. The story and all names are invented.
const SCRAPE: &str = "Norway

The harbour of Vestvik said Monday it had closed after a storm sank two ferries this weekend.On \
Tuesday, divers will look for a third ship that has been missing since Friday, when the storm cut \
the town off from the mainland.The Coast Committee said the crew had \"waited for help and drifted \
out to sea,\" adding that it \"had heard nothing more from skipper Odd Lunde.\"Lunde, a former \
mayor and whaler, is a man whom the town has elected and thrown out three times.'No other \
way'Sailors from the Society for Harbours and Boats on the Sea (SHBS) have criticised \"the lack of \
boats and of people to row them.\"\"There is no other harbour.

There is no other way.

We will stay here,\" said Berit Moen, a retired pilot.\"This town is a trap,\" fisher Arne Dahl \
told reporters.Boats leave at 6:00 a.m.

CET and come back at 4:00 p.m.

CET.





Unlimited Portal Access + Monthly Magazine - 10 issues


Buy Our Merchandise (Spring Series)


Contribute US to Start Broadcasting


You need not give. Think of those at sea first. We do not mind if you don't wish to contribute, \
and if you do wish to contribute, think of them again. You can buy our calendars too.


STRIPE


[Norway] - Ferry Line Buys Two Ships


Fish Prices Rise Again in the North


[Norway] - Mayor of Vestvik Resigns


[Norway] - Storm Moves East, Forecasters Say


Is the Whale Back in the Fjord for Good This Time?


[Norway] - Seven Boats Found Near Island


41
";

#[test]
fn a_scrape_comes_out_as_its_story() {
    let cleaned = clean_text(SCRAPE);
    assert_eq!(cleaned.tag.as_deref(), Some("Norway"));
    assert_eq!(cleaned.title, None);
    assert_eq!(cleaned.warnings, []);
    let lines: Vec<&str> = cleaned.body.lines().collect();
    assert_eq!(lines.len(), 9, "{lines:#?}");
    assert!(lines[0].starts_with("The harbour") && lines[0].ends_with("this weekend."));
    assert_eq!(lines[4], "'No other way'");
    assert_eq!(
        lines[6],
        "\"There is no other harbour. There is no other way. We will stay here,\" \
        said Berit Moen, a retired pilot."
    );
    assert_eq!(lines[8], "Boats leave at 6:00 a.m. CET and come back at 4:00 p.m. CET.");
}

#[test]
fn every_piece_taken_off_has_its_reason() {
    let cleaned = clean_text(SCRAPE);
    let reasons: Vec<&str> = cleaned.removed().map(|(reason, _)| reason).collect();
    let mut meant = vec!["region-tag"];
    meant.extend(["appeal"; 5]);
    meant.extend(["headline-list"; 6]);
    meant.push("counter");
    assert_eq!(reasons, meant);
    assert_eq!(nothing_lost(SCRAPE), Ok(()));
}

/// Every word of the text is in the body or in what was removed.
fn nothing_lost(text: &str) -> Result<(), String> {
    let cleaned = clean_text(text);
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let removed: usize = cleaned.removed().map(|(_, text)| letters(text)).sum();
    if letters(&cleaned.body) + removed == letters(text) { Ok(()) } else { Err(text.to_owned()) }
}

const PROSE: &str = "The harbour of the small town was closed for three days after the storm had \
    passed, and no ship could leave it before the wreck at its mouth was towed away.";

#[test]
fn the_headline_is_the_short_line_before_the_story() {
    for (head, title, body_starts) in [
        ("Port closed after storm\n\n", Some("Port closed after storm"), "The harbour"),
        ("Port closed after storm\nBy Ann Oakes\n", Some("Port closed after storm"), "The harbour"),
        ("Port closed after storm\n4 May 2018\n", Some("Port closed after storm"), "4 May 2018"),
        (
            "Home\nNews\nSport\nSign in\nPort closed after storm\n",
            Some("Port closed after storm"),
            "The harbour",
        ),
        ("港口在风暴之后关闭\n", Some("港口在风暴之后关闭"), "The harbour"),
        ("4 May 2018\n", None, "4 May 2018"),
        ("", None, "The harbour"),
    ] {
        let cleaned = clean_text(&format!("{head}{PROSE}\n\n{PROSE}"));
        assert_eq!(cleaned.title.as_ref().map(|title| title.text.as_str()), title, "for `{head}`");
        assert!(cleaned.body.starts_with(body_starts), "for `{head}`");
    }
}

#[test]
fn a_tag_names_a_place_or_tags_headlines() {
    for (text, tag) in [
        (format!("Central Asia\n\n{PROSE}"), Some("Central Asia")),
        (format!("Harbours\n\n{PROSE}\n\n[Harbours] - One\n\n[Harbours] - Two"), Some("Harbours")),
        (format!("Harbours\n\n{PROSE}"), None),
        ("Europe\n\nHome\n\nNews\n\nSport".to_owned(), None),
        (PROSE.to_owned(), None),
        (String::new(), None),
    ] {
        assert_eq!(clean_text(&text).tag.as_deref(), tag, "for `{text}`");
    }
}

#[test]
fn clean_paragraphs_pass_unharmed() {
    let story = [
        PROSE,
        "“We will wait,” said the mayor. “It is our harbour.”",
        "Divers",
        "Three divers from the U.S. and one from St. Petersburg arrived on Nov. 3 at 6 a.m.; they \
         found nothing, and left again two days later without a word to the press.",
        "“Nothing?” asked the mayor.",
        PROSE,
    ];
    let cleaned = clean_text(&story.join("\n\n"));
    assert_eq!(cleaned.body, story.join("\n"));
    assert_eq!(cleaned.removed().collect::<Vec<_>>(), []);
    assert_eq!((cleaned.title, cleaned.tag), (None, None));
}

#[test]
fn a_text_without_a_story_is_kept_and_marked() {
    let cleaned = clean_text("Port closed\nFerry sold");
    assert_eq!(cleaned.body, "Port closed\nFerry sold");
    assert_eq!(cleaned.warnings, [ArticleWarning::NotCleaned]);
    assert_eq!(clean_text(" \n "), Cleaned::default());
}

fn shared(path: &str) -> Option<String> {
    let root = std::env::var_os("DATELINE_SHARED_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")),
        PathBuf::from,
    );
    let read = std::fs::read_to_string(root.join(path)).ok();
    if read.is_none() {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: no `{path}` in the shared data");
        }
    }
    read
}

#[test]
fn the_reference_scrape_comes_out_exactly() {
    let Some(text) = shared("seed/kazakhstan-coup-attempt.scrape.txt") else { return };
    let cleaned = clean_text(&text);
    assert_eq!(cleaned.tag.as_deref(), Some("Russia"));
    assert_eq!(cleaned.title, None);
    assert_eq!(cleaned.warnings, []);
    let body = &cleaned.body;
    assert!(body.starts_with("Kazakhstan said Thursday"), "{body}");
    assert!(
        body.ends_with("Polling stations open Sunday at 1:00 a.m. GMT and close at 3:00 p.m. GMT.")
    );
    // All of the story and nothing else, save white space.
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let from = text.find("Kazakhstan said").expect("the story starts so");
    let until = text.find("Unlimited Portal").expect("the furniture starts so");
    assert_eq!(squeeze(body), squeeze(&text[from..until]));
    for glue in
        ["weekend.On", ".\"Ablyazov", "'Observers", "act\"A", "\"\"There", "ballot.'No", ".\"Had"]
    {
        assert!(!body.contains(glue), "`{glue}` is still glued");
    }
    for line in ["'No real choice'", "Balancing act"] {
        assert!(body.lines().any(|own| own == line), "`{line}` does not stand alone:\n{body}");
    }
    let listed = cleaned.removed().filter(|(reason, _)| *reason == "headline-list").count();
    assert_eq!(listed, 58);
}

#[test]
fn clean_articles_of_the_shared_data_pass_unharmed() {
    let Some(lines) = shared("news/wikinews/wikinews-2019-2020.jsonl") else { return };
    let mut n_changed = 0;
    let mut n_articles = 0;
    for line in lines.lines() {
        let article: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        let Some(body) = article["text"].as_str().or(article["body"].as_str()) else { continue };
        n_articles += 1;
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        let cleaned = clean_text(body);
        if squeeze(&cleaned.body) != squeeze(body) {
            n_changed += 1;
        }
    }
    assert!(n_articles > 0, "no article was read");
    // Seven of 295 hold galleries of pictures with their captions, or the legend of a map.
    assert!(n_changed * 100 <= n_articles * 3, "{n_changed} of {n_articles} changed");
}

/// Lines as scrapes hold them, good and bad, in any order. Quotation marks stand where a writer
/// might put them: those of pure noise can mean something else each time a line is joined.
fn any_scrape() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just(PROSE.to_owned()),
        Just("It closed at noon.".to_owned()),
        Just("Subscribe to our newsletter".to_owned()),
        Just("[Norway] - Port Reopens".to_owned()),
        Just("» Ferry Runs Again".to_owned()),
        Just("Norway".to_owned()),
        Just("Port Reopens After the Storm".to_owned()),
        Just("4 May 2018".to_owned()),
        Just("Photo: Ann Oakes".to_owned()),
        Just("66".to_owned()),
        Just("\"We stay.".to_owned()),
        Just("They go at 1 a.m.".to_owned()),
        Just("GMT.".to_owned()),
        Just("\"We stay,\" she said.\"It is home.\"He left.".to_owned()),
        Just("The port is shut.'No way out'Sailors left.".to_owned()),
        "[A-Za-z .]{0,60}",
        "[^\\pC\"'“”„«»]{0,30}",
    ];
    (proptest::collection::vec(line, 0..14), prop_oneof![Just("\n"), Just("\n\n")])
        .prop_map(|(lines, space)| lines.join(space))
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing(text in any_scrape()) {
        let once = clean_text(&text).body;
        prop_assert_eq!(clean_text(&once).body, once);
    }

    #[test]
    fn no_template_empties_a_text(text in any_scrape(), repeated in any_scrape()) {
        for repeated in [repeated, text.clone()] {
            let template = Template::from(crate::clean::text_lines(&repeated));
            let cleaned = super::clean_text(&text, &template);
            prop_assert_eq!(cleaned.body.trim().is_empty(), text.trim().is_empty());
        }
    }

    #[test]
    fn nothing_is_lost(text in any_scrape()) {
        prop_assert_eq!(nothing_lost(&text), Ok(()));
    }
}
