//! The article as JSON, version 1: what `extract` prints, what the index stores, what a hit shows.
//!
//! One form serves all three, so they cannot disagree. Names and meanings are a contract: later
//! versions add fields and never rename or remove one.

mod brief;

use std::ops::Range;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::article::{
    Article, CountryCode, DateCandidate, Entity, Language, RegionClue, RegionEvidence, Traced,
};

/// The version of the form, its field `v`.
pub const RECORD_VERSION: u32 = 1;

/// What a record with a seal begins with, so that it is known before it is parsed.
pub(crate) const SEALED: &str = r#"{"v":1,"seal":""#;

/// An [`Article`] as it is written for others. Fields are in the order in which they are printed.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is the one of the same name in `Article`")]
pub struct ArticleRecord {
    pub v: u32,
    /// See [`ArticleRecord::with_seal`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<String>,
    pub id: String,
    pub source_id: Option<String>,
    pub path: String,
    pub record: u32,
    pub offset: u64,
    pub sha256: String,
    pub url: Option<String>,
    #[serde(default)]
    pub canonical: Option<String>,
    pub title: String,
    pub title_source: String,
    pub body: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    pub tag: Option<String>,
    #[serde(default)]
    pub section: Option<String>,
    pub about: Vec<String>,
    pub countries: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<RegionRecord>,
    pub date: Option<String>,
    pub date_precision: Option<String>,
    pub date_source: Option<String>,
    /// Percent.
    pub date_confidence: Option<u8>,
    #[serde(default)]
    pub modified: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<DateRecord>,
    pub language: Option<String>,
    /// Percent.
    #[serde(default)]
    pub language_confidence: Option<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<LanguageRecord>,
    #[serde(default)]
    pub script: Option<String>,
    pub publisher: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher_country: Option<String>,
    pub author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wire: Option<String>,
    pub entities: Vec<EntityRecord>,
    pub charset: String,
    /// RFC 3339, in UTC.
    #[serde(default)]
    pub captured: Option<String>,
    #[serde(default)]
    pub seen: Option<String>,
    /// When the first text of this article was seen that the index knows of; in the form of `seen`.
    #[serde(default)]
    pub first_seen: Option<String>,
    /// Percent.
    #[serde(default)]
    pub quality: u8,
    /// What was taken off the page; only where it was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<RemovedRecord>,
    pub warnings: Vec<String>,
}

/// A language of an article in several, as it is written for others.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LanguageRecord {
    /// Its code.
    pub language: String,
    /// Its share of the body, in percent.
    pub percent: u8,
}

/// A [`DateCandidate`] as it is written for others.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is the one of the same name in `DateCandidate`")]
pub struct DateRecord {
    pub date: String,
    pub source: String,
    pub evidence: String,
    pub confidence: u8,
    pub outcome: String,
}

/// A [`RegionEvidence`] as it is written for others.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is the one of the same name in `RegionEvidence`")]
pub struct RegionRecord {
    pub country: String,
    /// To two places.
    pub weight: f64,
    pub clues: Vec<RegionClueRecord>,
}

/// A [`RegionClue`] as it is written for others.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is the one of the same name in `RegionClue`")]
pub struct RegionClueRecord {
    pub kind: String,
    pub words: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
    /// Only where it is more than one.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub count: u32,
    /// To two places.
    pub weight: f64,
}

fn once() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_once(count: &u32) -> bool {
    *count == 1
}

/// A piece that was taken off, as it is written for others.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is the one of the same name in `Removed`")]
pub struct RemovedRecord {
    pub reason: String,
    pub text: String,
}

/// An [`Entity`] as it is written for others.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is the one of the same name in `Entity`")]
pub struct EntityRecord {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub count: u32,
    pub forms: Vec<String>,
    /// Pairs of first byte and the byte behind the last, in the body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<(usize, usize)>,
    /// The same in the headline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title_mentions: Vec<(usize, usize)>,
}

/// How much of a stored record is read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Detail {
    /// All of it.
    #[default]
    Whole,
    /// What lists of hits show: ids, path and record, title, body, region, date, language, publisher
    /// and address. All else is empty.
    Brief,
}

impl From<&Article> for ArticleRecord {
    fn from(article: &Article) -> Self {
        let codes = |codes: &[CountryCode]| codes.iter().map(ToString::to_string).collect();
        let published = article.published.as_ref();
        Self {
            v: RECORD_VERSION,
            seal: None,
            id: article.id.to_string(),
            source_id: article.source_id.clone(),
            path: article.locator.path(),
            record: article.locator.record,
            offset: article.locator.offset,
            sha256: article.locator.sha256.to_string(),
            url: article.url.clone(),
            canonical: article.canonical.clone(),
            title: article.title.text.clone(),
            title_source: article.title.source.to_string(),
            body: article.body.clone(),
            description: article.description.clone(),
            keywords: article.keywords.clone(),
            tag: article.tag.clone(),
            section: article.section.clone(),
            about: codes(&article.regions.about),
            countries: codes(&article.regions.countries),
            regions: article.regions.evidence.iter().map(RegionRecord::from).collect(),
            date: published.map(|published| published.when.to_string()),
            date_precision: published.map(|published| published.when.precision().to_owned()),
            date_source: published.map(|published| published.source.to_string()),
            date_confidence: published.map(|published| published.confidence),
            modified: article.modified.map(|when| when.to_string()),
            dates: article.dates.iter().map(DateRecord::from).collect(),
            language: article.language.map(|language| language.to_string()),
            language_confidence: article.language_confidence,
            languages: article.languages.iter().map(LanguageRecord::from).collect(),
            script: article.script.map(str::to_owned),
            publisher: article.publisher.clone(),
            publisher_country: article.publisher_country.map(|code| code.to_string()),
            author: article.author.clone(),
            wire: article.wire.map(str::to_owned),
            entities: article.entities.iter().map(EntityRecord::from).collect(),
            charset: article.charset.to_owned(),
            captured: article.captured.map(written),
            seen: article.seen.map(written),
            first_seen: article.seen.map(written),
            quality: article.quality,
            removed: Vec::new(),
            warnings: article.warnings.iter().map(ToString::to_string).collect(),
        }
    }
}

/// A moment as it is written in records: RFC 3339, in UTC, to the second.
fn written(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A moment back from how it is written in records.
pub(crate) fn moment(written: Option<&str>) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(written?).ok()?.to_utc())
}

/// Seconds since 1970 of a moment as it is written in records.
pub(crate) fn seconds(written: Option<&str>) -> Option<i64> {
    Some(moment(written)?.timestamp())
}

/// How `seconds` since 1970 are written in records.
pub(crate) fn written_seconds(seconds: i64) -> Option<String> {
    DateTime::from_timestamp(seconds, 0).map(written)
}

impl ArticleRecord {
    /// Reads a record from JSON; `None` where that is none.
    pub(crate) fn from_json(json: &str, detail: Detail) -> Option<Self> {
        match detail {
            Detail::Whole => serde_json::from_str(json).ok(),
            Detail::Brief => brief::read(json),
        }
    }

    /// Title and body of the record in `json`, read without the rest; `None` where that is none.
    pub(crate) fn text_from_json(json: &str) -> Option<(String, String)> {
        brief::text(json)
    }

    /// The record with a seal: a digest of title and body and of the version that has cleaned them
    /// and found language, names and countries in them. Where it is whole, all that is taken as it
    /// stands and not found again; what else the record says may have been changed by hand.
    #[must_use]
    pub fn with_seal(mut self) -> Self {
        self.seal = Some(self.seal_of_text());
        self
    }

    /// Whether it has a seal that is whole and of this version.
    pub(crate) fn is_sealed(&self) -> bool {
        self.v == RECORD_VERSION && self.seal.as_ref() == Some(&self.seal_of_text())
    }

    fn seal_of_text(&self) -> String {
        let mut digest = Xxh3::new();
        for part in [env!("CARGO_PKG_VERSION"), &self.title, &self.body] {
            digest.update(part.as_bytes());
            digest.update(&[0]);
        }
        format!("{:016x}", digest.digest())
    }

    /// The record with what was taken off the page of `article`.
    #[must_use]
    pub fn with_removed(mut self, article: &Article) -> Self {
        self.removed = article.trace.iter().filter_map(RemovedRecord::of).collect();
        self
    }
}

impl From<&(Language, u8)> for LanguageRecord {
    fn from((language, percent): &(Language, u8)) -> Self {
        Self { language: language.to_string(), percent: *percent }
    }
}

impl From<&DateCandidate> for DateRecord {
    fn from(candidate: &DateCandidate) -> Self {
        Self {
            date: candidate.when.to_string(),
            source: candidate.source.to_string(),
            evidence: candidate.evidence.clone(),
            confidence: candidate.confidence,
            outcome: candidate.outcome.to_string(),
        }
    }
}

impl From<&RegionEvidence> for RegionRecord {
    fn from(evidence: &RegionEvidence) -> Self {
        Self {
            country: evidence.country.to_string(),
            weight: to_two_places(evidence.weight),
            clues: evidence.clues.iter().map(RegionClueRecord::from).collect(),
        }
    }
}

impl From<&RegionClue> for RegionClueRecord {
    fn from(clue: &RegionClue) -> Self {
        Self {
            kind: clue.kind.to_string(),
            words: clue.words.clone(),
            part: clue.place.map(|place| place.part.to_string()),
            at: clue.place.map(|place| place.at),
            count: clue.place.map_or(1, |place| place.count),
            weight: to_two_places(clue.weight),
        }
    }
}

fn to_two_places(weight: f64) -> f64 {
    (100.0 * weight).round() / 100.0
}

impl RemovedRecord {
    fn of(piece: &Traced) -> Option<Self> {
        let (reason, text) = piece.removed()?;
        Some(Self { reason: reason.to_owned(), text: text.to_owned() })
    }
}

impl From<&Entity> for EntityRecord {
    fn from(entity: &Entity) -> Self {
        let pairs = |ranges: &[Range<usize>]| ranges.iter().map(|it| (it.start, it.end)).collect();
        Self {
            name: entity.name.clone(),
            kind: entity.kind.to_string(),
            count: entity.count,
            forms: entity.forms.clone(),
            mentions: pairs(&entity.mentions),
            title_mentions: pairs(&entity.title_mentions),
        }
    }
}
