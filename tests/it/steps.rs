//! A crash after any step that changes the index, and a disk that fills up at any.
//!
//! `DATELINE_FAULT` is heard by builds with debug assertions only; so are these tests.
#![cfg(debug_assertions)]

use std::collections::{BTreeMap, BTreeSet};

use dateline::article::ArticleId;
use dateline::copies::Likeness;
use dateline::index::ArchiveReader;

use crate::sandbox::{Said, Sandbox, parsed, text};

/// No run takes more steps than this.
const MOST_STEPS: usize = 2_000;

/// Which articles are copies of one another, by their ids.
fn families(sandbox: &Sandbox, index: &str) -> BTreeSet<BTreeSet<ArticleId>> {
    let archive = ArchiveReader::open(&sandbox.path().join(index)).expect("an index");
    let mut families: BTreeMap<u64, BTreeSet<ArticleId>> = BTreeMap::new();
    for (id, family) in archive.family_of_each(Likeness::Part).expect("families") {
        families.entry(family).or_default().insert(id);
    }
    families.into_values().collect()
}

/// Ids and titles of all articles, sorted; `None` where there is no index.
type Content = Option<Vec<(String, String)>>;

fn content(sandbox: &Sandbox, index: &str) -> Content {
    let said = sandbox
        .run(["search", "-i", index, "--copies", "show", "-n", "1000", "--format", "jsonl", "*"]);
    if said.err.contains("there is no index") {
        return None;
    }
    assert!(matches!(said.code, Some(0 | 1)), "{}", said.err);
    let article = |line| (text(&parsed(line)["id"]), text(&parsed(line)["title"]));
    let mut articles: Vec<_> = said.out.lines().map(article).collect();
    articles.sort();
    Some(articles)
}

fn page(sandbox: &Sandbox, name: &str, title: &str) {
    // Those whose titles speak of one thing are copies.
    let body = format!(
        "The council met on Monday and spoke of {}. It agreed to meet again soon, once the \
         engineers have said what the work would cost the town. Nobody spoke against it, and the \
         mayor thanked all who had come through the rain to hear what was planned. A vote is to be \
         held in spring.",
        title.trim_start_matches(|c: char| c.is_alphanumeric())
    );
    sandbox.write(&format!("news/{name}.txt"), format!("{title}\n\n{body}\n"));
}

/// Six files, not yet indexed.
fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    for number in 0..6 {
        page(&sandbox, &number.to_string(), &format!("Report {number} of the council"));
    }
    sandbox
}

/// One file more, one changed, one gone.
fn change(sandbox: &Sandbox) {
    page(sandbox, "6", "Report 6 of the council");
    page(sandbox, "2", "Another report of the council");
    sandbox.remove("news/4.txt");
}

fn copy_index(sandbox: &Sandbox, from: &str, to: &str) {
    let mut command = std::process::Command::new("cp");
    command.args(["-a", from, to]).current_dir(sandbox.path());
    assert!(command.status().expect("started").success());
}

fn run(sandbox: &Sandbox, index: &str, rebuild: bool, fault: &str) -> Said {
    let rebuild = rebuild.then_some("--rebuild");
    let line = ["index", "-q", "-j", "1", "-i", index].into_iter().chain(rebuild).chain(["news"]);
    sandbox.said(sandbox.command(line).env("DATELINE_FAULT", fault))
}

/// A run from one state of the index to the next.
struct Transition {
    sandbox: Sandbox,
    /// The index that each try starts with a copy of.
    start: Option<&'static str>,
    before: Content,
    after: Content,
    /// After.
    families: BTreeSet<BTreeSet<ArticleId>>,
    rebuild: bool,
}

impl Transition {
    fn first() -> Self {
        Self::new(archive(), None, false)
    }

    fn update() -> Self {
        let sandbox = archive();
        sandbox.done("index -q -i start news");
        change(&sandbox);
        Self::new(sandbox, Some("start"), false)
    }

    fn rebuild() -> Self {
        Self { rebuild: true, ..Self::update() }
    }

    fn new(sandbox: Sandbox, start: Option<&'static str>, rebuild: bool) -> Self {
        sandbox.done("index -q -i oracle news");
        let before = start.and_then(|start| content(&sandbox, start));
        let after = content(&sandbox, "oracle");
        assert_ne!(before, after);
        let families = families(&sandbox, "oracle");
        assert!(families.iter().any(|family| family.len() > 1), "there are copies");
        Self { sandbox, start, before, after, families, rebuild }
    }

    /// Tries `fault` at every `stride`th step, until a run meets none.
    fn try_all(&self, fault: &str, stride: usize, check: impl Fn(&Said)) {
        for step in (1..MOST_STEPS).step_by(stride) {
            let index = format!("index-{step}");
            if let Some(start) = self.start {
                copy_index(&self.sandbox, start, &index);
            }
            let said = run(&self.sandbox, &index, self.rebuild, &format!("{fault}:{step}"));
            let found = content(&self.sandbox, &index);
            if said.code == Some(0) {
                assert_eq!(found, self.after, "{fault} at {step}");
                assert_eq!(families(&self.sandbox, &index), self.families, "{fault} at {step}");
                assert!(step > 10, "the fault was not heard");
                return;
            }
            check(&said);
            assert!(found == self.before || found == self.after, "{fault} at {step}: {found:?}");
            let said = run(&self.sandbox, &index, false, "");
            assert_eq!(said.code, Some(0), "{fault} at {step}, then: {}", said.err);
            assert_eq!(content(&self.sandbox, &index), self.after, "{fault} at {step}, then");
            let found = families(&self.sandbox, &index);
            assert_eq!(found, self.families, "{fault} at {step}, then");
            let folder = self.sandbox.path().join(index);
            std::fs::remove_dir_all(folder).expect("removed");
        }
        panic!("no run without a fault");
    }
}

fn crashed(said: &Said) {
    assert_eq!(said.code, None, "{}", said.err);
}

fn full(said: &Said) {
    assert_eq!(said.code, Some(2), "{}", said.err);
    assert!(said.err.contains("the disk is full"), "{}", said.err);
    assert!(said.err.contains("make room, then run the same command again"), "{}", said.err);
}

fn denied(said: &Said) {
    assert_eq!(said.code, Some(2), "{}", said.err);
    assert!(said.err.contains("cannot write"), "{}", said.err);
    assert!(said.err.contains("permission denied"), "{}", said.err);
}

#[test]
fn a_crash_after_any_step_of_an_update_leaves_the_state_before_or_after() {
    Transition::update().try_all("crash", 1, crashed);
}

#[test]
fn a_crash_while_the_first_index_is_made_leaves_none_or_all() {
    Transition::first().try_all("crash", 4, crashed);
}

#[test]
fn a_crash_during_a_rebuild_leaves_the_old_index_or_the_new() {
    Transition::rebuild().try_all("crash", 4, crashed);
}

#[test]
fn a_disk_that_fills_up_is_named_and_loses_nothing() {
    Transition::update().try_all("full", 3, full);
    Transition::first().try_all("full", 7, full);
    Transition::rebuild().try_all("full", 7, full);
}

#[test]
fn a_disk_that_refuses_is_named_and_loses_nothing() {
    Transition::update().try_all("denied", 7, denied);
}
