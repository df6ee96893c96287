//! What holds for any answer, whatever the corpus says.
//!
//! - No line for people is wider than the output.
//! - No control character is written.
//! - CSV and JSON read back as what was written.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::samples::{self, shown};
use super::*;
use crate::copies::{Difference, Likeness, Overlap, Shingles};
use crate::index::{History, PageVersion, Unread};
use crate::record::{ArticleRecord, EntityRecord};
use crate::reject::{Reject, RejectReason};
use crate::search::{Common, Cut, Family, Firsts, Found, Hit, Hits, Member, Snippet, Story};
use crate::text::{is_printable, printable};

/// Texts of any characters, more often of those that are hard to lay out.
fn any_text() -> impl Strategy<Value = String> {
    let hard = prop_oneof![
        Just(" "),
        Just("\n"),
        Just("\u{1b}[31m"),
        Just("\u{202e}"),
        Just("e\u{301}"),
        Just("国家"),
        Just("한국어"),
        Just("👩‍👩‍👧"),
        Just("क्ष्"),
        Just("لا"),
        Just("="),
        Just("unpronounceable"),
    ];
    prop_oneof![any::<String>(), "\\PC{0,60}", vec(hard, 0..120).prop_map(|parts| parts.concat())]
}

prop_compose! {
    fn any_article()(
        (path, title, body, id) in (any_text(), any_text(), any_text(), any_text()),
        (tag, publisher, author) in
            (option::of(any_text()), option::of(any_text()), option::of(any_text())),
        (url, date, source_id) in
            (option::of(any_text()), option::of(any_text()), option::of(any_text())),
        (about, warnings) in (vec(any_text(), 0..4), vec(any_text(), 0..3)),
        (name, forms) in (any_text(), vec(any_text(), 0..3)),
        record in any::<u32>(),
        offset in any::<u64>(),
    ) -> ArticleRecord {
        let entity = EntityRecord {
            name,
            kind: "person".to_owned(),
            count: 1,
            forms,
            mentions: Vec::new(),
            title_mentions: Vec::new(),
        };
        ArticleRecord {
            id, source_id, path, record, offset, url, title, body, tag, about, date, publisher,
            author, warnings,
            entities: vec![entity],
            ..samples::article()
        }
    }
}

prop_compose! {
    fn any_hit()(
        article in any_article(),
        rank in any::<usize>(),
        score in 0.0_f32..100.0,
        text in any_text(),
        ends in vec(0..200_usize, 0..6),
        title_ends in vec(0..200_usize, 0..6),
        has_snippet in any::<bool>(),
        cut in any::<(bool, bool)>().prop_map(|(before, after)| Cut { before, after }),
    ) -> Hit {
        // Not always in order, on boundaries or within the text: what is drawn must not depend on
        // the promise of another module.
        let ranges = |ends: &[usize]| ends.windows(2).map(|pair| pair[0]..pair[1]).collect();
        let highlights: Vec<_> = ranges(&ends);
        let found = highlights.iter().cloned().map(|range| Found { clause: 7, range }).collect();
        let snippet = Snippet { text, range: 3..90, cut, highlights, found };
        let snippets = vec![snippet; usize::from(has_snippet)];
        let title_highlights = ranges(&title_ends);
        Hit { rank, score, article, title_highlights, snippets, shares: None, copies: None }
    }
}

prop_compose! {
    fn any_reject()(
        path in any_text(),
        record in option::of(any::<u32>()),
        reason in proptest::sample::select(RejectReason::ALL),
        detail in any_text(),
    ) -> Reject {
        Reject { path, record, reason, detail }
    }
}

fn any_style() -> impl Strategy<Value = Style> {
    let emphasis = prop_oneof![Just(Emphasis::Marks), Just(Emphasis::Plain)];
    (MIN_WIDTH..130, emphasis).prop_map(|(width, emphasis)| Style::new(width, emphasis))
}

fn check_lines(text: &str, style: Style) -> Result<(), TestCaseError> {
    for line in text.lines() {
        prop_assert!(line.width() <= style.width(), "{} columns: {line:?}", line.width());
        prop_assert!(line.chars().all(is_printable), "{line:?}");
    }
    Ok(())
}

fn answer_of(hits: Vec<Hit>) -> Hits {
    Hits { hits, ..samples::answer() }
}

proptest! {
    #[test]
    fn hits_keep_to_the_width(found in vec(any_hit(), 0..4), style in any_style()) {
        let answer = answer_of(found);
        check_lines(&shown(|out| hits(out, &answer, Format::Table, style)), style)?;
    }

    #[test]
    fn an_article_keeps_to_the_width(record in any_article(), style in any_style()) {
        check_lines(&shown(|out| article(out, &record, style)), style)?;
    }

    #[test]
    fn rejects_keep_to_the_width(list in vec(any_reject(), 0..4), style in any_style()) {
        check_lines(&shown(|out| rejects(out, &list, ListFormat::Table, style)), style)?;
    }

    #[test]
    fn copies_keep_to_the_width_and_are_free_of_controls(
        articles in vec(any_article(), 2..4),
        seen in option::of(any_text()),
        style in any_style(),
    ) {
        let common = Common { likeness: None, resemblance: 0.5, of_copy: 1.0, of_first: 0.5 };
        let member = |(n, article): (usize, &ArticleRecord)| Member {
            article: article.clone(),
            common: (n > 0).then_some(common),
        };
        let values = |n: u64| articles.iter().map(|it| (it.publisher.clone(), n)).collect();
        let copies = Family {
            level: Likeness::Part,
            members: articles.iter().enumerate().map(member).collect(),
            publishers: values(1),
            regions: values(2),
        };
        let stories = articles.iter().map(|article| Story {
            first: article.clone(),
            is_match: true,
            copies: 1_204,
            matching: 1,
            undated: 12,
            publishers: 38,
            last: article.date.clone(),
        });
        let stories = stories.collect();
        let found = Firsts { summary: answer_of(Vec::new()), total: 3, undated: 1, stories };
        let versions = articles.iter().map(|article| PageVersion {
            article: ArticleRecord { seen: seen.clone(), ..article.clone() },
            is_indexed: false,
        });
        let (path, why) = (articles[0].path.clone(), articles[1].title.clone());
        let unread = vec![Unread { path, record: Some(3), why }];
        let told = History { url: articles[0].id.clone(), versions: versions.collect(), unread };
        let [one, other] = [&articles[0], &articles[1]];
        let compared = Compared {
            articles: [one, other],
            title: Difference::between(&one.title, &other.title),
            body: Difference::between(&one.body, &other.body),
            overlap: Overlap::of(&Shingles::of(&one.body), &Shingles::of(&other.body)),
        };
        for &format in ListFormat::ALL {
            let written = [
                shown(|out| family(out, &copies, format, style)),
                shown(|out| firsts(out, &found, format, style)),
                shown(|out| history(out, &told, Changes::Shown, format, style)),
                shown(|out| comparison(out, &compared, Context::Changed, format, style)),
            ];
            for text in written {
                if format == ListFormat::Table {
                    check_lines(&text, style)?;
                }
                prop_assert!(text.chars().all(|c| c == '\n' || is_printable(c)), "{text:?}");
            }
        }
    }

    #[test]
    fn stats_keep_to_the_width(
        values in vec((any_text(), any::<u64>().prop_map(|n| n >> 8)), 0..12),
        style in any_style(),
    ) {
        let held = crate::index::Stats {
            facets: vec![("publisher".to_owned(), values)],
            ..samples::stats()
        };
        check_lines(&shown(|out| stats(out, &held, style)), style)?;
    }

    #[test]
    fn colour_adds_nothing_but_colour(found in any_hit(), width in MIN_WIDTH..130) {
        let answer = answer_of(vec![found]);
        let drawn = |emphasis| {
            shown(|out| hits(out, &answer, Format::Table, Style::new(width, emphasis)))
        };
        prop_assert_eq!(without_escapes(&drawn(Emphasis::Colour)), drawn(Emphasis::Plain));
    }

    #[test]
    fn every_format_is_free_of_controls(found in vec(any_hit(), 0..3), style in any_style()) {
        let answer = answer_of(found);
        for &format in Format::ALL {
            let text = shown(|out| hits(out, &answer, format, style));
            let separates = |c| c == '\n' || c == '\t' && format == Format::Tsv;
            let is_clean = text.chars().all(|c| separates(c) || is_printable(c));
            prop_assert!(is_clean, "{format}: {text:?}");
        }
    }

    #[test]
    fn csv_reads_back_as_written(found in vec(any_hit(), 0..4), style in any_style()) {
        let answer = answer_of(found);
        let text = shown(|out| hits(out, &answer, Format::Csv, style));
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<_> = reader.records().collect::<Result<_, _>>().expect("rows of one length");
        prop_assert_eq!(rows.len(), answer.hits.len());
        for (row, hit) in rows.iter().zip(&answer.hits) {
            prop_assert_eq!(&row[0], hit.rank.to_string());
            prop_assert_eq!(row[1].parse::<f32>().ok(), Some(hit.score));
            prop_assert_eq!(row[11].parse().ok(), Some(hit.article.record));
            for (column, text) in csv_texts(hit) {
                check_cell(&row[column], &text)?;
            }
        }
    }

    #[test]
    fn json_lines_hold_the_records(found in vec(any_hit(), 0..4), style in any_style()) {
        let answer = answer_of(found);
        let text = shown(|out| hits(out, &answer, Format::Jsonl, style));
        let read: Vec<ArticleRecord> =
            text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
        let written: Vec<_> = answer.hits.iter().map(|hit| hit.article.clone()).collect();
        prop_assert_eq!(read, written);
    }

    #[test]
    fn the_json_document_holds_the_json_lines(found in vec(any_hit(), 0..4), style in any_style()) {
        let answer = answer_of(found);
        let document = shown(|out| hits(out, &answer, Format::Json, style));
        let lines = shown(|out| hits(out, &answer, Format::Jsonl, style));
        let document: serde_json::Value = serde_json::from_str(&document).expect("JSON");
        let lines = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>();
        prop_assert_eq!(&document["hits"], &serde_json::Value::Array(lines.expect("JSON")));
    }
}

/// The columns of a row that hold text of the corpus, and what that is.
fn csv_texts(hit: &Hit) -> [(usize, String); 10] {
    let article = &hit.article;
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        (2, article.id.clone()),
        (3, optional(&article.date)),
        (4, optional(&article.tag)),
        (5, article.about.join(";")),
        (6, optional(&article.publisher)),
        (7, optional(&article.language)),
        (8, article.title.clone()),
        (9, optional(&article.url)),
        (10, article.path.clone()),
        (12, hit.snippets.first().map(|snippet| snippet.text.clone()).unwrap_or_default()),
    ]
}

/// A cell is the printable text, with an apostrophe where a spreadsheet would take it for a formula.
fn check_cell(cell: &str, text: &str) -> Result<(), TestCaseError> {
    let text = printable(text);
    let is_formula = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let guard = if is_formula { "'" } else { "" };
    prop_assert_eq!(cell, format!("{guard}{text}"));
    Ok(())
}

/// The text without the sequences that start and end a colour.
fn without_escapes(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| part.split_once('m').expect("an escape sequence ends").1);
    std::iter::once(first).chain(rest).collect()
}
