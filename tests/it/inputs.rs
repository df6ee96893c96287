//! Which files are read: by list, from standard input, by globs; through another program; with what
//! is noted beside them.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use serde_json::json;

use crate::sandbox::{Said, Sandbox, parsed};

const TEXT: &str = "The council met on Monday and agreed to open the old bridge again.";

fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    for name in ["a.txt", "b b.txt", "print/c.txt", ".hidden/d.txt", "skip/e.txt"] {
        sandbox.write(&format!("archive/{name}"), format!("{TEXT} It did so in {name}."));
    }
    sandbox.write("archive/.ignore", "skip/\n");
    sandbox
}

/// Runs the program with `input` on its standard input.
fn piped(sandbox: &Sandbox, arguments: &[&str], input: &[u8]) -> Said {
    let mut command = sandbox.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input).expect("written");
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn paths(said: &Said) -> Vec<String> {
    let path = |line| parsed(line)["path"].as_str().expect("a path").to_owned();
    let mut paths: Vec<_> = said.out.lines().map(path).collect();
    paths.sort();
    paths
}

#[test]
fn names_are_chosen_as_ripgrep_does() {
    let sandbox = archive();
    for (options, expected) in [
        ("archive", &["a.txt", "b b.txt", "print/c.txt"][..]),
        ("--hidden archive", &[".hidden/d.txt", "a.txt", "b b.txt", "print/c.txt"]),
        ("--no-ignore archive", &["a.txt", "b b.txt", "print/c.txt", "skip/e.txt"]),
        ("-g !print/ archive", &["a.txt", "b b.txt"]),
        ("--glob c.* archive", &["print/c.txt"]),
    ] {
        let said = sandbox.run(format!("extract {options}").split(' '));
        let expected: Vec<_> = expected.iter().map(|name| format!("archive/{name}")).collect();
        assert_eq!(paths(&said), expected, "for {options}");
    }
}

#[test]
fn a_list_names_the_files() {
    let sandbox = archive();
    let lines = b"archive/a.txt\r\narchive/b b.txt\n\n";
    let zeros = b"archive/b b.txt\0archive/none.txt\0";
    let said = piped(&sandbox, &["index", "--files-from", "-", "--format", "json"], lines);
    assert_eq!(parsed(&said.out)["articles_total"], json!(2), "{}", said.err);
    let said = piped(&sandbox, &["index", "--files-from", "-", "-0", "--format", "json"], zeros);
    assert_eq!(parsed(&said.out)["articles_total"], json!(2));
    assert_eq!(parsed(&said.out)["rejects"], json!({"unreadable": 1}));
    sandbox.write("list", lines);
    assert_eq!(sandbox.done("extract --files-from list").lines().count(), 2);
}

#[test]
fn standard_input_is_a_file_like_any_other() {
    let sandbox = Sandbox::new();
    let records = format!("{{\"title\": \"One\", \"text\": \"{TEXT}\"}}\n").repeat(2);
    let said = piped(&sandbox, &["extract", "-"], records.as_bytes());
    assert_eq!(paths(&said), ["stdin", "stdin"]);
    let named = ["index", "-", "--stdin-name", "feed/monday", "--format", "json"];
    let said = piped(&sandbox, &named, records.as_bytes());
    assert_eq!(parsed(&said.out)["articles_total"], json!(2), "{}", said.err);
    assert_eq!(sandbox.found("bridge"), ["feed/monday", "feed/monday"]);
}

#[cfg(unix)]
#[test]
fn another_program_reads_what_dateline_cannot() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::new();
    sandbox.write("archive/a.pdf", "%PDF-1.7 not read by anyone");
    sandbox.write("archive/b.pdf", "%PDF-1.7 broken");
    sandbox.write("archive/c.txt", TEXT);
    let script = format!("#!/bin/sh\ncase $1 in *b.pdf) exit 3;; esac\necho '{TEXT} In a PDF.'\n");
    sandbox.write("read-pdf", script);
    let script = sandbox.path().join("read-pdf");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("allowed");
    let report = sandbox.index("--pre ./read-pdf --pre-glob *.pdf archive");
    assert_eq!(report["articles_total"], json!(2));
    assert_eq!(report["rejects"], json!({"empty": 1}));
    assert_eq!(sandbox.found("\"in a PDF\""), ["archive/a.pdf"]);
    let again = sandbox.index("--pre ./read-pdf --pre-glob *.pdf archive");
    assert_eq!(again["articles_written"], json!(0));
}

#[test]
fn what_is_noted_beside_a_page_belongs_to_it() {
    let sandbox = Sandbox::new();
    let page = format!("<html><body><p>{TEXT} {TEXT}</p></body></html>");
    sandbox.write("a/x.html", &page);
    sandbox.write("a/x.json", r#"{"title": "Bridge opens", "date": "2022-11-17"}"#);
    // "Moscow awaits the decision of the council." in windows-1251, without saying so.
    let sentence = b"\xCC\xEE\xF1\xEA\xE2\xE0 \xE6\xE4\xB8\xF2 \xF0\xE5\xF8\xE5\xED\xE8\xFF \xF1\xEE\xE2\xE5\xF2\xE0. ";
    sandbox.write("a/y.html", [b"<p>", sentence.repeat(5).as_slice(), b"</p>"].concat());
    sandbox.write("a/y.headers", "HTTP/1.1 200 OK\nContent-Type: text/html; charset=windows-1251");
    sandbox.write("a/z.html", &page);
    sandbox.write("a/z.headers", "HTTP/1.1 404 Not Found\n");
    let said = sandbox.run(["extract", "a"]);
    let articles: Vec<_> = said.out.lines().map(parsed).collect();
    assert_eq!(articles.len(), 2, "{}", said.err);
    assert_eq!(articles[0]["title"], json!("Bridge opens"));
    assert_eq!(articles[0]["date"], json!("2022-11-17"));
    assert_eq!(articles[1]["charset"], json!("windows-1251"));
    assert_eq!(articles[1]["warnings"], json!([]), "it is declared, not guessed");
    assert!(said.err.contains("http-error"), "{}", said.err);
}

#[test]
fn files_are_indexed_as_they_arrive() {
    let sandbox = Sandbox::new();
    sandbox.write("archive/a.txt", TEXT);
    let mut command = sandbox.command(["index", "--watch", "--format", "json", "archive"]);
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut total = || {
        let mut report = String::new();
        while !report.ends_with("\n}") {
            report.push('\n');
            report.push_str(&lines.next().expect("a report").expect("UTF-8"));
        }
        parsed(&report)["articles_total"].clone()
    };
    assert_eq!(total(), json!(1));
    sandbox.write("archive/new/b.txt", format!("{TEXT} It met again."));
    assert_eq!(total(), json!(2));
    sandbox.remove("archive/a.txt");
    assert_eq!(total(), json!(1));
    child.kill().expect("stopped");
    child.wait().expect("ended");
}
