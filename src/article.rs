//! The shared nouns: an article, where it came from, when it was published, and what it names.
//!
//! Every stage speaks of these. They are plain values: nothing here reads a file, knows a clock
//! or depends on the search engine. What is written for others (JSON, the stored document) has
//! its own form in [`crate::record`], so that a rename here breaks nobody.

mod regions;

pub use regions::{
    CluePart, CluePlace, CountryCode, RegionClue, RegionClueKind, RegionEvidence, Regions,
};

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};

/// One news story after cleaning, with all that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Lasting identity, made from where the article came from.
    pub id: ArticleId,
    /// The record's own id, where the source gives one.
    pub source_id: Option<String>,
    /// The bytes that the article was made from.
    pub locator: Locator,
    /// Address that the page was saved from, as the source states it.
    pub url: Option<String>,
    /// Address that the page itself says it is to be known by, where that is another.
    pub canonical: Option<String>,
    /// Headline, or one made from the first sentence.
    pub title: Title,
    /// The story: paragraphs separated by one newline, no headline, no furniture of the page.
    pub body: String,
    /// What the publisher says the story is, in a sentence or two.
    pub description: Option<String>,
    /// Keywords that the publisher gave it.
    pub keywords: Vec<String>,
    /// Region tag that the source itself filed the article under, spelled as it stands there.
    pub tag: Option<String>,
    /// Section of the site that the article stood in.
    pub section: Option<String>,
    /// Countries found in the text.
    pub regions: Regions,
    /// Publication date; `None` where the source gives no evidence of one.
    pub published: Option<Published>,
    /// When the publisher last changed it, where that is stated; never its publication date.
    pub modified: Option<When>,
    /// Every date that was found for it and what became of each, the chosen one first.
    pub dates: Vec<DateCandidate>,
    /// Language of the body; `None` where it is too short or too mixed to say.
    pub language: Option<Language>,
    /// How sure the language is, in percent; `None` where nothing was detected.
    pub language_confidence: Option<u8>,
    /// The languages that substantial parts of the body are in and their share of it in percent, the
    /// greatest first; empty where there is only one.
    pub languages: Vec<(Language, u8)>,
    /// ISO 15924 code of the script that most letters of the body are of.
    pub script: Option<&'static str>,
    /// Newspaper, agency or site.
    pub publisher: Option<String>,
    /// The country that the publisher is at home in, where that is known.
    pub publisher_country: Option<CountryCode>,
    /// Who wrote it: names of people, joined by `, `; as it stands where the record declares it.
    pub author: Option<String>,
    /// The news agency that the story is credited to, by its usual name.
    pub wire: Option<&'static str>,
    /// People, organisations and places named, most often named first.
    pub entities: Vec<Entity>,
    /// Character encoding that the bytes were read as (WHATWG label, lower case).
    pub charset: &'static str,
    /// When the page was saved, where the archive says so; never the date of publication.
    pub captured: Option<DateTime<Utc>>,
    /// When this text was fetched, as far as that is known: the capture, or else the time of the
    /// last change of the file.
    pub seen: Option<DateTime<Utc>>,
    /// How much what was found reads like a whole article, in percent.
    pub quality: u8,
    /// What became of each piece of the page, in its order; empty where nothing was to be decided.
    pub trace: Vec<Traced>,
    /// What a reader should know before trusting this article.
    pub warnings: Vec<ArticleWarning>,
}

/// What became of one piece of a page.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Traced {
    /// Why it was taken off: a stable word such as `headline-list`, `appeal`, `counter`; `None` if it
    /// is part of the story.
    pub reason: Option<&'static str>,
    /// How likely it seemed to be part of the story, in percent, where that was weighed.
    pub chance: Option<u8>,
    /// The text as it stood.
    pub text: String,
}

impl Traced {
    /// What was taken off, and why.
    pub fn removed(&self) -> Option<(&'static str, &str)> {
        Some((self.reason?, &self.text))
    }
}

/// Identifies an article across rebuilds: a hash of where it came from, not of what it says,
/// so a corrected file replaces its article instead of adding a second one.
///
/// Written as 13 characters of Crockford's base 32 in lower case, which has no `i`, `l`, `o` or
/// `u` to be misread. Two of ten million articles share an id with a probability of about
/// 3 in a million.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ArticleId(pub u64);

const CROCKFORD: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Characters in a written [`ArticleId`].
pub const ID_LENGTH: usize = 13;

impl ArticleId {
    /// The id of the article made from record `record` of the file at corpus path `path`.
    pub fn new(path: &str, record: u32) -> Self {
        let mut key = Vec::with_capacity(path.len() + 5);
        key.extend_from_slice(path.as_bytes());
        key.push(0);
        key.extend_from_slice(&record.to_be_bytes());
        Self(xxhash_rust::xxh3::xxh3_64(&key))
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; ID_LENGTH];
        for (place, byte) in text.iter_mut().enumerate() {
            let shift = 5 * (ID_LENGTH - 1 - place);
            *byte = CROCKFORD[usize::try_from(self.0 >> shift & 31).unwrap_or_default()];
        }
        f.pad(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl FromStr for ArticleId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if text.len() != ID_LENGTH {
            return Err(NotAnId);
        }
        text.bytes()
            .try_fold(0_u64, |id, byte| {
                let digit = CROCKFORD.iter().position(|&c| c == byte.to_ascii_lowercase());
                let digit = u64::try_from(digit.ok_or(NotAnId)?).unwrap_or_default();
                Ok(id.checked_mul(32).ok_or(NotAnId)? | digit)
            })
            .map(Self)
    }
}

/// The text is not an article id.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("not an article id")]
pub struct NotAnId;

/// Where an article's bytes lie, exactly enough to fetch them again and prove they are the same.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Locator {
    /// Path of the file on the disk, as it was given, with `/` between its parts.
    pub source: String,
    /// Where in it the innermost file lies: `!/2022/b.warc.gz` in an archive, else empty.
    pub member: String,
    /// Number of the record within the innermost file, counting from 0.
    pub record: u32,
    /// Where the record starts in the innermost file, in bytes: of a web archive that compresses
    /// each record by itself, in the file as it lies there; else in its uncompressed content. Of
    /// tables and XML in UTF-16, in their text as UTF-8; the digest is of that, too.
    pub offset: u64,
    /// SHA-256 of the record's raw bytes.
    pub sha256: Sha256,
    /// When the file on the disk was last changed; `None` where the file system does not say.
    pub modified: Option<DateTime<Utc>>,
}

impl Locator {
    /// Path of the innermost file: `a.tar.gz!/2022/b.warc.gz`.
    pub fn path(&self) -> String {
        format!("{}{}", self.source, self.member)
    }
}

/// A SHA-256 digest; shown in hexadecimal.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(<sha2::Sha256 as sha2::Digest>::digest(bytes).into())
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        // Every article is written with its digest, and formatting it byte by byte shows.
        let mut text = [0; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair.copy_from_slice(&[byte >> 4, byte & 15].map(|half| DIGITS[usize::from(half)]));
        }
        f.write_str(str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256({self})")
    }
}

impl FromStr for Sha256 {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let mut digest = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(NotADigest);
        }
        for (place, byte) in digest.iter_mut().enumerate() {
            *byte =
                u8::from_str_radix(&text[2 * place..2 * place + 2], 16).map_err(|_| NotADigest)?;
        }
        Ok(Self(digest))
    }
}

/// The text is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("not a SHA-256 digest")]
pub struct NotADigest;

/// A headline and what it rests on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Title {
    /// The headline, on one line.
    pub text: String,
    /// What it was taken from.
    pub source: TitleSource,
}

/// Writes an enum whose cases have one fixed, stable name each, in both directions.
macro_rules! named_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$case_meta:meta])* $case:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum $name { $($(#[$case_meta])* $case,)+ }

        impl $name {
            /// Every case, in order.
            pub const ALL: &'static [Self] = &[$(Self::$case,)+];

            /// The stable name used in output and on disk.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$case => $text,)+ }
            }

            /// The case with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|case| case.name() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}
pub(crate) use named_enum;

named_enum! {
    /// What a title was taken from.
    TitleSource {
        /// A field of the record: a key of JSON, a column of a table, an element of a feed.
        Record = "record",
        /// The visible heading of the page.
        Heading = "heading",
        /// Structured data in the page.
        JsonLd = "json-ld",
        /// `og:title` and its like.
        Meta = "meta",
        /// The page's `<title>`, without the site's name.
        TitleTag = "title-tag",
        /// The first line of a text scrape, standing alone as headlines do.
        FirstLine = "first-line",
        /// Made from the first sentence, as the source gives no headline.
        FirstSentence = "first-sentence",
    }
}

/// When an article was published, as exactly as its source says and no more.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Published {
    /// The date as the publisher wrote it, in the publisher's own time zone.
    pub when: When,
    /// Which kind of evidence gave it.
    pub source: DateSource,
    /// How likely the day is right, in percent.
    pub confidence: u8,
}

/// A piece of evidence for when an article was published or changed, and what became of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DateCandidate {
    /// The date as the source writes it.
    pub when: When,
    /// Which kind of evidence it is.
    pub source: DateSource,
    /// What exactly gave it: `article:published_time`, `NewsArticle.datePublished`, the words.
    pub evidence: String,
    /// How often such a date is right by itself, in percent.
    pub confidence: u8,
    /// What became of it.
    pub outcome: DateOutcome,
}

named_enum! {
    /// What became of a date that was found for an article.
    DateOutcome {
        /// It is the date of publication.
        Chosen = "chosen",
        /// It names the same day as the chosen one.
        Agrees = "agrees",
        /// Stronger evidence names another day.
        Outranked = "outranked",
        /// It is the time of a later change.
        Modified = "modified",
        /// It lies behind the time at which the page was saved.
        AfterCapture = "after-capture",
        /// Too weak to be believed by itself.
        TooWeak = "too-weak",
    }
}

/// A point or span of calendar time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum When {
    /// To the second, on the publisher's clock, with its offset from UTC where stated.
    Second(chrono::NaiveDateTime, Option<chrono::FixedOffset>),
    /// A calendar day.
    Day(NaiveDate),
    /// A month of a year; the date is the month's first day.
    Month(NaiveDate),
    /// A year; the date is the year's first day.
    Year(NaiveDate),
}

impl When {
    /// The first calendar day covered.
    pub fn first_day(&self) -> NaiveDate {
        match *self {
            Self::Second(time, _) => time.date(),
            Self::Day(day) | Self::Month(day) | Self::Year(day) => day,
        }
    }

    /// The last calendar day covered.
    pub fn last_day(&self) -> NaiveDate {
        let first = self.first_day();
        let next = match self {
            Self::Second(..) | Self::Day(_) => return first,
            Self::Month(_) => first.checked_add_months(chrono::Months::new(1)),
            Self::Year(_) => first.checked_add_months(chrono::Months::new(12)),
        };
        next.and_then(|day| day.pred_opt()).unwrap_or(first)
    }

    /// The stable name of the precision: `second`, `day`, `month` or `year`.
    pub fn precision(&self) -> &'static str {
        match self {
            Self::Second(..) => "second",
            Self::Day(_) => "day",
            Self::Month(_) => "month",
            Self::Year(_) => "year",
        }
    }
}

impl FromStr for When {
    type Err = NotADate;

    /// Reads back what [`When`] writes, and nothing else.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| NotADate);
        if text.contains('T') {
            return moment(text);
        }
        match text.matches('-').count() {
            0 => day(&format!("{text}-01-01")).map(Self::Year),
            1 => day(&format!("{text}-01")).map(Self::Month),
            _ => day(text).map(Self::Day),
        }
    }
}

fn moment(text: &str) -> Result<When, NotADate> {
    if let Ok(time) = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S") {
        return Ok(When::Second(time, None));
    }
    let time = DateTime::parse_from_rfc3339(text).map_err(|_| NotADate)?;
    Ok(When::Second(time.naive_local(), Some(*time.offset())))
}

/// The text is not a date as dateline writes it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("not a date")]
pub struct NotADate;

impl fmt::Display for When {
    /// Writes ISO 8601 to the precision that is known and no further.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Second(time, None) => time.format("%Y-%m-%dT%H:%M:%S").to_string(),
            Self::Second(time, Some(offset)) if offset.local_minus_utc() == 0 => {
                time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
            }
            Self::Second(time, Some(offset)) => {
                format!("{}{offset}", time.format("%Y-%m-%dT%H:%M:%S"))
            }
            Self::Day(day) => day.to_string(),
            Self::Month(day) => day.format("%Y-%m").to_string(),
            Self::Year(day) => day.format("%Y").to_string(),
        };
        f.pad(&text)
    }
}

named_enum! {
    /// The kind of evidence that a date rests on, strongest first.
    DateSource {
        /// Stated by whoever ran the program.
        Caller = "caller",
        /// A field of the record: a key of JSON, a column of a table, an element of a feed.
        Record = "record",
        /// Structured data in the page.
        JsonLd = "json-ld",
        /// A `<meta>` element of the page.
        Meta = "meta",
        /// A date at the start of a path segment of the address.
        Url = "url",
        /// A value in the scripts of the page, under a name that means the publication.
        PageState = "page-state",
        /// A `<time>` element of the page.
        TimeTag = "time-tag",
        /// The dateline at the head of the text ("KYIV, Nov. 18, 2022 (Reuters)").
        DatelineText = "dateline-text",
        /// A date printed elsewhere on the page.
        VisibleText = "visible-text",
    }
}

/// A language: ISO 639-1 code where there is one, else ISO 639-3; lower case.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Language([u8; 3]);

impl Language {
    /// The language in a code or tag such as `en`, `EN-us`, `zh_Hant` or `kir`; `None` unless it
    /// starts with two or three ASCII letters that stand alone.
    pub fn new(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        let bytes = primary.as_bytes();
        if !(2..=3).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        let mut code = [0; 3];
        code[..bytes.len()].copy_from_slice(bytes);
        code.make_ascii_lowercase();
        Some(Self(code))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|&byte| byte == 0).unwrap_or(self.0.len());
        std::str::from_utf8(&self.0[..length]).unwrap_or_default()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A person, organisation or place that the article names, under every form it is named by.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entity {
    /// The fullest form found.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// How often the article names it, in any form.
    pub count: u32,
    /// The forms found, fullest first; always holds `name`.
    pub forms: Vec<String>,
    /// Where the body names it, in bytes, in order.
    pub mentions: Vec<Range<usize>>,
    /// Where the headline names it, likewise.
    pub title_mentions: Vec<Range<usize>>,
}

named_enum! {
    /// What kind of thing an entity is.
    EntityKind {
        /// A human being.
        Person = "person",
        /// A body: company, party, agency, team.
        Organisation = "org",
        /// A country, city, river, region.
        Place = "place",
    }
}

named_enum! {
    /// A doubt about an article that is indexed all the same.
    ArticleWarning {
        /// The bytes held sequences that their character encoding does not allow; each became U+FFFD.
        MalformedText = "malformed-text",
        /// Neither a byte order mark nor a declaration named the encoding; it was detected.
        CharsetGuessed = "charset-guessed",
        /// The encoding declared by the page was wrong; another one fitted.
        CharsetOverruled = "charset-overruled",
        /// Text that had been read in a wrong encoding was turned back into what it was.
        MojibakeRepaired = "mojibake-repaired",
        /// Some of the text looks as if it had been read in a wrong encoding; it is kept as it stands.
        Mojibake = "mojibake",
        /// Quotes or dashes of the text were lost on its way; question marks stand for them.
        LostPunctuation = "lost-punctuation",
        /// The record or page ends before its time.
        Truncated = "truncated",
        /// Cleaning would have left too little; the text is kept as it stood.
        NotCleaned = "not-cleaned",
        /// The source states a date that cannot be read.
        UnreadableDate = "unreadable-date",
        /// The source gives a headline and no text; the headline stands for it.
        HeadlineOnly = "headline-only",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_written() {
        for id in [ArticleId(0), ArticleId(u64::MAX), ArticleId::new("corpus/a.txt", 3)] {
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(id.to_string().len(), ID_LENGTH);
        }
        assert_eq!("zzzzzzzzzzzzz".parse::<ArticleId>(), Err(NotAnId));
        assert_eq!("too short".parse::<ArticleId>(), Err(NotAnId));
    }

    #[test]
    fn an_id_depends_on_the_place_alone() {
        assert_ne!(ArticleId::new("a", 0), ArticleId::new("a", 1));
        assert_ne!(ArticleId::new("a", 0), ArticleId::new("b", 0));
        assert_eq!(ArticleId::new("corpus/a.txt", 0), ArticleId::new("corpus/a.txt", 0));
    }

    #[test]
    fn a_date_covers_the_period_it_states() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a real day");
        for (when, text, last) in [
            (When::Day(day(2022, 11, 17)), "2022-11-17", day(2022, 11, 17)),
            (When::Month(day(2020, 2, 1)), "2020-02", day(2020, 2, 29)),
            (When::Year(day(2022, 1, 1)), "2022", day(2022, 12, 31)),
        ] {
            assert_eq!(when.to_string(), text);
            assert_eq!(when.last_day(), last);
        }
    }

    #[test]
    fn a_date_reads_back_as_written() {
        for text in [
            "2022",
            "2022-11",
            "2022-11-17",
            "2022-11-17T10:00:00",
            "2022-11-17T10:00:00Z",
            "2022-11-17T10:00:00+06:00",
        ] {
            let read: When = text.parse().expect("a date");
            assert_eq!(read.to_string(), text);
        }
        assert_eq!("17 November".parse::<When>(), Err(NotADate));
    }

    #[test]
    fn a_language_is_the_primary_subtag() {
        for (tag, code) in [("en", "en"), ("EN-us", "en"), ("zh_Hant", "zh"), ("kir", "kir")] {
            assert_eq!(Language::new(tag).map(|l| l.to_string()).as_deref(), Some(code));
        }
        for tag in ["", "english", "e", "12"] {
            assert_eq!(Language::new(tag), None, "for `{tag}`");
        }
    }
}
