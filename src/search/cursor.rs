//! Where an answer was left, so that its next page can be asked for.
//!
//! A cursor holds the place of the last hit in its order. The next page takes what stands behind
//! that place, so it keeps no more than a page, however deep it lies. Scores and ties are the same
//! as long as the index is: a cursor holds for one generation, and for one question.
//!
//! Written as fields with full stops between them: generation, rank, score (as its bits, in
//! hexadecimal), date (seconds since 1970, or `-`), length, id, seal. The seal is a hash of the
//! question and of all the other fields.

use std::fmt;
use std::str::FromStr;

use xxhash_rust::xxh3::Xxh3;

use super::collect::Place;
use super::decay::Decay;
use super::{Matching, SearchRequest};
use crate::article::ArticleId;
use crate::error::Error;

/// Where an answer was left: behind one of its hits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cursor {
    generation: u64,
    /// The rank of the last hit.
    rank: usize,
    place: Place,
    seal: u32,
}

impl Cursor {
    /// Behind the hit at `place`, of rank `rank`, in the answer to `request`, whose scores fade by
    /// `decay`.
    pub(super) fn new(
        request: &SearchRequest,
        decay: Option<Decay>,
        generation: u64,
        rank: usize,
        place: Place,
    ) -> Self {
        let mut cursor = Self { generation, rank, place, seal: 0 };
        cursor.seal = cursor.seal_for(request, decay);
        cursor
    }

    /// The rank of the hit behind which it stands.
    pub(super) fn rank(&self) -> usize {
        self.rank
    }

    /// The place of that hit, if it is one of the answer to `request` that `generation` gives.
    pub(super) fn place(
        &self,
        request: &SearchRequest,
        decay: Option<Decay>,
        generation: u64,
    ) -> Result<Place, Error> {
        if self.generation != generation {
            return Err(Error::StaleCursor { of: self.generation, now: generation });
        }
        if self.seal != self.seal_for(request, decay) {
            return Err(Error::ForeignCursor);
        }
        Ok(self.place)
    }

    fn seal_for(&self, request: &SearchRequest, decay: Option<Decay>) -> u32 {
        let matching = match request.matching {
            // Articles that lack words have no places in the order.
            Matching::AllWords | Matching::AllWordsFirst => "all",
            Matching::AnyWord => "any",
        };
        // Scores that fade are others.
        let decay = decay.map_or(String::new(), |decay| decay.to_string());
        let mut digest = Xxh3::new();
        let copies = request.copies.name();
        let (query, sort) = (request.query.to_string(), request.sort.name());
        for part in [&query, matching, sort, copies, &decay, &self.fields()] {
            digest.update(part.as_bytes());
            digest.update(&[0]);
        }
        u32::try_from(digest.digest() >> 32).unwrap_or_default()
    }

    /// All but the seal.
    fn fields(&self) -> String {
        let Self { generation, rank, place, .. } = self;
        let Place { score, published, length, id } = place;
        let published = published.map_or("-".to_owned(), |second| second.to_string());
        let (score, id) = (score.to_bits(), ArticleId(*id));
        format!("{generation}.{rank}.{score:08x}.{published}.{length}.{id}")
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:08x}", self.fields(), self.seal)
    }
}

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let fields: Vec<&str> = text.trim().split('.').collect();
        let [generation, rank, score, published, length, id, seal] = fields.as_slice() else {
            return Err(NotACursor);
        };
        let bits = |text: &str| u32::from_str_radix(text, 16).map_err(|_| NotACursor);
        let number = |text: &str| text.parse::<u64>().map_err(|_| NotACursor);
        let published = match *published {
            "-" => None,
            second => Some(second.parse().map_err(|_| NotACursor)?),
        };
        Ok(Self {
            generation: number(generation)?,
            rank: rank.parse().map_err(|_| NotACursor)?,
            place: Place {
                score: f32::from_bits(bits(score)?),
                published,
                length: number(length)?,
                id: id.parse::<ArticleId>().map_err(|_| NotACursor)?.0,
            },
            seal: bits(seal)?,
        })
    }
}

/// The text is no cursor.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("not a cursor: copy it as a whole from where the last page printed it")]
pub struct NotACursor;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Query, Text};
    use crate::search::Sort;

    fn request(word: &str) -> SearchRequest {
        SearchRequest::new(Query::Text(Text::Word(word.to_owned())))
    }

    fn cursor(published: Option<i64>) -> Cursor {
        let place = Place { score: 12.5, published, length: 300, id: 42 };
        Cursor::new(&request("strike"), None, 7, 20, place)
    }

    #[test]
    fn it_is_read_as_it_was_written() {
        for published in [None, Some(0), Some(-86_400), Some(1_669_019_400)] {
            let written = cursor(published).to_string();
            assert_eq!(written.parse(), Ok(cursor(published)), "{written}");
        }
        insta::assert_snapshot!(cursor(None), @"7.20.41480000.-.300.000000000001a.362df3e9");
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        let whole = cursor(None).to_string();
        for text in ["", "7", &whole[..20], "a.b.c.d.e.f.g", &format!("{whole}.1")] {
            assert_eq!(text.parse::<Cursor>(), Err(NotACursor), "`{text}`");
        }
    }

    #[test]
    fn it_holds_for_one_question_and_one_generation() {
        let cursor = cursor(Some(3));
        assert!(cursor.place(&request("strike"), None, 7).is_ok());
        assert!(matches!(
            cursor.place(&request("strike"), None, 8),
            Err(Error::StaleCursor { of: 7, now: 8 })
        ));
        let sorted = SearchRequest { sort: Sort::Newest, ..request("strike") };
        let any = SearchRequest { matching: Matching::AnyWord, ..request("strike") };
        for other in [request("lockout"), sorted, any] {
            assert!(matches!(cursor.place(&other, None, 7), Err(Error::ForeignCursor)));
        }
        let changed: Cursor = cursor.to_string().replace(".20.", ".30.").parse().expect("a cursor");
        assert!(matches!(changed.place(&request("strike"), None, 7), Err(Error::ForeignCursor)));
    }
}
