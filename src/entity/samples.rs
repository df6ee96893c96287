//! Articles whose names are known, and how many of them are found.

use std::collections::BTreeSet;
use std::path::Path;

use super::words::StoryWords;
use super::{Mention, Story};
use crate::article::{EntityKind, Language};
use crate::evaluate::entities::{Counts, surface};

/// An article and what is right of it.
pub(super) struct Known {
    pub(super) title: String,
    pub(super) body: String,
    names: BTreeSet<(String, EntityKind)>,
}

impl Known {
    pub(super) fn story(&self) -> Story<'_> {
        Story { title: &self.title, body: &self.body, language: Language::new("en") }
    }
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
            names: list(&article["entities"]).iter().map(name).collect(),
        }
    };
    lines.lines().map(article).collect()
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
