//! What the index knows of each site: which lines it repeats, where it is at home, and on how many
//! documents that rests.
//!
//! Both are learned from the documents that the index has of a site. While these are few, they are
//! learned anew with each new one, and the articles before are made again; from [`ENOUGH`] on
//! they stand, so that adding a day to an archive costs what the day costs, and an update gives the
//! articles that a rebuild would give. A rebuild keeps what stands.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::clean::Template;
use crate::region::Home;

/// Documents of a site from which on what was learned stands. The rule that finds what repeats is
/// right on a dozen pages already; with more it only finds more of the lists of links that change
/// by the day.
pub(super) const ENOUGH: u64 = 32;

/// What the index knows of one site.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(super) struct Site {
    /// Pages that its template was learned from.
    pub(super) documents: u64,
    /// Whether the template stands.
    pub(super) settled: bool,
    /// The files that its documents lie in, as long as template or home does not stand.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) sources: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Template::is_empty")]
    pub(super) template: Template,
    #[serde(default, skip_serializing_if = "Dwelling::is_unknown")]
    pub(super) home: Dwelling,
}

/// Where a site is at home.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(super) struct Dwelling {
    /// Documents that this was learned from.
    pub(super) documents: u64,
    /// Whether it stands.
    pub(super) settled: bool,
    /// The country and perhaps the province; none where it writes of many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) place: Option<Home>,
}

impl Dwelling {
    fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

impl Site {
    /// Whether nothing more is to be learned of it.
    pub(super) fn is_settled(&self) -> bool {
        self.settled && self.home.settled
    }

    /// What of it outlasts a rebuild.
    pub(super) fn standing(self) -> Option<Self> {
        let home = if self.home.settled { self.home } else { Dwelling::default() };
        let site = if self.settled {
            Self { home, sources: BTreeSet::new(), ..self }
        } else {
            Self { home, ..Self::default() }
        };
        (site != Self::default()).then_some(site)
    }
}

/// Every site that the index knows, by its name.
pub(super) type Sites = BTreeMap<String, Site>;
