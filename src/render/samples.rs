//! Values to write in the tests of this module. All texts are made up.
//!
//! Countries are XA and XB, which ISO 3166-1 leaves to its users: they have no names, so what is
//! written does not change with the table of countries.

use std::collections::BTreeMap;
use std::io;
use std::io::Write;
use std::ops::Range;
use std::time::Duration;

use crate::article::DateSource;
use crate::index::{IndexReport, Stats};
use crate::query::{Repair, RepairCode};
use crate::record::{ArticleRecord, EntityRecord, RECORD_VERSION};
use crate::reject::{Reject, RejectReason};
use crate::search::{Cut, Found, Hit, Hits, PartialHit, Snippet, Spent};

/// What `write` writes, as text.
pub(super) fn shown(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("writing to memory does not fail");
    String::from_utf8(out).expect("output is UTF-8")
}

/// An article of which everything is known.
pub(super) fn article() -> ArticleRecord {
    let entity = |name: &str, kind: &str, count, forms: &[&str]| EntityRecord {
        name: name.to_owned(),
        kind: kind.to_owned(),
        count,
        forms: forms.iter().map(ToString::to_string).collect(),
        mentions: Vec::new(),
        title_mentions: Vec::new(),
    };
    ArticleRecord {
        v: RECORD_VERSION,
        seal: None,
        id: "3jf8w1m0c9tqz".to_owned(),
        source_id: Some("ex-0042".to_owned()),
        path: "archive/2022/november.jsonl".to_owned(),
        record: 3,
        offset: 18_204,
        sha256: "9f".repeat(32),
        url: Some("https://news.example/2022/11/21/harbour-vote".to_owned()),
        canonical: None,
        title: "Harbour town votes on its bridge, observers find few faults".to_owned(),
        title_source: "heading".to_owned(),
        body: "The harbour town voted on Sunday on whether to build the long disputed bridge, \
               and the observers who came from abroad found few faults.\n\
               \"We counted twice,\" said the mayor, Aliya Bekova."
            .to_owned(),
        description: Some("A vote on a bridge".to_owned()),
        keywords: vec!["bridge".to_owned()],
        tag: Some("Russia".to_owned()),
        section: Some("World".to_owned()),
        about: vec!["XA".to_owned()],
        countries: vec!["XA".to_owned(), "XB".to_owned()],
        regions: Vec::new(),
        date: Some("2022-11-21T08:30:00+06:00".to_owned()),
        date_precision: Some("second".to_owned()),
        date_source: Some("json-ld".to_owned()),
        date_confidence: Some(95),
        modified: None,
        dates: Vec::new(),
        language: Some("en".to_owned()),
        language_confidence: Some(99),
        languages: Vec::new(),
        script: Some("Latn".to_owned()),
        publisher: Some("Example Herald".to_owned()),
        publisher_country: None,
        author: Some("Ivan Petrov".to_owned()),
        wire: None,
        entities: vec![
            entity("Aliya Bekova", "person", 5, &["Aliya Bekova", "Bekova"]),
            entity("Bridge Company", "org", 2, &["Bridge Company"]),
            entity("Ivan Petrov", "person", 1, &["Ivan Petrov"]),
        ],
        charset: "windows-1251".to_owned(),
        captured: None,
        seen: None,
        first_seen: None,
        quality: 90,
        removed: Vec::new(),
        warnings: vec!["charset-guessed".to_owned(), "truncated".to_owned()],
    }
}

/// An article of which little is known.
pub(super) fn bare_article() -> ArticleRecord {
    ArticleRecord {
        id: "0000000000001".to_owned(),
        source_id: None,
        path: "scrape/page.txt".to_owned(),
        record: 0,
        offset: 0,
        url: None,
        canonical: None,
        title: String::new(),
        title_source: "first-sentence".to_owned(),
        body: "Rain.".to_owned(),
        description: None,
        keywords: Vec::new(),
        tag: None,
        section: None,
        about: Vec::new(),
        countries: Vec::new(),
        regions: Vec::new(),
        date: None,
        date_precision: None,
        date_source: None,
        date_confidence: None,
        modified: None,
        dates: Vec::new(),
        language: None,
        language_confidence: None,
        languages: Vec::new(),
        script: None,
        publisher: None,
        publisher_country: None,
        author: None,
        entities: Vec::new(),
        charset: "utf-8".to_owned(),
        captured: None,
        seen: None,
        first_seen: None,
        quality: 0,
        removed: Vec::new(),
        warnings: Vec::new(),
        ..article()
    }
}

/// An answer with three hits: one as it should be, one with little known, one that is hostile.
pub(super) fn answer() -> Hits {
    Hits {
        understood: "bridge AND observers".to_owned(),
        limits: Vec::new(),
        repairs: vec![Repair {
            code: RepairCode::Quote,
            position: 7,
            message: "closed the quotation mark at the end".to_owned(),
        }],
        clauses: vec!["bridge".to_owned(), "observers".to_owned()],
        total: 12,
        undated: 2,
        stories: None,
        articles: 1_284,
        generation: 7,
        hits: vec![full_hit(), bare_hit(), hostile_hit()],
        cursor: "7.3.40f00000.-.0.3jf8w1m0c9tqz.5a1b2c3d".parse().ok(),
        partial: Vec::new(),
        diagnosis: None,
        took: Duration::from_micros(3_140),
        spent: Spent::default(),
    }
}

fn full_hit() -> Hit {
    let article = article();
    let text = "The harbour town voted on Sunday on whether to build the long disputed bridge, \
                and the observers who came from abroad found few faults.";
    Hit {
        rank: 1,
        score: 12.41,
        title_highlights: vec![
            range_of(&article.title, "bridge"),
            range_of(&article.title, "observers"),
        ],
        snippets: vec![Snippet {
            text: text.to_owned(),
            range: range_of(&article.body, text),
            cut: Cut::default(),
            highlights: vec![range_of(text, "bridge"), range_of(text, "observers")],
            found: vec![
                Found { clause: 0, range: range_of(text, "bridge") },
                Found { clause: 1, range: range_of(text, "observers") },
            ],
        }],
        article,
        shares: None,
        copies: None,
    }
}

fn bare_hit() -> Hit {
    Hit {
        rank: 2,
        score: 7.5,
        article: bare_article(),
        title_highlights: Vec::new(),
        snippets: Vec::new(),
        shares: None,
        copies: None,
    }
}

fn hostile_hit() -> Hit {
    let text = "港口城市周日就是否修建这座备受争议的大桥进行投票，观察员认为问题不多。\
                \u{1b}[2Jbridge\u{202e}segdirb";
    Hit {
        rank: 3,
        score: 7.5,
        article: ArticleRecord {
            source_id: Some("ex 43".to_owned()),
            path: "archive/\u{1b}]0;owned\u{7}/a-very-long-folder-name/and-another-one/within-it/\
                   page.html"
                .to_owned(),
            record: 0,
            title: format!("=1+1 {} caf\u{e9} \u{202e}txt", "abcdefghij".repeat(10)),
            publisher: Some("Новости\nдня".to_owned()),
            publisher_country: None,
            date: Some("2022".to_owned()),
            ..article()
        },
        title_highlights: Vec::new(),
        snippets: vec![Snippet {
            text: text.to_owned(),
            highlights: vec![range_of(text, "bridge")],
            ..Snippet::default()
        }],
        shares: None,
        copies: None,
    }
}

/// A hit with this score of which little is known.
pub(super) fn hit_with_score(score: f32) -> Hit {
    Hit { score, ..bare_hit() }
}

/// A hit of this rank that lacks some words.
pub(super) fn lacking(rank: usize, words: &[&str]) -> PartialHit {
    let lacks = words.iter().map(ToString::to_string).collect();
    PartialHit { lacks, hit: Hit { rank, ..hit_with_score(1.0) } }
}

/// Where `part` first stands in `text`.
pub(super) fn range_of(text: &str, part: &str) -> Range<usize> {
    let start = text.find(part).expect("the text has this part");
    start..start + part.len()
}

pub(super) fn index_report() -> IndexReport {
    IndexReport {
        generation: 7,
        files_added: 1_200,
        files_replaced: 3,
        files_removed: 1,
        files_moved: 2,
        truncated: 1,
        files_unchanged: 40_006,
        articles_written: 1_310,
        articles_total: 39_874,
        duplicates: 12,
        dated: BTreeMap::from([(DateSource::JsonLd, 900), (DateSource::DatelineText, 390)]),
        undated: 20,
        rejects: rejects_by_reason(),
        bytes_read: 2_149_000_000,
        copies: 9_204,
        copies_took: Duration::from_millis(2_140),
        elapsed: Duration::from_millis(58_040),
        peak_memory: Some(311_000_000),
    }
}

pub(super) fn stats() -> Stats {
    let values = |values: &[(&str, u64)]| {
        values.iter().map(|&(value, n)| (value.to_owned(), n)).collect::<Vec<_>>()
    };
    let many: Vec<_> =
        (0..11).map(|n| (format!("publisher number {n} \u{1b}[1m"), 900 - 80 * n)).collect();
    Stats {
        generation: 7,
        articles: 39_874,
        files: 41_210,
        rejects: rejects_by_reason(),
        segments: 5,
        index_bytes: 1_204_000_000,
        dates: Some(("2015-01-02".to_owned(), "2022-11-21".to_owned())),
        undated: 37,
        facets: vec![
            ("tag".to_owned(), values(&[("Russia", 30_004), ("", 6_000), ("哈萨克斯坦", 3_870)])),
            ("publisher".to_owned(), many),
        ],
    }
}

fn rejects_by_reason() -> BTreeMap<RejectReason, u64> {
    BTreeMap::from([(RejectReason::Empty, 94), (RejectReason::Binary, 120)])
}

pub(super) fn rejects() -> Vec<Reject> {
    vec![
        Reject {
            path: "archive/front-page.jpg".to_owned(),
            record: None,
            reason: RejectReason::Binary,
            detail: "starts like a JPEG picture".to_owned(),
        },
        Reject {
            path: "archive/2022/november.jsonl".to_owned(),
            record: Some(0),
            reason: RejectReason::BadJson,
            detail: "expected `,` or `}` at byte 1,204 of the record, after the value of `title`"
                .to_owned(),
        },
        Reject {
            path: "=cmd\u{1b}[2J.txt".to_owned(),
            record: None,
            reason: RejectReason::Internal,
            detail: "-".to_owned(),
        },
    ]
}
