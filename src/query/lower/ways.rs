//! The forms that the languages of the index give a word.

use tantivy::schema::{Field as IndexField, Term};

use super::cut::Cut;
use super::filter::whole;
use super::{Engine, Lowering, all_but, union};
use crate::analysis::{Stems, fold};
use crate::article::Language;
use crate::query::ast::Field;

/// A language of the index.
pub(super) struct Stemmed {
    /// `None` stands for the articles whose language is not known.
    pub(super) language: Option<Language>,
    pub(super) stems: Stems,
}

/// A word, or words side by side, in the form that some languages of the index give them.
pub(super) struct Way {
    /// With their positions.
    pub(super) terms: Vec<(usize, String)>,
    /// The languages whose articles this form stands for; empty for those of any language.
    pub(super) languages: Vec<Option<Language>>,
}

impl Lowering<'_> {
    /// The words as stems, once for each way in which the languages of the index stem them; ways
    /// with a stem that the index does not hold are left out, but for one.
    ///
    /// A stem counts in the languages that make it: Spanish makes `cook` of `cookie`, and English
    /// articles about cooks are no answer. The way of the language with most articles goes without
    /// that test, which would cost more than the words themselves.
    pub(super) fn stemmed_ways(&mut self, cut: &Cut, field: IndexField) -> Vec<Way> {
        let mut ways: Vec<Way> = Vec::new();
        for Stemmed { language, stems } in &mut self.languages {
            let terms = cut.stemmed(stems);
            match ways.iter_mut().find(|way| way.terms == terms) {
                Some(way) => way.languages.push(*language),
                None => ways.push(Way { terms, languages: vec![*language] }),
            }
        }
        if let Some(main) = ways.first_mut() {
            main.languages.clear();
        }
        let is_known = |way: &Way| {
            way.terms.iter().all(|(_, term)| {
                let term = Term::from_field_text(field, term);
                self.searcher.doc_freq(&term).is_ok_and(|articles| articles > 0)
            })
        };
        if ways.iter().any(is_known) {
            ways.retain(is_known);
        } else {
            ways.truncate(1);
        }
        ways
    }

    /// The articles in these languages; `None` for all articles, where no language is given.
    pub(super) fn articles_in(&self, languages: &[Option<Language>]) -> Option<Engine> {
        if languages.is_empty() {
            return None;
        }
        let articles_in = |language: &Option<Language>| match language {
            Some(language) => whole(self.fields.lang, language.as_str()),
            None => all_but(vec![self.exists(Field::Language)]),
        };
        Some(union(languages.iter().map(articles_in).collect()))
    }

    /// How many articles there are in these languages at most; any number where none is given.
    pub(super) fn number_in(&self, languages: &[Option<Language>]) -> u64 {
        if languages.is_empty() || languages.contains(&None) {
            return u64::MAX;
        }
        let number = |language: &Language| {
            let term = Term::from_field_text(self.fields.lang, &fold(language.as_str()));
            self.searcher.doc_freq(&term).unwrap_or(u64::MAX)
        };
        languages.iter().flatten().map(number).fold(0, u64::saturating_add)
    }
}
