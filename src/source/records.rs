//! The records of one file or member, numbered and handed over; and the members of archives.

use std::collections::HashMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use chrono::{DateTime, Utc};
use encoding_rs::Encoding;
use xxhash_rust::xxh3::xxh3_64;

use super::format::{self, Format};
use super::read::{Flow, read_stream};
use super::stream::{Budget, Fault, Stream, is_compressed};
use super::walk::push_name;
use super::{Content, Declared, KeyMap, Media, RawDocument, ReadOptions, SourceFile};
use crate::article::{ArticleWarning, Locator, Sha256};
use crate::reject::{Reject, RejectReason};

/// Archives in one another, the file on the disk being the first. Compression does not count.
pub const MAX_DEPTH: usize = 5;

/// What is known of a page before it is read: from the archive or the file that came with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    /// What the record does not say itself is taken from here.
    pub(super) declared: Declared,
    /// The encoding that the server stated.
    pub(super) charset: Option<&'static Encoding>,
}

/// What lies in a record of a web archive.
#[derive(Debug)]
pub(super) struct Payload {
    /// Where the record begins; see [`Locator::offset`].
    pub(super) offset: u64,
    /// The content, with every encoding of its transport taken off.
    pub(super) bytes: Vec<u8>,
    /// The record's own id.
    pub(super) source_id: Option<String>,
    pub(super) given: Given,
    pub(super) claim: Claim,
    pub(super) warnings: Vec<ArticleWarning>,
}

/// What a web archive says of the kind of text in a record.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Claim {
    /// Nothing: its bytes and its address tell.
    None,
    /// The server called it so; its bytes are believed more.
    Called(Media),
    /// The crawler made it so from a page.
    Made(Media),
}

/// Numbers the records of a file, or of a member of an archive, and hands them over.
pub(super) struct Records<'a> {
    options: &'a ReadOptions,
    budget: &'a Budget,
    /// The file on the disk.
    file: &'a Path,
    source: &'a str,
    modified: Option<DateTime<Utc>>,
    /// Path of the file and, in an archive, of the member: `a.tar.gz!/2022/b.html`.
    path: String,
    /// Number of archives that these records lie in.
    depth: usize,
    given: Given,
    emit: &'a mut dyn FnMut(Result<RawDocument, Reject>) -> Flow,
    next: u32,
    is_untouched: bool,
    /// How many members of each name there were so far, by the hash of the name.
    members: HashMap<u64, u32>,
}

impl<'a> Records<'a> {
    /// The records of a file on the disk, beside which `given` is noted.
    pub(super) fn of_file(
        file: &'a SourceFile,
        given: Given,
        options: &'a ReadOptions,
        budget: &'a Budget,
        emit: &'a mut dyn FnMut(Result<RawDocument, Reject>) -> Flow,
    ) -> Self {
        Self {
            options,
            budget,
            file: &file.file,
            source: &file.path,
            modified: match file.modified {
                0 => None,
                nanoseconds => Some(DateTime::from_timestamp_nanos(nanoseconds)),
            },
            path: file.path.clone(),
            depth: 0,
            given,
            emit,
            next: 0,
            is_untouched: true,
            members: HashMap::new(),
        }
    }

    /// What may be unpacked from the file that these records lie in.
    pub(super) fn budget(&self) -> &'a Budget {
        self.budget
    }

    /// The file on the disk that these records lie in.
    pub(super) fn file(&self) -> &'a Path {
        self.file
    }

    /// Path of the file and, in an archive, of the member.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Which key of a record holds what.
    pub(super) fn keys(&self) -> &'a KeyMap {
        &self.options.keys
    }

    /// The encoding that the server stated for the whole.
    pub(super) fn charset(&self) -> Option<&'static Encoding> {
        self.given.charset
    }

    /// The largest record, in bytes.
    pub(super) fn limit(&self) -> usize {
        usize::try_from(self.options.max_article_bytes).unwrap_or(usize::MAX - 1)
    }

    /// Where the next record is: `bytes`, which begin at `offset`.
    pub(super) fn locate(&self, offset: u64, bytes: &[u8]) -> Locator {
        Locator {
            source: self.source.to_owned(),
            member: self.path[self.source.len()..].to_owned(),
            record: self.next,
            offset,
            sha256: Sha256::of(bytes),
            modified: self.modified,
        }
    }

    /// Hands over the next record, or why there is none.
    pub(super) fn hand_over(&mut self, record: Result<RawDocument, Fault>) -> Flow {
        let number = self.next;
        let record = match record {
            Ok(mut document) => {
                document.declared.complete(&self.given.declared);
                if matches!(document.content, Content::Encoded(_)) {
                    document.charset = document.charset.or(self.given.charset);
                }
                Ok(document)
            }
            Err(fault) => Err(reject(&self.path, Some(number), fault)),
        };
        self.is_untouched = false;
        let flow = (self.emit)(record);
        match number.checked_add(1) {
            Some(next) => self.next = next,
            // Ids are made from the number: a file of four billion records ends here.
            None => return ControlFlow::Break(()),
        }
        flow
    }

    /// Passes over a record that by its kind holds no article; it uses up its number.
    pub(super) fn pass_over(&mut self) {
        self.next = self.next.saturating_add(1);
    }

    /// Whether nothing was handed over yet.
    pub(super) fn is_untouched(&self) -> bool {
        self.is_untouched
    }

    /// Hands over the records of the member called `name` of the archive that is being read.
    /// `name` is as it stands in the archive, `/` between its parts. Nothing is ever written to
    /// it, so a name that leads out of the archive does no harm.
    pub(super) fn member(&mut self, name: &[u8], bytes: impl Read) -> Flow {
        let path = self.member_path(name);
        let stream = Stream::of_member(bytes, self.budget);
        self.inside(path, Given::default(), stream)
    }

    /// Names a member of the archive that cannot be read.
    pub(super) fn reject_member(&mut self, name: &[u8], fault: Fault) -> Flow {
        let path = self.member_path(name);
        self.is_untouched = false;
        (self.emit)(Err(reject(&path, None, fault)))
    }

    /// Hands over what lies in the next record, in whatever format: a page is that record itself;
    /// a feed or a file of records has records of its own, below the path `b.warc!record 17`.
    pub(super) fn record(&mut self, payload: Payload) -> Flow {
        let Payload { offset, bytes, source_id, given, claim, warnings } = payload;
        if bytes.trim_ascii().is_empty() {
            return self
                .hand_over(Err((RejectReason::Empty, "no bytes, or white space alone".into())));
        }
        let media = match kind(&bytes, claim, given.declared.url.as_deref()) {
            Err(fault) => return self.hand_over(Err(fault)),
            Ok(media) => media,
        };
        let Some(media) = media else {
            let path = format!("{}!record {}", self.path, self.next);
            self.pass_over();
            let stream = Stream::of_member(bytes.as_slice(), self.budget);
            let flow = self.inside(path.clone(), given, stream);
            if flow.is_break() || warnings.is_empty() {
                return flow;
            }
            let detail = "it is longer than what could be read of it".to_owned();
            return (self.emit)(Err(reject(&path, None, (RejectReason::CutShort, detail))));
        };
        let Given { declared, charset } = given;
        self.hand_over(Ok(RawDocument {
            locator: self.locate(offset, &bytes),
            source_id,
            media,
            content: Content::Encoded(bytes),
            charset,
            declared,
            warnings,
        }))
    }

    /// Reads a stream that lies in this one.
    fn inside(&mut self, path: String, given: Given, stream: Stream<'_>) -> Flow {
        self.is_untouched = false;
        if self.depth + 1 >= MAX_DEPTH {
            let detail = format!("more than {MAX_DEPTH} archives in one another");
            return (self.emit)(Err(reject(&path, None, (RejectReason::TooDeep, detail))));
        }
        let mut records = Records {
            options: self.options,
            budget: self.budget,
            file: self.file,
            source: self.source,
            modified: self.modified,
            path,
            depth: self.depth + 1,
            given,
            emit: &mut *self.emit,
            next: 0,
            is_untouched: true,
            members: HashMap::new(),
        };
        match read_stream(stream, &mut records) {
            Ok(flow) => flow,
            Err(fault) if records.is_untouched() => {
                let Records { path, emit, .. } = records;
                emit(Err(reject(&path, None, fault)))
            }
            Err(fault) => records.hand_over(Err(fault)),
        }
    }

    /// The path of a member. A second member of the same name gets `#2` after it, so that no two
    /// have the same path.
    fn member_path(&mut self, name: &[u8]) -> String {
        let mut path = format!("{}!/", self.path);
        let name = name.strip_prefix(b"./").unwrap_or(name);
        let name = name.strip_prefix(b"/").unwrap_or(name);
        push_name(&mut path, name);
        let count = self.members.entry(xxh3_64(name)).or_default();
        *count += 1;
        if *count > 1 {
            path.extend(["#", &count.to_string()]);
        }
        path
    }
}

/// Whether the walk would pass over a file of this name: some part of it begins with `.`, or it is
/// what macOS puts beside each file that it packs.
pub(super) fn is_hidden_member(name: &[u8]) -> bool {
    let mut parts = name.split(|&byte| byte == b'/');
    let is_hidden = |part: &[u8]| part.starts_with(b".") && part != b"." && part != b"..";
    parts.any(|part| is_hidden(part) || part == b"__MACOSX")
}

/// What kind of text the content of a web archive's record is; `None` where it is no page but
/// something with records of its own.
fn kind(bytes: &[u8], claim: Claim, url: Option<&str>) -> Result<Option<Media>, Fault> {
    let head = &bytes[..bytes.len().min(format::HEAD)];
    let name = match claim {
        Claim::Made(media) => return Ok(Some(media)),
        // A page about `node.js` may well be called so.
        Claim::Called(Media::Html) => "",
        Claim::None | Claim::Called(Media::Text) => url.map_or("", url_path),
    };
    if is_compressed(head) {
        return Ok(None);
    }
    Ok(match (format::sniff(head, name)?, claim) {
        (Format::Html, _) | (Format::Text, Claim::Called(Media::Html)) => Some(Media::Html),
        (Format::Text, _) => Some(Media::Text),
        _ => None,
    })
}

fn reject(path: &str, record: Option<u32>, (reason, detail): Fault) -> Reject {
    Reject { path: path.to_owned(), record, reason, detail }
}

/// The path in an address, without its query.
fn url_path(url: &str) -> &str {
    let address = url.split_once("://").map_or(url, |(_, address)| address);
    let path = address.split_once('/').map_or("", |(_, path)| path);
    path.split(['?', '#']).next().unwrap_or_default()
}
