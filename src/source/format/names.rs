//! What the name of a file says of its format.

use super::Format;

/// Endings of text files that hold no article, by what they are. Those in XML that do hold articles
/// are told by their bytes before. Endings that are a country's or a common top-level domain too (`pl`,
/// `org`) are left out where code in that language is rare, as saved pages are named after hosts.
const UNSUPPORTED_ENDINGS: &[(&str, &[&str])] = &[
    ("a style sheet", &["css", "less", "sass", "scss"]),
    (
        "a script or a program",
        &[
            "awk", "bash", "bat", "c", "cjs", "clj", "cmd", "cpp", "cs", "dart", "go", "h", "hpp",
            "hs", "ipynb", "java", "js", "jsx", "kt", "lua", "mjs", "php5", "proto", "ps1", "py",
            "r", "rb", "rs", "scala", "sh", "sql", "swift", "ts", "tsx", "vue", "zig", "zsh",
        ],
    ),
    (
        "documentation",
        &["adoc", "asciidoc", "bib", "markdown", "md", "mdx", "pod", "rst", "tex", "texi"],
    ),
    (
        "XML or SGML",
        &[
            "atom", "dtd", "gpx", "kml", "nitf", "opml", "plist", "rdf", "rss", "sgm", "sgml",
            "svg", "xml", "xsd", "xsl", "xslt",
        ],
    ),
    (
        "configuration",
        &[
            "cfg",
            "cmake",
            "conf",
            "desktop",
            "editorconfig",
            "env",
            "gitignore",
            "gradle",
            "htaccess",
            "ignore",
            "ini",
            "lock",
            "mk",
            "properties",
            "toml",
            "webmanifest",
            "yaml",
            "yml",
        ],
    ),
    ("a log", &["log"]),
    ("a source map", &["map"]),
    ("map data", &["geojson", "topojson"]),
    ("the index of a web archive", &["cdx", "cdxj"]),
    ("a recording of a browser", &["har"]),
    ("a calendar or an address book", &["ics", "vcf"]),
    ("subtitles or a playlist", &["m3u", "m3u8", "srt", "vtt"]),
    ("a patch", &["diff", "patch"]),
    ("a checksum or a key", &["crt", "md5", "pem", "sha1", "sha256"]),
];

/// Whole names of files that sites and projects have about themselves.
const UNSUPPORTED_NAMES: &[(&str, &[&str])] = &[
    (
        "a site's word to machines",
        &[
            "ads.txt",
            "app-ads.txt",
            "humans.txt",
            "llms.txt",
            "manifest.json",
            "robots.txt",
            "security.txt",
            "sellers.json",
            "sitemap.txt",
        ],
    ),
    (
        "a project's word about itself",
        &[
            "changelog",
            "changelog.txt",
            "cmakelists.txt",
            "composer.json",
            "copying",
            "copying.txt",
            "dockerfile",
            "licence",
            "licence.txt",
            "license",
            "license.txt",
            "makefile",
            "notice",
            "package-lock.json",
            "package.json",
            "readme",
            "readme.txt",
            "requirements.txt",
            "tsconfig.json",
        ],
    ),
];

/// What the file called `name` is, where that is text of a kind that holds no article.
pub(super) fn unsupported(name: &str) -> Option<&'static str> {
    let name = plain(name);
    let by_name = UNSUPPORTED_NAMES.iter().find(|(_, names)| names.contains(&name.as_str()));
    let by_ending = || {
        let ending = ending(&name)?;
        UNSUPPORTED_ENDINGS.iter().find(|(_, endings)| endings.contains(&ending))
    };
    by_name.or_else(by_ending).map(|(kind, _)| *kind)
}

/// The format that the name promises.
pub(super) fn format(name: &str) -> Option<Format> {
    match ending(&plain(name))? {
        "txt" | "text" => Some(Format::Text),
        "htm" | "html" | "shtml" | "xhtml" => Some(Format::Html),
        "json" => Some(Format::Json),
        "csv" => Some(Format::Table(b',')),
        "psv" => Some(Format::Table(b'|')),
        "tab" | "tsv" => Some(Format::Table(b'\t')),
        "jl" | "jsonl" | "jsonlines" | "ldjson" | "ndjson" => Some(Format::JsonLines),
        _ => None,
    }
}

/// The name in lower case without its folders, without the ending of compression, and without the
/// question that programs which mirror sites leave in it (`style.css?v=3`, on some systems
/// `style.css@v=3`).
fn plain(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    let name = name.split(['?', '@']).next().unwrap_or(name).to_ascii_lowercase();
    let packed = [".gz", ".gzip", ".bz2", ".xz", ".zst"];
    match packed.iter().find_map(|ending| name.strip_suffix(ending)) {
        Some(unpacked) => unpacked.to_owned(),
        None => name,
    }
}

/// What follows the last dot of `name`.
fn ending(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, ending)| ending)
}
