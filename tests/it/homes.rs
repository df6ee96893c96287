//! Where a publisher is at home is learned from the archive.
//!
//! - A town that several countries have is the one near the publisher, and an article that names no
//!   place is of the publisher's country; both are marked as such.
//! - It does not matter in how many runs the articles came, or which of them went: an update gives
//!   what a rebuild gives.
//! - From enough articles on a home stands. It can be learned anew, and not at all.
//! - A publisher that writes of many countries is at home in none.
//! - Publishers that share a file do not mix.

use std::ops::Range;

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, parsed};

/// Stories that name towns of Texas, and what tells that they are there.
const TOWNS: [&str; 4] =
    ["Longview", "Lubbock, Texas", "Abilene, Texas, and in Waco", "Amarillo in Texas"];

fn article(publisher: &str, number: u32, text: &str) -> String {
    let title = format!("Report {number}");
    json!({"id": format!("{publisher}-{number}"), "title": title, "publisher": publisher, "text": text})
        .to_string()
}

fn local(number: u32) -> String {
    let town = TOWNS[usize::try_from(number).expect("small") % TOWNS.len()];
    article(
        "Lone Gull",
        number,
        &format!("A barn burned down in {town} on Friday, number {number}."),
    )
}

/// Writes articles of the local paper, one in a file.
fn write(sandbox: &Sandbox, numbers: Range<u32>) {
    for number in numbers {
        sandbox.write(&format!("corpus/{number:03}.jsonl"), local(number));
    }
}

/// Two articles that do not say where they are from.
fn write_open(sandbox: &Sandbox) {
    let open = [
        article("Lone Gull", 900, "A barn burned down in Paris on Friday."),
        article("Lone Gull", 901, "The council met and the council left."),
    ];
    sandbox.write("corpus/open.jsonl", open.join("\n"));
}

/// Every article with the countries that it is about, and whether the publisher told them.
fn regions(sandbox: &Sandbox) -> Vec<String> {
    let hits = sandbox.done("search --copies show -n 1000 --format jsonl *");
    let mut lines: Vec<String> = hits.lines().map(|line| region(&parsed(line))).collect();
    lines.sort();
    lines
}

fn region(hit: &Value) -> String {
    let clues = hit["regions"].as_array().into_iter().flatten();
    let mut clues = clues.flat_map(|region| region["clues"].as_array().into_iter().flatten());
    let by_publisher = clues.any(|clue| clue["kind"] == "publisher");
    json!([hit["source_id"], hit["about"], by_publisher]).to_string()
}

/// What the two open articles are about.
fn open(sandbox: &Sandbox) -> Vec<String> {
    let is_open = |line: &String| line.contains("-900\"") || line.contains("-901\"");
    regions(sandbox).into_iter().filter(is_open).collect()
}

const AT_HOME: [&str; 2] = [r#"["Lone Gull-900",["US"],true]"#, r#"["Lone Gull-901",["US"],true]"#];
const NOWHERE: [&str; 2] = [r#"["Lone Gull-900",["FR"],false]"#, r#"["Lone Gull-901",[],false]"#];

#[test]
fn a_local_paper_needs_not_say_where_it_is() {
    let sandbox = Sandbox::new();
    write(&sandbox, 0..12);
    write_open(&sandbox);
    sandbox.index("corpus");
    assert_eq!(open(&sandbox), AT_HOME);
    let found = sandbox.done("search --format jsonl about:US council");
    let hit = parsed(&found);
    assert_eq!(
        hit["regions"],
        json!([{"country": "US", "weight": 0.5, "clues": [
            {"kind": "publisher", "words": "Lone Gull", "weight": 0.5}
        ]}])
    );
    sandbox.index("--rebuild --no-learn corpus");
    assert_eq!(open(&sandbox), NOWHERE);
}

#[test]
fn an_update_places_as_a_rebuild_would() {
    let sandbox = Sandbox::new();
    write_open(&sandbox);
    // Too few to learn from, then enough, then so many that the home stands.
    for (numbers, expected) in
        [(0..3, NOWHERE), (3..10, AT_HOME), (10..40, AT_HOME), (40..43, AT_HOME)]
    {
        write(&sandbox, numbers.clone());
        sandbox.index("corpus");
        assert_eq!(open(&sandbox), expected, "after {numbers:?}");
        let updated = regions(&sandbox);
        sandbox.index("--rebuild --threads 1 corpus");
        assert_eq!(regions(&sandbox), updated, "after {numbers:?}");
    }
}

#[test]
fn articles_that_go_take_what_they_taught_with_them_until_the_home_stands() {
    let sandbox = Sandbox::new();
    write_open(&sandbox);
    write(&sandbox, 0..10);
    sandbox.index("corpus");
    assert_eq!(open(&sandbox), AT_HOME);
    for number in 2..10 {
        sandbox.remove(&format!("corpus/{number:03}.jsonl"));
    }
    sandbox.index("corpus");
    assert_eq!(open(&sandbox), NOWHERE);
    write(&sandbox, 2..40);
    sandbox.index("corpus");
    for number in 2..40 {
        sandbox.remove(&format!("corpus/{number:03}.jsonl"));
    }
    sandbox.index("corpus");
    sandbox.index("--rebuild corpus");
    assert_eq!(open(&sandbox), AT_HOME);
    sandbox.index("--rebuild --relearn corpus");
    assert_eq!(open(&sandbox), NOWHERE);
}

#[test]
fn publishers_that_share_a_file_do_not_mix() {
    let sandbox = Sandbox::new();
    let towns = ["Leeds, England", "Oslo", "Lagos in Nigeria", "Lima", "Turin, Italy"];
    let mut records = Vec::new();
    // More of one than the first pass looks at in a row, then one that is met late.
    records.extend((0..300).map(|number| {
        let town = towns[usize::try_from(number).expect("small") % towns.len()];
        article("World Gull", number, &format!("A barn burned down in {town}, number {number}."))
    }));
    records.insert(150, article("World Gull", 900, "The council met and the council left."));
    for number in 0..12 {
        records.insert(20 * usize::try_from(number).expect("small"), local(number));
    }
    records.push(article("Lone Gull", 901, "The council met and the council left."));
    sandbox.write("corpus/all.jsonl", records.join("\n"));
    sandbox.index("corpus");
    let expected = [r#"["Lone Gull-901",["US"],true]"#, r#"["World Gull-900",[],false]"#];
    assert_eq!(open(&sandbox), expected);
}
