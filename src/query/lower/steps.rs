//! What the engine will do for a query, clause by clause.

use tantivy::query::EnableScoring;

use super::{Engine, Lowering, scores};
use crate::article::named_enum;
use crate::query::ast::{FieldTest, Query, Text, Zone};
use crate::query::many::MANY;

/// A step of the plan.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Step {
    /// The clause that it answers, in canonical form.
    pub clause: String,
    /// What the clause does.
    pub role: StepRole,
    /// How it is answered.
    pub access: Access,
    /// How many words of the index a pattern stands for.
    pub words: Option<u64>,
    /// What going through all that matches costs: one for each article in a list of postings, ten
    /// where positions must be compared.
    pub cost: u64,
}

named_enum! {
    /// What a clause does in a plan.
    StepRole {
        /// Gives the articles to look at, one after the other.
        Walk = "walk",
        /// Is asked whether it matches each of them.
        Check = "check",
        /// Is asked last, and must not match.
        Exclude = "exclude",
    }
}

named_enum! {
    /// How a clause is answered.
    Access {
        /// From lists of the articles that have a word.
        Postings = "postings",
        /// From those, and the positions of the words in each article.
        Positions = "positions",
        /// From the lists of all words that match a pattern.
        Words = "words",
        /// From a column with a value for each article.
        Column = "column",
        /// By several of these.
        Clauses = "clauses",
        /// Every article is one.
        Everything = "everything",
    }
}

impl Lowering<'_> {
    /// What the engine will do for `query`, in its own order: the cheapest clause that must match
    /// gives the articles, the others are asked about each, cheapest first.
    pub(crate) fn steps(&mut self, query: &Query) -> tantivy::Result<Vec<Step>> {
        let whole = [query.clone()];
        let clauses = match query {
            Query::And(clauses) => &clauses[..],
            _ => &whole,
        };
        let (mut required, mut excluded, mut optional) = (Vec::new(), Vec::new(), Vec::new());
        for clause in clauses {
            match clause {
                Query::Not(inner) => excluded.push(self.step(inner, StepRole::Exclude)?),
                clause if !self.all_words && clauses.len() > 1 && scores(clause) => {
                    optional.push(clause.clone());
                }
                clause => required.push(self.step(clause, StepRole::Check)?),
            }
        }
        if let Some(any) = Query::any_of(optional) {
            required.push(self.step(&any, StepRole::Check)?);
        }
        if required.is_empty() {
            required.push(self.step(&Query::All, StepRole::Check)?);
        }
        // More are asked one after the other, as they were typed.
        if clauses.len() <= MANY {
            required.sort_by_key(|step| step.cost);
            excluded.sort_by_key(|step| step.cost);
        }
        required[0].role = StepRole::Walk;
        required.append(&mut excluded);
        Ok(required)
    }

    fn step(&mut self, clause: &Query, role: StepRole) -> tantivy::Result<Step> {
        let required = self.clause(clause, self.everywhere()).selecting();
        let cost = self.cost(&required)?;
        let access = access(clause);
        let words = match clause {
            Query::Text(text) if access == Access::Words => {
                Some(self.words(text, self.fields.text_word).len() as u64)
            }
            _ => None,
        };
        Ok(Step { clause: clause.to_string(), role, access, words, cost })
    }

    /// What the engine goes by when it puts clauses in order; it counts short lists as nothing, as
    /// they are read when they are opened.
    fn cost(&self, clause: &Engine) -> tantivy::Result<u64> {
        let weight = clause.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        let mut cost = 0_u64;
        for segment in self.searcher.segment_readers() {
            let matching = u64::from(weight.count(segment)?);
            let of_segment = weight.scorer(segment, 1.0)?.cost().max(matching);
            cost = cost.saturating_add(of_segment);
        }
        Ok(cost)
    }
}

fn access(clause: &Query) -> Access {
    match clause {
        Query::All | Query::Nothing => Access::Everything,
        Query::Text(text) => access_to(text),
        Query::In(Zone::Title, inner) | Query::Boost(inner, _) => access(inner),
        Query::In(..) | Query::Near(_) | Query::AtLeast(..) => Access::Positions,
        Query::Date(_) | Query::Field(_, FieldTest::Within { .. } | FieldTest::Exists) => {
            Access::Column
        }
        Query::Field(_, FieldTest::AnyOf(_) | FieldTest::Exactly(_)) => Access::Postings,
        Query::Field(_, FieldTest::Missing) | Query::And(_) | Query::Or(_) | Query::Not(_) => {
            Access::Clauses
        }
    }
}

fn access_to(text: &Text) -> Access {
    match text {
        Text::Word(words) | Text::Exact(words) if crate::query::word::is_simple(words) => {
            Access::Postings
        }
        Text::Word(_) | Text::Exact(_) | Text::Phrase { .. } | Text::Cased(..) => Access::Positions,
        Text::Wildcard(_) | Text::Fuzzy(..) | Text::Regex(_) => Access::Words,
    }
}
