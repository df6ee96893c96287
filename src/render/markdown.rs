//! Hits to be pasted into notes and documents: a numbered list in Markdown (`CommonMark`).
//!
//! Nothing of the corpus is taken for markup, and only addresses of web pages become links.

use std::io::{self, Write};
use std::ops::Range;

use super::hits::{day, place};
use super::listing::Listing;
use super::region::region_label;
use super::style::Emphasis;
use super::wrap::Passage;
use crate::search::{Hit, Hits, PartialHit, Snippet};
use crate::text::{is_printable, printable};

/// An item for each hit. Articles that lack words stand below a line that says which.
#[derive(Default)]
pub(super) struct Items {
    has_items: bool,
}

impl Listing for Items {
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        if self.has_items {
            writeln!(out)?;
        }
        self.has_items = true;
        item(out, hit)
    }

    fn end(&mut self, out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        let mut above: &[String] = &[];
        for PartialHit { lacks, hit } in &answer.partial {
            if lacks != above {
                let words: Vec<_> = lacks.iter().map(|word| code(word)).collect();
                let line_break = if self.has_items { "\n" } else { "" };
                writeln!(out, "{line_break}Without {}:", words.join(", "))?;
                self.has_items = true;
                above = lacks;
            }
            self.hit(out, hit)?;
        }
        Ok(())
    }
}

fn item(out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
    let article = &hit.article;
    let marker = format!("{}. ", hit.rank);
    let indent = " ".repeat(marker.len());
    let title = match printable(&article.title).trim() {
        "" => "(no title)".to_owned(),
        _ => marked(&article.title, &hit.title_highlights),
    };
    match article.url.as_deref().and_then(link) {
        Some(url) => writeln!(out, "{marker}[{title}](<{url}>)")?,
        None => writeln!(out, "{marker}{title}")?,
    }
    let region = region_label(article.tag.as_deref(), &article.about);
    let origin =
        [&day(article.date.as_deref()), &region, article.publisher.as_deref().unwrap_or_default()];
    let origin = origin.map(|part| escaped(&printable(part)));
    let origin: Vec<_> = origin.into_iter().filter(|part| !part.is_empty()).collect();
    writeln!(out, "{indent}{}", origin.join(" · "))?;
    for Snippet { text, highlights, cut, .. } in &hit.snippets {
        let [before, behind] = [cut.before, cut.after].map(|is_cut| if is_cut { "…" } else { "" });
        let text = marked(text, highlights);
        writeln!(out, "\n{indent}> {before}{text}{behind}")?;
    }
    let path = place(&article.path, (article.record > 0).then_some(article.record));
    writeln!(out, "\n{indent}{} {}", code(&article.id), code(&path))
}

/// A text with what matched in bold.
fn marked(text: &str, highlights: &[Range<usize>]) -> String {
    let mut marked = String::with_capacity(text.len());
    for (piece, is_match) in Passage::new(text, highlights, Emphasis::Plain).pieces() {
        let strong = if is_match { "**" } else { "" };
        marked.extend([strong, &escaped(piece), strong]);
    }
    at_start(marked)
}

/// A text in which nothing is markup, wherever it stands in a line.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&' | '|' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// An escaped text that begins a line, and no heading, list or quotation.
fn at_start(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match text[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => digits,
        Some('#' | '+' | '-' | '=') if digits == 0 => 0,
        _ => return text,
    };
    format!("{}\\{}", &text[..mark], &text[mark..])
}

/// A text that is shown letter by letter.
pub(super) fn code(text: &str) -> String {
    let text = printable(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// The address of a web page as it stands between angle brackets; `None` for any other.
pub(super) fn link(url: &str) -> Option<String> {
    let scheme = url.split_once("://")?.0.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return None;
    }
    let mut link = String::with_capacity(url.len());
    for c in url.chars() {
        if matches!(c, '<' | '>' | '\\') || c.is_whitespace() || !is_printable(c) {
            link.extend(c.to_string().bytes().map(|byte| format!("%{byte:02X}")));
        } else {
            link.push(c);
        }
    }
    Some(link)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, shown};
    use super::*;

    #[test]
    fn each_hit_is_an_item() {
        let mut items = Items::default();
        let hits = samples::answer().hits;
        insta::assert_snapshot!(shown(|out| hits.iter().try_for_each(|it| items.hit(out, it))), @r"
        1. [Harbour town votes on its **bridge**, **observers** find few faults](<https://news.example/2022/11/21/harbour-vote>)
           2022-11-21 · Russia \> about XA · Example Herald

           > The harbour town voted on Sunday on whether to build the long disputed **bridge**, and the **observers** who came from abroad found few faults.

           `3jf8w1m0c9tqz` `archive/2022/november.jsonl#3`

        2. (no title)
           undated

           `0000000000001` `scrape/page.txt`

        3. [\=1+1 abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij café txt](<https://news.example/2022/11/21/harbour-vote>)
           2022 · Russia \> about XA · Новости дня

           > 港口城市周日就是否修建这座备受争议的大桥进行投票，观察员认为问题不多。�\[2J**bridge**segdirb

           `3jf8w1m0c9tqz` `archive/�]0;owned�/a-very-long-folder-name/and-another-one/within-it/page.html`
        ");
    }

    #[test]
    fn articles_that_lack_words_stand_below_a_line_that_says_which() {
        let mut items = Items::default();
        let mut answer = samples::answer();
        let lacks = |rank, words| samples::lacking(rank, words);
        answer.partial = vec![lacks(1, &["a vote"]), lacks(2, &["a vote"]), lacks(3, &["b`", "c"])];
        insta::assert_snapshot!(shown(|out| items.end(out, &answer)), @r"
        Without `a vote`:

        1. (no title)
           undated

           `0000000000001` `scrape/page.txt`

        2. (no title)
           undated

           `0000000000001` `scrape/page.txt`

        Without `` b` ``, `c`:

        3. (no title)
           undated

           `0000000000001` `scrape/page.txt`
        ");
    }

    #[test]
    fn nothing_of_the_corpus_is_markup() {
        for (text, expected) in [
            ("a *b* _c_ `d`", r"a \*b\* \_c\_ \`d\`"),
            ("[x](javascript:y)", r"\[x\](javascript:y)"),
            ("<script>&copy;", r"\<script\>\&copy;"),
            ("# one", r"\# one"),
            ("- one", r"\- one"),
            ("1. one", r"1\. one"),
            ("2019) one", r"2019\) one"),
            ("2019 was one - a year", "2019 was one - a year"),
            ("a\nb", "a b"),
        ] {
            assert_eq!(marked(text, &[]), expected, "for {text:?}");
        }
        assert_eq!(code("a`b"), "`` a`b ``");
    }

    #[test]
    fn only_pages_are_linked() {
        assert_eq!(link("https://a.example/b c>").as_deref(), Some("https://a.example/b%20c%3E"));
        for other in ["javascript://x", "javascript:alert(1)", "file:///etc/passwd", "a.example"] {
            assert_eq!(link(other), None, "{other}");
        }
    }
}
