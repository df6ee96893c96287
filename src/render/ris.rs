//! Entries in the form of Research Information Systems, which every reference manager reads.
//!
//! A line is a tag of two characters, two spaces, a hyphen, a space and a value; values are made
//! printable, so none breaks its line. A date has four parts, of which those not known are empty.

use std::io::{self, Write};

use super::citation::{Author, Citation, CitedDate};
use super::listing::Listing;
use crate::search::Hit;

/// An entry for each hit.
pub(super) struct Entries;

impl Listing for Entries {
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        entry(out, &Citation::from(&hit.article))
    }
}

/// Writes one entry.
pub(super) fn entry(out: &mut dyn Write, cited: &Citation) -> io::Result<()> {
    let mut line = |tag: &str, value: &str| match value {
        "" => Ok(()),
        value => writeln!(out, "{tag}  - {value}"),
    };
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    line("TY", "NEWS")?;
    line("ID", &cited.id)?;
    line("TI", &cited.title)?;
    for author in &cited.authors {
        line("AU", &name(author))?;
    }
    line("T2", &optional(&cited.publisher))?;
    if let Some(published) = cited.published {
        line("PY", &format!("{:04}", published.year))?;
        line("DA", &date(published))?;
    }
    line("AB", &optional(&cited.description))?;
    for keyword in &cited.keywords {
        line("KW", keyword)?;
    }
    line("LA", &optional(&cited.language))?;
    line("UR", &optional(&cited.url))?;
    line("Y2", &cited.accessed.map_or(String::new(), date))?;
    line("AV", &cited.place)?;
    line("N1", &format!("SHA-256 {}", cited.sha256))?;
    writeln!(out, "ER  - \n")
}

/// The family name first; a comma within a name would be taken for that.
fn name(author: &Author) -> String {
    match author {
        Author::Person { given, family } => format!("{family}, {given}"),
        Author::Named(name) => name.replace(',', " "),
    }
}

/// `YYYY/MM/DD/`.
fn date(CitedDate { year, month, day }: CitedDate) -> String {
    let part = |part: Option<u32>| part.map_or(String::new(), |part| format!("{part:02}"));
    format!("{year:04}/{}/{}/", part(month), part(day))
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
        insta::assert_snapshot!(entries(&hits).replace("ER  - \n", "ER  - |\n"), @r"
        TY  - NEWS
        ID  - 3jf8w1m0c9tqz
        TI  - Harbour town votes on its bridge, observers find few faults
        AU  - Petrov, Ivan
        T2  - Example Herald
        PY  - 2022
        DA  - 2022/11/21/
        AB  - A vote on a bridge
        KW  - bridge
        LA  - en
        UR  - https://news.example/2022/11/21/harbour-vote
        Y2  - 2022/12/01/
        AV  - archive/2022/november.jsonl#3
        N1  - SHA-256 9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f
        ER  - |

        TY  - NEWS
        ID  - 0000000000001
        AV  - scrape/page.txt
        N1  - SHA-256 9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f
        ER  - |

        TY  - NEWS
        ID  - 3jf8w1m0c9tqz
        TI  - =1+1 abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij café txt
        AU  - Petrov, Ivan
        T2  - Новости дня
        PY  - 2022
        DA  - 2022///
        AB  - A vote on a bridge
        KW  - bridge
        LA  - en
        UR  - https://news.example/2022/11/21/harbour-vote
        AV  - archive/�]0;owned�/a-very-long-folder-name/and-another-one/within-it/page.html
        N1  - SHA-256 9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f
        ER  - |
        ");
    }

    #[test]
    fn a_date_has_no_more_than_is_known() {
        let mut hit = samples::answer().hits.remove(0);
        for (known, expected) in [
            (Some("2022-11-21T08:30:00Z"), "PY  - 2022|DA  - 2022/11/21/"),
            (Some("2022-11"), "PY  - 2022|DA  - 2022/11//"),
            (Some("2022"), "PY  - 2022|DA  - 2022///"),
            (None, ""),
        ] {
            hit.article.date = known.map(str::to_owned);
            let entry = entries(std::slice::from_ref(&hit));
            let dates =
                entry.lines().filter(|line| line.starts_with("PY") || line.starts_with("DA"));
            assert_eq!(dates.collect::<Vec<_>>().join("|"), expected);
        }
    }

    #[test]
    fn no_value_breaks_its_line() {
        let mut hit = samples::answer().hits.remove(0);
        hit.article.title = "A\nER  - \r\nTY  - BOOK\u{2028}b".to_owned();
        hit.article.keywords = vec!["a\nb".to_owned()];
        let entry = entries(&[hit]);
        for line in entry.trim_end_matches('\n').lines() {
            let tag = line.as_bytes();
            assert!(tag.len() >= 6 && &tag[2..6] == b"  - ", "{line}");
        }
        assert_eq!(entry.matches("\nER").count(), 1, "{entry}");
    }
}
