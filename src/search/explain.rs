//! What a question means, clause by clause, and what the engine will do for it.

use super::Matching;
use super::probe::Probe;
use crate::article::named_enum;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Limit, Parsed, Query, Repair, Span, Step, Wording};

/// How many clauses are counted; nobody reads on.
const MOST_CLAUSES: usize = 200;

/// What is made of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The question in canonical form.
    pub understood: String,
    /// Whether operators were typed.
    pub wording: Wording,
    /// What was changed in the question as typed.
    pub repairs: Vec<Repair>,
    /// Patterns that stand for fewer words than match them.
    pub limits: Vec<Limit>,
    /// How many articles match.
    pub total: u64,
    /// How many articles the index holds.
    pub articles: u64,
    /// The generation of the index that answered.
    pub generation: u64,
    /// The question as a tree of clauses; `None` where it asks for nothing, and where there are
    /// too many.
    pub clauses: Option<Clause>,
    /// The steps to the answer, in their order; empty where there is nothing to do.
    pub plan: Vec<Step>,
}

/// A part of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// The clause in canonical form.
    pub clause: String,
    /// What it is to what holds it.
    pub role: ClauseRole,
    /// How many articles match it by itself.
    pub matches: u64,
    /// Its parts.
    pub clauses: Vec<Clause>,
}

named_enum! {
    /// What a clause is to what holds it.
    ClauseRole {
        /// The question itself.
        Question = "question",
        /// Must match, as must the others.
        Required = "required",
        /// Need not match if another does.
        Alternative = "alternative",
        /// Must not match.
        Excluded = "excluded",
        /// Its words must stand in the right place.
        Placed = "placed",
    }
}

/// What `parsed` means in `archive`.
pub fn explain(
    archive: &ArchiveReader,
    parsed: &Parsed,
    matching: Matching,
) -> Result<Explanation, Error> {
    let mut probe = Probe::new(archive, matching)?;
    let query = &parsed.query;
    let (_, limits) = probe.lower(query)?;
    let total = probe.count(query)?;
    let mut room = MOST_CLAUSES;
    let (clauses, plan) = match query {
        Query::Nothing => (None, Vec::new()),
        query => {
            let clauses = clause(&mut probe, query, ClauseRole::Question, &mut room)?;
            let plan = probe.lowering.steps(query).map_err(archive.engine_error())?;
            (clauses, plan)
        }
    };
    Ok(Explanation {
        understood: query.to_string(),
        wording: parsed.wording,
        repairs: parsed.repairs.clone(),
        limits,
        total,
        articles: archive.articles(),
        generation: archive.generation(),
        clauses,
        plan,
    })
}

/// `query` with its parts; `None` where there is no room for more.
fn clause(
    probe: &mut Probe<'_>,
    query: &Query,
    role: ClauseRole,
    room: &mut usize,
) -> Result<Option<Clause>, Error> {
    let Some(less) = room.checked_sub(1) else { return Ok(None) };
    *room = less;
    let matches = probe.count(query)?;
    let mut clauses = Vec::new();
    for (part, role) in parts(query) {
        clauses.extend(clause(probe, &part, role, room)?);
    }
    Ok(Some(Clause { clause: query.to_string(), role, matches, clauses }))
}

/// The parts of a query, each as a question of its own.
fn parts(query: &Query) -> Vec<(Query, ClauseRole)> {
    let each = |clauses: &[Query], role| clauses.iter().map(|it| (it.clone(), role)).collect();
    match query {
        Query::And(clauses) => each(clauses, ClauseRole::Required),
        Query::Or(clauses) => each(clauses, ClauseRole::Alternative),
        Query::Not(inner) => vec![((**inner).clone(), ClauseRole::Excluded)],
        Query::Boost(inner, _) => parts(inner),
        Query::In(zone, inner) => {
            let within = |(part, role)| (Query::In(*zone, Box::new(part)), role);
            parts(inner).into_iter().map(within).collect()
        }
        Query::Near(near) => {
            [&near.left, &near.right].map(|side| (side.clone().into(), ClauseRole::Placed)).into()
        }
        Query::AtLeast(_, span) => parts_of_span(span),
        Query::All | Query::Nothing | Query::Text(_) | Query::Field(..) | Query::Date(_) => {
            Vec::new()
        }
    }
}

fn parts_of_span(span: &Span) -> Vec<(Query, ClauseRole)> {
    vec![(span.clone().into(), ClauseRole::Placed)]
}
