//! `dateline index --watch`: runs again as files arrive.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecursiveMode, Watcher as _};

use super::{Failure, Result};

/// A run begins when nothing has changed for so long: files arrive in heaps, and a half-written one
/// would be read twice.
const QUIET: Duration = Duration::from_secs(1);

/// But not later than this after the first change.
const LATEST: Duration = Duration::from_secs(30);

/// Calls `update` each time after files at or below `paths` have changed, until it fails. Changes in
/// the folder of the index itself do not count.
pub(super) fn run(
    index: &Path,
    paths: &[PathBuf],
    mut update: impl FnMut() -> Result<()>,
) -> Result<()> {
    let (to_events, events) = channel();
    let index = index.canonicalize().unwrap_or_else(|_| index.to_owned());
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        let counts = event.as_ref().map_or(true, |event| is_change(event, &index));
        if counts {
            // The other end is gone when the program ends.
            let _ = to_events.send(());
        }
    })
    .map_err(cannot_watch)?;
    for path in paths {
        watcher.watch(path, RecursiveMode::Recursive).map_err(cannot_watch)?;
    }
    // What changed while the first run was under way was not watched.
    update()?;
    while events.recv().is_ok() {
        wait_for_quiet(&events);
        update()?;
    }
    Ok(())
}

fn is_change(event: &Event, index: &Path) -> bool {
    let is_access = matches!(event.kind, EventKind::Access(_));
    let is_own = !event.paths.is_empty() && event.paths.iter().all(|path| path.starts_with(index));
    !is_access && !is_own
}

fn wait_for_quiet(events: &Receiver<()>) {
    let begun = Instant::now();
    while begun.elapsed() < LATEST {
        if let Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) =
            events.recv_timeout(QUIET)
        {
            return;
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn cannot_watch(error: notify::Error) -> Failure {
    let advice = "run `dateline index` from time to time instead";
    Failure::Usage(format!("the files cannot be watched: {error}; {advice}"))
}
