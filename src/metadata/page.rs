//! What a page with markup says of itself.

use dom_query::Document;

use super::author::{self, Trust};
use super::harvest::Harvest;
use super::identity;
use super::published::{self, Clues};
use super::title::{readable, readable_to, squeezed};
use super::{folded_words, publisher, title, wire};
use crate::article::{Language, Title};

/// Characters of a description that are kept, and below which it says nothing.
const DESCRIPTION_LENGTH: std::ops::RangeInclusive<usize> = 20..=1_000;

/// Keywords that are kept. Some pages list hundreds, for search engines of another age.
const MOST_KEYWORDS: usize = 30;

/// Words and characters of a keyword, at most: what is longer is a sentence.
const KEYWORD_WORDS: usize = 6;
const KEYWORD_LENGTH: usize = 60;

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "each field is the one of the same name in `Cleaned`")]
pub struct PageFacts {
    pub title: Option<Title>,
    pub description: Option<String>,
    pub keywords: Vec<String>,
    pub tag: Option<String>,
    pub section: Option<String>,
    pub dates: Clues,
    pub url: Option<String>,
    pub language: Option<Language>,
    pub publisher: Option<String>,
    pub author: Option<String>,
    pub wire: Option<&'static str>,
    /// The text of the article as structured data gives it, where it does.
    pub article_body: Option<String>,
}

/// What `page` says of itself. `url` is its address where the source states it.
pub fn page_facts(page: &Document, url: Option<&str>) -> PageFacts {
    let mut harvest = Harvest::of(page);
    let canonical = canonical(&harvest, url);
    let publisher = publisher::publisher(&harvest);
    let title = title::title(page, &harvest, url);
    PageFacts {
        description: description(&harvest, title.as_ref()),
        title,
        keywords: keywords(&harvest, publisher.as_deref()),
        tag: tag(&harvest),
        section: section(&harvest, url.or(canonical.as_deref()), publisher.as_deref()),
        dates: published::clues(&harvest, url),
        url: canonical,
        language: language(&harvest),
        author: author(&harvest, url, publisher.as_deref()),
        wire: bylines(&harvest).into_iter().find_map(|(byline, _)| wire::in_byline(byline)),
        publisher,
        article_body: harvest
            .described
            .iter_mut()
            .filter(|item| item.is_article)
            .find_map(|item| item.body.take()),
    }
}

/// The section or region that the site filed the article under.
fn tag(harvest: &Harvest) -> Option<String> {
    stated_section(harvest).map(str::to_owned)
}

fn stated_section(harvest: &Harvest) -> Option<&str> {
    let described = harvest.described.iter().filter(|item| item.is_article);
    let section = described.filter_map(|item| item.section.as_deref());
    let meta =
        harvest.meta(&["article:section", "og:article:section", "parsely-section", "section"]);
    meta.into_iter().chain(section).find(|name| is_section_name(name))
}

/// The section of the site: stated, or the last of the trail that leads to the article, or the
/// first part of its address.
fn section(harvest: &Harvest, url: Option<&str>, publisher: Option<&str>) -> Option<String> {
    if let Some(stated) = stated_section(harvest) {
        // Some list all the sections it stands in, the foremost first.
        let first = stated.split([',', '>']).map(str::trim).find(|name| !name.is_empty());
        return first.map(readable);
    }
    let site = publisher.map(squeezed);
    let is_home = |name: &str| {
        let name = squeezed(name);
        harvest.home_names.iter().any(|home| squeezed(home) == name) || site.as_ref() == Some(&name)
    };
    let mut in_trail = harvest.trail.iter().filter(|name| is_section_name(name) && !is_home(name));
    if let Some(last) = in_trail.next_back() {
        return Some(last.clone());
    }
    url.and_then(section_in_path)
}

/// The first part of the path of `url`, if an article lies below it and it reads like a word:
/// `world` in `/world/2019/11/port-opens`.
fn section_in_path(url: &str) -> Option<String> {
    /// Parts that say what kind of page it is, or in which language, and not what it is about.
    const NO_SECTIONS: &[&str] = &[
        "news",
        "article",
        "articles",
        "story",
        "stories",
        "post",
        "posts",
        "blog",
        "blogs",
        "archive",
        "archives",
        "content",
        "node",
        "index",
        "amp",
        "page",
        "pages",
        "read",
        "view",
        "web",
        "site",
        "html",
        "static",
        "wp-content",
        "cgi-bin",
        "noticia",
        "noticias",
        "nachrichten",
        "artikel",
        "home",
        "homepage",
        "all",
        "latest",
        "nota",
        "artykul",
        "test",
        "top-stories",
        "haber",
        "haberler",
        "novosti",
        "wiadomosci",
        "cms",
        "portal",
        "media",
        "item",
        "detail",
    ];
    let (_, path) = url.split_once("://")?.1.split_once('/')?;
    let mut parts = path.split(['?', '#']).next()?.split('/').filter(|part| !part.is_empty());
    let is_section = |part: &&str| {
        (3..=24).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
            && part.bytes().filter(|byte| *byte == b'-').count() <= 2
            && !NO_SECTIONS.contains(&part.to_ascii_lowercase().as_str())
    };
    // Two tries: `/news/world/...`, `/en/world/...`
    let found = parts.by_ref().take(2).find(is_section)?;
    parts.next().is_some().then(|| found.replace('-', " ").to_ascii_lowercase())
}

/// Whether `name` could be printed over a section of a newspaper: a few words, no address, no list.
fn is_section_name(name: &str) -> bool {
    let words = folded_words(name);
    (1..=4).contains(&words.len())
        && name.chars().count() <= 40
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['/', '|', '_', ';', '{', '=', '<'])
}

/// What the publisher says the story is, unless that is the headline again or next to nothing.
fn description(harvest: &Harvest, title: Option<&Title>) -> Option<String> {
    let described = harvest.described.iter().filter(|item| item.is_article);
    let meta = ["og:description", "description", "twitter:description", "dc.description"];
    let offers = meta.iter().filter_map(|name| harvest.meta(&[name]));
    let offers = offers.chain(described.filter_map(|item| item.description.as_deref()));
    let title = title.map(|title| squeezed(&title.text));
    offers.map(|text| readable_to(text, *DESCRIPTION_LENGTH.end())).find(|text| {
        DESCRIPTION_LENGTH.contains(&text.chars().count())
            && title.as_ref() != Some(&squeezed(text))
            && !text.contains(['{', '}'])
    })
}

/// The keywords that the page states: from all places, each once, without the site's name.
fn keywords(harvest: &Harvest, publisher: Option<&str>) -> Vec<String> {
    let described = harvest.described.iter().filter(|item| item.is_article);
    let meta = ["news_keywords", "keywords", "article:tag", "parsely-tags", "sailthru.tags"];
    let stated = harvest.metas.iter().filter(|(key, _)| meta.contains(&key.as_str()));
    let lists = stated.map(|(_, content)| content.as_str());
    let lists = lists.chain(described.flat_map(|item| item.keywords.iter().map(String::as_str)));
    let mut seen: Vec<String> = publisher.map(squeezed).into_iter().collect();
    let mut keywords = Vec::new();
    for keyword in lists.flat_map(|list| list.split([',', ';', '，', '、', '|'])) {
        if keywords.len() >= MOST_KEYWORDS {
            break;
        }
        let keyword = readable_to(keyword, 2 * KEYWORD_LENGTH);
        let key = squeezed(&keyword);
        if is_keyword(&keyword) && !seen.contains(&key) {
            seen.push(key);
            keywords.push(keyword);
        }
    }
    keywords
}

/// Whether `text` is a term, and not an address, a code of the publishing system or a sentence.
fn is_keyword(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=KEYWORD_WORDS).contains(&words)
        && (2..=KEYWORD_LENGTH).contains(&text.chars().count())
        && text.chars().any(char::is_alphabetic)
        && !text.contains("://")
        && !text.contains(['=', '{', '<', '_', '/', '\\', ':', '@'])
}

/// The address that the page states for itself, if it is absolute and of the same site: a wrong
/// template sends every article to the front page or to another host.
fn canonical(harvest: &Harvest, url: Option<&str>) -> Option<String> {
    let stated = harvest.canonical.as_deref().into_iter().chain(harvest.meta(&["og:url"]));
    let mut usable = stated.filter(|address| {
        address.starts_with("http")
            && identity::host(address).is_some_and(|host| {
                let has_path = address
                    .split_once("://")
                    .and_then(|(_, rest)| rest.split_once('/'))
                    .is_some_and(|(_, path)| !path.is_empty());
                has_path && url.and_then(identity::host).is_none_or(|own| same_site(own, host))
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

/// The places that say who wrote it, in the order in which they are believed: stated for machines,
/// else marked in the page, else printed.
fn bylines(harvest: &Harvest) -> Vec<(&str, Trust)> {
    let described = harvest.described.iter().filter(|item| item.is_article);
    let described = described.filter_map(|item| item.author.as_deref());
    let meta =
        ["author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author"];
    let meta = meta.iter().filter_map(|name| harvest.meta(&[name]));
    let marked = harvest.authors.iter().map(String::as_str);
    let stated = described.chain(meta).chain(marked).map(|byline| (byline, Trust::Stated));
    let printed = harvest.bylines.iter().map(|byline| (byline.as_str(), Trust::Printed));
    stated.chain(printed).collect()
}

/// The names of who wrote it.
fn author(harvest: &Harvest, url: Option<&str>, publisher: Option<&str>) -> Option<String> {
    let hosts =
        url.and_then(identity::host).into_iter().flat_map(|host| host.split('.').chain([host]));
    let site = harvest.meta(&["og:site_name"]);
    let sites: Vec<&str> = publisher.into_iter().chain(site).chain(hosts).collect();
    author::names(bylines(harvest), &sites)
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
}
