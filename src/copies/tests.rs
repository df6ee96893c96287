//! What is alike, on texts made up for it; and that families are what all links join.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// A text of so many words, different for each seed.
fn words(seed: u32, count: usize) -> Vec<String> {
    let word = |n: usize| {
        let hash = xxhash_rust::xxh3::xxh3_64(format!("{seed} {n}").as_bytes());
        format!("w{}", hash % 100_000)
    };
    (0..count).map(word).collect()
}

fn text(words: &[String]) -> String {
    words.join(" ")
}

/// With every `n`th word another.
fn with_changes(words: &[String], n: usize) -> Vec<String> {
    let changed = |(at, word): (usize, &String)| {
        if at % n == n / 2 { format!("x{at}") } else { word.clone() }
    };
    words.iter().enumerate().map(changed).collect()
}

fn likeness(one: &[String], other: &[String]) -> Option<Likeness> {
    Overlap::of(&Shingles::of(&text(one)), &Shingles::of(&text(other))).likeness()
}

#[test]
fn how_alike_two_texts_are() {
    let story = words(1, 400);
    let joined = |parts: &[&[String]]| parts.concat();
    let (before, after) = (words(2, 150), words(3, 250));
    let brief = words(4, 30);
    for (what, copy, meant) in [
        ("the same", story.clone(), Some(Likeness::Exact)),
        ("another word in a hundred", with_changes(&story, 100), Some(Likeness::High)),
        ("another word in twenty", with_changes(&story, 20), Some(Likeness::Moderate)),
        ("another word in five", with_changes(&story, 5), None),
        ("without its last paragraph", story[..350].to_vec(), Some(Likeness::High)),
        ("the first three fifths", story[..240].to_vec(), Some(Likeness::Moderate)),
        ("the first third", story[..130].to_vec(), Some(Likeness::Part)),
        (
            "retouched and in the midst of others",
            joined(&[&before, &with_changes(&story, 60), &after]),
            Some(Likeness::Part),
        ),
        (
            "its paragraphs in another order",
            joined(&[&story[200..], &story[..200]]),
            Some(Likeness::High),
        ),
        ("a quotation of it in another story", joined(&[&before, &story[100..140], &after]), None),
        ("a first paragraph of 30 words", story[..30].to_vec(), None),
        (
            "a part of a review ten times its length",
            joined(&[&words(5, 2_000), &story[..200]]),
            None,
        ),
        ("another story", words(6, 400), None),
        ("nothing", Vec::new(), None),
    ] {
        assert_eq!(likeness(&story, &copy), meant, "{what}");
        assert_eq!(likeness(&copy, &story), meant, "{what}, the other way round");
    }
    assert_eq!(likeness(&brief, &brief[..25]), Some(Likeness::High));
    assert_eq!(likeness(&brief, &brief[..22]), None, "short, and no more than moderately alike");
    assert_eq!(likeness(&brief[..19], &brief[..18]), None, "too short to be anything but the same");
    assert_eq!(likeness(&brief[..19], &brief[..19]), Some(Likeness::Exact));
    assert_eq!(likeness(&[], &[]), None, "nothing is no copy of nothing");
}

#[test]
fn case_accents_and_punctuation_do_not_count() {
    let same = |one, other| Shingles::of(one) == Shingles::of(other);
    assert!(same("Café, the “Élan” – opens", "CAFE: the \"elan\" opens"));
    assert!(!same("The cafe opens", "The cafe opened"));
}

#[test]
fn few_words_are_the_same_only_under_one_headline() {
    let digest = |title: &str, body: &str| Shingles::of_article(title, body).digest();
    let long = text(&words(1, 60));
    assert_ne!(digest("Fire in town", "Photo: A. Berg"), digest("Flood", "Photo: A. Berg"));
    assert_eq!(digest("Fire in town", "Photo: A. Berg"), digest("Fire in town", "Photo: A. Berg"));
    assert_eq!(digest("Fire in town", &long), digest("Flood", &long));
}

/// What two sketches share.
fn shared(one: &Sketch, other: &Sketch) -> u32 {
    let keys = |sketch: &Sketch| sketch.keys.iter().copied().collect::<BTreeSet<_>>();
    u32::try_from(keys(one).intersection(&keys(other)).count()).expect("few")
}

/// Whether two texts would be compared.
fn is_candidate(one: &[String], other: &[String]) -> bool {
    let [one, other] = [one, other].map(|words| Sketch::of(&Shingles::of(&text(words))));
    one.print.digest == other.print.digest
        || may_be_alike(one.print, other.print)
            && enough_shared(one.print, other.print, shared(&one, &other))
}

#[test]
fn copies_are_candidates_and_others_are_not() {
    let (mut missed, mut in_vain, mut all) = (0, 0, 0);
    for seed in 0..120 {
        let story = words(seed, 40 + seed as usize % 7 * 80);
        let (before, after) = (words(seed + 1_000, story.len()), words(seed + 2_000, story.len()));
        let copies = [
            with_changes(&story, 20),
            story[..story.len() * 3 / 5].to_vec(),
            [before.clone(), with_changes(&story, 50), after.clone()].concat(),
        ];
        for copy in copies.iter().filter(|copy| likeness(&story, copy).is_some()) {
            all += 1;
            missed += u32::from(!is_candidate(&story, copy));
        }
        in_vain +=
            u32::from(is_candidate(&story, &before)) + u32::from(is_candidate(&story, &after));
    }
    assert!(all > 300, "{all}");
    assert!(missed * 100 < all, "{missed} of {all} copies were missed");
    assert!(in_vain <= 1, "{in_vain} others would be compared");
}

fn level() -> impl Strategy<Value = Likeness> {
    prop::sample::select(Likeness::ALL)
}

fn links() -> impl Strategy<Value = Vec<Link>> {
    let link = (0..12_u32, 0..12_u32, level()).prop_map(|(a, b, likeness)| Link { a, b, likeness });
    prop::collection::vec(link, 0..30)
}

/// The smallest number that links of a level or a closer one lead to, step by step.
fn reached(level: Likeness, links: &[Link], number: u32) -> u32 {
    let mut reached = BTreeSet::from([number]);
    loop {
        let before = reached.len();
        for link in links.iter().filter(|link| link.likeness <= level) {
            if reached.contains(&link.a) || reached.contains(&link.b) {
                reached.extend([link.a, link.b]);
            }
        }
        if reached.len() == before {
            return reached.first().copied().unwrap_or(number);
        }
    }
}

proptest! {
    #[test]
    fn the_resemblance_is_that_of_sets(one in "[abc ]{0,60}", other in "[abc ]{0,60}") {
        let sets = [&one, &other].map(|text| {
            let words: Vec<_> = text.split_whitespace().collect();
            words.windows(WIDTH).map(|it| it.join(" ")).collect::<BTreeSet<_>>()
        });
        let overlap = Overlap::of(&Shingles::of(&one), &Shingles::of(&other));
        prop_assert_eq!(overlap.of, [sets[0].len(), sets[1].len()]);
        prop_assert_eq!(overlap.shared, sets[0].intersection(&sets[1]).count());
    }

    #[test]
    fn a_family_is_what_links_reach(links in links()) {
        let forest = Forest::new(12, links.clone());
        for &level in Likeness::ALL {
            for number in 0..12 {
                prop_assert_eq!(forest.root(level, number), reached(level, &links, number));
            }
        }
        let again = Forest::new(12, forest.links().to_vec());
        for number in 0..12 {
            prop_assert_eq!(again.root(Likeness::High, number), forest.root(Likeness::High, number));
        }
    }

    #[test]
    fn who_is_left_after_some_are_gone_is_joined_as_before_or_looked_at_again(
        links in links(),
        gone in prop::collection::btree_set(0..12_u32, 0..4),
    ) {
        let forest = Forest::new(12, links.clone());
        let (standing, again) = forest.without(|number| gone.contains(&number));
        let after = Forest::new(12, standing);
        let rest: Vec<_> = links
            .into_iter()
            .filter(|link| !gone.contains(&link.a) && !gone.contains(&link.b))
            .collect();
        let again: BTreeSet<_> = again.into_iter().collect();
        prop_assert!(again.is_disjoint(&gone));
        for &level in Likeness::ALL {
            for number in (0..12).filter(|number| !gone.contains(number) && !again.contains(number)) {
                prop_assert_eq!(after.root(level, number), reached(level, &rest, number));
            }
        }
    }

    #[test]
    fn a_difference_holds_both_texts(one in "[ab“\"'\n ]{0,40}", other in "[ab“\"'\n ]{0,40}") {
        let difference = Difference::between(&one, &other);
        let told = |left_out: Change| {
            let kept = difference.segments.iter().filter(|it| it.change != left_out);
            let text: String = kept.map(|it| it.text.as_str()).collect();
            text.replace('“', "\"").split_whitespace().collect::<String>()
        };
        let bare = |text: &str| text.replace('“', "\"").split_whitespace().collect::<String>();
        prop_assert_eq!(told(Change::Added), bare(&one));
        prop_assert_eq!(told(Change::Removed), bare(&other));
    }
}

#[test]
fn a_difference_is_told_word_by_word() {
    for (before, after, meant) in [
        ("The port opened.", "The port opened.", "The port opened."),
        ("The port opened.", "The old port opened", "The{+ old+} port opened[-.-]"),
        (
            "The “port” opened.\nShips came.",
            "The \"port\" opened. Ships came.",
            "The \"port\" opened. Ships came.",
        ),
        ("KYIV (AP) - The port opened.", "The port opened.", "[-KYIV (AP) --] The port opened."),
        ("One.\nTwo.\nThree.", "One.\nThree.", "One.[-\nTwo.-]\nThree."),
        ("港口开放", "港口重开放", "港口{+重+}开放"),
        ("", "All new.", "{+All new.+}"),
        ("", "", ""),
    ] {
        let difference = Difference::between(before, after);
        let marked = difference.segments.iter().map(|Segment { change, text }| match change {
            Change::Kept => text.clone(),
            Change::Removed => format!("[-{text}-]"),
            Change::Added => format!("{{+{text}+}}"),
        });
        assert_eq!(marked.collect::<String>(), meant);
    }
    let difference =
        Difference::between("The port opened, at last.", "The harbour opened at last.");
    assert_eq!((difference.kept, difference.removed, difference.added), (4, 1, 1));
    assert!(!difference.is_none());
    assert!(Difference::between("The port", "The  port").is_none());
}
