//! An article to the engine's document.

use std::collections::HashMap;
use std::num::NonZeroU32;

use tantivy::TantivyDocument;
use tantivy::schema::Term;
use xxhash_rust::xxh3::xxh3_64;

use super::{BODY_GAP, FORM_GAP, Fields, TokenText, marks, order_of};
use crate::analysis::{Break, Breaks, Capitals, Form, Stems, capitals, fold, tokenize};
use crate::article::{ArticleId, EntityKind, Language, When};
use crate::metadata;
use crate::record::{self, ArticleRecord, EntityRecord};

/// How often a word of the title counts.
///
/// As the three values here it was chosen among a few round ones on the judged set (see
/// `docs/evaluation.md`), where 2 to 4, and leads of 20 to 30 words, come out alike.
const TITLE_WEIGHT: NonZeroU32 = NonZeroU32::new(3).expect("not zero");

/// How often a word of the lead counts.
const LEAD_WEIGHT: NonZeroU32 = NonZeroU32::new(2).expect("not zero");

/// How many words of the body are its lead: about one sentence of news.
const LEAD_WORDS: u32 = 25;

/// Makes documents; one for each thread, as it remembers stems.
#[derive(Debug)]
pub(crate) struct Documents {
    fields: Fields,
    stems: HashMap<Option<Language>, Stems>,
}

impl Documents {
    /// Makes documents with these fields.
    pub(crate) fn new(fields: Fields) -> Self {
        Self { fields, stems: HashMap::new() }
    }

    /// The document of `article`, which was read from the file at path `source`.
    pub(crate) fn document(&mut self, article: &ArticleRecord, source: &str) -> TantivyDocument {
        let fields = self.fields;
        let mut document = TantivyDocument::new();
        document.add_u64(fields.id, ArticleId::new(&article.path, article.record).0);
        document.add_u64(fields.source, source_key(source));
        add_history(&mut document, fields, article);
        self.add_text(&mut document, article);
        add_names(&mut document, fields, article);
        add_facts(&mut document, fields, article);
        add_date(&mut document, fields, article);
        // A record of strings and numbers always has a JSON form.
        let stored = serde_json::to_string(article).unwrap_or_default();
        document.add_text(fields.article, stored);
        document
    }

    /// Title and body, as stems and as words; the title by itself as well.
    fn add_text(&mut self, document: &mut TantivyDocument, article: &ArticleRecord) {
        let language = article.language.as_deref().and_then(Language::new);
        let stems = self.stems.entry(language).or_insert_with(|| Stems::new(language));
        let mut title = Layers::default();
        title.add(Part::Title, &article.title, stems);
        let mut text = title.clone().counted(TITLE_WEIGHT);
        let length = text.add(Part::Body, &article.body, stems);
        document.add_u64(self.fields.length, length.into());
        document.add_text(self.fields.title, title.stems.into_text());
        document.add_text(self.fields.title_word, title.words.into_text());
        document.add_text(self.fields.text, text.stems.into_text());
        document.add_text(self.fields.text_word, text.words.into_text());
        add_nonempty(document, self.fields.marks, text.marks.into_text());
    }
}

/// The same tokens as stems and as words, and what is marked of them.
#[derive(Clone, Debug, Default)]
struct Layers {
    stems: TokenText,
    words: TokenText,
    marks: TokenText,
}

/// What a text is to its article.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Part {
    /// At the beginning; without paragraphs.
    Title,
    /// Behind the title, at some distance.
    Body,
}

impl Layers {
    /// The same, with the words counted `times` times.
    fn counted(self, times: NonZeroU32) -> Self {
        let Self { stems, words, marks } = self;
        Self { stems: stems.counted(times), words: words.counted(times), marks }
    }

    /// Adds a text behind what is there; the first words of a body count as the lead. Gives the
    /// number of its words.
    fn add(&mut self, part: Part, text: &str, stems: &mut Stems) -> u32 {
        let first_position = match part {
            Part::Title => 0,
            Part::Body => self.words.next_position() + BODY_GAP,
        };
        let mut breaks = Breaks::new(text);
        let mut begins = None;
        tokenize(text, |token| {
            let found = breaks.before(&token);
            begins = if begins == Some(Break::Paragraph) { begins } else { found.or(begins) };
            let position = first_position + token.position;
            let word = fold(token.term);
            // Folding may leave nothing of a token that is all marks.
            if word.is_empty() {
                return;
            }
            if part == Part::Body {
                let is_lead = token.position < LEAD_WORDS;
                let times = if is_lead { LEAD_WEIGHT } else { NonZeroU32::MIN };
                self.stems.count_each(times);
                self.words.count_each(times);
            }
            match token.form {
                Form::Word => self.stems.push(position, stems.stem(token.term)),
                Form::Plain | Form::Second => self.stems.push(position, &word),
            }
            self.words.push(position, &word);
            match (begins.take(), part) {
                (Some(Break::Paragraph), Part::Body) => {
                    self.marks.push(position, marks::PARAGRAPH);
                }
                (Some(_), _) if position > 0 => self.marks.push(position, marks::SENTENCE),
                _ => {}
            }
            match capitals(token.term) {
                _ if token.form == Form::Second => {}
                Capitals::None => {}
                Capitals::Some => self.marks.push(position, marks::SOME_CAPITALS),
                Capitals::All => self.marks.push(position, marks::ALL_CAPITALS),
            }
        })
    }
}

/// The number by which all articles of one file are found.
pub(crate) fn source_key(path: &str) -> u64 {
    xxh3_64(path.as_bytes())
}

/// The entities of an article with their kinds.
fn entities(article: &ArticleRecord) -> impl Iterator<Item = (EntityKind, &EntityRecord)> {
    let entities = article.entities.iter();
    entities.filter_map(|entity| Some((EntityKind::from_name(&entity.kind)?, entity)))
}

/// By which other texts of the article are found, and when this one and the first were seen.
fn add_history(document: &mut TantivyDocument, fields: Fields, article: &ArticleRecord) {
    if let Some(identity) = identity(article) {
        document.add_u64(fields.identity, identity);
    }
    for (field, time) in [(fields.seen, &article.seen), (fields.first_seen, &article.first_seen)] {
        if let Some(seconds) = record::seconds(time.as_deref()) {
            document.add_i64(field, seconds);
        }
    }
}

/// The number by which the texts of one article are found, wherever they were fetched from; `None`
/// where no address says which article it is.
pub(crate) fn identity(article: &ArticleRecord) -> Option<u64> {
    let mut stated = article.canonical.iter().chain(&article.url);
    stated.find_map(|url| identity_of(url))
}

/// The number by which the article at an address is found.
pub(crate) fn identity_of(url: &str) -> Option<u64> {
    Some(xxh3_64(metadata::url_identity(url)?.as_bytes()))
}

/// The names of entities, and every form: as a whole, and its words as a phrase.
fn add_names(document: &mut TantivyDocument, fields: Fields, article: &ArticleRecord) {
    let mut words: [TokenText; 3] = Default::default();
    for (kind, entity) in entities(article) {
        let of_kind = fields.entity(kind);
        document.add_text(of_kind.name, &entity.name);
        for form in &entity.forms {
            document.add_text(of_kind.form, form);
            add_phrase(&mut words[kind as usize], form);
        }
    }
    for (kind, text) in EntityKind::ALL.iter().zip(words) {
        add_nonempty(document, fields.entity(*kind).words, text.into_text());
    }
}

/// The folded words of `phrase`, apart from what stands before it.
fn add_phrase(text: &mut TokenText, phrase: &str) {
    let first = match text.next_position() {
        0 => 0,
        next => next + FORM_GAP,
    };
    tokenize(phrase, |token| {
        let word = fold(token.term);
        if !word.is_empty() {
            text.push(first + token.position, &word);
        }
    });
}

fn add_facts(document: &mut TantivyDocument, fields: Fields, article: &ArticleRecord) {
    for code in &article.about {
        document.add_text(fields.about, code);
    }
    for code in &article.countries {
        document.add_text(fields.countries, code);
    }
    for tag in article.tag.iter().flat_map(|tag| tags(tag)) {
        add_nonempty(document, fields.tag, tag.to_owned());
    }
    for (field, value) in [(fields.publisher, &article.publisher), (fields.author, &article.author)]
    {
        add_nonempty(document, field, value.clone().unwrap_or_default());
    }
    for (field, value) in
        [(fields.publisher_name, &article.publisher), (fields.author_name, &article.author)]
    {
        let mut text = TokenText::default();
        add_phrase(&mut text, value.as_deref().unwrap_or_default());
        add_nonempty(document, field, text.into_text());
    }
    if let Some(wire) = &article.wire {
        document.add_text(fields.wire, wire);
    }
    if let Some(language) = &article.language {
        document.add_text(fields.lang, language);
    }
    if let Some(url) = &article.url {
        add_nonempty(document, fields.url, url_key(url));
    }
    document.add_text(fields.path, &article.path);
}

/// The tags in a value: a source that files an article under several lists them.
fn tags(tag: &str) -> impl Iterator<Item = &str> {
    tag.split([',', ';', '|']).map(str::trim)
}

fn add_nonempty(document: &mut TantivyDocument, field: tantivy::schema::Field, text: String) {
    if !text.is_empty() {
        document.add_text(field, text);
    }
}

/// The first and last second that the date covers, as on the publisher's own clock: a reader who
/// asks for a day means the day that the paper bore. In seconds since 1970.
pub(crate) fn published(article: &ArticleRecord) -> Option<(i64, i64)> {
    Some(match article.date.as_deref()?.parse().ok()? {
        When::Second(time, _) => (time.and_utc().timestamp(), time.and_utc().timestamp()),
        when => (first_second(when.first_day()), last_second(when.last_day())),
    })
}

/// The date, and what it rests on.
fn add_date(document: &mut TantivyDocument, fields: Fields, article: &ArticleRecord) {
    let dates = published(article);
    document.add_i64(fields.order, order_of(dates.map(|(first, _)| first)));
    let Some((first, last)) = dates else { return };
    document.add_i64(fields.published, first);
    document.add_i64(fields.published_last, last);
    document.add_text(fields.date_source, article.date_source.as_deref().unwrap_or_default());
    if let Some(confidence) = article.date_confidence {
        document.add_u64(fields.date_confidence, confidence.into());
    }
}

/// The first second of a day, in seconds since 1970.
pub(crate) fn first_second(day: chrono::NaiveDate) -> i64 {
    day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()
}

/// The last second of a day, in seconds since 1970.
pub(crate) fn last_second(day: chrono::NaiveDate) -> i64 {
    first_second(day) + 86_399
}

/// The term by which articles at exactly this address are found.
pub(crate) fn url_term(fields: Fields, url: &str) -> Term {
    Term::from_field_text(fields.url, &fold(&url_key(url)))
}

/// An address without what does not matter when it is compared: scheme, `www.`, fragment and a
/// slash at the end.
pub(crate) fn url_key(url: &str) -> String {
    let address = url.split_once("://").map_or(url, |(_, address)| address);
    let address = address.strip_prefix("www.").unwrap_or(address);
    let address = address.split('#').next().unwrap_or_default();
    address.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_compared_without_scheme_and_fragment() {
        for (url, key) in [
            ("https://www.osce.org/odihr/", "osce.org/odihr"),
            ("http://osce.org/a?x=1#top", "osce.org/a?x=1"),
            ("osce.org", "osce.org"),
        ] {
            assert_eq!(url_key(url), key);
        }
    }

    #[test]
    fn title_and_body_stand_apart_in_both_layers() {
        let mut layers = Layers::default();
        let mut stems = Stems::new(Language::new("en"));
        layers.add(Part::Title, "Elections held", &mut stems);
        layers.add(Part::Body, "The OSCE’s observers", &mut stems);
        let [stems, words] = [layers.stems, layers.words].map(TokenText::into_text);
        assert_eq!(stems, " elect held ^2 +64 the osc|o.s.c.e observ");
        assert_eq!(words, " elections held ^2 +64 the osce|o.s.c.e observers");
        assert_eq!(layers.marks.into_text(), " c +65 p|c a");
    }

    #[test]
    fn words_of_title_and_lead_count_more() {
        let mut title = Layers::default();
        let mut stems = Stems::new(None);
        title.add(Part::Title, "Polls open", &mut stems);
        let mut text = title.counted(TITLE_WEIGHT);
        text.add(Part::Body, &format!("{}and more", "a ".repeat(25)), &mut stems);
        let words = text.words.into_text();
        assert_eq!(words, format!(" ^3 polls open ^2 +64{} ^1 and more", " a".repeat(25)));
    }

    #[test]
    fn marks_stand_where_sentences_and_paragraphs_begin_and_at_capitals() {
        let mut layers = Layers::default();
        let mut stems = Stems::new(None);
        layers.add(Part::Title, "wait! Polls close", &mut stems);
        assert_eq!(layers.add(Part::Body, "one two. Three\nfour. FIVE", &mut stems), 5);
        assert_eq!(layers.marks.into_text(), " +1 s|c +65 p +1 s|c p s|a");
    }
}
