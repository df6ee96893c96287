//! Reads labelled text: tokens in lines, put together again to the text that they came from.

use std::io::Read as _;
use std::ops::Range;
use std::path::Path;

use super::super::Story;
use super::super::evidence::evidence;
use super::super::features::{Feature, Groups, Run};
use super::super::model::{BEGIN, LAST, OUTSIDE, UNIT};
use super::super::runs::runs;
use super::super::samples::{Known, unmarked};
use super::super::words::StoryWords;
use crate::article::EntityKind;

/// One text of the training data.
struct Source {
    file: &'static str,
    /// The column of the labels.
    column: usize,
    by: Labeller,
    /// How often it is read in each epoch.
    times: usize,
}

/// Who labelled a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Labeller {
    /// Persons, with care.
    Hand,
    /// Ourselves, who wrote the text, too.
    Ourselves,
    /// Another tagger, or a corpus that was corrected in part.
    Machine,
}

const SOURCES: [Source; 4] = [
    Source { file: "ner_train_gmb.tsv.gz", column: 1, by: Labeller::Machine, times: 1 },
    Source { file: "ner_train_gmb.tsv.gz", column: 2, by: Labeller::Machine, times: 1 },
    Source { file: "ner_train_wikinews_silver.tsv.gz", column: 1, by: Labeller::Machine, times: 2 },
    Source { file: "ner_train_wikigold.tsv", column: 1, by: Labeller::Hand, times: 3 },
];

/// News written for this project, names marked.
const OWN: &str = include_str!("news.txt");

/// How often it is read in each epoch: it is short.
const OWN_TIMES: usize = 5;

/// Labels of the words of a run.
pub(super) type Labels = Vec<u8>;

/// A run to learn from.
pub(super) struct Example {
    /// Its place in its document.
    pub(super) start: usize,
    /// For each word, its features but those of the history.
    pub(super) features: Vec<Vec<Feature>>,
    pub(super) labels: Labels,
}

/// A text to learn from.
pub(super) struct Document {
    pub(super) words: StoryWords<'static>,
    pub(super) runs: Vec<Example>,
    pub(super) by: Labeller,
    pub(super) times: usize,
    /// Numbers all documents.
    pub(super) number: u64,
}

/// A name in a text under construction: its bytes and kind.
type Name = (Range<usize>, u8);

/// Reads all texts of the folder, and those of our own.
pub(super) fn read(folder: &Path) -> Vec<Document> {
    let mut documents = Vec::new();
    for source in &SOURCES {
        let bytes = std::fs::read(folder.join(source.file)).expect("a file of training text");
        let mut text = String::new();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            flate2::read::MultiGzDecoder::new(&*bytes).read_to_string(&mut text).expect("text");
        } else {
            text = String::from_utf8(bytes).expect("text");
        }
        for document in text.split("-DOCSTART-").skip(1) {
            let (text, names) = untokenised(document, source.column);
            documents.push(learnable(text.leak(), &names, source.by, source.times));
        }
    }
    for document in OWN.split("\n\n") {
        let (text, names) = unmarked(document);
        let names: Vec<Name> = names.into_iter().map(|(range, kind)| (range, kind as u8)).collect();
        documents.push(learnable(text.leak(), &names, Labeller::Ourselves, OWN_TIMES));
    }
    for (document, number) in documents.iter_mut().zip(0..) {
        document.number = number;
    }
    documents
}

/// Labelled text that is not learned from, to measure by: web pages, letters, reviews.
pub(super) fn web(folder: &Path) -> Vec<Known> {
    const KINDS: [EntityKind; 3] =
        [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];
    let text = std::fs::read_to_string(folder.join("ner_train_uner_ewt.tsv")).expect("text");
    let known = |document: &str| {
        let (text, names) = untokenised(document, 1);
        let names = names.into_iter().map(|(range, kind)| (range, KINDS[usize::from(kind)]));
        Known::new("en", text, names)
    };
    text.split("-DOCSTART-").skip(1).map(known).collect()
}

/// The text of tokens in lines, written as news writes it, and the names in it.
fn untokenised(document: &str, column: usize) -> (String, Vec<Name>) {
    let mut text = String::new();
    let mut names: Vec<Name> = Vec::new();
    // Whether the name goes on, a blank is due, a quotation is open.
    let (mut within, mut blank, mut quoted) = (false, false, false);
    for line in document.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let (Some(&token), Some(&label)) = (fields.first(), fields.get(column)) else {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            (within, blank, quoted) = (false, false, false);
            continue;
        };
        let (token, quote) = match token {
            "``" | "''" | "\"" => ("\"", true),
            "-LRB-" => ("(", false),
            "-RRB-" => (")", false),
            token => (token, false),
        };
        let closes = matches!(token, "," | "." | ";" | ":" | "?" | "!" | ")" | "]" | "%" | "'")
            || token.starts_with(['\'', '’']) && token.len() <= 5
            || token == "n't"
            || quote && quoted;
        if blank && !closes {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(token);
        blank = !matches!(token, "(" | "[" | "$") && (!quote || quoted);
        quoted ^= quote;
        let kind = ["PER", "ORG", "LOC"].iter().position(|kind| label.ends_with(kind));
        match kind {
            None => within = false,
            Some(kind) => {
                let kind = kind as u8;
                match names.last_mut() {
                    Some((range, last)) if within && *last == kind && label.starts_with('I') => {
                        range.end = text.len();
                    }
                    _ => names.push((start..text.len(), kind)),
                }
                within = true;
            }
        }
    }
    (text, names)
}

/// Finds the runs of a text, with the features and labels of their words.
fn learnable(text: &'static str, names: &[Name], by: Labeller, times: usize) -> Document {
    let words = StoryWords::of(&Story { title: "", body: text, language: None });
    let body = &words.body;
    let mut labels = vec![OUTSIDE; body.tokens.len()];
    let mut in_run = vec![usize::MAX; body.tokens.len()];
    let ranges = runs(body);
    for (n, range) in ranges.iter().enumerate() {
        in_run[range.clone()].fill(n);
    }
    for (range, kind) in names {
        let start = body.tokens.partition_point(|token| token.range.end <= range.start);
        let end = body.tokens.partition_point(|token| token.range.start < range.end);
        let cut = |at: usize| {
            body.tokens
                .get(at)
                .is_some_and(|token| token.range.start < range.start || token.range.end > range.end)
        };
        if start >= end || cut(start) || cut(end - 1) {
            continue;
        }
        // A name that goes on outside its run cannot be found as a whole.
        for part in (start..end).collect::<Vec<_>>().chunk_by(|a, b| in_run[*a] == in_run[*b]) {
            let (first, last) = (part[0], part[part.len() - 1]);
            if in_run[first] != usize::MAX {
                let labels_of_name = labels_of(*kind, part.len());
                labels[first..=last]
                    .iter_mut()
                    .zip(labels_of_name)
                    .for_each(|(it, label)| *it = label);
            }
        }
    }
    let evidence = evidence(&words);
    let mut examples = Vec::new();
    for range in ranges {
        let run = Run::new(body, &evidence, range.clone(), Vec::new());
        let features = range.clone().map(|at| {
            let mut found = Vec::new();
            run.features(at, Groups::ALL, &mut found);
            found
        });
        let features = features.collect();
        examples.push(Example { start: range.start, features, labels: labels[range].to_vec() });
    }
    Document { words, runs: examples, by, times, number: 0 }
}

/// Labels for a name of `n` words.
fn labels_of(kind: u8, n: usize) -> impl Iterator<Item = u8> {
    (0..n).map(move |at| {
        let part = match at {
            _ if n == 1 => UNIT,
            0 => BEGIN,
            _ if at + 1 == n => LAST,
            _ => 1,
        };
        1 + 4 * kind + part
    })
}
