//! The README's commands are the program's commands.

use std::fs;
use std::path::Path;

use crate::sandbox::{PACKAGE, with_corpus};

#[test]
fn every_command_of_the_readme_works() {
    let readme = fs::read_to_string(Path::new(PACKAGE).join("README.md")).expect("a README");
    let sandbox = with_corpus();
    let mut commands = 0;
    for line in readme.lines().filter_map(|line| line.strip_prefix("$ dateline ")) {
        let arguments = words(line);
        let said = sandbox.run(&arguments);
        // Of the tour, only what was not indexed may be nothing.
        let may_be_nothing = line.starts_with("rejects");
        let is_done = said.code == Some(0) || may_be_nothing && said.code == Some(1);
        assert!(is_done, "`{line}` said\n{}", said.err);
        commands += 1;
    }
    assert!(commands >= 5, "the tour has {commands} commands");
}

/// Splits a command line as a shell does, as far as the README goes; a pipe ends it.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (None, '|') => break,
            (None, ' ') => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (_, c) => word.push(c),
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}
