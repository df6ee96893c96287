//! Numbers and ranges of numbers, as people type them behind the name of a field.

use super::ast::FieldTest;
use super::normalize::DASH;

/// A number or range as it was read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Reading {
    pub(super) test: FieldTest,
    /// Whether the range ran backwards, or has no number in it: then it was turned round.
    pub(super) swapped: bool,
}

/// Reads `typed`, the text behind `len:` and its like; `None` where it is no number. Both ends of a
/// range belong to it, but for `>300`, `<300` and the curly brackets of `{300 TO 800}`.
pub(super) fn read(typed: &str) -> Option<Reading> {
    let typed = typed.trim().to_lowercase();
    match typed.as_str() {
        "*" => return Some(Reading { test: FieldTest::Exists, swapped: false }),
        "none" => return Some(Reading { test: FieldTest::Missing, swapped: false }),
        _ => {}
    }
    if let Some(inner) = typed.strip_prefix(['[', '{']) {
        let (from, to) = inner.strip_suffix([']', '}'])?.split_once(" to ")?;
        let above = u64::from(typed.starts_with('{'));
        let below = u64::from(typed.ends_with('}'));
        let least = end(from).ok()?.map(|it| it.saturating_add(above));
        return within(least, end(to).ok()?.map(|it| it.saturating_sub(below)));
    }
    for (sign, above) in [(">=", 0), (">", 1)] {
        if let Some(rest) = typed.strip_prefix(sign) {
            return within(Some(number(rest)?.saturating_add(above)), None);
        }
    }
    for (sign, below) in [("<=", 0), ("<", 1)] {
        if let Some(rest) = typed.strip_prefix(sign) {
            return within(None, Some(number(rest)?.saturating_sub(below)));
        }
    }
    let dash = DASH.to_string();
    let ends = ["..", dash.as_str(), "-"].iter().find_map(|between| typed.split_once(between));
    if let Some((from, to)) = ends {
        return within(end(from).ok()?, end(to.trim_start_matches('.')).ok()?);
    }
    let number = number(typed.strip_prefix('=').unwrap_or(&typed))?;
    within(Some(number), Some(number))
}

fn within(least: Option<u64>, most: Option<u64>) -> Option<Reading> {
    let swapped = matches!((least, most), (Some(least), Some(most)) if least > most);
    let (least, most) = if swapped { (most, least) } else { (least, most) };
    (least.is_some() || most.is_some())
        .then_some(Reading { test: FieldTest::Within { least, most }, swapped })
}

/// What is neither a number nor an open end.
struct NoNumber;

/// The end of a range, which may be open.
fn end(typed: &str) -> Result<Option<u64>, NoNumber> {
    match typed.trim() {
        "" | "*" => Ok(None),
        typed => number(typed).map(Some).ok_or(NoNumber),
    }
}

/// A whole number, perhaps with commas between thousands, perhaps in percent.
fn number(typed: &str) -> Option<u64> {
    let typed = typed.trim();
    let typed = typed.strip_suffix('%').unwrap_or(typed);
    let mut groups = typed.split(',');
    let first = groups.next()?;
    let is_digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        digits += group;
    }
    if !is_digits(&digits) {
        return None;
    }
    Some(digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_alone_or_in_ranges() {
        let range = |least, most| Some((FieldTest::Within { least, most }, false));
        for (typed, expected) in [
            ("300", range(Some(300), Some(300))),
            ("=300", range(Some(300), Some(300))),
            (">300", range(Some(301), None)),
            (">=300", range(Some(300), None)),
            ("<300", range(None, Some(299))),
            ("<=1,300", range(None, Some(1_300))),
            ("200..800", range(Some(200), Some(800))),
            ("200–800", range(Some(200), Some(800))),
            ("200-800", range(Some(200), Some(800))),
            ("200..", range(Some(200), None)),
            ("..800", range(None, Some(800))),
            ("[200 TO 800]", range(Some(200), Some(800))),
            ("{200 TO 800}", range(Some(201), Some(799))),
            ("[200 TO *]", range(Some(200), None)),
            ("80%", range(Some(80), Some(80))),
            ("99999999999999999999", range(Some(u64::MAX), Some(u64::MAX))),
            ("800..200", Some((FieldTest::Within { least: Some(200), most: Some(800) }, true))),
            ("*", Some((FieldTest::Exists, false))),
            ("none", Some((FieldTest::Missing, false))),
            ("long", None),
            ("3.5", None),
            ("..", None),
            (">", None),
            ("1,00", None),
            ("-5", range(None, Some(5))),
        ] {
            let reading = read(typed).map(|reading| (reading.test, reading.swapped));
            assert_eq!(reading, expected, "for `{typed}`");
        }
    }
}
