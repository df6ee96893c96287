//! Why nothing was found, and what was left out: as notes for people, and for machines.

use std::io::{self, Write};

use serde::Serialize;

use super::numbers::{count, counted};
use super::style::{Role, Style};
use crate::query::Limit;
use crate::search::{ClauseDiagnosis, Denominator, Diagnosis, Suggestion, UnknownWord};
use crate::text::printable;

/// Writes each pattern that stands for fewer words than match it as a note.
pub fn limits(out: &mut dyn Write, limits: &[Limit], style: Style) -> io::Result<()> {
    for Limit { clause, used, of } in limits {
        let used = count(*used);
        let message = match of.map(count) {
            Some(of) => {
                format!("`{clause}` stands for {used} of {of} words, those in most articles")
            }
            None => {
                format!("`{clause}` stands for {used} words; it is too wide to look for all")
            }
        };
        note(out, &message, style)?;
    }
    Ok(())
}

/// Writes a note for each clause that is to blame, and for what could be asked instead.
pub fn diagnosis(out: &mut dyn Write, diagnosis: &Diagnosis, style: Style) -> io::Result<()> {
    for clause in &diagnosis.clauses {
        for message in messages(clause) {
            note(out, &message, style)?;
        }
    }
    if let Some((one, other)) = &diagnosis.conflict {
        note(out, &format!("no article matches both `{one}` and `{other}`"), style)?;
    }
    // Of a single word its spellings are told already.
    let is_told = matches!(&diagnosis.clauses[..], [only] if only.unknown.len() == 1);
    if let Some(Suggestion { query, total }) = diagnosis.did_you_mean.as_ref().filter(|_| !is_told)
    {
        note(out, &format!("did you mean `{query}`? {}", articles(*total)), style)?;
    }
    note(out, &out_of(&diagnosis.denominator), style)
}

/// Out of how much nothing was found: `0 of 48,112 articles dated in 2022, from 212 publishers`.
fn out_of(denominator: &Denominator) -> String {
    let Denominator { days, articles: searched, publishers } = denominator;
    let dated = match days {
        (None, None) => String::new(),
        (Some(first), None) => format!(" dated {first} or later"),
        (None, Some(last)) => format!(" dated {last} or earlier"),
        (Some(first), Some(last)) if first == last => format!(" dated {first}"),
        (Some(first), Some(last)) => format!(" dated {first} to {last}"),
    };
    // Where none is known there may be many.
    let from = match publishers {
        0 => String::new(),
        publishers => format!(", from {}", counted(*publishers, "publisher")),
    };
    format!("0 of {}{dated}{from}", articles(searched.articles))
}

fn messages(diagnosis: &ClauseDiagnosis) -> Vec<String> {
    let ClauseDiagnosis { clause, matches, without, unknown, wider } = diagnosis;
    let mut messages: Vec<String> = unknown.iter().map(unknown_word).collect();
    if *matches == 0 && unknown.is_empty() {
        messages.push(format!("no article matches `{clause}`"));
    }
    if let Some(Suggestion { query, total }) = wider {
        messages.push(format!("`{query}` would find {}", articles(*total)));
    }
    if let Some(without @ 1..) = without {
        messages.push(format!("without `{clause}`: {}", articles(*without)));
    }
    messages
}

fn unknown_word(UnknownWord { word, spellings }: &UnknownWord) -> String {
    let spellings: Vec<_> =
        spellings.iter().map(|(it, n)| format!("`{it}` ({})", articles(*n))).collect();
    match spellings.as_slice() {
        [] => format!("no article has `{word}`"),
        spellings => format!("no article has `{word}`; did you mean {}?", spellings.join(", ")),
    }
}

fn articles(n: u64) -> String {
    counted(n, "article")
}

fn note(out: &mut dyn Write, message: &str, style: Style) -> io::Result<()> {
    style.write(out, Role::Note, "note:")?;
    writeln!(out, " {}", printable(message))
}

#[derive(Serialize)]
pub(super) struct DiagnosisRecord<'a> {
    clauses: Vec<ClauseRecord<'a>>,
    conflict: Option<[&'a str; 2]>,
    did_you_mean: Option<SuggestionRecord<'a>>,
    denominator: DenominatorRecord,
}

/// Out of how much nothing was found.
#[derive(Serialize)]
struct DenominatorRecord {
    /// The first and the last day that were asked for.
    first: Option<String>,
    last: Option<String>,
    articles: u64,
    publishers: u64,
}

impl From<&Denominator> for DenominatorRecord {
    fn from(denominator: &Denominator) -> Self {
        let (first, last) = denominator.days;
        Self {
            first: first.map(|day| day.to_string()),
            last: last.map(|day| day.to_string()),
            articles: denominator.articles.articles,
            publishers: denominator.publishers,
        }
    }
}

#[derive(Serialize)]
struct ClauseRecord<'a> {
    clause: &'a str,
    matches: u64,
    without: Option<u64>,
    unknown: Vec<UnknownRecord<'a>>,
    wider: Option<SuggestionRecord<'a>>,
}

#[derive(Serialize)]
struct UnknownRecord<'a> {
    word: &'a str,
    spellings: Vec<SpellingRecord<'a>>,
}

#[derive(Serialize)]
struct SpellingRecord<'a> {
    spelling: &'a str,
    articles: u64,
}

#[derive(Serialize)]
struct SuggestionRecord<'a> {
    query: &'a str,
    total: u64,
}

impl<'a> From<&'a Diagnosis> for DiagnosisRecord<'a> {
    fn from(diagnosis: &'a Diagnosis) -> Self {
        let conflict = diagnosis.conflict.as_ref();
        Self {
            clauses: diagnosis.clauses.iter().map(ClauseRecord::from).collect(),
            conflict: conflict.map(|(one, other)| [one.as_str(), other.as_str()]),
            did_you_mean: diagnosis.did_you_mean.as_ref().map(SuggestionRecord::from),
            denominator: DenominatorRecord::from(&diagnosis.denominator),
        }
    }
}

impl<'a> From<&'a ClauseDiagnosis> for ClauseRecord<'a> {
    fn from(diagnosis: &'a ClauseDiagnosis) -> Self {
        Self {
            clause: &diagnosis.clause,
            matches: diagnosis.matches,
            without: diagnosis.without,
            unknown: diagnosis.unknown.iter().map(UnknownRecord::from).collect(),
            wider: diagnosis.wider.as_ref().map(SuggestionRecord::from),
        }
    }
}

impl<'a> From<&'a UnknownWord> for UnknownRecord<'a> {
    fn from(UnknownWord { word, spellings }: &'a UnknownWord) -> Self {
        let record = |(spelling, articles): &'a (String, u64)| SpellingRecord {
            spelling,
            articles: *articles,
        };
        Self { word, spellings: spellings.iter().map(record).collect() }
    }
}

impl<'a> From<&'a Suggestion> for SuggestionRecord<'a> {
    fn from(suggestion: &'a Suggestion) -> Self {
        Self { query: &suggestion.query, total: suggestion.total }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Emphasis;
    use super::super::json::{Layout, document};
    use super::super::samples::shown;
    use super::*;
    use crate::search::Tally;

    fn sample() -> Diagnosis {
        let suggestion = |query: &str, total| Some(Suggestion { query: query.to_owned(), total });
        let unknown = |word: &str, spellings: &[(&str, u64)]| UnknownWord {
            word: word.to_owned(),
            spellings: spellings.iter().map(|&(it, n)| (it.to_owned(), n)).collect(),
        };
        let clause = |clause: &str, matches, without| ClauseDiagnosis {
            clause: clause.to_owned(),
            matches,
            without,
            unknown: Vec::new(),
            wider: None,
        };
        let brige = ClauseDiagnosis {
            unknown: vec![unknown("brige", &[("bridge", 1_204), ("bride", 1)])],
            ..clause("brige", 0, Some(3))
        };
        let phrase = ClauseDiagnosis {
            wider: suggestion("old AND town", 12),
            ..clause("\"old town\"", 0, Some(0))
        };
        Diagnosis {
            clauses: vec![brige, phrase, clause("date:2031", 0, None)],
            conflict: Some(("a".to_owned(), "b".to_owned())),
            did_you_mean: suggestion("bridge AND \"old town\"", 1),
            denominator: Denominator {
                days: (None, "2031-12-31".parse().ok()),
                articles: Tally::of(48_112),
                publishers: 212,
            },
        }
    }

    #[test]
    fn people_get_notes() {
        let style = Style::new(80, Emphasis::Plain);
        insta::assert_snapshot!(shown(|out| diagnosis(out, &sample(), style)), @r#"
        note: no article has `brige`; did you mean `bridge` (1,204 articles), `bride` (1 article)?
        note: without `brige`: 3 articles
        note: no article matches `"old town"`
        note: `old AND town` would find 12 articles
        note: no article matches `date:2031`
        note: no article matches both `a` and `b`
        note: did you mean `bridge AND "old town"`? 1 article
        note: 0 of 48,112 articles dated 2031-12-31 or earlier, from 212 publishers
        "#);
        let cut = |used, of| Limit { clause: "*a*".to_owned(), used, of };
        insta::assert_snapshot!(
            shown(|out| limits(out, &[cut(2_000, Some(14_220)), cut(7, None)], style)),
            @r"
        note: `*a*` stands for 2,000 of 14,220 words, those in most articles
        note: `*a*` stands for 7 words; it is too wide to look for all
        "
        );
    }

    #[test]
    fn machines_get_names_that_stay() {
        let diagnosis = sample();
        let record = DiagnosisRecord::from(&diagnosis);
        let json = shown(|out| document(out, &record, Layout::Compact));
        insta::assert_snapshot!(json, @r#"{"clauses":[{"clause":"brige","matches":0,"without":3,"unknown":[{"word":"brige","spellings":[{"spelling":"bridge","articles":1204},{"spelling":"bride","articles":1}]}],"wider":null},{"clause":"\"old town\"","matches":0,"without":0,"unknown":[],"wider":{"query":"old AND town","total":12}},{"clause":"date:2031","matches":0,"without":null,"unknown":[],"wider":null}],"conflict":["a","b"],"did_you_mean":{"query":"bridge AND \"old town\"","total":1},"denominator":{"first":null,"last":"2031-12-31","articles":48112,"publishers":212}}"#);
    }
}
