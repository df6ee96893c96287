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

use foldhash::{HashMap, HashMapExt as _};
use xxhash_rust::xxh3::xxh3_64;

use self::corpus::{Document, Example, Labeller, Labels, read, web};
use self::learner::{Learner, Lessons};
use super::decode::Decoder;
use super::features::{Feature, Groups};
use super::model::{Model, OUTSIDE, Scores};
use super::names::Recogniser;
use super::samples::{FOREIGN, Known, known, marked, score};
use super::tagger::{Elsewhere, History, Tagger};

/// What becomes of labels that nothing confirms.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Doubt {
    LeftOut,
    Learned,
}

/// Learns from the documents with these groups of features; the model as its file.
fn train(documents: &[&Document], groups: Groups, doubt: Doubt) -> Vec<u8> {
    let plain = groups.without(Groups::HISTORY);
    let labels = labels_by_others(documents, plain);
    let histories = |(document, labels): (&&Document, &Vec<Labels>)| history(document, labels);
    let lessons = Lessons {
        doubtful: match doubt {
            Doubt::LeftOut => doubtful(documents, &labels),
            Doubt::Learned => Vec::new(),
        },
        histories: groups
            .has(Groups::HISTORY)
            .then(|| documents.iter().zip(&labels).map(histories).collect()),
    };
    let mut learner = Learner::new(documents, groups);
    learner.learn(documents, &lessons);
    learner.into_bytes()
}

/// The labels that a first pass gives to text that it has not learned from: each part by a model of
/// the others. For each document, those of its runs.
fn labels_by_others(documents: &[&Document], groups: Groups) -> Vec<Vec<Labels>> {
    const PARTS: u64 = 3;
    let models: Vec<Model> = (0..PARTS)
        .map(|part| {
            let is_other = |document: &&Document| part_of(document) % PARTS != part;
            let others: Vec<&Document> = documents.iter().copied().filter(is_other).collect();
            let mut learner = Learner::new(&others, groups);
            learner.learn(&others, &Lessons::default());
            Model::read(learner.into_bytes().leak())
        })
        .collect();
    let labels = |document: &&Document| {
        labels_by(&models[(part_of(document) % PARTS) as usize], groups, document)
    };
    documents.iter().map(labels).collect()
}

/// The same text is in the same part, whatever its labels.
fn part_of(document: &Document) -> u64 {
    xxh3_64(document.words.body.text.as_bytes()) >> 7
}

/// The labels that a model gives to the runs of a document.
fn labels_by(model: &Model, groups: Groups, document: &Document) -> Vec<Labels> {
    let mut decoder = Decoder::default();
    let mut labels = |run: &Example| {
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
        labels
    };
    document.runs.iter().map(&mut labels).collect()
}

/// For each run of a document, whether its labels are not learned from: those of machines, and of
/// a corpus that was corrected in part, are often wrong. They are believed where a second labelling
/// of the text or a model that has not seen it gives the same.
fn doubtful(documents: &[&Document], by_others: &[Vec<Labels>]) -> Vec<Vec<bool>> {
    let mut same_text: HashMap<&str, Vec<&Document>> = HashMap::new();
    for document in documents {
        same_text.entry(document.words.body.text).or_default().push(document);
    }
    let of_document = |(document, by_others): (&&Document, &Vec<Labels>)| {
        let twins = &same_text[document.words.body.text];
        let of_run = |(n, run): (usize, &Example)| {
            let is_twin = |it: &&&Document| it.number != document.number;
            let second = twins.iter().filter(is_twin).any(|it| it.runs[n].labels == run.labels);
            document.by == Labeller::Machine && !second && by_others[n] != run.labels
        };
        document.runs.iter().enumerate().map(of_run).collect()
    };
    documents.iter().zip(by_others).map(of_document).collect()
}

/// For each run and word of a document, the features of the history.
fn history(document: &Document, labels: &[Labels]) -> learner::History {
    let words = &document.words;
    let mut history = History::of(words);
    for (run, labels) in document.runs.iter().zip(labels) {
        history.add(&words.body, run.start, labels);
    }
    let features = |(run, labels): (&Example, &Labels)| {
        let mut elsewhere = Elsewhere::default();
        history.look_up(&words.body, run.start, labels, &mut elsewhere);
        let of = |n: usize| {
            let mut found = Vec::new();
            elsewhere.features(&words.body, run.start, n, &mut found);
            found
        };
        (0..labels.len()).map(of).collect()
    };
    document.runs.iter().zip(labels).map(features).collect()
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

    let bytes = train(&documents, Groups::ALL, Doubt::LeftOut);
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
    score("all parts", bytes.clone(), Groups::ALL, true);
    for (name, without) in [
        ("trained without second pass", Groups::HISTORY),
        ("trained without clusters", Groups::CLUSTERS),
        ("trained without gazetteer", Groups::GAZETTEER),
        ("trained without the article", Groups(Groups::ARTICLE.0 | Groups::HISTORY.0)),
    ] {
        let groups = Groups::ALL.without(without);
        score(name, train(&documents, groups, Doubt::LeftOut), groups, true);
    }
    let others: Vec<&Document> =
        documents.iter().copied().filter(|it| it.by != Labeller::Ourselves).collect();
    score(
        "without text of our own",
        train(&others, Groups::ALL, Doubt::LeftOut),
        Groups::ALL,
        true,
    );
    score(
        "believing all labels",
        train(&documents, Groups::ALL, Doubt::Learned),
        Groups::ALL,
        true,
    );

    let model = Model::read(bytes.leak());
    let with = |groups| Recogniser { tagger: Tagger { model: &model, groups }, rules: true };
    report("web text (EWT)", &web(folder), &with(Groups::ALL));
    let foreign = Groups::ALL.without(Groups::OF_LANGUAGE);
    for (language, text) in FOREIGN {
        report(language, &marked(language, text), &with(foreign));
    }
}
