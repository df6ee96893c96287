//! Whether a text is a table, and what separates its cells.

use csv::StringRecord;

use super::rows::{Piece, Rows, cells};
use crate::source::Window;
use crate::source::format::{Format, HEAD};
use crate::source::keys::{fold, is_known_key, is_text_key, is_title_key};

/// Bytes that separate cells; of two that fit as well, the later one counts.
const DELIMITERS: [u8; 4] = *b"\t|;,";

/// Characters in the name of a column.
const LONGEST_NAME: usize = 40;

/// Rows that are looked at.
const SAMPLE: usize = 20;

/// The table that `text` is the head of; `named` is what its name promises.
///
/// Under a name that promises nothing or text, prose must not be taken for a table: then the first
/// line must name at least two known columns, of a headline or a text among them, and every row
/// looked at must have as many cells.
pub(in crate::source) fn sniff(text: &[u8], named: Option<Format>) -> Option<Format> {
    let promised = match named {
        Some(Format::Table(delimiter)) => Some(delimiter),
        None | Some(Format::Text) => None,
        Some(_) => return None,
    };
    let columns = |delimiter: &u8| header(text, *delimiter);
    let known =
        |delimiter: &u8| columns(delimiter).iter().filter(|name| is_known_key(&fold(name))).count();
    let best = DELIMITERS.into_iter().filter(|delimiter| known(delimiter) > 0).max_by_key(known);
    let Some(promised) = promised else {
        let best = best.filter(|best| known(best) >= 2)?;
        let is_table = names_a_story(&columns(&best)) && is_even(text, best);
        return is_table.then_some(Format::Table(best));
    };
    let widest = || DELIMITERS.into_iter().max_by_key(|delimiter| columns(delimiter).len());
    let has_promised = columns(&promised).len() > 1;
    let delimiter = best.or_else(|| if has_promised { Some(promised) } else { widest() });
    Some(Format::Table(delimiter.unwrap_or(promised)))
}

/// The names of the columns, if the first line is cut at `delimiter`.
fn header(text: &[u8], delimiter: u8) -> StringRecord {
    let mut rows = Rows::new(Window::new(text), delimiter, HEAD);
    match rows.next() {
        Ok(Some(Piece::Whole { bytes, .. })) => cells(&String::from_utf8_lossy(bytes), delimiter),
        _ => StringRecord::new(),
    }
}

/// Whether these are names of columns, of a headline or a text among them.
fn names_a_story(columns: &StringRecord) -> bool {
    let is_story = |name: &str| is_title_key(&fold(name)) || is_text_key(&fold(name));
    let is_name = |name: &str| name.chars().count() <= LONGEST_NAME;
    columns.iter().any(is_story) && columns.iter().all(is_name)
}

/// Whether there is a row below the header, and all of them have as many cells as that.
fn is_even(text: &[u8], delimiter: u8) -> bool {
    let mut rows = Rows::new(Window::new(text), delimiter, HEAD);
    let mut counts = Vec::new();
    while let Ok(Some(Piece::Whole { offset, bytes })) = rows.next() {
        let end = usize::try_from(offset).unwrap_or(HEAD) + bytes.len();
        // The last row may go on after the head.
        if counts.len() > SAMPLE || (counts.len() > 1 && end >= text.len()) {
            break;
        }
        counts.push(cells(&String::from_utf8_lossy(bytes), delimiter).len());
    }
    counts.len() > 1 && counts.iter().all(|count| *count == counts[0])
}
