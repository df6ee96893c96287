//! Every record of a collection is an article or is named; what its fields say comes with it.

use std::ops::ControlFlow;
use std::path::Path;

use crate::article::ArticleWarning;
use crate::extract::{Recipe, extract};
use crate::metadata::parse_date;
use crate::source::tests::{Fixture, check};
use crate::source::{Content, Found, RawDocument, ReadOptions, Root, WalkOptions, read, walk};

/// The documents in a file with these bytes.
fn documents(bytes: impl AsRef<[u8]>) -> Vec<RawDocument> {
    let mut documents = Vec::new();
    read(&Fixture::new("a.sgm", bytes).file(), &ReadOptions::default(), &mut |outcome| {
        documents.push(outcome.expect("a record"));
        ControlFlow::Continue(())
    })
    .expect("a summary");
    documents
}

#[track_caller]
fn check_text(document: &RawDocument, expected: &str) {
    assert_eq!(document.content, Content::Decoded(expected.into()));
}

const REUTERS: &str = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">
<REUTERS TOPICS=\"YES\" NEWID=\"7\">
<DATE> 3-MAR-1987 15:01:01.79</DATE>
<PLACES><D>usa</D><D>el-salvador</D></PLACES>
<PEOPLE></PEOPLE>
<UNKNOWN>&#5;&#5;f0704&#31;reute</UNKNOWN>
<TEXT>&#2;
<TITLE>GULL &lt;GUL> REOPENS
 PORT</TITLE>
<AUTHOR>    by Ann Lee, Reuters</AUTHOR>
<DATELINE>    GULLTON, March 3 - </DATELINE><BODY>The port reopened
on Monday.
    Ships came
back.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
";

#[test]
fn a_story_of_reuters_is_unwrapped_and_dated() {
    let document = documents(REUTERS).remove(0);
    check_text(&document, "GULLTON, March 3 - The port reopened on Monday.\nShips came back.");
    assert_eq!((document.source_id.as_deref(), document.locator.offset), (Some("7"), 36));
    let declared = &document.declared;
    assert_eq!(declared.title.as_deref(), Some("GULL <GUL> REOPENS\n PORT"));
    assert_eq!(declared.tag.as_deref(), Some("usa, el-salvador"));
    assert_eq!(declared.author.as_deref(), Some("Ann Lee"));
    assert_eq!(declared.publisher.as_deref(), Some("Reuters"));
    let date = parse_date(declared.date.as_deref().expect("a date")).expect("a day");
    assert_eq!(date.to_string(), "1987-03-03T15:01:01");
}

#[test]
fn a_flash_is_found_by_its_headline() {
    let flash = "<REUTERS NEWID=\"1\"><TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>PORT OF GULLTON REOPENS\n\
                 </TITLE>Blah blah blah.\n&#3;</TEXT></REUTERS>";
    let document = documents(flash).remove(0);
    check_text(&document, "");
    let article = extract(document, &Recipe::default()).expect("an article");
    assert_eq!(
        (article.title.text.as_str(), article.body.as_str()),
        ("PORT OF GULLTON REOPENS", "PORT OF GULLTON REOPENS")
    );
    assert_eq!(article.warnings, [ArticleWarning::HeadlineOnly]);
}

#[test]
fn a_text_without_structure_begins_with_its_headline() {
    let raw = "<REUTERS NEWID=\"1\"><TEXT TYPE=\"UNPROC\">&#2;\nPORT REPORT - FEB 26\n    Ships \
               in....7 vs 5\n Ships out....6 vs 4\n REUTER\n&#3;\n</TEXT></REUTERS>";
    let document = documents(raw).remove(0);
    check_text(&document, "Ships in....7 vs 5\nShips out....6 vs 4");
    assert_eq!(document.declared.title.as_deref(), Some("PORT REPORT - FEB 26"));
}

#[test]
fn damage_costs_a_record_and_nothing_else() {
    let good = "<DOC><DOCNO>A</DOCNO><TEXT>One.</TEXT></DOC>";
    check(
        "a",
        format!("<DOC><DOCNO>X</DOCNO>{good}"),
        &[
            "0: bad-record: the record at byte 0 has no end before the next begins",
            "1 at 21: Text One.",
        ],
    );
    check(
        "a",
        format!("{good}<DOC><TEXT>Two"),
        &["0 at 0: Text One.", "1: cut-short: the file ends in the record at byte 44"],
    );
    check(
        "a",
        format!("<DOC><TEXT>{}</DOC>\n{good}", "x".repeat(300)),
        &["0: too-large: the record at byte 0 is larger than 200 bytes", "1 at 318: Text One."],
    );
    check(
        "a",
        format!("<DOC><DOCNO>X</DOCNO></DOC>{good}"),
        &["0: empty: the record has neither a headline nor a text", "1 at 27: Text One."],
    );
}

#[test]
fn documents_of_the_collections_are_read_by_their_own_tags() {
    for (collection, markup, text, title, date) in [
        (
            "Financial Times",
            "<DOCNO>FT1-1</DOCNO><DATE>930402\n</DATE><HEADLINE>\nFT  02 APR 93 / Port opens\n\
             </HEADLINE><TEXT>\nThe port\nopened.\n\nShips came.\n</TEXT><CN>GULZ  Gulland, EC.</CN>",
            "The port opened.\nShips came.",
            Some("FT 02 APR 93 / Port opens"),
            Some("1993-04-02"),
        ),
        (
            "Wall Street Journal",
            "<DOCNO> WSJ1 </DOCNO><HL> Port Opens\n----\nBy Ann Lee</HL><DD> 03/04/87</DD><LP>Lead.</LP>\
             <TEXT>\n   One\ntwo.\n   Three.\n</TEXT>",
            "Lead.\nOne two.\nThree.",
            Some("Port Opens"),
            Some("1987-03-04"),
        ),
        (
            "Los Angeles Times",
            "<DOCNO> LA1 </DOCNO><DATE><P>January 1, 1989, Sunday</P></DATE><HEADLINE><P>Port \
             opens</P></HEADLINE><DATELINE><P>GULLTON</P></DATELINE><TEXT><P>\nOne\ntwo.\n</P><P>Three.</P></TEXT>",
            "GULLTON - One two.\nThree.",
            Some("Port opens"),
            Some("1989-01-01"),
        ),
        (
            "FBIS",
            "<DOCNO> F1 </DOCNO><HEADER><DATE1> 4 January 1994 </DATE1><H3> <TI>Port opens</TI></H3>\
             </HEADER><TEXT>\nLanguage: <F P=105>Gullish</F>\nArticle Type:BFN\n  [Text] One\ntwo.\n\n   Three.</TEXT>",
            "One two.\nThree.",
            Some("Port opens"),
            Some("1994-01-04"),
        ),
        (
            "AQUAINT",
            "<DOCNO> A1 </DOCNO><DATE_TIME> 06/01/1998 00:16:00 </DATE_TIME><BODY><HEADLINE> Port opens \
             </HEADLINE><TEXT><P> One. <P> Two. </TEXT></BODY>",
            "One.\nTwo.",
            Some("Port opens"),
            Some("1998-06-01T00:16:00"),
        ),
    ] {
        let document = documents(format!("<DOC>\n{markup}\n</DOC>\n")).remove(0);
        check_text(&document, text);
        let declared = &document.declared;
        let dated = declared.date.as_deref().and_then(parse_date).map(|when| when.to_string());
        assert_eq!((declared.title.as_deref(), dated.as_deref()), (title, date), "of {collection}");
    }
    let document = documents("<DOC id=\"AFP_1\" type=\"story\"><TEXT>One.</TEXT></DOC>").remove(0);
    assert_eq!(document.source_id.as_deref(), Some("AFP_1"));
}

/// The real collection, where it is at hand: every record of it becomes an article.
#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn all_of_reuters_is_read() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    let data = std::env::var("DATELINE_SHARED_DATA").unwrap_or_else(|_| default.into());
    let folder = Path::new(&data).join("news/reuters21578");
    if !folder.is_dir() {
        eprintln!("skipped: no shared data at {data}");
        return;
    }
    let (mut documents, mut titled, mut placed, mut flashes) = (0, 0, 0, 0);
    for number in 0..5 {
        let name = format!("reut2-{number:03}.sgm.gz");
        let root = Root { path: folder.join(&name), label: name };
        let Some(Found::File(file)) = walk(&[root], &WalkOptions::default()).next() else {
            panic!("no file")
        };
        let before = documents;
        read(&file, &ReadOptions::default(), &mut |outcome| {
            let document = outcome.expect("a record");
            let Content::Decoded(text) = &document.content else { panic!("text in bytes") };
            assert!(!text.ends_with("REUTER"), "{text}");
            documents += 1;
            titled += usize::from(document.declared.title.is_some());
            placed += usize::from(document.declared.tag.is_some());
            flashes += usize::from(text.is_empty());
            let day = document.declared.date.as_deref().and_then(parse_date);
            assert!(day.is_some(), "{:?}", document.declared.date);
            ControlFlow::Continue(())
        })
        .expect("a summary");
        assert_eq!(documents - before, 1000, "in file {number}");
    }
    assert_eq!((titled, placed, flashes), (4996, 4591, 387));
}
