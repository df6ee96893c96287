//! An answer that takes 10 ms takes 10 ms, and who waits in line waits as long as the theory of lines
//! says. A stall is felt by all who come within it; a closed loop tells of one. A machine that does
//! not keep up is told, and the run ends. All by a simulated clock.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::bench::clock::simulated::Simulated;
use crate::bench::closed::closed;
use crate::bench::interrupt::Interrupt;
use crate::bench::samples::Answers;
use crate::bench::task::{Answer, Ask};
use crate::error::Error;

const MS: Duration = Duration::from_millis(1);

/// A server that takes as long as it is told, for each question by its number.
struct Server<'a> {
    clock: &'a Simulated,
    takes: &'a (dyn Fn(usize) -> Duration + Sync),
    asked: AtomicUsize,
}

impl Target for Server<'_> {
    fn perform(&self, _task: &Task) -> Result<Answer, Error> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        self.clock.advance((self.takes)(number));
        Ok(Answer::default())
    }
}

fn tasks(count: usize) -> Vec<Task> {
    let task = |number| Task {
        class: "any".into(),
        query: format!("word{number}"),
        ask: Ask::Count,
        at: None,
    };
    (0..count).map(task).collect()
}

/// Has a server of one line asked by `ask`.
fn asked<R>(
    takes: &(dyn Fn(usize) -> Duration + Sync),
    ask: impl FnOnce(&Runner<'_, Simulated, Server<'_>>) -> R,
) -> R {
    let clock = Simulated::default();
    let server = Server { clock: &clock, takes, asked: AtomicUsize::new(0) };
    let runner = Runner {
        clock: &clock,
        target: &server,
        tasks: &tasks(5),
        interrupt: &Interrupt::default(),
        answers: Answers::Same,
        answered: &|| (),
    };
    ask(&runner)
}

fn at_rate(rate: f64, span: Duration, takes: &(dyn Fn(usize) -> Duration + Sync)) -> Opened {
    let arrivals = poisson(5, rate, span, 42);
    asked(takes, |runner| open(runner, &arrivals, 1, span))
}

#[test]
fn ten_milliseconds_are_ten_milliseconds() {
    // So few come that nobody waits.
    let opened = at_rate(0.01, Duration::from_secs(100_000), &|_| 10 * MS);
    let mut latencies = opened.samples.latencies();
    assert!(latencies.len() > 900);
    assert_eq!(percentile(&mut latencies, 0.5), Some(10_000_000));
    assert_eq!(percentile(&mut latencies, 0.99), Some(10_000_000));
    assert!(!opened.load.saturated);
}

#[test]
fn who_waits_in_line_waits_as_long_as_theory_says() {
    // M/D/1, Pollaczek and Khinchine: rho s / (2 (1 - rho)).
    for (rate, tolerance) in [(30.0, 0.05), (50.0, 0.05), (80.0, 0.08)] {
        let opened = at_rate(rate, Duration::from_secs(4_000), &|_| 10 * MS);
        let lateness = opened.samples.lateness();
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let mean = lateness.iter().sum::<u64>() as f64 / lateness.len() as f64 / 1e9;
        let rho = rate * 0.01;
        let expected = rho * 0.01 / (2.0 * (1.0 - rho));
        assert!((mean / expected - 1.0).abs() < tolerance, "{rate}: {mean} s, not {expected} s");
        assert!(!opened.load.saturated, "at {rate}");
        let service = opened.samples.measured(true).into_iter().flat_map(|it| it.service);
        assert!(service.into_iter().all(|it| it == 10_000_000));
    }
}

#[test]
fn a_stall_is_felt_by_all_who_come_within_it() {
    let takes = |number| if number == 500 { Duration::from_secs(1) } else { MS };
    let slow =
        |samples: &Samples| samples.latencies().iter().filter(|&&it| it > 50_000_000).count();
    let opened = at_rate(100.0, Duration::from_secs(20), &takes);
    // A hundred come within the second; the line is gone a tenth of a second later.
    let felt = slow(&opened.samples);
    assert!((80..=130).contains(&felt), "{felt}");
    assert!(!opened.load.saturated);
    let told = asked(&takes, |runner| slow(&closed(runner, 1, 400, 1)));
    assert_eq!(told, 1);
}

#[test]
fn a_machine_that_does_not_keep_up_is_told_and_the_run_ends() {
    let span = Duration::from_secs(10);
    let opened = at_rate(400.0, span, &|_| 10 * MS);
    assert!(opened.load.saturated);
    assert!((opened.load.achieved - 100.0).abs() < 2.0, "{}", opened.load.achieved);
    assert!(opened.unasked > 1_500, "{}", opened.unasked);
    assert_eq!(opened.samples.answered(), 2_000);
}

#[test]
fn a_line_that_grows_is_told_before_it_is_long() {
    let opened = at_rate(104.0, Duration::from_mins(1), &|_| 10 * MS);
    assert_eq!(opened.unasked, 0);
    assert!(opened.load.saturated, "{:?}", opened.load);
}

#[test]
fn arrivals_follow_from_the_seed_and_keep_the_rate() {
    let span = Duration::from_secs(1_000);
    let arrivals = poisson(3, 20.0, span, 5);
    assert_eq!(arrivals, poisson(3, 20.0, span, 5));
    assert!((19_500..20_500).contains(&arrivals.len()), "{}", arrivals.len());
    assert!(arrivals.is_sorted_by_key(|it| it.at));
    let of_first = arrivals.iter().filter(|it| it.task == 0).count();
    assert!(of_first.abs_diff(arrivals.len() / 3) <= 1);
    // The gaps of a Poisson process spread as much as they are long.
    let gaps: Vec<_> = arrivals
        .windows(2)
        .map(|pair| pair[1].at.as_secs_f64() - pair[0].at.as_secs_f64())
        .collect();
    let long = gaps.iter().filter(|&&gap| gap > 0.05).count();
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let part = long as f64 / gaps.len() as f64;
    assert!((part - (-1.0_f64).exp()).abs() < 0.02, "{part}");
}

#[test]
fn a_log_is_replayed_in_its_own_time() {
    let mut logged = tasks(3);
    logged[0].at = Some(Duration::ZERO);
    logged[2].at = Some(Duration::from_secs(8));
    let seconds: Vec<_> = replayed(&logged, 4.0).iter().map(|it| it.at.as_secs()).collect();
    assert_eq!(seconds, [0, 0, 2]);
}

#[test]
fn a_run_that_is_told_to_stop_ends_after_the_question_in_hand() {
    let clock = Simulated::default();
    let interrupt = Interrupt::default();
    let takes = |number| {
        if number == 9 {
            interrupt.set();
        }
        MS
    };
    let server = Server { clock: &clock, takes: &takes, asked: AtomicUsize::new(0) };
    let runner = Runner {
        clock: &clock,
        target: &server,
        tasks: &tasks(5),
        interrupt: &interrupt,
        answers: Answers::Same,
        answered: &|| (),
    };
    let opened = open(&runner, &poisson(5, 100.0, Duration::from_secs(10), 1), 1, 1_000 * MS);
    assert_eq!((opened.samples.answered(), opened.unasked), (10, 0));
}
