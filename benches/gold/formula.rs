//! The ranking worked out from the texts by its formula, with other weights than the program has:
//! these are in the index, so the program cannot try others.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use dateline::evaluate::ranking::{Evaluation, Run, evaluate};
use frostem::{Algorithm, Stemmer};

use super::topics::Topics;
use super::{records, text, unpacked};

/// What the ranking is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights {
    /// How often a word of the title counts.
    pub(crate) title: f64,
    /// How often a word of the lead counts.
    pub(crate) lead: f64,
    /// How many words are the lead.
    pub(crate) lead_words: usize,
    pub(crate) k1: f64,
    pub(crate) b: f64,
    /// What two words of the question that stand side by side in the text add, as a part of what
    /// they would as one word.
    pub(crate) pairs: f64,
}

impl Weights {
    /// Those of the program.
    pub(crate) const OWN: Self =
        Self { title: 3.0, lead: 2.0, lead_words: 25, k1: 0.9, b: 0.4, pairs: 0.0 };
}

/// The judged articles as words.
pub(crate) struct Corpus {
    articles: Vec<Article>,
    /// In how many articles each word stands.
    having: HashMap<String, f64>,
    stemmer: Stemmer,
}

struct Article {
    id: String,
    regions: BTreeSet<String>,
    title: Vec<String>,
    body: Vec<String>,
}

impl Corpus {
    pub(crate) fn read(folder: &Path) -> Self {
        let packed = std::fs::File::open(folder.join("docs.jsonl.gz")).expect("readable");
        let stemmer = Stemmer::new(Algorithm::English);
        let mut having: HashMap<String, f64> = HashMap::new();
        let mut articles = Vec::new();
        for record in records(&String::from_utf8(unpacked(packed)).expect("UTF-8")) {
            let words = |key| words(text(&record, key), &stemmer);
            let (title, body) = (words("title"), words("body"));
            for word in title.iter().chain(&body).collect::<BTreeSet<_>>() {
                *having.entry(word.clone()).or_default() += 1.0;
            }
            let regions = record["region"].as_array().into_iter().flatten();
            articles.push(Article {
                id: text(&record, "id").to_owned(),
                regions: regions.filter_map(|it| it.as_str().map(str::to_owned)).collect(),
                title,
                body,
            });
        }
        Self { articles, having, stemmer }
    }

    /// How well these weights answer a set of questions.
    pub(crate) fn scores(&self, weights: Weights, topics: Topics, folder: &Path) -> Evaluation {
        let lengths: Vec<f64> = self.articles.iter().map(|it| it.length(weights)).collect();
        let average = lengths.iter().sum::<f64>() / float(lengths.len());
        let mut run = String::new();
        for line in topics.questions(folder).lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let asked = words(columns[1], &self.stemmer);
            let region = columns.get(2).and_then(|filter| filter.split_once('='));
            for (article, length) in self.articles.iter().zip(&lengths) {
                let is_wanted = region.is_none_or(|(_, region)| article.regions.contains(region));
                let by_length = weights.k1 * (1.0 - weights.b + weights.b * length / average);
                let score = self.score(article, &asked, weights, by_length);
                if is_wanted && score > 0.0 {
                    writeln!(run, "{} Q0 {} 0 {score} formula", columns[0], article.id)
                        .expect("written");
                }
            }
        }
        evaluate(&topics.qrels(folder), &Run::parse(&run).expect("a run"))
    }

    fn score(&self, article: &Article, asked: &[String], weights: Weights, by_length: f64) -> f64 {
        let full = |word: &String| self.idf(word) * (weights.k1 + 1.0);
        let words = asked.iter().map(|word| {
            let frequency = article.frequency(word, weights);
            full(word) * frequency / (frequency + by_length)
        });
        let pairs = asked.windows(2).filter(|pair| weights.pairs > 0.0 && pair[0] != pair[1]);
        let pairs = pairs.map(|pair| {
            let count = article.pairs(&pair[0], &pair[1]);
            (full(&pair[0]) + full(&pair[1])) * count / (count + by_length)
        });
        words.sum::<f64>() + weights.pairs * pairs.sum::<f64>()
    }

    fn idf(&self, word: &String) -> f64 {
        let having = self.having.get(word).copied().unwrap_or_default();
        ((float(self.articles.len()) - having + 0.5) / (having + 0.5)).ln_1p()
    }
}

impl Article {
    fn length(&self, weights: Weights) -> f64 {
        let lead = float(self.body.len().min(weights.lead_words));
        weights.title * float(self.title.len())
            + float(self.body.len())
            + (weights.lead - 1.0) * lead
    }

    fn frequency(&self, word: &String, weights: Weights) -> f64 {
        let count = |words: &[String]| float(words.iter().filter(|it| *it == word).count());
        let lead = &self.body[..self.body.len().min(weights.lead_words)];
        weights.title * count(&self.title) + count(&self.body) + (weights.lead - 1.0) * count(lead)
    }

    fn pairs(&self, first: &String, second: &String) -> f64 {
        let count = |words: &[String]| {
            words.windows(2).filter(|pair| pair[0] == *first && pair[1] == *second).count()
        };
        float(count(&self.title) + count(&self.body))
    }
}

/// The stems of the words of a text.
fn words(text: &str, stemmer: &Stemmer) -> Vec<String> {
    let text = text.to_lowercase().replace("'s", "");
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    let words = words.map(|word| word.trim_matches('.')).filter(|word| !word.is_empty());
    words.map(|word| stemmer.stem(word).into_owned()).collect()
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn float(count: usize) -> f64 {
    count as f64
}
