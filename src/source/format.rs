//! Which format a file is, by its first bytes, then by its name.
