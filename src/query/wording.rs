//! Whether a query is made of plain words or of operators, and operators in lower case that may
//! have been meant as such.

use super::lex::{Lexeme, Token};
use super::names::FieldName;
use super::normalize::text;
use super::repair::{RepairCode, Repairs};
use crate::article::named_enum;

named_enum! {
    /// How a query was worded. Someone who types plain words may be content with articles that lack
    /// one of them; someone who types operators means each.
    Wording {
        /// Words, phrases and filters side by side.
        Plain = "plain",
        /// With operators or brackets.
        Operators = "operators",
    }
}

/// Whether operators or brackets were typed, apart from brackets around the values of a field.
pub(super) fn wording(lexemes: &[Lexeme<'_>]) -> Wording {
    let mut before = None;
    for lexeme in lexemes {
        let is_list =
            matches!(before, Some(Token::Field(FieldName::Known(_) | FieldName::Date(_), _)));
        match lexeme.token {
            Token::Open if is_list => {}
            Token::Open
            | Token::And
            | Token::Or
            | Token::Not
            | Token::Require
            | Token::Proximity(..)
            | Token::AtLeast(..)
            | Token::Function(..) => return Wording::Operators,
            _ => {}
        }
        before = Some(lexeme.token);
    }
    Wording::Plain
}

/// Says that a lower-case `or` is a word, where it stands between two operands; and so for `and`
/// and `not` in a query that has operators besides.
pub(super) fn hint_at_lower_case_operators(lexemes: &[Lexeme<'_>], repairs: &mut Repairs) {
    let has_operators = wording(lexemes) == Wording::Operators;
    for neighbours in lexemes.windows(3) {
        let [before, middle, after] = neighbours else { continue };
        let Token::Word(word) = middle.token else { continue };
        if word.len() > 3 {
            continue;
        }
        let word = text(word);
        let is_suspect = match word.as_str() {
            "or" => true,
            "and" | "not" => has_operators,
            _ => false,
        };
        if is_suspect && ends_operand(before.token) && starts_operand(after.token) {
            let operator = word.to_uppercase();
            let message =
                format!("lower-case `{word}` was read as a word; the operator is `{operator}`");
            repairs.add(RepairCode::LowerCaseOperator, middle.at, message);
            return;
        }
    }
}

fn ends_operand(token: Token<'_>) -> bool {
    matches!(
        token,
        Token::Word(_)
            | Token::Quoted(_)
            | Token::Close
            | Token::Suffix(_)
            | Token::Address(_)
            | Token::Regex(..)
    )
}

fn starts_operand(token: Token<'_>) -> bool {
    matches!(
        token,
        Token::Word(_)
            | Token::Quoted(_)
            | Token::Open
            | Token::Field(..)
            | Token::Function(..)
            | Token::Address(_)
            | Token::Regex(..)
    )
}
