//! How output for people looks: its width, and what sets words off.

use std::io::{self, Write};

use anstyle::{AnsiColor, Effects};

/// The narrowest output, in columns; where a terminal has fewer, it breaks the lines itself.
pub const MIN_WIDTH: usize = 40;

/// What the caller knows of the stream that people read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Style {
    width: usize,
    emphasis: Emphasis,
}

/// What sets a word off from its neighbours.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Emphasis {
    /// ANSI escape sequences with the 16 basic colours: for a terminal.
    Colour,
    /// Asterisks around the words that matched: for a terminal without colour.
    Marks,
    /// Nothing, so that text can be copied and compared: for a pipe or a file.
    Plain,
}

impl Style {
    /// Output `width` columns wide, but at least [`MIN_WIDTH`].
    pub fn new(width: usize, emphasis: Emphasis) -> Self {
        Self { width: width.max(MIN_WIDTH), emphasis }
    }

    /// The width of the output, in columns.
    pub fn width(self) -> usize {
        self.width
    }

    /// What sets a word off.
    pub fn emphasis(self) -> Emphasis {
        self.emphasis
    }

    /// Writes printable text in the ink of its role.
    pub(super) fn write(self, out: &mut dyn Write, role: Role, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let ink = self.ink(role);
        write!(out, "{ink}{text}{ink:#}")
    }

    /// How text in this role looks; no different from other text without colour.
    fn ink(self, role: Role) -> anstyle::Style {
        let plain = anstyle::Style::new();
        if self.emphasis != Emphasis::Colour {
            return plain;
        }
        // Yellow, cyan and white vanish on a light ground, blue and black on a dark one.
        match role {
            Role::Text => plain,
            Role::Title | Role::Label => plain.effects(Effects::BOLD),
            Role::Minor => plain.effects(Effects::DIMMED),
            Role::Match | Role::Error => {
                plain.fg_color(Some(AnsiColor::Red.into())).effects(Effects::BOLD)
            }
            Role::Note => plain.fg_color(Some(AnsiColor::Magenta.into())).effects(Effects::BOLD),
        }
    }
}

/// What a piece of output is to its reader.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Role {
    /// Running text.
    Text,
    /// The headline of an article.
    Title,
    /// What the value beside it means.
    Label,
    /// Needed to go on, not to choose: ids, paths.
    Minor,
    /// A word that was asked for.
    Match,
    /// That something failed.
    Error,
    /// Advice.
    Note,
}
