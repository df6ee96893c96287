//! How sure a chosen date is.

use super::clue::ClueKind;

/// How the other evidence stands to the chosen day.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Standing {
    /// Another kind of evidence names the same day.
    Agreed,
    /// Nothing else that could be believed names a day.
    Alone,
    /// Something that could be believed names another day, and nothing the same.
    Contradicted,
}

/// How likely the day is right, in percent.
pub(crate) fn confidence(kind: ClueKind, standing: Standing) -> u8 {
    let alone = kind.trust();
    match standing {
        Standing::Agreed => 98,
        Standing::Alone => alone,
        Standing::Contradicted => alone.saturating_sub(12),
    }
}
