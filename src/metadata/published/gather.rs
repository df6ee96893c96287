//! The clues that a page offers.

use super::clue::{Clue, ClueKind, Clues};
use super::state::spelled_out;
use crate::metadata::date::{Conventions, Written, days_in};
use crate::metadata::harvest::Harvest;
use crate::metadata::parse_date;
use crate::metadata::places::{Place, What};

/// Bytes of text between a headline and a date that is printed below it, or above.
const BELOW: usize = 700;
const ABOVE: usize = 250;

/// Most clues of one kind.
const MOST_CLUES: usize = 6;

/// Names under which `<meta>` states the time of publication.
const PUBLISHED_NAMES: &[&str] = &[
    "article:published_time",
    "article:published",
    "article:post_date",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "published_time",
    "published_on",
    "published_at",
    "published-on",
    "published",
    "article.published",
    "article_date_original",
    "article:pubdate",
    "article-publish-date",
    "datepublished",
    "date_published",
    "date-published",
    "datecreated",
    "publishdate",
    "publish-date",
    "publish_date",
    "publisheddate",
    "published-date",
    "published_date",
    "publication_date",
    "publication-date",
    "publicationdate",
    "pubdate",
    "pub_date",
    "pub-date",
    "originalpublicationdate",
    "firstpublished",
    "ptime",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "parsely-pub-date",
    "sailthru.date",
    "rnews:datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.available",
    "weibo:article:create_at",
    "bt:pubdate",
    "analyticsattributes.articledate",
    "displaydate",
    "citation_publication_date",
    "citation_online_date",
    "prism.publicationdate",
    "timestamp",
    "article:create_at",
    "vr:published_time",
    "mediator_published_time",
    "shareaholic:article_published_time",
    "swiftype:published_at",
];

/// Names that more often than not mean the publication.
const DATE_NAMES: &[&str] =
    &["date", "dc.date", "dcterms.date", "dc:date", "article:date", "release_date", "created"];

/// Names under which `<meta>` states a later change.
const MODIFIED_NAMES: &[&str] = &[
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "og:article:modified_time",
    "modified_time",
    "datemodified",
    "date_modified",
    "last-modified",
    "lastmod",
    "last_updated_date",
    "dcterms.modified",
    "dc.date.modified",
    "cxenseparse:recs:articlemodified",
    "updated_time",
    "revised",
];

/// All that the page offers.
pub(crate) fn clues(harvest: &Harvest, url: Option<&str>) -> Clues {
    let mut found = Vec::new();
    describe(harvest, &mut found);
    metas(harvest, &mut found);
    addresses(harvest, url, &mut found);
    printed(harvest, &mut found);
    state(harvest, &mut found);
    if let Some(text) = harvest.meta(&["og:description", "description"]) {
        found.push(Clue::new(ClueKind::Dateline, text, "description"));
    }
    let language = harvest.language.as_deref().or_else(|| harvest.meta(&["og:locale"]));
    Clues { found, language: language.map(str::to_owned) }
}

fn describe(harvest: &Harvest, found: &mut Vec<Clue>) {
    for item in &harvest.described {
        let own = if item.is_article { ClueKind::JsonLdArticle } else { ClueKind::JsonLdOther };
        let kind = item.kind.as_deref().unwrap_or("json-ld");
        let stated = [
            (&item.published, own, "datePublished"),
            (&item.modified, ClueKind::JsonLdModified, "dateModified"),
        ];
        for (text, clue, name) in stated {
            if let Some(text) = text.as_deref().filter(|_| count(found, clue) < MOST_CLUES) {
                found.push(Clue::new(clue, text, &format!("{kind}.{name}")));
            }
        }
    }
}

fn metas(harvest: &Harvest, found: &mut Vec<Clue>) {
    let kinds = [
        (PUBLISHED_NAMES, ClueKind::MetaPublished),
        (DATE_NAMES, ClueKind::MetaDate),
        (MODIFIED_NAMES, ClueKind::MetaModified),
    ];
    for (names, kind) in kinds {
        // In the order of the names, the most telling first.
        for name in names {
            let stated = harvest.metas.iter().filter(|(key, _)| key == name);
            for (_, content) in stated.take(2) {
                found.push(Clue::new(kind, &spelled_out(content), name));
            }
        }
    }
}

fn addresses(harvest: &Harvest, url: Option<&str>, found: &mut Vec<Clue>) {
    let stated =
        [(harvest.canonical.as_deref(), "link canonical"), (harvest.meta(&["og:url"]), "og:url")];
    for (address, name) in stated {
        if let Some(address) = address.filter(|address| Some(*address) != url) {
            found.push(Clue::new(ClueKind::Canonical, address, name));
        }
    }
    if let Some(picture) = harvest.meta(&["og:image", "twitter:image"]) {
        found.push(Clue::new(ClueKind::ImagePath, picture, "og:image"));
    }
}

/// Dates that stand in the page, those next to the headline first.
fn printed(harvest: &Harvest, found: &mut Vec<Clue>) {
    let distance = |place: &Place| {
        let from = |heading: usize| match place.at.checked_sub(heading) {
            Some(below) => (below <= BELOW).then_some(below),
            None => (heading - place.at <= ABOVE).then_some(3 * (heading - place.at)),
        };
        harvest.headings_at.iter().filter_map(|heading| from(*heading)).min()
    };
    let mut places: Vec<(Option<usize>, &Place)> =
        harvest.places.iter().map(|place| (distance(place), place)).collect();
    // Stable: places at one distance stay in the order of the page.
    places.sort_by_key(|(distance, _)| distance.unwrap_or(usize::MAX));
    let only_day = has_one_day(&harvest.places);
    for (distance, place) in places {
        let is_near = distance.is_some() && !place.aside;
        let kind = match (place.what, is_near) {
            (What::Marked, _) if !place.aside => ClueKind::Marked,
            (What::MarkedModified, _) => ClueKind::MarkedModified,
            (What::Time | What::Marked, _) if place.aside => ClueKind::TimeAside,
            (What::Time, true) => ClueKind::TimeNear,
            (What::Time, false) if only_day => ClueKind::TimeOnly,
            (What::Time | What::Marked, _) => ClueKind::TimeOther,
            (What::Called | What::Line, true) => ClueKind::Near,
            (What::Called, false) if !place.aside => ClueKind::Called,
            (What::Line, false) if !place.aside && is_labelled(place) => ClueKind::Called,
            (What::Called | What::Line, _) => continue,
        };
        // A month and a number in a line of text are as often two words of it.
        let is_day =
            |date: &Written| place.what != What::Line || !matches!(date, Written::Yearless { .. });
        let dates = || days_in(&place.text, Conventions::default());
        let holds_date = || dates().iter().any(|(date, _)| is_day(date));
        if count(found, kind) < MOST_CLUES && holds_date() {
            let mut clue = Clue::new(kind, &place.text, &place.name);
            clue.lead.clone_from(&place.lead);
            found.push(clue);
        }
    }
}

/// Whether a label stands before the date, so that it is worth reading far from the headline.
fn is_labelled(place: &Place) -> bool {
    super::labels::last_label(&place.lead).is_some()
        || super::labels::last_label(&place.text).is_some()
}

/// Whether all `<time>` of the page name one day.
fn has_one_day(places: &[Place]) -> bool {
    let times = places.iter().filter(|place| place.what == What::Time);
    let mut days = times.filter_map(|place| Some(parse_date(&place.text)?.first_day()));
    let first = days.next();
    days.all(|day| Some(day) == first)
}

/// The day that the state of the page's program names, if it names but one.
fn state(harvest: &Harvest, found: &mut Vec<Clue>) {
    let texts: Vec<String> = harvest.state_dates.iter().map(|text| spelled_out(text)).collect();
    let mut dated = texts.iter().filter_map(|text| Some((text, parse_date(text)?.first_day())));
    let Some((text, day)) = dated.next() else { return };
    if dated.all(|(_, other)| other == day) {
        found.push(Clue::new(ClueKind::State, text, "script"));
    }
}

fn count(found: &[Clue], kind: ClueKind) -> usize {
    found.iter().filter(|clue| clue.kind == kind).count()
}
