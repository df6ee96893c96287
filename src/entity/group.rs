//! Joins the mentions of one article that name the same thing.
//!
//! Persons: a full name and the surname alone, the nearest full name before it where two persons
//! share one. Organisations: an acronym and what it stands for, by the article's own definition
//! or the table of known bodies. Places: the names of one country. Everything else is the same
//! only if it is spelled the same, capitals and accents aside.

use std::cmp::Reverse;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _};

use super::cyrillic::base;
use super::gazetteer::{organisation, place_of};
use super::token::{Gap, Shape, Token, name_key, tokens};
use super::{Mention, Part, Story};
use crate::article::{CountryCode, Entity, EntityKind};
use crate::region::places::Place;

/// The entities behind `mentions`, most often named first, then by where they are first named.
pub fn group(story: &Story<'_>, mentions: &[Mention]) -> Vec<Entity> {
    let persons = Persons::new(story, mentions);
    let mut numbers: HashMap<Identity, usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    // Most names stand in an article more than once.
    let mut keys: HashMap<&str, (String, String)> = HashMap::new();
    for (at, mention) in mentions.iter().enumerate() {
        let text = mention.text(story);
        let (folded, key) = keys.entry(text).or_insert_with(|| {
            let folded = name_key(text);
            let key = without_cases(&folded);
            (folded, key)
        });
        let identity = match mention.kind {
            EntityKind::Person => persons.identity(at, key),
            EntityKind::Organisation => match &mention.stands_for {
                Some(long) => body(&without_cases(&name_key(long))),
                None => body(key),
            },
            EntityKind::Place => place(key),
        };
        let number = *numbers.entry(identity).or_insert_with(|| {
            groups.push(Group::new(mention.kind));
            groups.len() - 1
        });
        groups[number].add(folded, text);
        groups[number].spots(mention.part).push(mention.range.clone());
    }
    let mut entities: Vec<Entity> = groups.into_iter().map(Group::into_entity).collect();
    // A stable sort: the groups stand in the order of their first mentions.
    entities.sort_by_key(|entity| Reverse(entity.count));
    entities
}

/// What a folded name is compared by: its words without endings of cases.
fn without_cases(key: &str) -> String {
    if key.is_ascii() {
        return key.to_owned();
    }
    key.split(' ').map(base).collect::<Vec<_>>().join(" ")
}

/// What mentions of the same thing have in common.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum Identity {
    /// First and last word of a full name.
    Person(String, String),
    /// A single name that belongs to no full name.
    LoneName(String),
    /// The line of a known organisation.
    KnownBody(u16),
    Body(String),
    Country(CountryCode),
    Place(String),
}

/// The organisation whose folded name is `key`.
fn body(key: &str) -> Identity {
    organisation(key).map_or_else(|| Identity::Body(key.to_owned()), Identity::KnownBody)
}

fn place(key: &str) -> Identity {
    match place_of(key) {
        Some(Place::Country(code)) => Identity::Country(code),
        _ => Identity::Place(key.to_owned()),
    }
}

/// The persons that an article names in full.
struct Persons {
    /// By surname, or the words of it: where the persons who bear it are named, in order.
    surnames: HashMap<String, Vec<(usize, Identity)>>,
    first_names: HashMap<String, Option<Identity>>,
    /// By the word in the middle of three (`Ricardo Rosselló Nevares`).
    middle_names: HashMap<String, Option<Identity>>,
}

/// Words of a name that may stand for the whole.
const LONGEST_SURNAME: usize = 4;

impl Persons {
    fn new(story: &Story<'_>, mentions: &[Mention]) -> Self {
        let mut persons = Self {
            surnames: HashMap::new(),
            first_names: HashMap::new(),
            middle_names: HashMap::new(),
        };
        for (at, mention) in mentions.iter().enumerate() {
            if mention.kind == EntityKind::Person {
                persons.add(at, mention.text(story));
            }
        }
        persons
    }

    fn add(&mut self, at: usize, text: &str) {
        let words = tokens(text);
        let [first, .., last] = words.as_slice() else { return };
        let identity = Identity::Person(base(&first.key).to_owned(), base(&last.key).to_owned());
        let shortest = words.len().saturating_sub(LONGEST_SURNAME).max(1);
        for start in shortest..words.len() {
            if words[start].gap != Gap::Hyphen {
                let surname: Vec<&str> =
                    words[start..].iter().map(|word| base(&word.key)).collect();
                let bearers = self.surnames.entry(surname.join(" ")).or_default();
                bearers.push((at, identity.clone()));
            }
        }
        // A first name that two persons share tells neither.
        let add = |names: &mut HashMap<String, Option<Identity>>, word: &Token<'_>| {
            names
                .entry(base(&word.key).to_owned())
                .and_modify(|known| *known = known.take().filter(|known| *known == identity))
                .or_insert_with(|| Some(identity.clone()));
        };
        add(&mut self.first_names, first);
        if let [_, middle, _] = words.as_slice() {
            add(&mut self.middle_names, middle);
        }
    }

    /// Who the mention number `at`, folded as `key`, is.
    fn identity(&self, at: usize, key: &str) -> Identity {
        if let Some(bearers) = self.surnames.get(key) {
            let before = bearers.partition_point(|(bearer, _)| *bearer <= at);
            return bearers[before.saturating_sub(1)].1.clone();
        }
        match key.split_once(' ') {
            Some((first, rest)) => {
                let last = rest.rsplit(' ').next().unwrap_or(rest);
                Identity::Person(first.to_owned(), last.to_owned())
            }
            None => match self.middle_names.get(key).or(self.first_names.get(key)) {
                Some(Some(identity)) => identity.clone(),
                _ => Identity::LoneName(key.to_owned()),
            },
        }
    }
}

/// The mentions of one thing.
struct Group {
    kind: EntityKind,
    count: u32,
    /// The forms in the order in which they were found, each with its folded spelling.
    forms: Vec<(String, String)>,
    /// The place of each folded spelling among the forms.
    by_key: HashMap<String, usize>,
    /// Where it is named, in the body and in the headline.
    mentions: Vec<Range<usize>>,
    title_mentions: Vec<Range<usize>>,
}

impl Group {
    fn new(kind: EntityKind) -> Self {
        Self {
            kind,
            count: 0,
            forms: Vec::new(),
            by_key: HashMap::new(),
            mentions: Vec::new(),
            title_mentions: Vec::new(),
        }
    }

    fn spots(&mut self, part: Part) -> &mut Vec<Range<usize>> {
        match part {
            Part::Title => &mut self.title_mentions,
            Part::Body => &mut self.mentions,
        }
    }

    fn add(&mut self, key: &str, text: &str) {
        self.count = self.count.saturating_add(1);
        if let Some(&at) = self.by_key.get(key) {
            let known = &mut self.forms[at].1;
            // A headline in capitals is a poorer spelling than any other.
            if known != text && is_shouted(known) && !is_shouted(text) {
                *known = on_one_line(text);
            }
            return;
        }
        self.by_key.insert(key.to_owned(), self.forms.len());
        self.forms.push((key.to_owned(), on_one_line(text)));
    }

    fn into_entity(mut self) -> Entity {
        self.forms
            .sort_by_key(|(key, form)| Reverse((key.split(' ').count(), form.chars().count())));
        let forms: Vec<String> = self.forms.into_iter().map(|(_, form)| form).collect();
        Entity {
            name: forms.first().cloned().unwrap_or_default(),
            kind: self.kind,
            count: self.count,
            forms,
            mentions: self.mentions,
            title_mentions: self.title_mentions,
        }
    }
}

fn is_shouted(form: &str) -> bool {
    tokens(form).iter().all(|word| word.shape == Shape::Upper)
}

fn on_one_line(form: &str) -> String {
    form.split_whitespace().collect::<Vec<_>>().join(" ")
}
