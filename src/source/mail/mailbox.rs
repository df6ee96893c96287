//! Cuts a mailbox into messages, in the memory of one.
//!
//! A message begins with a line that starts with `From `, at the start of the file or after an empty
//! line. Such a line within a message is written as `>From ` (the mboxrd convention, which puts
//! another `>` before any that is there).

use std::io;

use memchr::memchr;

use super::super::Window;

/// What is cut off a mailbox.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Piece<'a> {
    /// A message, which begins at `offset`, without the line before it.
    Message { offset: u64, bytes: &'a [u8] },
    /// A message over the limit.
    TooLarge { offset: u64 },
}

/// Cuts a stream.
pub(super) struct Mailbox<'a> {
    bytes: Window<'a>,
    limit: usize,
    message: Vec<u8>,
    line: Vec<u8>,
}

impl<'a> Mailbox<'a> {
    /// Cuts `bytes`, which begin with a line that starts with `From `. A message larger than
    /// `limit` is passed over.
    pub(super) fn new(bytes: Window<'a>, limit: usize) -> Self {
        Self { bytes, limit, message: Vec::new(), line: Vec::new() }
    }

    /// The next message.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        // The line that starts with `From `.
        self.read_line()?;
        let offset = self.bytes.offset();
        self.message.clear();
        let (mut is_after_empty, mut is_too_large) = (false, false);
        while let Some(start) = Some(self.bytes.ahead(5)?).filter(|start| !start.is_empty()) {
            if is_after_empty && start.starts_with(b"From ") {
                break;
            }
            self.read_line()?;
            is_after_empty = matches!(self.line.as_slice(), b"\n" | b"\r\n");
            let quoted = self.line.iter().take_while(|&&byte| byte == b'>').count();
            let is_quoted = quoted > 0 && self.line[quoted..].starts_with(b"From ");
            is_too_large |= self.message.len() + self.line.len() > self.limit;
            if !is_too_large {
                self.message.extend_from_slice(&self.line[usize::from(is_quoted)..]);
            }
        }
        if is_too_large {
            return Ok(Some(Piece::TooLarge { offset }));
        }
        if self.message.is_empty() {
            return Ok(None);
        }
        Ok(Some(Piece::Message { offset, bytes: &self.message }))
    }

    /// Takes the next line. Of one that is longer than a message may be, the first part.
    fn read_line(&mut self) -> io::Result<()> {
        self.line.clear();
        loop {
            let some = self.bytes.some()?;
            let end = memchr(b'\n', some).map(|at| at + 1);
            let count = end.unwrap_or(some.len());
            if self.line.len() <= self.limit {
                self.line.extend_from_slice(&some[..count]);
            }
            self.bytes.skip(count);
            if end.is_some() || count == 0 {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::window::Trickle;

    fn cut(text: &str, limit: usize) -> Vec<String> {
        let bytes = Trickle { bytes: text.as_bytes(), step: 3 };
        let mut mailbox = Mailbox::new(Window::new(bytes), limit);
        let mut found = Vec::new();
        while let Some(piece) = mailbox.next().expect("readable") {
            found.push(match piece {
                Piece::Message { offset, bytes } => {
                    format!("{offset}: {}", String::from_utf8_lossy(bytes).escape_debug())
                }
                Piece::TooLarge { offset } => format!("{offset}: too large"),
            });
        }
        found
    }

    #[test]
    fn messages_begin_after_an_empty_line() {
        let text = "From a\nA: b\n\nFrom here\nFrom there\n\nFrom b\nC: d\n\n>From x\n>>From y\n";
        let expected = [r"7: A: b\n\n", r"23: From there\n\n", r"42: C: d\n\nFrom x\n>From y\n"];
        assert_eq!(cut(text, 100), expected);
    }

    #[test]
    fn a_message_over_the_limit_costs_only_itself() {
        let text = format!("From a\n{}\n\nFrom b\nC: d\n", "x".repeat(50));
        assert_eq!(cut(&text, 20), ["7: too large", r"66: C: d\n"]);
    }
}
