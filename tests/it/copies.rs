//! Planted copies form families and nothing else does; an update gives the families of a rebuild,
//! whatever was added, changed, moved, deleted or compacted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dateline::article::ArticleId;
use dateline::copies::Likeness;
use dateline::extract::Naming;
use dateline::index::verify::{Problem, Sources, repair, verify};
use dateline::index::{ArchiveReader, IndexRequest, Learning, Mode, compact, delete, update};
use serde_json::{Value, json};

use crate::sandbox::{Sandbox, parsed, text, with_corpus};

/// A sequence of numbers that never changes (splitmix64, Steele et al. 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).expect("below a limit")
    }

    fn of<'a>(&mut self, words: &'a str) -> &'a str {
        let words: Vec<_> = words.split(' ').collect();
        words[self.below(words.len())]
    }
}

const WHO: &str =
    "council mayor governor minister court bank union school army club committee press";
const DID: &str = "opened closed praised sold bought rebuilt refused counted visited joined paid";
const WHAT: &str =
    "bridge harbour railway library market budget election stadium mine hospital dam";
const HOW: &str = "quietly again together slowly openly reluctantly twice early finally alone";
const WHERE: &str = "Almaty Oslo Quito Lagos Hanoi Perth Dakar Turin Leeds Natal Cairo Delhi";

/// Sentences of a story; those of another number are others, on much the same matter.
fn sentences(story: u64, count: usize) -> Vec<String> {
    let mut random = Random(story.wrapping_mul(0x1234_5678_9abc_def1));
    let sentence = |_| {
        format!(
            "The {} in {} {} {} the {} and the {} for {} days, the {} of {} said.",
            random.of(WHO),
            random.of(WHERE),
            random.of(HOW),
            random.of(DID),
            random.of(WHAT),
            random.of(WHAT),
            10 + random.below(900),
            random.of(WHO),
            random.of(WHERE),
        )
    };
    (0..count).map(sentence).collect()
}

fn story(number: u64) -> String {
    sentences(number, 12).join(" ")
}

fn record(title: &str, body: &str, publisher: &str, date: Option<&str>) -> String {
    let record = json!({"title": title, "text": body, "source": publisher, "date": date});
    format!("{record}\n")
}

/// The families at a level, as sets of ids; who is alone is in none.
fn families(index: &Path, level: Likeness) -> BTreeSet<BTreeSet<ArticleId>> {
    let archive = ArchiveReader::open(index).expect("an index");
    let mut families: BTreeMap<u64, BTreeSet<ArticleId>> = BTreeMap::new();
    for (id, family) in archive.family_of_each(level).expect("families") {
        families.entry(family).or_default().insert(id);
    }
    families.into_values().filter(|family| family.len() > 1).collect()
}

fn all_levels(index: &Path) -> Vec<BTreeSet<BTreeSet<ArticleId>>> {
    Likeness::ALL.iter().map(|&level| families(index, level)).collect()
}

/// The families at a level of records of one file, by their numbers.
fn of_records(lines: &[String], level: Likeness) -> Vec<Vec<u32>> {
    let sandbox = Sandbox::new();
    sandbox.write("a.jsonl", lines.concat());
    sandbox.done("index -q a.jsonl");
    let number: BTreeMap<_, _> =
        (0..50).map(|number| (ArticleId::new("a.jsonl", number), number)).collect();
    let families = families(&sandbox.path().join("index"), level);
    let mut families: Vec<Vec<u32>> =
        families.iter().map(|family| family.iter().map(|id| number[id]).collect()).collect();
    for family in &mut families {
        family.sort_unstable();
    }
    families.sort();
    families
}

#[test]
fn planted_copies_form_families_and_stories_on_one_topic_do_not() {
    let whole = sentences(1, 14);
    let light = whole.join(" ").replacen("said", "told reporters", 2);
    let around = |number| sentences(number, 8).join(" ");
    let lines = [
        record("Council opens bridge", &whole.join(" "), "Wire", Some("2022-11-20")),
        record("Council opens bridge", &whole.join(" "), "Herald", Some("2022-11-21")),
        record("A bridge at last", &whole.join(" "), "Gazette", None),
        record("Council opens bridge", &light, "Courier", Some("2022-11-21")),
        record("Short of it", &whole[..9].join(" "), "Flash", Some("2022-11-22")),
        record(
            "The week",
            &format!("{}\n{}\n{}", around(2), whole[..13].join(" "), around(3)),
            "Review",
            Some("2022-11-25"),
        ),
        record("Council opens another bridge", &story(4), "Herald", Some("2022-11-20")),
        record("Council opens a third bridge", &story(5), "Herald", Some("2022-11-20")),
        record("Brief", "The council met.", "Herald", None),
        record("Another brief", "The council met.", "Herald", None),
        record("Brief", "The council met.", "Gazette", None),
    ];
    assert_eq!(of_records(&lines, Likeness::Exact), [vec![0, 1, 2], vec![8, 10]]);
    assert_eq!(of_records(&lines, Likeness::High), [vec![0, 1, 2, 3], vec![8, 10]]);
    assert_eq!(of_records(&lines, Likeness::Moderate), [vec![0, 1, 2, 3, 4], vec![8, 10]]);
    assert_eq!(of_records(&lines, Likeness::Part), [vec![0, 1, 2, 3, 4, 5], vec![8, 10]]);
}

#[test]
fn a_story_that_hundreds_printed_is_one_family() {
    let text = story(1);
    let copy = |number: usize| {
        // Each with a touch of its own, so that no two are the same.
        let text = text.replacen("the", &format!("the {number}th"), 1 + number % 3);
        record(&format!("Paper {number}"), &text, "Paper", None)
    };
    let lines: Vec<_> = (0..200).map(copy).chain([record("Other", &story(2), "P", None)]).collect();
    let sandbox = Sandbox::new();
    sandbox.write("a.jsonl", lines.concat());
    sandbox.done("index -q a.jsonl");
    let found = families(&sandbox.path().join("index"), Likeness::High);
    assert_eq!(found.iter().map(BTreeSet::len).collect::<Vec<_>>(), [200]);
}

#[test]
fn the_copies_of_the_sample_archive_form_a_family_and_nothing_else_does() {
    let sandbox = with_corpus();
    sandbox.done("index -q corpus");
    let found = families(&sandbox.path().join("index"), Likeness::Part);
    let copies = [
        ("corpus/wires/meridian-newswire.jsonl", 0),
        ("corpus/portal/kazakhstan-tokayev-wins-observers.txt", 0),
        ("corpus/steppe-courier/observers-tokayev-kazakhstan-vote.html", 0),
        ("corpus/harbour-gazette/monitors-kazakhstan-vote-lacked-choice.html", 0),
        ("corpus/wires/northlight.jsonl", 0),
    ];
    let copies = copies.map(|(path, record)| ArticleId::new(path, record));
    assert_eq!(found, BTreeSet::from([BTreeSet::from(copies)]));
}

/// Changes some of the files of an archive: stories, copies of them in various states, and files that
/// move and go.
fn change(news: &Path, random: &mut Random) {
    for _ in 0..=random.below(6) {
        let path = news.join(format!("{}.jsonl", random.below(12)));
        let moved = news.join(format!("moved-{}.jsonl", random.below(4)));
        match random.below(8) {
            0 => drop(fs::remove_file(path)),
            1 if path.exists() && !moved.exists() => fs::rename(path, moved).expect("moved"),
            _ => {
                let records = (0..=random.below(3)).map(|_| {
                    let number = random.below(5) as u64;
                    let mut text = sentences(number, 12);
                    match random.below(6) {
                        0 => text.truncate(8),
                        1 => text.extend(sentences(100 + random.below(90) as u64, 10)),
                        2 => text.rotate_left(3),
                        3 => text[4] = "A sentence of our own.".into(),
                        4 => text.truncate(5),
                        _ => {}
                    }
                    // No two have the same bytes: whoever deletes one deletes them all.
                    let title = format!("Story {number} as told {}", random.below(1_000_000));
                    record(&title, &text.join(" "), "Paper", None)
                });
                fs::write(path, records.collect::<String>()).expect("written");
            }
        }
    }
}

#[test]
fn an_update_gives_the_families_of_a_rebuild() {
    let mut random = Random(7);
    let sandbox = Sandbox::new();
    let (news, index) = (sandbox.path().join("news"), sandbox.path().join("index"));
    fs::create_dir(&news).expect("made");
    let request = IndexRequest {
        naming: Naming::Off,
        learning: Learning::Off,
        threads: 2,
        ..IndexRequest::update([&news])
    };
    let mut joined = 0;
    for round in 0..25 {
        change(&news, &mut random);
        update(&index, &request, &mut |_| ()).expect("updated");
        match random.below(6) {
            0 => drop(compact(&index).expect("compacted")),
            1 => {
                let path = news.join(format!("{}.jsonl", random.below(12)));
                let first = ArticleId::new(&path.to_string_lossy(), 0);
                let choose = |archive: &ArchiveReader| {
                    let all = archive.family_of_each(Likeness::Part)?;
                    Ok(all.into_iter().map(|(id, _)| id).filter(|id| *id == first).collect())
                };
                delete(&index, false, choose).expect("deleted");
            }
            _ => {}
        }
        let updated = all_levels(&index);
        let found = verify(&index, Sources::Ignored).expect("verified");
        assert_eq!(found.findings, [], "round {round}");
        // A rebuild keeps what was deleted by hand out, as the update did.
        let copy = sandbox.path().join(format!("copy-{round}"));
        copy_folder(&index, &copy);
        let rebuild = IndexRequest { mode: Mode::Rebuild, ..request.clone() };
        update(&copy, &rebuild, &mut |_| ()).expect("rebuilt");
        assert_eq!(updated, all_levels(&copy), "round {round}");
        fs::remove_dir_all(&copy).expect("removed");
        joined += updated[3].len();
    }
    assert!(joined > 25, "there were copies to be found: {joined}");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).expect("made");
    for entry in fs::read_dir(from).expect("read").filter_map(Result::ok) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy_folder(&from, &to);
        } else {
            fs::copy(from, to).expect("copied");
        }
    }
}

#[test]
fn damaged_families_are_found_and_made_anew() {
    let sandbox = with_corpus();
    sandbox.done("index -q corpus");
    let index = sandbox.path().join("index");
    let sound = all_levels(&index);
    let data = fs::read_dir(index.join("data-1")).expect("read").filter_map(Result::ok);
    let files: Vec<_> = data
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            name.starts_with("families") || name.starts_with("sketches")
        })
        .collect();
    assert_eq!(files.len(), 3, "{files:?}");
    for path in files {
        let whole = fs::read(&path).expect("read");
        for damaged in [whole[..whole.len() / 2].to_vec(), vec![b'x'; whole.len()], Vec::new()] {
            fs::write(&path, damaged).expect("written");
            let found = verify(&index, Sources::Ignored).expect("verified");
            let problems: BTreeSet<_> = found.findings.iter().map(|it| it.problem).collect();
            assert_eq!(problems, BTreeSet::from([Problem::Families]), "{}", path.display());
            repair(&index).expect("repaired");
            sandbox.done("index -q corpus");
            assert_eq!(verify(&index, Sources::Ignored).expect("verified").findings, []);
            assert_eq!(all_levels(&index), sound);
            if !path.exists() {
                break;
            }
        }
    }
}

fn fits(said: &str) {
    for line in said.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn family_lists_copies_oldest_first_in_every_format() {
    let sandbox = with_corpus();
    let portal = "corpus/portal/kazakhstan-tokayev-wins-observers.txt";
    let family = |options: &str| sandbox.done(&format!("family {portal}{options}"));
    fits(&family(""));
    let answer = parsed(&family(" -f json"));
    assert_eq!(answer["copies"], json!(4));
    let members = answer["members"].as_array().expect("a list");
    let told = |key: &str| members.iter().map(|it| it[key].clone()).collect::<Vec<_>>();
    assert_eq!(told("is_first"), [true, false, false, false, false].map(Value::from));
    assert_eq!(
        told("likeness"),
        [json!(null), json!("high"), json!("moderate"), json!("part"), json!("high")]
    );
    assert_eq!(members[0]["id"], answer["family"]);
    assert_eq!(text(&members[0]["path"]), "corpus/wires/meridian-newswire.jsonl");
    assert!(members[4]["date"].is_null(), "undated last");
    assert_eq!(answer["publishers"].as_array().map(Vec::len), Some(5));
    assert_eq!(family(" -f jsonl").lines().count(), 5);
    assert_eq!(family(" -f csv").lines().count(), 6);
    let closest = parsed(&family(" --copies high -f json"));
    assert_eq!(closest["articles"], json!(3));
    let said = sandbox.run(["family", "corpus/alpine-wire/what-election-observers-do.html"]);
    assert_eq!(said.code, Some(1), "no copies are nothing found: {}", said.err);
    let said = sandbox.run(["family", "corpus/wires/northlight.jsonl"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("10 articles"), "{}", said.err);
}

#[test]
fn diff_marks_what_an_editor_changed() {
    let sandbox = with_corpus();
    let line = "diff corpus/steppe-courier/observers-tokayev-kazakhstan-vote.html \
                corpus/harbour-gazette/monitors-kazakhstan-vote-lacked-choice.html";
    let table = sandbox.done(line);
    fits(&table);
    assert!(table.contains("[-percent-] {+per cent+}"), "{table}");
    assert!(table.contains("(2 paragraphs as before)"), "{table}");
    let answer = parsed(&sandbox.done(&format!("{line} -f json")));
    assert_eq!((&answer["likeness"], &answer["title_changed"]), (&json!("moderate"), &json!(true)));
    let segments = answer["segments"].as_array().expect("a list");
    let words = |change: &str| {
        let of = segments.iter().filter(|it| it["part"] == "body" && it["change"] == change);
        let text: String = of.map(|it| text(&it["text"])).collect();
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count()
    };
    let removed = usize::try_from(answer["removed"].as_u64().expect("a number")).expect("few");
    assert!(words("removed").abs_diff(removed) <= 2, "{removed} {}", words("removed"));
    for (format, least) in [("jsonl", 10), ("csv", 10)] {
        assert!(sandbox.done(&format!("{line} -f {format}")).lines().count() > least);
    }
    let one = "corpus/alpine-wire/what-election-observers-do.html";
    assert_eq!(sandbox.run(["diff", one, one]).code, Some(1), "nothing tells them apart");
}

#[test]
fn first_names_the_earliest_of_each_story_and_counts_the_others() {
    let sandbox = with_corpus();
    let line = "first -n 50 Kazakhstan election OSCE";
    fits(&sandbox.done(line));
    let answer = parsed(&sandbox.done(&format!("{line} -f json")));
    let stories = answer["stories"].as_array().expect("a list");
    let total =
        |key: &str| stories.iter().map(|it| it[key].as_u64().expect("a number")).sum::<u64>();
    assert_eq!(answer["stories_total"], json!(stories.len()));
    assert_eq!(json!(total("matching")), answer["total"], "each article is of one story");
    assert_eq!(total("copies"), 4);
    let dates: Vec<_> = stories.iter().map(|it| text(&it["date"])).collect();
    let n_dated = dates.iter().take_while(|date| !date.is_empty()).count();
    assert!(dates[..n_dated].is_sorted());
    assert_eq!(json!(dates.len() - n_dated), answer["stories_undated"]);
    let copied = stories.iter().find(|it| it["copies"] == 4).expect("the wire story");
    assert_eq!(text(&copied["path"]), "corpus/wires/meridian-newswire.jsonl");
    assert_eq!((&copied["publishers"], &copied["undated"]), (&json!(4), &json!(1)));
    assert_eq!(copied["last"], json!("2022-11-22"));
    assert_eq!(sandbox.done(&format!("{line} -f csv")).lines().count(), stories.len() + 1);
    let skipped = sandbox.done("first -n 2 --offset 3 -f jsonl Kazakhstan election OSCE");
    let first = skipped.lines().next().map(|line| text(&parsed(line)["id"]));
    assert_eq!(first, Some(text(&stories[3]["id"])));
    assert_eq!(sandbox.run(["first", "zebra"]).code, Some(1));
}

#[test]
fn stories_are_found_by_the_agency_that_they_credit() {
    let sandbox = Sandbox::new();
    let lines = [
        record("Bridge opens", &format!("ALMATY (Reuters) - {}", story(1)), "Herald", None),
        record("Bridge shut", &format!("{} (AFP)", story(2)), "Herald", None),
        record("No bridge", &story(3), "Herald", None),
    ];
    sandbox.write("a.jsonl", lines.concat());
    sandbox.done("index -q a.jsonl");
    for (query, found) in
        [("wire:reuters", "1"), ("agency:Reuters,AFP", "2"), ("wire:*", "2"), ("wire:none", "1")]
    {
        assert_eq!(sandbox.done(&format!("search -c {query}")).trim(), found, "{query}");
    }
}
