//! Text to tokens, the same way for indexing, for queries and for highlights.
//!
//! A token stands at a position (the n-th word of the text) in two layers: its *word*, folded
//! (lower case, no accents), and the *stem* of that word in the language of the text. Several
//! tokens may stand on one position:
//!
//! | written | tokens, by position |
//! |---|---|
//! | `COVID-19`, `O'Brien`, `AT&T` | the parts (`covid`, `19`), and on the first the joined form (`covid19`) |
//! | `U.S.`, `OSCE` | the word (`us`, `osce`), and the same spelled as an acronym (`u.s`, `o.s.c.e`) |
//! | `Kazakhstan's` | the word without the possessive |
//! | `10,000`, `3.5` | one number (`10000`, `3.5`) |
//! | `选举结果` | every character, and on each the pair that starts there |
//!
//! So whichever way a reader writes such a word, a token of the other way meets it.
//!
//! # Invariants
//!
//! - A term consists of alphanumeric characters and `.`; it is never empty and has at most
//!   [`MAX_TERM_BYTES`] bytes.
//! - Tokens come in the order of their positions; the ranges lie on character boundaries.

mod breaks;
mod capitals;
mod fold;
mod function_words;
mod sieve;
mod stem;
mod tokenize;

pub use breaks::{Break, Breaks};
pub use capitals::{Capitals, capitals};
pub use fold::fold;
pub use function_words::is_function_word;
pub use sieve::{tokenize, tokenize_some};
pub use stem::Stems;
pub use tokenize::{Form, MAX_TERM_BYTES, Token};

/// Identifies how text becomes tokens; an index made by another version must be built anew.
pub const ANALYSIS_VERSION: u32 = 2;
