//! What a query means: a tree that prints itself back as canonical text.
//!
//! Printing and parsing are inverse: `parse(query.to_string())` gives the same tree and repairs
//! nothing. The canonical text is what a reader is shown as "understood".

use chrono::NaiveDate;

use crate::article::named_enum;

/// A query, parsed.
///
/// `Nothing` stands alone or not at all, an `In` holds no other `In`, and in an `And` no beginning
/// of a range of dates stands next to an end after it, as the two are one range.
#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    /// Every article: `*`.
    All,
    /// No article: what an empty query asks for.
    Nothing,
    /// Words of the title and the body.
    Text(Text),
    /// Two things near to each other: `a w/5 b`.
    Near(Box<Near>),
    /// So many times at least, without sharing a word; twice or more: `atleast3(a)`.
    AtLeast(u32, Span),
    /// The clauses within, of one part of the article: `title:(...)`, `lead(...)`.
    In(Zone, Box<Query>),
    /// A test of a field.
    Field(Field, FieldTest),
    /// A test of the date of publication.
    Date(DateTest),
    /// All of these; two or more, none of them an `And`.
    And(Vec<Query>),
    /// At least one of these; two or more, none of them an `Or`.
    Or(Vec<Query>),
    /// Every article but these; never directly around another `Not`.
    Not(Box<Query>),
    /// The same articles, their share of the score multiplied; 0 < factor <= 100.
    Boost(Box<Query>, f32),
}

impl Query {
    /// What matches all of `clauses`; `None` without any.
    pub fn all_of(clauses: Vec<Self>) -> Option<Self> {
        let mut flat = Vec::with_capacity(clauses.len());
        for clause in clauses {
            match clause {
                Self::And(inner) => flat.extend(inner),
                clause => flat.push(clause),
            }
        }
        if flat.len() > 1 { Some(Self::And(flat)) } else { flat.pop() }
    }

    /// What matches at least one of `alternatives`; `None` without any.
    pub fn any_of(alternatives: Vec<Self>) -> Option<Self> {
        let mut flat = Vec::with_capacity(alternatives.len());
        for alternative in alternatives {
            match alternative {
                Self::Or(inner) => flat.extend(inner),
                alternative => flat.push(alternative),
            }
        }
        if flat.len() > 1 { Some(Self::Or(flat)) } else { flat.pop() }
    }

    /// What matches every article but those that `query` matches.
    pub fn none_of(query: Self) -> Self {
        match query {
            Self::Not(inner) => *inner,
            query => Self::Not(Box::new(query)),
        }
    }

    /// The first and the last day that all matches lie between, as far as dates at its head say so.
    pub fn days(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        match self {
            Self::Date(DateTest::Within { first, last }) => (*first, *last),
            Self::And(clauses) => {
                let days = clauses.iter().map(Self::days);
                days.fold((None, None), |(first, last), (from, to)| {
                    let first = first.max(from);
                    (first, last.into_iter().chain(to).min())
                })
            }
            _ => (None, None),
        }
    }

    /// How many levels the tree has; a leaf has one.
    pub(super) fn depth(&self) -> usize {
        1 + match self {
            Self::In(_, inner) | Self::Not(inner) | Self::Boost(inner, _) => inner.depth(),
            // Its span would have been a level of its own.
            Self::Near(near) => near.depth() - 1,
            Self::AtLeast(_, span) => span.depth(),
            Self::And(clauses) | Self::Or(clauses) => {
                clauses.iter().map(Self::depth).max().unwrap_or_default()
            }
            // The brackets of `caps(...)` are a level of their own.
            Self::Text(Text::Cased(..)) => 1,
            Self::All | Self::Nothing | Self::Text(_) | Self::Field(..) | Self::Date(_) => 0,
        }
    }
}

/// What stands at places of a text, so that something else can stand near it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Span {
    /// Words.
    Text(Text),
    /// One of these; two or more, none of them an `AnyOf`.
    AnyOf(Vec<Span>),
    /// Two things near to each other, from the first word of both to the last.
    Near(Box<Near>),
}

/// Two things that must stand near to each other, without sharing a word.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Near {
    /// What is written first.
    pub left: Span,
    /// What is written second.
    pub right: Span,
    /// How near.
    pub proximity: Proximity,
}

/// How near to each other two things must stand. Title and body are never near.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Proximity {
    /// How far apart.
    pub reach: Reach,
    /// Whether what is written first must stand first.
    pub ordered: bool,
}

/// How far apart two things may stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reach {
    /// With so many other words between their nearest ends; sentences do not matter.
    Words(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// A part of an article.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Zone {
    /// The headline.
    Title,
    /// The headline and the first paragraph of the body.
    TitleAndLead,
    /// The first paragraph of the body.
    Lead,
    /// So many words at the beginning of the body; one or more.
    First(u32),
    /// The body, without the headline.
    Body,
}

impl Span {
    /// How many levels there are; words have one.
    pub(super) fn depth(&self) -> usize {
        match self {
            Self::Text(Text::Cased(..)) => 2,
            Self::Text(_) => 1,
            Self::AnyOf(spans) => 1 + spans.iter().map(Self::depth).max().unwrap_or_default(),
            Self::Near(near) => near.depth(),
        }
    }
}

impl Near {
    pub(super) fn depth(&self) -> usize {
        1 + self.left.depth().max(self.right.depth())
    }
}

impl TryFrom<Query> for Span {
    type Error = Query;

    /// A query that stands at places of the text; any other is given back.
    fn try_from(query: Query) -> Result<Self, Query> {
        match query {
            Query::Text(text) => Ok(Self::Text(text)),
            Query::Near(near) => Ok(Self::Near(near)),
            Query::Or(alternatives) if alternatives.iter().all(is_span) => Ok(Self::AnyOf(
                alternatives.into_iter().filter_map(|q| q.try_into().ok()).collect(),
            )),
            query => Err(query),
        }
    }
}

impl From<Span> for Query {
    fn from(span: Span) -> Self {
        match span {
            Span::Text(text) => Self::Text(text),
            Span::AnyOf(spans) => Self::Or(spans.into_iter().map(Self::from).collect()),
            Span::Near(near) => Self::Near(near),
        }
    }
}

fn is_span(query: &Query) -> bool {
    match query {
        Query::Text(_) | Query::Near(_) => true,
        Query::Or(alternatives) => alternatives.iter().all(is_span),
        _ => false,
    }
}

/// A leaf that matches words, and scores.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Text {
    /// One word as typed, in any of its inflected forms. May hold inner punctuation (`O'Brien`,
    /// `COVID-19`, `U.S.`), which the analyzer takes apart.
    Word(String),
    /// Words in this order with up to `slop` other words among them; with `ordered` false in any
    /// order. At least two words, or one that the analyzer takes apart.
    Phrase {
        /// The words, separated by one space.
        words: String,
        /// How many other words may stand between.
        slop: u32,
        /// Whether the order counts.
        ordered: bool,
    },
    /// Words exactly as typed, without inflection, separated by one space: `=Tokayev`,
    /// `="Tokayev said"`.
    Exact(String),
    /// A word in which `*` stands for any letters and `?` for one; at least two literal letters.
    Wildcard(String),
    /// A word within one or two edits of this one.
    Fuzzy(String, u8),
    /// A word that matches this regular expression as a whole; it holds no space.
    Regex(String),
    /// A text, never another `Cased`, each word of which is written with these letters.
    Cased(Letters, Box<Text>),
}

named_enum! {
    /// With which letters a word is written.
    Letters {
        /// At least one capital.
        SomeCapitals = "caps",
        /// No letter but capitals, and at least one.
        AllCapitals = "allcaps",
        /// No capital.
        NoCapitals = "nocaps",
    }
}

named_enum! {
    /// A field that a query can test, by its first name; others are known as aliases to the parser.
    Field {
        /// The source's tag or a country that the article is about.
        Region = "region",
        /// The source's own tag.
        Tag = "tag",
        /// A country that the article is about.
        About = "about",
        /// A person named.
        Person = "person",
        /// An organisation named.
        Organisation = "org",
        /// A place named.
        Place = "place",
        /// A person, organisation or place named.
        Entity = "entity",
        /// The language of the body.
        Language = "lang",
        /// The newspaper, agency or site.
        Publisher = "publisher",
        /// The byline.
        Author = "author",
        /// The news agency that the story is credited to.
        Wire = "wire",
        /// The address.
        Url = "url",
        /// The path of the file.
        Path = "path",
        /// The article's id.
        Id = "id",
        /// Which evidence gave the date.
        DateSource = "date.src",
        /// How sure the date is, from 0 to 100.
        DateConfidence = "date.conf",
        /// How many words the body has.
        Length = "len",
    }
}

impl Field {
    /// Whether its values are numbers, which are tested by [`FieldTest::Within`] alone.
    pub fn is_number(self) -> bool {
        matches!(self, Self::DateConfidence | Self::Length)
    }

    /// Whether its values are names, which can be asked for as a whole.
    pub(super) fn holds_names(self) -> bool {
        match self {
            Self::Person
            | Self::Organisation
            | Self::Place
            | Self::Entity
            | Self::Publisher
            | Self::Author => true,
            Self::Region
            | Self::Tag
            | Self::About
            | Self::Language
            | Self::Wire
            | Self::Url
            | Self::Path
            | Self::Id
            | Self::DateSource
            | Self::DateConfidence
            | Self::Length => false,
        }
    }

    /// The columns of the index that hold its values; none where it has no column.
    pub(crate) fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Region => &["tag", "about"],
            Self::Tag => &["tag"],
            Self::About => &["about"],
            Self::Person => &["person"],
            Self::Organisation => &["org"],
            Self::Place => &["place"],
            Self::Entity => &["person", "org", "place"],
            Self::Language => &["lang"],
            Self::Publisher => &["publisher"],
            Self::Author => &["author"],
            Self::Wire => &["wire"],
            Self::DateSource => &["date_source"],
            Self::DateConfidence => &["date_confidence"],
            Self::Length => &["length"],
            Self::Url | Self::Path | Self::Id => &[],
        }
    }
}

/// What is asked of a field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum FieldTest {
    /// One of these values; never empty. How a value is compared is the field's matter.
    AnyOf(Vec<String>),
    /// One of these names as a whole and in no other form; never empty, and only in a field that
    /// holds names: `person:="Ann Lee"`.
    Exactly(Vec<String>),
    /// A number from the least to the most, both included. At least one of them is given, and the
    /// least is not above the most.
    Within {
        /// `None` for no limit.
        least: Option<u64>,
        /// `None` for no limit.
        most: Option<u64>,
    },
    /// Any value at all: `author:*`.
    Exists,
    /// No value: `author:none`.
    Missing,
}

/// What is asked of the date. Undated articles match only [`DateTest::Undated`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DateTest {
    /// Published within these days, both included; at least one end is given, and the first is not
    /// after the last. An article dated to a month or year matches when the periods overlap.
    Within {
        /// The first day; `None` for no limit.
        first: Option<NaiveDate>,
        /// The last day; `None` for no limit.
        last: Option<NaiveDate>,
    },
    /// Has a date: `date:*`.
    Dated,
    /// Has none: `date:none`.
    Undated,
}
