//! Dates in the state of the programs that draw a page: `"publishedAt":"2022-11-17T10:00:00Z"`,
//! `var publication_date = "2022-11-17"`.

use std::sync::LazyLock;

use regex::Regex;

/// Most values that are looked at in one page; a page with more lists other articles.
const MOST_VALUES: usize = 60;

/// A name that means the publication, and its value.
static NAMED_DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?x)
        \b(?:date[_-]?published|datePublished|published|published[_-]?(?:at|on|date|time|datetime)
            |published(?:At|On|Date|Time|DateTime|Timestamp)|publish[_-]?(?:date|time|at)
            |publish(?:Date|Time|At|DateTime|edUtc)|pub_?[dD]ate|pub_?[tT]ime|publicationDate
            |(?:article_)?publication_date|article_date_original|first_?[pP]ublish(?:ed)?(?:_?[aA]t|_?[dD]ate)?
            |PublishDate|PublishedDate|DatePublished|dc:date)
        \\?["']?\s*[:=]\s*\\?["']?
        ([0-9A-Za-z][^"'\\;}<{\n]{7,40})"#,
    )
    .ok()
});

/// The values in `script` under names that mean the publication.
pub(crate) fn named_dates(script: &str) -> Vec<&str> {
    let Some(pattern) = NAMED_DATE.as_ref() else { return Vec::new() };
    let values = pattern.captures_iter(script).filter_map(|found| found.get(1));
    // An unquoted number ends at a comma; a date may hold one.
    let values = values.map(|value| match value.as_str().split_once(',') {
        Some((number, _)) if number.bytes().all(|byte| byte.is_ascii_digit()) => number,
        _ => value.as_str(),
    });
    values.map(|value| value.trim_end_matches([',', ' '])).take(MOST_VALUES).collect()
}

/// The date that a count of seconds or milliseconds since 1970 is, in the form that is read; other
/// texts as they are.
pub(crate) fn spelled_out(value: &str) -> String {
    let count = value.trim().split_once('.').map_or(value.trim(), |(whole, _)| whole);
    let seconds = count.parse::<i64>().ok().and_then(|number| match count.len() {
        // Since September 2001; shorter numbers are ids as often as times.
        10 => Some(number),
        13 => Some(number / 1000),
        _ => None,
    });
    match seconds.and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0)) {
        Some(time) => time.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_under_names_that_mean_publication() {
        for (script, meant) in [
            (r#"{"publishedAt":"2022-11-17T10:00:00Z","id":7}"#, vec!["2022-11-17T10:00:00Z"]),
            (r#"{\"datePublished\":\"2022-11-17\"}"#, vec!["2022-11-17"]),
            (r#"var publication_date = "2022-11-17 21:18:11";"#, vec!["2022-11-17 21:18:11"]),
            (r#"{"publishDate":1668679200000,"x":1}"#, vec!["1668679200000"]),
            (
                r#""article_publication_date":"Thu, 17 Nov 2022 10:00:00 GMT""#,
                vec!["Thu, 17 Nov 2022 10:00:00 GMT"],
            ),
            (r#"{"updatedAt":"2022-11-17","expires":"2022-11-17","published":true}"#, vec![]),
        ] {
            assert_eq!(named_dates(script), meant, "for `{script}`");
        }
    }

    #[test]
    fn counts_of_seconds_are_spelled_out() {
        for (value, meant) in [
            ("1668679200", "2022-11-17T10:00:00Z"),
            ("1668679200000", "2022-11-17T10:00:00Z"),
            ("0", "0"),
            ("20221117", "20221117"),
            ("soon", "soon"),
        ] {
            assert_eq!(spelled_out(value), meant, "for `{value}`");
        }
    }
}
