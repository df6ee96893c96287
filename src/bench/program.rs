//! The whole program as it is run from a command line: from exec to the last byte, and its end.

use std::process::{Command, Stdio};

use xxhash_rust::xxh3::xxh3_64;

use super::task::{Answer, Target, Task};
use crate::error::Error;

/// Runs a program for each question.
pub(super) struct Program<'a> {
    /// The command line that asks a question.
    pub(super) command: &'a (dyn Fn(&Task) -> Command + Sync),
}

impl Target for Program<'_> {
    /// What the answer says of how many match is not read, so its total is 0.
    fn perform(&self, task: &Task) -> Result<Answer, Error> {
        let mut command = (self.command)(task);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let output = command
            .output()
            .map_err(|error| Error::NotMeasured { detail: format!("it did not start: {error}") })?;
        // 1 says that nothing was found.
        if matches!(output.status.code(), Some(0 | 1)) {
            return Ok(Answer { checksum: xxh3_64(&output.stdout), ..Answer::default() });
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or_default();
        Err(Error::NotMeasured { detail: format!("it ended with {}: {said}", output.status) })
    }
}
