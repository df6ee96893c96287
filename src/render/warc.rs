//! A web archive of the records that hits were made from (ISO 28500), each packed by itself.

use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use xxhash_rust::xxh3::xxh3_128;

/// Writes the first record, which says where the others come from.
pub fn warc_info(out: &mut dyn Write, query: &str, made: DateTime<Utc>) -> io::Result<()> {
    let one_line: String = query.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let version = env!("CARGO_PKG_VERSION");
    let fields = format!(
        "software: dateline/{version}\r\nformat: WARC File Format 1.1\r\n\
         description: records of the articles that match {one_line}\r\n"
    );
    let date = made.to_rfc3339_opts(SecondsFormat::Secs, true);
    let id = uuid::of(format!("{date}{fields}").as_bytes());
    let record = format!(
        "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:{id}>\r\n\
         WARC-Date: {date}\r\nContent-Type: application/warc-fields\r\n\
         Content-Length: {}\r\n\r\n{fields}",
        fields.len(),
    );
    warc_record(out, record.as_bytes())
}

/// Writes a record, given as its header and its block.
pub fn warc_record(out: &mut dyn Write, record: &[u8]) -> io::Result<()> {
    let mut member = GzEncoder::new(out, Compression::default());
    member.write_all(record)?;
    member.write_all(b"\r\n\r\n")?;
    member.finish()?;
    Ok(())
}

mod uuid {
    use super::xxh3_128;

    /// A name made from what is named (RFC 9562, version 8).
    pub(super) fn of(bytes: &[u8]) -> String {
        let hash = xxh3_128(bytes) & !(0xF << 76) & !(0b11 << 62);
        let hex = format!("{:032x}", hash | (8 << 76) | (0b10 << 62));
        let [a, b, c, d] = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20]];
        format!("{a}-{b}-{c}-{d}-{}", &hex[20..])
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::MultiGzDecoder;

    use super::*;

    #[test]
    fn each_record_is_a_member_with_two_line_breaks_behind_it() {
        let mut packed = Vec::new();
        warc_info(&mut packed, "a\nbridge", DateTime::UNIX_EPOCH).expect("written");
        warc_record(&mut packed, b"WARC/1.1\r\nContent-Length: 1\r\n\r\nx").expect("written");
        let mut text = String::new();
        MultiGzDecoder::new(packed.as_slice()).read_to_string(&mut text).expect("unpacked");
        insta::assert_snapshot!(text.replace('\r', ""), @r"
        WARC/1.1
        WARC-Type: warcinfo
        WARC-Record-ID: <urn:uuid:b1e4b7da-60b6-897c-9e82-475aa24c42bb>
        WARC-Date: 1970-01-01T00:00:00Z
        Content-Type: application/warc-fields
        Content-Length: 114

        software: dateline/0.1.0
        format: WARC File Format 1.1
        description: records of the articles that match a bridge


        WARC/1.1
        Content-Length: 1

        x
        ");
    }
}
