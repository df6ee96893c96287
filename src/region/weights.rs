//! What clues weigh.
//!
//! Set on 4,500 articles of Reuters-21578 against its editors' codes and on 229 of `GeoVirus`. The
//! figures hardly move when one of them is a third more or less; `docs/evaluation.md` has them.

/// A naming of a country.
pub(super) const COUNTRY: f64 = 1.0;
/// Of its people, or its adjective.
pub(super) const DEMONYM: f64 = 0.7;
/// Of a place within it.
pub(super) const WITHIN: f64 = 0.8;
/// Of a body that it alone has.
pub(super) const BODY: f64 = 0.5;
/// Of somebody who governs it.
pub(super) const LEADER: f64 = 0.6;
/// Of its currency.
pub(super) const CURRENCY: f64 = 0.3;
/// That the publisher is at home there.
pub(super) const PUBLISHER: f64 = 0.5;
/// What a name within that of a body weighs of what it weighs by itself.
pub(super) const IN_BODY: f64 = 0.5;

/// Where a clue stands, by which it is multiplied.
pub(super) const HEADLINE: f64 = 2.0;
/// The first sentence of the body.
pub(super) const FIRST_SENTENCE: f64 = 2.0;
/// The second and the third.
pub(super) const NEXT_TWO_SENTENCES: f64 = 1.5;

/// What the place of a dateline weighs more. In Reuters-21578 its country is one of the editors' in
/// 96 of 100 articles.
pub(super) const DATELINE: f64 = 4.0;
