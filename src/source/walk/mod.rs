//! Lists the files below the given paths, in a fixed order.
//!
//! Whatever is listed is either a file or a [`Reject`]: nothing is left out in silence, save what
//! the caller has ruled out: what is hidden (a name that starts with `.`), what an ignore file or a
//! glob excludes, and a folder that holds an index. A path given by the caller is followed wherever
//! it leads, and read even where it is hidden.
//!
//! Inside a folder, a link to a file is read as that file. A link to a folder is not followed
//! unless asked for; it is a reject that says so. Folders that link to each other end in a reject.
//!
//! The parts of a saved page (`x_files/` beside `x.html`) are not articles; what is noted beside a
//! page (`x.json`, `x.headers`) comes with it.
//!
//! # Cost
//!
//! The names of one folder at a time, and of the folders above it, are held in memory to be sorted.

mod page;

use std::fmt::Write as _;
use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crossbeam_channel::{Receiver, unbounded};
use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, Walk, WalkBuilder};

use self::page::Beside;
use crate::reject::{Reject, RejectReason};

/// The file that marks a folder as an index.
const INDEX_HEADER: &str = "dateline.json";

/// Which files below a folder are listed.
#[derive(Clone, Debug, Default)]
pub struct WalkOptions {
    /// Whether names that start with `.` are listed.
    pub hidden: bool,
    /// Whether links to folders are followed.
    pub follow: bool,
    /// Whether ignore files are disregarded.
    pub no_ignore: bool,
    /// Which names are listed.
    pub globs: Globs,
}

/// Globs on the paths below a root, as in an ignore file, where `!` excludes: `*.html`, `!print/`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Globs(Vec<String>);

impl Globs {
    /// These globs; later ones override earlier ones.
    pub fn new(globs: &[String]) -> Result<Self, GlobError> {
        for glob in globs {
            let mut builder = OverrideBuilder::new("");
            let built = builder.add(glob).and_then(|builder| builder.build());
            built.map_err(|error| GlobError { given: glob.clone(), detail: error.to_string() })?;
        }
        Ok(Self(globs.to_vec()))
    }

    /// Whether there is none.
    pub(in crate::source) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them names the file at `path`.
    pub(in crate::source) fn name(&self, path: &Path) -> bool {
        self.below(Path::new("")).matched(path, false).is_whitelist()
    }

    /// What they mean below `root`.
    fn below(&self, root: &Path) -> Override {
        let mut builder = OverrideBuilder::new(root);
        for glob in &self.0 {
            // Each was tried by `new`.
            let _ = builder.add(glob);
        }
        builder.build().unwrap_or_else(|_| Override::empty())
    }
}

/// A glob that cannot be read.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{given}` is no glob: {detail}")]
pub struct GlobError {
    given: String,
    detail: String,
}

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
    /// What is noted beside it: metadata (`x.json`) or the answer of the server (`x.headers`).
    /// Its size and time are part of the above.
    pub notes: Vec<PathBuf>,
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
pub fn walk(roots: &[Root], options: &WalkOptions) -> impl Iterator<Item = Found> + use<> {
    let (roots, options) = (roots.to_vec(), options.clone());
    roots.into_iter().flat_map(move |root| Listing::new(root, &options))
}

/// Lists what lies below one root.
struct Listing {
    root: Root,
    follow: bool,
    walk: Walk,
    /// Folders that are left out and named.
    left_out: Receiver<Reject>,
    beside: Beside,
    /// What was listed last, until the rejects before it are handed over.
    next: Option<Found>,
}

impl Listing {
    fn new(root: Root, options: &WalkOptions) -> Self {
        let (to_left_out, left_out) = unbounded();
        let named = root.clone();
        let obeys = !options.no_ignore;
        let walk = WalkBuilder::new(&root.path)
            .sort_by_file_name(Ord::cmp)
            .hidden(!options.hidden)
            .follow_links(options.follow)
            .parents(obeys)
            .ignore(obeys)
            .git_ignore(obeys)
            .git_global(obeys)
            .git_exclude(obeys)
            .overrides(options.globs.below(&root.path))
            .filter_entry(move |entry| match entry.file_type() {
                Some(kind) if kind.is_dir() && entry.depth() > 0 => {
                    let reject = part_of_page(&named, entry.path());
                    let is_left_out = reject.is_some();
                    if let Some(reject) = reject {
                        // The listing outlives its walk.
                        let _ = to_left_out.send(reject);
                    }
                    !is_left_out && !entry.path().join(INDEX_HEADER).is_file()
                }
                _ => true,
            })
            .build();
        let (follow, beside) = (options.follow, Beside::default());
        Self { root, follow, walk, left_out, beside, next: None }
    }

    /// What an entry is worth; `None` for a folder, whose content follows, and for a note, which
    /// comes with its page.
    fn look_at(&mut self, entry: &DirEntry) -> Option<Found> {
        let root = &self.root;
        let is_link = entry.path_is_symlink();
        let reject = |reason, detail: String| {
            let path = label(root, entry.path());
            Some(Found::Reject(Reject { path, record: None, reason, detail }))
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
            return self.file(entry, &metadata).map(Found::File);
        }
        if metadata.is_dir() {
            if !is_link || entry.depth() == 0 || self.follow {
                return None;
            }
            if leads_back(entry.path()) {
                return reject(RejectReason::LinkLoop, LOOP.into());
            }
            let detail = "a link to a folder is not followed: give that folder as a path of its \
                          own, or --follow";
            return reject(RejectReason::Special, detail.into());
        }
        reject(RejectReason::Special, special_kind(metadata.file_type()).into())
    }

    fn file(&mut self, entry: &DirEntry, metadata: &Metadata) -> Option<SourceFile> {
        let path = entry.path();
        if entry.depth() > 0 && self.beside.is_note(path) {
            return None;
        }
        let mut file = SourceFile {
            path: label(&self.root, path),
            file: path.to_owned(),
            size: metadata.len(),
            modified: modified(metadata),
            notes: self.beside.notes_of(path),
        };
        for note in file.notes.iter().filter_map(|note| fs::metadata(note).ok()) {
            file.size += note.len();
            file.modified = file.modified.max(modified(&note));
        }
        Some(file)
    }
}

impl Iterator for Listing {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            if let Ok(reject) = self.left_out.try_recv() {
                return Some(Found::Reject(reject));
            }
            if let Some(found) = self.next.take() {
                return Some(found);
            }
            self.next = match self.walk.next() {
                Some(Ok(entry)) => self.look_at(&entry),
                Some(Err(error)) => Some(Found::Reject(unlisted(&self.root, &error))),
                None if self.left_out.is_empty() => return None,
                None => None,
            };
        }
    }
}

/// The reject for the folder of a saved page's parts; `None` for any other folder.
fn part_of_page(root: &Root, folder: &Path) -> Option<Reject> {
    let page = page::of_parts(folder)?;
    let detail = format!("the parts of the saved page {}", label(root, &page));
    let path = label(root, folder);
    Some(Reject { path, record: None, reason: RejectReason::PagePart, detail })
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
fn unlisted(root: &Root, error: &ignore::Error) -> Reject {
    let path = path_of(error).map_or_else(|| root.label.clone(), |path| label(root, path));
    let (reason, detail) = match error.io_error().map(own) {
        // It was never there: the caller named it.
        Some(io) if path == root.label && io.kind() == io::ErrorKind::NotFound => {
            (RejectReason::Unreadable, "there is no such file or folder".into())
        }
        Some(io) => io_reject(io),
        None => (RejectReason::LinkLoop, LOOP.into()),
    };
    Reject { path, record: None, reason, detail }
}

/// The system's own error, where it was wrapped on its way.
fn own(error: &io::Error) -> &io::Error {
    let wrapped = error.get_ref().and_then(|inner| inner.downcast_ref::<walkdir::Error>());
    wrapped.and_then(walkdir::Error::io_error).unwrap_or(error)
}

/// The path that an error is about.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

/// The reason and detail for a file or folder that the system refuses to open or read.
pub(in crate::source) fn io_reject(error: &io::Error) -> (RejectReason, String) {
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
pub(in crate::source) fn special_kind(kind: FileType) -> &'static str {
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
pub(in crate::source) fn special_kind(kind: FileType) -> &'static str {
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
pub(in crate::source) fn push_name(label: &mut String, name: &[u8]) {
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
        listing_with(folder, &WalkOptions::default())
    }

    fn listing_with(folder: &Path, options: &WalkOptions) -> Vec<String> {
        walk(&[root(folder)], options)
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
    fn hidden_names_are_listed_when_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), ".kept/a.txt", "");
        let options = WalkOptions { hidden: true, ..WalkOptions::default() };
        assert_eq!(listing_with(folder.path(), &options), ["corpus/.kept/a.txt 0"]);
    }

    #[test]
    fn ignore_files_and_globs_rule_names_out() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a.html", "b.css", "print/a.html", "c.html"] {
            write(folder.path(), name, "");
        }
        write(folder.path(), ".ignore", "print/\n");
        let globs = |globs: &[&str]| {
            let globs: Vec<_> = globs.iter().map(|glob| (*glob).to_owned()).collect();
            Globs::new(&globs).expect("globs")
        };
        let (all, pages) = (Globs::default(), globs(&["*.html"]));
        let but_c = globs(&["*.html", "!c.*"]);
        for (no_ignore, globs, expected) in [
            (false, &all, &["a.html", "b.css", "c.html"][..]),
            (true, &all, &["a.html", "b.css", "c.html", "print/a.html"]),
            (false, &pages, &["a.html", "c.html"]),
            (true, &but_c, &["a.html", "print/a.html"]),
        ] {
            let options = WalkOptions { no_ignore, globs: globs.clone(), ..WalkOptions::default() };
            let expected: Vec<_> = expected.iter().map(|name| format!("corpus/{name} 0")).collect();
            assert_eq!(listing_with(folder.path(), &options), expected);
        }
        assert!(Globs::new(&["a[".to_owned()]).is_err());
    }

    #[test]
    fn parts_of_a_saved_page_are_named_once_and_notes_come_with_their_page() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a.html", "a_files/x.js", "a_files/frame.html", "b_files/story.html"] {
            write(folder.path(), name, "");
        }
        for name in ["a.json", "a.html.headers", "other.json"] {
            write(folder.path(), name, "{}");
        }
        let expected = [
            "corpus/a.html 4",
            "corpus/a_files page-part",
            "corpus/b_files/story.html 0",
            "corpus/other.json 2",
        ];
        assert_eq!(listing(folder.path()), expected);
    }

    #[test]
    fn an_index_is_no_part_of_an_archive() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "index/dateline.json", "{}");
        write(folder.path(), "a.txt", "");
        assert_eq!(listing(folder.path()), ["corpus/a.txt 0"]);
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
        fn links_to_folders_are_followed_when_asked_for() {
            let folder = tempfile::tempdir().expect("a folder");
            write(folder.path(), "real/a.txt", "text");
            symlink("real", folder.path().join("link")).expect("a link");
            symlink("..", folder.path().join("real/up")).expect("a link");
            let options = WalkOptions { follow: true, ..WalkOptions::default() };
            let expected = [
                "corpus/link/a.txt 4",
                "corpus/link/up link-loop",
                "corpus/real/a.txt 4",
                "corpus/real/up link-loop",
            ];
            assert_eq!(listing_with(folder.path(), &options), expected);
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
