//! Writes a query as canonical text: what the reader is shown as understood.
//!
//! Reading that text gives the same query and repairs nothing. Words are written as the reader
//! typed them where that is read as the same word; the parser itself is asked. Where it is not,
//! quotation marks or backslashes make it so.
//!
//! Brackets are kept to those that are needed, but for one pair: `(a AND b) OR c` is written with
//! brackets though `AND` binds tighter, since the reader wants to see just that.

use std::fmt::{self, Display, Formatter, Write as _};

use chrono::NaiveDate;

use super::ast::{FieldTest, Near, Proximity, Query, Reach, Span, Text, Zone};
use super::date_range;
use super::parse::parse;
use super::repair::{Repair, RepairCode};
use super::word::is_simple;

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_char('*'),
            Self::Nothing => Ok(()),
            Self::Text(text) => f.write_str(&written(text)),
            Self::Near(near) => write!(f, "{near}"),
            Self::AtLeast(times, span) => write!(f, "atleast{times}({span})"),
            Self::In(Zone::Title, inner) => match &**inner {
                Self::Text(text) if !matches!(text, Text::Cased(..)) => {
                    write!(f, "title:{}", written(text))
                }
                inner => write!(f, "title:({inner})"),
            },
            Self::In(zone, inner) => write!(f, "{zone}({inner})"),
            Self::Field(field, FieldTest::Exists) => write!(f, "{field}:*"),
            Self::Field(field, FieldTest::Missing) => write!(f, "{field}:none"),
            Self::Field(field, FieldTest::Within { least, most }) => match (least, most) {
                (Some(least), Some(most)) if least == most => write!(f, "{field}:{least}"),
                (Some(least), Some(most)) => write!(f, "{field}:{least}..{most}"),
                (Some(least), None) => write!(f, "{field}:>={least}"),
                (None, Some(most)) => write!(f, "{field}:<={most}"),
                (None, None) => write!(f, "{field}:*"),
            },
            Self::Field(_, FieldTest::AnyOf(values)) => f.write_str(&list(self, values, "")),
            Self::Field(_, FieldTest::Exactly(names)) => f.write_str(&list(self, names, "=")),
            Self::Date(test) => f.write_str(&date_range::written(*test)),
            Self::And(clauses) => joined(f, clauses, " AND "),
            Self::Or(alternatives) => joined(f, alternatives, " OR "),
            Self::Not(inner) => {
                f.write_str("NOT ")?;
                match &**inner {
                    near @ Self::Near(_) => write!(f, "({near})"),
                    inner => bracketed(f, inner),
                }
            }
            Self::Boost(inner, factor) => {
                match &**inner {
                    Self::Boost(..) | Self::Not(_) | Self::Near(_) => write!(f, "({inner})")?,
                    inner => bracketed(f, inner)?,
                }
                write!(f, "^{factor}")
            }
        }
    }
}

impl Display for Span {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(&written(text)),
            Self::AnyOf(spans) => {
                for (place, span) in spans.iter().enumerate() {
                    let operator = if place > 0 { " OR " } else { "" };
                    write!(f, "{operator}{span}")?;
                }
                Ok(())
            }
            Self::Near(near) => write!(f, "{near}"),
        }
    }
}

impl Display for Near {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let side = |f: &mut Formatter<'_>, span: &Span| match span {
            Span::Text(_) => write!(f, "{span}"),
            Span::AnyOf(_) | Span::Near(_) => write!(f, "({span})"),
        };
        side(f, &self.left)?;
        write!(f, " {} ", self.proximity)?;
        side(f, &self.right)
    }
}

impl Display for Proximity {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.ordered { "pre/" } else { "w/" })?;
        match self.reach {
            Reach::Words(words) => write!(f, "{words}"),
            Reach::Sentence => f.write_char('s'),
            Reach::Paragraph => f.write_char('p'),
        }
    }
}

impl Display for Zone {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Title => f.write_str("head"),
            Self::TitleAndLead => f.write_str("hlead"),
            Self::Lead => f.write_str("lead"),
            Self::First(words) => write!(f, "first{words}"),
            Self::Body => f.write_str("body"),
        }
    }
}

fn joined(f: &mut Formatter<'_>, clauses: &[Query], operator: &str) -> fmt::Result {
    for (place, clause) in clauses.iter().enumerate() {
        if place > 0 {
            f.write_str(operator)?;
        }
        bracketed(f, clause)?;
    }
    Ok(())
}

/// Writes `query` so that it holds together within another one.
fn bracketed(f: &mut Formatter<'_>, query: &Query) -> fmt::Result {
    match query {
        Query::And(_) | Query::Or(_) => write!(f, "({query})"),
        _ => write!(f, "{query}"),
    }
}

/// A leaf in the plainest spelling that is read as that leaf.
fn written(text: &Text) -> String {
    let spellings = match text {
        Text::Word(word) if is_simple(word) => vec![word.clone(), quoted(word)],
        Text::Word(word) => vec![word.clone(), escaped(word)],
        Text::Exact(words) => vec![format!("={words}"), format!("={}", quoted(words))],
        Text::Wildcard(pattern) => vec![pattern.clone()],
        Text::Regex(regex) => vec![format!("/{regex}/")],
        Text::Cased(letters, text) => vec![format!("{letters}({})", written(text))],
        Text::Fuzzy(word, differences) => {
            vec![format!("{word}~{differences}"), format!("{}~{differences}", escaped(word))]
        }
        Text::Phrase { words, slop, ordered } => {
            let any_order = if *ordered { "" } else { "u" };
            let slop = match slop {
                0 if *ordered => String::new(),
                slop => format!("~{slop}{any_order}"),
            };
            vec![quoted(words) + &slop]
        }
    };
    plainest(spellings, &Query::Text(text.clone()))
}

/// The test of a field for some values, each with `mark` before it.
fn list(test: &Query, values: &[String], mark: &str) -> String {
    let Query::Field(field, kind) = test else { return String::new() };
    if let [value] = values {
        let quoted = quoted(value);
        return plainest(
            vec![format!("{field}:{mark}{value}"), format!("{field}:{mark}{quoted}")],
            test,
        );
    }
    let alone = |value: &String| match kind {
        FieldTest::Exactly(_) => FieldTest::Exactly(vec![value.clone()]),
        _ => FieldTest::AnyOf(vec![value.clone()]),
    };
    let values: Vec<_> = values
        .iter()
        .map(|value| {
            // Within the brackets a value ends sooner than by itself.
            let alone = Query::Field(*field, alone(value));
            let is_plain = reads_as(&format!("{field}:({mark}{value})"), &alone);
            format!("{mark}{}", if is_plain { value.clone() } else { quoted(value) })
        })
        .collect();
    format!("{field}:({})", values.join(" "))
}

/// The first spelling that is read as `query`, or else the last.
fn plainest(mut spellings: Vec<String>, query: &Query) -> String {
    let place = spellings.iter().position(|spelling| reads_as(spelling, query));
    spellings.swap_remove(place.unwrap_or(spellings.len() - 1))
}

/// Whether `typed` is read as `query` even in brackets, where it may come to stand.
fn reads_as(typed: &str, query: &Query) -> bool {
    let parsed = parse(&format!("({typed})"), NaiveDate::default());
    // A date is no less a word for the advice to ask for it otherwise.
    let is_fine = |repair: &Repair| repair.code == RepairCode::DateAsWords;
    parsed.query == *query && parsed.repairs.iter().all(is_fine)
}

/// In quotation marks; what means something even there is escaped.
fn quoted(text: &str) -> String {
    format!("\"{}\"", with_backslashes(text, |c| matches!(c, '"' | '\\' | '*')))
}

/// With every mark escaped that could mean something.
fn escaped(word: &str) -> String {
    with_backslashes(word, |c| c.is_ascii_punctuation())
}

fn with_backslashes(text: &str, is_special: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        if is_special(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
