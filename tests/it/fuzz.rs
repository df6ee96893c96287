//! Every reader, the parser of queries and what finds names, fed with what nobody wrote: each seed of the fuzz targets,
//! changed in ways that are the same in every run. `cargo fuzz` looks further.

use std::fs;
use std::path::Path;

use crate::sandbox::PACKAGE;

#[allow(unreachable_pub, reason = "the fuzz targets use it as a module of theirs")]
#[path = "../../fuzz/entry.rs"]
mod entry;

/// Changed copies of each seed.
const MUTATIONS: usize = 400;

/// A small generator (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).expect("below a size")
    }
}

/// Changes a few places of `bytes`: bits, cuts, copies, numbers that are too large, another seed.
fn mutate(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let end = (at + 1 + random.below(40)).min(bytes.len());
        match random.below(6) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let copy = bytes[at..end].repeat(1 + random.below(30));
                bytes.splice(at..at, copy);
            }
            4 => drop(bytes.splice(at..end, [0xFF; 8])),
            _ => {
                let from = random.below(other.len());
                let part = &other[from..(from + random.below(60)).min(other.len())];
                bytes.splice(at..at, part.iter().copied());
            }
        }
    }
}

/// The seeds of a target, by name.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(PACKAGE).join("fuzz/seeds").join(target);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a seed").path())
        .collect();
    files.sort();
    files.iter().map(|file| fs::read(file).expect("a seed")).collect()
}

/// Feeds `run` with every seed of a target and its changed copies.
fn feed(target: &str, run: impl Fn(&[u8])) {
    let seeds = seeds(target);
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for seed in &seeds {
        run(seed);
        for _ in 0..MUTATIONS {
            let mut bytes = seed.clone();
            let other = &seeds[random.below(seeds.len())];
            mutate(&mut bytes, other, &mut random);
            run(&bytes);
        }
    }
}

#[test]
fn every_reader_stands_what_nobody_wrote() {
    for ending in entry::READERS {
        feed(ending, |bytes| entry::read_file(ending, bytes));
    }
}

#[test]
fn the_parser_of_queries_stands_what_nobody_typed() {
    feed("query", entry::parse_query);
}

#[test]
fn what_finds_names_stands_any_text() {
    feed("names", entry::find_names);
}
