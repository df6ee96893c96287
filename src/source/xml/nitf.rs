//! Documents in NITF 3, the News Industry Text Format of the IPTC.

use super::language;
use crate::source::keys::Fields;
use crate::source::markup::{Element, author, blocks, story};
use crate::source::stream::Fault;
use crate::source::{Declared, Media};
use crate::text::one_line;

/// Elements of the body that are no part of its text.
const SKIPPED: &[&str] = &["media", "body.end", "tagline"];

/// What `document` says.
pub(super) fn fields(document: &Element) -> Result<Fields, Fault> {
    let docdata = document.at(&["head", "docdata"]);
    let id = docdata.and_then(|data| data.child("doc-id")?.attribute("id-string"));
    let publication = document.at(&["head", "pubdata"]);
    let publisher = publication.and_then(|data| data.attribute("name").map(str::to_owned));
    let body_head = document.at(&["body", "body.head"]);
    let distributor = || body_head.and_then(|head| head.child("distributor")?.text());
    let declared = Declared {
        title: title(document, body_head),
        date: docdata.and_then(date),
        tag: docdata.and_then(tag),
        language: language(document).or_else(|| language(document.child("body")?)),
        author: body_head.and_then(|head| author(&byline(head.child("byline")?))),
        publisher: publisher.or_else(distributor),
        ..Declared::default()
    };
    story(id.map(str::to_owned), (Media::Text, text(document)), declared)
}

/// The text of the body, a paragraph a line, with the lesser headline and the dateline before it.
pub(super) fn text(document: &Element) -> String {
    let Some(body) = document.child("body") else { return String::new() };
    let head = body.child("body.head");
    let lesser = head.and_then(|head| head.at(&["hedline", "hl2"])?.text());
    let dateline = head.and_then(|head| head.child("dateline")).map(|line| blocks(line, &[]));
    let dateline = dateline.map(|line| one_line(&line)).unwrap_or_default();
    let content = body.child("body.content").map(|content| blocks(content, SKIPPED));
    let mut text = lesser.map(|lesser| one_line(&lesser) + "\n").unwrap_or_default();
    let content = content.unwrap_or_default();
    if !dateline.is_empty() && !content.starts_with(&dateline) {
        text.push_str(&dateline);
        text.push_str(if dateline.ends_with(char::is_alphanumeric) { " - " } else { " " });
    }
    text + &content
}

fn title(document: &Element, body_head: Option<&Element>) -> Option<String> {
    let headline = body_head.and_then(|head| head.at(&["hedline", "hl1"])?.text());
    headline.or_else(|| document.at(&["head", "title"])?.text()).map(|title| one_line(&title))
}

/// When the story was issued, else when it may be released.
fn date(docdata: &Element) -> Option<String> {
    let names = ["date.issue", "date.release"];
    let norm = |name: &&str| docdata.child(name)?.attribute("norm").map(str::to_owned);
    names.iter().find_map(norm)
}

/// The places that the agency says the event or the story is of.
fn tag(docdata: &Element) -> Option<String> {
    let mut places = Vec::new();
    let locations = docdata.child("identified-content").map(|content| content.all("location"));
    for location in locations.into_iter().flatten() {
        places.extend(location.text().map(|text| one_line(&text)));
    }
    for event in docdata.all("evloc") {
        let parts = ["city", "county-dist", "state-prov", "iso-cc"];
        places.extend(parts.iter().find_map(|part| event.attribute(part)).map(str::to_owned));
    }
    places.dedup();
    (!places.is_empty()).then(|| places.join(", "))
}

/// The persons of a byline, else the whole of it, without their titles.
fn byline(byline: &Element) -> String {
    let persons: Vec<String> = byline.all("person").filter_map(Element::text).collect();
    if persons.is_empty() { blocks(byline, &["byttl"]) } else { persons.join(", ") }
}
