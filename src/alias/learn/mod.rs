//! What an archive makes likely of its names: which of them are one.
//!
//! Nothing here joins names. Each rule proposes that one name is another and says why; somebody
//! takes that over, or not. The rules go from what the form of a name says to what its company says;
//! a name that has been proposed once is left alone by the rules after.
//!
//! # Invariants
//!
//! - The same articles give the same proposals, whatever their order.
//! - Names that are kept apart are never proposed as one, not even by way of a third.
//! - Two persons with full names are proposed as one only where the names are forms or spellings of
//!   each other.
//!
//! # Cost
//!
//! A rule looks at each name a bounded number of times, and at the articles of those it compares:
//! n log n for n names in the dictionary, and in proportion to the namings in the archive.

mod bodies;
mod census;
mod company;
mod groups;
mod persons;
mod spelling;
#[cfg(test)]
mod tests;

pub use census::{Census, CensusTaker, Named, Spelling, Subject};

use std::cmp::Reverse;

use super::{Aliases, Origin, holds_words, key};
use crate::article::EntityKind;
use groups::{Groups, NodeId};

/// One person, organisation or place, as far as it has several names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// What it is.
    pub kind: EntityKind,
    /// How many articles name it in any of its names, proposed ones included.
    pub articles: u32,
    /// Its names: the one that stands for all, then those in force, then those proposed, the most
    /// frequent first.
    pub names: Vec<Name>,
}

/// A name of an [`Entry`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Name {
    /// As most articles spell it.
    pub text: String,
    /// How many articles name it so.
    pub articles: u32,
    /// How it belongs to the others.
    pub standing: Standing,
}

/// How a name belongs to the others of its entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Standing {
    /// It stands for all.
    Head,
    /// It is in force.
    InForce(Origin),
    /// It is proposed.
    Proposed(Reason, Evidence),
}

/// Why a name is proposed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reason {
    /// It differs by a title.
    Title,
    /// It differs by middle names or initials.
    MiddleName,
    /// It is a surname; so many articles with full names of it, of all these, have this person's.
    LastName {
        /// Articles with the full name.
        of: u32,
        /// Articles with any full name of this surname.
        all: u32,
    },
    /// It differs by the legal form of a company.
    LegalForm,
    /// It has the same words in another order.
    WordOrder,
    /// It is an abbreviation, as so many articles say.
    Acronym {
        /// Articles in which it is a form of the other.
        articles: u32,
    },
    /// The tables of organisations and cities have it.
    Known,
    /// It is another spelling, and keeps the same company.
    Spelling,
}

impl Reason {
    /// Its stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::MiddleName => "middle-name",
            Self::LastName { .. } => "last-name",
            Self::LegalForm => "legal-form",
            Self::WordOrder => "word-order",
            Self::Acronym { .. } => "acronym",
            Self::Known => "known",
            Self::Spelling => "spelling",
        }
    }
}

/// What bears out a proposal.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Evidence {
    /// How many other names and countries stand in articles with either name.
    pub company: u32,
}

impl Entry {
    /// Whether anything is proposed.
    pub fn has_proposals(&self) -> bool {
        self.names.iter().any(|name| matches!(name.standing, Standing::Proposed(..)))
    }

    /// Whether it has this name, however it is spelled.
    pub fn has_name(&self, name: &str) -> bool {
        let wanted = key(name);
        self.names.iter().any(|name| key(&name.text) == wanted)
    }

    /// Whether these words stand side by side in one of its names.
    pub fn has_words(&self, words: &str) -> bool {
        let wanted = key(words);
        self.names.iter().any(|name| holds_words(&key(&name.text), &wanted))
    }

    /// The name that stands for all.
    pub fn head(&self) -> &str {
        self.names.first().map_or("", |name| &name.text)
    }
}

/// Everyone with several names, in force or proposed: by kind, those in most articles first.
pub fn entries(census: &Census, aliases: &Aliases) -> Vec<Entry> {
    let mut groups = Groups::new(census, aliases);
    persons::titles(&mut groups);
    persons::middle_names(&mut groups);
    persons::surnames(&mut groups);
    bodies::legal_forms(&mut groups);
    bodies::word_orders(&mut groups);
    bodies::acronyms(&mut groups);
    bodies::known(&mut groups);
    spelling::spellings(&mut groups);
    let roots = EntityKind::ALL.iter().flat_map(|&kind| groups.roots(kind));
    let mut entries: Vec<_> = roots.map(|root| entry(&groups, aliases, root)).collect();
    entries.retain(|entry| entry.names.len() > 1);
    // Stable: those with as many articles stay in the order of their keys.
    entries.sort_by_key(|entry| (entry.kind, Reverse(entry.articles)));
    entries
}

fn entry(groups: &Groups<'_>, aliases: &Aliases, root: NodeId) -> Entry {
    let kind = groups.nodes[root].kind;
    let mut names = Vec::new();
    for &node in groups.tree(root) {
        for &id in &groups.nodes[node].names {
            let name = groups.census.name(id);
            let standing = match groups.join(node) {
                Some(join) => Standing::Proposed(join.reason, join.evidence),
                None if groups.nodes[root].head == Some(id) => Standing::Head,
                None => Standing::InForce(origin(aliases, kind, &name.text)),
            };
            names.push(Name { text: name.text.clone(), articles: name.articles, standing });
        }
    }
    if groups.nodes[root].head.is_none() {
        let cluster = names.iter().find_map(|name| aliases.cluster(kind, &name.text));
        let text = cluster.map(|cluster| cluster.head().to_owned()).unwrap_or_default();
        names.push(Name { text, articles: 0, standing: Standing::Head });
    }
    let place = |standing: &Standing| match standing {
        Standing::Head => 0,
        Standing::InForce(_) => 1,
        Standing::Proposed(..) => 2,
    };
    names.sort_by(|a, b| {
        let by_place = place(&a.standing).cmp(&place(&b.standing));
        by_place.then(b.articles.cmp(&a.articles)).then_with(|| a.text.cmp(&b.text))
    });
    Entry { kind, articles: groups.articles(root), names }
}

fn origin(aliases: &Aliases, kind: EntityKind, text: &str) -> Origin {
    let key = key(text);
    let cluster = aliases.cluster(kind, text);
    let alias = cluster.and_then(|cluster| cluster.names.iter().find(|alias| alias.key == key));
    alias.map_or(Origin::Auto, |alias| alias.origin)
}
