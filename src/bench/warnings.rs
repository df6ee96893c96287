//! What taints figures.

use super::report::{Machine, QueryRuns, Warning};
use super::wire::ProcessRuns;

/// A core that is busier than this before the run begins disturbs it.
const LOAD_A_CORE: f64 = 0.5;

/// Percent of time taken by other guests from which it shows in a tail.
const STEAL: f64 = 1.0;

/// Samples of a class from which its 99th percentile has ten beyond it.
const ENOUGH: usize = 1_000;

/// A warning.
pub(super) fn warning(kind: &str, detail: impl Into<String>) -> Warning {
    Warning { kind: kind.into(), detail: detail.into() }
}

/// What the machine gives reason to doubt.
pub(super) fn of_machine(machine: &Machine) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let cores = machine.cores.unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "cores are few")]
    let bound = LOAD_A_CORE * cores as f64;
    if let Some([before, _]) = machine.load.filter(|load| load[0] > bound) {
        let detail = format!(
            "the load was {before:.2} on {cores} cores before the run began; others' work is in the \
             figures"
        );
        warnings.push(warning("load", detail));
    }
    if let Some(governor) = machine.governor.as_ref().filter(|it| *it != "performance") {
        let detail = format!(
            "the frequency of the processor is governed by `{governor}`, not `performance`; it may \
             change during the run"
        );
        warnings.push(warning("governor", detail));
    }
    if let Some(bytes) = machine.swap_used.filter(|&bytes| bytes > 0) {
        let detail = format!("{} MiB are swapped out; reading them back takes long", bytes >> 20);
        warnings.push(warning("swap", detail));
    }
    if let Some(steal) = machine.steal.filter(|&steal| steal > STEAL) {
        let detail = format!("other guests of the host took {steal:.1} % of processor time");
        warnings.push(warning("steal", detail));
    }
    warnings
}

/// What this build gives reason to doubt.
pub(super) fn of_build() -> Option<Warning> {
    let detail = "this build is not optimised; figures of a release build are another matter";
    cfg!(debug_assertions).then(|| warning("debug-build", detail))
}

/// What the processes give reason to doubt.
pub(super) fn of_runs(runs: &[ProcessRuns]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let unstable = runs.iter().filter(|run| !run.stable).count();
    if unstable > 0 {
        let detail = format!(
            "{unstable} of {} processes were still getting faster or slower when measuring began",
            runs.len()
        );
        warnings.push(warning("unstable", detail));
    }
    let saturated: Vec<_> =
        runs.iter().filter_map(|run| run.load.as_ref().filter(|load| load.saturated)).collect();
    if let Some(load) = saturated.first() {
        let unasked: u64 = runs.iter().map(|run| run.unasked).sum();
        let detail = format!(
            "the machine does not keep up: of {:.1} questions a second {:.1} were answered; latency \
             grows as long as the run lasts{}",
            load.rate,
            load.achieved,
            match unasked {
                0 => String::new(),
                _ =>
                    format!(", and {unasked} questions that had not begun by its end are left out"),
            }
        );
        warnings.push(warning("saturated", detail));
    }
    warnings
}

/// Classes with too few samples for their tail.
pub(super) fn of_samples(queries: &[QueryRuns]) -> Option<Warning> {
    let mut classes = std::collections::BTreeMap::<&str, usize>::new();
    for query in queries {
        *classes.entry(&query.class).or_default() +=
            query.samples.iter().map(Vec::len).sum::<usize>();
    }
    let few: Vec<_> = classes.values().copied().filter(|&count| count < ENOUGH).collect();
    let least = few.iter().min()?;
    let detail = format!(
        "{} of {} classes have fewer than {ENOUGH} samples, one {least}: no p99 of theirs can be told",
        few.len(),
        classes.len()
    );
    Some(warning("few-samples", detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(warnings: &[Warning]) -> Vec<&str> {
        warnings.iter().map(|it| it.kind.as_str()).collect()
    }

    #[test]
    fn a_quiet_machine_gives_no_reason_to_doubt() {
        let quiet = Machine {
            cores: Some(4),
            load: Some([1.9, 4.0]),
            governor: Some("performance".into()),
            swap_used: Some(0),
            steal: Some(0.2),
            ..Machine::default()
        };
        assert!(of_machine(&quiet).is_empty());
        assert!(of_machine(&Machine::default()).is_empty());
    }

    #[test]
    fn each_disturbance_is_told() {
        let busy = Machine {
            cores: Some(4),
            load: Some([2.1, 2.0]),
            governor: Some("powersave".into()),
            swap_used: Some(5 << 20),
            steal: Some(3.0),
            ..Machine::default()
        };
        assert_eq!(kinds(&of_machine(&busy)), ["load", "governor", "swap", "steal"]);
        let runs = [ProcessRuns { stable: true, ..ProcessRuns::default() }, ProcessRuns::default()];
        assert_eq!(kinds(&of_runs(&runs)), ["unstable"]);
    }
}
