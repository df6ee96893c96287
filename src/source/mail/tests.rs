//! Messages, good and bad.

use crate::source::tests::{Fixture, check, lines, outcomes_within};
use crate::source::{Content, Media, RawDocument};

fn first(name: &'static str, bytes: impl AsRef<[u8]>) -> RawDocument {
    outcomes_within(&Fixture::new(name, bytes).file(), 4_096).remove(0).expect("a message")
}

fn text(document: &RawDocument) -> &str {
    match &document.content {
        Content::Decoded(text) => text,
        _ => panic!("it is decoded"),
    }
}

#[test]
fn a_newsletter_says_who_published_it_and_when() {
    let letter = "From: Gull Weekly <a@g.example>\r\nSubject: =?utf-8?q?Br=C3=BCcke?=\r\n\
                  Date: Thu, 17 Nov 2022 10:00:00 +0600\r\nMessage-ID: <7@g>\r\n\r\nPolls open.\r\n";
    let document = first("a.eml", letter);
    assert_eq!((document.media, text(&document).trim()), (Media::Text, "Polls open."));
    assert_eq!(document.source_id.as_deref(), Some("7@g"));
    let declared = document.declared;
    assert_eq!(declared.title.as_deref(), Some("Brücke"));
    assert_eq!(declared.date.as_deref(), Some("2022-11-17T10:00:00+06:00"));
    assert_eq!(declared.publisher.as_deref(), Some("Gull Weekly"));
    assert_eq!(declared.captured, None);
}

#[test]
fn a_saved_page_says_where_and_when_it_was_saved() {
    let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://g.example/1\r\n\
                Date: Thu, 17 Nov 2022 10:00:00 -0000\r\nMIME-Version: 1.0\r\n\
                Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n\
                --b\r\nContent-Type: text/html; charset=windows-1251\r\n\
                Content-Transfer-Encoding: quoted-printable\r\n\
                Content-Location: https://g.example/1\r\n\r\n<p>=CC=EE=F1=EA=E2=\r\n=E0\r\n\
                --b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n";
    let document = first("a.mhtml", page);
    assert_eq!((document.media, text(&document).trim()), (Media::Html, "<p>Москва"));
    assert_eq!(document.declared.url.as_deref(), Some("https://g.example/1"));
    assert_eq!(document.declared.date, None, "the time of saving is no date of publication");
    let captured = document.declared.captured.map(|time| time.to_rfc3339());
    assert_eq!(captured.as_deref(), Some("2022-11-17T10:00:00+00:00"));
}

#[test]
fn messages_of_a_mailbox_come_one_by_one() {
    let message = |number: u32| {
        format!(
            "From x Thu Nov 17 10:00:00 2022\nSubject: S{number}\nFrom: a@b.example\n\nT{number}.\n\n"
        )
    };
    let mailbox = format!("{}{}", message(1), message(2));
    let offset = message(1).len() + 32;
    let expected = ["0 at 32: Text T1.\n\n".to_owned(), format!("1 at {offset}: Text T2.\n\n")];
    assert_eq!(lines(&Fixture::new("a.mbox", mailbox).file()), expected);
}

#[test]
fn a_message_without_text_is_named() {
    let picture = "MIME-Version: 1.0\nSubject: x\nContent-Type: image/png\n\nx";
    check("a.eml", picture, &["no-text-key: a message without text"]);
}

#[test]
fn text_without_a_stated_encoding_is_left_to_be_decoded() {
    let page = |transfer: &str, body: &[u8]| {
        let head = format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://g.example/1\r\n\
             Date: Thu, 17 Nov 2022 10:00:00 -0000\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n"
        );
        [head.as_bytes(), body, b"\r\n--b--\r\n"].concat()
    };
    let bodies: [(&str, &[u8]); 3] = [
        ("quoted-printable", b"<meta charset=3Dwindows-1251>=CC=EE=F1=EA=E2=E0"),
        ("base64", b"PG1ldGEgY2hhcnNldD13aW5kb3dzLTEyNTE+zO7x6uLg"),
        ("8bit", b"<meta charset=windows-1251>\xCC\xEE\xF1\xEA\xE2\xE0"),
    ];
    for (transfer, body) in bodies {
        let document = first("a.mhtml", page(transfer, body));
        let Content::Encoded(bytes) = document.content else {
            panic!("decoded too early: {transfer}")
        };
        let decoded = crate::clean::decode(&bytes, document.media, document.charset);
        assert_eq!(decoded.text.trim(), "<meta charset=windows-1251>Москва", "for {transfer}");
    }
}
