//! A gate as it is typed.

use std::str::FromStr;

use super::super::duration::duration;
use super::{Bound, Clause, Figure, Gate};

/// Units of time and their nanoseconds, the smallest first; the first names are those written.
pub(super) const UNITS: [(&str, u128); 4] =
    [("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000)];

/// Why a text is no gate.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum GateError {
    /// There is nothing in it.
    #[error("a gate needs a clause, such as `p99<=50ms`")]
    Empty,
    /// A clause has no `<=`.
    #[error("`{clause}` has no `<=`; write it as `p99<=50ms`, `errors<=0` or `regress<=5%`")]
    NoBound {
        /// As typed.
        clause: String,
    },
    /// What should be bounded is unknown.
    #[error(
        "`{figure}` is nothing that a gate can bound; p50, p90, p95, p99, p99.9, max, mean, errors \
         and regress are"
    )]
    Figure {
        /// As typed.
        figure: String,
    },
    /// `class:` without a name, or without what must hold of it.
    #[error("`{clause}` needs a class and then what must hold of it: `class:phrase p95<=5ms`")]
    Class {
        /// As typed.
        clause: String,
    },
    /// The bound cannot be read.
    #[error("`{value}` is no {wanted}")]
    Value {
        /// As typed.
        value: String,
        /// What is expected, with an example.
        wanted: &'static str,
    },
}

impl FromStr for Gate {
    type Err = GateError;

    /// Reads clauses that are parted by `;` or by line breaks.
    fn from_str(text: &str) -> Result<Self, GateError> {
        let clauses = text.split([';', '\n']).map(str::trim).filter(|it| !it.is_empty());
        let clauses: Vec<Clause> = clauses.map(clause).collect::<Result<_, _>>()?;
        if clauses.is_empty() { Err(GateError::Empty) } else { Ok(Self { clauses }) }
    }
}

fn clause(text: &str) -> Result<Clause, GateError> {
    let (class, rest) = match text.strip_prefix("class:") {
        None => (None, text),
        Some(rest) => {
            let parts = rest.split_once(char::is_whitespace);
            let (class, rest) = parts.map(|(class, rest)| (class, rest.trim())).unwrap_or_default();
            if class.is_empty() || rest.is_empty() {
                return Err(GateError::Class { clause: text.to_owned() });
            }
            (Some(class.to_owned()), rest)
        }
    };
    let parts = rest.split_once("<=").or_else(|| rest.split_once('≤'));
    let (figure, value) = parts.ok_or_else(|| GateError::NoBound { clause: rest.to_owned() })?;
    Ok(Clause { class, bound: bound(figure.trim(), value.trim())? })
}

fn bound(figure: &str, value: &str) -> Result<Bound, GateError> {
    let wanted = |wanted| GateError::Value { value: value.to_owned(), wanted };
    match figure {
        "errors" => {
            value.parse().map(Bound::Errors).map_err(|_| wanted("number of errors, such as `0`"))
        }
        "regress" => percent(value).map(Bound::Regress).ok_or(wanted("percentage, such as `5%`")),
        _ => {
            let known = Figure::ALL.into_iter().find(|it| it.name() == figure);
            let known = known.ok_or_else(|| GateError::Figure { figure: figure.to_owned() })?;
            let time =
                duration(value).ok_or(wanted("time with its unit, such as `50ms` or `1.5s`"))?;
            Ok(Bound::Time(known, time))
        }
    }
}

fn percent(text: &str) -> Option<f64> {
    number(text.strip_suffix('%')?.trim_end())
}

/// A number without a sign or an exponent.
fn number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|number: &f64| is_plain && number.is_finite())
}
