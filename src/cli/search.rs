//! `dateline search`.

use super::args::{HitFormat, SearchOptions, SortOrder};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, aliases, index, question};
use crate::query::{Query, Wording};
use crate::render::{self, Format};
use crate::search::{Matching, Recency, SearchRequest, Sort, diagnose, search};

pub(super) fn run(
    place: &IndexPlace,
    options: &SearchOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = aliases::open(place, &options.question.aliases, terminal)?;
    let request = request(options)?;
    let mut answer = search(&archive, &request)?;
    if answer.total == 0 && request.query != Query::Nothing {
        answer.diagnosis = Some(diagnose(&archive, &request)?);
    }
    let error_style = terminal.error_style();
    render::repairs(terminal.err(), &answer.repairs, error_style)?;
    render::limits(terminal.err(), &answer.limits, error_style)?;
    if request.query == Query::Nothing {
        writeln!(
            terminal.err(),
            "note: an empty question matches nothing; `*` matches everything"
        )?;
    }
    if options.count {
        writeln!(terminal.out(), "{}", answer.total)?;
    } else {
        render::summary(terminal.err(), &answer)?;
        if let Some(diagnosis) = &answer.diagnosis {
            render::diagnosis(terminal.err(), diagnosis, error_style)?;
        }
        let style = terminal.style();
        render::hits(terminal.out(), &answer, format(options.format), style)?;
    }
    Ok(if answer.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}

fn request(options: &SearchOptions) -> Result<SearchRequest> {
    let parsed = question::read(&options.question)?;
    let wants_passages = matches!(
        options.format,
        HitFormat::Table | HitFormat::Json | HitFormat::Jsonl | HitFormat::Csv
    );
    // A list of paths or ids has no place to say what an article lacks.
    let is_list = matches!(options.format, HitFormat::Paths | HitFormat::Ids);
    let fills_up = parsed.wording == Wording::Plain && !options.no_relax && !is_list;
    let matching = match question::matching(&options.question) {
        Matching::AllWords if fills_up => Matching::AllWordsFirst,
        matching => matching,
    };
    Ok(SearchRequest {
        query: parsed.query,
        repairs: parsed.repairs,
        matching,
        sort: match options.sort {
            SortOrder::Relevance => Sort::Relevance,
            SortOrder::Date => Sort::Oldest,
            SortOrder::MinusDate => Sort::Newest,
        },
        limit: if options.count { 0 } else { options.limit },
        offset: options.offset,
        snippets: wants_passages,
        recency: options.decay.map(|half_life| Recency { half_life, today: question::today() }),
        shares: options.explain,
    })
}

fn format(format: HitFormat) -> Format {
    match format {
        HitFormat::Table => Format::Table,
        HitFormat::Json => Format::Json,
        HitFormat::Jsonl => Format::Jsonl,
        HitFormat::Csv => Format::Csv,
        HitFormat::Paths => Format::Paths,
        HitFormat::Ids => Format::Ids,
    }
}
