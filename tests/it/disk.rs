//! Disks, permissions and limits as they are: what goes wrong is named, what was there stays.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::sandbox::{Said, Sandbox};

const BODY: &str = "The council met on Monday and agreed to open the old bridge to traffic again.";

/// Forty pages of about 40 kB each, with few words twice.
fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    for number in 0..40 {
        let words: Vec<_> = (0..4_000).map(|word| format!("w{number}x{word}")).collect();
        let words = words.join(" ");
        sandbox.write(&format!("news/{number}.txt"), format!("Report {number}\n\n{BODY} {words}"));
    }
    sandbox
}

/// An index of one page of that archive.
fn index(sandbox: &Sandbox, index: &str) {
    sandbox.done(&format!("index -q -i {index} news/0.txt"));
}

/// Runs `index` under a shell that sets limits first.
fn limited(sandbox: &Sandbox, limit: &str, index: &str) -> Said {
    let program = env!("CARGO_BIN_EXE_dateline");
    let line = format!("{limit}; exec '{program}' index -q -j 1 -i {index} news");
    sandbox.said(Command::new("sh").args(["-c", &line]).stdin(Stdio::null()))
}

/// The index is sound, holds what it did, and can be brought up to date.
#[track_caller]
fn recovers(sandbox: &Sandbox, index: &str) {
    let line = format!("verify -i {index}");
    sandbox.done(&line);
    assert_eq!(count(sandbox, index), 1);
    sandbox.done(&format!("index -q -i {index} news"));
    assert_eq!(count(sandbox, index), 40);
    sandbox.done(&line);
}

fn count(sandbox: &Sandbox, index: &str) -> usize {
    let counted = sandbox.done(&format!("search -i {index} --count council"));
    counted.trim().parse().expect("a number")
}

#[expect(clippy::print_stderr, reason = "a skipped test must be seen to be skipped")]
fn skip(why: &str) {
    eprintln!("skipped: {why}");
}

/// A file system of its own in memory, until it is dropped.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    fn mount(folder: &'a Path, size: &str) -> Option<Self> {
        fs::create_dir_all(folder).expect("made");
        let options = format!("size={size}");
        let line = ["-t", "tmpfs", "-o", &options, "tmpfs"];
        let mut mount = Command::new("mount");
        let mount = mount.args(line).arg(folder).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self(folder))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_small_disk_fills_up_and_nothing_is_lost() {
    let sandbox = archive();
    let folder = sandbox.path().join("disk");
    let Some(_disk) = SmallDisk::mount(&folder, "700k") else {
        return skip("a file system cannot be mounted here");
    };
    index(&sandbox, "disk/index");
    let said = sandbox.run(["index", "-q", "-j", "1", "-i", "disk/index", "news"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
    assert!(said.err.contains("the disk is full"), "{}", said.err);
    sandbox.done("verify -i disk/index");
    assert_eq!(count(&sandbox, "disk/index"), 1);
    let resize = ["-o", "remount,size=200m"];
    let mut mount = Command::new("mount");
    assert!(mount.args(resize).arg(&folder).status().expect("started").success());
    recovers(&sandbox, "disk/index");
}

#[test]
fn a_folder_that_may_only_be_read_is_read_and_not_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = archive();
    index(&sandbox, "index");
    let allow = |mode: u32| {
        for folder in ["index", "index/data-1", "index/data-1/segments"] {
            let permissions = fs::Permissions::from_mode(mode);
            fs::set_permissions(sandbox.path().join(folder), permissions).expect("set");
        }
    };
    allow(0o555);
    let is_root = fs::write(sandbox.path().join("index/probe"), "").is_ok();
    let said = sandbox.run(["index", "-q", "-i", "index", "news"]);
    let found = sandbox.run(["search", "-i", "index", "--count", "council"]);
    let verified = sandbox.run(["verify", "-i", "index"]);
    allow(0o755);
    if is_root {
        return skip("permissions do not hold for this user");
    }
    assert_eq!(said.code, Some(2), "{}", said.err);
    assert!(said.err.contains("cannot write") && said.err.contains("ermission"), "{}", said.err);
    assert_eq!((found.code, found.out.trim()), (Some(0), "1"), "{}", found.err);
    assert_eq!(verified.code, Some(0), "{}{}", verified.out, verified.err);
    recovers(&sandbox, "index");
}

#[test]
fn a_second_writer_is_told_of_the_first() {
    let sandbox = archive();
    index(&sandbox, "index");
    let lock = fs::File::options().write(true).open(sandbox.path().join("index/writer.lock"));
    let lock = lock.expect("a lock");
    lock.try_lock().expect("free");
    for command in [
        "index -q -i index news",
        "compact -i index",
        "delete -i index council",
        "verify --repair -i index",
    ] {
        let said = sandbox.run(command.split(' '));
        assert_eq!(said.code, Some(2), "{command}: {}", said.err);
        assert!(said.err.contains("is being written by another process"), "{}", said.err);
    }
    assert_eq!(count(&sandbox, "index"), 1);
    sandbox.done("verify -i index");
    sandbox.done("delete -i index --dry-run council");
    drop(lock);
    recovers(&sandbox, "index");
}

#[test]
fn too_few_open_files_are_named() {
    let sandbox = archive();
    index(&sandbox, "index");
    // A sound update needs about a dozen at once; these are far from that on any machine.
    for limit in ["ulimit -n 8", "ulimit -n 6"] {
        let said = limited(&sandbox, limit, "index");
        assert_eq!(said.code, Some(2), "{limit}: {}", said.err);
        assert!(said.err.contains("oo many open files"), "{limit}: {}", said.err);
    }
    recovers(&sandbox, "index");
}

/// The signal of the limit is ignored, as it is in a service; the write then fails.
#[test]
fn a_limit_on_the_size_of_files_is_named() {
    let sandbox = archive();
    index(&sandbox, "index");
    let said = limited(&sandbox, "trap '' XFSZ; ulimit -f 100", "index");
    assert_eq!(said.code, Some(2), "{}", said.err);
    assert!(said.err.contains("File too large"), "{}", said.err);
    recovers(&sandbox, "index");
}

#[test]
fn an_index_of_another_format_is_refused_and_left_as_it_is() {
    for (from, to) in [("\"format\": ", "\"format\": 9"), ("schema-", "schema-9")] {
        let sandbox = archive();
        index(&sandbox, "index");
        let path = sandbox.path().join("index/dateline.json");
        let header = fs::read_to_string(&path).expect("read").replace(from, to);
        fs::write(&path, &header).expect("written");
        for command in
            ["search -i index x", "index -i index news", "verify -i index", "compact -i index"]
        {
            let said = sandbox.run(command.split(' '));
            assert_eq!(said.code, Some(2), "{command}");
            assert!(said.err.contains("this build reads"), "{command}: {}", said.err);
            assert!(said.err.contains("--rebuild"), "{command}: {}", said.err);
        }
        assert_eq!(fs::read_to_string(&path).expect("read"), header);
        sandbox.done("index -q -i index --rebuild news");
        assert_eq!(count(&sandbox, "index"), 40);
    }
}
