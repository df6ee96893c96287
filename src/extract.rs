//! From a raw document to an article: decode, clean, date, name.
//!
//! The one place where the parts meet. What the record declares beats what is found in the text;
//! what is found in the page beats what is guessed.

mod learn;
mod restore;
mod site;

pub use self::learn::{Homes, Lessons, Sample, Wanted, can_learn_from};
use self::restore::{Restored, restore};
pub use self::site::site_of;
pub use crate::clean::Templates;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use chrono::{DateTime, Datelike, Utc};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use crate::article::{
    Article, ArticleId, ArticleWarning, DateSource, Entity, Language, Regions, Title, TitleSource,
};
use crate::clean::{self, Cleaned, PageKind};
use crate::entity::{self, Story};
use crate::metadata::{self, Circumstances, Clue, ClueKind, Clues, Conventions, Dating, DayOrder};
use crate::region::{Home, Publisher, RegionFinder};
use crate::reject::{Reject, RejectReason};
use crate::source::{Content, Declared, Media, RawDocument};

/// Of so many bytes anything can be made in a moment, so that no thread is needed to watch it.
const QUICK: usize = 32 << 10;

/// Stack of a thread that takes pages apart, in bytes; only what is used of it takes memory.
const STACK: usize = 16 << 20;

/// Whether text is cleaned.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Cleaning {
    /// Furniture of the page is taken off, and pages that are no article are refused.
    #[default]
    On,
    /// Furniture of the page is taken off, and no page is refused that holds any text.
    KeepAll,
    /// The text is taken as it stands.
    Off,
}

/// Whether persons, organisations, places and countries are looked for in the text.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Naming {
    /// They are.
    #[default]
    On,
    /// They are not; the tag that the source files an article under is there all the same.
    Off,
}

/// How raw documents become articles.
#[derive(Clone, Debug, Default)]
pub struct Recipe {
    /// Whether text is cleaned.
    pub cleaning: Cleaning,
    /// Whether names are looked for.
    pub naming: Naming,
    /// What each site repeats on its pages.
    pub templates: Arc<Templates>,
    /// Where each site is at home.
    pub homes: Arc<Homes>,
}

/// Makes articles, each within a limit of time.
///
/// The parsers of pages are others' code and cannot be interrupted, so they run on a thread of
/// their own. Where it takes too long, it is left to itself: what it makes then is thrown away, and
/// another one takes its place.
#[derive(Debug)]
pub struct Extractor {
    recipe: Recipe,
    limit: Duration,
    worker: Option<Worker>,
}

/// The thread that makes articles, and the ways to it and back.
#[derive(Debug)]
struct Worker {
    jobs: Sender<RawDocument>,
    results: Receiver<Result<Article, Reject>>,
}

impl Extractor {
    /// Makes articles, none of which may take longer than `limit`.
    pub fn new(recipe: Recipe, limit: Duration) -> Self {
        Self { recipe, limit, worker: None }
    }

    /// Makes the article in `raw`, or says why there is none.
    pub fn extract(&mut self, raw: RawDocument) -> Result<Article, Reject> {
        if raw.content.len() <= QUICK {
            return extract(raw, &self.recipe);
        }
        let (path, record) = (raw.locator.path(), Some(raw.locator.record));
        let fail = |reason, detail: String| Err(Reject { path, record, reason, detail });
        let worker = match self.worker.take() {
            Some(worker) => worker,
            None => match Worker::start(self.recipe.clone()) {
                Ok(worker) => worker,
                Err(error) => return fail(RejectReason::Internal, format!("no thread: {error}")),
            },
        };
        if worker.jobs.send(raw).is_err() {
            return fail(RejectReason::Internal, "its thread has ended".into());
        }
        match worker.results.recv_timeout(self.limit) {
            Ok(outcome) => {
                self.worker = Some(worker);
                outcome
            }
            Err(RecvTimeoutError::Timeout) => {
                let detail = format!("not done after {} s", self.limit.as_secs());
                fail(RejectReason::TooSlow, detail)
            }
            Err(RecvTimeoutError::Disconnected) => {
                fail(RejectReason::Internal, "its thread has ended; please report it".into())
            }
        }
    }
}

impl Worker {
    fn start(recipe: Recipe) -> io::Result<Self> {
        let (jobs, for_worker) = bounded::<RawDocument>(1);
        let (to_caller, results) = bounded(1);
        thread::Builder::new().name("extract".into()).stack_size(STACK).spawn(move || {
            for raw in for_worker {
                // The caller has given up on this one.
                if to_caller.send(extract(raw, &recipe)).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { jobs, results })
    }
}

/// Makes the article in `raw`, or says why there is none. Never panics: a fault in any part
/// becomes a [`RejectReason::Internal`].
pub fn extract(raw: RawDocument, recipe: &Recipe) -> Result<Article, Reject> {
    let (path, record) = (raw.locator.path(), raw.locator.record);
    // The parsers of hostile pages are others' code; one page must not end a run of millions.
    catch_unwind(AssertUnwindSafe(|| make_article(raw, recipe))).unwrap_or_else(|_| {
        let detail = "dateline failed on this input; please report it".to_owned();
        Err(Reject { path, record: Some(record), reason: RejectReason::Internal, detail })
    })
}

fn make_article(raw: RawDocument, recipe: &Recipe) -> Result<Article, Reject> {
    let raw = match restored(raw)? {
        Restored::Article(article) => return Ok(article),
        Restored::Text(raw) => raw,
    };
    let site = site_of(&raw);
    let RawDocument { locator, source_id, media, content, charset, declared, mut warnings } = raw;
    let (text, charset) = match content {
        Content::Decoded(text) | Content::Record(text) => {
            let (text, mended) = clean::mend(text);
            warnings.extend(mended);
            (text, charset.map_or("utf-8", clean::label))
        }
        Content::Encoded(bytes) => {
            let decoded = clean::decode(&bytes, media, charset);
            warnings.extend(decoded.warnings);
            (decoded.text, decoded.charset)
        }
    };
    let mut cleaned = clean_as(&text, media, recipe, site.as_deref(), &declared);
    warnings.append(&mut cleaned.warnings);
    // Scripts and addresses hold question marks of all kinds, so this waits for the text itself.
    if let Some(body) = clean::with_apostrophes(&cleaned.body) {
        cleaned.body = body;
        warnings.push(ArticleWarning::LostPunctuation);
    }
    let title = title(&declared, &mut cleaned);
    let body = match &title {
        // Flashes and site maps: to be found, the headline must be the text.
        Some(title) if text.trim().is_empty() => {
            warnings.push(ArticleWarning::HeadlineOnly);
            &title.text
        }
        title => without_headline(&cleaned.body, title.as_ref()),
    };
    if let Some(detail) = fault(cleaned.kind, recipe.cleaning, body) {
        let detail = detail.to_owned();
        let (path, record) = (locator.path(), Some(locator.record));
        return Err(Reject { path, record, reason: RejectReason::NoArticle, detail });
    }
    let body = body.to_owned();
    let url = declared.url.clone().or_else(|| cleaned.url.clone());
    let canonical = cleaned.url.take().filter(|canonical| url.as_ref() != Some(canonical));
    let seen = declared.captured.or(locator.modified);
    let hint = declared.language.as_deref().and_then(Language::new);
    let written = metadata::written_in(&body, hint.or(cleaned.language));
    let language = hint.or(written.language);
    let dated = Dated { url: url.as_deref(), body: &body, language };
    let dating = dating(&declared, cleaned.dates, locator.modified, &dated, &mut warnings);
    let wire = cleaned.wire.or_else(|| metadata::wire_credit(&body, declared.author.as_deref()));
    let publisher = declared.publisher.or(cleaned.publisher);
    let publisher = publisher.or_else(|| metadata::publisher_of_host(url.as_deref()?));
    let story =
        Story { title: title.as_ref().map_or("", |title| &title.text), body: &body, language };
    let learned = site.as_ref().and_then(|site| recipe.homes.of(site)).cloned();
    let home = learned.or_else(|| Home::of_domain(metadata::host(url.as_deref()?)?));
    let name = publisher.as_ref().or(site.as_ref()).map_or("", |name| name);
    let publisher_at = home.as_ref().map(|home| Publisher { name, home });
    let (entities, regions) = match recipe.naming {
        Naming::On => names(&story, publisher_at),
        Naming::Off => Default::default(),
    };
    let title = title.unwrap_or_else(|| Title {
        text: metadata::title_from_first_sentence(&body),
        source: TitleSource::FirstSentence,
    });
    warnings.sort_unstable();
    warnings.dedup();
    Ok(Article {
        id: ArticleId::new(&locator.path(), locator.record),
        source_id,
        locator,
        url,
        canonical,
        title,
        body,
        description: cleaned.description,
        keywords: cleaned.keywords,
        tag: declared.tag.or(cleaned.tag),
        section: cleaned.section,
        regions,
        published: dating.published,
        modified: dating.modified,
        dates: dating.candidates,
        language,
        language_confidence: written.confidence.filter(|_| language == written.language),
        languages: written.languages,
        script: written.script,
        publisher,
        publisher_country: home.map(|home| home.country),
        author: declared.author.or(cleaned.author),
        wire,
        entities,
        charset,
        captured: declared.captured,
        seen,
        quality: cleaned.quality,
        trace: cleaned.trace,
        warnings,
    })
}

/// An article that was made before, or what one is to be made of.
fn restored(raw: RawDocument) -> Result<Restored, Reject> {
    let (path, record) = (raw.locator.path(), Some(raw.locator.record));
    restore(raw).map_err(|(reason, detail)| Reject { path, record, reason, detail })
}

fn clean_as(
    text: &str,
    media: Media,
    recipe: &Recipe,
    site: Option<&str>,
    declared: &Declared,
) -> Cleaned {
    let template = recipe.templates.of(site);
    match (media, recipe.cleaning) {
        (Media::Html, Cleaning::Off) => clean::visible_text(text),
        (Media::Text, Cleaning::Off) => {
            Cleaned { body: text.trim().to_owned(), ..Cleaned::default() }
        }
        (Media::Html, _) => {
            let mut cleaned = clean::clean_html(text, declared.url.as_deref(), template);
            if recipe.cleaning == Cleaning::KeepAll && cleaned.body.is_empty() {
                cleaned.body = clean::visible_text(text).body;
                cleaned.warnings.push(ArticleWarning::NotCleaned);
            }
            cleaned
        }
        (Media::Text, _) if declared.title.is_some() => clean::clean_record(text),
        (Media::Text, _) => clean::clean_text(text, template),
    }
}

/// Why what is left of a page is no article, if it is none.
fn fault(kind: PageKind, cleaning: Cleaning, body: &str) -> Option<&'static str> {
    let refused = match kind {
        _ if cleaning != Cleaning::On => None,
        PageKind::Article => None,
        PageKind::Listing => Some("the page is a list of articles"),
        PageKind::Error => Some("the page says that there is nothing at its address"),
    };
    let is_empty = !body.contains(char::is_alphanumeric);
    refused.or(is_empty.then_some("nothing that could be an article is left after cleaning"))
}

/// What a story names, and the countries among that and of its publisher.
pub fn names(story: &Story<'_>, publisher: Option<Publisher<'_>>) -> (Vec<Entity>, Regions) {
    let words = entity::StoryWords::of(story);
    let mentions = entity::recognise_in(story, &words);
    let finder = RegionFinder { publisher, ..RegionFinder::default() };
    (entity::group(story, &mentions), finder.locate_in(&words, &mentions))
}

/// The headline that the record declares or the page shows.
fn title(declared: &Declared, cleaned: &mut Cleaned) -> Option<Title> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match declared.title.as_deref().map(one_line).filter(|title| !title.is_empty()) {
        Some(text) => Some(Title { text, source: TitleSource::Record }),
        None => cleaned.title.take(),
    }
}

/// The body without a first line that only repeats the headline, as many records have it.
fn without_headline<'a>(body: &'a str, title: Option<&Title>) -> &'a str {
    let body = body.trim();
    let Some(title) = title else { return body };
    match body.split_once('\n') {
        Some((first, rest)) if first.trim() == title.text => rest.trim_start(),
        _ => body,
    }
}

/// The dates of an article: what the record declares, the page offers, and its address and the head
/// of its text say. The time at which it was saved only bounds them.
fn dating(
    declared: &Declared,
    found: Clues,
    file_time: Option<DateTime<Utc>>,
    story: &Dated<'_>,
    warnings: &mut Vec<ArticleWarning>,
) -> Dating {
    let mut clues = Vec::with_capacity(found.found.len() + 3);
    clues.extend(declared.date.as_deref().map(|date| Clue::new(ClueKind::Declared, date, "date")));
    clues.extend(story.url.map(|url| Clue::new(ClueKind::Address, url, url)));
    clues.extend(found.found);
    clues.push(Clue::new(ClueKind::Dateline, story.body, "head of the text"));
    let tag = found.language.as_deref().or(declared.language.as_deref());
    let language = story.language.as_ref().map(Language::as_str);
    let order = DayOrder::of(tag.or(language), story.url.and_then(metadata::host));
    let bound = declared.captured.or(file_time.filter(is_file_time_meant));
    let dating = metadata::choose_date(
        &clues,
        Circumstances {
            conventions: Conventions { language, order },
            captured: declared.captured.map(|time| time.naive_utc()),
            // It may already be tomorrow at the publisher's place.
            latest: bound.and_then(|time| time.date_naive().succ_opt()),
        },
    );
    let is_read = dating.candidates.iter().any(|it| it.source == DateSource::Record);
    if declared.date.is_some() && !is_read {
        warnings.push(ArticleWarning::UnreadableDate);
    }
    dating
}

/// What of an article its date depends on.
struct Dated<'a> {
    url: Option<&'a str>,
    body: &'a str,
    language: Option<Language>,
}

/// Whether the time of a file says when it was written: archives made to be the same each time they
/// are made set all their files to one midnight, or to the start of a calendar.
fn is_file_time_meant(time: &DateTime<Utc>) -> bool {
    let is_midnight = time.timestamp().rem_euclid(86_400) == 0;
    !is_midnight && time.year() >= 1995
}
