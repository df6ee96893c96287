//! How well copies are found, and at what cost: generated articles with planted copies, each kind of
//! edit by itself, from a fixed seed.
//!
//! `cargo bench --bench copies` makes 100,000 articles, `cargo bench --bench copies -- 1000000` a
//! million. A third of them are copies of others. The time and the memory of the search for copies are
//! those of a process of its own, which has nothing else to do; then one article in a hundred is
//! added, half of them copies of earlier ones.
//!
//! Precision and recall are over pairs: a pair is right if both articles come of one story.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use dateline::article::ArticleId;
use dateline::copies::{Likeness, Overlap, Shingles};
use dateline::extract::{Cleaning, Naming};
use dateline::index::{ArchiveReader, IndexReport, IndexRequest, update};
use generated::Random;

#[allow(dead_code, reason = "each bench uses a part of it")]
mod generated;

const ARTICLES: u64 = 100_000;

/// Names the folder in which a process only looks for copies.
const ALONE: &str = "DATELINE_BENCH_COPIES";

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Edit {
    Original,
    /// The same text under another headline.
    Retitled,
    /// A dateline and a credit put in front, one word in fifty another.
    Light,
    /// One word in twenty another, and a sentence in ten left out.
    Heavy,
    /// The first three fifths, one word in a hundred another.
    Shortened,
    /// A whole story with as much again around it.
    Embedded,
    /// A story on the same matter, with a quotation of 30 words from it: no copy.
    Quoting,
}

const COPIES: [Edit; 5] =
    [Edit::Retitled, Edit::Light, Edit::Heavy, Edit::Shortened, Edit::Embedded];

/// An article, and the number of the story that it is of.
struct Planted {
    story: u64,
    edit: Edit,
    title: String,
    body: String,
}

fn main() {
    if let Some(folder) = std::env::var_os(ALONE) {
        alone(Path::new(&folder));
        return;
    }
    let typed = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let articles: u64 = typed.unwrap_or(ARTICLES);
    widths();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let source = folder.path().join("news");
    fs::create_dir(&source).expect("made");
    let mut planted = write(&source.join("a.jsonl"), Archive::new(1), articles);
    let begun = Instant::now();
    let report = index(folder.path());
    println!(
        "\n{articles} articles, indexed with copies in {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    println!("of that, copies: {:.1} s", report.copies_took.as_secs_f64());
    fs::remove_file(data(folder.path()).join("families.json")).expect("removed");
    let whole = in_process(folder.path());
    println!("copies by themselves: {whole}");
    judge(folder.path(), &planted);

    let more = articles / 100;
    let told = planted.iter().filter(|(_, edit)| *edit != Edit::Quoting);
    let stories = told.map(|(story, _)| *story).max().unwrap_or_default();
    planted.extend(write(&source.join("b.jsonl"), Archive::update(stories, articles), more));
    let report = index(folder.path());
    println!("\nan update with {more} articles: copies {:.2} s", report.copies_took.as_secs_f64());
    judge(folder.path(), &planted);
    let bytes: u64 = fs::read_dir(data(folder.path()))
        .expect("read")
        .filter_map(Result::ok)
        .filter(|it| !it.file_name().to_string_lossy().starts_with("manifest"))
        .filter_map(|entry| entry.metadata().ok().filter(fs::Metadata::is_file))
        .map(|metadata| metadata.len())
        .sum();
    println!("\nfiles of families: {} bytes an article", bytes / (articles + more));
}

/// What each kind of edit leaves in common, which says how wide a shingle can be.
fn widths() {
    println!("| edit | resemblance | of the shorter | likeness |");
    println!("| --- | --- | --- | --- |");
    for edit in COPIES.into_iter().chain([Edit::Quoting]) {
        let (mut resemblance, mut containment) = (0.0, 0.0);
        let mut named = HashMap::<&str, u32>::new();
        for story in 0..200 {
            let original = made(story, Edit::Original, 0);
            let copy = made(story, edit, 1);
            let overlap = Overlap::of(&Shingles::of(&original.body), &Shingles::of(&copy.body));
            resemblance += overlap.resemblance() / 200.0;
            containment += overlap.containment() / 200.0;
            *named.entry(overlap.likeness().map_or("none", Likeness::name)).or_default() += 1;
        }
        let mut named: Vec<_> = named.into_iter().collect();
        named.sort_unstable();
        println!("| {edit:?} | {resemblance:.2} | {containment:.2} | {named:?} |");
    }
}

/// Looks for copies and nothing else, and says what it took.
fn alone(folder: &Path) {
    let report = index(folder);
    let peak = dateline::index::peak_memory().unwrap_or_default() >> 20;
    println!("{:.1} s, {peak} MiB", report.copies_took.as_secs_f64());
}

fn in_process(folder: &Path) -> String {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    let output = command.env(ALONE, folder).output().expect("run");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn index(folder: &Path) -> IndexReport {
    let request = IndexRequest {
        cleaning: Cleaning::Off,
        naming: Naming::Off,
        ..IndexRequest::update([folder.join("news")])
    };
    update(&folder.join("index"), &request, &mut |_| ()).expect("indexed")
}

fn data(folder: &Path) -> PathBuf {
    folder.join("index/data-1")
}

/// Stories and their copies, one after the other.
struct Archive {
    random: Random,
    story: u64,
    copies: u64,
    /// Where copies are of earlier stories: how many of those there are.
    earlier: Option<u64>,
}

impl Archive {
    fn new(seed: u64) -> Self {
        Self { random: Random::new(seed), story: 0, copies: 0, earlier: None }
    }

    fn update(stories: u64, seed: u64) -> Self {
        Self { random: Random::new(seed), story: stories, copies: 0, earlier: Some(stories) }
    }
}

impl Iterator for Archive {
    type Item = Planted;

    fn next(&mut self) -> Option<Planted> {
        let nonce = self.random.next();
        let edit = COPIES[usize::try_from(self.random.below(5)).unwrap_or_default()];
        if let Some(earlier) = self.earlier
            && self.random.below(2) == 0
        {
            return Some(made(1 + self.random.below(earlier), edit, nonce));
        }
        if self.copies > 0 {
            self.copies -= 1;
            return Some(made(self.story, edit, nonce));
        }
        self.story += 1;
        // One story in seven is printed by others, up to six times; another is quoted.
        match self.random.below(7) {
            0 => self.copies = 1 + self.random.below(6),
            1 => return Some(made(self.story, Edit::Quoting, nonce)),
            _ => {}
        }
        Some(made(self.story, Edit::Original, 0))
    }
}

/// An article of a story: always the same for the same numbers.
fn made(story: u64, edit: Edit, nonce: u64) -> Planted {
    let (title, body) = generated::article(&mut Random::new(story.wrapping_mul(0x9e37_79b9)));
    let mut random = Random::new(nonce ^ story);
    let (other_title, other) = generated::article(&mut random);
    let body = match edit {
        Edit::Original | Edit::Retitled => body,
        Edit::Light => format!("ALMATY (Example) - {}", changed(&body, 50, &mut random)),
        Edit::Heavy => {
            let sentences = body.split_inclusive(". ").filter(|_| random.below(10) > 0);
            changed(&sentences.collect::<String>(), 20, &mut Random::new(nonce))
        }
        Edit::Shortened => changed(&cut(&body, 3, 5), 100, &mut random),
        Edit::Embedded => {
            let (_, more) = generated::article(&mut random);
            format!("{}\n{body}\n{}", cut(&other, 1, 2), cut(&more, 1, 2))
        }
        Edit::Quoting => {
            let quotation: Vec<_> = body.split_whitespace().skip(60).take(30).collect();
            format!("{other} {}", quotation.join(" "))
        }
    };
    let title = if edit == Edit::Original { title } else { other_title };
    // Who quotes tells a story of its own.
    let story = if edit == Edit::Quoting { u64::MAX - (nonce >> 1) } else { story };
    Planted { story, edit, title, body }
}

/// The first words of a text, as a share of all.
fn cut(text: &str, part: usize, of: usize) -> String {
    let words = text.split(' ').count() * part / of;
    text.split(' ').take(words).collect::<Vec<_>>().join(" ")
}

/// A text with one word in so many another.
fn changed(text: &str, one_in: u64, random: &mut Random) -> String {
    let words = text.split(' ').map(|word| {
        let other = random.below(one_in) == 0;
        if other { generated::word(100 + random.below(50_000)) } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Writes articles as lines of JSON; gives the story and the edit of each.
fn write(path: &Path, archive: Archive, articles: u64) -> Vec<(u64, Edit)> {
    let mut file = BufWriter::new(File::create(path).expect("made"));
    let articles = archive.take(usize::try_from(articles).expect("fits"));
    let planted = articles.map(|Planted { story, edit, title, body }| {
        let line = serde_json::json!({ "title": title, "text": body });
        writeln!(file, "{line}").expect("written");
        (story, edit)
    });
    planted.collect()
}

/// Compares the families with what was planted.
fn judge(folder: &Path, planted: &[(u64, Edit)]) {
    let archive = ArchiveReader::open(&folder.join("index")).expect("opened");
    let families: HashMap<ArticleId, u64> =
        archive.family_of_each(Likeness::Part).expect("families").into_iter().collect();
    let mut numbers = vec![None; planted.len()];
    for (name, offset) in files(folder, planted.len()) {
        for (record, number) in (0..).zip(&mut numbers[offset..]) {
            *number = families.get(&ArticleId::new(&name, record)).copied();
        }
    }
    let missing = numbers.iter().filter(|number| number.is_none()).count();
    println!("\narticles that are not in the index: {missing}");
    // Pairs of a class are counted by the sizes of classes, never one by one.
    let (mut of_story, mut of_family) = (HashMap::<u64, u64>::new(), HashMap::<u64, u64>::new());
    let mut of_both = BTreeMap::<(u64, u64), u64>::new();
    for ((story, _), family) in planted.iter().zip(&numbers) {
        let Some(family) = family else { continue };
        *of_story.entry(*story).or_default() += 1;
        *of_family.entry(*family).or_default() += 1;
        *of_both.entry((*story, *family)).or_default() += 1;
    }
    let pairs =
        |counts: &mut dyn Iterator<Item = u64>| counts.map(|n| n * (n - 1) / 2).sum::<u64>();
    let right = pairs(&mut of_both.values().copied());
    let (found, meant) =
        (pairs(&mut of_family.values().copied()), pairs(&mut of_story.values().copied()));
    println!("\n| kind | articles | found | pairwise precision | recall | F1 |");
    println!("| --- | --- | --- | --- | --- | --- |");
    // The number that most articles of a story share.
    let mut home = HashMap::<u64, (u64, u64)>::new();
    for ((story, family), n) in &of_both {
        let best = home.entry(*story).or_default();
        *best = (*best).max((*n, u64::MAX - family));
    }
    for edit in COPIES {
        let of_kind = planted.iter().zip(&numbers).filter(|((_, it), _)| *it == edit);
        let (mut all, mut at_home) = (0_u64, 0_u64);
        for ((story, _), family) in of_kind {
            // A copy of a story that the archive does not have is none.
            if of_story[story] == 1 {
                continue;
            }
            let (n, best) = home[story];
            all += 1;
            at_home += u64::from(n > 1 && *family == Some(u64::MAX - best));
        }
        println!("| {edit:?} | {all} | {:.4} | | | |", share(at_home, all));
    }
    let quoting = planted.iter().zip(&numbers).filter(|((_, it), _)| *it == Edit::Quoting);
    let alone = quoting.clone().filter(|(_, family)| family.is_none_or(|it| of_family[&it] == 1));
    let (alone, all) = (alone.count() as u64, quoting.count() as u64);
    println!("| Quoting, left alone | {all} | {:.4} | | | |", share(alone, all));
    let (precision, recall) = (share(right, found), share(right, meant));
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("| all pairs | {meant} | {found} | {precision:.4} | {recall:.4} | {f1:.4} |");
    assert!(f1 >= 0.95, "F1 is below what is asked for");
}

/// The files of the archive and the place of their first articles among all.
fn files(folder: &Path, articles: usize) -> Vec<(String, usize)> {
    let name = |file: &str| folder.join("news").join(file).to_string_lossy().into_owned();
    let lines = |file: &str| {
        let text = fs::read(name(file)).unwrap_or_default();
        memchr::memchr_iter(b'\n', &text).count()
    };
    let a = lines("a.jsonl");
    let both = [(name("a.jsonl"), 0), (name("b.jsonl"), a.min(articles))];
    both.into_iter().collect()
}

#[expect(clippy::cast_precision_loss, reason = "53 bits are plenty here")]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}
