//! Tests of fields, which select and do not score.

use std::ops::Bound;

use regex::Regex;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, ExistsQuery, RangeQuery};
use tantivy::schema::{Field as IndexField, Term};

use super::cut::Cut;
use super::{
    Engine, Lowering, all_but, escaped, matching, one, pattern, phrase, union, wildcard_regex,
};
use crate::alias;
use crate::analysis::fold;
use crate::article::{ArticleId, EntityKind, Language};
use crate::query::ast::{DateTest, Field, FieldTest};
use crate::region;
use crate::schema::{first_second, last_second, url_key};

impl Lowering<'_> {
    pub(super) fn field(&self, field: Field, test: &FieldTest) -> Engine {
        match test {
            FieldTest::AnyOf(values) => {
                union(values.iter().map(|value| self.value(field, value)).collect())
            }
            FieldTest::Exactly(names) => {
                union(names.iter().map(|name| self.whole_name(field, name)).collect())
            }
            FieldTest::Exists => self.exists(field),
            FieldTest::Missing => all_but(vec![self.exists(field)]),
        }
    }

    pub(super) fn exists(&self, field: Field) -> Engine {
        let exists =
            |column: &&str| -> Engine { Box::new(ExistsQuery::new((*column).to_owned(), false)) };
        match field {
            Field::Url => matching(self.fields.url, "*"),
            Field::Path | Field::Id => Box::new(AllQuery),
            _ => union(field.columns().iter().map(exists).collect()),
        }
    }

    fn value(&self, field: Field, value: &str) -> Engine {
        let fields = self.fields;
        match field {
            Field::Region => union(vec![self.tag(value), self.about(value)]),
            Field::Tag => self.tag(value),
            Field::About => self.about(value),
            Field::Person => self.entity(EntityKind::Person, value),
            Field::Organisation => self.entity(EntityKind::Organisation, value),
            Field::Place => self.entity(EntityKind::Place, value),
            Field::Entity => {
                union(EntityKind::ALL.iter().map(|&kind| self.entity(kind, value)).collect())
            }
            Field::Language => {
                let code = Language::new(value).map_or(value.to_owned(), |code| code.to_string());
                whole(fields.lang, &code)
            }
            Field::Publisher => name(fields.publisher_name, value),
            Field::Author => name(fields.author_name, value),
            Field::Url => starting(fields.url, &url_key(value)),
            Field::Path => self.path(value),
            Field::Id => match value.parse::<ArticleId>() {
                Ok(id) => one(Term::from_field_u64(fields.id, id.0)),
                Err(_) => Box::new(EmptyQuery),
            },
            Field::DateSource => whole(fields.date_source, value),
        }
    }

    /// The tag as spelled, or under any name of the country that it names.
    fn tag(&self, value: &str) -> Engine {
        let mut tags = vec![whole(self.fields.tag, value)];
        if let Some(country) = region::country_by_name(value).and_then(region::country) {
            tags.extend(country.names().map(|name| whole(self.fields.tag, name)));
        }
        union(tags)
    }

    fn about(&self, value: &str) -> Engine {
        let mut codes: Vec<_> = region::country_by_name(value).into_iter().collect();
        codes.extend(region::region_members(value));
        union(codes.iter().map(|code| whole(self.fields.about, code.as_str())).collect())
    }

    /// Articles that name someone so, or who is called so elsewhere by another name.
    fn entity(&self, kind: EntityKind, value: &str) -> Engine {
        let fields = self.fields.entity(kind);
        let one_of_them = |key: &str| one(Term::from_field_text(fields.name, key));
        let mut names = vec![name(fields.words, value)];
        names.extend(self.aliases.namesakes(kind, meant(value)).map(one_of_them));
        union(names)
    }

    /// Articles with exactly this name.
    fn whole_name(&self, field: Field, name: &str) -> Engine {
        let form =
            |kind| one(Term::from_field_text(self.fields.entity(kind).form, &alias::key(name)));
        match field {
            Field::Person => form(EntityKind::Person),
            Field::Organisation => form(EntityKind::Organisation),
            Field::Place => form(EntityKind::Place),
            Field::Entity => union(EntityKind::ALL.iter().copied().map(form).collect()),
            Field::Publisher => whole(self.fields.publisher, name),
            Field::Author => whole(self.fields.author, name),
            _ => self.value(field, name),
        }
    }

    /// A file, all files below a folder, or a file of that name in any folder.
    fn path(&self, value: &str) -> Engine {
        let value = fold(value.trim_end_matches('/'));
        let value = escaped(&value);
        pattern(self.fields.path, &format!("(.*/)?{value}(/.*)?"))
    }

    pub(super) fn date(&self, test: DateTest) -> Engine {
        let exists = || Box::new(ExistsQuery::new("published".into(), false));
        match test {
            DateTest::Dated => exists(),
            DateTest::Undated => all_but(vec![exists()]),
            DateTest::Within { first, last } => {
                let mut bounds: Vec<Engine> = Vec::new();
                if let Some(last) = last {
                    let last = Term::from_field_i64(self.fields.published, last_second(last));
                    bounds.push(Box::new(RangeQuery::new(Bound::Unbounded, Bound::Included(last))));
                }
                if let Some(first) = first {
                    let first =
                        Term::from_field_i64(self.fields.published_last, first_second(first));
                    bounds
                        .push(Box::new(RangeQuery::new(Bound::Included(first), Bound::Unbounded)));
                }
                match bounds.len() {
                    0 => exists(),
                    _ => Box::new(BooleanQuery::intersection(bounds)),
                }
            }
        }
    }
}

/// A name: its words side by side, or a single word with wildcards.
fn name(field: IndexField, value: &str) -> Engine {
    if is_pattern(value) {
        return matching(field, value);
    }
    phrase(field, &Cut::of(value).words())
}

/// Whether a name, by its key, is one that the value of a field asks for.
fn meant(value: &str) -> impl Fn(&str) -> bool {
    let asked = alias::key(value);
    let pattern = is_pattern(value).then(|| Regex::new(&format!("^({})$", wildcard_regex(value))));
    move |key| match &pattern {
        Some(Ok(pattern)) => alias::words(key).any(|word| pattern.is_match(word)),
        // Longer than any name.
        Some(Err(_)) => false,
        None => alias::holds_words(key, &asked),
    }
}

/// Whether a value is a single word with wildcards.
fn is_pattern(value: &str) -> bool {
    value.contains(['*', '?']) && !value.contains(char::is_whitespace)
}

pub(super) fn whole(field: IndexField, value: &str) -> Engine {
    one(Term::from_field_text(field, &fold(value)))
}

fn starting(field: IndexField, start: &str) -> Engine {
    pattern(field, &format!("{}.*", escaped(&fold(start))))
}
