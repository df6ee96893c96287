//! A document of the TREC collections (Financial Times, Wall Street Journal, Associated Press, Los
//! Angeles Times, FBIS, San Jose Mercury News), of AQUAINT and of Gigaword.

use crate::source::keys::Fields;
use crate::source::markup::{Element, author, blocks, story, unwrapped};
use crate::source::stream::Fault;
use crate::source::{Declared, Media};
use crate::text::one_line;

/// Elements that hold a part of the text, in the order in which they follow each other.
const TEXTS: &[&str] = &["lp", "leadpara", "text"];

/// Elements that hold the headline, the surest first.
const TITLES: &[&str] = &["headline", "hl", "title", "ti", "head"];

/// Elements that hold the date of publication.
const DATES: &[&str] = &["date", "date_time", "dd", "date1", "pubdate"];

/// Characters within which the text of FBIS says that now it begins.
const PREAMBLE: usize = 800;

/// What `record` says. The number of a document is taken for its id alone, never for a date.
pub(super) fn fields(record: &Element) -> Result<Fields, Fault> {
    let line = |names: &[&str]| names.iter().find_map(|name| record.find(name)?.text());
    let id = line(&["docno", "docid"]).or_else(|| record.attribute("id").map(str::to_owned));
    let declared = Declared {
        title: line(TITLES).map(|title| headline(&title)).filter(|title| !title.is_empty()),
        date: line(DATES).map(|text| date(&text)),
        tag: line(&["cn"]).map(|countries| countries_in(&countries)),
        language: line(&["language"]),
        author: line(&["byline", "author"]).as_deref().and_then(author),
        publisher: line(&["pub", "so"]).map(|name| one_line(&name)),
        ..Declared::default()
    };
    story(id, (Media::Text, text(record)), declared)
}

/// The text, with the dateline that stands apart from it before it.
fn text(record: &Element) -> String {
    let parts = TEXTS.iter().filter_map(|name| record.find(name)).map(lines);
    let mut text = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    if text.is_empty() {
        text = record.find("body").map(lines).unwrap_or_default();
    }
    let dateline = record.find("dateline").and_then(Element::text).map(|text| one_line(&text));
    match dateline {
        Some(place) if text.starts_with(&place) => text,
        Some(place) if place.ends_with(char::is_alphanumeric) => format!("{place} - {text}"),
        Some(place) => format!("{place} {text}"),
        None => text,
    }
}

/// The paragraphs of a part, a line each: by its tags, else by how its lines are set.
fn lines(part: &Element) -> String {
    if part.find("p").is_some() {
        return blocks(part, &[]);
    }
    let text = part.text().unwrap_or_default();
    unwrapped(after_preamble(&text))
}

/// The text of FBIS without the lines before it, which name its language and kind.
fn after_preamble(text: &str) -> &str {
    let marks = ["[Text]", "[Excerpt]", "[Excerpts]", "[FBIS Translated Text]"];
    let ends = marks.iter().filter_map(|mark| Some(text.find(mark)? + mark.len()));
    ends.min().filter(|end| *end <= PREAMBLE).map_or(text, |end| &text[end..])
}

/// A headline without the byline that some set below it, after a rule or a mark.
fn headline(text: &str) -> String {
    let ends = ["\n@", "---"].iter().filter_map(|mark| text.find(mark));
    one_line(&text[..ends.min().unwrap_or(text.len())])
}

/// A date in a form that says which number is which. These collections are American and of the
/// 20th century: `07/23/87` is of July, and `930402` of 1993.
fn date(text: &str) -> String {
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let numbers: Option<Vec<u32>> = first.split('/').map(|part| part.parse().ok()).collect();
    let (year, month, day) = match numbers.as_deref() {
        Some([whole]) if first.len() == 6 => (whole / 10_000, whole / 100 % 100, whole % 100),
        Some([month, day, year]) => (*year, *month, *day),
        _ => return one_line(text),
    };
    let year = if year < 100 { 1900 + year } else { year };
    one_line(&format!("{year:04}-{month:02}-{day:02} {rest}"))
}

/// The countries that the Financial Times filed a story under: a code, then the name, on each line.
fn countries_in(text: &str) -> String {
    let names = text.lines().filter_map(|line| line.trim().split_once(char::is_whitespace));
    let names: Vec<&str> = names.map(|(_, name)| name.trim().trim_end_matches('.')).collect();
    names.join(", ")
}
