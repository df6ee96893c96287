//! Bibliographies for LaTeX, read by BibTeX and BibLaTeX alike.
//!
//! `year` and `month` are for BibTeX, `date` is for BibLaTeX, which alone knows days. A newspaper is
//! the journal of an `article`; without one the entry is of type `misc`. Text stays UTF-8.
//!
//! Braces are the one thing that can break a whole file: BibTeX counts them before it looks at
//! backslashes, so `\{` is no way to write one. Titles stand in two pairs, since many styles put
//! them in lower case otherwise, names included.

use std::io::{self, Write};

use super::citation::{Author, Citation};
use super::listing::Listing;
use crate::search::Hit;

/// An entry for each hit.
pub(super) struct Entries;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl Listing for Entries {
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        entry(out, &Citation::from(&hit.article))
    }
}

/// Writes one entry.
pub(super) fn entry(out: &mut dyn Write, cited: &Citation) -> io::Result<()> {
    let kind = if cited.publisher.is_some() { "article" } else { "misc" };
    writeln!(out, "@{kind}{{{},", key(&cited.id))?;
    let mut field = |name: &str, value: &str| writeln!(out, "  {name} = {value},");
    if !cited.title.is_empty() {
        field("title", &format!("{{{{{}}}}}", escaped(&cited.title)))?;
    }
    if !cited.authors.is_empty() {
        let names: Vec<_> = cited.authors.iter().map(name).collect();
        field("author", &format!("{{{}}}", names.join(" and ")))?;
    }
    if let Some(publisher) = &cited.publisher {
        field("journal", &format!("{{{}}}", escaped(publisher)))?;
    }
    if let Some(date) = cited.published {
        field("year", &format!("{{{}}}", date.year))?;
        let month = date.month.and_then(|month| MONTHS.get(usize::try_from(month).ok()? - 1));
        if let Some(month) = month {
            field("month", month)?;
        }
        field("date", &format!("{{{}}}", date.iso()))?;
    }
    if let Some(url) = &cited.url {
        field("url", &format!("{{{}}}", address(url)))?;
    }
    if let Some(date) = cited.accessed {
        field("urldate", &format!("{{{}}}", date.iso()))?;
    }
    if let Some(language) = &cited.language {
        field("language", &format!("{{{}}}", escaped(language)))?;
    }
    if !cited.keywords.is_empty() {
        field("keywords", &format!("{{{}}}", escaped(&cited.keywords.join(", "))))?;
    }
    let place = format!("{}, SHA-256 {}", cited.place, cited.sha256);
    field("annote", &format!("{{{}}}", escaped(&place)))?;
    writeln!(out, "}}\n")
}

/// Keys hold letters, digits and a few marks.
fn key(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

/// A name; in braces, if it is not to be taken apart.
fn name(author: &Author) -> String {
    match author {
        Author::Person { given, family } => format!("{}, {}", escaped(family), escaped(given)),
        Author::Named(name) => format!("{{{}}}", escaped(name)),
    }
}

/// A text that LaTeX prints as it stands.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str(r"\textbackslash{}"),
            '{' => escaped.push_str(r"\textbraceleft{}"),
            '}' => escaped.push_str(r"\textbraceright{}"),
            '^' => escaped.push_str(r"\textasciicircum{}"),
            '~' => escaped.push_str(r"\textasciitilde{}"),
            '$' | '&' | '%' | '#' | '_' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address, which is printed letter by letter: what would end it is written as in addresses.
fn address(url: &str) -> String {
    let mut address = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '{' => address.push_str("%7B"),
            '}' => address.push_str("%7D"),
            '\\' => address.push_str("%5C"),
            c if c.is_whitespace() => address.push_str("%20"),
            c => address.push(c),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, shown};
    use super::*;

    fn entries(hits: &[Hit]) -> String {
        shown(|out| hits.iter().try_for_each(|hit| Entries.hit(out, hit)))
    }

    #[test]
    fn each_hit_is_an_entry() {
        let mut hits = samples::answer().hits;
        hits[0].article.captured = Some("2022-12-01T10:00:00Z".to_owned());
        insta::assert_snapshot!(entries(&hits), @r"
        @article{3jf8w1m0c9tqz,
          title = {{Harbour town votes on its bridge, observers find few faults}},
          author = {Petrov, Ivan},
          journal = {Example Herald},
          year = {2022},
          month = nov,
          date = {2022-11-21},
          url = {https://news.example/2022/11/21/harbour-vote},
          urldate = {2022-12-01},
          language = {en},
          keywords = {bridge},
          annote = {archive/2022/november.jsonl\#3, SHA-256 9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f},
        }

        @misc{0000000000001,
          annote = {scrape/page.txt, SHA-256 9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f},
        }

        @article{3jf8w1m0c9tqz,
          title = {{=1+1 abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij café txt}},
          author = {Petrov, Ivan},
          journal = {Новости дня},
          year = {2022},
          date = {2022},
          url = {https://news.example/2022/11/21/harbour-vote},
          language = {en},
          keywords = {bridge},
          annote = {archive/�]0;owned�/a-very-long-folder-name/and-another-one/within-it/page.html, SHA-256 9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f},
        }
        ");
    }

    #[test]
    fn what_means_something_to_latex_is_escaped() {
        for (text, expected) in [
            ("Q&A: 100% of $5 #1_a", r"Q\&A: 100\% of \$5 \#1\_a"),
            ("{a}", r"\textbraceleft{}a\textbraceright{}"),
            ("}", r"\textbraceright{}"),
            (r"C:\new", r"C:\textbackslash{}new"),
            ("a^b~c", r"a\textasciicircum{}b\textasciitilde{}c"),
            ("“Zürich” — Қазақстан 选举", "“Zürich” — Қазақстан 选举"),
        ] {
            assert_eq!(escaped(text), expected, "for `{text}`");
        }
        assert_eq!(
            address("https://a.example/{b}?c=%20d e\\"),
            "https://a.example/%7Bb%7D?c=%20d%20e%5C"
        );
    }

    #[test]
    fn braces_are_balanced_whatever_an_article_holds() {
        let mut hit = samples::answer().hits.remove(0);
        for hostile in ["}", "{", "}}{", "\\", "\\}", "a, b and {c", "%\n}"] {
            let text = || Some(hostile.to_owned());
            hit.article.title = hostile.to_owned();
            hit.article.path = hostile.to_owned();
            hit.article.id = hostile.to_owned();
            hit.article.keywords = vec![hostile.to_owned()];
            (hit.article.author, hit.article.publisher, hit.article.url) = (text(), text(), text());
            let entry = entries(std::slice::from_ref(&hit));
            let mut depth = 0_i32;
            for (place, c) in entry.trim_end().char_indices() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                let is_end = place + 1 == entry.trim_end().len();
                assert!(
                    depth > 0 || is_end || place < entry.find('{').expect("a brace"),
                    "{entry}"
                );
            }
            assert_eq!(depth, 0, "{entry}");
        }
    }

    #[test]
    fn a_date_has_no_more_than_is_known() {
        let mut hit = samples::answer().hits.remove(0);
        for (date, expected) in [
            (Some("2022-11-21"), "year = {2022},|month = nov,|date = {2022-11-21},"),
            (Some("2022-11"), "year = {2022},|month = nov,|date = {2022-11},"),
            (Some("2022"), "year = {2022},|date = {2022},"),
            (None, ""),
        ] {
            hit.article.date = date.map(str::to_owned);
            let entry = entries(std::slice::from_ref(&hit));
            let is_date =
                |line: &&str| ["year", "month", "date"].iter().any(|it| line.starts_with(it));
            let dates: Vec<_> = entry.lines().map(str::trim).filter(is_date).collect();
            assert_eq!(dates.join("|"), expected);
        }
    }
}
