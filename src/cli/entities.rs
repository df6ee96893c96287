//! `dateline entities`.

use super::args::{
    AliasOptions, EntitiesCommand, EntitiesListOptions, EntitiesMergeOptions, EntitiesSplitOptions,
    EntryOptions,
};
use super::terminal::Terminal;
use super::{Failure, IndexPlace, Outcome, Result, aliases, index};
use crate::alias::learn::{Entry, Standing, entries};
use crate::alias::{AliasFile, NotNames};
use crate::article::EntityKind;
use crate::index::{ArchiveReader, aliases_path};
use crate::render;
use crate::search::{census, is_named};

pub(super) fn run(
    place: &IndexPlace,
    command: &EntitiesCommand,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = aliases::open(place, &AliasOptions::default(), terminal)?;
    match command {
        EntitiesCommand::List(options) => list(&archive, options, terminal),
        EntitiesCommand::Merge(options) => merge(place, &archive, options, terminal),
        EntitiesCommand::Split(options) => split(place, &archive, options, terminal),
    }
}

fn list(
    archive: &ArchiveReader,
    options: &EntitiesListOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let mut found = chosen(archive, &options.which)?;
    let words = options.words.join(" ");
    found.retain(|entry| words.is_empty() || entry.has_words(&words));
    let style = terminal.style();
    render::entities(terminal.out(), &found, options.format.into(), style)?;
    Ok(if found.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// Everyone with several names who is meant.
fn chosen(archive: &ArchiveReader, which: &EntryOptions) -> Result<Vec<Entry>> {
    let mut found = entries(&census(archive)?, archive.aliases());
    found.retain(|entry| {
        which.kind.is_none_or(|kind| entry.kind == kind)
            && entry.articles >= which.min
            && (!which.proposed || entry.has_proposals())
    });
    Ok(found)
}

fn merge(
    place: &IndexPlace,
    archive: &ArchiveReader,
    options: &EntitiesMergeOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let path = aliases_path(&place.folder);
    let mut file = AliasFile::read(&path)?;
    let before = file.clone();
    if options.which.proposed {
        let mut found = chosen(archive, &options.which)?;
        let is_meant = |entry: &Entry| options.names.iter().any(|name| entry.has_name(name));
        found.retain(|entry| options.names.is_empty() || is_meant(entry));
        for entry in &found {
            take_over(&mut file, entry)?;
        }
    } else {
        let names: Vec<&str> = options.names.iter().map(String::as_str).collect();
        let kind = kind_of(archive, &names, options.which.kind, terminal)?;
        file.merge(kind, &names, "")?;
    }
    changed(&path, &before, &file, terminal)
}

/// Writes down what is proposed for `entry`.
fn take_over(file: &mut AliasFile, entry: &Entry) -> Result<()> {
    for name in &entry.names {
        if let Standing::Proposed(reason, _) = name.standing {
            file.merge(entry.kind, &[entry.head(), &name.text], &render::detail(reason))?;
        }
    }
    Ok(())
}

fn split(
    place: &IndexPlace,
    archive: &ArchiveReader,
    options: &EntitiesSplitOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let path = aliases_path(&place.folder);
    let mut file = AliasFile::read(&path)?;
    let before = file.clone();
    let names: Vec<&str> = options.names.iter().map(String::as_str).collect();
    let kind = kind_of(archive, &names, options.kind, terminal)?;
    file.split(kind, &names)?;
    changed(&path, &before, &file, terminal)
}

/// Writes the file if it changed, and prints the lines that are new.
fn changed(
    path: &std::path::Path,
    before: &AliasFile,
    file: &AliasFile,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    if file == before {
        writeln!(terminal.err(), "note: `{}` says so already", path.display())?;
        return Ok(Outcome::NothingFound);
    }
    file.write(path)?;
    for line in file.lines_not_in(before) {
        writeln!(terminal.out(), "{}", crate::text::printable(line))?;
    }
    Ok(Outcome::Done)
}

/// What the names are names of: as given, or what articles or aliases take most of them for.
fn kind_of(
    archive: &ArchiveReader,
    names: &[&str],
    given: Option<EntityKind>,
    terminal: &mut Terminal,
) -> Result<EntityKind> {
    let mut known: Vec<(usize, EntityKind)> = Vec::new();
    for &kind in EntityKind::ALL {
        let mut unknown = Vec::new();
        for name in names {
            let is_known = is_named(archive, kind, name)?;
            if !is_known && archive.aliases().cluster(kind, name).is_none() {
                unknown.push(*name);
            }
        }
        known.push((names.len() - unknown.len(), kind));
        if given == Some(kind) {
            for name in unknown {
                writeln!(
                    terminal.err(),
                    "note: no article has `{name}` for the name of its {kind}"
                )?;
            }
            return Ok(kind);
        }
    }
    let most = known.iter().map(|(n, _)| *n).max().unwrap_or_default();
    let mut kinds = known.iter().filter(|(n, _)| *n == most && *n > 0).map(|(_, kind)| *kind);
    match (kinds.next(), kinds.next()) {
        (Some(kind), None) => kind_of(archive, names, Some(kind), terminal),
        (None, _) => Err(Failure::Usage(format!(
            "no article has `{}` for a name; say what it names: `--kind person`, `org` or `place`",
            names.join("` or `"),
        ))),
        (Some(a), Some(b)) => Err(Failure::Usage(format!(
            "`{}` may be {a} or {b}; say which: `--kind {a}`",
            names.join("` and `"),
        ))),
    }
}

impl From<NotNames> for Failure {
    fn from(error: NotNames) -> Self {
        Self::Usage(error.to_string())
    }
}
