//! Tests of fields, which select and do not score.

use std::ops::Bound;

use tantivy::query::{AllQuery, EmptyQuery, ExistsQuery, RangeQuery};
use tantivy::schema::{Field as IndexField, Term};

use super::cut::Cut;
use super::expand::any_word;
use super::{Engine, Lowering, all_but, escaped, one, phrase, union, values_like};
use crate::alias;
use crate::analysis::fold;
use crate::article::{ArticleId, CountryCode, EntityKind, Language};
use crate::query::ast::{DateTest, Field, FieldTest, Query};
use crate::query::dates::Dates;
use crate::query::pattern::{Pattern, wildcard_expression};
use crate::query::rank::RankQuery;
use crate::region;
use crate::schema::url_key;

impl Lowering<'_> {
    pub(super) fn field(&mut self, field: Field, test: &FieldTest) -> Engine {
        match test {
            FieldTest::AnyOf(values) => {
                union(values.iter().map(|value| self.value(field, value)).collect())
            }
            FieldTest::Exactly(names) => {
                union(names.iter().map(|name| self.whole_name(field, name)).collect())
            }
            FieldTest::Within { least, most } => self.number(field, *least, *most),
            FieldTest::Exists => self.exists(field),
            FieldTest::Missing => all_but(vec![self.exists(field)]),
        }
    }

    pub(super) fn exists(&self, field: Field) -> Engine {
        let exists =
            |column: &&str| -> Engine { Box::new(ExistsQuery::new((*column).to_owned(), false)) };
        match field {
            Field::Url => values_like(self.fields.url, ".*"),
            Field::Path | Field::Id => Box::new(AllQuery),
            _ => union(field.columns().iter().map(exists).collect()),
        }
    }

    /// Numbers from the least to the most.
    fn number(&self, field: Field, least: Option<u64>, most: Option<u64>) -> Engine {
        let column = match field {
            Field::DateConfidence => self.fields.date_confidence,
            Field::Length => self.fields.length,
            _ => return Box::new(EmptyQuery),
        };
        let bound = |number: Option<u64>| {
            number.map_or(Bound::Unbounded, |it| Bound::Included(Term::from_field_u64(column, it)))
        };
        Box::new(RangeQuery::new(bound(least), bound(most)))
    }

    fn value(&mut self, field: Field, value: &str) -> Engine {
        let fields = self.fields;
        match field {
            Field::Region => union(vec![self.tag(value), self.about(value)]),
            Field::Tag => self.tag(value),
            Field::About => self.about(value),
            Field::Person => self.entity(EntityKind::Person, field, value),
            Field::Organisation => self.entity(EntityKind::Organisation, field, value),
            Field::Place => self.entity(EntityKind::Place, field, value),
            Field::Entity => {
                let kinds = EntityKind::ALL.iter();
                union(kinds.map(|&kind| self.entity(kind, field, value)).collect())
            }
            Field::Language => {
                let code = Language::new(value).map_or(value.to_owned(), |code| code.to_string());
                self.whole_value(fields.lang, field, &code)
            }
            Field::Publisher => self.name(fields.publisher_name, field, value),
            Field::Author => self.name(fields.author_name, field, value),
            Field::Wire => self.whole_value(fields.wire, field, value),
            Field::Url => values_like(fields.url, &format!("{}.*", with_stars(&url_key(value)))),
            Field::Path => self.path(value),
            Field::Id => match value.parse::<ArticleId>() {
                Ok(id) => one(Term::from_field_u64(fields.id, id.0)),
                Err(_) => Box::new(EmptyQuery),
            },
            Field::DateSource => self.whole_value(fields.date_source, field, value),
            // Numbers are tested by `number`.
            Field::DateConfidence | Field::Length => Box::new(EmptyQuery),
        }
    }

    /// The value as a whole, or all that match its wildcards.
    fn whole_value(&mut self, values: IndexField, field: Field, value: &str) -> Engine {
        if !has_wildcards(value) {
            return whole(values, value);
        }
        let clause = Query::Field(field, FieldTest::AnyOf(vec![value.to_owned()]));
        let expression = wildcard_expression(value);
        let words = self.dictionary.matching(values, &expression, &clause.to_string());
        any_word(values, &words)
    }

    /// The tag as spelled, or under any name of a country that it names.
    fn tag(&mut self, value: &str) -> Engine {
        let mut tags = vec![self.whole_value(self.fields.tag, Field::Tag, value)];
        for country in countries(value).into_iter().filter_map(region::country) {
            tags.extend(country.names().map(|name| whole(self.fields.tag, name)));
        }
        union(tags)
    }

    fn about(&self, value: &str) -> Engine {
        let mut codes = countries(value);
        if has_wildcards(value) {
            codes.extend(countries_like(value));
        }
        union(codes.iter().map(|code| whole(self.fields.about, code.as_str())).collect())
    }

    /// Articles that name someone so, or who is called so elsewhere by another name.
    fn entity(&mut self, kind: EntityKind, field: Field, value: &str) -> Engine {
        let fields = self.fields.entity(kind);
        let mut names = vec![self.name(fields.words, field, value)];
        let key = alias::key(value);
        // Who was taken apart from all others is not meant where another's longer name holds the word.
        if self.aliases.are_apart(kind, &key, &key) {
            return union(names);
        }
        let namesakes = self.aliases.namesakes(kind, meant(value));
        names.extend(namesakes.map(|key| one(Term::from_field_text(fields.name, key))));
        union(names)
    }

    /// Articles with exactly this name.
    fn whole_name(&mut self, field: Field, name: &str) -> Engine {
        let fields = self.fields;
        let form = |kind| one(Term::from_field_text(fields.entity(kind).form, &alias::key(name)));
        match field {
            Field::Person => form(EntityKind::Person),
            Field::Organisation => form(EntityKind::Organisation),
            Field::Place => form(EntityKind::Place),
            Field::Entity => union(EntityKind::ALL.iter().copied().map(form).collect()),
            Field::Publisher => whole(fields.publisher, name),
            Field::Author => whole(fields.author, name),
            _ => self.value(field, name),
        }
    }

    /// A name: its words side by side, or a single word with wildcards.
    fn name(&mut self, names: IndexField, field: Field, value: &str) -> Engine {
        if is_pattern(value) {
            let clause = Query::Field(field, FieldTest::AnyOf(vec![value.to_owned()]));
            let expression = wildcard_expression(value);
            let words = self.dictionary.matching(names, &expression, &clause.to_string());
            return any_word(names, &words);
        }
        phrase(names, &Cut::of(value).words())
    }

    /// Articles whose dates pass a test.
    pub(super) fn dated(&self, test: DateTest) -> RankQuery {
        let dates = Dates { segments: self.segments.clone(), ..Dates::default() };
        match test {
            DateTest::Dated => RankQuery::dated(dates),
            DateTest::Undated => RankQuery::without(Box::new(dates)),
            DateTest::Within { first, last } => RankQuery::dated(Dates { first, last, ..dates }),
        }
    }

    /// A file, all files below a folder, or a file of that name in any folder.
    fn path(&self, value: &str) -> Engine {
        let value = with_stars(value.trim_end_matches('/'));
        values_like(self.fields.path, &format!("(.*/)?{value}(/.*)?"))
    }
}

/// The country of this name or code, or the countries of the group of this name.
fn countries(value: &str) -> Vec<CountryCode> {
    match region::region_members(value) {
        [] => region::country_by_name(value).into_iter().collect(),
        members => members.to_vec(),
    }
}

/// Whether a name, by its key, is one that the value of a field asks for.
fn meant(value: &str) -> impl Fn(&str) -> bool {
    let asked = alias::key(value);
    let pattern = is_pattern(value).then(|| Pattern::new(&wildcard_expression(value)));
    move |key| match &pattern {
        Some(Some(pattern)) => alias::words(key).any(|word| pattern.matches(word)),
        // Longer than any name.
        Some(None) => false,
        None => alias::holds_words(key, &asked),
    }
}

/// Whether a value is a single word with wildcards.
fn is_pattern(value: &str) -> bool {
    has_wildcards(value) && !value.contains(char::is_whitespace)
}

pub(super) fn whole(field: IndexField, value: &str) -> Engine {
    one(Term::from_field_text(field, &fold(value)))
}

fn has_wildcards(value: &str) -> bool {
    value.contains(['*', '?'])
}

/// The expression of a path or address, in which `*` alone stands for others.
fn with_stars(value: &str) -> String {
    escaped(&fold(value)).replace(r"\*", ".*")
}

/// The countries whose names match a pattern.
fn countries_like(pattern: &str) -> Vec<CountryCode> {
    let Some(regex) = Pattern::new(&wildcard_expression(pattern)) else { return Vec::new() };
    let is_like = |name: &str| regex.matches(&fold(name));
    let like = region::countries().iter().filter(|country| country.names().any(is_like));
    like.map(|country| country.code).collect()
}
