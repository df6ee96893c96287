//! `dateline extract`.
//!
//! Everything is read twice: what a publisher repeats is known only when all its pages were seen.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::args::ExtractOptions;
use super::reading::{Piped, Reading, reading};
use super::terminal::Terminal;
use super::{Outcome, Result};
use crate::article::Article;
use crate::extract::{self, Extractor, Learner, Recipe, Sample, Templates};
use crate::index::label;
use crate::record::ArticleRecord;
use crate::reject::Reject;
use crate::render::{self, Layout};
use crate::source::{Found, Root, read, walk};
use crate::text::printable;

pub(super) fn run(options: &ExtractOptions, terminal: &mut Terminal) -> Result<Outcome> {
    let reading = reading(&options.reading, &options.paths, &[])?;
    let roots = reading.paths.iter().map(|path| Root { path: path.clone(), label: label(path) });
    let roots: Vec<_> = roots.chain(reading.piped.iter().map(Piped::root)).collect();
    let templates = if reading.learns { learn(&roots, &reading) } else { Templates::default() };
    let (cleaning, naming) = (reading.cleaning, reading.naming);
    let recipe = Recipe { cleaning, naming, templates: Arc::new(templates) };
    let mut extractor = Extractor::new(recipe, reading.article_time);
    let mut articles = 0_u64;
    for found in walk(&roots, &reading.walk) {
        let file = match found {
            Found::File(file) => file,
            Found::Reject(reject) => {
                say(&reject, terminal)?;
                continue;
            }
        };
        let mut failure: Option<io::Error> = None;
        let outcome = read(&file, &reading.read, &mut |raw| {
            let printed = match raw.and_then(|raw| extractor.extract(raw)) {
                Ok(article) => {
                    articles += 1;
                    print(&article, options, terminal)
                }
                Err(reject) => say(&reject, terminal),
            };
            match printed {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failure = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(error) = failure {
            return Err(error.into());
        }
        if let Err(reject) = outcome {
            say(&reject, terminal)?;
        }
    }
    Ok(if articles == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// The first reading: what publishers repeat. What cannot be read is said when it is read again.
fn learn(roots: &[Root], reading: &Reading) -> Templates {
    let mut learner = Learner::new(extract::MOST_LINES);
    let files = walk(roots, &reading.walk).filter_map(|found| match found {
        Found::File(file) => Some(file),
        Found::Reject(_) => None,
    });
    for file in files {
        let _ = read(&file, &reading.read, &mut |raw| {
            if let Ok(raw) = raw
                && let Some(mut sample) = Sample::of(&raw)
            {
                let is_wanted = learner.wants(&sample.site, sample.key);
                sample.lines = is_wanted.then(|| extract::lines(&raw));
                sample.show_to(&mut learner);
            }
            ControlFlow::Continue(())
        });
    }
    learner.learn()
}

fn print(article: &Article, options: &ExtractOptions, terminal: &mut Terminal) -> io::Result<()> {
    if options.trace {
        return render::trace(terminal.out(), article);
    }
    let record = ArticleRecord::from(article);
    // A record in which names were not looked for is not what indexing would make.
    let record = if options.reading.no_names { record } else { record.with_seal() };
    let record = if options.removed { record.with_removed(article) } else { record };
    render::article_json(terminal.out(), &record, Layout::Compact)
}

fn say(reject: &Reject, terminal: &mut Terminal) -> io::Result<()> {
    let record = reject.record.map(|record| format!(" record {record}")).unwrap_or_default();
    let (path, detail) = (printable(&reject.path), printable(&reject.detail));
    writeln!(terminal.err(), "rejected: `{path}`{record}: {}: {detail}", reject.reason)
}
