//! `dateline watch`: saved questions that tell what is new.

use chrono::Utc;
use clap::{Args, Subcommand};

use super::args::{ListFormatName, QuestionOptions};
use super::terminal::Terminal;
use super::{Failure, IndexPlace, Outcome, Result, aliases, index, question};
use crate::article::ArticleId;
use crate::index::ArchiveReader;
use crate::query::{Field, FieldTest, Query, Repair, parse};
use crate::render::{self, News};
use crate::search::{Hits, Matching, SearchRequest, Sort, ids, search};
use crate::watch::{Watch, Watches, is_name};

#[derive(Args, Debug)]
pub(super) struct WatchOptions {
    #[command(subcommand)]
    pub(super) command: WatchCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum WatchCommand {
    /// Save a question under a name; what matches now counts as known
    Add(AddOptions),
    /// Ask saved questions, and print what is new since they were asked last; exit status 1 where
    /// nothing is
    Run(RunOptions),
    /// List the saved questions
    List(ListOptions),
    /// Forget saved questions
    Remove(RemoveOptions),
}

#[derive(Args, Debug)]
pub(super) struct AddOptions {
    /// What to call it: letters, digits, `-`, `_` and `.`
    #[arg(value_name = "NAME")]
    name: String,

    #[command(flatten)]
    question: QuestionOptions,

    /// Tell what matches now in the first run, too
    #[arg(long)]
    known: bool,

    /// Take the place of the question that has this name
    #[arg(long)]
    replace: bool,
}

#[derive(Args, Debug)]
pub(super) struct RunOptions {
    /// Which ones [default: all]
    #[arg(value_name = "NAME")]
    names: Vec<String>,

    /// How many passages to show of each article
    #[arg(long, value_name = "N", default_value_t = 1)]
    snippets: usize,

    /// Print what is new without taking note of it
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    aliases: super::args::AliasOptions,

    /// How to print what is new
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    format: ListFormatName,
}

#[derive(Args, Debug)]
pub(super) struct ListOptions {
    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    format: ListFormatName,
}

#[derive(Args, Debug)]
pub(super) struct RemoveOptions {
    /// Which ones
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
}

pub(super) fn run(
    place: &IndexPlace,
    command: &WatchCommand,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let watches = Watches::of(&place.folder);
    match command {
        WatchCommand::Add(options) => add(place, &watches, options, terminal),
        WatchCommand::Run(options) => ask(place, &watches, options, terminal),
        WatchCommand::List(options) => {
            let (saved, outcome) = all(&watches, terminal)?;
            let style = terminal.style();
            render::watches(terminal.out(), &saved, options.format.into(), style)?;
            Ok(if saved.is_empty() { or_nothing(outcome) } else { outcome })
        }
        WatchCommand::Remove(options) => {
            for name in &options.names {
                if !watches.remove(name)? {
                    return Err(unknown(name));
                }
            }
            Ok(Outcome::Done)
        }
    }
}

/// All that can be read. What is wrong with others is told, and is the outcome.
fn all(watches: &Watches, terminal: &mut Terminal) -> Result<(Vec<Watch>, Outcome)> {
    let (mut saved, mut outcome) = (Vec::new(), Outcome::Done);
    for watch in watches.list()? {
        match watch {
            Ok(watch) => saved.push(watch),
            Err(error) => {
                let style = terminal.error_style();
                render::error(terminal.err(), &error, style)?;
                outcome = Outcome::Damaged;
            }
        }
    }
    Ok((saved, outcome))
}

/// The outcome where there is nothing to tell.
fn or_nothing(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Done => Outcome::NothingFound,
        outcome => outcome,
    }
}

fn add(
    place: &IndexPlace,
    watches: &Watches,
    options: &AddOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let AddOptions { name, question, known, replace } = options;
    if !is_name(name) {
        let message = format!("`{name}` is no name: letters, digits, `-`, `_` and `.` make one");
        return Err(Failure::Usage(message));
    }
    if !replace && watches.get(name)?.is_some() {
        let message = format!("there is a watch `{name}`; `--replace` takes its place");
        return Err(Failure::Usage(message));
    }
    index::build_sample(place, terminal)?;
    let archive = aliases::open(place, &question.aliases, terminal)?;
    let parsed = question::read(question)?;
    tell_repairs(&parsed.repairs, terminal)?;
    if parsed.query == Query::Nothing {
        return Err(Failure::Usage("an empty question matches nothing".into()));
    }
    let matching = ids(&archive, &parsed.query, question::matching(question))?;
    let typed = question::typed(&question.query);
    let now = Utc::now();
    let mut watch = Watch::new(name.clone(), typed, question.any, now);
    let count = matching.len();
    let note = if *known {
        format!("{count} articles match {}; the first run tells them", parsed.query)
    } else {
        watch.tell(&matching, archive.generation(), now);
        format!("{count} articles match {} now; a run tells those to come", parsed.query)
    };
    watches.save(&watch)?;
    writeln!(terminal.err(), "{}", crate::text::printable(&note))?;
    Ok(Outcome::Done)
}

/// Prints what is new, and takes note of it then: what a run that is stopped has printed may be told
/// again, but nothing goes untold.
fn ask(
    place: &IndexPlace,
    watches: &Watches,
    options: &RunOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let (mut saved, outcome) = match options.names.as_slice() {
        [] => all(watches, terminal)?,
        names => {
            let watch = |name: &String| watches.get(name)?.ok_or_else(|| unknown(name));
            (names.iter().map(watch).collect::<Result<_>>()?, Outcome::Done)
        }
    };
    if saved.is_empty() {
        if outcome == Outcome::Done {
            writeln!(terminal.err(), "note: nothing is watched; `dateline watch add NAME QUERY`")?;
        }
        return Ok(or_nothing(outcome));
    }
    let archive = aliases::open(place, &options.aliases, terminal)?;
    let mut told = Vec::new();
    let mut news = Vec::new();
    for watch in &saved {
        let (untold, answer) = untold(&archive, watch, options.snippets, terminal)?;
        news.extend(answer.map(|answer| News { name: watch.name.clone(), answer }));
        told.push(untold);
    }
    let style = terminal.style();
    render::news(terminal.out(), &news, options.format.into(), style)?;
    terminal.out().flush()?;
    if !options.dry_run {
        for (watch, untold) in saved.iter_mut().zip(told) {
            watch.tell(&untold, archive.generation(), Utc::now());
            watches.save(watch)?;
        }
    }
    Ok(if news.is_empty() { or_nothing(outcome) } else { outcome })
}

/// What a watch has not told yet, and those articles, newest first, if there are any.
fn untold(
    archive: &ArchiveReader,
    watch: &Watch,
    snippets: usize,
    terminal: &mut Terminal,
) -> Result<(Vec<ArticleId>, Option<Hits>)> {
    let parsed = parse(&watch.typed, question::today());
    tell_repairs(&parsed.repairs, terminal)?;
    let matching = if watch.any { Matching::AnyWord } else { Matching::AllWords };
    let all = ids(archive, &parsed.query, matching)?;
    let untold = watch.untold(&all);
    let (new, total) = (untold.len(), all.len());
    writeln!(terminal.err(), "{}: {new} of {total} articles are new", watch.name)?;
    if untold.is_empty() {
        return Ok((untold, None));
    }
    let understood = parsed.query.to_string();
    let these = FieldTest::AnyOf(untold.iter().map(ToString::to_string).collect());
    let query = Query::all_of(vec![parsed.query, Query::Field(Field::Id, these)]);
    let request = SearchRequest {
        matching,
        sort: Sort::Newest,
        limit: untold.len(),
        snippets,
        ..SearchRequest::new(query.unwrap_or(Query::Nothing))
    };
    let answer = search(archive, &request)?;
    let total = all.len() as u64;
    Ok((untold, Some(Hits { understood, total, ..answer })))
}

fn tell_repairs(repairs: &[Repair], terminal: &mut Terminal) -> Result<()> {
    let error_style = terminal.error_style();
    Ok(render::repairs(terminal.err(), repairs, error_style)?)
}

fn unknown(name: &str) -> Failure {
    Failure::Usage(format!("there is no watch `{name}`; `dateline watch list` lists them"))
}
