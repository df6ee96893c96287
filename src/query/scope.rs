//! What a word stands for where it stands: a word of the text, a value of a field, or a date.

use chrono::NaiveDate;
use unicode_normalization::char::is_combining_mark;

use super::address::page_of;
use super::ast::{Field, FieldTest, Query};
use super::date_range::{self, Doubt, Reach, Reading};
use super::lex::Quotation;
use super::normalize::{Glyph, text};
use super::number_range;
use super::repair::{RepairCode, Repairs, excerpt};
use super::word::{self, Operand, Suffix};

/// Where a word stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Scope {
    /// In the query itself, or in the brackets of `title:(...)`.
    Text,
    /// In the value of a field, or in the list of its values.
    Values(Field),
    /// Behind `date:` and its like, or in a list of dates.
    Dates(Reach),
}

impl Scope {
    /// Whether words side by side are alternatives.
    pub(super) fn is_list(self) -> bool {
        self != Self::Text
    }

    /// At least one of `alternatives`; values of the field side by side become one list.
    pub(super) fn any_of(self, alternatives: Vec<Query>) -> Option<Query> {
        let Self::Values(of) = self else { return Query::any_of(alternatives) };
        let mut joined: Vec<Query> = Vec::with_capacity(alternatives.len());
        for alternative in alternatives {
            match (joined.last_mut(), alternative) {
                (
                    Some(Query::Field(field, FieldTest::AnyOf(values))),
                    Query::Field(next, FieldTest::AnyOf(more)),
                ) if *field == of && next == of => values.extend(more),
                (_, alternative) => joined.push(alternative),
            }
        }
        Query::any_of(joined)
    }

    /// Reads a word here.
    pub(super) fn word(
        self,
        word: &[Glyph],
        today: NaiveDate,
        repairs: &mut Repairs,
    ) -> Option<Operand> {
        match self {
            Self::Text => word::read(word, repairs),
            Self::Values(field) => self.values(field, word, repairs),
            Self::Dates(_) => self.dates(word, today, repairs),
        }
    }

    /// Reads a quotation here.
    pub(super) fn quoted(
        self,
        quotation: &Quotation<'_>,
        today: NaiveDate,
        repairs: &mut Repairs,
    ) -> Option<Operand> {
        if self == Self::Text {
            return word::quoted(quotation, repairs);
        }
        let at = quotation.inner.first().map_or(0, |glyph| glyph.at);
        let (_, suffix) = Suffix::cut(quotation.suffix);
        if suffix.has_distance() {
            let message = "`~` behind the value of a field was dropped: values match as a whole";
            repairs.add(RepairCode::Unsupported, at, message);
        }
        let value = text(quotation.inner);
        let value = value.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let query = match self {
            Self::Values(field) if field.is_number() => {
                one_number(field, &value, quotation.inner, repairs)
            }
            Self::Values(field) => one_value(field, value),
            _ => match self.date(&value, at, today, repairs) {
                Some(date) => Some(date),
                None => return word::quoted(quotation, repairs),
            },
        };
        Some(Operand { query: query?, factor: suffix.factor(repairs) })
    }

    /// Reads a pasted address here.
    pub(super) fn address(
        self,
        address: &[Glyph],
        today: NaiveDate,
        repairs: &mut Repairs,
    ) -> Option<Operand> {
        match self {
            Self::Text => {
                let (address, suffix) = Suffix::cut(address);
                let query = one_value(Field::Url, text(address))?;
                Some(Operand { query, factor: suffix.factor(repairs) })
            }
            _ => self.word(address, today, repairs),
        }
    }

    /// Reads `typed`, which stands at `at`, as a date; `None`, with a repair, where it is none.
    pub(super) fn date(
        self,
        typed: &str,
        at: usize,
        today: NaiveDate,
        repairs: &mut Repairs,
    ) -> Option<Query> {
        let Self::Dates(reach) = self else { return None };
        let Some(reading) = date_range::read(typed, reach, today) else {
            let typed: String = typed.chars().take(40).collect();
            let message =
                format!("`{typed}` is no date and was read as text; a date looks like 2022-11-20");
            repairs.add(RepairCode::Date, at, message);
            return None;
        };
        Some(noted(reading, at, repairs))
    }

    /// One date, or several with commas between them.
    fn dates(self, word: &[Glyph], today: NaiveDate, repairs: &mut Repairs) -> Option<Operand> {
        let (value, factor) = without_factor(word, repairs);
        let mut dates = Vec::new();
        for date in value.split(is_comma).filter(|date| !date.is_empty()) {
            match self.date(&text(date), date[0].at, today, repairs) {
                Some(date) => dates.push(date),
                None => dates.extend(word::read_all(date, repairs)),
            }
        }
        Some(Operand { query: Query::any_of(dates)?, factor })
    }

    /// One value, or several with commas between them.
    fn values(self, field: Field, word: &[Glyph], repairs: &mut Repairs) -> Option<Operand> {
        let (value, factor) = without_factor(word, repairs);
        if field.is_number() {
            let query = one_number(field, &text(value), value, repairs)?;
            return Some(Operand { query, factor });
        }
        let is_list = !matches!(field, Field::Url | Field::Path);
        let values = value.split(|glyph| is_list && is_comma(glyph));
        let queries = values.filter_map(|value| bare_value(field, value, repairs)).collect();
        Some(Operand { query: self.any_of(queries)?, factor })
    }
}

/// The query of a date that was read at `at`, with a repair for each doubt.
pub(super) fn noted(reading: Reading, at: usize, repairs: &mut Repairs) -> Query {
    for doubt in reading.doubts {
        let (code, message) = match doubt {
            Doubt::Clamped(day) => {
                (RepairCode::Date, format!("there is no such day: read as {day}"))
            }
            Doubt::Swapped => {
                (RepairCode::Date, "the range ran backwards: its ends were swapped".into())
            }
            Doubt::DayFirst(day) => (
                RepairCode::AmbiguousDate,
                format!("day and month could change places: read as {day}"),
            ),
        };
        repairs.add(code, at, message);
    }
    Query::Date(reading.test)
}

fn is_comma(glyph: &Glyph) -> bool {
    glyph.is(',') || glyph.is('|')
}

/// The word without `=` before it and `^2` behind it.
fn without_factor<'t>(word: &'t [Glyph], repairs: &mut Repairs) -> (&'t [Glyph], Option<f32>) {
    let (_, suffix) = Suffix::cut(word);
    let factor = suffix.factor(repairs);
    (word::without_equals(suffix.before_factor(word)), factor)
}

/// A value without quotation marks.
fn bare_value(field: Field, value: &[Glyph], repairs: &mut Repairs) -> Option<Query> {
    let is_literal = value.iter().any(|glyph| glyph.literal);
    match text(value).to_lowercase().as_str() {
        "*" if !is_literal => return Some(Query::Field(field, FieldTest::Exists)),
        "none" if !is_literal => return Some(Query::Field(field, FieldTest::Missing)),
        _ => {}
    }
    match field {
        Field::Url => one_value(field, text(value)),
        Field::Path => one_value(field, text(value).trim_end_matches(['*', ',', ';']).to_owned()),
        _ => named_value(field, value, repairs),
    }
}

/// A value that is made of words.
fn named_value(field: Field, value: &[Glyph], repairs: &mut Repairs) -> Option<Query> {
    let (name, suffix) = Suffix::cut(value);
    if suffix.has_distance() {
        let message = format!("`~` is not supported in `{field}:` yet: read as a word of the text");
        repairs.add(RepairCode::Unsupported, at(value), message);
        return word::read_all(value, repairs);
    }
    if !word::has_wildcard(name) {
        return one_value(field, word::trimmed(name));
    }
    if !takes_wildcards(field) {
        return left_out(field, value, repairs);
    }
    let in_name = |glyph: &Glyph| {
        glyph.is('*') || glyph.is('?') || glyph.c.is_alphanumeric() || is_combining_mark(glyph.c)
    };
    let first = name.iter().position(in_name)?;
    let last = name.iter().rposition(in_name)?;
    let pattern = word::pattern(&name[first..=last], repairs);
    one_value(field, pattern.unwrap_or_else(|| word::without_wildcards(name)))
}

/// A number or a range of numbers.
fn one_number(field: Field, typed: &str, glyphs: &[Glyph], repairs: &mut Repairs) -> Option<Query> {
    let Some(reading) = number_range::read(typed.trim_end_matches([',', ';', '.'])) else {
        let message = format!(
            "`{}` is no number and was left out; `{field}:` takes such as 300, >300 and 200..800",
            excerpt(glyphs)
        );
        repairs.add(RepairCode::Unsupported, at(glyphs), message);
        return None;
    };
    if reading.swapped {
        let message = "the range ran backwards: its ends were swapped";
        repairs.add(RepairCode::Unsupported, at(glyphs), message);
    }
    Some(Query::Field(field, reading.test))
}

fn one_value(field: Field, value: String) -> Option<Query> {
    let value = if field == Field::Url { page_of(&value) } else { value };
    let says_something = value.contains(char::is_alphanumeric);
    says_something.then(|| Query::Field(field, FieldTest::AnyOf(vec![value])))
}

/// Whether wildcards stand for letters in the values of a field.
fn takes_wildcards(field: Field) -> bool {
    !matches!(field, Field::Id | Field::DateConfidence | Field::Length)
}

/// Leaves out a value with a wildcard that the field cannot look for.
fn left_out(field: Field, value: &[Glyph], repairs: &mut Repairs) -> Option<Query> {
    let message =
        format!("wildcards are not supported in `{field}:` yet: `{}` was left out", excerpt(value));
    repairs.add(RepairCode::Unsupported, at(value), message);
    None
}

fn at(glyphs: &[Glyph]) -> usize {
    glyphs.first().map_or(0, |glyph| glyph.at)
}
