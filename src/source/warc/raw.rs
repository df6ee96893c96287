//! Records of web archives as they lie there, to be taken over into another one.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use flate2::bufread::GzDecoder;

use super::{Head as _, header::Header};

/// A record that is larger is not taken over.
const MOST_BYTES: u64 = 1 << 30;

/// A header that is longer is none.
const MOST_HEADER_BYTES: u64 = 1 << 20;

/// The WARC record that begins at `offset` in the file at `path`, or in the gzip member that begins
/// there: its header and block, without what ends it. `None` where there is none.
pub(crate) fn record_at(path: &Path, offset: u64) -> io::Result<Option<Vec<u8>>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(offset))?;
    let mut file = BufReader::new(file);
    if file.fill_buf()?.starts_with(&[0x1f, 0x8b]) {
        return record(&mut BufReader::new(GzDecoder::new(file)));
    }
    record(&mut file)
}

fn record(bytes: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut record = Vec::new();
    let mut header = bytes.take(MOST_HEADER_BYTES);
    loop {
        let before = record.len();
        if header.read_until(b'\n', &mut record)? == 0 {
            return Ok(None);
        }
        if before == 0 && !Header::begins(&record) {
            return Ok(None);
        }
        if matches!(&record[before..], b"\r\n" | b"\n") {
            break;
        }
    }
    let Ok(Header { length, .. }) = Header::parse(&record) else { return Ok(None) };
    if length > MOST_BYTES {
        return Ok(None);
    }
    let taken = header.into_inner().take(length).read_to_end(&mut record)?;
    Ok((taken as u64 == length).then_some(record))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::write::GzEncoder;

    use super::*;

    const RECORD: &[u8] = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\nHTTP!";

    #[test]
    fn a_record_is_found_at_its_place_packed_or_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.warc");
        let mut bytes =
            b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n".to_vec();
        let plain = bytes.len() as u64;
        bytes.extend(RECORD);
        bytes.extend(b"\r\n\r\n");
        let packed = bytes.len() as u64;
        let mut encoder = GzEncoder::new(bytes, flate2::Compression::fast());
        encoder.write_all(RECORD).and_then(|()| encoder.write_all(b"\r\n\r\n")).expect("packed");
        let bytes = encoder.finish().expect("packed");
        std::fs::write(&path, &bytes).expect("written");
        for place in [plain, packed] {
            let found = record_at(&path, place).expect("read");
            assert_eq!(found.as_deref(), Some(RECORD), "at {place}");
        }
        for place in [3, plain + 1, bytes.len() as u64] {
            assert_eq!(record_at(&path, place).expect("read"), None, "at {place}");
        }
    }

    #[test]
    fn a_record_that_is_cut_short_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.warc");
        std::fs::write(&path, &RECORD[..RECORD.len() - 1]).expect("written");
        assert_eq!(record_at(&path, 0).expect("read"), None);
    }
}
