//! A concordance: every place that answers a question, with what stands around it.

use std::ops::Range;

use super::scan::Part;
use super::stream::{MarkedArticle, stream};
use super::{Detail, Hits, SearchRequest, Sort};
use crate::analysis::fold;
use crate::error::Error;
use crate::index::ArchiveReader;

/// What is asked of a concordance.
#[derive(Clone, Debug)]
pub struct KwicRequest {
    /// The question, and which articles are looked through; its order, its limit and all else that
    /// concerns hits does not count.
    pub search: SearchRequest,
    /// The order of the lines.
    pub order: LineOrder,
    /// How many lines are wanted.
    pub limit: usize,
    /// How many characters are wanted on either side.
    pub context: usize,
}

/// The order of the lines of a concordance. Those of one place come as the articles do, best first,
/// and as they stand there, the title first.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum LineOrder {
    /// Those of the best article first.
    #[default]
    Rank,
    /// Those of the oldest article first; undated ones last.
    Oldest,
    /// Those of the newest article first; undated ones last.
    Newest,
    /// By the words before the match, the nearest first.
    Left,
    /// By the match and the words behind it.
    Right,
}

/// The answer to a [`KwicRequest`].
#[derive(Clone, Debug)]
pub struct Concordance {
    /// What is known of the articles; without hits.
    pub summary: Hits,
    /// How many places answer the question in all; `None` where not all articles were looked
    /// through, as the first lines were enough.
    pub matches: Option<u64>,
    /// The lines, in order.
    pub lines: Vec<KwicLine>,
}

/// A place that answers a clause of the question.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KwicLine {
    /// The rank of the article among all that match, in the order of the lines; by relevance where
    /// words decide.
    pub rank: usize,
    /// The article's id.
    pub id: String,
    /// Its file.
    pub path: String,
    /// The number of the record in that file.
    pub record: u32,
    /// Its headline.
    pub title: String,
    /// Its date, as exactly as it is known.
    pub date: Option<String>,
    /// Newspaper, agency or site.
    pub publisher: Option<String>,
    /// Whether the place is in the title; else it is in the body.
    pub in_title: bool,
    /// The bytes of the title or of the body.
    pub range: Range<usize>,
    /// The clause, in canonical form.
    pub clause: usize,
    /// What stands before, on one line.
    pub left: String,
    /// What matched, as a whole.
    pub keyword: String,
    /// What stands behind.
    pub right: String,
}

/// Looks up `request` in the snapshot that `archive` holds.
///
/// Where words decide the order, every article is looked through, and twice as many lines as are
/// wanted are held at most.
pub fn kwic(archive: &ArchiveReader, request: &KwicRequest) -> Result<Concordance, Error> {
    let search = SearchRequest {
        sort: match request.order {
            LineOrder::Rank | LineOrder::Left | LineOrder::Right => Sort::Relevance,
            LineOrder::Oldest => Sort::Oldest,
            LineOrder::Newest => Sort::Newest,
        },
        limit: usize::MAX,
        offset: 0,
        snippets: 1,
        detail: Detail::Brief,
        after: None,
        ..request.search.clone()
    };
    let by_words = matches!(request.order, LineOrder::Left | LineOrder::Right);
    let mut stream = stream(archive, &search)?;
    let mut sorted = Sorted { order: request.order, limit: request.limit, lines: Vec::new() };
    let mut matches = Some(0);
    while let Some(article) = stream.marked()? {
        let lines = lines(&article, request.context);
        matches = matches.map(|matches| matches + lines.len() as u64);
        sorted.add(lines);
        if !by_words && sorted.lines.len() > request.limit {
            matches = None;
            break;
        }
    }
    let lines = sorted.finish();
    Ok(Concordance { summary: Hits { cursor: None, ..stream.summary() }, matches, lines })
}

/// Lines in the making.
struct Sorted {
    order: LineOrder,
    limit: usize,
    /// With what they are sorted by.
    lines: Vec<(Vec<String>, KwicLine)>,
}

impl Sorted {
    fn add(&mut self, lines: Vec<KwicLine>) {
        let keyed = lines.into_iter().map(|line| (key(&line, self.order), line));
        self.lines.extend(keyed);
        if self.lines.len() / 2 > self.limit {
            self.settle();
        }
    }

    /// Only the first lines, in order.
    fn settle(&mut self) {
        // Stable, so that lines which begin alike stay in the order of their articles.
        self.lines.sort_by(|(a, _), (b, _)| a.cmp(b));
        self.lines.truncate(self.limit);
    }

    fn finish(mut self) -> Vec<KwicLine> {
        self.settle();
        self.lines.into_iter().map(|(_, line)| line).collect()
    }
}

/// What a line is sorted by.
fn key(line: &KwicLine, order: LineOrder) -> Vec<String> {
    let words = |text: &str| -> Vec<String> {
        // A dash that stands by itself is no word.
        text.split_whitespace().map(word_key).filter(|word| !word.is_empty()).collect()
    };
    match order {
        LineOrder::Rank | LineOrder::Oldest | LineOrder::Newest => Vec::new(),
        LineOrder::Left => {
            let mut words = words(&line.left);
            words.reverse();
            words
        }
        LineOrder::Right => words(&format!("{}{}", line.keyword, line.right)),
    }
}

/// A word without case, accents and marks around it.
fn word_key(word: &str) -> String {
    fold(word.trim_matches(|c: char| !c.is_alphanumeric())).into_owned()
}

/// Every place of an article that answers.
fn lines(found: &MarkedArticle, context: usize) -> Vec<KwicLine> {
    let MarkedArticle { rank, article, marked } = found;
    let mut lines: Vec<KwicLine> = Vec::new();
    for (part, text, answers) in
        [(Part::Title, &article.title, &marked.title), (Part::Body, &article.body, &marked.body)]
    {
        let mut last = None;
        for answer in &answers.answers {
            // Two clauses may be answered by the same words.
            if last.replace(&answer.range) == Some(&answer.range) {
                continue;
            }
            let Range { start, end } = answer.range.clone();
            lines.push(KwicLine {
                rank: *rank,
                id: article.id.clone(),
                path: article.path.clone(),
                record: article.record,
                title: article.title.clone(),
                date: article.date.clone(),
                publisher: article.publisher.clone(),
                in_title: part == Part::Title,
                range: start..end,
                clause: answer.clause,
                left: end_of(&text[..start], context),
                keyword: spaced(&text[start..end]),
                right: start_of(&text[end..], context),
            });
        }
    }
    lines
}

/// How many bytes a character takes at most.
const WIDEST: usize = 4;

/// The last `most` characters of a text, on one line.
fn end_of(text: &str, most: usize) -> String {
    // White space shrinks, so more is taken than is kept.
    let from = text.len().saturating_sub(most.saturating_mul(2 * WIDEST));
    let line = spaced(&text[text.ceil_char_boundary(from)..]);
    let surplus = line.chars().count().saturating_sub(most);
    line.chars().skip(surplus).collect()
}

/// The first `most` characters of a text, on one line.
fn start_of(text: &str, most: usize) -> String {
    let to = text.floor_char_boundary(most.saturating_mul(2 * WIDEST));
    spaced(&text[..to]).chars().take(most).collect()
}

/// A text with one space for any white space; those at its ends stay, as they tell whether a word
/// ends there.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if !c.is_whitespace() => spaced.push(c),
            _ if spaced.ends_with(' ') => {}
            _ => spaced.push(' '),
        }
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(left: &str, keyword: &str, right: &str) -> KwicLine {
        KwicLine {
            rank: 1,
            id: String::new(),
            path: String::new(),
            record: 0,
            title: String::new(),
            date: None,
            publisher: None,
            in_title: false,
            range: 0..0,
            clause: 0,
            left: left.to_owned(),
            keyword: keyword.to_owned(),
            right: right.to_owned(),
        }
    }

    #[test]
    fn the_nearest_words_decide() {
        let lines = [
            line("the old ", "strike", " began"),
            line("an Old ", "strike", ", ended"),
            line("a new ", "strikes", " ended"),
            line("", "Strike", " again"),
        ];
        let order = |order| {
            let mut sorted = Sorted { order, limit: 3, lines: Vec::new() };
            sorted.add(lines.to_vec());
            let found = sorted.finish();
            found
                .iter()
                .map(|line| format!("{}{}{}", line.left, line.keyword, line.right))
                .collect()
        };
        let left: Vec<String> = order(LineOrder::Left);
        assert_eq!(left, ["Strike again", "a new strikes ended", "an Old strike, ended"]);
        let right: Vec<String> = order(LineOrder::Right);
        assert_eq!(right, ["Strike again", "the old strike began", "an Old strike, ended"]);
        let rank: Vec<String> = order(LineOrder::Rank);
        assert_eq!(rank[0], "the old strike began");
    }

    #[test]
    fn context_is_cut_by_characters() {
        assert_eq!(end_of("Первый\n\nвыбор ", 7), " выбор ");
        assert_eq!(start_of(" of  the\tday", 7), " of the");
        assert_eq!(end_of("", 5), "");
        assert_eq!(start_of("选举结果", 2), "选举");
    }
}
