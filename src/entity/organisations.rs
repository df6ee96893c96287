//! The table of known organisations, `organisations.tsv` (its sources are in `PROVENANCE.md`).

/// A known organisation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Body {
    /// Its usual name.
    pub(crate) name: &'static str,
    /// What it is called for short; empty where it is not.
    pub(crate) acronym: &'static str,
    /// Other names, `|` between them.
    aliases: &'static str,
    /// Whether it belongs to a state, so that other states may have one of the same name.
    pub(crate) is_of_state: bool,
}

impl Body {
    /// Other names.
    pub(crate) fn aliases(self) -> impl Iterator<Item = &'static str> {
        self.aliases.split('|').filter(|name| !name.is_empty())
    }

    /// Every name, the usual one first.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        let short = [self.name, self.acronym].into_iter().filter(|name| !name.is_empty());
        short.chain(self.aliases())
    }
}

/// The organisations, in the order of the table.
pub(crate) fn organisations() -> impl Iterator<Item = Body> {
    include_str!("organisations.tsv").lines().skip(1).map(|line| {
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or_default();
        let (name, acronym, aliases) = (next(), next(), next());
        Body { name, acronym, aliases, is_of_state: next() == "government" }
    })
}
