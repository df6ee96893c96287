//! What a page with markup says of itself.

use dom_query::Document;

use super::harvest::Harvest;
use super::{folded_words, published, title};
use crate::article::{Language, Published, Title};

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "each field is the one of the same name in `Cleaned`")]
pub struct PageFacts {
    pub title: Option<Title>,
    pub tag: Option<String>,
    pub published: Option<Published>,
    pub url: Option<String>,
    pub language: Option<Language>,
    pub publisher: Option<String>,
    pub author: Option<String>,
    /// The text of the article as structured data gives it, where it does.
    pub article_body: Option<String>,
}

/// What `page` says of itself. `url` is its address where the source states it.
pub fn page_facts(page: &Document, url: Option<&str>) -> PageFacts {
    let mut harvest = Harvest::of(page);
    PageFacts {
        title: title::title(page, &harvest, url),
        tag: tag(&harvest),
        published: published::choose(&published::candidates(&harvest, url)),
        url: canonical(&harvest, url),
        language: language(&harvest),
        publisher: publisher(&harvest),
        author: author(&harvest),
        article_body: harvest
            .described
            .iter_mut()
            .filter(|item| item.is_article)
            .find_map(|item| item.body.take()),
    }
}

/// The section or region that the site filed the article under.
fn tag(harvest: &Harvest) -> Option<String> {
    let described = harvest.described.iter().filter(|item| item.is_article);
    let section = described.filter_map(|item| item.section.as_deref());
    let meta =
        harvest.meta(&["article:section", "og:article:section", "parsely-section", "section"]);
    meta.into_iter().chain(section).find(|name| is_section_name(name)).map(str::to_owned)
}

/// Whether `name` could be printed over a section of a newspaper: a few words, no address, no list.
fn is_section_name(name: &str) -> bool {
    let words = folded_words(name);
    (1..=4).contains(&words.len())
        && name.chars().count() <= 40
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['/', '|', '_', ';', '{', '=', '<'])
}

/// The address that the page states for itself, if it is absolute and of the same site: a wrong
/// template sends every article to the front page or to another host.
fn canonical(harvest: &Harvest, url: Option<&str>) -> Option<String> {
    let stated = harvest.canonical.as_deref().into_iter().chain(harvest.meta(&["og:url"]));
    let mut usable = stated.filter(|address| {
        address.starts_with("http")
            && title::host(address).is_some_and(|host| {
                let has_path = address
                    .split_once("://")
                    .and_then(|(_, rest)| rest.split_once('/'))
                    .is_some_and(|(_, path)| !path.is_empty());
                has_path && url.and_then(title::host).is_none_or(|own| same_site(own, host))
            })
    });
    usable.next().map(str::to_owned)
}

/// Whether one host is the other or a part of it.
fn same_site(a: &str, b: &str) -> bool {
    let within = |part: &str, whole: &str| {
        part.strip_suffix(whole).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    within(a, b) || within(b, a)
}

fn language(harvest: &Harvest) -> Option<Language> {
    let described = harvest.described.iter().filter(|item| item.is_article);
    let stated =
        [harvest.language.as_deref(), harvest.meta(&["og:locale", "content-language", "language"])];
    stated
        .into_iter()
        .flatten()
        .chain(described.filter_map(|item| item.language.as_deref()))
        .find_map(Language::new)
}

fn publisher(harvest: &Harvest) -> Option<String> {
    let mut described = harvest.described.iter().filter(|item| item.is_article);
    let described = described.find_map(|item| item.publisher.as_deref());
    let name = harvest.meta(&["og:site_name"]).or(described);
    let name = name.or_else(|| harvest.meta(&["dc.publisher", "publisher", "application-name"]))?;
    // Some give an address where a name belongs.
    (name.chars().count() <= 80 && !name.contains("://")).then(|| name.to_owned())
}

fn author(harvest: &Harvest) -> Option<String> {
    let mut described = harvest.described.iter().filter(|item| item.is_article);
    let described = described.find_map(|item| item.author.as_deref());
    let meta = harvest.meta(&["author", "article:author", "dc.creator", "parsely-author", "byl"]);
    let offers = [described, meta, harvest.authors.first().map(String::as_str)];
    offers.into_iter().flatten().find_map(byline)
}

/// The name in a byline, without "By"; `None` where it is an address or no name.
fn byline(text: &str) -> Option<String> {
    let name = text.trim();
    let bare = ["By ", "by ", "BY ", "By: ", "Von ", "Par ", "Por "]
        .iter()
        .find_map(|by| name.strip_prefix(by))
        .unwrap_or(name)
        .trim();
    let plausible = (2..=120).contains(&bare.chars().count())
        && bare.chars().any(char::is_alphabetic)
        && !bare.contains("://")
        && !bare.contains(['<', '{', '@']);
    plausible.then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(html: &str) -> PageFacts {
        page_facts(&Document::from(html), Some("https://www.gull.example/a/1"))
    }

    #[test]
    fn a_page_is_described_by_its_head() {
        let facts = facts(
            "<html lang=en-GB><head><title>Port reopens</title>\
             <meta property=og:site_name content='Daily Gull'>\
             <meta name=author content='By Ann Oakes'>\
             <meta property=article:section content=Europe>\
             <link rel=canonical href=https://gull.example/a/1-port>",
        );
        assert_eq!(facts.publisher.as_deref(), Some("Daily Gull"));
        assert_eq!(facts.author.as_deref(), Some("Ann Oakes"));
        assert_eq!(facts.tag.as_deref(), Some("Europe"));
        assert_eq!(facts.url.as_deref(), Some("https://gull.example/a/1-port"));
        assert_eq!(facts.language, Language::new("en"));
    }

    #[test]
    fn a_tag_is_plausible_as_the_name_of_a_section() {
        for (name, meant) in [
            ("Europe", true),
            ("Middle East & Africa", true),
            ("中东", true),
            ("/news/europe", false),
            ("2022", false),
            ("all the news that came in this week", false),
            ("", false),
        ] {
            assert_eq!(is_section_name(name), meant, "for `{name}`");
        }
    }

    #[test]
    fn a_canonical_address_of_another_site_or_of_the_front_page_is_not_believed() {
        for (address, meant) in [
            ("https://gull.example/a/1", true),
            ("https://m.gull.example/a/1", true),
            ("https://gull.example/", false),
            ("https://seagull.example/a/1", false),
            ("/a/1", false),
        ] {
            let page = format!("<link rel=canonical href='{address}'>");
            assert_eq!(facts(&page).url.is_some(), meant, "for `{address}`");
        }
    }

    #[test]
    fn a_byline_is_a_name() {
        for (text, meant) in [
            ("By Ann Oakes", Some("Ann Oakes")),
            ("Ann Oakes", Some("Ann Oakes")),
            ("https://example.org/ann", None),
            ("ann@example.org", None),
            ("7", None),
        ] {
            assert_eq!(byline(text).as_deref(), meant, "for `{text}`");
        }
    }
}
