//! From the lines of many pages to the template of each site.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::Template;
use super::line::is_long;

/// Documents that are sampled of each site while the budget lasts. A line on 2 % of a site's pages
/// is then on five of those sampled, give or take two.
const SAMPLE: usize = 256;

/// Most lines that are held of one document, those of the lowest fingerprints; pages have 50 to
/// 500. As the choice is by fingerprint, the same lines are held of every document.
const MOST_LINES: usize = 4_096;

/// Documents that a line must be in, at least.
const FEWEST: usize = 3;

/// Part of a site's documents that a line must be in, in percent.
const SHARE: usize = 2;

/// More documents that a long line must be in, as sites print the same report twice, honestly.
const MORE_IF_LONG: usize = 1;

/// Learns what sites repeat from a sample of the documents of each.
///
/// Of each site it keeps the documents whose keys have the lowest hashes: a uniform sample that
/// does not depend on the order in which they come. Lines are counted when all have come.
#[derive(Clone, Debug)]
pub struct Learner {
    /// Sorted, so that nothing depends on the hashes of names.
    sites: BTreeMap<String, Sample>,
    /// Most documents of a site.
    most: usize,
    /// Most fingerprints that are held.
    budget: usize,
    held: usize,
}

/// The documents of one site.
#[derive(Clone, Debug, Default)]
struct Sample {
    /// How many were shown.
    observed: u64,
    /// The lines of those kept, by the hash of the document's key.
    documents: BTreeMap<u64, Box<[u64]>>,
}

impl Learner {
    /// Holds at most `budget` fingerprints, of eight bytes each. Where documents bring more, the
    /// samples of all sites are halved, until nothing at all is held.
    pub fn new(budget: usize) -> Self {
        Self { sites: BTreeMap::new(), most: SAMPLE, budget, held: 0 }
    }

    /// Whether [`observe`](Self::observe) would keep this document: to be asked before its lines
    /// are made, as that costs a parse. What is not wanted now is never wanted later, so a stale
    /// answer only costs time.
    pub fn wants(&self, site: &str, document_key: u64) -> bool {
        let has_room = |sample: &Sample| sample.has_room(order(document_key), self.most);
        self.most > 0 && self.sites.get(site).is_none_or(has_room)
    }

    /// Counts a document of `site` that is not wanted.
    pub fn pass(&mut self, site: &str) {
        self.sample(site).observed += 1;
    }

    /// Counts a document of `site`, and keeps its distinct `lines` if it belongs to the sample.
    pub fn observe(&mut self, site: &str, document_key: u64, lines: &[u64]) {
        let (most, order) = (self.most, order(document_key));
        let sample = self.sample(site);
        sample.observed += 1;
        if !sample.has_room(order, most) {
            return;
        }
        let kept = lowest(lines);
        let added = kept.len();
        let replaced = sample.documents.insert(order, kept).map_or(0, |lines| lines.len());
        let evicted = sample.shrink(most);
        self.held = self.held + added - replaced - evicted;
        while self.held > self.budget {
            self.most /= 2;
            let most = self.most;
            self.held -= self.sites.values_mut().map(|sample| sample.shrink(most)).sum::<usize>();
        }
    }

    /// How many documents of `site` were shown.
    pub fn documents(&self, site: &str) -> u64 {
        self.sites.get(site).map_or(0, |sample| sample.observed)
    }

    /// What each site repeats; sites that repeat nothing are left out.
    pub fn learn(&self) -> Templates {
        let learned = self.sites.iter().map(|(site, sample)| (site.clone(), sample.learn()));
        learned.collect()
    }

    fn sample(&mut self, site: &str) -> &mut Sample {
        if !self.sites.contains_key(site) {
            self.sites.insert(site.to_owned(), Sample::default());
        }
        self.sites.entry(site.to_owned()).or_default()
    }
}

impl Sample {
    /// Whether a document belongs to the lowest `most`.
    fn has_room(&self, order: u64, most: usize) -> bool {
        self.documents.len() < most
            || self.documents.last_key_value().is_some_and(|(&last, _)| order <= last)
    }

    /// Keeps the lowest `most` documents; how many lines went.
    fn shrink(&mut self, most: usize) -> usize {
        let mut n_lines = 0;
        while self.documents.len() > most {
            n_lines += self.documents.pop_last().map_or(0, |(_, lines)| lines.len());
        }
        n_lines
    }

    fn learn(&self) -> Template {
        // A page that was saved twice says nothing new.
        let distinct: HashSet<&[u64]> = self.documents.values().map(|lines| &**lines).collect();
        let fewest = (distinct.len() * SHARE).div_ceil(100).max(FEWEST);
        let mut counts: HashMap<u64, usize> = HashMap::new();
        #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
        for lines in distinct {
            for &line in lines {
                *counts.entry(line).or_default() += 1;
            }
        }
        let is_template =
            |&(line, n): &(u64, usize)| n >= fewest + if is_long(line) { MORE_IF_LONG } else { 0 };
        let repeated = counts.into_iter().filter(is_template).map(|(line, _)| line);
        Template::from(repeated.collect::<Vec<u64>>())
    }
}

/// Where a document stands among those of its site.
fn order(document_key: u64) -> u64 {
    xxh3_64(&document_key.to_le_bytes())
}

/// The lines that are held of a document: distinct, sorted, not too many.
fn lowest(lines: &[u64]) -> Box<[u64]> {
    let mut lines = lines.to_vec();
    lines.sort_unstable();
    lines.dedup();
    lines.truncate(MOST_LINES);
    lines.into_boxed_slice()
}

/// The templates of all sites.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Templates {
    /// Sorted, so that the same templates are stored as the same bytes.
    sites: BTreeMap<String, Template>,
}

impl FromIterator<(String, Template)> for Templates {
    fn from_iter<I: IntoIterator<Item = (String, Template)>>(sites: I) -> Self {
        let sites = sites.into_iter().filter(|(_, template)| !template.is_empty());
        Self { sites: sites.collect() }
    }
}

impl Templates {
    /// What `site` repeats; an empty template if nothing is known of it.
    pub fn of(&self, site: Option<&str>) -> &Template {
        static UNKNOWN: Template = Template { repeated: Vec::new() };
        site.and_then(|site| self.sites.get(site)).unwrap_or(&UNKNOWN)
    }

    /// How many sites are known to repeat something.
    pub fn len(&self) -> usize {
        self.sites.len()
    }

    /// Whether nothing is known of any site.
    pub fn is_empty(&self) -> bool {
        self.sites.is_empty()
    }
}
