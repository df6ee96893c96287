//! Names that mean something before a colon or a bracket, and names that are nearly those.

use super::ast::Field;
use super::date_range::Reach;

/// What a name before a colon stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum FieldName {
    /// The words of the title.
    Title,
    /// The date of publication.
    Date(Reach),
    /// A field of its own.
    Known(Field),
    /// A construct for later whose value says what to look for: `repeat3:OSCE`.
    Transparent,
    /// A construct for later whose value cannot be read as text: `len:>300`.
    Opaque,
}

/// What a name before a bracket stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Function {
    /// The words of the title.
    Title,
    /// A construct for later, read as if only its brackets stood there.
    Transparent,
}

/// All names of fields, in lower case; the first name of each is the one that is printed.
const FIELDS: &[(&str, FieldName)] = &[
    ("title", FieldName::Title),
    ("headline", FieldName::Title),
    ("head", FieldName::Title),
    ("hd", FieldName::Title),
    ("date", FieldName::Date(Reach::Within)),
    ("published", FieldName::Date(Reach::Within)),
    ("since", FieldName::Date(Reach::Since)),
    ("after", FieldName::Date(Reach::After)),
    ("until", FieldName::Date(Reach::Until)),
    ("before", FieldName::Date(Reach::Before)),
    ("region", FieldName::Known(Field::Region)),
    ("country", FieldName::Known(Field::Region)),
    ("tag", FieldName::Known(Field::Tag)),
    ("about", FieldName::Known(Field::About)),
    ("person", FieldName::Known(Field::Person)),
    ("people", FieldName::Known(Field::Person)),
    ("per", FieldName::Known(Field::Person)),
    ("org", FieldName::Known(Field::Organisation)),
    ("organisation", FieldName::Known(Field::Organisation)),
    ("organization", FieldName::Known(Field::Organisation)),
    ("place", FieldName::Known(Field::Place)),
    ("location", FieldName::Known(Field::Place)),
    ("loc", FieldName::Known(Field::Place)),
    ("entity", FieldName::Known(Field::Entity)),
    ("entities", FieldName::Known(Field::Entity)),
    ("lang", FieldName::Known(Field::Language)),
    ("language", FieldName::Known(Field::Language)),
    ("publisher", FieldName::Known(Field::Publisher)),
    ("source", FieldName::Known(Field::Publisher)),
    ("site", FieldName::Known(Field::Publisher)),
    ("outlet", FieldName::Known(Field::Publisher)),
    ("domain", FieldName::Known(Field::Publisher)),
    ("author", FieldName::Known(Field::Author)),
    ("byline", FieldName::Known(Field::Author)),
    ("by", FieldName::Known(Field::Author)),
    ("url", FieldName::Known(Field::Url)),
    ("path", FieldName::Known(Field::Path)),
    ("file", FieldName::Known(Field::Path)),
    ("id", FieldName::Known(Field::Id)),
    ("date.src", FieldName::Known(Field::DateSource)),
    ("body", FieldName::Transparent),
    ("len", FieldName::Opaque),
    ("family", FieldName::Opaque),
    ("date.conf", FieldName::Opaque),
];

/// Fields whose name other systems join to the value with `=`: `hd=election`.
const JOINED_BY_EQUALS: [&str; 2] = ["hd", "by"];

/// No name of a field is longer; what is longer need not be looked up.
pub(super) const LONGEST_NAME: usize = 16;

/// What `name` and the mark behind it, `:` or `=`, stand for.
pub(super) fn field(name: &str, mark: char) -> Option<FieldName> {
    let name = name.to_lowercase();
    if mark == '=' && !JOINED_BY_EQUALS.contains(&name.as_str()) {
        return None;
    }
    let known = FIELDS.iter().find(|(known, _)| *known == name).map(|&(_, field)| field);
    known.or_else(|| is_numbered(&name, "repeat").then_some(FieldName::Transparent))
}

/// Whether a query can test a field of this name.
pub fn is_field(name: &str) -> bool {
    field(name, ':')
        .is_some_and(|field| !matches!(field, FieldName::Transparent | FieldName::Opaque))
}

/// The name of a field that differs from `name` by one letter wrong, missing, surplus or swapped
/// with its neighbour.
pub(super) fn similar_field(name: &str) -> Option<&'static str> {
    let name: Vec<char> = name.to_lowercase().chars().take(LONGEST_NAME + 1).collect();
    let names = FIELDS.iter().map(|&(known, _)| known);
    names.filter(|known| known.len() > 3).find(|known| is_one_edit(&name, known))
}

/// What `name` stands for right before an opening bracket.
pub(super) fn function(name: &str) -> Option<Function> {
    let name = name.to_lowercase();
    match name.as_str() {
        "head" | "title" => Some(Function::Title),
        "hlead" | "lead" | "body" | "caps" | "allcaps" | "nocaps" => Some(Function::Transparent),
        _ => (is_frequency(&name) || is_numbered(&name, "first")).then_some(Function::Transparent),
    }
}

/// Whether `word` asks how often what follows must stand there: `atleast3`.
pub(super) fn is_frequency(word: &str) -> bool {
    is_numbered(&word.to_lowercase(), "atleast")
}

/// Whether `word` asks how near to each other its neighbours must stand: `w/5`, `NEAR`, `adj3`.
pub(super) fn is_proximity(word: &str) -> bool {
    let lower = word.to_lowercase();
    let is_distance = |text: &str| {
        matches!(text, "s" | "p") || !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
    };
    let by_slash = |(name, distance): (&str, &str)| {
        matches!(name, "" | "w" | "n" | "near" | "onear" | "pre" | "adj") && is_distance(distance)
    };
    word == "NEAR"
        || lower.split_once('/').is_some_and(by_slash)
        || is_numbered(&lower, "near")
        || is_numbered(&lower, "adj")
        || lower.strip_prefix('~').and_then(|rest| rest.strip_suffix('~')).is_some_and(is_distance)
}

/// Whether `text` is `name` and a number of at most three digits.
fn is_numbered(text: &str, name: &str) -> bool {
    text.strip_prefix(name).is_some_and(|number| {
        (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
    })
}

fn is_one_edit(name: &[char], known: &str) -> bool {
    let known: Vec<char> = known.chars().collect();
    let same_start = name.iter().zip(&known).take_while(|(a, b)| a == b).count();
    let (name, known) = (&name[same_start..], &known[same_start..]);
    let same_end = name.iter().rev().zip(known.iter().rev()).take_while(|(a, b)| a == b).count();
    let (name, known) = (&name[..name.len() - same_end], &known[..known.len() - same_end]);
    match (name, known) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(field("Source", ':'), Some(FieldName::Known(Field::Publisher)));
        assert_eq!(field("HD", '='), Some(FieldName::Title));
        assert_eq!(field("region", '='), None);
        assert_eq!(field("note", ':'), None);
        assert!(is_field("Byline") && !is_field("note") && !is_field("len"));
        assert_eq!(field("repeat3", ':'), Some(FieldName::Transparent));
    }

    #[test]
    fn the_name_that_is_printed_is_a_name() {
        for known in Field::ALL {
            assert_eq!(field(known.name(), ':'), Some(FieldName::Known(*known)));
        }
        assert!(FIELDS.iter().all(|(name, _)| name.len() <= LONGEST_NAME));
    }

    #[test]
    fn one_slip_of_the_pen_is_seen_through() {
        for (typed, known) in [
            ("regin", Some("region")),
            ("regoin", Some("region")),
            ("Regiom", Some("region")),
            ("titles", Some("title")),
            ("note", None),
            ("re", None),
            ("rgeoin", None),
        ] {
            assert_eq!(similar_field(typed), known, "for `{typed}`");
        }
    }

    #[test]
    fn constructs_for_later_are_recognised() {
        for word in ["w/5", "W/10", "NEAR/5", "NEAR", "near5", "adj3", "pre/5", "/5", "~5~", "w/s"]
        {
            assert!(is_proximity(word), "`{word}`");
        }
        for word in ["near", "adjective", "and/or", "w/", "24/7", "near1234", "~", "~~"] {
            assert!(!is_proximity(word), "`{word}`");
        }
        assert_eq!(function("atLeast3"), Some(Function::Transparent));
        assert_eq!(function("head"), Some(Function::Title));
        assert_eq!(function("observer"), None);
    }
}
