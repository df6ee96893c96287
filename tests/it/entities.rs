//! One entity, many names.
//!
//! - A name finds whoever has it, under any other name; with `=` it finds itself alone.
//! - Facets have one line for each, and count an article once.
//! - Nothing is joined but by form or by hand; what is taken apart stays apart.
//! - The file of aliases outlives the index, and what is wrong in it is told and passed over.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use dateline::alias::{AliasFile, Aliases};
use dateline::article::EntityKind;
use dateline::index::ArchiveReader;
use dateline::query::Query;
use dateline::record::ArticleRecord;
use dateline::search::{FacetField, Matching, Unit, facets};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::sandbox::{Said, Sandbox, parsed, text};

/// Articles with the names of a president, an observer, growers and a kingdom.
const ARTICLES: [(&str, &str); 11] = [
    (
        "talks",
        "President Kassym-Jomart Tokayev opened talks on the harbour on Monday. Mr Tokayev met \
         Mrs Marta Lindqvist in Astana. He said that Kazakhstan would publish the agreement.",
    ),
    (
        "railway",
        "The first train went on Tuesday. President Kassym-Jomart Tokayev rode from Astana to \
         Almaty. Mrs Marta Lindqvist, who was a guest, praised the work of Kazakhstan.",
    ),
    (
        "coast",
        "On Sunday President Qasym-Jomart Toqaev visited the coast of Kazakhstan. In Astana he \
         was met by Mrs Marta Lindqvist, and spoke of a bridge in Almaty.",
    ),
    (
        "thanks",
        "The guests came to Almaty on Monday. President Toqaev said that they were welcome in \
         Kazakhstan, and Mrs Lindqvist thanked him.",
    ),
    (
        "both",
        "President Kassym-Jomart Tokayev spoke in Almaty on Friday. The poster on the wall said \
         President Toqaev, and Mrs Marta Lindqvist laughed.",
    ),
    (
        "apples",
        "The price of apples rose in Britain. The market in London was calm on Wednesday, said \
         Mrs Helen Orchard, who sells them.",
    ),
    (
        "farmers",
        "In London, farmers from the United Kingdom met Mrs Helen Orchard on Thursday. Mrs \
         Orchard said that help would come soon.",
    ),
    (
        "harvest",
        "In London, Mrs Orchard said that the harvest had been good. Growers in the U.K. agreed \
         on Friday.",
    ),
    (
        "pears",
        "The shops of London want more pears from Kent, said Mr Samuel Orchard, who grows them.",
    ),
    (
        "observers",
        "Observers from the Organization for Security and Co-operation in Europe (OSCE) came to \
         Almaty on Monday. The OSCE had been asked to come.",
    ),
    ("mission", "In Almaty the mission of the OSCE opened on Tuesday. The OSCE will stay."),
];

fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, body) in ARTICLES {
        sandbox.write(
            &format!("news/{name}.json"),
            json!({ "title": name, "body": body }).to_string(),
        );
    }
    sandbox.done("index -q news");
    sandbox
}

/// The articles that a question finds, by their files.
fn found(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let all =
        [&["search", "--copies", "show", "-n", "100", "--format", "paths"], arguments].concat();
    let said = sandbox.run(&all);
    assert!(matches!(said.code, Some(0 | 1)), "{arguments:?} said\n{}", said.err);
    let names =
        said.out.lines().map(|path| path.trim_start_matches("news/").trim_end_matches(".json"));
    names.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
}

/// The values of a field with their articles.
fn counted(sandbox: &Sandbox, arguments: &[&str]) -> BTreeMap<String, u64> {
    let all = [&["facets", "--format", "json", "-n", "0"], arguments].concat();
    let counts = parsed(&sandbox.run(&all).out);
    let values = counts["values"].as_array().expect("values");
    let articles = |value: &Value| value["articles"].as_u64().expect("a number");
    values.iter().map(|value| (text(&value["value"]), articles(value))).collect()
}

fn entities(sandbox: &Sandbox, arguments: &[&str]) -> Said {
    sandbox.run([&["entities"], arguments].concat())
}

#[track_caller]
fn done(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let said = entities(sandbox, arguments);
    assert_eq!(said.code, Some(0), "{arguments:?} said\n{}{}", said.out, said.err);
    said.out
}

/// The names that are listed for persons, and how each stands.
fn listed(sandbox: &Sandbox) -> BTreeMap<String, String> {
    let said = entities(sandbox, &["list", "--kind", "person", "--format", "jsonl"]);
    let entries = said.out.lines().map(parsed);
    let names = entries.flat_map(|entry| entry["names"].as_array().expect("names").clone());
    names.map(|name| (text(&name["name"]), text(&name["standing"]))).collect()
}

fn file(sandbox: &Sandbox) -> String {
    std::fs::read_to_string(sandbox.path().join("index/aliases.txt")).unwrap_or_default()
}

const TOKAYEV: [&str; 3] = ["Kassym-Jomart Tokayev", "Qasym-Jomart Toqaev", "Toqaev"];

#[test]
fn a_name_with_an_equals_sign_finds_itself_alone() {
    let sandbox = archive();
    for (query, articles) in [
        ("person:Tokayev", "both railway talks"),
        ("person:=Tokayev", "talks"),
        ("person:=\"Kassym-Jomart Tokayev\"", "both railway talks"),
        ("person:=\"KASSYM JOMART TOKAYEV\"", "both railway talks"),
        ("person:Toqaev", "both coast thanks"),
        ("person:=Toqaev", "both thanks"),
        ("person:=(Toqaev)", ""),
        ("person:(=Tokayev =Toqaev)", "both talks thanks"),
        ("org:=OSCE", "mission observers"),
        ("org:=\"Organization for Security and Co-operation in Europe\"", "observers"),
        ("place:=Britain", "apples"),
        ("entity:=London -person:=\"Helen Orchard\"", "harvest pears"),
    ] {
        assert_eq!(found(&sandbox, &[query]), articles, "for `{query}`");
    }
}

#[test]
fn what_is_certain_by_the_names_is_joined_unless_it_is_not_wanted() {
    let sandbox = archive();
    assert_eq!(found(&sandbox, &["place:Britain"]), "apples farmers harvest");
    assert_eq!(found(&sandbox, &["org:Organization"]), "mission observers");
    let places = counted(&sandbox, &["place"]);
    assert_eq!(places["United Kingdom"], 3, "{places:?}");
    assert!(!places.contains_key("Britain") && !places.contains_key("U.K."), "{places:?}");
    let raw = counted(&sandbox, &["place", "--no-aliases"]);
    assert_eq!((raw["Britain"], raw["U.K."], raw["United Kingdom"]), (1, 1, 1));
    assert_eq!(found(&sandbox, &["--no-aliases", "place:Britain"]), "apples");
    let list = done(&sandbox, &["list", "--kind", "place"]);
    insta::assert_snapshot!(list, @r"
    United Kingdom: place, 3 articles
                1  United Kingdom
      auto      1  Britain
      auto      1  U.K.
    ");
    done(&sandbox, &["split", "Britain"]);
    assert_eq!(found(&sandbox, &["place:Britain"]), "apples");
    assert_eq!(counted(&sandbox, &["place"])["United Kingdom"], 2);
}

#[test]
fn merged_names_find_and_count_each_other() {
    let sandbox = archive();
    let said = done(&sandbox, &[&["merge"], &TOKAYEV[..]].concat());
    assert_eq!(said, "person: Kassym-Jomart Tokayev | Qasym-Jomart Toqaev | Toqaev\n");
    for name in ["Toqaev", "Tokayev", "\"Qasym-Jomart Toqaev\"", "Toqa*"] {
        assert_eq!(
            found(&sandbox, &[&format!("person:{name}")]),
            "both coast railway talks thanks",
            "{name}"
        );
    }
    assert_eq!(found(&sandbox, &["person:=Toqaev"]), "both thanks");
    let persons = counted(&sandbox, &["person"]);
    assert_eq!(persons["Kassym-Jomart Tokayev"], 5, "{persons:?}");
    assert!(!persons.contains_key("Toqaev") && !persons.contains_key("Qasym-Jomart Toqaev"));
    // Hits keep what stands in the article.
    let hits = sandbox.done("search --format jsonl person:Toqaev");
    assert!(
        hits.contains(r#""name":"Toqaev""#) && hits.contains(r#""name":"Qasym-Jomart Toqaev""#)
    );
}

#[test]
fn what_is_likely_is_proposed_and_can_be_taken_over() {
    let sandbox = archive();
    assert_eq!(found(&sandbox, &["person:\"Marta Lindqvist\""]), "both coast railway talks");
    let list = done(&sandbox, &["list", "lindqvist"]);
    insta::assert_snapshot!(list, @r"
    Marta Lindqvist: person, 5 articles
                4  Marta Lindqvist
      proposed  1  Lindqvist (4 of 4 articles with this last name; 4 names in
                   common)
    ");
    insta::assert_snapshot!(done(&sandbox, &["list", "lindqvist", "--format", "csv"]), @r"
    kind,entity,name,articles,standing,reason,detail,company
    person,Marta Lindqvist,Marta Lindqvist,4,head,,,
    person,Marta Lindqvist,Lindqvist,1,proposed,last-name,4 of 4 articles with this last name,4
    ");
    // Two persons have that name, and none has nine articles of ten.
    assert!(!listed(&sandbox).contains_key("Orchard"), "{:?}", listed(&sandbox));
    assert_eq!(entities(&sandbox, &["list", "--min", "99"]).code, Some(1));

    let said = done(&sandbox, &["merge", "--proposed", "lindqvist"]);
    assert_eq!(
        said,
        "person: Marta Lindqvist | Lindqvist  # 4 of 4 articles with this last name\n"
    );
    assert_eq!(found(&sandbox, &["person:\"Marta Lindqvist\""]), "both coast railway talks thanks");
    assert_eq!(listed(&sandbox)["Lindqvist"], "merged");
    let again = entities(&sandbox, &["merge", "--proposed", "lindqvist"]);
    assert_eq!((again.code, again.out.as_str()), (Some(1), ""));
}

#[test]
fn a_split_outlasts_learning_updates_and_rebuilds() {
    let sandbox = archive();
    done(&sandbox, &["merge", "--proposed", "lindqvist"]);
    done(&sandbox, &["split", "Lindqvist"]);
    let kept = file(&sandbox);
    assert!(kept.ends_with("\nnot person: Lindqvist\n") && !kept.contains("| Lindqvist"), "{kept}");
    sandbox
        .write("news/more.json", r#"{"title":"more","body":"In Astana, Mrs Lindqvist said no."}"#);
    for line in ["index -q news", "index -q --rebuild news", "compact"] {
        sandbox.done(line);
        assert!(!listed(&sandbox).contains_key("Lindqvist"), "after `{line}`");
        assert_eq!(file(&sandbox), kept, "after `{line}`");
    }
    assert_eq!(found(&sandbox, &["person:\"Marta Lindqvist\""]), "both coast railway talks");
    sandbox.done("verify");
}

#[test]
fn what_is_wrong_in_a_file_is_told_and_passed_over() {
    let sandbox = archive();
    sandbox.write(
        "index/aliases.txt",
        "# mine\nperson: Toqaev\nperson: Kassym-Jomart Tokayev | Toqaev\n",
    );
    let said = sandbox.run(["search", "--format", "paths", "person:Toqaev"]);
    let warning = "warning: `index/aliases.txt` line 2: it names too few to say anything";
    assert!(said.err.lines().any(|line| line == warning), "{}", said.err);
    assert_eq!(found(&sandbox, &["person:Toqaev"]), "both coast railway talks thanks");

    sandbox.write("other.txt", "person: Helen Orchard | Orchard\nperson: Ann | Toqaev\n");
    let other = ["--aliases", "other.txt"];
    assert_eq!(
        found(&sandbox, &[&other[..], &["person:Helen"]].concat()),
        "apples farmers harvest"
    );
    let said = sandbox.run([&["facets", "person"], &other[..]].concat());
    let warning =
        "warning: `other.txt` line 2: `Toqaev` is a name of `Kassym-Jomart Tokayev` already";
    assert!(said.err.lines().any(|line| line == warning), "{}", said.err);
    let alone = [&other[..], &["--no-aliases", "person:Tokayev"]].concat();
    assert_eq!(found(&sandbox, &alone), "both railway talks");
    assert_eq!(sandbox.run(["search", "--aliases", "none.txt", "x"]).code, Some(2));
}

#[test]
fn what_is_no_name_is_refused_and_changes_nothing() {
    let sandbox = archive();
    for (arguments, complaint) in [
        (&["merge", "Toqaev"] as &[&str], "spellings of one name"),
        (&["merge", "Toqaev", "TOQAEV"], "spellings of one name"),
        (&["merge", "Toqaev", "a | b"], "cannot stand in a file of aliases"),
        (&["merge", "Nobody", "Noone"], "say what it names"),
        (&["split", "Nobody"], "say what it names"),
        (&["split", "--kind", "colour", "Toqaev"], "invalid value"),
        (&["merge"], "required"),
    ] {
        let said = entities(&sandbox, arguments);
        assert_eq!(said.code, Some(2), "{arguments:?}");
        assert!(said.err.contains(complaint), "{arguments:?} said\n{}", said.err);
    }
    assert_eq!(file(&sandbox), "");
    let said = entities(&sandbox, &["merge", "Toqaev", "The Leader"]);
    assert_eq!(said.code, Some(0));
    assert!(said.err.contains("no article has `The Leader`"), "{}", said.err);
}

/// `DATELINE_FAULT` is heard by builds with debug assertions only.
#[cfg(debug_assertions)]
#[test]
fn a_crash_leaves_the_file_before_or_after() {
    let sandbox = archive();
    sandbox.write("index/aliases.txt", "# mine\n");
    for step in 1..10 {
        let before = file(&sandbox);
        let mut command = sandbox.command(["entities", "merge", "Kassym-Jomart Tokayev", "Toqaev"]);
        let said = sandbox.said(command.env("DATELINE_FAULT", format!("crash:{step}")));
        let after = file(&sandbox);
        assert!(
            after == before || after == "# mine\nperson: Kassym-Jomart Tokayev | Toqaev\n",
            "{after}"
        );
        if said.code == Some(0) || after != before {
            assert!(step > 2);
            return;
        }
    }
    panic!("no run without a crash");
}

/// The names that each article has for persons.
fn named(reader: &ArchiveReader) -> Vec<BTreeSet<String>> {
    let articles = ARTICLES
        .iter()
        .flat_map(|(name, _)| reader.find(&format!("news/{name}.json")).expect("an article"));
    let persons = |article: ArticleRecord| {
        let persons = article.entities.into_iter().filter(|entity| entity.kind == "person");
        persons.map(|entity| entity.name).collect()
    };
    articles.map(persons).collect()
}

#[test]
fn no_article_is_counted_twice_whatever_is_joined() {
    let sandbox = archive();
    let reader = ArchiveReader::open(&sandbox.path().join("index")).expect("an index");
    let articles = named(&reader);
    let reader = RefCell::new(reader);
    let names: BTreeSet<String> = articles.iter().flatten().cloned().collect();
    let names: Vec<String> = names.into_iter().collect();
    assert!(names.len() >= 6, "{names:?}");
    let groups = proptest::collection::vec(0..4_usize, names.len());
    let mut runner = TestRunner::new(Config { cases: 200, ..Config::default() });
    let outcome = runner.run(&groups, |groups| {
        let group = |wanted| {
            names
                .iter()
                .zip(&groups)
                .filter(move |(_, group)| **group == wanted)
                .map(|(name, _)| name.as_str())
        };
        // The names of group 0 stay as they are.
        let lines = (1..4)
            .map(|wanted| format!("person: {}", group(wanted).collect::<Vec<_>>().join(" | ")));
        let mut aliases = Aliases::none();
        let _ = aliases.add(&AliasFile::parse(&lines.collect::<Vec<_>>().join("\n")));
        reader.borrow_mut().set_aliases(aliases.clone());
        let reader = reader.borrow();
        let counted = facets(
            &reader,
            FacetField::Person,
            &Query::All,
            Matching::AllWords,
            Unit::Articles,
            usize::MAX,
        )
        .expect("counted");

        let head = |name: &String| {
            let cluster = aliases.cluster(EntityKind::Person, name);
            cluster.map_or(name.clone(), |cluster| cluster.head().to_owned())
        };
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        for article in &articles {
            let heads: BTreeSet<String> = article.iter().map(head).collect();
            for head in heads {
                *expected.entry(head).or_default() += 1;
            }
        }
        let without = articles.iter().filter(|article| article.is_empty()).count() as u64;
        let (total, none) = (counted.total.articles, counted.without.articles);
        prop_assert_eq!((total, none), (articles.len() as u64, without));
        prop_assert_eq!(counted.distinct, expected.len());
        let values = counted.values.into_iter().map(|(name, tally)| (name, tally.articles));
        prop_assert_eq!(values.collect::<BTreeMap<_, _>>(), expected);
        Ok(())
    });
    assert_eq!(outcome, Ok(()));
}
