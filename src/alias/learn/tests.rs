//! A surname is who nearly all full names with it are. Middle names, titles and legal forms join
//! unless they tell two apart. An abbreviation is what articles say. Spellings need company. Two
//! full names with one surname are two. What is kept apart stays apart.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::alias::AliasFile;

/// A census of articles, each a list of names with their kinds: `person:Ann Lee; about:KZ`. A name
/// in brackets is stated as a form of the one before it: `org:Press Union (PU)`.
fn census(articles: &[String]) -> Census {
    let mut taker = CensusTaker::default();
    for article in articles {
        let mut named = Vec::new();
        for name in article.split("; ").filter(|name| !name.is_empty()) {
            let (kind, name) = name.split_once(':').expect("a kind");
            let subject = EntityKind::from_name(kind).map_or(Subject::Country, Subject::Entity);
            let (name, short) = name.split_once(" (").unwrap_or((name, ""));
            let long = taker.spelling(subject, name);
            named.push(long);
            if let Some(short) = short.strip_suffix(')') {
                let short = taker.spelling(subject, short);
                taker.stated(short, long);
            }
        }
        taker.article(&named);
    }
    taker.finish()
}

/// Those with several names: each name with its articles, and how it stands.
fn shown(articles: &[String], file: &str) -> String {
    let mut aliases = Aliases::known();
    assert_eq!(aliases.add(&AliasFile::parse(file)), []);
    let entries = entries(&census(articles), &aliases);
    let lines = entries.iter().flat_map(|entry| {
        let heading = format!("{} {} {}", entry.kind, entry.articles, entry.head());
        let names = entry.names.iter().filter(|name| name.standing != Standing::Head);
        let names = names.map(|name| {
            let standing = match name.standing {
                Standing::Head => "head",
                Standing::InForce(Origin::Auto) => "auto",
                Standing::InForce(Origin::File) => "merged",
                Standing::Proposed(reason, _) => reason.name(),
            };
            format!("  {} {} ({standing})", name.articles, name.text)
        });
        [heading].into_iter().chain(names).collect::<Vec<_>>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Checks what is found in these articles, a line each, among many others about something else.
#[track_caller]
fn check(articles: &str, file: &str, expected: &str) {
    let mut all: Vec<String> = articles.lines().map(|line| line.trim().to_owned()).collect();
    all.extend((0..100).map(|n| format!("about:XA; place:Elsewhere {n}")));
    assert_eq!(shown(&all, file), expected.trim_end(), "in\n{articles}");
}

#[test]
fn a_surname_is_who_nearly_all_full_names_with_it_are() {
    check(
        "person:Ann Lee; place:Harbour\nperson:Ann Lee; place:Harbour\nperson:Lee; place:Harbour\n\
         person:Bo Orr; place:Quay\nperson:Bo Orr; place:Quay\nperson:Cy Orr; place:Quay\n\
         person:Orr; place:Quay\n\
         person:Di Poe; place:Quay\nperson:Poe; place:Quay\n\
         person:Ed Fox; place:Quay\nperson:Ed Fox; place:Quay\nperson:Fox; place:Hill",
        "",
        "person 3 Ann Lee\n  1 Lee (last-name)",
    );
    check(
        "person:Ann Lee; place:Quay\nperson:Ann Lee; place:Quay\nperson:Bo Lee; place:Quay\n\
         person:A. Lee; place:Quay\nperson:Mayor Lee; place:Quay\nperson:Gov. Ann Lee",
        "",
        "person 4 Ann Lee\n  1 A. Lee (last-name)\n  1 Gov. Ann Lee (title)",
    );
}

#[test]
fn middle_names_join_unless_they_tell_two_apart() {
    check(
        "person:Ann Lee; place:Quay\nperson:Ann Lee; place:Quay\nperson:Ann B. Lee; place:Quay\n\
         person:Ann Bea Lee; place:Quay\nperson:Bo Orr; place:Quay\nperson:Bo C. Orr; place:Quay\n\
         person:Bo D. Orr; place:Quay\nperson:Ed Fox; place:Hill\nperson:Ed Fox Jr; place:Hill",
        "",
        "person 4 Ann Lee\n  1 Ann B. Lee (middle-name)\n  1 Ann Bea Lee (middle-name)",
    );
}

#[test]
fn spellings_are_one_in_the_same_company_and_apart() {
    let of = |name: &str| format!("person:{name}; place:Harbour; org:Ferry Board; about:XB");
    let [a, b] = ["Volodymyr Zelensky", "Vladimir Zelenskiy"].map(of);
    let expected = "person 3 Volodymyr Zelensky\n  1 Vladimir Zelenskiy (spelling)";
    check(&[&*a, &a, &b].join("\n"), "", expected);
    let elsewhere = "person:Vladimir Zelenskiy; place:Hill; about:XC";
    check(&[&*a, &a, elsewhere].join("\n"), "", "");
    let both = format!("{a}; person:Vladimir Zelenskiy");
    check(&[&*a, &a, &both].join("\n"), "", "");
    let [a, b] = ["Ivan Petrov", "Ivana Petrova"].map(of);
    check(&[&*a, &a, &b].join("\n"), "", "");
}

#[test]
fn a_company_is_one_with_and_without_its_legal_form() {
    check(
        "org:Quill Press\norg:Quill Press Inc\norg:Quill Press Inc\n\
         org:Ember Works Ltd\norg:Ember Works Inc\norg:Ember Works\n\
         org:Mines\norg:Mines Ltd",
        "",
        "org 3 Quill Press Inc\n  1 Quill Press (legal-form)",
    );
}

#[test]
fn an_office_in_another_order_needs_company() {
    check(
        "org:Department of Tides; place:Quay\norg:Tides Department; place:Quay\n\
         org:Ministry of Wind; place:Hill\norg:Wind Ministry; place:Moor",
        "",
        "org 2 Tides Department\n  1 Department of Tides (word-order)",
    );
}

#[test]
fn an_abbreviation_is_what_articles_say() {
    check(
        "org:Harbour Workers Union (HWU); place:Quay\norg:HWU; place:Quay\norg:HWU; place:Quay\n\
         org:Tide Board (TB); place:Quay\norg:Town Bank (TB); place:Quay\norg:TB; place:Quay",
        "",
        "org 3 Harbour Workers Union\n  2 HWU (acronym)",
    );
}

#[test]
fn what_is_known_is_in_force_or_proposed() {
    check(
        "place:U.S.\nplace:United States\nplace:US\nplace:Peking; place:Quay\nplace:Beijing; place:Quay",
        "",
        "place 3 U.S.\n  1 United States (auto)\nplace 2 Beijing\n  1 Peking (known)",
    );
}

#[test]
fn what_is_merged_or_kept_apart_is_so() {
    let articles = "person:Ann Lee; place:Quay\nperson:Ann Lee; place:Quay\nperson:Lee; place:Quay\n\
                    person:Ann B. Lee; place:Quay";
    check(
        articles,
        "person: Ann B. Lee | Lee",
        "person 4 Ann Lee\n  1 Ann B. Lee (middle-name)\n  1 Lee (middle-name)",
    );
    check(
        articles,
        "person: Annie | Lee",
        "person 3 Ann Lee\n  1 Ann B. Lee (middle-name)\nperson 1 Annie\n  1 Lee (merged)",
    );
    check(articles, "not person: Lee | Ann Lee", "person 3 Ann Lee\n  1 Ann B. Lee (middle-name)");
    check(
        articles,
        "not person: Lee | Ann B. Lee",
        "person 3 Ann Lee\n  1 Ann B. Lee (middle-name)",
    );
    check(articles, "not person: Lee\nnot person: Ann B. Lee", "");
}

/// Names among which the rules find much to propose.
fn any_article() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "person:Ann Lee",
        "person:Ann B. Lee",
        "person:Bo Lee",
        "person:Lee",
        "person:Anne Leigh",
        "person:Mr Lee",
        "org:Lee Inc",
        "org:Lee",
        "org:Harbour Workers Union (HWU)",
        "org:HWU",
        "place:Kyiv",
        "place:Kiev",
        "place:US",
        "place:United States",
        "about:XA",
    ]);
    vec(name, 0..5).prop_map(|names| names.join("; "))
}

proptest! {
    #[test]
    fn the_order_of_articles_does_not_matter(articles in vec(any_article(), 0..30), turn in 0..30_usize) {
        let mut turned = articles.clone();
        turned.rotate_left(turn.min(articles.len()));
        turned.reverse();
        prop_assert_eq!(shown(&articles, ""), shown(&turned, ""));
    }

    #[test]
    fn no_entry_has_names_that_are_kept_apart(articles in vec(any_article(), 0..30)) {
        let kept = [("person", "Lee", "Ann Lee"), ("person", "Ann B. Lee", "Mr Lee"), ("place", "Kyiv", "Kiev")];
        let lines: Vec<_> = kept.iter().map(|(kind, a, b)| format!("not {kind}: {a} | {b}")).collect();
        let mut aliases = Aliases::known();
        aliases.add(&AliasFile::parse(&lines.join("\n")));
        for entry in entries(&census(&articles), &aliases) {
            for (kind, a, b) in kept {
                let has_both = entry.has_name(a) && entry.has_name(b);
                prop_assert!(entry.kind.name() != kind || !has_both, "{:?}", entry);
            }
        }
    }
}
