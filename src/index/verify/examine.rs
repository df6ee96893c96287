//! Looks at an index from its head down to each article.

use std::collections::{BTreeSet, HashMap};
use std::fs;

use tantivy::index::SegmentId;
use tantivy::{Index, IndexMeta};

use super::segment::{self, Content};
use super::{Finding, Problem, Verification};
use crate::article::ArticleId;
use crate::error::Error;
use crate::index::disk::{Disk, META, Purpose};
use crate::index::families;
use crate::index::layout::{Layout, Payload};
use crate::index::manifest::{self, Entry, Manifest};
use crate::index::sites::Sites;
use crate::index::writer::read_payload;
use crate::schema::{Fields, source_key};

/// What was found out about an index.
#[derive(Default)]
pub(super) struct Examination {
    pub(super) findings: Vec<Finding>,
    /// The name of the data folder.
    pub(super) data: String,
    /// The list of segments as it was read, to see whether it changed meanwhile.
    meta_text: Vec<u8>,
    /// `None` where the head of the index is lost.
    pub(super) metas: Option<IndexMeta>,
    pub(super) payload: Payload,
    pub(super) manifest: Manifest,
    pub(super) sites: Sites,
    /// Segments that cannot be used.
    pub(super) unsound: BTreeSet<SegmentId>,
    /// How many articles each source has in the sound segments, by its key.
    pub(super) counts: HashMap<u64, u64>,
    /// Sources of which something is wrong.
    pub(super) faulty: BTreeSet<String>,
    articles: u64,
}

impl Examination {
    /// Fails where there is no index, or one of another format.
    pub(super) fn of(layout: &Layout) -> Result<Self, Error> {
        let mut examination = Self::default();
        let header = match layout.read_header() {
            Ok(header) => header.ok_or_else(|| Error::NoIndex { path: layout.folder.clone() })?,
            Err(Error::Damaged { detail, .. }) => {
                examination.find(Problem::Head, "dateline.json", detail);
                return Ok(examination);
            }
            Err(error) => return Err(error),
        };
        layout.check(&header)?;
        examination.data = header.data;
        if let Err(detail) = examination.head(layout) {
            let place = format!("{}/segments/{META}", examination.data);
            examination.find(Problem::Head, &place, detail);
        }
        Ok(examination)
    }

    pub(super) fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether there was a commit since.
    pub(super) fn is_outdated(&self, layout: &Layout) -> bool {
        let header = layout.read_header().ok().flatten();
        let data = header.map(|header| header.data).unwrap_or_default();
        let text = fs::read(layout.segments(&data).join(META)).unwrap_or_default();
        text != self.meta_text
    }

    pub(super) fn into_verification(self) -> Verification {
        let segments = self.metas.map_or(0, |metas| metas.segments.len());
        Verification {
            generation: self.payload.generation,
            segments: segments as u64,
            articles: self.articles,
            sources: self.manifest.len() as u64,
            findings: self.findings,
            ..Verification::default()
        }
    }

    fn find(&mut self, problem: Problem, place: &str, detail: impl Into<String>) {
        self.findings.push(Finding::new(problem, place, detail));
    }

    /// Reads the list of segments and all that hangs on it; `Err` says why that cannot be.
    fn head(&mut self, layout: &Layout) -> Result<(), String> {
        let folder = layout.segments(&self.data);
        self.meta_text = fs::read(folder.join(META)).map_err(|error| error.to_string())?;
        let disk = Disk::open(&folder, Purpose::Search).map_err(|error| error.to_string())?;
        let index = Index::open(disk).map_err(|error| error.to_string())?;
        let metas = index.load_metas().map_err(|error| error.to_string())?;
        let (schema, _) = Fields::schema();
        if metas.schema != schema {
            return Err("the fields are not those of this format".into());
        }
        self.payload = match read_payload(&layout.folder, metas.payload.as_deref()) {
            Ok(payload) => payload,
            Err(Error::Damaged { detail, .. }) => return Err(detail),
            Err(error) => return Err(error.to_string()),
        };
        self.read_manifest(layout);
        self.families(layout);
        self.segments(&index, &metas);
        self.metas = Some(metas);
        Ok(())
    }

    /// Reads what can be read of the manifest. Entries of a file whose bytes are not those that
    /// were written are not believed.
    fn read_manifest(&mut self, layout: &Layout) {
        for name in self.payload.manifest.clone() {
            let mut salvaged = match manifest::salvage(&layout.data(&self.data).join(&name)) {
                Ok(salvaged) => salvaged,
                Err(error) => {
                    self.find(Problem::Manifest, &name, error.to_string());
                    continue;
                }
            };
            for number in &salvaged.damaged {
                self.find(Problem::Manifest, &name, format!("line {number} cannot be read"));
            }
            let known = self.payload.digests.get(&name);
            if known.is_some_and(|known| *known != salvaged.digest) {
                self.faulty.extend(salvaged.changes.sources.keys().cloned());
                // A template can be learned again.
                salvaged.changes.sites.clear();
                if salvaged.damaged.is_empty() {
                    let detail = "its bytes are not those that were written";
                    self.find(Problem::Manifest, &name, detail);
                }
            }
            salvaged.changes.apply(&mut self.manifest, &mut self.sites);
        }
    }

    /// Looks at the files that say which articles are copies. They are made from the articles, so
    /// nothing but them is lost with them.
    fn families(&mut self, layout: &Layout) {
        let data = layout.data(&self.data);
        match families::Head::read(&data) {
            Err(error) => self.find(Problem::Families, families::HEAD, error.to_string()),
            Ok(None) => {}
            Ok(Some(head)) => {
                for (name, detail) in head.unsound(&data) {
                    self.find(Problem::Families, &name, detail);
                }
            }
        }
    }

    fn segments(&mut self, index: &Index, metas: &IndexMeta) {
        let manifest = std::mem::take(&mut self.manifest);
        let known = manifest.keys().map(|path| (source_key(path), path.as_str())).collect();
        let mut ids = Vec::new();
        let mut strays = HashMap::new();
        for meta in &metas.segments {
            let damaged = segment::check_files(index, meta);
            if !damaged.is_empty() {
                self.findings.extend(damaged);
                self.unsound.insert(meta.id());
                continue;
            }
            match segment::read(index, meta, &known) {
                Ok(mut content) => {
                    self.articles += content.ids.len() as u64;
                    ids.append(&mut content.ids);
                    strays.extend(std::mem::take(&mut content.strays));
                    self.add(content);
                }
                Err(detail) => {
                    self.find(Problem::Segment, &meta.id().uuid_string(), detail);
                    self.unsound.insert(meta.id());
                }
            }
        }
        self.duplicates(&mut ids, |key| known.get(&key).map(|path| (*path).to_owned()));
        self.manifest = manifest;
        self.compare_counts();
        self.adopt(strays);
    }

    fn add(&mut self, content: Content) {
        for (key, count) in content.counts {
            *self.counts.entry(key).or_default() += count;
        }
        self.faulty.extend(content.faulty);
        self.findings.extend(content.findings);
    }

    fn duplicates(&mut self, ids: &mut [(u64, u64)], path: impl Fn(u64) -> Option<String>) {
        ids.sort_unstable();
        for pair in ids.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let detail = "two articles have this id";
            self.find(Problem::Duplicate, &ArticleId(pair[0].0).to_string(), detail);
            self.faulty.extend(pair.iter().filter_map(|(_, key)| path(*key)));
        }
    }

    /// Where a segment is lost, it is to be expected that its sources have too few articles.
    fn compare_counts(&mut self) {
        for (path, entry) in &self.manifest {
            let found = self.counts.get(&source_key(path)).copied().unwrap_or_default();
            if found == entry.articles {
                continue;
            }
            self.faulty.insert(path.clone());
            if self.unsound.is_empty() {
                let detail = format!("it gave {} articles, {found} are there", entry.articles);
                self.findings.push(Finding::new(Problem::Count, path, detail));
            }
        }
    }

    /// Gives sources that the manifest does not know an entry.
    fn adopt(&mut self, strays: HashMap<u64, String>) {
        let strays: std::collections::BTreeMap<_, _> =
            strays.into_iter().map(|(key, path)| (path, key)).collect();
        for (path, key) in strays {
            let articles = self.counts.get(&key).copied().unwrap_or_default();
            let detail = format!("{articles} of its articles are there, it is in no list");
            self.find(Problem::Stray, &path, detail);
            self.manifest.insert(path.clone(), Entry { articles, ..Entry::default() });
            self.faulty.insert(path);
        }
    }
}
