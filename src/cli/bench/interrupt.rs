//! Signals that stop a run.

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::bench::Interrupt;

/// An interrupt that the first of these signals sets; the second ends the program at once.
pub(super) fn watch() -> Interrupt {
    let interrupt = Interrupt::default();
    for signal in [SIGINT, SIGTERM] {
        // Actions run in the order in which they were registered, so the first signal finds the flag
        // unset. Where none can be registered, a signal does what it always did.
        let _ = flag::register_conditional_default(signal, interrupt.flag());
        let _ = flag::register(signal, interrupt.flag());
    }
    interrupt
}
