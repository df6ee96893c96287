//! The first pass over what is new: learns what each site repeats on its pages.
//!
//! It sees the same files as the pass that writes, and of each page only its lines. What it comes
//! to is a template for each site that had new pages, and the files whose articles were cleaned by
//! one that has changed since.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Progress;
use super::pipeline::{self, Event, Job};
use super::roots::locate;
use super::sites::{ENOUGH, Site, Sites};
use crate::extract::{Learner, MOST_LINES, Templates};

/// What the first pass came to.
#[derive(Debug, Default)]
pub(super) struct Learned {
    /// What is known now of the sites that had new pages, or lost some; `None` for those that have
    /// none any more.
    pub(super) sites: BTreeMap<String, Option<Site>>,
    /// Files that did not change and whose articles must be made again.
    pub(super) stale: BTreeSet<String>,
    /// The templates of all sites.
    pub(super) templates: Templates,
}

/// Looks through the files of `job` that are new or changed, and then through the files of those
/// of the `known` sites that this concerns. Tells `progress` after each.
pub(super) fn learn(
    job: &mut Job<'_>,
    known: &Sites,
    progress: &mut dyn FnMut(Progress),
) -> Learned {
    let mut seen = Seen::default();
    let mut wants = Wants { known, learner: Mutex::new(Learner::new(MOST_LINES)), sites: None };
    look_through(job, &wants, &mut seen, progress);
    let sites = seen.concerned(known);
    let others = seen.others(known, &sites);
    wants.sites = Some(sites);
    if !others.is_empty() {
        let (trust, prune) = (job.recipe.trust, job.recipe.prune);
        let roots = std::mem::take(&mut job.roots);
        job.read_again(locate(&others, job.known_roots));
        seen.changed_are_known = true;
        look_through(job, &wants, &mut seen, progress);
        (job.roots, job.recipe.trust, job.recipe.prune) = (roots, trust, prune);
    }
    seen.learned(wants)
}

fn look_through(
    job: &Job<'_>,
    wants: &Wants<'_>,
    seen: &mut Seen,
    progress: &mut dyn FnMut(Progress),
) {
    let outcome = pipeline::look_through(job, wants, |event| {
        if !matches!(event, Event::Start { .. } | Event::Page(_) | Event::Reject(_)) {
            seen.progress.sources += 1;
            progress(seen.progress);
        }
        seen.apply(event, wants);
        Ok::<(), Infallible>(())
    });
    let Ok(()) = outcome;
}

/// What is wanted of pages; asked by all threads that make lines of them.
#[derive(Debug)]
pub(super) struct Wants<'a> {
    known: &'a Sites,
    learner: Mutex<Learner>,
    /// The sites that pages are wanted of, once it is known which are concerned.
    sites: Option<BTreeSet<String>>,
}

impl Wants<'_> {
    /// Whether anything can be learned from pages of `site`.
    pub(super) fn site(&self, site: &str) -> bool {
        let is_wanted = self.sites.as_ref().is_none_or(|sites| sites.contains(site));
        is_wanted && !self.known.get(site).is_some_and(|known| known.settled)
    }

    /// Whether the lines of the page with this key are needed.
    pub(super) fn lines(&self, site: &str, key: u64) -> bool {
        self.learner().wants(site, key)
    }

    fn learner(&self) -> MutexGuard<'_, Learner> {
        self.learner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was met on the way.
#[derive(Debug, Default)]
struct Seen {
    /// Which files the pages of each site lie in.
    sources: BTreeMap<String, BTreeSet<String>>,
    /// Files that are new, changed or gone.
    changed: BTreeSet<String>,
    /// Whether all of these are known.
    changed_are_known: bool,
    /// New names of files by their old ones.
    moved: BTreeMap<String, String>,
    /// The file under way.
    source: String,
    progress: Progress,
}

impl Seen {
    fn apply(&mut self, event: Event, wants: &Wants<'_>) {
        match event {
            Event::Start { path } => {
                if !self.changed_are_known {
                    self.changed.insert(path.clone());
                }
                self.source = path;
            }
            Event::Page(Some(sample)) => {
                sample.show_to(&mut wants.learner());
                self.sources.entry(sample.site).or_default().insert(self.source.clone());
            }
            Event::Gone { path } => drop(self.changed.insert(path)),
            Event::Moved { from, file, .. } => drop(self.moved.insert(from, file.path)),
            _ => {}
        }
    }

    /// The sites that have new pages or lost some.
    fn concerned(&self, known: &Sites) -> BTreeSet<String> {
        let lost_some = |site: &Site| !site.settled && !site.sources.is_disjoint(&self.changed);
        let lost = known.iter().filter(|(_, site)| lost_some(site)).map(|(name, _)| name);
        self.sources.keys().chain(lost).cloned().collect()
    }

    /// The files with the other pages of `sites`: a template is made of all pages.
    fn others(&self, known: &Sites, sites: &BTreeSet<String>) -> Vec<String> {
        let known = sites.iter().filter_map(|name| known.get(name));
        let others: BTreeSet<_> = known.flat_map(|site| self.unchanged(site)).collect();
        others.into_iter().collect()
    }

    /// The files with pages of `site` that are as they were.
    fn unchanged(&self, site: &Site) -> impl Iterator<Item = String> {
        let unchanged = site.sources.iter().filter(|path| !self.changed.contains(*path));
        unchanged.map(|path| self.now(path))
    }

    /// What the file at `path` is called now.
    fn now(&self, path: &String) -> String {
        self.moved.get(path).unwrap_or(path).clone()
    }

    fn learned(mut self, wants: Wants<'_>) -> Learned {
        let known = wants.known;
        let learner = wants.learner.into_inner().unwrap_or_else(PoisonError::into_inner);
        let templates = learner.learn();
        let mut sites = self.renamed(known);
        let mut stale = BTreeSet::new();
        for name in wants.sites.unwrap_or_default() {
            let template = templates.of(Some(&name)).clone();
            if let Some(known) = known.get(&name).filter(|known| known.template != template) {
                stale.extend(self.unchanged(known));
            }
            let documents = learner.documents(&name);
            let settled = documents >= ENOUGH;
            let sources = self.sources.remove(&name).filter(|_| !settled).unwrap_or_default();
            let site = Site { documents, settled, sources, template };
            sites.insert(name, (documents > 0).then_some(site));
        }
        let unconcerned = known.iter().filter(|(name, _)| !sites.contains_key(*name));
        let concerned = sites.iter().filter_map(|(name, site)| Some((name, site.as_ref()?)));
        let all = unconcerned.chain(concerned);
        let templates = all.map(|(name, site)| (name.clone(), site.template.clone())).collect();
        Learned { sites, stale, templates }
    }

    /// The sites of which nothing changed but the names of files.
    fn renamed(&self, known: &Sites) -> BTreeMap<String, Option<Site>> {
        let has_moved = |site: &Site| site.sources.iter().any(|path| self.moved.contains_key(path));
        let renamed = |site: &Site| {
            let sources = site.sources.iter().map(|path| self.now(path)).collect();
            Site { sources, ..site.clone() }
        };
        let moved = known.iter().filter(|(_, site)| has_moved(site));
        moved.map(|(name, site)| (name.clone(), Some(renamed(site)))).collect()
    }
}
