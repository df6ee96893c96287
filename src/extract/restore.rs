//! Takes articles back from records that were made before.
//!
//! Cleaning and finding names is most of the work; a machine that did it for a part of an archive
//! need not have done it in vain. What its records say stands for where they lie now.

use encoding_rs::Encoding;

use crate::article::{
    Article, ArticleId, ArticleWarning, CluePart, CluePlace, CountryCode, DateCandidate,
    DateOutcome, DateSource, Entity, EntityKind, Language, Locator, Published, RegionClue,
    RegionClueKind, RegionEvidence, Regions, Title, TitleSource, When,
};
use crate::clean;
use crate::metadata;
use crate::record::{
    self, ArticleRecord, DateRecord, EntityRecord, RegionClueRecord, RegionRecord,
};
use crate::reject::RejectReason;
use crate::source::{Content, Declared, RawDocument};

/// What a document gives. One is made and taken apart for each, so its size does not matter.
#[expect(clippy::large_enum_variant, reason = "a move costs less than an allocation")]
pub(super) enum Restored {
    /// The article of its record.
    Article(Article),
    /// A text that an article is still to be made of: there is no such record, its text is no longer
    /// the one that was sealed, or another version sealed it.
    Text(RawDocument),
}

/// The article in the record that `raw` holds, if it holds one. An error says what is wrong with it.
pub(super) fn restore(raw: RawDocument) -> Result<Restored, (RejectReason, String)> {
    let Content::Record(json) = &raw.content else { return Ok(Restored::Text(raw)) };
    let record: ArticleRecord = serde_json::from_str(json).map_err(|error| {
        let is_json = error.is_data();
        let reason = if is_json { RejectReason::BadRecord } else { RejectReason::BadJson };
        (reason, format!("the record is not one that dateline makes: {error}"))
    })?;
    if !record.is_sealed() {
        return Ok(Restored::Text(as_text(record, raw)));
    }
    let RawDocument { locator, warnings, .. } = raw;
    let article =
        article(record, locator, warnings).map_err(|detail| (RejectReason::BadRecord, detail))?;
    Ok(Restored::Article(article))
}

/// The record as one that someone else made.
fn as_text(record: ArticleRecord, raw: RawDocument) -> RawDocument {
    let stated = record.title_source != TitleSource::FirstSentence.name();
    RawDocument {
        source_id: record.source_id.or(Some(record.id)),
        content: Content::Decoded(record.body),
        declared: Declared {
            title: stated.then_some(record.title),
            date: record.date,
            tag: record.tag,
            url: record.url,
            language: record.language,
            author: record.author,
            publisher: record.publisher,
            captured: record::moment(record.captured.as_deref()),
        },
        ..raw
    }
}

fn article(
    record: ArticleRecord,
    locator: Locator,
    mut warnings: Vec<ArticleWarning>,
) -> Result<Article, String> {
    let source = TitleSource::from_name(&record.title_source)
        .ok_or_else(|| unknown("title_source", &record.title_source))?;
    let known = record.warnings.iter().filter_map(|name| ArticleWarning::from_name(name));
    warnings.extend(known);
    warnings.sort_unstable();
    warnings.dedup();
    let named = |it| entity(it, &record.title, &record.body);
    let entities = record.entities.into_iter().map(named).collect::<Result<_, _>>()?;
    Ok(Article {
        id: ArticleId::new(&locator.path(), locator.record),
        source_id: record.source_id.or(Some(record.id)),
        locator,
        url: record.url,
        canonical: record.canonical,
        title: Title { text: record.title, source },
        body: record.body,
        description: record.description,
        keywords: record.keywords,
        tag: record.tag,
        section: record.section,
        regions: Regions {
            about: codes("about", &record.about)?,
            countries: codes("countries", &record.countries)?,
            evidence: record.regions.into_iter().map(evidence).collect::<Result<_, _>>()?,
        },
        published: published(
            record.date.as_deref(),
            record.date_source.as_deref(),
            record.date_confidence,
        )?,
        modified: record.modified.as_deref().map(|text| when("modified", text)).transpose()?,
        dates: record.dates.into_iter().map(candidate).collect::<Result<_, _>>()?,
        language: record.language.as_deref().and_then(Language::new),
        language_confidence: record.language_confidence,
        languages: record
            .languages
            .iter()
            .filter_map(|part| Some((Language::new(&part.language)?, part.percent)))
            .collect(),
        script: record.script.as_deref().and_then(metadata::script_by_code),
        publisher: record.publisher,
        publisher_country: record.publisher_country.as_deref().and_then(CountryCode::new),
        author: record.author,
        wire: record.wire.as_deref().and_then(metadata::agency_by_name),
        entities,
        charset: Encoding::for_label(record.charset.as_bytes()).map_or("utf-8", clean::label),
        captured: record::moment(record.captured.as_deref()),
        seen: record::moment(record.seen.as_deref()),
        quality: record.quality,
        trace: Vec::new(),
        warnings,
    })
}

fn unknown(field: &str, value: &str) -> String {
    format!("`{value}` is nothing that `{field}` of a record can be")
}

fn when(field: &str, text: &str) -> Result<When, String> {
    text.parse().map_err(|_| unknown(field, text))
}

fn date_source(text: &str) -> Result<DateSource, String> {
    DateSource::from_name(text).ok_or_else(|| unknown("date_source", text))
}

/// A date that was put in by hand needs no source: whoever did it is the source.
fn published(
    date: Option<&str>,
    source: Option<&str>,
    confidence: Option<u8>,
) -> Result<Option<Published>, String> {
    let Some(date) = date else { return Ok(None) };
    let source = source.map_or(Ok(DateSource::Caller), date_source)?;
    let confidence = confidence.unwrap_or(100).min(100);
    Ok(Some(Published { when: when("date", date)?, source, confidence }))
}

fn candidate(record: DateRecord) -> Result<DateCandidate, String> {
    Ok(DateCandidate {
        when: when("dates", &record.date)?,
        source: date_source(&record.source)?,
        evidence: record.evidence,
        confidence: record.confidence,
        outcome: DateOutcome::from_name(&record.outcome)
            .ok_or_else(|| unknown("dates", &record.outcome))?,
    })
}

fn entity(record: EntityRecord, title: &str, body: &str) -> Result<Entity, String> {
    let kind =
        EntityKind::from_name(&record.kind).ok_or_else(|| unknown("entities", &record.kind))?;
    // They are written by hand at times, and are only offered to be shown.
    let ranges = |pairs: Vec<(usize, usize)>, text: &str| {
        let ranges = pairs.into_iter().map(|(start, end)| start..end);
        ranges.filter(|range| text.get(range.clone()).is_some()).collect()
    };
    Ok(Entity {
        name: record.name,
        kind,
        count: record.count,
        forms: record.forms,
        mentions: ranges(record.mentions, body),
        title_mentions: ranges(record.title_mentions, title),
    })
}

fn code(field: &str, text: &str) -> Result<CountryCode, String> {
    CountryCode::new(text).ok_or_else(|| unknown(field, text))
}

fn codes(field: &str, codes: &[String]) -> Result<Vec<CountryCode>, String> {
    codes.iter().map(|text| code(field, text)).collect()
}

fn evidence(record: RegionRecord) -> Result<RegionEvidence, String> {
    Ok(RegionEvidence {
        country: code("regions", &record.country)?,
        weight: record.weight,
        clues: record.clues.into_iter().map(clue).collect::<Result<_, _>>()?,
    })
}

fn clue(record: RegionClueRecord) -> Result<RegionClue, String> {
    let part = |name: &String| CluePart::from_name(name).ok_or_else(|| unknown("regions", name));
    let part = record.part.as_ref().map(part).transpose()?;
    let place = part.zip(record.at).map(|(part, at)| CluePlace { part, at, count: record.count });
    let kind =
        RegionClueKind::from_name(&record.kind).ok_or_else(|| unknown("regions", &record.kind))?;
    Ok(RegionClue { kind, words: record.words, place, weight: record.weight })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Sha256;
    use crate::extract::{Recipe, extract};
    use crate::reject::Reject;
    use crate::source::Media;

    const PAGE: &str = "<html lang=en><head><title>Harbour opens</title><meta name=author \
        content=\"Ana Brook\"><meta property=article:published_time content=2021-05-03T10:00:00Z>\
        </head><body><h1>Harbour opens</h1><p>LISBON (Reuters) - The harbour of Lisbon opened on \
        Monday after a strike of its dockers, which had kept forty ships waiting at sea for nine \
        days.</p><p>\"We are glad that it is over,\" said Maria Alves, the head of the Dockers \
        Federation of Portugal (DFP). The DFP and the port agreed on higher wages.</p></body>";

    fn raw(media: Media, content: Content, declared: Declared) -> RawDocument {
        RawDocument {
            locator: Locator {
                source: "a.jsonl".into(),
                member: String::new(),
                record: 3,
                offset: 0,
                sha256: Sha256([0; 32]),
                modified: None,
            },
            source_id: None,
            media,
            content,
            charset: None,
            declared,
            warnings: Vec::new(),
        }
    }

    fn made() -> ArticleRecord {
        let declared = Declared { tag: Some("Spain".into()), ..Declared::default() };
        let page = Content::Decoded(PAGE.into());
        let article = extract(raw(Media::Html, page, declared), &Recipe::default());
        ArticleRecord::from(&article.expect("an article")).with_seal()
    }

    fn read(json: String) -> Result<ArticleRecord, Reject> {
        let raw = raw(Media::Text, Content::Record(json), Declared::default());
        extract(raw, &Recipe::default()).map(|article| ArticleRecord::from(&article))
    }

    fn again(record: &ArticleRecord) -> ArticleRecord {
        read(serde_json::to_string(record).expect("JSON")).expect("an article")
    }

    #[test]
    fn a_sealed_record_is_taken_as_it_stands() {
        let made = made();
        assert!(!made.entities.is_empty() && !made.dates.is_empty() && made.wire.is_some());
        let again = again(&made).with_seal();
        assert_eq!(again, ArticleRecord { source_id: Some(made.id.clone()), ..made });
    }

    #[test]
    fn what_was_changed_beside_the_text_stays_changed() {
        let mut made = made();
        made.date = Some("2020-01-02".into());
        (made.date_source, made.date_confidence) = (None, None);
        made.entities.retain(|entity| entity.kind == "org");
        let again = again(&made);
        assert_eq!(again.date.as_deref(), Some("2020-01-02"));
        assert_eq!(again.date_source.as_deref(), Some("caller"));
        assert_eq!(again.entities, made.entities);
    }

    #[test]
    fn another_text_is_looked_into_anew() {
        let mut made = made();
        made.body = made.body.replace("Maria Alves", "Rita Moura");
        let again = again(&made);
        let names: Vec<_> = again.entities.iter().map(|entity| entity.name.as_str()).collect();
        assert!(names.contains(&"Rita Moura") && !names.contains(&"Maria Alves"), "{names:?}");
        assert_eq!((again.title.as_str(), again.tag.as_deref()), ("Harbour opens", Some("Spain")));
        assert_eq!(again.date.as_deref(), Some("2021-05-03T10:00:00Z"));
    }

    #[test]
    fn a_broken_record_is_rejected_with_what_is_wrong() {
        use RejectReason::{BadJson, BadRecord};
        let whole = serde_json::to_string(&made()).expect("JSON");
        for (from, to, reason, said) in [
            (r#""about":["#, r#""about":["Spain","#, BadRecord, "`Spain` is nothing that `about`"),
            (r#""type":"person""#, r#""type":"ghost""#, BadRecord, "`ghost` is nothing"),
            (r#""record":3"#, r#""record":"x""#, BadRecord, "not one that dateline makes"),
            (r#""record":3"#, r#""record""#, BadJson, "not one that dateline makes"),
        ] {
            let json = whole.replacen(from, to, 1);
            let reject = read(json).expect_err(said);
            assert_eq!(reject.reason, reason);
            assert!(reject.detail.contains(said), "{}", reject.detail);
        }
    }
}
