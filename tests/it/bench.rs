//! A run has samples of each question in each process, and the same answers in all. Bad input is told,
//! and what can be measured is. A run that is stopped leaves what it has. A report is read as it was
//! written. Nothing here depends on how long anything takes.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::sandbox::{Said, Sandbox, parsed, text, with_corpus};

/// Options that make a run short.
const SHORT: &str = "--rounds 2 --processes 2 --warm-up 0s";

fn indexed() -> Sandbox {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    sandbox.write("queries.txt", "Kazakhstan election\n\"election observers\"\nnothingofthekind\n");
    sandbox
}

#[track_caller]
fn bench(sandbox: &Sandbox, options: &str) -> Said {
    sandbox.run(format!("bench {options}").split(' '))
}

/// The report of a run that must succeed.
#[track_caller]
fn report(sandbox: &Sandbox, options: &str) -> Value {
    let said = bench(sandbox, &format!("{options} --format json"));
    assert_eq!(said.code, Some(0), "`{options}` said\n{}", said.err);
    parsed(&said.out)
}

/// How many samples there are of each question, in each process.
fn samples(report: &Value) -> Vec<Vec<usize>> {
    let queries = report["queries"].as_array().expect("queries");
    let of_process = |samples: &Value| samples.as_array().expect("samples").len();
    let of_query = |query: &Value| {
        query["samples"].as_array().expect("processes").iter().map(of_process).collect()
    };
    queries.iter().map(of_query).collect()
}

/// How many articles the first question finds.
fn total(sandbox: &Sandbox) -> u64 {
    sandbox.done("search -c Kazakhstan election").trim().parse().expect("a number")
}

#[track_caller]
fn no_errors(report: &Value) {
    for query in report["queries"].as_array().expect("queries") {
        assert_eq!(query["outcome"]["errors"], 0, "{query}");
    }
}

fn kinds(report: &Value) -> Vec<String> {
    report["warnings"].as_array().expect("warnings").iter().map(|it| text(&it["kind"])).collect()
}

#[test]
fn a_closed_loop_has_samples_of_each_question_in_each_process() {
    let sandbox = indexed();
    let report = report(&sandbox, &format!("queries.txt {SHORT} --threads 2"));
    assert_eq!(samples(&report), vec![vec![2, 2]; 3]);
    no_errors(&report);
    let query = |place: usize| report["queries"][place].clone();
    assert_eq!(query(0)["query"], "Kazakhstan election");
    assert_eq!(query(0)["outcome"]["total"], total(&sandbox));
    assert_eq!(query(2)["outcome"]["total"], 0);
    assert_ne!(query(0)["outcome"]["checksum"], query(1)["outcome"]["checksum"]);
    assert!(query(0)["phases"]["match"].as_u64() > Some(0), "{}", query(0));
    let settings = &report["settings"];
    assert_eq!((&settings["mode"], &settings["threads"]), (&"closed".into(), &2.into()));
    assert_eq!((&settings["processes"], &settings["rounds"]), (&2.into(), &2.into()));
    assert!(settings["timer_overhead_ns"].as_f64() > Some(0.0));
    assert_eq!(report["fingerprint"]["index"]["articles"], 66);
    assert_eq!(report["resources"].as_array().map(Vec::len), Some(2));
    // There was no warm-up, there are few samples, and tests are not optimised.
    for kind in ["unstable", "few-samples", "debug-build"] {
        assert!(kinds(&report).contains(&kind.to_owned()), "{kind}: {:?}", kinds(&report));
    }
}

#[test]
fn the_same_articles_have_the_same_digest_whatever_the_index() {
    let sandbox = indexed();
    let digest = |options: &str| {
        let report = report(
            &sandbox,
            &format!("queries.txt --processes 1 --rounds 1 --warm-up 0s{options}"),
        );
        text(&report["fingerprint"]["index"]["content"])
    };
    let first = digest("");
    sandbox.done("index --index other --quiet corpus/wires");
    let part = digest(" --index other");
    sandbox.done("index --index other --quiet corpus");
    assert_eq!(first, digest(" --index other"));
    assert_ne!(first, part);
}

#[test]
fn an_open_loop_has_latency_and_service_time() {
    let sandbox = indexed();
    let options = "--mode open --rate 200 --duration 300ms --threads 2 --processes 2 --warm-up 0s";
    let said = bench(&sandbox, &format!("queries.txt {options} --format json"));
    assert_eq!(said.code, Some(0), "{}", said.err);
    let report = parsed(&said.out);
    no_errors(&report);
    assert_eq!(report["loads"].as_array().map(Vec::len), Some(2));
    for query in report["queries"].as_array().expect("queries") {
        for process in 0..2 {
            let (latency, service) = (&query["samples"][process], &query["service"][process]);
            let pairs =
                latency.as_array().into_iter().flatten().zip(service.as_array().expect("it"));
            for (latency, service) in pairs {
                assert!(latency.as_u64() >= service.as_u64(), "{latency} {service}");
            }
        }
    }
}

#[test]
fn a_rate_that_cannot_be_held_is_told() {
    let sandbox = indexed();
    let options = "--mode open --rate 1000000 --duration 200ms --processes 1 --warm-up 0s";
    let report = report(&sandbox, &format!("queries.txt {options}"));
    assert!(kinds(&report).contains(&"saturated".into()), "{:?}", kinds(&report));
    assert_eq!(report["loads"][0]["saturated"], true);
}

#[test]
fn a_sweep_says_which_rates_keep_the_objective() {
    let sandbox = indexed();
    let options = "queries.txt --mode sweep --rate 40 --duration 200ms --processes 1 --warm-up 0s";
    // Whether a rate is kept depends on the machine; what is made of it does not.
    let report = report(&sandbox, &format!("{options} --objective p50<=1h"));
    let loads = report["loads"].as_array().expect("loads");
    let kept = loads.iter().filter(|load| load["kept"] == true).map(|load| &load["rate"]);
    let highest = kept.max_by(|a, b| a.as_f64().partial_cmp(&b.as_f64()).expect("rates"));
    let last = loads.last().expect("a rate was tried");
    assert_eq!(&report["settings"]["rate"], highest.unwrap_or(&last["rate"]));
    assert_eq!(highest.is_none(), kinds(&report).contains(&"objective".into()));
    assert_eq!(loads[0]["rate"], 40.0);
}

#[test]
fn an_objective_that_nothing_keeps_is_told() {
    let sandbox = indexed();
    // Five questions a process are sure to come at this rate and seed, and none is so fast.
    let options = "queries.txt --mode sweep --rate 60 --duration 200ms --processes 1 --warm-up 0s";
    let report = report(&sandbox, &format!("{options} --objective p50<=1ns"));
    assert_eq!(report["loads"][0]["kept"], false);
}

#[test]
fn whole_programs_and_cold_ones_are_asked_in_passes() {
    let sandbox = indexed();
    let whole = report(&sandbox, "queries.txt --mode process --rounds 2");
    assert_eq!(samples(&whole), vec![vec![1, 1]; 3]);
    no_errors(&whole);
    assert_eq!(whole["queries"][0]["outcome"]["total"], total(&sandbox));
    if !cfg!(target_os = "linux") {
        return;
    }
    let cold = report(&sandbox, "queries.txt --mode cold --rounds 2");
    assert_eq!(samples(&cold), vec![vec![1, 1]; 3]);
    no_errors(&cold);
    assert!(cold["queries"][0]["phases"]["open"].as_u64() > Some(0), "{}", cold["queries"][0]);
    assert_eq!(cold["queries"][0]["outcome"]["total"], total(&sandbox));
}

#[test]
fn questions_while_indexing_leave_the_index_as_it_is() {
    let sandbox = indexed();
    let said =
        bench(&sandbox, "queries.txt --mode while-indexing --rounds 2 --processes 1 --format json");
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("a copy of the index"), "{}", said.err);
    let report = parsed(&said.out);
    assert_eq!(samples(&report), vec![vec![2]; 3]);
    no_errors(&report);
    assert!(report["ingest"][0]["articles"].is_u64(), "{}", report["ingest"]);
    assert_eq!(sandbox.done("search -c *").trim(), "66");
}

#[test]
fn indexing_is_measured_in_an_index_of_its_own() {
    let sandbox = with_corpus();
    let report = report(&sandbox, "--mode ingest --source corpus --processes 2");
    let ingest = report["ingest"].as_array().expect("figures");
    assert_eq!(ingest.len(), 2);
    for it in ingest {
        assert_eq!(it["articles"], 66);
        assert!(it["searchable_ns"].as_u64() >= it["elapsed_ns"].as_u64());
        assert!(
            it["index_bytes"].as_u64() > Some(1_000) && it["source_bytes"].as_u64() > Some(1_000)
        );
    }
    assert_eq!(report["fingerprint"]["index"]["articles"], 66);
    assert!(!sandbox.path().join("index").exists());
}

#[test]
fn what_cannot_be_measured_is_wrong_usage_that_says_what_to_do() {
    let sandbox = indexed();
    for (options, says) in [
        ("--rounds 0", "take 1 or more"),
        ("--processes 0", "take 1 or more"),
        ("--threads 0", "take 1 or more"),
        ("--duration 0s", "take some time"),
        ("--mode open --rate 0", "take more than 0"),
        ("--mode open --rate -3", "more than 0"),
        ("--mode open --rate fast", "a number is wanted"),
        ("--mode open", "--rate 20"),
        ("--mode open --rate 1e9", "ten million"),
        ("--mode ingest", "--source PATH"),
        ("--mode sweep --objective p99", "p99<=50ms"),
        ("--replay queries.txt --mode cold", "--mode open"),
        ("queries.txt --auto", "cannot be used with"),
        ("compare a.json", "B.json"),
    ] {
        let options = options.replace("--rate -3", "--rate=-3");
        let said = bench(&sandbox, &options);
        assert_eq!(said.code, Some(2), "`{options}` said\n{}", said.err);
        assert!(said.err.contains(says), "`{options}` said\n{}", said.err);
        assert!(said.out.is_empty());
    }
}

#[test]
fn an_index_that_cannot_be_asked_is_an_error() {
    let sandbox = indexed();
    sandbox.write("empty/nothing.txt", "");
    let _ = sandbox.run(["index", "--index", "none", "--quiet", "empty"]);
    sandbox.write("old/dateline.json", r#"{"format":1,"fingerprint":"x","data":"data-1"}"#);
    for (index, says) in
        [("none", "holds no articles"), ("old", "has format"), ("nowhere", "there is no index")]
    {
        let said = bench(&sandbox, &format!("queries.txt --index {index}"));
        assert_eq!(said.code, Some(2), "{index}: {}", said.err);
        assert!(said.err.contains(says), "{index}: {}", said.err);
    }
}

#[test]
fn broken_rows_are_counted_and_the_run_goes_on() {
    let sandbox = indexed();
    sandbox.write("broken.txt", b"election\n\xff\xfe\nOSCE\n");
    let said = bench(&sandbox, &format!("broken.txt {SHORT} --format json"));
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("line 2"), "{}", said.err);
    let report = parsed(&said.out);
    assert_eq!(samples(&report).len(), 2);
    assert!(kinds(&report).contains(&"query-file".into()));
}

#[test]
fn a_report_is_read_as_it_was_written() {
    let sandbox = indexed();
    let printed = report(&sandbox, &format!("queries.txt {SHORT} --out report.json"));
    let written = std::fs::read_to_string(sandbox.path().join("report.json")).expect("written");
    let read: dateline::bench::Report = serde_json::from_str(&written).expect("a report");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), parsed(&written));
    // What is printed says the same, and what follows from it.
    assert_eq!(serde_json::from_value::<dateline::bench::Report>(printed).expect("a report"), read);
}

#[test]
fn questions_are_drawn_from_the_index_where_none_are_given() {
    let sandbox = indexed();
    let options = "--per-class 2 --processes 1 --rounds 1 --warm-up 0s";
    let drawn = report(&sandbox, options);
    no_errors(&drawn);
    assert!(samples(&drawn).len() > 20, "{}", samples(&drawn).len());
    let digest = |report: &Value| text(&report["fingerprint"]["queries"]);
    assert_eq!(digest(&drawn), digest(&report(&sandbox, &format!("--auto {options}"))));
    let one = report(&sandbox, &format!("--class term-frequent {options}"));
    assert_eq!(one["queries"][0]["class"], "term-frequent");
    assert_eq!(samples(&one).len(), 2);
    let said = bench(&sandbox, "--class term-frequenz");
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("term-frequent"), "{}", said.err);
}

#[test]
fn a_gate_that_is_not_kept_has_an_exit_status_of_its_own() {
    let sandbox = indexed();
    let run = |options: &str| bench(&sandbox, &format!("queries.txt {SHORT} --gate {options}"));
    assert_eq!(run("max<=10s").code, Some(0));
    let broken = run("max<=1ns --out report.json");
    assert_eq!(broken.code, Some(1), "{}", broken.err);
    assert!(broken.out.contains("max<=1ns"), "{}", broken.out);
    for (gate, says) in [("p99", "<="), ("regress<=5%", "--baseline")] {
        let said = run(gate);
        assert_eq!(said.code, Some(2), "{}", said.err);
        assert!(said.err.contains(says), "{}", said.err);
    }
    let missing = run("regress<=5% --baseline nothing.json");
    assert!(missing.code == Some(2) && missing.err.contains("nothing.json"), "{}", missing.err);
}

#[test]
fn reports_are_compared_or_refused() {
    let sandbox = indexed();
    for out in ["a.json", "b.json"] {
        report(&sandbox, &format!("queries.txt {SHORT} --out {out}"));
    }
    let compared = sandbox.done("bench compare a.json b.json --format json");
    assert!(parsed(&compared)["whole"]["ratio"].as_f64() > Some(0.0), "{compared}");
    sandbox.write("others.txt", "OSCE\n");
    report(&sandbox, &format!("others.txt {SHORT} --out c.json"));
    let refused = sandbox.run("bench compare a.json c.json".split(' '));
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    assert!(refused.err.contains("different questions") && refused.err.contains("hint:"));
    sandbox.write("no.json", "{}");
    let bad = sandbox.run("bench compare a.json no.json".split(' '));
    assert!(bad.code == Some(2) && bad.err.contains("no.json"), "{}", bad.err);
}

#[test]
fn every_file_that_is_wanted_is_written() {
    let sandbox = indexed();
    let files = "--out a.json --csv a.csv --hlog a.hlog --markdown a.md --plot a.svg";
    let said = bench(&sandbox, &format!("queries.txt {SHORT} {files}"));
    assert_eq!(said.code, Some(0), "{}", said.err);
    let written = |name: &str| std::fs::read_to_string(sandbox.path().join(name)).expect("written");
    assert_eq!(written("a.csv").lines().count(), 1 + 3 * 2 * 2);
    assert!(written("a.hlog").contains("Histogram"));
    assert!(written("a.md").contains("| ") && written("a.svg").starts_with("<svg"));
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
}

#[test]
fn others_are_asked_the_same_questions() {
    let sandbox = indexed();
    let options = format!("queries.txt {SHORT} --against tantivy --against ripgrep --out a.json");
    let said = bench(&sandbox, &options);
    assert_eq!(said.code, Some(0), "{}", said.err);
    for peer in ["tantivy", "ripgrep"] {
        assert!(said.out.contains(peer), "{}", said.out);
        let name = format!("a.{peer}.json");
        let written = std::fs::read_to_string(sandbox.path().join(name)).expect("written");
        let report = parsed(&written);
        assert_eq!(report["target"], peer);
        no_errors(&report);
    }
    let said = bench(&sandbox, "queries.txt --mode cold --against ripgrep");
    assert!(said.code == Some(2) && said.err.contains("--mode closed"), "{}", said.err);
}

#[test]
fn a_process_that_is_told_nonsense_says_so() {
    let sandbox = Sandbox::new();
    let said = sandbox.run(["bench-worker"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
    let help = sandbox.run(["--help"]);
    assert!(help.out.contains("bench") && !help.out.contains("bench-worker"));
}

#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_leaves_what_it_has() {
    let sandbox = indexed();
    // So many rounds that it does not end by itself before it is stopped.
    let options = "bench queries.txt --rounds 1000000 --processes 3 --warm-up 0s --out part.json";
    let mut child = sandbox
        .command(options.split(' '))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    wait_for_worker(child.id());
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
    let said = BufReader::new(child.stderr.take().expect("piped"));
    let said: Vec<_> = said.lines().map_while(Result::ok).collect();
    assert_eq!(child.wait().expect("it ends").code(), Some(130), "{said:?}");
    assert!(said.iter().any(|line| line.contains("partial")), "{said:?}");
    let written = std::fs::read_to_string(sandbox.path().join("part.json")).expect("written");
    let report = parsed(&written);
    assert_eq!(report["partial"], true);
    assert_eq!(report["settings"]["processes"], 1);
    assert!(samples(&report).concat().iter().sum::<usize>() > 0);
}

/// Returns when a process that measures has begun to: it has used some processor time.
#[cfg(unix)]
fn wait_for_worker(parent: u32) {
    loop {
        let children = format!("/proc/{parent}/task/{parent}/children");
        let children = std::fs::read_to_string(children).unwrap_or_default();
        let child = children.split_whitespace().next().map(|id| format!("/proc/{id}/stat"));
        let stat = child.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
        let ticks =
            stat.rsplit(')').next().and_then(|it| it.split(' ').nth(12)?.parse::<u64>().ok());
        if ticks > Some(40) || !cfg!(target_os = "linux") {
            return;
        }
        std::thread::yield_now();
    }
}
