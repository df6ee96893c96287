//! Forms of the names of organisations and places: companies with and without their legal form,
//! ministries by either order of words, abbreviations, and what the tables of the package know.

use std::collections::BTreeMap;

use super::Reason;
use super::groups::{Groups, NodeId};
use super::persons::most_named;
use crate::alias::{key, words};
use crate::article::EntityKind;
use crate::entity::organisations;
use crate::region::places::{Place, cities, places};

/// Words at the end of a company's name that say in which form it is a company.
const LEGAL_FORMS: [(&str, &str); 23] = [
    ("inc", "inc"),
    ("incorporated", "inc"),
    ("corp", "corp"),
    ("corporation", "corp"),
    ("co", "co"),
    ("company", "co"),
    ("ltd", "ltd"),
    ("limited", "ltd"),
    ("plc", "plc"),
    ("llc", "llc"),
    ("llp", "llp"),
    ("lp", "lp"),
    ("ag", "ag"),
    ("sa", "sa"),
    ("spa", "spa"),
    ("nv", "nv"),
    ("bv", "bv"),
    ("gmbh", "gmbh"),
    ("ab", "ab"),
    ("oy", "oy"),
    ("asa", "asa"),
    ("pty", "pty"),
    ("bhd", "bhd"),
];

/// Shorter names of places are words as well, in letters.
const SHORTEST_PLACE: usize = 4;

/// One of several is meant where it has this share of the articles.
const SHARE: f64 = 0.9;

/// Proposes that a company is one with and without its legal form, unless it has several.
pub(super) fn legal_forms(groups: &mut Groups<'_>) {
    let mut blocks: BTreeMap<String, BTreeMap<String, Vec<NodeId>>> = BTreeMap::new();
    for root in groups.roots(EntityKind::Organisation) {
        let (base, form) = without_form(&groups.nodes[root].key);
        if base.chars().nth(1).is_some() {
            blocks.entry(base).or_default().entry(form).or_default().push(root);
        }
    }
    for (base, forms) in blocks {
        let Some(mut block) = one_company(groups, forms) else { continue };
        let head = most_named(groups, &mut block);
        for other in block {
            // A single word is often no more than a word: `Oil` and `Oil Co`.
            if base.contains(' ') {
                groups.propose(other, head, Reason::LegalForm);
            } else {
                groups.propose_in_company(other, head, Reason::LegalForm);
            }
        }
    }
    groups.count();
}

/// Those that are one company: all, where there is one form; of several forms that which nearly all
/// articles have, and the name without.
fn one_company(
    groups: &Groups<'_>,
    mut forms: BTreeMap<String, Vec<NodeId>>,
) -> Option<Vec<NodeId>> {
    let bare = forms.remove("").unwrap_or_default();
    let articles = |roots: &[NodeId]| roots.iter().map(|&root| groups.articles(root)).sum::<u32>();
    let all: u32 = forms.values().map(|roots| articles(roots)).sum();
    let usual =
        forms.into_values().find(|roots| f64::from(articles(roots)) >= SHARE * f64::from(all));
    let one: Vec<_> = bare.into_iter().chain(usual?).collect();
    (one.len() > 1).then_some(one)
}

/// A name without the article before and the legal form behind it, and that form.
fn without_form(key: &str) -> (String, String) {
    let mut base: Vec<&str> = words(key).collect();
    if base.len() > 2 && base[0] == "the" {
        base.remove(0);
    }
    let mut form = Vec::new();
    while let Some((_, usual)) =
        base.last().and_then(|last| LEGAL_FORMS.iter().find(|(word, _)| word == last))
    {
        form.insert(0, *usual);
        base.pop();
    }
    (base.join(" "), form.join(" "))
}

/// Proposes that `Department of Justice` is the `Justice Department`.
pub(super) fn word_orders(groups: &mut Groups<'_>) {
    let mut blocks: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
    for root in groups.roots(EntityKind::Organisation) {
        if let Some(usual) = usual_order(&groups.nodes[root].key) {
            blocks.entry(usual).or_default().push(root);
        }
    }
    for mut block in blocks.into_values().filter(|block| block.len() > 1) {
        let head = most_named(groups, &mut block);
        for other in block {
            // Every country has a ministry of health.
            groups.propose_in_company(other, head, Reason::WordOrder);
        }
    }
    groups.count();
}

/// `us department of justice` and `us justice department` as the latter.
fn usual_order(key: &str) -> Option<String> {
    const OFFICES: [&str; 2] = ["department", "ministry"];
    let all: Vec<&str> = words(key).collect();
    let office = all.iter().position(|word| OFFICES.contains(word))?;
    if office + 1 == all.len() && office > 0 {
        return Some(key.to_owned());
    }
    let [of, what @ ..] = &all[office + 1..] else { return None };
    let what: Vec<&str> = what.iter().copied().filter(|word| *word != "the").collect();
    let is_of = matches!(*of, "of" | "for") && !what.is_empty() && !what.contains(&"of");
    is_of.then(|| [&all[..office], &what, &[all[office]]].concat().join(" "))
}

/// Proposes that an abbreviation is what nearly all articles say it stands for.
pub(super) fn acronyms(groups: &mut Groups<'_>) {
    let mut stated: BTreeMap<NodeId, BTreeMap<NodeId, u32>> = BTreeMap::new();
    for (&(short, long), &articles) in &groups.census.stated {
        if let (Some(short), Some(long)) = (groups.root_of(short), groups.root_of(long)) {
            *stated.entry(short).or_default().entry(long).or_default() += articles;
        }
    }
    for (short, longs) in stated {
        let all: u32 = longs.values().sum();
        let usual = longs.into_iter().find(|(_, n)| f64::from(*n) >= SHARE * f64::from(all));
        if let Some((long, articles)) = usual {
            groups.propose_in_company(short, long, Reason::Acronym { articles });
        }
    }
    groups.count();
}

/// Proposes that those are one whom the tables of organisations and cities take for one.
pub(super) fn known(groups: &mut Groups<'_>) {
    let bodies = organisations().map(|body| body.names().map(key).collect());
    propose_known(groups, EntityKind::Organisation, bodies);
    let cities = cities().map(|names| names.map(key).filter(|name| is_city(name)).collect());
    propose_known(groups, EntityKind::Place, cities);
    groups.count();
}

/// Whether a name means a city, or what lies around it: not `Georgia`, nor the word `La`.
fn is_city(key: &str) -> bool {
    let meanings = places(key);
    let city = meanings.first().filter(|it| matches!(it, Place::Capital(_) | Place::City(..)));
    key.chars().nth(SHORTEST_PLACE - 1).is_some()
        && city.is_some_and(|city| meanings.iter().all(|it| it.country() == city.country()))
}

fn propose_known(
    groups: &mut Groups<'_>,
    kind: EntityKind,
    things: impl Iterator<Item = Vec<String>>,
) {
    let keys: BTreeMap<_, _> =
        groups.roots(kind).map(|root| (groups.nodes[root].key.clone(), root)).collect();
    for names in things {
        let mut roots: Vec<NodeId> =
            names.iter().filter_map(|name| keys.get(name).copied()).collect();
        roots.sort_unstable();
        roots.dedup();
        if roots.len() > 1 {
            let head = most_named(groups, &mut roots);
            for other in roots {
                groups.propose_in_company(other, head, Reason::Known);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_are_told_from_names() {
        for (name, base, form) in [
            ("Chrysler Corporation", "chrysler", "corp"),
            ("Quill & Co Ltd", "quill", "co ltd"),
            ("The Harbour Press Inc.", "harbour press", "inc"),
            ("The Press", "the press", ""),
            ("Inc", "", "inc"),
        ] {
            assert_eq!(without_form(&key(name)), (base.to_owned(), form.to_owned()), "`{name}`");
        }
    }

    #[test]
    fn an_office_is_named_in_two_orders() {
        for (name, usual) in [
            ("Department of Justice", Some("justice department")),
            ("U.S. Department of the Interior", Some("us interior department")),
            ("Justice Department", Some("justice department")),
            ("Ministry for Foreign Affairs", Some("foreign affairs ministry")),
            ("Ministry of Defence of Latvia", None),
            ("Department", None),
            ("Department store", None),
        ] {
            assert_eq!(usual_order(&key(name)).as_deref(), usual, "`{name}`");
        }
    }
}
