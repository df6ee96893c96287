//! Footnotes for Markdown, as a newsroom cites what it saved: who, what, where, when, and by which
//! file and digest the page can be shown again.

use std::io::{self, Write};

use super::citation::{Author, Citation, CitedDate};
use super::markdown::{code, escaped, link};

/// Writes `[^id]: …`, on one line.
pub(super) fn footnote(out: &mut dyn Write, cited: &Citation) -> io::Result<()> {
    let authors: Vec<_> = cited.authors.iter().map(name).collect();
    let title = match cited.title.as_str() {
        "" => "(no title)".to_owned(),
        title => format!("“{}”", escaped(title)),
    };
    let date = cited.published.map_or("undated".to_owned(), CitedDate::iso);
    let mut parts = vec![authors.join(", "), title];
    parts.extend(cited.publisher.as_deref().map(|publisher| format!("*{}*", escaped(publisher))));
    parts.push(date);
    parts.retain(|part| !part.is_empty());
    write!(out, "[^{}]: {}.", cited.id, parts.join(", "))?;
    if let Some(url) = cited.url.as_deref().and_then(link) {
        write!(out, " <{url}>")?;
        if let Some(date) = cited.accessed {
            write!(out, ", saved {}", date.iso())?;
        }
        write!(out, ".")?;
    }
    writeln!(out, " Archived as {}, SHA-256 {}.", code(&cited.place), code(&cited.sha256))
}

fn name(author: &Author) -> String {
    match author {
        Author::Person { given, family } => escaped(&format!("{given} {family}")),
        Author::Named(name) => escaped(name),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, shown};
    use super::*;

    #[test]
    fn a_footnote_says_who_what_where_when_and_how_to_show_it_again() {
        let hits = samples::answer().hits;
        let write = |out: &mut dyn Write| {
            hits.iter().take(2).try_for_each(|hit| footnote(out, &Citation::from(&hit.article)))
        };
        insta::assert_snapshot!(shown(write), @r"
        [^3jf8w1m0c9tqz]: Ivan Petrov, “Harbour town votes on its bridge, observers find few faults”, *Example Herald*, 2022-11-21. <https://news.example/2022/11/21/harbour-vote>. Archived as `archive/2022/november.jsonl#3`, SHA-256 `9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f`.
        [^0000000000001]: (no title), undated. Archived as `scrape/page.txt`, SHA-256 `9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f`.
        ");
    }
}
