//! What a publisher repeats on its pages is taken off each of them, unless that is not wanted.

use crate::sandbox::{Sandbox, parsed, text};

const NOTICE: &str = "The editors of the Gull have not read what its readers write below.";

/// Three pages of one site, which says the same below each story.
fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, what) in [("a", "ferry"), ("b", "lighthouse"), ("c", "fish market")] {
        let story = format!(
            "The council met on Monday and agreed to open the old {what} again before winter.\n\n\
             It had been closed after the storm, and nobody could say how long the {what} would \
             stay so until the council had met."
        );
        sandbox.write(&format!("gull/{name}.txt"), format!("{story}\n\n{NOTICE}\n"));
    }
    sandbox
}

/// The bodies of all articles, as a command prints them.
fn bodies(sandbox: &Sandbox, line: &str) -> Vec<String> {
    sandbox.done(line).lines().map(|line| text(&parsed(line)["body"])).collect()
}

#[test]
fn a_line_on_every_page_of_a_folder_is_no_part_of_the_stories() {
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
}

#[test]
fn what_is_learned_does_not_depend_on_the_order_of_the_files() {
    let sandbox = archive();
    let mut forth = bodies(&sandbox, "extract gull/a.txt gull/b.txt gull/c.txt");
    let mut back = bodies(&sandbox, "extract gull/c.txt gull/b.txt gull/a.txt");
    forth.sort();
    back.sort();
    assert_eq!(forth, back);
    assert!(!forth.iter().any(|body| body.contains(NOTICE)));
}
