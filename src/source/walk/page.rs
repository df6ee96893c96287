//! Files that belong to a saved page: the folder of its parts, and what was noted beside it.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

/// Endings of pages that can have other files with them.
const PAGES: &[&str] = &["html", "htm", "xhtml", "shtml", "txt"];

/// Endings of what is noted beside a page: its metadata, and the answer of the server.
const NOTES: &[&str] = &["json", "headers"];

/// What browsers put after the name of a page to name the folder of its parts, in the languages
/// that have a word of their own for it.
const PARTS: &[&str] = &[
    "_files",
    ".files",
    "-files",
    "_Dateien",
    "-Dateien",
    "_fichiers",
    "-fichiers",
    "_archivos",
    "_ficheiros",
    "_arquivos",
    "_file",
    "-filer",
    "_bestanden",
    "_pliki",
    "_soubory",
    "_fájlok",
    "_tiedostot",
    "_dosyalar",
    "_elemei",
    "_datoteke",
    "_failid",
    "_fails",
    "_bylos",
    "_fitxers",
];

/// The page that the folder at `path` holds the parts of, where it is there.
pub(super) fn of_parts(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let stem = PARTS.iter().find_map(|ending| name.strip_suffix(ending))?;
    let beside = |ending: &&str| path.with_file_name(format!("{stem}.{ending}"));
    PAGES.iter().map(beside).find(|page| page.is_file())
}

/// The pages and notes of one folder; of the folder that was asked about last.
#[derive(Debug, Default)]
pub(super) struct Beside {
    folder: PathBuf,
    names: HashSet<OsString>,
}

impl Beside {
    /// What is noted beside the page at `path`: `x.html.json`, `x.json`, `x.html.headers`,
    /// `x.headers`. Nothing for what is no page.
    pub(super) fn notes_of(&mut self, path: &Path) -> Vec<PathBuf> {
        if !has_ending(path, PAGES) {
            return Vec::new();
        }
        let mut notes = Vec::new();
        for ending in NOTES {
            let whole = append(path, ending);
            let candidates = [whole, path.with_extension(ending)];
            notes.extend(candidates.into_iter().find(|note| self.holds(note)));
        }
        notes
    }

    /// Whether the file at `path` is a note, so that it comes with its page.
    pub(super) fn is_note(&mut self, path: &Path) -> bool {
        if !has_ending(path, NOTES) {
            return false;
        }
        let stem = path.with_extension("");
        let is_page = has_ending(&stem, PAGES) && self.holds(&stem);
        is_page || PAGES.iter().any(|ending| self.holds(&append(&stem, ending)))
    }

    fn holds(&mut self, path: &Path) -> bool {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
        if folder != self.folder || self.folder.as_os_str().is_empty() {
            self.list(folder);
        }
        self.names.contains(name)
    }

    /// A folder that cannot be listed is for the walk to report.
    fn list(&mut self, folder: &Path) {
        folder.clone_into(&mut self.folder);
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let names = fs::read_dir(here).into_iter().flatten().filter_map(Result::ok);
        let names = names.map(|entry| entry.file_name());
        self.names = names
            .filter(|name| has_ending(Path::new(name), PAGES) || has_ending(Path::new(name), NOTES))
            .collect();
    }
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|ending| endings.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// `path` with another ending after those it has.
fn append(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
