//! What a question means and what the engine does for it.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, Layout, LimitRecord, RepairRecord};
use super::numbers::{count, counted};
use super::rows::row;
use super::style::{Role, Style};
use super::wrap::{columns, fit};
use crate::query::{Step, StepRole};
use crate::search::{Clause, ClauseRole, Explanation};
use crate::text::printable;

/// Columns of the labels at the top.
const LABEL_WIDTH: usize = 10;

/// Columns between the parts of a line.
const GAP: usize = 2;

/// Writes what was understood, how many articles match each clause, and the plan.
pub fn explanation(out: &mut dyn Write, explanation: &Explanation, style: Style) -> io::Result<()> {
    let understood = match explanation.understood.as_str() {
        "" => "nothing",
        understood => understood,
    };
    let matching =
        format!("{} of {}", count(explanation.total), counted(explanation.articles, "article"));
    row(out, "understood", LABEL_WIDTH, &printable(understood), style)?;
    row(out, "wording", LABEL_WIDTH, explanation.wording.name(), style)?;
    row(out, "matches", LABEL_WIDTH, &matching, style)?;
    if let Some(clauses) = &explanation.clauses {
        heading(out, "clause", "articles", style)?;
        clause(out, clauses, 1, style)?;
    }
    if !explanation.plan.is_empty() {
        heading(out, "plan", "cost", style)?;
        for step in &explanation.plan {
            line(out, &format!("  {}", described(step)), &count(step.cost), style)?;
        }
    }
    Ok(())
}

fn heading(out: &mut dyn Write, left: &str, right: &str, style: Style) -> io::Result<()> {
    writeln!(out)?;
    let gap = style.width().saturating_sub(left.len() + right.len());
    style.write(out, Role::Label, &format!("{left}{:gap$}{right}", ""))?;
    writeln!(out)
}

fn clause(out: &mut dyn Write, it: &Clause, depth: usize, style: Style) -> io::Result<()> {
    let role = match it.role {
        ClauseRole::Alternative => "or ",
        ClauseRole::Question | ClauseRole::Required | ClauseRole::Excluded | ClauseRole::Placed => {
            ""
        }
    };
    // Beyond half of the line the level no longer shows.
    let indent = (depth * 2).min(style.width() / 2);
    let text = format!("{:indent$}{role}{}", "", printable(&it.clause));
    line(out, &text, &count(it.matches), style)?;
    it.clauses.iter().try_for_each(|part| clause(out, part, depth + 1, style))
}

fn described(Step { clause, role, access, words, .. }: &Step) -> String {
    let role = match role {
        StepRole::Walk => "go through",
        StepRole::Check => "check",
        StepRole::Exclude => "leave out",
    };
    let words = words.map(|words| format!("{} ", count(words))).unwrap_or_default();
    format!("{role} {} ({words}{access})", printable(clause))
}

/// Writes a text that is cut to what the number at the right margin leaves.
fn line(out: &mut dyn Write, text: &str, number: &str, style: Style) -> io::Result<()> {
    let width = style.width().saturating_sub(number.len() + GAP);
    let text = fit(text, width);
    let gap = style.width().saturating_sub(columns(&text) + number.len());
    writeln!(out, "{text}{:gap$}{number}", "")
}

/// Writes the explanation as one document.
pub fn explanation_json(
    out: &mut dyn Write,
    explanation: &Explanation,
    layout: Layout,
) -> io::Result<()> {
    let record = ExplanationRecord {
        v: json::VERSION,
        query: &explanation.understood,
        wording: explanation.wording.name(),
        repairs: json::repairs(&explanation.repairs),
        limits: json::limits(&explanation.limits),
        total: explanation.total,
        articles: explanation.articles,
        generation: explanation.generation,
        clauses: explanation.clauses.as_ref().map(ClauseRecord::from),
        plan: explanation.plan.iter().map(StepRecord::from).collect(),
    };
    json::document(out, &record, layout)
}

#[derive(Serialize)]
struct ExplanationRecord<'a> {
    v: u32,
    query: &'a str,
    wording: &'static str,
    repairs: Vec<RepairRecord<'a>>,
    limits: Vec<LimitRecord<'a>>,
    total: u64,
    articles: u64,
    generation: u64,
    clauses: Option<ClauseRecord<'a>>,
    plan: Vec<StepRecord<'a>>,
}

#[derive(Serialize)]
struct ClauseRecord<'a> {
    clause: &'a str,
    role: &'static str,
    matches: u64,
    clauses: Vec<ClauseRecord<'a>>,
}

#[derive(Serialize)]
struct StepRecord<'a> {
    clause: &'a str,
    role: &'static str,
    access: &'static str,
    words: Option<u64>,
    cost: u64,
}

impl<'a> From<&'a Clause> for ClauseRecord<'a> {
    fn from(clause: &'a Clause) -> Self {
        Self {
            clause: &clause.clause,
            role: clause.role.name(),
            matches: clause.matches,
            clauses: clause.clauses.iter().map(Self::from).collect(),
        }
    }
}

impl<'a> From<&'a Step> for StepRecord<'a> {
    fn from(step: &'a Step) -> Self {
        Self {
            clause: &step.clause,
            role: step.role.name(),
            access: step.access.name(),
            words: step.words,
            cost: step.cost,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::shown;
    use super::super::{Emphasis, MIN_WIDTH};
    use super::*;
    use crate::query::{Access, Wording};

    fn sample() -> Explanation {
        let clause = |clause: &str, role, matches, clauses| Clause {
            clause: clause.to_owned(),
            role,
            matches,
            clauses,
        };
        let step = |clause: &str, role, access, words, cost| Step {
            clause: clause.to_owned(),
            role,
            access,
            words,
            cost,
        };
        let near = vec![
            clause("\"old bridge\"", ClauseRole::Placed, 14, Vec::new()),
            clause("obs*", ClauseRole::Placed, 1_240, Vec::new()),
        ];
        let parts = vec![
            clause("\"old bridge\" w/5 obs*", ClauseRole::Required, 12, near),
            clause(
                "NOT strike",
                ClauseRole::Required,
                1_100,
                vec![clause("strike", ClauseRole::Excluded, 184, Vec::new())],
            ),
        ];
        let understood = "\"old bridge\" w/5 obs* AND NOT strike";
        Explanation {
            understood: understood.to_owned(),
            wording: Wording::Operators,
            repairs: Vec::new(),
            limits: Vec::new(),
            total: 10,
            articles: 1_284,
            generation: 7,
            clauses: Some(clause(understood, ClauseRole::Question, 10, parts)),
            plan: vec![
                step("obs*", StepRole::Walk, Access::Words, Some(31), 1_240),
                step("\"old bridge\" w/5 obs*", StepRole::Check, Access::Positions, None, 12_400),
                step("strike", StepRole::Exclude, Access::Postings, None, 184),
            ],
        }
    }

    fn written(width: usize) -> String {
        shown(|out| explanation(out, &sample(), Style::new(width, Emphasis::Plain)))
    }

    #[test]
    fn clauses_are_counted_and_steps_have_their_cost() {
        insta::assert_snapshot!(written(72), @r#"
        understood  "old bridge" w/5 obs* AND NOT strike
        wording     operators
        matches     10 of 1,284 articles

        clause                                                          articles
          "old bridge" w/5 obs* AND NOT strike                                10
            "old bridge" w/5 obs*                                             12
              "old bridge"                                                    14
              obs*                                                         1,240
            NOT strike                                                     1,100
              strike                                                         184

        plan                                                                cost
          go through obs* (31 words)                                       1,240
          check "old bridge" w/5 obs* (positions)                         12,400
          leave out strike (postings)                                        184
        "#);
    }

    #[test]
    fn a_narrow_terminal_cuts_what_is_long() {
        insta::assert_snapshot!(written(MIN_WIDTH), @r#"
        understood  "old bridge" w/5 obs* AND
                    NOT strike
        wording     operators
        matches     10 of 1,284 articles

        clause                          articles
          "old bridge" w/5 obs* AND NOT str…  10
            "old bridge" w/5 obs*             12
              "old bridge"                    14
              obs*                         1,240
            NOT strike                     1,100
              strike                         184

        plan                                cost
          go through obs* (31 words)       1,240
          check "old bridge" w/5 obs* (…  12,400
          leave out strike (postings)        184
        "#);
    }

    #[test]
    fn machines_get_the_same() {
        let json = shown(|out| explanation_json(out, &sample(), Layout::Compact));
        insta::assert_snapshot!(json, @r#"{"v":1,"query":"\"old bridge\" w/5 obs* AND NOT strike","wording":"operators","repairs":[],"limits":[],"total":10,"articles":1284,"generation":7,"clauses":{"clause":"\"old bridge\" w/5 obs* AND NOT strike","role":"question","matches":10,"clauses":[{"clause":"\"old bridge\" w/5 obs*","role":"required","matches":12,"clauses":[{"clause":"\"old bridge\"","role":"placed","matches":14,"clauses":[]},{"clause":"obs*","role":"placed","matches":1240,"clauses":[]}]},{"clause":"NOT strike","role":"required","matches":1100,"clauses":[{"clause":"strike","role":"excluded","matches":184,"clauses":[]}]}]},"plan":[{"clause":"obs*","role":"walk","access":"words","words":31,"cost":1240},{"clause":"\"old bridge\" w/5 obs*","role":"check","access":"positions","words":null,"cost":12400},{"clause":"strike","role":"exclude","access":"postings","words":null,"cost":184}]}"#);
    }
}
