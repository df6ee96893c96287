//! The first pass over what is new: learns what each site repeats on its pages, and where it is at
//! home.
//!
//! It sees the same files as the pass that writes, and of each document only its lines and the
//! countries that it speaks of. What it comes to is a template and a home for each site that had new
//! documents, and the files whose articles were made by others than these.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Progress;
use super::pipeline::{self, Event, Job};
use super::roots::locate;
use super::sites::{Dwelling, ENOUGH, Site, Sites};
use crate::extract::{Homes, Lessons, Sample, Templates, Wanted};

/// What the first pass came to.
#[derive(Debug, Default)]
pub(super) struct Learned {
    /// What is known now of the sites that had new documents, or lost some; `None` for those that
    /// have none any more.
    pub(super) sites: BTreeMap<String, Option<Site>>,
    /// Files that did not change and whose articles must be made again.
    pub(super) stale: BTreeSet<String>,
    /// The templates of all sites.
    pub(super) templates: Templates,
    /// The homes of all sites.
    pub(super) homes: Homes,
}

/// Looks through the files of `job` that are new or changed, and then through the files of those
/// of the `known` sites that this concerns. Tells `progress` after each.
pub(super) fn learn(
    job: &mut Job<'_>,
    known: &Sites,
    progress: &mut dyn FnMut(Progress),
) -> Learned {
    let mut seen = Seen::default();
    let mut wants = Wants { known, lessons: Mutex::default(), sites: None };
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

/// What is wanted of documents; asked by all threads that look at them.
#[derive(Debug)]
pub(super) struct Wants<'a> {
    known: &'a Sites,
    lessons: Mutex<Lessons>,
    /// The sites that documents are wanted of, once it is known which are concerned.
    sites: Option<BTreeSet<String>>,
}

impl Wants<'_> {
    /// Whether anything can be learned from a document.
    pub(super) fn sample(&self, sample: &Sample) -> bool {
        let is_wanted = self.sites.as_ref().is_none_or(|sites| sites.contains(&sample.site));
        let known = self.known.get(&sample.site);
        is_wanted
            && !known.is_some_and(|known| known.home.settled && (known.settled || !sample.is_page))
    }

    /// What is needed of it.
    pub(super) fn of(&self, sample: &Sample) -> Wanted {
        let wanted = self.lessons().wants(sample);
        let known = self.known.get(&sample.site);
        Wanted {
            lines: wanted.lines && !known.is_some_and(|known| known.settled),
            votes: wanted.votes && !known.is_some_and(|known| known.home.settled),
        }
    }

    fn lessons(&self) -> MutexGuard<'_, Lessons> {
        self.lessons.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was met on the way.
#[derive(Debug, Default)]
struct Seen {
    /// Which files the documents of each site lie in.
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
                let sources = self.sources.entry(sample.site.clone()).or_default();
                sources.insert(self.source.clone());
                wants.lessons().show(sample);
            }
            Event::Gone { path } => drop(self.changed.insert(path)),
            Event::Moved { from, file, .. } => drop(self.moved.insert(from, file.path)),
            _ => {}
        }
    }

    /// The sites that have new documents or lost some.
    fn concerned(&self, known: &Sites) -> BTreeSet<String> {
        let lost_some =
            |site: &Site| !site.is_settled() && !site.sources.is_disjoint(&self.changed);
        let lost = known.iter().filter(|(_, site)| lost_some(site)).map(|(name, _)| name);
        self.sources.keys().chain(lost).cloned().collect()
    }

    /// The files with the other documents of `sites`: all are learned from.
    fn others(&self, known: &Sites, sites: &BTreeSet<String>) -> Vec<String> {
        let known = sites.iter().filter_map(|name| known.get(name));
        let others: BTreeSet<_> = known.flat_map(|site| self.unchanged(site)).collect();
        others.into_iter().collect()
    }

    /// The files with documents of `site` that are as they were.
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
        let lessons = wants.lessons.into_inner().unwrap_or_else(PoisonError::into_inner);
        let templates = lessons.templates();
        let mut sites = self.renamed(known);
        let mut stale = BTreeSet::new();
        for name in wants.sites.unwrap_or_default() {
            let before = known.get(&name);
            let sources = self.sources.remove(&name).unwrap_or_default();
            let site = learned_of(&name, before, &lessons, &templates, sources);
            let is_other = |known: &&Site| {
                known.template != site.template || known.home.place != site.home.place
            };
            if let Some(known) = before.filter(is_other) {
                stale.extend(self.unchanged(known));
            }
            sites.insert(name, (site.documents + site.home.documents > 0).then_some(site));
        }
        let unconcerned = known.iter().filter(|(name, _)| !sites.contains_key(*name));
        let concerned = sites.iter().filter_map(|(name, site)| Some((name, site.as_ref()?)));
        let all: Vec<(&String, &Site)> = unconcerned.chain(concerned).collect();
        let template = |(name, site): &(&String, &Site)| ((*name).clone(), site.template.clone());
        let home =
            |(name, site): &(&String, &Site)| Some(((*name).clone(), site.home.place.clone()?));
        let templates = all.iter().map(template).collect();
        let homes = all.iter().filter_map(home).collect();
        Learned { sites, stale, templates, homes }
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

/// What is known now of the site `name`, whose documents lie in `sources`.
fn learned_of(
    name: &str,
    before: Option<&Site>,
    lessons: &Lessons,
    templates: &Templates,
    sources: BTreeSet<String>,
) -> Site {
    let standing = before.cloned().and_then(Site::standing).unwrap_or_default();
    let mut site = standing;
    if !site.settled {
        site.documents = lessons.pages(name);
        site.settled = site.documents >= ENOUGH;
        site.template = templates.of(Some(name)).clone();
    }
    if !site.home.settled {
        let documents = lessons.documents(name);
        let (settled, place) = (documents >= ENOUGH, lessons.home(name));
        site.home = Dwelling { documents, settled, place };
    }
    if !site.is_settled() {
        site.sources = sources;
    }
    site
}
