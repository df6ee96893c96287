//! Why an article has the date that it has, or none.

use std::io::{self, Write};

use super::rows::{Row, paragraph, rows};
use super::style::{Role, Style};
use crate::article::{ArticleWarning, DateOutcome};
use crate::record::{ArticleRecord, DateRecord};

/// Writes the story of the choice in words, then every date that was found with what gave it and
/// what became of it.
pub fn why_date(out: &mut dyn Write, article: &ArticleRecord, style: Style) -> io::Result<()> {
    let title = if article.title.trim().is_empty() { "(no title)" } else { &article.title };
    paragraph(out, title, Role::Title, style)?;
    writeln!(out)?;
    paragraph(out, &story(article), Role::Text, style)?;
    if article.dates.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let candidates: Vec<Row<'static>> = article.dates.iter().map(candidate).collect();
    rows(out, &candidates, style)
}

fn story(article: &ArticleRecord) -> String {
    let mut sentences = vec![match (&article.date, chosen(article)) {
        (Some(date), Some(chosen)) => format!(
            "Published {date}, {} % sure: it rests on {} ({}).",
            article.date_confidence.unwrap_or_default(),
            chosen.source,
            chosen.evidence,
        ),
        (Some(date), None) => format!("Published {date}; what it rests on was not kept."),
        (None, _) if is_unreadable(article) => {
            "Undated: the source states a date that cannot be read.".to_owned()
        }
        (None, _) if article.dates.is_empty() => "Undated: the source states none.".to_owned(),
        (None, _) => "Undated: nothing that was found is the publication.".to_owned(),
    }];
    let count = |outcome: DateOutcome| {
        article.dates.iter().filter(|date| date.outcome == outcome.name()).count()
    };
    let mut add = |n: usize, one: &str, many: &str| match n {
        0 => {}
        1 => sentences.push(format!("1 {one}.")),
        n => sentences.push(format!("{n} {many}.")),
    };
    add(
        count(DateOutcome::Agrees),
        "other clue names the same day",
        "other clues name the same day",
    );
    add(count(DateOutcome::Outranked), "weaker clue names another", "weaker clues name others");
    add(count(DateOutcome::TooWeak), "clue is too weak alone", "clues are too weak alone");
    add(
        count(DateOutcome::AfterCapture),
        "lies behind the time at which the page was saved",
        "lie behind the time at which the page was saved",
    );
    if let Some(modified) = &article.modified {
        sentences.push(format!("Changed {modified}, which is never taken for the publication."));
    }
    if let Some(captured) = &article.captured {
        sentences.push(format!("Saved {captured}, which only bounds the date."));
    }
    sentences.join(" ")
}

fn chosen(article: &ArticleRecord) -> Option<&DateRecord> {
    article.dates.iter().find(|date| date.outcome == DateOutcome::Chosen.name())
}

fn is_unreadable(article: &ArticleRecord) -> bool {
    article.warnings.iter().any(|warning| warning == ArticleWarning::UnreadableDate.name())
}

/// `chosen  2022-11-17 from json-ld (NewsArticle.datePublished), right in 96 of 100`
fn candidate(date: &DateRecord) -> Row<'static> {
    let label = DateOutcome::from_name(&date.outcome).map_or("other", DateOutcome::name);
    let trust = match date.confidence {
        0 => String::new(),
        trust => format!(", alone right in {trust} of 100"),
    };
    (label, format!("{} from {} ({}){trust}", date.date, date.source, date.evidence))
}

#[cfg(test)]
mod tests {
    use super::super::Emphasis;
    use super::super::samples::{self, shown};
    use super::*;

    fn told(record: &ArticleRecord) -> String {
        shown(|out| why_date(out, record, Style::new(80, Emphasis::Plain)))
    }

    #[test]
    fn every_candidate_is_told_with_its_outcome() {
        let mut record = samples::article();
        let date =
            |date: &str, source: &str, evidence: &str, confidence, outcome: &str| DateRecord {
                date: date.to_owned(),
                source: source.to_owned(),
                evidence: evidence.to_owned(),
                confidence,
                outcome: outcome.to_owned(),
            };
        let when = "2022-11-21T08:30:00+06:00";
        record.dates = vec![
            date(when, "json-ld", "NewsArticle.datePublished", 96, "chosen"),
            date("2022-11-21", "url", "https://news.example/2022/11/21/harbour-vote", 97, "agrees"),
            date("2022-11-22", "json-ld", "NewsArticle.dateModified", 0, "modified"),
        ];
        record.modified = Some("2022-11-22".to_owned());
        insta::assert_snapshot!(told(&record), @r"
        Harbour town votes on its bridge, observers find few faults

        Published 2022-11-21T08:30:00+06:00, 95 % sure: it rests on json-ld
        (NewsArticle.datePublished). 1 other clue names the same day. Changed
        2022-11-22, which is never taken for the publication.

        chosen    2022-11-21T08:30:00+06:00 from json-ld (NewsArticle.datePublished),
                  alone right in 96 of 100
        agrees    2022-11-21 from url (https://news.example/2022/11/21/harbour-vote),
                  alone right in 97 of 100
        modified  2022-11-22 from json-ld (NewsArticle.dateModified)
        ");
    }

    #[test]
    fn an_undated_article_says_so() {
        insta::assert_snapshot!(told(&samples::bare_article()), @r"
        (no title)

        Undated: the source states none.
        ");
    }
}
