use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(text: &str, meant: &[&str]) {
    assert_eq!(paragraphs(text), meant, "for `{text}`");
}

#[test]
fn sentences_run_together_are_parted() {
    check(
        "It closed on Friday.On Sunday it opened.",
        &["It closed on Friday.", "On Sunday it opened."],
    );
    check("It closed in 2019.The mayor left.", &["It closed in 2019.", "The mayor left."]);
    check("Why?Nobody knew!They left.", &["Why?", "Nobody knew!", "They left."]);
    check("Порт закрыт.Мэр уехал.", &["Порт закрыт.", "Мэр уехал."]);
    check("A storm (the third).It passed.", &["A storm (the third).", "It passed."]);
}

#[test]
fn a_quotation_is_parted_on_its_own_side_of_the_mark() {
    check(
        r#"It was "the worst storm."The mayor left."We will stay," she said."It is home.""#,
        &[
            r#"It was "the worst storm.""#,
            "The mayor left.",
            r#""We will stay," she said."#,
            r#""It is home.""#,
        ],
    );
    check(
        r#"They called it "a great loss.""It was our harbour," she said."#,
        &[r#"They called it "a great loss.""#, r#""It was our harbour," she said."#],
    );
    check("He left.“We stay,” she said.”", &["He left.", "“We stay,” she said.”"]);
    check("„Wir bleiben.“Der Hafen ist zu.", &["„Wir bleiben.“", "Der Hafen ist zu."]);
    check(
        "Он уехал.«Мы остаёмся», — сказала она.",
        &["Он уехал.", "«Мы остаёмся», — сказала она."],
    );
}

#[test]
fn a_subheading_glued_on_both_sides_stands_alone() {
    check(
        "The port stays shut.'No way out'Sailors from the fleet complained.",
        &["The port stays shut.", "'No way out'", "Sailors from the fleet complained."],
    );
    check(
        r#"It was "a loss for the whole town."Heavy weather"Little is left," said a sailor."#,
        &[
            r#"It was "a loss for the whole town.""#,
            "Heavy weather",
            r#""Little is left," said a sailor."#,
        ],
    );
}

#[test]
fn what_only_looks_glued_is_left_alone() {
    for text in [
        "The U.S.Army said so.",
        "He wrote it in node.js 3.5M times.",
        "Write to Ann.Oakes@Example.Org or www.Example.Org.",
        "J.K.Rowling met O'Brien at St.Petersburg.",
        "The café dell'Angelo and l'Europe.",
        "She has a Ph.D. in law.",
        "Lt.Gen. Smith said: 'I'm staying.'",
        "The sailors' union and the rock 'n' roll band.",
        "A 6\" pipe and a 12\" one.",
    ] {
        check(text, &[text]);
    }
}

#[test]
fn sentences_torn_apart_are_joined() {
    check(
        "Polls open at 1:00 a.m.\n\nGMT and close at 3 p.m.\n\nGMT.\n\nThe end came.",
        &["Polls open at 1:00 a.m. GMT and close at 3 p.m. GMT.", "The end came."],
    );
    check(
        "The order came from Gen.\n\nSmith himself.",
        &["The order came from Gen. Smith himself."],
    );
    check(
        "It was closed by the mayor of the\n\ntown on Friday.",
        &["It was closed by the mayor of the town on Friday."],
    );
    check("It closed at 3 p.m.\n\nThe mayor left.", &["It closed at 3 p.m.", "The mayor left."]);
    check("home\nnews\nsport", &["home", "news", "sport"]);
}

#[test]
fn a_quotation_torn_apart_is_joined() {
    check(
        "\"There is no way out.\n\nWe will stay.\n\nIt is home,\" she said.\n\nHe left.",
        &["\"There is no way out. We will stay. It is home,\" she said.", "He left."],
    );
    check(
        "He said: \"There is no way out.\n\"\nHe left.",
        &["He said: \"There is no way out. \"", "He left."],
    );
    check(
        "\"There is no way out.\n\n\"We will stay,\" she said.",
        &["\"There is no way out.", "\"We will stay,\" she said."],
    );
}

#[test]
fn lines_broken_at_a_fixed_width_are_whole_again() {
    check(
        "    The harbour of the small town was closed for three days after the\n\
         storm had passed, and no ship could leave it before the wreck at its\n\
         mouth was towed away.\n    \
         The mayor said on Friday that the harbour would not be opened again\n\
         before the divers had seen every metre of it, which could take until\n\
         the end of the week.",
        &[
            "The harbour of the small town was closed for three days after the storm had passed, \
             and no ship could leave it before the wreck at its mouth was towed away.",
            "The mayor said on Friday that the harbour would not be opened again before the divers \
             had seen every metre of it, which could take until the end of the week.",
        ],
    );
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #[test]
    fn only_white_space_changes(text in "([A-Za-zЖж .!?\"'\n“”«»]|a\\.m\\.|GMT|said ){0,80}|\\PC{0,80}") {
        let mended = paragraphs(&text);
        prop_assert_eq!(squeezed(&mended.join("\n")), squeezed(&text));
        prop_assert!(mended.iter().all(|line| !line.is_empty() && one_line(line) == *line));
    }
}

#[test]
fn a_word_that_was_broken_at_the_width_of_the_line_is_whole_again() {
    let text = "\
        The harbour of the small town was closed for three days after the inter-\n\
        national storm had passed, and no ship, however well-\n\
        known, could leave it before the wreck at its mouth was towed away by Kassym-\n\
        Jomart Lind, who had come from the other side of the bay with two of his tow-\n\
        boats. The pre- and post-war piers are all too weak to hold a towboat of such a\n\
        size, he said, and the sea-\n\
        gate is older still; a sea-gate of that kind was last built eighty years ago by\n\
        the first of the three engineers whom the town had asked for their advice on it.";
    let whole = paragraphs(text).join("\n");
    for meant in [
        "the international storm",
        "well-known, could",
        "Kassym-Jomart",
        "towboats.",
        "sea-gate is",
    ] {
        assert!(whole.contains(meant), "`{meant}` in {whole}");
    }
}

#[test]
fn a_lone_hyphen_at_the_end_of_a_line_is_that_of_its_word() {
    let text = "\
        The harbour of the small town was closed for three days after the higher-than-\n\
        expected tide had passed, and no ship could leave it before the wreck at its old\n\
        mouth was towed away, to the dismay of the masters of the trawlers and of herring-\n\
        buyers from the other side of the bay.";
    let whole = paragraphs(text).join("\n");
    assert!(whole.contains("higher-than-expected tide"), "{whole}");
    assert!(whole.contains("herring-buyers from"), "{whole}");
}
