//! News in XML: feeds, site maps, and the wire formats of the agencies.
//!
//! What a feed says of itself (its title, its language) counts where it stands before the first
//! record, as it does in all feeds known.

mod atom;
mod newsml;
mod nitf;
mod rss;
mod sitemap;

use super::format::XmlKind;
use super::markup::{Element, Elements};
use super::read::Flow;
use super::records::Records;
use super::stream::{Fault, Stream};
use crate::reject::RejectReason;

/// Hands over every record of `stream`.
pub(super) fn read(
    stream: Stream<'_>,
    kind: XmlKind,
    records: &mut Records<'_>,
) -> Result<Flow, Fault> {
    let elements = Elements::open(stream, record_names(kind), records)?;
    let prolog = elements.prolog();
    match kind {
        XmlKind::Rss => {
            let channel = rss::Channel::of(&prolog);
            elements.read(records, &|item| channel.fields(item).map(Some))
        }
        XmlKind::Atom => {
            let feed = atom::Feed::of(&prolog);
            elements.read(records, &|entry| feed.fields(entry).map(Some))
        }
        XmlKind::Nitf => elements.read(records, &|document| nitf::fields(document).map(Some)),
        XmlKind::NewsMl => elements.read(records, &newsml::fields),
        XmlKind::Sitemap => {
            let flow = elements.read(records, &sitemap::fields)?;
            if records.is_untouched() {
                let detail = "a site map without news: it gives addresses alone";
                return Err((RejectReason::Unsupported, detail.into()));
            }
            Ok(flow)
        }
    }
}

/// The elements that are records.
fn record_names(kind: XmlKind) -> &'static [&'static str] {
    match kind {
        XmlKind::Rss => &["item"],
        XmlKind::Atom => &["entry"],
        XmlKind::Sitemap => &["url"],
        XmlKind::Nitf => &["nitf"],
        XmlKind::NewsMl => &[
            "newsItem",
            "packageItem",
            "conceptItem",
            "knowledgeItem",
            "planningItem",
            "catalogItem",
        ],
    }
}

/// The address of a page, where `text` is one.
fn address(text: &str) -> Option<String> {
    let is_web = ["http://", "https://"].iter().any(|scheme| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    (is_web && !text.contains(char::is_whitespace)).then(|| text.to_owned())
}

/// The language that an element states for its content.
fn language(element: &Element) -> Option<String> {
    element.attribute("xml:lang").map(str::to_owned)
}

#[cfg(test)]
mod tests;
