//! `extract` by itself: what is made of pages, and why.
//!
//! - What a publisher repeats on its pages is taken off each of them, whatever the order of the
//!   files, unless that is not wanted; `index` makes the same of them.
//! - `--removed` gives what was taken off with its reason, `--trace` what became of every piece, of
//!   pages and of texts.
//! - Pages for phones and live reports have stories.
//! - `--keep-all` keeps pages that are no article.
//! - Pages made to be slow are not.
//! - What it prints is indexed as it stands; names are left out where they are not wanted.

use serde_json::Value;

use crate::sandbox::{Sandbox, parsed, text};

const NOTICE: &str = "The editors of the Gull have not read what its readers write below.";

/// A story that ends with the thing it is about.
fn story(what: &str) -> String {
    format!(
        "The council met on Monday and agreed to open the old {what} again before winter.\n\n\
         It had been closed after the storm, and nobody could say how long the {what} would stay \
         so until the council had met."
    )
}

/// Three pages of one site, which says the same below each story.
fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, what) in [("a", "ferry"), ("b", "lighthouse"), ("c", "fish market")] {
        sandbox.write(&format!("gull/{name}.txt"), format!("{}\n\n{NOTICE}\n", story(what)));
    }
    sandbox
}

/// The bodies of all articles, sorted, as a command prints them.
fn bodies(sandbox: &Sandbox, line: &str) -> Vec<String> {
    let articles = sandbox.done(line);
    let mut bodies: Vec<_> = articles.lines().map(|line| text(&parsed(line)["body"])).collect();
    bodies.sort();
    bodies
}

#[test]
fn a_line_on_every_page_of_a_site_is_no_part_of_the_stories() {
    let sandbox = archive();
    let learned = bodies(&sandbox, "extract gull");
    assert_eq!(learned.len(), 3);
    for body in &learned {
        assert!(body.ends_with("until the council had met."), "{body}");
    }
    for line in ["extract --no-learn gull", "extract gull/a.txt"] {
        for body in bodies(&sandbox, line) {
            assert!(body.ends_with(NOTICE), "`{line}` made\n{body}");
        }
    }
    assert_eq!(learned, bodies(&sandbox, "extract gull/c.txt gull/b.txt gull/a.txt"));
    sandbox.index("gull");
    assert_eq!(learned, bodies(&sandbox, "search --copies show -n 10 --format jsonl *"));
}

#[test]
fn what_was_taken_off_a_text_is_told_with_its_reason() {
    let sandbox = archive();
    for line in sandbox.done("extract --removed gull").lines() {
        let removed = &parsed(line)["removed"];
        assert_eq!(
            (text(&removed[0]["reason"]), text(&removed[0]["text"])),
            ("repeated".into(), NOTICE.into())
        );
        assert_eq!(removed.as_array().map(Vec::len), Some(1), "{line}");
    }
    let trace = sandbox.done("extract --trace gull");
    let rows: Vec<Vec<&str>> = trace
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(rows.len(), 3 * 3, "{trace}");
    for three in rows.chunks(3) {
        assert_eq!(
            [three[0][0], three[1][0], three[2][0]],
            ["kept", "kept", "repeated"],
            "{trace}"
        );
        assert_eq!(three[2][2], NOTICE);
    }
}

#[test]
fn every_block_of_a_page_is_traced_with_its_chance() {
    let sandbox = Sandbox::new();
    let paragraphs = story("ferry").replace("\n\n", "</p><p>");
    let page = format!(
        "<html><head><title>Ferry opens</title></head><body><nav><a href=/a>Home</a></nav>\
         <article><h1>Ferry opens</h1><p>{paragraphs}</p></article>\
         <footer>Contact the Gull</footer></body></html>"
    );
    sandbox.write("a.html", page);
    let trace = sandbox.done("extract --trace a.html");
    let chance_of = |start: &str| -> u8 {
        let row = trace.lines().find(|line| line.contains(start)).expect("a row");
        row.split('\t').nth(1).and_then(|chance| chance.parse().ok()).expect("a chance")
    };
    assert!(chance_of("The council met") > 50, "{trace}");
    assert!(chance_of("Contact the Gull") < 50, "{trace}");
}

#[test]
fn a_page_for_phones_and_a_live_report_give_their_stories() {
    let sandbox = Sandbox::new();
    let phone = r#"<!doctype html><html ⚡ lang="en"><head><title>Ferry line reopens | The Gull</title>
        </head><body><amp-sidebar><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul>
        </amp-sidebar><article><h1>Ferry line reopens</h1><amp-social-share type="twitter">
        </amp-social-share><p>The ferry line between the island and the mainland opened again on
        Tuesday, a week after the storm had broken its quay.</p><amp-ad type="x"></amp-ad><p>The company
        said that four boats a day would sail until the end of the month.</p><amp-list><template
        type="amp-mustache"><a href="{{url}}">{{title}}</a></template></amp-list></article><amp-consent>
        <div>We use cookies. <button>Accept</button></div></amp-consent></body></html>"#;
    sandbox.write("phone.html", phone);
    assert_eq!(
        bodies(&sandbox, "extract phone.html"),
        [
            "The ferry line between the island and the mainland opened again on Tuesday, a week after \
          the storm had broken its quay.\n\
          The company said that four boats a day would sail until the end of the month."
        ]
    );
    let live = r#"<!doctype html><html lang="en"><head><title>Storm live - The Gull</title><script
        type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Storm live"}</script>
        </head><body><nav><a href="/">Home</a><a href="/w">World</a></nav><main><h1>Storm live</h1>
        <div class="entry"><time>12:40</time><h2>Harbour closed</h2><p>The harbour master has closed the
        harbour to all ships, as waves of six metres were measured at its mouth.</p></div>
        <div class="entry"><time>10:02</time><h2>Schools shut</h2><p>All schools on the island stay shut
        today and tomorrow, the council says.</p></div>
        <div class="entry"><time>08:30</time><h2>Good morning</h2><p>Forecasters expect gusts of up to
        140 kilometres an hour around noon.</p></div></main><aside><h3>Most read</h3>
        <a href=/1>Whale seen</a><a href=/2>Bridge sold</a></aside></body></html>"#;
    sandbox.write("live.html", live);
    let body = &bodies(&sandbox, "extract live.html")[0];
    let lines: Vec<&str> = body.lines().collect();
    assert_eq!(lines.len(), 9, "{body}");
    assert_eq!([lines[0], lines[4], lines[7]], ["12:40", "Schools shut", "Good morning"]);
}

#[test]
fn a_page_that_is_no_article_is_kept_where_that_is_wanted() {
    let sandbox = Sandbox::new();
    let links: Vec<_> =
        (0..40).map(|at| format!("<li><a href=/{at}>Headline number {at}</a></li>")).collect();
    sandbox.write("a.html", format!("<html><body><ul>{}</ul></body></html>", links.join("")));
    let said = sandbox.run(["extract", "a.html"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.contains("no-article"), "{}", said.err);
    let kept = bodies(&sandbox, "extract --keep-all a.html");
    assert!(kept[0].contains("Headline number 39"), "{kept:?}");
    assert_eq!(sandbox.index("--keep-all a.html")["articles_total"], 1);
}

/// What these take is bounded by the size of what is looked at and by the limit of time, so the test
/// ends; what comes out is an article or a reject with its reason, and the run goes on.
#[test]
fn pages_made_to_be_slow_end_and_the_run_goes_on() {
    let sandbox = Sandbox::new();
    let paragraphs = story("ferry").replace("\n\n", "</p><p>");
    let attributes: Vec<_> = (0..1_000_000).map(|at| format!("a{at}=b")).collect();
    let attributes = attributes.join(" ");
    sandbox.write("a/attributes.html", format!("<html><body {attributes}><p>{paragraphs}</p>"));
    sandbox.write("a/nested.html", "<div>".repeat(100_000) + "<p>" + &paragraphs);
    sandbox.write("a/markup.html", "<b a=\"b\">x</b> ".repeat(1 << 17) + "<p>" + &paragraphs);
    let script = "<script>var a = '<p>';</script>".repeat(20_000);
    sandbox.write("a/scripts.html", format!("{script}<p>{paragraphs}</p>"));
    sandbox.write("a/z.html", format!("<html><body><h1>Ferry</h1><p>{paragraphs}</p></body>"));
    let report = sandbox.index("--article-time 20 a");
    let named: u64 = report["rejects"]
        .as_object()
        .expect("rejects")
        .values()
        .fold(0, |sum, n| sum + n.as_u64().expect("a count"));
    let made = report["articles_total"].as_u64().expect("a count");
    assert_eq!(made + named, 5, "{report}");
    assert_eq!(sandbox.found("path:z.html"), ["a/z.html"]);
}

/// Cleaning on one machine and indexing on another gives what indexing at once does.
#[test]
fn what_was_extracted_is_indexed_as_it_stands() {
    let sandbox = archive();
    sandbox.write("made/gull.jsonl", sandbox.done("extract gull"));
    sandbox.index("--index at-once gull");
    sandbox.index("--index in-two made");
    let hits = |index: &str| {
        let places = ["id", "source_id", "path", "record", "offset", "sha256", "rank"];
        let printed = sandbox.done(&format!("search --index {index} --format jsonl storm"));
        let mut hits: Vec<_> = printed.lines().map(parsed).collect();
        hits.iter_mut().filter_map(Value::as_object_mut).for_each(|hit| {
            hit.retain(|field, _| !places.contains(&field.as_str()));
        });
        hits.sort_by_key(ToString::to_string);
        hits
    };
    assert_eq!(hits("at-once").len(), 3);
    assert_eq!(hits("in-two"), hits("at-once"));
    // Nothing is learned from them nor taken off, though the same notice stands in each.
    let unlearned = sandbox.done("extract --no-learn gull");
    sandbox.write("made/gull.jsonl", &unlearned);
    let seals = |records: &str| -> Vec<Value> {
        records.lines().map(|record| parsed(record)["seal"].clone()).collect()
    };
    assert_eq!(seals(&sandbox.done("extract made")), seals(&unlearned));
}

#[test]
fn names_are_left_out_where_they_are_not_wanted() {
    let sandbox = Sandbox::new();
    let met = "[Spain] - Ann Oakes met the mayor of Lisbon, Portugal, on Monday.\n\n";
    sandbox.write("a/a.txt", format!("{met}{}", story("ferry")));
    let made = parsed(sandbox.done("extract --no-names a").trim());
    assert_eq!((&made["entities"], &made["about"]), (&Value::Array(vec![]), &Value::Array(vec![])));
    // So it is no record that can be taken as it stands.
    assert_eq!(made["seal"], Value::Null);
    assert!(
        !parsed(sandbox.done("extract a").trim())["entities"]
            .as_array()
            .expect("a list")
            .is_empty()
    );
    sandbox.index("--no-names a");
    assert_eq!(sandbox.run(["search", "about:Portugal"]).code, Some(1));
    // Another setting makes other articles, so the file is read again.
    sandbox.index("a");
    assert_eq!(sandbox.found("about:Portugal"), ["a/a.txt"]);
}
