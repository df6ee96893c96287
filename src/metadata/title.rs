//! Headlines: which of the texts that a page offers is the article's.
//!
//! A page offers several: headings, `<title>`, `og:title`, the headline of its structured data.
//! Each errs in its own way. The first heading may be the logo or a section, `<title>` carries the
//! name of the site, `og:title` is at times that of the section. What two of them say independently
//! is right, and what a reader sees beats what only machines read:
//!
//! 1. a heading that the page's own titles back;
//! 2. a headline of the structured data that they back;
//! 3. the longest run of parts of such a title that stands on the page as a text of its own;
//! 4. the title without what is known to be the site or a section.

mod echo;
mod made;
mod segments;

use dom_query::Document;
use foldhash::HashSet;

use self::echo::Echoes;
pub use self::made::title_from_first_sentence;
pub(super) use self::segments::is_unspaced;
use self::segments::{Joint, Segments};
use super::harvest::Harvest;
use super::identity;
use super::{folded_words, one_line};
use crate::article::{Title, TitleSource};

/// Characters of a stated title that are looked at.
const MOST_TITLE: usize = 400;

/// The headline of a page.
pub(super) fn title(page: &Document, harvest: &Harvest, url: Option<&str>) -> Option<Title> {
    let offers = Offers::of(harvest);
    let parted: Vec<Segments> = offers.all().map(Segments::of).collect();
    let mut names = Names { sites: site_names(harvest, url), ..Names::default() };
    // Some link each picture of an article to the front page, and call both by the headline.
    names.sites.retain(|site| parted.iter().all(|title| *site != squeezed(title.longest_part())));
    if parted.iter().any(Segments::is_parted) {
        names.echoes = Echoes::of(page, parted.iter().flat_map(Segments::runs));
    }
    let own: Vec<Words> =
        offers.stated().map(|text| Words::of(bare(text, &names, Joint::Dash))).collect();
    let titled = |text: &str, source| Some(Title { text: text.to_owned(), source });

    let headings: Vec<&str> =
        offers.headings.iter().map(|text| bare(text, &names, Joint::Hard)).collect();
    // A logo or the name of the section is a heading on many pages, and part of their titles.
    let stated = &parted[..offers.stated().count()];
    let is_lesser = |text: &str| stated.iter().any(|title| title.has_lesser_part(text));
    let headings = headings.into_iter().filter(|text| !names.is_site(text) && !is_lesser(text));
    let exact: HashSet<String> =
        offers.meta.iter().chain(&offers.headlines).map(|text| squeezed(text)).collect();
    if let Some(heading) = best_backed(headings, &own, &exact) {
        return titled(without_kicker(heading, &offers), TitleSource::Heading);
    }
    let headlines = offers.headlines.iter().map(|text| bare(text, &names, Joint::Hard));
    let is_backed = |text: &&str| {
        !names.is_site(text) && (own.is_empty() || support(&Words::of(text), &own) >= BACKED)
    };
    if let Some(headline) = headlines.clone().find(is_backed) {
        return titled(headline, TitleSource::JsonLd);
    }
    let stated = [(&offers.meta, TitleSource::Meta), (&offers.tag, TitleSource::TitleTag)];
    let stated = stated.into_iter().filter_map(|(text, source)| Some((text.as_deref()?, source)));
    let shown =
        stated.clone().filter_map(|(text, source)| Some((shown_run(text, &names)?, source)));
    // `max_by_key` takes the last of equals; what is stated for sharing comes first.
    let shown = shown.rev().max_by_key(|(text, _)| squeezed(text).len());
    let first = stated.map(|(text, source)| (bare(text, &names, Joint::Dash), source)).next();
    let (text, source) = shown.or(first)?;
    titled(text, source).filter(|title| !title.text.is_empty())
}

/// The texts that a page offers as its headline, each on one line, as it would be read.
#[derive(Debug, Default)]
struct Offers {
    /// `og:title` or its like.
    meta: Option<String>,
    /// `<title>`.
    tag: Option<String>,
    headings: Vec<String>,
    /// Of the articles in its structured data.
    headlines: Vec<String>,
}

impl Offers {
    fn of(harvest: &Harvest) -> Self {
        let meta = harvest.meta(&["og:title", "twitter:title", "dc.title", "title"]);
        let articles = harvest.described.iter().filter(|item| item.is_article);
        let readable = |text: &str| Some(readable(text)).filter(|text| !text.is_empty());
        Self {
            meta: meta.and_then(readable),
            tag: harvest.title.as_deref().and_then(readable),
            headings: harvest.headings.iter().filter_map(|text| readable(text)).collect(),
            headlines: articles
                .filter_map(|item| item.headline.as_deref().and_then(readable))
                .take(8)
                .collect(),
        }
    }

    /// The titles that the page states in its head.
    fn stated(&self) -> impl Iterator<Item = &str> {
        self.meta.as_deref().into_iter().chain(self.tag.as_deref())
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        let visible = self.headings.iter().take(8).chain(&self.headlines);
        self.stated().chain(visible.map(String::as_str))
    }
}

/// What the parts of a title may be beside the headline.
#[derive(Debug, Default)]
struct Names {
    /// The site, by letters and digits.
    sites: Vec<String>,
    echoes: Echoes,
}

impl Names {
    /// Whether `part` is the name of the site, or an address.
    fn is_site(&self, part: &str) -> bool {
        let squeezed = squeezed(part);
        let bare = squeezed.strip_prefix("the").unwrap_or(&squeezed);
        let is_named = self
            .sites
            .iter()
            .any(|site| *site == squeezed || site.strip_prefix("the").unwrap_or(site) == bare);
        is_named || is_host_name(part)
    }

    /// Whether `part` is what a menu or a trail of links calls a section.
    fn is_section(&self, part: &str) -> bool {
        self.echoes.is_link(part)
    }
}

/// Whether `part` is written as the name of a host is: `gull.example`.
fn is_host_name(part: &str) -> bool {
    let Some((name, top)) = part.rsplit_once('.') else { return false };
    (2..=7).contains(&top.len())
        && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        && name.len() >= 2
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}

/// `text` without the site, and without a section behind a mark that is `least` as strong.
fn bare<'t>(text: &'t str, names: &Names, least: Joint) -> &'t str {
    Segments::of(text).headline(names, least)
}

/// The longest run of parts of `text` that stands on the page by itself, if it could be a headline:
/// two words at least, and not the site.
fn shown_run<'t>(text: &'t str, names: &Names) -> Option<&'t str> {
    let runs = Segments::of(text).runs();
    runs.into_iter().find(|run| {
        let is_phrase = run.contains(char::is_whitespace)
            || run.chars().filter(|c| is_unspaced(*c)).count() > 4;
        is_phrase && names.echoes.is_shown(run) && !names.is_site(run)
    })
}

/// A heading of kicker and headline in one is the headline, where the page states that by itself.
fn without_kicker<'h>(heading: &'h str, offers: &Offers) -> &'h str {
    let stated = offers.meta.iter().chain(&offers.headlines);
    let headline = stated.filter_map(|stated| {
        let kicker = heading.strip_suffix(stated.as_str())?;
        let is_kicker = kicker.ends_with(|c: char| !c.is_alphanumeric())
            && kicker.split_whitespace().count() <= KICKER_WORDS
            && folded_words(stated).len() > KICKER_WORDS;
        is_kicker.then(|| &heading[kicker.len()..])
    });
    headline.min_by_key(|headline| headline.len()).unwrap_or(heading)
}

/// Words of a kicker, at most.
const KICKER_WORDS: usize = 3;

/// The words of a text, for telling what it shares with another: folded, each once, and pairs of
/// characters in scripts without spaces.
#[derive(Debug)]
struct Words(HashSet<String>);

impl Words {
    fn of(text: &str) -> Self {
        let mut words = HashSet::default();
        for word in folded_words(text) {
            if !word.contains(is_unspaced) {
                words.insert(word);
                continue;
            }
            let characters: Vec<char> = word.chars().collect();
            words.extend(characters.windows(2).map(|pair| pair.iter().collect()));
        }
        Self(words)
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    /// How many of its words stand in `other`, and how many of those are long enough to mean
    /// something.
    fn shared(&self, other: &Self) -> (usize, usize) {
        let shared = self.0.iter().filter(|word| other.0.contains(*word));
        let long = |word: &&String| word.chars().count() >= 4 || word.contains(is_unspaced);
        (shared.clone().count(), shared.filter(long).count())
    }
}

/// The [`support`] from which a heading is believed whatever else the page has.
const BACKED: u32 = 600;

/// The [`support`] of a heading that shares something with the titles, but not much.
const WEAK: u32 = 1;

/// How much one of the page's own titles says what `text` says, in thousandths of the words of the
/// shorter one; 0 where it is too little to mean anything.
///
/// Two words at least must be shared, or all of what the title says: a heading of one word is more
/// often the name of a section. A heading may say more than the title, and a title made for search
/// engines more than the heading, so the shorter one counts. A third of the
/// heading's words with two long ones among them is [`WEAK`]: believed where nothing is better.
fn support(text: &Words, own: &[Words]) -> u32 {
    own.iter().map(|own| support_by(text, own)).max().unwrap_or_default()
}

fn support_by(text: &Words, own: &Words) -> u32 {
    let (shared, long) = text.shared(own);
    let per_mille = |whole: usize| u32::try_from(shared * 1000 / whole.max(1)).unwrap_or_default();
    let of_text = per_mille(text.len());
    // Short titles are made up of words that many headings have ("Where to go in London").
    let of_own = if own.len() >= 6 { per_mille(own.len()) } else { 0 };
    match of_text.max(of_own) {
        part if part >= BACKED && (shared >= 2 || own.len() <= 2) => part,
        _ if of_text >= 330 && long >= 2 && text.len() >= 4 => WEAK,
        _ => 0,
    }
}

/// Of several headings the one that the page's own titles back best, if any does; without such
/// titles, the first. One that is `exact`ly what the page states for machines is best.
fn best_backed<'h>(
    headings: impl Iterator<Item = &'h str>,
    own: &[Words],
    exact: &HashSet<String>,
) -> Option<&'h str> {
    let mut best: Option<((u32, bool, usize), &str)> = None;
    for heading in headings {
        if own.is_empty() {
            return Some(heading);
        }
        let words = Words::of(heading);
        let support = support(&words, own);
        // The first of equals is the better guess, and so is the first of several weak ones.
        let shared = own.iter().map(|own| words.shared(own).0).max().unwrap_or_default();
        let shared = if support == WEAK { 0 } else { shared };
        let rank = (support.min(BACKED), exact.contains(&squeezed(heading)), shared);
        if support > 0 && best.is_none_or(|(most, _)| rank > most) {
            best = Some((rank, heading));
        }
    }
    best.map(|(_, heading)| heading)
}

/// What the site may call itself in a title, by letters and digits.
fn site_names(harvest: &Harvest, url: Option<&str>) -> Vec<String> {
    let publishers = harvest.described.iter().filter_map(|item| item.publisher.as_deref());
    let stated = ["og:site_name", "application-name", "twitter:site", "apple-mobile-web-app-title"];
    let stated = stated.iter().filter_map(|name| harvest.meta(&[name]));
    let home = harvest.home_names.iter().map(String::as_str);
    let addresses = [url, harvest.canonical.as_deref(), harvest.meta(&["og:url"])];
    let hosts = addresses.into_iter().flatten().filter_map(identity::host);
    let mut names: Vec<String> = publishers.chain(stated).chain(home).map(squeezed).collect();
    for host in hosts {
        names.push(squeezed(host));
        names.extend(host.split('.').map(squeezed).filter(|label| label.len() > 3));
    }
    names.retain(|name| !name.is_empty());
    names.sort_unstable();
    names.dedup();
    names
}

/// Letters and digits alone, folded: `The Daily Gull` and `thedailygull` are one name.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A stated title as a reader would see it. Some are escaped twice, or hold markup: `Tom &amp; Ann`,
/// `<b>Port</b> opens` are resolved, once.
pub(super) fn readable(text: &str) -> String {
    readable_to(text, MOST_TITLE)
}

/// The same, of the first `most` characters.
pub(super) fn readable_to(text: &str, most: usize) -> String {
    let reach = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let text = &text[..reach];
    let is_escaped = text.split_once('&').is_some_and(|(_, rest)| rest.contains(';'))
        || text.split_once('<').is_some_and(|(_, rest)| rest.contains('>'));
    if is_escaped { one_line(&Document::from(text).text()) } else { one_line(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    #[track_caller]
    fn check(html: &str, meant: Option<(&str, TitleSource)>) {
        let page = Document::from(html);
        let got = title(&page, &Harvest::of(&page), Some("https://www.dailygull.example/news/1"));
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
}
