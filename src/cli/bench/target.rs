//! Who answers.

use std::env;
use std::path::Path;

use super::super::args::BenchPeer;
use super::super::question;
use crate::bench::peers::{Peer, Ripgrep, Scanner, Tantivy};
use crate::bench::{Archive, Order, UseTarget};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::render;

/// This program.
pub(super) const DATELINE: &str = "dateline";

impl BenchPeer {
    const ALL: [Self; 2] = [Self::Ripgrep, Self::Tantivy];

    /// By which reports know it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ripgrep => "ripgrep",
            Self::Tantivy => "tantivy",
        }
    }

    /// Opens it for the articles of an archive; what it needs beside is made in `room`, if it is not
    /// there yet.
    pub(super) fn open<'a>(
        self,
        archive: &'a ArchiveReader,
        room: &Path,
    ) -> Result<Box<dyn Peer + 'a>, Error> {
        let today = question::today();
        Ok(match self {
            Self::Ripgrep => {
                let scanner = Scanner::find(env::var_os("PATH").as_deref());
                Box::new(Ripgrep::new(archive, scanner, today)?)
            }
            Self::Tantivy => Box::new(Tantivy::open(archive, room, today, &mut |_| ())?),
        })
    }
}

/// Opens what is to answer in this process.
pub(super) fn open(order: &Order, with: &mut UseTarget<'_>) -> Result<(), Error> {
    let archive = ArchiveReader::open(&order.index)?;
    let peer = BenchPeer::ALL.into_iter().find(|peer| peer.name() == order.target);
    match peer.zip(order.room.as_deref()) {
        Some((peer, room)) => with(&Asked(&*peer.open(&archive, room)?)),
        None => with(&Archive::new(&archive, question::today(), render::found)),
    }
}

/// A peer as one who is asked.
struct Asked<'a>(&'a dyn Peer);

impl crate::bench::Target for Asked<'_> {
    fn perform(&self, task: &crate::bench::Task) -> Result<crate::bench::Answer, Error> {
        self.0.perform(task)
    }
}
