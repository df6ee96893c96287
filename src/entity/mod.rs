//! The people, organisations and places that an article names.
//!
//! Two steps with a plain type between them: [`recognise`] finds mentions in the text,
//! [`group`] joins the mentions of one article that name the same thing. A better recogniser
//! replaces the first and leaves the second, and all that follows, alone.
//!
//! Names are found by a small trained model over runs of capitalised words (`tagger`), and made to
//! agree over the article and with what is known (`settle`). `PROVENANCE.md` says what the model
//! has learned from; `train` is how.

mod acronyms;
mod correct;
pub(crate) mod cyrillic;
mod decode;
mod evidence;
mod features;
pub(crate) mod gazetteer;
mod group;
mod languages;
mod lexicon;
mod model;
mod names;
mod organisations;
mod runs;
#[cfg(test)]
mod samples;
mod settle;
mod speakers;
mod tagger;
#[cfg(test)]
mod tests;
pub(crate) mod token;
#[cfg(test)]
mod train;
mod words;

pub use group::group;
pub(crate) use lexicon::Roles;
pub use names::recognise;
pub(crate) use names::recognise_in;
pub(crate) use organisations::{Body, organisations};
pub(crate) use words::{StoryWords, Words, phrase_of};

use std::ops::Range;

use crate::article::{EntityKind, Language};

/// The text in which entities and regions are looked for.
#[derive(Clone, Copy, Debug)]
pub struct Story<'a> {
    /// The headline; empty where it was made from the body.
    pub title: &'a str,
    /// The cleaned text.
    pub body: &'a str,
    /// The language, where it is known.
    pub language: Option<Language>,
}

/// Which of the two texts of a [`Story`] a mention stands in.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Part {
    /// The headline.
    Title,
    /// The body.
    Body,
}

/// One naming of a person, organisation or place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mention {
    /// Where it stands.
    pub part: Part,
    /// The bytes of that text that it covers, on character boundaries.
    pub range: Range<usize>,
    /// What kind of thing is named.
    pub kind: EntityKind,
    /// The long form that the text itself gives for this acronym ("... in Europe (OSCE)").
    pub stands_for: Option<String>,
}

impl Mention {
    /// The words of the mention.
    pub fn text<'a>(&self, story: &Story<'a>) -> &'a str {
        let text = match self.part {
            Part::Title => story.title,
            Part::Body => story.body,
        };
        text.get(self.range.clone()).unwrap_or_default()
    }
}
