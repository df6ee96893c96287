//! The steps by which an index changes on the disk, counted so that tests can stop at each.
//!
//! In a build with debug assertions `DATELINE_FAULT` names a fault and the number of a step:
//! `crash:N` ends the process right after step N; from step N on, `full:N` makes every writing
//! step fail for want of room and `denied:N` for want of a permission. A release build has none
//! of this.

use std::io;

/// One step under way.
#[derive(Debug)]
#[must_use = "a step ends with `done`"]
pub(crate) struct Step {
    #[cfg(debug_assertions)]
    number: u64,
}

#[cfg(not(debug_assertions))]
impl Step {
    /// Begins a step that takes room or a permission.
    #[expect(clippy::unnecessary_wraps, reason = "it fails in builds for tests")]
    pub(crate) fn write() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Begins a step that gives room back.
    pub(crate) fn remove() -> Self {
        Self {}
    }

    /// Ends the step: the disk is changed.
    #[expect(clippy::unused_self, reason = "it has a number in builds for tests")]
    pub(crate) fn done(self) {}

    /// Writes into a file that is open, which is no step of its own.
    #[expect(clippy::unnecessary_wraps, reason = "it fails in builds for tests")]
    pub(crate) fn fill() -> io::Result<()> {
        Ok(())
    }
}

#[cfg(debug_assertions)]
impl Step {
    /// Begins a step that takes room or a permission.
    pub(crate) fn write() -> io::Result<Self> {
        let step = Self::remove();
        faults::check(step.number)?;
        Ok(step)
    }

    /// Begins a step that gives room back.
    pub(crate) fn remove() -> Self {
        Self { number: faults::next() }
    }

    /// Ends the step: the disk is changed.
    pub(crate) fn done(self) {
        faults::crash(self.number);
    }

    /// Writes into a file that is open, which is no step of its own.
    pub(crate) fn fill() -> io::Result<()> {
        faults::check(faults::current())
    }
}

#[cfg(debug_assertions)]
mod faults {
    use std::io;
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    static STEPS: AtomicU64 = AtomicU64::new(0);
    static FAULT: LazyLock<Fault> = LazyLock::new(Fault::wanted);

    enum Fault {
        None,
        CrashAfter(u64),
        FailFrom(u64, io::ErrorKind),
    }

    impl Fault {
        fn wanted() -> Self {
            let wanted = std::env::var("DATELINE_FAULT").unwrap_or_default();
            let (name, number) = wanted.split_once(':').unwrap_or_default();
            match (name, number.parse()) {
                ("crash", Ok(number)) => Self::CrashAfter(number),
                ("full", Ok(number)) => Self::FailFrom(number, io::ErrorKind::StorageFull),
                ("denied", Ok(number)) => Self::FailFrom(number, io::ErrorKind::PermissionDenied),
                _ => Self::None,
            }
        }
    }

    pub(super) fn next() -> u64 {
        STEPS.fetch_add(1, Ordering::SeqCst) + 1
    }

    pub(super) fn current() -> u64 {
        STEPS.load(Ordering::SeqCst)
    }

    pub(super) fn check(number: u64) -> io::Result<()> {
        match *FAULT {
            Fault::FailFrom(first, kind) if number >= first => Err(kind.into()),
            _ => Ok(()),
        }
    }

    pub(super) fn crash(number: u64) {
        if matches!(*FAULT, Fault::CrashAfter(last) if last == number) {
            std::process::abort();
        }
    }
}
