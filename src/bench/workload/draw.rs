//! One question of a class, by chance.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::texts::{Paragraph, contents, repeated};
use super::words::Words;
use super::{Band, Class, count};
use crate::article::ArticleId;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{DateTest, Field, FieldTest, Near, Proximity, Query, Reach, Span, Text, parse};
use crate::random::Random;
use crate::record::ArticleRecord;
use crate::search::{Detail, SearchRequest, sample, search};

/// Articles from whose texts questions are drawn.
const TEXTS: usize = 500;

/// Words of each band, at least: 64 are asked for at once.
const WORDS: usize = 64;

/// Of the hits of a word, days, regions and names are taken from one of so many.
const HITS: usize = 500;

/// Words of a verbose question.
const VERBOSE: usize = 20;

/// Names of a watchlist: at most, and at least.
const NAMES: (usize, usize) = (200, 10);

/// What questions are drawn from.
pub(super) struct Deck<'a> {
    archive: &'a ArchiveReader,
    words: Words,
    all_words: Vec<String>,
    texts: Vec<ArticleRecord>,
    /// Of persons in those texts.
    names: Vec<String>,
}

impl<'a> Deck<'a> {
    /// For so many questions of a class.
    pub(super) fn new(
        archive: &'a ArchiveReader,
        seed: u64,
        per_class: usize,
    ) -> Result<Self, Error> {
        let words = Words::draw(archive, seed, WORDS.max(per_class.saturating_mul(2)))?;
        let key = |id: ArticleId| xxh3_64_with_seed(&id.0.to_le_bytes(), seed);
        let texts = sample(archive, TEXTS, key)?;
        let persons = texts.iter().flat_map(persons).map(str::to_owned);
        let names = persons.collect::<BTreeSet<_>>().into_iter().collect();
        Ok(Self { archive, all_words: words.all(), words, texts, names })
    }

    /// Why there is no question of a class, after so many tries.
    pub(super) fn why_none(&self, class: Class, tries: usize) -> String {
        let is_missing = |band: &&Band| self.words.of(**band).is_empty();
        match (class.bands().iter().find(is_missing), class) {
            (Some(band), _) => format!("no word is in the band `{band}`"),
            (None, Class::Or64) => "the index has fewer than 64 words to choose from".to_owned(),
            (None, Class::Watchlist) => format!("fewer than {} persons are named", NAMES.1),
            (None, _) => format!("nothing fit in {tries} tries"),
        }
    }

    /// A question of a class; `None` where chance gave nothing that is one.
    pub(super) fn question(
        &self,
        class: Class,
        random: &mut Random,
    ) -> Result<Option<Query>, Error> {
        Ok(match class {
            Class::Or64 => random.pick_several(&self.all_words, 64).and_then(any_word),
            Class::Phrase2
            | Class::Phrase3
            | Class::PhraseFunction
            | Class::Slop
            | Class::Near
            | Class::Sentence
            | Class::AtLeast
            | Class::Verbose => self.of_text(class, random),
            Class::Prefix3
            | Class::Prefix5
            | Class::WildcardLeading
            | Class::Fuzzy1
            | Class::Fuzzy2
            | Class::Regex => {
                let word = random.pick(self.words.of(Band::Mid));
                word.and_then(|word| pattern(class, word, random)).map(Query::Text)
            }
            Class::Watchlist => self.watchlist(random),
            Class::RegionRare | Class::RegionFrequent | Class::Language | Class::Person => {
                self.with_field(class, random)?
            }
            _ => match (self.of_words(class, random), class.period()) {
                (Some(query), Some(period)) => self.within(query, period, random)?,
                (query, _) => query,
            },
        })
    }

    /// Of words of the bands that the class names, all of them or any.
    fn of_words(&self, class: Class, random: &mut Random) -> Option<Query> {
        let mut words: Vec<&String> = Vec::new();
        for &band in class.bands() {
            words.push(random.pick(self.words.of(band))?);
        }
        let are_different = words.iter().collect::<BTreeSet<_>>().len() == words.len();
        if !are_different {
            return None;
        }
        match class {
            Class::Or2 | Class::Or4 | Class::DateOr3 => any_word(words),
            _ => all_words(words.into_iter().map(String::as_str)),
        }
    }

    fn of_text(&self, class: Class, random: &mut Random) -> Option<Query> {
        let article = random.pick(&self.texts)?;
        let some = |random: &mut Random| Paragraph::of_some(article, random);
        match class {
            Class::Phrase2 => some(random).neighbours(2, random).map(|it| phrase(&it, 0)),
            Class::Phrase3 => some(random).neighbours(3, random).map(|it| phrase(&it, 0)),
            Class::PhraseFunction => {
                some(random).around_function_word(random).map(|it| phrase(&it, 0))
            }
            Class::Slop => some(random).pair(2, random).map(|it| phrase(&it, 2)),
            Class::Near => some(random).pair(5, random).map(|it| near(it, Reach::Words(5))),
            Class::Sentence => some(random).pair(12, random).map(|it| near(it, Reach::Sentence)),
            Class::AtLeast => {
                let times = 2 + random.below(2);
                let word = repeated(article, times, random)?;
                let span = Span::Text(Text::Word(word.to_owned()));
                Some(Query::AtLeast(u32::try_from(times).ok()?, span))
            }
            _ => all_words(contents(article, VERBOSE)?.into_iter()),
        }
    }

    fn watchlist(&self, random: &mut Random) -> Option<Query> {
        let (most, least) = NAMES;
        let n = self.names.len().min(most);
        let names = random.pick_several(&self.names, n).filter(|_| n >= least)?;
        let name = |name: &String| {
            let parsed = parse(&format!("\"{name}\""), NaiveDate::default());
            Some(parsed.query)
                .filter(|it| matches!(it, Query::Text(_)) && parsed.repairs.is_empty())
        };
        Query::any_of(names.into_iter().filter_map(name).collect())
    }

    /// A word, and a field of an article that has it.
    fn with_field(&self, class: Class, random: &mut Random) -> Result<Option<Query>, Error> {
        let Some(query) = self.of_words(class, random) else { return Ok(None) };
        let Some(article) = self.some_hit(&query, random)? else { return Ok(None) };
        let (field, value) = match class {
            Class::Language => (Field::Language, article.language),
            Class::Person => {
                let names: Vec<_> = persons(&article).map(str::to_owned).collect();
                (Field::Person, random.pick(&names).cloned())
            }
            _ => (Field::Region, random.pick(&article.about).cloned().or(article.tag)),
        };
        let Some(value) = value else { return Ok(None) };
        let test = Query::Field(field, FieldTest::AnyOf(vec![value]));
        Ok(Query::all_of(vec![query, test]))
    }

    /// What a question finds, in a period in which an article matches it.
    fn within(
        &self,
        query: Query,
        period: Period,
        random: &mut Random,
    ) -> Result<Option<Query>, Error> {
        let Some(article) = self.some_hit(&query, random)? else { return Ok(None) };
        // What is dated to a month or a year has no day.
        let date = article.date.as_deref().and_then(|date| date.get(..10));
        let day = date.and_then(|date| date.parse::<NaiveDate>().ok());
        let Some((first, last)) = day.and_then(|day| period.around(day)) else { return Ok(None) };
        let test = Query::Date(DateTest::Within { first: Some(first), last: Some(last) });
        Ok(Query::all_of(vec![query, test]))
    }

    /// One of the best articles that match.
    fn some_hit(&self, query: &Query, random: &mut Random) -> Result<Option<ArticleRecord>, Error> {
        let total = usize::try_from(count(self.archive, query)?).unwrap_or(HITS);
        let request = SearchRequest {
            offset: random.below(total.min(HITS)),
            limit: 1,
            snippets: 0,
            detail: Detail::Whole,
            ..SearchRequest::new(query.clone())
        };
        Ok(search(self.archive, &request)?.hits.pop().map(|hit| hit.article))
    }
}

fn persons(article: &ArticleRecord) -> impl Iterator<Item = &str> {
    let persons = article.entities.iter().filter(|it| it.kind == "person");
    persons.map(|it| it.name.as_str())
}

fn word(word: &str) -> Query {
    Query::Text(Text::Word(word.to_owned()))
}

fn all_words<'a>(words: impl Iterator<Item = &'a str>) -> Option<Query> {
    Query::all_of(words.map(word).collect())
}

fn any_word(words: Vec<&String>) -> Option<Query> {
    Query::any_of(words.into_iter().map(|it| word(it)).collect())
}

fn phrase(words: &[&str], slop: u32) -> Query {
    Query::Text(Text::Phrase { words: words.join(" "), slop, ordered: true })
}

fn near([left, right]: [&str; 2], reach: Reach) -> Query {
    let span = |word: &str| Span::Text(Text::Word(word.to_owned()));
    let proximity = Proximity { reach, ordered: false };
    Query::Near(Box::new(Near { left: span(left), right: span(right), proximity }))
}

/// A pattern that `word` matches, or nearly; `None` where it is too short for one.
fn pattern(class: Class, word: &str, random: &mut Random) -> Option<Text> {
    let letters: Vec<char> = word.chars().collect();
    let n = letters.len();
    let text = |letters: &[char]| letters.iter().collect::<String>();
    let beginning = |k: usize| Some(Text::Wildcard(format!("{}*", text(letters.get(..k)?))));
    match class {
        Class::Prefix3 if n > 3 => beginning(3),
        Class::Prefix5 if n > 5 => beginning(5),
        Class::WildcardLeading if n > 6 => {
            Some(Text::Wildcard(format!("*{}", text(&letters[n - 4..]))))
        }
        Class::Fuzzy1 if n > 5 => {
            let swapped = swapped(&letters, random);
            Some(Text::Fuzzy(text(&swapped), 1))
        }
        Class::Fuzzy2 if n > 7 => {
            let mut garbled = swapped(&letters, random);
            garbled.remove(1 + random.below(n - 2));
            Some(Text::Fuzzy(text(&garbled), 2))
        }
        Class::Regex if n > 5 => {
            let open = 1 + random.below(n - 4);
            let (before, after) = (text(&letters[..open]), text(&letters[open + 1..n - 2]));
            Some(Text::Regex(format!("{before}.{after}.*")))
        }
        _ => None,
    }
}

/// With two neighbours exchanged, behind the first letter.
fn swapped(letters: &[char], random: &mut Random) -> Vec<char> {
    let mut swapped = letters.to_vec();
    let at = 1 + random.below(letters.len() - 2);
    swapped.swap(at, at + 1);
    swapped
}

/// A stretch of the calendar around a day.
#[derive(Clone, Copy, Debug)]
pub(super) enum Period {
    Day,
    Month,
    Year,
    Decade,
}

impl Period {
    /// Its first and last day.
    fn around(self, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let (first, years) = match self {
            Self::Day => return Some((day, day)),
            Self::Month => {
                let first = day.with_day(1)?;
                let next = first.checked_add_months(chrono::Months::new(1))?;
                return Some((first, next.pred_opt()?));
            }
            Self::Year => (day.year(), 1),
            Self::Decade => (day.year() - day.year() % 10, 10),
        };
        let january = |year| NaiveDate::from_ymd_opt(year, 1, 1);
        Some((january(first)?, january(first + years)?.pred_opt()?))
    }
}

impl Class {
    /// The period that its questions are bound to.
    pub(super) fn period(self) -> Option<Period> {
        match self {
            Self::DateDayRare | Self::DateDayFrequent => Some(Period::Day),
            Self::DateMonthRare | Self::DateMonthFrequent => Some(Period::Month),
            Self::DateYearRare | Self::DateYearFrequent | Self::DateAnd2 | Self::DateOr3 => {
                Some(Period::Year)
            }
            Self::DateDecadeRare | Self::DateDecadeFrequent => Some(Period::Decade),
            _ => None,
        }
    }

    /// How frequent its words are.
    pub(super) fn bands(self) -> &'static [Band] {
        use Band::{Frequent, Mid, Rare};
        match self {
            Self::TermRare
            | Self::RegionRare
            | Self::DateDayRare
            | Self::DateMonthRare
            | Self::DateYearRare
            | Self::DateDecadeRare => &[Rare],
            Self::TermMid
            | Self::Prefix3
            | Self::Prefix5
            | Self::WildcardLeading
            | Self::Fuzzy1
            | Self::Fuzzy2
            | Self::Regex => &[Mid],
            Self::And2HighHigh | Self::DateAnd2 => &[Frequent, Frequent],
            Self::And2HighMid | Self::Or2 | Self::Snippets | Self::NoSnippets | Self::Count => {
                &[Frequent, Mid]
            }
            Self::And2HighLow => &[Frequent, Rare],
            Self::And3 => &[Frequent, Frequent, Mid],
            Self::Or4 => &[Frequent, Mid, Mid, Rare],
            Self::DateOr3 => &[Frequent, Mid, Rare],
            Self::NoHits => &[Rare, Rare],
            Self::Or64
            | Self::Phrase2
            | Self::Phrase3
            | Self::PhraseFunction
            | Self::Slop
            | Self::Near
            | Self::Sentence
            | Self::AtLeast
            | Self::Verbose
            | Self::Watchlist => &[],
            Self::TermFrequent
            | Self::DateDayFrequent
            | Self::DateMonthFrequent
            | Self::DateYearFrequent
            | Self::DateDecadeFrequent
            | Self::RegionFrequent
            | Self::Language
            | Self::Person
            | Self::FacetRegion
            | Self::FacetPerson
            | Self::Timeline
            | Self::Collapse
            | Self::Newest
            | Self::Oldest
            | Self::Deep => &[Frequent],
        }
    }
}
