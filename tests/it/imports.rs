//! Data flows one way: each module imports only what stands before it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::sandbox::PACKAGE;

/// Module, and the modules of the crate that it may name.
const MAY_USE: &[(&str, &[&str])] = &[
    ("article", &[]),
    ("text", &[]),
    ("reject", &["article"]),
    ("record", &["article"]),
    ("error", &[]),
    ("alias", &["analysis", "article", "entity", "error", "fs", "region", "text"]),
    ("random", &[]),
    ("evaluate", &["random", "text"]),
    ("fs", &["article", "error"]),
    ("analysis", &["article"]),
    ("copies", &["analysis", "article"]),
    // Records in tags and tables are decoded before they can be read: by the one decoder there is.
    ("source", &["article", "clean", "record", "reject", "text"]),
    ("clean", &["article", "source", "metadata", "region"]),
    ("metadata", &["article", "clean", "text"]),
    ("region", &["article", "entity", "analysis"]),
    ("entity", &["article", "region", "analysis"]),
    (
        "extract",
        &["article", "source", "clean", "metadata", "entity", "region", "record", "reject"],
    ),
    ("schema", &["alias", "analysis", "article", "metadata", "record"]),
    (
        "index",
        &[
            "alias", "article", "clean", "copies", "error", "extract", "fs", "metadata", "record",
            "region", "reject", "schema", "source",
        ],
    ),
    ("watch", &["article", "error", "fs"]),
    ("query", &["alias", "analysis", "article", "region", "schema"]),
    (
        "search",
        &[
            "alias", "analysis", "article", "copies", "error", "index", "query", "record",
            "region", "schema",
        ],
    ),
    (
        "bench",
        &[
            "analysis", "article", "copies", "error", "fs", "index", "query", "random", "record",
            "schema", "search",
        ],
    ),
    (
        "render",
        &[
            "alias", "article", "bench", "copies", "error", "evaluate", "index", "query", "record",
            "region", "reject", "search", "text", "watch",
        ],
    ),
    (
        "cli",
        &[
            "alias", "article", "bench", "clean", "copies", "error", "evaluate", "extract", "fs",
            "index", "query", "record", "reject", "render", "search", "source", "text", "watch",
        ],
    ),
];

#[test]
fn modules_import_only_what_stands_before_them() {
    let allowed: BTreeMap<_, _> = MAY_USE.iter().copied().collect();
    let mut faults = Vec::new();
    for path in sources(&Path::new(PACKAGE).join("src")) {
        let relative = path.strip_prefix(Path::new(PACKAGE).join("src")).expect("below src");
        let module = relative.iter().next().expect("a name").to_string_lossy();
        let module = module.trim_end_matches(".rs");
        if matches!(module, "lib" | "main") {
            continue;
        }
        let may_use =
            allowed.get(module).unwrap_or_else(|| panic!("`{module}` is not in the table"));
        let text = fs::read_to_string(&path).expect("read");
        let code = text.split("#[cfg(test)]\nmod tests {").next().expect("a part");
        for name in code.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(named)
        {
            if name != module && !may_use.contains(&name.as_str()) {
                faults.push(format!("{}: crate::{name}", relative.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The modules that a line names as `crate::...`.
fn named(line: &str) -> Vec<String> {
    line.match_indices("crate::")
        .map(|(at, found)| {
            let rest = &line[at + found.len()..];
            rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        })
        .filter(|name: &String| name.starts_with(char::is_lowercase))
        .collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("read") {
        let path = entry.expect("read").path();
        let is_test = path
            .file_name()
            .is_some_and(|name| name == "tests" || name == "tests.rs" || name == "samples.rs");
        if path.is_dir() && !is_test {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") && !is_test {
            found.push(path);
        }
    }
    found
}
