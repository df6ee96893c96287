//! Learns the [`model`](super::model) of the tagger from labelled text.
//!
//! `DATELINE_ENTITIES=<folder> cargo test --release --lib entity::train -- --ignored --nocapture`
//! reads the training text of the folder, writes `model.bin` beside this file and prints how good
//! the names in the development sets are, with and without the parts of the method.
//!
//! Nothing depends on chance: draws are hashes of what is drawn for, so the same text gives the
//! same model.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a tool for developers, run by hand, over counts that are small"
)]

mod corpus;
mod learner;

use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use self::corpus::{Document, Example, read};
use self::learner::Learner;
use super::decode::Decoder;
use super::features::{Feature, Groups};
use super::model::{Model, OUTSIDE, Scores};
use super::names::Recogniser;
use super::samples::{Known, known, score};
use super::tagger::{History, Tagger};

/// Learns from the documents with these groups of features; the model as its file.
fn train(documents: &[&Document], groups: Groups) -> Vec<u8> {
    if !groups.has(Groups::HISTORY) {
        let mut learner = Learner::new(documents, groups);
        learner.learn(documents, None);
        return learner.into_bytes();
    }
    // What the first pass makes of text that it has not learned from: each part by a model of
    // the others.
    let parts = 3;
    let models: Vec<&'static [u8]> = (0..parts)
        .map(|part| {
            let others: Vec<&Document> =
                documents.iter().copied().filter(|it| part_of(it) % parts != part).collect();
            &*train(&others, groups.without(Groups::HISTORY)).leak()
        })
        .collect();
    let models: Vec<Model> = models.into_iter().map(Model::read).collect();
    let histories: Vec<learner::History> = documents
        .iter()
        .map(|document| {
            let model = &models[(part_of(document) % parts) as usize];
            let groups = groups.without(Groups::HISTORY);
            histories(document, model, groups)
        })
        .collect();
    let mut learner = Learner::new(documents, groups);
    learner.learn(documents, Some(&histories));
    learner.into_bytes()
}

/// The same text is in the same part, whatever its labels.
fn part_of(document: &Document) -> u64 {
    xxh3_64(document.words.body.text.as_bytes()) >> 7
}

/// For each run and word of a document, the features of the history.
fn histories(document: &Document, model: &Model, groups: Groups) -> learner::History {
    let mut decoder = Decoder::default();
    let words = &document.words;
    let mut history = History::of(words);
    let mut all = Vec::new();
    for run in &document.runs {
        let score = |features: &Vec<Feature>| {
            let features: Vec<Feature> =
                features.iter().copied().filter(|it| groups.has(it.group())).collect();
            let mut scores = [0; 16];
            model.add(&features, &mut scores);
            scores
        };
        let scores: Vec<Scores> = run.features.iter().map(score).collect();
        let mut labels = vec![OUTSIDE; scores.len()];
        decoder.decode(&scores, model.transitions(), &mut labels);
        history.add(&words.body, run.start, &labels);
        all.push(labels);
    }
    let features = |(run, labels): (&Example, &Vec<u8>)| {
        let of = |n: usize| {
            let mut found = Vec::new();
            history.features(&words.body, run.start, labels, n, &mut found);
            found
        };
        (0..labels.len()).map(of).collect()
    };
    document.runs.iter().zip(&all).map(features).collect()
}

fn report(name: &str, set: &[Known], recogniser: &Recogniser<'_>) {
    let counts = score(set, |story, words| recogniser.recognise(story, words));
    let [person, body, place, all] = counts.map(|it| 100.0 * it.f1());
    let [precision, recall] = [counts[3].precision(), counts[3].recall()].map(|it| 100.0 * it);
    println!(
        "{name:28} PER {person:.1} ORG {body:.1} LOC {place:.1} all {all:.1} \
         (P {precision:.1} R {recall:.1})"
    );
}

#[test]
#[ignore = "learns from text that is not part of this repository"]
fn learn_the_model() {
    let folder = std::env::var_os("DATELINE_ENTITIES").expect("DATELINE_ENTITIES names a folder");
    let folder = Path::new(&folder);
    let documents = read(folder);
    let documents: Vec<&Document> = documents.iter().collect();
    let set = known(&folder.join("ner_dev_worldwide.jsonl"));

    let bytes = train(&documents, Groups::ALL);
    println!("model of {} bytes", bytes.len());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/entity/model.bin");
    std::fs::write(path, &bytes).expect("the model can be written");
    let score = |name: &str, bytes: Vec<u8>, groups: Groups, rules: bool| {
        let model = Model::read(bytes.leak());
        report(name, &set, &Recogniser { tagger: Tagger { model: &model, groups }, rules });
    };
    score("without rules after", bytes.clone(), Groups::ALL, false);
    score(
        "without words and clusters",
        bytes.clone(),
        Groups::ALL.without(Groups::OF_LANGUAGE),
        true,
    );
    score("all parts", bytes, Groups::ALL, true);
    for (name, without) in [
        ("trained without second pass", Groups::HISTORY),
        ("trained without clusters", Groups::CLUSTERS),
        ("trained without gazetteer", Groups::GAZETTEER),
        ("trained without the article", Groups(Groups::ARTICLE.0 | Groups::HISTORY.0)),
    ] {
        let groups = Groups::ALL.without(without);
        score(name, train(&documents, groups), groups, true);
    }
}
