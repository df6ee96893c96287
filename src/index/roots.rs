//! What the given paths are called.
//!
//! An article's id is made from its path as typed, so that it is the same in every copy of a
//! project and in `extract` as in an index. The index remembers what each typed path was, and
//! keeps its label when the same folder is named in another way from another place.

use std::path::{Component, Path, PathBuf};

use super::layout::KnownRoot;
use crate::error::Error;
use crate::source::Root;

/// The roots to walk, and all that the index is to remember from now on.
pub(super) fn resolve(
    paths: &[PathBuf],
    known: &[KnownRoot],
) -> Result<(Vec<Root>, Vec<KnownRoot>), Error> {
    let mut all = known.to_vec();
    let mut roots = Vec::new();
    for path in paths {
        // A root that is not there is for the walk to report.
        let absolute = match path.canonicalize() {
            Ok(absolute) => absolute,
            Err(_) => std::path::absolute(path).map_err(Error::reading(path))?,
        };
        let label = label_of(path, &absolute, &all);
        remember(known_root(&label, absolute), &mut all);
        roots.push(Root { path: path.clone(), label });
    }
    Ok((roots, all))
}

/// What is remembered of a root: of a single file its folder, so that a list of a million files
/// does not become a million roots.
fn known_root(label: &str, absolute: PathBuf) -> KnownRoot {
    let (folder, name) = label.rsplit_once('/').unwrap_or(("", label));
    match absolute.parent() {
        Some(parent) if absolute.is_file() && absolute.file_name() == Some(name.as_ref()) => {
            KnownRoot { label: folder.to_owned(), absolute: parent.to_owned() }
        }
        _ => KnownRoot { label: label.to_owned(), absolute },
    }
}

fn remember(root: KnownRoot, all: &mut Vec<KnownRoot>) {
    let covered = all.iter().any(|known| root.absolute.starts_with(&known.absolute));
    match all.iter_mut().find(|known| known.label == root.label) {
        Some(known) => known.absolute = root.absolute,
        None if covered => {}
        None => all.push(root),
    }
}

/// What `path` is called: by the label of a known root that it lies in, else as typed, else, when
/// that label belongs to another folder that is still there, by its absolute path.
fn label_of(path: &Path, absolute: &Path, known: &[KnownRoot]) -> String {
    for root in known {
        if let Ok(below) = absolute.strip_prefix(&root.absolute) {
            return join(&root.label, &label(below));
        }
    }
    let typed = label(path);
    let taken = known.iter().any(|root| root.label == typed && root.absolute.exists());
    if taken { label(absolute) } else { typed }
}

/// The files at these labels, each a root of its own.
pub(super) fn locate<'a>(
    labels: impl IntoIterator<Item = &'a String>,
    known: &[KnownRoot],
) -> Vec<Root> {
    let locate =
        |label: &String| Some(Root { path: disk_path(label, known)?, label: label.clone() });
    labels.into_iter().filter_map(locate).collect()
}

/// Where the file at `label` is.
pub(super) fn disk_path(label: &str, known: &[KnownRoot]) -> Option<PathBuf> {
    let below = |root: &KnownRoot| {
        let below = label.strip_prefix(root.label.as_str())?;
        let is_below = below.is_empty()
            || below.starts_with('/')
            || root.label.is_empty()
            || root.label.ends_with('/');
        is_below.then(|| {
            (root.label.len(), root.absolute.clone(), below.trim_start_matches('/').to_owned())
        })
    };
    let (_, folder, below) = known.iter().filter_map(below).max_by_key(|(length, ..)| *length)?;
    Some(if below.is_empty() { folder } else { folder.join(file_name(&below)) })
}

/// Undoes what the walk does to names: `\xE9` is a byte that is no UTF-8, `\\` a backslash.
fn file_name(label: &str) -> PathBuf {
    let hex = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
    let mut bytes = Vec::with_capacity(label.len());
    let mut rest = label.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let (byte, length) = match (first, after) {
            (b'\\', [b'\\', ..]) => (b'\\', 2),
            (b'\\', [b'x', high, low, ..]) => match hex(&[*high, *low]) {
                Some(byte) => (byte, 4),
                None => (first, 1),
            },
            _ => (first, 1),
        };
        bytes.push(byte);
        rest = &rest[length..];
    }
    path(bytes)
}

#[cfg(unix)]
fn path(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn path(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

/// A path as text: `/` between its parts, no `.` among them.
pub(crate) fn label(path: &Path) -> String {
    let mut label = String::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::RootDir => label.push('/'),
            Component::Prefix(_) | Component::ParentDir | Component::Normal(_) => {
                label = join(&label, &part.as_os_str().to_string_lossy());
            }
        }
    }
    label
}

fn join(folder: &str, below: &str) -> String {
    match (folder, below) {
        (folder, "") => folder.to_owned(),
        ("", below) => below.to_owned(),
        (folder, below) if folder.ends_with('/') => format!("{folder}{below}"),
        (folder, below) => format!("{folder}/{below}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_the_path_as_typed_without_dots() {
        for (path, expected) in [
            ("corpus", "corpus"),
            ("./corpus/", "corpus"),
            (".", ""),
            ("../a/./b", "../a/b"),
            ("/a/b", "/a/b"),
        ] {
            assert_eq!(label(Path::new(path)), expected);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_label_leads_back_to_its_file() {
        use std::os::unix::ffi::OsStrExt as _;
        let root = |label: &str, absolute: &str| KnownRoot {
            label: label.into(),
            absolute: absolute.into(),
        };
        let known = [root("corpus", "/x/corpus"), root("", "/y"), root("corpus/a", "/z")];
        for (label, path) in [
            ("corpus/b/c.txt", &b"/x/corpus/b/c.txt"[..]),
            ("corpus", b"/x/corpus"),
            ("corpus/a/b", b"/z/b"),
            ("corpus2/a", b"/y/corpus2/a"),
            (r"corpus/caf\xE9", b"/x/corpus/caf\xE9"),
            (r"corpus/a\\b", br"/x/corpus/a\b"),
        ] {
            let found = disk_path(label, &known).expect("a path");
            assert_eq!(found.as_os_str().as_bytes(), path, "for {label}");
        }
    }

    #[test]
    fn a_folder_keeps_its_label_however_it_is_named() {
        let known = [KnownRoot { label: "corpus".into(), absolute: "/x/corpus".into() }];
        let label =
            |path: &str, absolute: &str| label_of(Path::new(path), Path::new(absolute), &known);
        assert_eq!(label(".", "/x/corpus"), "corpus");
        assert_eq!(label("portal", "/x/corpus/portal"), "corpus/portal");
        assert_eq!(label("other", "/x/other"), "other");
    }
}
