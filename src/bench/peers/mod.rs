//! Others that answer the same questions, so that a claim of speed comes with a claim of
//! correctness: what they find that this program does not, and the other way round.

mod differences;
mod pattern;
mod ripgrep;
mod scan;
mod tantivy;

use std::collections::BTreeSet;

use super::{Target, Task};
use crate::article::named_enum;
use crate::error::Error;

pub use differences::{Difference, Differences, Example, NotAsked, differences};
pub use ripgrep::Ripgrep;
pub use scan::Scanner;
pub use tantivy::Tantivy;

named_enum! {
    /// What a peer finds.
    Unit {
        /// Articles, by their ids.
        Articles = "articles",
        /// Files, by what they are called in the index.
        Files = "files",
    }
}

named_enum! {
    /// Who alone finds something.
    Side {
        /// This program.
        Ours = "ours",
        /// The peer.
        Theirs = "theirs",
    }
}

named_enum! {
    /// Why one side likely finds what the other does not.
    Reason {
        /// The article has the words in other forms, which share their stems.
        Form = "form",
        /// The article is dated to a month or a year, which overlaps with what was asked for.
        Period = "period",
        /// The file spells the words otherwise than the article: in another charset, with entities,
        /// or with markup or a line break between.
        Encoding = "encoding",
        /// The words stand in the file, but in no text of an article: in markup, menus, addresses.
        LeftOut = "left-out",
        /// Each of several articles of the file has some of the words.
        Record = "record",
        /// The engine alone lets words of a loose phrase change places, at two steps a pair.
        Order = "order",
        /// Words are cut or spelled otherwise: accents, apostrophes, acronyms.
        Cut = "cut",
    }
}

impl Reason {
    /// What it means, in words.
    pub fn text(self) -> &'static str {
        match self {
            Self::Form => "the words in other forms",
            Self::Period => "dated to a month or a year",
            Self::Encoding => {
                "spelled otherwise in the file: charset, entities, markup, line breaks"
            }
            Self::LeftOut => "in the file, but in no text of an article: markup, menus, addresses",
            Self::Record => "words of different articles in one file",
            Self::Order => "words of a loose phrase in another order",
            Self::Cut => "words cut or spelled otherwise: accents, apostrophes, acronyms",
        }
    }
}

/// Someone else who answers questions about the same articles.
pub trait Peer: Target {
    /// By which a report knows it.
    fn name(&self) -> &'static str;

    /// What it finds.
    fn unit(&self) -> Unit;

    /// Why a task cannot be put to it; `None` if it can.
    fn cannot(&self, task: &Task) -> Option<&'static str>;

    /// All that it finds.
    fn found(&self, task: &Task) -> Result<BTreeSet<String>, Error>;

    /// All that this program finds, in the same unit, as far as the peer could know of it.
    fn ours(&self, task: &Task) -> Result<BTreeSet<String>, Error>;

    /// Why only one side finds something.
    fn reason(&self, task: &Task, name: &str, side: Side) -> Result<Reason, Error>;
}

/// The tasks that a peer can be asked, in their order, and what is left of the others: for each
/// class and reason their number.
pub fn split(peer: &dyn Peer, tasks: &[Task]) -> (Vec<Task>, Vec<NotAsked>) {
    let (mut asked, mut others) = (Vec::new(), Vec::<NotAsked>::new());
    for task in tasks {
        let Some(why) = peer.cannot(task) else {
            asked.push(task.clone());
            continue;
        };
        match others.iter_mut().find(|it| it.class == task.class && it.why == why) {
            Some(known) => known.tasks += 1,
            None => others.push(NotAsked { class: task.class.clone(), why, tasks: 1 }),
        }
    }
    (asked, others)
}

#[cfg(test)]
mod tests;
