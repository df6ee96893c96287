//! Items of NewsML-G2, the news exchange format of the IPTC, with the text in them.
//!
//! The date of publication is that of the item's first version; where that is not stated, when its
//! content was made; and where neither is, when this version was.

use super::{language, nitf};
use crate::reject::RejectReason;
use crate::source::keys::Fields;
use crate::source::markup::{Element, author, blocks, has_markup, story};
use crate::source::stream::Fault;
use crate::source::{Declared, Media};
use crate::text::one_line;

/// What `item` says; `None` for items that are lists, concepts or plans.
pub(super) fn fields(item: &Element) -> Result<Option<Fields>, Fault> {
    if item.name != "newsitem" {
        return Ok(None);
    }
    let status = item.at(&["itemmeta", "pubstatus"]).and_then(|status| {
        let code = status.attribute("qcode").or_else(|| status.attribute("uri"))?;
        code.rsplit([':', '/']).next()
    });
    if matches!(status, Some("canceled" | "cancelled")) {
        let detail = "the agency has cancelled the item".to_owned();
        return Err((RejectReason::Withdrawn, detail));
    }
    let meta = item.child("contentmeta");
    let of_meta = |name: &str| meta.and_then(|meta| meta.text_of(&[name]));
    let declared = Declared {
        title: of_meta("headline").map(|title| one_line(&title)),
        date: date(item),
        tag: meta.and_then(tag),
        url: None,
        language: meta.and_then(content_language).or_else(|| language(item)),
        author: of_meta("by").or_else(|| of_meta("byline")).as_deref().and_then(author),
        publisher: item.at(&["itemmeta", "provider"]).and_then(name),
        captured: None,
    };
    let id = item.attribute("guid").map(str::to_owned);
    story(id, text(item), declared).map(Some)
}

fn date(item: &Element) -> Option<String> {
    let steps: [&[&str]; 3] = [
        &["itemmeta", "firstcreated"],
        &["contentmeta", "contentcreated"],
        &["itemmeta", "versioncreated"],
    ];
    steps.iter().find_map(|step| item.at(step)?.text())
}

fn content_language(meta: &Element) -> Option<String> {
    meta.all("language").find_map(|language| language.attribute("tag").map(str::to_owned))
}

/// The places that the item is about, else where it was written.
fn tag(meta: &Element) -> Option<String> {
    let is_place = |subject: &&Element| {
        let kind = subject.attribute("type").unwrap_or_default();
        matches!(kind.rsplit(':').next(), Some("geoArea" | "geo" | "place" | "country"))
    };
    let mut places: Vec<String> = meta.all("subject").filter(is_place).filter_map(name).collect();
    if places.is_empty() {
        places.extend(meta.all("located").filter_map(name));
    }
    places.dedup();
    (!places.is_empty()).then(|| places.join(", "))
}

/// What a concept is called: by its name, else by what its code says after the scheme.
fn name(concept: &Element) -> Option<String> {
    let literal = || concept.attribute("literal").map(str::to_owned);
    let code = || Some(concept.attribute("qcode")?.rsplit(':').next()?.to_owned());
    concept.text_of(&["name"]).or_else(literal).or_else(code).map(|name| one_line(&name))
}

/// The text of the first content that has one.
fn text(item: &Element) -> (Media, String) {
    let nothing = (Media::Text, String::new());
    let Some(set) = item.child("contentset") else { return nothing };
    let texts = set.elements().filter_map(|content| match content.name.as_str() {
        "inlinexml" => xml_text(content),
        "inlinedata" => {
            let text = content.text()?;
            let media = if has_markup(&text) { Media::Html } else { Media::Text };
            Some((media, text))
        }
        _ => None,
    });
    texts.into_iter().find(|(_, text)| !text.trim().is_empty()).unwrap_or(nothing)
}

/// The text of XML in an item: NITF, or a page.
fn xml_text(content: &Element) -> Option<(Media, String)> {
    let root = content.elements().next()?;
    Some(match root.name.as_str() {
        "nitf" => (Media::Text, nitf::text(root)),
        "html" => {
            let body = root.child("body").unwrap_or(root);
            (Media::Text, blocks(body, &["head", "script", "style", "figure"]))
        }
        _ => (Media::Text, blocks(content, &[])),
    })
}
