//! The file of aliases: a line for each decision, kept with the index and mended by hand.
//!
//! ```text
//! # a comment
//! person: Kassym-Jomart Tokayev | Toqaev    # one person; the first name is the one that is shown
//! not person: Bill Clinton | Clinton        # two, whatever looks alike
//! not org: Senate                           # by itself, whatever looks alike
//! ```
//!
//! # Invariants
//!
//! - Any text can be read. A line that means nothing is kept, reported by its number, and passed
//!   over.
//! - Lines that an edit does not concern are written as they were.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use super::key::key;
use crate::article::EntityKind;
use crate::error::Error;
use crate::fs::write_whole;

/// What a new file begins with.
const HEADING: &str = "\
# Names of one person, organisation or place, as searches and facets take them.
#
#   person: Kassym-Jomart Tokayev | Toqaev   one person, shown under the first name
#   not person: Bill Clinton | Clinton       two, however alike
#   not org: Senate                          never joined with anything
#
# The kinds are person, org and place. Lines that begin with the same name go on with each other.
# Spellings that differ only in case, accents, hyphens and points are one name anyway.
# `dateline entities` lists, merges and splits; what stands here may be edited by hand as well.

";

/// A file of aliases, line by line.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct AliasFile {
    pub(super) lines: Vec<Line>,
}

/// One line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Line {
    /// As it stands in the file, without its end.
    text: String,
    /// What it says; `None` for comments and blank lines.
    meaning: Option<Result<Entry, String>>,
}

/// What a line says of some names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Entry {
    pub(super) kind: EntityKind,
    pub(super) relation: Relation,
    /// Without two that are spelled alike; at least two where they are the same, else one.
    pub(super) names: Vec<String>,
    /// By what they are compared.
    pub(super) keys: Vec<String>,
    /// What stands behind `#`, to be kept when the line is written anew.
    pub(super) comment: String,
}

/// How the names of a line are related.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Relation {
    /// They mean one thing.
    Same,
    /// They mean different things; a single name means nothing else that has a name.
    Apart,
}

/// A line that was passed over, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// Its number, counting from 1.
    pub line: usize,
    /// What is wrong with it, and what would be right.
    pub message: String,
}

impl AliasFile {
    /// Reads the file at `path`; empty where there is none.
    pub fn read(path: &Path) -> Result<Self, Error> {
        match fs::read(path) {
            Ok(bytes) => Ok(Self::parse(&String::from_utf8_lossy(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Error::reading(path)(error)),
        }
    }

    /// Reads any text.
    pub fn parse(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { lines: text.lines().map(Line::parse).collect() }
    }

    /// Writes the file in one step.
    pub fn write(&self, path: &Path) -> Result<(), Error> {
        if self.lines.iter().any(|line| line.text.contains(char::REPLACEMENT_CHARACTER)) {
            return Err(Error::BadFile {
                path: path.to_owned(),
                detail: "it is not UTF-8; mend it by hand first".into(),
            });
        }
        write_whole(path, |file| file.write_all(self.to_string().as_bytes()))
    }

    /// Adds a line at the end; to an empty file a heading first.
    pub(super) fn push(&mut self, entry: Entry) {
        if self.lines.is_empty() {
            self.lines = HEADING.lines().map(Line::parse).collect();
        }
        self.lines.push(Line::of(entry));
    }

    /// The lines that say something, with their numbers.
    pub(super) fn entries(&self) -> impl Iterator<Item = (usize, &Entry)> {
        let numbered = self.lines.iter().zip(1..);
        numbered.filter_map(|(line, number)| Some((number, line.entry()?)))
    }

    /// The lines that say something which no line of `other` says in the same words.
    pub fn lines_not_in(&self, other: &Self) -> impl Iterator<Item = &str> {
        let is_new = |line: &&Line| line.entry().is_some() && !other.lines.contains(line);
        self.lines.iter().filter(is_new).map(|line| line.text.as_str())
    }

    /// The lines that mean nothing.
    pub(super) fn faults(&self) -> impl Iterator<Item = Fault> {
        let numbered = self.lines.iter().zip(1..);
        numbered.filter_map(|(line, number)| match &line.meaning {
            Some(Err(message)) => Some(Fault { line: number, message: message.clone() }),
            _ => None,
        })
    }
}

impl std::fmt::Display for AliasFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{}", line.text))
    }
}

impl Line {
    fn parse(text: &str) -> Self {
        let said = text.trim();
        let is_blank = said.is_empty() || said.starts_with('#');
        Self { text: text.to_owned(), meaning: (!is_blank).then(|| Entry::parse(said)) }
    }

    /// The line that says `entry`.
    pub(super) fn of(entry: Entry) -> Self {
        Self { text: entry.to_string(), meaning: Some(Ok(entry)) }
    }

    pub(super) fn entry(&self) -> Option<&Entry> {
        self.meaning.as_ref()?.as_ref().ok()
    }
}

impl Entry {
    /// `names` as they are related, without a comment; `None` where they are too few.
    pub(super) fn new(
        kind: EntityKind,
        relation: Relation,
        names: impl IntoIterator<Item = String>,
    ) -> Option<Self> {
        let (mut distinct, mut keys) = (Vec::new(), Vec::new());
        for name in names {
            let key = key(&name);
            if !keys.contains(&key) {
                keys.push(key);
                distinct.push(name);
            }
        }
        let least = if relation == Relation::Same { 2 } else { 1 };
        let comment = String::new();
        (keys.len() >= least).then_some(Self { kind, relation, names: distinct, keys, comment })
    }

    fn parse(line: &str) -> Result<Self, String> {
        if line.contains(char::REPLACEMENT_CHARACTER) {
            return Err("it is not UTF-8".into());
        }
        let (said, comment) = match line.find(" #").or_else(|| line.find("\t#")) {
            Some(at) => (&line[..at], line[at + 2..].trim()),
            None => (line, ""),
        };
        let Some((kind, names)) = said.split_once(':') else {
            return Err("a line looks like `person: NAME | NAME`".into());
        };
        let kind = kind.trim().to_lowercase();
        let (kind, relation) = match kind.strip_prefix("not ") {
            Some(kind) => (kind.trim(), Relation::Apart),
            None => (kind.as_str(), Relation::Same),
        };
        let Some(kind) = EntityKind::from_name(kind) else {
            return Err(format!("there is no kind `{kind}`, but person, org and place"));
        };
        let names = names.split('|').map(crate::text::one_line).filter(|name| !name.is_empty());
        let names: Vec<_> = names.collect();
        if let Some(name) = names.iter().find(|name| key(name).is_empty()) {
            return Err(format!("`{name}` is no name"));
        }
        let entry = Self::new(kind, relation, names).ok_or("it names too few to say anything")?;
        Ok(Self { comment: comment.to_owned(), ..entry })
    }

    /// Whether one of the names has this key.
    pub(super) fn names(&self, wanted: &str) -> bool {
        self.keys.iter().any(|key| key == wanted)
    }
}

impl std::fmt::Display for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.relation == Relation::Apart {
            f.write_str("not ")?;
        }
        write!(f, "{}: {}", self.kind, self.names.join(" | "))?;
        if !self.comment.is_empty() {
            write!(f, "  # {}", self.comment)?;
        }
        Ok(())
    }
}

/// Whether a name can be written into a line.
pub(super) fn is_writable(name: &str) -> bool {
    let mut written = String::new();
    // Writing to a string does not fail.
    let _ = write!(written, "not person: {name}");
    let read = Line::parse(&written);
    read.entry().is_some_and(|entry| entry.names == [name])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let file = AliasFile::parse(line);
        let entries = file.entries().map(|(_, entry)| entry.to_string());
        let faults = file.faults().map(|fault| format!("! {}", fault.message));
        let got: Vec<_> = entries.chain(faults).collect();
        assert_eq!(got.join("\n"), expected, "for `{line}`");
    }

    #[test]
    fn a_line_is_a_kind_and_its_names() {
        check("person: Ann Lee | Lee", "person: Ann Lee | Lee");
        check(" PERSON :Ann  Lee|Lee | ", "person: Ann Lee | Lee");
        check("not org: Senate", "not org: Senate");
        check("place: Kyiv | Kiev # old spelling", "place: Kyiv | Kiev  # old spelling");
        check("org: C# Club | Q&E", "org: C# Club | Q&E");
        check("\u{feff}org: A | B\r", "org: A | B");
        check("# person: A | B", "");
        check("  ", "");
    }

    #[test]
    fn a_line_that_says_nothing_is_reported() {
        check("Ann Lee | Lee", "! a line looks like `person: NAME | NAME`");
        check("persn: A | B", "! there is no kind `persn`, but person, org and place");
        check("person: Ann", "! it names too few to say anything");
        check("person: Ann | ANN", "! it names too few to say anything");
        check("not person:", "! it names too few to say anything");
        check("person: Ann | ***", "! `***` is no name");
        check("person: Ann | \u{fffd}", "! it is not UTF-8");
    }

    #[test]
    fn what_is_read_is_written_as_it_was() {
        let text = "# mine\n\nperson:Ann Lee|Lee\nnonsense\n  not org: X  # why\n";
        assert_eq!(AliasFile::parse(text).to_string(), text);
    }

    #[test]
    fn a_new_file_explains_itself() {
        let mut file = AliasFile::default();
        file.push(Entry::parse("org: A | B").expect("an entry"));
        let written = file.to_string();
        assert!(written.starts_with("# Names of one person"), "{written}");
        assert_eq!(AliasFile::parse(&written).entries().count(), 1);
        assert_eq!(AliasFile::parse(&written).faults().count(), 0);
    }

    #[test]
    fn a_name_with_a_mark_of_the_file_cannot_be_written() {
        assert!(is_writable("Smith & Co, Ltd"));
        for name in ["A|B", "A # B", "A\nB", " A", "", "***"] {
            assert!(!is_writable(name), "`{name}`");
        }
    }
}
