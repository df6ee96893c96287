//! Which words of an article answer a question: found again in its text, by the same analysis.
//!
//! The engine only knows that an article matches, and for prefixes and near spellings not even by
//! which words. Looking again shows them all; a phrase only where its words stand together, things
//! near to each other only where they are near, what is asked of a part only there, and of
//! alternatives only those that the article answers.

use std::ops::Range;

use super::scan::{Needs, Part, Scan};
use super::sought::{Sought, sought};
use super::vocabulary::{Vocabulary, WordId};
use crate::article::Language;
use crate::query::{Interval, Places, Query, Span, Text, Zone, count_apart};
use crate::record::ArticleRecord;

/// Finds the words of a question in articles.
#[derive(Debug)]
pub(super) struct Highlighter {
    vocabulary: Vocabulary,
    clauses: Vec<Clause>,
    question: Node,
    /// Whether articles with any of the words match.
    is_lenient: bool,
    needs: Needs,
}

/// A clause of the question that words answer.
#[derive(Debug)]
struct Clause {
    query: Query,
    /// Where it is answered.
    places: Places<WordId>,
    leaves: Vec<Leaf>,
    /// How often it must be answered.
    times: usize,
}

/// A word, or words of a phrase, that is marked where it answers a clause.
#[derive(Debug)]
struct Leaf {
    places: Places<WordId>,
    words: Vec<WordId>,
}

/// What the question asks, by its clauses.
#[derive(Debug)]
enum Node {
    Clause(usize),
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    /// What texts do not tell: a field, a date.
    Unknown,
}

/// What of an article answers a question.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Marked {
    pub(super) title: Answers,
    pub(super) body: Answers,
}

/// What of a text answers a question, in the order of the text.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Answers {
    pub(super) answers: Vec<Answer>,
    marks: Vec<Range<usize>>,
}

/// A place in a text that answers a clause as a whole.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Answer {
    /// From the first byte that matched to behind the last.
    pub(super) range: Range<usize>,
    /// Which clause, by its number.
    pub(super) clause: usize,
    /// Its own of the marks.
    marks: Range<usize>,
}

impl Answers {
    /// The bytes of the words that answer, for some of the answers; joined where they touch.
    pub(super) fn marks<'a>(
        &self,
        answers: impl IntoIterator<Item = &'a Answer>,
    ) -> Vec<Range<usize>> {
        let marks = answers.into_iter().flat_map(|answer| &self.marks[answer.marks.clone()]);
        joined(marks.cloned().collect())
    }

    /// The bytes of all the words that answer.
    pub(super) fn all_marks(&self) -> Vec<Range<usize>> {
        self.marks(&self.answers)
    }
}

impl Highlighter {
    /// For `query`, asked of an index most of whose articles are in the language `main`; with
    /// `is_lenient`, any of its words is enough.
    pub(super) fn new(query: &Query, main: Option<Language>, is_lenient: bool) -> Self {
        let mut highlighter = Self {
            vocabulary: Vocabulary::new(main),
            clauses: Vec::new(),
            question: Node::Unknown,
            is_lenient,
            needs: Needs::default(),
        };
        highlighter.question = highlighter.node(query, None, true);
        highlighter
    }

    /// The clauses, by their numbers.
    pub(super) fn clauses(&self) -> impl ExactSizeIterator<Item = &Query> {
        self.clauses.iter().map(|clause| &clause.query)
    }

    /// Takes in `query`, asked of `zone`; `is_certain` where every article that matches answers it.
    fn node(&mut self, query: &Query, zone: Option<Zone>, is_certain: bool) -> Node {
        match query {
            Query::Text(text) => self.clause(query, &Span::Text(text.clone()), 1, zone),
            Query::Near(near) => self.clause(query, &Span::Near(near.clone()), 1, zone),
            Query::AtLeast(times, span) => self.clause(query, span, *times, zone),
            Query::In(zone, inner) => self.node(inner, Some(*zone), is_certain),
            Query::Boost(inner, _) => self.node(inner, zone, is_certain),
            Query::And(clauses) => {
                Node::All(clauses.iter().map(|it| self.node(it, zone, is_certain)).collect())
            }
            Query::Or(clauses) => {
                Node::Any(clauses.iter().map(|it| self.node(it, zone, false)).collect())
            }
            Query::Not(_) if is_certain => Node::Unknown,
            Query::Not(inner) => Node::Not(Box::new(self.node(inner, zone, false))),
            Query::All | Query::Nothing | Query::Field(..) | Query::Date(_) => Node::Unknown,
        }
    }

    fn clause(&mut self, query: &Query, span: &Span, times: u32, zone: Option<Zone>) -> Node {
        let mut leaves = Vec::new();
        let mut places = self.places(span, &mut leaves);
        let mut query = query.clone();
        if let Some(zone) = zone {
            places = Places::In(zone, Box::new(places));
            query = Query::In(zone, Box::new(query));
        }
        self.needs.take_in(&places);
        let times = usize::try_from(times).unwrap_or(usize::MAX);
        self.clauses.push(Clause { query, places, leaves, times });
        Node::Clause(self.clauses.len() - 1)
    }

    /// Where `span` stands; adds its leaves to `leaves`.
    fn places(&mut self, span: &Span, leaves: &mut Vec<Leaf>) -> Places<WordId> {
        match span {
            Span::Text(text) => {
                let leaf = self.leaf(text);
                let places = leaf.places.clone();
                leaves.push(leaf);
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

    fn leaf(&mut self, text: &Text) -> Leaf {
        let mut words = Vec::new();
        let mut take_in = |word: &Sought| -> Result<WordId, std::convert::Infallible> {
            let word = self.vocabulary.add(word.clone());
            words.push(word);
            Ok(word)
        };
        let Ok(places) = sought(text).try_map(&mut take_in);
        Leaf { places, words }
    }

    /// What of `article` answers the question.
    pub(super) fn article(&mut self, article: &ArticleRecord) -> Marked {
        if self.clauses.is_empty() {
            return Marked::default();
        }
        let language = article.language.as_deref().and_then(Language::new);
        let [title, body] = [(Part::Title, &article.title), (Part::Body, &article.body)]
            .map(|(part, text)| self.scan(text, part, language));
        let found: Vec<[Vec<Interval>; 2]> = self
            .clauses
            .iter_mut()
            .map(|clause| [&title, &body].map(|scan| intervals(&mut clause.places, scan)))
            .collect();
        let is_answered: Vec<bool> = found
            .iter()
            .zip(&self.clauses)
            .map(|(places, it)| places.iter().map(|it| count_apart(it)).sum::<usize>() >= it.times)
            .collect();
        let mut live = Vec::new();
        let lenient = self.is_lenient || self.question.truth(&is_answered) == Some(false);
        self.question.live(&is_answered, lenient, &mut live);
        let mut marked = Marked::default();
        for clause in live {
            let [in_title, in_body] = &found[clause];
            self.clauses[clause].answer(clause, in_title, &title, &mut marked.title);
            self.clauses[clause].answer(clause, in_body, &body, &mut marked.body);
        }
        for answers in [&mut marked.title, &mut marked.body] {
            answers.answers.sort_by_key(|it| (it.range.start, it.range.end, it.clause));
        }
        marked
    }

    fn scan(&mut self, text: &str, part: Part, language: Option<Language>) -> Scan {
        Scan::of(text, part, self.needs, &mut self.vocabulary, language)
    }
}

impl Clause {
    /// Adds the answers at `places` to what is known of the text that was scanned.
    fn answer(&mut self, number: usize, places: &[Interval], scan: &Scan, answers: &mut Answers) {
        if places.is_empty() {
            return;
        }
        let leaves: Vec<(Vec<Interval>, &[WordId])> = self
            .leaves
            .iter_mut()
            .map(|it| (intervals(&mut it.places, scan), &*it.words))
            .collect();
        for place in places {
            let begun = answers.marks.len();
            for (found, words) in &leaves {
                let first = found.partition_point(|it| it.first < place.first);
                let within = found[first..].iter().take_while(|it| it.last <= place.last);
                answers.marks.extend(within.map(|it| scan.range(*it, words)));
            }
            let marks = &answers.marks[begun..];
            let start = marks.iter().map(|mark| mark.start).min();
            let end = marks.iter().map(|mark| mark.end).max();
            if let (Some(start), Some(end)) = (start, end) {
                let marks = begun..answers.marks.len();
                answers.answers.push(Answer { range: start..end, clause: number, marks });
            }
        }
    }
}

impl Node {
    /// Whether an article matches that answers these clauses; `None` where texts do not tell.
    fn truth(&self, is_answered: &[bool]) -> Option<bool> {
        match self {
            Self::Clause(clause) => Some(is_answered[*clause]),
            Self::All(nodes) => decided(nodes, is_answered, false),
            Self::Any(nodes) => decided(nodes, is_answered, true),
            Self::Not(node) => node.truth(is_answered).map(|truth| !truth),
            Self::Unknown => None,
        }
    }

    /// The clauses by which an article matches that answers these.
    fn live(&self, is_answered: &[bool], lenient: bool, clauses: &mut Vec<usize>) {
        match self {
            Self::Clause(clause) => clauses.extend(is_answered[*clause].then_some(*clause)),
            Self::All(_) if !lenient && self.truth(is_answered) == Some(false) => {}
            Self::All(nodes) | Self::Any(nodes) => {
                for node in nodes {
                    node.live(is_answered, lenient, clauses);
                }
            }
            Self::Not(_) | Self::Unknown => {}
        }
    }
}

/// `by` if one of `nodes` is, the contrary if all are that, else unknown.
fn decided(nodes: &[Node], is_answered: &[bool], by: bool) -> Option<bool> {
    let mut truth = Some(!by);
    for node in nodes {
        match node.truth(is_answered) {
            Some(decides) if decides == by => return Some(by),
            Some(_) => {}
            None => truth = None,
        }
    }
    truth
}

fn intervals(places: &mut Places<WordId>, scan: &Scan) -> Vec<Interval> {
    if scan.is_empty() {
        return Vec::new();
    }
    places.find(&mut |word: &mut WordId| scan.positions(*word), &scan.layout)
}

/// The ranges in order, joined where they touch or overlap.
pub(super) fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests;
