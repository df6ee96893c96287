//! Families as a file: by it a reader knows, at the cost of a look, which family an article is in.
//!
//! ```text
//! numbers known, members, links           three numbers of 32 bits
//! for each level, for each number:        the smallest number of its family
//! family and number of each member        of families of two or more at the last level, ascending
//! ends and likeness of each link          by which the families can be made again
//! ```
//!
//! All numbers are of 32 bits, little-endian.

use std::io::{self, Write};

use tantivy::directory::OwnedBytes;

use super::table::u32_at;
use crate::copies::{Forest, Likeness, Link};

const LEVELS: usize = Likeness::ALL.len();
const WORD: usize = 4;
const HEAD: usize = 3 * WORD;

/// Which articles are copies of one another, by their numbers. An article that is not known yet is
/// alone.
pub struct Families {
    bytes: OwnedBytes,
    known: usize,
    members: usize,
    links: usize,
}

impl Families {
    /// Those of an index in which none were looked for: everyone is alone.
    pub(super) fn none() -> Self {
        Self { bytes: OwnedBytes::empty(), known: 0, members: 0, links: 0 }
    }

    /// `None` where the bytes are no such file.
    pub(super) fn open(bytes: OwnedBytes) -> Option<Self> {
        let count = |place| Some(u32_at(&bytes, place * WORD)? as usize);
        let (known, members, links) = (count(0)?, count(1)?, count(2)?);
        let words = known.checked_mul(LEVELS)?.checked_add(2 * members + 3 * links)?;
        (bytes.len() == HEAD + words.checked_mul(WORD)?).then_some(Self {
            bytes,
            known,
            members,
            links,
        })
    }

    /// Writes what `forest` holds.
    pub(super) fn write(out: &mut dyn Write, forest: &Forest) -> io::Result<()> {
        let known = u32::try_from(forest.len()).map_err(io::Error::other)?;
        let mut ends: Vec<_> = forest.links().iter().flat_map(|link| [link.a, link.b]).collect();
        ends.sort_unstable();
        ends.dedup();
        let mut members: Vec<_> =
            ends.into_iter().map(|number| [forest.root(Likeness::Part, number), number]).collect();
        members.sort_unstable();
        let mut word = |word: u32| out.write_all(&word.to_le_bytes());
        for count in [forest.len(), members.len(), forest.links().len()] {
            word(u32::try_from(count).map_err(io::Error::other)?)?;
        }
        for &level in Likeness::ALL {
            (0..known).try_for_each(|number| word(forest.root(level, number)))?;
        }
        members.into_iter().flatten().try_for_each(&mut word)?;
        for link in forest.links() {
            [link.a, link.b, link.likeness as u32].into_iter().try_for_each(&mut word)?;
        }
        Ok(())
    }

    fn word(&self, place: usize) -> u32 {
        u32_at(&self.bytes, HEAD + WORD * place).unwrap_or_default()
    }

    /// The number that all articles of its family have in common: the smallest; its own where it is
    /// alone. Costs a look at an array.
    pub fn family(&self, level: Likeness, number: u64) -> u64 {
        match usize::try_from(number) {
            Ok(place) if place < self.known => {
                self.word(level as usize * self.known + place).into()
            }
            _ => number,
        }
    }

    /// The numbers of all articles in its family, its own among them, ascending. Some may have left
    /// the index since. Costs a search, and a look at each member of the family at the last level.
    pub fn members(&self, level: Likeness, number: u64) -> Vec<u64> {
        let family = self.family(level, number);
        let widest = self.family(Likeness::Part, number);
        let member = |place: usize| {
            let at = LEVELS * self.known + 2 * place;
            [u64::from(self.word(at)), u64::from(self.word(at + 1))]
        };
        let (mut low, mut high) = (0, self.members);
        while low < high {
            let middle = low.midpoint(high);
            if member(middle)[0] < widest { low = middle + 1 } else { high = middle }
        }
        let of_widest = (low..self.members).map(member).take_while(|it| it[0] == widest);
        let numbers = of_widest.map(|[_, number]| number);
        let mut members: Vec<_> =
            numbers.filter(|number| self.family(level, *number) == family).collect();
        if members.is_empty() {
            members.push(number);
        }
        members
    }

    /// How many articles are in families of two or more at the last level.
    pub fn articles(&self) -> u64 {
        self.members as u64
    }

    /// How many numbers are known.
    pub(super) fn known(&self) -> u32 {
        u32::try_from(self.known).unwrap_or(u32::MAX)
    }

    /// The links by which the families were made.
    pub(super) fn links(&self) -> impl Iterator<Item = Link> + '_ {
        let first = LEVELS * self.known + 2 * self.members;
        (0..self.links).filter_map(move |link| {
            let at = first + 3 * link;
            let likeness = *Likeness::ALL.get(self.word(at + 2) as usize)?;
            Some(Link { a: self.word(at), b: self.word(at + 1), likeness })
        })
    }
}

impl std::fmt::Debug for Families {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Families").field("known", &self.known).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_read_back_as_written() {
        let link = |a, b, likeness| Link { a, b, likeness };
        let links =
            [link(1, 4, Likeness::Exact), link(4, 5, Likeness::Part), link(0, 2, Likeness::High)];
        let mut bytes = Vec::new();
        Families::write(&mut bytes, &Forest::new(6, links)).expect("written");
        let families = Families::open(OwnedBytes::new(bytes.clone())).expect("families");
        let at = |level| (0..8).map(|number| families.family(level, number)).collect::<Vec<_>>();
        assert_eq!(at(Likeness::Exact), [0, 1, 2, 3, 1, 5, 6, 7]);
        assert_eq!(at(Likeness::High), [0, 1, 0, 3, 1, 5, 6, 7]);
        assert_eq!(at(Likeness::Part), [0, 1, 0, 3, 1, 1, 6, 7]);
        assert_eq!(families.members(Likeness::Part, 5), [1, 4, 5]);
        assert_eq!(families.members(Likeness::Moderate, 4), [1, 4]);
        assert_eq!(families.members(Likeness::Part, 3), [3]);
        assert_eq!(families.members(Likeness::Part, 7), [7]);
        assert_eq!(families.links().collect::<Vec<_>>(), links);
        bytes.pop();
        assert!(Families::open(OwnedBytes::new(bytes)).is_none());
    }
}
