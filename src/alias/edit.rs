//! Decisions written into a file of aliases, a line each, with as few other lines changed as can be.

use super::file::{AliasFile, Entry, Line, Relation, is_writable};
use super::key::key;
use crate::article::EntityKind;

/// Why names cannot be merged or split.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum NotNames {
    #[error(
        "`{0}` cannot stand in a file of aliases: `|`, `#` and line breaks mean something there"
    )]
    Unwritable(String),
    #[error("these are spellings of one name: {0}")]
    OneName(String),
}

impl AliasFile {
    /// Makes one of all who have one of these names; the first stands for all from now on. What
    /// kept them apart goes. `comment` says why; it may be empty.
    pub fn merge(
        &mut self,
        kind: EntityKind,
        names: &[&str],
        comment: &str,
    ) -> Result<(), NotNames> {
        let keys = distinct(names)?;
        let head = names[0];
        let of: Vec<String> =
            self.lines_of(kind, &keys).map(|entry| entry.head().to_owned()).collect();
        let mut covered = Vec::new();
        for line in &mut self.lines {
            let Some(entry) = line.entry().filter(|it| it.joins(kind, &of)) else { continue };
            covered.extend(entry.keys.iter().cloned());
            if entry.head() != keys[0] {
                let names = std::iter::once(head.to_owned()).chain(entry.names.iter().cloned());
                line.replace(Entry::new(kind, Relation::Same, names));
            }
        }
        let new = names.iter().filter(|name| !covered.contains(&key(name)));
        let new: Vec<_> = new.filter(|name| key(name) != keys[0]).collect();
        if !new.is_empty() {
            let names = [&head].into_iter().chain(new).map(|name| (*name).to_owned());
            let entry = Entry::new(kind, Relation::Same, names);
            self.extend(entry.map(|entry| Entry { comment: comment.to_owned(), ..entry }));
        }
        covered.extend(keys);
        self.reconcile(kind, &covered);
        Ok(())
    }

    /// Takes a name out of what it is joined with, for good. Several names are kept apart instead:
    /// of those that are joined the one that stands for all stays, or else the first.
    pub fn split(&mut self, kind: EntityKind, names: &[&str]) -> Result<(), NotNames> {
        let keys = distinct_or_one(names)?;
        let mut heads: Vec<String> = Vec::new();
        let is_head = |file: &Self, key: &str| file.head_of(kind, key).is_some_and(|it| it == key);
        let (first, others): (Vec<_>, Vec<_>) = keys.iter().partition(|key| is_head(self, key));
        for key in first.into_iter().chain(others) {
            let Some(head) = self.head_of(kind, key) else { continue };
            if keys.len() == 1 || heads.contains(&head) {
                self.remove(kind, key, &head);
            } else {
                heads.push(head);
            }
        }
        let says = |entry: &Entry| {
            entry.parts(kind)
                && entry.keys.len() == keys.len()
                && keys.iter().all(|key| entry.names(key))
        };
        if !self.entries().any(|(_, entry)| says(entry)) {
            let names = names.iter().map(|name| (*name).to_owned());
            self.extend(Entry::new(kind, Relation::Apart, names));
        }
        Ok(())
    }

    /// The lines that join one of these names with others.
    fn lines_of(&self, kind: EntityKind, keys: &[String]) -> impl Iterator<Item = &Entry> {
        let joins = move |entry: &&Entry| {
            entry.kind == kind
                && entry.relation == Relation::Same
                && keys.iter().any(|key| entry.names(key))
        };
        self.entries().map(|(_, entry)| entry).filter(joins)
    }

    /// Who stands for the name with this key and others, by the key.
    fn head_of(&self, kind: EntityKind, key: &str) -> Option<String> {
        let line = self.lines_of(kind, &[key.to_owned()]).next()?;
        Some(line.head().to_owned())
    }

    /// Takes a name out of the lines with this head.
    fn remove(&mut self, kind: EntityKind, name: &str, head: &str) {
        let mut next_head: Option<String> = None;
        self.lines.retain_mut(|line| {
            let Some(entry) = line.entry().filter(|it| it.joins(kind, &[head.to_owned()])) else {
                return true;
            };
            if !entry.names(name) {
                return true;
            }
            let mut rest = entry.without(|key| key == name);
            if head == name {
                let head = next_head.get_or_insert_with(|| rest[0].clone());
                rest.insert(0, head.clone());
            }
            line.replace(Entry::new(kind, Relation::Same, rest))
        });
    }

    /// Drops what keeps names with these keys apart; one of them still stands for all against
    /// others.
    fn reconcile(&mut self, kind: EntityKind, keys: &[String]) {
        self.lines.retain_mut(|line| {
            let is_meant = |key: &str| keys.iter().any(|it| it == key);
            let Some(entry) = line.entry().filter(|it| it.parts(kind)) else { return true };
            let meant = entry.keys.iter().filter(|key| is_meant(key)).count();
            if entry.keys.len() == 1 {
                return meant == 0;
            }
            if meant < 2 {
                return true;
            }
            let mut kept = false;
            let rest = entry.without(|key| is_meant(key) && std::mem::replace(&mut kept, true));
            let entry = Entry::new(kind, Relation::Apart, rest);
            line.replace(entry.filter(|entry| entry.keys.len() > 1))
        });
    }

    fn extend(&mut self, entry: Option<Entry>) {
        if let Some(entry) = entry {
            self.push(entry);
        }
    }
}

impl Line {
    /// Says `entry` from now on, with the comment that is there; false where nothing is left to say.
    fn replace(&mut self, entry: Option<Entry>) -> bool {
        let comment = self.entry().map(|entry| entry.comment.clone()).unwrap_or_default();
        let Some(entry) = entry else { return false };
        *self = Self::of(Entry { comment, ..entry });
        true
    }
}

impl Entry {
    /// The key of the name that stands for all.
    fn head(&self) -> &str {
        self.keys.first().map_or("", String::as_str)
    }

    /// The names but those whose keys are `dropped`.
    fn without(&self, mut dropped: impl FnMut(&str) -> bool) -> Vec<String> {
        let names = self.names.iter().zip(&self.keys);
        names.filter(|(_, key)| !dropped(key)).map(|(name, _)| name.clone()).collect()
    }

    /// Whether this keeps names of a kind apart.
    fn parts(&self, kind: EntityKind) -> bool {
        self.kind == kind && self.relation == Relation::Apart
    }

    /// Whether this joins names with one of these heads.
    fn joins(&self, kind: EntityKind, heads: &[String]) -> bool {
        self.kind == kind
            && self.relation == Relation::Same
            && heads.iter().any(|head| head == self.head())
    }
}

/// The keys of names of which no two are alike; two or more.
fn distinct(names: &[&str]) -> Result<Vec<String>, NotNames> {
    let keys = distinct_or_one(names)?;
    if keys.len() < 2 { Err(NotNames::OneName(names.join(", "))) } else { Ok(keys) }
}

fn distinct_or_one(names: &[&str]) -> Result<Vec<String>, NotNames> {
    if let Some(name) = names.iter().find(|name| !is_writable(name)) {
        return Err(NotNames::Unwritable((*name).to_owned()));
    }
    let mut keys: Vec<String> = Vec::new();
    for name in names {
        let key = key(name);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    if keys.len() < names.len() && keys.len() < 2 {
        return Err(NotNames::OneName(names.join(", ")));
    }
    Ok(keys)
}
