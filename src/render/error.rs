//! Errors for people.

use std::error::Error as _;
use std::fmt::Display;
use std::io::{self, Write};

use super::style::{Role, Style};
use crate::error::Error;
use crate::text::printable;

/// Writes what went wrong, each cause of it, and what the reader can do, on lines of their own.
pub fn error(out: &mut dyn Write, error: &Error, style: Style) -> io::Result<()> {
    line(out, Role::Error, "error:", error, style)?;
    let mut cause = error.source();
    while let Some(error) = cause {
        line(out, Role::Label, "caused by:", error, style)?;
        cause = error.source();
    }
    match error.hint() {
        Some(hint) => line(out, Role::Note, "hint:", &hint, style),
        None => Ok(()),
    }
}

fn line(
    out: &mut dyn Write,
    role: Role,
    label: &str,
    message: &(impl Display + ?Sized),
    style: Style,
) -> io::Result<()> {
    style.write(out, role, label)?;
    writeln!(out, " {}", printable(&message.to_string()))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::samples::shown;
    use super::super::{Emphasis, MIN_WIDTH};
    use super::*;

    fn written(wrong: &Error) -> String {
        shown(|out| error(out, wrong, Style::new(MIN_WIDTH, Emphasis::Plain)))
    }

    #[test]
    fn an_error_says_what_why_and_what_next() {
        let path = || PathBuf::from("news.index");
        let tried: [Error; 11] = [
            Error::Read { path: path(), source: io::ErrorKind::PermissionDenied.into() },
            Error::Write { path: path(), source: io::ErrorKind::StorageFull.into() },
            Error::NoIndex { path: path() },
            Error::IndexFormat { path: path(), found: "2".into(), supported: "3".into() },
            Error::Damaged { path: path(), detail: "segment 3 is missing".into() },
            Error::Locked { path: path(), holder: Some("process 42".into()) },
            Error::Engine {
                path: path(),
                source: Box::new(tantivy::TantivyError::InvalidArgument("no such field".into())),
            },
            Error::NoSuchArticle { wanted: "7k3q".into() },
            Error::AmbiguousId { wanted: "7k".into(), count: 3 },
            Error::BadFile { path: "topics.tsv".into(), detail: "line 3 has no tab".into() },
            Error::NotMeasured { detail: "process 1 of 5 ended with signal: 9 (SIGKILL)".into() },
        ];
        let all: Vec<_> = tried.iter().map(written).collect();
        insta::assert_snapshot!(all.join("\n"), @r"
        error: cannot read `news.index`
        caused by: permission denied

        error: cannot write `news.index`
        caused by: no storage space
        hint: the disk is full; nothing is lost: make room, then run the same command again

        error: there is no index at `news.index`
        hint: make one: `dateline index -i news.index FOLDER`

        error: index `news.index` has format 2, this build reads 3
        hint: build it anew: `dateline index --rebuild -i news.index FOLDER`

        error: index `news.index` is damaged: segment 3 is missing
        hint: `dateline verify -i news.index` says what is damaged and how to get back

        error: index `news.index` is being written by another process (process 42)
        hint: wait for it to end, then try again

        error: the search engine failed on index `news.index`
        caused by: An invalid argument was passed: 'no such field'

        error: no article has the id or path `7k3q`
        hint: `dateline search -f ids QUERY` lists ids

        error: `7k` is the start of 3 ids
        hint: type more of it

        error: cannot read `topics.tsv`: line 3 has no tab

        error: nothing was measured: process 1 of 5 ended with signal: 9 (SIGKILL)
        ");
    }

    #[test]
    fn a_hostile_name_does_not_reach_the_terminal() {
        let hostile = Error::NoSuchArticle { wanted: "\u{1b}]0;owned\u{7}\n".into() };
        insta::assert_snapshot!(written(&hostile), @r"
        error: no article has the id or path `�]0;owned� `
        hint: `dateline search -f ids QUERY` lists ids
        ");
    }

    #[test]
    fn a_terminal_shows_the_labels_in_colour() {
        let text = shown(|out| {
            error(out, &Error::NoIndex { path: "x".into() }, Style::new(80, Emphasis::Colour))
        });
        insta::assert_snapshot!(text.replace('\u{1b}', "␛"), @r"
        ␛[1m␛[31merror:␛[0m there is no index at `x`
        ␛[1m␛[35mhint:␛[0m make one: `dateline index -i x FOLDER`
        ");
    }
}
