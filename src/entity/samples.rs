//! Articles whose names are known, and how many of them are found.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use super::words::StoryWords;
use super::{Mention, Story};
use crate::article::{EntityKind, Language};
use crate::evaluate::entities::{Counts, surface};

/// An article and what is right of it.
#[derive(Default)]
pub(super) struct Known {
    pub(super) title: String,
    pub(super) body: String,
    language: Option<Language>,
    names: BTreeSet<(String, EntityKind)>,
}

impl Known {
    /// A text with the places of its names.
    pub(super) fn new(
        language: &str,
        body: String,
        names: impl Iterator<Item = (Range<usize>, EntityKind)>,
    ) -> Self {
        let names = names.map(|(range, kind)| (surface(&body[range]), kind)).collect();
        Self { body, names, language: Language::new(language), ..Self::default() }
    }

    pub(super) fn story(&self) -> Story<'_> {
        Story { title: &self.title, body: &self.body, language: self.language }
    }
}

/// News in other languages, written for this project; for each language its articles.
pub(super) const FOREIGN: [(&str, &str); 7] = [
    ("de", include_str!("samples/de.txt")),
    ("es", include_str!("samples/es.txt")),
    ("fr", include_str!("samples/fr.txt")),
    ("pt", include_str!("samples/pt.txt")),
    ("ru", include_str!("samples/ru.txt")),
    ("tr", include_str!("samples/tr.txt")),
    ("uk", include_str!("samples/uk.txt")),
];

/// The articles of a text in which names are marked.
pub(super) fn marked(language: &str, text: &str) -> Vec<Known> {
    let article = |marked: &str| {
        let (body, names) = unmarked(marked);
        Known::new(language, body, names.into_iter())
    };
    text.split("\n\n").skip(1).map(article).collect()
}

/// The articles of a file of JSON lines.
pub(super) fn known(file: &Path) -> Vec<Known> {
    let lines = std::fs::read_to_string(file).expect("a set of articles");
    let article = |line: &str| {
        let article: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
        let name = |name: &serde_json::Value| {
            let kind = match name["type"].as_str() {
                Some("PER") => EntityKind::Person,
                Some("ORG") => EntityKind::Organisation,
                _ => EntityKind::Place,
            };
            (surface(&text(&name["text"])), kind)
        };
        Known {
            title: text(&article["title"]),
            body: text(&article["text"]),
            language: Language::new("en"),
            names: list(&article["entities"]).iter().map(name).collect(),
        }
    };
    lines.lines().map(article).collect()
}

/// A text in which names are marked: `[P Ann Harlow] left [L Oslo]`, `[O ...]`; the text without
/// marks, and its names with their kinds. Lines that begin with `#` are left out.
pub(super) fn unmarked(marked: &str) -> (String, Vec<(Range<usize>, EntityKind)>) {
    let mut text = String::with_capacity(marked.len());
    let mut names = Vec::new();
    for line in marked.lines().filter(|line| !line.starts_with('#')) {
        let mut rest = line;
        while let Some((before, mark)) = rest.split_once('[') {
            let (name, after) = mark.split_once(']').expect("a mark that is closed");
            let (kind, name) = name.split_once(' ').expect("a kind and a name");
            let kind = match kind {
                "P" => EntityKind::Person,
                "O" => EntityKind::Organisation,
                "L" => EntityKind::Place,
                kind => panic!("no kind `{kind}`"),
            };
            text.push_str(before);
            names.push((text.len()..text.len() + name.len(), kind));
            text.push_str(name);
            rest = after;
        }
        text.push_str(rest);
        text.push('\n');
    }
    (text, names)
}

/// How many names of persons, organisations, places, and all, are found.
pub(super) fn score(
    set: &[Known],
    recognise: impl Fn(&Story<'_>, &StoryWords<'_>) -> Vec<Mention>,
) -> [Counts; 4] {
    let mut counts = [Counts::default(); 4];
    for article in set {
        let story = article.story();
        let mentions = recognise(&story, &StoryWords::of(&story));
        let found: BTreeSet<(String, EntityKind)> =
            mentions.iter().map(|it| (surface(it.text(&story)), it.kind)).collect();
        let kinds = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];
        for (kind, counts) in kinds.into_iter().zip(&mut counts) {
            let of = |set: &BTreeSet<(String, EntityKind)>| {
                set.iter().filter(|it| it.1 == kind).cloned().collect()
            };
            counts.add(&of(&article.names), &of(&found));
        }
        counts[3].add(&article.names, &found);
    }
    counts
}
