//! Two writers of web archives, one reader: ours here in the test, and warcio, by which most of the
//! field's archives are written. Both are given the same pages and must give the same articles.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::sandbox::{Sandbox, parsed};

/// How a server sends a page.
#[derive(Clone, Copy, Debug)]
enum Sent {
    Plain,
    Chunked,
    Gzipped,
}

struct Page {
    url: String,
    html: Vec<u8>,
    charset: &'static str,
    sent: Sent,
}

fn pages() -> Vec<Page> {
    let page = |number: usize| {
        let sent = [Sent::Plain, Sent::Chunked, Sent::Gzipped][number % 3];
        let text = format!(
            "The council of district {number} met on Monday and agreed to open bridge {number}. "
        );
        let html = format!(
            "<html><head><title>Bridge {number} opens</title></head><body>\
             <nav><a href=/>Home</a></nav><article><h1>Bridge {number} opens</h1>\
             <p>{text}</p><p>{text} It will meet again.</p></article></body></html>"
        );
        let url = format!("https://gull.example/2022/bridge-{number}");
        Page { url, html: html.into_bytes(), charset: "utf-8", sent }
    };
    let mut pages: Vec<_> = (0..24).map(page).collect();
    // "Moscow awaits the decision of the council." in windows-1251.
    let sentence = b"\xCC\xEE\xF1\xEA\xE2\xE0 \xE6\xE4\xB8\xF2 \xF0\xE5\xF8\xE5\xED\xE8\xFF \
                     \xF1\xEE\xE2\xE5\xF2\xE0. ";
    pages.push(Page {
        url: "https://gull.example/2022/moscow".into(),
        html: [b"<p>", sentence.repeat(6).as_slice(), b"</p>"].concat(),
        charset: "windows-1251",
        sent: Sent::Gzipped,
    });
    pages
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// The answer of the server: header fields and content as sent.
fn answer(page: &Page) -> (Vec<(String, String)>, Vec<u8>) {
    let mut fields =
        vec![("Content-Type".to_owned(), format!("text/html; charset={}", page.charset))];
    let content = match page.sent {
        Sent::Plain => page.html.clone(),
        Sent::Gzipped => {
            fields.push(("Content-Encoding".into(), "gzip".into()));
            gzip(&page.html)
        }
        Sent::Chunked => {
            fields.push(("Transfer-Encoding".into(), "chunked".into()));
            let chunks = page.html.chunks(50);
            let chunk =
                |part: &[u8]| [format!("{:x}\r\n", part.len()).as_bytes(), part, b"\r\n"].concat();
            let mut content: Vec<u8> = chunks.flat_map(chunk).collect();
            content.extend_from_slice(b"0\r\n\r\n");
            content
        }
    };
    (fields, content)
}

const DATE: &str = "2022-11-17T10:00:00Z";

fn record(kind: &str, url: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: {DATE}\r\nWARC-Target-URI: {url}\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    gzip(&[head.as_bytes(), block, b"\r\n\r\n"].concat())
}

/// The archive as we write it: each record compressed by itself, as the standard wants it.
fn ours(pages: &[Page]) -> Vec<u8> {
    let mut archive = record("warcinfo", "", "application/warc-fields", b"software: ours\r\n");
    for page in pages {
        let (fields, content) = answer(page);
        let mut block = String::from("HTTP/1.1 200 OK\r\n");
        for (name, value) in &fields {
            write!(block, "{name}: {value}\r\n").expect("memory");
        }
        block.push_str("\r\n");
        let request = record("request", &page.url, "application/http", b"GET / HTTP/1.1\r\n\r\n");
        let block = [block.as_bytes(), &content].concat();
        archive.extend(request);
        archive.extend(record("response", &page.url, "application/http", &block));
    }
    let first = &pages[0].url;
    archive.extend(record("revisit", first, "application/http", b"HTTP/1.1 200 OK\r\n\r\n"));
    archive
}

/// Reads pages as JSON from standard input and writes the archive that its argument names.
const WARCIO: &str = r"
import base64, io, json, sys
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
with open(sys.argv[1], 'wb') as out:
    writer = WARCWriter(out, gzip=True)
    date = {'WARC-Date': sys.argv[2]}
    writer.write_record(writer.create_warcinfo_record('x.warc.gz', {'software': 'warcio'}))
    for page in json.load(sys.stdin):
        request = StatusAndHeaders('GET / HTTP/1.1', [('Host', 'gull.example')], is_http_request=True)
        writer.write_record(writer.create_warc_record(
            page['url'], 'request', http_headers=request, warc_headers_dict=dict(date)))
        fields = StatusAndHeaders('200 OK', page['fields'], protocol='HTTP/1.1')
        writer.write_record(writer.create_warc_record(
            page['url'], 'response', payload=io.BytesIO(base64.b64decode(page['content'])),
            http_headers=fields, warc_headers_dict=dict(date)))
    first = StatusAndHeaders('200 OK', [], protocol='HTTP/1.1')
    writer.write_record(writer.create_revisit_record(
        'https://gull.example/2022/bridge-0', 'sha1:x', 'https://gull.example/2022/bridge-0',
        sys.argv[2], first))
";

/// Whether warcio wrote the archive; `false` where it is not installed.
fn write_by_warcio(sandbox: &Sandbox, name: &str, pages: &[Page]) -> bool {
    let installed = Command::new("python3").args(["-c", "import warcio"]).output();
    if !installed.is_ok_and(|output| output.status.success()) {
        return false;
    }
    let list: Vec<Value> = pages
        .iter()
        .map(|page| {
            let (fields, content) = answer(page);
            json!({"url": page.url, "fields": fields, "content": base64(&content)})
        })
        .collect();
    let mut child = Command::new("python3")
        .args(["-c", WARCIO, name, DATE])
        .current_dir(sandbox.path())
        .stdin(Stdio::piped())
        .spawn()
        .expect("python starts");
    let input = serde_json::to_vec(&list).expect("JSON");
    child.stdin.take().expect("a pipe").write_all(&input).expect("written");
    assert!(child.wait().expect("it ends").success(), "warcio failed");
    true
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let mut group = [0; 3];
        group[..three.len()].copy_from_slice(three);
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for place in 0..4 {
            let digit = DIGITS[usize::try_from(bits >> (18 - 6 * place) & 63).expect("six bits")];
            text.push(if place > three.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

/// What is the same whoever wrote the archive.
fn articles(sandbox: &Sandbox, archive: &str) -> Vec<Value> {
    let said = sandbox.run(["extract", archive]);
    assert!(said.err.contains("revisit"), "the revisit is named: {}", said.err);
    let keys = ["record", "url", "title", "body", "charset", "captured", "language", "warnings"];
    let shared = |line| {
        let article: Value = parsed(line);
        keys.iter()
            .map(|key| (*key).to_owned())
            .map(|key| (key.clone(), article[&key].clone()))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    said.out.lines().map(shared).collect()
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn archives_of_two_writers_give_the_same_articles() {
    let sandbox = Sandbox::new();
    let pages = pages();
    sandbox.write("ours.warc.gz", ours(&pages));
    let of_ours = articles(&sandbox, "ours.warc.gz");
    assert_eq!(of_ours.len(), pages.len());
    for (article, page) in of_ours.iter().zip(&pages) {
        assert_eq!(article["url"], json!(page.url));
        assert_eq!(article["charset"], json!(page.charset));
        assert_eq!(article["captured"], json!(DATE));
        assert_eq!(article["warnings"], json!([]), "for {}", page.url);
    }
    if !write_by_warcio(&sandbox, "theirs.warc.gz", &pages) {
        eprintln!("skipped: python3 cannot import warcio");
        return;
    }
    assert_eq!(articles(&sandbox, "theirs.warc.gz"), of_ours);
}

#[test]
fn an_archive_in_an_archive_is_named_by_its_way_down() {
    let sandbox = Sandbox::new();
    let inner = ours(&pages()[..2]);
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(inner.len() as u64);
    builder.append_data(&mut header, "2022/b.warc.gz", inner.as_slice()).expect("memory");
    sandbox.write("corpus/a.tar.gz", gzip(&builder.into_inner().expect("memory")));
    let report = sandbox.index("corpus");
    assert_eq!(report["articles_total"], json!(2));
    let path = "corpus/a.tar.gz!/2022/b.warc.gz";
    assert_eq!(sandbox.found("bridge"), [path, path]);
    let shown = sandbox.done(&format!("show {path}"));
    assert!(shown.contains("Bridge 1 opens"), "{shown}");
    assert!(sandbox.done("rejects").contains(&path.to_string()), "the revisit is named");
}
