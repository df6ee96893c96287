//! What is asked of the archive as a whole.

use std::path::PathBuf;

use clap::Args;

use super::{AliasOptions, ListFormatName, QuestionOptions, named};
use crate::article::EntityKind;
use crate::search::{Aspect, Bucket, FacetField, RosterColumns, TermField, Unit};

/// What is counted.
#[derive(Args, Clone, Copy, Debug)]
pub(in crate::cli) struct UnitOptions {
    /// Count articles, or stories: of all copies of one that match, the earliest alone
    #[arg(long = "count", value_name = "WHAT", default_value = "articles", value_parser = named(Unit::ALL, Unit::name))]
    pub(in crate::cli) unit: Unit,
}

/// In which stretches of time articles are counted, and how that is shown.
#[derive(Args, Debug)]
pub(in crate::cli) struct TimeOptions {
    /// Count by day, week, month, quarter or year [default: what fits on a screen]
    #[arg(short, long, value_name = "LENGTH", value_parser = named(Bucket::ALL, Bucket::name))]
    pub(in crate::cli) bucket: Option<Bucket>,

    #[command(flatten)]
    pub(in crate::cli) unit: UnitOptions,

    /// Show the share of all articles that the archive has in that time
    #[arg(long)]
    pub(in crate::cli) share: bool,

    /// Draw it, too, as SVG
    #[arg(long, value_name = "FILE.svg")]
    pub(in crate::cli) plot: Option<PathBuf>,

    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(in crate::cli) format: ListFormatName,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct TimelineOptions {
    #[command(flatten)]
    pub(in crate::cli) question: QuestionOptions,

    #[command(flatten)]
    pub(in crate::cli) time: TimeOptions,
}

/// As for one question, but `--` stands between several.
#[derive(Args, Debug)]
pub(in crate::cli) struct TrendOptions {
    #[command(flatten)]
    pub(in crate::cli) question: QuestionOptions,

    #[command(flatten)]
    pub(in crate::cli) time: TimeOptions,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct PairsOptions {
    #[command(flatten)]
    pub(in crate::cli) question: QuestionOptions,

    /// Pair persons, organisations or places; can be given more than once [default: person, org]
    #[arg(short, long, value_name = "KIND", value_parser = named(EntityKind::ALL, EntityKind::name))]
    pub(in crate::cli) kind: Vec<EntityKind>,

    #[command(flatten)]
    pub(in crate::cli) unit: UnitOptions,

    /// Only those that so many articles name together
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(in crate::cli) min: u64,

    /// How many pairs to show; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 25)]
    pub(in crate::cli) limit: usize,

    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(in crate::cli) format: ListFormatName,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct TermsOptions {
    /// elect* for a beginning, ?lection for one letter, elecshun~ or elecshun~2 for other spellings,
    /// /strik(e|ing)/ for a regular expression
    #[arg(value_name = "PATTERN")]
    pub(in crate::cli) pattern: String,

    /// word, title, person, org, place, publisher, author, tag or lang
    #[arg(long, value_name = "FIELD", default_value = "word", value_parser = term_field)]
    pub(in crate::cli) field: TermField,

    /// How many terms to show; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 50)]
    pub(in crate::cli) limit: usize,

    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(in crate::cli) format: ListFormatName,
}

/// The field of this name, under any that queries know it by.
fn term_field(typed: &str) -> Result<TermField, String> {
    TermField::from_typed(typed).ok_or_else(|| {
        let names: Vec<_> = TermField::ALL.iter().map(|field| field.name()).collect();
        format!("what has terms: {}", names.join(", "))
    })
}

#[derive(Args, Debug)]
pub(in crate::cli) struct CompareOptions {
    /// The first question
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(in crate::cli) a: String,

    /// The second question, or `*` for all articles
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(in crate::cli) b: String,

    /// Compare words, person, org, place, publisher or region; can be given more than once [default:
    /// words, person, org, place]
    #[arg(long, value_name = "WHAT", value_parser = named(Aspect::ALL, Aspect::name), value_delimiter = ',')]
    pub(in crate::cli) by: Vec<Aspect>,

    /// Count stories, by the earliest of all copies of one that match; or articles
    #[arg(long = "count", value_name = "WHAT", default_value = "stories", value_parser = named(Unit::ALL, Unit::name))]
    pub(in crate::cli) unit: Unit,

    /// Only what so many articles of both sets together have
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(in crate::cli) min: u64,

    /// How many to show in each direction; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 15)]
    pub(in crate::cli) limit: usize,

    /// Articles with any of the words match
    #[arg(long)]
    pub(in crate::cli) any: bool,

    /// Fail if anything in the questions must be repaired, and say what and where
    #[arg(long)]
    pub(in crate::cli) strict_syntax: bool,

    #[command(flatten)]
    pub(in crate::cli) aliases: AliasOptions,

    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(in crate::cli) format: ListFormatName,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct CoverageOptions {
    /// Only this publisher; can be given more than once
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) publisher: Vec<String>,

    /// Tell articles apart by publisher or by lang
    #[arg(long, value_name = "FIELD", default_value = "publisher", value_parser = covered_field)]
    pub(in crate::cli) by: FacetField,

    /// Count by day, week, month, quarter or year
    #[arg(short, long, value_name = "LENGTH", default_value = "day", value_parser = named(Bucket::ALL, Bucket::name))]
    pub(in crate::cli) bucket: Bucket,

    /// Only list gaps and bursts
    #[arg(long)]
    pub(in crate::cli) gaps: bool,

    /// How many publishers to show, and how many gaps and bursts; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 50)]
    pub(in crate::cli) limit: usize,

    #[command(flatten)]
    pub(in crate::cli) aliases: AliasOptions,

    /// Draw it, too, as SVG
    #[arg(long, value_name = "FILE.svg")]
    pub(in crate::cli) plot: Option<PathBuf>,

    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(in crate::cli) format: ListFormatName,
}

/// A field of which an article has one value.
fn covered_field(typed: &str) -> Result<FacetField, String> {
    FacetField::from_typed(typed)
        .filter(|field| matches!(field, FacetField::Publisher | FacetField::Language))
        .ok_or_else(|| "what coverage is told by: publisher, lang".to_owned())
}

/// What the columns of a list of names are: stretches of time or values of a field, by name.
pub(super) fn roster_columns(typed: &str) -> Result<RosterColumns, String> {
    let time = Bucket::from_name(typed).map(RosterColumns::Time);
    let values = || FacetField::from_typed(typed).map(RosterColumns::Values);
    time.or_else(values).ok_or_else(|| {
        let names: Vec<_> = Bucket::ALL.iter().map(|it| it.name()).collect();
        let fields: Vec<_> = FacetField::ALL.iter().map(|it| it.name()).collect();
        format!("what there can be columns of: {}, {}", names.join(", "), fields.join(", "))
    })
}
