//! What was typed, cut as texts are.

use crate::analysis::{Form, Stems, fold, tokenize};

/// What was typed, cut into positions.
pub(crate) struct Cut {
    pub(crate) positions: Vec<Position>,
}

/// The forms on one position.
pub(crate) struct Position {
    pub(crate) written: String,
    pub(crate) word: String,
    pub(crate) form: Form,
    pub(crate) seconds: Vec<String>,
}

/// What is looked for at a position.
pub(crate) enum Piece<'c> {
    /// The word itself.
    Word(&'c Position),
    /// A second form that takes the place of a plain one: the pair that of the single character,
    /// `u.s` that of the pronoun `us`.
    Second(&'c str),
}

impl Cut {
    pub(crate) fn of(text: &str) -> Self {
        let mut positions: Vec<Position> = Vec::new();
        tokenize(text, |token| {
            let word = fold(token.term).into_owned();
            match token.form {
                Form::Second => {
                    if let Some(position) = positions.last_mut() {
                        position.seconds.push(word);
                    }
                }
                form => {
                    let written = token.term.to_owned();
                    positions.push(Position { written, word, form, seconds: Vec::new() });
                }
            }
        });
        Self { positions }
    }

    /// The folded terms with their positions.
    pub(super) fn words(&self) -> Vec<(usize, String)> {
        self.terms(|position| position.word.clone())
    }

    pub(super) fn stemmed(&self, stems: &mut Stems) -> Vec<(usize, String)> {
        self.terms(|position| match position.form {
            Form::Word => stems.stem(&position.written).to_owned(),
            _ => position.word.clone(),
        })
    }

    fn terms(&self, mut term: impl FnMut(&Position) -> String) -> Vec<(usize, String)> {
        let term = |(place, piece)| match piece {
            Piece::Word(position) => (place, term(position)),
            Piece::Second(second) => (place, second.to_owned()),
        };
        self.pieces().into_iter().map(term).collect()
    }

    /// What is looked for, with its positions.
    pub(crate) fn pieces(&self) -> Vec<(usize, Piece<'_>)> {
        let mut pieces = Vec::with_capacity(self.positions.len());
        let mut covered = false;
        for (place, position) in self.positions.iter().enumerate() {
            let second = position.seconds.first().filter(|_| position.form == Form::Plain);
            match second {
                Some(second) => pieces.push((place, Piece::Second(second))),
                // The last character of a run stands in the pair before it.
                None if covered && position.form == Form::Plain => {}
                None => pieces.push((place, Piece::Word(position))),
            }
            covered = second.is_some_and(|second| !second.contains('.'));
        }
        pieces
    }

    /// The compound as one word.
    pub(crate) fn joined(&self) -> Option<&str> {
        let is_compound = self.positions.len() > 1
            && self
                .positions
                .iter()
                .all(|position| position.form == Form::Word || position.seconds.is_empty());
        let seconds = &self.positions.first().filter(|_| is_compound)?.seconds;
        seconds.iter().find(|second| !second.contains('.')).map(String::as_str)
    }
}
