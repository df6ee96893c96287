//! 1. Rows of all kinds are read; broken ones are counted and named, and the others go on.
//! 2. A log is put in the order of its times, which count from the first.
//! 3. An index gives the same questions for a seed, each of the shape of its class, with hits; what
//!    it cannot give is said.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::bench::Ask;
use crate::index::{IndexRequest, update};
use crate::query::{DateTest, Field, Near, Reach, Text, parse};

fn file(content: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("questions");
    fs::write(&path, content).expect("written");
    (folder, path)
}

/// Each task as `class | question | ask`, each broken row as `! line: why`.
fn listed(workload: &Workload) -> Vec<String> {
    let task = |task: &Task| {
        let at = task.at.map(|at| format!("{at:?} ")).unwrap_or_default();
        format!("{at}{} | {} | {}", task.class, task.query, task.ask)
    };
    let broken = workload.broken.iter().map(|row| format!("! {}: {}", row.line, row.why));
    workload.tasks.iter().map(task).chain(broken).collect()
}

#[test]
fn a_file_may_hold_rows_of_all_kinds_and_broken_ones_among_them() {
    let (_folder, path) = file(
        b"\xef\xbb\xbfwage talks\r\n\
          \n\
          phrase\t\"wage talks\"\n\
          newest\tharbour\thits sort=-date snippets=0\n\
          {\"query\": \"+wage +talks\", \"tags\": [\"intersection\", \"global\"]}\n\
          {\"query\": \"wage talks\", \"tags\": [\"union\"]}\n\
          {\"query\": \"wage talks\", \"class\": \"mine\", \"ask\": \"count\"}\n\
          {\"query\": 3}\n\
          \xff\xfe\n\
          a\tb\tcount\td\n\
          \tharbour\n\
          x\tharbour\tall\n\
          ()\n\
          {\"query\": \"+a b\", \"tags\": []}\n",
    );
    let workload = read(&path).expect("read");
    assert_eq!(
        listed(&workload),
        [
            "file | wage talks | hits",
            "phrase | \"wage talks\" | hits",
            "newest | harbour | hits sort=-date snippets=0",
            "intersection | wage AND talks | hits",
            "union | wage OR talks | hits",
            "mine | wage talks | count",
            "! 8: it is no row of JSON: invalid type: integer `3`, expected a string at line 1 \
             column 11",
            "! 9: it is not UTF-8",
            "! 10: it has 4 columns and may have three",
            "! 11: its class is empty",
            "! 12: `all` is none of `hits`, `count`, `facets FIELD`, `timeline BUCKET`",
            "! 13: it asks for nothing",
            "! 14: it has words with and without `+`, which has no like here",
        ]
    );
}

#[test]
fn a_file_without_a_question_is_an_error_that_says_so() {
    for (content, meant) in [
        (&b""[..], "it holds no question"),
        (b"\n  \n", "it holds no question"),
        (b"\n()\n", "no row of it holds a question; line 2: it asks for nothing"),
    ] {
        let (_folder, path) = file(content);
        let meant = format!("cannot read `{}`: {meant}", path.display());
        assert_eq!(read(&path).expect_err("an error").to_string(), meant);
    }
    let (_folder, path) = file(b"\n");
    assert!(replay(&path).expect_err("an error").to_string().ends_with("it holds no question"));
    let error = read(Path::new("no/such/file")).expect_err("an error");
    assert_eq!(error.to_string(), "cannot read `no/such/file`");
}

#[test]
fn a_log_is_put_in_the_order_of_its_times() {
    let (_folder, path) = file(
        b"2022-11-20T09:00:02Z\tharbour\n\
          2022-11-20T10:00:00.250+01:00\tferry\tcount\n\
          1668934801.5\twage talks\n\
          {\"time\": 1668934803, \"query\": \"strike\"}\n\
          {\"time\": \"2022-11-20T09:00:04Z\", \"query\": \"dock\", \"class\": \"slow\"}\n\
          {\"query\": \"dock\"}\n\
          yesterday\tdock\n\
          dock\n\
          inf\tdock\n",
    );
    assert_eq!(
        listed(&replay(&path).expect("read")),
        [
            "0ns log | ferry | count",
            "1.25s log | wage talks | hits",
            "1.75s log | harbour | hits",
            "2.75s log | strike | hits",
            "3.75s slow | dock | hits",
            "! 6: it has no `time`",
            "! 7: `yesterday` is no time of RFC 3339 and no number of seconds",
            "! 8: it has no tab behind a time",
            "! 9: `inf` is no time of RFC 3339 and no number of seconds",
        ]
    );
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(rows in prop::collection::vec("\\PC{0,30}", 0..8)) {
        let content = rows.join("\n");
        let (_folder, path) = file(content.as_bytes());
        let rows = content.lines().filter(|row| !row.trim().is_empty()).count();
        if let Ok(workload) = read(&path) {
            prop_assert_eq!(workload.tasks.len() + workload.broken.len(), rows);
        }
        let _ = replay(&path);
    }
}

/// The sample archive, indexed.
fn sample() -> (TempDir, ArchiveReader) {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    update(folder.path(), &IndexRequest::update([corpus]), &mut |_| ()).expect("indexed");
    let archive = ArchiveReader::open(folder.path()).expect("opened");
    (folder, archive)
}

#[test]
fn an_index_gives_questions_of_every_class_that_mean_what_the_class_says() {
    let (_folder, archive) = sample();
    let workload = auto(&archive, 7, 3, &[]).expect("drawn");
    let mut of_class: BTreeMap<&str, Vec<&Task>> = BTreeMap::new();
    for task in &workload.tasks {
        of_class.entry(&task.class).or_default().push(task);
    }
    let skipped: BTreeSet<_> = workload.skipped.iter().map(|(class, _)| class.name()).collect();
    for class in Class::ALL {
        let drawn = of_class.get(class.name()).map_or(0, Vec::len);
        assert!(drawn <= 3, "{class}");
        assert_eq!(drawn == 0, skipped.contains(class.name()), "{class}");
    }
    assert!(skipped.len() < 8, "{:?}", workload.skipped);
    for task in &workload.tasks {
        check_shape(&archive, task);
    }
}

/// What a task means is of the shape of its class, and finds something unless it must not.
fn check_shape(archive: &ArchiveReader, task: &Task) {
    let parsed = parse(&task.query, NaiveDate::default());
    assert_eq!(parsed.query.to_string(), task.query, "is canonical");
    assert!(parsed.repairs.is_empty(), "{}: {:?}", task.query, parsed.repairs);
    let class = Class::from_name(&task.class).expect("a class");
    let query = &parsed.query;
    let total = count(archive, query).expect("counted");
    assert_eq!(total == 0, class == Class::NoHits, "{class}: {query}");
    let word = |query: &Query| matches!(query, Query::Text(Text::Word(_)));
    let and = |query: &Query, n: usize| matches!(query, Query::And(all) if all.len() == n && all.iter().all(word));
    let or = |query: &Query, n: usize| matches!(query, Query::Or(all) if all.len() == n && all.iter().all(word));
    let with = |query: &Query, is_test: &dyn Fn(&Query) -> bool| matches!(query, Query::And(all) if all.last().is_some_and(is_test) && all.len() > 1);
    let field =
        |wanted: Field| move |query: &Query| matches!(query, Query::Field(it, _) if *it == wanted);
    let dated = |query: &Query| matches!(query, Query::Date(DateTest::Within { .. }));
    let phrase = |query: &Query, n: usize, meant: u32| {
        matches!(query, Query::Text(Text::Phrase { words, slop, ordered: true })
            if words.split(' ').count() == n && *slop == meant)
    };
    let near = |query: &Query, meant: Reach| matches!(query, Query::Near(near) if matches!(**near, Near { proximity, .. } if proximity.reach == meant));
    let wildcard = |query: &Query, is: &dyn Fn(&str) -> bool| matches!(query, Query::Text(Text::Wildcard(pattern)) if is(pattern));
    let fuzzy = |query: &Query, edits: u8| matches!(query, Query::Text(Text::Fuzzy(_, distance)) if *distance == edits);
    let is_meant = match class {
        Class::TermRare | Class::TermMid | Class::TermFrequent => {
            let band = class.bands()[0];
            word(query) && band.bounds(archive.articles()).contains(&total)
        }
        Class::And2HighHigh | Class::And2HighMid | Class::And2HighLow | Class::NoHits => {
            and(query, 2)
        }
        Class::Snippets | Class::NoSnippets | Class::Count => and(query, 2),
        Class::And3 => and(query, 3),
        Class::Verbose => and(query, 20),
        Class::Or2 => or(query, 2),
        Class::Or4 => or(query, 4),
        Class::Or64 => or(query, 64),
        Class::Phrase2 => phrase(query, 2, 0),
        Class::Phrase3 | Class::PhraseFunction => phrase(query, 3, 0),
        Class::Slop => phrase(query, 2, 2),
        Class::Near => near(query, Reach::Words(5)),
        Class::Sentence => near(query, Reach::Sentence),
        Class::AtLeast => matches!(query, Query::AtLeast(2 | 3, _)),
        Class::Prefix3 => wildcard(query, &|it| it.ends_with('*') && it.chars().count() == 4),
        Class::Prefix5 => wildcard(query, &|it| it.ends_with('*') && it.chars().count() == 6),
        Class::WildcardLeading => wildcard(query, &|it| it.starts_with('*')),
        Class::Fuzzy1 => fuzzy(query, 1),
        Class::Fuzzy2 => fuzzy(query, 2),
        Class::Regex => matches!(query, Query::Text(Text::Regex(_))),
        Class::RegionRare | Class::RegionFrequent => with(query, &field(Field::Region)),
        Class::Language => with(query, &field(Field::Language)),
        Class::Person => with(query, &field(Field::Person)),
        Class::Watchlist => matches!(query, Query::Or(names) if names.len() >= 10),
        Class::FacetRegion
        | Class::FacetPerson
        | Class::Timeline
        | Class::Collapse
        | Class::Newest
        | Class::Oldest
        | Class::Deep => word(query),
        _ => class.period().is_some() && with(query, &dated),
    };
    assert!(is_meant, "{class}: {query}");
    if class == Class::Deep {
        assert!(
            matches!(task.ask, Ask::Hits { offset, .. } if offset as u64 == total / 2),
            "{}",
            task.ask
        );
    }
}

#[test]
fn a_seed_decides_and_a_class_does_not_depend_on_the_others() {
    let (_folder, archive) = sample();
    let classes = [Class::And2HighMid, Class::Phrase2, Class::DateYearFrequent];
    let all = auto(&archive, 7, 4, &classes).expect("drawn");
    assert_eq!(all, auto(&archive, 7, 4, &classes).expect("drawn"));
    assert_ne!(all.digest(), auto(&archive, 8, 4, &classes).expect("drawn").digest());
    let phrases = auto(&archive, 7, 4, &classes[1..2]).expect("drawn").tasks;
    assert!(!phrases.is_empty());
    let of_all = all.tasks.into_iter().filter(|task| task.class == "phrase-2");
    assert_eq!(of_all.collect::<Vec<_>>(), phrases);
}

#[test]
fn segments_have_no_say_in_what_is_drawn() {
    let (_folder, whole) = sample();
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for part in [corpus.join("portal"), corpus.join("wires"), corpus] {
        update(folder.path(), &IndexRequest::update([part]), &mut |_| ()).expect("indexed");
    }
    let parts = ArchiveReader::open(folder.path()).expect("opened");
    assert_ne!(parts.generation(), whole.generation());
    let drawn = |archive| auto(archive, 7, 2, &[]).expect("drawn");
    assert_eq!(drawn(&parts), drawn(&whole));
}

#[test]
fn a_tiny_index_gives_what_it_can_and_says_what_it_lacks() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("a.jsonl");
    let record = serde_json::json!({
        "title": "Ferry",
        "text": "The ferry lay in the harbour until the strike of the dockers had ended at last.",
    });
    fs::write(&page, record.to_string()).expect("written");
    let index = folder.path().join("index");
    update(&index, &IndexRequest::update([page]), &mut |_| ()).expect("indexed");
    let archive = ArchiveReader::open(&index).expect("opened");
    let classes = [Class::TermRare, Class::And2HighHigh, Class::Watchlist, Class::Or64];
    let workload = auto(&archive, 7, 2, &classes).expect("drawn");
    assert_eq!(workload.tasks.len(), 2);
    let skipped = workload.skipped.iter().map(|(class, why)| format!("{class}: {why}"));
    assert_eq!(
        skipped.collect::<Vec<_>>(),
        [
            "and-2-hh: no word is in the band `frequent`",
            "watchlist: fewer than 10 persons are named",
            "or-64: the index has fewer than 64 words to choose from",
        ]
    );
}

#[test]
fn an_empty_index_gives_none_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).expect("made");
    let index = folder.path().join("index");
    update(&index, &IndexRequest::update([empty]), &mut |_| ()).expect("indexed");
    let archive = ArchiveReader::open(&index).expect("opened");
    let workload = auto(&archive, 7, 3, &[Class::Or2]).expect("drawn");
    assert_eq!(workload.skipped, [(Class::Or2, "the index holds no article".to_owned())]);
    assert_eq!(workload.tasks, []);
}
