//! Which key of a JSON record holds what.

/// Which key of a record holds which field.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct KeyMap {}

/// A mapping that cannot be read.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{given}` is no mapping: {detail}")]
pub struct KeyMapError {
    given: String,
    detail: String,
}

impl KeyMap {
    /// x
    pub fn fingerprint(&self) -> u64 {
        0
    }

    /// The known keys, with `key=field` mappings put before them.
    pub fn with_overrides(_overrides: &[String]) -> Result<Self, KeyMapError> {
        Ok(Self {})
    }
}
