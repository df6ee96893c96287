//! The newspaper, agency or site that published an article, under one name.
//!
//! A facet that counts `Daily Gull`, `dailygull.example` and `The Daily Gull | News and weather` as
//! three is of little use, and pages of one site do not all state the same. So the places are asked
//! in one fixed order, what is no name is passed over, and a slogan behind a name is taken off.

use super::harvest::Harvest;
use super::identity::host;
use super::title::{readable, squeezed};

/// Words and characters of a name, at most.
const NAME_WORDS: usize = 8;
const NAME_LENGTH: usize = 80;

/// What templates are left with where nobody gave a name.
const NO_NAMES: &[&str] = &[
    "home",
    "homepage",
    "website",
    "site",
    "blog",
    "wordpress",
    "drupal",
    "joomla",
    "news",
    "untitled",
    "admin",
    "mysite",
    "main",
    "index",
    "null",
    "undefined",
    "none",
];

/// The name that the page gives its publisher.
pub(super) fn publisher(harvest: &Harvest) -> Option<String> {
    let described = harvest.described.iter().filter(|item| item.is_article);
    let described = described.filter_map(|item| item.publisher.as_deref());
    let site = harvest.meta(&["og:site_name"]).into_iter();
    let others = ["dc.publisher", "publisher", "application-name", "apple-mobile-web-app-title"];
    let others = others.iter().filter_map(|name| harvest.meta(&[name]));
    let title = harvest.meta(&["og:title"]).map(squeezed);
    // Some fill every field with the headline.
    let mut names = site.chain(described).chain(others).filter_map(name);
    names.find(|name| title.as_ref() != Some(&squeezed(name)))
}

/// The name of the host of `url`, which is the name of a site that gives itself none. Doors to the
/// same site (`m.`, `amp.`) are not part of it.
pub fn publisher_of_host(url: &str) -> Option<String> {
    let host = host(url)?.to_ascii_lowercase();
    let is_named = |name: &str| name.contains('.') && name.parse::<std::net::Ipv4Addr>().is_err();
    let doors = ["m.", "amp.", "mobile.", "edition.", "feeds.", "rss."];
    let bare = doors.iter().find_map(|door| host.strip_prefix(door)).filter(|rest| is_named(rest));
    let bare = bare.unwrap_or(&host);
    is_named(bare).then(|| bare.to_owned())
}

/// `stated` as a name, if it is one. An address gives its host.
fn name(stated: &str) -> Option<String> {
    let stated = readable(stated);
    if stated.contains("://") {
        return publisher_of_host(&stated);
    }
    if let Some(host) = stated.strip_prefix("www.") {
        return publisher_of_host(&format!("http://{host}"));
    }
    let first = [" | ", "｜", " - ", " – ", " — ", " :: ", " » ", " · "]
        .iter()
        .filter_map(|mark| stated.split_once(mark))
        .map(|(name, _)| name.trim())
        .filter(|name| name.chars().any(char::is_alphabetic))
        .min_by_key(|name| name.len());
    let name = first.unwrap_or(&stated).trim_start_matches('@').trim_matches(['"', ' ']);
    let is_name = name.chars().any(char::is_alphanumeric)
        && name.chars().count() <= NAME_LENGTH
        && name.split_whitespace().count() <= NAME_WORDS
        && !name.contains(['{', '<', '='])
        && !NO_NAMES.contains(&squeezed(name).as_str());
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    #[test]
    fn a_name_is_bare_of_slogans_and_addresses() {
        for (stated, meant) in [
            ("Daily Gull", Some("Daily Gull")),
            ("Daily Gull | News, weather and sport", Some("Daily Gull")),
            ("Чайка – новости порта", Some("Чайка")),
            ("https://www.dailygull.example/", Some("dailygull.example")),
            ("@dailygull", Some("dailygull")),
            ("Tom &amp; Ann", Some("Tom & Ann")),
            ("WordPress", None),
            ("{{ site.name }}", None),
            ("all the news of the port, the town and the islands around it", None),
            ("", None),
        ] {
            assert_eq!(name(stated).as_deref(), meant, "for `{stated}`");
        }
    }

    #[test]
    fn one_place_is_asked_before_another() {
        let page = Document::from(
            "<meta property=og:site_name content='Daily Gull'>\
             <script type=application/ld+json>{\"@type\": \"NewsArticle\", \
             \"publisher\": {\"name\": \"Gull Media Ltd\"}}</script>",
        );
        assert_eq!(publisher(&Harvest::of(&page)).as_deref(), Some("Daily Gull"));
    }

    #[test]
    fn a_site_without_a_name_is_named_by_its_host() {
        for (url, meant) in [
            ("https://www.gull.example/a/1", Some("gull.example")),
            ("https://m.gull.example/a/1", Some("gull.example")),
            ("https://news.gull.example:8080/a", Some("news.gull.example")),
            ("http://127.0.0.1/a", None),
            ("http://localhost/a", None),
            ("gull", None),
        ] {
            assert_eq!(publisher_of_host(url).as_deref(), meant, "for `{url}`");
        }
    }
}
