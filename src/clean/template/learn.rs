//! From the lines of many pages to the template of each site.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Template;
use super::line::is_long;
use super::samples::Samples;
use serde::{Deserialize, Serialize};

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

/// Learns what sites repeat from a sample of the documents of each. Lines are counted when all have
/// come.
#[derive(Clone, Debug)]
pub struct Learner {
    samples: Samples<u64>,
}

impl Learner {
    /// Holds at most `budget` fingerprints, of eight bytes each.
    pub fn new(budget: usize) -> Self {
        Self { samples: Samples::new(SAMPLE, budget) }
    }

    /// Whether [`observe`](Self::observe) would keep this document: to be asked before its lines
    /// are made, as that costs a parse. What is not wanted now is never wanted later, so a stale
    /// answer only costs time.
    pub fn wants(&self, site: &str, document_key: u64) -> bool {
        self.samples.wants(site, document_key)
    }

    /// Counts a document of `site` that is not wanted.
    pub fn pass(&mut self, site: &str) {
        self.samples.pass(site);
    }

    /// Counts a document of `site`, and keeps its distinct `lines` if it belongs to the sample.
    pub fn observe(&mut self, site: &str, document_key: u64, lines: &[u64]) {
        self.samples.observe(site, document_key, lowest(lines));
    }

    /// How many documents of `site` were shown.
    pub fn documents(&self, site: &str) -> u64 {
        self.samples.documents(site)
    }

    /// What each site repeats; sites that repeat nothing are left out.
    pub fn learn(&self) -> Templates {
        let sites = self.samples.sites();
        sites.map(|site| (site.to_owned(), template(self.samples.of(site)))).collect()
    }
}

/// What the documents with these lines repeat.
fn template<'a>(documents: impl Iterator<Item = &'a [u64]>) -> Template {
    // A page that was saved twice says nothing new.
    let distinct: HashSet<&[u64]> = documents.collect();
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
