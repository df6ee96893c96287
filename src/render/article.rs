//! One article in full.

use std::io::{self, Write};

use super::json::{self, Layout};
use super::numbers;
use super::region::country_name;
use super::rows::{Row, paragraph, rows};
use super::style::{Role, Style};
use crate::article::{ArticleWarning, EntityKind, TitleSource};
use crate::record::{ArticleRecord, EntityRecord};

/// Writes an article for people: title, what is known of it, the story.
pub fn article(out: &mut dyn Write, article: &ArticleRecord, style: Style) -> io::Result<()> {
    let title = if article.title.trim().is_empty() { "(no title)" } else { &article.title };
    paragraph(out, title, Role::Title, style)?;
    writeln!(out)?;
    rows(out, &metadata(article), style)?;
    for text in article.body.lines().filter(|text| !text.trim().is_empty()) {
        writeln!(out)?;
        paragraph(out, text, Role::Text, style)?;
    }
    Ok(())
}

/// Writes an article as JSON, in the form of [`ArticleRecord`].
pub fn article_json(
    out: &mut dyn Write,
    article: &ArticleRecord,
    layout: Layout,
) -> io::Result<()> {
    json::document(out, article, layout)
}

/// All that is known of an article; what is not known has no row, save the date.
fn metadata(article: &ArticleRecord) -> Vec<Row<'static>> {
    let mut rows = vec![("date", date(article))];
    let mut add = |label, value: Option<String>| {
        rows.extend(value.filter(|value| !value.is_empty()).map(|value| (label, value)));
    };
    add("changed", article.modified.clone());
    add("tag", article.tag.clone());
    add("section", article.section.clone().filter(|section| article.tag.as_ref() != Some(section)));
    add("about", Some(countries(&article.about)));
    add("countries", Some(countries(&article.countries)));
    add("publisher", article.publisher.clone());
    add("at home in", article.publisher_country.clone().map(|code| countries(&[code])));
    add("wire", article.wire.clone());
    add("author", article.author.clone());
    add("language", language(article));
    add("script", article.script.clone());
    add("keywords", Some(article.keywords.join(", ")));
    add("description", article.description.clone());
    add("people", Some(entities(article, EntityKind::Person)));
    add("organisations", Some(entities(article, EntityKind::Organisation)));
    add("places", Some(entities(article, EntityKind::Place)));
    add("title", title_source(article));
    add("warnings", Some(warnings(article)));
    add("url", article.url.clone());
    add("canonical", article.canonical.clone());
    add("file", Some(article.path.clone()));
    add("record", Some(record(article)));
    add("charset", Some(article.charset.clone()));
    add("sha256", Some(article.sha256.clone()));
    add("id", Some(article.id.clone()));
    rows
}

/// `2022-11-17 (day, from json-ld, 95 % sure)`
fn date(article: &ArticleRecord) -> String {
    let Some(date) = &article.date else {
        let unreadable = ArticleWarning::UnreadableDate.name();
        let is_stated = article.warnings.iter().any(|warning| warning == unreadable);
        let stated = if is_stated { "one that cannot be read" } else { "none" };
        return format!("undated: the source states {stated}");
    };
    let evidence = [
        article.date_precision.clone(),
        article.date_source.as_ref().map(|source| format!("from {source}")),
        article.date_confidence.map(|confidence| format!("{confidence} % sure")),
    ];
    let evidence: Vec<_> = evidence.into_iter().flatten().collect();
    if evidence.is_empty() { date.clone() } else { format!("{date} ({})", evidence.join(", ")) }
}

/// `en (99 % sure)`, `ru 60 %, kk 40 %`
fn language(article: &ArticleRecord) -> Option<String> {
    if !article.languages.is_empty() {
        let shares = article.languages.iter();
        let shares = shares.map(|share| format!("{} {} %", share.language, share.percent));
        return Some(shares.collect::<Vec<_>>().join(", "));
    }
    let language = article.language.clone()?;
    Some(match article.language_confidence {
        Some(confidence) => format!("{language} ({confidence} % sure)"),
        None => language,
    })
}

/// `Kazakhstan (KZ), Russia (RU)`
fn countries(codes: &[String]) -> String {
    let named = codes.iter().map(|code| match country_name(code) {
        name if name == code => code.clone(),
        name => format!("{name} ({code})"),
    });
    named.collect::<Vec<_>>().join(", ")
}

/// `Aliya Bekova 5 (Bekova, Aliya), Ivan Petrov 1`
fn entities(article: &ArticleRecord, kind: EntityKind) -> String {
    let of_kind = article.entities.iter().filter(|entity| entity.kind == kind.name());
    of_kind.map(entity).collect::<Vec<_>>().join(", ")
}

fn entity(entity: &EntityRecord) -> String {
    let other_forms = entity.forms.iter().filter(|form| **form != entity.name);
    let other_forms: Vec<_> = other_forms.map(String::as_str).collect();
    let forms = match other_forms.as_slice() {
        [] => String::new(),
        forms => format!(" ({})", forms.join(", ")),
    };
    format!("{} {}{forms}", entity.name, numbers::count(entity.count.into()))
}

/// Where the title is from, if that is worth knowing: most are the headline of the source.
fn title_source(article: &ArticleRecord) -> Option<String> {
    match TitleSource::from_name(&article.title_source)? {
        TitleSource::FirstSentence => Some("made from the first sentence".to_owned()),
        _ => None,
    }
}

/// `3, at byte 1,234, known there as afp-0042`
fn record(article: &ArticleRecord) -> String {
    let place = format!("{}, at byte {}", article.record, numbers::count(article.offset));
    match &article.source_id {
        Some(id) => format!("{place}, known there as {id}"),
        None => place,
    }
}

fn warnings(article: &ArticleRecord) -> String {
    let in_words = |name: &String| match ArticleWarning::from_name(name) {
        Some(warning) => explanation(warning).to_owned(),
        None => name.clone(),
    };
    article.warnings.iter().map(in_words).collect::<Vec<_>>().join("; ")
}

fn explanation(warning: ArticleWarning) -> &'static str {
    match warning {
        ArticleWarning::MalformedText => "some bytes are no text in this charset",
        ArticleWarning::CharsetGuessed => "the charset was guessed, as nothing states it",
        ArticleWarning::CharsetOverruled => "the page states a wrong charset",
        ArticleWarning::MojibakeRepaired => "text read in a wrong charset before was repaired",
        ArticleWarning::Mojibake => "some text seems to have been read in a wrong charset",
        ArticleWarning::LostPunctuation => "question marks stand for lost quotes or dashes",
        ArticleWarning::Truncated => "the text ends before its time",
        ArticleWarning::NotCleaned => "cleaning would have left too little and was not done",
        ArticleWarning::UnreadableDate => "the source states a date that cannot be read",
        ArticleWarning::HeadlineOnly => "the source gives a headline and no text",
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, shown};
    use super::super::{Emphasis, MIN_WIDTH};
    use super::*;

    fn at_width(record: &ArticleRecord, width: usize) -> String {
        shown(|out| article(out, record, Style::new(width, Emphasis::Plain)))
    }

    #[test]
    fn an_article_is_shown_with_all_that_is_known_of_it() {
        insta::assert_snapshot!(at_width(&samples::article(), 80), @r#"
        Harbour town votes on its bridge, observers find few faults

        date           2022-11-21T08:30:00+06:00 (second, from json-ld, 95 % sure)
        tag            Russia
        section        World
        about          XA
        countries      XA, XB
        publisher      Example Herald
        author         Ivan Petrov
        language       en (99 % sure)
        script         Latn
        keywords       bridge
        description    A vote on a bridge
        people         Aliya Bekova 5 (Bekova), Ivan Petrov 1
        organisations  Bridge Company 2
        warnings       the charset was guessed, as nothing states it; the text ends
                       before its time
        url            https://news.example/2022/11/21/harbour-vote
        file           archive/2022/november.jsonl
        record         3, at byte 18,204, known there as ex-0042
        charset        windows-1251
        sha256         9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f
        id             3jf8w1m0c9tqz

        The harbour town voted on Sunday on whether to build the long disputed bridge,
        and the observers who came from abroad found few faults.

        "We counted twice," said the mayor, Aliya Bekova.
        "#);
    }

    #[test]
    fn a_narrow_terminal_gets_narrow_lines() {
        insta::assert_snapshot!(at_width(&samples::article(), MIN_WIDTH), @r#"
        Harbour town votes on its bridge,
        observers find few faults

        date           2022-11-21T08:30:00+06:00
                       (second, from json-ld, 95
                       % sure)
        tag            Russia
        section        World
        about          XA
        countries      XA, XB
        publisher      Example Herald
        author         Ivan Petrov
        language       en (99 % sure)
        script         Latn
        keywords       bridge
        description    A vote on a bridge
        people         Aliya Bekova 5 (Bekova),
                       Ivan Petrov 1
        organisations  Bridge Company 2
        warnings       the charset was guessed,
                       as nothing states it; the
                       text ends before its time
        url            https://news.example/2022
                       /11/21/harbour-vote
        file           archive/2022/november.jso
                       nl
        record         3, at byte 18,204, known
                       there as ex-0042
        charset        windows-1251
        sha256         9f9f9f9f9f9f9f9f9f9f9f9f9
                       f9f9f9f9f9f9f9f9f9f9f9f9f
                       9f9f9f9f9f9f9f
        id             3jf8w1m0c9tqz

        The harbour town voted on Sunday on
        whether to build the long disputed
        bridge, and the observers who came from
        abroad found few faults.

        "We counted twice," said the mayor,
        Aliya Bekova.
        "#);
    }

    #[test]
    fn what_is_not_known_is_left_out_save_the_date() {
        insta::assert_snapshot!(at_width(&samples::bare_article(), 80), @r"
        (no title)

        date     undated: the source states none
        title    made from the first sentence
        file     scrape/page.txt
        record   0, at byte 0
        charset  utf-8
        sha256   9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f
        id       0000000000001

        Rain.
        ");
    }

    #[test]
    fn an_unreadable_date_is_not_called_missing() {
        let mut record = samples::bare_article();
        record.warnings = vec!["unreadable-date".to_owned(), "from-a-later-version".to_owned()];
        assert_eq!(date(&record), "undated: the source states one that cannot be read");
        assert_eq!(
            warnings(&record),
            "the source states a date that cannot be read; from-a-later-version"
        );
    }

    #[test]
    fn the_json_is_the_record_in_either_layout() {
        for layout in [Layout::Compact, Layout::Pretty] {
            let json = shown(|out| article_json(out, &samples::article(), layout));
            let read: ArticleRecord = serde_json::from_str(&json).expect("an article record");
            assert_eq!(read, samples::article());
        }
    }
}
