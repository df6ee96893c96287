//! What the index knows of each site: which lines it repeats, and on how many pages that rests.
//!
//! A site's template is learned from the pages that the index has of it. While these are few, it
//! is learned anew with each new page, and the pages before are cleaned again; from
//! [`ENOUGH`] on it stands, so that adding a day to an archive costs what the day costs, and an
//! update gives the articles that a rebuild would give. A rebuild keeps the templates that stand.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::clean::Template;

/// Pages of a site from which on its template stands. The rule that finds what repeats is right on
/// a dozen pages already; with more it only finds more of the lists of links that change by the
/// day.
pub(super) const ENOUGH: u64 = 32;

/// What the index knows of one site.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(super) struct Site {
    /// Pages that its template was learned from.
    pub(super) documents: u64,
    /// Whether the template stands.
    pub(super) settled: bool,
    /// The files that these pages lie in, as long as it does not.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) sources: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Template::is_empty")]
    pub(super) template: Template,
}

/// Every site that the index knows, by its name.
pub(super) type Sites = BTreeMap<String, Site>;
