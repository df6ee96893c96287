//! Families: what is joined by links, at each level of likeness.
//!
//! A forest for each level (Galler and Fischer 1964; paths are halved, the smallest member is the
//! root, so that it names the family). Of the links only those are kept that joined something when
//! they came: by them every level can be made again, and of each family at a level there are fewer
//! than it has members.

use super::Likeness;

/// Two articles that were compared and found alike, by their numbers.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Link {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) likeness: Likeness,
}

/// The families of articles with numbers below a bound.
#[derive(Clone, Debug)]
pub(crate) struct Forest {
    /// By level and number: another member of the family, nearer to its root.
    parents: [Vec<u32>; Likeness::ALL.len()],
    links: Vec<Link>,
}

impl Forest {
    /// Articles with numbers below `len`, joined by links; those beyond do not count.
    pub(crate) fn new(len: u32, links: impl IntoIterator<Item = Link>) -> Self {
        let alone = || (0..len).collect();
        let mut forest = Self { parents: std::array::from_fn(|_| alone()), links: Vec::new() };
        for link in links {
            if link.a.max(link.b) < len {
                forest.join(link);
            }
        }
        forest
    }

    /// Takes in articles with numbers up to `len`.
    pub(crate) fn grow(&mut self, len: u32) {
        for parents in &mut self.parents {
            let known = u32::try_from(parents.len()).unwrap_or(u32::MAX);
            parents.extend(known..len);
        }
    }

    /// How many numbers there are.
    pub(crate) fn len(&self) -> usize {
        self.parents[0].len()
    }

    /// The links that joined something.
    pub(crate) fn links(&self) -> &[Link] {
        &self.links
    }

    /// The smallest number in the family of `number`.
    pub(crate) fn root(&self, level: Likeness, number: u32) -> u32 {
        let parents = &self.parents[level as usize];
        let mut at = number;
        while parents[at as usize] != at {
            at = parents[at as usize];
        }
        at
    }

    /// The same, and leaves the way to it shorter.
    fn find(&mut self, level: Likeness, number: u32) -> u32 {
        let parents = &mut self.parents[level as usize];
        let mut at = number;
        while parents[at as usize] != at {
            let grandparent = parents[parents[at as usize] as usize];
            parents[at as usize] = grandparent;
            at = grandparent;
        }
        at
    }

    /// The closest likeness by which both are in one family already.
    pub(crate) fn joined(&mut self, a: u32, b: u32) -> Option<Likeness> {
        let mut levels = Likeness::ALL.iter().copied();
        levels.find(|&level| self.find(level, a) == self.find(level, b))
    }

    /// Joins two articles at the level of the link and at all those that are less close.
    pub(crate) fn join(&mut self, link: Link) {
        let mut is_new = false;
        for &level in &Likeness::ALL[link.likeness as usize..] {
            let (one, other) = (self.find(level, link.a), self.find(level, link.b));
            if one != other {
                self.parents[level as usize][one.max(other) as usize] = one.min(other);
                is_new = true;
            }
        }
        if is_new {
            self.links.push(link);
        }
    }

    /// Takes articles out. Gives the links that stand, and the others of families that may fall
    /// apart by it, which must be compared anew, in order: links between them may have been left
    /// out for those that are gone.
    pub(crate) fn without(&self, is_gone: impl Fn(u32) -> bool) -> (Vec<Link>, Vec<u32>) {
        let mut links_of_gone = std::collections::BTreeMap::<u32, u32>::new();
        for end in self.links.iter().flat_map(|link| [link.a, link.b]).filter(|end| is_gone(*end)) {
            *links_of_gone.entry(end).or_default() += 1;
        }
        // Who hangs on a single link leaves the others joined as they were.
        let broken = links_of_gone.iter().filter(|(_, links)| **links > 1);
        let broken: std::collections::BTreeSet<u32> =
            broken.map(|(number, _)| self.root(Likeness::Part, *number)).collect();
        let is_broken = |number: u32| broken.contains(&self.root(Likeness::Part, number));
        let mut again = std::collections::BTreeSet::new();
        let mut standing = Vec::new();
        for link in &self.links {
            if !broken.is_empty() && is_broken(link.a) {
                again.extend([link.a, link.b].into_iter().filter(|end| !is_gone(*end)));
            } else if !is_gone(link.a) && !is_gone(link.b) {
                standing.push(*link);
            }
        }
        (standing, again.into_iter().collect())
    }
}
