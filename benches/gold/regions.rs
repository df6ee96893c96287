//! Articles whose countries are known, and what is found of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dateline::article::Language;
use dateline::entity::{Mention, Story, recognise};
use dateline::evaluate::regions::RegionScore;
use dateline::region::{Method, RegionFinder, country_by_name};
use serde_json::{Value, json};

use super::{records, text};

/// Articles, and what is right for each.
pub(crate) struct RegionSet {
    pub(crate) articles: Vec<Located>,
    /// What is compared.
    pub(crate) what: What,
}

/// Which of the countries that are found are compared with those that are right.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum What {
    /// All that are named.
    Named,
    /// Those that the article is about.
    About,
}

/// An article whose countries are known.
pub(crate) struct Located {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) body: String,
    /// The countries that are right.
    pub(crate) countries: BTreeSet<String>,
    /// Those of them of which the foremost is to be one.
    pub(crate) foremost: BTreeSet<String>,
}

/// `GeoVirus`: the countries of places that were marked by hand in articles on outbreaks. Those named
/// most often are to stand foremost.
pub(crate) fn geovirus(shared: &Path) -> RegionSet {
    let lines = fs::read_to_string(shared.join("entities/geo_dev_geovirus.jsonl"));
    let set = |value: &Value| -> BTreeSet<String> {
        let values = value.as_array().into_iter().flatten();
        values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
    };
    let article = |record: &Value| Located {
        id: text(record, "id").to_owned(),
        title: text(record, "title").to_owned(),
        body: text(record, "text").to_owned(),
        countries: set(&record["countries"]),
        foremost: set(&record["primary"]),
    };
    let records = records(&lines.expect("readable"));
    RegionSet { articles: records.iter().map(article).collect(), what: What::Named }
}

/// Reuters-21578: the countries whose codes its editors gave to articles that have a text. Any of
/// them may stand foremost.
pub(crate) fn reuters(binary: &str, shared: &Path) -> RegionSet {
    let folder = shared.join("news/reuters21578");
    let files = (0..5).map(|number| folder.join(format!("reut2-{number:03}.sgm.gz")));
    let made = extract(binary, &["--no-learn"], &files.collect::<Vec<_>>());
    let is_flash = |article: &Value| article["warnings"] == json!(["headline-only"]);
    let articles = made.iter().filter(|article| !is_flash(article)).map(|article| {
        let codes: BTreeSet<String> = text(article, "tag")
            .split(", ")
            .filter_map(|place| country_by_name(place).map(|code| code.to_string()))
            .collect();
        Located {
            id: text(article, "source_id").to_owned(),
            title: text(article, "title").to_owned(),
            body: text(article, "body").to_owned(),
            foremost: codes.clone(),
            countries: codes,
        }
    });
    let coded = articles.filter(|article| !article.countries.is_empty());
    RegionSet { articles: coded.collect(), what: What::About }
}

/// The names of places, bodies and persons in each article of a set.
pub(crate) fn mentions(set: &RegionSet) -> Vec<Vec<Mention>> {
    set.articles.iter().map(|article| recognise(&story(article))).collect()
}

fn story(article: &Located) -> Story<'_> {
    Story { title: &article.title, body: &article.body, language: Language::new("en") }
}

/// The score of a method.
pub(crate) fn score(set: &RegionSet, mentions: &[Vec<Mention>], method: Method) -> RegionScore {
    let mut score = RegionScore::default();
    for (article, mentions) in set.articles.iter().zip(mentions) {
        let finder = RegionFinder { method, ..RegionFinder::default() };
        let regions = finder.locate(&story(article), mentions);
        let found = match set.what {
            What::Named => &regions.countries,
            What::About => &regions.about,
        };
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        let foremost = regions.about.first().map(ToString::to_string);
        score.add(&article.countries, &article.foremost, &found, foremost.as_ref());
    }
    score
}

/// The score of the program as it is called.
pub(crate) fn score_of_program(binary: &str, options: &[&str], set: &RegionSet) -> RegionScore {
    let told = set
        .articles
        .iter()
        .map(|article| json!({"id": article.id, "title": article.title, "text": article.body}));
    score_of_records(binary, options, set, told)
}

/// What remains of a set if each article loses its dateline and is given to a paper of the town that
/// it was sent from: a stand-in for local papers, which do not say where they are.
pub(crate) fn score_as_local(binary: &str, options: &[&str], set: &RegionSet) -> RegionScore {
    let is_local = |article: &&Located| parted(&article.body).is_some();
    let articles = set.articles.iter().filter(is_local);
    let told = articles.filter_map(|article| {
        let (town, body) = parted(&article.body)?;
        let title = &article.title;
        Some(json!({"id": article.id, "title": title, "text": body, "publisher": town}))
    });
    score_of_records(binary, options, set, told)
}

/// The town of a dateline, and the story behind it.
fn parted(body: &str) -> Option<(&str, &str)> {
    let (head, story) = body.split_once(" - ").filter(|(head, _)| head.len() < 60)?;
    Some((head.split(',').next()?.trim(), story))
}

fn score_of_records(
    binary: &str,
    options: &[&str],
    set: &RegionSet,
    told: impl Iterator<Item = Value>,
) -> RegionScore {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let input = folder.path().join("set.jsonl");
    let lines: Vec<String> = told.map(|record| record.to_string()).collect();
    fs::write(&input, lines.join("\n")).expect("written");
    let made = extract(binary, options, &[input]);
    let made: BTreeMap<&str, &Value> =
        made.iter().map(|article| (text(article, "source_id"), article)).collect();
    let mut score = RegionScore::default();
    for article in &set.articles {
        let Some(made) = made.get(article.id.as_str()) else { continue };
        let list = |key: &str| -> Vec<String> {
            let codes = made[key].as_array().into_iter().flatten();
            codes.filter_map(|code| code.as_str().map(str::to_owned)).collect()
        };
        let about = list("about");
        let found = if set.what == What::Named { list("countries") } else { about.clone() };
        score.add(&article.countries, &article.foremost, &found, about.first());
    }
    score
}

/// What the program makes of files.
fn extract(binary: &str, options: &[&str], files: &[PathBuf]) -> Vec<Value> {
    let output = Command::new(binary).arg("extract").args(options).args(files).output();
    records(&String::from_utf8(output.expect("the program runs").stdout).expect("UTF-8"))
}
