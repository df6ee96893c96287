//! Which key of a JSON record holds what.
//!
//! Every scraper names its keys differently. [`KeyMap`] knows the names that are common, in
//! whatever spelling: `date_publish`, `datePublish` and `Date-Publish` are one name. What it does
//! not know is mapped by hand: `--map story=body`.
//!
//! Names that look right and mean something else are left out on purpose: the dates of download,
//! indexing and change are not those of publication, and a teaser is no article.

mod table;
mod value;

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};
use serde_json::{Map, Value};

use self::table::{ENVELOPES, KNOWN};
use super::stream::Fault;
use super::{Declared, Media, format};
use crate::article::named_enum;
use crate::reject::RejectReason;

named_enum! {
    /// What a key of a record can hold.
    Field {
        /// The record's own id.
        Id = "id",
        /// The headline.
        Title = "title",
        /// The story as text.
        Body = "body",
        /// The story, or the whole page, with markup; used where there is no text.
        Html = "html",
        /// The date of publication.
        Date = "date",
        /// The region that the source filed the article under.
        Region = "region",
        /// The address of the page.
        Url = "url",
        /// The language.
        Language = "language",
        /// The byline.
        Author = "author",
        /// The newspaper, agency or site.
        Publisher = "publisher",
    }
}

/// Which key of a record holds which field.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct KeyMap {
    /// In order of preference within a field.
    overrides: Vec<Mapping>,
}

/// A mapping made by hand.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Mapping {
    /// The key as it was given; a dot leads into an object.
    key: String,
    field: Field,
}

/// A mapping that cannot be read.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{given}` is no mapping: {detail}")]
pub struct KeyMapError {
    given: String,
    detail: String,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fields {
    pub(super) id: Option<String>,
    pub(super) media: Media,
    pub(super) text: String,
    pub(super) declared: Declared,
}

impl KeyMap {
    /// The known keys, with `key=field` mappings put before them. In `key`, a dot leads into an
    /// object: `meta.published=date`. Where a field is mapped twice, the first key that holds
    /// something wins.
    pub fn with_overrides(overrides: &[String]) -> Result<Self, KeyMapError> {
        let overrides =
            overrides.iter().map(|given| Mapping::parse(given)).collect::<Result<_, _>>()?;
        Ok(Self { overrides })
    }

    /// Every known key by the field it holds, in order of preference; for documentation.
    pub fn known() -> impl Iterator<Item = (Field, &'static [&'static str])> {
        KNOWN.iter().copied()
    }

    /// Whether any key was mapped by hand.
    pub(super) fn has_overrides(&self) -> bool {
        !self.overrides.is_empty()
    }

    /// A number that changes with the mappings and with the table of known keys, and never
    /// otherwise: articles made under another number may have come out differently.
    pub fn fingerprint(&self) -> u64 {
        let known = KNOWN.iter().flat_map(|(field, keys)| keys.iter().map(|key| (*key, *field)));
        let mapped = self.overrides.iter().map(|mapping| (mapping.key.as_str(), mapping.field));
        let mut text = String::new();
        for (key, field) in known.chain([("", Field::Id)]).chain(mapped) {
            text.extend([key, "\0", field.name(), "\0"]);
        }
        xxhash_rust::xxh3::xxh3_64(text.as_bytes())
    }

    /// What `record` says; `None` where it holds no text.
    pub(super) fn read(&self, record: &Map<String, Value>) -> Option<Fields> {
        let mut found = self.find(record);
        if !found.has_text() {
            for inside in envelopes(record) {
                found.add_known(inside, Rank::Enclosed);
            }
        }
        let (media, text) = found.take_text()?;
        let id = found.take(Field::Id).map(|best| best.text);
        Some(Fields { id, media, text, declared: found.into_declared() })
    }

    /// What `record` says of a page that lies elsewhere.
    pub(super) fn declared(&self, record: &Map<String, Value>) -> Declared {
        self.find(record).into_declared()
    }

    /// Whether what stands under `key` of a record can matter.
    pub(super) fn needs(&self, key: &str) -> bool {
        let folded = fold(key);
        let is_mapped = |Mapping { key: mapped, .. }: &Mapping| {
            let outer = mapped.split_once('.').map(|(outer, _)| outer);
            fold(mapped) == folded || outer.is_some_and(|outer| fold(outer) == folded)
        };
        is_known_key(&folded) || ENVELOPES.contains(&key) || self.overrides.iter().any(is_mapped)
    }

    fn find(&self, record: &Map<String, Value>) -> Found {
        let mut found = Found::default();
        for Mapping { key, field } in &self.overrides {
            if let Some(value) = look_up(record, key) {
                found.offer(*field, Rank::Mapped, value);
            }
        }
        found.add_known(record, Rank::Known);
        found
    }
}

impl Mapping {
    fn parse(given: &str) -> Result<Self, KeyMapError> {
        let error = |detail: String| KeyMapError { given: given.to_owned(), detail };
        let Some((key, field)) = given.rsplit_once('=') else {
            return Err(error("it has the form KEY=FIELD".into()));
        };
        let (key, field) = (key.trim(), field.trim());
        if key.is_empty() {
            return Err(error("there is no key before `=`".into()));
        }
        let Some(field) = Field::from_name(&field.to_lowercase()) else {
            let names: Vec<_> = Field::ALL.iter().map(|field| field.name()).collect();
            return Err(error(format!(
                "there is no field `{field}`; fields are {}",
                names.join(", ")
            )));
        };
        Ok(Self { key: key.to_owned(), field })
    }
}

/// How good a reason there is to take a value, best first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Rank {
    /// Mapped by hand.
    Mapped,
    /// Under the known key with this place in the table.
    Known(usize),
    /// The same, in an object inside the record.
    Enclosed(usize),
}

/// The best value so far for each field.
#[derive(Debug, Default)]
struct Found {
    /// By the number of the field.
    best: [Option<Best>; Field::ALL.len()],
}

#[derive(Debug)]
struct Best {
    rank: Rank,
    text: String,
}

impl Found {
    /// Adds what `object` holds under known keys.
    fn add_known(&mut self, object: &Map<String, Value>, rank: fn(usize) -> Rank) {
        for (key, value) in object {
            for (field, place) in PLACES.get(&*fold(key)).into_iter().flatten() {
                self.offer(*field, rank(*place), value);
            }
        }
    }

    /// Takes the text of `value` for `field`, unless there is none or a better one.
    fn offer(&mut self, field: Field, rank: Rank, value: &Value) {
        let best = &mut self.best[field as usize];
        if best.as_ref().is_some_and(|best| best.rank <= rank) {
            return;
        }
        if let Some(text) = value::text(field, value) {
            *best = Some(Best { rank, text });
        }
    }

    fn has_text(&self) -> bool {
        self.best[Field::Body as usize].is_some() || self.best[Field::Html as usize].is_some()
    }

    fn take(&mut self, field: Field) -> Option<Best> {
        self.best[field as usize].take()
    }

    fn into_declared(mut self) -> Declared {
        let mut take = |field| self.take(field).map(|best| best.text);
        Declared {
            title: take(Field::Title),
            date: take(Field::Date),
            tag: take(Field::Region),
            url: take(Field::Url),
            language: take(Field::Language),
            author: take(Field::Author),
            publisher: take(Field::Publisher),
            captured: None,
        }
    }

    /// The text of the record. Plain text comes before markup, as someone took the trouble to make
    /// it, unless the markup was mapped by hand and the text was not.
    fn take_text(&mut self) -> Option<(Media, String)> {
        let (body, html) = (self.take(Field::Body), self.take(Field::Html));
        let (media, best) = match (body, html) {
            (Some(body), Some(html)) if html.rank == Rank::Mapped && body.rank != Rank::Mapped => {
                (Media::Html, html)
            }
            (Some(body), _) => (Media::Text, body),
            (None, html) => (Media::Html, html?),
        };
        // Feeds and content systems keep markup under the name of text.
        let has_markup = format::is_html(best.text.as_bytes());
        Some((if has_markup { Media::Html } else { media }, best.text))
    }
}

/// The value under `key`: the key as it stands, else in any spelling, else, where it has a dot, a
/// key inside the object that the first part names.
fn look_up<'r>(object: &'r Map<String, Value>, key: &str) -> Option<&'r Value> {
    let folded = fold(key);
    let by_name = |key: &str, folded: &str| {
        let spelled = || object.iter().find(|(other, _)| fold(other) == folded);
        object.get(key).or_else(|| spelled().map(|(_, value)| value))
    };
    by_name(key, &folded).or_else(|| {
        let (outer, inner) = key.split_once('.')?;
        look_up(by_name(outer, &fold(outer))?.as_object()?, inner)
    })
}

/// The objects inside `record` that hold the article where the record itself only packs it.
fn envelopes(record: &Map<String, Value>) -> impl Iterator<Item = &Map<String, Value>> {
    let envelopes = record.iter().filter(|(key, _)| ENVELOPES.contains(&key.as_str()));
    envelopes.filter_map(|(_, value)| value.as_object())
}

/// The reject for a record without a text.
pub(super) fn no_text(record: &Map<String, Value>) -> Fault {
    let is_text = |key: &&String| is_text_key(&fold(key));
    if let Some(key) = record.keys().find(is_text) {
        return (RejectReason::Empty, format!("the key `{}` holds no text", Shown(key)));
    }
    let mut keys: Vec<_> =
        record.keys().take(SHOWN).map(|key| format!("`{}`", Shown(key))).collect();
    if record.len() > SHOWN {
        keys.push(format!("{} more", record.len() - SHOWN));
    }
    let detail = match keys.as_slice() {
        [] => "the record has no keys".to_owned(),
        _ => format!("no key of a text among {}: name it by `--map KEY=body`", keys.join(", ")),
    };
    (RejectReason::NoTextKey, detail)
}

/// How many keys a reader is shown.
const SHOWN: usize = 8;

/// A key as a reader is shown it: on one line, and not too long.
struct Shown<'k>(&'k str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.chars();
        characters.by_ref().take(40).try_for_each(|c| match c {
            c if c.is_control() => f.write_str("\u{FFFD}"),
            c => fmt::Write::write_char(f, c),
        })?;
        if characters.next().is_some() { f.write_str("…") } else { Ok(()) }
    }
}

/// Which fields a folded key can hold, and its place among the keys of each.
static PLACES: LazyLock<HashMap<String, Vec<(Field, usize)>>> = LazyLock::new(|| {
    let mut places = HashMap::<_, Vec<_>>::new();
    for (field, keys) in KNOWN {
        for (place, key) in keys.iter().enumerate() {
            places.entry(fold(key).into_owned()).or_default().push((*field, place));
        }
    }
    places
});

/// A key in the one spelling that it is looked up by: lower case, letters and digits alone.
pub(super) fn fold(key: &str) -> Cow<'_, str> {
    // Most keys are spelled so, and every record has some twenty.
    if key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(key);
    }
    if key.is_ascii() {
        let mut folded = String::with_capacity(key.len());
        let kept = key.bytes().filter(u8::is_ascii_alphanumeric);
        folded.extend(kept.map(|byte| char::from(byte.to_ascii_lowercase())));
        return Cow::Owned(folded);
    }
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a folded key is known to hold the text of an article.
pub(super) fn is_text_key(folded: &str) -> bool {
    can_hold(folded, |field| matches!(field, Field::Body | Field::Html))
}

/// Whether a folded key is known to hold a headline.
pub(super) fn is_title_key(folded: &str) -> bool {
    can_hold(folded, |field| field == Field::Title)
}

/// Whether a folded key is known to hold anything.
pub(super) fn is_known_key(folded: &str) -> bool {
    PLACES.contains_key(folded)
}

fn can_hold(folded: &str, wanted: impl Fn(Field) -> bool) -> bool {
    PLACES.get(folded).into_iter().flatten().any(|(field, _)| wanted(*field))
}

#[cfg(test)]
mod tests;
