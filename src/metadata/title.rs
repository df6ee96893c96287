//! Headlines: which of a page's is the article's, and one made where there is none.

use super::harvest::Harvest;
use super::{folded_words, one_line};
use crate::article::{Title, TitleSource};

/// Characters of a title made from the first sentence, more or less: it ends at a word.
const MADE_TITLE_LENGTH: usize = 100;

/// Marks between a headline and the name of the site.
const SEPARATORS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » ", " / ", "|", "_", ": ", " -- "];

/// The headline of a page.
///
/// The heading a reader sees, if the page's own title backs it; else the headline of the
/// structured data, if it does; else that title without the site's name.
pub(super) fn title(harvest: &Harvest, url: Option<&str>) -> Option<Title> {
    let stated = harvest.meta(&["og:title", "twitter:title", "dc.title", "title"]);
    let stated = stated.map(one_line).filter(|text| !text.is_empty());
    let tag = harvest.title.as_deref();
    let pages_own: Vec<&str> = stated.as_deref().into_iter().chain(tag).collect();

    let backed =
        |text: &&String| pages_own.is_empty() || pages_own.iter().any(|own| backs(own, text));
    if let Some(heading) = best_backed(harvest.headings.iter().filter(backed), &pages_own) {
        return Some(Title { text: heading.clone(), source: TitleSource::Heading });
    }
    let headlines = harvest.described.iter().filter(|item| item.is_article);
    let headlines: Vec<String> =
        headlines.filter_map(|item| item.headline.as_deref().map(one_line)).collect();
    if let Some(headline) = headlines.iter().find(backed) {
        return Some(Title { text: headline.clone(), source: TitleSource::JsonLd });
    }
    let sites = site_names(harvest, url);
    let bare = |text: &str| without_site(text, &sites).to_owned();
    let meta = stated.as_deref().map(|text| (bare(text), TitleSource::Meta));
    let (text, source) = meta.or_else(|| tag.map(|text| (bare(text), TitleSource::TitleTag)))?;
    (!text.is_empty()).then_some(Title { text, source })
}

/// Of several headings that the page's own title backs, the one that shares most with it.
fn best_backed<'a>(
    headings: impl Iterator<Item = &'a String>,
    pages_own: &[&str],
) -> Option<&'a String> {
    let own: Vec<String> = pages_own.iter().flat_map(|own| folded_words(own)).collect();
    // `max_by_key` takes the last of equals and the first heading is the better guess.
    let mut best: Option<(usize, &String)> = None;
    for heading in headings {
        let shared = folded_words(heading).iter().filter(|word| own.contains(word)).count();
        if best.is_none_or(|(most, _)| shared > most) {
            best = Some((shared, heading));
        }
    }
    best.map(|(_, heading)| heading)
}

/// Whether at least 60 % of the words of `text` stand in `own`, and at least two of them or all
/// of what `own` says: a heading of one word is more often the name of a section.
fn backs(own: &str, text: &str) -> bool {
    let (own, words) = (folded_words(own), folded_words(text));
    let shared = words.iter().filter(|word| own.contains(word)).count();
    let enough = shared >= 2 || own.len() <= 2 || text.chars().any(|c| c > '\u{2e80}');
    !words.is_empty() && enough && shared * 10 >= words.len() * 6
}

/// What the site may call itself at the end of a title, folded.
fn site_names(harvest: &Harvest, url: Option<&str>) -> Vec<String> {
    let publishers = harvest.described.iter().filter_map(|item| item.publisher.as_deref());
    let stated = harvest.meta(&["og:site_name", "application-name", "twitter:site"]);
    let addresses = [url, harvest.canonical.as_deref(), harvest.meta(&["og:url"])];
    let hosts = addresses.into_iter().flatten().filter_map(host);
    let mut names: Vec<String> = publishers.chain(stated).map(squeezed).collect();
    for host in hosts {
        names.push(squeezed(host));
        names.extend(host.split('.').map(squeezed).filter(|label| label.len() > 3));
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The host of an address without `www.`.
pub(crate) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

/// Letters and digits alone, folded: `The Daily Gull` and `thedailygull` are one name.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `title` without the parts at its end, or its start, that are the name of the site.
fn without_site<'a>(title: &'a str, sites: &[String]) -> &'a str {
    let is_site = |part: &str| {
        let part = squeezed(part);
        let bare = part.strip_prefix("the").unwrap_or(&part);
        sites.iter().any(|site| *site == part || site.strip_prefix("the").unwrap_or(site) == bare)
    };
    let mut title = title.trim();
    // A title names its site at most twice or so; each round takes one part.
    for _ in 0..4 {
        let last = SEPARATORS.iter().filter_map(|mark| title.rsplit_once(mark));
        let first = SEPARATORS.iter().filter_map(|mark| title.split_once(mark));
        let shorter = last
            .filter(|(_, site)| is_site(site))
            .map(|(rest, _)| rest)
            .chain(first.filter(|(site, _)| is_site(site)).map(|(_, rest)| rest))
            .find(|rest| !rest.trim().is_empty());
        match shorter {
            Some(rest) => title = rest.trim(),
            None => break,
        }
    }
    title
}

/// A title made from the first sentence of `body`: cut after a word at about 100 characters.
pub fn title_from_first_sentence(body: &str) -> String {
    let first_line = body.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    // A sentence that matters here ends within the limit; the rest of a huge line is not read.
    let reach = first_line.char_indices().nth(4 * MADE_TITLE_LENGTH).map(|(at, _)| at);
    let line = one_line(&first_line[..reach.unwrap_or(first_line.len())]);
    let sentence = first_sentence(&line);
    let Some((limit, _)) = sentence.char_indices().nth(MADE_TITLE_LENGTH) else {
        let unfinished = reach.is_some() && sentence.len() == line.len();
        return if unfinished { format!("{sentence}…") } else { sentence.to_owned() };
    };
    // A script without spaces is cut between characters.
    let cut = sentence[..limit].rfind(' ').filter(|at| *at > limit / 2).unwrap_or(limit);
    let kept = sentence[..cut].trim_end_matches(|c: char| !c.is_alphanumeric());
    format!("{}…", if kept.is_empty() { &sentence[..cut] } else { kept })
}

/// The first sentence of a line, as Unicode UAX #29 draws it, unless that ends after an initial or
/// an abbreviation ("U.S.", "Gen.").
fn first_sentence(line: &str) -> &str {
    use unicode_segmentation::UnicodeSegmentation;

    let mut end = 0;
    for sentence in line.split_sentence_bounds() {
        end += sentence.len();
        if !crate::clean::ends_in_abbreviation(sentence.trim_end()) {
            break;
        }
    }
    line[..end].trim_end()
}

#[cfg(test)]
mod tests {
    use dom_query::Document;
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(html: &str, meant: Option<(&str, TitleSource)>) {
        let harvest = Harvest::of(&Document::from(html));
        let got = title(&harvest, Some("https://www.dailygull.example/news/1"));
        assert_eq!(got.as_ref().map(|title| (title.text.as_str(), title.source)), meant);
    }

    #[test]
    fn the_heading_counts_if_the_page_title_backs_it() {
        check(
            "<title>Port reopens after storm - Daily Gull</title><h1>World</h1>\
             <h1>Port reopens after the storm</h1>",
            Some(("Port reopens after the storm", TitleSource::Heading)),
        );
    }

    #[test]
    fn the_name_of_the_site_is_taken_off() {
        for tag in [
            "Port reopens after storm - Daily Gull",
            "Port reopens after storm | dailygull.example",
            "Daily Gull: Port reopens after storm",
            "Port reopens after storm | The Daily Gull | DailyGull",
        ] {
            check(
                &format!("<title>{tag}</title><h1>The Daily Gull</h1>")
                    .replace("<h1>The Daily Gull</h1>", ""),
                Some(("Port reopens after storm", TitleSource::TitleTag)),
            );
        }
        check(
            "<meta property='og:title' content='Storm - a reckoning'><title>x</title>",
            Some(("Storm - a reckoning", TitleSource::Meta)),
        );
    }

    #[test]
    fn a_page_without_words_has_no_title() {
        check("<p>Text</p>", None);
        check("<title> </title>", None);
    }

    #[test]
    fn a_made_title_is_the_first_sentence() {
        for (body, meant) in [
            ("The port reopened. Ships came.", "The port reopened."),
            (
                "\n\nThe U.S. port reopened on Monday. Ships came.",
                "The U.S. port reopened on Monday.",
            ),
            ("港口重新开放。船来了。", "港口重新开放。"),
            ("", ""),
        ] {
            assert_eq!(title_from_first_sentence(body), meant, "for `{body}`");
        }
        let long = format!("The port {}reopened.", "and the harbour ".repeat(20));
        let made = title_from_first_sentence(&long);
        assert!(made.ends_with("and the…") || made.ends_with("harbour…"), "got `{made}`");
    }

    proptest! {
        #[test]
        fn a_made_title_is_short_and_on_one_line(body in "\\PC{0,300}|(\\PC{0,20}\n){0,8}") {
            let made = title_from_first_sentence(&body);
            prop_assert!(made.chars().count() <= MADE_TITLE_LENGTH + 1);
            prop_assert_eq!(one_line(&made), made);
        }
    }
}
