//! Which words of an article answer a question: found again in its text, by the same analysis.
//!
//! The engine only knows that an article matches, and for prefixes and near spellings not even by
//! which words. Looking again shows them all; a phrase only where its words stand together, things
//! near to each other only where they are near, and what is asked of a part only there.

use std::collections::BTreeSet;
use std::ops::Range;

use super::sought::{Part, Seen, Sought, sought, words_of};
use crate::analysis::Stems;
use crate::article::Language;
use crate::query::{Interval, Layout, Places, Query, Span, Zone};

/// Finds the words of a question in texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Highlighter {
    conditions: Vec<Condition>,
    n_leaves: usize,
}

/// A clause of the question that words answer.
#[derive(Clone, Debug)]
struct Condition {
    /// Where it is answered.
    places: Places<Sought>,
    leaves: Vec<Leaf>,
}

/// One leaf of the question.
#[derive(Clone, Debug)]
struct Leaf {
    number: usize,
    places: Places<Sought>,
    /// The word, if it is a single one: a text may have it as several.
    single: Option<Sought>,
}

/// A place in a text that answers a leaf.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Match {
    pub(super) range: Range2,
    /// Which leaf of the question.
    pub(super) leaf: usize,
}

/// A byte range that can be ordered.
pub(super) type Range2 = (usize, usize);

impl Highlighter {
    /// For all leaves of `query` that an article may match by; negated ones are none.
    pub(super) fn new(query: &Query) -> Self {
        let mut highlighter = Self::default();
        highlighter.add(query, None);
        highlighter
    }

    fn add(&mut self, query: &Query, zone: Option<Zone>) {
        match query {
            Query::Text(text) => self.condition(&Span::Text(text.clone()), zone),
            Query::Near(near) => self.condition(&Span::Near(near.clone()), zone),
            Query::AtLeast(_, span) => self.condition(span, zone),
            Query::In(zone, inner) => self.add(inner, Some(*zone)),
            Query::Boost(inner, _) => self.add(inner, zone),
            Query::And(clauses) | Query::Or(clauses) => {
                for clause in clauses {
                    self.add(clause, zone);
                }
            }
            Query::All | Query::Nothing | Query::Field(..) | Query::Date(_) | Query::Not(_) => {}
        }
    }

    fn condition(&mut self, span: &Span, zone: Option<Zone>) {
        let mut leaves = Vec::new();
        let places = self.places(span, &mut leaves);
        let places = match zone {
            Some(zone) => Places::In(zone, Box::new(places)),
            None => places,
        };
        self.conditions.push(Condition { places, leaves });
    }

    /// Where `span` stands; adds its leaves to `leaves`.
    fn places(&mut self, span: &Span, leaves: &mut Vec<Leaf>) -> Places<Sought> {
        match span {
            Span::Text(text) => {
                let (places, single) = sought(text);
                leaves.push(Leaf { number: self.n_leaves, places: places.clone(), single });
                self.n_leaves += 1;
                places
            }
            Span::AnyOf(spans) => {
                Places::AnyOf(spans.iter().map(|span| self.places(span, leaves)).collect())
            }
            Span::Near(near) => Places::Near {
                left: Box::new(self.places(&near.left, leaves)),
                right: Box::new(self.places(&near.right, leaves)),
                proximity: near.proximity,
            },
        }
    }

    /// Every place in `text` that answers a leaf, in order.
    pub(super) fn matches(&self, text: &str, part: Part, language: Option<Language>) -> Vec<Match> {
        if self.conditions.is_empty() {
            return Vec::new();
        }
        let mut stems = Stems::new(language);
        let (words, layout) = words_of(text, part, &mut stems);
        let mut found = BTreeSet::new();
        for Condition { places, leaves } in &self.conditions {
            let answers = intervals(places, &words, &layout, &mut stems);
            if answers.is_empty() {
                continue;
            }
            for leaf in leaves {
                for interval in intervals(&leaf.places, &words, &layout, &mut stems) {
                    if is_held(interval, &answers) {
                        let range = leaf.range(interval, &words, &mut stems);
                        found.insert(Match { range, leaf: leaf.number });
                    }
                }
            }
        }
        found.into_iter().collect()
    }
}

impl Leaf {
    /// The bytes of an interval in which this leaf was found.
    fn range(&self, interval: Interval, words: &[Seen], stems: &mut Stems) -> Range2 {
        let (first, last) = (&words[interval.first as usize], &words[interval.last as usize]);
        let single = self.single.as_ref().and_then(|single| single.matched(first, stems));
        let end = single.map_or(last.range.end, |range| range.end);
        (first.range.start, end)
    }
}

fn intervals(
    places: &Places<Sought>,
    words: &[Seen],
    layout: &Layout,
    stems: &mut Stems,
) -> Vec<Interval> {
    let mut positions = |word: &mut Sought| {
        let found = (0..).zip(words).filter(|(_, seen)| word.matched(seen, stems).is_some());
        found.map(|(position, _)| position).collect()
    };
    places.clone().find(&mut positions, layout)
}

/// Whether one of `answers`, of which none holds another, holds `interval`.
fn is_held(interval: Interval, answers: &[Interval]) -> bool {
    let begun = answers.partition_point(|answer| answer.first <= interval.first);
    answers[..begun].last().is_some_and(|answer| interval.last <= answer.last)
}

/// Ranges of the matches, joined where they touch or overlap.
pub(super) fn ranges(matches: &[Match]) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for &Match { range: (start, end), .. } in matches {
        match merged.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => merged.push(start..end),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Letters, Near, Proximity, Reach, Text};

    fn shown(highlighter: &Highlighter, part: Part, text: &str) -> String {
        let mut shown = String::new();
        let mut at = 0;
        for range in ranges(&highlighter.matches(text, part, Language::new("en"))) {
            shown += &text[at..range.start];
            shown.extend(["[", &text[range.clone()], "]"]);
            at = range.end;
        }
        shown + &text[at..]
    }

    /// Marks what matches in `text` with brackets.
    #[track_caller]
    fn check(leaf: Text, text: &str, marked: &str) {
        assert_eq!(shown(&Highlighter::new(&Query::Text(leaf)), Part::Body, text), marked);
    }

    fn phrase(words: &str, slop: u32) -> Text {
        Text::Phrase { words: words.into(), slop, ordered: true }
    }

    #[test]
    fn a_word_is_marked_in_every_form() {
        check(
            Text::Word("election".into()),
            "Elections: an election.",
            "[Elections]: an [election].",
        );
        check(
            Text::Word("O'Brien".into()),
            "OBrien, O’Brien and O Brien",
            "[OBrien], [O’Brien] and [O Brien]",
        );
        check(Text::Word("U.S.".into()), "US and U.S. and us", "[US] and [U.S]. and [us]");
        check(
            Text::Exact("election".into()),
            "Elections: an election.",
            "Elections: an [election].",
        );
    }

    #[test]
    fn a_phrase_is_marked_only_where_its_words_stand_together() {
        check(
            phrase("snap election", 0),
            "A snap vote, a snap election.",
            "A snap vote, a [snap election].",
        );
        check(
            phrase("snap election", 1),
            "snap presidential election",
            "[snap presidential election]",
        );
        check(
            phrase("election snap", 9),
            "snap presidential election",
            "snap presidential election",
        );
        check(
            phrase("snap election", 1),
            "snap and very early election",
            "snap and very early election",
        );
    }

    /// Marks what matches in `text`, as title or as body, with brackets.
    #[track_caller]
    fn check_query(query: &Query, part: Part, text: &str, marked: &str) {
        assert_eq!(shown(&Highlighter::new(query), part, text), marked);
    }

    fn word(word: &str) -> Span {
        Span::Text(Text::Word(word.into()))
    }

    fn near(left: Span, right: Span, reach: Reach) -> Query {
        let proximity = Proximity { reach, ordered: false };
        Query::Near(Box::new(Near { left, right, proximity }))
    }

    #[test]
    fn what_is_near_is_marked_where_it_is_near() {
        check_query(
            &near(word("vote"), Span::AnyOf(vec![word("snap"), word("early")]), Reach::Words(1)),
            Part::Body,
            "Vote! It was a snap vote, quite early, not a vote",
            "Vote! It was a [snap] [vote], quite [early], not a vote",
        );
        check_query(
            &near(word("vote"), word("snap"), Reach::Sentence),
            Part::Body,
            "A vote. It was snap. The vote they called snap.",
            "A vote. It was snap. The [vote] they called [snap].",
        );
    }

    #[test]
    fn what_is_written_with_capitals_is_marked_where_it_is() {
        let cased = |letters, text| Text::Cased(letters, Box::new(text));
        let who = || Text::Word("who".into());
        let text = "WHO said who, Who?";
        check(cased(Letters::AllCapitals, who()), text, "[WHO] said who, Who?");
        check(cased(Letters::SomeCapitals, who()), text, "[WHO] said who, [Who]?");
        check(cased(Letters::NoCapitals, who()), text, "WHO said [who], Who?");
        check(
            cased(Letters::SomeCapitals, phrase("snap vote", 1)),
            "Snap Vote, snap Vote, Snap big Vote",
            "[Snap Vote], snap Vote, [Snap big Vote]",
        );
        let any = cased(Letters::AllCapitals, Text::Wildcard("wh*".into()));
        check(any, "WHAT what WHO", "[WHAT] what [WHO]");
    }

    #[test]
    fn what_is_asked_of_a_part_is_marked_there() {
        let of = |zone| Query::In(zone, Box::new(word("vote").into()));
        check_query(&of(Zone::Title), Part::Title, "A vote", "A [vote]");
        check_query(&of(Zone::Title), Part::Body, "A vote", "A vote");
        check_query(&of(Zone::Lead), Part::Body, "A vote\nvote", "A [vote]\nvote");
        check_query(&of(Zone::Lead), Part::Title, "A vote", "A vote");
        check_query(&of(Zone::First(2)), Part::Body, "A vote vote", "A [vote] vote");
    }

    #[test]
    fn patterns_and_near_spellings_are_marked() {
        check(Text::Wildcard("toka*".into()), "Tokayev, Tokaev, Taka", "[Tokayev], [Tokaev], Taka");
        check(
            Text::Regex("strik(e|ing)".into()),
            "Strike, striking, strikes, STRIKE",
            "[Strike], [striking], strikes, [STRIKE]",
        );
        check(
            Text::Fuzzy("tokayev".into(), 1),
            "Tokayev, Tokaev, Tkoayev, Tokev",
            "[Tokayev], [Tokaev], [Tkoayev], Tokev",
        );
    }
}
