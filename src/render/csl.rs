//! Items for citation processors: CSL-JSON, version 1.0.2.

use std::io::{self, Write};

use serde::Serialize;

use super::citation::{Author, Citation, CitedDate};
use super::json;
use super::listing::Listing;
use crate::search::{Hit, Hits};

/// One list with an item for each hit.
#[derive(Default)]
pub(super) struct Items {
    has_items: bool,
}

impl Listing for Items {
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        self.item(out, Citation::from(&hit.article))
    }

    fn end(&mut self, out: &mut dyn Write, _: &Hits) -> io::Result<()> {
        self.close(out)
    }
}

impl Items {
    fn item(&mut self, out: &mut dyn Write, cited: Citation) -> io::Result<()> {
        out.write_all(if self.has_items { b",\n" } else { b"[\n" })?;
        self.has_items = true;
        json::value(out, &Item::from(cited))
    }

    fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", if self.has_items { "\n]" } else { "[]" })
    }
}

/// Writes one list of all that is cited.
pub(super) fn list(
    out: &mut dyn Write,
    mut cited: impl Iterator<Item = Citation>,
) -> io::Result<()> {
    let mut items = Items::default();
    cited.try_for_each(|it| items.item(out, it))?;
    items.close(out)
}

#[derive(Serialize)]
struct Item {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    container_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<DateParts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<DateParts>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keyword: Option<String>,
    archive_location: String,
    note: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Name {
    Person { family: String, given: String },
    Literal { literal: String },
}

#[derive(Serialize)]
struct DateParts {
    /// Of one date: year, month, day, as far as they are known.
    #[serde(rename = "date-parts")]
    parts: [Vec<i32>; 1],
}

impl From<Citation> for Item {
    fn from(cited: Citation) -> Self {
        let keyword = cited.keywords.join(", ");
        Self {
            id: cited.id,
            kind: "article-newspaper",
            title: cited.title,
            author: cited.authors.into_iter().map(Name::from).collect(),
            container_title: cited.publisher,
            issued: cited.published.map(DateParts::from),
            accessed: cited.accessed.map(DateParts::from),
            url: cited.url,
            language: cited.language,
            description: cited.description,
            keyword: (!keyword.is_empty()).then_some(keyword),
            archive_location: cited.place,
            note: format!("SHA-256 {}", cited.sha256),
        }
    }
}

impl From<Author> for Name {
    fn from(author: Author) -> Self {
        match author {
            Author::Person { given, family } => Self::Person { family, given },
            Author::Named(literal) => Self::Literal { literal },
        }
    }
}

impl From<CitedDate> for DateParts {
    fn from(CitedDate { year, month, day }: CitedDate) -> Self {
        let smaller =
            [month, day].into_iter().flatten().filter_map(|part| i32::try_from(part).ok());
        Self { parts: [std::iter::once(year).chain(smaller).collect()] }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, shown};
    use super::super::{Emphasis, Format, Style, hits};
    use super::*;

    fn items(answer: &Hits) -> String {
        shown(|out| hits(out, answer, Format::CslJson, Style::new(80, Emphasis::Plain)))
    }

    #[test]
    fn each_hit_is_an_item() {
        let mut answer = samples::answer();
        answer.hits[0].article.captured = Some("2022-12-01T10:00:00Z".to_owned());
        let json = items(&answer);
        assert!(serde_json::from_str::<Vec<serde_json::Value>>(&json).is_ok(), "{json}");
        insta::assert_snapshot!(json, @r#"
        [
        {"id":"3jf8w1m0c9tqz","type":"article-newspaper","title":"Harbour town votes on its bridge, observers find few faults","author":[{"family":"Petrov","given":"Ivan"}],"container-title":"Example Herald","issued":{"date-parts":[[2022,11,21]]},"accessed":{"date-parts":[[2022,12,1]]},"URL":"https://news.example/2022/11/21/harbour-vote","language":"en","abstract":"A vote on a bridge","keyword":"bridge","archive_location":"archive/2022/november.jsonl#3","note":"SHA-256 9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f"},
        {"id":"0000000000001","type":"article-newspaper","archive_location":"scrape/page.txt","note":"SHA-256 9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f"},
        {"id":"3jf8w1m0c9tqz","type":"article-newspaper","title":"=1+1 abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij café txt","author":[{"family":"Petrov","given":"Ivan"}],"container-title":"Новости дня","issued":{"date-parts":[[2022]]},"URL":"https://news.example/2022/11/21/harbour-vote","language":"en","abstract":"A vote on a bridge","keyword":"bridge","archive_location":"archive/�]0;owned�/a-very-long-folder-name/and-another-one/within-it/page.html","note":"SHA-256 9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f"}
        ]
        "#);
    }

    #[test]
    fn no_hits_are_an_empty_list() {
        assert_eq!(items(&Hits { hits: Vec::new(), ..samples::answer() }), "[]\n");
    }

    #[test]
    fn a_date_has_no_more_than_is_known() {
        for (date, parts) in [
            ("2022-11-21", "{\"date-parts\":[[2022,11,21]]}"),
            ("2022-11", "{\"date-parts\":[[2022,11]]}"),
            ("2022", "{\"date-parts\":[[2022]]}"),
        ] {
            let mut answer = samples::answer();
            answer.hits.truncate(1);
            answer.hits[0].article.date = Some(date.to_owned());
            assert!(items(&answer).contains(&format!("\"issued\":{parts}")), "for {date}");
        }
    }
}
