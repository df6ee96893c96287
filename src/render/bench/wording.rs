//! What may be said of figures, and what not.

use super::super::numbers::{count, counted};
use crate::bench::{Mode, Report, Summary};

/// From this share of the index in the page cache on, a run is called warm.
const WARM: f64 = 0.999;

/// The rule that stands with every table: how questions were put, and what their times are.
pub(in super::super) fn rule(report: &Report, summary: &Summary) -> String {
    let settings = &report.settings;
    let threads = counted(settings.threads as u64, "thread");
    let cache = cache(summary.used.resident);
    let rate = settings.rate.map_or_else(|| "a rate".to_owned(), |rate| format!("{rate} a second"));
    match settings.mode {
        Mode::Closed => {
            format!("closed loop, {threads}, {cache}: service time, not latency under load")
        }
        Mode::Open => format!(
            "open loop, {rate} with Poisson arrivals, {threads}, {cache}: latency from the intended \
             start, waiting included"
        ),
        Mode::Sweep => format!(
            "open loop at rising rates with Poisson arrivals, {threads}, {cache}: latency from the \
             intended start, waiting included"
        ),
        Mode::Cold => {
            "a fresh process each, the index dropped from the page cache: first use, not what comes \
             after it"
                .into()
        }
        Mode::Process => format!(
            "the whole program each, from exec to the last byte, {cache}: what a command takes, not \
             the search alone"
        ),
        Mode::WhileIndexing => format!(
            "closed loop, {threads}, while articles are added: service time, not latency under load"
        ),
        Mode::Ingest => "indexing, no questions: from start to the last commit".into(),
    }
}

fn cache(resident: Option<f64>) -> String {
    match resident {
        Some(share) if share >= WARM => "warm".into(),
        Some(share) => format!("{:.1} % of the index in the page cache", share * 100.0),
        None => "page cache not looked at".into(),
    }
}

/// What a run is of: `dateline: 480 questions of 24 classes, 48,000 samples`.
pub(in super::super) fn subject(report: &Report, summary: &Summary) -> String {
    let whole = &summary.whole;
    if whole.queries == 0 {
        return format!("{}: no questions", report.target);
    }
    let classes = summary.classes.len() as u64;
    let plural = if classes == 1 { "class" } else { "classes" };
    format!(
        "{}: {} of {} {plural}, {}",
        report.target,
        counted(whole.queries as u64, "question"),
        count(classes),
        counted(whole.samples as u64, "sample")
    )
}

/// What is said of a run that was stopped.
pub(super) const PARTIAL: &str =
    "PARTIAL: the run was stopped before its end; figures are of what was measured until then";
