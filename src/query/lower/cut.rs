//! What was typed, cut as texts are.

use crate::analysis::{Form, Stems, fold, tokenize};

/// What was typed, cut into positions.
pub(super) struct Cut {
    pub(super) positions: Vec<Position>,
}

/// The forms on one position.
pub(super) struct Position {
    pub(super) written: String,
    pub(super) word: String,
    pub(super) form: Form,
    pub(super) seconds: Vec<String>,
}

impl Cut {
    pub(super) fn of(text: &str) -> Self {
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

    /// The folded terms with their positions. A second form takes the place of a plain one: the
    /// pair that of the single character, `u.s` that of the pronoun `us`.
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
        let mut terms = Vec::new();
        let mut covered = false;
        for (place, position) in self.positions.iter().enumerate() {
            let pair = position.seconds.first().filter(|_| position.form == Form::Plain);
            match pair {
                Some(second) => terms.push((place, second.clone())),
                // The last character of a run stands in the pair before it.
                None if covered && position.form == Form::Plain => {}
                None => terms.push((place, term(position))),
            }
            covered = pair.is_some_and(|pair| !pair.contains('.'));
        }
        terms
    }

    /// The compound as one word.
    pub(super) fn joined(&self) -> Option<&str> {
        let is_compound = self.positions.len() > 1
            && self
                .positions
                .iter()
                .all(|position| position.form == Form::Word || position.seconds.is_empty());
        let seconds = &self.positions.first().filter(|_| is_compound)?.seconds;
        seconds.iter().find(|second| !second.contains('.')).map(String::as_str)
    }
}
