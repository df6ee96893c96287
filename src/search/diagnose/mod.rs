//! Why a question finds nothing: which clause is to blame, what would be found without it, and what
//! the index holds in its place.

mod rewrite;

use super::counting::{Denominator, denominator};
use super::probe::Probe;
use super::spelling::Spelling;
use super::{Matching, SearchRequest};
use crate::analysis::fold;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Field, FieldTest, Near, Query, Span, Text};
use crate::region::countries;
use rewrite::{corrected, wider};

/// How many clauses are looked into.
const MOST_CLAUSES: usize = 16;

/// How many words are looked up for other spellings.
const MOST_UNKNOWN: usize = 16;

/// Why nothing matches.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Diagnosis {
    /// The clauses that must all match, in their order.
    pub clauses: Vec<ClauseDiagnosis>,
    /// Two clauses that match articles each, but none together; given where no single clause is to
    /// blame.
    pub conflict: Option<(String, String)>,
    /// The question in the spellings of the index, where that finds anything.
    pub did_you_mean: Option<Suggestion>,
    /// Out of how much nothing was found.
    pub denominator: Denominator,
}

/// What one clause does to a question that finds nothing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClauseDiagnosis {
    /// The clause, in canonical form.
    pub clause: String,
    /// How many articles match it by itself.
    pub matches: u64,
    /// How many articles match the question without it; `None` where nothing is left of it then.
    pub without: Option<u64>,
    /// Words in it, and values of fields, that no article has.
    pub unknown: Vec<UnknownWord>,
    /// The clause asked less strictly, where that finds anything.
    pub wider: Option<Suggestion>,
}

/// A word that no article has.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnknownWord {
    /// The word, or the value with its field.
    pub word: String,
    /// What the index holds instead, nearest first, with the number of articles.
    pub spellings: Vec<(String, u64)>,
}

/// A question that finds something.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Suggestion {
    /// The question, in canonical form.
    pub query: String,
    /// How many articles match it.
    pub total: u64,
}

/// Why `request` finds nothing in `archive`.
pub fn diagnose(archive: &ArchiveReader, request: &SearchRequest) -> Result<Diagnosis, Error> {
    let mut examiner = Examiner {
        archive,
        probe: Probe::new(archive, request.matching)?,
        matching: request.matching,
        corrections: Vec::new(),
    };
    examiner.diagnosis(&request.query)
}

struct Examiner<'a> {
    archive: &'a ArchiveReader,
    probe: Probe<'a>,
    matching: Matching,
    /// Unknown words and what the index holds in their place.
    corrections: Vec<(String, String)>,
}

impl Examiner<'_> {
    fn diagnosis(&mut self, query: &Query) -> Result<Diagnosis, Error> {
        let whole = [query.clone()];
        let clauses = match query {
            Query::Nothing => return Ok(Diagnosis::default()),
            Query::And(clauses) => &clauses[..],
            _ => &whole,
        };
        let mut diagnosed = Vec::new();
        for place in 0..clauses.len().min(MOST_CLAUSES) {
            diagnosed.push(self.clause(clauses, place)?);
        }
        let is_blamed = |it: &ClauseDiagnosis| it.matches == 0 || it.without > Some(0);
        let conflict = if diagnosed.iter().any(is_blamed) || self.matching == Matching::AnyWord {
            None
        } else {
            self.conflict(&clauses[..diagnosed.len()])?
        };
        let did_you_mean = self.did_you_mean(query)?;
        let denominator = denominator(self.archive, query)?;
        Ok(Diagnosis { clauses: diagnosed, conflict, did_you_mean, denominator })
    }

    fn clause(&mut self, clauses: &[Query], place: usize) -> Result<ClauseDiagnosis, Error> {
        let clause = &clauses[place];
        let matches = self.probe.count(clause)?;
        let mut others = clauses.to_vec();
        others.remove(place);
        let without = Query::all_of(others).map(|others| self.probe.count(&others)).transpose()?;
        let (mut unknown, mut looser) = (Vec::new(), None);
        if matches == 0 {
            self.unknown_in(clause, &mut unknown)?;
            looser = wider(clause).map(|wider| self.suggestion(&wider)).transpose()?.flatten();
        }
        Ok(ClauseDiagnosis { clause: clause.to_string(), matches, without, unknown, wider: looser })
    }

    /// The first two clauses that no article matches together.
    fn conflict(&mut self, clauses: &[Query]) -> Result<Option<(String, String)>, Error> {
        for (place, one) in clauses.iter().enumerate() {
            for other in &clauses[place + 1..] {
                let both = Query::all_of(vec![one.clone(), other.clone()]);
                if let Some(both) = both
                    && self.probe.count(&both)? == 0
                {
                    return Ok(Some((one.to_string(), other.to_string())));
                }
            }
        }
        Ok(None)
    }

    fn suggestion(&mut self, query: &Query) -> Result<Option<Suggestion>, Error> {
        let total = self.probe.count(query)?;
        Ok((total > 0).then(|| Suggestion { query: query.to_string(), total }))
    }

    fn did_you_mean(&mut self, query: &Query) -> Result<Option<Suggestion>, Error> {
        let corrected = corrected(query, &self.corrections);
        if corrected == *query {
            return Ok(None);
        }
        self.suggestion(&corrected)
    }

    /// Adds the words of `query` that no article has.
    fn unknown_in(&mut self, query: &Query, unknown: &mut Vec<UnknownWord>) -> Result<(), Error> {
        match query {
            Query::Text(text) => self.unknown_in_text(text, unknown),
            Query::Near(near) => self.unknown_in_near(near, unknown),
            Query::AtLeast(_, span) => self.unknown_in_span(span, unknown),
            Query::In(_, inner) | Query::Boost(inner, _) => self.unknown_in(inner, unknown),
            Query::And(clauses) | Query::Or(clauses) => {
                clauses.iter().try_for_each(|clause| self.unknown_in(clause, unknown))
            }
            Query::Field(field, FieldTest::AnyOf(values)) => {
                values.iter().try_for_each(|value| self.unknown_value(*field, value, unknown))
            }
            Query::All | Query::Nothing | Query::Field(..) | Query::Date(_) | Query::Not(_) => {
                Ok(())
            }
        }
    }

    fn unknown_in_near(
        &mut self,
        near: &Near,
        unknown: &mut Vec<UnknownWord>,
    ) -> Result<(), Error> {
        self.unknown_in_span(&near.left, unknown)?;
        self.unknown_in_span(&near.right, unknown)
    }

    fn unknown_in_span(
        &mut self,
        span: &Span,
        unknown: &mut Vec<UnknownWord>,
    ) -> Result<(), Error> {
        match span {
            Span::Text(text) => self.unknown_in_text(text, unknown),
            Span::AnyOf(spans) => {
                spans.iter().try_for_each(|span| self.unknown_in_span(span, unknown))
            }
            Span::Near(near) => self.unknown_in_near(near, unknown),
        }
    }

    fn unknown_in_text(
        &mut self,
        text: &Text,
        unknown: &mut Vec<UnknownWord>,
    ) -> Result<(), Error> {
        for word in words(text) {
            let is_listed = unknown.iter().any(|it| it.word == word);
            if is_listed || unknown.len() >= MOST_UNKNOWN {
                continue;
            }
            if self.probe.count(&Query::Text(Text::Word(word.to_owned())))? > 0 {
                continue;
            }
            let spellings = self.probe.lowering.spellings(word);
            let spellings = spellings.map_err(self.archive.engine_error())?;
            if let Some((nearest, _)) = spellings.first() {
                self.corrections.push((word.to_owned(), nearest.clone()));
            }
            unknown.push(UnknownWord { word: word.to_owned(), spellings });
        }
        Ok(())
    }

    fn unknown_value(
        &mut self,
        field: Field,
        value: &str,
        unknown: &mut Vec<UnknownWord>,
    ) -> Result<(), Error> {
        let test = |value: &str| Query::Field(field, FieldTest::AnyOf(vec![value.to_owned()]));
        if unknown.len() >= MOST_UNKNOWN || self.probe.count(&test(value))? > 0 {
            return Ok(());
        }
        let spellings = self.probe.lowering.spellings_of_value(field, value);
        let mut spellings = spellings.map_err(self.archive.engine_error())?;
        if spellings.is_empty() && matches!(field, Field::Region | Field::About) {
            for country in countries_like(value) {
                let articles = self.probe.count(&test(country))?;
                spellings.extend((articles > 0).then(|| (country.to_owned(), articles)));
            }
        }
        if let Some((nearest, _)) = spellings.first() {
            self.corrections.push((value.to_owned(), nearest.clone()));
        }
        unknown.push(UnknownWord { word: test(value).to_string(), spellings });
        Ok(())
    }
}

/// The single words of a text; patterns have none.
fn words(text: &Text) -> impl Iterator<Item = &str> {
    let words = match text {
        Text::Word(words) | Text::Exact(words) | Text::Phrase { words, .. } => words.as_str(),
        Text::Cased(_, inner) => match &**inner {
            Text::Word(words) | Text::Exact(words) | Text::Phrase { words, .. } => words.as_str(),
            _ => "",
        },
        Text::Wildcard(_) | Text::Fuzzy(..) | Text::Regex(_) => "",
    };
    words.split(' ').filter(|word| !word.is_empty())
}

/// Names of countries that differ from `value` by one letter.
fn countries_like(value: &str) -> impl Iterator<Item = &'static str> {
    let value = Spelling::new(&fold(value));
    let names = countries().iter().map(|country| country.name);
    names.filter(move |name| value.is_near(&fold(name), 1))
}
