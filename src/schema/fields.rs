//! The fields of the index and their options.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};

use super::{TOKEN_TEXT, WHOLE_NAME, WHOLE_VALUE};
use crate::article::EntityKind;

/// A handle for every field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    pub(crate) source: Field,
    /// The place of the document in the order of writing.
    pub(crate) number: Field,
    /// By which the texts of one article are found, wherever they were fetched from.
    pub(crate) identity: Field,
    pub(crate) seen: Field,
    pub(crate) first_seen: Field,
    pub(crate) text: Field,
    pub(crate) text_word: Field,
    pub(crate) marks: Field,
    pub(crate) title: Field,
    pub(crate) title_word: Field,
    pub(crate) tag: Field,
    pub(crate) about: Field,
    pub(crate) countries: Field,
    pub(crate) person: Field,
    pub(crate) org: Field,
    pub(crate) place: Field,
    pub(crate) person_name: Field,
    pub(crate) org_name: Field,
    pub(crate) place_name: Field,
    pub(crate) person_form: Field,
    pub(crate) org_form: Field,
    pub(crate) place_form: Field,
    pub(crate) lang: Field,
    pub(crate) publisher: Field,
    pub(crate) publisher_name: Field,
    pub(crate) author: Field,
    pub(crate) author_name: Field,
    pub(crate) wire: Field,
    pub(crate) url: Field,
    pub(crate) path: Field,
    pub(crate) published: Field,
    pub(crate) published_last: Field,
    /// By which the articles of a segment lie.
    pub(crate) order: Field,
    pub(crate) date_source: Field,
    pub(crate) date_confidence: Field,
    pub(crate) length: Field,
    pub(crate) article: Field,
}

impl Fields {
    /// The schema and its handles.
    pub(crate) fn schema() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let key = NumericOptions::default() | INDEXED;
        let column = NumericOptions::default() | FAST;
        let number = column.clone();
        let fields = Self {
            id: builder.add_u64_field("id", key.clone() | FAST),
            source: builder.add_u64_field("source", key.clone() | FAST),
            number: builder.add_u64_field("number", number.clone()),
            identity: builder.add_u64_field("identity", key),
            seen: builder.add_i64_field("seen", column.clone()),
            first_seen: builder.add_i64_field("first_seen", column.clone()),
            text: builder.add_text_field("text", tokens(true)),
            text_word: builder.add_text_field("text_word", tokens(true)),
            marks: builder.add_text_field("marks", tokens(false)),
            title: builder.add_text_field("title", tokens(true)),
            title_word: builder.add_text_field("title_word", tokens(true)),
            tag: keyword(&mut builder, "tag"),
            about: keyword(&mut builder, "about"),
            countries: keyword(&mut builder, "countries"),
            person: name(&mut builder, "person"),
            org: name(&mut builder, "org"),
            place: name(&mut builder, "place"),
            person_name: builder.add_text_field("person_name", tokens(false)),
            org_name: builder.add_text_field("org_name", tokens(false)),
            place_name: builder.add_text_field("place_name", tokens(false)),
            person_form: builder.add_text_field("person_form", untokenized(WHOLE_NAME)),
            org_form: builder.add_text_field("org_form", untokenized(WHOLE_NAME)),
            place_form: builder.add_text_field("place_form", untokenized(WHOLE_NAME)),
            lang: keyword(&mut builder, "lang"),
            publisher: keyword(&mut builder, "publisher"),
            publisher_name: builder.add_text_field("publisher_name", tokens(false)),
            author: keyword(&mut builder, "author"),
            author_name: builder.add_text_field("author_name", tokens(false)),
            wire: keyword(&mut builder, "wire"),
            url: exact(&mut builder, "url"),
            path: exact(&mut builder, "path"),
            published: builder.add_i64_field("published", column.clone()),
            published_last: builder.add_i64_field("published_last", column.clone()),
            order: builder.add_i64_field("order", column),
            date_source: keyword(&mut builder, "date_source"),
            date_confidence: builder.add_u64_field("date_confidence", number.clone()),
            length: builder.add_u64_field("length", number),
            article: builder.add_text_field("article", TextOptions::default().set_stored()),
        };
        (builder.build(), fields)
    }

    /// The fields of one kind of entity.
    pub(crate) fn entity(&self, kind: EntityKind) -> EntityFields {
        let (name, words, form) = match kind {
            EntityKind::Person => (self.person, self.person_name, self.person_form),
            EntityKind::Organisation => (self.org, self.org_name, self.org_form),
            EntityKind::Place => (self.place, self.place_name, self.place_form),
        };
        EntityFields { name, words, form }
    }
}

/// The fields of one kind of entity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntityFields {
    /// The name of each entity, the fullest that the article has for it; whole, and in a column.
    pub(crate) name: Field,
    /// The words of every form.
    pub(crate) words: Field,
    /// Every form as a whole.
    pub(crate) form: Field,
}

/// Tokens cut by our analyzer; `scored` fields know their length.
fn tokens(scored: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKEN_TEXT)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(scored);
    TextOptions::default().set_indexing_options(indexing)
}

/// A whole value, folded; its column serves counting and keeps the spelling.
fn keyword(builder: &mut SchemaBuilder, name: &str) -> Field {
    builder.add_text_field(name, untokenized(WHOLE_VALUE).set_fast("raw"))
}

/// A whole name, by what names are compared by; its column keeps the spelling.
fn name(builder: &mut SchemaBuilder, name: &str) -> Field {
    builder.add_text_field(name, untokenized(WHOLE_NAME).set_fast("raw"))
}

/// A whole value, folded, compared as a whole or by its beginning.
fn exact(builder: &mut SchemaBuilder, name: &str) -> Field {
    builder.add_text_field(name, untokenized(WHOLE_VALUE))
}

/// A whole value, as `tokenizer` writes it.
fn untokenized(tokenizer: &str) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing)
}
