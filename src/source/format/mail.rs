//! Messages, told by the fields at their head.

use super::MailKind;

/// Fields that a message or a page saved as one begins with.
const FIRST_FIELDS: &[&str] = &[
    "arc-seal",
    "content-type",
    "date",
    "delivered-to",
    "dkim-signature",
    "from",
    "list-id",
    "message-id",
    "mime-version",
    "received",
    "reply-to",
    "return-path",
    "subject",
    "to",
    "x-mozilla-status",
    "x-received",
];

/// How the messages lie in `text`; `None` where it is no mail.
pub(super) fn kind(text: &[u8]) -> Option<MailKind> {
    let mut lines = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end);
    let first = lines.next()?;
    if first.starts_with(b"From ") {
        return field(lines.next()?).is_some().then_some(MailKind::Mailbox);
    }
    let known =
        |name: &&[u8]| FIRST_FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field.as_bytes()));
    field(first).filter(known)?;
    // A line of text may begin so too. A message has more fields, then an empty line.
    let head: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
    let names = head.iter().filter_map(|line| field(line)).filter(known).count();
    let is_folded = |line: &&[u8]| line.starts_with(b" ") || line.starts_with(b"\t");
    let all_fields = head.iter().all(|line| is_folded(line) || field(line).is_some());
    (names >= 2 && all_fields).then_some(MailKind::Message)
}

/// The name of the field in `line`.
fn field(line: &[u8]) -> Option<&[u8]> {
    let colon = memchr::memchr(b':', line)?;
    let name = &line[..colon];
    let is_name = !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_is_told_from_text_that_begins_alike() {
        for (text, expected) in [
            ("From: a@b.example\nSubject: x\nDate: today\n\nText", Some(MailKind::Message)),
            ("DKIM-Signature: v=1;\n a=b\nFrom: a@b.example\nTo: c\n\nx", Some(MailKind::Message)),
            ("To: a@b.example\nThe vote went on.\n\nFrom: the capital", None),
            (
                "MIME-Version: 1.0\r\nContent-Type: a/b;\r\n  c=d\r\nSubject: x\r\n\r\n",
                Some(MailKind::Message),
            ),
            (
                "From a@b.example Thu Nov 17 10:00:00 2022\nSubject: x\n\nText\n",
                Some(MailKind::Mailbox),
            ),
            ("From Astana to Almaty\nthe vote went on.", None),
            ("Date: 17 November\nThe vote went on.", None),
            ("Subject: the vote\n\nIt went on.", None),
        ] {
            assert_eq!(kind(text.as_bytes()), expected, "for {text:?}");
        }
    }
}
