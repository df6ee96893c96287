//! Names are found as well as recorded: figures below which no change may fall. They are those of
//! `docs/evaluation.md`, less what chance makes of them.

use std::path::PathBuf;

use super::super::samples::{FOREIGN, known, marked, score};
use super::super::{group, recognise, recognise_in};
use super::story;
use crate::region::locate;

/// The folder of shared data; where it is not there, the test says that it is skipped.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn shared() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    let folder = std::env::var_os("DATELINE_SHARED_DATA").map_or(default.into(), PathBuf::from);
    if !folder.is_dir() {
        eprintln!("skipped: no shared data; set DATELINE_SHARED_DATA");
        return None;
    }
    Some(folder)
}

/// Prints a figure and holds it; `cargo test recorded -- --nocapture` shows all of them.
#[track_caller]
#[expect(clippy::print_stderr, reason = "the figures are asked for by that command")]
fn at_least(name: &str, figure: f64, recorded: f64) {
    eprintln!("{name}: {:.1}", 100.0 * figure);
    assert!(figure >= recorded, "{name} fell to {figure:.4}, recorded was {recorded:.4}");
}

#[test]
fn names_are_found_as_well_as_recorded() {
    let Some(shared) = shared() else { return };
    let set = known(&shared.join("entities/ner_dev_worldwide.jsonl"));
    let [person, body, place, all] = score(&set, recognise_in).map(|counts| counts.f1());
    at_least("persons", person, 0.893);
    at_least("organisations", body, 0.71);
    at_least("places", place, 0.785);
    at_least("all names", all, 0.794);
}

#[test]
fn names_in_other_languages_are_found_as_well_as_recorded() {
    let recorded = [
        ("de", 0.91),
        ("es", 0.86),
        ("fr", 0.86),
        ("pt", 0.89),
        ("ru", 0.88),
        ("tr", 0.88),
        ("uk", 0.87),
    ];
    for ((language, text), (same, floor)) in FOREIGN.into_iter().zip(recorded) {
        assert_eq!(language, same);
        let [.., all] = score(&marked(language, text), recognise_in);
        at_least(language, all.f1(), floor);
    }
}

/// The body of the reference scrape; `None` where the shared data is not there.
fn reference_body() -> Option<String> {
    let path = shared()?.join("seed/kazakhstan-coup-attempt.scrape.txt");
    let raw = std::fs::read_to_string(path).ok()?;
    let body = &raw[raw.find("Kazakhstan said Thursday")?..raw.rfind("GMT.")? + "GMT.".len()];
    Some(body.to_owned())
}

#[test]
fn the_reference_scrape_gives_what_a_reader_finds() {
    let Some(body) = reference_body() else { return };
    let story = story("", &body);
    let mentions = recognise(&story);
    let mut found: Vec<String> = group(&story, &mentions)
        .iter()
        .map(|it| format!("{} {}", it.kind, it.forms.join("/")))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "org AFP",
            "org International Monetary Fund",
            "org National Security Committee",
            "org Organization for Security and Cooperation in Europe/OSCE",
            "person Aidar Ergaly",
            "person Andrei Chebotarev",
            "person Asset Terirgaliyev",
            "person Janiya Nakizbekova",
            "person Kassym-Jomart Tokayev/Tokayev",
            "person Mukhtar Ablyazov/Ablyazov",
            "person Nursultan Nazarbayev/Nazarbayev",
            "person Svetlana Kadysheva",
            "place Almaty",
            "place Beijing",
            "place China",
            "place France",
            "place Kazakhstan",
            "place Moscow",
            "place Russia",
            "place Ukraine",
        ]
    );
    let regions = locate(&story, &mentions);
    assert_eq!(regions.about.first().map(ToString::to_string).as_deref(), Some("KZ"));
    let countries: Vec<_> = regions.countries.iter().map(ToString::to_string).collect();
    assert_eq!(countries, ["CN", "FR", "KZ", "RU", "UA"]);
}
