//! Raw documents of files, as an indexing run reads them.

use std::ops::ControlFlow;

use dateline::clean;
use dateline::source::{Content, Found, RawDocument, ReadOptions, Root, WalkOptions, read, walk};

/// The records of all files below a folder or of a file; what cannot be read is left out.
pub(crate) fn documents(root: &Root) -> Vec<RawDocument> {
    let mut raw = Vec::new();
    for found in walk(std::slice::from_ref(root), &WalkOptions::default()) {
        if let Found::File(file) = found {
            let _ = read(&file, &ReadOptions::default(), &mut |record| {
                raw.extend(record.ok());
                ControlFlow::Continue(())
            });
        }
    }
    raw
}

/// The text of a record, whatever its charset.
pub(crate) fn decoded(raw: &RawDocument) -> String {
    match &raw.content {
        Content::Encoded(bytes) => clean::decode(bytes, raw.media, raw.charset).text,
        Content::Decoded(text) | Content::Record(text) => text.clone(),
    }
}
