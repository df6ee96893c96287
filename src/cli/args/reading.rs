//! How files are read, for the commands that read them.

use std::path::PathBuf;

use clap::Args;

/// Which files are read, and how they become articles.
#[derive(Args, Debug)]
#[command(next_help_heading = "Which files, and how they are read")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch that can be typed")]
pub(in crate::cli) struct ReadingOptions {
    /// Read the files that this one lists, one a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) files_from: Option<PathBuf>,

    /// In that list, a zero byte ends each name
    #[arg(short = '0', long = "null", requires = "files_from")]
    pub(in crate::cli) null: bool,

    /// Only files that match, or with `!` all others; can be given more than once
    #[arg(short, long, value_name = "GLOB", allow_hyphen_values = true)]
    pub(in crate::cli) glob: Vec<String>,

    /// Read hidden files and folders too
    #[arg(long)]
    pub(in crate::cli) hidden: bool,

    /// Follow links to folders
    #[arg(short = 'L', long)]
    pub(in crate::cli) follow: bool,

    /// Disregard .ignore and .gitignore files
    #[arg(long)]
    pub(in crate::cli) no_ignore: bool,

    /// A program that is given a file and writes its text, for what dateline cannot read
    #[arg(long, value_name = "COMMAND")]
    pub(in crate::cli) pre: Option<PathBuf>,

    /// The files that this program is for, such as `*.pdf` [default: all]
    #[arg(long, value_name = "GLOB", requires = "pre")]
    pub(in crate::cli) pre_glob: Vec<String>,

    /// The name of what comes from standard input, given as the path `-`
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    pub(in crate::cli) stdin_name: String,

    /// The largest article, such as 16MB: more of a page is cut off and marked
    #[arg(long, value_name = "SIZE", default_value = "16MB", value_parser = size)]
    pub(in crate::cli) max_article: u64,

    /// The most time that one article may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(in crate::cli) article_time: u64,

    /// Which key of JSON records holds a field, such as `story=body` or `meta.pub=date`
    #[arg(long, value_name = "KEY=FIELD")]
    pub(in crate::cli) map: Vec<String>,

    /// Take the text as it stands, without cleaning it
    #[arg(long)]
    pub(in crate::cli) no_clean: bool,

    /// Clean each page by itself, without learning what its publisher repeats on others
    #[arg(long)]
    pub(in crate::cli) no_learn: bool,

    /// Do not look for persons, organisations, places and countries in the text
    #[arg(long)]
    pub(in crate::cli) no_names: bool,

    /// Keep pages that are no article, such as front pages and lists of search results
    #[arg(long, conflicts_with = "no_clean")]
    pub(in crate::cli) keep_all: bool,
}

/// A number of bytes: `500KB`, `2GB`, `1GiB`, `4096`.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..end].parse().map_err(|_| "a number of bytes, such as 512MB")?;
    let (thousand, unit) = match text[end..].trim().to_ascii_lowercase() {
        unit if unit.ends_with("ib") => (1024_u64, unit[..unit.len() - 2].to_owned()),
        unit => (1000, unit.trim_end_matches('b').to_owned()),
    };
    let power = match unit.as_str() {
        "" => 0,
        "k" => 1,
        "m" => 2,
        "g" => 3,
        "t" => 4,
        _ => return Err("a unit such as KB, MB, GB, or MiB".into()),
    };
    number.checked_mul(thousand.pow(power)).ok_or_else(|| "it is too large".into())
}
