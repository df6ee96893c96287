//! Questions to an index of which nothing is in memory.

use std::path::Path;

use super::processes::{Died, Processes};
use super::report::{Resources, Warning};
use super::residency::{drop_from_cache, resident};
use super::task::Task;
use super::warnings::warning;
use super::wire::{Order, ProcessRuns};
use crate::random::Random;

/// The part of an index that may stay in memory after it was dropped.
const NOT_COLD: f64 = 0.01;

/// Asks each question once, in a fresh process of its own, the index dropped from the page cache
/// before. Questions come in the order of the seed.
pub(super) fn pass(
    processes: &Processes<'_>,
    order: &Order,
    tasks: &[Task],
) -> Result<ProcessRuns, Died> {
    let mut places: Vec<_> = (0..tasks.len()).collect();
    Random::new(order.seed).shuffle(&mut places);
    let mut whole = ProcessRuns { stable: true, ..ProcessRuns::default() };
    whole.measured.resize_with(tasks.len(), Default::default);
    for place in places {
        if processes.interrupt.is_set() {
            break;
        }
        drop_from_cache(&order.index)
            .map_err(|error| Died(format!("the index cannot be dropped from memory: {error}")))?;
        let before = resident(&order.index);
        let run = processes.run(order, &tasks[place..=place])?;
        let after = resident(&order.index);
        let resident = before.zip(after).map(|([a, _], [b, all])| [a, b, all]);
        add(&mut whole.resources, &Resources { resident, ..run.resources });
        whole.timer_overhead_ns = run.timer_overhead_ns;
        whole.stopped |= run.stopped;
        if let Some(measured) = run.measured.into_iter().next() {
            whole.measured[place] = measured;
        }
        (processes.answered)(1);
    }
    whole.stopped |= processes.interrupt.is_set();
    Ok(whole)
}

/// Adds what another process used; of memory, the most.
fn add(sum: &mut Resources, more: &Resources) {
    let added = |a: Option<u64>, b: Option<u64>| a.zip(b).map_or(a.or(b), |(a, b)| Some(a + b));
    sum.cpu_ms = sum.cpu_ms.zip(more.cpu_ms).map_or(more.cpu_ms, |(a, b)| Some(a + b));
    sum.wall_ms += more.wall_ms;
    sum.minor_faults = added(sum.minor_faults, more.minor_faults);
    sum.major_faults = added(sum.major_faults, more.major_faults);
    sum.read_bytes = added(sum.read_bytes, more.read_bytes);
    sum.peak_memory = sum.peak_memory.max(more.peak_memory);
    sum.resident = match (sum.resident, more.resident) {
        (Some([a, b, all]), Some([c, d, _])) => Some([a.max(c), b.max(d), all]),
        (a, b) => a.or(b),
    };
}

/// Whether the index was as cold as was meant.
pub(super) fn doubt(index: &Path, runs: &[ProcessRuns]) -> Option<Warning> {
    let most = runs.iter().filter_map(|run| run.resources.resident).max_by_key(|it| it[0]);
    let Some([before, _, all]) = most else {
        let detail = "how much of the index stayed in memory is not known: there is no `fincore`";
        return Some(warning("not-cold", detail));
    };
    #[expect(clippy::cast_precision_loss, reason = "an index has fewer than 2^53 bytes")]
    let is_warm = before as f64 > NOT_COLD * all as f64;
    let detail = format!(
        "{before} of {all} bytes of `{}` stayed in memory; somebody may have it open",
        index.display()
    );
    is_warm.then(|| warning("not-cold", detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(resident: Option<[u64; 3]>) -> ProcessRuns {
        let resources = Resources { resident, ..Resources::default() };
        ProcessRuns { resources, ..ProcessRuns::default() }
    }

    #[test]
    fn an_index_that_stays_in_memory_is_not_cold() {
        let told = |resident| doubt(Path::new("index"), &[run(resident)]).map(|it| it.detail);
        assert_eq!(told(Some([5, 900, 1_000])), None);
        assert!(told(Some([500, 900, 1_000])).is_some_and(|it| it.starts_with("500 of 1000")));
        assert!(told(None).is_some_and(|it| it.contains("not known")));
    }

    #[test]
    fn what_processes_used_is_added_up() {
        let mut sum = Resources::default();
        let one = Resources {
            cpu_ms: Some(2.0),
            read_bytes: Some(5),
            peak_memory: Some(7),
            resident: Some([1, 2, 9]),
            ..Resources::default()
        };
        add(&mut sum, &one);
        add(&mut sum, &Resources { resident: Some([0, 4, 9]), ..one });
        assert_eq!((sum.cpu_ms, sum.read_bytes), (Some(4.0), Some(10)));
        assert_eq!((sum.peak_memory, sum.resident), (Some(7), Some([1, 4, 9])));
    }
}
