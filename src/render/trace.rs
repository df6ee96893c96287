//! What became of each piece of a page, for those who wonder why a line is missing.

use std::io::{self, Write};

use crate::article::{Article, Traced};
use crate::text::printable;

/// Writes one line for the article, then one for each piece of its page, in the order of the page:
/// `kept` or the reason why it was taken off, the chance in percent that it was given of being part
/// of the story, and its text, with tabs between.
pub fn trace(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let (path, title) = (article.locator.path(), printable(&article.title.text));
    writeln!(out, "# {}\t{}\t{title}", article.id, printable(&path))?;
    for Traced { reason, chance, text } in &article.trace {
        let chance = chance.map(|chance| chance.to_string()).unwrap_or_default();
        writeln!(out, "{}\t{chance}\t{}", reason.unwrap_or("kept"), printable(text))?;
    }
    Ok(())
}
