//! Archives that are compressed, or lie in others.

use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::{documents, gzip, page};
use crate::source::tests::{Fixture, lines};

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// Where the records of an archive begin that consists of these parts.
fn starts(parts: &[Vec<u8>]) -> Vec<u64> {
    let lengths = parts.iter().map(|part| part.len() as u64);
    lengths.scan(0, |end, length| Some(std::mem::replace(end, *end + length))).collect()
}

#[test]
fn a_record_is_found_where_the_file_on_the_disk_has_it() {
    let pages: Vec<_> = (0..200).map(page).collect();
    let by_gzip: Vec<_> = pages.iter().map(gzip).collect();
    let by_zstd: Vec<_> = pages.iter().map(|page| zstd(page)).collect();
    let together = vec![gzip(pages.concat())];
    for (name, parts, expected) in [
        ("plain", &pages, starts(&pages)),
        ("gzip", &by_gzip, starts(&by_gzip)),
        ("Zstandard", &by_zstd, starts(&by_zstd)),
        ("one member around all", &together, starts(&pages)),
    ] {
        let found = documents(&parts.concat());
        let offsets: Vec<_> = found.iter().map(|page| page.locator.offset).collect();
        assert_eq!(offsets, expected, "for {name}");
        let numbers = found.iter().map(|page| page.locator.record);
        assert!(numbers.eq(0..200), "for {name}");
    }
}

#[test]
fn a_record_is_found_in_an_archive_in_an_archive() {
    let parts = [gzip(page(0)), gzip(page(1))];
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_size(parts.concat().len() as u64);
    builder.append_data(&mut header, "b.warc.gz", parts.concat().as_slice()).expect("memory");
    let packed = gzip(builder.into_inner().expect("memory"));
    assert_eq!(
        lines(&Fixture::new("a.tar.gz", packed).file()),
        [
            "!/b.warc.gz 0 at 0: Html <p>Page 0.".to_owned(),
            format!("!/b.warc.gz 1 at {}: Html <p>Page 1.", parts[0].len()),
        ]
    );
}
