//! How good the answers are: the ranking of judged questions; main texts, titles and days of
//! publication on saved pages and text scrapes with known answers, and countries of news articles,
//! with and without the parts of the method; and how far the stated confidence of dates can be
//! trusted. `cargo bench --bench quality` prints the tables of `docs/evaluation.md`; behind `--`,
//! `ranking` or `regions` prints those alone.

#![expect(clippy::print_stdout, reason = "the tables are what it is for")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use dateline::evaluate::pages::{Scores, TextScore};
use dateline::evaluate::ranking::{Comparison, Evaluation, compare};
use dateline::evaluate::regions::RegionScore;
use dateline::region::Method;
use gold::formula::{Corpus, Weights};
use gold::regions::{self, RegionSet};
use gold::topics::{Judged, Topics};
use gold::{Addresses, Made, Page, Set, extract, pages, scores, scrapes, shared};

#[allow(dead_code, reason = "a test uses it, too")]
mod gold;

const BINARY: &str = env!("CARGO_BIN_EXE_dateline");

/// Options that switch a part of the method off.
const WITHOUT: &[(&str, &[&str])] = &[
    ("all parts", &[]),
    ("without learning from the archive", &["--no-learn"]),
    ("without cleaning", &["--no-clean"]),
];

fn main() {
    let Some(shared) = shared() else {
        println!("skipped: no shared data");
        return;
    };
    let wants = |part: &str| std::env::args().any(|argument| argument == part);
    if wants("regions") {
        return countries(&shared);
    }
    ranking(&shared);
    if wants("ranking") {
        return;
    }

    let told = pages(&shared, Addresses::Told);
    let untold = pages(&shared, Addresses::Untold);
    let texts = scrapes(&shared);
    let made = extract::<&str>(BINARY, &[], &told);

    println!("\n## Pages\n\n| | title exact | dates right | of those given | given |");
    println!("| --- | --- | --- | --- | --- |");
    facts("addresses told", &scores(&told, &made, |_| true));
    facts("addresses not told", &scores(&untold, &extract::<&str>(BINARY, &[], &untold), |_| true));
    table("pages", &told);
    for kind in ["source", "lang"] {
        by_kind(&told, &made, kind);
    }

    println!("\n## Calibration of dates\n");
    calibration(&told, &made);

    println!("\n## Text scrapes");
    table("scrapes", &texts);
    let made = extract::<&str>(BINARY, &[], &texts);
    for kind in ["style", "source", "lang"] {
        by_kind(&texts, &made, kind);
    }
    countries(&shared);
}

/// The steps of the method, each with those before.
const STEPS: &[(&str, Method)] = &[
    ("names counted", Method::Names),
    ("and the dateline", Method::Dateline),
    ("and names settled by the rest", Method::Context),
    ("and bodies, leaders, currencies", Method::Signals),
];

fn countries(shared: &Path) {
    println!("\n## Countries");
    let reuters = regions::reuters(BINARY, shared);
    for (name, set) in [("GeoVirus", &regions::geovirus(shared)), ("Reuters-21578", &reuters)] {
        println!("\n{name}, {} articles.\n", set.articles.len());
        println!("| | P | R | F1 | foremost right |\n| --- | --- | --- | --- | --- |");
        let mentions = regions::mentions(set);
        for (step, method) in STEPS {
            region_row(step, &regions::score(set, &mentions, *method));
        }
        region_row("the program", &regions::score_of_program(BINARY, &[], set));
    }
    local(&reuters);
}

fn local(set: &RegionSet) {
    println!("\nReuters-21578 as local papers, without datelines.\n");
    println!("| | P | R | F1 | foremost right |\n| --- | --- | --- | --- | --- |");
    region_row("without homes", &regions::score_as_local(BINARY, &["--no-learn"], set));
    region_row("with homes learned", &regions::score_as_local(BINARY, &[], set));
}

fn region_row(name: &str, score: &RegionScore) {
    let counts = score.countries;
    println!(
        "| {name} | {:.3} | {:.3} | {:.3} | {:.3} |",
        counts.precision(),
        counts.recall(),
        counts.f1(),
        score.foremost()
    );
}

/// The figures that were measured elsewhere on the same questions, best of each.
const ELSEWHERE: [(Topics, [f64; 5]); 3] = [
    (Topics::Subject, [0.764, 0.616, 0.633, 0.796, 0.908]),
    (Topics::SubjectAndRegion, [0.620, 0.556, 0.333, 0.875, 0.771]),
    (Topics::Name, [0.852, 0.805, 0.565, 0.901, 0.923]),
];

/// Weights that differ from those of the program.
const OTHER_WEIGHTS: &[(&str, Weights)] = &[
    ("by the formula", Weights::OWN),
    ("title as body", Weights { title: 1.0, ..Weights::OWN }),
    ("lead as body", Weights { lead: 1.0, ..Weights::OWN }),
    ("both as body", Weights { title: 1.0, lead: 1.0, ..Weights::OWN }),
    ("k1 1.2, b 0.75", Weights { k1: 1.2, b: 0.75, ..Weights::OWN }),
    ("title twice", Weights { title: 2.0, ..Weights::OWN }),
    ("title five times", Weights { title: 5.0, ..Weights::OWN }),
    ("lead of 15 words", Weights { lead_words: 15, ..Weights::OWN }),
    ("lead of 40 words", Weights { lead_words: 40, ..Weights::OWN }),
    ("pairs of words, 0.05", Weights { pairs: 0.05, ..Weights::OWN }),
    ("pairs of words, 0.2", Weights { pairs: 0.2, ..Weights::OWN }),
];

/// How well judged questions are answered, and what the parts of the ranking bring.
fn ranking(shared: &Path) {
    println!("## Ranking");
    let judged = Judged::index(BINARY, shared);
    let corpus = Corpus::read(&judged.folder);
    for (topics, elsewhere) in ELSEWHERE {
        println!("\n| {} | nDCG@10 | MAP | P@10 | R@100 | MRR | p of nDCG |", topics.name());
        println!("| --- | --- | --- | --- | --- | --- | --- |");
        line("best elsewhere", &elsewhere, "");
        line("dateline", &judged.scores(topics).mean, "");
        let own = corpus.scores(Weights::OWN, topics, &judged.folder);
        for (name, weights) in OTHER_WEIGHTS {
            let other: Evaluation = corpus.scores(*weights, topics, &judged.folder);
            let Comparison { measures } = compare(&own, &other);
            line(name, &other.mean, &format!("{:.2}", measures[0].p));
        }
    }
}

fn line(name: &str, scores: &[f64; 5], p: &str) {
    let scores = scores.map(|score| format!("{score:.3} | "));
    println!("| {name} | {}{p} |", scores.concat());
}

fn table(name: &str, set: &Set) {
    println!(
        "\n| {name} | texts | P | R | F1 | under half |\n| --- | --- | --- | --- | --- | --- |"
    );
    for (part, options) in WITHOUT {
        text(part, &scores(set, &extract(BINARY, options, set), |_| true).text);
    }
}

fn by_kind(set: &Set, made: &HashMap<String, Made>, kind: &str) {
    println!(
        "\n| {kind} | texts | P | R | F1 | under half |\n| --- | --- | --- | --- | --- | --- |"
    );
    let of = |page: &Page| page.kinds.get(kind).map_or("not stated", String::as_str).to_owned();
    let names: BTreeSet<String> = set.pages.iter().map(of).collect();
    for name in names {
        text(&name, &scores(set, made, |page| of(page) == name).text);
    }
}

fn text(name: &str, score: &TextScore) {
    if score.pages > 0 {
        println!("| {name} | {score} |");
    }
}

fn facts(name: &str, Scores { title, date, .. }: &Scores) {
    println!(
        "| {name} | {:.3} of {} | {:.3} of {} | {:.3} | {:.3} |",
        title.exact, title.pages, date.accuracy, date.pages, date.precision, date.cover
    );
}

/// How often dates are right, by how sure the program says that it is.
fn calibration(set: &Set, made: &HashMap<String, Made>) {
    let mut by_confidence: BTreeMap<u64, (u64, u64, u64)> = BTreeMap::new();
    for page in set.pages.iter().filter(|page| !page.gold.days.is_empty()) {
        let Some(Made { answer, date_confidence: Some(sure), .. }) = made.get(&page.id) else {
            continue;
        };
        let right = answer.day.is_some_and(|day| page.gold.days.contains(&day));
        // 98 and more by themselves, the others by tens.
        let from = if *sure >= 98 { 98 } else { sure / 10 * 10 };
        let (all, correct, sum) = by_confidence.entry(from).or_default();
        (*all, *correct, *sum) = (*all + 1, *correct + u64::from(right), *sum + sure);
    }
    println!("| said to be sure | dates | mean of what is said | right |");
    println!("| --- | --- | --- | --- |");
    for (from, (all, right, sum)) in by_confidence.iter().rev() {
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let share = |part: u64| part as f64 / *all as f64;
        println!(
            "| {from} % and more | {all} | {:.1} % | {:.1} % |",
            share(*sum),
            100.0 * share(*right)
        );
    }
}
