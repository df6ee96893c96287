//! What a bibliography says of an article, before any format.

use chrono::{Datelike as _, NaiveDate};

use super::hits::place;
use crate::article::When;
use crate::record::{ArticleRecord, moment};
use crate::text::printable;

/// An article as it is cited.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Citation {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) authors: Vec<Author>,
    /// The newspaper, agency or site.
    pub(super) publisher: Option<String>,
    pub(super) published: Option<CitedDate>,
    /// When the page was saved.
    pub(super) accessed: Option<CitedDate>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) description: Option<String>,
    pub(super) keywords: Vec<String>,
    /// The file in the archive, and the record in it.
    pub(super) place: String,
    pub(super) sha256: String,
}

/// Who wrote an article.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Author {
    /// A person; the last word of the name is taken for the family's, with `de`, `van` and their
    /// like before it.
    Person { given: String, family: String },
    /// Anything else: one word, an agency, a desk, a name in a script without spaces.
    Named(String),
}

/// A date, as exactly as it is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct CitedDate {
    pub(super) year: i32,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
}

impl From<&ArticleRecord> for Citation {
    fn from(article: &ArticleRecord) -> Self {
        let line = |text: &str| printable(text).trim().to_owned();
        let optional =
            |text: &Option<String>| text.as_deref().map(line).filter(|text| !text.is_empty());
        let when = article.date.as_deref().and_then(|date| date.parse().ok());
        let captured = moment(article.captured.as_deref());
        Self {
            id: line(&article.id),
            title: line(&article.title),
            authors: optional(&article.author).map_or_else(Vec::new, |text| authors(&text)),
            publisher: optional(&article.publisher),
            published: when.map(CitedDate::of),
            accessed: captured.map(|time| CitedDate::of(When::Day(time.date_naive()))),
            url: optional(&article.url),
            language: optional(&article.language),
            description: optional(&article.description),
            keywords: article.keywords.iter().map(|text| line(text)).collect(),
            place: place(&article.path, (article.record > 0).then_some(article.record)),
            sha256: line(&article.sha256),
        }
    }
}

impl CitedDate {
    fn of(when: When) -> Self {
        let first: NaiveDate = when.first_day();
        let (month, day) = match when {
            When::Second(..) | When::Day(_) => (Some(first.month()), Some(first.day())),
            When::Month(_) => (Some(first.month()), None),
            When::Year(_) => (None, None),
        };
        Self { year: first.year(), month, day }
    }

    /// ISO 8601, to the precision that is known.
    pub(super) fn iso(self) -> String {
        let Self { year, month, day } = self;
        let part = |part: Option<u32>| part.map_or(String::new(), |part| format!("-{part:02}"));
        format!("{year:04}{}{}", part(month), part(day))
    }
}

/// The authors in a byline.
fn authors(byline: &str) -> Vec<Author> {
    let byline = byline.strip_prefix("By ").or(byline.strip_prefix("by ")).unwrap_or(byline);
    let parts: Vec<&str> = byline
        .split([',', ';', '|'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
        .map(|part| part.trim().trim_start_matches("and ").trim())
        .filter(|part| part.contains(char::is_alphanumeric))
        .collect();
    match parts.as_slice() {
        // `Bekova, Aliya`, as a record may declare it.
        [family, given] if byline.contains(',') && is_word(family) && is_word(given) => {
            vec![Author::Person { given: (*given).to_owned(), family: (*family).to_owned() }]
        }
        parts => parts.iter().map(|part| author(part)).collect(),
    }
}

fn is_word(text: &str) -> bool {
    !text.contains(char::is_whitespace)
}

/// Words by which a byline is told to be none of a person.
const OFFICES: &[&str] = &[
    "agency",
    "board",
    "bureau",
    "correspondent",
    "correspondents",
    "desk",
    "editor",
    "editorial",
    "editors",
    "journalist",
    "media",
    "news",
    "newsroom",
    "office",
    "online",
    "press",
    "radio",
    "reporter",
    "reporters",
    "reuters",
    "service",
    "staff",
    "team",
    "times",
    "tv",
    "writer",
    "writers",
    "редакция",
    "агентство",
    "корреспондент",
];

fn author(name: &str) -> Author {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_office =
        words.iter().any(|word| OFFICES.contains(&word.trim_matches('.').to_lowercase().as_str()));
    let is_plain = |word: &&str| {
        word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
    };
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let is_person = (2..=5).contains(&words.len())
        && !is_office
        && words.iter().all(is_plain)
        && is_capital(&words[0])
        && words.last().is_some_and(is_capital);
    if !is_person {
        return Author::Named(words.join(" "));
    }
    let particle = words[1..].iter().position(|word| !is_capital(word)).map(|place| place + 1);
    let (given, family) = words.split_at(particle.unwrap_or(words.len() - 1));
    Author::Person { given: given.join(" "), family: family.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(byline: &str, expected: &str) {
        let shown = |author: &Author| match author {
            Author::Person { given, family } => format!("{family}, {given}"),
            Author::Named(name) => format!("[{name}]"),
        };
        let got: Vec<_> = authors(byline).iter().map(shown).collect();
        assert_eq!(got.join("; "), expected, "for `{byline}`");
    }

    #[test]
    fn a_byline_is_a_list_of_names() {
        check("Ivan Petrov", "Petrov, Ivan");
        check("By Aliya Bekova and J. P. O’Hara", "Bekova, Aliya; O’Hara, J. P.");
        check("Ana de la Cruz, Jan van Dijk", "de la Cruz, Ana; van Dijk, Jan");
        check("Anna Ek, Bo Ek & Cai Ek", "Ek, Anna; Ek, Bo; Ek, Cai");
        check("Anna Ek, Bo Ek, and Cai Ek", "Ek, Anna; Ek, Bo; Ek, Cai");
        check("Bekova, Aliya", "Bekova, Aliya");
        check("Иван Петров", "Петров, Иван");
    }

    #[test]
    fn what_is_no_person_is_named_as_it_is() {
        check("Newsroom", "[Newsroom]");
        check("Harbour News staff", "[Harbour News staff]");
        check("Reuters, Ivan Petrov", "[Reuters]; Petrov, Ivan");
        check("王小明", "[王小明]");
        check("desk@news.example", "[desk@news.example]");
        check(" , ; ", "");
    }

    #[test]
    fn a_date_is_as_exact_as_it_is_known() {
        for date in ["2022-11-21", "2022-11", "2022", "0987-01-02"] {
            let when: When = date.parse().expect("a date");
            assert_eq!(CitedDate::of(when).iso(), date);
        }
        let when: When = "2022-11-21T08:30:00+06:00".parse().expect("a date");
        assert_eq!(CitedDate::of(when).iso(), "2022-11-21");
    }
}
