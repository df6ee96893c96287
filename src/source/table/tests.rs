//! Rows are records under the names of their columns, in whatever separates their cells; a bad row
//! costs only itself, and prose is no table.

use encoding_rs::WINDOWS_1251;
use proptest::prelude::*;

use super::rows::{Piece, Rows};
use crate::article::{ArticleWarning, Sha256};
use crate::source::tests::{Fixture, check, gzip, outcomes};
use crate::source::window::{Trickle, Window};
use crate::source::{Content, RawDocument};

fn documents(name: &'static str, bytes: impl AsRef<[u8]>) -> Vec<RawDocument> {
    let outcomes = outcomes(&Fixture::new(name, bytes).file());
    outcomes.into_iter().map(|outcome| outcome.expect("a record")).collect()
}

#[test]
fn a_table_is_told_by_its_header_whatever_its_name_and_its_delimiter() {
    for name in ["a.csv", "a.tsv", "a.txt", "a"] {
        for delimiter in [",", ";", "\t", "|"] {
            let table = "id,title,text\n1,A,One.\n2,B,Two.\n".replace(',', delimiter);
            check(name, &table, &["0 at 14: Text One.", "1 at 23: Text Two."]);
            check(name, gzip(&table), &["0 at 14: Text One.", "1 at 23: Text Two."]);
        }
    }
}

#[test]
fn prose_is_no_table() {
    for text in [
        "News, sport and weather\nThe port, it seems, is open.\n",
        "Title, text and date were missing.\nNobody knew, and nobody asked, and so on.\n",
        "Text | News\nOne | Two | Three\n",
        "title,text\n",
        "Author, title, text\nAnn, who came, left.\nBob stayed.\n",
    ] {
        let Content::Encoded(_) = documents("a.txt", text).remove(0).content else {
            panic!("a table: {text}");
        };
    }
}

#[test]
fn columns_say_what_a_row_is() {
    let table = "\u{FEFF},Headline,Body,Publish Date,URL,Region\r\n0,Port opens,\"One,\r\n\"\"two\"\".\",\
                 2022-11-17,https://gull.example/1,Asia\r\n";
    let document = documents("a.csv", table).remove(0);
    assert_eq!(document.content, Content::Decoded("One,\n\"two\".".into()));
    let row = &table.as_bytes()[43..];
    assert_eq!(
        (document.locator.offset, document.locator.sha256),
        (43, Sha256::of(row.trim_ascii_end()))
    );
    let declared = document.declared;
    assert_eq!(declared.title.as_deref(), Some("Port opens"));
    assert_eq!(declared.date.as_deref(), Some("2022-11-17"));
    assert_eq!(declared.url.as_deref(), Some("https://gull.example/1"));
    assert_eq!(declared.tag.as_deref(), Some("Asia"));
}

#[test]
fn of_columns_with_one_name_the_first_that_holds_something_counts() {
    check(
        "a.csv",
        "text,text,title\n,Two.,A\nOne.,Two.,B\n",
        &["0 at 16: Text Two.", "1 at 24: Text One."],
    );
}

#[test]
fn a_table_without_a_column_for_the_text_is_named_once() {
    check(
        "a.csv",
        "price,volume\n1,2\n3,4\n",
        &["no-text-key: no key of a text among `price`, `volume`: name it by `--map KEY=body`"],
    );
    check("a.csv", "title,text\n", &["empty: it holds no row below the header"]);
}

#[test]
fn a_row_of_another_width_is_read_if_it_can_be_trusted() {
    check(
        "a.csv",
        "id,text,author\n1,One.\n2,Two.,Ann,,\n3,Three, four.,Ann\n4\n\n,,\n6,Six.,\n7,,Ann\n",
        &[
            "0 at 15: Text One.",
            "1 at 22: Text Two.",
            "2: bad-record: the header names 3 columns, the row at byte 35 has 4",
            "3: bad-record: the header names 3 columns, the row at byte 54 has 1",
            "5 at 60: Text Six.",
            "6: empty: the key `text` holds no text",
        ],
    );
}

#[test]
fn a_quote_that_is_never_closed_costs_its_line() {
    check(
        "a.csv",
        "id,text\n1,\"One.\n2,Two.\n3,5\" nails.\n",
        &[
            "0: bad-record: a quote that opens in the record at byte 8 is never closed",
            "1 at 16: Text Two.",
            "2 at 23: Text 5\" nails.",
        ],
    );
}

#[test]
fn a_row_over_the_limit_is_named_and_a_later_one_is_read() {
    let long = "x".repeat(300);
    let too_large = "0: too-large: the record at byte 8 is larger than 200 bytes";
    check("a.csv", format!("id,text\n1,{long}\n2,Two.\n"), &[too_large, "1 at 311: Text Two."]);
    check("a.csv", format!("id,text\n1,\"{long}\n2,Two.\n"), &[too_large, "1 at 312: Text Two."]);
    check(
        "a.csv",
        format!("id,text,{long}\n1,One.\n"),
        &["too-large: the record at byte 0 is larger than 200 bytes"],
    );
}

#[test]
fn encodings_are_taken_off() {
    let table = "id;text\n1;Избирательные участки открылись в восемь часов утра.\n";
    let (narrow, _, _) = WINDOWS_1251.encode(table);
    let wide: Vec<u8> =
        format!("\u{FEFF}{table}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, charset, warnings) in [
        (narrow.into_owned(), Some("windows-1251"), vec![ArticleWarning::CharsetGuessed]),
        (wide, Some("UTF-16LE"), vec![]),
        (table.into(), None, vec![]),
    ] {
        let document = documents("a.csv", bytes).remove(0);
        let text = "Избирательные участки открылись в восемь часов утра.".to_owned();
        assert_eq!(document.content, Content::Decoded(text), "in {charset:?}");
        assert_eq!(document.charset.map(encoding_rs::Encoding::name), charset);
        assert_eq!(document.warnings, warnings);
    }
}

proptest! {
    #[test]
    fn cutting_finds_the_rows_that_the_parser_finds(
        parts in proptest::collection::vec(
            proptest::sample::select(vec!["a", "b c", ",", ",", "\n", "\r\n", "\"", "\"\"", "é"]),
            0..24,
        ),
        step in 1_usize..9,
    ) {
        let text = parts.concat();
        let mut parser = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let parsed: Vec<Vec<String>> = parser
            .records()
            .map(|row| row.expect("a row").iter().map(|cell| cell.trim().to_owned()).collect())
            .collect();
        let mut rows = Rows::new(Window::new(Trickle { bytes: text.as_bytes(), step }), b',', 1000);
        let mut cut = Vec::new();
        while let Some(piece) = rows.next().expect("readable") {
            match piece {
                Piece::Whole { bytes, .. } => {
                    let cells = super::cells(&String::from_utf8_lossy(bytes), b',');
                    cut.push(cells.iter().map(str::to_owned).collect::<Vec<_>>());
                }
                // From here on the two read differently, on purpose.
                _ => return Ok(()),
            }
        }
        prop_assert_eq!(cut, parsed);
    }
}
