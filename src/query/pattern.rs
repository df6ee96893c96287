//! Patterns of single words: wildcards and regular expressions, over words as they are folded.
//!
//! A pattern matches a word as a whole. Case and accents do not count, as in all comparing of
//! words: the letters of a pattern lose their accents here, and the automaton disregards case.
//!
//! # Cost
//!
//! The automaton is built as far as the words that it is shown ask for it, and takes at most
//! [`CACHE_BYTES`]; an expression that is large before it sees a word is refused.

use std::cell::{Cell, RefCell};

use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, Config, DFA};
use regex_automata::nfa::thompson;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};
use regex_syntax::hir::{Look, LookSet};
use tantivy_fst::Automaton;

use super::ast::Text;
use crate::analysis::fold;

/// The most memory that the states of an automaton take.
const CACHE_BYTES: usize = 4 << 20;

/// The most memory that an expression takes before it is shown a word; that of `\w{20}` is less.
const EXPRESSION_BYTES: usize = 1 << 20;

/// The expression that matches the words which `text` stands for; `None` where it is no pattern.
pub(crate) fn expression(text: &Text) -> Option<String> {
    match text {
        Text::Wildcard(wildcard) => Some(wildcard_expression(wildcard)),
        Text::Regex(regex) => Some(regex_expression(regex)),
        _ => None,
    }
}

/// The expression of a pattern in which `*` stands for any letters and `?` for one.
pub(super) fn wildcard_expression(wildcard: &str) -> String {
    let mut expression = String::new();
    for part in fold(wildcard).split_inclusive(['*', '?']) {
        let literal = part.trim_end_matches(['*', '?']);
        expression.push_str(&regex_syntax::escape(literal));
        expression.push_str(match part.as_bytes().last() {
            Some(b'*') => ".*",
            Some(b'?') => ".",
            _ => "",
        });
    }
    expression
}

/// What is wrong with a regular expression as one of single words, if anything.
pub(super) fn fault(regex: &str) -> Option<String> {
    if regex.contains(char::is_whitespace) {
        return Some("it matches one word and so holds no space".into());
    }
    let expression = regex_expression(regex);
    let parsed = match regex_syntax::Parser::new().parse(&expression) {
        Ok(parsed) => parsed,
        Err(regex_syntax::Error::Parse(error)) => return Some(error.kind().to_string()),
        Err(regex_syntax::Error::Translate(error)) => return Some(error.kind().to_string()),
        Err(error) => return Some(error.to_string().lines().last().unwrap_or_default().into()),
    };
    let ends = LookSet::empty().insert(Look::Start).insert(Look::End);
    if !parsed.properties().look_set().subtract(ends).is_empty() {
        return Some("it matches whole words and so asks for no bounds".into());
    }
    if Pattern::new(&expression).is_none() {
        return Some("it is too large".into());
    }
    None
}

/// The expression with accents taken off its letters. Those behind a backslash or written in
/// numbers stay as they are.
pub(super) fn regex_expression(regex: &str) -> String {
    let mut plain = String::with_capacity(regex.len());
    for c in regex.chars() {
        if c.is_ascii() {
            plain.push(c);
        } else {
            plain.push_str(&fold(c.encode_utf8(&mut [0; 4])));
        }
    }
    plain
}

/// An automaton for the words that match an expression as a whole.
#[derive(Debug)]
pub(super) struct Pattern {
    dfa: DFA,
    cache: RefCell<Cache>,
    /// Whether the automaton grew so large that it can no longer tell.
    is_full: Cell<bool>,
}

impl Pattern {
    /// `None` where the expression is none, or too large.
    pub(super) fn new(expression: &str) -> Option<Self> {
        let states = Config::new()
            .match_kind(MatchKind::All)
            .cache_capacity(CACHE_BYTES)
            // States are held while the dictionary is walked and must not be forgotten.
            .minimum_cache_clear_count(Some(0));
        let nfa = thompson::Config::new()
            .nfa_size_limit(Some(EXPRESSION_BYTES))
            .which_captures(thompson::WhichCaptures::None);
        let dfa = DFA::builder()
            .configure(states)
            .thompson(nfa)
            .syntax(syntax::Config::new().case_insensitive(true))
            .build(expression)
            .ok()?;
        let cache = RefCell::new(dfa.create_cache());
        Some(Self { dfa, cache, is_full: Cell::new(false) })
    }

    /// Whether `word`, which is folded, matches as a whole.
    pub(super) fn matches(&self, word: &str) -> bool {
        let end = word.bytes().fold(self.start(), |state, byte| self.accept(&state, byte));
        self.is_match(&end)
    }

    /// Whether it grew too large at some point, and words may have been missed.
    pub(super) fn is_full(&self) -> bool {
        self.is_full.get()
    }

    /// The state, unless it leads nowhere or there is no room for it.
    fn kept<E>(&self, state: Result<LazyStateID, E>) -> Option<LazyStateID> {
        if state.is_err() {
            self.is_full.set(true);
        }
        state.ok().filter(|state| !state.is_dead() && !state.is_quit())
    }
}

impl Automaton for Pattern {
    type State = Option<LazyStateID>;

    fn start(&self) -> Self::State {
        let anchored = start::Config::new().anchored(Anchored::Yes);
        self.kept(self.dfa.start_state(&mut self.cache.borrow_mut(), &anchored))
    }

    fn is_match(&self, state: &Self::State) -> bool {
        let end = |state| self.dfa.next_eoi_state(&mut self.cache.borrow_mut(), state);
        state.and_then(|state| self.kept(end(state))).is_some_and(|end| end.is_match())
    }

    fn can_match(&self, state: &Self::State) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        let next = |state| self.dfa.next_state(&mut self.cache.borrow_mut(), state, byte);
        state.and_then(|state| self.kept(next(state)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &Text, words: &[&str], others: &[&str]) {
        let expression = expression(text).expect("a pattern");
        let pattern = Pattern::new(&expression).expect("an automaton");
        // What is found and what is marked are told by two automata.
        let regex = regex::Regex::new(&format!("^(?i:{expression})$")).expect("an expression");
        for word in words {
            assert!(pattern.matches(word) && regex.is_match(word), "{text:?}, `{word}`");
        }
        for word in others {
            assert!(!pattern.matches(word) && !regex.is_match(word), "{text:?}, `{word}`");
        }
    }

    #[test]
    fn wildcards_stand_for_letters() {
        let wildcard = |it: &str| Text::Wildcard(it.into());
        check(&wildcard("Toka*"), &["toka", "tokayev"], &["tok", "atoka"]);
        check(&wildcard("*бА?в"), &["назарбаев", "баив"], &["баев1", "бав"]);
        check(&wildcard("É?ec*n"), &["election"], &["elction", "elections"]);
        check(&wildcard("a???????????????????*b"), &["a12345678901234567890b"], &["ab"]);
    }

    #[test]
    fn expressions_match_words_as_a_whole() {
        let regex = |it: &str| Text::Regex(it.into());
        check(&regex("strik(e|ing)"), &["strike", "striking"], &["strikes", "astrike", "strik"]);
        check(&regex("a|ab|abc"), &["a", "ab", "abc"], &["abcd", ""]);
        check(&regex("Tok[ао]?Y?ev"), &["tokyev", "tokev"], &["tokayev"]);
        check(&regex("^Élu(e)?s?$"), &["elu", "elues"], &["elut"]);
        check(&regex(r"\d{4}"), &["2022"], &["202", "20222"]);
        check(&regex(r"\p{Lu}+"), &["osce"], &["o1"]);
        check(&regex(r"u\.s"), &["u.s"], &["uxs"]);
        check(&regex("выбор[ыа]"), &["выборы"], &["выбор"]);
    }

    #[test]
    fn what_is_no_expression_is_told() {
        for (regex, reason) in [
            ("tok[a", "unclosed character class"),
            ("(a", "unclosed group"),
            (r"\bstrike\b", "it matches whole words and so asks for no bounds"),
            ("a b", "it matches one word and so holds no space"),
            (r"(\pL{50}){50}", "it is too large"),
        ] {
            assert_eq!(fault(regex).as_deref(), Some(reason), "for `{regex}`");
        }
        for regex in ["a", ".*", r"\w{1,20}", "(a*)*", "a{3}"] {
            assert_eq!(fault(regex), None, "for `{regex}`");
        }
    }

    #[test]
    fn an_automaton_does_not_outgrow_its_room() {
        let pattern = Pattern::new("(.*a.{18}){3}|[ab]{3000}").expect("an automaton");
        let (mut state, mut random) = (pattern.start(), 0x2545_F491_u32);
        for _ in 0..200_000 {
            // Marsaglia 2003, "Xorshift RNGs".
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            state = pattern.accept(&state, if random & 1 == 0 { b'a' } else { b'b' });
        }
        assert!(pattern.is_full());
    }
}
