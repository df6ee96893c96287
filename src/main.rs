//! The program: parses its arguments, runs the command, turns the outcome into an exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::cli::main()
}
