//! What the index finds by positions is what a plain reading of the texts finds.
//!
//! The reading here shares nothing with the program but the syntax tree of the query: it cuts texts
//! at white space, goes over all places by nested loops, and knows only the documented meaning.

use std::fmt::Write as _;

use super::archive::Archive;
use super::*;

/// Words that no stemmer changes.
const WORDS: [&str; 6] = ["bab", "cac", "bob", "dod", "cuc", "gog"];
const N_TEXTS: usize = 2_000;
const N_QUERIES: usize = 200;

/// Numbers that look random and are the same in every run (Marsaglia 2003, "Xorshift RNGs").
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    /// Few words are frequent.
    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len()).min(self.below(WORDS.len()))]
    }

    fn sentence(&mut self) -> String {
        let mut sentence = String::new();
        for place in 0..=self.below(5) {
            let word = self.word();
            if place == 0 {
                sentence += &word[..1].to_uppercase();
                sentence += &word[1..];
            } else {
                write!(sentence, " {word}").expect("written");
            }
        }
        sentence + [".", "!", "?"][self.below(3)]
    }

    pub(crate) fn paragraph(&mut self) -> String {
        let n_sentences = 1 + self.below(3);
        (0..n_sentences).map(|_| self.sentence()).collect::<Vec<_>>().join(" ")
    }

    /// A title and a body, either of which may be empty.
    fn text(&mut self) -> (String, String) {
        let title = if self.below(4) > 0 { self.paragraph() } else { String::new() };
        let n_paragraphs = self.below(4);
        let body: Vec<_> = (0..n_paragraphs).map(|_| self.paragraph()).collect();
        (title, body.join("\n"))
    }

    fn words(&mut self) -> String {
        let n_words = 2 + self.below(2);
        (0..n_words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn leaf(&mut self) -> String {
        match self.below(8) {
            0 => format!("\"{}\"", self.words()),
            1 => format!("\"{}\"~{}", self.words(), self.below(4)),
            2 => format!("\"{}\"~{}u", self.words(), self.below(4)),
            3 => ["b?b", "*oc", "go*", "?ac", "c?c"][self.below(5)].to_owned(),
            _ => self.word().to_owned(),
        }
    }

    fn span(&mut self, levels: usize) -> String {
        if levels == 0 {
            return self.leaf();
        }
        match self.below(8) {
            0 => self.leaf(),
            1 => format!("({} OR {})", self.span(levels - 1), self.span(levels - 1)),
            _ => {
                let (left, right) = (self.span(levels - 1), self.span(levels - 1));
                let near = match self.below(8) {
                    0 => "w/s".to_owned(),
                    1 => "w/p".to_owned(),
                    2 => "pre/s".to_owned(),
                    3 => format!("w/{}", 60 + self.below(80)),
                    4 | 5 => format!("pre/{}", self.below(4)),
                    _ => format!("w/{}", self.below(4)),
                };
                format!("({left} {near} {right})")
            }
        }
    }

    fn clause(&mut self) -> String {
        let levels = self.below(3);
        let span = self.span(levels);
        let counted =
            if self.below(5) == 0 { format!("atleast{}({span})", 2 + self.below(2)) } else { span };
        if self.below(6) == 0 { format!("NOT {counted}") } else { counted }
    }

    pub(crate) fn query(&mut self) -> String {
        let mut query = self.clause();
        if self.below(4) == 0 {
            query = format!("({query} {} {})", ["AND", "OR"][self.below(2)], self.clause());
        }
        match self.below(12) {
            0 => format!("head({query})"),
            1 => format!("lead({query})"),
            2 => format!("hlead({query})"),
            3 => format!("body({query})"),
            4 => format!("first{}({query})", 1 + self.below(8)),
            _ => query,
        }
    }
}

/// A word of a text and where it stands.
struct Word {
    text: String,
    is_body: bool,
    /// Counting through the whole text.
    sentence: usize,
    paragraph: usize,
    /// Its place in the title, or in the body.
    place: usize,
}

/// Title and body, word by word.
pub(crate) struct Reading(Vec<Word>);

/// Words of a reading from `first` to `last`; `all` says whether all of them matched, or only these
/// two are known to.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    first: usize,
    last: usize,
    all: bool,
}

impl Place {
    fn took(self, place: usize) -> bool {
        if self.all {
            self.first <= place && place <= self.last
        } else {
            self.first == place || self.last == place
        }
    }
}

impl Reading {
    pub(crate) fn of(title: &str, body: &str) -> Self {
        let (mut words, mut sentence) = (Vec::new(), 0);
        let lines = std::iter::once(title).chain(body.lines());
        for (paragraph, line) in lines.enumerate() {
            for written in line.split_whitespace() {
                let is_body = paragraph > 0;
                let place = words.iter().filter(|word: &&Word| word.is_body == is_body).count();
                let text = written.trim_end_matches(['.', '!', '?']).to_lowercase();
                words.push(Word { text, is_body, sentence, paragraph, place });
                sentence += usize::from(written.ends_with(['.', '!', '?']));
            }
        }
        Self(words)
    }

    pub(crate) fn matches(&self, query: &Query, zone: Option<Zone>) -> bool {
        match query {
            Query::All => true,
            Query::Nothing => false,
            Query::And(clauses) => clauses.iter().all(|clause| self.matches(clause, zone)),
            Query::Or(clauses) => clauses.iter().any(|clause| self.matches(clause, zone)),
            Query::Not(inner) => !self.matches(inner, zone),
            Query::In(zone, inner) => self.matches(inner, Some(*zone)),
            Query::Text(text) => self.holds(&Span::Text(text.clone()), 1, zone),
            Query::Near(near) => self.holds(&Span::Near(near.clone()), 1, zone),
            Query::AtLeast(times, span) => self.holds(span, *times, zone),
            other => panic!("`{other}` is not asked here"),
        }
    }

    fn holds(&self, span: &Span, times: u32, zone: Option<Zone>) -> bool {
        let mut places = self.places(span);
        places.retain(|place| {
            zone.is_none_or(|zone| self.0[place.first..=place.last].iter().all(|w| is_in(w, zone)))
        });
        // The most that do not overlap: always the next that ends first.
        let (mut count, mut free) = (0, 0);
        while let Some(next) =
            places.iter().filter(|place| place.first >= free).min_by_key(|place| place.last)
        {
            free = next.last + 1;
            count += 1;
        }
        count >= times
    }

    /// The places that hold no other.
    fn places(&self, span: &Span) -> Vec<Place> {
        let all = match span {
            Span::Text(text) => self.places_of_text(text),
            Span::AnyOf(spans) => spans.iter().flat_map(|span| self.places(span)).collect(),
            Span::Near(near) => {
                let (left, right) = (self.places(&near.left), self.places(&near.right));
                let pairs = left.iter().flat_map(|l| right.iter().map(move |r| (*l, *r)));
                let near = pairs.filter(|(l, r)| self.is_near(*l, *r, near.proximity));
                near.map(|(l, r)| Place {
                    first: l.first.min(r.first),
                    last: l.last.max(r.last),
                    all: false,
                })
                .collect()
            }
        };
        let holds = |outer: &Place, inner: &Place| {
            let around = outer.first <= inner.first && inner.last <= outer.last;
            let is_same = (outer.first, outer.last) == (inner.first, inner.last);
            around && (!is_same || outer.all && !inner.all)
        };
        let minimal = all.iter().filter(|place| !all.iter().any(|other| holds(place, other)));
        minimal.copied().collect()
    }

    fn is_near(&self, left: Place, right: Place, proximity: Proximity) -> bool {
        let shared = |place| left.took(place) && right.took(place);
        if (0..self.0.len()).any(shared) || proximity.ordered && left.last >= right.first {
            return false;
        }
        let between = if left.last < right.first {
            right.first - left.last - 1
        } else if right.last < left.first {
            left.first - right.last - 1
        } else {
            0
        };
        let first = &self.0[left.first.min(right.first)];
        let last = &self.0[left.last.max(right.last)];
        match proximity.reach {
            Reach::Words(words) => {
                first.is_body == last.is_body && between <= usize::try_from(words).expect("small")
            }
            Reach::Sentence => first.sentence == last.sentence && first.paragraph == last.paragraph,
            Reach::Paragraph => first.paragraph == last.paragraph,
        }
    }

    fn places_of_text(&self, text: &Text) -> Vec<Place> {
        let is_word = |place: usize, word: &str| self.0[place].text == word;
        match text {
            Text::Word(word) => self.single(|place| is_word(place, word)),
            Text::Wildcard(pattern) => self.single(|place| is_like(&self.0[place].text, pattern)),
            Text::Phrase { words, slop, ordered } => {
                let words: Vec<&str> = words.split(' ').collect();
                let mut found = Vec::new();
                self.ways(&words, *ordered, &mut Vec::new(), &mut |taken: &[usize]| {
                    let first = *taken.iter().min().expect("a word");
                    let last = *taken.iter().max().expect("a word");
                    let others = last + 1 - first - taken.len();
                    let is_one_part = self.0[first].is_body == self.0[last].is_body;
                    if is_one_part && others <= usize::try_from(*slop).expect("small") {
                        found.push(Place { first, last, all: others == 0 });
                    }
                });
                found
            }
            other => panic!("{other:?} is not asked here"),
        }
    }

    fn single(&self, is_match: impl Fn(usize) -> bool) -> Vec<Place> {
        let matching = (0..self.0.len()).filter(|&place| is_match(place));
        matching.map(|place| Place { first: place, last: place, all: true }).collect()
    }

    /// Every way to take a word of the text for each of `words`.
    fn ways(
        &self,
        words: &[&str],
        ordered: bool,
        taken: &mut Vec<usize>,
        found: &mut impl FnMut(&[usize]),
    ) {
        let Some(word) = words.get(taken.len()) else { return found(taken) };
        for place in 0..self.0.len() {
            let is_free = match taken.last() {
                Some(&last) if ordered => place > last,
                _ => !taken.contains(&place),
            };
            if is_free && self.0[place].text == *word {
                taken.push(place);
                self.ways(words, ordered, taken, found);
                taken.pop();
            }
        }
    }
}

fn is_in(word: &Word, zone: Zone) -> bool {
    let is_lead = word.is_body && word.paragraph == 1;
    match zone {
        Zone::Title => !word.is_body,
        Zone::TitleAndLead => !word.is_body || is_lead,
        Zone::Lead => is_lead,
        Zone::First(words) => word.is_body && word.place < usize::try_from(words).expect("small"),
        Zone::Body => word.is_body,
    }
}

fn is_like(word: &str, pattern: &str) -> bool {
    match pattern.chars().next() {
        None => word.is_empty(),
        Some('*') => (0..=word.len()).any(|skipped| is_like(&word[skipped..], &pattern[1..])),
        Some('?') => !word.is_empty() && is_like(&word[1..], &pattern[1..]),
        Some(_) => word.starts_with(&pattern[..1]) && is_like(&word[1..], &pattern[1..]),
    }
}

#[test]
fn the_index_finds_what_a_plain_reading_finds() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let texts: Vec<(String, String)> = (0..N_TEXTS).map(|_| random.text()).collect();
    let shown: Vec<(&str, &str)> =
        texts.iter().map(|(title, body)| (title.as_str(), body.as_str())).collect();
    let archive = Archive::of(&shown);
    let readings: Vec<Reading> =
        shown.iter().map(|(title, body)| Reading::of(title, body)).collect();
    let mut n_found = 0;
    for _ in 0..N_QUERIES {
        let typed = random.query();
        let Parsed { query, repairs, .. } = read(&typed);
        assert!(repairs.is_empty(), "{repairs:?} for `{typed}`");
        let found = archive.found(&typed);
        let matching = readings.iter().map(|reading| reading.matches(&query, None));
        let expected: Vec<usize> = matching
            .enumerate()
            .filter(|(_, matches)| *matches)
            .map(|(number, _)| number)
            .collect();
        if let Some(number) =
            (0..N_TEXTS).find(|number| found.contains(number) != expected.contains(number))
        {
            let does = if found.contains(&number) { "finds" } else { "does not find" };
            panic!("`{query}` {does} {:?}", texts[number]);
        }
        n_found += found.len();
    }
    // Neither nothing nor everything matches.
    assert!((N_TEXTS..N_TEXTS * N_QUERIES * 3 / 4).contains(&n_found), "{n_found}");
}
