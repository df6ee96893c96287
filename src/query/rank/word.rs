//! A word in one segment: its documents, its scores, and bounds of those.

use tantivy::query::Scorer;
use tantivy::{DocId, DocSet as _, TERMINATED};

use super::bm25::{exact, share, share_bound};
use super::cursor::Cursor;
use super::test::Test;
use crate::schema::DocBits;

/// A word of a question, in one segment.
pub(super) struct Word {
    pub(super) forms: Forms,
    /// The score where it saturates.
    pub(super) weight: f32,
}

/// Where the word is found.
pub(super) enum Forms {
    /// Terms whose frequencies add up.
    Terms(Vec<Form>),
    /// Documents in which it always gets the whole weight.
    Documents(Box<dyn Scorer>),
}

/// One form of a word.
pub(super) struct Form {
    pub(super) cursor: Cursor,
    /// The condition under which it counts.
    pub(super) only: Option<usize>,
}

impl Word {
    /// The first document that it may stand in, from the one it was sent to.
    pub(super) fn doc(&self) -> DocId {
        match &self.forms {
            Forms::Terms(forms) => {
                forms.iter().map(|form| form.cursor.doc()).min().unwrap_or(TERMINATED)
            }
            Forms::Documents(scorer) => scorer.doc(),
        }
    }

    /// Goes on to the first document, not before `target`, that it may stand in.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match &mut self.forms {
            Forms::Terms(forms) => {
                let docs = forms.iter_mut().map(|form| form.cursor.seek(target));
                docs.min().unwrap_or(TERMINATED)
            }
            Forms::Documents(scorer) if scorer.doc() < target => scorer.seek(target),
            Forms::Documents(scorer) => scorer.doc(),
        }
    }

    /// Goes on from the document that it is at.
    pub(super) fn advance(&mut self) -> DocId {
        match &mut self.forms {
            Forms::Terms(forms) => {
                if let [form] = forms.as_mut_slice() {
                    return form.cursor.advance();
                }
                let doc = self.doc();
                self.seek(doc.saturating_add(1).min(TERMINATED))
            }
            Forms::Documents(scorer) => scorer.advance(),
        }
    }

    /// Its score in `doc`; `None` where it is not.
    pub(super) fn score(&mut self, doc: DocId, conditions: &mut [Test]) -> Option<f64> {
        if let Some((cursor, weight)) = self.single() {
            return (cursor.seek(doc) == doc).then(|| exact(weight * share(cursor.ratio())));
        }
        if self.seek(doc) != doc {
            return None;
        }
        let Forms::Terms(forms) = &self.forms else { return Some(exact(self.weight)) };
        let mut ratio = 0.0;
        for form in forms.iter().filter(|form| form.cursor.doc() == doc) {
            if form.only.is_none_or(|only| conditions[only].holds(doc)) {
                ratio += form.cursor.ratio();
            }
        }
        (ratio > 0.0).then(|| exact(self.weight * share(ratio)))
    }

    /// Calls `found` with every document up to `end` that it stands in, and its score there.
    pub(super) fn for_each_to(
        &mut self,
        end: DocId,
        conditions: &mut [Test],
        mut found: impl FnMut(DocId, f64),
    ) {
        if let Some((cursor, weight)) = self.single() {
            cursor.for_each_to(end, |doc, ratio| found(doc, exact(weight * share(ratio))));
            return;
        }
        if let Some((cursor, weight, bits)) = self.single_among(conditions) {
            let mut doc = bits.next_from(cursor.doc());
            while doc <= end {
                if cursor.seek(doc) == doc {
                    found(doc, exact(weight * share(cursor.ratio())));
                }
                doc = bits.next_from(doc + 1);
            }
            return;
        }
        let mut doc = self.doc();
        while doc <= end {
            if let Some(score) = self.score(doc, conditions) {
                found(doc, score);
            }
            doc = self.advance();
        }
    }

    /// Whether it is in `doc`.
    pub(super) fn is_in(&mut self, doc: DocId, conditions: &mut [Test]) -> bool {
        self.seek(doc) == doc
            && match &self.forms {
                Forms::Terms(forms) => forms.iter().any(|form| {
                    form.cursor.doc() == doc
                        && form.only.is_none_or(|only| conditions[only].holds(doc))
                }),
                Forms::Documents(_) => true,
            }
    }

    /// To which document from `doc` on its score is bounded by what; as [`Cursor::bound_at`].
    pub(super) fn bound_at(&mut self, doc: DocId) -> (DocId, f32) {
        let Forms::Terms(forms) = &mut self.forms else { return (TERMINATED, self.weight) };
        let (mut end, mut ratio) = (TERMINATED, 0.0);
        for form in forms {
            let (last, bound) = form.cursor.bound_at(doc);
            end = end.min(last);
            ratio += bound;
        }
        (end, self.weight * share_bound(ratio))
    }

    /// What bounds its score from `doc` to `end`.
    pub(super) fn bound_to(&mut self, doc: DocId, end: DocId) -> f32 {
        let Forms::Terms(forms) = &mut self.forms else { return self.weight };
        let ratio = forms.iter_mut().map(|form| form.cursor.bound_to(doc, end)).sum();
        self.weight * share_bound(ratio)
    }

    /// How many documents it takes to go through it.
    pub(super) fn cost(&self) -> u64 {
        match &self.forms {
            Forms::Terms(forms) => forms.iter().map(|form| u64::from(form.cursor.len())).sum(),
            Forms::Documents(scorer) => scorer.cost(),
        }
    }

    /// The postings, where it has one form that counts in documents which are known; with these.
    fn single_among<'a>(
        &mut self,
        conditions: &'a [Test],
    ) -> Option<(&mut Cursor, f32, &'a DocBits)> {
        let Forms::Terms(forms) = &mut self.forms else { return None };
        let [Form { cursor, only: Some(only) }] = forms.as_mut_slice() else { return None };
        let Test::Known(bits) = &conditions[*only] else { return None };
        Some((cursor, self.weight, bits))
    }

    /// The postings, where it has one form that counts everywhere.
    pub(super) fn single(&mut self) -> Option<(&mut Cursor, f32)> {
        match &mut self.forms {
            Forms::Terms(forms) => match forms.as_mut_slice() {
                [Form { cursor, only: None }] => Some((cursor, self.weight)),
                _ => None,
            },
            Forms::Documents(_) => None,
        }
    }
}
