//! Names that mean one person, organisation or place, in force or proposed.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, Layout};
use super::numbers::{count, counted};
use super::rows::{paragraph, row};
use super::style::{Role, Style};
use super::{ListFormat, csv};
use crate::alias::Origin;
use crate::alias::learn::{Entry, Name, Reason, Standing};
use crate::text::printable;

/// Writes everyone with the names that are in force and those that are proposed.
pub fn entities(
    out: &mut dyn Write,
    entries: &[Entry],
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let records = || entries.iter().map(EntityRecord::from);
    match format {
        ListFormat::Table => entries.iter().try_for_each(|entry| block(out, entry, style)),
        ListFormat::Json => json::list_document(
            out,
            &EntitiesRecord { v: json::VERSION, entities: records().collect() },
        ),
        ListFormat::Jsonl => {
            records().try_for_each(|record| json::document(out, &record, Layout::Compact))
        }
        ListFormat::Csv => {
            let rows = entries.iter().flat_map(|entry| {
                let head = entry.head();
                entry
                    .names
                    .iter()
                    .map(move |name| (entry.kind.name(), head, NameRecord::from(name)))
            });
            csv::entities(out, rows)
        }
    }
}

/// One who has these names: a line for each.
fn block(out: &mut dyn Write, entry: &Entry, style: Style) -> io::Result<()> {
    let articles = counted(entry.articles.into(), "article");
    let heading = format!("{}: {}, {articles}", printable(entry.head()), entry.kind);
    paragraph(out, &heading, Role::Label, style)?;
    let numbers: Vec<_> = entry.names.iter().map(|name| count(name.articles.into())).collect();
    let width = numbers.iter().map(String::len).max().unwrap_or_default();
    for (name, number) in entry.names.iter().zip(numbers) {
        let label = format!("  {:<8}  {number:>width$}", standing(&name.standing));
        let why = explained(&name.standing).map(|why| format!(" ({why})")).unwrap_or_default();
        row(out, &label, label.len(), &format!("{}{why}", printable(&name.text)), style)?;
    }
    Ok(())
}

/// How a name stands, as a stable word; empty for the one that stands for all.
fn standing(standing: &Standing) -> &'static str {
    match standing {
        Standing::Head => "",
        Standing::InForce(Origin::Auto) => "auto",
        Standing::InForce(Origin::File) => "merged",
        Standing::Proposed(..) => "proposed",
    }
}

/// Why a name is proposed, and what bears that out.
fn explained(standing: &Standing) -> Option<String> {
    let Standing::Proposed(reason, evidence) = standing else { return None };
    let why = detail(*reason);
    Some(match evidence.company {
        0 => why,
        company => format!("{why}; shares {}", counted(company.into(), "name")),
    })
}

/// A reason in words.
pub fn detail(reason: Reason) -> String {
    match reason {
        Reason::Title => "but for a title".into(),
        Reason::MiddleName => "but for a middle name".into(),
        Reason::LastName { of, all } => {
            format!(
                "{} of {} with this last name",
                count(of.into()),
                counted(all.into(), "article")
            )
        }
        Reason::LegalForm => "but for the form of the company".into(),
        Reason::WordOrder => "in another order".into(),
        Reason::Acronym { articles } => {
            format!("short for it in {}", counted(articles.into(), "article"))
        }
        Reason::Known => "known by this name".into(),
        Reason::Spelling => "spelled alike".into(),
    }
}

#[derive(Serialize)]
struct EntitiesRecord<'a> {
    v: u32,
    entities: Vec<EntityRecord<'a>>,
}

/// One person, organisation or place.
#[derive(Serialize)]
struct EntityRecord<'a> {
    kind: &'static str,
    name: &'a str,
    /// Articles that name it in any way that is listed.
    articles: u32,
    names: Vec<NameRecord<'a>>,
}

/// One of its names.
#[derive(Serialize)]
pub(super) struct NameRecord<'a> {
    pub(super) name: &'a str,
    pub(super) articles: u32,
    /// `head`, `auto`, `merged` or `proposed`.
    pub(super) standing: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) detail: Option<String>,
    /// Other names and countries that stand in articles with this name and in articles with what it
    /// is proposed for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) company: Option<u32>,
}

impl<'a> From<&'a Entry> for EntityRecord<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            kind: entry.kind.name(),
            name: entry.head(),
            articles: entry.articles,
            names: entry.names.iter().map(NameRecord::from).collect(),
        }
    }
}

impl<'a> From<&'a Name> for NameRecord<'a> {
    fn from(name: &'a Name) -> Self {
        let (reason, company) = match &name.standing {
            Standing::Proposed(reason, evidence) => (Some(*reason), Some(evidence.company)),
            _ => (None, None),
        };
        let standing = match &name.standing {
            Standing::Head => "head",
            other => standing(other),
        };
        Self {
            name: &name.text,
            articles: name.articles,
            standing,
            reason: reason.map(Reason::name),
            detail: reason.map(detail),
            company,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::shown;
    use super::super::{Emphasis, MIN_WIDTH};
    use super::*;
    use crate::alias::learn::Evidence;
    use crate::article::EntityKind;

    fn written(format: ListFormat, width: usize) -> String {
        let name = |text: &str, articles, standing| Name { text: text.into(), articles, standing };
        let proposed = |reason, company| Standing::Proposed(reason, Evidence { company });
        let entries = [
            Entry {
                kind: EntityKind::Person,
                articles: 1_231,
                names: vec![
                    name("Marta Lindqvist", 1_204, Standing::Head),
                    name("M\u{1b}[1marta", 4, Standing::InForce(Origin::File)),
                    name("Lindqvist", 31, proposed(Reason::LastName { of: 99, all: 100 }, 12)),
                    name("=Marta B. Lindqvist", 1, proposed(Reason::MiddleName, 0)),
                ],
            },
            Entry {
                kind: EntityKind::Place,
                articles: 2,
                names: vec![
                    name("Utopia", 1, Standing::Head),
                    name("UT", 1, Standing::InForce(Origin::Auto)),
                ],
            },
        ];
        shown(|out| entities(out, &entries, format, Style::new(width, Emphasis::Plain)))
    }

    #[test]
    fn each_name_is_a_line_with_its_standing() {
        insta::assert_snapshot!(written(ListFormat::Table, 80), @r"");
        insta::assert_snapshot!(written(ListFormat::Table, MIN_WIDTH), @r"");
    }

    #[test]
    fn the_forms_for_machines_hold_the_same() {
        insta::assert_snapshot!(written(ListFormat::Json, 80), @r#""#);
        insta::assert_snapshot!(written(ListFormat::Jsonl, 80), @r#""#);
        insta::assert_snapshot!(written(ListFormat::Csv, 80), @r#""#);
    }
}
