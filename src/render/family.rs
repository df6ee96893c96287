//! The copies of an article.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::hits::{SHORT_ID, day, padded, short_id};
use super::json::{self, Layout};
use super::numbers::{count, counted};
use super::region::country_name;
use super::rows::{paragraph, row};
use super::style::{Role, Style};
use super::wrap::{columns, fit};
use super::{ListFormat, csv};
use crate::copies::Likeness;
use crate::search::{Family, Member};
use crate::text::printable;

/// In fewer columns than these the shares of the text are left out.
const WIDTH_FOR_SHARES: usize = 60;

/// Columns of a date to the day.
const DATE_WIDTH: usize = 10;

/// Columns before a title.
const INDENT: &str = "              ";

/// How many publishers and regions are named.
const NAMED: usize = 8;

/// Writes the copies of an article, the first one first.
pub fn family(
    out: &mut dyn Write,
    family: &Family,
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let members = || family.members.iter().map(|member| MemberRecord::new(family, member));
    match format {
        ListFormat::Table => table(out, family, style),
        ListFormat::Json => json::list_document(
            out,
            &FamilyRecord {
                v: json::VERSION,
                family: family.id(),
                level: family.level.name(),
                articles: family.members.len(),
                copies: family.copies(),
                publishers: counts(&family.publishers),
                regions: counts(&family.regions),
                members: members().collect(),
            },
        ),
        ListFormat::Jsonl => {
            members().try_for_each(|member| json::document(out, &member, Layout::Compact))
        }
        ListFormat::Csv => {
            csv::row(out, &COLUMNS.map(Cow::Borrowed))?;
            members().try_for_each(|member| csv::row(out, &member.cells()))
        }
    }
}

fn table(out: &mut dyn Write, family: &Family, style: Style) -> io::Result<()> {
    let Some(first) = family.members.first() else { return Ok(()) };
    paragraph(out, &first.article.title, Role::Title, style)?;
    let copies = match family.copies() {
        1 => "1 copy".to_owned(),
        n => format!("{} copies", count(n as u64)),
    };
    let heading = format!("{copies}, {}", counted(family.named_publishers() as u64, "publisher"));
    writeln!(out, "{heading}\n")?;
    let shares = ["of it", "of first"].map(str::to_owned);
    let head = cells("  ", "date", "likeness", &shares, style);
    let head = format!("{head}{:<SHORT_ID$}  publisher", "id");
    style.write(out, Role::Label, &fit(&head, style.width()))?;
    writeln!(out)?;
    for member in &family.members {
        line(out, member, &first.article.title, style)?;
    }
    writeln!(out)?;
    let tallies = [
        ("publishers", named(&family.publishers, |name| name)),
        ("regions", named(&family.regions, country_name)),
    ];
    tallies.iter().try_for_each(|(label, text)| row(out, label, 10, text, style))
}

/// A copy on a line, and its title on another where it is not that of the first.
fn line(out: &mut dyn Write, member: &Member, title: &str, style: Style) -> io::Result<()> {
    let Member { article, common } = member;
    let mark = if common.is_none() { "* " } else { "  " };
    let (likeness, shares) = match common {
        None => ("first", [String::new(), String::new()]),
        Some(common) => (
            common.likeness.map_or("(chain)", |likeness| likeness.name()),
            [common.of_copy, common.of_first].map(percent),
        ),
    };
    let before = cells(mark, &day(article.date.as_deref()), likeness, &shares, style);
    write!(out, "{before}")?;
    style.write(out, Role::Minor, &short_id(&article.id))?;
    let publisher = printable(article.publisher.as_deref().unwrap_or("(none)"));
    let free = style.width().saturating_sub(columns(&before) + SHORT_ID + 2);
    writeln!(out, "  {}", fit(&publisher, free))?;
    if article.title == title {
        return Ok(());
    }
    let own = printable(&article.title);
    writeln!(out, "{INDENT}{}", fit(&own, style.width().saturating_sub(INDENT.len())))
}

/// What stands before the id, in columns.
fn cells(mark: &str, date: &str, likeness: &str, shares: &[String; 2], style: Style) -> String {
    let (date, [of_copy, of_first]) = (padded(date, DATE_WIDTH), shares);
    if style.width() < WIDTH_FOR_SHARES {
        return format!("{mark}{date}  {likeness:<8}  ");
    }
    format!("{mark}{date}  {likeness:<8}  {of_copy:>5}  {of_first:>8}  ")
}

/// `94 %`, rounded down, so that only the whole is all of it.
fn percent(share: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
    let percent = (share * 100.0).floor() as u64;
    format!("{percent} %")
}

/// `Example Herald 3, Daily Example 1 and 4 more`.
fn named<'a>(counts: &'a [(Option<String>, u64)], name: impl Fn(&'a str) -> &'a str) -> String {
    let shown: Vec<_> = counts
        .iter()
        .take(NAMED)
        .map(|(value, n)| format!("{} {}", value.as_deref().map_or("(none)", &name), count(*n)))
        .collect();
    match counts.len().saturating_sub(NAMED) {
        0 => shown.join(", "),
        more => format!("{} and {} more", shown.join(", "), count(more as u64)),
    }
}

#[derive(Serialize)]
struct FamilyRecord<'a> {
    v: u32,
    /// The id of the first article.
    family: &'a str,
    level: &'static str,
    articles: usize,
    copies: usize,
    publishers: Vec<CountRecord<'a>>,
    regions: Vec<CountRecord<'a>>,
    members: Vec<MemberRecord<'a>>,
}

/// `null` stands for those without a value.
#[derive(Serialize)]
struct CountRecord<'a> {
    value: Option<&'a str>,
    articles: u64,
}

fn counts(counts: &[(Option<String>, u64)]) -> Vec<CountRecord<'_>> {
    counts
        .iter()
        .map(|(value, articles)| CountRecord { value: value.as_deref(), articles: *articles })
        .collect()
}

/// A copy. Shares are from 0 to 1; the first one has none.
#[derive(Serialize)]
struct MemberRecord<'a> {
    family: &'a str,
    id: &'a str,
    is_first: bool,
    date: Option<&'a str>,
    first_seen: Option<&'a str>,
    publisher: Option<&'a str>,
    wire: Option<&'a str>,
    language: Option<&'a str>,
    title: &'a str,
    likeness: Option<&'static str>,
    resemblance: Option<f64>,
    of_copy: Option<f64>,
    of_first: Option<f64>,
    tag: Option<&'a str>,
    about: &'a [String],
    url: Option<&'a str>,
    path: &'a str,
    record: u32,
}

const COLUMNS: [&str; 16] = [
    "family",
    "id",
    "date",
    "publisher",
    "wire",
    "language",
    "title",
    "likeness",
    "resemblance",
    "of_copy",
    "of_first",
    "tag",
    "about",
    "url",
    "path",
    "record",
];

impl<'a> MemberRecord<'a> {
    fn new(family: &'a Family, member: &'a Member) -> Self {
        let Member { article, common } = member;
        let hundredths = |share: f64| (share * 100.0).round() / 100.0;
        Self {
            family: family.id(),
            id: &article.id,
            is_first: common.is_none(),
            date: article.date.as_deref(),
            first_seen: article.first_seen.as_deref(),
            publisher: article.publisher.as_deref(),
            wire: article.wire.as_deref(),
            language: article.language.as_deref(),
            title: &article.title,
            likeness: common.and_then(|it| it.likeness).map(Likeness::name),
            resemblance: common.map(|it| hundredths(it.resemblance)),
            of_copy: common.map(|it| hundredths(it.of_copy)),
            of_first: common.map(|it| hundredths(it.of_first)),
            tag: article.tag.as_deref(),
            about: &article.about,
            url: article.url.as_deref(),
            path: &article.path,
            record: article.record,
        }
    }

    fn cells(&self) -> [Cow<'a, str>; COLUMNS.len()] {
        let share = |share: Option<f64>| {
            Cow::Owned(share.map(|share| share.to_string()).unwrap_or_default())
        };
        let likeness = if self.is_first { "first" } else { self.likeness.unwrap_or_default() };
        [
            csv::cell(self.family),
            csv::cell(self.id),
            csv::optional(self.date),
            csv::optional(self.publisher),
            csv::optional(self.wire),
            csv::optional(self.language),
            csv::cell(self.title),
            likeness.into(),
            share(self.resemblance),
            share(self.of_copy),
            share(self.of_first),
            csv::optional(self.tag),
            csv::cell(&self.about.join(";")).into_owned().into(),
            csv::optional(self.url),
            csv::cell(self.path),
            self.record.to_string().into(),
        ]
    }
}
