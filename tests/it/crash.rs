//! A kill at any moment leaves an index that opens and holds every committed article.

use std::process::Stdio;
use std::time::Duration;

use serde_json::json;

use crate::sandbox::Sandbox;

/// How often the program is killed.
const KILLS: u64 = 60;

fn article(number: u64, text: &str) -> String {
    format!(
        "The council of town number {number} met and {text}. It was agreed to meet again soon.\n"
    )
}

/// Every round changes a file, kills the update somewhere on its way, and looks at what is left:
/// the generation before or the one after, each as a whole.
#[test]
fn a_kill_at_any_moment_leaves_the_old_generation_or_the_new() {
    let sandbox = Sandbox::new();
    for number in 0..40 {
        sandbox.write(&format!("corpus/{number}.txt"), article(number, "spoke of the bridge"));
    }
    sandbox.index("corpus");
    // A fixed sequence spreads the kills over the whole of a run.
    let mut delay = 0x9e37_79b9_u64;
    let mut old = "bridge".to_owned();
    for round in 0..KILLS {
        let new = format!("railway{round}");
        for number in 0..3 {
            let number = (round * 7 + number) % 40;
            sandbox.write(
                &format!("corpus/{number}.txt"),
                article(number, &format!("spoke of the {new}")),
            );
        }
        delay =
            delay.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut child = sandbox
            .command(["index", "corpus"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        std::thread::sleep(Duration::from_micros(delay % 60_000));
        let _ = child.kill();
        child.wait().expect("ended");

        assert_eq!(sandbox.found("council").len(), 40, "round {round}");
        let changed = sandbox.found(&new).len();
        assert!(changed == 0 || changed == 3, "round {round}: {changed} of 3 files are new");
        let report = sandbox.index("corpus");
        assert_eq!(report["articles_total"], json!(40), "round {round}");
        assert_eq!(sandbox.found(&new).len(), 3, "round {round}");
        assert!(sandbox.found(&old).len() < 40);
        old = new;
    }
}
