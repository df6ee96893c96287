//! Paragraphs in which a site asks its reader for something: to subscribe, to donate, to follow it.
//!
//! Short lines of the kind are known by their phrases alone. A paragraph may hold the same phrases
//! and report on them, so here each of its sentences must turn to the reader: with an imperative
//! at its start, with what a form says below its button ("By signing up, you agree"), or with
//! "our" and "your" in one breath. Quotations are the story's.
//!
//! # Invariants
//!
//! - A story keeps what it comes back to: where other paragraphs of it speak of newsletters, one
//!   that tells the reader to get them is advice.
//!
//! # Cost
//!
//! Linear in the text.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use super::phrases::count_appeals;
use super::words::{count_words, is_closer, is_sentence_end};

/// Part of its words, in percent, that a paragraph asks with to be nothing else.
const MOSTLY: usize = 40;

/// Words from which on a paragraph is not taken for an appeal, however it begins.
const LONGEST: usize = 120;

/// Words below which a paragraph that begins or ends with an appeal is one, at the edges of a story.
const LONGEST_AT_EDGE: usize = 60;

/// The same for one within the story, and for one that is labelled as a link.
const LONGEST_WITHIN: usize = 40;

/// Paragraphs at the beginning of a story that are its edge, and at its end.
const EDGES: (usize, usize) = (2, 3);

/// Other paragraphs that must speak of a thing for it to be what the story is about.
const FEWEST_MENTIONS: usize = 3;

/// Imperatives that an appeal begins with, as patterns. By language: English, German, French,
/// Spanish, Italian, Portuguese, Dutch, Polish, Russian, Ukrainian, Greek.
#[rustfmt::skip]
const IMPERATIVES: &[&str] = &[
    "subscribe", "sign up", "sign in", "register", "log in", "donate", "get", "download", "join",
    "follow", "support", "click", "tap", "become", "consider", "check", "receive", "contact",
    "e-?mail", "send", "read", "stay", "try", "start", "buy", "enter", "add", "share", "submit",
    "find", "see", "reply", "abonnieren sie", "melden sie sich", "folgen sie", "unterstützen sie",
    "erhalten sie", "klicken sie", "abonnez-vous", "inscrivez-vous", "suivez", "soutenez",
    "recevez", "téléchargez", "cliquez", r"suscríb\w+", r"regístr\w+", "sigue", "síguenos",
    "recibe", "apoya", "haz clic", "descarga", "iscriviti", "abbonati", "segui", "seguici",
    "sostieni", "ricevi", "clicca", "scarica", "assine", "inscreva-se", "siga", "receba", "apoie",
    "clique", "baixe", "abonneer", "schrijf je", "meld je", "volg", "steun", "ontvang", "klik",
    "zapisz się", "subskrybuj", "obserwuj", "polub", "śledź", "wesprzyj", "kliknij", "pobierz",
    "подпишитесь", "подписывайтесь", "поддержите", "следите за", "читайте нас", "присоединяйтесь",
    "скачайте", "підпишіться", "підписуйтесь", "підтримайте", "приєднуйтесь", "стежте за",
    "εγγραφείτε", "γραφτείτε", "ακολουθήστε", "κάντε κλικ",
];

/// How sentences begin that only a site says to its reader, mostly below forms; as patterns.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    r"by (?:sign|subscrib|click|enter|provid|submitt|register|purchas)\w*ing\b.{0,80}\byou",
    "thanks? (?:you )?for (?:signing|subscribing|donating|registering)",
    "i (?:agree|consent|confirm) (?:that|to)",
    r"you (?:can|may) (?:also )?(?:unsubscribe|opt out|sign up|subscribe|reach \p{Lu})",
    r"(?:registration on or )?use of this (?:web ?)?site\b",
    r"if you(?: have|['’]ve|['’]re)? (?:enjoy|lik|valu|found|find)\w* (?:this|our) (?:article|story|report|piece|work)",
    r"all rights reserved\b",
    r"(?:the|this|no) (?:material|content|article|part)s?\b.{0,40}\bmay (?:not )?be (?:published|reproduced|copied)",
    "consider (?:making a|supporting|subscribing|donating|becoming a)",
    r"if you .{0,80}\bconsider (?:making a|supporting|subscribing|donating|becoming a)",
];

/// Things that sites ask for or offer, beside the phrases of short lines; as patterns.
#[rustfmt::skip]
const OFFERS: &[&str] = &[
    "newsletters?", "newslettera", "bolet[ií]n", "boletines", "nieuwsbrief", r"рассылк\w*",
    r"розсилк\w*", r"subscrib\w+", "subscriptions?", "donations?", "memberships?", "your inbox",
    "opt out", "podcasts?", "privacy notice", r"канал\w*",
];

/// Where else a site may be followed, as patterns.
#[rustfmt::skip]
const NETWORKS: &[&str] = &[
    "facebook", "twitter", "instagram", "telegram", "whatsapp", "youtube", "tiktok", "linkedin",
    "google news", r"телеграм\w*",
];

/// What a link to another article is labelled with, as patterns.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "related", "read more", "read next", "also read", "read also", "see also", "don['’]t miss",
];

fn pattern(before: &str, listed: &[&str], after: &str) -> Regex {
    RegexBuilder::new(&format!("{before}(?:{}){after}", listed.join("|")))
        .case_insensitive(true)
        .build()
        .expect("the lists above hold patterns")
}

static IMPERATIVE: LazyLock<Regex> = LazyLock::new(|| {
    // "For more news, please follow us": what comes before the verb is short.
    pattern(r"^(?:(?:to|for) [^,.;]{3,60}, )?(?:please )?", IMPERATIVES, r"(?:\W|$)")
});
static OPENING: LazyLock<Regex> = LazyLock::new(|| pattern("^", OPENINGS, ""));
static OFFER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b", OFFERS, r"\b"));
static THING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b", &[OFFERS, NETWORKS].concat(), r"\b"));
static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern("^", LABELS, r"(?: \w+)?\s?[:|►»]"));
static READER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b", &["you", "your", "yours", "you['’]re", "you['’]ll"], r"\b"));
// Who says "you" of a newsletter is its publisher, mostly.
static SITE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b", &["we", "us", "our", "newsletters?"], r"\b"));

/// What a paragraph makes of its reader.
struct Asked {
    words: usize,
    /// Words of those sentences that ask.
    asking: usize,
    /// Whether the first of them or the last does.
    asks_at_end: bool,
    is_labelled: bool,
}

impl Asked {
    fn of(paragraph: &str) -> Self {
        let words = count_words(paragraph);
        let is_labelled = words < LONGEST_WITHIN && LABEL.is_match(paragraph);
        let mut asked = Self { words, asking: 0, asks_at_end: false, is_labelled };
        if words < LONGEST {
            let sentences: Vec<(usize, bool)> = sentences(paragraph)
                .map(|sentence| (count_words(sentence), asks(sentence)))
                .collect();
            let asking = sentences.iter().filter(|(_, asks)| *asks);
            asked.asking = asking.map(|(words, _)| words).sum();
            let ends = [sentences.first(), sentences.last()];
            asked.asks_at_end = ends.into_iter().flatten().any(|(_, asks)| *asks);
        }
        asked
    }

    /// Whether the paragraph is an appeal.
    fn is_appeal(&self, at_edge: bool) -> bool {
        let longest = if at_edge { LONGEST_AT_EDGE } else { LONGEST_WITHIN };
        self.is_labelled
            || self.asking > 0 && self.asking * 100 >= self.words * MOSTLY
            || self.asks_at_end && self.words < longest
    }
}

/// Gives a reason to those of `lines` that the site asks for something with. The story is made of
/// those that have no reason yet.
pub(super) fn take_off<'t>(
    reasons: &mut [Option<&'static str>],
    lines: impl IntoIterator<Item = &'t str>,
) {
    let lines = lines.into_iter().enumerate();
    let (kept, story): (Vec<usize>, Vec<&str>) =
        lines.filter(|(at, _)| reasons[*at].is_none()).unzip();
    for (at, is_appeal) in kept.into_iter().zip(appeals(&story)) {
        reasons[at] = is_appeal.then_some("appeal");
    }
}

/// For each of the paragraphs of a story, in order, whether its site asks for something with it.
fn appeals(story: &[&str]) -> Vec<bool> {
    let (first, last) = EDGES;
    let is_edge = |at: usize| at < first || at + last >= story.len();
    let asked: Vec<Asked> = story.iter().map(|paragraph| Asked::of(paragraph)).collect();
    let mut appeals: Vec<bool> =
        asked.iter().enumerate().map(|(at, asked)| asked.is_appeal(is_edge(at))).collect();
    if !appeals.contains(&true) {
        return appeals;
    }
    let others = story.iter().zip(&appeals).filter(|(_, is_appeal)| !**is_appeal);
    let told: Vec<HashSet<String>> = others.map(|(paragraph, _)| things(paragraph)).collect();
    let is_told = |paragraph: &str| {
        let is_subject = |thing: &String| {
            told.iter().filter(|told| told.contains(thing)).count() >= FEWEST_MENTIONS
        };
        things(paragraph).iter().any(is_subject)
    };
    for (paragraph, is_appeal) in story.iter().zip(&mut appeals) {
        *is_appeal = *is_appeal && !is_told(paragraph);
    }
    // What speaks of the same things beside an appeal belongs to it, at the edges of the story.
    for at in (0..story.len()).rev().filter(|&at| is_edge(at)) {
        let is_beside = appeals.get(at + 1) == Some(&true) || at > 0 && appeals[at - 1];
        let is_short = asked[at].words < LONGEST_AT_EDGE;
        let belongs = is_beside && is_short && OFFER.is_match(story[at]) && !is_told(story[at]);
        appeals[at] = appeals[at] || belongs;
    }
    appeals
}

/// The things of sites that `paragraph` names, without their endings.
fn things(paragraph: &str) -> HashSet<String> {
    let stem = |thing: regex::Match| thing.as_str().to_lowercase().chars().take(8).collect();
    THING.find_iter(paragraph).map(stem).collect()
}

/// Whether a sentence turns to the reader and asks for something.
fn asks(sentence: &str) -> bool {
    if OPENING.is_match(sentence) {
        return true;
    }
    let names_thing = || count_appeals(sentence) > 0 || THING.is_match(sentence);
    let turns = IMPERATIVE.is_match(sentence) || {
        !sentence.starts_with(['"', '“', '‘', '«', '„', '\''])
            && READER.is_match(sentence)
            && SITE.is_match(sentence)
    };
    turns && names_thing()
}

/// The sentences of a paragraph. An abbreviation may part one of them, which does little harm.
fn sentences(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut rest = paragraph;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let mut ended = false;
        let end = rest.char_indices().find(|&(_, c)| {
            let is_end = ended && c.is_whitespace();
            ended = is_sentence_end(c) || ended && is_closer(c);
            is_end
        });
        let sentence;
        (sentence, rest) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        Some(sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "The harbour of the small town was closed for three days after the storm \
        had passed, and no ship could leave it before the wreck at its mouth was towed away.";

    #[track_caller]
    fn check(story: &[&str], meant: &[usize]) {
        let found = appeals(story);
        let found: Vec<usize> = (0..story.len()).filter(|&at| found[at]).collect();
        assert_eq!(found, meant, "in {story:#?}");
    }

    #[test]
    fn a_paragraph_that_asks_is_an_appeal_wherever_it_stands() {
        for asking in [
            "Get the best of the Gull in your inbox every morning - subscribe to Gull at Dawn. \
             Follow the Gull on Twitter and Facebook and know what happens on the coast.",
            "When you subscribe we will use what you tell us to send you these newsletters. You \
             can unsubscribe at any time.",
            "By signing up, you agree to receive messages from the Gull at the number given. See \
             our Privacy Policy.",
            "If you liked this report, please consider making a donation to the paper. Your gift \
             pays for all of it.",
            "Our free weekly newsletter brings you what the fishermen of the coast talk about.",
            "The Gull at Dawn newsletter brings one story of the sea to your table every Monday.",
            "The material on this site may not be reproduced without the permission of the Gull.",
            "Related: What the owners of the trawlers said after the last storm, and why it matters.",
            "Подпишитесь на наш канал, чтобы узнавать о закрытии порта раньше всех.",
            "Abonnieren Sie unseren Newsletter und erfahren Sie als Erste, wann der Hafen öffnet.",
        ] {
            let story = [PROSE, PROSE, PROSE, asking, PROSE, PROSE, PROSE, PROSE];
            check(&story, &[3]);
        }
    }

    #[test]
    fn a_longer_paragraph_that_ends_in_an_appeal_is_one_at_the_edges_alone() {
        let asking = "This report on the trawlers of the coast was written by Ann Oakes and made \
            possible by the Fund for Harbours, which pays for work on ports, piers and the people \
            who live by them. Sign up for the newsletters of the fund.";
        check(&[PROSE, PROSE, PROSE, asking], &[3]);
        check(&[asking, PROSE, PROSE, PROSE], &[0]);
        check(&[PROSE, PROSE, asking, PROSE, PROSE, PROSE], &[]);
    }

    #[test]
    fn what_stands_beside_an_appeal_and_speaks_of_it_belongs_to_it() {
        let praise = "I have been a subscriber since I was a ship's boy, and have learned from it.";
        let asking = "If you subscribe to the Gull, you help us to send reporters out to sea.";
        check(&[PROSE, PROSE, PROSE, praise, asking], &[3, 4]);
        check(&[PROSE, PROSE, PROSE, praise], &[]);
    }

    #[test]
    fn what_a_story_reports_is_no_appeal() {
        for told in [
            "The bureau told sites to stop the use of cookies that follow people who never agreed.",
            "Readers who subscribe to the newsletter will pay two crowns more from January on.",
            "“Sign up for our newsletter, they told me, and you will be the first to know,” she said.",
            "Get up early and look at the sea, the old men say, and you will know what comes.",
            "The church asks all who can to donate blankets, as the families have lost theirs.",
            "To donate, people stood in line at the town hall until the evening, he said.",
        ] {
            check(&[PROSE, PROSE, told], &[]);
        }
    }

    #[test]
    fn a_story_about_newsletters_keeps_its_advice() {
        let story = [
            "Most newsletters are never opened, a study of the letters of forty shops has found.",
            "People get a newsletter with nearly every order, often without having asked for one.",
            "Sign up for a newsletter with a second address, the authors of the study advise.",
            "The law lets shops send a newsletter to those who have bought something there.",
        ];
        check(&story, &[]);
    }
}
