//! Watches: saved questions that tell only what is new since they were asked last.
//!
//! Each is a file of JSON beside the data of its index, `watches/NAME.json`, with the ids of all
//! that it has told. So an article is told once, whatever is moved, merged or built anew, and one
//! that goes and comes back is not told again. A rebuild keeps watches.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::article::ArticleId;
use crate::error::Error;
use crate::fs::write_whole;

/// The version of the files, their field `v`.
const VERSION: u32 = 1;

/// The longest name, in bytes: it is the name of a file as well.
const LONGEST_NAME: usize = 64;

/// A saved question.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Watch {
    v: u32,
    /// What it is called.
    pub name: String,
    /// The question as typed; days such as `today` are those of each run.
    pub typed: String,
    /// Whether any of its words is enough.
    pub any: bool,
    /// When it was saved.
    pub added: DateTime<Utc>,
    /// When it was asked last.
    pub last_run: Option<DateTime<Utc>>,
    /// The generation of the index that answered last.
    pub generation: u64,
    /// The ids of all articles that it has told, sorted.
    told: Vec<String>,
}

impl Watch {
    /// A question that has told nothing yet.
    pub fn new(name: String, typed: String, any: bool, added: DateTime<Utc>) -> Self {
        Self {
            v: VERSION,
            name,
            typed,
            any,
            added,
            last_run: None,
            generation: 0,
            told: Vec::new(),
        }
    }

    /// Those of `matching` that it has not told.
    pub fn untold(&self, matching: &[ArticleId]) -> Vec<ArticleId> {
        let is_untold = |id: &ArticleId| self.told.binary_search(&id.to_string()).is_err();
        matching.iter().copied().filter(is_untold).collect()
    }

    /// Notes that it told these articles, of this generation.
    pub fn tell(&mut self, ids: &[ArticleId], generation: u64, at: DateTime<Utc>) {
        self.told.extend(ids.iter().map(ToString::to_string));
        self.told.sort_unstable();
        self.told.dedup();
        (self.generation, self.last_run) = (generation, Some(at));
    }

    /// How many articles it has told.
    pub fn n_told(&self) -> usize {
        self.told.len()
    }
}

/// The watches of an index.
#[derive(Clone, Debug)]
pub struct Watches {
    folder: PathBuf,
}

impl Watches {
    /// Those of the index in a folder.
    pub fn of(index: &Path) -> Self {
        Self { folder: index.join("watches") }
    }

    /// All of them, in the order of their names; for a file that is damaged, what is wrong with it.
    pub fn list(&self) -> Result<Vec<Result<Watch, Error>>, Error> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::reading(&self.folder)(error)),
        };
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(Error::reading(&self.folder))?.path();
            paths.extend(Some(path).filter(|it| it.extension().is_some_and(|it| it == "json")));
        }
        paths.sort();
        Ok(paths.iter().map(|path| read(path)).collect())
    }

    /// The one with this name; `None` where there is none.
    pub fn get(&self, name: &str) -> Result<Option<Watch>, Error> {
        let path = self.path(name);
        if is_name(name) && path.is_file() { read(&path).map(Some) } else { Ok(None) }
    }

    /// Writes one down, in the place of the one with its name.
    pub fn save(&self, watch: &Watch) -> Result<(), Error> {
        fs::create_dir_all(&self.folder).map_err(Error::writing(&self.folder))?;
        write_whole(&self.path(&watch.name), |file| {
            serde_json::to_writer(&mut *file, watch)?;
            file.write_all(b"\n")
        })
    }

    /// Forgets one; whether there was one.
    pub fn remove(&self, name: &str) -> Result<bool, Error> {
        if !is_name(name) {
            return Ok(false);
        }
        let path = self.path(name);
        match fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(Error::writing(&path)(error)),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.json"))
    }
}

/// Whether a watch can be called so: letters, digits, `-`, `_` and `.` within.
pub fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name.chars().all(is_part)
        && name.starts_with(char::is_alphanumeric)
}

fn read(path: &Path) -> Result<Watch, Error> {
    let text = fs::read(path).map_err(Error::reading(path))?;
    serde_json::from_slice(&text).map_err(|error| Error::BadFile {
        path: path.to_owned(),
        detail: format!("it is no watch: {error}; `dateline watch remove` and add it again"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch(name: &str) -> Watch {
        Watch::new(name.into(), "bridge today".into(), false, DateTime::UNIX_EPOCH)
    }

    #[test]
    fn an_article_is_told_once() {
        let mut watch = watch("bridges");
        let ids = [1, 2, 3].map(ArticleId);
        assert_eq!(watch.untold(&ids), ids);
        watch.tell(&[ids[2], ids[0]], 4, DateTime::UNIX_EPOCH);
        assert_eq!(watch.untold(&ids), [ids[1]]);
        watch.tell(&[ids[0], ids[1]], 5, DateTime::UNIX_EPOCH);
        assert_eq!((watch.untold(&ids), watch.n_told(), watch.generation), (vec![], 3, 5));
    }

    #[test]
    fn what_is_saved_is_read_until_it_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let watches = Watches::of(folder.path());
        let list = || watches.list().expect("a list").into_iter().collect::<Result<Vec<_>, _>>();
        assert_eq!(list().expect("none"), []);
        let (one, mut other) = (watch("a"), watch("b-2"));
        watches.save(&other).expect("saved");
        watches.save(&one).expect("saved");
        other.tell(&[ArticleId(7)], 1, DateTime::UNIX_EPOCH);
        watches.save(&other).expect("saved");
        assert_eq!(list().expect("read"), [one, other.clone()]);
        assert_eq!(watches.get("b-2").expect("read"), Some(other));
        assert!(watches.remove("b-2").expect("removed"));
        assert!(!watches.remove("b-2").expect("not there"));
        assert_eq!(watches.get("b-2").expect("read"), None);
    }

    #[test]
    fn a_name_leads_to_no_other_folder() {
        for (name, good) in [
            ("bridges", true),
            ("Выборы-2024", true),
            ("a.b_c", true),
            ("", false),
            ("..", false),
            (".hidden", false),
            ("a/b", false),
            ("a\\b", false),
            ("two words", false),
        ] {
            assert_eq!(is_name(name), good, "`{name}`");
        }
    }
}
