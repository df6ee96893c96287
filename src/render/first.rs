//! Who had a story first.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::hits::{self, SHORT_ID, day, padded, short_id};
use super::json::{self, Layout};
use super::numbers::{self, count, counted};
use super::style::{Role, Style};
use super::wrap::{Passage, fit};
use super::{ListFormat, csv};
use crate::search::{Firsts, Story};
use crate::text::printable;

/// Columns before a title.
const INDENT: usize = 12;

/// Writes the first article of each story that was found.
pub fn firsts(
    out: &mut dyn Write,
    found: &Firsts,
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let stories = || found.stories.iter().map(StoryRecord::from);
    match format {
        ListFormat::Table => found.stories.iter().try_for_each(|story| block(out, story, style)),
        ListFormat::Json => json::list_document(
            out,
            &FirstsRecord {
                v: json::VERSION,
                query: &found.summary.understood,
                total: found.summary.total,
                undated: found.summary.undated,
                articles: found.summary.articles,
                generation: found.summary.generation,
                took_ms: numbers::milliseconds(found.summary.took),
                stories_total: found.total,
                stories_undated: found.undated,
                stories: stories().collect(),
            },
        ),
        ListFormat::Jsonl => {
            stories().try_for_each(|story| json::document(out, &story, Layout::Compact))
        }
        ListFormat::Csv => {
            csv::row(out, &COLUMNS.map(Cow::Borrowed))?;
            stories().try_for_each(|story| csv::row(out, &story.cells()))
        }
    }
}

/// Says how many stories were found behind what is said of their articles.
pub fn firsts_summary(out: &mut dyn Write, found: &Firsts) -> io::Result<()> {
    hits::account(out, &found.summary)?;
    let stories = match found.total {
        1 => "1 story".to_owned(),
        n => format!("{} stories", count(n)),
    };
    writeln!(out, ", {stories}, {} of them undated", count(found.undated))
}

/// The date and who it was, what followed, and the title.
fn block(out: &mut dyn Write, story: &Story, style: Style) -> io::Result<()> {
    let article = &story.first;
    style.write(out, Role::Label, &padded(&day(article.date.as_deref()), INDENT - 2))?;
    let publisher = printable(article.publisher.as_deref().unwrap_or("(no publisher)"));
    let free = style.width().saturating_sub(INDENT + SHORT_ID + 2);
    write!(out, "  ")?;
    style.write(out, Role::Minor, &short_id(&article.id))?;
    writeln!(out, "  {}", fit(&publisher, free))?;
    let texts = [(Role::Title, article.title.clone()), (Role::Text, followed(story))];
    for (role, text) in texts {
        for line in Passage::plain(&text).lines(style.width() - INDENT) {
            write!(out, "{:INDENT$}", "")?;
            line.write(out, role, style)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

/// `17 copies, 6 publishers, last 2022-11-24`.
fn followed(story: &Story) -> String {
    let copies = match story.copies {
        0 => return String::new(),
        1 => "1 copy".to_owned(),
        n => format!("{} copies", count(n)),
    };
    let publishers = counted(story.publishers, "publisher");
    let last = story.last.as_deref().map(|last| format!(", last {last}")).unwrap_or_default();
    let undated = match story.undated {
        0 => String::new(),
        n => format!(", {} undated", count(n)),
    };
    format!("{copies}, {publishers}{last}{undated}")
}

#[derive(Serialize)]
struct FirstsRecord<'a> {
    v: u32,
    query: &'a str,
    /// Articles that match.
    total: u64,
    undated: u64,
    articles: u64,
    generation: u64,
    took_ms: f64,
    /// Stories that they tell, listed or not.
    stories_total: u64,
    stories_undated: u64,
    stories: Vec<StoryRecord<'a>>,
}

/// A story by its first article.
#[derive(Serialize)]
struct StoryRecord<'a> {
    /// The id of the first article, which names the family.
    id: &'a str,
    date: Option<&'a str>,
    publisher: Option<&'a str>,
    title: &'a str,
    /// Whether this article matches itself.
    is_match: bool,
    copies: u64,
    matching: u64,
    undated: u64,
    publishers: u64,
    last: Option<&'a str>,
    tag: Option<&'a str>,
    about: &'a [String],
    language: Option<&'a str>,
    url: Option<&'a str>,
    path: &'a str,
    record: u32,
}

const COLUMNS: [&str; 16] = [
    "id",
    "date",
    "publisher",
    "title",
    "is_match",
    "copies",
    "matching",
    "undated",
    "publishers",
    "last",
    "tag",
    "about",
    "language",
    "url",
    "path",
    "record",
];

impl<'a> From<&'a Story> for StoryRecord<'a> {
    fn from(story: &'a Story) -> Self {
        let article = &story.first;
        Self {
            id: &article.id,
            date: article.date.as_deref(),
            publisher: article.publisher.as_deref(),
            title: &article.title,
            is_match: story.is_match,
            copies: story.copies,
            matching: story.matching,
            undated: story.undated,
            publishers: story.publishers,
            last: story.last.as_deref(),
            tag: article.tag.as_deref(),
            about: &article.about,
            language: article.language.as_deref(),
            url: article.url.as_deref(),
            path: &article.path,
            record: article.record,
        }
    }
}

impl<'a> StoryRecord<'a> {
    fn cells(&self) -> [Cow<'a, str>; COLUMNS.len()] {
        let number = |number: u64| Cow::Owned(number.to_string());
        [
            csv::cell(self.id),
            csv::optional(self.date),
            csv::optional(self.publisher),
            csv::cell(self.title),
            self.is_match.to_string().into(),
            number(self.copies),
            number(self.matching),
            number(self.undated),
            number(self.publishers),
            csv::optional(self.last),
            csv::optional(self.tag),
            csv::cell(&self.about.join(";")).into_owned().into(),
            csv::optional(self.language),
            csv::optional(self.url),
            csv::cell(self.path),
            self.record.to_string().into(),
        ]
    }
}
