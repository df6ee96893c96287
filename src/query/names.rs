//! Names that mean something before a colon or a bracket, and names that are nearly those.

use super::ast::{self, Field, Letters, Proximity, Zone};
use super::date_range::Reach;

/// What a name before a colon stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum FieldName {
    /// The words of a part of the article.
    In(Zone),
    /// The date of publication.
    Date(Reach),
    /// A field of its own.
    Known(Field),
    /// How often the value must stand there: `repeat3:OSCE`.
    AtLeast(u32),
    /// A regular expression, in quotation marks: `re:"strik(e|ing)"`.
    Regex,
    /// A construct for later whose value cannot be read as text: `family:x`.
    Opaque,
}

/// What a name before a bracket stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Function {
    /// The words of a part of the article.
    In(Zone),
    /// How often what stands in the brackets must stand there.
    AtLeast(u32),
    /// With which letters the words in the brackets must be written.
    Cased(Letters),
}

/// All names of fields, in lower case; the first name of each is the one that is printed.
const FIELDS: &[(&str, FieldName)] = &[
    ("title", FieldName::In(Zone::Title)),
    ("headline", FieldName::In(Zone::Title)),
    ("head", FieldName::In(Zone::Title)),
    ("hd", FieldName::In(Zone::Title)),
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
    ("wire", FieldName::Known(Field::Wire)),
    ("agency", FieldName::Known(Field::Wire)),
    ("url", FieldName::Known(Field::Url)),
    ("path", FieldName::Known(Field::Path)),
    ("file", FieldName::Known(Field::Path)),
    ("id", FieldName::Known(Field::Id)),
    ("date.src", FieldName::Known(Field::DateSource)),
    ("hlead", FieldName::In(Zone::TitleAndLead)),
    ("lead", FieldName::In(Zone::Lead)),
    ("body", FieldName::In(Zone::Body)),
    ("len", FieldName::Known(Field::Length)),
    ("length", FieldName::Known(Field::Length)),
    ("words", FieldName::Known(Field::Length)),
    ("date.conf", FieldName::Known(Field::DateConfidence)),
    ("re", FieldName::Regex),
    ("family", FieldName::Opaque),
];

/// Fields whose name other systems join to the value with `=`: `hd=election`.
const JOINED_BY_EQUALS: [&str; 2] = ["hd", "by"];

/// How many words may stand between two things at most; more are a whole article.
pub(super) const FARTHEST: u32 = 999;

/// What `NEAR` without a number allows, as in Factiva.
const NEAR: u32 = 10;

/// No name of a field is longer; what is longer need not be looked up.
pub(super) const LONGEST_NAME: usize = 16;

/// What `name` and the mark behind it, `:` or `=`, stand for.
pub(super) fn field(name: &str, mark: char) -> Option<FieldName> {
    let name = name.to_lowercase();
    if mark == '=' && !JOINED_BY_EQUALS.contains(&name.as_str()) {
        return None;
    }
    let known = FIELDS.iter().find(|(known, _)| *known == name).map(|&(_, field)| field);
    known.or_else(|| numbered(&name, "repeat").map(FieldName::AtLeast))
}

/// Whether a query can test a field of this name.
pub fn is_field(name: &str) -> bool {
    field(name, ':').is_some_and(|it| !matches!(it, FieldName::Opaque | FieldName::Regex))
}

/// The field that goes by this name before a colon, if it is one of its own.
pub fn field_named(name: &str) -> Option<Field> {
    match field(name, ':')? {
        FieldName::Known(field) => Some(field),
        _ => None,
    }
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
    Some(match name.as_str() {
        "head" | "title" => Function::In(Zone::Title),
        "hlead" => Function::In(Zone::TitleAndLead),
        "lead" => Function::In(Zone::Lead),
        "body" => Function::In(Zone::Body),
        "caps" => Function::Cased(Letters::SomeCapitals),
        "allcaps" => Function::Cased(Letters::AllCapitals),
        "nocaps" => Function::Cased(Letters::NoCapitals),
        _ => match numbered(&name, "first") {
            Some(words) => Function::In(Zone::First(words.max(1))),
            None => Function::AtLeast(frequency(&name)?),
        },
    })
}

/// How often `word` says that what follows must stand there: `atleast3`.
pub(super) fn frequency(word: &str) -> Option<u32> {
    numbered(&word.to_lowercase(), "atleast")
}

/// How near to each other the neighbours of `word` must stand, if it says so: `w/5`, `NEAR`,
/// `adj3`, `/s`.
pub(super) fn proximity(word: &str) -> Option<Proximity> {
    match word {
        "NEAR" => return Some(Proximity { reach: ast::Reach::Words(NEAR), ordered: false }),
        "SAME" => return Some(Proximity { reach: ast::Reach::Paragraph, ordered: false }),
        _ => {}
    }
    let lower = word.to_lowercase();
    if lower == "same-sentence" {
        return Some(Proximity { reach: ast::Reach::Sentence, ordered: false });
    }
    let between = || lower.strip_prefix('~')?.strip_suffix('~');
    let (name, reach) = if let Some((name, reach)) = lower.split_once('/') {
        (name, reach)
    } else if let Some(reach) = lower.strip_prefix("near") {
        ("near", reach)
    } else if let Some(reach) = lower.strip_prefix("adj") {
        ("adj", reach)
    } else if let Some(reach) = lower.strip_prefix('+') {
        ("pre", reach)
    } else {
        ("", between()?)
    };
    let ordered = match name {
        "" | "w" | "n" | "near" => false,
        "onear" | "pre" | "p" | "adj" => true,
        _ => return None,
    };
    let by_slash = lower.contains('/');
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // Not in `N/S`, which is a word.
    let takes_letters = by_slash && matches!(name, "" | "w" | "near" | "pre");
    let reach = match reach {
        "s" if takes_letters => ast::Reach::Sentence,
        "p" if takes_letters => ast::Reach::Paragraph,
        // A name leaves no doubt of what is meant, however far.
        digits if by_slash && !name.is_empty() && is_digits(digits) => {
            ast::Reach::Words(number(digits).unwrap_or(FARTHEST))
        }
        digits => ast::Reach::Words(number(digits)?),
    };
    Some(Proximity { reach, ordered })
}

/// The number behind `name`, if nothing else stands there.
fn numbered(text: &str, name: &str) -> Option<u32> {
    number(text.strip_prefix(name)?)
}

/// A number of at most three digits.
fn number(digits: &str) -> Option<u32> {
    let is_number =
        (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
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
        assert_eq!(field("HD", '='), Some(FieldName::In(Zone::Title)));
        assert_eq!(field("region", '='), None);
        assert_eq!(field("note", ':'), None);
        assert!(
            is_field("Byline")
                && is_field("body")
                && is_field("len")
                && !is_field("note")
                && !is_field("re")
        );
        assert_eq!(field("repeat3", ':'), Some(FieldName::AtLeast(3)));
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
    fn proximity_has_many_spellings() {
        use ast::Reach::{Paragraph, Sentence, Words};
        for (words, ordered, reach) in [
            ("w/5 W/5 NEAR/5 near/5 near5 N/5 /5 ~5~", false, Words(5)),
            ("pre/5 PRE/5 adj5 ADJ/5 onear/5 p/5 +5", true, Words(5)),
            ("NEAR", false, Words(10)),
            ("w/1000 near/99999999999", false, Words(999)),
            ("w/s /s W/S same-sentence", false, Sentence),
            ("w/p /p SAME", false, Paragraph),
            ("pre/s", true, Sentence),
        ] {
            for word in words.split(' ') {
                assert_eq!(proximity(word), Some(Proximity { reach, ordered }), "`{word}`");
            }
        }
        for word in [
            "near",
            "same",
            "adjective",
            "and/or",
            "w/",
            "24/7",
            "N/S",
            "p/p",
            "/2022",
            "near1234",
            "~",
            "~~",
        ] {
            assert_eq!(proximity(word), None, "`{word}`");
        }
    }

    #[test]
    fn functions_are_known_in_any_case() {
        assert_eq!(function("atLeast3"), Some(Function::AtLeast(3)));
        assert_eq!(function("head"), Some(Function::In(Zone::Title)));
        assert_eq!(function("FIRST50"), Some(Function::In(Zone::First(50))));
        assert_eq!(function("observer"), None);
    }
}
