//! Lists the files below the given paths, in a fixed order.
//!
//! Whatever is listed is either a file or a [`Reject`]: nothing is left out in silence, save what
//! is hidden (a name that starts with `.`). A path given by the caller is followed wherever it
//! leads, and read even where it is hidden.
//!
//! Inside a folder, a link to a file is read as that file. A link to a folder is not followed, as
//! folders that link to each other can be walked along without end; it is a reject that says so.
//!
//! # Cost
//!
//! The names of one folder at a time, and of the folders above it, are held in memory to be sorted.

use std::fmt::Write as _;
use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use crate::reject::{Reject, RejectReason};

/// A path given by the caller, and the name that everything below it goes by.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Root {
    /// Where it is.
    pub path: PathBuf,
    /// What it is called in articles and reports, with `/` between its parts.
    pub label: String,
}

/// A file that may hold articles.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SourceFile {
    /// Its name in articles and reports: the root's label and the path below it, joined by `/`.
    /// No two files below a root share it: bytes of a name that are not UTF-8 are written as
    /// `\xE9`, and a backslash as `\\`.
    pub path: String,
    /// Where it is.
    pub file: PathBuf,
    /// Its size, in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970; 0 where the file system does not say.
    pub modified: i64,
}

/// One outcome of listing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Found {
    /// A regular file.
    File(SourceFile),
    /// Something that cannot be read.
    Reject(Reject),
}

/// Lists every file below `roots`, each folder in the order of its file names.
///
/// Roots are taken in the order given; a file that lies below two of them is listed twice.
pub fn walk(roots: &[Root]) -> impl Iterator<Item = Found> + use<> {
    let roots = roots.to_vec();
    roots.into_iter().flat_map(|root| {
        WalkDir::new(&root.path)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
            .filter_map(move |entry| match entry {
                Ok(entry) => look_at(&root, &entry),
                Err(error) => Some(Found::Reject(unlisted(&root, &error))),
            })
    })
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// What an entry is worth; `None` for a folder, whose content follows.
fn look_at(root: &Root, entry: &DirEntry) -> Option<Found> {
    let is_link = entry.path_is_symlink();
    let reject = |reason, detail: String| {
        Some(Found::Reject(Reject {
            path: label(root, entry.path()),
            record: None,
            reason,
            detail,
        }))
    };
    let metadata = match fs::metadata(entry.path()) {
        Ok(metadata) => metadata,
        Err(error) if is_link && error.kind() == io::ErrorKind::NotFound => {
            return reject(RejectReason::Unreadable, "a link that leads nowhere".into());
        }
        Err(error) => {
            let (reason, detail) = io_reject(&error);
            return reject(reason, detail);
        }
    };
    if metadata.is_file() {
        return Some(Found::File(SourceFile {
            path: label(root, entry.path()),
            file: entry.path().to_owned(),
            size: metadata.len(),
            modified: modified(&metadata),
        }));
    }
    if metadata.is_dir() {
        if !is_link || entry.depth() == 0 {
            return None;
        }
        if leads_back(entry.path()) {
            return reject(RejectReason::LinkLoop, LOOP.into());
        }
        let detail = "a link to a folder is not followed: give that folder as a path of its own";
        return reject(RejectReason::Special, detail.into());
    }
    reject(RejectReason::Special, special_kind(metadata.file_type()).into())
}

const LOOP: &str = "a link to a folder that it lies in";

/// Whether the link at `path` leads to a folder that it lies in itself.
fn leads_back(path: &Path) -> bool {
    let Some(folder) = path.parent() else { return false };
    match (fs::canonicalize(folder), fs::canonicalize(path)) {
        (Ok(folder), Ok(target)) => folder.starts_with(target),
        _ => false,
    }
}

/// Nanoseconds from 1970 to the last change; negative before 1970.
fn modified(metadata: &Metadata) -> i64 {
    let Ok(time) = metadata.modified() else { return 0 };
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => {
            i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanoseconds| -nanoseconds)
        }
    }
}

/// The reject for something that the folder listing itself could not reach.
fn unlisted(root: &Root, error: &walkdir::Error) -> Reject {
    let path = error.path().map_or_else(|| root.label.clone(), |path| label(root, path));
    let (reason, detail) = match error.io_error() {
        // It was never there: the caller named it.
        Some(io) if error.depth() == 0 && io.kind() == io::ErrorKind::NotFound => {
            (RejectReason::Unreadable, "there is no such file or folder".into())
        }
        Some(io) => io_reject(io),
        None => (RejectReason::LinkLoop, LOOP.into()),
    };
    Reject { path, record: None, reason, detail }
}

/// The reason and detail for a file or folder that the system refuses to open or read.
pub(super) fn io_reject(error: &io::Error) -> (RejectReason, String) {
    match error.kind() {
        io::ErrorKind::NotFound => {
            (RejectReason::Vanished, "it was removed while files were being listed or read".into())
        }
        _ if is_link_loop(error) => {
            (RejectReason::LinkLoop, "a chain of links that leads back to itself".into())
        }
        io::ErrorKind::PermissionDenied => (RejectReason::Unreadable, "permission denied".into()),
        _ => (RejectReason::Unreadable, error.to_string()),
    }
}

/// Whether the system gave up on a chain of links. [`io::ErrorKind`] has no stable case for it, so
/// this goes by the error number of the systems where it is known.
fn is_link_loop(error: &io::Error) -> bool {
    let number = if cfg!(any(target_os = "linux", target_os = "android")) { 40 } else { 62 };
    cfg!(unix) && error.raw_os_error() == Some(number)
}

/// What a thing that is neither file, folder nor link is called.
#[cfg(unix)]
pub(super) fn special_kind(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    match kind {
        _ if kind.is_fifo() => "a named pipe",
        _ if kind.is_socket() => "a socket",
        _ if kind.is_dir() => "a folder",
        _ => "a device",
    }
}

/// What a thing that is neither file, folder nor link is called.
#[cfg(not(unix))]
pub(super) fn special_kind(kind: FileType) -> &'static str {
    if kind.is_dir() { "a folder" } else { "neither a file nor a folder" }
}

/// The name of `path`, which lies at or below `root`.
fn label(root: &Root, path: &Path) -> String {
    let below = path.strip_prefix(&root.path).unwrap_or(path);
    let mut label = root.label.clone();
    for part in below {
        if !label.is_empty() && !label.ends_with('/') {
            label.push('/');
        }
        push_name(&mut label, part.as_encoded_bytes());
    }
    label
}

/// Appends a file name so that different names stay different and can be read.
pub(super) fn push_name(label: &mut String, name: &[u8]) {
    for chunk in name.utf8_chunks() {
        label.push_str(&chunk.valid().replace('\\', r"\\"));
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(label, "\\x{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    fn root(path: &Path) -> Root {
        Root { path: path.to_owned(), label: "corpus".into() }
    }

    /// What is found below `folder`, one line each.
    fn listing(folder: &Path) -> Vec<String> {
        walk(&[root(folder)])
            .map(|found| match found {
                Found::File(file) => format!("{} {}", file.path, file.size),
                Found::Reject(reject) => format!("{} {}", reject.path, reject.reason),
            })
            .collect()
    }

    fn write(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    }

    #[test]
    fn files_come_in_the_order_of_their_names_folder_by_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["b.txt", "a/2.txt", "a/10.txt", "B.txt", "c/x/y.txt"] {
            write(folder.path(), name, "four");
        }
        let expected =
            ["corpus/B.txt 4", "corpus/a/10.txt 4", "corpus/a/2.txt 4", "corpus/b.txt 4"];
        let found = listing(folder.path());
        assert_eq!(found[..4], expected);
        assert_eq!(found[4..], ["corpus/c/x/y.txt 4"]);
    }

    #[test]
    fn hidden_names_are_skipped_unless_they_are_the_root() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), ".git/config.txt", "");
        write(folder.path(), ".hidden.txt", "");
        write(folder.path(), ".kept/a.txt", "");
        assert_eq!(listing(folder.path()), [""; 0]);
        assert_eq!(listing(&folder.path().join(".kept")), ["corpus/a.txt 0"]);
    }

    #[test]
    fn a_root_that_is_a_file_goes_by_its_label() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "a.txt", "x");
        assert_eq!(listing(&folder.path().join("a.txt")), ["corpus 1"]);
    }

    #[test]
    fn a_root_that_is_not_there_is_rejected() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(listing(&folder.path().join("none")), ["corpus unreadable"]);
    }

    #[test]
    fn a_label_has_one_slash_between_its_parts() {
        let path = Path::new("/archive/2022/a.txt");
        for (given, expected) in [
            ("x", "x/2022/a.txt"),
            ("x/", "x/2022/a.txt"),
            ("", "2022/a.txt"),
            ("/", "/2022/a.txt"),
        ] {
            let root = Root { path: "/archive".into(), label: given.into() };
            assert_eq!(label(&root, path), expected);
        }
    }

    #[cfg(unix)]
    mod unix {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        use super::*;

        #[test]
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        fn names_that_are_not_utf_8_stay_different() {
            let folder = tempfile::tempdir().expect("a folder");
            for name in [&b"caf\xE9"[..], b"caf\xE8", br"caf\xE9", "café".as_bytes()] {
                if File::create(folder.path().join(OsStr::from_bytes(name))).is_err() {
                    eprintln!("skipped: the file system takes no such names");
                    return;
                }
            }
            let expected =
                [r"corpus/caf\\xE9 0", "corpus/café 0", r"corpus/caf\xE8 0", r"corpus/caf\xE9 0"];
            assert_eq!(listing(folder.path()), expected);
        }

        #[test]
        fn links_to_files_are_read_and_links_to_folders_are_named() {
            let folder = tempfile::tempdir().expect("a folder");
            write(folder.path(), "real/a.txt", "text");
            symlink("real/a.txt", folder.path().join("file-link")).expect("a link");
            symlink("real", folder.path().join("folder-link")).expect("a link");
            symlink("nothing", folder.path().join("gone-link")).expect("a link");
            let expected = [
                "corpus/file-link 4",
                "corpus/folder-link special-file",
                "corpus/gone-link unreadable",
                "corpus/real/a.txt 4",
            ];
            assert_eq!(listing(folder.path()), expected);
            assert_eq!(listing(&folder.path().join("folder-link")), ["corpus/a.txt 4"]);
            assert_eq!(listing(&folder.path().join("file-link")), ["corpus 4"]);
        }

        #[test]
        fn a_link_loop_is_named_and_ends() {
            let folder = tempfile::tempdir().expect("a folder");
            write(folder.path(), "a/b/c.txt", "text");
            symlink("../..", folder.path().join("a/b/up")).expect("a link");
            symlink("self", folder.path().join("self")).expect("a link");
            let expected =
                ["corpus/a/b/c.txt 4", "corpus/a/b/up link-loop", "corpus/self link-loop"];
            assert_eq!(listing(folder.path()), expected);
            assert_eq!(listing(&folder.path().join("self")), ["corpus link-loop"]);
        }

        #[test]
        fn a_socket_is_no_file() {
            let folder = tempfile::tempdir().expect("a folder");
            let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket"))
                .expect("a socket");
            assert_eq!(listing(folder.path()), ["corpus/socket special-file"]);
        }

        #[test]
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        fn a_folder_that_may_not_be_read_is_named_and_the_rest_is_listed() {
            let folder = tempfile::tempdir().expect("a folder");
            write(folder.path(), "locked/a.txt", "text");
            write(folder.path(), "open.txt", "text");
            let locked = folder.path().join("locked");
            fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("permissions");
            if fs::read_dir(&locked).is_ok() {
                eprintln!("skipped: the user who runs the tests may read everything");
                return;
            }
            let found = listing(folder.path());
            fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).expect("permissions");
            assert_eq!(found, ["corpus/locked unreadable", "corpus/open.txt 4"]);
        }
    }
}
