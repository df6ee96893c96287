//! Writes a query as canonical text.

use std::fmt::{self, Display, Formatter};

use super::ast::{DateTest, FieldTest, Query, Text};
use super::date_range::written;
use super::lex::field_name;

/// How tightly a query holds together, loosest first.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
enum Bond {
    Or,
    And,
    Not,
    Atom,
}

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::Nothing => Ok(()),
            Self::Text(text) => text.fmt(f),
            Self::Title(inner) => {
                f.write_str("title:")?;
                match inner.as_ref() {
                    Self::Text(
                        Text::Word(_) | Text::Wildcard(_) | Text::Fuzzy(..) | Text::Phrase { .. },
                    ) => inner.fmt(f),
                    _ => write!(f, "({inner})"),
                }
            }
            Self::Field(field, test) => write!(f, "{field}:{test}"),
            Self::Date(test) => test.fmt(f),
            Self::And(clauses) => joined(f, clauses, " AND ", Bond::And),
            Self::Or(clauses) => joined(f, clauses, " OR ", Bond::Or),
            Self::Not(inner) => {
                f.write_str("NOT ")?;
                within(f, inner, Bond::Not)
            }
            Self::Boost(inner, factor) => {
                match inner.as_ref() {
                    Self::Text(_) => inner.fmt(f)?,
                    _ => write!(f, "({inner})")?,
                }
                write!(f, "^{factor}")
            }
        }
    }
}

fn bond(query: &Query) -> Bond {
    match query {
        Query::Or(_) => Bond::Or,
        Query::And(_) => Bond::And,
        Query::Not(_) => Bond::Not,
        _ => Bond::Atom,
    }
}

/// Writes `query` inside something that binds as `outer`, in brackets where it binds less.
fn within(f: &mut Formatter<'_>, query: &Query, outer: Bond) -> fmt::Result {
    if bond(query) < outer { write!(f, "({query})") } else { query.fmt(f) }
}

fn joined(f: &mut Formatter<'_>, clauses: &[Query], operator: &str, outer: Bond) -> fmt::Result {
    for (place, clause) in clauses.iter().enumerate() {
        if place > 0 {
            f.write_str(operator)?;
        }
        within(f, clause, outer)?;
    }
    Ok(())
}

impl Display for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(&protected(word)),
            Self::Exact(words) if words.contains(' ') => write!(f, "=\"{}\"", escaped(words)),
            Self::Exact(word) => write!(f, "={}", protected(word)),
            Self::Wildcard(pattern) => f.write_str(pattern),
            Self::Fuzzy(word, distance) => write!(f, "{}~{distance}", protected(word)),
            Self::Phrase { words, slop, ordered } => {
                write!(f, "\"{}\"", escaped(words))?;
                match (*slop, *ordered) {
                    (0, true) => Ok(()),
                    (slop, true) => write!(f, "~{slop}"),
                    (slop, false) => write!(f, "~{slop}u"),
                }
            }
        }
    }
}

/// What stands between quotation marks.
fn escaped(text: &str) -> String {
    text.replace('\\', r"\\").replace('"', "\\\"")
}

/// A word with a backslash before whatever would be read as more than a letter.
fn protected(word: &str) -> String {
    let mut text = String::with_capacity(word.len());
    let lower = word.to_lowercase();
    let is_operator = matches!(word, "AND" | "OR" | "NOT")
        || super::parse::is_special(word)
        || lower.starts_with("www.");
    if is_operator {
        text.push('\\');
    }
    for c in word.chars() {
        let doubles = c == '&' && text.ends_with('&');
        if doubles || matches!(c, '\\' | '"' | '(' | ')' | ':' | '~' | '^' | '*' | '?' | '|') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

impl Display for FieldTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists => f.write_str("*"),
            Self::Missing => f.write_str("none"),
            Self::AnyOf(values) => match values.as_slice() {
                [value] => f.write_str(&quoted(value)),
                values => {
                    let values: Vec<_> = values.iter().map(|value| quoted(value)).collect();
                    write!(f, "({})", values.join(" "))
                }
            },
        }
    }
}

/// A value, in quotation marks unless it is one plain word.
fn quoted(value: &str) -> String {
    let is_plain = value.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c))
        && value.starts_with(char::is_alphanumeric)
        && !matches!(value, "none" | "AND" | "OR" | "NOT")
        && field_name(value).is_none();
    if is_plain {
        return value.to_owned();
    }
    format!("\"{}\"", escaped(value))
}

impl Display for DateTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Dated => f.write_str("date:*"),
            Self::Undated => f.write_str("date:none"),
            Self::Within { first, last } => write!(f, "date:{}", written(first, last)),
        }
    }
}
