//! `dateline bench-worker`: a fresh process that measures, started by `dateline bench` alone.

use std::io::{self, BufReader, Read as _};
use std::sync::Mutex;

use super::super::{Outcome, Result};
use super::{interrupt, target};
use crate::bench::{Message, read_order, tell, work};

/// Does as it is told on standard input, until that ends.
pub(in crate::cli) fn run() -> Result<Outcome> {
    let interrupt = interrupt::watch();
    let mut input = BufReader::new(io::stdin());
    let (order, tasks) = read_order(&mut input)?;
    let stop = interrupt.clone();
    // Whoever ordered it holds this open; the thread ends with the process.
    std::thread::spawn(move || {
        let _ = input.read_to_end(&mut Vec::new());
        stop.set();
    });
    let out = Mutex::new(io::stdout());
    let say = |message: &Message| match out.lock() {
        Ok(mut out) => tell(&mut *out, message),
        Err(_) => Ok(()),
    };
    let answered = |more| {
        // If nobody listens any more, the end of standard input says so.
        let _ = say(&Message::Answered(more));
    };
    let open = |with: &mut crate::bench::UseTarget<'_>| target::open(&order, with);
    match work(&order, &tasks, &open, &interrupt, &answered) {
        Ok(runs) => say(&Message::Measured(Box::new(runs)))?,
        Err(error) => say(&Message::Failed(error.to_string()))?,
    }
    Ok(Outcome::Done)
}
