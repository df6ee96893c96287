//! What the program writes to, and how wide and colourful it is.

use std::io::{self, BufWriter, IsTerminal as _, Stderr, Stdout, Write};

use super::args::When;
use crate::render::{Emphasis, Style};

/// The width of what is not a terminal, in columns.
const PLAIN_WIDTH: usize = 80;

/// The two streams of the process.
pub(super) struct Terminal {
    out: BufWriter<Stdout>,
    err: Stderr,
    style: Style,
    error_style: Style,
    /// Whether progress may be shown.
    pub(super) shows_progress: bool,
}

impl Terminal {
    pub(super) fn detect(colour: When) -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        let shows_progress = err.is_terminal();
        let (style, error_style) =
            (style(out.is_terminal(), colour), style(err.is_terminal(), colour));
        // Neither stream is locked: a thread that panics must be able to say so.
        Self { out: BufWriter::new(out), err, style, error_style, shows_progress }
    }

    /// Where answers go.
    pub(super) fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// Where all else goes.
    pub(super) fn err(&mut self) -> &mut dyn Write {
        &mut self.err
    }

    pub(super) fn style(&self) -> Style {
        self.style
    }

    pub(super) fn error_style(&self) -> Style {
        self.error_style
    }

    /// Whether a person reads the answers.
    pub(super) fn is_for_people(&self) -> bool {
        self.style.emphasis() != Emphasis::Plain
    }
}

fn style(is_terminal: bool, colour: When) -> Style {
    let width = if is_terminal { terminal_width() } else { PLAIN_WIDTH };
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let emphasis = match colour {
        When::Always => Emphasis::Colour,
        When::Auto if is_terminal && !no_colour => Emphasis::Colour,
        When::Auto | When::Never if is_terminal => Emphasis::Marks,
        When::Auto | When::Never => Emphasis::Plain,
    };
    Style::new(width, emphasis)
}

fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0))
}
