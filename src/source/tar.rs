//! Members of a tar archive, one after another.

use std::io::{self, Read};

use ::tar::{Archive, EntryType};

use super::read::Flow;
use super::records::{Records, is_hidden_member};
use super::stream::{Fault, Stream, fault};

/// Hands over every record of every member. Links, devices and folders are no members with a
/// content of their own. A damaged header ends the archive; what lies before it is kept.
pub(super) fn read(stream: Stream<'_>, records: &mut Records<'_>) -> Result<Flow, Fault> {
    // Whatever stops the crate is damage of the archive, even where the file is not packed.
    let fault = |error| fault(&error, true);
    let mut archive = Archive::new(stream.bytes);
    // An archive written to tape in pieces has empty blocks between them.
    archive.set_ignore_zeros(true);
    for member in archive.entries().map_err(fault)? {
        let member = member.map_err(fault)?;
        let kind = member.header().entry_type();
        let name = member.path_bytes().into_owned();
        let member = Whole { left: member.size(), bytes: member };
        let is_file =
            matches!(kind, EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse);
        if is_file && !is_hidden_member(&name) && records.member(&name, member).is_break() {
            return Ok(Flow::Break(()));
        }
    }
    Ok(Flow::Continue(()))
}

/// A member of a stated size. The crate takes an archive that ends within a member for the end of
/// the member, so that a page cut short would pass for a whole one.
struct Whole<R> {
    bytes: R,
    /// Number of bytes that are still to come.
    left: u64,
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(into)?;
        if count == 0 && self.left > 0 && !into.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left = self.left.saturating_sub(count as u64);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use ::tar::{Builder, EntryType, Header};

    use crate::article::ArticleWarning;
    use crate::source::tests::{Fixture, check, gzip, lines, outcomes};

    fn archive(members: &[(&str, &str)]) -> Vec<u8> {
        let mut builder = Builder::new(Vec::new());
        for (name, text) in members {
            let mut header = Header::new_gnu();
            header.set_size(text.len() as u64);
            // Names that the crate would refuse to write are written all the same.
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            builder.append(&header, text.as_bytes()).expect("memory");
        }
        builder.into_inner().expect("memory")
    }

    #[test]
    fn members_are_read_each_by_its_own_bytes() {
        let bytes = archive(&[
            ("2022/a.txt", "Polls open."),
            ("./b.jsonl", "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n"),
            ("c.css", "p {}"),
        ]);
        let expected = [
            "!/2022/a.txt 0 at 0: Text Polls open.",
            "!/b.jsonl 0 at 0: Text One.",
            "!/b.jsonl 1 at 17: Text Two.",
            "!/c.css unsupported: going by its name, it is a style sheet",
        ];
        check("a.tar", &bytes, &expected);
        check("a.tar.gz", gzip(&bytes), &expected);
    }

    #[test]
    fn names_that_lead_elsewhere_are_only_names() {
        let bytes = archive(&[
            ("../../etc/passwd", "One."),
            ("/etc/passwd", "Two."),
            ("a.txt", "Three."),
            ("a.txt", "Four."),
            (".git/x.txt", "Five."),
            ("__MACOSX/x.txt", "Six."),
        ]);
        let expected = [
            "!/../../etc/passwd 0 at 0: Text One.",
            "!/etc/passwd 0 at 0: Text Two.",
            "!/a.txt 0 at 0: Text Three.",
            "!/a.txt#2 0 at 0: Text Four.",
        ];
        check("a.tar", bytes, &expected);
    }

    #[test]
    fn links_and_folders_have_no_content() {
        let mut builder = Builder::new(Vec::new());
        for kind in [EntryType::Symlink, EntryType::Directory, EntryType::Link, EntryType::Fifo] {
            let mut header = Header::new_gnu();
            header.set_entry_type(kind);
            header.set_size(0);
            builder.append_data(&mut header, "x", &b""[..]).expect("memory");
        }
        check("a.tar", builder.into_inner().expect("memory"), &["empty: it holds no file"]);
    }

    #[test]
    fn what_lies_before_damage_is_kept() {
        let mut bytes = archive(&[("a.txt", "One."), ("b.txt", "Two.")]);
        bytes[1024] ^= 0xFF;
        let found = lines(&Fixture::new("a.tar", &bytes).file());
        assert_eq!(found[0], "!/a.txt 0 at 0: Text One.");
        assert!(found[1].contains("bad-archive: "), "{found:?}");
        let cut = &archive(&[("a.txt", "One."), ("b.txt", &"Two. ".repeat(40))])[..1600];
        let found = lines(&Fixture::new("a.tar", cut).file());
        assert_eq!(found[0], "!/a.txt 0 at 0: Text One.");
        assert!(found.len() > 1, "the end is missed: {found:?}");
    }

    #[test]
    fn a_member_cut_short_says_so() {
        let cut = &archive(&[("a.txt", &"One. ".repeat(30))])[..600];
        for bytes in [cut.to_vec(), gzip(cut)] {
            let found = outcomes(&Fixture::new("a.tar", bytes).file());
            let member = found[0].as_ref().expect("what is left of the member");
            assert_eq!(member.warnings, [ArticleWarning::Truncated]);
            assert!(found[1].is_err(), "the end is missed: {found:?}");
        }
    }

    #[test]
    fn archives_from_before_the_standard_are_known_by_their_checksum() {
        let mut header = Header::new_old();
        header.set_path("a.txt").expect("a short name");
        header.set_size(4);
        header.set_cksum();
        let mut builder = Builder::new(Vec::new());
        builder.append(&header, &b"One."[..]).expect("memory");
        let bytes = builder.into_inner().expect("memory");
        check("a.tar", bytes, &["!/a.txt 0 at 0: Text One."]);
    }

    #[test]
    fn archives_in_one_another_are_read_to_a_depth() {
        let mut bytes = archive(&[("a.txt", "One.")]);
        for _ in 0..3 {
            bytes = gzip(archive_of_bytes("x.tar", &bytes));
        }
        check("a.tgz", &bytes, &["!/x.tar!/x.tar!/x.tar!/a.txt 0 at 0: Text One."]);
        let deeper = archive_of_bytes("x.tar", &bytes);
        let path = "!/x.tar!/x.tar!/x.tar!/x.tar";
        let message = format!("{path}!/a.txt too-deep: more than 5 archives in one another");
        check("a.tar", deeper, &[&message]);
    }

    fn archive_of_bytes(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut builder = Builder::new(Vec::new());
        let mut header = Header::new_gnu();
        header.set_size(bytes.len() as u64);
        builder.append_data(&mut header, name, bytes).expect("memory");
        builder.into_inner().expect("memory")
    }
}
