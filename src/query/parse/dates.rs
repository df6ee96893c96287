//! Dates that take several words, or both ends of a range by themselves.

use super::Parser;
use crate::query::ast::{DateTest, Query};
use crate::query::date_range::{self, Reach};
use crate::query::lex::Token;
use crate::query::names::FieldName;
use crate::query::normalize::text;
use crate::query::repair::RepairCode;
use crate::query::scope::noted;

/// How many words a date has at most: `20 November 2022`.
const MOST_DATE_WORDS: usize = 3;

/// No date without spaces is longer, in characters.
const LONGEST_DATE: usize = 24;

impl Parser<'_> {
    /// `date from 2022 to 2023`, `date after 2022`, as Factiva has it.
    pub(super) fn spelled_out_date(&mut self) -> Option<Query> {
        if self.short_word(0)? != "date" {
            return None;
        }
        let (relation, from) = (self.short_word(1)?, self.period(2)?);
        let joint = self.short_word(3);
        let to = self.period(4).filter(|_| joint.as_deref() == Some("to"));
        let (typed, length) = match (relation.as_str(), to) {
            ("from", Some(to)) => (format!("{from}..{to}"), 5),
            ("from" | "since", _) => (format!(">={from}"), 3),
            ("aft" | "after", _) => (format!(">{from}"), 3),
            ("bef" | "before", _) => (format!("<{from}"), 3),
            ("until", _) => (format!("<={from}"), 3),
            _ => return None,
        };
        let reading = date_range::read(&typed, Reach::Within, self.today)?;
        let at = self.at();
        self.next += length;
        Some(noted(reading, at, &mut self.repairs))
    }

    /// `since:2022 until:2023`, in either order.
    pub(super) fn since_and_until(&mut self) -> Option<Query> {
        let reach = |place: usize| match self.lexemes.get(self.next + place)?.token {
            Token::Field(FieldName::Date(reach), _) => Some(reach),
            _ => None,
        };
        let one = (reach(0)?, self.period(1)?);
        let other = (reach(2)?, self.period(3)?);
        let (from, to) = if one.0.begins() { (one, other) } else { (other, one) };
        if !from.0.begins() || !to.0.ends() {
            return None;
        }
        let reading = date_range::read_range((&from.1, from.0), (&to.1, to.0), self.today)?;
        let at = self.at();
        self.next += 4;
        Some(noted(reading, at, &mut self.repairs))
    }

    /// Says of the first date among the words that it is looked for in the text.
    pub(super) fn hint_at_date(&mut self) {
        if self.has_date_as_words {
            return;
        }
        for n_words in (1..=MOST_DATE_WORDS).rev() {
            let words: Option<Vec<_>> = (0..n_words).map(|place| self.short_word(place)).collect();
            let Some(words) = words.filter(|words| is_written_out(words)) else { continue };
            let typed = words.join(" ");
            if !date_range::is_period(&typed, self.today) {
                continue;
            }
            if let Some(reading) = date_range::read(&typed, Reach::Within, self.today) {
                let date = Query::Date(reading.test);
                let message = format!(
                    "the date was looked for as words; `{date}` asks for articles of that time"
                );
                self.repairs.add(RepairCode::DateAsWords, self.at(), message);
                self.has_date_as_words = true;
                return;
            }
        }
    }

    /// The word `place` tokens ahead in lower case, unless it is too long for a part of a date.
    fn short_word(&self, place: usize) -> Option<String> {
        match self.lexemes.get(self.next + place)?.token {
            Token::Word(word) if word.len() <= LONGEST_DATE => Some(text(word).to_lowercase()),
            _ => None,
        }
    }

    /// The word `place` tokens ahead, if it is a date.
    fn period(&self, place: usize) -> Option<String> {
        self.short_word(place).filter(|word| date_range::is_period(word, self.today))
    }
}

/// Whether these may be a date and are hardly anything else: a year with numbers in one word, or
/// beside a name among several.
fn is_written_out(words: &[String]) -> bool {
    let is_year = |part: &str| part.len() == 4 && part.starts_with(['1', '2']);
    let mut parts = words.iter().flat_map(|word| word.split(|c: char| !c.is_ascii_digit()));
    let has_year = parts.any(is_year);
    match words {
        [word] => has_year && word.contains(['-', '/', '.']),
        _ => has_year && words.iter().any(|word| word.starts_with(char::is_alphabetic)),
    }
}

/// Neighbours that begin and end a range of dates are one range, unless no day lies in it.
pub(super) fn with_joined_dates(query: Query) -> Query {
    let Query::And(clauses) = query else { return query };
    let mut joined: Vec<Query> = Vec::with_capacity(clauses.len());
    for clause in clauses {
        match (joined.last_mut(), clause) {
            (Some(Query::Date(before)), Query::Date(after)) => match joined_dates(*before, after) {
                Some(range) => *before = range,
                None => joined.push(Query::Date(after)),
            },
            (_, clause) => joined.push(clause),
        }
    }
    Query::all_of(joined).unwrap_or(Query::Nothing)
}

fn joined_dates(before: DateTest, after: DateTest) -> Option<DateTest> {
    use DateTest::Within;
    let ((Within { first: Some(first), last: None }, Within { first: None, last: Some(last) })
    | (Within { first: None, last: Some(last) }, Within { first: Some(first), last: None })) =
        (before, after)
    else {
        return None;
    };
    (first <= last).then_some(Within { first: Some(first), last: Some(last) })
}
