//! Counting gives what going through the stored articles by hand gives, and its numbers add up.
//!
//! The archives are random: several segments, deleted articles, copies, names with several spellings
//! and aliases, countries under several names, articles without a value. Each question is put to a
//! reader that was just opened, and to one that has met others before.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use tantivy::{DocAddress, SegmentReader};
use tempfile::TempDir;

use super::timeline::{TimelineRequest, timeline};
use super::{Bucket, FacetField, Tally, Unit, facets};
use crate::alias::{key, usual_spelling};
use crate::article::{ArticleId, EntityKind};
use crate::copies::Likeness;
use crate::index::{ArchiveReader, IndexRequest, aliases_path, delete, update};
use crate::query::tests::oracle::Random;
use crate::query::{Query, parse};
use crate::record::{ArticleRecord, Detail, EntityRecord};
use crate::region::country_by_name;
use crate::search::family::precedence;
use crate::search::stories::Stories;
use crate::search::{Copies, Matching};

/// Articles of a file, and files of an archive, which are indexed one after the other.
const ARTICLES: usize = 40;
const FILES: usize = 3;

/// What articles are asked for: all, half of them, a few.
const QUERIES: [&str; 3] = ["ferry", "bridge", "*"];

/// Some are spellings of one name, some are joined by the file of aliases or by what is known.
const PERSONS: [&str; 8] = [
    "Aliya Bekova",
    "ALIYA BEKOVA",
    "Aliya-Bekova",
    "A. Bekova",
    "Ivan Petrov",
    "Petrov",
    "Łukasz Żak",
    "Lukasz Zak",
];
const ORGANISATIONS: [&str; 5] =
    ["UN", "United Nations", "OSCE", "Bridge Company", "BRIDGE COMPANY"];
const PLACES: [&str; 5] = ["USA", "United States", "U.S.", "New York", "Almaty"];
const ALIASES: &str = "person: Aliya Bekova | A. Bekova\nperson: Ivan Petrov | Petrov\n";
const TAGS: [&str; 6] =
    ["Kazakhstan", "Russia, sport", "the United States", "sport", "Asia; KZ", "kazakhstan"];
const COUNTRIES: [&str; 3] = ["KZ", "RU", "US"];
const PUBLISHERS: [&str; 3] = ["Example Herald", "Harbour Post", "harbour post"];
const DATES: [&str; 6] =
    ["2021-12-31", "2022-01-01T23:30:00+05:00", "2022-02", "2022", "2022-02-11", "1821-05-05"];

/// Each of `all` with a probability of one in `n`, and no two the same.
fn some(random: &mut Random, all: &[&str], n: usize) -> Vec<String> {
    let chosen = all.iter().filter(|_| random.below(n) == 0);
    chosen.map(|it| (*it).to_owned()).collect()
}

fn one(random: &mut Random, all: &[&str]) -> Option<String> {
    // One in four has none.
    all.get(random.below(all.len() * 4 / 3 + 1)).map(|it| (*it).to_owned())
}

fn body(random: &mut Random) -> String {
    let word = |random: &mut Random| {
        let letters = "bdfgklmnprstvz".as_bytes();
        let letter = |random: &mut Random| char::from(letters[random.below(letters.len())]);
        format!("{}a{}o", letter(random), letter(random))
    };
    let mut words: Vec<String> = (0..60).map(|_| word(random)).collect();
    words.extend(some(random, &["bridge"], 2));
    words.extend(some(random, &["ferry"], 20));
    words.join(" ")
}

fn entities(random: &mut Random) -> Vec<EntityRecord> {
    let mut entities = Vec::new();
    for (kind, names) in [
        (EntityKind::Person, &PERSONS[..]),
        (EntityKind::Organisation, &ORGANISATIONS),
        (EntityKind::Place, &PLACES),
    ] {
        for name in some(random, names, 4) {
            entities.push(EntityRecord {
                forms: vec![name.clone()],
                name,
                kind: kind.name().to_owned(),
                count: 1,
                mentions: Vec::new(),
                title_mentions: Vec::new(),
            });
        }
    }
    entities
}

/// A record that is indexed as it stands; now and then with a body that another one has.
fn record(random: &mut Random, number: usize, bodies: &mut Vec<String>) -> ArticleRecord {
    let body = match random.below(4) {
        0 if !bodies.is_empty() => bodies[random.below(bodies.len())].clone(),
        _ => body(random),
    };
    bodies.push(body.clone());
    let date = one(random, &DATES);
    let record = ArticleRecord {
        v: 1,
        id: format!("made-{number}"),
        title: format!("Notice {number}"),
        title_source: "heading".to_owned(),
        body,
        tag: one(random, &TAGS),
        about: some(random, &COUNTRIES, 3),
        date_source: date.as_ref().map(|_| "json-ld".to_owned()),
        date_confidence: date.as_ref().map(|_| 90),
        date,
        language: one(random, &["en", "ru", "kk"]),
        publisher: one(random, &PUBLISHERS),
        entities: entities(random),
        ..ArticleRecord::default()
    };
    record.with_seal()
}

/// An index in several segments with some articles deleted.
fn made(seed: u64) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let index = folder.path().join("index");
    let (mut random, mut bodies) = (Random(seed), Vec::new());
    for file in 0..FILES {
        let lines = (0..ARTICLES).map(|n| record(&mut random, file * ARTICLES + n, &mut bodies));
        let lines: Vec<_> =
            lines.map(|record| serde_json::to_string(&record).expect("JSON")).collect();
        let path = folder.path().join(format!("{file}.jsonl"));
        fs::write(&path, lines.join("\n")).expect("written");
        let request = IndexRequest { threads: 1, ..IndexRequest::update([path]) };
        update(&index, &request, &mut |_| ()).expect("indexed");
    }
    fs::write(aliases_path(&index), ALIASES).expect("written");
    let deleted = |archive: &ArchiveReader| {
        let ids = stored(archive).into_iter().filter(|_| random.below(12) == 0);
        Ok(ids.map(|(_, record)| id(&record)).collect())
    };
    delete(&index, false, deleted).expect("deleted");
    (folder, index)
}

fn id(record: &ArticleRecord) -> ArticleId {
    record.id.parse().expect("an id")
}

/// Every article, and where it stands.
fn stored(archive: &ArchiveReader) -> Vec<(DocAddress, ArticleRecord)> {
    let mut stored = Vec::new();
    for (segment, reader) in (0..).zip(archive.searcher().segment_readers()) {
        for doc in reader.doc_ids_alive() {
            let address = DocAddress::new(segment, doc);
            stored.push((address, archive.article_at(address, Detail::Whole).expect("stored")));
        }
    }
    stored
}

/// Those that are counted for a question of one word, or of none.
fn counted(archive: &ArchiveReader, typed: &str, unit: Unit) -> Vec<ArticleRecord> {
    let mut matching = stored(archive);
    matching.retain(|(_, record)| typed == "*" || record.body.split(' ').any(|it| it == typed));
    let stories = Stories::of(archive, Copies::Collapse(Likeness::Part)).expect("families");
    let Some(stories) = stories.filter(|_| unit == Unit::Stories) else {
        return matching.into_iter().map(|(_, record)| record).collect();
    };
    let mut first = BTreeMap::new();
    for (address, record) in matching {
        let story = stories.story_at(archive, address).expect("a story");
        let published = crate::schema::published(&record).map(|(first, _)| first);
        let place = precedence(published, None, id(&record).0);
        let this = (place, record);
        match first.entry(story) {
            std::collections::btree_map::Entry::Vacant(entry) => drop(entry.insert(this)),
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                if this.0 < entry.get().0 {
                    entry.insert(this);
                }
            }
        }
    }
    first.into_values().map(|(_, record)| record).collect()
}

/// What the columns of a field hold of an article.
fn held(field: FacetField, record: &ArticleRecord) -> Vec<String> {
    let of_kind = |kind: EntityKind| {
        let named = record.entities.iter().filter(|it| it.kind == kind.name());
        named.map(|entity| entity.name.clone()).collect()
    };
    let tags = || {
        let tags = record.tag.iter().flat_map(|tag| tag.split([',', ';']));
        tags.map(|tag| tag.trim().to_owned())
    };
    let single = |value: &Option<String>| value.iter().cloned().collect();
    match field {
        FacetField::Region => tags().chain(record.about.iter().cloned()).collect(),
        FacetField::Tag => tags().collect(),
        FacetField::About => record.about.clone(),
        FacetField::Person => of_kind(EntityKind::Person),
        FacetField::Organisation => of_kind(EntityKind::Organisation),
        FacetField::Place => of_kind(EntityKind::Place),
        FacetField::Publisher => single(&record.publisher),
        FacetField::Language => single(&record.language),
        FacetField::Year => single(&record.date.as_ref().map(|date| date[..4].to_owned())),
        FacetField::DateSource => single(&record.date_source),
    }
}

/// What a text means.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Meaning {
    Text(String),
    Cluster(usize),
}

fn meaning(archive: &ArchiveReader, field: FacetField, held: &str) -> Meaning {
    match (field.entity(), country_by_name(held)) {
        (Some(kind), _) => match archive.aliases().number(kind, held) {
            Some(cluster) => Meaning::Cluster(cluster),
            None => Meaning::Text(key(held)),
        },
        (None, Some(code)) if field == FacetField::Region => Meaning::Text(code.to_string()),
        (None, _) => Meaning::Text(held.to_owned()),
    }
}

/// All values with their numbers, in the order of facets; and how many articles have none.
fn by_hand(
    archive: &ArchiveReader,
    field: FacetField,
    articles: &[ArticleRecord],
) -> (Vec<(String, Tally)>, u64) {
    let mut found: BTreeMap<Meaning, (u64, BTreeMap<String, u64>)> = BTreeMap::new();
    let mut without = 0;
    for article in articles {
        let texts = held(field, article);
        let meanings: BTreeSet<_> =
            texts.iter().map(|text| meaning(archive, field, text)).collect();
        without += u64::from(meanings.is_empty());
        for text in texts {
            let (_, spelled) = found.entry(meaning(archive, field, &text)).or_default();
            *spelled.entry(text).or_default() += 1;
        }
        for it in meanings {
            found.entry(it).or_default().0 += 1;
        }
    }
    let name = |meaning: Meaning, spelled: &BTreeMap<String, u64>| match meaning {
        Meaning::Cluster(number) => {
            archive.usual_name(&archive.aliases().clusters()[number]).expect("a name")
        }
        Meaning::Text(_) if field.entity().is_some() => {
            usual_spelling(spelled).expect("spelled").to_owned()
        }
        Meaning::Text(text) => text,
    };
    let mut values: Vec<_> = found
        .into_iter()
        .map(|(meaning, (n, spelled))| (name(meaning, &spelled), Tally::of(n)))
        .collect();
    values.sort_by(|(a, m), (b, n)| {
        let by_number = if field == FacetField::Year { m.cmp(m) } else { n.cmp(m) };
        by_number.then_with(|| a.cmp(b))
    });
    (values, without)
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day")
}

fn check_facets(archive: &ArchiveReader, query: &Query, unit: Unit, articles: &[ArticleRecord]) {
    for &field in FacetField::ALL {
        let (values, without) = by_hand(archive, field, articles);
        for limit in [usize::MAX, 3] {
            let counted = facets(archive, field, query, Matching::AllWords, unit, limit);
            let counted = counted.expect("counted");
            let numbers = (counted.total.articles, counted.without.articles, counted.distinct);
            let expected = (articles.len() as u64, without, values.len());
            assert_eq!(numbers, expected, "{field} of `{query}` in {unit}");
            let first = &values[..values.len().min(limit)];
            assert_eq!(counted.values, first, "{field} of `{query}` in {unit}");
        }
    }
}

/// Stretches, imprecise and undated articles sum to all.
fn check_timeline(archive: &ArchiveReader, query: &Query, unit: Unit, articles: &[ArticleRecord]) {
    for bucket in [Bucket::Month, Bucket::Year] {
        let request = TimelineRequest {
            queries: vec![query.clone()],
            matching: Matching::AllWords,
            unit,
            bucket: Some(bucket),
            rows: 40,
        };
        let counted = timeline(archive, &request).expect("counted");
        let series = &counted.series[0];
        let in_stretches: Tally = series.tallies.iter().copied().sum();
        let sum: Tally = [in_stretches, series.imprecise, series.undated].into_iter().sum();
        let undated = articles.iter().filter(|it| it.date.is_none()).count();
        let expected =
            [articles.len() as u64, articles.len() as u64, undated as u64].map(Tally::of);
        assert_eq!([sum, series.total, series.undated], expected, "`{query}` in {unit}");
    }
}

fn open(index: &Path) -> ArchiveReader {
    ArchiveReader::open(index).expect("opened")
}

#[test]
fn counting_gives_what_a_walk_through_all_articles_gives() {
    for seed in [3, 0xfade_1234] {
        let (_folder, index) = made(seed);
        let known = open(&index);
        let segments = known.searcher().segment_readers();
        let deleted: Vec<u32> = segments.iter().map(SegmentReader::num_deleted_docs).collect();
        assert!(deleted.len() > 1 && deleted.iter().any(|n| *n > 0), "{deleted:?}");
        let mut sizes = BTreeSet::new();
        // The last questions are put to a reader that has met all values.
        for typed in QUERIES.into_iter().chain(QUERIES) {
            let query = parse(typed, today()).query;
            for unit in [Unit::Articles, Unit::Stories] {
                let articles = counted(&known, typed, unit);
                sizes.insert(articles.len());
                for archive in [&known, &open(&index)] {
                    check_facets(archive, &query, unit, &articles);
                    check_timeline(archive, &query, unit, &articles);
                }
            }
        }
        // Of every question there are fewer stories than articles, but for the rarest perhaps.
        assert!(sizes.len() >= 5, "{sizes:?}");
    }
}

#[test]
fn what_texts_mean_is_forgotten_with_the_aliases() {
    let (_folder, index) = made(7);
    let mut archive = open(&index);
    let of = |archive: &ArchiveReader| {
        let articles = counted(archive, "*", Unit::Articles);
        check_facets(archive, &Query::All, Unit::Articles, &articles);
        by_hand(archive, FacetField::Person, &articles).0
    };
    let joined = of(&archive);
    archive.set_aliases(crate::alias::Aliases::none());
    assert!(of(&archive).len() > joined.len());
}
