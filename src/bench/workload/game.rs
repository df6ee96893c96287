//! The questions of the [search benchmark game](https://github.com/quickwit-oss/search-benchmark-game),
//! in the syntax of Lucene: `+a +b` is both, `a b` is either, quotation marks make a phrase.

/// Such a question in the language of dateline.
pub(super) fn question(text: &str) -> Result<String, String> {
    let (mut required, mut optional, mut excluded) = (Vec::new(), Vec::new(), Vec::new());
    let mut rest = text.trim();
    while let Some(sign) = rest.chars().next() {
        let unsigned = rest.strip_prefix(['+', '-']).unwrap_or(rest);
        let (operand, behind) = operand(unsigned)?;
        match sign {
            '+' => required.push(operand),
            '-' => excluded.push(operand),
            _ => optional.push(operand),
        }
        rest = behind.trim_start();
    }
    let mut question = match (required.as_slice(), optional.as_slice()) {
        ([], []) if excluded.is_empty() => return Err("it asks for nothing".to_owned()),
        (required, []) => required.join(" AND "),
        ([], optional) if excluded.is_empty() || optional.len() == 1 => optional.join(" OR "),
        ([], optional) => format!("({})", optional.join(" OR ")),
        // There, what is optional next to what is required moves hits and finds none.
        _ => return Err("it has words with and without `+`, which has no like here".to_owned()),
    };
    for operand in excluded {
        let between = if question.is_empty() { "" } else { " AND " };
        question = format!("{question}{between}NOT {operand}");
    }
    Ok(question)
}

/// A word or a phrase at the beginning of a text, and what stands behind it.
fn operand(text: &str) -> Result<(String, &str), String> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (words, behind) = quoted.split_once('"').ok_or("a quotation mark is left open")?;
        return Ok((format!("\"{}\"", words.replace('\\', " ").trim()), behind));
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, behind) = text.split_at(end);
    if word.is_empty() {
        return Err("a sign has no word behind it".to_owned());
    }
    // In quotation marks, operators and marks are words.
    let is_plain = word.chars().all(char::is_alphanumeric) && word.chars().any(char::is_lowercase);
    let word =
        if is_plain { word.to_owned() } else { format!("\"{}\"", word.replace(['\\', '"'], " ")) };
    Ok((word, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, meant: &str) {
        let got = question(text).unwrap_or_else(|error| format!("error: {error}"));
        assert_eq!(got, meant, "for `{text}`");
    }

    #[test]
    fn plus_is_and_bare_words_are_or_and_quotes_are_a_phrase() {
        check("griffith", "griffith");
        check("+griffith +observatory", "griffith AND observatory");
        check("griffith observatory", "griffith OR observatory");
        check("\"griffith observatory\"", "\"griffith observatory\"");
        check("+\"griffith observatory\" +park", "\"griffith observatory\" AND park");
        check("+park -zoo", "park AND NOT zoo");
        check("park zoo -lion", "(park OR zoo) AND NOT lion");
    }

    #[test]
    fn what_would_be_an_operator_here_is_quoted() {
        check("+AND +o'brien", "\"AND\" AND \"o'brien\"");
    }

    #[test]
    fn what_has_no_like_here_is_an_error() {
        check("+park zoo", "error: it has words with and without `+`, which has no like here");
        check("\"park", "error: a quotation mark is left open");
        check("+park + ", "error: a sign has no word behind it");
        check("  ", "error: it asks for nothing");
    }
}
