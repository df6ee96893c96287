//! Fresh processes that measure, one after the other.
//!
//! Where memory lies, which pages are huge and how code is laid out differ from process to process,
//! and stay the same within one; so several are measured, and what tells them apart is part of the
//! uncertainty (Kalibera and Jones 2013, "Rigorous benchmarking in reasonable time").

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::interrupt::Interrupt;
use super::task::Task;
use super::wire::{Message, Order, ProcessRuns, write_order};

/// How often it is looked whether a process is to stop.
const LOOK: Duration = Duration::from_millis(20);

/// Starts processes that measure.
#[derive(Clone, Copy)]
pub struct Processes<'a> {
    /// The program that measures, [`work`](super::work), when it is told to on its standard input.
    pub command: &'a (dyn Fn() -> Command + Sync),
    /// Whether processes are to stop.
    pub interrupt: &'a Interrupt,
    /// Is told how many more answers there are.
    pub answered: &'a (dyn Fn(u64) + Sync),
}

/// Why a process has measured nothing.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct Died(pub String);

impl Processes<'_> {
    /// Has a fresh process do as `order` says.
    pub fn run(&self, order: &Order, tasks: &[Task]) -> Result<ProcessRuns, Died> {
        let mut command = (self.command)();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| Died(format!("did not start: {error}")))?;
        let said = child.stderr.take();
        let outcome = std::thread::scope(|scope| {
            let said = scope.spawn(|| {
                let mut text = String::new();
                // What cannot be read is not said.
                let _ = said.map(|mut it| it.read_to_string(&mut text));
                text
            });
            let outcome = self.converse(&mut child, order, tasks);
            let status = child.wait();
            let said = said.join().unwrap_or_default();
            outcome.ok_or_else(|| end(status.ok(), &said))
        });
        outcome.and_then(|outcome| outcome)
    }

    /// Tells it what to do, and hears what it has to tell; `None` where it ends without a word.
    fn converse(
        &self,
        child: &mut Child,
        order: &Order,
        tasks: &[Task],
    ) -> Option<Result<ProcessRuns, Died>> {
        let (mut input, output) = (child.stdin.take()?, child.stdout.take()?);
        write_order(&mut input, order, tasks).ok()?;
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| self.hold(input, &is_over));
            let heard = self.hear(BufReader::new(output));
            is_over.store(true, Ordering::Relaxed);
            heard
        })
    }

    /// Holds its standard input open until it is to stop, or is over.
    fn hold(&self, input: ChildStdin, is_over: &AtomicBool) {
        while !is_over.load(Ordering::Relaxed) && !self.interrupt.is_set() {
            std::thread::sleep(LOOK);
        }
        drop(input);
    }

    fn hear(
        &self,
        output: BufReader<std::process::ChildStdout>,
    ) -> Option<Result<ProcessRuns, Died>> {
        for line in output.lines() {
            match serde_json::from_str(&line.ok()?).ok()? {
                Message::Answered(more) => (self.answered)(more),
                Message::Measured(runs) => return Some(Ok(*runs)),
                Message::Failed(why) => return Some(Err(Died(why))),
            }
        }
        None
    }
}

/// How a process ended that told nothing, with the last line that it said.
fn end(status: Option<ExitStatus>, said: &str) -> Died {
    let how = status.map_or("vanished".to_owned(), |status| format!("ended with {status}"));
    let last = said.lines().rfind(|line| !line.trim().is_empty());
    Died(last.map_or(how.clone(), |last| format!("{how}, and said `{}`", last.trim())))
}

impl std::fmt::Debug for Processes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Processes").finish_non_exhaustive()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::bench::wire::Work;

    fn order() -> Order {
        Order {
            index: "index".into(),
            target: "dateline".into(),
            room: None,
            work: Work::Once,
            threads: 1,
            seed: 0,
            warm_up: Duration::ZERO,
        }
    }

    /// Has a shell stand for a process that measures.
    fn run(script: &str) -> Result<ProcessRuns, Died> {
        let command = || {
            let mut shell = Command::new("sh");
            shell.args(["-c", script]);
            shell
        };
        let interrupt = Interrupt::default();
        Processes { command: &command, interrupt: &interrupt, answered: &|_| () }.run(&order(), &[])
    }

    #[test]
    fn a_process_that_dies_is_named_with_what_it_said() {
        let died = run("read -r order; echo something else >&2; echo out of memory >&2; exit 3");
        assert_eq!(
            died.map_err(|it| it.to_string()),
            Err("ended with exit status: 3, and said `out of memory`".into())
        );
        let died = run("read -r order; kill -9 $$");
        assert!(died.is_err_and(|it| it.to_string().contains("signal: 9")));
        assert!(run("exit 0").is_err());
        assert!(run("read -r order; echo nonsense").is_err());
    }

    #[test]
    fn what_a_process_says_of_itself_is_passed_on() {
        let failed = run(r#"read -r order; echo '{"failed":"no index"}'"#);
        assert_eq!(failed, Err(Died("no index".into())));
    }

    #[test]
    fn a_program_that_is_not_there_is_an_error() {
        let interrupt = Interrupt::default();
        let command = || Command::new("/there/is/no/such/program");
        let processes = Processes { command: &command, interrupt: &interrupt, answered: &|_| () };
        assert!(processes.run(&order(), &[]).is_err_and(|it| it.0.starts_with("did not start")));
    }
}
