//! What is highlighted answers the question by itself.
//!
//! 1. An article in which all other words are covered still matches, and so it does when only what
//!    its passages show is left.
//! 2. A passage by itself, all but its highlights covered, answers every clause that it says it
//!    answers.
//! 3. Nothing else is highlighted, and where an article does not match by a clause, that clause is
//!    not shown.
//!
//! Texts and questions are random; whether they match is told by the plain reading that the index is
//! tested against, which shares nothing with the program.

use std::ops::Range;

use super::highlight::{Highlighter, Marked, joined};
use super::passage::passages;
use super::{Found, Snippet};
use crate::query::Query;
use crate::query::tests::oracle::{Random, Reading};
use crate::query::tests::read;
use crate::record::ArticleRecord;

const N_QUERIES: usize = 400;
const N_TEXTS: usize = 60;

/// A title, and a body that is longer than a passage.
fn any_article(random: &mut Random) -> ArticleRecord {
    let title = if random.below(4) > 0 { random.paragraph() } else { String::new() };
    let n_paragraphs = random.below(9);
    let body: Vec<_> = (0..n_paragraphs).map(|_| random.paragraph()).collect();
    ArticleRecord { title, body: body.join("\n"), ..ArticleRecord::default() }
}

/// The text with every letter outside `kept` covered, so that words and sentences stay where they
/// are.
fn covered(text: &str, kept: &[Range<usize>]) -> String {
    let is_kept = |at: usize| kept.iter().any(|range| range.contains(&at));
    let cover = |(at, c): (usize, char)| match c {
        c if !c.is_alphabetic() || is_kept(at) => c,
        c if c.is_uppercase() => 'Z',
        _ => 'z',
    };
    text.char_indices().map(cover).collect()
}

fn matches(query: &Query, title: &str, body: &str) -> bool {
    Reading::of(title, body).matches(query, None)
}

/// The clause, satisfied by one place.
fn once(clause: &Query) -> Query {
    match clause {
        Query::AtLeast(_, span) => span.clone().into(),
        Query::In(zone, inner) => Query::In(*zone, Box::new(once(inner))),
        clause => clause.clone(),
    }
}

fn is_within(ranges: &[Range<usize>], outer: &[Range<usize>]) -> bool {
    ranges.iter().all(|it| outer.iter().any(|out| out.start <= it.start && it.end <= out.end))
}

#[track_caller]
fn check_article(query: &Query, article: &ArticleRecord, marked: &Marked) {
    let ArticleRecord { title, body, .. } = article;
    let title = covered(title, &marked.title.all_marks());
    let alone = covered(body, &marked.body.all_marks());
    assert!(matches(query, &title, &alone), "`{query}` loses {article:?} as {title:?} {alone:?}");
}

#[track_caller]
fn check_passages(query: &Query, article: &ArticleRecord, marked: &Marked, snippets: &[Snippet]) {
    let body = &article.body;
    let mut shown: Vec<Range<usize>> = Vec::new();
    for Snippet { text, range, highlights, .. } in snippets {
        assert_eq!(*text, body[range.clone()].replace('\n', " "), "for `{query}` in {body:?}");
        shown.extend(highlights.iter().map(|it| it.start + range.start..it.end + range.start));
    }
    // Where answers overlap, two passages may show the halves of one mark.
    let shown = joined(shown);
    assert!(is_within(&marked.body.all_marks(), &shown), "`{query}` loses marks in {body:?}");
    assert!(is_within(&shown, &marked.body.all_marks()), "`{query}` invents marks in {body:?}");
    let title = covered(&article.title, &marked.title.all_marks());
    let alone = covered(body, &shown);
    assert!(matches(query, &title, &alone), "the passages of {body:?} do not answer `{query}`");
}

#[track_caller]
fn check_passage(clauses: &[&Query], snippet: &Snippet) {
    let Snippet { text, highlights, found, .. } = snippet;
    let alone = covered(text, highlights);
    let mut of_answers = Vec::new();
    for Found { clause, range } in found {
        let clause = once(clauses[*clause]);
        assert!(matches(&clause, "", &alone), "{text:?} does not answer `{clause}`");
        let answer = &text[range.clone()];
        assert!(matches(&clause, "", answer), "{answer:?} of {text:?} does not answer `{clause}`");
        of_answers.push(range.clone());
    }
    // Answers may overlap, and so one highlight may be of several.
    let of_answers = joined(of_answers);
    assert!(is_within(highlights, &of_answers), "{highlights:?} in {text:?} are of no answer");
}

#[test]
fn what_is_highlighted_answers_by_itself() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let articles: Vec<_> = (0..N_TEXTS).map(|_| any_article(&mut random)).collect();
    let (mut n_articles, mut n_passages) = (0, 0);
    for _ in 0..N_QUERIES {
        let query = read(&random.query()).query;
        let mut highlighter = Highlighter::new(&query, None, false);
        let clauses: Vec<_> = highlighter.clauses().cloned().collect();
        let clauses: Vec<_> = clauses.iter().collect();
        for article in &articles {
            if !matches(&query, &article.title, &article.body) {
                continue;
            }
            let marked = highlighter.article(article);
            check_article(&query, article, &marked);
            let snippets = passages(&article.body, &marked.body, clauses.len(), usize::MAX);
            check_passages(&query, article, &marked, &snippets);
            for snippet in &snippets {
                check_passage(&clauses, snippet);
            }
            n_articles += 1;
            n_passages += snippets.len();
        }
    }
    assert!(n_articles > 3_000 && n_passages > 5_000, "{n_articles}, {n_passages}");
}

/// Where one passage can show every clause, the best one does.
#[test]
fn the_best_passage_answers_all_that_one_can() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for _ in 0..300 {
        let query = read("bab AND cac AND bob").query;
        let mut article = any_article(&mut random);
        article.body.push_str("\nBab cac bob.");
        let marked = Highlighter::new(&query, None, false).article(&article);
        let best = passages(&article.body, &marked.body, 3, 1).remove(0);
        let alone = covered(&best.text, &best.highlights);
        assert!(matches(&query, "", &alone), "{best:?} of {:?}", article.body);
    }
}

/// An archive of articles that tie in all sorts of ways.
fn archive(folder: &std::path::Path) -> crate::index::ArchiveReader {
    use crate::index::{ArchiveReader, IndexRequest, delete, update};
    let mut random = Random(7);
    let (news, index) = (folder.join("news"), folder.join("index"));
    std::fs::create_dir(&news).expect("made");
    // A segment each.
    for part in 0..3 {
        let mut lines = String::new();
        for number in 0..35 {
            let date = match random.below(7) {
                0 => String::new(),
                1 => ", \"date\": \"2021-05\"".into(),
                2 => ", \"date\": \"2021\"".into(),
                day => format!(", \"date\": \"2021-05-0{}\"", day - 2),
            };
            let text = format!("Dod {}", "bab cac. ".repeat(1 + random.below(4)));
            let line = format!(
                "{{\"id\": \"{part}-{number}\", \"title\": \"Bob\", \"text\": \"{text}\"{date}}}\n"
            );
            lines.push_str(&line);
        }
        std::fs::write(news.join(format!("{part}.jsonl")), lines).expect("written");
        let mut request = IndexRequest::update([news.clone()]);
        request.cleaning = crate::extract::Cleaning::Off;
        request.threads = 1;
        update(&index, &request, &mut |_| ()).expect("indexed");
    }
    // So few that no segment is merged for it.
    let some = |archive: &ArchiveReader| {
        let ids = super::ids(archive, &read("bab").query, super::Matching::AllWords)?;
        Ok(ids.into_iter().step_by(15).collect())
    };
    delete(&index, false, some).expect("deleted");
    let archive = ArchiveReader::open(&index).expect("opened");
    assert!(archive.searcher().segment_readers().len() > 1);
    archive
}

/// A page ends where it is full, whatever would follow.
#[test]
fn the_first_hits_are_those_of_all_hits() {
    use super::{Copies, Recency, SearchRequest, Sort, search};
    use crate::copies::Likeness;
    let folder = tempfile::tempdir().expect("a folder");
    let archive = archive(folder.path());
    let today = chrono::NaiveDate::from_ymd_opt(2021, 5, 3).expect("a day");
    let fading =
        |half_life: &str| Some(Recency { half_life: half_life.parse().expect("a time"), today });
    let orders = [
        (Sort::Relevance, None),
        (Sort::Relevance, fading("12h")),
        (Sort::Relevance, fading("60d")),
        (Sort::Newest, None),
        (Sort::Oldest, None),
    ];
    for (sort, recency) in orders {
        for copies in [Copies::Show, Copies::Collapse(Likeness::Exact)] {
            for typed in
                ["bab", "dod OR bab OR cac", "*", "bab date:2021-05-02", "NOT date:2021-04.."]
            {
                let query = read(typed).query;
                let request = SearchRequest { sort, recency, copies, ..SearchRequest::new(query) };
                let all = SearchRequest { limit: 999, ..request.clone() };
                let all = search(&archive, &all).expect("an answer");
                assert!(all.total > 0, "{typed}");
                for limit in [1, 2, 5, 20] {
                    let first = SearchRequest { limit, ..request.clone() };
                    let first = search(&archive, &first).expect("an answer");
                    let expected = &all.hits[..limit.min(all.hits.len())];
                    assert_eq!(first.hits, expected, "{limit} {sort:?} {copies:?} {typed}");
                    assert_eq!((first.total, first.undated), (all.total, all.undated));
                }
            }
        }
    }
}

/// What a date selects, and how many have none, is what the articles themselves say.
#[test]
fn articles_are_selected_by_their_dates() {
    use super::{SearchRequest, search};
    let folder = tempfile::tempdir().expect("a folder");
    let archive = archive(folder.path());
    let all = |typed: &str| {
        let request = SearchRequest { limit: 999, ..SearchRequest::new(read(typed).query) };
        search(&archive, &request).expect("an answer")
    };
    let every = all("*");
    let dates = every.hits.iter().map(|hit| hit.article.date.clone());
    let dates: Vec<Option<String>> = dates.collect();
    assert_eq!(every.undated, dates.iter().filter(|date| date.is_none()).count() as u64);
    let any_of = |wanted: &[&str]| {
        let is_wanted =
            |date: &&Option<String>| date.as_deref().is_some_and(|it| wanted.contains(&it));
        dates.iter().filter(is_wanted).count() as u64
    };
    let whole = ["2021", "2021-05"];
    for (typed, expected) in [
        ("date:2021-05-02", any_of(&["2021-05-02", "2021-05", "2021"])),
        ("date:2021-05-02..2021-05-03", any_of(&["2021-05-02", "2021-05-03", "2021-05", "2021"])),
        ("date:2021-05-31", any_of(&whole)),
        ("date:2021-06", any_of(&["2021"])),
        ("date:2022..", 0),
        ("date:..2021-04", any_of(&["2021"])),
        ("date:none", every.undated),
        ("date:*", every.total - every.undated),
        ("date:2021-02 date:2021-11", any_of(&["2021"])),
        ("bab NOT date:2021", every.undated),
        ("date:2022 OR date:2021-06", any_of(&["2021"])),
    ] {
        let found = all(typed);
        assert_eq!((found.total, found.hits.len() as u64), (expected, expected), "{typed}");
    }
}

#[test]
fn hits_in_chunks_and_pages_are_those_of_one_answer() {
    use super::{SearchRequest, Sort, search, stream};
    let folder = tempfile::tempdir().expect("a folder");
    let archive = archive(folder.path());
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Shortest, Sort::Longest] {
        for typed in ["bab", "dod OR bab OR cac", "*", "date:*", "date:2021"] {
            let request =
                SearchRequest { sort, limit: 999, ..SearchRequest::new(read(typed).query) };
            let whole = search(&archive, &request).expect("an answer");
            assert!(whole.total > 60 && whole.hits.len() as u64 == whole.total, "{}", whole.total);
            let mut streamed = Vec::new();
            let mut stream = stream(&archive, &request).expect("a stream").in_chunks_of(7);
            loop {
                let batch = stream.batch().expect("hits");
                if batch.is_empty() {
                    break;
                }
                streamed.extend(batch);
            }
            assert_eq!(streamed, whole.hits, "{sort:?} {typed}");
            let mut request = SearchRequest { limit: 11, ..request };
            let mut paged = Vec::new();
            loop {
                let page = search(&archive, &request).expect("a page");
                paged.extend(page.hits);
                request.after = page.cursor;
                if request.after.is_none() {
                    break;
                }
            }
            assert_eq!(paged, whole.hits, "{sort:?} {typed}");
        }
    }
}
