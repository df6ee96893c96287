//! A question from the command line, read.

use std::ffi::OsString;
use std::fmt::Write as _;

use chrono::NaiveDate;

use super::args::QuestionOptions;
use super::{Failure, Result};
use crate::query::{Parsed, Repair, parse};
use crate::search::Matching;

/// How much of a question is shown where something stands, in characters.
const EXCERPT: usize = 20;

/// Reads the question; if its syntax is to be strict, what had to be repaired is a failure.
pub(super) fn read(options: &QuestionOptions) -> Result<Parsed> {
    read_words(&options.query, options.strict_syntax)
}

/// Reads the words of a question, put together.
pub(super) fn read_words(words: &[OsString], strict: bool) -> Result<Parsed> {
    let typed = typed(words);
    let parsed = parse(&typed, today());
    match faults(&typed, &parsed.repairs) {
        Some(faults) if strict => Err(Failure::Usage(faults)),
        _ => Ok(parsed),
    }
}

/// The words of a question, put together.
pub(super) fn typed(words: &[OsString]) -> String {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

/// Which articles match words side by side.
pub(super) fn matching(options: &QuestionOptions) -> Matching {
    if options.any { Matching::AnyWord } else { Matching::AllWords }
}

/// The day on the reader's own calendar.
pub(super) fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

/// What had to be repaired in a question, and where; `None` if nothing had to.
pub(super) fn faults(typed: &str, repairs: &[Repair]) -> Option<String> {
    let mut faults = String::new();
    for repair in repairs.iter().filter(|repair| !repair.code.is_hint()) {
        let (before, behind) = typed.split_at(repair.position);
        let place = before.chars().count() + 1;
        let excerpt: String = behind.chars().take(EXCERPT).collect();
        let dots = if behind.len() > excerpt.len() { "…" } else { "" };
        // Writing to a string does not fail.
        let _ = write!(faults, "\n  {} at character {place}", repair.code);
        let _ = match excerpt.as_str() {
            "" => write!(faults, ": {repair}"),
            _ => write!(faults, ", `{excerpt}{dots}`: {repair}"),
        };
    }
    (!faults.is_empty()).then(|| format!("the syntax of the question is not strict{faults}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(typed: &str) -> Option<String> {
        faults(typed, &parse(typed, NaiveDate::default()).repairs)
    }

    #[test]
    fn every_fault_is_told_with_its_place() {
        let faults = faults_of("«сроки» note: (harbour strike rotterdam \"b").unwrap_or_default();
        insta::assert_snapshot!(faults, @r#"
        the syntax of the question is not strict
          R3 at character 9, `note: (harbour strik…`: `note:` was read as a word: there is no such field
          R2 at character 15, `(harbour strike rott…`: a missing `)` was added at the end
          R1 at character 41, `"b`: an open quotation mark was closed at the end
        "#);
    }

    #[test]
    fn a_hint_is_no_fault() {
        assert_eq!(faults_of("harbour or port date:03/04/2022"), None);
    }
}
