//! Web addresses, pasted: what stays of them when an article is looked for by its address.
//!
//! The same page is reached by many addresses. Dropped are the scheme, `www.`, the fragment, a
//! final slash, and of the query string all that does not name the page. It is kept, without what
//! says where the reader came from, where a site numbers its articles in it (`?id=123`).

use super::normalize::Glyph;

/// How an address may start.
const STARTS: [&str; 3] = ["https://", "http://", "www."];

/// Parameters by which sites tell articles apart.
const IDENTIFYING: &[&str] = &[
    "id",
    "p",
    "aid",
    "nid",
    "sid",
    "cid",
    "article",
    "articleid",
    "article_id",
    "item",
    "itemid",
    "news",
    "newsid",
    "news_id",
    "post",
    "postid",
    "post_id",
    "story",
    "storyid",
    "story_id",
];

/// Parameters, or their beginnings, that say where a reader came from.
const TRACKING: &[&str] = &[
    "utm_",
    "fbclid",
    "gclid",
    "yclid",
    "dclid",
    "msclkid",
    "igshid",
    "mc_",
    "at_",
    "ref",
    "cmp",
    "ito",
    "ocid",
    "smid",
    "share",
    "source",
    "src",
    "campaign",
    "spm",
    "_ga",
    "_openstat",
];

/// Whether a pasted address starts with these glyphs.
pub(super) fn starts_address(glyphs: &[Glyph]) -> bool {
    STARTS.iter().any(|start| {
        let host = glyphs.get(start.len());
        host.is_some_and(|host| host.c.is_alphanumeric())
            && start
                .chars()
                .zip(glyphs)
                .all(|(c, glyph)| glyph.is(c) || glyph.is(c.to_ascii_uppercase()))
    })
}

/// What a sentence, a list or a pattern leaves at the end of an address.
const LEFT_BEHIND: [char; 9] = [' ', '/', '.', ',', ';', ':', '!', '\'', '*'];

/// The part of an address that tells pages apart: `osce.org/odihr/elections`.
///
/// Applied twice it changes nothing. Empty where nothing is left.
pub(super) fn page_of(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default().trim_end_matches(LEFT_BEHIND);
    let (location, parameters) = address.split_once('?').unwrap_or((address, ""));
    let mut page = located(location);
    let parameters = identifying(parameters);
    if !parameters.is_empty() && !page.is_empty() {
        page.push('?');
        page.push_str(&parameters);
    }
    page
}

/// The host in lower case, and the path.
fn located(location: &str) -> String {
    let mut location = location;
    while let Some(rest) = after_scheme(location).or_else(|| after_www(location)) {
        location = rest;
    }
    let (host, path) = location.split_at(location.find('/').unwrap_or(location.len()));
    let host = host.to_lowercase();
    format!("{host}{path}").trim_end_matches(LEFT_BEHIND).to_owned()
}

fn after_scheme(location: &str) -> Option<&str> {
    let (scheme, rest) = location.split_once("://")?;
    scheme.bytes().all(|byte| byte.is_ascii_alphabetic()).then_some(rest)
}

fn after_www(location: &str) -> Option<&str> {
    let (www, rest) = location.split_at_checked(4)?;
    www.eq_ignore_ascii_case("www.").then_some(rest)
}

/// The parameters without tracking, where one of them identifies an article.
fn identifying(parameters: &str) -> String {
    let name =
        |parameter: &str| parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    let identifies = |parameter: &&str| {
        IDENTIFYING.contains(&name(parameter).as_str())
            && parameter.split_once('=').is_some_and(|(_, value)| !value.is_empty())
    };
    let tracks = |parameter: &&str| {
        let name = name(parameter);
        TRACKING.iter().any(|start| name.starts_with(start)) && !identifies(parameter)
    };
    let kept: Vec<_> = parameters
        .split('&')
        .filter(|parameter| !parameter.is_empty() && !tracks(parameter))
        .collect();
    if kept.iter().any(identifies) { kept.join("&") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::normalize::normalize;

    #[test]
    fn an_address_is_reduced_to_what_tells_pages_apart() {
        for (address, page) in [
            ("https://www.example.org/world/vote/", "example.org/world/vote"),
            ("HTTP://WWW.Example.ORG/World", "example.org/World"),
            ("https://example.org/vote?x=1#top", "example.org/vote"),
            ("https://example.org/a?utm_source=mail&id=5", "example.org/a?id=5"),
            ("https://example.org/a?lang=ru&id=5&fbclid=1", "example.org/a?lang=ru&id=5"),
            ("https://example.org/a?id=", "example.org/a"),
            ("https://example.org:8080/a", "example.org:8080/a"),
            ("https://https://www.example.org/a", "example.org/a"),
            ("https://example.org/a.", "example.org/a"),
            ("example.org/a/*", "example.org/a"),
            (
                "https://archive.org/web/https://example.org/a",
                "archive.org/web/https://example.org/a",
            ),
            ("#top", ""),
        ] {
            assert_eq!(page_of(address), page, "for `{address}`");
            assert_eq!(page_of(page), page);
        }
    }

    #[test]
    fn an_address_has_a_scheme_or_www_and_a_host() {
        for (typed, starts) in [
            ("https://example.org", true),
            ("WWW.example.org", true),
            ("https://", false),
            ("www. example", false),
            ("example.org", false),
            (r"https\://example.org", false),
        ] {
            assert_eq!(starts_address(&normalize(typed)), starts, "for `{typed}`");
        }
    }
}
