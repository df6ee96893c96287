//! Countries: those that an article is about, and what speaks for each.

use std::fmt;

use super::named_enum;

/// Countries in the text: those the story is about, and all that it names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Regions {
    /// What the article is about, best first.
    pub about: Vec<CountryCode>,
    /// Every country named, in alphabetical order of their codes; holds those in `about`.
    pub countries: Vec<CountryCode>,
    /// What speaks for each country, the best-supported first.
    pub evidence: Vec<RegionEvidence>,
}

/// What speaks for one country.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionEvidence {
    /// The country.
    pub country: CountryCode,
    /// The sum of the weights of all clues, those left out of `clues` too.
    pub weight: f64,
    /// The weightiest clues, the weightiest first.
    pub clues: Vec<RegionClue>,
}

/// Words of an article that speak for a country, and where they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionClue {
    /// Why they speak for it.
    pub kind: RegionClueKind,
    /// The words as they stand where they stand first; of the publisher, its name or site.
    pub words: String,
    /// Where they stand; nowhere in the article for what is known of the publisher.
    pub place: Option<CluePlace>,
    /// What they weigh, all their namings in this part of the article taken together.
    pub weight: f64,
}

/// Where the words of a clue stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CluePlace {
    /// The part of the article.
    pub part: CluePart,
    /// The byte at which they begin first, of the headline or the body.
    pub at: usize,
    /// How often they stand in this part.
    pub count: u32,
}

named_enum! {
    /// A part of an article, by its worth for what the article is about.
    CluePart {
        /// The headline.
        Title = "title",
        /// The first three sentences behind the dateline, and the dateline itself.
        Lead = "lead",
        /// The rest of the body.
        Body = "body",
    }
}

named_enum! {
    /// Why words speak for a country.
    RegionClueKind {
        /// The place that the story was sent from.
        Dateline = "dateline",
        /// A name of the country, or of a well-known part of it: `Scotland`.
        Country = "country",
        /// Its adjective or people: `Kazakh`.
        Demonym = "demonym",
        /// A town in it. Capitals stand for governments, too: `Moscow denied it`.
        City = "city",
        /// A state, province or district.
        Province = "province",
        /// A body of its state, a party or another institution that it alone has: `Bundesbank`.
        Body = "body",
        /// Somebody who governs or governed it.
        Leader = "leader",
        /// Its currency.
        Currency = "currency",
        /// The publisher is at home there.
        Publisher = "publisher",
    }
}

/// An ISO 3166-1 alpha-2 code, upper case.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The code in `text`, in either case; `None` unless it is two ASCII letters. Whether such a
    /// country exists is for [`crate::region`] to say.
    pub fn new(text: &str) -> Option<Self> {
        match *text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
