//! What becomes of processes that die, and of runs that are stopped.

use super::*;

fn plan() -> Plan {
    Plan {
        index: "index".into(),
        target: "dateline".into(),
        room: None,
        mode: Mode::Closed,
        threads: 1,
        processes: 3,
        rounds: 1,
        rate: None,
        duration: Duration::from_secs(1),
        objective: None,
        replay: None,
        sources: Vec::new(),
        warm_up: Duration::ZERO,
        seed: 7,
    }
}

/// Repeats a measurement three times; gives how many counted, what was told, and the outcome.
fn repeated(
    interrupt: &Interrupt,
    measure: impl Fn(usize) -> Result<ProcessRuns, Died>,
) -> (usize, Vec<String>, Result<(), String>) {
    let nothing = || Command::new("nothing");
    let processes = Processes { command: &nothing, interrupt, answered: &|_| () };
    let programs = Programs { processes, asking: &|_| nothing() };
    let plan = plan();
    let mut run = Run {
        plan: &plan,
        tasks: &[],
        programs: &programs,
        runs: Vec::new(),
        died: Vec::new(),
        notes: Vec::new(),
    };
    let outcome = run.repeat_with(3, |_, number| measure(number));
    let told = run.died.into_iter().map(|it| it.detail).collect();
    (run.runs.len(), told, outcome.map_err(|error| error.to_string()))
}

fn dies_at(which: &[usize]) -> impl Fn(usize) -> Result<ProcessRuns, Died> {
    move |number| {
        let dies = which.contains(&number);
        if dies { Err(Died("ended with signal: 9".into())) } else { Ok(ProcessRuns::default()) }
    }
}

#[test]
fn a_process_that_dies_is_named_and_the_others_count() {
    let (counted, told, outcome) = repeated(&Interrupt::default(), dies_at(&[1]));
    assert_eq!((counted, outcome), (2, Ok(())));
    assert_eq!(told, ["process 2 of 3 ended with signal: 9"]);
}

#[test]
fn where_all_die_nothing_was_measured() {
    let (counted, _, outcome) = repeated(&Interrupt::default(), dies_at(&[0, 1, 2]));
    assert_eq!(counted, 0);
    assert_eq!(outcome, Err("nothing was measured: process 1 of 3 ended with signal: 9".into()));
}

#[test]
fn what_dies_of_an_interrupt_is_no_failure() {
    let interrupt = Interrupt::default();
    let (counted, told, outcome) = repeated(&interrupt, |number| {
        if number == 1 {
            interrupt.set();
        }
        dies_at(&[1])(number)
    });
    assert_eq!((counted, told.len(), outcome), (1, 0, Ok(())));
}

#[test]
fn answers_are_counted_before_where_they_can_be() {
    let of = |mode| Plan { mode, rounds: 4, ..plan() }.answers(10);
    assert_eq!(of(Mode::Closed), Some(120));
    assert_eq!(of(Mode::Cold), Some(40));
    assert_eq!(of(Mode::Ingest), Some(3));
    assert_eq!(of(Mode::Open), None);
}
