//! The program: one module a command, and what they share.
//!
//! Answers go to standard output, all else to standard error. Exit status: 0 done, 1 nothing
//! found, 2 wrong usage or failure, 130 stopped by a signal, for commands that write what they have
//! done until then. A pipe that closes early ends the program quietly.

mod aliases;
mod args;
mod batch;
mod bench;
mod cite;
mod command_line;
mod compact;
mod compare;
mod counting;
mod coverage;
mod delete;
mod entities;
mod eval;
mod explain;
mod export;
mod extract;
mod facets;
mod family;
mod history;
mod hit_options;
mod index;
mod keys;
mod kwic;
mod pairs;
mod question;
mod reading;
mod replay;
mod search;
mod show;
mod similar;
mod stats;
mod terminal;
mod terms;
mod timeline;
mod verify;
mod watch;
mod watches;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::error::Error;
use crate::render;
use args::{Arguments, Command};
use command_line::CommandLine;
use terminal::Terminal;

/// What a command came to.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Outcome {
    Done,
    NothingFound,
    /// What is compared is not the same.
    Differs,
    /// The index, or a file beside it, is not sound.
    Damaged,
    /// What was done is not all, as it was told.
    Incomplete,
    /// A signal stopped it; what was done until then is written.
    Interrupted,
}

/// Why a command stopped.
enum Failure {
    Archive(Error),
    /// Standard output failed; a closed pipe is the reader's choice, not a failure.
    Output(io::Error),
    Usage(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Archive(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

type Result<T> = std::result::Result<T, Failure>;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let (arguments, slips) = match read(std::env::args_os()) {
        Ok(read) => read,
        Err(error) => {
            // Nothing is left to say it with when this fails.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let mut terminal = Terminal::detect(arguments.colour);
    let outcome = check(&arguments.command, &slips, &mut terminal);
    let outcome = outcome.and_then(|()| run(arguments, &mut terminal));
    let outcome = outcome.and_then(|outcome| {
        terminal.out().flush()?;
        Ok(outcome)
    });
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NothingFound | Outcome::Differs) => ExitCode::from(1),
        Ok(Outcome::Damaged | Outcome::Incomplete) => ExitCode::from(2),
        // As a shell has it: 128, and 2 for SIGINT.
        Ok(Outcome::Interrupted) => ExitCode::from(130),
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            report(&failure, &mut terminal);
            ExitCode::from(2)
        }
    }
}

/// The arguments, and words among them that may have been meant as options.
fn read(
    arguments: impl Iterator<Item = OsString>,
) -> std::result::Result<(Arguments, Vec<String>), clap::Error> {
    let mut program = Arguments::command();
    program.build();
    let CommandLine { arguments, slips } = CommandLine::new(&program, arguments);
    let mut matches = program.try_get_matches_from_mut(arguments)?;
    Ok((Arguments::from_arg_matches_mut(&mut matches)?, slips))
}

/// Says that words exclude the name of an option; nothing is deleted on such a question.
fn check(command: &Command, slips: &[String], terminal: &mut Terminal) -> Result<()> {
    for slip in slips {
        let message = format!("`{slip}` is a word to exclude; the option is `-{slip}`");
        if matches!(command, Command::Delete(_)) {
            return Err(Failure::Usage(message));
        }
        writeln!(terminal.err(), "note: {message}")?;
    }
    Ok(())
}

fn run(arguments: Arguments, terminal: &mut Terminal) -> Result<Outcome> {
    let place = IndexPlace::new(arguments.index);
    match arguments.command {
        Command::Index(options) => index::run(&place, &options, terminal),
        Command::Search(options) => search::run(&place, &options, terminal),
        Command::Kwic(options) => kwic::run(&place, &options, terminal),
        Command::Explain(options) => explain::run(&place, &options, terminal),
        Command::Show(options) => show::run(&place, &options, terminal),
        Command::Export(options) => export::run(&place, &options, terminal),
        Command::Watch(options) => watches::run(&place, &options.command, terminal),
        Command::Replay(options) => replay::run(&place, &options, terminal),
        Command::Similar(options) => similar::run(&place, &options, terminal),
        Command::Cite(options) => cite::run(&place, &options, terminal),
        Command::Extract(options) => extract::run(&options, terminal),
        Command::Facets(options) => facets::run(&place, &options, terminal),
        Command::Family(options) => family::run(&place, &options, terminal),
        Command::Diff(options) => family::diff(&place, &options, terminal),
        Command::History(options) => history::run(&place, &options, terminal),
        Command::First(options) => family::run_first(&place, &options, terminal),
        Command::Timeline(options) => timeline::run(&place, &options, terminal),
        Command::Trend(options) => timeline::run_trend(&place, &options, terminal),
        Command::Pairs(options) => pairs::run(&place, &options, terminal),
        Command::Terms(options) => terms::run(&place, &options, terminal),
        Command::Compare(options) => compare::run(&place, &options, terminal),
        Command::Coverage(options) => coverage::run(&place, &options, terminal),
        Command::Entities(options) => entities::run(&place, &options.command, terminal),
        Command::Stats(options) => stats::stats(&place, &options, terminal),
        Command::Rejects(options) => stats::rejects(&place, &options, terminal),
        Command::Verify(options) => verify::run(&place, &options, terminal),
        Command::Compact(options) => compact::run(&place, &options, terminal),
        Command::Delete(options) => delete::run(&place, &options, terminal),
        Command::Keys(options) => keys::run(&options, terminal),
        Command::Batch(options) => batch::run(&place, &options, terminal),
        Command::Eval(options) => eval::run(&options, terminal),
        Command::Bench(options) => bench::run(&place, &options, terminal),
        Command::BenchWorker => bench::run_worker(),
    }
}

fn report(failure: &Failure, terminal: &mut Terminal) {
    let style = terminal.error_style();
    // When standard error fails too, the exit status still tells.
    let _ = match failure {
        Failure::Archive(error) => render::error(terminal.err(), error, style),
        Failure::Output(error) => writeln!(terminal.err(), "error: cannot write output: {error}"),
        Failure::Usage(message) => writeln!(terminal.err(), "error: {message}"),
    };
}

/// Which index is meant.
struct IndexPlace {
    folder: PathBuf,
    /// Whether nobody named it: then it may be made from the sample archive.
    is_default: bool,
}

impl IndexPlace {
    fn new(named: Option<PathBuf>) -> Self {
        let is_default = named.is_none();
        Self { folder: named.unwrap_or_else(|| "index".into()), is_default }
    }
}
