//! Bytes tell the format; the name decides where they cannot, and rules out text that is no article.
//! Bytes that are no text are named for what they look like.

use super::*;

/// Checks what `head` in a file called `name` is taken for.
#[track_caller]
fn check(name: &str, head: impl AsRef<[u8]>, expected: &str) {
    let found = match sniff(head.as_ref(), name) {
        Ok(format) => format!("{format:?}"),
        Err((reason, detail)) => format!("{reason}: {detail}"),
    };
    assert_eq!(found, expected, "for {name}: {:?}", String::from_utf8_lossy(head.as_ref()));
}

/// `text` in UTF-16, least significant byte first, without a byte order mark.
fn utf_16_le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn bytes_tell_the_format_whatever_the_name() {
    for name in ["a.txt", "a", "a.html", "a.json", "article.php?id=7", "a.dat"] {
        check(name, "<!DOCTYPE html>\n<html>", "Html");
        check(name, "\u{FEFF}\n <HTML lang=en>", "Html");
        check(name, "<?xml version='1.0'?>\n<!-- saved -->\n<html xmlns='x'>", "Html");
        check(name, "<p>The ministry said", "Html");
        check(name, "[{\"title\": \"a\"}, ", "Json");
        check(name, "\n{\n  \"title\": \"a\"\n}", "Json");
        check(name, "{\"title\": \"}\\\"\"}\n{\"title\": \"b\"}\n", "JsonLines");
    }
}

#[test]
fn text_with_a_stray_tag_is_text() {
    let told = "Two were injured in Almaty when a wall fell, police say. ".repeat(20);
    check("a.txt", format!("<img src=a.gif width=1>\n{told}"), "Text");
    check("a.txt", format!("<img src=a.gif width=1>\n<p>{told}</p>"), "Html");
    check("a.txt", format!("<p>{told}"), "Html");
    check("a.txt", "<img src=a.jpg> Two were injured in Almaty.", "Html");
}

#[test]
fn a_single_object_on_a_line_is_json_unless_the_name_says_lines() {
    check("a.txt", "{\"title\": \"a\"}\n", "Json");
    check("a.jsonl", "{\"title\": \"a\"}\n", "JsonLines");
    check("a.jsonl.gz", "{\"title\": ", "JsonLines");
    check("a.json", "{\"title\": \"a\"}\nand text after it", "Json");
}

#[test]
fn the_name_decides_where_bytes_cannot() {
    let text = "Two injured in Almaty, police say";
    for (name, expected) in [
        ("a.txt", "Text"),
        ("a", "Text"),
        ("a.HTM", "Html"),
        ("a.json", "Json"),
        ("a.ndjson", "JsonLines"),
        ("a.jl", "JsonLines"),
        ("2022.11.17", "Text"),
    ] {
        check(name, text, expected);
    }
}

#[test]
fn text_that_resembles_json_or_markup_is_text() {
    for text in [
        "[Kazakhstan] - Snap election called",
        "[\"No choice\", observers say",
        "{sic} he wrote",
        "<3 is not enough",
        "<astana> talks",
        "BMW recalls cars",
        "ID3 tags explained",
        "PKK leader speaks",
    ] {
        check("a.txt", text, "Text");
    }
}

#[test]
fn text_of_other_kinds_is_not_supported() {
    check("a.css", "body { }", "unsupported: going by its name, it is a style sheet");
    check("site.css?v=3.1", "body { }", "unsupported: going by its name, it is a style sheet");
    check("b/README.md", "<h1>dateline", "unsupported: going by its name, it is documentation");
    check(
        "x/Robots.txt",
        "User-agent: *",
        "unsupported: going by its name, it is a site's word to machines",
    );
    check("a.js.map", "{\"version\": 3}", "unsupported: going by its name, it is a source map");
    check("a", "<?xml version='1.0'?><report>", "unsupported: it looks like XML");
    check("a.txt", "<!DOCTYPE report SYSTEM 'x'>", "unsupported: it looks like SGML or XML");
    check("a", "<?php echo 1;", "unsupported: it looks like a PHP script");
    check(
        "a.cdx",
        " CDX N b a m s k r M S V g",
        "unsupported: going by its name, it is the index of a web archive",
    );
}

#[test]
fn collections_are_told_by_their_bytes_whatever_their_names() {
    let tar = [vec![b'a'; 257], b"ustar\x0000".to_vec()].concat();
    for (head, format) in [
        (&b"PK\x03\x04\x14\0"[..], "Zip"),
        (&tar, "Tar"),
        (b"WARC/1.0\r\nWARC-Type: x", "Warc"),
        (b"filedesc://a.arc 0.0.0.0 20081030110246 text/plain 75\n", "Arc"),
        (b"<?xml version='1.0'?><rss version='2.0'>", "Xml(Rss)"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "Xml(Atom)"),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<urlset>", "Xml(Sitemap)"),
        (b"<!DOCTYPE nitf SYSTEM 'nitf.dtd'>\n<nitf>", "Xml(Nitf)"),
        (b"<newsItem guid='x'>", "Xml(NewsMl)"),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "Xml(Rss)"),
        (b"<!DOCTYPE lewis SYSTEM 'lewis.dtd'>\n<REUTERS TOPICS='YES'>", "Sgml(Reuters)"),
        (b"<DOC>\n<DOCNO> FT911-1 </DOCNO>", "Sgml(Trec)"),
        (b"From: a@b.example\nSubject: x\nDate: today\n\nText", "Mail(Message)"),
    ] {
        check("a.md", head, format);
        check("a.txt", head, format);
    }
}

#[test]
fn binary_data_is_named() {
    for (head, kind) in [
        (&b"\x89PNG\r\n\x1a\n\0\0"[..], "a PNG picture"),
        (b"\xFF\xD8\xFF\xE0", "a JPEG picture"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a WebP picture"),
        (b"\0\0\0\x20ftypisom", "an MP4 film"),
        (b"SQLite format 3\0", "an SQLite database"),
    ] {
        check("story.txt", head, &format!("binary: it looks like {kind}"));
    }
    check("a.txt", b"MZ\x90\0\x03\0\0\0\x04", "binary: it holds bytes that no text has");
    check("a.txt", b"ab\0cd", "binary: it holds bytes that no text has");
}

#[test]
fn a_stray_control_character_does_not_make_text_binary() {
    check("a.txt", format!("{}\0{}", "word ".repeat(30), "word ".repeat(30)), "Text");
}

#[test]
fn wide_text_is_looked_at_as_text() {
    let page = utf_16_le("\u{FEFF}<html><body>Астана");
    check("a.txt", &page, "Html");
    check("a.txt", &page[2..], "Html");
    check("a.txt", utf_16_le("Выборы в Казахстане, говорит ОБСЕ."), "Text");
    let utf_32: Vec<u8> =
        "\u{FEFF}Almaty 2022".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    check("a.txt", utf_32, "Text");
    check(
        "a.json",
        utf_16_le("\u{FEFF}[{\"title\": 1}]"),
        "unsupported: JSON in UTF-16 or UTF-32: convert it to UTF-8 first",
    );
    let numbers: Vec<u8> = (1_u16..400).flat_map(u16::to_le_bytes).collect();
    check(
        "a.txt",
        utf_16_le("\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}"),
        "binary: it holds bytes that no text has",
    );
    assert!(sniff(&numbers[..40], "a.txt").is_err());
}

#[test]
fn nothing_but_white_space_is_empty() {
    check("a.css", "", "empty: no bytes");
    check("a.txt", " \r\n\t", "empty: white space alone");
    check("a.html", "\u{FEFF}\n", "empty: white space alone");
}

#[test]
fn every_known_name_and_ending_is_written_as_it_is_looked_up() {
    let endings = names::unsupported;
    for name in ["A.CSS", "a.Xml.GZ", "LICENSE", "Makefile"] {
        assert!(endings(name).is_some(), "for {name}");
    }
    for name in ["license-to-kill.txt", "news.onet.pl", "osce.org", "css", "a.php", "package.txt"] {
        assert!(endings(name).is_none(), "for {name}");
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_have_an_outcome(
        head in proptest::collection::vec(proptest::num::u8::ANY, 0..300),
        name in ".{0,12}",
    ) {
        let _ = sniff(&head, &name);
    }
}
