//! A question as one who has only a tool for lines would ask it: patterns, each of which gives a
//! set of files, and the sets put together.

use std::collections::BTreeMap;

use regex::bytes::{Regex, RegexBuilder};

use crate::query::{Query, Text};

/// A question as sets of files.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Grep {
    /// Every file.
    Every,
    /// Those with a match of this expression, in the common part of the syntaxes of `rg` and the
    /// crate `regex`. Letters match in either case.
    Pattern(String),
    /// Those in all of these sets.
    All(Vec<Grep>),
    /// Those in any of these.
    Any(Vec<Grep>),
    /// Those not in this one.
    Not(Box<Grep>),
}

impl Grep {
    /// Of a question; says what it has that files cannot be searched for.
    pub(super) fn of(query: &Query) -> Result<Self, &'static str> {
        let several = |queries: &[Query]| queries.iter().map(Self::of).collect::<Result<_, _>>();
        match query {
            Query::All => Ok(Self::Every),
            Query::Text(text) => expression(text).map(Self::Pattern),
            Query::And(clauses) => several(clauses).map(Self::All),
            Query::Or(alternatives) => several(alternatives).map(Self::Any),
            Query::Not(inner) => Ok(Self::Not(Box::new(Self::of(inner)?))),
            Query::Boost(inner, _) => Self::of(inner),
            Query::Nothing => Err("nothing"),
            Query::Near(_) => Err("nearness"),
            Query::AtLeast(..) => Err("a number of times"),
            Query::In(..) => Err("a part of the article"),
            Query::Field(..) => Err("a field"),
            Query::Date(_) => Err("a date"),
        }
    }

    /// What of a question is asked of the text; dates and fields are taken for true, and of loose
    /// phrases the words are.
    pub(super) fn of_text(query: &Query) -> Result<Self, &'static str> {
        match query {
            Query::Date(_) | Query::Field(..) => Ok(Self::Every),
            Query::And(clauses) => {
                clauses.iter().map(Self::of_text).collect::<Result<_, _>>().map(Self::All)
            }
            Query::Text(Text::Phrase { words, slop: 1.., .. }) => {
                let words = words.split_whitespace();
                let patterns = words.map(|word| Self::Pattern(whole(&regex::escape(word), word)));
                Ok(Self::All(patterns.collect()))
            }
            query => Self::of(query),
        }
    }

    /// Its expressions, each once.
    pub(super) fn patterns(&self) -> Vec<&str> {
        let mut patterns = Vec::new();
        self.gather(&mut patterns);
        patterns
    }

    fn gather<'a>(&'a self, patterns: &mut Vec<&'a str>) {
        match self {
            Self::Every => {}
            Self::Pattern(pattern) if patterns.contains(&pattern.as_str()) => {}
            Self::Pattern(pattern) => patterns.push(pattern),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|it| it.gather(patterns)),
            Self::Not(inner) => inner.gather(patterns),
        }
    }

    /// Which of `n` files it is, by what each expression matches: a mark for each file.
    pub(super) fn files(&self, n: usize, matched: &BTreeMap<&str, Vec<bool>>) -> Vec<bool> {
        let each = |parts: &[Self]| parts.iter().map(|it| it.files(n, matched)).collect::<Vec<_>>();
        match self {
            Self::Every => vec![true; n],
            Self::Pattern(pattern) => {
                matched.get(pattern.as_str()).cloned().unwrap_or_else(|| vec![false; n])
            }
            Self::All(parts) => {
                let parts = each(parts);
                (0..n).map(|file| parts.iter().all(|marks| marks[file])).collect()
            }
            Self::Any(parts) => {
                let parts = each(parts);
                (0..n).map(|file| parts.iter().any(|marks| marks[file])).collect()
            }
            Self::Not(inner) => inner.files(n, matched).into_iter().map(|mark| !mark).collect(),
        }
    }

    /// Whether a text by itself is one of them. An expression that cannot be read matches nothing.
    pub(super) fn matches(&self, text: &[u8]) -> bool {
        let is_in = |pattern: &str| compiled(pattern).is_ok_and(|it| it.is_match(text));
        let marks = self.patterns().into_iter().map(|pattern| (pattern, vec![is_in(pattern)]));
        self.files(1, &marks.collect())[0]
    }
}

/// An expression, ready to be asked.
pub(super) fn compiled(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).case_insensitive(true).build()
}

/// What a text is searched for by.
fn expression(text: &Text) -> Result<String, &'static str> {
    match text {
        Text::Word(word) => Ok(whole(&regex::escape(word), word)),
        Text::Phrase { words, slop: 0, ordered: true } | Text::Exact(words) => {
            let escaped: Vec<_> = words.split_whitespace().map(regex::escape).collect();
            Ok(whole(&escaped.join("[ \\t]+"), words))
        }
        Text::Wildcard(pattern) => {
            let escaped = regex::escape(pattern).replace("\\*", "\\w*").replace("\\?", "\\w");
            Ok(format!("\\b{escaped}\\b"))
        }
        Text::Regex(expression) => {
            let expression = format!("\\b(?:{expression})\\b");
            compiled(&expression).map_err(|_| "an expression that it cannot read")?;
            Ok(expression)
        }
        Text::Phrase { .. } => Err("a loose phrase"),
        Text::Fuzzy(..) => Err("nearly spelled words"),
        Text::Cased(..) => Err("exact case"),
    }
}

/// An expression as a whole word: not within a longer one.
fn whole(expression: &str, words: &str) -> String {
    let bound = |c: Option<char>| if c.is_some_and(char::is_alphanumeric) { "\\b" } else { "" };
    format!("{}{expression}{}", bound(words.chars().next()), bound(words.chars().next_back()))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::query::parse;

    fn read(typed: &str) -> Query {
        parse(typed, NaiveDate::default()).query
    }

    #[track_caller]
    fn check(typed: &str, text: &str, is_found: bool) {
        let grep = Grep::of(&read(typed)).expect("a question for files");
        assert_eq!(grep.matches(text.as_bytes()), is_found, "`{typed}` in `{text}`");
    }

    #[test]
    fn words_are_whole_and_of_either_case() {
        check("harbour", "The Harbour is closed", true);
        check("harbour", "harbours", false);
        check("выборы", "ВЫБОРЫ прошли", true);
        check("U.S.", "the U.S. said", true);
        check("U.S.", "the UNSO said", false);
        check("harb*", "harbours", true);
        check("harb?r", "harbour", false);
        check("/harbou?rs?/", "harbor", true);
    }

    #[test]
    fn a_phrase_stands_on_one_line_and_sets_are_put_together() {
        check("\"wage talks\"", "the wage  talks fail", true);
        check("\"wage talks\"", "the wage\ntalks fail", false);
        check("wage talks", "talks on a wage", true);
        check("wage OR strike", "strike", true);
        check("wage -talks", "wage talks", false);
        check("*", "", true);
    }

    #[test]
    fn what_files_cannot_be_searched_for_is_said() {
        for (typed, why) in [
            ("a w/5 b", "nearness"),
            ("harbour date:2022", "a date"),
            ("region:NL", "a field"),
            ("title:harbour", "a part of the article"),
            ("atleast2(harbour)", "a number of times"),
            ("harbour~1", "nearly spelled words"),
            ("\"wage talks\"~2", "a loose phrase"),
            ("caps(harbour)", "exact case"),
            ("", "nothing"),
        ] {
            assert_eq!(Grep::of(&read(typed)), Err(why), "for `{typed}`");
        }
        assert!(Grep::of_text(&read("harbour date:2022")).expect("text").matches(b"harbour"));
    }
}
