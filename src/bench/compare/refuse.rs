//! What cannot be compared, and what is compared with caution.

use std::collections::BTreeMap;

use super::super::report::{Mode, QueryRuns, Report, Warning};
use super::{Comparison, LEAST_PROCESSES, LEAST_QUERIES, Results};

/// Why two reports are not compared.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// They were made in different ways.
    #[error("the reports differ in {what}: {first} in the first, {second} in the second")]
    Settings {
        /// `mode`, `threads` or `rate`.
        what: &'static str,
        /// Of the first report.
        first: String,
        /// Of the second.
        second: String,
    },
    /// Other questions were asked.
    #[error(
        "the reports are of different questions: {first} in the first, {second} in the second{}",
        .example.as_ref().map(|it| format!("; `{it}` is in one alone")).unwrap_or_default()
    )]
    Queries {
        /// How many questions the first report has.
        first: usize,
        /// And the second.
        second: usize,
        /// One that is in one of them alone.
        example: Option<String>,
    },
    /// Another index was asked.
    #[error("the reports are of different indexes, of {first} and of {second} articles")]
    Index {
        /// How many articles the first index holds.
        first: u64,
        /// And the second.
        second: u64,
    },
    /// Questions have other results.
    #[error(
        "{} of {queries} questions have other results in the second report, {}",
        differing.len(),
        differing.first().map(ToString::to_string).unwrap_or_default()
    )]
    Results {
        /// How many questions there are.
        queries: usize,
        /// Those that differ, at least one.
        differing: Vec<Differing>,
    },
    /// No question was answered in both runs.
    #[error("no question was answered in both runs")]
    NothingMeasured,
}

impl Refusal {
    /// What can be done about it, in one line.
    pub fn hint(&self) -> String {
        match self {
            Self::Settings { what: "mode", .. } => "measure both in the same mode".into(),
            Self::Settings { what, .. } => format!("measure both with the same --{what}"),
            Self::Queries { .. } => {
                "measure both with the same questions: the same file, or the same --seed, --class \
                 and --per-class on the same index"
                    .into()
            }
            Self::Index { .. } => "measure both on the same index".into(),
            Self::Results { .. } => {
                "a faster wrong answer is not faster: find out why, or say --results-may-differ"
                    .into()
            }
            Self::NothingMeasured => "look for errors and for `partial` in the reports".into(),
        }
    }
}

/// A question that has other results in the second run.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Differing {
    /// Its class.
    pub class: String,
    /// As typed.
    pub query: String,
    /// How many articles match in the first run and in the second; where that is the same, they are
    /// other ones or in another order.
    pub totals: [u64; 2],
}

impl std::fmt::Display for Differing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { class, query, totals: [first, second] } = self;
        write!(f, "`{query}` ({class}): ")?;
        if first == second {
            return write!(f, "{first} articles in both, but other ones or in another order");
        }
        write!(f, "{first} articles against {second}")
    }
}

pub(super) type Pair<'a> = (&'a QueryRuns, &'a QueryRuns);

/// Refuses reports that were made in different ways.
pub(super) fn settings(first: &Report, second: &Report) -> Result<(), Refusal> {
    let (a, b) = (&first.settings, &second.settings);
    let rate = |rate: Option<f64>| rate.map_or("none".to_owned(), |rate| format!("{rate}/s"));
    for (what, first, second) in [
        ("mode", a.mode.to_string(), b.mode.to_string()),
        ("threads", a.threads.to_string(), b.threads.to_string()),
        ("rate", rate(a.rate), rate(b.rate)),
    ] {
        // The rate of a sweep is what was found.
        let is_found = what == "rate" && a.mode == Mode::Sweep;
        if first != second && !is_found {
            return Err(Refusal::Settings { what, first, second });
        }
    }
    let (a, b) = (&first.fingerprint.index, &second.fingerprint.index);
    if a.content != b.content {
        return Err(Refusal::Index { first: a.articles, second: b.articles });
    }
    Ok(())
}

/// Each question of the first report with itself in the second.
pub(super) fn paired<'a>(first: &'a Report, second: &'a Report) -> Result<Vec<Pair<'a>>, Refusal> {
    let name = |query: &'a QueryRuns| [query.class.as_str(), &query.query, &query.ask];
    let mut of_second: BTreeMap<_, Vec<&QueryRuns>> = BTreeMap::new();
    for query in second.queries.iter().rev() {
        of_second.entry(name(query)).or_default().push(query);
    }
    // A question that stands twice in a file is paired in its order.
    let mut pairs = Vec::with_capacity(first.queries.len());
    let mut alone = None;
    for query in &first.queries {
        match of_second.get_mut(&name(query)).and_then(Vec::pop) {
            Some(other) => pairs.push((query, other)),
            None => alone = alone.or(Some(query)),
        }
    }
    let alone = alone.or_else(|| of_second.values().find_map(|it| it.first().copied()));
    let same_digest = first.fingerprint.queries == second.fingerprint.queries;
    if alone.is_some() || !same_digest {
        return Err(Refusal::Queries {
            first: first.queries.len(),
            second: second.queries.len(),
            example: alone.map(|it| it.query.clone()),
        });
    }
    Ok(pairs)
}

/// The questions with other results, which are a reason to refuse unless they may differ. A question
/// that was not answered in one of the runs has no results to differ.
pub(super) fn differing(pairs: &[Pair<'_>], results: Results) -> Result<Vec<Differing>, Refusal> {
    let is_answered = |runs: &QueryRuns| runs.samples.iter().any(|it| !it.is_empty());
    let differs = |(a, b): &&Pair<'_>| {
        let [first, second] = [&a.outcome, &b.outcome];
        let is_other = first.total != second.total || first.checksum != second.checksum;
        is_other && is_answered(a) && is_answered(b)
    };
    let described = |(a, b): &Pair<'_>| Differing {
        class: a.class.clone(),
        query: a.query.clone(),
        totals: [a.outcome.total, b.outcome.total],
    };
    let differing: Vec<_> = pairs.iter().filter(differs).map(described).collect();
    if differing.is_empty() || results == Results::MayDiffer {
        return Ok(differing);
    }
    Err(Refusal::Results { queries: pairs.len(), differing })
}

/// What makes a comparison less than it seems.
pub(super) fn cautions(first: &Report, second: &Report, made: &Comparison) -> Vec<Warning> {
    let mut cautions = Vec::new();
    let mut add = |kind: &str, detail: String| {
        cautions.push(Warning { kind: kind.to_owned(), detail });
    };
    for (name, report) in [("first", first), ("second", second)] {
        if report.partial {
            add("partial", format!("the {name} run was stopped before its end"));
        }
        let kinds: Vec<&str> = report.warnings.iter().map(|it| it.kind.as_str()).collect();
        if !kinds.is_empty() {
            add("tainted", format!("the {name} run has warnings: {}", kinds.join(", ")));
        }
    }
    let [a, b] = [first, second].map(|it| &it.fingerprint);
    let hardware = [a, b].map(|it| (&it.machine.cpu, it.machine.cores, it.machine.memory));
    if hardware[0] != hardware[1] {
        add("machine", "the runs are of different machines, which differ as builds do".into());
    }
    if a.build != b.build {
        add("build", format!("the builds were made in different ways: {}; {}", a.build, b.build));
    }
    if let Some(example) = made.differing.first() {
        let (n, of) = (made.differing.len(), first.queries.len());
        add("results", format!("{n} of {of} questions have other results: {example}"));
    }
    let processes = [first, second]
        .map(|report| report.queries.iter().map(|it| it.samples.len()).max().unwrap_or_default());
    if processes.iter().any(|n| *n < LEAST_PROCESSES) {
        let [a, b] = processes;
        add(
            "few-processes",
            format!(
                "the runs have {a} and {b} processes; a verdict needs {LEAST_PROCESSES} of each"
            ),
        );
    }
    let is_small = |queries: usize| (1..LEAST_QUERIES).contains(&queries);
    let small: Vec<_> = made.classes.iter().filter(|it| is_small(it.queries)).collect();
    if !small.is_empty() {
        let names: Vec<&str> = small.iter().map(|it| it.class.as_str()).collect();
        add(
            "few-questions",
            format!(
                "no verdict is given on classes of fewer than {LEAST_QUERIES} questions: {}",
                names.join(", ")
            ),
        );
    }
    cautions
}
