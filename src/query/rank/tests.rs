//! Scores are those of the formula, and the best articles are the best ones of all, whatever was
//! skipped.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "small numbers, and scores of 24 bits"
)]

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{EnableScoring, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, STRING, Schema, TEXT, Term};
use tantivy::{DocSet as _, Index, IndexWriter, Searcher, TERMINATED, TantivyDocument};

use super::*;
use crate::schema;

/// Numbers that look random and are the same in every run (Marsaglia 2003, "Xorshift RNGs").
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// The n-th word stands in about one of n texts.
    fn text(&mut self, most: usize) -> Vec<usize> {
        let length = 1 + self.below(most);
        (0..length)
            .map(|_| self.below(WORDS).min(self.below(WORDS)).min(self.below(WORDS)))
            .collect()
    }
}

const WORDS: usize = 60;
const KINDS: [&str; 3] = ["even", "third", "rare"];

/// A document.
struct Text {
    words: Vec<usize>,
    kinds: Vec<&'static str>,
    /// The first and the last day that its date covers, and the second of the first day.
    dates: Option<(NaiveDate, NaiveDate, i64)>,
}

/// Documents of one segment, the newest first.
type Texts = Vec<Text>;

/// Few days, of which some begin or end a month or a year, so that many dates are equal.
fn any_day(random: &mut Random) -> NaiveDate {
    let (month, day) =
        [(1, 1), (1, 2), (3, 1), (3, 15), (3, 31), (6, 1), (12, 31)][random.below(7)];
    NaiveDate::from_ymd_opt([2019, 2020, 2021][random.below(3)], month, day).expect("a day")
}

/// A date that is known to the second, the day, the month or the year, or not at all.
fn any_dates(random: &mut Random) -> Option<(NaiveDate, NaiveDate, i64)> {
    let day = any_day(random);
    let until = |months: u32, first: Option<NaiveDate>| {
        let first = first.expect("a day");
        let next = first.checked_add_months(chrono::Months::new(months));
        Some((first, next.and_then(|next| next.pred_opt()).expect("a day"), 0))
    };
    match random.below(8) {
        0 => None,
        1 => until(12, day.with_ordinal(1)),
        2 => until(1, day.with_day(1)),
        3 => Some((day, day, [1, 3_600, 86_399][random.below(3)])),
        _ => Some((day, day, 0)),
    }
}

struct Archive {
    searcher: Searcher,
    text: Field,
    kind: Field,
    segments: Vec<Texts>,
    /// In how many documents each word stands.
    having: Vec<usize>,
    /// Words in a document, on the average.
    average: f64,
}

impl Archive {
    /// Segments with so many documents of at most so many words.
    fn of(random: &mut Random, sizes: &[(usize, usize)]) -> Self {
        let mut builder = Schema::builder();
        let (text, kind) =
            (builder.add_text_field("text", TEXT), builder.add_text_field("kind", STRING));
        let order = builder.add_i64_field("order", FAST);
        let published_last = builder.add_i64_field("published_last", FAST);
        let index = Index::create_in_ram(builder.build());
        let mut writer: IndexWriter =
            index.writer_with_num_threads(1, 50_000_000).expect("a writer");
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        let mut segments = Vec::new();
        for &(size, most) in sizes {
            let mut texts = Texts::new();
            let mut dates: Vec<_> = (0..size).map(|_| any_dates(random)).collect();
            let second = |&(first, _, second): &(NaiveDate, NaiveDate, i64)| {
                schema::first_second(first) + second
            };
            dates.sort_by_key(|dates| Reverse(dates.as_ref().map(second)));
            for (number, dates) in dates.into_iter().enumerate() {
                let words = random.text(most);
                let mut document = TantivyDocument::new();
                let typed: Vec<String> = words.iter().map(|word| name(*word)).collect();
                document.add_text(text, typed.join(" "));
                let is_of = [number % 2 == 0, number % 3 == 0, random.one_in(200)];
                let kinds =
                    KINDS.into_iter().zip(is_of).filter_map(|(kind, is)| is.then_some(kind));
                let kinds: Vec<_> = kinds.collect();
                for it in &kinds {
                    document.add_text(kind, it);
                }
                document.add_i64(order, schema::order_of(dates.as_ref().map(second)));
                if let Some((_, last, second)) = dates {
                    let last = schema::last_second(last);
                    let last = if second > 0 { last - 86_399 + second } else { last };
                    document.add_i64(published_last, last);
                }
                writer.add_document(document).expect("added");
                texts.push(Text { words, kinds, dates });
            }
            writer.commit().expect("committed");
            segments.push(texts);
        }
        // What is deleted still counts.
        writer.delete_term(Term::from_field_text(kind, "rare"));
        writer.commit().expect("committed");
        let searcher = index.reader().expect("a reader").searcher();
        // The engine does not keep them in the order of their commits.
        let size = |reader: &tantivy::SegmentReader| reader.max_doc() as usize;
        let order: Vec<usize> = searcher.segment_readers().iter().map(size).collect();
        segments.sort_by_key(|texts| order.iter().position(|&size| size == texts.len()));
        let all = || segments.iter().flatten().map(|text| &text.words);
        let having = (0..WORDS).map(|it| all().filter(|words| words.contains(&it)).count());
        let having = having.collect();
        let average = all().map(Vec::len).sum::<usize>() as f64 / all().count() as f64;
        Self { searcher, text, kind, segments, having, average }
    }

    fn set(&self, kind: &str) -> Arc<dyn Query> {
        let term = Term::from_field_text(self.kind, kind);
        Arc::new(TermQuery::new(term, IndexRecordOption::Basic))
    }
}

fn name(word: usize) -> String {
    format!("w{word}")
}

/// The same as a [`RankQuery`], in numbers.
#[derive(Debug, Default)]
struct Asked {
    groups: Vec<Vec<AskedWord>>,
    optional: Vec<AskedWord>,
    filter: Option<&'static str>,
    without: Option<&'static str>,
    dates: Option<Dates>,
}

#[derive(Clone, Debug)]
struct AskedWord {
    forms: Vec<(usize, Option<&'static str>)>,
    factor: f32,
}

impl Asked {
    fn random(random: &mut Random) -> Self {
        let mut asked = Self::default();
        for _ in 0..random.below(4) {
            let words = if random.one_in(2) { 1 } else { 1 + random.below(6) };
            asked.groups.push((0..words).map(|_| AskedWord::random(random)).collect());
        }
        let n_optional = random.below(3).saturating_sub(1);
        asked.optional = (0..n_optional).map(|_| AskedWord::random(random)).collect();
        let mut kind = |times| random.one_in(times).then(|| KINDS[random.below(3)]);
        (asked.filter, asked.without) = (kind(4), kind(6));
        asked.dates = random.one_in(2).then(|| {
            let mut end = || (!random.one_in(4)).then(|| any_day(random));
            Dates { first: end(), last: end(), ..Dates::default() }
        });
        asked
    }

    fn query(&self, archive: &Archive) -> RankQuery {
        let word = |word: &AskedWord| word.query(archive);
        let set = |kind: Option<&str>| kind.map(|kind| archive.set(kind)).into_iter().collect();
        RankQuery {
            groups: self.groups.iter().map(|it| it.iter().map(word).collect()).collect(),
            optional: self.optional.iter().map(word).collect(),
            filters: set(self.filter),
            without: set(self.without),
            dates: self.dates.clone(),
            ..RankQuery::default()
        }
        .of(OpenSegments::of(&archive.searcher))
    }

    /// The score of a text by the formula; `None` where it does not match.
    fn score(&self, archive: &Archive, text: &Text) -> Option<f64> {
        let Text { words, kinds, dates } = text;
        let ratio = |asked: &AskedWord| asked.ratio(archive, words, kinds);
        let matches = self.groups.iter().all(|group| group.iter().any(|it| ratio(it) > 0.0))
            && self.filter.is_none_or(|kind| kinds.contains(&kind))
            && self.without.is_none_or(|kind| !kinds.contains(&kind))
            && self.dates.as_ref().is_none_or(|asked| {
                dates.is_some_and(|(first, last, _)| {
                    asked.last.is_none_or(|day| first <= day)
                        && asked.first.is_none_or(|day| last >= day)
                })
            });
        let scored = self.groups.iter().flatten().chain(&self.optional);
        matches.then(|| scored.map(|it| it.weight(archive) * ratio(it) / (1.0 + ratio(it))).sum())
    }
}

impl AskedWord {
    fn random(random: &mut Random) -> Self {
        let n_forms = if random.one_in(5) { 2 } else { 1 };
        let mut form = || {
            let kind = random.one_in(6).then(|| KINDS[random.below(3)]);
            (random.below(WORDS).min(random.below(WORDS)), kind)
        };
        let forms = (0..n_forms).map(|_| form()).collect();
        Self { forms, factor: [1.0, 1.0, 0.5, 3.0][random.below(4)] }
    }

    fn query(&self, archive: &Archive) -> Word {
        let form = |(word, only): &(usize, Option<&str>)| Form {
            term: Term::from_field_text(archive.text, &name(*word)),
            only: only.map(|kind| archive.set(kind)),
            at_most: u64::MAX,
        };
        Word::Forms { forms: self.forms.iter().map(form).collect(), factor: self.factor }
    }

    fn weight(&self, archive: &Archive) -> f64 {
        let all = archive.segments.iter().map(Vec::len).sum::<usize>() as f64;
        let having: usize = self.forms.iter().map(|(word, _)| archive.having[*word]).sum();
        let having = (having as f64).min(all);
        f64::from(self.factor) * 1.9 * (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
    }

    fn ratio(&self, archive: &Archive, words: &[usize], kinds: &[&str]) -> f64 {
        let counts = self.forms.iter().map(|(word, only)| {
            let counts = only.is_none_or(|kind| kinds.contains(&kind));
            if counts { words.iter().filter(|it| *it == word).count() } else { 0 }
        });
        // Lengths are kept in one byte each.
        let length = u32::try_from(words.len()).expect("few");
        let length = FieldNormReader::id_to_fieldnorm(FieldNormReader::fieldnorm_to_id(length));
        let by_length = 0.9 * (0.6 + 0.4 * f64::from(length) / archive.average);
        counts.sum::<usize>() as f64 / by_length
    }
}

/// All matches of a segment with their scores, as the scorer gives them.
fn all(query: &RankQuery, searcher: &Searcher, segment: u32) -> Vec<(u32, f32)> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher)).expect("a weight");
    let mut scorer = weight.scorer(searcher.segment_reader(segment), 1.0).expect("a scorer");
    let mut found = Vec::new();
    while scorer.doc() != TERMINATED {
        found.push((scorer.doc(), scorer.score()));
        scorer.advance();
    }
    found
}

/// The best of a segment, as they are found by skipping.
fn best(query: &RankQuery, searcher: &Searcher, segment: u32, limit: usize) -> Vec<(u32, f32)> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher)).expect("a weight");
    let mut kept: Vec<(u32, f32)> = Vec::new();
    let mut last = None;
    weight
        .for_each_pruning(f32::MIN, searcher.segment_reader(segment), &mut |doc, score| {
            assert!(last.replace(doc).is_none_or(|last| last < doc), "documents come in order");
            kept.push((doc, score));
            in_order(&mut kept);
            kept.truncate(limit);
            // Equal scores are let through, as they may win otherwise.
            if kept.len() < limit { f32::MIN } else { kept[limit - 1].1.next_down() }
        })
        .expect("found");
    kept
}

fn in_order(found: &mut [(u32, f32)]) {
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
}

/// Three segments with few, many and middling words in a text, some of whose postings fill blocks.
fn archive(random: &mut Random) -> Archive {
    Archive::of(random, &[(1_500, 12), (2_000, 200), (300, 40)])
}

#[test]
fn scores_are_those_of_the_formula() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let archive = archive(&mut random);
    for _ in 0..100 {
        let asked = Asked::random(&mut random);
        let query = asked.query(&archive);
        for (segment, texts) in (0..).zip(&archive.segments) {
            let found = all(&query, &archive.searcher, segment);
            let scores = texts.iter().map(|text| asked.score(&archive, text));
            let expected = (0..).zip(scores).filter_map(|(doc, score)| Some((doc, score?)));
            let expected: Vec<(u32, f64)> = expected.collect();
            assert_eq!(found.len(), expected.len(), "{asked:?}");
            for ((doc, score), (expected_doc, expected)) in found.into_iter().zip(expected) {
                assert_eq!(doc, expected_doc, "{asked:?}");
                let difference = (f64::from(score) - expected).abs();
                assert!(difference < 1e-5 * (1.0 + expected), "{score} for {expected}: {asked:?}");
            }
        }
    }
}

#[test]
fn the_best_are_the_best_of_all() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let archive = archive(&mut random);
    let mut n_kept = 0;
    for _ in 0..600 {
        let asked = Asked::random(&mut random);
        let query = asked.query(&archive);
        let limit = [1, 3, 10, 100][random.below(4)];
        for segment in 0..3 {
            let mut expected = all(&query, &archive.searcher, segment);
            in_order(&mut expected);
            expected.truncate(limit);
            let found = best(&query, &archive.searcher, segment, limit);
            assert_eq!(found, expected, "{limit} of segment {segment}: {asked:?}");
            let unaided = RankQuery { segments: OpenSegments::default(), ..query.clone() };
            let found = best(&unaided, &archive.searcher, segment, limit);
            assert_eq!(found, expected, "{limit} of segment {segment} without bounds: {asked:?}");
            n_kept += found.len();
        }
    }
    assert!(n_kept > 10_000, "{n_kept}");
}

/// The best of a segment by scores that fade from document to document, up to those that lie apart.
struct Fading {
    limit: usize,
    apart: u32,
    kept: Vec<(u32, f32)>,
}

impl Fading {
    fn factor(&self, doc: u32) -> f64 {
        if doc < self.apart { (-f64::from(doc) / 300.0).exp2() } else { 0.5 }
    }

    fn score(&self, doc: u32, score: f32) -> f32 {
        (f64::from(score) * self.factor(doc)) as f32
    }
}

impl Above for Fading {
    fn threshold_from(&mut self, doc: u32) -> Option<f32> {
        if self.kept.len() < self.limit {
            return Some(f32::MIN);
        }
        let least = f64::from(self.kept[self.limit - 1].1.next_down());
        Some(((least / self.factor(doc)) as f32).next_down())
    }

    fn found(&mut self, doc: u32, score: f32) -> f32 {
        self.kept.push((doc, self.score(doc, score)));
        in_order(&mut self.kept);
        self.kept.truncate(self.limit);
        self.threshold_from(doc).expect("always")
    }
}

#[test]
fn the_best_by_scores_that_fade_are_the_best_of_all() {
    let mut random = Random(0x94D0_49BB_1331_11EB);
    let archive = archive(&mut random);
    let mut n_kept = 0;
    for _ in 0..600 {
        let asked = Asked::random(&mut random);
        let query = asked.query(&archive);
        let limit = [1, 3, 10, 100][random.below(4)];
        for (segment, texts) in (0..).zip(&archive.segments) {
            let apart = texts.iter().filter(|text| text.dates.is_some()).count();
            let apart = u32::try_from(apart).expect("few");
            let mut fading = Fading { limit, apart, kept: Vec::new() };
            let every = all(&query, &archive.searcher, segment).into_iter();
            let mut expected: Vec<_> =
                every.map(|(doc, score)| (doc, fading.score(doc, score))).collect();
            in_order(&mut expected);
            expected.truncate(limit);
            let uneven = Uneven::of(&query, &archive.searcher).expect("a weight").expect("one");
            let reader = archive.searcher.segment_reader(segment);
            uneven.for_each(reader, apart, &mut fading).expect("found");
            assert_eq!(fading.kept, expected, "{limit} of segment {segment}: {asked:?}");
            n_kept += expected.len();
        }
    }
    assert!(n_kept > 10_000, "{n_kept}");
}

/// Alternatives under conditions, few and many: an article scores by those that it matches.
#[test]
fn of_alternatives_those_that_match_score() {
    let mut random = Random(0x1656_67B1_9E37_79F9);
    let archive = archive(&mut random);
    let segments = OpenSegments::of(&archive.searcher);
    let word = |random: &mut Random| RankQuery::word(term(&archive, random.below(WORDS)));
    for n_alternatives in (2..40).step_by(3) {
        let plain = word(&mut random);
        let alternatives: Vec<RankQuery> = (0..n_alternatives)
            .map(|_| {
                let set = archive.set(KINDS[random.below(3)]);
                let filter = RankQuery { filters: vec![set], ..RankQuery::default() };
                let other = if random.one_in(3) { word(&mut random) } else { filter };
                RankQuery::all_of([word(&mut random), other])
            })
            .chain([plain])
            .collect();
        let beside = random.one_in(2).then(|| word(&mut random));
        let any = RankQuery::any_of(alternatives.clone());
        assert_eq!(any.alternatives.is_some(), any.clone().words().count() > FEW);
        let query = RankQuery::all_of([any].into_iter().chain(beside.clone()));
        let query = query.of(segments.clone());
        for segment in 0..3 {
            let mut sums = BTreeMap::new();
            for alternative in &alternatives {
                for (doc, score) in all(alternative, &archive.searcher, segment) {
                    *sums.entry(doc).or_insert(0.0) += f64::from(score);
                }
            }
            if let Some(beside) = &beside {
                let scores = all(beside, &archive.searcher, segment).into_iter();
                let scores: BTreeMap<_, _> = scores.collect();
                sums.retain(|doc, sum| {
                    *sum += f64::from(scores.get(doc).copied().unwrap_or_default());
                    scores.contains_key(doc)
                });
            }
            let mut found = all(&query, &archive.searcher, segment);
            assert!(found.iter().map(|(doc, _)| doc).eq(sums.keys()), "{n_alternatives}");
            for ((_, score), sum) in found.iter().zip(sums.values()) {
                assert!((f64::from(*score) - sum).abs() < 1e-4 * (1.0 + sum), "{score} for {sum}");
            }
            let reader = archive.searcher.segment_reader(segment);
            if let Some(filtered) = Filtered::of(&query, &archive.searcher).expect("a weight") {
                let mut counted = Vec::new();
                let every = f32::MIN;
                let mut take = |doc, score: Option<f32>| {
                    counted.push((doc, score.expect("each is above")));
                    every
                };
                filtered.for_each(reader, every, &mut take).expect("found");
                assert_eq!(counted, found, "{n_alternatives}");
            }
            in_order(&mut found);
            found.truncate(10);
            assert_eq!(best(&query, &archive.searcher, segment, 10), found, "{n_alternatives}");
        }
    }
}

/// A word in nearly all documents scores next to nothing, and what rounding makes of that decides
/// which documents are equal.
#[test]
fn equal_scores_next_to_zero_are_let_through() {
    let mut random = Random(0xA076_1D64_78BD_642F);
    let archive = Archive::of(&mut random, &[(900, 600), (700, 900)]);
    assert!(archive.having[0] > 1_550, "{:?}", archive.having);
    for words in [&[0][..], &[0, 1], &[0, 1, 2]] {
        let groups = words.iter().map(|&word| vec![term(&archive, word)]).collect();
        let segments = OpenSegments::of(&archive.searcher);
        let query = RankQuery { groups, segments, ..RankQuery::default() };
        for (segment, limit) in [(0, 7), (0, 40), (1, 7), (1, 300)] {
            let mut expected = all(&query, &archive.searcher, segment);
            in_order(&mut expected);
            expected.truncate(limit);
            let found = best(&query, &archive.searcher, segment, limit);
            assert_eq!(found, expected, "{limit} of segment {segment}: {words:?}");
        }
    }
}

#[test]
fn what_is_selected_is_what_scores() {
    let mut random = Random(0xDEAD_BEEF_CAFE_F00D);
    let archive = archive(&mut random);
    for _ in 0..200 {
        let asked = Asked::random(&mut random);
        let query = asked.query(&archive);
        let unscored = EnableScoring::disabled_from_searcher(&archive.searcher);
        let weight = query.weight(unscored).expect("a weight");
        for segment in 0..3 {
            let mut docs = Vec::new();
            let reader = archive.searcher.segment_reader(segment);
            weight
                .for_each_no_score(reader, &mut |some| docs.extend_from_slice(some))
                .expect("found");
            let scored = all(&query, &archive.searcher, segment).into_iter().map(|(doc, _)| doc);
            assert_eq!(docs, scored.collect::<Vec<_>>(), "{asked:?}");
            let alive = docs
                .iter()
                .filter(|&&doc| reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc)));
            let counted = weight.count(reader).expect("counted");
            assert_eq!(counted as usize, alive.count(), "{asked:?}");
        }
    }
}

/// Days that two questions ask for, and articles that are known to the month or year of both.
#[test]
fn spans_of_days_are_joined_exactly() {
    let mut random = Random(0x5851_F42D_4C95_7F2D);
    let archive = archive(&mut random);
    let unscored = EnableScoring::disabled_from_searcher(&archive.searcher);
    let docs = |dates: &Dates, segment: u32| {
        let weight =
            RankQuery::dated(dates.clone()).selecting().weight(unscored).expect("a weight");
        let mut docs = Vec::new();
        let reader = archive.searcher.segment_reader(segment);
        weight.for_each_no_score(reader, &mut |some| docs.extend_from_slice(some)).expect("found");
        docs
    };
    for _ in 0..200 {
        let mut dates = || {
            let mut end = || (!random.one_in(3)).then(|| any_day(&mut random));
            Dates { first: end(), last: end(), ..Dates::default() }
        };
        let (one, other) = (dates(), dates());
        for segment in 0..3 {
            let mut both = docs(&one, segment);
            let others = docs(&other, segment);
            both.retain(|doc| others.contains(doc));
            assert_eq!(docs(&one.clone().and(&other), segment), both, "{one:?} and {other:?}");
        }
    }
}

/// Most blocks are passed over, or the bounds are worth nothing.
#[test]
fn few_documents_are_looked_at() {
    let mut random = Random(0x0123_4567_89AB_CDEF);
    let archive = Archive::of(&mut random, &[(20_000, 100)]);
    let words = |words: &[usize]| words.iter().map(|&it| term(&archive, it)).collect::<Vec<_>>();
    let segments = OpenSegments::of(&archive.searcher);
    for (groups, most) in [
        (vec![words(&[9])], 1_000),
        (vec![words(&[3, 20])], 4_000),
        (vec![words(&[5]), words(&[8])], 1_000),
    ] {
        let query = RankQuery { groups, segments: segments.clone(), ..RankQuery::default() };
        let weight = query.weight(EnableScoring::enabled_from_searcher(&archive.searcher));
        let mut looked_at = 0;
        let mut kept: Vec<Reverse<u32>> = Vec::new();
        let mut above = |_, score: f32| {
            looked_at += 1;
            kept.push(Reverse(score.to_bits()));
            kept.sort();
            kept.truncate(10);
            if kept.len() < 10 { f32::MIN } else { f32::from_bits(kept[9].0) }
        };
        let reader = archive.searcher.segment_reader(0);
        weight.expect("a weight").for_each_pruning(f32::MIN, reader, &mut above).expect("found");
        assert!(looked_at < most, "{looked_at}");
    }
}

fn term(archive: &Archive, word: usize) -> Word {
    Word::term(Term::from_field_text(archive.text, &name(word)))
}

#[test]
fn an_explanation_has_the_shares_of_the_score() {
    let mut random = Random(0x1357_9BDF_0246_8ACE);
    let archive = archive(&mut random);
    let groups = vec![vec![term(&archive, 2)], vec![term(&archive, 4), term(&archive, 5)]];
    let query = RankQuery { groups, ..RankQuery::default() };
    let scoring = EnableScoring::enabled_from_searcher(&archive.searcher);
    let weight = query.weight(scoring).expect("a weight");
    let reader = archive.searcher.segment_reader(1);
    let found = all(&query, &archive.searcher, 1);
    assert!(found.len() > 10);
    for (doc, score) in found.into_iter().take(10) {
        let explanation = weight.explain(reader, doc).expect("explained");
        assert!((explanation.value() - score).abs() < f32::EPSILON * score, "{explanation:?}");
    }
    assert!(weight.explain(reader, reader.max_doc()).is_err());
}

/// A list of postings, read to its end and ahead of that.
#[test]
fn no_document_is_above_the_bound_of_its_block() {
    let mut random = Random(0xFEED_FACE_CAFE_BEEF);
    let archive = archive(&mut random);
    let query = RankQuery {
        groups: vec![(0..WORDS).map(|word| term(&archive, word)).collect()],
        segments: OpenSegments::of(&archive.searcher),
        ..RankQuery::default()
    };
    let weight = weight::RankWeight::new(&query, &archive.searcher).expect("a weight");
    let mut n_bounded = 0;
    for reader in archive.searcher.segment_readers() {
        let segment = weight.open(reader, 1.0).expect("opened").expect("words");
        for mut word in segment.words {
            let Some((cursor, _)) = word.single() else { continue };
            while cursor.doc() != TERMINATED {
                let (doc, ratio) = (cursor.doc(), cursor.ratio());
                let (end, bound) = cursor.bound_at(doc);
                assert!(doc <= end && ratio <= bound * 1.000_01, "{ratio} above {bound}");
                n_bounded += usize::from(bound < bm25::ANY_RATIO);
                cursor.advance();
            }
        }
    }
    assert!(n_bounded > 10_000, "{n_bounded}");
}
