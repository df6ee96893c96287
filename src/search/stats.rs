//! What an index holds, with names that mean one thing as one.

use super::{FacetField, Facets, Matching, facets};
use crate::error::Error;
use crate::index::{ArchiveReader, Stats, TOP_VALUES};
use crate::query::Query;

/// What `archive` holds.
pub fn stats(archive: &ArchiveReader) -> Result<Stats, Error> {
    let mut stats = archive.stats()?;
    for (name, values) in &mut stats.facets {
        if let Some(field) = FacetField::from_name(name).filter(|field| field.entity().is_some()) {
            let counted = facets(archive, field, &Query::All, Matching::AllWords)?;
            let Facets { values: named, without, .. } = counted;
            *values = named;
            // Those without stand under the empty name, as with the other fields.
            values.extend((without > 0).then(|| (String::new(), without)));
            values.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
            values.truncate(TOP_VALUES);
        }
    }
    Ok(stats)
}
