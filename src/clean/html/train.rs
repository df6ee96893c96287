//! Learns the weights of the [`model`](super::model) from pages whose story is known.
//!
//! `DATELINE_PAGES=<folder> cargo test --lib clean::html::train -- --ignored --nocapture` reads
//! `pages.jsonl` of the folder (`id`, `host`, `html`: path of a page packed with gzip, `text`: its
//! story) and writes `weights.rs`. It also learns from three quarters of the hosts and scores the
//! others, four times over, which tells how the model does on sites that it has never seen.
//!
//! Nothing is random: the same pages give the same weights.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a tool for developers, run by hand, over counts that are small"
)]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use super::blocks::Blocks;
use super::features::{Evidence, FIRST, GROUPS, SECOND, Shingles, first_rows, second_rows};
use super::judge::judge;
use super::model::{Model, chance};
use super::{Prepared, prepare};
use crate::clean::Template;

/// Parts that the hosts are divided in.
const PARTS: u64 = 4;

/// Rounds of gradient descent.
const ROUNDS: usize = 250;

/// How strongly weights are drawn to zero.
const SHRINK: f32 = 1e-3;

/// Part of the numbers that are hidden in each round.
const HIDDEN: f32 = 0.15;

/// One page with its known story.
struct Known {
    id: String,
    part: u64,
    story: String,
    page: Blocks,
    evidence: Evidence,
    rows: Vec<Vec<f32>>,
    labels: Vec<f32>,
    weights: Vec<f32>,
}

fn load(folder: &Path) -> Vec<Known> {
    let list = std::fs::read_to_string(folder.join("pages.jsonl")).expect("the list of pages");
    let mut known = Vec::new();
    for line in list.lines() {
        let page: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let Some(story) = page["text"].as_str() else { continue };
        let file = std::fs::File::open(folder.join(page["html"].as_str().expect("a path")));
        let mut html = Vec::new();
        flate2::read::MultiGzDecoder::new(file.expect("a page"))
            .read_to_end(&mut html)
            .expect("a packed page");
        let Prepared { blocks, evidence, .. } = prepare(&String::from_utf8_lossy(&html), None);
        let host = page["host"].as_str().unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host);
        known.push(learnable(
            page["id"].as_str().unwrap_or_default().to_owned(),
            xxhash_rust::xxh3::xxh3_64(host.as_bytes()) % PARTS,
            story.to_owned(),
            blocks,
            evidence,
        ));
    }
    known
}

fn learnable(id: String, part: u64, story: String, page: Blocks, evidence: Evidence) -> Known {
    let in_story = Shingles::of([&*story]);
    let lines = Shingles::of(story.lines());
    let mut labels = Vec::new();
    let mut weights = Vec::new();
    let n_words: usize = page
        .blocks
        .iter()
        .filter(|block| in_story.coverage(&block.text) > 0.5)
        .map(|b| b.words)
        .sum();
    for block in &page.blocks {
        let covered = in_story.coverage(&block.text).max(lines.coverage(&block.text));
        labels.push(f32::from(covered > 0.5));
        let is_title = crate::metadata::folded_words(&block.text) == evidence.title;
        // Whether the headline belongs to the text is not for the model to say.
        let weight = if is_title { 0.0 } else { (block.words as f32).min(100.0) + 1.0 };
        weights.push(weight / (n_words as f32 + 50.0));
    }
    let rows = first_rows(&page, &evidence);
    Known { id, part, story, page, evidence, rows, labels, weights }
}

/// One block to learn from: its numbers, whether it is part of the story, how much it counts, and
/// the page that it is of.
struct Example<'a> {
    row: &'a [f32],
    label: f32,
    importance: f32,
    page: usize,
}

/// Logistic regression by Adam over all blocks at once. In each round and page some of the numbers
/// are hidden, so that no weight leans on another number being there (Srivastava et al. 2014,
/// "Dropout").
fn learn(examples: &[Example], n: usize) -> Vec<f32> {
    let (mut weights, mut mean, mut square) =
        (vec![0.0_f32; n], vec![0.0_f32; n], vec![0.0_f32; n]);
    let total: f32 = examples.iter().map(|example| example.importance).sum();
    for round in 1..=ROUNDS {
        let mut gradient: Vec<f32> = weights.iter().map(|weight| SHRINK * weight).collect();
        let mut shown: Vec<f32> = Vec::new();
        let mut last_page = usize::MAX;
        let mut seen = vec![0.0_f32; n];
        for Example { row, label, importance, page } in examples {
            if *page != last_page {
                last_page = *page;
                shown = (0..n).map(|at| mask(round, *page, at)).collect();
            }
            for ((seen, value), shown) in seen.iter_mut().zip(*row).zip(&shown) {
                *seen = value * shown;
            }
            let error = (chance(&weights, &seen) - label) * importance / total;
            for (slope, value) in gradient.iter_mut().zip(&seen) {
                *slope += error * value;
            }
        }
        let rate = 0.15 * (1.0 - 0.9 * round as f32 / ROUNDS as f32);
        let round = round as i32;
        for at in 0..n {
            mean[at] = 0.9 * mean[at] + 0.1 * gradient[at];
            square[at] = 0.99 * square[at] + 0.01 * gradient[at] * gradient[at];
            let step = mean[at] / (1.0 - 0.9_f32.powi(round));
            let scale = (square[at] / (1.0 - 0.99_f32.powi(round))).sqrt() + 1e-8;
            weights[at] -= rate * step / scale;
        }
    }
    weights
}

/// Zero for a number that is hidden in this round, else what keeps its mean.
fn mask(round: usize, page: usize, at: usize) -> f32 {
    let key = [round, page, at].map(usize::to_le_bytes).concat();
    let draw = (xxhash_rust::xxh3::xxh3_64(&key) >> 40) as f32 / (1_u64 << 24) as f32;
    match at {
        // The number that is always one.
        0 => 1.0,
        _ if draw < HIDDEN => 0.0,
        _ => 1.0 / (1.0 - HIDDEN),
    }
}

fn train(pages: &[&Known]) -> (Vec<f32>, Vec<f32>) {
    let firsts: Vec<&[Vec<f32>]> = pages.iter().map(|page| &page.rows[..]).collect();
    let first = learn(&examples(pages, &firsts), FIRST);
    let seconds: Vec<Vec<Vec<f32>>> = pages
        .iter()
        .map(|page| {
            let chances: Vec<f32> = page.rows.iter().map(|row| chance(&first, row)).collect();
            let mut rows = page.rows.clone();
            second_rows(&page.page, &chances, &mut rows);
            rows
        })
        .collect();
    let rows: Vec<&[Vec<f32>]> = seconds.iter().map(|rows| &rows[..]).collect();
    let second = learn(&examples(pages, &rows), SECOND);
    (first, second)
}

fn examples<'a>(pages: &[&Known], rows: &[&'a [Vec<f32>]]) -> Vec<Example<'a>> {
    let mut examples = Vec::new();
    for (at, (page, rows)) in pages.iter().zip(rows).enumerate() {
        for ((row, label), weight) in rows.iter().zip(&page.labels).zip(&page.weights) {
            examples.push(Example { row, label: *label, importance: *weight, page: at });
        }
    }
    examples
}

/// How right a text is, by runs of four words: shares of those that are right, too much, missing.
fn outcome(story: &str, text: &str) -> (f64, f64, f64) {
    let count = |text: &str| {
        let is_sign = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
        let mut words: Vec<String> = Vec::new();
        let mut within = false;
        for c in text.chars().filter(|c| *c != '\u{ad}') {
            if is_sign(c) {
                words.push(c.to_string());
                within = false;
            } else if c.is_alphanumeric() || c == '_' {
                if !within {
                    words.push(String::new());
                }
                words.last_mut().expect("one was pushed").push(c);
                within = true;
            } else {
                within = false;
            }
        }
        let mut counts: HashMap<Vec<String>, i64> = HashMap::new();
        if words.len() < 4 {
            if !words.is_empty() {
                counts.insert(words, 1);
            }
        } else {
            for run in words.windows(4) {
                *counts.entry(run.to_vec()).or_default() += 1;
            }
        }
        counts
    };
    let (gold, found) = (count(story), count(text));
    let right: i64 =
        gold.iter().map(|(run, n)| (*n).min(found.get(run).copied().unwrap_or(0))).sum();
    let (n_gold, n_found): (i64, i64) = (gold.values().sum(), found.values().sum());
    let all = (n_gold + n_found - right).max(1) as f64;
    (right as f64 / all, (n_found - right) as f64 / all, (n_gold - right) as f64 / all)
}

fn report(name: &str, outcomes: &[(f64, f64, f64)]) {
    let n = outcomes.len() as f64;
    let share = |x: f64, y: f64| if x + y == 0.0 { 1.0 } else { x / (x + y) };
    let found: Vec<_> = outcomes.iter().filter(|o| o.0 + o.1 > 0.0).collect();
    let precision = found.iter().map(|o| share(o.0, o.1)).sum::<f64>() / found.len().max(1) as f64;
    let recall = outcomes.iter().map(|o| share(o.0, o.2)).sum::<f64>() / n;
    let half = outcomes.iter().filter(|o| 2.0 * o.0 / (2.0 * o.0 + o.1 + o.2) < 0.5).count();
    println!(
        "{name:12} n={} P {precision:.4} R {recall:.4} F1 {:.4} <0.5: {half}",
        outcomes.len(),
        2.0 * precision * recall / (precision + recall)
    );
}

fn text_by(model: &Model, page: &Known) -> String {
    let chances = model.chances(&page.page, &page.evidence);
    let reasons = judge(&page.page, &chances, &page.evidence, &Template::default());
    let kept = page.page.blocks.iter().zip(&reasons).filter(|(_, reason)| reason.is_none());
    kept.map(|(block, _)| &*block.text).collect::<Vec<_>>().join("\n")
}

/// The text of each page by a model that has learned from other hosts alone. A number that is zero
/// on all of them gets no weight, and so is as good as not there.
fn unseen(known: &[Known]) -> Vec<(&Known, String)> {
    let mut unseen = Vec::new();
    for part in 0..PARTS {
        let others: Vec<&Known> = known.iter().filter(|page| page.part != part).collect();
        let (first, second) = train(&others);
        let model = Model { first: &first, second: &second };
        let here = known.iter().filter(|page| page.part == part);
        unseen.extend(here.map(|page| (page, text_by(&model, page))));
    }
    unseen
}

fn array(name: &str, doc: &str, weights: &[f32]) -> String {
    let mut text = format!("\n/// {doc}\npub(super) const {name}: &[f32] = &[\n");
    for weight in weights {
        let _ = writeln!(text, "    {weight:.3},");
    }
    text + "];\n"
}

#[test]
#[ignore = "learns from pages that are not part of this repository"]
fn learn_the_weights() {
    let folder = std::env::var_os("DATELINE_PAGES").expect("DATELINE_PAGES names a folder");
    let known = load(Path::new(&folder));
    // What the best choice of blocks would reach.
    let best: Vec<_> = known
        .iter()
        .map(|page| {
            let kept = page.page.blocks.iter().zip(&page.labels).filter(|(_, label)| **label > 0.5);
            let kept: Vec<&str> = kept.map(|(block, _)| &*block.text).collect();
            outcome(&page.story, &kept.join("\n"))
        })
        .collect();
    report("ceiling", &best);
    let unseen = unseen(&known);
    let scored = |name: &str, keep: &dyn Fn(&Known) -> bool| {
        let chosen = unseen.iter().filter(|(page, _)| keep(page));
        let outcomes: Vec<_> = chosen.map(|(page, text)| outcome(&page.story, text)).collect();
        report(name, &outcomes);
    };
    scored("unseen", &|_| true);
    for part in 0..PARTS {
        scored(&format!("part {part}"), &|page| page.part == part);
    }
    for source in ["wd", "sh", "wx"] {
        scored(source, &|page| page.id.starts_with(source));
    }
    for (group, numbers) in GROUPS {
        let mut known = load(Path::new(&folder));
        for row in known.iter_mut().flat_map(|page| &mut page.rows) {
            row[numbers.clone()].fill(0.0);
        }
        let texts = self::unseen(&known);
        let outcomes: Vec<_> =
            texts.iter().map(|(page, text)| outcome(&page.story, text)).collect();
        report(&format!("less {group}"), &outcomes);
    }
    if let Some(path) = std::env::var_os("DATELINE_UNSEEN") {
        let lines: Vec<String> = unseen
            .iter()
            .map(|(page, text)| serde_json::json!({"id": page.id, "text": text}).to_string())
            .collect();
        std::fs::write(path, lines.join("\n")).expect("a file");
    }
    let all: Vec<&Known> = known.iter().collect();
    let (first, second) = train(&all);
    let model = Model { first: &first, second: &second };
    let outcomes: Vec<_> =
        known.iter().map(|page| outcome(&page.story, &text_by(&model, page))).collect();
    report("seen", &outcomes);
    let text = "//! Learned; see `PROVENANCE.md`. Written by `train.rs`, not by hand.\n".to_owned()
        + &array("FIRST", "For the numbers of the first row.", &first)
        + &array("SECOND", "For those of both rows.", &second);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/clean/html/weights.rs");
    std::fs::write(path, text).expect("the weights can be written");
}
